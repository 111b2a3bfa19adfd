//! The figures agree with scikit-learn, krippendorff, NLTK, irrCAC and bcubed (`scripts/make-metric-cases`).
#![allow(clippy::unwrap_used, reason = "a helper that fails shall fail its test")]

use std::collections::BTreeMap;

use ringwerk::evaluate::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// One case: its inputs, the figures where ringwerk deliberately has none, and everything else.
#[derive(Deserialize)]
struct Case<Inputs> {
    #[serde(flatten)]
    inputs: Inputs,
    #[serde(default)]
    differs: BTreeMap<String, String>,
}

impl<Inputs> Case<Inputs> {
    /// Compares a figure with the reference number.
    #[track_caller]
    fn check(&self, name: &str, figure: Figure, expected: Option<f64>) {
        match expected.filter(|_| !self.differs.contains_key(name)) {
            Some(expected) => {
                let value = figure.value().unwrap_or_else(|| panic!("{name}: {figure:?}, expected {expected}"));
                assert!((value - expected).abs() < 1e-9, "{name}: {value}, expected {expected}");
            }
            None => assert_eq!(figure.value(), None, "{name} must not be computable"),
        }
    }
}

/// The cases of one topic; at least 200 of them have all their numbers.
fn cases<Inputs: DeserializeOwned>(topic: &str) -> Vec<Case<Inputs>> {
    let file: serde_json::Value = serde_json::from_str(include_str!("../../fixtures/evaluate/metrics.json")).unwrap();
    let cases = file[topic].as_array().unwrap();
    let complete = |case: &&serde_json::Value| {
        case.get("differs").is_none() && case.as_object().unwrap().values().all(|value| !value.is_null())
    };
    assert!(cases.iter().filter(complete).count() >= 200, "too few cases of {topic}");
    cases.iter().map(|case| serde_json::from_value(case.clone()).unwrap()).collect()
}

fn digits(text: &str) -> Vec<usize> {
    text.chars().map(|digit| digit.to_digit(36).unwrap() as usize).collect()
}

fn set(mask: u64) -> LabelSet {
    (0..6).filter(|label| mask >> label & 1 == 1).collect()
}

#[derive(Deserialize)]
struct Labels {
    gold: Vec<u64>,
    found: Vec<u64>,
    precision: Vec<Option<f64>>,
    recall: Vec<Option<f64>>,
    f1: Vec<Option<f64>>,
    macro_f1: Option<f64>,
    micro_f1: Option<f64>,
}

#[test]
fn labels_as_scikit_learn() {
    for case in cases::<Labels>("labels") {
        let Labels { gold, found, .. } = &case.inputs;
        let counts = LabelCounts::count(6, gold.iter().zip(found).map(|(&gold, &found)| (set(gold), set(found))));
        for (label, counts) in counts.labels().iter().enumerate() {
            case.check("precision", counts.precision(), case.inputs.precision[label]);
            case.check("recall", counts.recall(), case.inputs.recall[label]);
            case.check("f1", counts.f1(), case.inputs.f1[label]);
        }
        case.check("macro_f1", counts.macro_f1(), case.inputs.macro_f1);
        case.check("micro_f1", counts.micro_f1(), case.inputs.micro_f1);
    }
}

#[derive(Deserialize)]
struct Coders {
    categories: usize,
    first: String,
    second: String,
    confusion: Vec<u64>,
    kappa: Option<f64>,
    ac1: Option<f64>,
}

#[test]
fn kappa_as_scikit_learn_and_ac1_as_irrcac() {
    for case in cases::<Coders>("coders") {
        let Coders { categories, first, second, .. } = &case.inputs;
        let table = Table::count(*categories, *categories, digits(first).into_iter().zip(digits(second)));
        assert_eq!(table.cells().map(|(_, _, count)| count).collect::<Vec<_>>(), case.inputs.confusion);
        case.check("kappa", cohens_kappa(&table), case.inputs.kappa);
        case.check("ac1", gwets_ac1(&table), case.inputs.ac1);
    }
}

#[derive(Deserialize)]
struct Top {
    k: usize,
    gold: String,
    rankings: Vec<String>,
    share: Option<f64>,
}

#[test]
fn top_hits_as_scikit_learn() {
    for case in cases::<Top>("top") {
        let gold = digits(&case.inputs.gold).into_iter().map(|label| LabelSet::from_iter([label]));
        let share = top_hits(case.inputs.k, gold.zip(case.inputs.rankings.iter().map(|ranking| digits(ranking))));
        case.check("share", share.figure(), case.inputs.share);
    }
}

