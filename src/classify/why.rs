//! Why something is suggested: which words weighed, and which coded statements are most similar.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::decisions::{DecisionsError, read_stamped};
use super::placed::{Placed, placed, taken_apart};
use crate::codebook::{Ring, Rings};
use crate::coding::Similar;
use crate::scores::WordWeight;
use crate::text::ByteSpan;
use crate::vectors::{Vectors, dot};

/// Words shown at most.
const WORDS: usize = 3;
/// Similar statements shown at most.
const SIMILAR: usize = 2;

/// The words that speak most for a ring against the other rings, the weightiest first; at most three.
///
/// ```
/// use ringwerk::classify::weightiest;
/// use ringwerk::codebook::Ring;
/// use ringwerk::scores::WordWeight;
/// use ringwerk::text::ByteSpan;
/// let word = |start, end, weight| WordWeight { span: ByteSpan::new(start, end), rings: [weight; 6] };
/// let text = "Linie stand still";
/// let found = weightiest(&[word(0, 5, 0.5), word(6, 11, 2.0), word(12, 17, -1.0)], Ring::Ausloeser);
/// assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["stand", "Linie"]);
/// ```
pub fn weightiest(words: &[WordWeight], ring: Ring) -> Vec<ByteSpan> {
    let weight = |word: &WordWeight| word.rings[ring.index()];
    let mut speaking: Vec<&WordWeight> = words.iter().filter(|word| weight(word) > 0.0).collect();
    speaking.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    speaking.iter().take(WORDS).map(|word| word.span).collect()
}

/// A statement that a person coded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Its text.
    pub text: String,
    /// What was given.
    pub rings: Rings,
    /// Its interview.
    pub transcript: String,
}

/// Coded statements to compare with, and where each lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Examples {
    examples: Vec<Example>,
    vectors: Vectors,
}

/// `examples.json` of a model folder.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    /// Hash of the model whose vectors these are.
    model: String,
    examples: Vec<Placed<Example>>,
}

impl Examples {
    /// Name of the file in a model folder.
    pub const FILE: &str = "examples.json";
    const VERSION: u32 = 1;

    /// Puts examples and their vectors of length one together, in the same order.
    ///
    /// # Panics
    /// If their numbers differ.
    pub fn new(examples: Vec<Example>, vectors: Vectors) -> Self {
        assert_eq!(examples.len(), vectors.len(), "one vector per example");
        Self { examples, vectors }
    }

    /// Reads the examples of a model folder; their vectors must have `dimensions` numbers.
    ///
    /// # Errors
    /// Where the file is missing, malformed, of another version or made for another model than `model`.
    pub fn read(folder: &Path, model: &str, dimensions: usize) -> Result<Self, DecisionsError> {
        let path = folder.join(Self::FILE);
        let file: File = read_stamped(&path, Self::VERSION, model)?;
        let (examples, vectors) = taken_apart(file.examples, dimensions, &path)?;
        Ok(Self { examples, vectors })
    }

    /// What [`Examples::read`] reads, for the model of this hash.
    ///
    /// # Errors
    /// Where JSON cannot be made of it.
    pub fn to_json(&self, model: &str) -> serde_json::Result<String> {
        let file =
            File { version: Self::VERSION, model: model.to_owned(), examples: placed(&self.examples, &self.vectors) };
        Ok(serde_json::to_string(&file)? + "\n")
    }

    /// The most similar examples, the most similar first; at most two, and never the same text.
    pub fn nearest(&self, text: &str, meaning: &[f32]) -> Vec<Similar> {
        let others = self.examples.iter().zip(self.vectors.rows()).filter(|(example, _)| example.text != text);
        let mut best: Vec<(f32, &Example)> = Vec::with_capacity(SIMILAR + 1);
        for (similarity, example) in others.map(|(example, row)| (dot(row, meaning), example)) {
            let place = best.partition_point(|better| better.0 >= similarity);
            if place < SIMILAR {
                best.insert(place, (similarity, example));
                best.truncate(SIMILAR);
            }
        }
        let similar = |(similarity, example): (f32, &Example)| Similar {
            text: example.text.clone(),
            rings: example.rings.iter().collect(),
            transcript: example.transcript.clone(),
            similarity,
        };
        best.into_iter().map(similar).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples() -> Examples {
        let example = |text: &str, ring| Example {
            text: text.into(),
            rings: Rings::new(vec![ring]).unwrap(),
            transcript: "a-01".into(),
        };
        let vectors = Vectors::from_values(2, vec![1.0, 0.0, 0.0, 1.0, 0.6, 0.8]).unwrap();
        let list = vec![example("a", Ring::Huerde), example("b", Ring::Erfolg), example("c", Ring::Erfolg)];
        Examples::new(list, vectors)
    }

    #[test]
    fn the_nearest_come_first_and_never_the_same_text() {
        let texts = |similar: Vec<Similar>| similar.into_iter().map(|one| one.text).collect::<Vec<_>>();
        assert_eq!(texts(examples().nearest("x", &[0.0, 1.0])), ["b", "c"]);
        assert_eq!(texts(examples().nearest("b", &[0.0, 1.0])), ["c", "a"]);
    }

    #[test]
    fn a_file_is_read_back_and_only_for_its_model() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert!(matches!(Examples::read(path, "hash", 2), Err(DecisionsError::Missing { .. })));
        std::fs::write(path.join(Examples::FILE), examples().to_json("hash").unwrap()).unwrap();
        let read = Examples::read(path, "hash", 2).unwrap();
        assert_eq!(read.examples, examples().examples);
        for (one, other) in read.vectors.rows().zip(examples().vectors.rows()) {
            assert!(dot(one, other) > 0.9999);
        }
        assert!(matches!(Examples::read(path, "other", 2), Err(DecisionsError::Malformed { .. })));
        assert!(matches!(Examples::read(path, "hash", 3), Err(DecisionsError::Malformed { .. })));
    }
}
