//! A small set of labels.

use crate::codebook::{Ring, Rings};

/// Which of at most 64 labels an item has; labels are numbers from 0.
///
/// ```
/// use ringwerk::evaluate::LabelSet;
/// let set: LabelSet = [0, 4].into_iter().collect();
/// assert!(set.contains(4) && !set.contains(1));
/// assert_eq!(set.len(), 2);
/// assert!(LabelSet::default().is_empty());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LabelSet(u64);

impl LabelSet {
    /// Whether `label` is in it.
    pub fn contains(self, label: usize) -> bool {
        label < 64 && self.0 >> label & 1 == 1
    }

    /// How many labels.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What both have.
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What either has.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl FromIterator<usize> for LabelSet {
    /// # Panics
    /// If a label is above 63: a mistake of the program, since code lists are fixed and short.
    fn from_iter<I: IntoIterator<Item = usize>>(labels: I) -> Self {
        labels.into_iter().fold(Self::default(), |set, label| {
            assert!(label < 64, "a set holds labels below 64");
            Self(set.0 | 1 << label)
        })
    }
}

impl FromIterator<Ring> for LabelSet {
    fn from_iter<I: IntoIterator<Item = Ring>>(rings: I) -> Self {
        rings.into_iter().map(Ring::index).collect()
    }
}

impl From<&Rings> for LabelSet {
    fn from(rings: &Rings) -> Self {
        rings.iter().collect()
    }
}
