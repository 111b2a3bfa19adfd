//! An analyst's day, with gold in place of the analyst: decisions are made, learned from, and the rest is measured.

use std::ops::AddAssign;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::{Frame, Told, learn};
use crate::classify::{JobList, Speaking, most_probable};
use crate::coding::{Coded, StatementRef};
use crate::evaluate::{Answer, Figure, LabelTally, Measured, Resampled, Share, cohens_kappa};
use crate::gold::{Code, GoldProject};

/// After so many decisions the rest is measured.
pub const POINTS: [usize; 5] = [0, 25, 50, 100, 200];
/// After so many decisions it is learned, and what comes next is chosen anew.
const STEP: usize = 25;
/// Confirmed statements a job, where jobs are measured by themselves.
pub const MEMBERS: usize = 5;
/// How often these are drawn.
const DRAWS: u64 = 10;

/// Which statements are decided next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Those that the engine is least sure of.
    LeastSure,
    /// Any.
    Random,
}

/// What one project adds to a point: figures on what is not decided yet.
#[derive(Debug, Clone)]
pub struct Tally {
    model: LabelTally,
    adapted: LabelTally,
    jobs: JobTally,
}

/// Statements with a gold job that nobody has confirmed, and how many of them get it.
#[derive(Debug, Clone, Copy, Default)]
pub struct JobTally {
    described: Share,
    confirmed: Share,
}

impl AddAssign<&JobTally> for JobTally {
    fn add_assign(&mut self, other: &JobTally) {
        self.described += &other.described;
        self.confirmed += &other.confirmed;
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.model += &other.model;
        self.adapted += &other.adapted;
        self.jobs += &other.jobs;
    }
}

/// The curve of one order over projects.
#[derive(Debug, Clone, Serialize)]
pub struct Curve {
    /// In which order was decided.
    pub order: Order,
    /// From no decision on.
    pub points: Vec<Point>,
}

/// Figures on the statements that are not decided after some decisions; intervals over projects.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// Decisions in each project.
    pub decided: usize,
    /// Projects that have more statements than that.
    pub projects: usize,
    /// Mean F1 of the rings, by the model as it is.
    pub macro_f1_model: Measured,
    /// The same after learning.
    pub macro_f1_adapted: Measured,
    /// What learning adds to it.
    pub macro_f1_learned: Measured,
    /// Cohen's kappa of the primary ring, by the model as it is.
    pub kappa_model: Measured,
    /// The same after learning.
    pub kappa_adapted: Measured,
    /// Jobs.
    pub jobs: JobFigures,
}

/// Share of statements with a gold job for which this job is the most probable one.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct JobFigures {
    /// By descriptions alone.
    pub described: Measured,
    /// With confirmed statements.
    pub confirmed: Measured,
    /// What these add to it.
    pub learned: Measured,
}

/// The day on one project: a tally for each of [`POINTS`], as long as something is left.
pub fn simulate(project: &GoldProject, coded: &[Coded], frame: Frame, order: Order, seed: u64) -> Vec<Tally> {
    let day = Day { project, coded, frame };
    let mut told = Told::default();
    let mut tallies = Vec::new();
    for point in POINTS {
        while told.len() < point {
            let next = day.next(&told, order, seed);
            let left = point - told.len();
            next.iter().take(STEP.min(left)).for_each(|at| told.tell(*at, day.code(*at).into()));
            if next.len() <= left.min(STEP) {
                return tallies;
            }
        }
        tallies.push(day.tally(&told));
    }
    tallies
}

/// Jobs alone: [`MEMBERS`] statements of each job are confirmed, drawn several times.
pub fn few_members(project: &GoldProject, coded: &[Coded], frame: Frame) -> JobTally {
    let day = Day { project, coded, frame };
    let mut sum = JobTally::default();
    for draw in 0..DRAWS {
        let mut told = Told::default();
        for job in &project.jobs {
            let mut members: Vec<StatementRef> =
                day.statements().filter(|at| day.code(*at).job.as_ref() == Some(&job.id)).collect();
            members.shuffle(&mut ChaCha8Rng::seed_from_u64(draw));
            members.iter().take(MEMBERS).for_each(|at| told.tell(*at, day.code(*at).into()));
        }
        sum += &day.job_tally(&told);
    }
    sum
}

/// Figures on jobs from the tallies of projects.
pub fn job_figures(tallies: &[JobTally]) -> JobFigures {
    figures(&Resampled::new(tallies), |sum| sum)
}

impl Curve {
    /// Draws the figures of a curve from the days on projects.
    pub fn of(order: Order, days: &[Vec<Tally>]) -> Self {
        let point = |(index, &decided): (usize, &usize)| {
            let tallies: Vec<Tally> = days.iter().filter_map(|day| day.get(index).cloned()).collect();
            Point::of(decided, &tallies)
        };
        Self { order, points: POINTS.iter().enumerate().map(point).collect() }
    }
}

