//! A turn's words: what stands between white space, with a passage in brackets as one word.

use unicode_segmentation::GraphemeCursor;

use super::pairs;
use crate::text;

/// A word with the punctuation that sticks to it, or a whole passage in brackets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    /// What is written.
    pub text: &'t str,
    /// Where it begins in the turn.
    pub start: usize,
    /// Whether the white space behind it lies inside direct speech, which is never cut (manual, rule 6).
    pub quoted: bool,
}

impl Word<'_> {
    /// One past its last byte in the turn.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// What is said, without marks at either end.
    pub fn core(&self) -> &str {
        let bytes = self.text.as_bytes();
        match (bytes.first(), bytes.last()) {
            (Some(first), Some(last)) if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => self.text,
            _ => self.text.trim_matches(|c: char| !c.is_alphanumeric()),
        }
    }

    /// Whether it is a remark of the transcriber: `(lacht)`, `(...)`, `[unv.]`.
    pub fn is_remark(&self) -> bool {
        self.text.starts_with(['(', '[']) && self.text.ends_with([')', ']'])
    }
}

/// The words of `text` in order. What lies between two of them is white space, and a cut there tears no grapheme.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len() / 6);
    let mut brackets = pairs::brackets(text).into_iter().peekable();
    for piece in text::words(text) {
        while brackets.next_if(|bracket| bracket.end <= piece.start).is_some() {}
        let bracketed = brackets.peek().is_some_and(|bracket| bracket.start < piece.start);
        match words.last_mut() {
            Some(last) if bracketed || !separable(text, last.end(), piece.start) => {
                last.text = &text[last.start..piece.end];
            }
            _ => words.push(Word { text: piece.of(text), start: piece.start, quoted: false }),
        }
    }
    mark_quoted(text, &mut words);
    words
}

fn mark_quoted(text: &str, words: &mut [Word]) {
    let mut quotations = pairs::quotations(text).into_iter().peekable();
    for word in words {
        while quotations.next_if(|span| span.end <= word.end()).is_some() {}
        word.quoted = quotations.peek().is_some_and(|span| span.start < word.end());
    }
}

/// Whether both ends of the white space from `end` to `start` are borders of graphemes. A combining mark after a blank
/// belongs to the blank, so nothing may begin with it.
fn separable(text: &str, end: usize, start: usize) -> bool {
    let bytes = text.as_bytes();
    if bytes[end - 1].is_ascii() && bytes[start].is_ascii() {
        return true;
    }
    [end, start].into_iter().all(|at| {
        let mut cursor = GraphemeCursor::new(at, text.len(), true);
        cursor.is_boundary(text, 0).unwrap_or(false)
    })
}
