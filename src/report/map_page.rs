//! The Customer Experience Map on the page.

use maud::{Markup, html};

use super::count;
use super::journey::{JOURNEY, sign};
use super::map::{Column, Map};
use super::quote::quotes;
use super::voices::Voices;
use crate::codebook::Ring;
use crate::error::Tongue;

/// So many quotes stand in a cell.
const QUOTES: usize = 2;

/// A map, each part on a sheet of its own. Parts that are nothing but gaps are told of in a line, not drawn.
pub(super) fn map(map: &Map, tongue: Tongue) -> Markup {
    let count = map.parts().len();
    let is_drawn = |part: &[Column]| part.iter().any(Column::says_something) || !map.says_something();
    let silent: Vec<&Column> = map.parts().filter(|part| !is_drawn(part)).flatten().collect();
    html! {
        @for (index, part) in map.parts().enumerate().filter(|(_, part)| is_drawn(part)) {
            section.sheet {
                h2 {
                    "Customer Experience Map: " (map.which.name(tongue))
                    @if count > 1 { " " small { (index + 1) "/" (count) } }
                }
                p.lead { (lead(map, tongue)) @if !silent.is_empty() { (only_gaps(&silent, tongue)) } }
                (table(part, map.interviews, tongue))
            }
        }
    }
}

fn lead(map: &Map, tongue: Tongue) -> String {
    let (all, gaps) = (map.columns.len() * JOURNEY.len(), map.gaps());
    tongue.pick(
        format!("Interviews: {} · Lücken: {gaps} von {all} Feldern", map.interviews),
        format!("Interviews: {} · gaps: {gaps} of {all} cells", map.interviews),
    )
}

/// The jobs of the parts that are not drawn.
fn only_gaps(columns: &[&Column], tongue: Tongue) -> Markup {
    html! {
        (tongue.pick(" · Nur Lücken: ", " · Only gaps: "))
        @for (place, column) in columns.iter().enumerate() { @if place > 0 { ", " } (head(column, tongue)) }
    }
}

fn table(columns: &[Column], interviews: usize, tongue: Tongue) -> Markup {
    html! {
        table.map {
            colgroup { col.rings; @for _ in columns { col; } }
            thead { tr {
                th scope="col" { (tongue.pick("Weg zum Kauf", "Way to the purchase")) }
                @for column in columns { th scope="col" { (head(column, tongue)) } }
            } }
            tbody {
                @for (place, ring) in JOURNEY.into_iter().enumerate() {
                    tr class=(ring_class(ring)) {
                        th scope="row" { (ring_name(ring, tongue)) }
                        @for column in columns { (cell(&column.cells[place], interviews, tongue)) }
                    }
                }
            }
        }
    }
}

fn head(column: &Column, tongue: Tongue) -> Markup {
    html! {
        @match column.job {
            Some(job) => {
                (job.job.title)
                @if !job.confirmed { " " span.tag.guess { (tongue.pick("Vorschlag", "suggestion")) } }
            }
            None => { em { (tongue.pick("Ohne Job", "Without a job")) } }
        }
    }
}

fn cell(voices: &Voices, interviews: usize, tongue: Tongue) -> Markup {
    if voices.is_empty() {
        return html! { td.gap { span { (count::gap(tongue)) } } };
    }
    let share = 100 * voices.interviews() / interviews.max(1);
    html! {
        td style={ "--share:" (share) "%" } {
            (count::interviews(voices, interviews, tongue))
            (quotes(&voices.strongest(QUOTES, 1), tongue))
        }
    }
}

/// A ring as a step of a story: what is told there, or that nobody speaks of it.
pub(super) fn step(ring: Ring, told: Option<Markup>, tongue: Tongue) -> Markup {
    html! {
        li class=(ring_class(ring)) {
            h4 { (ring_name(ring, tongue)) }
            @match told { Some(told) => (told), None => p.gap { span { (count::gap(tongue)) } } }
        }
    }
}

/// A ring's name with its sign.
pub(super) fn ring_name(ring: Ring, tongue: Tongue) -> Markup {
    html! { i.sign aria-hidden="true" { (sign(ring)) } " " (ring.label(tongue)) }
}

/// The class that gives something the colour of a ring.
pub(super) fn ring_class(ring: Ring) -> String {
    format!("ring-{ring}")
}
