//! What the page asks for.

use serde::Deserialize;

use crate::codebook::Rings;
use crate::coding::{EntryId, StatementKey, TranscriptKey};
use crate::transcript::Role;

/// What a person does about statements.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Wish {
    /// Accepts what is suggested, where nothing else is decided yet.
    Accept,
    /// Rejects what is suggested: no ring, where nobody has decided on rings yet.
    Reject,
    /// Sets the rings; none where it is not coded.
    Rings(Rings),
    /// Says whether it says why.
    Reason(bool),
    /// Marks it, or takes the mark away.
    Flag(bool),
    /// Remarks something; nothing takes the remark away.
    Comment(String),
    /// Says what holds where two people coded it differently.
    Settle {
        /// Its rings.
        rings: Rings,
        /// Whether it says why.
        reason: bool,
    },
    /// Puts it aside.
    Skip,
    /// Makes it undecided again.
    Reopen,
}

/// A place in a text, in UTF-16 units as browsers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct Place(pub usize);

impl Place {
    /// The same place in bytes; `None` behind the end or within a character.
    pub fn in_bytes(self, text: &str) -> Option<usize> {
        let mut units = 0;
        for (byte, sign) in text.char_indices() {
            if units >= self.0 {
                return (units == self.0).then_some(byte);
            }
            units += sign.len_utf16();
        }
        (units == self.0).then_some(text.len())
    }
}

/// Who asks, and how far they know the project. Comes with every request.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asker {
    /// The person's name.
    #[serde(default)]
    pub who: String,
    /// The newest entry of the log that the page knows.
    #[serde(default)]
    pub since: u64,
    /// The run whose suggestions the page shows; 0 for the newest.
    #[serde(default)]
    pub run: i64,
}

/// Something to be done.
#[derive(Debug, Deserialize)]
pub(super) struct Request<T> {
    /// By whom.
    #[serde(flatten)]
    pub asker: Asker,
    /// What.
    #[serde(flatten)]
    pub what: T,
}

/// Deciding the same about some statements.
#[derive(Debug, Deserialize)]
pub(super) struct Decide {
    pub statements: Vec<StatementKey>,
    pub wish: Wish,
}

/// Taking a step back.
#[derive(Debug, Deserialize)]
pub(super) struct Undo {
    pub step: EntryId,
}

/// Making steps stand again.
#[derive(Debug, Deserialize)]
pub(super) struct Redo {
    pub steps: Vec<EntryId>,
}

/// Joining a statement with the next one.
#[derive(Debug, Deserialize)]
pub(super) struct Merge {
    pub statement: StatementKey,
}

/// Splitting a statement.
#[derive(Debug, Deserialize)]
pub(super) struct Split {
    pub statement: StatementKey,
    pub at: Place,
}

/// Shaping the jobs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum JobWish {
    /// There is this job, and these statements speak to it.
    Confirm { title: String, description: String, statements: Vec<StatementKey> },
    /// It has another title or description.
    Rename { id: String, title: String, description: String },
    /// The first one is no job any more; its statements speak to the second.
    Merge { from: String, into: String },
    /// This is no job.
    Remove { id: String },
    /// Statements speak to a job; `None`: to none.
    Assign { id: Option<String>, statements: Vec<StatementKey> },
    /// It is undecided again to which job statements speak.
    Release { statements: Vec<StatementKey> },
}

/// Doing something about jobs.
#[derive(Debug, Deserialize)]
pub(super) struct ShapeJobs {
    pub job: JobWish,
}

/// Comparing what two people decided.
#[derive(Debug, Deserialize)]
pub(super) struct Compare {
    pub first: String,
    pub second: String,
}

/// Looking for statements that mean the same as one of them.
#[derive(Debug, Deserialize)]
pub(super) struct Near {
    pub transcript: TranscriptKey,
    pub start: usize,
    pub end: usize,
}

/// Looking for statements that mean what somebody typed.
#[derive(Debug, Deserialize)]
pub(super) struct Meant {
    pub text: String,
}

/// Saying who speaks: the turn in which a statement stands is somebody else's.
#[derive(Debug, Deserialize)]
pub(super) struct SetSpeaker {
    pub statement: StatementKey,
    pub speaker: String,
}

/// Changing what a speaker does.
#[derive(Debug, Deserialize)]
pub(super) struct SetRole {
    pub transcript: TranscriptKey,
    pub speaker: String,
    pub role: Role,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_as_browsers_do() {
        let text = "Größe 👍 ja";
        assert_eq!(Place(3).in_bytes(text), Some(4));
        assert_eq!(Place(9).in_bytes(text), Some(13));
        assert_eq!(Place(7).in_bytes(text), None, "within the emoji");
        assert_eq!(Place(11).in_bytes(text), Some(text.len()));
        assert_eq!(Place(12).in_bytes(text), None);
    }
}
