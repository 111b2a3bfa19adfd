//! What two people decided, side by side, and how far they agree.

use serde::Serialize;

use crate::codebook::Ring;
use crate::coding::{Current, Decided, Reason, ShapedInterview, StatementKey};
use crate::error::{Explain, Tongue};
use crate::evaluate::{Table, cohens_kappa};

/// Two codings of the statements that both people decided on.
#[derive(Debug, Serialize)]
pub(super) struct Comparison {
    /// Statements on whose rings both decided.
    pub both: usize,
    /// Those with the same rings and reason.
    pub same: usize,
    /// By ring.
    agreed: Vec<AgreedRing>,
    /// Cohen's kappa of reasons, among the statements for which both said whether they name one.
    reason: String,
    /// Statements that they coded differently and nobody has settled, in order of interviews.
    pub differences: Vec<Difference>,
}

#[derive(Debug, Serialize)]
struct AgreedRing {
    id: Ring,
    /// Given by the first person, by the second, by both.
    given: [u64; 3],
    /// Cohen's kappa, or why there is none.
    kappa: String,
}

/// A statement that two people coded differently.
#[derive(Debug, Serialize)]
pub(super) struct Difference {
    pub key: StatementKey,
    pub first: Given,
    pub second: Given,
}

/// What one person gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Given {
    pub rings: Vec<Ring>,
    /// Nothing where they did not say whether it names a reason.
    pub reason: Option<bool>,
}

impl Given {
    fn of(decided: &Decided) -> Option<Self> {
        let rings = decided.rings.as_ref()?.value.iter().collect();
        Some(Self { rings, reason: decided.reason.as_ref().map(|made| Reason::is_yes(made.value)) })
    }

    /// Which ring is the more central one is no difference; a reason is one only where both said something.
    fn agrees_with(&self, other: &Self) -> bool {
        let rings = self.rings.len() == other.rings.len() && self.rings.iter().all(|ring| other.rings.contains(ring));
        let reason = self.reason.zip(other.reason).is_none_or(|(first, second)| first == second);
        rings && reason
    }
}

impl Comparison {
    /// Compares two codings; `current` says what was settled.
    pub fn of(
        interviews: &[ShapedInterview],
        current: &Current,
        first: &Current,
        second: &Current,
        tongue: Tongue,
    ) -> Self {
        let keys = interviews.iter().flat_map(|interview| {
            let transcript = interview.transcript();
            let answers = interview.statements().iter().filter(|statement| transcript.is_respondent(statement));
            answers.map(|statement| StatementKey::new(interview.key(), statement.span))
        });
        let given = |coding: &Current, key: &StatementKey| coding.statement(key).and_then(Given::of);
        let pairs: Vec<Difference> = keys
            .filter_map(|key| Some(Difference { first: given(first, &key)?, second: given(second, &key)?, key }))
            .collect();
        let both = pairs.len();
        let agreed = Ring::ALL.into_iter().map(|ring| AgreedRing::of(ring, &pairs, tongue)).collect();
        let reasons = pairs.iter().filter_map(|pair| pair.first.reason.zip(pair.second.reason));
        let reason = kappa(reasons, tongue).1;
        let different: Vec<Difference> =
            pairs.into_iter().filter(|pair| !pair.first.agrees_with(&pair.second)).collect();
        let same = both - different.len();
        let settled = |pair: &Difference| current.statement(&pair.key).is_some_and(|decided| decided.settled.is_some());
        let differences = different.into_iter().filter(|pair| !settled(pair)).collect();
        Self { both, same, agreed, reason, differences }
    }
}

impl AgreedRing {
    fn of(id: Ring, pairs: &[Difference], tongue: Tongue) -> Self {
        let has = |given: &Given| given.rings.contains(&id);
        let (given, kappa) = kappa(pairs.iter().map(|pair| (has(&pair.first), has(&pair.second))), tongue);
        Self { id, given, kappa }
    }
}

/// How often the first, the second, both said yes; and Cohen's kappa, or why there is none.
fn kappa(said: impl Iterator<Item = (bool, bool)>, tongue: Tongue) -> ([u64; 3], String) {
    let table = Table::count(2, 2, said.map(|(first, second)| (usize::from(first), usize::from(second))));
    let given = [table.row_sums()[1], table.column_sums()[1], table.get(1, 1)];
    let never = table.total() > 0 && given[0] + given[1] == 0;
    let none = tongue.pick("von keiner der beiden Personen gegeben", "given by neither of both").to_owned();
    (given, if never { none } else { cohens_kappa(&table).explain(tongue) })
}
