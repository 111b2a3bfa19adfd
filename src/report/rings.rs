//! The rings on the page: what each is about, over all interviews and by segment, with quotes.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::View;
use super::count;
use super::journey::JOURNEY;
use super::map::jobs_by_voices;
use super::map_page::{ring_class, ring_name, step};
use super::quote::quotes;
use super::voices::{About, Voices};
use crate::codebook::Ring;
use crate::study::StudyJob;

/// So many quotes stand under a theme.
const QUOTES: usize = 3;

/// So many themes stand in the overview.
const MAIN: usize = 3;

/// What a ring is about: its statements on one job.
struct Theme<'a> {
    /// The job; none for statements that speak to none.
    job: Option<&'a StudyJob>,
    voices: Voices<'a>,
}

/// All rings.
pub(super) fn rings(view: &View) -> Markup {
    let tongue = view.tongue;
    html! {
        section.sheet #rings {
            h2 { (tongue.pick("Die Ringe der Kaufentscheidung", "The rings of the buying decision")) }
            p.lead { (tongue.pick(
                "Was die Befragten auf jedem Schritt sagen, zusammengefasst nach dem Fortschritt, um den es ihnen geht.",
                "What respondents say on each step, gathered by the progress that they want to make.",
            )) }
            @for ring in JOURNEY { (self::ring(view, ring)) }
        }
    }
}

fn ring(view: &View, ring: Ring) -> Markup {
    let tongue = view.tongue;
    let all = Voices::in_ring(&view.whole.interviews, ring, About::Anything);
    html! {
        article class={ "ring " (ring_class(ring)) } {
            header {
                h3 { (ring_name(ring, tongue)) }
                (count::interviews(&all, view.whole.interviews.len(), tongue))
            }
            @if all.is_empty() {
                p.gap { span { (tongue.pick("Lücke: davon spricht niemand.", "Gap: nobody speaks of it.")) } }
            }
            @if view.segments.len() > 1 && !all.is_empty() { (by_segment(view, ring, About::Anything)) }
            div.themes { @for theme in themes(view, ring) { (self::theme(view, ring, &theme)) } }
        }
    }
}

/// The themes of a ring, the one of most interviews first, statements without a job last.
fn themes<'a>(view: &View<'a>, ring: Ring) -> Vec<Theme<'a>> {
    let jobs = jobs_by_voices(view.study).into_iter().map(Some).chain([None]);
    let theme = |job: Option<&'a StudyJob>| {
        let about = job.map_or(About::NoJob, |job| About::Job(&job.job.id));
        Theme { job, voices: Voices::in_ring(&view.whole.interviews, ring, about) }
    };
    let mut themes: Vec<Theme> = jobs.map(theme).filter(|theme| !theme.voices.is_empty()).collect();
    themes.sort_by_key(|theme| (theme.job.is_none(), Reverse(theme.voices.interviews())));
    themes
}

fn theme(view: &View, ring: Ring, theme: &Theme) -> Markup {
    let (tongue, all) = (view.tongue, view.whole.interviews.len());
    let about = theme.job.map_or(About::NoJob, |job| About::Job(&job.job.id));
    html! {
        div.theme {
            h4 { (theme.job.map_or(tongue.pick("Ohne Job", "Without a job"), |job| &job.job.title)) }
            (count::interviews(&theme.voices, all, tongue))
            @if view.segments.len() > 1 { (by_segment(view, ring, about)) }
            (quotes(&theme.voices.strongest(QUOTES, 1), tongue))
        }
    }
}

/// How many interviews of each segment say something; a segment in which nobody does stands there with a zero.
fn by_segment(view: &View, ring: Ring, about: About) -> Markup {
    html! {
        ul.segments {
            @for segment in &view.segments {
                @let count = Voices::in_ring(&segment.interviews, ring, about).interviews();
                li.none[count == 0] { (segment.which.name(view.tongue)) " " b { (count) "/" (segment.interviews.len()) } }
            }
        }
    }
}

/// Each ring in a few words: how many interviews speak of it, what most of them speak of, and the strongest quotes.
pub(super) fn overview(view: &View) -> Markup {
    let told = |ring: Ring| {
        let voices = Voices::in_ring(&view.whole.interviews, ring, About::Anything);
        (!voices.is_empty()).then(|| in_short(view, ring, &voices))
    };
    html! { ol.story { @for ring in JOURNEY { (step(ring, told(ring), view.tongue)) } } }
}

fn in_short(view: &View, ring: Ring, voices: &Voices) -> Markup {
    let (tongue, all) = (view.tongue, view.whole.interviews.len());
    let themes = themes(view, ring);
    let main = themes.iter().filter_map(|theme| Some((theme.job?, &theme.voices))).take(MAIN);
    html! {
        (count::interviews(voices, all, tongue))
        ul.lines { @for (job, voices) in main { li { (job.job.title) " " small { (voices.interviews()) "/" (all) } } } }
        (quotes(&voices.strongest(QUOTES, 1), tongue))
    }
}
