//! All figures on rings and reasons of somebody who is judged against gold.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::LazyLock;

use serde::Serialize;

use super::{
    Answer, Coincidences, Counts, Found, LabelCounts, LabelSet, Measured, Resampled, Scale, Share, Table, cohens_kappa,
    gwets_ac1, masi, nominal, primary_confusion, top_hits,
};
use crate::codebook::Ring;
use crate::gold::Code;

/// Figures on rings and reasons.
#[derive(Debug, Clone, Serialize)]
pub struct Labelling {
    /// By ring, in the order of [`Ring::ALL`].
    pub rings: BTreeMap<Ring, Found>,
    /// Mean F1 of the six rings.
    pub macro_f1: Measured,
    /// F1 over all rings together.
    pub micro_f1: Measured,
    /// Cohen's kappa of the primary ring, with "none".
    pub kappa: Measured,
    /// Gwet's AC1 of the primary ring: far from kappa where one category prevails and makes kappa misleading.
    pub ac1: Measured,
    /// Krippendorff's alpha of the primary ring, nominal distance.
    pub alpha_nominal: Measured,
    /// Krippendorff's alpha of the set of rings, MASI distance.
    pub alpha_masi: Measured,
    /// Share of coded statements whose gold ring is among the two best.
    pub top_2: Measured,
    /// Reasons.
    pub reasons: Found,
    /// Which primary ring (row: gold) was taken for which (column), in the order of [`Ring::ALL`], then "none".
    pub confusion: Vec<Vec<u64>>,
}

impl Labelling {
    /// Draws the figures from one tally an interview.
    pub fn of(tallies: &[LabelTally]) -> Self {
        let sums = Resampled::new(tallies);
        let ring = |ring: Ring| (ring, sums.found(|sum| sum.rings.labels()[ring.index()]));
        Self {
            rings: Ring::ALL.into_iter().map(ring).collect(),
            macro_f1: sums.measure(|sum| sum.rings.macro_f1()),
            micro_f1: sums.measure(|sum| sum.rings.micro_f1()),
            kappa: sums.measure(|sum| cohens_kappa(&sum.primary)),
            ac1: sums.measure(|sum| gwets_ac1(&sum.primary)),
            alpha_nominal: sums.measure(|sum| PRIMARY.alpha(&sum.primary_coincidences)),
            alpha_masi: sums.measure(|sum| SETS.alpha(&sum.set_coincidences)),
            top_2: sums.measure(|sum| sum.top_2.figure()),
            reasons: sums.found(|sum| sum.reasons),
            confusion: sums.whole().map(|sum| rows(&sum.primary)).unwrap_or_default(),
        }
    }
}

fn rows(table: &Table) -> Vec<Vec<u64>> {
    let columns = |row| (0..table.columns()).map(|column| table.get(row, column)).collect();
    (0..table.rows()).map(columns).collect()
}

/// The scale of primary rings: six of one ring, and none.
static PRIMARY: LazyLock<Scale<LabelSet>> = LazyLock::new(|| {
    let rings = Ring::ALL.into_iter().map(|ring| LabelSet::from_iter([ring]));
    Scale::new(&[rings.chain([LabelSet::default()]).map(Some).collect()], nominal)
});

/// The scale of sets of rings: all with at most two.
static SETS: LazyLock<Scale<LabelSet>> = LazyLock::new(|| {
    let pairs = Ring::ALL.into_iter().flat_map(|a| Ring::ALL.into_iter().map(move |b| LabelSet::from_iter([a, b])));
    Scale::new(&[pairs.chain([LabelSet::default()]).map(Some).collect()], masi)
});

/// What one interview adds to [`Labelling`].
#[derive(Debug, Clone)]
pub struct LabelTally {
    rings: LabelCounts,
    reasons: Counts,
    primary: Table,
    top_2: Share,
    primary_coincidences: Coincidences,
    set_coincidences: Coincidences,
}

impl LabelTally {
    /// Counts pairs of what a coder gave and what is judged.
    pub fn of<'a>(pairs: impl Iterator<Item = (&'a Code, &'a Answer)> + Clone) -> Self {
        let sets = || pairs.clone().map(|(code, answer)| (LabelSet::from(&code.rings), answer.set()));
        let primary = || pairs.clone().map(|(code, answer)| (code.rings.primary(), answer.rings.primary()));
        let mut reasons = Counts::default();
        pairs.clone().for_each(|(code, answer)| reasons.add(code.reason, answer.reason));
        let ranked = pairs.clone().map(|(code, answer)| {
            let places: Vec<usize> = answer.ranked.iter().map(|ring| ring.index()).collect();
            (code.rings.primary().into_iter().collect(), places)
        });
        let single = |ring: Option<Ring>| Some(ring.into_iter().collect());
        let units: Vec<_> = primary().map(|(gold, found)| vec![single(gold), single(found)]).collect();
        let set_units: Vec<_> = sets().map(|(gold, found)| vec![Some(gold), Some(found)]).collect();
        Self {
            rings: LabelCounts::count(Ring::ALL.len(), sets()),
            reasons,
            primary: primary_confusion(primary()),
            top_2: top_hits(2, ranked),
            primary_coincidences: PRIMARY.coincidences(&units),
            set_coincidences: SETS.coincidences(&set_units),
        }
    }

    /// Which primary ring (row: gold) was taken for which (column), in the order of [`Ring::ALL`], then "none".
    pub fn primary(&self) -> &Table {
        &self.primary
    }

    /// Hits and errors of each ring.
    pub fn rings(&self) -> &LabelCounts {
        &self.rings
    }

    /// Hits and errors of reasons.
    pub fn reasons(&self) -> Counts {
        self.reasons
    }
}

impl AddAssign<&LabelTally> for LabelTally {
    fn add_assign(&mut self, other: &LabelTally) {
        self.rings += &other.rings;
        self.reasons += &other.reasons;
        self.primary += &other.primary;
        self.top_2 += &other.top_2;
        self.primary_coincidences += &other.primary_coincidences;
        self.set_coincidences += &other.set_coincidences;
    }
}