#[derive(Deserialize)]
struct Confidences {
    confidence: Vec<f64>,
    right: String,
    bins: Vec<(f64, f64)>,
    expected_error: Option<f64>,
    brier: Option<f64>,
    coverage_at: Vec<(f64, f64)>,
}

#[test]
fn calibration_and_coverage_as_scikit_learn() {
    for case in cases::<Confidences>("calibration") {
        let pairs = case.inputs.confidence.iter().zip(case.inputs.right.chars());
        let all: Vec<_> = pairs.map(|(&p, right)| Prediction::new(p, right == '1').unwrap()).collect();
        let calibration: Calibration = all.iter().copied().collect();
        case.check("expected_error", calibration.expected_error(), case.inputs.expected_error);
        case.check("brier", calibration.brier(), case.inputs.brier);
        let filled: Vec<Bin> = calibration.bins().into_iter().filter(|bin| bin.count > 0).collect();
        assert_eq!(filled.len(), case.inputs.bins.len());
        for (bin, &(confidence, right)) in filled.iter().zip(&case.inputs.bins) {
            case.check("confidence", bin.confidence, Some(confidence));
            case.check("right", bin.right, Some(right));
        }
        let ranking = Ranking::new(&[all]);
        for &(precision, coverage) in &case.inputs.coverage_at {
            case.check("coverage_at", ranking.coverage_at(precision, &[0]), Some(coverage));
        }
    }
}

#[derive(Deserialize)]
struct Partitions {
    gold: String,
    found: String,
    #[serde(flatten)]
    numbers: BTreeMap<String, serde_json::Value>,
}

#[test]
fn clusters_as_scikit_learn() {
    for case in cases::<Partitions>("partitions") {
        let table = Table::count(36, 36, digits(&case.inputs.gold).into_iter().zip(digits(&case.inputs.found)));
        let figures: [(&str, Figure); 5] = [
            ("ari", adjusted_rand(&table)),
            ("ami", adjusted_mutual_information(&table)),
            ("homogeneity", homogeneity(&table)),
            ("completeness", completeness(&table)),
            ("v_measure", v_measure(&table)),
        ];
        for (name, figure) in figures {
            case.check(name, figure, case.inputs.numbers[name].as_f64());
        }
    }
}

#[derive(Deserialize)]
struct Overlapping {
    gold: Vec<String>,
    found: Vec<String>,
    precision: Option<f64>,
    recall: Option<f64>,
    f: Option<f64>,
}

#[test]
fn extended_bcubed_as_the_package_bcubed() {
    for case in cases::<Overlapping>("bcubed") {
        let pairs = case.inputs.found.iter().zip(&case.inputs.gold);
        let items: Vec<Item> = pairs.map(|(found, gold)| Item::new(digits(found), digits(gold))).collect();
        let figures = bcubed(&items);
        case.check("precision", figures.precision, case.inputs.precision);
        case.check("recall", figures.recall, case.inputs.recall);
        case.check("f", figures.f, case.inputs.f);
    }
}

#[derive(Deserialize)]
struct NominalUnits {
    units: Vec<String>,
    alpha: Option<f64>,
}

#[test]
fn nominal_alpha_as_the_package_krippendorff() {
    for case in cases::<NominalUnits>("nominal_alpha") {
        let unit = |text: &String| text.chars().map(|value| (value != '.').then_some(value)).collect();
        let units: Vec<Unit<char>> = case.inputs.units.iter().map(unit).collect();
        case.check("alpha", alpha(&units, nominal), case.inputs.alpha);
    }
}

#[derive(Deserialize)]
struct SetUnits {
    units: Vec<Vec<i64>>,
    masi: Option<f64>,
    jaccard: Option<f64>,
}

#[test]
fn alpha_with_set_distances_as_nltk() {
    for case in cases::<SetUnits>("set_alpha") {
        let unit = |masks: &Vec<i64>| masks.iter().map(|&mask| u64::try_from(mask).ok().map(set)).collect();
        let units: Vec<Unit<LabelSet>> = case.inputs.units.iter().map(unit).collect();
        case.check("masi", alpha(&units, masi), case.inputs.masi);
        case.check("jaccard", alpha(&units, jaccard), case.inputs.jaccard);
    }
}

#[derive(Deserialize)]
struct Divisions {
    gold: Vec<usize>,
    found: Vec<usize>,
    window: usize,
    window_diff: Option<f64>,
}

#[test]
fn window_diff_as_nltk() {
    for case in cases::<Divisions>("windows") {
        let Divisions { gold, found, window, .. } = &case.inputs;
        assert_eq!(window_length(gold), Some(*window));
        case.check("window_diff", window_diff(gold, found), case.inputs.window_diff);
    }
}
