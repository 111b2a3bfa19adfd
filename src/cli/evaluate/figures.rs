//! Figures by name: the main ones with their labels, floors for them, and differences to an earlier run.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Tongue;
use crate::evaluate::{Measured, Scorecard};

/// Figures of which lower ones are better.
const LOWER_IS_BETTER: [&str; 3] = ["calibration_error", "units.window_diff", "clusters.unassigned"];

/// A figure that a person reads first.
pub(super) struct Main<'a> {
    /// Its path in the JSON report, below `figures`.
    pub name: &'static str,
    /// What it tells.
    pub label: &'static str,
    /// The figure.
    pub measured: &'a Measured,
    /// Whether lower is better.
    pub lower_is_better: bool,
}

/// The figures that a person reads first, by level.
pub(super) fn main_figures(card: &Scorecard, tongue: Tongue) -> Vec<Main<'_>> {
    let labels = &card.labels;
    let clusters = &card.clusters;
    let main = |name, german, english, measured| Main {
        name,
        label: tongue.pick(german, english),
        measured,
        lower_is_better: LOWER_IS_BETTER.contains(&name),
    };
    vec![
        main(
            "macro_f1",
            "Ringe, Mittel der sechs F1 (macro-F1)",
            "rings, mean of the six F1 (macro-F1)",
            &labels.macro_f1,
        ),
        main("micro_f1", "Ringe, alle zusammen (micro-F1)", "rings, all together (micro-F1)", &labels.micro_f1),
        main("kappa", "wichtigster Ring: Cohens Kappa", "primary ring: Cohen's kappa", &labels.kappa),
        main("ac1", "wichtigster Ring: Gwets AC1", "primary ring: Gwet's AC1", &labels.ac1),
        main(
            "alpha_nominal",
            "wichtigster Ring: Krippendorffs Alpha (nominal)",
            "primary ring: Krippendorff's alpha (nominal)",
            &labels.alpha_nominal,
        ),
        main(
            "alpha_masi",
            "alle Ringe: Krippendorffs Alpha (MASI)",
            "all rings: Krippendorff's alpha (MASI)",
            &labels.alpha_masi,
        ),
        main("top_2", "richtiger Ring unter den ersten zwei", "right ring among the first two", &labels.top_2),
        main("reasons.f1", "Begründungen (F1)", "reasons (F1)", &labels.reasons.f1),
        main(
            "calibration_error",
            "Abweichung der Wahrscheinlichkeiten (ECE)",
            "calibration error of probabilities (ECE)",
            &card.trust.calibration_error,
        ),
        main(
            "coverage_90",
            "Anteil, der mit 90 % Richtigen übernommen werden kann",
            "share that can be accepted with 90 % right",
            &card.trust.coverage_90,
        ),
        main(
            "coverage_95",
            "Anteil, der mit 95 % Richtigen übernommen werden kann",
            "share that can be accepted with 95 % right",
            &card.trust.coverage_95,
        ),
        main(
            "auto_share",
            "Anteil, den ringwerk als sicher meldet",
            "share that ringwerk reports as sure",
            &card.trust.auto_share,
        ),
        main("auto_precision", "davon richtig", "right among these", &card.trust.auto_precision),
        main(
            "units.boundaries.f1",
            "Grenzen der Aussagen (F1)",
            "boundaries of statements (F1)",
            &card.units.boundaries.f1,
        ),
        main(
            "units.window_diff",
            "Grenzen: WindowDiff (0 ist am besten)",
            "boundaries: WindowDiff (0 is best)",
            &card.units.window_diff,
        ),
        main(
            "end_to_end.macro_f1",
            "Ringe mit eigenen Grenzen (macro-F1)",
            "rings with own boundaries (macro-F1)",
            &card.end_to_end.macro_f1,
        ),
        main(
            "end_to_end.kappa",
            "wichtigster Ring mit eigenen Grenzen (Kappa)",
            "primary ring with own boundaries (kappa)",
            &card.end_to_end.kappa,
        ),
        main("jobs.spoken_to.f1", "spricht von einem Job (F1)", "speaks to some job (F1)", &card.jobs.spoken_to.f1),
        main(
            "jobs.by_description",
            "richtiger Job, ehe etwas bestätigt ist",
            "right job, before anything is confirmed",
            &card.jobs.by_description,
        ),
        main("clusters.bcubed_f", "mögliche Jobs: BCubed F", "candidate jobs: BCubed F", &clusters.bcubed_f),
        main(
            "clusters.adjusted_rand",
            "mögliche Jobs: bereinigter Rand-Index (0 ist Zufall)",
            "candidate jobs: adjusted Rand index (0 is chance)",
            &clusters.adjusted_rand,
        ),
        main(
            "clusters.adjusted_mutual_information",
            "mögliche Jobs: bereinigte Transinformation (0 ist Zufall)",
            "candidate jobs: adjusted mutual information (0 is chance)",
            &clusters.adjusted_mutual_information,
        ),
        main("clusters.v_measure", "mögliche Jobs: V-Maß", "candidate jobs: V-measure", &clusters.v_measure),
        main(
            "clusters.unassigned",
            "mögliche Jobs: Aussagen in keinem",
            "candidate jobs: statements in none",
            &clusters.unassigned,
        ),
    ]
}

/// A figure as it stands in a JSON report.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Reading {
    /// The figure, or null.
    pub value: Option<f64>,
    /// Its interval.
    interval: Option<Ends>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Ends {
    low: f64,
    high: f64,
}

/// All figures of a report's `figures` by their paths, as in `rings.huerde.f1`.
pub(super) fn by_name(figures: &Value) -> BTreeMap<String, Reading> {
    let mut found = BTreeMap::new();
    collect(figures, "", &mut found);
    found
}

