//! Are statements cut where a person cuts them: boundaries within turns, WindowDiff, and units matched by overlap.

use std::collections::BTreeSet;

use super::{Counts, Figure, Reason, Share};
use crate::text::ByteSpan;

/// Where the units of a turn end, but the last: the cuts that somebody had to decide on.
///
/// Empty for a turn of one unit or none.
///
/// ```
/// use ringwerk::evaluate::inner_ends;
/// use ringwerk::text::ByteSpan;
/// assert_eq!(inner_ends(&[ByteSpan::new(0, 5), ByteSpan::new(6, 9), ByteSpan::new(10, 30)]), [5, 9]);
/// ```
pub fn inner_ends(units: &[ByteSpan]) -> Vec<usize> {
    units.split_last().map_or_else(Vec::new, |(_, inner)| inner.iter().map(|unit| unit.end).collect())
}

/// Compares the inner unit ends of one turn; precision, recall and F1 of the boundaries are those of the [`Counts`].
///
/// The end of a turn is given by the transcript, nobody has to find it, so it must not be among the ends: give what
/// [`inner_ends`] gives. A boundary counts where it stands at exactly the same place. The counts of turns add up; where
/// no turn has an inner boundary in either division, F1 is not computable.
///
/// ```
/// use ringwerk::evaluate::boundary_counts;
/// let counts = boundary_counts(&[5, 9], &[5, 7]);
/// assert_eq!((counts.hits, counts.false_alarms, counts.misses), (1, 1, 1));
/// assert_eq!(boundary_counts(&[], &[]).f1().value(), None);
/// ```
pub fn boundary_counts(gold: &[usize], found: &[usize]) -> Counts {
    let gold: BTreeSet<_> = gold.iter().collect();
    let found: BTreeSet<_> = found.iter().collect();
    let hits = gold.intersection(&found).count() as u64;
    Counts { hits, false_alarms: found.len() as u64 - hits, misses: gold.len() as u64 - hits }
}

/// WindowDiff of two divisions of one text, in [0, 1]; 0 is full agreement.
///
/// The divisions are the lengths of their segments in words (or any other atoms). A window of k atoms slides over the
/// text; the figure is the share of places where the two divisions have different numbers of boundaries inside it. k
/// is half the mean length of the *reference* segments, rounded (halves up), at least 1. Near misses cost less than
/// with boundary F1. Not symmetric, since k comes from the reference. Not computable where the lengths do not sum up to
/// the same, without words, and where the text is not longer than the window.
/// Source: Pevzner and Hearst, *A critique and improvement of an evaluation metric for text segmentation*,
/// Computational Linguistics 28(1), 2002.
///
/// ```
/// use ringwerk::evaluate::{Reason, window_diff};
/// assert_eq!(window_diff(&[4, 4, 4], &[4, 4, 4]).value(), Some(0.0));
/// assert_eq!(window_diff(&[4, 4, 4], &[5, 3, 4]).value(), Some(0.2)); // k = 2: 2 of 10 windows
/// assert_eq!(window_diff(&[4], &[5]).reason(), Some(Reason::DifferentTexts));
/// ```
pub fn window_diff(gold: &[usize], found: &[usize]) -> Figure {
    let Some(length) = window_length(gold) else {
        return Figure::NotComputable(Reason::NoItems);
    };
    match windows(gold, found, length) {
        None => Figure::NotComputable(Reason::DifferentTexts),
        Some(Share { whole: 0, .. }) => Figure::NotComputable(Reason::TooShort),
        Some(share) => share.figure(),
    }
}

/// Half the mean length of the reference segments, rounded (halves up), at least 1. `None` where there is no text.
///
/// ```
/// use ringwerk::evaluate::window_length;
/// assert_eq!((window_length(&[4, 6, 8]), window_length(&[1, 1]), window_length(&[])), (Some(3), Some(1), None));
/// ```
pub fn window_length(gold: &[usize]) -> Option<usize> {
    let lengths = gold.iter().filter(|&&length| length > 0);
    let (count, atoms) = lengths.fold((0, 0), |(count, atoms), length| (count + 1, atoms + length));
    (atoms > 0).then(|| ((atoms as f64 / (2 * count) as f64).round() as usize).max(1))
}

/// How many windows of `length` atoms disagree, of all. `None` where the lengths do not sum up to the same.
///
/// For figures over many texts: take one window length for all, and add the shares up.
///
/// ```
/// use ringwerk::evaluate::{Share, windows};
/// assert_eq!(windows(&[2, 2], &[4], 1), Some(Share { part: 1, whole: 3 }));
/// ```
pub fn windows(gold: &[usize], found: &[usize], length: usize) -> Option<Share> {
    let gold = boundaries_before(gold);
    let found = boundaries_before(found);
    if gold.len() != found.len() {
        return None;
    }
    let inside = |before: &[usize], start: usize| before[start + length] - before[start];
    let starts = 0..gold.len().saturating_sub(length);
    Some(starts.map(|start| inside(&gold, start) != inside(&found, start)).collect())
}

/// For each atom, how many boundaries lie before it.
fn boundaries_before(lengths: &[usize]) -> Vec<usize> {
    let segments = lengths.iter().filter(|&&length| length > 0).enumerate();
    segments.flat_map(|(segment, &length)| std::iter::repeat_n(segment, length)).collect()
}

/// Which found unit shares most text with each gold unit: its index, or `None` where none shares any.
///
/// Both lists must be in order and their units must not overlap among themselves, as with statements. Of two with the
/// same overlap the earlier one is taken. One found unit may belong to several gold units.
///
/// ```
/// use ringwerk::evaluate::align;
/// use ringwerk::text::ByteSpan;
/// let gold = [ByteSpan::new(0, 10), ByteSpan::new(11, 20), ByteSpan::new(21, 30)];
/// let found = [ByteSpan::new(0, 13), ByteSpan::new(14, 20)];
/// assert_eq!(align(&gold, &found), [Some(0), Some(1), None]);
/// ```
pub fn align(gold: &[ByteSpan], found: &[ByteSpan]) -> Vec<Option<usize>> {
    gold.iter().map(|unit| most_common(unit, found)).collect()
}

fn most_common(unit: &ByteSpan, found: &[ByteSpan]) -> Option<usize> {
    let first = found.partition_point(|other| other.end <= unit.start);
    let touching = found.iter().enumerate().skip(first).take_while(|(_, other)| other.start < unit.end);
    let overlaps =
        touching.map(|(index, other)| (index, unit.end.min(other.end).saturating_sub(unit.start.max(other.start))));
    // `max_by_key` takes the last of equals, so the list is walked from its end.
    let mut overlaps: Vec<_> = overlaps.filter(|&(_, overlap)| overlap > 0).collect();
    overlaps.reverse();
    overlaps.into_iter().max_by_key(|&(_, overlap)| overlap).map(|(index, _)| index)
}
