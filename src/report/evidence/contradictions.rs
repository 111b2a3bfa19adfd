//! Where two interviews may say the opposite of one thing. Found by words alone, so a person has to look.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

use crate::report::View;
use crate::report::journey::JOURNEY;
use crate::report::map::Map;
use crate::report::map_page::ring_name;
use crate::report::quote::quotes;
use crate::report::voices::{Voice, Voices};

/// So many are shown; the others are counted.
const SHOWN: usize = 12;
/// Words that say the opposite of each other.
const OPPOSITES: [(&[&str], &[&str]); 8] = [
    (
        &["teuer", "teure", "teurer", "teuren"],
        &["günstig", "günstige", "günstiger", "günstigen", "billig", "billige", "billiger"],
    ),
    (&["schnell", "schnelle", "schneller", "zügig"], &["langsam", "langsame", "langsamer", "schleppend"]),
    (&["kinderleicht", "unkompliziert"], &["kompliziert", "komplizierte", "umständlich"]),
    (&["zufrieden"], &["unzufrieden"]),
    (&["zuverlässig", "verlässlich"], &["unzuverlässig"]),
    (&["wichtig", "entscheidend"], &["unwichtig", "nebensächlich"]),
    (&["pünktlich", "rechtzeitig"], &["verspätet", "unpünktlich"]),
    (&["übersichtlich"], &["unübersichtlich"]),
];
/// How many words before a noun may deny or claim it: `keine offene Schnittstelle`, `die offene Schnittstelle`.
const REACH: usize = 2;
/// Words before a noun that say that there is such a thing.
const CLAIMING: [&str; 12] =
    ["ein", "eine", "einen", "einem", "einer", "der", "die", "das", "den", "dem", "unsere", "unser"];
/// Nouns of time, people and money: `kein Kunde mehr` and `keine zwei Wochen` deny nothing.
const COMMON: [&str; 16] = [
    "woche", "wochen", "tag", "tage", "tagen", "monat", "monate", "jahr", "jahre", "stunde", "stunden", "kunde",
    "kunden", "mensch", "leute", "geld",
];

/// Two statements of different interviews, and the word on which they differ.
struct Contradiction<'a> {
    word: String,
    pair: [Voice<'a>; 2],
}

/// All that were found, by cell of the map.
pub(super) fn contradictions(view: &View) -> Markup {
    let tongue = view.tongue;
    let map = Map::of(view.study, &view.whole);
    let cells =
        map.columns.iter().filter(|column| column.job.is_some()).flat_map(|column| {
            JOURNEY.into_iter().zip(&column.cells).map(move |(ring, cell)| (column.job, ring, cell))
        });
    let found: Vec<_> = cells.filter_map(|(job, ring, cell)| Some((job, ring, contradiction(cell)?))).collect();
    html! {
        h3 { (tongue.pick("Mögliche Widersprüche", "Possible contradictions")) }
        p.note { (tongue.pick(
            "Zwei Interviews sprechen im selben Feld der Karte vom selben Wort, einmal verneint, oder gebrauchen gegensätzliche Wörter. Ob sie sich wirklich widersprechen, kann nur ein Mensch sagen.",
            "Two interviews use one word in one cell of the map, once denied, or words of opposite meaning. Whether they really contradict each other only a person can tell.",
        )) }
        @if found.is_empty() { p { (tongue.pick("Keine gefunden.", "None found.")) } }
        @for (job, ring, contradiction) in found.iter().take(SHOWN) {
            div.pair {
                h4 { (job.map_or("", |job| &job.job.title)) " · " (ring_name(*ring, tongue)) ": „" (contradiction.word) "“" }
                (quotes(&contradiction.pair, tongue))
            }
        }
        @if found.len() > SHOWN {
            p { (tongue.pick("Weitere Felder mit möglichen Widersprüchen: ", "Further cells with possible contradictions: ")) (found.len() - SHOWN) }
        }
    }
}

/// The first contradiction of a cell, by the order of interviews.
fn contradiction<'a>(cell: &Voices<'a>) -> Option<Contradiction<'a>> {
    let mut heard: BTreeMap<Claim, Vec<(bool, Voice)>> = BTreeMap::new();
    for voice in cell.iter() {
        let text = voice.quote.interview.text(voice.quote.statement);
        for (claim, holds, word) in claims(text) {
            let earlier = heard.entry(claim).or_default();
            let other = earlier
                .iter()
                .find(|(other, said)| *other != holds && said.quote.interview.id() != voice.quote.interview.id());
            if let Some((_, other)) = other {
                return Some(Contradiction { word, pair: [*other, *voice] });
            }
            earlier.push((holds, *voice));
        }
    }
    None
}

/// What a statement may claim or deny.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// That there is something, by the stem of the noun.
    Thing(String),
    /// One of [`OPPOSITES`].
    Quality(usize),
}

/// What is claimed (`true`) or denied, each with the word that says so.
fn claims(text: &str) -> Vec<(Claim, bool, String)> {
    let stemmer = Stemmer::create(Algorithm::German);
    let words: Vec<&str> = text.unicode_words().collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let before = |index: usize| &lower[index.saturating_sub(REACH)..index];
    let claimed = |index: usize| {
        let denied = before(index).iter().any(|word| word.starts_with("kein") && word != "keins");
        let said = before(index).iter().any(|word| CLAIMING.contains(&word.as_str()));
        denied.then_some(false).or(said.then_some(true))
    };
    let mut claims = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let noun = word.starts_with(char::is_uppercase) && word.chars().count() > 4;
        if let Some(holds) = claimed(index).filter(|_| noun && !COMMON.contains(&lower[index].as_str())) {
            claims.push((Claim::Thing(stemmer.stem(&lower[index]).into_owned()), holds, (*word).to_owned()));
        }
        for (number, (one, other)) in OPPOSITES.iter().enumerate() {
            let said = |side: &[&str]| side.contains(&lower[index].as_str());
            if said(one) || said(other) {
                let turned = index > 0 && matches!(lower[index - 1].as_str(), "nicht" | "nie" | "kaum");
                claims.push((Claim::Quality(number), said(one) != turned, (*word).to_owned()));
            }
        }
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_and_what_is_claimed() {
        let claim =
            |text, word: &str| claims(text).into_iter().find(|(_, _, said)| said == word).map(|(_, holds, _)| holds);
        assert_eq!(claim("Die hatten keine offene Schnittstelle.", "Schnittstelle"), Some(false));
        assert_eq!(claim("Da war die Schnittstelle dabei.", "Schnittstelle"), Some(true));
        assert_eq!(claim("Das hielt keine zwei Wochen.", "Wochen"), None);
        assert_eq!(claim("Das war nicht teuer.", "teuer"), claim("Das war günstig.", "günstig"));
    }
}
