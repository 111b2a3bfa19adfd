//! Learning in a project folder: from its last run a new one, and back.

use serde::Deserialize;

use super::{Frame, Learned, LearnedRun, Learning, Told, learn};
use crate::classify::Decisions;
use crate::codebook::Job;
use crate::coding::{Coded, Current};
use crate::encode::{EncodeError, Encoder};
use crate::error::{Explain, Tongue};
use crate::hash::sha256;
use crate::pipeline::encode_jobs;
use crate::store::{Project, RunInterview, RunSource, StoreError, StoredRun};

/// What came of learning in a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has decided anything about statements of the last run.
    NothingDecided,
    /// What was learned does not help, so the model's own suggestions stay, or are back.
    Unchanged(Learned),
    /// There is a new run with what was learned.
    Changed(Learned),
    /// The last run holds just that already.
    AsBefore(Learned),
}

/// Why nothing could be learned in a project.
#[derive(Debug, thiserror::Error)]
pub enum LearnError {
    /// The project could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The model failed on the descriptions of jobs.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// What the project says of a run cannot be understood.
    #[error("the record of a run: {0}")]
    Record(#[from] serde_json::Error),
    /// Nothing is coded yet.
    #[error("nothing is coded yet")]
    NothingCoded,
    /// The last run is of another model or an earlier version.
    #[error("the last run is of another model or an earlier version")]
    OtherModel,
}

impl Explain for LearnError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Store(error) => error.explain(tongue),
            Self::Encode(error) => error.explain(tongue),
            Self::Record(error) => tongue.pick(
                format!("die Angaben zum letzten Lauf sind nicht lesbar ({error}). Bitte erneut: ringwerk code TRANSKRIPTE --project ORDNER. Entscheidungen bleiben dabei erhalten"),
                format!("the record of the last run cannot be read ({error}). Please again: ringwerk code TRANSCRIPTS --project DIR. Decisions stay"),
            ),
            Self::NothingCoded => tongue
                .pick(
                    "hier ist noch nichts kodiert. Bitte zuerst: ringwerk code TRANSKRIPTE --project ORDNER",
                    "nothing is coded here yet. Please first: ringwerk code TRANSCRIPTS --project DIR",
                )
                .to_owned(),
            Self::OtherModel => tongue
                .pick(
                    "die Vorschläge stammen von einem anderen Modell oder einer früheren Fassung; bitte zuerst neu kodieren: ringwerk code TRANSKRIPTE --project ORDNER. Entscheidungen bleiben dabei erhalten",
                    "the suggestions are of another model or an earlier version; please code again first: ringwerk code TRANSCRIPTS --project DIR. Decisions stay",
                )
                .to_owned(),
        }
    }
}

/// What of a run's record matters here.
#[derive(Deserialize)]
struct Record {
    model: Model,
}

#[derive(Deserialize)]
struct Model {
    hash: String,
}

/// The jobs that statements may speak to: the confirmed ones, then those of a list that are not confirmed.
pub fn job_list(current: &Current, listed: &[Job]) -> Vec<Job> {
    let confirmed = current.jobs();
    let others = listed.iter().filter(|job| confirmed.iter().all(|known| known.id != job.id));
    confirmed.iter().chain(others).cloned().collect()
}

/// Makes a new run of the last one with what its decisions tell. `model` is the hash by which runs name the present model.
///
/// It always begins with the model's own suggestions, so learning twice is learning once. Texts of statements are not
/// encoded, only those of jobs.
///
/// # Errors
/// Where nothing is coded yet or by another model, or the project cannot be read or written.
pub fn learn_project(
    project: &Project,
    encoder: &dyn Encoder,
    decisions: &Decisions,
    model: &str,
) -> Result<Outcome, LearnError> {
    let last = project.last_run()?.ok_or(LearnError::NothingCoded)?;
    let before = LearnedRun::read(&last.record)?;
    let base = before.as_ref().map(|learned| project.run(learned.from)).transpose()?;
    let base = base.as_ref().unwrap_or(&last);
    let record: Record = serde_json::from_str(&base.record)?;
    if record.model.hash != model || !is_complete(base) {
        return Err(LearnError::OtherModel);
    }
    let state = project.state()?;
    let coded = coded(base);
    let told = Told::of(state.current(), coded.iter().map(|one| &one.interview));
    let jobs = job_list(state.current(), &base.listed_jobs());
    let jobs = if jobs.is_empty() { None } else { Some(encode_jobs(encoder, &jobs)?) };
    let learning = learn(&coded, &told, Frame { decisions, jobs: jobs.as_ref() });
    keep(project, &last, base, learning)
}

/// Stores what was learned as a new run, where it is anything new.
fn keep(project: &Project, last: &StoredRun, base: &StoredRun, learning: Learning) -> Result<Outcome, LearnError> {
    let Learning { interviews, record: learned } = learning;
    if learned.changed.is_empty() {
        if last.id != base.id {
            project.repeat_run(base.id)?;
        }
        let nothing = learned.decided == 0;
        return Ok(if nothing { Outcome::NothingDecided } else { Outcome::Unchanged(learned) });
    }
    if last.interviews.iter().map(|one| &one.stored.interview).eq(&interviews) {
        return Ok(Outcome::AsBefore(learned));
    }
    let run = LearnedRun { from: base.id, learned };
    let key = sha256(format!("{} {} {}", base.key, base.id, serde_json::to_string(&interviews)?).as_bytes());
    for (one, interview) in base.interviews.iter().zip(interviews) {
        project.keep(&one.hash, &key, &one.path, &Coded { interview, ..one.stored.clone() })?;
    }
    let sources: Vec<RunSource> = base.interviews.iter().map(RunInterview::source).collect();
    project.keep_run(&key, &sources, &run.add_to(&base.record)?, &base.candidates)?;
    Ok(Outcome::Changed(run.learned))
}

/// Makes the suggestions from before learning stand again. Returns whether the last run had learned anything.
///
/// # Errors
/// Where the project cannot be read or written.
pub fn undo(project: &Project) -> Result<bool, LearnError> {
    let learned = last_learned(project)?;
    if let Some(learned) = &learned {
        project.repeat_run(learned.from)?;
    }
    Ok(learned.is_some())
}

/// What the last run learned; `None` where its suggestions are the model's own, or there is no run.
///
/// # Errors
/// Where the project cannot be read.
pub fn last_learned(project: &Project) -> Result<Option<LearnedRun>, LearnError> {
    let Some(record) = project.last_record()? else { return Ok(None) };
    Ok(LearnedRun::read(&record)?)
}

/// Whether all probabilities were kept.
fn is_complete(run: &StoredRun) -> bool {
    let suggestions = run.interviews.iter().flat_map(|one| one.stored.interview.suggestions.iter().flatten());
    suggestions.into_iter().all(|suggestion| suggestion.primary.is_some())
}

fn coded(run: &StoredRun) -> Vec<Coded> {
    run.interviews.iter().map(|interview| interview.stored.clone()).collect()
}
