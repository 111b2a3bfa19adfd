//! Trains which words are names, with and without marks and capitals, and with other names in the place of those that are there.

use std::collections::BTreeMap;

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use tch::{Reduction, Tensor};

use super::course::{Course, Progress};
use super::names::ANSWERS;
use super::place_net::PlaceNet;
use super::varied::Without;
use super::windows::Windows;
use super::{EncodeError, ModelFolder};
use crate::scores::WordKind;
use crate::text::ByteSpan;

/// One interview to learn from.
pub struct NameLesson<'a> {
    /// By turn.
    pub turns: Vec<Vec<Named<'a>>>,
}

/// A word and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// What lies between it and the word before.
    pub gap: &'a str,
    /// The word, without marks around it.
    pub word: &'a str,
    /// What it is.
    pub kind: WordKind,
}

/// How much a word of each kind counts in the loss: a name that is missed is worse than a word too many.
const WEIGHTS: [f32; 5] = [1.0, 3.0, 3.0, 3.0, 1.0];
/// How often a name is replaced by another of its kind, so that what stands beside it is learned and not the name.
const OTHER_NAME: f64 = 0.5;

/// Names by kind, to draw from.
type Pool<'a> = BTreeMap<WordKind, Vec<&'a str>>;

/// Trains on all lessons and writes `names.safetensors`.
///
/// # Errors
/// Where the model is unusable or a file cannot be written.
pub fn tune_names(
    course: &Course,
    lessons: &[NameLesson],
    progress: &mut dyn FnMut(Progress),
) -> Result<(), EncodeError> {
    let transformer = course.begin()?;
    let bert = transformer.bert(course.folder)?;
    let net = PlaceNet::new(bert, ANSWERS);
    course.go_on(&net.variables, &course.folder.names())?;
    let pool = pool(lessons);
    let weights = Tensor::from_slice(&WEIGHTS);
    let mut loss = |one: &[usize], random: &mut ChaCha8Rng| {
        let lesson = &lessons[one[0]];
        let others = others(lesson, &pool, random);
        let varied: Vec<Varied> =
            lesson.turns.iter().map(|turn| Varied::new(turn, &others, Without::drawn(random), random)).collect();
        let texts: Vec<&str> = varied.iter().map(|turn| turn.text.as_str()).collect();
        let words: Vec<Vec<ByteSpan>> = varied.iter().map(|turn| turn.words.clone()).collect();
        let windows = Windows::of_words(&transformer.tokens, &texts, &words)?;
        let (places, said) = net.read(bert, &windows, true);
        let right: Vec<i64> =
            places.iter().map(|place| varied[place.text].kind(place.word)).map(|kind| kind as i64).collect();
        Ok(said.cross_entropy_loss(&Tensor::from_slice(&right), Some(&weights), Reduction::Mean, -100, 0.0))
    };
    course.run(ModelFolder::NAMES, &net.variables, lessons.len(), 1, &mut loss, progress)
}

/// All names of all lessons that lead to somebody.
fn pool<'a>(lessons: &[NameLesson<'a>]) -> Pool<'a> {
    let mut pool = Pool::new();
    for named in lessons.iter().flat_map(|lesson| &lesson.turns).flatten() {
        if WordKind::LEADING.contains(&named.kind) {
            pool.entry(named.kind).or_default().push(named.word);
        }
    }
    for names in pool.values_mut() {
        names.sort_unstable();
        names.dedup();
    }
    pool
}

/// Which names of a lesson are replaced by which, the same everywhere in it.
fn others<'a>(lesson: &NameLesson<'a>, pool: &Pool<'a>, random: &mut ChaCha8Rng) -> BTreeMap<&'a str, &'a str> {
    let mut others = BTreeMap::new();
    for named in lesson.turns.iter().flatten() {
        if let Some(names) = pool.get(&named.kind) {
            others.entry(named.word).or_insert_with(|| {
                let other = names.choose(random).filter(|_| random.random_bool(OTHER_NAME));
                other.copied().unwrap_or(named.word)
            });
        }
    }
    others
}

/// A turn as it is read in training.
struct Varied {
    text: String,
    /// Where its words stand, in order.
    words: Vec<ByteSpan>,
    kinds: Vec<WordKind>,
}

impl Varied {
    fn new(turn: &[Named], others: &BTreeMap<&str, &str>, without: Without, random: &mut ChaCha8Rng) -> Self {
        let mut varied = Self { text: String::new(), words: Vec::new(), kinds: Vec::new() };
        for named in turn {
            varied.text += match () {
                () if !without.marks(random) => named.gap,
                () if named.gap.contains(char::is_whitespace) && !varied.text.is_empty() => " ",
                () if named.gap.contains('-') => "-",
                () => "",
            };
            let word = if named.kind == WordKind::Ordinary {
                named.word
            } else {
                others.get(named.word).copied().unwrap_or(named.word)
            };
            let start = varied.text.len();
            varied.text += &if without.capitals() { word.to_lowercase() } else { word.to_owned() };
            varied.words.push(ByteSpan::new(start, varied.text.len()));
            varied.kinds.push(named.kind);
        }
        varied
    }

    fn kind(&self, word: ByteSpan) -> WordKind {
        self.words.binary_search(&word).map_or(WordKind::Ordinary, |place| self.kinds[place])
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn words_keep_their_kinds_when_marks_capitals_and_names_change() {
        let named = |gap, word, kind| Named { gap, word, kind };
        let turn = [
            named("„", "Frau", WordKind::Ordinary),
            named(" ", "Berg", WordKind::Person),
            named("-", "Noack", WordKind::Person),
            named(", ", "ja", WordKind::Ordinary),
        ];
        let varied = Varied::new(&turn, &[("Berg", "Seibel")].into(), Without::Both, &mut ChaCha8Rng::seed_from_u64(1));
        assert_eq!(varied.text, "frau seibel-noack ja");
        let kinds: Vec<(&str, WordKind)> =
            varied.words.iter().map(|&word| (word.of(&varied.text), varied.kind(word))).collect();
        let expected = [
            ("frau", WordKind::Ordinary),
            ("seibel", WordKind::Person),
            ("noack", WordKind::Person),
            ("ja", WordKind::Ordinary),
        ];
        assert_eq!(kinds, expected);
    }
}
