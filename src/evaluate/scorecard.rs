//! All figures of one comparison between the engine and gold interviews.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::Serialize;

use super::{
    Calibration, Counts, Figure, Interval, Item, LabelCounts, LabelSet, Prediction, Ranking, Reason, Share, Table,
    bcubed, boundary_counts, cohens_kappa, inner_ends, interval, primary_confusion, top_hits, total,
};
use crate::codebook::Ring;
use crate::coding::{Route, Suggestion};
use crate::gold::{Code, Gold};
use crate::text::ByteSpan;
use crate::transcript::Statement;

/// Random samples of a bootstrap.
const SAMPLES: usize = 2000;
/// Fixed, so that the same run prints the same intervals.
pub const SEED: u64 = 20_260_101;

/// A gold interview with what the engine says about it.
#[derive(Debug, Clone)]
pub struct Compared<'a> {
    /// What the coder gave.
    pub gold: &'a Gold,
    /// The engine's suggestions for the coder's statements; `None` for the interviewer's.
    pub suggestions: Vec<Option<Suggestion>>,
    /// How the engine itself cuts the turns.
    pub own_units: Vec<Statement>,
    /// Candidate job of each of the coder's statements, over all interviews of its project.
    pub clusters: Vec<Option<usize>>,
}

/// A figure with the interval in which it lies in 95 of 100 samples of interviews.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measured {
    /// The figure, or null.
    pub value: Figure,
    /// Its interval; null where there are too few interviews.
    pub interval: Option<Interval>,
}

/// Figures of one ring, of reasons or of boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Found {
    /// How often it was given by hand.
    pub support: u64,
    /// Share of the suggested that is right.
    pub precision: Measured,
    /// Share of the given that is suggested.
    pub recall: Measured,
    /// Harmonic mean of both.
    pub f1: Measured,
}

/// All figures.
#[derive(Debug, Clone, Serialize)]
pub struct Scorecard {
    /// Interviews compared.
    pub interviews: usize,
    /// Respondents' statements compared.
    pub statements: usize,
    /// Boundaries of statements within turns, the engine's own against the coder's.
    pub boundaries: Found,
    /// By ring, in the order of [`Ring::ALL`], on the coder's statements.
    pub rings: BTreeMap<Ring, Found>,
    /// Mean F1 of the six rings.
    pub macro_f1: Measured,
    /// F1 over all rings together.
    pub micro_f1: Measured,
    /// Cohen's kappa of the primary ring, with "none".
    pub kappa: Measured,
    /// Share of coded statements whose gold ring is among the two most probable.
    pub top_2: Measured,
    /// Calibration error of the rings' probabilities.
    pub calibration_error: Measured,
    /// Share of statements that can be accepted at a precision of 0.90, the surest first.
    pub coverage_90: Measured,
    /// The same at 0.95.
    pub coverage_95: Measured,
    /// Share of statements that the engine routes to bulk acceptance.
    pub auto_share: Measured,
    /// Share of these that is right.
    pub auto_precision: Measured,
    /// Reasons.
    pub reasons: Found,
    /// "Speaks to some job".
    pub jobs_spoken_to: Found,
    /// Share of statements with a gold job and a suggested one where these are the same, jobs known by description.
    pub job_accuracy: Measured,
    /// BCubed F of candidate jobs on statements that have a gold job; mean over projects.
    pub bcubed_f: Measured,
    /// Interviewers' statements that got a ring; must be 0.
    pub interviewer_coded: usize,
    /// Which primary ring (row: gold) was taken for which (column), in the order of [`Ring::ALL`], then "none".
    pub confusion: Vec<Vec<u64>>,
}

/// What one interview adds to the figures.
#[derive(Debug, Clone)]
struct Tally {
    boundaries: Counts,
    labels: LabelCounts,
    reasons: Counts,
    confusion: Table,
    top_2: Share,
    calibration: Calibration,
    auto: Share,
    auto_right: Share,
    some_job: Counts,
    job_right: Share,
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.boundaries += &other.boundaries;
        self.labels += &other.labels;
        self.reasons += &other.reasons;
        self.confusion += &other.confusion;
        self.top_2 += &other.top_2;
        self.calibration += &other.calibration;
        self.auto += &other.auto;
        self.auto_right += &other.auto_right;
        self.some_job += &other.some_job;
        self.job_right += &other.job_right;
    }
}

