//! What holds for any coding: identical ones agree fully, order and names of coders and labels change nothing, bounds.

use proptest::prelude::*;
use ringwerk::evaluate::*;
use ringwerk::text::ByteSpan;

/// Pairs of categories below `size`.
fn pairs(size: usize) -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..size, 0..size), 0..40)
}

/// A set of at most two of six labels, as rings are.
fn labels() -> impl Strategy<Value = LabelSet> {
    prop::collection::vec(0..6usize, 0..3).prop_map(LabelSet::from_iter)
}

/// Units of three coders with values missing.
fn units() -> impl Strategy<Value = Vec<Unit<LabelSet>>> {
    prop::collection::vec(prop::collection::vec(prop::option::of(labels()), 3), 0..20)
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let ids = || prop::collection::vec(0..4usize, 0..3);
    prop::collection::vec((ids(), ids()).prop_map(|(clusters, gold)| Item::new(clusters, gold)), 0..20)
}

fn predictions() -> impl Strategy<Value = Vec<Prediction>> {
    let one =
        (0..=20u8, any::<bool>()).prop_filter_map("in range", |(p, right)| Prediction::new(f64::from(p) / 20.0, right));
    prop::collection::vec(one, 0..40)
}

fn swapped(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    pairs.iter().map(|&(first, second)| (second, first)).collect()
}

/// The same codings under other names: a rotation of the categories.
fn renamed(pairs: &[(usize, usize)], size: usize) -> Vec<(usize, usize)> {
    pairs.iter().map(|&(first, second)| ((first + 2) % size, (second + 2) % size)).collect()
}

fn table(size: usize, pairs: &[(usize, usize)]) -> Table {
    Table::count(size, size, pairs.iter().copied())
}

/// Both without a number, or the same number but for rounding.
fn same(first: Figure, second: Figure) -> bool {
    match (first.value(), second.value()) {
        (Some(first), Some(second)) => (first - second).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    }
}

/// No number, or one within the bounds.
fn within(figure: Figure, low: f64, high: f64) -> bool {
    figure.value().is_none_or(|value| value >= low - 1e-9 && value <= high + 1e-9)
}

fn one_or_none(figure: Figure) -> bool {
    within(figure, 1.0, 1.0)
}

type Measure = fn(&Table) -> Figure;

const AGREEMENT: [Measure; 2] = [cohens_kappa, gwets_ac1];
const GROUPING: [Measure; 5] = [adjusted_rand, adjusted_mutual_information, homogeneity, completeness, v_measure];
const DISTANCES: [fn(&LabelSet, &LabelSet) -> f64; 3] = [nominal, jaccard, masi];

