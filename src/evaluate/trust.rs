//! How far the engine's own certainty can be believed.

use std::ops::AddAssign;

use serde::Serialize;

use super::{Bin, Calibration, CoveragePoint, Measured, Prediction, Ranking, Resampled, Share, measure};
use crate::coding::{Route, Suggestion};
use crate::gold::Code;

/// Points of the curve that are kept; a plot shows no more.
const CURVE_POINTS: usize = 200;

/// Figures on probabilities and on what may be accepted in bulk.
#[derive(Debug, Clone, Serialize)]
pub struct Trust {
    /// Calibration error (ECE, ten bins) of the rings' probabilities.
    pub calibration_error: Measured,
    /// Share of statements that can be accepted at a precision of 0.90, the surest first.
    pub coverage_90: Measured,
    /// The same at 0.95.
    pub coverage_95: Measured,
    /// Share of statements that the engine routes to bulk acceptance.
    pub auto_share: Measured,
    /// Share of these that is right.
    pub auto_precision: Measured,
    /// Precision by coverage, the surest first; at most 200 points.
    pub curve: Vec<CoveragePoint>,
    /// The reliability diagram: ten bins of probability and the share that was right in each.
    pub bins: Vec<Bin>,
}

/// What one interview adds to [`Trust`].
#[derive(Debug, Clone, Default)]
struct Tally {
    calibration: Calibration,
    auto: Share,
    auto_right: Share,
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.calibration += &other.calibration;
        self.auto += &other.auto;
        self.auto_right += &other.auto_right;
    }
}

impl Trust {
    /// Draws the figures from each interview's pairs of code and suggestion.
    pub fn of(interviews: &[Vec<(&Code, &Suggestion)>]) -> Self {
        let tallies: Vec<Tally> = interviews.iter().map(|pairs| Tally::of(pairs)).collect();
        let sums = Resampled::new(&tallies);
        let ranking = Ranking::new(&interviews.iter().map(|pairs| confidences(pairs)).collect::<Vec<_>>());
        let coverage = |precision| measure(interviews.len(), |sample| ranking.coverage_at(precision, sample));
        Self {
            calibration_error: sums.measure(|sum| sum.calibration.expected_error()),
            coverage_90: coverage(0.90),
            coverage_95: coverage(0.95),
            auto_share: sums.measure(|sum| sum.auto.figure()),
            auto_precision: sums.measure(|sum| sum.auto_right.figure()),
            curve: thinned(ranking.curve(&(0..interviews.len()).collect::<Vec<_>>())),
            bins: sums.whole().map(|sum| sum.calibration.bins().to_vec()).unwrap_or_default(),
        }
    }
}

impl Tally {
    fn of(pairs: &[(&Code, &Suggestion)]) -> Self {
        let mut tally = Self {
            calibration: pairs.iter().flat_map(|(code, suggestion)| ring_predictions(code, suggestion)).collect(),
            ..Self::default()
        };
        for (code, suggestion) in pairs {
            let auto = suggestion.route == Route::Auto;
            tally.auto.add(auto);
            if auto {
                tally.auto_right.add(suggestion.is_right(&code.rings));
            }
        }
        tally
    }
}

fn ring_predictions(code: &Code, suggestion: &Suggestion) -> Vec<Prediction> {
    let rings = suggestion.rings.iter();
    rings.filter_map(|ring| Prediction::new(f64::from(ring.p), code.rings.contains(ring.id))).collect()
}

fn confidences(pairs: &[(&Code, &Suggestion)]) -> Vec<Prediction> {
    let each = pairs.iter();
    each.filter_map(|(code, suggestion)| {
        Prediction::new(f64::from(suggestion.confidence), suggestion.is_right(&code.rings))
    })
    .collect()
}

fn thinned(curve: Vec<CoveragePoint>) -> Vec<CoveragePoint> {
    let step = curve.len().div_ceil(CURVE_POINTS).max(1);
    let last = curve.len().saturating_sub(1);
    let kept = curve.into_iter().enumerate().filter(|(place, _)| place % step == 0 || *place == last);
    kept.map(|(_, point)| point).collect()
}
