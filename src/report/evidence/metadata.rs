//! What is known about the companies, and what is missing for a customer profile.

use maud::{Markup, html};

use crate::report::View;
use crate::report::count;
use crate::report::fields::FIRMOGRAPHICS;
use crate::report::segments::field_of;

/// How many interviews say what, and which do not.
pub(super) fn metadata(view: &View) -> Markup {
    let (tongue, interviews) = (view.tongue, &view.whole.interviews);
    let missing = |fields: &[&str]| -> Vec<&str> {
        let without = interviews.iter().filter(|one| fields.iter().all(|field| field_of(one, field).is_none()));
        without.map(|one| one.id()).collect()
    };
    html! {
        h3 { (tongue.pick("Was über die Firmen bekannt ist", "What is known about the companies")) }
        table.grid {
            thead { tr {
                th scope="col" { (tongue.pick("Merkmal", "Trait")) }
                th scope="col" { (tongue.pick("Bekannt", "Known")) }
                th scope="col" { (tongue.pick("Fehlt bei", "Missing at")) }
            } }
            tbody { @for trait_ in &FIRMOGRAPHICS {
                @let missing = missing(trait_.fields);
                tr {
                    th scope="row" { (trait_.name(tongue)) }
                    td { (count::of(interviews.len() - missing.len(), interviews.len(), tongue)) }
                    td.names {
                        @if missing.is_empty() { "–" }
                        @else if missing.len() == interviews.len() { (tongue.pick("allen", "all")) }
                        @else { (missing.join(", ")) }
                    }
                }
            } }
        }
    }
}
