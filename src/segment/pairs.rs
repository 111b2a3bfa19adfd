//! Brackets and quotation marks that belong together.
//!
//! A mark without a partner is common in speech recognition and in copied text; it must not swallow the rest of a turn.
//! So a pair ends at a blank line at the latest, is at most [`LONGEST`] bytes long, and an opening mark that comes
//! before the partner of an earlier one begins anew. One pass, whatever the text.

use crate::text::ByteSpan;

/// A longer passage between two marks is taken as two stray marks: about three minutes of speech.
const LONGEST: usize = 2_000;

/// An opening mark and the marks that can close it.
type Kind = (char, &'static [char]);

/// Quotation marks: German, Swiss, English, typewriter (`,,` and `"`).
const QUOTATIONS: [Kind; 8] = [
    ('„', &['“', '”', '"', '‟']),
    (',', &['“', '”', '"', '\'']),
    ('“', &['”', '“', '"']),
    ('”', &['”']),
    ('»', &['«']),
    ('«', &['»']),
    ('‚', &['‘', '’']),
    ('"', &['"', '”', '“']),
];

/// Brackets, of speech and of transcription.
const BRACKETS: [Kind; 2] = [('(', &[')']), ('[', &[']'])];

/// Passages of direct speech, with their marks, in order, none inside another.
pub(super) fn quotations(text: &str) -> Vec<ByteSpan> {
    if text.is_ascii() && !text.as_bytes().contains(&b'"') { Vec::new() } else { pairs(text, &QUOTATIONS) }
}

/// Passages in brackets, with the brackets, in order, none inside another.
pub(super) fn brackets(text: &str) -> Vec<ByteSpan> {
    pairs(text, &BRACKETS)
}

fn pairs(text: &str, kinds: &[Kind]) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Kind)> = None;
    let mut before = ' ';
    for (at, mark) in text.char_indices() {
        if mark.is_ascii_alphanumeric() {
            before = mark;
            continue;
        }
        if let Some(pair) = closed(text, open, at, mark) {
            found.push(pair);
            open = None;
        } else if let Some(kind) = opened(text, kinds, at, mark, before) {
            open = Some((at, kind));
        } else if mark == '\n' && before == '\n' {
            open = None;
        }
        before = mark;
    }
    found
}

/// The passage that `mark` closes, if it closes what is open.
fn closed(text: &str, open: Option<(usize, Kind)>, at: usize, mark: char) -> Option<ByteSpan> {
    let (start, (_, closing)) = open?;
    let end = at + mark.len_utf8();
    let apostrophe = mark == '’' && text[end..].starts_with(char::is_alphabetic);
    (closing.contains(&mark) && end - start <= LONGEST && !apostrophe).then(|| ByteSpan::new(start, end))
}

/// The kind of passage that `mark` opens: an opening mark stands before a word, not behind one.
fn opened(text: &str, kinds: &[Kind], at: usize, mark: char, before: char) -> Option<Kind> {
    let kind = *kinds.iter().find(|kind| kind.0 == mark)?;
    let rest = &text[at + mark.len_utf8()..];
    let before_word = !before.is_alphanumeric() && !rest.starts_with(char::is_whitespace) && !rest.is_empty();
    let doubled = mark != ',' || (rest.starts_with(',') && before != ',');
    (before_word && doubled).then_some(kind)
}
