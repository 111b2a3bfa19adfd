//! How much can be accepted in bulk: coverage against precision, most confident first.

use serde::Serialize;

use super::{Figure, Prediction, Reason};

/// What happens where everything at least this sure is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CoveragePoint {
    /// The lowest confidence that is accepted.
    pub threshold: f64,
    /// Share of all predictions that is accepted, in (0, 1].
    pub coverage: f64,
    /// Share of the accepted ones that is right, in [0, 1].
    pub precision: f64,
}

/// Predictions of several groups (interviews), the most confident first.
///
/// Sorted once, so that a bootstrap over groups walks through it in linear time for each sample. A sample is a list of
/// groups; one that is in it twice counts twice.
///
/// Source: risk-coverage curves in El-Yaniv and Wiener, *On the foundations of noise-free selective classification*,
/// JMLR 11, 2010; precision is 1 − risk.
///
/// ```
/// use ringwerk::evaluate::{Prediction, Ranking};
/// let group = |all: &[(f64, bool)]| all.iter().filter_map(|&(p, right)| Prediction::new(p, right)).collect();
/// let ranking = Ranking::new(&[group(&[(0.9, true), (0.6, false)]), group(&[(0.8, true), (0.7, false)])]);
/// assert_eq!(ranking.coverage_at(1.0, &[0, 1]).value(), Some(0.5));
/// assert_eq!(ranking.coverage_at(0.5, &[0, 1]).value(), Some(1.0));
/// assert_eq!(ranking.curve(&[1])[1].precision, 0.5);
/// ```
#[derive(Debug, Clone)]
pub struct Ranking {
    ranked: Vec<(usize, Prediction)>,
    groups: usize,
}

impl Ranking {
    /// Sorts the predictions of all groups.
    pub fn new(groups: &[Vec<Prediction>]) -> Self {
        let numbered = groups.iter().enumerate();
        let mut ranked: Vec<_> = numbered.flat_map(|(group, all)| all.iter().map(move |&one| (group, one))).collect();
        ranked.sort_by(|(_, a), (_, b)| b.confidence().total_cmp(&a.confidence()));
        Self { ranked, groups: groups.len() }
    }

    /// One point for each confidence that occurs in the sample, the highest first; equal confidences come in together.
    ///
    /// Empty where the sample has no predictions.
    ///
    /// # Panics
    /// If the sample names a group that is not there.
    pub fn curve(&self, sample: &[usize]) -> Vec<CoveragePoint> {
        let weights = self.weights(sample);
        let (mut accepted, mut right) = (0, 0);
        let mut points: Vec<CoveragePoint> = Vec::new();
        for (weight, prediction) in
            self.ranked.iter().map(|&(group, one)| (weights[group], one)).filter(|one| one.0 > 0)
        {
            accepted += weight;
            right += weight * u64::from(prediction.right());
            let threshold = prediction.confidence();
            let point =
                CoveragePoint { threshold, coverage: accepted as f64, precision: right as f64 / accepted as f64 };
            match points.last_mut().filter(|last| last.threshold == threshold) {
                Some(last) => *last = point,
                None => points.push(point),
            }
        }
        points.iter_mut().for_each(|point| point.coverage /= accepted as f64);
        points
    }

    /// The largest share of predictions that can be accepted, most confident first, with at least this precision.
    ///
    /// In [0, 1]; 0 where not even the most confident ones are right so often. Not computable without predictions.
    ///
    /// # Panics
    /// If the sample names a group that is not there.
    pub fn coverage_at(&self, precision: f64, sample: &[usize]) -> Figure {
        let curve = self.curve(sample);
        if curve.is_empty() {
            return Figure::NotComputable(Reason::NoItems);
        }
        let good = curve.iter().rev().find(|point| point.precision >= precision);
        Figure::Value(good.map_or(0.0, |point| point.coverage))
    }

    fn weights(&self, sample: &[usize]) -> Vec<u64> {
        let mut weights = vec![0; self.groups];
        sample.iter().for_each(|&group| weights[group] += 1);
        weights
    }
}
