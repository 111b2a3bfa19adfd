//! What the engine suggests for a statement, and which statements may speak to one job.

use serde::{Deserialize, Serialize};

use crate::codebook::{Ring, Rings};
use crate::text::ByteSpan;
use crate::transcript::{Statement, Transcript};
use crate::vectors::Vectors;

/// From this probability on a statement counts as one that speaks to some job: half of the best F1, where the limit with the
/// best F1 lies if probabilities are right. Source: Lipton et al., Optimal Thresholding of Classifiers to Maximize F1 Measure,
/// 2014 (arXiv 1402.1892).
const SPEAKS: f32 = 0.4;

/// Everything the engine suggests for one respondent statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// All six rings, the most probable first.
    pub rings: Vec<RingSuggestion>,
    /// How probable each ring is as the primary one, in the order of [`Ring::ALL`], then none; sums to one. Runs of earlier
    /// versions did not keep it.
    #[serde(default)]
    pub primary: Option<[f32; 7]>,
    /// How probable it is that a person could accept the suggested rings, or that there is none, without a look; in [0, 1].
    pub confidence: f32,
    /// Whether the statement says why.
    pub reason: ReasonSuggestion,
    /// How probable it is that it speaks to some job; in [0, 1].
    #[serde(default)]
    pub some_job: f32,
    /// The job it speaks to, where a list of jobs was given and one fits.
    pub job: Option<JobSuggestion>,
    /// Whether it may be accepted in bulk.
    pub route: Route,
    /// What speaks for it.
    pub why: Why,
}

/// Why something is suggested, for a person to judge by.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Why {
    /// The words that weighed most for the first ring, the weightiest first, in bytes of the statement's text; none where no
    /// ring is suggested.
    pub words: Vec<ByteSpan>,
    /// The most similar coded statements, the most similar first.
    pub similar: Vec<Similar>,
}

/// A coded statement that is similar to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Similar {
    /// Its text.
    pub text: String,
    /// The rings that a person gave it, the more central one first.
    pub rings: Vec<Ring>,
    /// Its interview.
    pub transcript: String,
    /// In [-1, 1]; 1 for what the model reads as the same.
    pub similarity: f32,
}

impl Suggestion {
    /// Counts up when suggestions begin to hold more, so that interviews are coded again that were stored with less.
    pub const SHAPE: u32 = 2;

    /// The suggested rings, the most probable first; at most two.
    pub fn suggested_rings(&self) -> impl Iterator<Item = Ring> + '_ {
        self.rings.iter().filter(|ring| ring.suggested).map(|ring| ring.id)
    }

    /// The most probable of the suggested rings.
    pub fn primary_ring(&self) -> Option<Ring> {
        self.suggested_rings().next()
    }

    /// Whether it is taken for one that speaks to some job.
    pub fn speaks_to_some_job(&self) -> bool {
        self.some_job >= SPEAKS
    }

    /// Whether rings, reason and job are suggested alike, however sure it is of them.
    pub fn suggests_same(&self, other: &Self) -> bool {
        let rings = self.suggested_rings().eq(other.suggested_rings());
        let reason = self.reason.suggested == other.reason.suggested;
        let job = self.job.as_ref().map(|job| &job.id) == other.job.as_ref().map(|job| &job.id);
        rings && reason && job
    }

    /// Whether a person who gave `gold` could have accepted it without a look: every suggested ring was given, and none is
    /// suggested where none was given.
    pub fn is_right(&self, gold: &Rings) -> bool {
        let none = self.primary_ring().is_none();
        self.suggested_rings().all(|ring| gold.contains(ring)) && none == gold.is_empty()
    }
}

/// How probable one ring is for a statement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RingSuggestion {
    /// The ring.
    pub id: Ring,
    /// Calibrated probability in [0, 1].
    pub p: f32,
    /// Whether the engine suggests it.
    pub suggested: bool,
}

/// How probable it is that a statement says why.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ReasonSuggestion {
    /// Calibrated probability in [0, 1].
    pub p: f32,
    /// Whether the engine suggests the flag.
    pub suggested: bool,
    /// Where the reason stands, in bytes of the statement's text, where a connective shows it.
    pub span: Option<ByteSpan>,
}

/// Which job a statement probably speaks to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobSuggestion {
    /// The job's id.
    pub id: String,
    /// Calibrated probability in [0, 1].
    pub p: f32,
}

/// Whether a suggestion may be accepted in bulk or wants a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Route {
    /// Sure enough: at least nine of ten such suggestions were right on projects the engine had never seen.
    Auto,
    /// A person should look.
    Review,
}

/// An interview with everything the engine says about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodedInterview {
    /// The interview.
    pub transcript: Transcript,
    /// Its statements, the interviewer's too.
    pub statements: Vec<Statement>,
    /// One entry per statement; `None` for the interviewer's, which are never coded.
    pub suggestions: Vec<Option<Suggestion>>,
}

impl CodedInterview {
    /// The text of statement `index`.
    pub fn text(&self, index: usize) -> &str {
        self.statements[index].span.of(self.transcript.text())
    }

    /// The statements of respondents with their suggestions, each with its index.
    pub fn suggested(&self) -> impl Iterator<Item = (usize, &Suggestion)> {
        self.suggestions.iter().enumerate().filter_map(|(index, suggestion)| Some((index, suggestion.as_ref()?)))
    }
}

/// An interview with its suggestions and what is needed to gather candidate jobs from it.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The interview with its suggestions.
    pub interview: CodedInterview,
    /// Where each statement lies among those that speak to the same job, zeros where it hardly speaks to any:
    /// `(statements, dimensions)`.
    pub vectors: Vectors,
    /// Tokens that went through the model for it.
    pub tokens: usize,
}

impl Coded {
    /// The statements that probably speak to some job, with their vectors.
    pub fn speaking(&self) -> impl Iterator<Item = (usize, &[f32])> {
        let speaking = self.interview.suggested().filter(|(_, suggestion)| suggestion.speaks_to_some_job());
        speaking.map(|(statement, _)| (statement, self.vectors.row(statement)))
    }
}

/// A statement of one of several interviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StatementRef {
    /// Index of the interview in the run.
    pub interview: usize,
    /// Index of the statement in the interview, from 0.
    pub statement: usize,
}

/// Statements that may speak to one job; a person decides whether they do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CandidateJob {
    /// Number of the candidate in its run, from 1, the one with most interviews first.
    pub id: usize,
    /// A proposed title: that of the most similar known job, else its most characteristic words, joined.
    pub label: String,
    /// Its most characteristic words, the most characteristic first.
    pub terms: Vec<String>,
    /// All its statements, in order of interviews.
    pub members: Vec<StatementRef>,
    /// The most typical ones, from different interviews where there are several.
    pub quotes: Vec<StatementRef>,
    /// Indices of the interviews that speak for it.
    pub interviews: Vec<usize>,
    /// Mean similarity of its statements to its centre, in [-1, 1].
    pub cohesion: f32,
}
