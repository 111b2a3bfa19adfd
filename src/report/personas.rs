//! The personas on the page: one a role, each line with its evidence. Who somebody is comes from metadata alone.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use rust_stemmers::{Algorithm, Stemmer};

use super::View;
use super::count;
use super::jobs::sources_list;
use super::map_page::{ring_class, ring_name};
use super::quote::quotes;
use super::segments::field_of;
use super::voices::{About, Voices};
use crate::codebook::Ring;
use crate::error::Tongue;
use crate::study::{Interview, Study};

/// The metadata field that names a role.
const ROLE: &str = "role";
/// So many quotes stand in each part of a persona, and so many of one interview.
const QUOTES: usize = 4;
const EACH: usize = 2;
/// Fields that say something about the interview or name a person, not about who decides.
const NOT_SHOWN: [&str; 20] = [
    ROLE,
    "interviewee",
    "interview_date",
    "decision_date",
    "style",
    "title",
    "preface",
    "topic",
    "project",
    "participants",
    "duration",
    "clock",
    "begin",
    "end",
    "file",
    "transcript",
    "transcriber",
    "rules",
    "company",
    "interview",
];

/// Interviews with people in one role.
struct Persona<'a> {
    /// Its names, as metadata say them.
    names: BTreeSet<&'a str>,
    interviews: Vec<&'a Interview>,
}

/// All personas, in the order of the alphabet.
pub(super) fn personas(view: &View) -> Markup {
    let tongue = view.tongue;
    let known = personas_of(view.study);
    let unknown = view.study.interviews.iter().filter(|interview| field_of(interview, ROLE).is_none()).count();
    html! {
        section.sheet #personas {
            h2 { "Personas" }
            p.lead { (tongue.pick(
                "Wer mitentscheidet und was diese Menschen bewegt. Alter, Werdegang und Ähnliches stehen nur da, wo die Metadaten sie nennen.",
                "Who decides, and what moves these people. Age, career and the like stand here only where metadata say them.",
            )) }
            @if unknown > 0 {
                p.notice { (tongue.pick("Interviews ohne Angabe der Rolle", "Interviews without a role")) ": " (unknown) }
            }
            @for persona in &known { (self::persona(persona, tongue)) }
        }
    }
}

fn personas_of(study: &Study) -> Vec<Persona<'_>> {
    let mut personas: BTreeMap<String, Persona> = BTreeMap::new();
    for interview in &study.interviews {
        let Some(role) = field_of(interview, ROLE) else { continue };
        let empty = || Persona { names: BTreeSet::new(), interviews: Vec::new() };
        let persona = personas.entry(same_role(role)).or_insert_with(empty);
        persona.names.insert(role);
        persona.interviews.push(interview);
    }
    personas.into_values().collect()
}

/// What names of one role have in common, whoever has it: `Kaufmännische Leiterin` and `Kaufmännischer Leiter`.
fn same_role(role: &str) -> String {
    let stemmer = Stemmer::create(Algorithm::German);
    let words = role.to_lowercase();
    let words = words.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let stem =
        |word: &str| stemmer.stem(word.strip_suffix("in").filter(|male| male.len() > 4).unwrap_or(word)).into_owned();
    words.map(stem).collect::<Vec<_>>().join(" ")
}

fn persona(persona: &Persona, tongue: Tongue) -> Markup {
    let names: Vec<&str> = persona.names.iter().copied().collect();
    let journey = Voices::in_ring(&persona.interviews, Ring::Einfluss, About::Anything);
    let part = |title: &'static str, ring: Ring| part(persona, title, ring, tongue);
    html! {
        article.persona {
            header {
                h3 { (names.join(" / ")) }
                p { "Interviews: " (persona.interviews.len()) " (" (ids(&persona.interviews)) ")" }
            }
            (facts(persona, tongue))
            div.parts {
                (part(tongue.pick("Ziele", "Goals"), Ring::Erfolg))
                (part(tongue.pick("Was drückt", "Pain points"), Ring::Ausloeser))
                (part(tongue.pick("Einwände und Hürden", "Objections and barriers"), Ring::Huerde))
                (part(tongue.pick("Worauf sie achten", "What they look at"), Ring::Kriterium))
                (part(tongue.pick("Wie sie sich informieren und entscheiden", "How they inform themselves and decide"), Ring::Einfluss))
                (part(tongue.pick("Was ihnen wichtig ist", "What they value"), Ring::Mindset))
            }
            (sources_list(&journey, persona.interviews.len(), tongue))
        }
    }
}

fn part(persona: &Persona, title: &str, ring: Ring, tongue: Tongue) -> Markup {
    let voices = Voices::in_ring(&persona.interviews, ring, About::Anything);
    html! {
        div class={ "part " (ring_class(ring)) } {
            h4 { (title) } p.note { (ring_name(ring, tongue)) }
            @if voices.is_empty() {
                p.gap { span { (count::gap(tongue)) } }
            } @else {
                (count::interviews(&voices, persona.interviews.len(), tongue))
                (quotes(&voices.strongest(QUOTES, EACH), tongue))
            }
        }
    }
}

/// What metadata say, each value with the interviews that say so.
fn facts(persona: &Persona, tongue: Tongue) -> Markup {
    let mut known: BTreeMap<&str, BTreeMap<&str, Vec<&Interview>>> = BTreeMap::new();
    for &interview in &persona.interviews {
        let fields = interview.transcript.meta.keys().filter(|key| !NOT_SHOWN.contains(&key.as_str()));
        for key in fields {
            let Some(value) = field_of(interview, key) else { continue };
            known.entry(key).or_default().entry(value).or_default().push(interview);
        }
    }
    html! {
        @if known.is_empty() {
            p.note { (tongue.pick("Die Metadaten sagen sonst nichts über diese Rolle.", "Metadata say nothing else about this role.")) }
        } @else {
            dl.facts { @for (key, values) in &known {
                div {
                    dt { (super::fields::label(key, tongue)) }
                    @for (value, interviews) in values { dd { (value) " " small { "(" (ids(interviews)) ")" } } }
                }
            } }
        }
    }
}

fn ids(interviews: &[&Interview]) -> String {
    interviews.iter().map(|interview| interview.id()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_the_same_for_women_and_men() {
        assert_eq!(same_role("Kaufmännische Leiterin"), same_role("Kaufmännischer Leiter"));
        assert_eq!(same_role("Geschäftsführerin"), same_role("geschäftsführer"));
        assert_ne!(same_role("Leiter Einkauf"), same_role("Leiter Technik"));
    }
}
