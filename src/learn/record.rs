//! What is kept of learning, in the record of the run that it made.

use serde::{Deserialize, Serialize};

use crate::coding::StatementRef;

/// How well decided statements are told, each by the others as if nobody had decided about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Decided statements.
    pub decided: usize,
    /// How many of them were suggested as decided before.
    pub before: usize,
    /// How many of them are with what was learned.
    pub after: usize,
    /// Whether what was learned is used: it is where it makes the decisions clearly more probable and gets no fewer right.
    pub used: bool,
}

/// What came of learning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    /// Statements that were learned from.
    pub decided: usize,
    /// Rings; right are those with just the decided ones.
    pub rings: Check,
    /// Reasons.
    pub reasons: Check,
    /// Whether statements speak to some job.
    pub some_job: Check,
    /// Which job statements speak to.
    pub jobs: Check,
    /// Where rings, reason or job are suggested otherwise than before.
    pub changed: Vec<StatementRef>,
}

/// What the record of a run says where its suggestions were learned, beside what it says of every run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnedRun {
    /// The run that it was made from, which holds the suggestions before.
    pub from: i64,
    /// What came of it.
    #[serde(flatten)]
    pub learned: Learned,
}

/// The field of a run's record that holds a [`LearnedRun`].
const FIELD: &str = "learned";

impl LearnedRun {
    /// Reads it from a run's record; `None` where the run's suggestions are the model's own.
    ///
    /// # Errors
    /// Where the record is no JSON of the expected shape.
    pub fn read(record: &str) -> Result<Option<Self>, serde_json::Error> {
        let record: serde_json::Value = serde_json::from_str(record)?;
        record.get(FIELD).map(|learned| serde_json::from_value(learned.clone())).transpose()
    }

    /// The record of the run that it was made from, with this added.
    ///
    /// # Errors
    /// Where that record is no JSON object.
    pub fn add_to(&self, record: &str) -> Result<String, serde_json::Error> {
        let mut fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(record)?;
        fields.insert(FIELD.to_owned(), serde_json::to_value(self)?);
        serde_json::to_string(&fields)
    }
}
