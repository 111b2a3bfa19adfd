//! The whole report, counted by hand on a few statements, and where there is nothing to count.

use std::path::Path;

use ringwerk::codebook::{Job, Ring};
use ringwerk::coding::{CodedInterview, JobSuggestion, ReasonSuggestion, RingSuggestion, Route, Suggestion, Why};
use ringwerk::evaluate::{Baseline, Compared, Division, Scorecard};
use ringwerk::gold::{Gold, parse};

/// An interview with one question and four answers: trigger with a job, barrier with a reason, criterion, nothing.
fn gold() -> Gold {
    let source = r#"{"id": "probe-01", "project": "probe", "meta": {"style": "geglättet"}, "turns": [
        {"speaker": "I", "role": "interviewer", "time": null,
         "statements": [{"text": "Wie kam es dazu?", "rings": [], "reason": false, "job": null}]},
        {"speaker": "B", "role": "respondent", "time": null, "statements": [
         {"text": "Die Anlage stand.", "rings": ["ausloeser"], "reason": false, "job": "laufen"},
         {"text": "Der Einkauf war dagegen, weil das Geld fehlte.", "rings": ["huerde"], "reason": true, "job": "laufen"},
         {"text": "Der Preis war wichtig.", "rings": ["kriterium"], "reason": false, "job": null},
         {"text": "Wir sind in Bielefeld.", "rings": [], "reason": false, "job": null}]}]}"#;
    let job = Job { id: "laufen".into(), title: "Am Laufen halten".into(), description: "Nichts steht.".into() };
    parse(source, Path::new("probe-01.json"), &[job]).unwrap()
}

/// A suggestion of these rings, sure enough for bulk acceptance where `auto`.
fn suggestion(rings: &[Ring], reason: bool, auto: bool) -> Suggestion {
    let p = |ring: &Ring| if rings.contains(ring) { 0.9 } else { 0.1 };
    let mut all: Vec<RingSuggestion> = Ring::ALL
        .iter()
        .map(|ring| RingSuggestion { id: *ring, p: p(ring), suggested: rings.contains(ring) })
        .collect();
    all.sort_by(|a, b| b.p.total_cmp(&a.p));
    Suggestion {
        rings: all,
        confidence: if auto { 0.95 } else { 0.6 },
        reason: ReasonSuggestion { p: 0.5, suggested: reason, span: None },
        some_job: 0.5,
        primary: None,
        job: Some(JobSuggestion { id: "laufen".into(), p: 0.5 }),
        route: if auto { Route::Auto } else { Route::Review },
        why: Why::default(),
    }
}

fn compared(gold: &Gold) -> Compared<'_> {
    let suggestions = vec![
        None,
        Some(suggestion(&[Ring::Ausloeser], false, true)),
        Some(suggestion(&[Ring::Einfluss], true, true)),
        Some(suggestion(&[Ring::Kriterium], true, false)),
        Some(suggestion(&[], false, false)),
    ];
    let own = CodedInterview {
        transcript: gold.transcript.clone(),
        statements: gold.statements.clone(),
        suggestions: suggestions.clone(),
    };
    let clusters = vec![None, Some(1), None, None, None];
    Compared { gold, suggestions, own, clusters, baselines: Default::default() }
}

#[test]
fn figures_are_those_counted_by_hand() {
    let gold = gold();
    let card = Scorecard::of(&[compared(&gold)]);
    let value = |figure: ringwerk::evaluate::Figure| figure.value().unwrap();
    assert_eq!((card.interviews, card.statements, card.interviewer_coded), (1, 4, 0));
    // Trigger and criterion right (F1 1), barrier missed and influence wrong (F1 0); success and mindset occur nowhere.
    assert_eq!(value(card.labels.macro_f1.value), 0.5);
    assert_eq!(card.labels.rings[&Ring::Huerde].support, 1);
    // Two of three reasons suggested … one by hand: precision 1/2, recall 1.
    assert_eq!((value(card.labels.reasons.precision.value), value(card.labels.reasons.recall.value)), (0.5, 1.0));
    assert_eq!((value(card.trust.auto_share.value), value(card.trust.auto_precision.value)), (0.5, 0.5));
    assert_eq!(value(card.units.boundaries.f1.value), 1.0);
    assert_eq!(value(card.units.window_diff.value), 0.0);
    assert_eq!(value(card.end_to_end.macro_f1.value), 0.5);
    // "Some job" is suggested for all four, given to two.
    assert_eq!((value(card.jobs.spoken_to.precision.value), value(card.jobs.by_description.value)), (0.5, 1.0));
    assert_eq!(value(card.clusters.unassigned.value), 0.5);
    assert!(card.labels.macro_f1.interval.is_none(), "one interview shows no spread");
    assert_eq!(card.confusions.len(), 1);
    assert_eq!((card.confusions[0].gold, card.confusions[0].found), (Some(Ring::Huerde), Some(Ring::Einfluss)));
    let style = card.slices.iter().find(|slice| slice.by == Division::Style).unwrap();
    assert_eq!((style.part.as_str(), style.statements), ("smoothed", 4));
    assert!(card.slices.iter().all(|slice| slice.by != Division::Region), "it does not tell its region");
    assert_eq!(value(card.baselines[&Baseline::Keywords].reasons.f1.value), 1.0);
    assert!(!card.baselines.contains_key(&Baseline::Frozen), "no model was asked");
}

#[test]
fn nothing_to_count_is_no_figure() {
    let mut questions = gold();
    questions.codes.truncate(1);
    questions.statements.truncate(1);
    let own = CodedInterview {
        transcript: questions.transcript.clone(),
        statements: questions.statements.clone(),
        suggestions: vec![None],
    };
    let only_questions = Compared {
        gold: &questions,
        suggestions: vec![None],
        own,
        clusters: vec![None],
        baselines: Default::default(),
    };
    for card in [Scorecard::of(&[]), Scorecard::of(&[only_questions])] {
        let json = serde_json::to_value(&card).unwrap();
        for name in ["macro_f1", "kappa", "alpha_masi", "ac1", "top_2", "calibration_error", "coverage_90"] {
            assert!(json[name]["value"].is_null() && json[name]["reason"].is_string(), "{name}: {}", json[name]);
        }
        assert!(json["clusters"]["bcubed_f"]["value"].is_null());
    }
}
