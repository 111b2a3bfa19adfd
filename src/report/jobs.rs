//! The jobs on the page: what each means, its story from trigger to result, and where its people inform themselves.

use maud::{Markup, html};

use super::View;
use super::count;
use super::journey::JOURNEY;
use super::map::jobs_by_voices;
use super::map_page::step;
use super::quote::{quotes, source, suggestion};
use super::sources::sources;
use super::voices::{About, Voices};
use crate::codebook::Ring;
use crate::error::Tongue;
use crate::study::{Interview, StudyJob};

/// So many quotes stand on each step of a story.
const QUOTES: usize = 1;

/// All jobs, the one that most interviews speak to first.
pub(super) fn jobs(view: &View) -> Markup {
    let tongue = view.tongue;
    html! {
        section.sheet #jobs {
            h2 { "Jobs" }
            p.lead { (tongue.pick(
                "Welchen Fortschritt Kunden wollen, in ihren Worten, vom Auslöser bis zum Ergebnis.",
                "Which progress customers want to make, in their words, from trigger to result.",
            )) }
            @if view.study.jobs.is_empty() {
                p.gap { span { (tongue.pick("Noch ist kein Job bestätigt.", "No job is confirmed yet.")) } }
            }
            @for job in jobs_by_voices(view.study) { (self::job(view, job)) }
        }
    }
}

fn job(view: &View, job: &StudyJob) -> Markup {
    let (tongue, all) = (view.tongue, view.whole.interviews.len());
    let speaking = view.whole.interviews.iter().filter(|interview| speaks(interview, job)).count();
    html! {
        article.job {
            header {
                h3 {
                    (job.job.title)
                    @if !job.confirmed { " " span.tag.guess { (tongue.pick("Vorschlag", "suggestion")) } }
                }
                p { (count::of(speaking, all, tongue)) }
            }
            @if !job.job.description.is_empty() { p { (job.job.description) } }
            ol.story { @for ring in JOURNEY { (step(ring, told(view, job, ring), tongue)) } }
            (informed(view, job))
        }
    }
}

fn speaks(interview: &Interview, job: &StudyJob) -> bool {
    interview.statements.iter().any(|statement| statement.speaks_to(&job.job.id))
}

/// What interviews say of a job in a ring; nothing where none does.
fn told(view: &View, job: &StudyJob, ring: Ring) -> Option<Markup> {
    let (tongue, all) = (view.tongue, view.whole.interviews.len());
    let voices = Voices::in_ring(&view.whole.interviews, ring, About::Job(&job.job.id));
    (!voices.is_empty()).then(|| {
        html! {
            (count::interviews(&voices, all, tongue))
            (quotes(&voices.strongest(QUOTES, 1), tongue))
        }
    })
}

fn informed(view: &View, job: &StudyJob) -> Markup {
    let told = Voices::in_ring(&view.whole.interviews, Ring::Einfluss, About::Job(&job.job.id));
    let (tongue, all) = (view.tongue, view.whole.interviews.len());
    html! {
        @if !sources(&told, tongue).is_empty() {
            h4 { (tongue.pick("Wo sie sich informieren", "Where they inform themselves")) }
            (sources_list(&told, all, tongue))
        }
    }
}

/// The sources of information that are named, each with how many interviews name it and where.
pub(super) fn sources_list(told: &Voices, all: usize, tongue: Tongue) -> Markup {
    html! {
        ul.lines {
            @for (name, voices) in sources(told, tongue) {
                li {
                    b { (name) } ": " (count::of(voices.interviews(), all, tongue))
                    @for voice in voices.strongest(3, 1) {
                        " " small { "(" (source(&voice.quote)) ")" }
                        @if let Some(p) = voice.p { " " (suggestion(p, tongue)) }
                    }
                }
            }
        }
    }
}
