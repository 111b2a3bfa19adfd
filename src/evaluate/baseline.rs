//! Simple coders that the engine has to beat.

use serde::Serialize;

use super::Answer;
use crate::codebook::{Ring, Rings};
use crate::error::Tongue;
use crate::gold::Code;

/// A simple coder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Baseline {
    /// Always the ring that is most frequent in the gold itself, never a reason.
    Majority,
    /// A ring and a reason where one of a few words occurs.
    Keywords,
    /// The ring whose definition the model finds most similar, never a reason.
    Definitions,
    /// The encoder as it comes, never trained for rings, with one logistic regression a question on each statement alone.
    Frozen,
}

impl Baseline {
    /// All, simplest first.
    pub const ALL: [Baseline; 4] = [Self::Majority, Self::Keywords, Self::Definitions, Self::Frozen];

    /// What a person reads.
    pub fn label(self, tongue: Tongue) -> &'static str {
        match self {
            Self::Majority => tongue.pick("immer der häufigste Ring", "always the most frequent ring"),
            Self::Keywords => tongue.pick("Stichwörter", "keywords"),
            Self::Definitions => tongue.pick("ähnlichste Ring-Definition", "most similar ring definition"),
            Self::Frozen => tongue.pick("Sprachmodell ohne Training für Ringe", "language model not trained for rings"),
        }
    }
}

/// What [`Baseline::Majority`] says of every statement.
pub fn majority<'a>(codes: impl Iterator<Item = &'a Code>) -> Answer {
    let mut counts = [0_u64; Ring::ALL.len()];
    codes.filter_map(|code| code.rings.primary()).for_each(|ring| counts[ring.index()] += 1);
    let mut ranked = Ring::ALL.to_vec();
    ranked.sort_by_key(|ring| std::cmp::Reverse(counts[ring.index()]));
    single(ranked, false)
}

/// The first ring alone.
pub fn single(ranked: Vec<Ring>, reason: bool) -> Answer {
    let rings = Rings::new(ranked.iter().take(1).copied().collect()).unwrap_or_default();
    Answer { rings, ranked, reason }
}

/// Beginnings of words that speak for a ring; chosen from the definitions in the coding manual, not from interviews.
const KEYWORDS: [(Ring, &[&str]); 6] = [
    (
        Ring::Ausloeser,
        &["ausgefallen", "ausfall", "stillstand", "gesetz", "frist", "gekündigt", "auslöser", "angefangen"],
    ),
    (Ring::Erfolg, &["ziel", "gespart", "spart", "schneller", "weniger", "ergebnis", "endlich", "zufrieden"]),
    (Ring::Huerde, &["problem", "budget", "keine zeit", "dagegen", "angst", "skeptisch", "schwierig", "widerstand"]),
    (Ring::Einfluss, &["chef", "geschäftsführ", "betriebsrat", "kollege", "messe", "internet", "angebot", "empfohlen"]),
    (
        Ring::Kriterium,
        &["preis", "service", "schnittstelle", "referenz", "wichtig", "verglichen", "anbieter", "bedienung"],
    ),
    (
        Ring::Mindset,
        &["wir sind halt", "ich bin", "grundsätzlich", "bauchgefühl", "überzeugt", "typ", "mentalität", "glaube"],
    ),
];

/// Words that speak for a reason.
const REASON_WORDS: [&str; 7] = ["weil", "denn", "damit", "nämlich", "deshalb", "deswegen", "sonst"];

/// What [`Baseline::Keywords`] says of a statement: the rings with most keywords, at most two.
pub fn by_keywords(text: &str) -> Answer {
    let text = text.to_lowercase();
    let padded = format!(" {}", text.replace(|c: char| !c.is_alphanumeric(), " "));
    let hits = |ring: Ring| {
        let (_, words) = KEYWORDS[ring.index()];
        words.iter().filter(|word| padded.contains(&format!(" {word}"))).count()
    };
    let mut ranked = Ring::ALL.to_vec();
    ranked.sort_by_key(|&ring| std::cmp::Reverse(hits(ring)));
    let given = ranked.iter().copied().filter(|&ring| hits(ring) > 0).take(2).collect();
    let reason = padded.split_whitespace().any(|word| REASON_WORDS.contains(&word));
    Answer { rings: Rings::new(given).unwrap_or_default(), ranked, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_listed_in_the_order_of_rings() {
        assert_eq!(KEYWORDS.map(|(ring, _)| ring), Ring::ALL);
    }

    #[test]
    fn keywords_match_at_the_beginning_of_words_only() {
        let answer = by_keywords("Der Preis war wichtig, weil das Vorbild fehlte.");
        assert_eq!((answer.rings.primary(), answer.rings.len(), answer.reason), (Some(Ring::Kriterium), 1, true));
        assert!(by_keywords("Unterchef, Selbstbedienung").rings.is_empty());
    }
}
