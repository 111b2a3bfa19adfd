//! Figures with the interval in which they lie in 95 of 100 samples of interviews.

use std::ops::AddAssign;

use rayon::prelude::*;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::bootstrap::{draw, percentile_interval};
use super::{Counts, Figure, Interval, Reason, interval, total};

/// Random samples of a bootstrap.
pub const SAMPLES: usize = 2000;
/// Fixed, so that the same run prints the same intervals.
pub const SEED: u64 = 20_260_101;

/// A figure with its interval. In JSON `{value, interval}`, and `reason` where the value is null.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The figure, or why there is none.
    pub value: Figure,
    /// In which it lies in 95 of 100 samples of interviews; `None` where there are too few interviews.
    pub interval: Option<Interval>,
}

impl Serialize for Measured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reason = self.value.reason();
        let mut fields = serializer.serialize_struct("Measured", 2 + usize::from(reason.is_some()))?;
        fields.serialize_field("value", &self.value)?;
        fields.serialize_field("interval", &self.interval)?;
        if let Some(reason) = reason {
            fields.serialize_field("reason", &reason)?;
        }
        fields.end()
    }
}

/// Figures of one code, of reasons or of boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Found {
    /// How often it was given by hand.
    pub support: u64,
    /// Share of the suggested that is right.
    pub precision: Measured,
    /// Share of the given that is suggested.
    pub recall: Measured,
    /// Harmonic mean of both.
    pub f1: Measured,
}

/// What interviews add to figures, summed over all of them and over each random sample of them.
///
/// Summing once serves all figures that read the same sums.
#[derive(Debug, Clone)]
pub struct Resampled<T> {
    whole: Option<T>,
    samples: Vec<T>,
}

impl<T: Clone + Send + Sync + for<'a> AddAssign<&'a T>> Resampled<T> {
    /// Sums the parts, one an interview; fewer than two give no samples.
    pub fn new(parts: &[T]) -> Self {
        let all: Vec<usize> = (0..parts.len()).collect();
        let wanted = if parts.len() < 2 { 0 } else { SAMPLES };
        let sum = |sample| total(parts, &draw(parts.len(), SEED, sample));
        Self { whole: total(parts, &all), samples: (0..wanted).into_par_iter().filter_map(sum).collect() }
    }

    /// The sum over all interviews; `None` where there is none.
    pub fn whole(&self) -> Option<&T> {
        self.whole.as_ref()
    }

    /// A figure of the sums, with its interval.
    pub fn measure(&self, figure: impl Fn(&T) -> Figure + Sync) -> Measured {
        let value = self.whole.as_ref().map_or(Figure::NotComputable(Reason::NoItems), &figure);
        let drawn = self.samples.par_iter().filter_map(|sum| figure(sum).value()).collect();
        Measured { value, interval: percentile_interval(drawn, self.samples.len()) }
    }

    /// Precision, recall and F1 of counts among the sums.
    pub fn found(&self, counts: impl Fn(&T) -> Counts + Sync) -> Found {
        Found {
            support: self.whole.as_ref().map_or(0, |sum| counts(sum).support()),
            precision: self.measure(|sum| counts(sum).precision()),
            recall: self.measure(|sum| counts(sum).recall()),
            f1: self.measure(|sum| counts(sum).f1()),
        }
    }
}

/// A figure that needs the sample itself, as indices of its `groups`, because it is no figure of sums.
pub fn measure(groups: usize, figure: impl Fn(&[usize]) -> Figure + Sync) -> Measured {
    let all: Vec<usize> = (0..groups).collect();
    Measured { value: figure(&all), interval: interval(groups, SAMPLES, SEED, |sample| figure(sample).value()) }
}
