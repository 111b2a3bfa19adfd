//! Vectors to groups.

use kodama::{Method, linkage};

use crate::vectors::{Vectors, dot};

/// How many jobs a project has by the manual.
const EXPECTED: std::ops::RangeInclusive<usize> = 4..=8;
/// No group is meant to be smaller than this on average.
const SMALLEST: usize = 5;
/// The dendrogram needs memory with the square of its points; beyond this many, an even sample is grouped and the rest
/// joins the nearest group.
const SAMPLE: usize = 3000;

/// A group for each point, numbered from 0; the fewest groups (4 to 8, fewer for few points) that separate as well as the best
/// number does by the simplified silhouette, give or take one standard error of it. Empty for no point.
///
/// Source of the criterion: E. Hruschka et al., Evolving clusters in gene-expression data, 2006 (distances to centres
/// instead of all pairs); of the standard error: L. Breiman et al., Classification and regression trees, 1984.
pub(super) fn groups(points: &Vectors) -> Vec<usize> {
    let step = points.len().div_ceil(SAMPLE).max(1);
    let sample: Vec<usize> = (0..points.len()).step_by(step).collect();
    let most = (sample.len() / SMALLEST).clamp(1, *EXPECTED.end());
    let least = most.min(*EXPECTED.start());
    if sample.len() < 2 {
        return vec![0; points.len()];
    }
    let merges = dendrogram(points, &sample);
    let candidates = (least..=most).map(|count| nearest_centres(points, &centres(points, &sample, &merges, count)));
    let mut groupings: Vec<Vec<usize>> = candidates.collect();
    let silhouettes: Vec<Silhouette> = groupings.iter().map(|groups| silhouette(points, groups)).collect();
    groupings.swap_remove(first_as_good(&silhouettes))
}

/// The points of each group, in order.
pub(super) fn members(groups: &[usize]) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); groups.iter().max().map_or(0, |last| last + 1)];
    groups.iter().enumerate().for_each(|(point, &group)| members[group].push(point));
    members
}

/// The first that is as good as the best, give or take one standard error of it.
fn first_as_good(silhouettes: &[Silhouette]) -> usize {
    let best = silhouettes.iter().reduce(|best, next| if next.mean > best.mean { next } else { best });
    silhouettes.iter().position(|one| best.is_some_and(|best| one.mean >= best.mean - best.error)).unwrap_or(0)
}

/// The pairs that average linkage joins, in its order; numbers from `sample.len()` on are joined pairs.
fn dendrogram(points: &Vectors, sample: &[usize]) -> Vec<(usize, usize)> {
    let mut distances = Vec::with_capacity(sample.len() * (sample.len() - 1) / 2);
    for (position, &left) in sample.iter().enumerate() {
        for &right in &sample[position + 1..] {
            distances.push(1.0 - dot(points.row(left), points.row(right)));
        }
    }
    let dendrogram = linkage(&mut distances, sample.len(), Method::Average);
    dendrogram.steps().iter().map(|step| (step.cluster1, step.cluster2)).collect()
}

/// The centres of the groups that remain when all but the last `count - 1` joins are made.
fn centres(points: &Vectors, sample: &[usize], merges: &[(usize, usize)], count: usize) -> Vectors {
    let mut members: Vec<Vec<usize>> = sample.iter().map(|&index| vec![index]).collect();
    for &(left, right) in &merges[..sample.len() - count] {
        let mut joined = std::mem::take(&mut members[left]);
        joined.append(&mut members[right]);
        members.push(joined);
    }
    let mut centres = Vectors::empty(points.dimensions());
    for group in members.iter().filter(|group| !group.is_empty()) {
        centres.push(&points.centre(group));
    }
    centres
}

