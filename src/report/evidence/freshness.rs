//! How long ago the decisions were when people were asked about them.

use std::sync::LazyLock;

use maud::{Markup, html};
use regex::Regex;

use crate::months;
use crate::report::View;
use crate::report::segments::field_of;
use crate::study::Interview;

/// After so many months people remember the course of a decision, but hardly the reasons.
const FRESH: i32 = 12;

static ISO: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(\d{4})-(\d{1,2})(?:-\d{1,2})?\b"));
static GERMAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:\d{1,2}\.\s*)?(\d{1,2})[./]\s*(\d{4})\s*$"));
static IN_WORDS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:\d{1,2}\.\s*)?([[:alpha:]äÄ]{3,9})\.?\s+(\d{4})\s*$"));

/// Compiles a pattern of this program; only a bug can break it.
fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in this program compiles")
}

/// The interviews about old decisions, and those of which that is not known.
pub(super) fn freshness(view: &View) -> Markup {
    let tongue = view.tongue;
    let ages: Vec<(&Interview, Option<i32>)> = view.whole.interviews.iter().map(|one| (*one, age(one))).collect();
    let old: Vec<String> =
        ages.iter()
            .filter_map(|(interview, age)| {
                let months = age.filter(|months| *months > FRESH)?;
                Some(tongue.pick(
                    format!("{} ({months} Monate)", interview.id()),
                    format!("{} ({months} months)", interview.id()),
                ))
            })
            .collect();
    let unknown: Vec<&str> =
        ages.iter().filter(|(_, age)| age.is_none()).map(|(interview, _)| interview.id()).collect();
    html! {
        h3 { (tongue.pick("Wie frisch die Entscheidungen waren", "How fresh the decisions were")) }
        p {
            b { (tongue.pick("Beim Interview älter als zwölf Monate: ", "Older than twelve months at the interview: ")) }
            @if old.is_empty() { (tongue.pick("keine bekannt", "none known")) } @else { (old.join(", ")) }
        }
        @if !unknown.is_empty() {
            p {
                b { (tongue.pick("Nicht bekannt, weil ein Datum fehlt oder nicht zu lesen ist: ", "Not known, since a date is missing or cannot be read: ")) }
                (unknown.join(", "))
            }
        }
    }
}

/// How many months lay between decision and interview, where both are known.
fn age(interview: &Interview) -> Option<i32> {
    Some(month(field_of(interview, "interview_date")?)? - month(field_of(interview, "decision_date")?)?)
}

/// Which month a date is in, counted from the year 0: `2026-03-12`, `2025-10`, `12.03.2026`, `3/2026`, `März 2026`.
fn month(date: &str) -> Option<i32> {
    let (year, month) = if let Some(found) = ISO.captures(date) {
        (found[1].parse().ok()?, found[2].parse().ok()?)
    } else if let Some(found) = GERMAN.captures(date) {
        (found[2].parse().ok()?, found[1].parse().ok()?)
    } else {
        let found = IN_WORDS.captures(date)?;
        (found[2].parse().ok()?, months::number(&found[1])?.into())
    };
    let (year, month): (i32, i32) = (year, month);
    (1..=12).contains(&month).then_some(12 * year + month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for date in
            ["2026-03-12", "2026-03", "12.03.2026", "12. 3. 2026", "03/2026", "3.2026", "März 2026", "12. März 2026"]
        {
            assert_eq!(month(date), Some(12 * 2026 + 3), "{date}");
        }
        for none in ["", "neulich", "2026-13", "Frühjahr 2026"] {
            assert_eq!(month(none), None, "{none}");
        }
    }
}