proptest! {
    #[test]
    fn two_coders(pairs in pairs(5)) {
        let given = table(5, &pairs);
        let identical = table(5, &pairs.iter().map(|&(first, _)| (first, first)).collect::<Vec<_>>());
        for coefficient in AGREEMENT {
            let figure = coefficient(&given);
            prop_assert!(within(figure, -1.0, 1.0));
            prop_assert!(one_or_none(coefficient(&identical)));
            prop_assert!(same(figure, coefficient(&table(5, &swapped(&pairs)))));
            prop_assert!(same(figure, coefficient(&table(5, &renamed(&pairs, 5)))));
        }
    }

    #[test]
    fn groupings(pairs in pairs(5)) {
        let given = table(5, &pairs);
        let identical = table(5, &pairs.iter().map(|&(first, _)| (first, (first + 1) % 5)).collect::<Vec<_>>());
        for measure in GROUPING {
            prop_assert!(within(measure(&given), -1.0, 1.0));
            prop_assert!(one_or_none(measure(&identical)));
            prop_assert!(same(measure(&given), measure(&table(5, &renamed(&pairs, 5)))));
        }
        for measure in [homogeneity, completeness, v_measure] {
            prop_assert!(within(measure(&given), 0.0, 1.0));
        }
        prop_assert!(purities(&given).into_iter().all(|purity| within(purity, 0.0, 1.0)));
    }

    #[test]
    fn groupings_swapped(pairs in pairs(4)) {
        let (given, other) = (table(4, &pairs), table(4, &swapped(&pairs)));
        let mirrors: [Measure; 5] = [adjusted_rand, adjusted_mutual_information, completeness, homogeneity, v_measure];
        for (measure, mirror) in GROUPING.into_iter().zip(mirrors) {
            if let (Some(first), Some(second)) = (measure(&given).value(), mirror(&other).value()) {
                prop_assert!((first - second).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn alpha_of_sets(units in units()) {
        for distance in DISTANCES {
            let figure = alpha(&units, distance);
            prop_assert!(within(figure, -1.0, 1.0));
            let reversed: Vec<Unit<LabelSet>> = units.iter().map(|unit| unit.iter().rev().copied().collect()).collect();
            prop_assert!(same(figure, alpha(&reversed, distance)));
            let next = |set: LabelSet| (1..=6).filter(|label| set.contains(label - 1)).map(|label| label % 6).collect();
            let renamed: Vec<Unit<LabelSet>> =
                units.iter().map(|unit| unit.iter().map(|value| value.map(next)).collect()).collect();
            prop_assert!(same(figure, alpha(&renamed, distance)));
            let identical: Vec<Unit<LabelSet>> = units.iter().map(|unit| vec![unit[0]; 3]).collect();
            prop_assert!(one_or_none(alpha(&identical, distance)));
        }
    }

    #[test]
    fn distances(first in labels(), second in labels()) {
        for distance in DISTANCES {
            prop_assert_eq!(distance(&first, &first), 0.0);
            prop_assert_eq!(distance(&first, &second), distance(&second, &first));
            prop_assert!((0.0..=1.0).contains(&distance(&first, &second)));
            prop_assert!(first == second || distance(&first, &second) > 0.0);
        }
        prop_assert!(jaccard(&first, &second) <= masi(&first, &second) + 1e-12);
    }

    #[test]
    fn label_counts(pairs in prop::collection::vec((labels(), labels()), 0..30)) {
        let counts = LabelCounts::count(6, pairs.clone());
        let swapped = LabelCounts::count(6, pairs.iter().map(|&(gold, found)| (found, gold)));
        let identical = LabelCounts::count(6, pairs.iter().map(|&(gold, _)| (gold, gold)));
        for (figure, mirror, full) in [
            (counts.macro_f1(), swapped.macro_f1(), identical.macro_f1()),
            (counts.micro_f1(), swapped.micro_f1(), identical.micro_f1()),
            (counts.together().precision(), swapped.together().recall(), identical.together().recall()),
        ] {
            prop_assert!(within(figure, 0.0, 1.0) && same(figure, mirror) && one_or_none(full));
        }
    }

    #[test]
    fn bcubed_figures(items in items()) {
        let figures = bcubed(&items);
        for figure in [figures.precision, figures.recall, figures.f] {
            prop_assert!(within(figure, 0.0, 1.0));
        }
        let (third, rest) = items.split_at(items.len() / 3);
        let grouped = Overlaps::new(&[third, rest]).bcubed(&[0, 1]);
        prop_assert!(same(figures.f, grouped.f) && same(figures.precision, grouped.precision));
    }

    #[test]
    fn bcubed_of_identical_groupings(ids in prop::collection::vec(prop::collection::vec(0..4usize, 1..3), 0..20)) {
        let items: Vec<Item> = ids.into_iter().map(|ids| Item::new(ids.clone(), ids)).collect();
        let figures = bcubed(&items);
        prop_assert!(one_or_none(figures.precision) && one_or_none(figures.recall) && one_or_none(figures.f));
    }

    #[test]
    fn calibration_and_coverage(all in predictions(), precision in 0.0..1.0f64) {
        let calibration: Calibration = all.iter().copied().collect();
        prop_assert!(within(calibration.expected_error(), 0.0, 1.0) && within(calibration.brier(), 0.0, 1.0));
        prop_assert_eq!(calibration.bins().iter().map(|bin| bin.count).sum::<u64>(), all.len() as u64);
        let ranking = Ranking::new(std::slice::from_ref(&all));
        let curve = ranking.curve(&[0]);
        prop_assert!(curve.is_sorted_by(|a, b| a.coverage < b.coverage && a.threshold > b.threshold));
        prop_assert!(curve.last().is_none_or(|last| last.coverage == 1.0));
        let covered = ranking.coverage_at(precision, &[0]);
        prop_assert!(within(covered, 0.0, 1.0) && covered.value().is_none() == all.is_empty());
        prop_assert_eq!(ranking.coverage_at(precision, &[0, 0]), covered);
    }

    #[test]
    fn divisions(gold in prop::collection::vec(1..9usize, 1..9), found in prop::collection::vec(1..9usize, 1..9)) {
        prop_assert!(within(window_diff(&gold, &found), 0.0, 1.0));
        prop_assert!(within(window_diff(&gold, &gold), 0.0, 0.0));
        let spans = |lengths: &[usize]| -> Vec<ByteSpan> {
            let ends = lengths.iter().scan(0, |end, length| { *end += length; Some(*end) });
            ends.zip(lengths).map(|(end, length)| ByteSpan::new(end - length, end)).collect()
        };
        let (gold, found) = (spans(&gold), spans(&found));
        prop_assert_eq!(align(&gold, &gold), (0..gold.len()).map(Some).collect::<Vec<_>>());
        for (unit, matched) in gold.iter().zip(align(&gold, &found)) {
            let overlap = |other: &ByteSpan| unit.end.min(other.end).saturating_sub(unit.start.max(other.start));
            let most = found.iter().map(overlap).max().unwrap_or(0);
            prop_assert_eq!(matched.map_or(0, |index| overlap(&found[index])), most);
        }
        let counts = boundary_counts(&inner_ends(&gold), &inner_ends(&found));
        prop_assert_eq!(counts.support(), gold.len() as u64 - 1);
    }

    #[test]
    fn sums_of_parts(first in pairs(4), second in pairs(4)) {
        let parts = [table(4, &first), table(4, &second)];
        prop_assert_eq!(total(&parts, &[0, 1]), Some(table(4, &[first, second].concat())));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn intervals(values in prop::collection::vec(0.0..1.0f64, 2..20), seed in any::<u64>()) {
        let mean = |drawn: &[usize]| Some(drawn.iter().map(|&group| values[group]).sum::<f64>() / drawn.len() as f64);
        let found = interval(values.len(), 200, seed, mean).unwrap();
        prop_assert_eq!(interval(values.len(), 200, seed, mean), Some(found));
        prop_assert!(values.iter().copied().fold(1.0, f64::min) <= found.low + 1e-12 && found.low <= found.high);
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        prop_assert_eq!(alone.install(|| interval(values.len(), 200, seed, mean)), Some(found));
    }
}
