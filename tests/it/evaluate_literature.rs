//! Worked examples that authors printed, and cases without an answer that made other programs print 1.0 or 0.0.

use ringwerk::error::{Explain, Tongue};
use ringwerk::evaluate::*;

#[track_caller]
fn close(figure: Figure, printed: f64, decimals: i32) {
    let value = figure.value().unwrap_or_else(|| panic!("{figure:?}, printed {printed}"));
    assert!((value - printed).abs() <= 0.5001 * 10f64.powi(-decimals), "{value}, printed {printed}");
}

#[track_caller]
fn refused(figure: Figure, reason: Reason) {
    assert_eq!(figure, Figure::NotComputable(reason));
}

/// A table from two lists of categories below `size`.
fn table(size: usize, pairs: &[(usize, usize)]) -> Table {
    Table::count(size, size, pairs.iter().copied())
}

fn set(labels: &[usize]) -> LabelSet {
    labels.iter().copied().collect()
}

#[test]
fn cohen_1960_table_2() {
    close(cohens_kappa(&Table::from_rows([[88, 10, 2], [14, 40, 6], [18, 10, 12]])), 0.492, 3);
}

#[test]
fn fleiss_1981_diagnoses() {
    close(cohens_kappa(&Table::from_rows([[75, 1, 4], [5, 4, 1], [0, 0, 10]])), 0.676, 3);
}

#[test]
fn gwet_2008_paradox() {
    let skewed = Table::from_rows([[118, 5], [2, 0]]);
    close(observed_agreement(&skewed), 0.944, 3);
    close(cohens_kappa(&skewed), -0.0234, 4);
    close(gwets_ac1(&skewed), 0.9408, 4);
}

/// Twelve units by four observers, with values missing.
#[test]
fn krippendorff_2011_nominal_with_missing_data() {
    let units = ["11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11", "..3."];
    let unit = |text: &str| text.chars().map(|value| (value != '.').then_some(value)).collect();
    close(alpha(&units.map(unit), nominal), 0.743, 3);
}

/// With squared differences as distance: the interval alpha of the same example.
#[test]
fn krippendorff_2011_interval_with_missing_data() {
    let units = ["11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11", "..3."];
    let unit = |text: &str| text.chars().map(|value| value.to_digit(10)).collect();
    let squared = |a: &u32, b: &u32| f64::from(a.abs_diff(*b).pow(2));
    close(alpha(&units.map(unit), squared), 0.849, 3);
}

/// The two examples of the NLTK documentation for `windowdiff`, there as "000100000010" and so on, with k = 3.
#[test]
fn window_diff_examples_of_nltk() {
    let share = |gold: &[usize], found: &[usize]| windows(gold, found, 3).unwrap().figure();
    close(share(&[4, 7, 2], &[4, 7, 2]), 0.0, 12);
    close(share(&[4, 7, 2], &[5, 5, 3]), 0.3, 12);
    close(share(&[5, 5, 3], &[1, 7, 5]), 0.8, 12);
}

/// What Pevzner and Hearst (2002) ask of a measure: a near miss costs less than a miss, a false alarm is not free.
#[test]
fn pevzner_and_hearst_2002_errors() {
    let cost = |found: &[usize]| window_diff(&[8, 8, 8], found).value().unwrap();
    let (near_miss, miss, false_alarm) = (cost(&[9, 7, 8]), cost(&[16, 8]), cost(&[8, 4, 4, 8]));
    assert!(0.0 < near_miss && near_miss < miss);
    assert_eq!(miss, false_alarm);
}

#[test]
fn yeung_and_ruzzo_2001_adjusted_rand() {
    close(adjusted_rand(&Table::from_rows([[1, 1, 0], [1, 2, 1], [0, 0, 4]])), 0.313, 3);
}

/// Solutions A and B of figure 1: the same F measure, but B is better.
#[test]
fn rosenberg_and_hirschberg_2007_solutions() {
    close(v_measure(&Table::from_rows([[3, 1, 1], [1, 3, 1], [1, 1, 3]])), 0.14, 2);
    close(v_measure(&Table::from_rows([[3, 2, 0], [0, 3, 2], [2, 0, 3]])), 0.39, 2);
}

