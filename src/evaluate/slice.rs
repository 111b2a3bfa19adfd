//! The same figures on parts of the gold: where suggestions are better, where worse.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Answer, LabelTally, Measured, Resampled, cohens_kappa};
use crate::error::Tongue;
use crate::gold::{Code, Gold};

/// By what statements are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Division {
    /// By project.
    Project,
    /// By interview.
    Interview,
    /// By the way the interview was written down, from the metadata field `style`.
    Style,
    /// By the metadata field `region`.
    Region,
    /// By number of words.
    Length,
}

impl Division {
    /// All five.
    pub const ALL: [Division; 5] = [Self::Project, Self::Interview, Self::Style, Self::Region, Self::Length];

    /// What a person reads.
    pub fn label(self, tongue: Tongue) -> &'static str {
        match self {
            Self::Project => tongue.pick("Projekt", "project"),
            Self::Interview => tongue.pick("Interview", "interview"),
            Self::Style => tongue.pick("Art des Transkripts", "style"),
            Self::Region => tongue.pick("Region", "region"),
            Self::Length => tongue.pick("Länge in Wörtern", "length in words"),
        }
    }

    /// The part to which a statement belongs; `None` where the interview does not say.
    fn part(self, gold: &Gold, text: &str) -> Option<String> {
        let meta = |field: &str| gold.transcript.meta.get(field).cloned();
        match self {
            Self::Project => Some(gold.project.clone()),
            Self::Interview => Some(gold.transcript.id.clone()),
            Self::Style => meta("style").and_then(|style| style_of(&style)).map(str::to_owned),
            Self::Region => meta("region"),
            Self::Length => Some(length_of(text).to_owned()),
        }
    }
}

/// Style of a transcript from its description: speech recognition before smoothed before dialect before verbatim; `None`
/// where the description tells none of them.
fn style_of(description: &str) -> Option<&'static str> {
    const DIALECT: [&str; 30] = [
        "dialekt",
        "mundart",
        "gefärb",
        "färbung",
        "platt",
        "hessisch",
        "sächsisch",
        "bairisch",
        "bayerisch",
        "bayrisch",
        "fränkisch",
        "schwäbisch",
        "alemannisch",
        "badisch",
        "rheinisch",
        "kölsch",
        "saarländisch",
        "pfälzisch",
        "pälzisch",
        "wienerisch",
        "berlinerisch",
        "tirolerisch",
        "friesisch",
        "thüringisch",
        "schweizerdeutsch",
        "zürichdeutsch",
        "bündnerdeutsch",
        "berndeutsch",
        "regional",
        "steirisch",
    ];
    let description = description.to_lowercase();
    let says = |word: &str| description.contains(word);
    match () {
        () if says("spracherkennung") || says("automatisch") => Some("speech_recognition"),
        () if says("geglättet") || says("inhaltlich") => Some("smoothed"),
        () if DIALECT.into_iter().any(says) => Some("dialect"),
        () if says("wörtlich") || says("verbatim") => Some("verbatim"),
        () => None,
    }
}

fn length_of(text: &str) -> &'static str {
    match text.split_whitespace().count() {
        0..=5 => "01–05",
        6..=12 => "06–12",
        13..=25 => "13–25",
        _ => "26 +",
    }
}

/// Figures on one part.
#[derive(Debug, Clone, Serialize)]
pub struct Slice {
    /// By what was divided.
    pub by: Division,
    /// Which part.
    pub part: String,
    /// Interviews with statements in it.
    pub interviews: usize,
    /// Respondents' statements in it.
    pub statements: usize,
    /// Mean F1 of the six rings.
    pub macro_f1: Measured,
    /// Cohen's kappa of the primary ring.
    pub kappa: Measured,
    /// F1 of reasons.
    pub reason_f1: Measured,
}

/// A respondent's statement of a gold interview with the answer that is judged.
pub type Judged<'a> = (&'a str, &'a Code, &'a Answer);

/// Figures on all parts by all divisions.
pub fn slices(interviews: &[(&Gold, Vec<Judged>)]) -> Vec<Slice> {
    Division::ALL.into_iter().flat_map(|by| slices_by(by, interviews)).collect()
}

fn slices_by(by: Division, interviews: &[(&Gold, Vec<Judged>)]) -> Vec<Slice> {
    let mut parts: BTreeMap<String, BTreeMap<usize, Vec<Judged>>> = BTreeMap::new();
    for (index, (gold, judged)) in interviews.iter().enumerate() {
        for &one in judged {
            if let Some(part) = by.part(gold, one.0) {
                parts.entry(part).or_default().entry(index).or_default().push(one);
            }
        }
    }
    parts.into_iter().map(|(part, interviews)| Slice::of(by, part, interviews)).collect()
}

impl Slice {
    /// What a person reads for the part.
    pub fn label(&self, tongue: Tongue) -> &str {
        match (self.by, self.part.as_str()) {
            (Division::Style, "speech_recognition") => tongue.pick("Spracherkennung", "speech recognition"),
            (Division::Style, "smoothed") => tongue.pick("geglättet", "smoothed"),
            (Division::Style, "dialect") => tongue.pick("Mundart", "dialect"),
            (Division::Style, "verbatim") => tongue.pick("wörtlich", "verbatim"),
            (_, part) => part,
        }
    }

    fn of(by: Division, part: String, interviews: BTreeMap<usize, Vec<Judged>>) -> Self {
        let pairs = |judged: &Vec<Judged>| LabelTally::of(judged.iter().map(|one| (one.1, one.2)));
        let tallies: Vec<LabelTally> = interviews.values().map(pairs).collect();
        let sums = Resampled::new(&tallies);
        Self {
            by,
            part,
            interviews: interviews.len(),
            statements: interviews.values().map(Vec::len).sum(),
            macro_f1: sums.measure(|sum| sum.rings().macro_f1()),
            kappa: sums.measure(|sum| cohens_kappa(sum.primary())),
            reason_f1: sums.measure(|sum| sum.reasons().f1()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_told_from_their_descriptions() {
        let styles = [
            ("Rohausgabe einer Spracherkennung, schwäbisch gefärbt", "speech_recognition"),
            ("geglättetes, inhaltlich-semantisches Transkript", "smoothed"),
            ("wörtlich, starkes Südhessisch (Odenwald)", "dialect"),
            ("wörtlich, fränkisch gefärbt", "dialect"),
            ("wörtlich, mit Füllwörtern", "verbatim"),
        ];
        assert_eq!(style_of("hochdeutsch"), None);
        for (description, style) in styles {
            assert_eq!(style_of(description), Some(style), "{description}");
        }
    }
}
