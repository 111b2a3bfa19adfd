//! What a model read: which words of texts are names.

use std::collections::HashMap;

use super::key::Kind;
use crate::scores::{ReadWord, WordKind};
use crate::text::ByteSpan;

/// The words that a model takes for names, by the text that they stand in.
#[derive(Debug, Clone, Default)]
pub struct ReadNames(HashMap<String, Vec<ReadName>>);

/// A word that a model takes for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadName {
    span: ByteSpan,
    kind: Kind,
}

impl ReadNames {
    /// From this probability on a word counts as a name where it stands: where it is the more probable. No other was tried.
    pub const SURE: f32 = 0.5;

    /// Adds what the model says of the words of a text.
    pub fn add(&mut self, text: &str, words: &[ReadWord]) {
        let names = words.iter().filter(|word| word.leads() >= Self::SURE);
        let names: Vec<ReadName> = names.map(|word| ReadName { span: word.span, kind: kind(word) }).collect();
        if !names.is_empty() {
            self.0.insert(text.to_owned(), names);
        }
    }

    /// The kind of name that a word of a text is.
    pub(super) fn kind(&self, text: &str, word: ByteSpan) -> Option<Kind> {
        self.0.get(text)?.iter().find(|name| name.span == word).map(|name| name.kind)
    }
}

fn kind(word: &ReadWord) -> Kind {
    match word.kind() {
        WordKind::Person => Kind::Person,
        WordKind::Company => Kind::Company,
        WordKind::Place => Kind::Place,
        WordKind::Ordinary | WordKind::Other => Kind::Name,
    }
}
