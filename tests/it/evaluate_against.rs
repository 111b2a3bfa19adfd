//! Two codings of the same interviews.

use std::path::Path;

use proptest::prelude::*;
use ringwerk::codebook::{Job, Ring, Rings};
use ringwerk::evaluate::{Agreement, AgreementError, Coding, Figure};
use ringwerk::gold::{Code, Gold, GoldProject, parse, read_projects};

/// Gold of four answers, cut at the places that `cuts` says, each with a code from `codes`.
fn gold(cuts: [bool; 3], codes: &[Code]) -> Gold {
    let sentences = ["Die Anlage stand.", "Der Einkauf war dagegen.", "Wir haben verglichen.", "So sind wir halt."];
    let mut statements: Vec<String> = vec![sentences[0].to_owned()];
    for (sentence, cut) in sentences[1..].iter().zip(cuts) {
        match statements.last_mut() {
            Some(last) if !cut => *last += &format!(" {sentence}"),
            _ => statements.push((*sentence).to_owned()),
        }
    }
    let statements: Vec<_> = statements
        .iter()
        .zip(codes)
        .map(|(text, code)| {
            let rings: Vec<&str> = code.rings.iter().map(Ring::id).collect();
            serde_json::json!({"text": text, "rings": rings, "reason": code.reason, "job": code.job})
        })
        .collect();
    let turns = serde_json::json!([
        {"speaker": "I", "role": "interviewer", "time": null,
         "statements": [{"text": "Erzählen Sie.", "rings": [], "reason": false, "job": null}]},
        {"speaker": "B", "role": "respondent", "time": null, "statements": statements},
    ]);
    let source = serde_json::json!({"id": "probe-01", "project": "probe", "turns": turns}).to_string();
    let job = Job { id: "laufen".into(), title: "Am Laufen halten".into(), description: "Nichts steht.".into() };
    parse(&source, Path::new("probe-01.json"), &[job]).unwrap()
}

fn code() -> impl Strategy<Value = Code> {
    let rings = prop::collection::vec((0..6usize).prop_map(|ring| Ring::ALL[ring]), 0..3);
    let rings = rings.prop_filter_map("at most two different", Rings::new);
    let job = prop::option::of(Just("laufen".to_owned()));
    (rings, any::<bool>(), job).prop_map(|(rings, reason, job)| Code { rings, reason, job })
}

fn any_gold() -> impl Strategy<Value = Gold> {
    (any::<[bool; 3]>(), prop::collection::vec(code(), 4)).prop_map(|(cuts, codes)| gold(cuts, &codes))
}

fn figures(agreement: &Agreement) -> Vec<Figure> {
    let labels = &agreement.labels;
    let measured = [&labels.kappa, &labels.ac1, &labels.alpha_nominal, &labels.alpha_masi, &agreement.job_kappa];
    let rings = agreement.agreed.values().flat_map(|code| [&code.kappa, &code.ac1]);
    measured.into_iter().chain(rings).map(|measured| measured.value).collect()
}

/// Both without a number, or the same number but for rounding.
fn same(first: Figure, second: Figure) -> bool {
    match (first.value(), second.value()) {
        (Some(first), Some(second)) => (first - second).abs() < 1e-9,
        (first, second) => first == second,
    }
}

proptest! {
    #[test]
    fn swapping_the_coders_changes_no_agreement(first in any_gold(), second in any_gold()) {
        let there = Agreement::of(&[Coding { first: &first, second: &second }]).unwrap();
        let back = Agreement::of(&[Coding { first: &second, second: &first }]).unwrap();
        for (a, b) in figures(&there).into_iter().zip(figures(&back)) {
            prop_assert!(same(a, b));
        }
        prop_assert_eq!(there.statements[2], back.statements[2]);
        prop_assert_eq!(there.disagreements.len(), back.disagreements.len());
    }

    #[test]
    fn a_coding_agrees_fully_with_itself(gold in any_gold()) {
        let agreement = Agreement::of(&[Coding { first: &gold, second: &gold }]).unwrap();
        prop_assert!(agreement.disagreements.is_empty());
        prop_assert!(figures(&agreement).into_iter().all(|figure| figure.value().is_none_or(|value| value > 1.0 - 1e-9)));
    }
}

#[test]
fn statements_are_compared_where_most_of_their_text_is_common() {
    let huerde = Code { rings: Rings::new(vec![Ring::Huerde]).unwrap(), ..Code::default() };
    let none = Code::default();
    let fine = gold([true, true, true], &[none.clone(), huerde.clone(), none.clone(), none.clone()]);
    let coarse = gold([false, true, true], &[huerde, none.clone(), none.clone(), none]);
    let agreement = Agreement::of(&[Coding { first: &fine, second: &coarse }]).unwrap();
    assert_eq!(agreement.statements, [4, 3, 3]);
    assert!(agreement.disagreements.is_empty(), "the longer sentence decides which one the coarse statement meets");
    assert_eq!(agreement.agreed[&Ring::Huerde].given, [1, 1, 1]);
}

#[test]
fn different_texts_are_refused_with_the_turn() {
    let first = gold([true; 3], &vec![Code::default(); 4]);
    let second = {
        let mut other = first.clone();
        let source = r#"{"id": "probe-01", "project": "probe", "turns": [{"speaker": "I", "role": "interviewer", "time": null,
            "statements": [{"text": "Erzählen Sie.", "rings": [], "reason": false, "job": null}]}]}"#;
        other.transcript = parse(source, Path::new("x"), &[]).unwrap().transcript;
        other
    };
    let error = Agreement::of(&[Coding { first: &first, second: &second }]).unwrap_err();
    assert_eq!(error, AgreementError::DifferentTexts(vec![("probe-01".into(), 2)]));
    assert_eq!(Agreement::of(&[]).unwrap_err(), AgreementError::NothingCommon);
}

#[test]
fn the_second_blind_coding_agrees_with_gold() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let interviews = |folder: &str| -> Vec<Gold> {
        let projects = read_projects(&fixtures.join(folder)).unwrap();
        projects.into_iter().flat_map(|GoldProject { interviews, .. }| interviews).collect()
    };
    let (gold, second) = (interviews("gold"), interviews("second-coding"));
    let first = |id: &str| gold.iter().find(|gold| gold.transcript.id == id).unwrap();
    let codings: Vec<Coding> =
        second.iter().map(|second| Coding { first: first(&second.transcript.id), second }).collect();
    let agreement = Agreement::of(&codings).unwrap();
    assert_eq!((agreement.interviews, agreement.statements), (8, [671, 671, 671]));
    assert!(agreement.labels.kappa.value.value().unwrap() > 0.9);
    assert!(agreement.labels.macro_f1.value.value().unwrap() > 0.9);
}
