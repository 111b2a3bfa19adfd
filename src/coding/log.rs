//! The log of decisions: entries that are only ever added.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::decision::Decision;
use crate::error::{Explain, Tongue};

/// Place of an entry in the log, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub u64);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One step of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its place; every entry has a greater one than those before.
    pub id: EntryId,
    /// Who.
    pub who: String,
    /// When, in UTC.
    pub at: Timestamp,
    /// What.
    pub action: Action,
}

/// What a person does in one step.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Decides; several decisions at once (all results of a filter, a job with its statements) are undone at once.
    Decide(Vec<Decision>),
    /// Takes earlier steps back.
    Undo(Vec<EntryId>),
    /// Makes steps stand again that were taken back.
    Redo(Vec<EntryId>),
    /// Names this place in the log, to come back to it.
    RestorePoint(String),
}

/// An entry that cannot follow those before it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {entry} of the log: {problem}")]
pub struct LogError {
    /// Which entry does not fit. Where undoing is refused: the later one that needs what would be undone.
    pub entry: EntryId,
    /// Why.
    pub problem: Problem,
}

/// Why an entry cannot follow those before it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Its number is not greater than that of the entry before.
    #[error("not after entry {0}")]
    Order(EntryId),
    /// Nobody is named as who did it.
    #[error("nobody is named")]
    Nobody,
    /// Nothing is decided, undone or named.
    #[error("empty")]
    Empty,
    /// What shall be undone is no step that stands.
    #[error("entry {0} cannot be undone")]
    NotStanding(EntryId),
    /// What shall be redone is no step that was undone.
    #[error("entry {0} cannot be redone")]
    NotUndone(EntryId),
    /// No confirmed job has this id.
    #[error("no job `{0}`")]
    NoJob(String),
    /// A confirmed job has this id already, or would be merged with itself.
    #[error("job `{0}` is there already")]
    SameJob(String),
    /// A job without id or title, or a speaker without name.
    #[error("a name is missing")]
    NoName,
    /// The place between two parts is not inside their passage.
    #[error("a boundary outside its passage")]
    Outside,
    /// A text would be carried over to itself.
    #[error("carried from a text to itself")]
    SameText,
}

impl Explain for Problem {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Order(before) => {
                tongue.pick(format!("steht nicht nach Schritt {before}"), format!("does not stand after step {before}"))
            }
            Self::Nobody => tongue.pick("sagt nicht, von wem", "does not say by whom").to_owned(),
            Self::Empty => tongue.pick("ist leer", "is empty").to_owned(),
            Self::NotStanding(step) => tongue.pick(
                format!("Schritt {step} lässt sich nicht rückgängig machen: er gilt nicht oder ist keine Entscheidung"),
                format!("step {step} cannot be undone: it does not stand or is no decision"),
            ),
            Self::NotUndone(step) => tongue.pick(
                format!("Schritt {step} lässt sich nicht wiederherstellen: er wurde nicht rückgängig gemacht"),
                format!("step {step} cannot be redone: it was not undone"),
            ),
            Self::NoJob(id) => tongue.pick(
                format!("braucht den Job „{id}“, der nicht (mehr) bestätigt ist; bitte erst bestätigen"),
                format!("needs the job `{id}`, which is not confirmed (any more); please confirm it first"),
            ),
            Self::SameJob(id) => tongue.pick(
                format!("den Job „{id}“ gibt es schon; bitte eine andere Kennung nehmen"),
                format!("there is a job `{id}` already; please take another id"),
            ),
            Self::NoName => tongue
                .pick(
                    "Kennung und Titel eines Jobs und Namen dürfen nicht leer sein",
                    "a job's id and title, and names, must not be empty",
                )
                .to_owned(),
            Self::Outside => tongue
                .pick("die Grenze liegt nicht in ihrer Passage", "the boundary does not lie in its passage")
                .to_owned(),
            Self::SameText => {
                tongue.pick("überträgt einen Text auf sich selbst", "carries a text to itself").to_owned()
            }
        }
    }
}

impl Explain for LogError {
    fn explain(&self, tongue: Tongue) -> String {
        format!("{} {}: {}", tongue.pick("Schritt", "step"), self.entry, self.problem.explain(tongue))
    }
}
