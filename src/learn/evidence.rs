//! What decided statements tell of others: how far decisions lay from what was suggested, handed on to statements that are
//! similar, or near in the interview.

use std::ops::Range;

use rayon::prelude::*;

use super::{Check, Frame, Told, ToldStatement};
use crate::classify::Target;
use crate::codebook::Ring;
use crate::coding::{Coded, StatementRef, Suggestion, Why};
use crate::evaluate::LabelSet;
use crate::scores::{self, odds, probability};
use crate::vectors::{Vectors, dot};

/// Numbers of a statement, in the order of [`scores`]: logarithms of odds, for the primary ring of probabilities.
type Row = [f32; scores::COUNT];

/// How many statements before and behind a decided one it tells of.
const REACH: usize = 3;
/// What remains of that with each statement further on.
const FADING: f32 = 0.5;
/// How fast similarity loses weight: only what is really similar is told of.
const STEEPNESS: i32 = 3;
/// Factors that are tried for both kinds of evidence; the weakest first, so that it is kept where others are no better.
const STRENGTHS: [f32; 4] = [0.0, 0.5, 1.0, 2.0];
/// What is learned must make the decisions e to the power of this times as probable to be believed; less may be chance, since
/// several strengths are tried.
const PROOF: f32 = 3.0;
/// Probabilities are kept this far from 0 and 1, so that a single decision can still move them.
const MARGIN: f32 = 0.001;

/// What is learned apart from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Rings,
    Reason,
    SomeJob,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Rings, Kind::Reason, Kind::SomeJob];

    /// The numbers that it is about.
    fn numbers(self) -> Range<usize> {
        match self {
            Kind::Rings => scores::RINGS.start..scores::PRIMARY.end,
            Kind::Reason => scores::REASON..scores::REASON + 1,
            Kind::SomeJob => scores::JOB..scores::JOB + 1,
        }
    }

    pub fn is_told(self, told: &ToldStatement) -> bool {
        match self {
            Kind::Rings => told.rings.is_some(),
            Kind::Reason => told.reason.is_some(),
            Kind::SomeJob => told.job.is_some(),
        }
    }

    /// Whether what is suggested is what was decided.
    fn is_right(self, suggestion: &Suggestion, told: &ToldStatement) -> bool {
        match self {
            Kind::Rings => {
                told.rings.as_ref().map(LabelSet::from) == Some(suggestion.suggested_rings().collect::<LabelSet>())
            }
            Kind::Reason => told.reason == Some(suggestion.reason.suggested),
            Kind::SomeJob => told.job.as_ref().map(Option::is_some) == Some(suggestion.speaks_to_some_job()),
        }
    }
}

/// How much either kind of evidence counts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Strength {
    similar: f32,
    near: f32,
}

impl Strength {
    /// All that are tried; nothing at all comes first.
    fn all() -> impl Iterator<Item = Self> {
        STRENGTHS.into_iter().flat_map(|similar| STRENGTHS.map(|near| Self { similar, near }))
    }
}

/// A statement that something is suggested for.
pub(super) struct Seen<'a> {
    pub at: StatementRef,
    pub suggestion: &'a Suggestion,
    pub told: Option<&'a ToldStatement>,
    text: &'a str,
    /// Its vector without what all statements have in common.
    row: Vec<f32>,
    numbers: Row,
}

/// The statements of all interviews, in order. Those of runs that did not keep all probabilities are left out.
pub(super) fn seen<'a>(coded: &'a [Coded], told: &'a Told) -> Vec<Seen<'a>> {
    let Some(first) = coded.first() else { return Vec::new() };
    let mut seen = Vec::new();
    let mut rows = Vectors::empty(first.vectors.dimensions());
    for (interview, one) in coded.iter().enumerate() {
        for (statement, suggestion) in one.interview.suggested() {
            let Some(numbers) = numbers(suggestion) else { continue };
            let at = StatementRef { interview, statement };
            rows.push(one.vectors.row(statement));
            seen.push(Seen {
                at,
                suggestion,
                told: told.about(at),
                text: one.interview.text(statement),
                row: Vec::new(),
                numbers,
            });
        }
    }
    let rows = rows.centred();
    seen.iter_mut().zip(rows.rows()).for_each(|(one, row)| one.row = row.to_vec());
    seen
}

