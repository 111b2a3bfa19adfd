//! Questions that put the answer into somebody's mouth, before statements that were coded.

use std::sync::LazyLock;

use maud::{Markup, html};
use regex::Regex;

use crate::report::View;
use crate::report::quote::source;
use crate::study::{Interview, Quote, Status};
use crate::text::beginning;

/// So many are shown; the others are counted.
const SHOWN: usize = 12;
/// From this many characters on an answer is cut.
const ANSWER: usize = 160;

/// How the last sentence of a suggestive question looks: it offers a tag, or the answer itself.
static SUGGESTIVE: LazyLock<Regex> = LazyLock::new(|| {
    let and = r"(?:(?:und|also|aber|dann|ah|ach|okay|gut|ja)[, ]+)*";
    let patterns = [
        r",\s*(?:oder|oder nicht|nicht wahr|gell|ne|nicht|richtig|stimmt's|ja)\s*\?$".to_owned(),
        format!(
            r"^{and}(?:sie|ihr|du)\s+(?:haben|hatten|wollten|waren|sind|habt|hattet|wolltet|hast|meinen|fanden)\b.*\?$"
        ),
        format!(r"^{and}(?:das|es|dem|ihnen)\s+(?:\w+\s+)?(?:war|ist|ging|waren|hat|hatte)\b.*\?$"),
        r"\b(?:finden|meinen|glauben|denken|würden) sie (?:nicht|also|auch)\b.*\?$".to_owned(),
        format!(r"^{and}(?:war|ist|ging|sind|waren|hat|haben|wäre)\b.*\balso\b.*\?$"),
        r"\b(?:sicherlich|bestimmt|doch wohl|doch sicher)\b.*\?$".to_owned(),
    ];
    Regex::new(&format!("(?i){}", patterns.join("|"))).expect("a pattern written in this program compiles")
});

/// The questions, each with the first coded statement of the answer.
pub(super) fn questions(view: &View) -> Markup {
    let tongue = view.tongue;
    let found: Vec<(&str, Quote)> = view.whole.interviews.iter().flat_map(|interview| suggestive(interview)).collect();
    html! {
        h3 { (tongue.pick("Suggestive Fragen vor Antworten", "Leading questions before answers")) }
        p.note { (tongue.pick(
            "Fragen, die eine Antwort nahelegen, am Satzbau erkannt. Was darauf folgt, ist schwächer belegt.",
            "Questions that suggest an answer, known by how they are built. What follows them is weaker evidence.",
        )) }
        @if found.is_empty() { p { (tongue.pick("Keine gefunden.", "None found.")) } }
        @for (question, answer) in found.iter().take(SHOWN) {
            p.asked {
                em { (question) } " – " (beginning(answer.interview.text(answer.statement), ANSWER))
                " " small { "(" (source(answer)) ")" }
            }
        }
        @if found.len() > SHOWN { p { (tongue.pick("Weitere: ", "Further ones: ")) (found.len() - SHOWN) } }
    }
}

/// The suggestive questions of an interview right before an answer of which something was coded.
fn suggestive(interview: &Interview) -> Vec<(&str, Quote<'_>)> {
    let mut found = Vec::new();
    let mut asked = None;
    for statement in &interview.statements {
        if statement.status == Status::Question {
            asked = Some(interview.text(statement)).filter(|question| is_suggestive(question));
        } else if !statement.rings.is_empty()
            && let Some(question) = asked.take()
        {
            found.push((question, Quote { interview, statement }));
        }
    }
    found
}

fn is_suggestive(question: &str) -> bool {
    let question = question.trim();
    let sentence = question.trim_end_matches('?').rfind(['.', '?', '!']).map_or(question, |end| &question[end + 1..]);
    SUGGESTIVE.is_match(sentence.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_offer_their_answer() {
        for question in
            ["Da lief das System erst, oder?", "Das war also der Moment?", "War der Preis also das Wichtigste?"]
        {
            assert!(is_suggestive(question), "{question}");
        }
        for question in
            ["Das war im November. Wie lief es dann?", "Wie kam es dazu?", "Was war Ihnen wichtig?", "Erzählen Sie."]
        {
            assert!(!is_suggestive(question), "{question}");
        }
    }
}
