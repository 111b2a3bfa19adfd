//! Are clusters what a person would put together: adjusted Rand index, adjusted mutual information, V-measure, purity.
//!
//! All but [`unassigned`] read a [`Table`]: rows are gold categories, columns are clusters. Items that the engine put
//! nowhere need a column too: [`singletons`] gives each its own. Take one table for each set of items that was
//! clustered at once: pooling several would reward the engine for telling projects apart, which it was told. None of
//! these figures can be computed where gold has one category only or only categories of one item: then there is nothing
//! to put together or to keep apart.

use super::{Figure, Reason, Share, Table};

/// A clustering as most figures here need it: item `i` is in cluster `singletons(…)[i]`.
///
/// Clusters keep their order and are numbered from 0; every item that is in none gets a cluster of its own behind them.
///
/// ```
/// assert_eq!(ringwerk::evaluate::singletons(&[Some(7), None, Some(2), None, Some(7)]), [1, 2, 0, 3, 1]);
/// ```
pub fn singletons(assigned: &[Option<usize>]) -> Vec<usize> {
    let mut known: Vec<usize> = assigned.iter().flatten().copied().collect();
    known.sort_unstable();
    known.dedup();
    let mut free = known.len()..;
    // A cluster that is there is found, and numbers never run out.
    assigned
        .iter()
        .filter_map(|cluster| cluster.map_or_else(|| free.next(), |id| known.binary_search(&id).ok()))
        .collect()
}

/// How many items are in no cluster.
///
/// ```
/// let share = ringwerk::evaluate::unassigned(&[Some(0), None, Some(1), None]);
/// assert_eq!(share.figure().value(), Some(0.5));
/// ```
pub fn unassigned(assigned: &[Option<usize>]) -> Share {
    assigned.iter().map(Option::is_none).collect()
}

/// Adjusted Rand index: agreement on which pairs of items belong together, corrected for chance; in [-0.5, 1].
///
/// 1 is the same grouping, 0 what chance gives; symmetric. Not computable: see the head of this module.
/// Source: Hubert and Arabie, *Comparing partitions*, Journal of Classification 2, 1985.
///
/// ```
/// use ringwerk::evaluate::{Reason, Table, adjusted_rand};
/// assert_eq!(adjusted_rand(&Table::from_rows([[0, 3], [2, 0]])).value(), Some(1.0));
/// assert_eq!(adjusted_rand(&Table::from_rows([[2, 3]])).reason(), Some(Reason::OneCategory));
/// ```
pub fn adjusted_rand(table: &Table) -> Figure {
    let pairs = |counts: &[u64]| counts.iter().map(|&count| choose_two(count)).sum::<f64>();
    let rand = |gold: Vec<u64>| {
        let (first, second) = (pairs(&gold), pairs(&table.column_sums()));
        let common: f64 = table.cells().map(|(_, _, count)| choose_two(count)).sum();
        let expected = first * second / choose_two(table.total());
        (common - expected) / ((first + second) / 2.0 - expected)
    };
    gold_sizes(table).map(rand).into()
}

/// Adjusted mutual information: what a cluster tells about the category, corrected for chance; at most 1.
///
/// (I − E) / (mean of both entropies − E), with the mutual information I and its expectation E over random groupings of
/// the same sizes; arithmetic mean, natural logarithm. 1 is the same grouping, 0 what chance gives; symmetric.
/// Not computable: see the head of this module.
/// Source: Vinh, Epps and Bailey, *Information theoretic measures for clusterings comparison*, JMLR 11, 2010.
///
/// ```
/// use ringwerk::evaluate::{Table, adjusted_mutual_information};
/// let same = adjusted_mutual_information(&Table::from_rows([[0, 3], [2, 0]]));
/// assert!((same.value().unwrap() - 1.0).abs() < 1e-12);
/// ```
pub fn adjusted_mutual_information(table: &Table) -> Figure {
    let adjusted = |gold: Vec<u64>| {
        let clusters = table.column_sums();
        let expected = expected_information(&gold, &clusters);
        let mean = (entropy(&gold) + entropy(&clusters)) / 2.0;
        (information(table) - expected) / (mean - expected)
    };
    gold_sizes(table).map(adjusted).into()
}

/// How far each cluster holds one category only, in [0, 1]: 1 − H(category | cluster) / H(category).
///
/// Rises with the number of clusters, so read it beside [`adjusted_mutual_information`].
/// Not computable: see the head of this module.
/// Source: Rosenberg and Hirschberg, *V-measure*, EMNLP-CoNLL 2007.
///
/// ```
/// use ringwerk::evaluate::{Table, homogeneity};
/// assert_eq!(homogeneity(&Table::from_rows([[2, 2], [1, 1]])).value(), Some(0.0));
/// ```
pub fn homogeneity(table: &Table) -> Figure {
    gold_sizes(table).map(|gold| information(table) / entropy(&gold)).into()
}

/// How far each category lies in one cluster, in [0, 1]: 1 − H(cluster | category) / H(cluster).
///
/// Not computable where there is one cluster only (0/0), and else as at the head of this module.
/// Source: Rosenberg and Hirschberg 2007.
///
/// ```
/// use ringwerk::evaluate::{Reason, Table, completeness};
/// assert_eq!(completeness(&Table::from_rows([[2, 0], [0, 3]])).value(), Some(1.0));
/// assert_eq!(completeness(&Table::from_rows([[2], [3]])).reason(), Some(Reason::OneCluster));
/// ```
pub fn completeness(table: &Table) -> Figure {
    match gold_sizes(table) {
        Ok(_) => Figure::ratio(information(table), entropy(&table.column_sums()), Reason::OneCluster),
        Err(reason) => Figure::NotComputable(reason),
    }
}

