//! Where in a statement the reason stands.

use crate::text::ByteSpan;

/// Words that open a clause of reason or purpose. *da*, *denn* and *um* do so only after a comma: elsewhere they mean
/// "there", "then" and "around".
const ANYWHERE: [&str; 4] = ["weil", "damit", "nämlich", "sonst"];
const AFTER_COMMA: [&str; 4] = ["da", "denn", "um", "sodass"];

/// The clause that a connective of reason opens, in bytes of `text`; `None` where no connective shows it.
///
/// It begins at the connective and ends before the next comma that is followed by a main clause's *dann*, *und* or
/// *aber*, else at the end of the statement.
///
/// ```
/// use ringwerk::classify::reason_span;
/// let text = "Wir haben gewartet, weil das Budget fehlte.";
/// assert_eq!(reason_span(text).unwrap().of(text), "weil das Budget fehlte.");
/// assert_eq!(reason_span("Da war nichts."), None);
/// ```
pub fn reason_span(text: &str) -> Option<ByteSpan> {
    let start = words(text).find(|&(start, word)| opens(text, start, word))?.0;
    let end = text[start..]
        .match_indices(", ")
        .find(|(comma, _)| continues(&text[start + comma + 2..]))
        .map_or(text.len(), |(comma, _)| start + comma);
    Some(ByteSpan::new(start, end))
}

/// Each word with the byte it begins at.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let pieces = text.split(|c: char| !c.is_alphanumeric());
    pieces.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).filter(|(_, word)| !word.is_empty())
}

fn opens(text: &str, start: usize, word: &str) -> bool {
    let word = word.to_lowercase();
    let after_comma = text[..start].trim_end().ends_with(',');
    ANYWHERE.contains(&word.as_str()) || after_comma && AFTER_COMMA.contains(&word.as_str())
}

fn continues(rest: &str) -> bool {
    ["dann ", "und ", "aber "].iter().any(|word| rest.starts_with(word))
}
