//! How much of the coding the machine suggested, and how often people found it right.

use maud::{Markup, html};

use crate::coding::Judged;
use crate::report::View;
use crate::report::count;
use crate::study::Status;

/// The section.
pub(super) fn trust(view: &View) -> Markup {
    let tongue = view.tongue;
    let coded: Vec<Status> = view.study.told().map(|(_, _, statement)| statement.status).collect();
    let suggested = coded.iter().filter(|status| **status == Status::Suggested).count();
    let judged = view.judged;
    html! {
        h3 { (tongue.pick("Mensch und Maschine", "Person and machine")) }
        p {
            b { (tongue.pick("Nur vorgeschlagen: ", "Only suggested: ")) }
            (tongue.pick(
                format!("{} der Aussagen auf dieser Seite ({suggested} von {})", count::percent(suggested, coded.len()), coded.len()),
                format!("{} of the statements on this page ({suggested} of {})", count::percent(suggested, coded.len()), coded.len()),
            ))
        }
        @if judged.shown == 0 {
            p { (tongue.pick(
                "Wie gut die Vorschläge waren, lässt sich nicht sagen: Bei keiner Entscheidung war einer zu sehen.",
                "How good the suggestions were cannot be told: none was in view at any decision.",
            )) }
        } @else {
            p {
                b { (tongue.pick("Wie gut die Vorschläge waren: ", "How good the suggestions were: ")) }
                (how_right(judged, view))
            }
            p.note { (tongue.pick(
                "Wer einen Vorschlag vor Augen hat, folgt ihm leichter; blind kodiert läge der Anteil eher niedriger. Die gemessene Güte zeigt „ringwerk evaluate“.",
                "Who sees a suggestion follows it more easily; coded blindly the share would rather be lower. The measured accuracy is shown by “ringwerk evaluate”.",
            )) }
        }
    }
}

fn how_right(judged: Judged, view: &View) -> String {
    let Judged { decided, shown, same, part } = judged;
    let (as_shown, in_part) = (count::percent(same, shown), count::percent(part, shown));
    let other = count::percent(shown - same - part, shown);
    view.tongue.pick(
        format!("Von {decided} bestätigten Aussagen war bei {shown} ein Vorschlag zu sehen. Bei {as_shown} gelten genau diese Ringe, bei {in_part} ein Teil davon, bei {other} etwas anderes."),
        format!("Of {decided} confirmed statements a suggestion was in view for {shown}. For {as_shown} exactly these rings stand, for {in_part} a part of them, for {other} something else."),
    )
}
