//! The words of a text as names are looked for in them.

use crate::text::{ByteSpan, bare_words};

/// A word and what stands before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) span: ByteSpan,
    /// What lies between it and the word before.
    gap: &'a str,
    is_first: bool,
}

/// The words of a text in order.
pub(super) fn words_of(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut end = 0;
    for span in bare_words(text) {
        words.push(Word { text: span.of(text), span, gap: &text[end..span.start], is_first: words.is_empty() });
        end = span.end;
    }
    words
}

impl Word<'_> {
    /// In lower case, to compare.
    pub(super) fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    /// Whether it looks like a noun or a name: a capital, then letters.
    pub(super) fn is_capitalised(&self) -> bool {
        let mut signs = self.text.chars();
        signs.next().is_some_and(char::is_uppercase) && self.text.chars().all(char::is_alphabetic)
    }

    /// Whether all is capitals, as in abbreviations and where somebody emphasises.
    pub(super) fn is_capitals(&self) -> bool {
        self.text.chars().skip(1).all(|sign| !sign.is_lowercase())
    }

    /// Whether a capital stands inside, as companies like to be written; not where it marks both sexes.
    pub(super) fn is_camel(&self) -> bool {
        let signs: Vec<char> = self.text.chars().collect();
        let inner = |at: &usize| signs[at - 1].is_lowercase() && signs[*at].is_uppercase();
        let both = self.text.ends_with("Innen") || self.text.ends_with("In");
        signs[0].is_uppercase()
            && !both
            && (2..signs.len().saturating_sub(2)).any(|at| inner(&at) && signs[at + 1].is_lowercase())
    }

    /// Whether a sentence begins with it, or may.
    pub(super) fn begins(&self) -> bool {
        self.is_first || self.gap.contains(['.', '?', '!', ':', '„', '“', '"', '»', '«', '(', '/', '…', '–'])
    }

    /// Whether nothing but a blank, or a full stop of an abbreviation, lies between it and the word before.
    pub(super) fn follows(&self) -> bool {
        !self.is_first && matches!(self.gap, " " | "\u{a0}" | ". ")
    }

    /// Whether a hyphen joins it to the word before.
    pub(super) fn is_joined(&self) -> bool {
        !self.is_first && matches!(self.gap, "-" | "‑")
    }
}
