//! What a person can decide.

use serde::{Deserialize, Serialize};

use super::key::{StatementKey, TranscriptKey};
use super::suggestion::{JobSuggestion, ReasonSuggestion, RingSuggestion, Suggestion};
use crate::codebook::{Job, Rings};
use crate::text::ByteSpan;
use crate::transcript::{Role, Statement};

/// One decision of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Decision {
    /// Something about one statement.
    Statement {
        /// Which.
        statement: StatementKey,
        /// What was decided.
        verdict: Verdict,
        /// What the engine had suggested, where the person saw it; none for who codes blind.
        shown: Option<Shown>,
    },
    /// Whether a statement ends at a place; see [`Decision::split`] and [`Decision::merge`].
    Boundary {
        /// The passage on both sides of the place.
        passage: StatementKey,
        /// Where the first part ends, in bytes from the passage's start; inside the passage.
        at: usize,
        /// Whether a statement ends there.
        ends: bool,
    },
    /// Somebody else says a turn.
    TurnSpeaker {
        /// The turn.
        turn: StatementKey,
        /// Who says it, by label. A label that is new is a respondent's.
        speaker: String,
    },
    /// A speaker asks, or answers.
    SpeakerRole {
        /// In which transcript.
        transcript: TranscriptKey,
        /// Who, by label.
        speaker: String,
        /// What they do.
        role: Role,
    },
    /// There is this job. To split a job, confirm a second one and give it some statements, all in one step.
    ConfirmJob {
        /// The job, with an id that no other confirmed job has.
        job: Job,
    },
    /// A confirmed job has another title or description.
    RenameJob {
        /// The job with its old id.
        job: Job,
    },
    /// All statements of one job speak to another; the first one is no job any more.
    MergeJobs {
        /// Id of the job that goes.
        from: String,
        /// Id of the job that stays.
        into: String,
    },
    /// This is no job. Its statements are undecided again as to jobs.
    RemoveJob {
        /// Its id.
        id: String,
    },
    /// Two statements speak to one job, to different ones, or (`None`) nothing is said about that any more.
    Link {
        /// The statements.
        pair: Pair,
        /// How they belong together.
        link: Option<Link>,
    },
    /// A transcript's text has changed: what was decided about these passages holds for passages of the new text.
    Carry {
        /// The old text.
        from: TranscriptKey,
        /// The new text.
        to: TranscriptKey,
        /// Places in the old and in the new text.
        passages: Vec<(ByteSpan, ByteSpan)>,
    },
}

impl Decision {
    /// A statement is two: the first ends at `at`, in bytes of the transcript's `text`, or with the last word before.
    ///
    /// Returns `None` where one of both would be empty, or `at` lies outside or within a character.
    pub fn split(text: &str, statement: &StatementKey, at: usize) -> Option<Self> {
        let span = statement.span;
        let first = text.get(span.start..at)?.trim_end();
        let second = text.get(at..span.end)?.trim();
        let both = !first.trim().is_empty() && !second.is_empty();
        both.then(|| Self::Boundary { passage: statement.clone(), at: first.len(), ends: true })
    }

    /// Two neighbours are one statement.
    ///
    /// Returns `None` where they are of different turns or not in order.
    pub fn merge(transcript: &TranscriptKey, first: &Statement, second: &Statement) -> Option<Self> {
        let neighbours = first.turn == second.turn && first.span.end <= second.span.start;
        let passage = ByteSpan::new(first.span.start, second.span.end);
        neighbours.then(|| Self::Boundary {
            passage: StatementKey::new(transcript, passage),
            at: first.span.len(),
            ends: false,
        })
    }

    /// The transcript that must be known for it to make sense; none for decisions about jobs alone.
    pub fn transcript(&self) -> Option<&TranscriptKey> {
        match self {
            Self::SpeakerRole { transcript, .. } => Some(transcript),
            Self::Carry { to, .. } => Some(to),
            _ => self.passages().first().map(|passage| &passage.transcript),
        }
    }