impl Point {
    fn of(decided: usize, tallies: &[Tally]) -> Self {
        let sums = Resampled::new(tallies);
        Self {
            decided,
            projects: tallies.len(),
            macro_f1_model: sums.measure(|sum| sum.model.rings().macro_f1()),
            macro_f1_adapted: sums.measure(|sum| sum.adapted.rings().macro_f1()),
            macro_f1_learned: sums
                .measure(|sum| difference(sum.adapted.rings().macro_f1(), sum.model.rings().macro_f1())),
            kappa_model: sums.measure(|sum| cohens_kappa(sum.model.primary())),
            kappa_adapted: sums.measure(|sum| cohens_kappa(sum.adapted.primary())),
            jobs: figures(&sums, |sum| &sum.jobs),
        }
    }
}

fn figures<T>(sums: &Resampled<T>, jobs: impl Fn(&T) -> &JobTally + Sync) -> JobFigures
where
    T: Clone + Send + Sync + for<'a> AddAssign<&'a T>,
{
    JobFigures {
        described: sums.measure(|sum| jobs(sum).described.figure()),
        confirmed: sums.measure(|sum| jobs(sum).confirmed.figure()),
        learned: sums.measure(|sum| difference(jobs(sum).confirmed.figure(), jobs(sum).described.figure())),
    }
}

fn difference(after: Figure, before: Figure) -> Figure {
    match (after, before) {
        (Figure::Value(after), Figure::Value(before)) => Figure::Value(after - before),
        (Figure::NotComputable(reason), _) | (_, Figure::NotComputable(reason)) => Figure::NotComputable(reason),
    }
}

/// A project whose statements are decided one after the other.
#[derive(Clone, Copy)]
struct Day<'a> {
    project: &'a GoldProject,
    coded: &'a [Coded],
    frame: Frame<'a>,
}

impl<'a> Day<'a> {
    fn statements(self) -> impl Iterator<Item = StatementRef> + 'a {
        let each = self.coded.iter().enumerate();
        each.flat_map(|(interview, one)| {
            one.interview.suggested().map(move |(statement, _)| StatementRef { interview, statement })
        })
    }

    fn code(self, at: StatementRef) -> &'a Code {
        &self.project.interviews[at.interview].codes[at.statement]
    }

    /// What is not decided yet, in the order in which it will be.
    fn next(self, told: &Told, order: Order, seed: u64) -> Vec<StatementRef> {
        let mut open: Vec<StatementRef> = self.statements().filter(|at| told.about(*at).is_none()).collect();
        match order {
            Order::LeastSure => {
                let now = learn(self.coded, told, self.frame).interviews;
                let confidence = |at: &StatementRef| {
                    let suggestion = now[at.interview].suggestions[at.statement].as_ref();
                    suggestion.map_or(1.0, |suggestion| suggestion.confidence)
                };
                open.sort_by(|a, b| confidence(a).total_cmp(&confidence(b)));
            }
            Order::Random => open.shuffle(&mut ChaCha8Rng::seed_from_u64(seed + told.len() as u64)),
        }
        open
    }

    fn tally(self, told: &Told) -> Tally {
        let now = learn(self.coded, told, self.frame).interviews;
        let rest: Vec<StatementRef> = self.statements().filter(|at| told.about(*at).is_none()).collect();
        let answers = |suggestion: &dyn Fn(StatementRef) -> Option<Answer>| -> Vec<(&Code, Answer)> {
            rest.iter().filter_map(|at| Some((self.code(*at), suggestion(*at)?))).collect()
        };
        let model = answers(&|at| Some(self.coded[at.interview].interview.suggestions[at.statement].as_ref()?.into()));
        let adapted = answers(&|at| Some(now[at.interview].suggestions[at.statement].as_ref()?.into()));
        let count = |pairs: &[(&Code, Answer)]| LabelTally::of(pairs.iter().map(|(code, answer)| (*code, answer)));
        Tally { model: count(&model), adapted: count(&adapted), jobs: self.job_tally(told) }
    }

    /// The most probable job of each statement that has one and is not decided, whether the engine thinks so or not.
    fn job_tally(self, told: &Told) -> JobTally {
        let mut tally = JobTally::default();
        let Some(jobs) = self.frame.jobs else { return tally };
        let mut speaking = Vec::new();
        let mut wanted = Vec::new();
        for at in self.statements() {
            let Some(job) = self.code(at).job.as_deref().and_then(|job| jobs.place(job)) else { continue };
            let confirmed = told.about(at).map(|_| job);
            speaking.push(Speaking { at, vector: self.coded[at.interview].vectors.row(at.statement), confirmed });
            wanted.push(job);
        }
        let described: Vec<Speaking> = speaking.iter().map(|one| Speaking { confirmed: None, ..*one }).collect();
        let found = |speaking: &[Speaking]| self.most_probable(jobs, speaking);
        let both = found(&described).into_iter().zip(found(&speaking));
        for ((by_description, with_members), (one, wanted)) in both.zip(speaking.iter().zip(wanted)) {
            if one.confirmed.is_none() {
                tally.described.add(by_description == Some(wanted));
                tally.confirmed.add(with_members == Some(wanted));
            }
        }
        tally
    }

    fn most_probable(self, jobs: &JobList, speaking: &[Speaking]) -> Vec<Option<usize>> {
        let shared = jobs.shares_among(speaking, self.frame.decisions.job_sharpness);
        shared.iter().map(|shares| most_probable(shares)).collect()
    }
}
