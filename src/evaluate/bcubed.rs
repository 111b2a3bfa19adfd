//! BCubed: precision and recall of a clustering, seen from every item; extended to items in several groups.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Figure, Reason};

/// Where one item is and where it should be: its clusters and its gold categories, each none, one or several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Item {
    clusters: Vec<usize>,
    categories: Vec<usize>,
}

impl Item {
    /// Repeated ids count once; neither has to have any.
    ///
    /// ```
    /// use ringwerk::evaluate::Item;
    /// assert_eq!(Item::new([2, 1, 2], []), Item::new([1, 2], []));
    /// ```
    pub fn new(clusters: impl IntoIterator<Item = usize>, categories: impl IntoIterator<Item = usize>) -> Self {
        Self { clusters: distinct(clusters), categories: distinct(categories) }
    }
}

fn distinct(ids: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut ids: Vec<usize> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The three figures of [`bcubed`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BCubed {
    /// Of what is in an item's clusters, how much belongs there. In [0, 1].
    pub precision: Figure,
    /// Of what belongs together with an item, how much is in its clusters. In [0, 1].
    pub recall: Figure,
    /// Harmonic mean of the two. In [0, 1].
    pub f: Figure,
}

/// Extended BCubed precision, recall and F of `items`.
///
/// For two items that share a cluster, the precision of their pair is min(shared clusters, shared categories) / shared
/// clusters; an item's precision is the mean over all items that share a cluster with it, itself included; that of the
/// clustering is the mean over all items that are in a cluster. Recall is the same with clusters and categories
/// swapped. So an item in no cluster costs recall (0 for it) and no precision; an item in a cluster without a gold
/// category costs precision. With one cluster and one category for each item this is plain BCubed.
///
/// Not computable: without items; where all items have the same categories, or every category has one item only (then
/// there is nothing to keep apart or to put together); precision and F where nothing is in a cluster.
/// Source: Amigó, Gonzalo, Artiles and Verdejo, *A comparison of extrinsic clustering evaluation metrics based on
/// formal constraints*, Information Retrieval 12, 2009.
///
/// ```
/// use ringwerk::evaluate::{Item, bcubed};
/// let items = [Item::new([0], [5]), Item::new([0], [5]), Item::new([0], [6]), Item::new([], [6])];
/// let figures = bcubed(&items);
/// assert!((figures.precision.value().unwrap() - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0) / 3.0).abs() < 1e-12);
/// assert!((figures.recall.value().unwrap() - (1.0 + 1.0 + 0.5 + 0.0) / 4.0).abs() < 1e-12);
/// ```
pub fn bcubed(items: &[Item]) -> BCubed {
    Overlaps::new(&[items]).bcubed(&[0])
}

/// Items of several groups (interviews), with all overlaps between them computed once.
///
/// Items with the same clusters and categories are one kind, so that a bootstrap over groups only weighs kinds. A
/// sample is a list of groups; one that is in it twice counts twice.
///
/// ```
/// use ringwerk::evaluate::{Item, Overlaps, bcubed};
/// let groups = [vec![Item::new([0], [5]), Item::new([1], [6])], vec![Item::new([0], [5]), Item::new([0], [6])]];
/// assert_eq!(Overlaps::new(&groups).bcubed(&[0, 1]), bcubed(&groups.concat()));
/// ```
#[derive(Debug, Clone)]
pub struct Overlaps {
    kinds: Vec<Item>,
    /// For each group its kinds and how many items are of each.
    groups: Vec<Vec<(usize, u64)>>,
    /// For each kind the kinds that share a cluster with it, with the precision of the pair.
    precision: Vec<Vec<(usize, f64)>>,
    /// For each kind the kinds that share a category with it, with the recall of the pair.
    recall: Vec<Vec<(usize, f64)>>,
}

impl Overlaps {
    /// Finds kinds and overlaps of the items of all groups.
    pub fn new<G: AsRef<[Item]>>(groups: &[G]) -> Self {
        let mut numbers = BTreeMap::new();
        for item in groups.iter().flat_map(AsRef::as_ref) {
            let next = numbers.len();
            numbers.entry(item).or_insert(next);
        }
        let groups = groups.iter().map(|group| tally(group.as_ref().iter().map(|item| numbers[item]))).collect();
        let mut kinds = vec![Item::default(); numbers.len()];
        numbers.into_iter().for_each(|(item, number)| kinds[number] = item.clone());
        let precision = pairs(&kinds, |item| &item.clusters, |item| &item.categories);
        let recall = pairs(&kinds, |item| &item.categories, |item| &item.clusters);
        Self { kinds, groups, precision, recall }
    }

    /// The figures of the items in a sample of groups: see [`bcubed`].
    ///
    /// # Panics
    /// If the sample names a group that is not there.
    pub fn bcubed(&self, sample: &[usize]) -> BCubed {
        let mut weights = vec![0; self.kinds.len()];
        for &(kind, count) in sample.iter().flat_map(|&group| &self.groups[group]) {
            weights[kind] += count;
        }
        if let Some(reason) = self.fault(&weights) {
            let none = Figure::NotComputable(reason);
            return BCubed { precision: none, recall: none, f: none };
        }
        let precision = mean(&self.precision, &weights, Reason::NothingFound);
        let recall = mean(&self.recall, &weights, Reason::NothingInGold);
        BCubed { precision, recall, f: harmonic(precision, recall) }
    }

    /// Why gold asks nothing of a clustering of these items, if so.
    fn fault(&self, weights: &[u64]) -> Option<Reason> {
        let mut sizes: BTreeMap<usize, u64> = BTreeMap::new();
        let mut categories: Option<&[usize]> = None;
        let mut differ = false;
        for (item, &weight) in self.kinds.iter().zip(weights).filter(|(_, weight)| **weight > 0) {
            item.categories.iter().for_each(|&category| *sizes.entry(category).or_default() += weight);
            differ |= *categories.get_or_insert(&item.categories) != item.categories;
        }
        match categories {
            None => Some(Reason::NoItems),
            _ if sizes.is_empty() => Some(Reason::NothingInGold),
            _ if !differ => Some(Reason::OneCategory),
            _ if sizes.values().all(|&size| size == 1) => Some(Reason::SingletonsOnly),
            _ => None,
        }
    }
}

/// How often each number occurs.
fn tally(numbers: impl Iterator<Item = usize>) -> Vec<(usize, u64)> {
    let mut counts = BTreeMap::new();
    numbers.for_each(|number| *counts.entry(number).or_default() += 1);
    counts.into_iter().collect()
}

/// For each kind those that share something of `from` with it, and how much of that they also share of `to`.
fn pairs(kinds: &[Item], from: fn(&Item) -> &[usize], to: fn(&Item) -> &[usize]) -> Vec<Vec<(usize, f64)>> {
    let ratio = |one: &Item, other: &Item| {
        let shared = common(from(one), from(other));
        (shared > 0).then(|| shared.min(common(to(one), to(other))) as f64 / shared as f64)
    };
    let row = |one: &Item| {
        let ratios = kinds.iter().enumerate().filter_map(|(other, item)| Some((other, ratio(one, item)?)));
        ratios.collect()
    };
    kinds.iter().map(row).collect()
}

/// How many ids two sorted lists share.
fn common(first: &[usize], second: &[usize]) -> usize {
    first.iter().filter(|id| second.binary_search(id).is_ok()).count()
}

/// The weighted mean of the kinds' own means, over the kinds that share something at least with themselves.
fn mean(pairs: &[Vec<(usize, f64)>], weights: &[u64], reason: Reason) -> Figure {
    let (mut sum, mut items) = (0.0, 0.0);
    for (row, &weight) in pairs.iter().zip(weights).filter(|(row, weight)| **weight > 0 && !row.is_empty()) {
        let (mut shared, mut good) = (0.0, 0.0);
        for &(other, ratio) in row {
            shared += weights[other] as f64;
            good += weights[other] as f64 * ratio;
        }
        sum += weight as f64 * good / shared;
        items += weight as f64;
    }
    Figure::ratio(sum, items, reason)
}

/// Harmonic mean; 0 where both are 0.
fn harmonic(precision: Figure, recall: Figure) -> Figure {
    match (precision, recall) {
        (Figure::Value(0.0), Figure::Value(0.0)) => Figure::Value(0.0),
        (Figure::Value(p), Figure::Value(r)) => Figure::Value(2.0 * p * r / (p + r)),
        (Figure::Value(_), missing) | (missing, _) => missing,
    }
}