fn numbers(suggestion: &Suggestion) -> Option<Row> {
    let mut numbers = [0.0; scores::COUNT];
    suggestion.rings.iter().for_each(|ring| numbers[scores::RINGS.start + ring.id.index()] = odds(ring.p, MARGIN));
    let primary = suggestion.primary?.map(|p| p.max(MARGIN).ln());
    numbers[scores::PRIMARY].copy_from_slice(&primary);
    numbers[scores::REASON] = odds(suggestion.reason.p, MARGIN);
    numbers[scores::JOB] = odds(suggestion.some_job, MARGIN);
    Some(numbers)
}

/// Probabilities that belong to numbers, in the same order.
fn probabilities(numbers: &Row) -> Row {
    let mut p = numbers.map(probability);
    let powers = numbers[scores::PRIMARY].iter().map(|log| log.exp());
    let sum: f32 = powers.clone().sum();
    p[scores::PRIMARY].iter_mut().zip(powers).for_each(|(p, power)| *p = power / sum);
    p
}

/// What the numbers of a decided statement should have been, in the same order; zero and one.
fn wanted(told: &ToldStatement) -> Row {
    let mut wanted = [0.0; scores::COUNT];
    let rings = told.rings.clone().unwrap_or_default();
    rings.iter().for_each(|ring| wanted[scores::RINGS.start + ring.index()] = 1.0);
    wanted[scores::PRIMARY.start + rings.primary().map_or(Ring::ALL.len(), Ring::index)] = 1.0;
    wanted[scores::REASON] = f32::from(told.reason == Some(true));
    wanted[scores::JOB] = f32::from(matches!(told.job, Some(Some(_))));
    wanted
}

/// What others tell of each statement.
pub(super) struct Evidence {
    /// By how similar they are.
    similar: Vec<Row>,
    /// By how near they are.
    near: Vec<Row>,
}

impl Evidence {
    pub fn of(seen: &[Seen]) -> Self {
        let tells: Vec<(&Seen, Row)> =
            seen.iter().filter_map(|one| Some((one, surprise(&one.numbers, one.told?)))).collect();
        let sum = |one: &Seen, weight: fn(&Seen, &Seen) -> f32| {
            let mut sum = [0.0; scores::COUNT];
            for (other, surprise) in tells.iter().filter(|(other, _)| other.at != one.at) {
                let weight = weight(one, other);
                sum.iter_mut().zip(surprise).for_each(|(sum, value)| *sum += weight * value);
            }
            sum
        };
        let (similar, near) = seen.par_iter().map(|one| (sum(one, similarity), sum(one, nearness))).unzip();
        Self { similar, near }
    }

    /// The strength under which the decisions of a kind are most probable, and how many are told right with it.
    pub fn check(&self, kind: Kind, seen: &[Seen], frame: Frame) -> (Check, Strength) {
        let decided: Vec<usize> =
            (0..seen.len()).filter(|&index| seen[index].told.is_some_and(|told| kind.is_told(told))).collect();
        let likely = |strength: Strength| -> f32 {
            decided
                .iter()
                .map(|&index| likelihood(kind, &self.changed(&seen[index], index, kind, strength), &seen[index]))
                .sum()
        };
        let right = |strength: Strength| {
            let told = |&&index: &&usize| {
                let suggestion = self.suggestion(&seen[index], index, &[(kind, strength)], frame);
                seen[index].told.is_some_and(|told| kind.is_right(&suggestion, told))
            };
            decided.iter().filter(told).count()
        };
        let nothing = Strength::default();
        let tried = Strength::all().map(|strength| (likely(strength), strength));
        let first = (likely(nothing), nothing);
        let (likelihood, best) = tried.fold(first, |best, next| if next.0 > best.0 { next } else { best });
        let (before, after) = (right(nothing), right(best));
        let used = likelihood - first.0 >= PROOF && after >= before;
        (Check { decided: decided.len(), before, after, used }, if used { best } else { nothing })
    }

