//! Ends of sentences, as written.

use super::abbreviations::{is_before_number, is_closing, is_month, is_open, is_opener};
use super::words::Word;

/// Marks that begin an item of a list.
const BULLETS: [char; 6] = ['•', '‣', '◦', '▪', '●', '·'];
/// Marks behind the full stop that still belong to the sentence.
const CLOSING: [char; 12] = ['“', '”', '"', '«', '»', '’', '‘', '\'', ')', ']', '*', '‟'];

/// How many remarks of the transcriber in a row are looked across.
const REMARKS: usize = 8;

/// The words after which a sentence ends, by index; the last word of the turn is not among them.
pub(super) fn cuts(text: &str, words: &[Word]) -> Vec<usize> {
    let small = is_small(words);
    let mut first = 0;
    let mut cuts = Vec::new();
    for (at, word) in words.iter().enumerate().take(words.len().saturating_sub(1)) {
        let gap = Gap { text, words, at, first, small };
        if !word.quoted && gap.ends_sentence() {
            cuts.push(at);
            first = at + 1;
        }
    }
    cuts
}

/// Whether the full stop of word `at` belongs to it and binds it to the next: an abbreviation, a day, an initial.
pub(super) fn binds(text: &str, words: &[Word], at: usize) -> bool {
    let gap = Gap { text, words, at, first: 0, small: false };
    gap.word().strip_suffix('.').is_some_and(|bare| gap.is_abbreviation(at, bare))
}

/// The white space behind word `at`, in a sentence that begins with word `first`.
struct Gap<'t> {
    text: &'t str,
    words: &'t [Word<'t>],
    at: usize,
    first: usize,
    /// Whether the turn is written in small letters, sentences too.
    small: bool,
}

impl Gap<'_> {
    fn ends_sentence(&self) -> bool {
        self.ends_line() || (self.is_terminated() && self.next_begins_sentence() && !self.remark_follows())
    }

    /// A blank line, an item of a list, or a line break between two nouns: running text is not broken there. A line
    /// that ends in a blank goes on in the next (RFC 3676).
    fn ends_line(&self) -> bool {
        let gap = &self.text[self.words[self.at].end()..self.next().start];
        if !gap.contains('\n') {
            return false;
        }
        let nouns = starts_upper(self.word()) && starts_upper(self.next().text) && self.at > self.first;
        let wrapped = !gap.starts_with(['\n', '\r']) || self.word().ends_with([',', '-', '/']);
        gap.matches('\n').count() > 1 || self.next().text.starts_with(BULLETS) || (nouns && !wrapped)
    }

    /// Whether what comes before the gap can end a sentence. Remarks of the transcriber (`… Montag. (lacht)`) don't count.
    fn is_terminated(&self) -> bool {
        let nearby = self.first.max(self.at.saturating_sub(REMARKS))..=self.at;
        let spoken = nearby.rev().find(|at| !self.words[*at].is_remark());
        let Some(at) = spoken else { return false };
        let bare = self.words[at].text.trim_end_matches(CLOSING);
        // A letter that binds to the blank behind it makes one word of two.
        let bare = bare.rsplit(char::is_whitespace).next().unwrap_or(bare);
        match bare.chars().next_back() {
            Some('!' | '?') => true,
            Some('…') => is_opener(self.next().core()),
            Some('.') if bare.ends_with("..") => is_opener(self.next().core()),
            Some('.') => !self.is_abbreviation(at, bare.strip_suffix('.').unwrap_or(bare)),
            _ => false,
        }
    }

    /// Whether the full stop behind word `at` belongs to the word.
    fn is_abbreviation(&self, at: usize, bare: &str) -> bool {
        let word = bare.trim_start_matches(|c: char| !c.is_alphanumeric());
        let next = self.next().core();
        if word.is_empty() {
            return false;
        }
        let opener = next.starts_with(char::is_uppercase) && is_opener(next);
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return word.len() <= 3 && (at == self.first || is_month(next) || !opener);
        }
        let initial = word.chars().count() == 1 || is_roman(word);
        let number = next.starts_with(|c: char| c.is_ascii_digit());
        is_open(word) || (is_before_number(word) && number) || ((initial || is_closing(word)) && !opener)
    }

    fn next_begins_sentence(&self) -> bool {
        let next = self.spoken_next();
        let speech =
            self.word().ends_with(['“', '”', '"', '«', '»']) && next.starts_with(['„', '“', '"', '»', '«', ',']);
        let core = next.trim_start_matches(|c: char| !c.is_alphanumeric());
        !speech && core.starts_with(|c: char| self.small || !c.is_lowercase())
    }

    /// A laugh belongs to what it follows, so the cut comes after it; a pause to what it precedes.
    fn remark_follows(&self) -> bool {
        self.next().is_remark() && self.next().text.contains(char::is_alphabetic)
    }

    /// The next word that is said.
    fn spoken_next(&self) -> &str {
        let mut nearby = self.words[self.at + 1..].iter().take(REMARKS);
        nearby.find(|word| !word.is_remark()).map_or("", |word| word.text)
    }

    fn word(&self) -> &str {
        self.words[self.at].text
    }

    fn next(&self) -> &Word<'_> {
        &self.words[self.at + 1]
    }
}

/// Whether no word has a capital as it is usual in writing: speech recognition that knows none, and GAT, where capitals
/// within a word are accents.
fn is_small(words: &[Word]) -> bool {
    let is_capitalised = |word: &Word| {
        let mut letters = word.core().chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none_or(char::is_lowercase)
    };
    !words.iter().any(is_capitalised)
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn is_roman(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}