/// The example of cluster homogeneity, left: printed as 0.59 and 0.69, cut off rather than rounded.
#[test]
fn amigo_2009_homogeneity() {
    let clusters = [(0, &[0, 0, 0, 0][..]), (1, &[0, 1, 1]), (2, &[1, 1, 1, 1, 2, 3, 4])];
    let pairs = clusters.iter().flat_map(|(cluster, gold)| gold.iter().map(move |&gold| Item::new([*cluster], [gold])));
    let figures = bcubed(&pairs.collect::<Vec<_>>());
    close(figures.precision, 0.5986, 4);
    close(figures.recall, 0.6952, 4);
}

/// Rag bag (Amigó et al. 2009): a stray item costs less in a pile of strays than in a clean cluster.
#[test]
fn amigo_2009_rag_bag() {
    let gold = [0, 0, 0, 0, 1, 2, 3, 4, 5];
    let f = |found: [usize; 9]| {
        let items: Vec<Item> =
            found.into_iter().zip(gold).map(|(cluster, gold)| Item::new([cluster], [gold])).collect();
        bcubed(&items).f.value().unwrap()
    };
    assert!(f([0, 0, 0, 0, 1, 1, 1, 1, 1]) > f([0, 0, 0, 0, 0, 1, 1, 1, 1]));
}

/// Extended BCubed: two items that share two clusters but one category are half right; both found twice is no gain.
#[test]
fn amigo_2009_multiplicity() {
    let twice = [Item::new([0, 1], [0]), Item::new([0, 1], [0]), Item::new([2], [1])];
    let figures = bcubed(&twice);
    close(figures.precision, (0.5 + 0.5 + 1.0) / 3.0, 12);
    close(figures.recall, 1.0, 12);
}

/// Ten forecasts of rain and what happened; Brier's own score counts both outcomes and is twice this one.
#[test]
fn brier_1950_table_1() {
    let rain = [(0.7, false), (0.9, true), (0.8, true), (0.4, true), (0.2, false), (0.1, false)];
    let dry = [(0.0, false); 4];
    let forecasts = rain.into_iter().chain(dry).map(|(p, rained)| Prediction::new(p, rained).unwrap());
    close(forecasts.collect::<Calibration>().brier(), 0.19 / 2.0, 12);
}

/// INCEpTION issue 2219: alpha was 1.0 although the coders had no document in common.
#[test]
fn nothing_in_common_has_no_agreement() {
    let units = [vec![Some(1), None], vec![None, Some(1)], vec![Some(2), None]];
    refused(alpha(&units, nominal), Reason::NoCommonItems);
    refused(cohens_kappa(&table(2, &[])), Reason::NoCommonItems);
    refused(gwets_ac1(&table(2, &[])), Reason::NoCommonItems);
    refused(observed_agreement(&table(2, &[])), Reason::NoCommonItems);
}

/// dkpro-statistics pull request 48: alpha was 0.0 for full agreement on the only category.
#[test]
fn one_category_has_no_agreement() {
    refused(alpha(&[vec![Some(1), Some(1)], vec![Some(1), Some(1)]], nominal), Reason::OneCategory);
    refused(alpha(&vec![vec![Some(set(&[])); 3]; 4], masi), Reason::OneCategory);
    refused(cohens_kappa(&table(3, &[(1, 1), (1, 1)])), Reason::OneCategory);
    refused(gwets_ac1(&table(3, &[(1, 1), (1, 1)])), Reason::OneCategory);
    refused(gwets_ac1(&table(1, &[(0, 0)])), Reason::OneCategory);
}

/// dkpro-statistics issue 2: agreement was 1.0 although only one of three had coded.
#[test]
fn one_coder_has_no_agreement() {
    refused(alpha(&[vec![None, Some(1), None], vec![None, Some(2), None]], nominal), Reason::OneCoder);
    refused(alpha(&[vec![Some(1)], vec![Some(2)]], nominal), Reason::OneCoder);
    refused(alpha::<u8>(&[vec![None, None]], nominal), Reason::NoItems);
    refused(alpha::<u8>(&[], nominal), Reason::NoItems);
}

/// QualCoder prints "zerodiv" where a code was never used.
#[test]
fn unused_labels_have_no_figures() {
    let counts = LabelCounts::count(2, [(set(&[0]), set(&[])), (set(&[]), set(&[]))]);
    refused(counts.labels()[0].precision(), Reason::NothingFound);
    close(counts.labels()[0].f1(), 0.0, 12);
    refused(counts.labels()[1].recall(), Reason::NothingInGold);
    refused(counts.labels()[1].f1(), Reason::NothingEither);
    refused(LabelCounts::count(6, []).macro_f1(), Reason::NothingEither);
    refused(LabelCounts::count(6, []).micro_f1(), Reason::NothingEither);
    refused(top_hits(2, [(set(&[]), [0, 1])]).figure(), Reason::NoItems);
}

