//! Turns to statements (coding manual, section 1): where a model says so, or by rules alone.
//!
//! ```text
//! turn ─words─▶ words, brackets as one ─quotation─▶ where no cut may fall
//!      ─sentence─▶ ends of sentences ─statement─▶ ends of statements ─▶ spans
//! words, with the places where a model says that a statement ends ─▶ spans
//! ```
//!
//! A cut only ever falls on white space, so no word, number or abbreviation can be torn, and the spans tile the turn
//! whatever it holds. Each turn is cut for itself: what else is in the transcript makes no difference.

mod abbreviations;
mod joints;
mod lexicon;
mod pairs;
mod run_on;
mod sentence;
mod statement;
mod words;

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use crate::scores::StatementEnd;
use crate::text::ByteSpan;
use crate::transcript::{Statement, Transcript};
use words::Word;

/// How finely a turn is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Units {
    /// One unit a sentence, as written.
    Sentence,
    /// One unit a codable idea (coding manual, section 1).
    #[default]
    Statement,
    /// One unit a turn.
    Turn,
}

/// Cuts every turn of `transcript` by rules, the interviewer's too, in order. A turn without text has no statement.
///
/// ```
/// use ringwerk::segment::{Units, segment};
/// use ringwerk::transcript::{Container, Convention, Format, NewTurn, Role, Speaker, Transcript};
///
/// let speaker = Speaker { name: "B1".into(), role: Role::Respondent };
/// let text = "Die Pumpe stand still. Dann hat der Meister angerufen.".into();
/// let turn = NewTurn { speaker: 0, start: None, end: None, text, foreign: None };
/// let format = Format { container: Container::Text, convention: Convention::Plain };
/// let transcript = Transcript::new("pumpe-01", format, vec![speaker], vec![turn]);
/// let statements = segment(&transcript, Units::Statement);
/// assert_eq!(statements[1].span.of(transcript.text()), "Dann hat der Meister angerufen.");
/// ```
pub fn segment(transcript: &Transcript, units: Units) -> Vec<Statement> {
    of_turns(transcript, |_, text| spans(text, units))
}

/// Cuts every turn where a model says that a statement ends, in order: `ends` are the places of each turn, and one is cut
/// from the probability `from` on. What no cut may tear is respected: direct speech, brackets, abbreviations, numbers.
///
/// # Panics
/// If there are not as many lists of places as turns.
pub fn segment_at(transcript: &Transcript, ends: &[Vec<StatementEnd>], from: f32) -> Vec<Statement> {
    of_turns(transcript, |turn, text| spans_at(text, &ends[turn], from))
}

/// The statements of all turns, where `cut` divides the text of one, given its number.
fn of_turns(transcript: &Transcript, cut: impl Fn(usize, &str) -> Vec<ByteSpan>) -> Vec<Statement> {
    let turns = transcript.turns().iter().enumerate();
    let statements = turns.flat_map(|(index, turn)| {
        let spans = cut(index, transcript.turn_text(turn));
        spans.into_iter().map(move |span| Statement { turn: index, span: span.shifted(turn.span.start) })
    });
    statements.collect()
}

/// Cuts the text of one turn where a model says that a statement ends; `ends` in order.
///
/// ```
/// use ringwerk::scores::StatementEnd;
/// use ringwerk::segment::spans_at;
/// let text = "die pumpe stand still dann kam z. B. der meister";
/// let end = |at, p| StatementEnd { at, p };
/// let found = spans_at(text, &[end(21, 0.9), end(26, 0.1), end(33, 0.9)], 0.5);
/// let found: Vec<&str> = found.iter().map(|span| span.of(text)).collect();
/// assert_eq!(found, ["die pumpe stand still", "dann kam z. B. der meister"]);
/// ```
pub fn spans_at(text: &str, ends: &[StatementEnd], from: f32) -> Vec<ByteSpan> {
    let words = words::words(text);
    let is_end = |at: usize| ends.binary_search_by_key(&at, |end| end.at).is_ok_and(|found| ends[found].p >= from);
    let candidates = 0..words.len().saturating_sub(1);
    let free = candidates.filter(|&at| !words[at].quoted && !sentence::binds(text, &words, at));
    join(&words, &free.filter(|&at| is_end(words[at].end())).collect::<Vec<_>>())
}

/// Cuts the text of one turn by rules. The spans are in order, not empty, without white space at either end, and only white
/// space lies between them.
///
/// ```
/// use ringwerk::segment::{Units, spans};
/// let text = "Am 3. Mai kam Dr. Kern. Der hat sich alles angesehen, z. B. die Pumpe.";
/// let sentences: Vec<&str> = spans(text, Units::Sentence).iter().map(|span| span.of(text)).collect();
/// assert_eq!(sentences, ["Am 3. Mai kam Dr. Kern.", "Der hat sich alles angesehen, z. B. die Pumpe."]);
/// ```
pub fn spans(text: &str, units: Units) -> Vec<ByteSpan> {
    let words = words::words(text);
    match units {
        Units::Turn => join(&words, &[]),
        Units::Sentence => join(&words, &sentence::cuts(text, &words)),
        Units::Statement => join(&words, &statement::cuts(&words, &sentence::cuts(text, &words))),
    }
}

