//! Positions in text: byte ranges inside, code points at the edge.
//!
//! Everything inside the engine carries [`ByteSpan`]s into an untouched text. Other programs count code points
//! (REFI-QDA 1.5, section 10.2), so [`CodePoints`] converts when something leaves the engine.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// A half-open range of bytes in a text; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl ByteSpan {
    /// A span from `start` up to, not including, `end`. An end before the start is taken as an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span moved to the right by `bytes`.
    pub fn shifted(self, bytes: usize) -> Self {
        Self { start: self.start + bytes, end: self.end + bytes }
    }

    /// The part of `text` that lies inside.
    ///
    /// # Panics
    /// If the span does not belong to this text. That can only be a mistake of the program, never of its input.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The part of `text` that lies inside; `None` where the span does not belong to this text, as can be with one that
    /// comes from outside.
    pub fn get(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// The span from one code point of `text` up to, not including, another; `None` where the text is shorter or the end
    /// lies before the start.
    ///
    /// ```
    /// use ringwerk::text::ByteSpan;
    /// let text = "Größe zählt";
    /// assert_eq!(ByteSpan::of_code_points(text, 6, 11).map(|span| span.of(text)), Some("zählt"));
    /// assert_eq!(ByteSpan::of_code_points(text, 6, 12), None);
    /// ```
    pub fn of_code_points(text: &str, start: usize, end: usize) -> Option<Self> {
        let mut bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).skip(start);
        let first = bytes.next()?;
        let last = match end.checked_sub(start)? {
            0 => first,
            length => bytes.nth(length - 1)?,
        };
        Some(Self::new(first, last))
    }

    /// The span without white space at either end.
    ///
    /// ```
    /// use ringwerk::text::ByteSpan;
    /// let text = " Ja, genau. ";
    /// assert_eq!(ByteSpan::new(0, text.len()).trimmed(text).of(text), "Ja, genau.");
    /// ```
    pub fn trimmed(self, text: &str) -> Self {
        let inside = self.of(text);
        let start = self.start + inside.len() - inside.trim_start().len();
        Self::new(start, start + inside.trim().len())
    }
}

/// The words of a text: what stands between white space.
///
/// ```
/// use ringwerk::text::words;
/// let text = " Ja, genau.";
/// assert_eq!(words(text).map(|word| word.of(text)).collect::<Vec<_>>(), ["Ja,", "genau."]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    text.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        ByteSpan::new(start, start + word.len())
    })
}

/// The words of a text without marks; what a hyphen joins are several, and what an apostrophe joins to a word (*geht's*,
/// *d'Leonie*) is no part of it.
///
/// ```
/// use ringwerk::text::bare_words;
/// let text = "d'Leonie, Noack-Berg geht's!";
/// assert_eq!(bare_words(text).map(|word| word.of(text)).collect::<Vec<_>>(), ["Leonie", "Noack", "Berg", "geht"]);
/// ```
pub fn bare_words(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    text.unicode_word_indices().map(|(start, word)| {
        let joint = word.char_indices().find(|(_, sign)| matches!(sign, '\'' | '’'));
        let Some((cut, sign)) = joint else { return ByteSpan::new(start, start + word.len()) };
        let behind = cut + sign.len_utf8();
        match () {
            () if cut > 1 => ByteSpan::new(start, start + cut),
            () if word[behind..].starts_with(char::is_uppercase) => ByteSpan::new(start + behind, start + word.len()),
            () => ByteSpan::new(start, start + word.len()),
        }
    })
}

/// Words with one blank between them, and where in the text the marked ones end. An empty word is left out; where it is
/// marked, the word before it counts as marked.
///
/// ```
/// use ringwerk::text::joined;
/// let words = [("ja", false), ("stand", false), ("", true), ("dann", false)].map(|(word, end)| (word.to_owned(), end));
/// let (text, ends) = joined(words);
/// assert_eq!((text.as_str(), ends.into_iter().collect::<Vec<_>>()), ("ja stand dann", vec![8]));
/// ```
pub fn joined(words: impl IntoIterator<Item = (String, bool)>) -> (String, BTreeSet<usize>) {
    let mut text = String::new();
    let mut ends = BTreeSet::new();
    for (word, is_end) in words {
        if !word.is_empty() && !text.is_empty() {
            text.push(' ');
        }
        text += &word;
        if is_end && !text.is_empty() {
            ends.insert(text.len());
        }
    }
    (text, ends)
}

/// A word without punctuation, as speech recognition that knows none gives it; may be empty.
///
/// ```
/// use ringwerk::text::without_marks;
/// assert_eq!(without_marks("„Ja,"), "Ja");
/// ```
pub fn without_marks(word: &str) -> String {
    word.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// As many whole words of a text as fit into `most` characters, without a comma at the end; a longer first word is cut.
///
/// ```
/// use ringwerk::text::beginning;
/// assert_eq!(beginning("Größe zählt", 11), "Größe zählt");
/// assert_eq!(beginning("Größe zählt", 10), "Größe");
/// assert_eq!(beginning("Donaudampfschiff", 5), "Donau");
/// assert_eq!(beginning("Ja, genau.", 20), "Ja, genau.");
/// assert_eq!(beginning("Der Einkauf, der hat Angebote geholt.", 16), "Der Einkauf");
/// assert_eq!(beginning("Entscheidungsgrundlagen", 5), "Entsc");
/// ```
pub fn beginning(text: &str, most: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let cut = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    text[..cut].trim_end_matches(|sign: char| sign.is_whitespace() || sign == ',')
}

/// A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe in front.
pub fn harmless_in_spreadsheets(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a spreadsheet may take a text for a formula, even behind white space.
///
/// ```
/// use ringwerk::text::is_formula;
/// assert!(is_formula(" =1+1") && is_formula("+49 171") && !is_formula("ja"));
/// ```
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Converts byte offsets of one text into code point offsets, in constant time after one pass over the text.
///
/// ```
/// use ringwerk::text::CodePoints;
/// let text = "Größe";
/// let byte = text.find('e').unwrap();
/// assert_eq!((byte, CodePoints::new(text).at(text, byte)), (6, 4));
/// ```
#[derive(Debug)]
pub struct CodePoints {
    /// Code points before byte `i * STRIDE`.
    before: Vec<usize>,
}

impl CodePoints {
    const STRIDE: usize = 256;

    /// Counts the code points of `text` once.
    pub fn new(text: &str) -> Self {
        let mut before = Vec::with_capacity(text.len() / Self::STRIDE + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(Self::STRIDE) {
            before.push(count);
            count += chunk.iter().filter(|byte| starts_code_point(**byte)).count();
        }
        before.push(count);
        Self { before }
    }

    /// How many code points of `text` (the text given to [`CodePoints::new`]) lie before byte offset `byte`.
    pub fn at(&self, text: &str, byte: usize) -> usize {
        let block = byte / Self::STRIDE;
        let rest = &text.as_bytes()[block * Self::STRIDE..byte];
        self.before[block] + rest.iter().filter(|byte| starts_code_point(**byte)).count()
    }

    /// How many lie before the start of a span and before its end.
    pub fn of(&self, text: &str, span: ByteSpan) -> [usize; 2] {
        [self.at(text, span.start), self.at(text, span.end)]
    }
}

/// In UTF-8 every byte but a continuation byte (`10xxxxxx`) begins a code point.
fn starts_code_point(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_agree_with_chars(text in "\\PC{0,600}") {
            let index = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.at(&text, byte), count);
            }
            prop_assert_eq!(index.at(&text, text.len()), text.chars().count());
        }
    }
}