/// The nearest centre of each point, numbered from 0 without gaps.
fn nearest_centres(points: &Vectors, centres: &Vectors) -> Vec<usize> {
    let nearest = |point: &[f32]| {
        let similar = centres.rows().map(|centre| dot(centre, point)).enumerate();
        similar.reduce(|best, next| if next.1 > best.1 { next } else { best }).map_or(0, |best| best.0)
    };
    let chosen: Vec<usize> = points.rows().map(nearest).collect();
    // A centre may be nearest to no point, not even to those that it was made of.
    let mut used = chosen.clone();
    used.sort_unstable();
    used.dedup();
    chosen.into_iter().map(|centre| used.partition_point(|&before| before < centre)).collect()
}

/// How much nearer the own centre is than the next one, in [-1, 1].
#[derive(Debug, Clone, Copy)]
struct Silhouette {
    /// Over all points.
    mean: f32,
    /// Standard error of the mean.
    error: f32,
}

fn silhouette(points: &Vectors, groups: &[usize]) -> Silhouette {
    let centres: Vec<Vec<f32>> = members(groups).iter().map(|group| points.centre(group)).collect();
    let width = |(point, &own): (&[f32], &usize)| {
        let to = |group: usize| distance(point, &centres[group]);
        let next = (0..centres.len()).filter(|&group| group != own).map(to).fold(f32::INFINITY, f32::min);
        if next.is_finite() { (next - to(own)) / next.max(to(own)).max(f32::EPSILON) } else { 0.0 }
    };
    let widths: Vec<f32> = points.rows().zip(groups).map(width).collect();
    let mean = widths.iter().sum::<f32>() / widths.len() as f32;
    let variance = widths.iter().map(|width| (width - mean).powi(2)).sum::<f32>() / widths.len() as f32;
    Silhouette { mean, error: (variance / widths.len() as f32).sqrt() }
}

/// Euclidean distance of two rows of length one.
fn distance(left: &[f32], right: &[f32]) -> f32 {
    (2.0 - 2.0 * dot(left, right)).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::normalise;

    /// `count` directions, `size` points near each.
    fn bundles(count: usize, size: usize) -> Vectors {
        let mut points = Vectors::empty(16);
        for index in 0..count * size {
            let mut row = vec![0.0; 16];
            row[index % count] = 1.0;
            row[15] = 0.1 * (index / count) as f32 / size as f32;
            normalise(&mut row);
            points.push(&row);
        }
        points
    }

    #[test]
    fn bundles_are_found_whatever_their_number() {
        for count in 4..=8 {
            let found = groups(&bundles(count, 12));
            for index in 0..found.len() {
                assert_eq!(found[index], found[index % count], "{count} bundles: {found:?}");
            }
            assert_eq!(found.iter().max(), Some(&(count - 1)));
        }
    }

    #[test]
    fn of_numbers_that_are_as_good_the_fewest_groups_are_taken() {
        let silhouettes = |means: [f32; 4]| means.map(|mean| Silhouette { mean, error: 0.02 });
        assert_eq!(first_as_good(&silhouettes([0.50, 0.52, 0.51, 0.53])), 1);
        assert_eq!(first_as_good(&silhouettes([0.50, 0.52, 0.51, 0.58])), 3);
        assert_eq!(first_as_good(&silhouettes([0.53, 0.52, 0.51, 0.50])), 0);
    }

    #[test]
    fn a_centre_that_no_point_is_nearest_to_makes_no_group() {
        let points = Vectors::from_values(2, vec![1.0, 0.0, 0.0, 1.0]).unwrap();
        let centres = Vectors::from_values(2, vec![1.0, 0.0, -1.0, 0.0, 0.0, 1.0]).unwrap();
        assert_eq!(nearest_centres(&points, &centres), [0, 1]);
    }

    #[test]
    fn few_points_need_no_special_care() {
        assert!(groups(&Vectors::empty(16)).is_empty());
        for size in 1..8 {
            assert_eq!(groups(&bundles(1, size)), vec![0; size]);
        }
    }

    #[test]
    fn beyond_the_sample_every_point_still_has_a_group() {
        let found = groups(&bundles(5, 1300));
        assert_eq!(found.len(), 6500);
        assert!((0..found.len()).all(|index| found[index] == found[index % 5]));
    }
}