#[test]
fn gold_that_asks_nothing_has_no_cluster_figures() {
    for (pairs, reason) in [
        (&[][..], Reason::NoItems),
        (&[(0, 0), (0, 1), (0, 1)], Reason::OneCategory),
        (&[(0, 0), (1, 1), (2, 1)], Reason::SingletonsOnly),
    ] {
        let table = table(3, pairs);
        refused(adjusted_rand(&table), reason);
        refused(adjusted_mutual_information(&table), reason);
        refused(v_measure(&table), reason);
        refused(homogeneity(&table), reason);
        refused(completeness(&table), reason);
        let items: Vec<Item> = pairs.iter().map(|&(gold, cluster)| Item::new([cluster], [gold])).collect();
        refused(bcubed(&items).f, reason);
    }
}

/// A clustering that separates nothing, or everything, is a real answer: it is no better than chance.
#[test]
fn clusterings_that_say_nothing_score_zero() {
    for pairs in [[(0, 0), (0, 0), (1, 0), (1, 0)], [(0, 0), (0, 1), (1, 2), (1, 3)]] {
        let table = table(4, &pairs);
        close(adjusted_rand(&table), 0.0, 12);
        close(adjusted_mutual_information(&table), 0.0, 12);
    }
}

#[test]
fn unassigned_items_cost_recall_only() {
    let items = [Item::new([0], [0]), Item::new([0], [0]), Item::new([], [1]), Item::new([], [1])];
    let figures = bcubed(&items);
    close(figures.precision, 1.0, 12);
    close(figures.recall, 0.5, 12);
    let nowhere = bcubed(&[Item::new([], [0]), Item::new([], [0]), Item::new([], [1])]);
    refused(nowhere.precision, Reason::NothingFound);
    close(nowhere.recall, 0.0, 12);
    refused(nowhere.f, Reason::NothingFound);
    refused(bcubed(&[Item::new([0], []), Item::new([0], [])]).f, Reason::NothingInGold);
}

#[test]
fn nothing_to_calibrate_or_to_divide() {
    refused(Calibration::default().expected_error(), Reason::NoItems);
    refused(Ranking::new(&[vec![], vec![]]).coverage_at(0.9, &[0, 1]), Reason::NoItems);
    let wrong = Prediction::new(1.0, false).into_iter().collect::<Vec<_>>();
    close(Ranking::new(&[wrong]).coverage_at(0.9, &[0]), 0.0, 12);
    refused(window_diff(&[], &[]), Reason::NoItems);
    refused(window_diff(&[1], &[1]), Reason::TooShort);
    refused(unassigned(&[]).figure(), Reason::NoItems);
}

#[test]
fn too_few_figures_give_no_interval() {
    assert_eq!(interval(10, 100, 7, |_| None), None);
    assert_eq!(interval(10, 0, 7, |_| Some(1.0)), None);
    assert_eq!(interval(10, 100, 7, |drawn| drawn.contains(&0).then_some(f64::NAN)), None);
    let steady = interval(10, 100, 7, |_| Some(0.5)).unwrap();
    assert_eq!((steady.low, steady.high, steady.samples), (0.5, 0.5, 100));
}

/// The stream of random numbers is part of what a stored report means.
#[test]
fn the_stream_of_samples_stays() {
    let mean = |drawn: &[usize]| Some(drawn.iter().sum::<usize>() as f64 / drawn.len() as f64);
    let found = interval(12, 2000, 42, mean).unwrap();
    assert_eq!((found.low, found.high), (43.0 / 12.0, 89.0 / 12.0));
}

#[test]
fn reasons_are_said_in_both_languages() {
    let none = Figure::NotComputable(Reason::OneCoder);
    assert_eq!(none.explain(Tongue::German), "nicht berechenbar: nur eine Person hat kodiert");
    assert_eq!(none.explain(Tongue::English), "not computable: only one person coded");
    assert_eq!(Figure::Value(-0.0234).explain(Tongue::German), "-0,023");
}
