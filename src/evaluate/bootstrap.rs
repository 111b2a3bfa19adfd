//! How much a figure would change with other interviews: percentile bootstrap over groups.

use std::ops::AddAssign;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::Serialize;

/// Where a figure lies in 95 of 100 samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// 2.5 % of the samples lie below.
    pub low: f64,
    /// 2.5 % of the samples lie above.
    pub high: f64,
    /// How many samples had a figure at all.
    pub samples: usize,
}

/// 95 % percentile interval of `statistic` over `samples` samples, each drawing `groups` groups with replacement.
///
/// Statements of one interview resemble each other, so interviews are drawn, never statements. `statistic` gets the
/// drawn groups, as indices below `groups` with repetition, and answers `None` where its figure cannot be computed;
/// such samples are left out. Percentiles are interpolated linearly between neighbours (type 7 of Hyndman and Fan,
/// 1996).
///
/// `None` with fewer than two groups, without samples, and where fewer than half of them have a figure: an interval of
/// the others would look better than it is. With few groups (below about ten) it is too narrow. For figures of
/// clusterings it is only a rough guide: an interview that is drawn twice agrees with itself.
///
/// The same seed gives the same interval on every machine and with any number of threads: each sample has a ChaCha
/// stream of its own. Source: Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13; drawing whole
/// groups: Davison and Hinkley, *Bootstrap Methods and their Application*, 1997, section 3.8.
///
/// ```
/// use ringwerk::evaluate::{Counts, interval, total};
/// // Counted once for each interview, then only added up.
/// let interviews: Vec<Counts> = (0..20).map(|n| Counts { hits: 10 + n, false_alarms: n, misses: 5 }).collect();
/// let f1 = |drawn: &[usize]| total(&interviews, drawn)?.f1().value();
/// let found = interval(20, 500, 1, f1).unwrap();
/// assert!(found.low < f1(&(0..20).collect::<Vec<_>>()).unwrap() && found.high < 1.0);
/// assert_eq!(interval(20, 500, 1, f1), Some(found));
/// assert_eq!(interval(1, 500, 1, f1), None);
/// ```
pub fn interval(
    groups: usize,
    samples: usize,
    seed: u64,
    statistic: impl Fn(&[usize]) -> Option<f64> + Sync,
) -> Option<Interval> {
    if groups < 2 {
        return None;
    }
    let figure = |sample| statistic(&draw(groups, seed, sample)).filter(|figure| figure.is_finite());
    percentile_interval((0..samples).into_par_iter().filter_map(figure).collect(), samples)
}

/// The middle 95 % of the figures that `samples` samples gave; `None` where fewer than half of them gave one.
pub(super) fn percentile_interval(mut figures: Vec<f64>, samples: usize) -> Option<Interval> {
    figures.sort_by(f64::total_cmp);
    let enough = !figures.is_empty() && 2 * figures.len() >= samples;
    enough.then(|| Interval { low: quantile(&figures, 0.025), high: quantile(&figures, 0.975), samples: figures.len() })
}

/// What the groups of a sample add up to. `None` for an empty sample.
///
/// # Panics
/// If the sample names a part that is not there.
///
/// ```
/// use ringwerk::evaluate::{Share, total};
/// let parts = [Share { part: 1, whole: 2 }, Share { part: 0, whole: 3 }];
/// assert_eq!(total(&parts, &[0, 0, 1]), Some(Share { part: 2, whole: 7 }));
/// ```
pub fn total<T: Clone + for<'a> AddAssign<&'a T>>(parts: &[T], sample: &[usize]) -> Option<T> {
    let (&first, others) = sample.split_first()?;
    let mut sum = parts[first].clone();
    others.iter().for_each(|&other| sum += &parts[other]);
    Some(sum)
}

/// The groups of one sample.
pub(super) fn draw(groups: usize, seed: u64, sample: usize) -> Vec<usize> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(sample as u64);
    (0..groups).map(|_| random.random_range(0..groups)).collect()
}

/// The value below which this share of sorted values lies.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = sorted[place.floor() as usize];
    below + (sorted[place.ceil() as usize] - below) * place.fract()
}