fn collect(value: &Value, path: &str, found: &mut BTreeMap<String, Reading>) {
    let Value::Object(fields) = value else { return };
    if fields.contains_key("value") && fields.contains_key("interval") {
        // A figure of another shape than ours is none that could be compared.
        if let Ok(reading) = serde_json::from_value(value.clone()) {
            found.insert(path.to_owned(), reading);
        }
        return;
    }
    for (name, value) in fields {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        collect(value, &path, found);
    }
}

/// A figure that must not be lower than this.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Floor {
    name: String,
    at_least: f64,
}

impl std::str::FromStr for Floor {
    type Err = String;

    /// Reads `name=number`.
    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('=').and_then(|(name, number)| Some((name, number.trim().parse::<f64>().ok()?)));
        match parts {
            Some((name, at_least)) if at_least.is_finite() => Ok(Self { name: name.trim().to_owned(), at_least }),
            _ => Err(format!("expected NAME=NUMBER as in macro_f1=0.7, found \"{text}\"")),
        }
    }
}

/// The floors that are not reached, each as a line to read.
///
/// # Errors
/// Where there is no figure of a floor's name.
pub(super) fn missed(floors: &[Floor], figures: &BTreeMap<String, Reading>, tongue: Tongue) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for floor in floors {
        let Some(reading) = figures.get(&floor.name) else {
            let names: Vec<&str> = figures.keys().map(String::as_str).collect();
            bail!(
                "--fail-under: {} {}; {}: {}",
                tongue.pick("es gibt keine Zahl namens", "there is no figure named"),
                floor.name,
                tongue.pick("möglich sind", "there are"),
                names.join(", ")
            );
        };
        if LOWER_IS_BETTER.contains(&floor.name.as_str()) {
            bail!(
                "--fail-under {}: {}",
                floor.name,
                tongue.pick(
                    "hier ist weniger besser, ein Mindestwert hat keinen Sinn",
                    "lower is better here, a floor makes no sense"
                )
            );
        }
        let found = reading
            .value
            .map_or(tongue.pick("nicht berechenbar", "not computable").to_owned(), |value| format!("{value:.4}"));
        if reading.value.is_none_or(|value| value < floor.at_least) {
            let (is, asked) = tongue.pick(("ist", "verlangt ist mindestens"), ("is", "asked for is at least"));
            lines.push(format!("{} {is} {found}, {asked} {}", floor.name, floor.at_least));
        }
    }
    Ok(lines)
}

/// A figure in two runs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Difference {
    /// Its path in the JSON report.
    pub name: String,
    /// In the earlier run.
    pub earlier: Reading,
    /// In this one.
    pub now: Reading,
    /// Now less earlier; null where one of them is.
    pub difference: Option<f64>,
    /// Whether the difference is larger than both intervals together explain: larger than the root of the sum of their
    /// squared half widths. Cautious where both runs judge the same interviews.
    pub beyond_noise: Option<bool>,
}

/// All figures that both runs have.
pub(super) fn differences(earlier: &BTreeMap<String, Reading>, now: &BTreeMap<String, Reading>) -> Vec<Difference> {
    let both = now.iter().filter_map(|(name, now)| Some((name, earlier.get(name)?, now)));
    both.map(|(name, earlier, now)| {
        let difference = now.value.zip(earlier.value).map(|(now, earlier)| now - earlier);
        let half = |reading: &Reading| reading.interval.map(|ends| (ends.high - ends.low) / 2.0);
        let noise = half(earlier).zip(half(now)).map(|(a, b)| a.hypot(b));
        let beyond_noise = difference.zip(noise).map(|(difference, noise)| difference.abs() > noise);
        Difference { name: name.clone(), earlier: *earlier, now: *now, difference, beyond_noise }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(macro_f1: f64) -> BTreeMap<String, Reading> {
        by_name(&json!({
            "macro_f1": {"value": macro_f1, "interval": {"low": macro_f1 - 0.03, "high": macro_f1 + 0.03}},
            "rings": {"huerde": {"support": 3, "f1": {"value": null, "interval": null, "reason": "no_items"}}},
            "slices": [{"macro_f1": {"value": 0.5, "interval": null}}],
        }))
    }

    #[test]
    fn figures_are_found_by_their_paths() {
        assert_eq!(report(0.6).keys().collect::<Vec<_>>(), ["macro_f1", "rings.huerde.f1"]);
    }

    #[test]
    fn floors_are_missed_below_and_where_there_is_no_number() {
        let floors: Vec<Floor> = ["macro_f1=0.6", "rings.huerde.f1=0.1"].map(|text| text.parse().unwrap()).to_vec();
        assert_eq!(missed(&floors, &report(0.6), Tongue::English).unwrap().len(), 1);
        assert_eq!(missed(&floors, &report(0.5), Tongue::English).unwrap().len(), 2);
        assert!(missed(&["macro=1".parse().unwrap()], &report(0.5), Tongue::English).is_err());
        assert!(
            "macro_f1".parse::<Floor>().is_err()
                && "a=b".parse::<Floor>().is_err()
                && "a=nan".parse::<Floor>().is_err()
        );
    }

    #[test]
    fn a_difference_counts_where_both_intervals_do_not_explain_it() {
        let within = &differences(&report(0.60), &report(0.64))[0];
        let beyond = &differences(&report(0.60), &report(0.65))[0];
        assert_eq!((within.beyond_noise, beyond.beyond_noise), (Some(false), Some(true)));
        assert_eq!(differences(&report(0.6), &report(0.6))[1].difference, None);
    }
}
