//! Places where a new main clause begins: a German main clause has its finite verb in second place.

use super::abbreviations::{is_sure_opener, may_be_abbreviated};
use super::lexicon::Kinds;
use super::words::Word;

/// How clearly a new main clause begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joint {
    /// It may be one: "dann | Brüssow ist".
    Weak,
    /// It likely is one: "…, | und im Herbst kam".
    Fair,
    /// It almost always is one: "… | da hab ich", "… | der Chef hat".
    Clear,
    /// The writing says so: "… | Dann ging es los".
    Written,
}

/// How many words may stand before the finite verb.
const LONGEST_FRONT: usize = 4;
/// Words that something must follow.
const OPEN: Kinds =
    Kinds::PREPOSITION.or(Kinds::ARTICLE).or(Kinds::DETERMINER).or(Kinds::SUBORDINATOR).or(Kinds::COORDINATOR);

/// The words from `first` to `last` of a sentence, each with what it can be.
pub(super) struct Passage<'t> {
    words: &'t [Word<'t>],
    kinds: Vec<Kinds>,
}

impl<'t> Passage<'t> {
    pub fn new(words: &'t [Word<'t>]) -> Self {
        Self { words, kinds: words.iter().map(|word| Kinds::of(word.core())).collect() }
    }

    /// Whether a new main clause begins with word `at` (not the first), and how clearly.
    pub fn joint(&self, at: usize) -> Option<Joint> {
        let before = &self.words[at - 1];
        if before.quoted || self.words[at].core().is_empty() {
            return None;
        }
        match before.text.chars().next_back() {
            Some('.' | '!' | '?' | '…') => self.behind_full_stop(at),
            Some(',') => self.behind_comma(at),
            Some(';' | ':' | '/' | '-' | '–') => None,
            _ => self.behind_word(at),
        }
    }

    /// Speech recognition goes on in lower case behind a full stop that it heard.
    fn behind_full_stop(&self, at: usize) -> Option<Joint> {
        if may_be_abbreviated(self.words[at - 1].core()) || !self.words[at].core().starts_with(char::is_lowercase) {
            return None;
        }
        let clear = self.kinds[at].is(Kinds::CONNECTIVE) || self.clause(at) >= Some(Joint::Fair);
        Some(if clear { Joint::Clear } else { Joint::Weak })
    }

    /// Behind a comma only "und" and a whole clause go on to something new (manual, rules 2, 3 and 7).
    fn behind_comma(&self, at: usize) -> Option<Joint> {
        (self.words[at].core() == "und" && self.clause(at + 1).is_some()).then_some(Joint::Fair)
    }

    /// Without any mark, as speech recognition leaves it.
    fn behind_word(&self, at: usize) -> Option<Joint> {
        let before = self.kinds[at - 1];
        if before.is(OPEN) && !before.is(Kinds::PARTICLE) {
            return None;
        }
        if self.is_capital(at) && is_sure_opener(self.words[at].core()) {
            Some(Joint::Written)
        } else if before.is(Kinds::SUBJECT) {
            None
        } else if self.kinds[at].is(Kinds::CONNECTIVE) {
            self.behind_connective(at + 1)
        } else if before.is(Kinds::PARTICLE.or(Kinds::ADVERB)) {
            self.clause(at).and_then(weaker)
        } else {
            self.clause(at)
        }
    }

    /// What follows "und" or "aber".
    fn behind_connective(&self, at: usize) -> Option<Joint> {
        let kinds = *self.kinds.get(at)?;
        if kinds.is(Kinds::SUBORDINATOR) {
            return Some(Joint::Clear);
        }
        match self.front(at) {
            Some(_) => Some(self.clause(at).unwrap_or(Joint::Fair).max(Joint::Fair)),
            None => kinds.is(Kinds::ARTICLE).then_some(Joint::Weak),
        }
    }

    /// How clearly a main clause begins with word `at`.
    fn clause(&self, at: usize) -> Option<Joint> {
        let front = self.front(at)?;
        let kinds = self.kinds[at];
        match front {
            1 => self.short_front(at),
            _ if kinds.is(Kinds::ARTICLE.or(Kinds::DETERMINER)) => match (front, self.is_capital(at + 1)) {
                (2, true) => Some(Joint::Clear),
                (_, true) | (3, _) => Some(Joint::Fair),
                _ => None,
            },
            _ if kinds.is(Kinds::PREPOSITION.or(Kinds::PARTICLE)) => {
                Some(if front <= 3 { Joint::Fair } else { Joint::Weak })
            }
            _ => None,
        }
    }

    /// One word before the verb.
    fn short_front(&self, at: usize) -> Option<Joint> {
        let kinds = self.kinds[at];
        if kinds.is(Kinds::CLEAR) {
            Some(Joint::Clear)
        } else if kinds.is(Kinds::SUBJECT.or(Kinds::ADVERB)) || self.words[at].core() == "das" {
            Some(Joint::Fair)
        } else {
            (kinds.is(Kinds::ARTICLE) || self.is_capital(at)).then_some(Joint::Weak)
        }
    }

    /// How many words from `at` on stand before a finite verb in second place.
    fn front(&self, at: usize) -> Option<usize> {
        if self.kinds.get(at)?.is(Kinds::SUBORDINATOR) {
            return None;
        }
        let end = self.words.len().min(at + 1 + LONGEST_FRONT);
        for verb in at + 1..end {
            let kinds = self.kinds[verb];
            let other_clause = kinds.is(Kinds::SUBORDINATOR.or(Kinds::COORDINATOR));
            if self.words[verb - 1].text.ends_with([',', '.', '?', '!', ';', ':']) {
                return None;
            }
            if other_clause || kinds.is(Kinds::FINITE) {
                return (!other_clause).then_some(verb - at);
            }
        }
        None
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.core().starts_with(char::is_uppercase))
    }
}

fn weaker(joint: Joint) -> Option<Joint> {
    match joint {
        Joint::Weak => None,
        Joint::Fair => Some(Joint::Weak),
        Joint::Clear | Joint::Written => Some(Joint::Fair),
    }
}
