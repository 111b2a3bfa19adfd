//! Which interview speaks of which ring, and how many interviews speak of each job.

use maud::{Markup, html};

use crate::report::View;
use crate::report::count;
use crate::report::journey::JOURNEY;
use crate::report::map::{Column, Map};
use crate::report::map_page::{ring_class, ring_name};
use crate::report::voices::{About, Voices};

/// Interviews by rings: whether one speaks of it.
pub(super) fn interviews(view: &View) -> Markup {
    let tongue = view.tongue;
    html! {
        h3 { (tongue.pick("Welches Interview worüber spricht", "Which interview speaks of what")) }
        table.grid {
            thead { tr {
                th scope="col" { "Interview" }
                @for ring in JOURNEY { th scope="col" class=(ring_class(ring)) { (ring_name(ring, tongue)) } }
            } }
            tbody { @for interview in &view.whole.interviews {
                tr {
                    th scope="row" { (interview.id()) }
                    @for ring in JOURNEY { (spoken(&Voices::in_ring(&[interview], ring, About::Anything), view)) }
                }
            } }
        }
    }
}

fn spoken(voices: &Voices, view: &View) -> Markup {
    let tongue = view.tongue;
    html! {
        @if voices.is_empty() {
            td.gap { span { (count::gap(tongue)) } }
        } @else if voices.confirmed() == 0 {
            td.yes { span.tag.guess { (tongue.pick("Vorschlag", "suggestion")) } }
        } @else {
            td.yes { (tongue.pick("ja", "yes")) }
        }
    }
}

/// Jobs by rings: how many interviews speak of it; and the jobs of which only one does.
pub(super) fn jobs(view: &View) -> Markup {
    let tongue = view.tongue;
    let map = Map::of(view.study, &view.whole);
    let jobs: Vec<&Column> = map.columns.iter().filter(|column| column.job.is_some()).collect();
    let speaking = |column: &Column| {
        let of = column.job.map(|job| &job.job.id);
        let speaks = view.whole.interviews.iter().filter(|interview| {
            of.is_some_and(|id| interview.statements.iter().any(|statement| statement.speaks_to(id)))
        });
        speaks.count()
    };
    let lone: Vec<&str> = jobs
        .iter()
        .filter(|column| speaking(column) == 1)
        .filter_map(|column| Some(column.job?.job.title.as_str()))
        .collect();
    html! {
        h3 { (tongue.pick("Wie viele Interviews von welchem Job sprechen", "How many interviews speak of which job")) }
        table.grid {
            thead { tr {
                th scope="col" { "Job" }
                @for ring in JOURNEY { th scope="col" class=(ring_class(ring)) { (ring_name(ring, tongue)) } }
                th scope="col" { (tongue.pick("insgesamt", "in all")) }
            } }
            tbody { @for column in &jobs {
                tr {
                    th scope="row" { (column.job.map_or("", |job| &job.job.title)) }
                    @for cell in &column.cells {
                        @if cell.is_empty() { td.gap { span { (count::gap(tongue)) } } }
                        @else { td { (cell.interviews()) } }
                    }
                    td { b { (count::of(speaking(column), map.interviews, tongue)) } }
                }
            } }
        }
        p {
            b { (tongue.pick("Jobs mit nur einer Stimme: ", "Jobs with one voice only: ")) }
            @if lone.is_empty() { (tongue.pick("keine", "none")) } @else { (lone.join(" · ")) }
        }
    }
}
