//! Words on the page: what those who speak to a job, or come from a segment, say rather than others.

use maud::{Markup, html};

use super::View;
use super::count::{decimal, of, of_respondents};
use super::preferred_words::{
    GroupWords, NEAR_SYNONYMS, Preference, Respondents, Said, SynonymUse, WordUse, said, words_by_job, words_by_segment,
};
use crate::error::Tongue;

/// So many words of each job and each segment stand on the page.
const WORDS: usize = 8;
/// A word of one interview alone is that person's, not the group's.
const VOICES: usize = 2;

/// A greater number of times says no more than that the word is hardly said elsewhere.
const MOST: f64 = 100.0;

/// The words of each job and of each segment.
pub(super) fn words(view: &View) -> Markup {
    let tongue = view.tongue;
    let title = |id: &str| view.study.job(id).map_or(id, |job| &job.job.title).to_owned();
    let answers = view.survey.map(said);
    let segments = if view.segments.len() > 1 { words_by_segment(view.study, view.segment_by) } else { Vec::new() };
    html! {
        section.sheet #words {
            h2 { (tongue.pick("Wörter", "Words")) }
            p.lead { (tongue.pick(
                "Welche Wörter hier eher fallen als im Rest der Interviews. „3,0-mal (1,5–6,0)“ heißt: dreimal so oft wie dort; in Klammern der Bereich, in dem der Wert mit 95 % liegt.",
                "Which words are said here rather than in the rest of the interviews. “3.0 times (1.5–6.0)” means: three times as often as there; in brackets the range of the value at 95 %.",
            )) }
            @if let Some(answers) = &answers { (in_questionnaire(answers, view)) }
            div.groups {
                @for group in words_by_job(view.study) {
                    @let asked = answers.as_ref().map(|said| Respondents::of_job(said, &group.group));
                    (self::group(&title(&group.group), &group, asked.as_ref(), view))
                }
                @for group in segments {
                    @let asked = answers.as_ref().map(|said| Respondents::of_segment(said, view.segment_by, &group.group));
                    (self::group(&group.group, &group, asked.as_ref(), view))
                }
            }
        }
    }
}

/// Near-synonyms that respondents of a questionnaire use, and how many use each.
fn in_questionnaire(answers: &[Said], view: &View) -> Markup {
    let tongue = view.tongue;
    let (asked, interviewed) = (Respondents::everybody(answers), Respondents::everybody(&said(view.study)));
    let used = NEAR_SYNONYMS.iter().filter(|family| family.iter().any(|word| asked.using(word) > 0));
    html! {
        h3 { (tongue.pick("Sinnverwandte Wörter im Fragebogen", "Near-synonyms in the questionnaire")) }
        @for family in used {
            table.grid.words {
                thead { tr { th {} @for word in *family { th { (word) } } } }
                tbody {
                    tr {
                        th scope="row" { (tongue.pick("Fragebogen, Befragte: ", "Questionnaire, respondents: ")) (asked.all()) }
                        @for word in *family { td { (asked.using(word)) } }
                    }
                    tr {
                        th scope="row" { (tongue.pick("Interviews: ", "Interviews: ")) (interviewed.all()) }
                        @for word in *family { td { (interviewed.using(word)) } }
                    }
                }
            }
        }
    }
}

/// The words of a group; `asked` are those of a questionnaire who belong to it, where there is one.
fn group(title: &str, group: &GroupWords, asked: Option<&Respondents>, view: &View) -> Markup {
    let tongue = view.tongue;
    let clear = |word: &&WordUse| word.by_occurrences.is_clear() && word.by_interviews.inside >= VOICES;
    let preferred: Vec<&WordUse> = group.words.iter().filter(clear).take(WORDS).collect();
    html! {
        div.group {
            h3 { (title) }
            @if preferred.is_empty() {
                p.gap { span { (tongue.pick(
                    "Kein Wort fällt hier deutlich öfter als sonst und bei mehr als einer Person.",
                    "No word is said clearly more often here than elsewhere, and by more than one person.",
                )) } }
            } @else {
                table.grid.words {
                    thead { tr {
                        th { (tongue.pick("Wort", "Word")) }
                        th { (tongue.pick("so viel öfter als sonst", "so much more often than elsewhere")) }
                        th { "Interviews" }
                        @if asked.is_some() { th { (tongue.pick("Fragebogen", "Questionnaire")) } }
                    } }
                    tbody { @for word in preferred { tr {
                        th scope="row" { b { (word.word) } }
                        td { (times(&word.by_occurrences, tongue)) }
                        td { (of(word.by_interviews.inside, view.study.interviews.len(), tongue)) }
                        @if let Some(asked) = asked { td { (of_respondents(asked.using(&word.word), asked.all(), tongue)) } }
                    } } }
                }
            }
            @for family in group.synonyms.iter().filter(|family| is_told(family)) { (synonyms(family, asked, tongue)) }
        }
    }
}

/// Whether anybody of the group uses one of the words.
fn is_told(family: &SynonymUse) -> bool {
    family.words.iter().any(|word| word.by_occurrences.inside > 0)
}

/// Near-synonyms with how often each is said here and elsewhere, and by how many in the questionnaire.
fn synonyms(family: &SynonymUse, asked: Option<&Respondents>, tongue: Tongue) -> Markup {
    let said = |word: &WordUse| {
        let Preference { inside, outside, .. } = word.by_occurrences;
        let by = |asked: &Respondents| {
            format!(", {} {}", tongue.pick("Fragebogen", "questionnaire"), asked.using(&word.word))
        };
        let asked = asked.map(by).unwrap_or_default();
        format!("{} {inside} ({} {outside}{asked})", word.word, tongue.pick("sonst", "elsewhere"))
    };
    let said: Vec<String> = family.words.iter().map(said).collect();
    html! { p.note { (tongue.pick("Sinnverwandt, so oft gesagt: ", "Near-synonyms, said so often: ")) (said.join(" · ")) } }
}

fn times(preference: &Preference, tongue: Tongue) -> String {
    let number = |log_odds: f64| match log_odds.exp() {
        times if times > MOST => tongue.pick(format!("über {MOST}"), format!("over {MOST}")),
        times => decimal(times, tongue),
    };
    let [low, high] = preference.interval().map(number);
    format!("{}{} ({low}–{high})", number(preference.log_odds), tongue.pick("-mal", " times"))
}