/// The tallies of all interviews, and how figures are drawn from them.
struct Tallies(Vec<Tally>);

impl Tallies {
    fn measure(&self, figure: impl Fn(&Tally) -> Figure + Sync) -> Measured {
        measure(self.0.len(), |sample| {
            total(&self.0, sample).map_or(Figure::NotComputable(Reason::NoItems), |sum| figure(&sum))
        })
    }

    fn found(&self, counts: impl Fn(&Tally) -> Counts + Sync) -> Found {
        Found {
            support: self.0.iter().map(|tally| counts(tally).support()).sum(),
            precision: self.measure(|sum| counts(sum).precision()),
            recall: self.measure(|sum| counts(sum).recall()),
            f1: self.measure(|sum| counts(sum).f1()),
        }
    }
}

/// A figure over all interviews, and its interval over samples of them.
fn measure(interviews: usize, figure: impl Fn(&[usize]) -> Figure + Sync) -> Measured {
    let all: Vec<usize> = (0..interviews).collect();
    Measured { value: figure(&all), interval: interval(interviews, SAMPLES, SEED, |sample| figure(sample).value()) }
}

impl Scorecard {
    /// Compares suggestions with gold.
    ///
    /// Figures over no interview say that they cannot be computed.
    pub fn of(compared: &[Compared]) -> Self {
        let tallies = Tallies(compared.iter().map(Tally::of).collect());
        let ranking = Ranking::new(&compared.iter().map(confidences).collect::<Vec<_>>());
        let by_project = bcubed_by_project(compared);
        let coverage = |precision| measure(compared.len(), |sample| ranking.coverage_at(precision, sample));
        let ring = |ring: Ring| (ring, tallies.found(move |sum| sum.labels.labels()[ring.index()]));
        Self {
            interviews: compared.len(),
            statements: compared.iter().map(|one| pairs(one).count()).sum(),
            boundaries: tallies.found(|sum| sum.boundaries),
            rings: Ring::ALL.into_iter().map(ring).collect(),
            macro_f1: tallies.measure(|sum| sum.labels.macro_f1()),
            micro_f1: tallies.measure(|sum| sum.labels.micro_f1()),
            kappa: tallies.measure(|sum| cohens_kappa(&sum.confusion)),
            top_2: tallies.measure(|sum| sum.top_2.figure()),
            calibration_error: tallies.measure(|sum| sum.calibration.expected_error()),
            coverage_90: coverage(0.90),
            coverage_95: coverage(0.95),
            auto_share: tallies.measure(|sum| sum.auto.figure()),
            auto_precision: tallies.measure(|sum| sum.auto_right.figure()),
            reasons: tallies.found(|sum| sum.reasons),
            jobs_spoken_to: tallies.found(|sum| sum.some_job),
            job_accuracy: tallies.measure(|sum| sum.job_right.figure()),
            bcubed_f: measure(by_project.len(), |sample| mean(sample.iter().map(|&project| by_project[project]))),
            interviewer_coded: compared.iter().map(interviewer_coded).sum(),
            confusion: confusion_rows(&tallies.0),
        }
    }
}

/// Each respondent statement's code and suggestion.
fn pairs<'a>(compared: &'a Compared) -> impl Iterator<Item = (&'a Code, &'a Suggestion)> {
    let suggestions = compared.suggestions.iter();
    compared.gold.codes.iter().zip(suggestions).filter_map(|(code, suggestion)| Some((code, suggestion.as_ref()?)))
}

impl Tally {
    fn of(compared: &Compared) -> Self {
        let mut tally = Self {
            boundaries: boundaries(compared),
            labels: LabelCounts::count(
                Ring::ALL.len(),
                pairs(compared).map(|(code, suggestion)| (LabelSet::from(&code.rings), suggested(suggestion))),
            ),
            reasons: Counts::default(),
            confusion: primary_confusion(
                pairs(compared).map(|(code, suggestion)| (code.rings.primary(), suggestion.primary_ring())),
            ),
            top_2: top_hits(
                2,
                pairs(compared)
                    .map(|(code, suggestion)| (code.rings.primary().into_iter().collect(), ranked(suggestion))),
            ),
            calibration: pairs(compared).flat_map(|(code, suggestion)| ring_predictions(code, suggestion)).collect(),
            auto: Share::default(),
            auto_right: Share::default(),
            some_job: Counts::default(),
            job_right: Share::default(),
        };
        for (code, suggestion) in pairs(compared) {
            tally.reasons.add(code.reason, suggestion.reason.suggested);
            tally.auto.add(suggestion.route == Route::Auto);
            if suggestion.route == Route::Auto {
                tally.auto_right.add(suggestion.is_right(&code.rings));
            }
            tally.some_job.add(code.job.is_some(), suggestion.job.is_some());
            if let (Some(gold), Some(found)) = (&code.job, &suggestion.job) {
                tally.job_right.add(*gold == found.id);
            }
        }
        tally
    }
}