/// Harmonic mean of [`homogeneity`] and [`completeness`], in [0, 1]; symmetric.
///
/// Equals the mutual information over the mean of both entropies, which is 0 for one cluster only. Not corrected for
/// chance. Not computable: see the head of this module.
/// Source: Rosenberg and Hirschberg 2007.
///
/// ```
/// use ringwerk::evaluate::{Table, v_measure};
/// assert_eq!(v_measure(&Table::from_rows([[2, 0], [0, 3]])).value(), Some(1.0));
/// ```
pub fn v_measure(table: &Table) -> Figure {
    let v = |gold: Vec<u64>| 2.0 * information(table) / (entropy(&gold) + entropy(&table.column_sums()));
    gold_sizes(table).map(v).into()
}

/// For each cluster the share of its most frequent category, in (0, 1].
///
/// Not computable for an empty cluster, for a cluster of one item, and where gold has one category only: each of them
/// would be 1 whatever the engine did. Source: Zhao and Karypis, *Criterion functions for document clustering*, 2001.
///
/// ```
/// use ringwerk::evaluate::{Reason, Table, purities};
/// let purities = purities(&Table::from_rows([[3, 0, 1], [1, 0, 0]]));
/// assert_eq!(purities[0].value(), Some(0.75));
/// assert_eq!((purities[1].reason(), purities[2].reason()), (Some(Reason::NoItems), Some(Reason::SingletonsOnly)));
/// ```
pub fn purities(table: &Table) -> Vec<Figure> {
    let one_category = table.row_sums().into_iter().filter(|&size| size > 0).count() == 1;
    let largest = |column: usize| (0..table.rows()).map(|row| table.get(row, column)).max().unwrap_or(0);
    let purity = |(column, size): (usize, u64)| match size {
        0 => Figure::NotComputable(Reason::NoItems),
        1 => Figure::NotComputable(Reason::SingletonsOnly),
        _ if one_category => Figure::NotComputable(Reason::OneCategory),
        _ => Figure::Value(largest(column) as f64 / size as f64),
    };
    table.column_sums().into_iter().enumerate().map(purity).collect()
}

/// The sizes of the gold categories, where they ask anything of a clustering.
fn gold_sizes(table: &Table) -> Result<Vec<u64>, Reason> {
    let sizes: Vec<u64> = table.row_sums().into_iter().filter(|&size| size > 0).collect();
    match sizes.len() {
        0 => Err(Reason::NoItems),
        1 => Err(Reason::OneCategory),
        _ if sizes.iter().all(|&size| size == 1) => Err(Reason::SingletonsOnly),
        _ => Ok(sizes),
    }
}

fn choose_two(count: u64) -> f64 {
    count as f64 * (count as f64 - 1.0) / 2.0
}

/// Entropy of a grouping with these sizes, in nats.
fn entropy(sizes: &[u64]) -> f64 {
    let total = sizes.iter().sum::<u64>() as f64;
    let share = |&size: &u64| size as f64 / total;
    sizes.iter().filter(|&&size| size > 0).map(share).map(|share| -share * share.ln()).sum()
}

/// Mutual information of rows and columns, in nats.
fn information(table: &Table) -> f64 {
    let total = table.total() as f64;
    let (rows, columns) = (table.row_sums(), table.column_sums());
    let term = |(row, column, count): (usize, usize, u64)| {
        let count = count as f64;
        count / total * (count * total / (rows[row] as f64 * columns[column] as f64)).ln()
    };
    let sum: f64 = table.cells().filter(|&(_, _, count)| count > 0).map(term).sum();
    sum.max(0.0) // rounding may leave it a little below
}

/// What mutual information random groupings of these sizes have on average (Vinh et al. 2010, formula 24a).
fn expected_information(rows: &[u64], columns: &[u64]) -> f64 {
    let total = rows.iter().sum::<u64>() as usize;
    let factorials = log_factorials(total);
    let mut sum = 0.0;
    for &row in rows {
        for &column in columns {
            sum += expected_term(row as usize, column as usize, total, &factorials);
        }
    }
    sum
}

/// One cell's part: its terms over all counts it may have, weighted by the hypergeometric distribution.
fn expected_term(row: usize, column: usize, total: usize, ln: &[f64]) -> f64 {
    let fixed = ln[row] + ln[column] + ln[total - row] + ln[total - column] - ln[total];
    let smallest = (row + column).saturating_sub(total).max(1);
    let expected = row as f64 * column as f64 / total as f64;
    let term = |count: usize| {
        let weight = fixed - ln[count] - ln[row - count] - ln[column - count] - ln[total + count - row - column];
        count as f64 / total as f64 * (count as f64 / expected).ln() * weight.exp()
    };
    (smallest..=row.min(column)).map(term).sum()
}

/// ln 0!, ln 1!, … ln `last`!
fn log_factorials(last: usize) -> Vec<f64> {
    let mut sum = 0.0;
    let later = (1..=last).map(|number| {
        sum += (number as f64).ln();
        sum
    });
    std::iter::once(0.0).chain(later).collect()
}