    /// The passages that it is about.
    pub fn passages(&self) -> Vec<&StatementKey> {
        match self {
            Self::Statement { statement, .. } => vec![statement],
            Self::Boundary { passage, .. } => vec![passage],
            Self::TurnSpeaker { turn, .. } => vec![turn],
            Self::Link { pair, .. } => pair.both().to_vec(),
            _ => Vec::new(),
        }
    }
}

/// What a person says about one statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Rings, reason and job at once, as when a suggestion is accepted.
    Coding(Coding),
    /// Its rings; none where it is not coded.
    Rings(Rings),
    /// Whether it says why.
    Reason(Reason),
    /// The id of the confirmed job it speaks to; `None` where it speaks to none.
    Job(Option<String>),
    /// Whether it is marked to come back to.
    Flag(bool),
    /// A remark; an empty one takes it away.
    Comment(String),
    /// Looked at and put aside.
    Skip,
    /// Two people coded it differently, and this holds; what each of them gave stays their own coding.
    Settle {
        /// Its rings.
        rings: Rings,
        /// Whether it says why.
        reason: Reason,
    },
    /// As if nobody had decided on rings, reason and job; flag and comment stay.
    Reopen,
    /// As if nobody had decided on its job: it goes back to the statements without one.
    ReopenJob,
}

/// Everything that a statement is coded with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coding {
    /// Its rings; none where it is not coded.
    pub rings: Rings,
    /// Whether it says why.
    pub reason: Reason,
    /// The id of the confirmed job it speaks to.
    pub job: Option<String>,
}

/// Whether a statement says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It does not.
    #[default]
    No,
    /// It does.
    Yes {
        /// Where, in bytes of the statement's text, if that was said.
        span: Option<ByteSpan>,
    },
}

impl Reason {
    /// Whether it says why.
    pub fn is_yes(self) -> bool {
        matches!(self, Self::Yes { .. })
    }
}

/// What a person saw of the engine's suggestion when deciding, so that accepting can be told from correcting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// All six rings, the most probable first.
    pub rings: Vec<RingSuggestion>,
    /// Whether it says why.
    pub reason: ReasonSuggestion,
    /// The job.
    pub job: Option<JobSuggestion>,
}

impl From<&Suggestion> for Shown {
    fn from(suggestion: &Suggestion) -> Self {
        Self { rings: suggestion.rings.clone(), reason: suggestion.reason, job: suggestion.job.clone() }
    }
}

impl Shown {
    /// What accepting it decides. Whoever decides just this has accepted the suggestion; anything else is a correction.
    pub fn coding(&self) -> Coding {
        let suggested = self.rings.iter().filter(|ring| ring.suggested).map(|ring| ring.id);
        let reason = if self.reason.suggested { Reason::Yes { span: self.reason.span } } else { Reason::No };
        Coding {
            rings: Rings::new(suggested.take(2).collect()).unwrap_or_default(),
            reason,
            job: self.job.as_ref().map(|job| job.id.clone()),
        }
    }
}

/// Two different statements, whichever was named first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "[StatementKey; 2]", try_from = "[StatementKey; 2]")]
pub struct Pair([StatementKey; 2]);

impl Pair {
    /// Returns `None` for twice the same statement.
    pub fn new(first: StatementKey, second: StatementKey) -> Option<Self> {
        match first.cmp(&second) {
            std::cmp::Ordering::Less => Some(Self([first, second])),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Self([second, first])),
        }
    }

    /// Both statements.
    pub fn both(&self) -> [&StatementKey; 2] {
        [&self.0[0], &self.0[1]]
    }
}

impl From<Pair> for [StatementKey; 2] {
    fn from(pair: Pair) -> Self {
        pair.0
    }
}

impl TryFrom<[StatementKey; 2]> for Pair {
    type Error = &'static str;

    fn try_from([first, second]: [StatementKey; 2]) -> Result<Self, Self::Error> {
        Self::new(first, second).ok_or("twice the same statement")
    }
}

/// How two statements belong together when candidate jobs are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// They speak to one job.
    Must,
    /// They speak to different jobs.
    Cannot,
}