fn suggested(suggestion: &Suggestion) -> LabelSet {
    suggestion.suggested_rings().collect()
}

fn ranked(suggestion: &Suggestion) -> Vec<usize> {
    suggestion.rings.iter().map(|ring| ring.id.index()).collect()
}

fn ring_predictions(code: &Code, suggestion: &Suggestion) -> Vec<Prediction> {
    let rings = suggestion.rings.iter();
    rings.filter_map(|ring| Prediction::new(f64::from(ring.p), code.rings.contains(ring.id))).collect()
}

fn confidences(compared: &Compared) -> Vec<Prediction> {
    let predictions = pairs(compared);
    predictions
        .filter_map(|(code, suggestion)| {
            Prediction::new(f64::from(suggestion.confidence()), suggestion.is_right(&code.rings))
        })
        .collect()
}

/// Inner boundaries of all turns, the coder's against the engine's.
fn boundaries(compared: &Compared) -> Counts {
    let gold = &compared.gold;
    let spans = |statements: &[Statement], turn: usize| -> Vec<ByteSpan> {
        statements.iter().filter(|statement| statement.turn == turn).map(|statement| statement.span).collect()
    };
    let mut counts = Counts::default();
    for turn in 0..gold.transcript.turns().len() {
        let by_hand = inner_ends(&spans(&gold.statements, turn));
        let own = inner_ends(&spans(&compared.own_units, turn));
        counts += &boundary_counts(&by_hand, &own);
    }
    counts
}

/// BCubed F of each project: a sample of interviews would count the same statement twice as if two belonged together, so
/// whole projects are drawn.
fn bcubed_by_project(compared: &[Compared]) -> Vec<Figure> {
    let mut projects: BTreeMap<&str, Vec<&Compared>> = BTreeMap::new();
    for one in compared {
        projects.entry(&one.gold.project).or_default().push(one);
    }
    projects.values().map(|interviews| bcubed(&job_items(interviews)).f).collect()
}

/// The statements of a project that have a gold job, with their candidate; one without candidate is alone in its group.
fn job_items(interviews: &[&Compared]) -> Vec<Item> {
    let mut jobs: Vec<&str> = Vec::new();
    let mut items = Vec::new();
    let mut alone = usize::MAX;
    for one in interviews {
        for (code, cluster) in one.gold.codes.iter().zip(&one.clusters) {
            let Some(job) = &code.job else { continue };
            let known = jobs.iter().position(|seen| seen == job);
            let category = known.unwrap_or_else(|| {
                jobs.push(job);
                jobs.len() - 1
            });
            alone -= 1;
            items.push(Item::new([cluster.unwrap_or(alone)], [category]));
        }
    }
    items
}

/// The mean of the figures that could be computed.
fn mean(figures: impl Iterator<Item = Figure>) -> Figure {
    let values: Vec<f64> = figures.filter_map(Figure::value).collect();
    Figure::ratio(values.iter().sum(), values.len() as f64, Reason::NoItems)
}

fn interviewer_coded(compared: &Compared) -> usize {
    let transcript = &compared.gold.transcript;
    let coded = compared.gold.statements.iter().zip(&compared.suggestions);
    coded.filter(|(statement, suggestion)| suggestion.is_some() && !transcript.is_respondent(statement)).count()
}

fn confusion_rows(tallies: &[Tally]) -> Vec<Vec<u64>> {
    let all: Vec<usize> = (0..tallies.len()).collect();
    let Some(sum) = total(tallies, &all) else { return Vec::new() };
    let columns = |row| (0..sum.confusion.columns()).map(|column| sum.confusion.get(row, column)).collect();
    (0..sum.confusion.rows()).map(columns).collect()
}
