//! How far two codings of one item are apart, from 0 (the same) to 1.

use super::LabelSet;

/// 0 where both are the same, else 1.
///
/// ```
/// use ringwerk::evaluate::nominal;
/// assert_eq!((nominal(&'a', &'a'), nominal(&'a', &'b')), (0.0, 1.0));
/// ```
pub fn nominal<T: PartialEq>(first: &T, second: &T) -> f64 {
    if first == second { 0.0 } else { 1.0 }
}

/// 1 − common labels / all labels of both, in [0, 1].
///
/// Two empty sets are the same coding ("not coded"): distance 0. An empty and another set: 1.
/// Source: Jaccard, *The distribution of the flora in the alpine zone*, New Phytologist 11, 1912.
///
/// ```
/// use ringwerk::evaluate::{LabelSet, jaccard};
/// let set = |labels: &[usize]| labels.iter().copied().collect::<LabelSet>();
/// assert_eq!(jaccard(&set(&[0, 1]), &set(&[1])), 0.5);
/// assert_eq!(jaccard(&set(&[]), &set(&[])), 0.0);
/// ```
pub fn jaccard(first: &LabelSet, second: &LabelSet) -> f64 {
    1.0 - similarity(*first, *second)
}

/// Measuring Agreement on Set-valued Items: Jaccard, but milder where one set holds the other, in [0, 1].
///
/// 1 − J·M with J = common / all labels, and M = 1 for equal sets, 2/3 where one holds the other, 1/3 where they
/// overlap, 0 where they share nothing. (Older versions of NLTK round the thirds to 0.67 and 0.33.) Two empty sets: 0;
/// an empty and another: 1. Source: Passonneau, *Measuring agreement on set-valued items (MASI) for semantic and
/// pragmatic annotation*, LREC 2006.
///
/// ```
/// use ringwerk::evaluate::{LabelSet, masi};
/// let set = |labels: &[usize]| labels.iter().copied().collect::<LabelSet>();
/// assert!((masi(&set(&[0, 1]), &set(&[1])) - 2.0 / 3.0).abs() < 1e-12);
/// assert_eq!(masi(&set(&[0]), &set(&[])), 1.0);
/// ```
pub fn masi(first: &LabelSet, second: &LabelSet) -> f64 {
    1.0 - similarity(*first, *second) * monotonicity(*first, *second)
}

fn similarity(first: LabelSet, second: LabelSet) -> f64 {
    let all = first.union(second).len();
    if all == 0 { 1.0 } else { first.intersection(second).len() as f64 / all as f64 }
}

fn monotonicity(first: LabelSet, second: LabelSet) -> f64 {
    let common = first.intersection(second);
    if first == second {
        1.0
    } else if common == first || common == second {
        2.0 / 3.0
    } else if common.is_empty() {
        0.0
    } else {
        1.0 / 3.0
    }
}
