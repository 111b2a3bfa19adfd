//! Turns as windows of tokens, and the places in them that are decided on.

use std::ops::Range;

use super::EncodeError;
use super::tokens::Tokens;
use super::words::word_of;
use crate::text::{self, ByteSpan};

/// Words that are read at once.
const WORDS: usize = 120;
/// Words from the beginning of one window to that of the next.
const STEP: usize = 80;
/// Words at the edges of windows that are decided on in the neighbouring one, which knows what is around them.
const EDGE: usize = (WORDS - STEP) / 2;

/// Texts in windows.
pub(super) struct Windows {
    /// Token ids of each window.
    pub ids: Vec<Vec<i64>>,
    /// What is decided on in each window.
    pub places: Vec<Vec<Place>>,
}

/// A word, or the white space behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Which text.
    pub text: usize,
    /// Where the word stands in the text.
    pub word: ByteSpan,
    /// The two tokens of the window that say most: of a word the first and the last, of white space those around it.
    pub tokens: [usize; 2],
}

impl Windows {
    /// The white space between two words of a text, each in exactly one window; what lies behind so many tokens that the model
    /// cannot read them in one window is in none.
    pub fn between_words(tokens: &Tokens, texts: &[&str]) -> Result<Self, EncodeError> {
        Self::new(tokens, texts, &|part, tokens| part.between_words(tokens))
    }

    /// Words of each text, given in order, in the same way.
    pub fn of_words(tokens: &Tokens, texts: &[&str], words: &[Vec<ByteSpan>]) -> Result<Self, EncodeError> {
        Self::new(tokens, texts, &|part, tokens| part.of_words(tokens, &words[part.text]))
    }

    fn new(
        tokens: &Tokens,
        texts: &[&str],
        places: &dyn Fn(&Part, &[ByteSpan]) -> Vec<Place>,
    ) -> Result<Self, EncodeError> {
        let mut slices = Vec::new();
        let mut parts = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let words: Vec<ByteSpan> = text::words(text).collect();
            for (read, own) in ranges(words.len()) {
                let start = words[read.start].start;
                slices.push(&text[start..words[read.end - 1].end]);
                let shifted =
                    words[read.clone()].iter().map(|word| ByteSpan::new(word.start - start, word.end - start));
                let own = own.start - read.start..own.end - read.start;
                parts.push(Part { text: number, words: shifted.collect(), start, own });
            }
        }
        let tokens = tokens.of(&slices)?;
        let places = parts.iter().zip(&tokens).map(|(part, tokens)| places(part, &tokens.places)).collect();
        Ok(Self { ids: tokens.into_iter().map(|one| one.ids).collect(), places })
    }
}

/// A window before it is in tokens.
struct Part {
    text: usize,
    /// Its words, from its own beginning on.
    words: Vec<ByteSpan>,
    /// Where it begins in the text.
    start: usize,
    /// Words of the window that it decides on.
    own: Range<usize>,
}

impl Part {
    fn between_words(&self, tokens: &[ByteSpan]) -> Vec<Place> {
        // The first and the last token of each word; none where the model's longest text ends before it.
        let mut of_word: Vec<Option<(usize, usize)>> = vec![None; self.words.len()];
        for (token, span) in tokens.iter().enumerate().filter(|(_, span)| !span.is_empty()) {
            if let Some(found) = of_word.get_mut(word_of(&self.words, *span)) {
                *found = Some((found.map_or(token, |(first, _)| first), token));
            }
        }
        let place = |word: usize| {
            let (_, before) = (*of_word.get(word)?)?;
            let (after, _) = (*of_word.get(word + 1)?)?;
            Some(Place { text: self.text, word: self.words[word].shifted(self.start), tokens: [before, after] })
        };
        self.own.clone().filter_map(place).collect()
    }

    fn of_words(&self, tokens: &[ByteSpan], words: &[ByteSpan]) -> Vec<Place> {
        let own = &self.words[self.own.clone()];
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return Vec::new() };
        let (begin, end) = (self.start + first.start, self.start + last.end);
        let own = words.iter().filter(|word| begin <= word.start && word.end <= end);
        let place = |word: &ByteSpan| {
            let touches = |token: &ByteSpan| token.start + self.start < word.end && word.start < token.end + self.start;
            let first = tokens.iter().position(touches)?;
            let last = tokens.iter().rposition(touches)?;
            Some(Place { text: self.text, word: *word, tokens: [first, last] })
        };
        own.filter_map(place).collect()
    }
}

/// For a text of so many words, the words of each window, and those that it decides on.
fn ranges(words: usize) -> Vec<(Range<usize>, Range<usize>)> {
    if words == 0 {
        return Vec::new();
    }
    let further = words.saturating_sub(WORDS).div_ceil(STEP);
    let range = |number: usize| {
        let start = number * STEP;
        let first = if number == 0 { 0 } else { start + EDGE };
        if number == further {
            (start..words, first..words)
        } else {
            (start..start + WORDS, first..start + WORDS - EDGE)
        }
    };
    (0..=further).map(range).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_word_is_decided_once_among_those_around_it(words in 0usize..1000) {
            let mut decided = Vec::new();
            for (read, own) in ranges(words) {
                prop_assert!(read.start <= own.start && own.end <= read.end && (own.end < read.end || read.end == words));
                prop_assert!(read.len() <= WORDS);
                decided.extend(own);
            }
            prop_assert_eq!(decided, (0..words).collect::<Vec<_>>());
        }
    }
}
