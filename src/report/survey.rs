//! Open answers of a questionnaire on the page: to which jobs they speak and in which rings, counted apart from interviews.

use maud::{Markup, html};

use super::View;
use super::count;
use super::journey::JOURNEY;
use super::map::jobs_by_voices;
use super::map_page::{ring_class, ring_name, step};
use super::quote::quotes;
use super::voices::{About, Voices};
use crate::codebook::Ring;
use crate::study::{Interview, Study};

/// So many answers stand in each ring of a job.
const ANSWERS: usize = 3;

/// The section; nothing without a questionnaire.
pub(super) fn survey(view: &View) -> Markup {
    let tongue = view.tongue;
    let Some(survey) = view.survey else { return html! {} };
    let topics = topics(view);
    html! {
        section.sheet #survey {
            h2 { (tongue.pick("Fragebogen", "Questionnaire")) }
            p.lead { (tongue.pick("Offene Antworten, Befragte: ", "Open answers, respondents: ")) (survey.interviews.len()) }
            p.notice.guess { (tongue.pick(
                "Jobs und Ringe der Antworten hat die Software vorgeschlagen, niemand hat sie bestätigt. Gezählt werden Befragte, getrennt von den Interviews: Keine Zahl dieses Teils steckt in einer der anderen.",
                "Jobs and rings of the answers were suggested by the software, nobody has confirmed them. Respondents are counted, apart from interviews: no figure of this part is in any of the others.",
            )) }
            table.grid {
                thead { tr {
                    th { "Job" }
                    @for ring in JOURNEY { th.(ring_class(ring)) { (ring_name(ring, tongue)) } }
                    th { (tongue.pick("Befragte", "Respondents")) }
                } }
                tbody { @for topic in &topics { tr {
                    th scope="row" { (topic.title) }
                    @for ring in JOURNEY { td { (in_figures(topic.voices(survey, ring).interviews())) } }
                    td { (in_figures(topic.respondents(survey))) }
                } } }
            }
            @for topic in &topics { (answers(topic, survey, view)) }
        }
    }
}

/// What answers may speak to.
struct Topic<'a> {
    title: &'a str,
    about: About<'a>,
}

impl Topic<'_> {
    fn voices<'s>(&self, survey: &'s Study, ring: Ring) -> Voices<'s> {
        Voices::in_ring(&survey.interviews.iter().collect::<Vec<_>>(), ring, self.about)
    }

    /// How many speak to it, in whatever ring or in none.
    fn respondents(&self, survey: &Study) -> usize {
        let speaks = |respondent: &&Interview| {
            respondent.statements.iter().any(|statement| match self.about {
                About::Job(id) => statement.speaks_to(id),
                About::Anything | About::NoJob => statement.job.is_none() && !statement.rings.is_empty(),
            })
        };
        survey.interviews.iter().filter(speaks).count()
    }
}

/// The jobs of the study in the order of its map, and what speaks to none.
fn topics<'a>(view: &View<'a>) -> Vec<Topic<'a>> {
    let jobs = jobs_by_voices(view.study).into_iter().filter(|job| job.confirmed);
    let jobs = jobs.map(|job| Topic { title: &job.job.title, about: About::Job(&job.job.id) });
    let none = Topic { title: view.tongue.pick("Ohne Job", "Without a job"), about: About::NoJob };
    jobs.chain([none]).collect()
}

fn in_figures(respondents: usize) -> String {
    if respondents == 0 { "–".to_owned() } else { respondents.to_string() }
}

/// What respondents say of a topic; nothing where nobody speaks of it.
fn answers(topic: &Topic, survey: &Study, view: &View) -> Markup {
    let (tongue, all) = (view.tongue, survey.interviews.len());
    let told = |ring: Ring| {
        let voices = topic.voices(survey, ring);
        (!voices.is_empty()).then(|| {
            html! {
                p.count { (count::of_respondents(voices.interviews(), all, tongue)) }
                (quotes(&voices.strongest(ANSWERS, 1), tongue))
            }
        })
    };
    let steps = JOURNEY.map(|ring| (ring, told(ring)));
    html! {
        @if steps.iter().any(|(_, told)| told.is_some()) {
            article.job {
                header {
                    h3 { (topic.title) }
                    p { (count::of_respondents(topic.respondents(survey), all, tongue)) }
                }
                ol.story { @for (ring, told) in steps { (step(ring, told, tongue)) } }
            }
        }
    }
}
