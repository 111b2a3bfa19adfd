//! The cases of `fixtures/segment/cases.toml`.

use ringwerk::segment::{Units, spans};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    rule: Option<usize>,
    #[serde(default)]
    units: Units,
    text: String,
}

fn cases() -> Vec<Case> {
    toml::from_str::<Cases>(include_str!("../../fixtures/segment/cases.toml")).unwrap().case
}

#[test]
fn every_rule_of_the_manual_has_a_case() {
    let cases = cases();
    assert!((1..=8).all(|rule| cases.iter().any(|case| case.rule == Some(rule))));
}

#[test]
fn turns_are_cut_as_by_hand() {
    let wrong: Vec<String> = cases().iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is cut otherwise than the case says.
fn difference(case: &Case) -> Option<String> {
    let text = case.text.replace("| ", "");
    let expected: Vec<&str> = case.text.split("| ").map(str::trim).collect();
    let found: Vec<&str> = spans(&text, case.units).iter().map(|span| span.of(&text)).collect();
    (found != expected).then(|| format!("{}: found {found:#?}", case.name))
}
