//! Titles that analysts gave to jobs before, to propose one for statements that lie where such a job lies.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::decisions::{DecisionsError, read_stamped};
use super::placed::{Placed, placed, taken_apart};
use crate::vectors::{Vectors, dot};

/// Cosine from which on a known job is near.
const NEAR: f32 = 0.3;
/// So many nearest known jobs are looked at: what they share suits better than what one of them says besides.
const NEAREST: usize = 6;

/// The title of a known job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Title {
    title: String,
}

/// Titles of known jobs, and where each lies, without what all of them have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Titles {
    titles: Vec<Title>,
    vectors: Vectors,
}

/// `titles.json` of a model folder.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    /// Hash of the model whose vectors these are.
    model: String,
    titles: Vec<Placed<Title>>,
}

impl Titles {
    /// Name of the file in a model folder.
    pub const FILE: &str = "titles.json";
    const VERSION: u32 = 1;

    /// Puts titles and the vectors of their jobs' descriptions together, in the same order; of equal titles the first counts.
    ///
    /// # Panics
    /// If their numbers differ.
    pub fn new(titles: &[&str], described: &Vectors) -> Self {
        assert_eq!(titles.len(), described.len(), "one vector per title");
        let mut seen = BTreeSet::new();
        let centred = described.centred();
        let mut chosen = Self { titles: Vec::new(), vectors: Vectors::empty(described.dimensions()) };
        for (title, row) in titles.iter().zip(centred.rows()) {
            if seen.insert(title.to_lowercase()) {
                chosen.titles.push(Title { title: (*title).to_owned() });
                chosen.vectors.push(row);
            }
        }
        chosen
    }

    /// Reads the titles of a model folder; their vectors must have `dimensions` numbers.
    ///
    /// # Errors
    /// Where the file is missing, malformed, of another version or made for another model than `model`.
    pub fn read(folder: &Path, model: &str, dimensions: usize) -> Result<Self, DecisionsError> {
        let path = folder.join(Self::FILE);
        let file: File = read_stamped(&path, Self::VERSION, model)?;
        let (titles, vectors) = taken_apart(file.titles, dimensions, &path)?;
        Ok(Self { titles, vectors })
    }

    /// What [`Titles::read`] reads, for the model of this hash.
    ///
    /// # Errors
    /// Where JSON cannot be made of it.
    pub fn to_json(&self, model: &str) -> serde_json::Result<String> {
        let file =
            File { version: Self::VERSION, model: model.to_owned(), titles: placed(&self.titles, &self.vectors) };
        Ok(serde_json::to_string(&file)? + "\n")
    }

    /// A title for each of some places, of length one: of the nearest known jobs the one that is most like the others, no title
    /// twice, the first places first; `None` where no known job is near.
    pub fn propose(&self, places: impl Iterator<Item = Vec<f32>>) -> Vec<Option<&str>> {
        let mut taken = BTreeSet::new();
        let title = |place: Vec<f32>| {
            let number = self.proposed(&place, &taken)?;
            taken.insert(number);
            Some(self.titles[number].title.as_str())
        };
        places.map(title).collect()
    }

    fn proposed(&self, place: &[f32], taken: &BTreeSet<usize>) -> Option<usize> {
        let free = (0..self.titles.len()).filter(|number| !taken.contains(number));
        let near = most_alike(&self.vectors, place, free).take(NEAREST);
        let near: Vec<usize> = near.filter(|&(_, alike)| alike >= NEAR).map(|(number, _)| number).collect();
        let centre = self.vectors.centre(&near);
        most_alike(&self.vectors, &centre, near.into_iter()).next().map(|(number, _)| number)
    }
}

/// Rows by their likeness to a place, the most alike first.
fn most_alike(
    rows: &Vectors,
    place: &[f32],
    numbers: impl Iterator<Item = usize>,
) -> impl Iterator<Item = (usize, f32)> {
    let mut alike: Vec<(usize, f32)> = numbers.map(|number| (number, dot(rows.row(number), place))).collect();
    alike.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    alike.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles() -> Titles {
        let described = Vectors::from_values(2, vec![3.0, 0.0, -3.0, 0.0, 0.0, 3.0, 0.0, -3.0, 0.0, -3.0]).unwrap();
        Titles::new(&["rechts", "links", "oben", "unten", "Unten"], &described)
    }

    #[test]
    fn the_nearest_title_is_proposed_and_none_twice() {
        let places = [vec![1.0, 0.0], vec![1.0, 0.0], vec![-1.0, 0.0]];
        let titles = titles();
        let proposed = titles.propose(places.into_iter());
        assert_eq!(proposed[0], Some("rechts"));
        assert_ne!(proposed[1], Some("rechts"));
        assert_eq!(proposed[2], Some("links"));
    }

    #[test]
    fn what_is_written_is_read_again_for_the_same_model_alone() {
        let folder = tempfile::tempdir().unwrap();
        let titles = titles();
        std::fs::write(folder.path().join(Titles::FILE), titles.to_json("abc").unwrap()).unwrap();
        let read = Titles::read(folder.path(), "abc", 2).unwrap();
        assert_eq!(read.titles, ["rechts", "links", "oben", "unten"].map(|title| Title { title: title.to_owned() }));
        let far = read.vectors.rows().zip(titles.vectors.rows()).map(|(a, b)| 1.0 - dot(a, b)).fold(0.0, f32::max);
        assert!(far < 1e-3, "{far}");
        assert!(Titles::read(folder.path(), "abd", 2).is_err());
        assert!(Titles::read(folder.path(), "abc", 3).is_err());
    }
}