    /// A statement's numbers with what others tell of one kind.
    fn changed(&self, one: &Seen, index: usize, kind: Kind, strength: Strength) -> Row {
        let mut numbers = one.numbers;
        for place in kind.numbers() {
            numbers[place] += strength.similar * self.similar[index][place] + strength.near * self.near[index][place];
        }
        numbers
    }

    /// What is suggested for a statement with what others tell of it. Its job stays, as long as it speaks to some.
    pub fn suggestion(&self, one: &Seen, index: usize, strengths: &[(Kind, Strength)], frame: Frame) -> Suggestion {
        let before = one.suggestion;
        let mut p = [0.0; Ring::ALL.len() + 2];
        before.rings.iter().for_each(|ring| p[ring.id.index()] = ring.p);
        (p[Target::Reason.index()], p[Target::Job.index()]) = (before.reason.p, before.some_job);
        let mut primary = before.primary.unwrap_or_default();
        for &(kind, strength) in strengths.iter().filter(|(_, strength)| *strength != Strength::default()) {
            let changed = probabilities(&self.changed(one, index, kind, strength));
            match kind {
                Kind::Rings => {
                    p[..Ring::ALL.len()].copy_from_slice(&changed[scores::RINGS]);
                    primary.copy_from_slice(&changed[scores::PRIMARY]);
                }
                Kind::Reason => p[Target::Reason.index()] = changed[scores::REASON],
                Kind::SomeJob => p[Target::Job.index()] = changed[scores::JOB],
            }
        }
        let suggestion = frame.decisions.weigh(&p, primary, one.text);
        // The words spoke for the ring that was suggested before.
        let words =
            if suggestion.primary_ring() == before.primary_ring() { before.why.words.clone() } else { Vec::new() };
        let mut job = before.job.clone().filter(|_| suggestion.speaks_to_some_job());
        if let Some(job) = job.as_mut().filter(|_| suggestion.some_job != before.some_job) {
            job.p *= suggestion.some_job / before.some_job;
        }
        Suggestion { why: Why { words, similar: before.why.similar.clone() }, job, ..suggestion }
    }
}

/// How far a decision lies from what was suggested; nothing for what was not decided.
fn surprise(numbers: &Row, told: &ToldStatement) -> Row {
    let (p, wanted) = (probabilities(numbers), wanted(told));
    let mut surprise = [0.0; scores::COUNT];
    for kind in Kind::ALL.into_iter().filter(|kind| kind.is_told(told)) {
        for place in kind.numbers() {
            surprise[place] = wanted[place] - p[place];
        }
    }
    surprise
}

/// The logarithm of how probable what was decided is, for numbers that others tell.
fn likelihood(kind: Kind, numbers: &Row, one: &Seen) -> f32 {
    let Some(told) = one.told else { return 0.0 };
    let (p, wanted) = (probabilities(numbers), wanted(told));
    let likely = |place: usize| {
        let of_wanted = if wanted[place] > 0.0 { p[place] } else { 1.0 - p[place] };
        // Of seven primary rings, one is wanted; the others say the same once more.
        let counts = !scores::PRIMARY.contains(&place) || wanted[place] > 0.0;
        if counts { of_wanted.max(MARGIN).ln() } else { 0.0 }
    };
    kind.numbers().map(likely).sum()
}

fn similarity(one: &Seen, other: &Seen) -> f32 {
    dot(&one.row, &other.row).max(0.0).powi(STEEPNESS)
}

fn nearness(one: &Seen, other: &Seen) -> f32 {
    let distance = one.at.statement.abs_diff(other.at.statement);
    let near = one.at.interview == other.at.interview && distance <= REACH;
    if near { FADING.powi(distance as i32 - 1) } else { 0.0 }
}
