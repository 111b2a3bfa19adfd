//! Which words are ordinary German: a list of stems, and what is composed of them.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::words::stem;

/// What stands between the parts of a compound.
const LINKS: [&str; 7] = ["", "s", "es", "n", "en", "er", "e"];
/// Parts of compounds that have three letters or fewer; other short parts would take many a name for a compound.
const SHORT_PARTS: [&str; 29] = [
    "tag", "weg", "rad", "tür", "hof", "öl", "uhr", "bau", "zug", "amt", "gas", "see", "mai", "tee", "eis", "hut",
    "arm", "ohr", "typ", "tor", "rat", "not", "it", "pc", "bad", "art", "end", "akt", "lok",
];
/// The same, but only where a compound begins: *Borkum* and *Liftan* are none.
const SHORT_BEGINNINGS: [&str; 20] = [
    "vor", "ein", "auf", "aus", "bei", "mit", "nach", "um", "zu", "an", "ab", "süd", "ost", "alt", "neu", "roh", "co",
    "dev", "ei", "kuh",
];

/// Stems of words; a compound need not be in it.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary(HashSet<String>);

/// The words of the list that comes with ringwerk (`lists/ordinary.txt`).
pub(super) static ORDINARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary(include_str!("lists/ordinary.txt").lines().map(str::to_owned).collect()));

impl Vocabulary {
    /// Adds a word's stem, unless the word is composed of others already. Begin with short words.
    pub fn add(&mut self, word: &str) {
        if !self.composes(word) {
            self.0.insert(stem(word));
        }
    }

    /// The stems, in the order of the alphabet.
    pub fn stems(&self) -> Vec<&str> {
        let mut stems: Vec<&str> = self.0.iter().map(String::as_str).collect();
        stems.sort_unstable();
        stems
    }

    /// Whether a form of this word is in the list; endings that the stemmer leaves (*Zwiebeln*, *Versicherers*) count, too.
    pub(super) fn lists(&self, word: &str) -> bool {
        let has = |word: &str| self.0.contains(&stem(word));
        has(word)
            || ["n", "s"].iter().filter_map(|ending| word.strip_suffix(ending)).any(|bare| bare.len() > 3 && has(bare))
    }

    /// Whether a word, in any form, is in the list or composed of words of the list.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.lists(word) || self.composes(word)
    }

    fn composes(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.splits(&word)
    }

    /// Whether a word in lower case is two or more parts.
    fn splits(&self, word: &str) -> bool {
        let cuts = word.char_indices().map(|(cut, _)| cut).skip(2);
        cuts.map(|cut| word.split_at(cut))
            .any(|(left, right)| self.is_left(left) && (self.is_part(right) || self.splits(right)))
    }

    fn is_left(&self, part: &str) -> bool {
        let is_part = |part: &str| SHORT_BEGINNINGS.contains(&part) || self.is_part(part);
        LINKS.iter().filter_map(|link| part.strip_suffix(link)).any(is_part)
    }

    fn is_part(&self, part: &str) -> bool {
        match part.chars().count() {
            0..=3 => SHORT_PARTS.contains(&part),
            _ => self.lists(part),
        }
    }
}
