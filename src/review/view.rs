//! What the page is told, as JSON. Places in texts are UTF-16 units, as browsers count; what names a statement stays in bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::codebook::{Job, Ring};
use crate::coding::{
    By, Current, Decided, EntryId, JobSuggestion, Route, ShapedInterview, Similar, StatementKey, Suggestion,
    TranscriptKey,
};
use crate::error::{Explain, Tongue};
use crate::export::json_lines::rounded;
use crate::text::ByteSpan;
use crate::transcript::{Role, Timestamp};

/// The whole project.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    project: String,
    interviews: Vec<InterviewView>,
    /// Whether the page can learn from decisions.
    pub learns: bool,
    /// Whether what is suggested was learned from decisions.
    learned: bool,
    /// Whether only what this person decided is shown, without suggestions.
    pub blind: Option<String>,
    /// The confirmed jobs.
    pub jobs: Vec<Job>,
    /// Jobs of the project's list that nobody has confirmed yet.
    pub listed: Vec<Job>,
    /// What the engine gathered.
    pub candidates: Vec<CandidateView>,
    /// Coded statements that suggestions refer to by number.
    examples: Vec<ExampleView>,
    /// What was suggested before learning, where that was something else; `None` where nothing was learned.
    #[serde(skip)]
    before: Option<BTreeMap<StatementKey, Suggestion>>,
    #[serde(skip)]
    numbers: BTreeMap<(String, String), usize>,
    #[serde(flatten)]
    changes: Changes,
}

/// What has changed, and what can be undone and redone.
#[derive(Debug, Serialize)]
pub(super) struct Changes {
    /// The run that is shown.
    pub run: i64,
    /// The newest entry of the log.
    pub last: u64,
    /// Whether there are other statements or speakers now, so that everything has to be asked for again.
    pub reload: bool,
    /// Statements about which something else is decided now.
    pub decided: Vec<Changed>,
    /// Everybody who decided something.
    pub people: BTreeSet<String>,
    /// What the person who asks would undo next.
    pub undo: Option<Step>,
    /// What they would redo next; empty for nothing.
    pub redo: Vec<EntryId>,
}

/// What is decided about a statement now.
#[derive(Debug, Serialize)]
pub(super) struct Changed {
    pub key: StatementKey,
    pub decided: Option<DecidedView>,
}

/// A step that can be undone.
#[derive(Debug, Serialize)]
pub(super) struct Step {
    pub id: EntryId,
    /// About how many statements it decided; 0 where it changed statements or speakers.
    pub statements: usize,
    pub first: Option<StatementKey>,
}

/// Statements that may speak to one job.
#[derive(Debug, Serialize)]
pub(super) struct CandidateView {
    pub label: String,
    pub terms: Vec<String>,
    pub members: Vec<StatementKey>,
    /// The most typical members.
    pub quotes: Vec<StatementKey>,
}

/// To which job a statement speaks, as people decided.
#[derive(Debug, Serialize)]
struct JobDecided {
    /// `None`: to none.
    id: Option<String>,
}

#[derive(Debug, Serialize)]
struct InterviewView {
    key: TranscriptKey,
    name: String,
    format: String,
    warnings: Vec<String>,
    speakers: Vec<SpeakerView>,
    turns: Vec<TurnView>,
    statements: Vec<StatementView>,
}

#[derive(Debug, Serialize)]
struct SpeakerView {
    name: String,
    role: Role,
}

#[derive(Debug, Serialize)]
struct TurnView {
    speaker: usize,
    time: Option<String>,
}

#[derive(Debug, Serialize)]
struct StatementView {
    start: usize,
    end: usize,
    turn: usize,
    text: String,
    suggestion: Option<SuggestionView>,
    /// What was suggested before learning, where that was something else.
    before: Option<BeforeView>,
    decided: Option<DecidedView>,
}

#[derive(Debug, Serialize)]
struct SuggestionView {
    /// Whether it is sure enough to be accepted in bulk.
    auto: bool,
    confidence: f64,
    rings: Vec<RingView>,
    reason: ReasonView,
    /// Only a job that can be given: a confirmed one, or one of the project's list.
    job: Option<JobView>,
    words: Vec<[usize; 2]>,
    similar: Vec<SimilarView>,
}

/// A suggestion that stood before learning.
#[derive(Debug, Serialize)]
struct BeforeView {
    rings: Vec<Ring>,
    reason: bool,
    job: Option<String>,
}

#[derive(Debug, Serialize)]
struct JobView {
    id: String,
    p: f64,
}

#[derive(Debug, Serialize)]
struct RingView {
    id: Ring,
    p: f64,
    suggested: bool,
}

#[derive(Debug, Serialize)]
struct ReasonView {
    p: f64,
    suggested: bool,
    span: Option<[usize; 2]>,
}

#[derive(Debug, Serialize)]
struct SimilarView {
    example: usize,
    similarity: f64,
}

#[derive(Debug, Serialize)]
struct ExampleView {
    text: String,
    rings: Vec<Ring>,
    interview: String,
}

/// What people decided about a statement.
#[derive(Debug, Serialize)]
pub(super) struct DecidedView {
    rings: Option<Vec<Ring>>,
    reason: Option<bool>,
    job: Option<JobDecided>,
    flagged: bool,
    comment: Option<String>,
    skipped: bool,
    /// Who decided last on rings, reason or job, put it aside, marked it or remarked something.
    who: Option<String>,
    /// When, RFC 3339.
    at: Option<String>,
}

impl Overview {
    /// A project without interviews.
    pub fn new(project: &str, changes: Changes) -> Self {
        Self {
            project: project.to_owned(),
            learns: false,
            learned: false,
            blind: None,
            interviews: Vec::new(),
            jobs: Vec::new(),
            listed: Vec::new(),
            candidates: Vec::new(),
            examples: Vec::new(),
            before: None,
            numbers: BTreeMap::new(),
            changes,
        }
    }

