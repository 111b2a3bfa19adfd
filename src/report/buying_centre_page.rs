//! The buying centre on the page: who takes part in buying, by who answers and who is named.

use maud::{Markup, html};

use super::View;
use super::buying_centre::buying_centre;
use super::count::of;

/// The parts of the companies that answer or are named.
pub(super) fn parts(view: &View) -> Markup {
    let (tongue, all) = (view.tongue, view.study.interviews.len());
    let parts = buying_centre(view.study);
    html! {
        section.sheet #centre {
            h2 { "Buying Center" }
            p.lead { (tongue.pick(
                "Wer am Kauf teilhat: wer in den Interviews spricht (nach der Angabe zur Rolle) und wen die Befragten nennen. Gefunden an Wörtern; nicht jede Nennung wird erkannt.",
                "Who takes part in buying: who speaks in the interviews (by the role given) and whom respondents name. Found by words; not every mention is recognised.",
            )) }
            @if parts.is_empty() {
                p.gap { span { (tongue.pick("Niemand wird genannt.", "Nobody is named.")) } }
            } @else {
                table.grid {
                    thead { tr {
                        th scope="col" { (tongue.pick("Bereich", "Part")) }
                        th scope="col" { (tongue.pick("spricht", "speaks")) }
                        th scope="col" { (tongue.pick("wird genannt", "is named")) }
                    } }
                    tbody { @for part in &parts { tr {
                        th scope="row" { (part.part.label(tongue)) }
                        td { (of(part.speaks_in, all, tongue)) }
                        td { (of(part.named_in, all, tongue)) }
                    } } }
                }
            }
        }
    }
}
