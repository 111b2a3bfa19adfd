//! What a person decided so far, to better suggestions for the rest of the same project.
//!
//! ```text
//! coded interviews + what is told of them ─evidence─▶ probabilities ─check─▶ suggestions, and a record of what changed
//! ```
//!
//! Nothing is encoded anew and nothing is random; the order of decisions does not matter. Every decided statement is told by
//! the others as if nobody had decided about it, and what does not tell these better than before is not used ([`Check`]).

mod evidence;
mod in_project;
mod record;
mod simulate;
mod told;

use crate::classify::{Decisions, JobList, Speaking, most_probable};
use crate::coding::{Coded, CodedInterview, StatementRef};
use crate::pipeline::{KnownJobs, assign_jobs, speaking};
use evidence::{Evidence, Kind, Strength, seen};
pub use in_project::{LearnError, Outcome, job_list, last_learned, learn_project, undo};
pub use record::{Check, Learned, LearnedRun};
pub use simulate::{
    Curve, JobFigures, JobTally, MEMBERS, Order, POINTS, Point, Tally, few_members, job_figures, simulate,
};
pub use told::{Told, ToldStatement};

/// What suggestions are made with, besides what is told.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// How probabilities become suggestions.
    pub decisions: &'a Decisions,
    /// The jobs, where there are some.
    pub jobs: Option<&'a JobList>,
}

/// What came of learning.
#[derive(Debug, Clone, PartialEq)]
pub struct Learning {
    /// The interviews with their new suggestions.
    pub interviews: Vec<CodedInterview>,
    /// What was found and changed.
    pub record: Learned,
}

/// Makes new suggestions for what is not decided yet; what is suggested for a decided statement stays as it was shown.
pub fn learn(coded: &[Coded], told: &Told, frame: Frame) -> Learning {
    let seen = seen(coded, told);
    let evidence = Evidence::of(&seen);
    let checked = Kind::ALL.map(|kind| evidence.check(kind, &seen, frame));
    let strengths = |told: Option<&ToldStatement>| -> Vec<(Kind, Strength)> {
        let open = |kind: &Kind| !told.is_some_and(|told| kind.is_told(told));
        Kind::ALL.into_iter().zip(checked).filter(|(kind, _)| open(kind)).map(|(kind, (_, by))| (kind, by)).collect()
    };
    let mut learned: Vec<Coded> = coded.to_vec();
    for (index, one) in seen.iter().enumerate() {
        let suggestion = evidence.suggestion(one, index, &strengths(one.told), frame);
        learned[one.at.interview].interview.suggestions[one.at.statement] = Some(suggestion);
    }
    let jobs = frame.jobs.map(|jobs| learn_jobs(&mut learned, told, jobs, frame)).unwrap_or_default();
    let interviews: Vec<CodedInterview> = learned.into_iter().map(|one| one.interview).collect();
    let [rings, reasons, some_job] = checked.map(|(check, _)| check);
    let changed = changed(coded, &interviews);
    Learning { interviews, record: Learned { decided: told.len(), rings, reasons, some_job, jobs, changed } }
}

/// Gives each open statement that speaks to some job the most probable one, by confirmed statements where these help.
fn learn_jobs(learned: &mut [Coded], told: &Told, jobs: &JobList, frame: Frame) -> Check {
    let known = told.jobs();
    let check = check_jobs(learned, &known, jobs, frame);
    let mut assigned = learned.to_vec();
    let nothing_known: KnownJobs = known.keys().map(|at| (*at, None)).collect();
    let known = if check.used { &known } else { &nothing_known };
    assign_jobs(jobs, frame.decisions.job_sharpness, &mut assigned.iter_mut().collect::<Vec<_>>(), known);
    for (one, assigned) in learned.iter_mut().zip(assigned) {
        for (suggestion, assigned) in one.interview.suggestions.iter_mut().zip(assigned.interview.suggestions) {
            let without_job = suggestion.as_ref().is_some_and(|suggestion| suggestion.job.is_none());
            if check.used || without_job {
                *suggestion = assigned;
            }
        }
    }
    check
}

/// Whether confirmed statements tell the jobs of one another better than descriptions alone do.
fn check_jobs(coded: &[Coded], known: &KnownJobs, jobs: &JobList, frame: Frame) -> Check {
    let with_members = speaking(jobs, coded.iter(), known);
    let without: Vec<Speaking> = with_members.iter().map(|one| Speaking { confirmed: None, ..*one }).collect();
    let told = |speaking: &[Speaking]| {
        let (mut right, mut likely) = (0, 0.0);
        let shared = jobs.shares_among(speaking, frame.decisions.job_sharpness);
        for (shares, job) in shared.iter().zip(&with_members).filter_map(|(shares, one)| Some((shares, one.confirmed?)))
        {
            right += usize::from(most_probable(shares) == Some(job));
            likely += shares[job].max(f32::MIN_POSITIVE).ln();
        }
        (right, likely)
    };
    let (before, after) = (told(&without), told(&with_members));
    Check {
        decided: with_members.iter().filter(|one| one.confirmed.is_some()).count(),
        before: before.0,
        after: after.0,
        used: after.0 >= before.0 && after.1 > before.1,
    }
}

/// The statements for which something else is suggested than before.
fn changed(before: &[Coded], after: &[CodedInterview]) -> Vec<StatementRef> {
    let mut changed = Vec::new();
    for (interview, (before, after)) in before.iter().zip(after).enumerate() {
        let pairs = before.interview.suggested().zip(after.suggested());
        for ((statement, before), (_, after)) in pairs {
            if !before.suggests_same(after) {
                changed.push(StatementRef { interview, statement });
            }
        }
    }
    changed
}
