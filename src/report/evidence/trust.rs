//! How much of the coding the machine suggested, and how often people found it right.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::codebook::{Ring, Rings};
use crate::coding::{Action, Decision, Shown, State, StatementKey};
use crate::report::View;
use crate::report::count;
use crate::study::Status;

/// What became of suggestions that people saw when they decided.
#[derive(Debug, Default, PartialEq, Eq)]
struct Verdicts {
    /// Statements whose rings people decided.
    decided: usize,
    /// Those of them for which a suggestion was shown.
    shown: usize,
    /// Those for which exactly the suggested rings stand, or none as suggested.
    same: usize,
    /// Those for which at least one suggested ring stands, not all being the same.
    part: usize,
}

/// The section.
pub(super) fn trust(view: &View) -> Markup {
    let tongue = view.tongue;
    let coded: Vec<Status> = view.study.told().map(|(_, _, statement)| statement.status).collect();
    let suggested = coded.iter().filter(|status| **status == Status::Suggested).count();
    let verdicts = verdicts(view.state);
    html! {
        h3 { (tongue.pick("Mensch und Maschine", "Person and machine")) }
        p {
            b { (tongue.pick("Nur vorgeschlagen: ", "Only suggested: ")) }
            (tongue.pick(
                format!("{} der Aussagen auf dieser Seite ({suggested} von {})", count::percent(suggested, coded.len()), coded.len()),
                format!("{} of the statements on this page ({suggested} of {})", count::percent(suggested, coded.len()), coded.len()),
            ))
        }
        @if verdicts.shown == 0 {
            p { (tongue.pick(
                "Wie gut die Vorschläge waren, lässt sich nicht sagen: Bei keiner Entscheidung war einer zu sehen.",
                "How good the suggestions were cannot be told: none was in view at any decision.",
            )) }
        } @else {
            p {
                b { (tongue.pick("Wie gut die Vorschläge waren: ", "How good the suggestions were: ")) }
                (judged(&verdicts, view))
            }
            p.note { (tongue.pick(
                "Wer einen Vorschlag vor Augen hat, folgt ihm leichter; blind kodiert läge der Anteil eher niedriger. Die gemessene Güte zeigt „ringwerk evaluate“.",
                "Who sees a suggestion follows it more easily; coded blindly the share would rather be lower. The measured accuracy is shown by “ringwerk evaluate”.",
            )) }
        }
    }
}

fn judged(verdicts: &Verdicts, view: &View) -> String {
    let Verdicts { decided, shown, same, part } = *verdicts;
    let (as_shown, in_part) = (count::percent(same, shown), count::percent(part, shown));
    let other = count::percent(shown - same - part, shown);
    view.tongue.pick(
        format!("Von {decided} bestätigten Aussagen war bei {shown} ein Vorschlag zu sehen. Bei {as_shown} gelten genau diese Ringe, bei {in_part} ein Teil davon, bei {other} etwas anderes."),
        format!("Of {decided} confirmed statements a suggestion was in view for {shown}. For {as_shown} exactly these rings stand, for {in_part} a part of them, for {other} something else."),
    )
}

/// Compares what stands with what was shown last.
fn verdicts(state: &State) -> Verdicts {
    let shown = shown(state);
    let mut verdicts = Verdicts::default();
    for (key, decided) in state.current().statements() {
        let Some(rings) = &decided.rings else { continue };
        verdicts.decided += 1;
        let Some(shown) = shown.get(key) else { continue };
        let suggested = shown.coding().rings;
        verdicts.shown += 1;
        verdicts.same += usize::from(set(&suggested) == set(&rings.value));
        verdicts.part += usize::from(
            set(&suggested) != set(&rings.value) && suggested.iter().any(|ring| rings.value.contains(ring)),
        );
    }
    verdicts
}

fn set(rings: &Rings) -> Vec<Ring> {
    let mut rings: Vec<Ring> = rings.iter().collect();
    rings.sort_unstable();
    rings
}

/// What was shown at the last decision about each statement.
fn shown(state: &State) -> BTreeMap<&StatementKey, &Shown> {
    let decisions = state.standing().filter_map(|entry| match &entry.action {
        Action::Decide(decisions) => Some(decisions),
        _ => None,
    });
    let about = decisions.flatten().filter_map(|decision| match decision {
        Decision::Statement { statement, shown: Some(shown), .. } => Some((statement, shown)),
        _ => None,
    });
    about.collect()
}
