//! What became of suggestions that people saw when they decided.

use std::collections::BTreeMap;

use super::decision::{Decision, Shown};
use super::key::StatementKey;
use super::log::Action;
use super::state::State;
use crate::codebook::{Ring, Rings};

/// How often people found suggestions right. It holds figures alone, no words of anybody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judged {
    /// Statements whose rings people decided.
    pub decided: usize,
    /// Those of them for which a suggestion was shown.
    pub shown: usize,
    /// Those for which exactly the suggested rings stand, or none as suggested.
    pub same: usize,
    /// Those for which at least one suggested ring stands, not all being the same.
    pub part: usize,
}

impl Judged {
    /// Compares what stands with what was shown last.
    pub fn of(state: &State) -> Self {
        let shown = shown(state);
        let mut judged = Self::default();
        for (key, decided) in state.current().statements() {
            let Some(rings) = &decided.rings else { continue };
            judged.decided += 1;
            let Some(shown) = shown.get(key) else { continue };
            let suggested = shown.coding().rings;
            let same = set(&suggested) == set(&rings.value);
            judged.shown += 1;
            judged.same += usize::from(same);
            judged.part += usize::from(!same && suggested.iter().any(|ring| rings.value.contains(ring)));
        }
        judged
    }
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
