//! German words: their stems, and which say nothing about a topic.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

static STOP_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| stop_words::get("de").iter().chain(SPOKEN).copied().collect());

/// What the forms of a word have in common, in lower case.
///
/// ```
/// use ringwerk::words::stem;
/// assert_eq!(stem("Rechnungen"), stem("Rechnung"));
/// ```
pub fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::German).stem(&word.to_lowercase()).into_owned()
}

/// Whether a word says nothing about a topic: articles, pronouns, fillers of spoken German; upper and lower case do not
/// matter.
///
/// ```
/// use ringwerk::words::is_stop_word;
/// assert!(is_stop_word("Und") && is_stop_word("quasi") && !is_stop_word("Rechnung"));
/// ```
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word.to_lowercase().as_str())
}

/// The forms in which a word was seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forms(BTreeMap<String, usize>);

impl Forms {
    /// Adds one place.
    pub fn add(&mut self, form: &str) {
        *self.0.entry(form.to_owned()).or_default() += 1;
    }

    /// In how many places the word was seen.
    pub fn count(&self) -> usize {
        self.0.values().sum()
    }

    /// The most frequent form; of equally frequent ones the first by alphabet.
    ///
    /// ```
    /// use ringwerk::words::Forms;
    /// let mut forms = Forms::default();
    /// ["Rechnungen", "Rechnung", "Rechnungen"].iter().for_each(|form| forms.add(form));
    /// assert_eq!((forms.count(), forms.most_frequent()), (3, "Rechnungen"));
    /// ```
    pub fn most_frequent(&self) -> &str {
        let best = self.0.iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map_or("", |(form, _)| form)
    }
}

/// Words of spoken German that say nothing about a topic and are in no list of written stop words.
const SPOKEN: &[&str] = &[
    "ähm",
    "äh",
    "halt",
    "eben",
    "mal",
    "gell",
    "ne",
    "nee",
    "naja",
    "okay",
    "genau",
    "eigentlich",
    "irgendwie",
    "irgendwann",
    "irgendwas",
    "sozusagen",
    "quasi",
    "einfach",
    "natürlich",
    "sicher",
    "klar",
    "weiß",
    "sag",
    "sagt",
    "gesagt",
    "sagen",
    "sage",
    "sagte",
    "gemacht",
    "machen",
    "macht",
    "geht",
    "gehen",
    "gegangen",
    "gab",
    "gibt",
    "geben",
    "kommt",
    "kommen",
    "gekommen",
    "steht",
    "stehen",
    "lacht",
    "schon",
    "wirklich",
    "relativ",
    "praktisch",
    "ding",
    "dinge",
    "sache",
    "sachen",
    "leute",
    "mensch",
    "herr",
    "frau",
    "herrn",
    "jahr",
    "jahre",
    "jahren",
    "tag",
    "tage",
    "tagen",
    "woche",
    "wochen",
    "monat",
    "monate",
    "monaten",
    "prozent",
    "euro",
    "uhr",
    "mal",
    "stück",
    "hundert",
    "tausend",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "unv",
];