    /// Notes what was suggested before learning, for what is added from now on.
    pub fn set_before(&mut self, before: Option<BTreeMap<StatementKey, Suggestion>>) {
        self.learned = before.is_some();
        self.before = before;
    }

    /// Adds an interview.
    pub fn add(&mut self, interview: &ShapedInterview, current: &Current, tongue: Tongue) {
        let transcript = interview.transcript();
        let speakers = transcript.speakers().iter();
        let turns = transcript.turns().iter();
        let statements = 0..interview.statements().len();
        let view = InterviewView {
            key: interview.key().clone(),
            name: transcript.id.clone(),
            format: transcript.format.to_string(),
            warnings: transcript.warnings.iter().map(|warning| warning.explain(tongue)).collect(),
            speakers: speakers.map(|one| SpeakerView { name: one.name.clone(), role: one.role }).collect(),
            turns: turns
                .map(|turn| TurnView { speaker: turn.speaker, time: turn.start.as_ref().map(Timestamp::to_string) })
                .collect(),
            statements: statements.map(|place| self.statement(interview, place, current)).collect(),
        };
        self.interviews.push(view);
    }

    fn statement(&mut self, interview: &ShapedInterview, place: usize, current: &Current) -> StatementView {
        let statement = interview.statements()[place];
        let text = statement.span.of(interview.transcript().text());
        let key = StatementKey::new(interview.key(), statement.span);
        StatementView {
            start: statement.span.start,
            end: statement.span.end,
            turn: statement.turn,
            text: text.to_owned(),
            suggestion: self.shown(interview, place).map(|suggestion| self.suggestion(suggestion, text)),
            before: self.before.as_ref().and_then(|before| before.get(&key)).map(BeforeView::from),
            decided: current.statement(&key).map(DecidedView::from),
        }
    }

    fn shown<'a>(&self, interview: &'a ShapedInterview, place: usize) -> Option<&'a Suggestion> {
        interview.suggestion(place).filter(|_| self.blind.is_none())
    }

    fn suggestion(&mut self, suggestion: &Suggestion, text: &str) -> SuggestionView {
        let rings = suggestion.rings.iter();
        let similar = suggestion.why.similar.iter();
        SuggestionView {
            auto: suggestion.route == Route::Auto,
            confidence: rounded(suggestion.confidence),
            rings: rings.map(|ring| RingView { id: ring.id, p: rounded(ring.p), suggested: ring.suggested }).collect(),
            reason: ReasonView {
                p: rounded(suggestion.reason.p),
                suggested: suggestion.reason.suggested,
                span: suggestion.reason.span.and_then(|span| units(text, span)),
            },
            job: suggestion.job.as_ref().filter(|job| self.knows_job(&job.id)).map(JobView::from),
            words: suggestion.why.words.iter().filter_map(|word| units(text, *word)).collect(),
            similar: similar
                .map(|one| SimilarView { example: self.example(one), similarity: rounded(one.similarity) })
                .collect(),
        }
    }

    fn knows_job(&self, id: &str) -> bool {
        self.jobs.iter().chain(&self.listed).any(|job| job.id == id)
    }

    /// The number of a coded statement; many suggestions refer to the same.
    fn example(&mut self, similar: &Similar) -> usize {
        let name = (similar.transcript.clone(), similar.text.clone());
        let next = self.examples.len();
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            self.examples.push(ExampleView {
                text: similar.text.clone(),
                rings: similar.rings.clone(),
                interview: similar.transcript.clone(),
            });
        }
        number
    }
}

impl From<&Suggestion> for BeforeView {
    fn from(suggestion: &Suggestion) -> Self {
        Self {
            rings: suggestion.suggested_rings().collect(),
            reason: suggestion.reason.suggested,
            job: suggestion.job.as_ref().map(|job| job.id.clone()),
        }
    }
}

impl From<&JobSuggestion> for JobView {
    fn from(job: &JobSuggestion) -> Self {
        Self { id: job.id.clone(), p: rounded(job.p) }
    }
}

impl From<&Decided> for DecidedView {
    fn from(decided: &Decided) -> Self {
        let by = [
            decided.rings.as_ref().map(|made| &made.by),
            decided.reason.as_ref().map(|made| &made.by),
            decided.job.as_ref().map(|made| &made.by),
            decided.comment.as_ref().map(|made| &made.by),
            decided.flagged.as_ref(),
            decided.skipped.as_ref(),
        ];
        let last: Option<&By> = by.into_iter().flatten().max_by_key(|by| by.entry);
        Self {
            rings: decided.rings.as_ref().map(|made| made.value.iter().collect()),
            reason: decided.reason.as_ref().map(|made| made.value.is_yes()),
            job: decided.job.as_ref().map(|made| JobDecided { id: made.value.clone() }),
            flagged: decided.flagged.is_some(),
            comment: decided.comment.as_ref().map(|made| made.value.clone()),
            skipped: decided.skipped.is_some(),
            who: last.map(|by| by.who.clone()),
            at: last.map(|by| by.at.to_string()),
        }
    }
}

/// A span of bytes in UTF-16 units; `None` where it does not belong to the text.
fn units(text: &str, span: ByteSpan) -> Option<[usize; 2]> {
    let start = text.get(..span.start)?.encode_utf16().count();
    Some([start, start + span.get(text)?.encode_utf16().count()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_units_of_browsers() {
        assert_eq!(units("Größe 👍 zählt", ByteSpan::new(8, 12)), Some([6, 8]));
        assert_eq!(units("Größe", ByteSpan::new(3, 4)), None, "within a character");
    }
}
