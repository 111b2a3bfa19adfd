//! Can probabilities be believed: reliability bins, expected calibration error, Brier score.

use std::ops::AddAssign;

use serde::Serialize;

use super::{Figure, Reason};

/// How many bins of equal width the confidences fall into.
const BINS: usize = 10;

/// How sure the engine was of something, and whether it was right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    confidence: f64,
    right: bool,
}

impl Prediction {
    /// Returns `None` where `confidence` does not lie in [0, 1].
    ///
    /// ```
    /// use ringwerk::evaluate::Prediction;
    /// assert!(Prediction::new(0.9, true).is_some());
    /// assert!(Prediction::new(f64::NAN, true).is_none());
    /// ```
    pub fn new(confidence: f64, right: bool) -> Option<Self> {
        (0.0..=1.0).contains(&confidence).then_some(Self { confidence, right })
    }

    /// How sure, in [0, 1].
    pub fn confidence(self) -> f64 {
        self.confidence
    }

    /// Whether it was right.
    pub fn right(self) -> bool {
        self.right
    }
}

/// What happened to predictions of about the same confidence: one bar of a reliability diagram.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// Confidences above this are in it; in the first bin also this one.
    pub above: f64,
    /// The highest confidence in it.
    pub up_to: f64,
    /// How many predictions.
    pub count: u64,
    /// Their mean confidence.
    pub confidence: Figure,
    /// Share of them that was right.
    pub right: Figure,
}

/// Predictions counted by confidence, in ten bins of equal width: (0, 0.1], (0.1, 0.2] … (0.9, 1], 0 in the first.
///
/// ```
/// use ringwerk::evaluate::{Calibration, Prediction};
/// let all = [(0.95, true), (0.85, true), (0.85, false), (0.15, false)];
/// let calibration: Calibration = all.into_iter().filter_map(|(p, right)| Prediction::new(p, right)).collect();
/// let error = calibration.expected_error().value().unwrap();
/// assert!((error - (0.05 + 2.0 * 0.35 + 0.15) / 4.0).abs() < 1e-12);
/// assert_eq!(calibration.bins()[8].right.value(), Some(0.5));
/// assert_eq!(Calibration::default().brier().value(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Calibration {
    bins: [Sums; BINS],
    squared_errors: f64,
}

/// What one bin adds up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Sums {
    count: u64,
    confidence: f64,
    right: u64,
}

impl Calibration {
    /// The ten bars of a reliability diagram; an empty bin has a count of 0 and no figures.
    pub fn bins(&self) -> [Bin; BINS] {
        let mut place = 0.0;
        self.bins.map(|sums| {
            place += 1.0;
            let count = sums.count as f64;
            Bin {
                above: (place - 1.0) / BINS as f64,
                up_to: place / BINS as f64,
                count: sums.count,
                confidence: Figure::ratio(sums.confidence, count, Reason::NoItems),
                right: Figure::ratio(sums.right as f64, count, Reason::NoItems),
            }
        })
    }

    /// Expected calibration error: mean of |share right − mean confidence| over the bins, weighted by size; in [0, 1].
    ///
    /// 0 is perfect. Empty bins are skipped. Not computable without predictions.
    /// Source: Naeini, Cooper and Hauskrecht, *Obtaining well calibrated probabilities using Bayesian binning*, AAAI
    /// 2015; bins as in Guo et al., *On calibration of modern neural networks*, ICML 2017.
    pub fn expected_error(&self) -> Figure {
        let gaps = self.bins.iter().map(|sums| (sums.right as f64 - sums.confidence).abs()).sum();
        Figure::ratio(gaps, self.count(), Reason::NoItems)
    }

    /// Brier score: mean of (confidence − 1)² where right and confidence² where wrong; in [0, 1], 0 is perfect.
    ///
    /// Not computable without predictions.
    /// Source: Brier, *Verification of forecasts expressed in terms of probability*, Monthly Weather Review 78, 1950
    /// (half of his original score, as is usual for two outcomes).
    pub fn brier(&self) -> Figure {
        Figure::ratio(self.squared_errors, self.count(), Reason::NoItems)
    }

    fn count(&self) -> f64 {
        self.bins.iter().map(|sums| sums.count).sum::<u64>() as f64
    }

    fn add(&mut self, prediction: Prediction) {
        let right = u64::from(prediction.right);
        let place = (prediction.confidence * BINS as f64).ceil() as usize;
        let sums = &mut self.bins[place.saturating_sub(1)];
        sums.count += 1;
        sums.confidence += prediction.confidence;
        sums.right += right;
        self.squared_errors += (prediction.confidence - right as f64).powi(2);
    }
}

impl FromIterator<Prediction> for Calibration {
    fn from_iter<I: IntoIterator<Item = Prediction>>(predictions: I) -> Self {
        let mut calibration = Self::default();
        predictions.into_iter().for_each(|prediction| calibration.add(prediction));
        calibration
    }
}

impl AddAssign<&Calibration> for Calibration {
    fn add_assign(&mut self, other: &Calibration) {
        for (sum, part) in self.bins.iter_mut().zip(&other.bins) {
            sum.count += part.count;
            sum.confidence += part.confidence;
            sum.right += part.right;
        }
        self.squared_errors += other.squared_errors;
    }
}
