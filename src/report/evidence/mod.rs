//! How far the results hold: who speaks of what, what is missing, what is old, what contradicts, and what a machine suggested.

mod contradictions;
mod coverage;
mod freshness;
mod metadata;
mod questions;
mod saturation;
mod trust;

use maud::{Markup, html};

use super::{ReportError, View};

/// The section.
pub(super) fn evidence(view: &View) -> Result<Markup, ReportError> {
    let tongue = view.tongue;
    Ok(html! {
        section.sheet #evidence {
            h2 { (tongue.pick("Wie belastbar ist das?", "How far does this hold?")) }
            (coverage::interviews(view))
            (coverage::jobs(view))
            (saturation::saturation(view)?)
            (contradictions::contradictions(view))
            (freshness::freshness(view))
            (metadata::metadata(view))
            (trust::trust(view))
            (questions::questions(view))
        }
    })
}
