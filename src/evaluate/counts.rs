//! Counts that add up: hits and errors of one code, and a share of something.

use std::iter::Sum;
use std::ops::AddAssign;

use serde::Serialize;

use super::{Figure, Reason};

/// Hits, false alarms and misses of one code (true positives, false positives, false negatives).
///
/// Definitions: van Rijsbergen, *Information Retrieval*, 2nd edition 1979, chapter 7.
///
/// ```
/// use ringwerk::evaluate::{Counts, Reason};
/// let counts = Counts { hits: 6, false_alarms: 2, misses: 4 };
/// assert_eq!(counts.precision().value(), Some(0.75));
/// assert_eq!(counts.recall().value(), Some(0.6));
/// assert_eq!(counts.f1().value(), Some(12.0 / 18.0));
/// assert_eq!(counts.support(), 10);
/// assert_eq!(Counts::default().f1().reason(), Some(Reason::NothingEither));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// In gold and found.
    pub hits: u64,
    /// Found, but not in gold.
    pub false_alarms: u64,
    /// In gold, but not found.
    pub misses: u64,
}

impl Counts {
    /// Counts one decision: whether gold has it, and whether it was found.
    pub fn add(&mut self, in_gold: bool, found: bool) {
        match (in_gold, found) {
            (true, true) => self.hits += 1,
            (false, true) => self.false_alarms += 1,
            (true, false) => self.misses += 1,
            (false, false) => {}
        }
    }

    /// How often gold has it.
    pub fn support(self) -> u64 {
        self.hits + self.misses
    }

    /// Share of what was found that is right, in [0, 1]. Not computable where nothing was found.
    pub fn precision(self) -> Figure {
        Figure::ratio(self.hits as f64, (self.hits + self.false_alarms) as f64, Reason::NothingFound)
    }

    /// Share of what gold has that was found, in [0, 1]. Not computable where gold has nothing.
    pub fn recall(self) -> Figure {
        Figure::ratio(self.hits as f64, self.support() as f64, Reason::NothingInGold)
    }

    /// Harmonic mean of precision and recall as `2·hits / (2·hits + false alarms + misses)`, in [0, 1].
    ///
    /// With this form it is 0, and rightly so, where gold has something and nothing right was found, or the other way
    /// round. Not computable where neither has anything.
    pub fn f1(self) -> Figure {
        let twice = (2 * self.hits) as f64;
        Figure::ratio(twice, twice + (self.false_alarms + self.misses) as f64, Reason::NothingEither)
    }
}

impl AddAssign<&Counts> for Counts {
    fn add_assign(&mut self, other: &Counts) {
        self.hits += other.hits;
        self.false_alarms += other.false_alarms;
        self.misses += other.misses;
    }
}

impl<'a> Sum<&'a Counts> for Counts {
    fn sum<I: Iterator<Item = &'a Counts>>(parts: I) -> Self {
        parts.fold(Counts::default(), |mut sum, part| {
            sum += part;
            sum
        })
    }
}

/// So many of so many.
///
/// ```
/// use ringwerk::evaluate::{Reason, Share};
/// let mut share = Share::default();
/// [true, true, false].map(|yes| share.add(yes));
/// assert_eq!(share.figure().value(), Some(2.0 / 3.0));
/// assert_eq!(Share::default().figure().reason(), Some(Reason::NoItems));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Share {
    /// How many of them are meant.
    pub part: u64,
    /// How many there are.
    pub whole: u64,
}

impl Share {
    /// Counts one more, which is meant or not.
    pub fn add(&mut self, meant: bool) {
        self.part += u64::from(meant);
        self.whole += 1;
    }

    /// The share, in [0, 1]. Not computable of nothing.
    pub fn figure(self) -> Figure {
        Figure::ratio(self.part as f64, self.whole as f64, Reason::NoItems)
    }
}

impl AddAssign<&Share> for Share {
    fn add_assign(&mut self, other: &Share) {
        self.part += other.part;
        self.whole += other.whole;
    }
}

impl FromIterator<bool> for Share {
    fn from_iter<I: IntoIterator<Item = bool>>(each: I) -> Self {
        let mut share = Share::default();
        each.into_iter().for_each(|meant| share.add(meant));
        share
    }
}
