//! What is told by its form alone: telephone, mail, bank account, web.

use std::sync::LazyLock;

use regex::Regex;

use super::key::Kind;
use crate::text::ByteSpan;

static PATTERNS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let patterns = [
        (Kind::Mail, r"[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+"),
        (Kind::Iban, r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b"),
        (Kind::Web, r"(?:https?://|www\.)[^\s)>\]]*[^\s)>\].,;:!?]"),
        (Kind::Phone, r"(?:\+\d{1,3}|\b0\d{2,5})[\s/()-]{0,3}\d(?:[\s/().-]{0,2}\d){4,}"),
    ];
    patterns.into_iter().filter_map(|(kind, pattern)| Some((kind, Regex::new(pattern).ok()?))).collect()
});

/// Where such things stand in a text, in order; where two overlap, the first of the list above.
pub(super) fn patterns(text: &str) -> Vec<(Kind, ByteSpan)> {
    let mut found: Vec<(Kind, ByteSpan)> = Vec::new();
    for (kind, pattern) in PATTERNS.iter() {
        for place in pattern.find_iter(text) {
            let span = ByteSpan::new(place.start(), place.end());
            if found.iter().all(|(_, other)| span.end <= other.start || other.end <= span.start) {
                found.push((*kind, span));
            }
        }
    }
    found.sort_by_key(|(_, span)| *span);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_are_told_by_their_form() {
        let text = "Unter 0221 / 47 11-0 oder +49 171 2345678, anna.berg@werk-nord.de, DE89 3704 0044 0532 0130 00, \
                    www.werk-nord.de/kontakt. Am 03.11.2026 um 08.30 waren es 0,5 Prozent von 120.000 Euro.";
        let found: Vec<(Kind, &str)> = patterns(text).into_iter().map(|(kind, span)| (kind, span.of(text))).collect();
        let expected = [
            (Kind::Phone, "0221 / 47 11-0"),
            (Kind::Phone, "+49 171 2345678"),
            (Kind::Mail, "anna.berg@werk-nord.de"),
            (Kind::Iban, "DE89 3704 0044 0532 0130 00"),
            (Kind::Web, "www.werk-nord.de/kontakt"),
        ];
        assert_eq!(found, expected);
    }
}