/// What is wrong with the spans of a turn, where something is: text that is lost, doubled or out of order, white space at
/// either end of a span, or a cut elsewhere than on white space between graphemes. None is ever wrong; this says so to tests.
///
/// ```
/// use ringwerk::segment::fault;
/// use ringwerk::text::ByteSpan;
/// let spans = |ends: &[(usize, usize)]| ends.iter().map(|&(start, end)| ByteSpan::new(start, end)).collect::<Vec<_>>();
/// assert_eq!(fault("Ja. Gut.", &spans(&[(0, 3), (4, 8)])), None);
/// assert_eq!(fault("Ja. Gut.", &spans(&[(0, 3)])), Some("text behind the last span"));
/// assert_eq!(fault("Ja. Gut.", &spans(&[(0, 1), (1, 8)])), Some("a cut that is not on white space"));
/// ```
pub fn fault(text: &str, spans: &[ByteSpan]) -> Option<&'static str> {
    let borders: BTreeSet<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
    // White space before the first span and behind the last one is no place where something was cut.
    let edges = [spans.first().map(|span| span.start), spans.last().map(|span| span.end)];
    let torn = |at: usize| !borders.contains(&at) && !edges.contains(&Some(at));
    let mut end = 0;
    for (index, span) in spans.iter().enumerate() {
        let Some(between) = text.get(end..span.start) else { return Some("spans out of order") };
        match () {
            () if !between.trim().is_empty() => return Some("text between two spans"),
            () if index > 0 && between.is_empty() => return Some("a cut that is not on white space"),
            () if span.is_empty() || span.trimmed(text) != *span => return Some("white space in place of text"),
            () if torn(span.start) || torn(span.end) => return Some("a torn grapheme"),
            () => end = span.end,
        }
    }
    (!text[end..].trim().is_empty()).then_some("text behind the last span")
}

/// Joins words to spans; a cut is the index of the word it comes after.
fn join(words: &[Word], cuts: &[usize]) -> Vec<ByteSpan> {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    let mut spans = Vec::with_capacity(cuts.len() + 1);
    let mut start = first.start;
    for &cut in cuts {
        spans.push(ByteSpan::new(start, words[cut].end()));
        start = words[cut + 1].start;
    }
    spans.push(ByteSpan::new(start, last.end()));
    spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Units; 3] = [Units::Sentence, Units::Statement, Units::Turn];

    /// Text as it is said and as nobody says it: words and marks that the rules look at, and anything else.
    fn any_turn() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "(und|aber|Dann|der|Die|Meister|ich|hat|z\\. B\\.|3\\.|Mai|usw\\.|ja|weil|gesagt)[.,?!… ]{0,2}",
            2 => "[ \n\t.,:;?!…/()„“‚‘»«\"'–-]{1,4}",
            1 => "\\PC{0,8}",
            1 => any::<String>(),
        ];
        prop::collection::vec((piece, prop::bool::ANY), 0..40).prop_map(|pieces| {
            pieces.into_iter().map(|(piece, blank)| if blank { piece + " " } else { piece }).collect()
        })
    }

    /// Found by the properties below: the first letter binds to the blank behind it.
    #[test]
    fn an_abbreviation_behind_a_binding_letter_is_whole() {
        assert_eq!(spans("\u{113D1} z. B.", Units::Sentence).len(), 1);
    }

    /// Found by the properties below: a mark that binds to the blank before the first word.
    #[test]
    fn a_mark_on_the_blank_before_all_words_is_no_cut() {
        let text = " \u{1e000}";
        assert_eq!(fault(text, &spans(text, Units::Sentence)), None);
        assert_eq!(fault("a \u{1e000}", &[ByteSpan::new(0, 1), ByteSpan::new(2, 6)]), Some("a torn grapheme"));
    }

    /// By rules, and where a model sees ends everywhere or at places that are none.
    fn every_way(text: &str, wild: &[usize]) -> Vec<Vec<ByteSpan>> {
        let end = |at| StatementEnd { at, p: 1.0 };
        let mut ways: Vec<Vec<ByteSpan>> = ALL.iter().map(|&units| spans(text, units)).collect();
        ways.push(spans_at(text, &(0..text.len()).map(end).collect::<Vec<_>>(), 0.5));
        let mut wild = wild.to_vec();
        wild.sort();
        ways.push(spans_at(text, &wild.into_iter().map(end).collect::<Vec<_>>(), 0.5));
        ways
    }

    /// A model may cut behind a number that ends a sentence, but not behind a day or an abbreviation.
    #[test]
    fn a_model_cuts_where_nothing_is_torn() {
        let all = |text: &str| -> Vec<StatementEnd> { (0..text.len()).map(|at| StatementEnd { at, p: 1.0 }).collect() };
        let cut = |text: &str| spans_at(text, &all(text), 0.5).len();
        assert_eq!(cut("standen 43. Dann"), 3);
        assert_eq!(cut("am 3. Mai"), 2);
        assert_eq!(cut("also z. B. heute"), 2);
        assert_eq!(cut("er sagt: „So geht es. Nicht anders.“ Gut"), 4);
        assert_eq!(cut("ja (sucht lange etwas) gut"), 3);
    }

    proptest! {
        #[test]
        fn any_turn_is_cut_without_fault(text in any_turn(), wild in prop::collection::vec(0usize..400, 0..20)) {
            for spans in every_way(&text, &wild) {
                prop_assert_eq!(fault(&text, &spans), None);
                for pair in spans.windows(2) {
                    let torn = pair[0].of(&text).ends_with(" z.") && pair[1].of(&text).starts_with("B.");
                    prop_assert!(!torn, "an abbreviation is torn");
                }
            }
        }

        #[test]
        fn white_space_alone_is_nothing(text in "\\s{0,30}") {
            prop_assert!(ALL.iter().all(|units| spans(&text, *units).is_empty()));
        }
    }
}
