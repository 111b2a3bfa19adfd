//! Words on the page: what those who speak to a job, or come from a segment, say rather than others.

use maud::{Markup, html};

use super::View;
use super::count::{decimal, of};
use super::preferred_words::{GroupWords, Preference, SynonymUse, WordUse, words_by_job, words_by_segment};
use crate::error::Tongue;

/// So many words of each job and each segment stand on the page.
const WORDS: usize = 8;
/// A word of one interview alone is that person's, not the group's.
const VOICES: usize = 2;

/// The words of each job and of each segment.
pub(super) fn words(view: &View) -> Markup {
    let tongue = view.tongue;
    let title = |id: &str| view.study.job(id).map_or(id, |job| &job.job.title).to_owned();
    let segments = if view.segments.len() > 1 { words_by_segment(view.study, view.segment_by) } else { Vec::new() };
    html! {
        section.sheet #words {
            h2 { (tongue.pick("Wörter", "Words")) }
            p.lead { (tongue.pick(
                "Welche Wörter hier eher fallen als im Rest der Interviews. „3,0-mal (1,5–6,0)“ heißt: dreimal so oft wie dort; in Klammern der Bereich, in dem der Wert mit 95 % liegt.",
                "Which words are said here rather than in the rest of the interviews. “3.0 times (1.5–6.0)” means: three times as often as there; in brackets the range of the value at 95 %.",
            )) }
            @for group in words_by_job(view.study) { (self::group(&title(&group.group), &group, view)) }
            @for group in segments { (self::group(&group.group, &group, view)) }
        }
    }
}

fn group(title: &str, group: &GroupWords, view: &View) -> Markup {
    let tongue = view.tongue;
    let clear = |word: &&WordUse| word.by_occurrences.is_clear() && word.by_interviews.inside >= VOICES;
    let preferred: Vec<&WordUse> = group.words.iter().filter(clear).take(WORDS).collect();
    html! {
        h3 { (title) }
        @if preferred.is_empty() {
            p.gap { span { (tongue.pick(
                "Kein Wort fällt hier deutlich öfter als sonst und bei mehr als einer Person.",
                "No word is said clearly more often here than elsewhere, and by more than one person.",
            )) } }
        } @else {
            ul.lines { @for word in preferred { li {
                b { (word.word) } ": " (times(&word.by_occurrences, tongue)) "; "
                (of(word.by_interviews.inside, view.study.interviews.len(), tongue))
            } } }
        }
        @for family in group.synonyms.iter().filter(|family| is_told(family)) { (synonyms(family, tongue)) }
    }
}

/// Whether anybody of the group uses one of the words.
fn is_told(family: &SynonymUse) -> bool {
    family.words.iter().any(|word| word.by_occurrences.inside > 0)
}

/// Near-synonyms with how often each is said here and elsewhere.
fn synonyms(family: &SynonymUse, tongue: Tongue) -> Markup {
    let said = |word: &WordUse| {
        let Preference { inside, outside, .. } = word.by_occurrences;
        format!("{} {inside} ({} {outside})", word.word, tongue.pick("sonst", "elsewhere"))
    };
    let said: Vec<String> = family.words.iter().map(said).collect();
    html! { p.note { (tongue.pick("Sinnverwandt, so oft gesagt: ", "Near-synonyms, said so often: ")) (said.join(" · ")) } }
}

fn times(preference: &Preference, tongue: Tongue) -> String {
    let number = |log_odds: f64| decimal(log_odds.exp(), tongue);
    let [low, high] = preference.interval().map(number);
    format!("{}{} ({low}–{high})", number(preference.log_odds), tongue.pick("-mal", " times"))
}
