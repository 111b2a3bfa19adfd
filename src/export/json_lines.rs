//! JSON Lines: one object a line, told apart by its field `type`.
//!
//! The shapes are a contract with other programs: `transcript`, `statement`, `candidate_job` and, last, `run`; `failed` where
//! an interview comes by stdin and cannot be read. Fields may be added, never renamed or removed. Positions are code points, half open: `start` and `end` of a statement in the
//! transcript's plain text (its turns joined by a line feed), `span` of its reason and the `words` of its `why` in the
//! statement's own text.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::codebook::Ring;
use crate::coding::{CandidateJob, CodedInterview, RingSuggestion, Route, Similar, StatementRef, Suggestion, Why};
use crate::error::{Explain, Tongue};
use crate::text::CodePoints;
use crate::transcript::Role;

/// What is known of a run as a whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RunRecord {
    /// Version of ringwerk.
    pub version: String,
    /// The model.
    pub model: ModelRecord,
    /// Everything that was set.
    pub settings: serde_json::Value,
    /// Seed of the random numbers; no stage uses any so far, which is what 0 says.
    pub seed: u64,
    /// How much there was.
    pub counts: Counts,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Tokens of all statements, each counted once.
    pub tokens: usize,
}

impl RunRecord {
    /// The record of a run that began at `started` and is finished now.
    ///
    /// # Errors
    /// Where the settings cannot be told as JSON.
    pub fn new(
        model: ModelRecord,
        settings: &impl Serialize,
        counts: Counts,
        started: Instant,
        tokens: usize,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model,
            settings: serde_json::to_value(settings)?,
            seed: 0,
            counts,
            seconds: started.elapsed().as_secs_f64(),
            tokens,
        })
    }
}

/// Which model a run used.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ModelRecord {
    /// Its name.
    pub id: String,
    /// Hash over everything that decides on its suggestions.
    pub hash: String,
}

/// How much a run had to do.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Interviews that were read.
    pub transcripts: usize,
    /// Files that could not be read.
    pub failed: usize,
    /// Statements of all speakers.
    pub statements: usize,
    /// Candidate jobs.
    pub candidate_jobs: usize,
}

/// One line.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Transcript(TranscriptLine<'a>),
    Statement(StatementLine<'a>),
    CandidateJob(CandidateLine<'a>),
    Failed(FailedLine<'a>),
    Run(&'a RunRecord),
}

#[derive(Serialize)]
struct FailedLine<'a> {
    line: usize,
    message: &'a str,
}

#[derive(Serialize)]
struct TranscriptLine<'a> {
    id: &'a str,
    path: &'a str,
    format: String,
    language: Option<&'a str>,
    meta: &'a BTreeMap<String, String>,
    turns: usize,
    statements: usize,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct StatementLine<'a> {
    transcript: &'a str,
    n: usize,
    turn: usize,
    speaker: &'a str,
    role: Role,
    time: Option<String>,
    start: usize,
    end: usize,
    text: &'a str,
    rings: Vec<RingField>,
    reason: Option<ReasonField>,
    job: Option<JobField<'a>>,
    cluster: Option<usize>,
    route: Option<Route>,
    why: Option<WhyField<'a>>,
}

/// Why something is suggested: the words that weighed most for the first ring, the most similar coded statements.
#[derive(Serialize)]
struct WhyField<'a> {
    words: Vec<[usize; 2]>,
    similar: Vec<SimilarField<'a>>,
}

#[derive(Serialize)]
struct SimilarField<'a> {
    text: &'a str,
    rings: &'a [Ring],
    transcript: &'a str,
    similarity: f64,
}

/// A ring with its probability, as contract 3.2 spells it.
#[derive(Debug, Clone, Serialize)]
pub struct RingField {
    /// The ring.
    pub id: Ring,
    /// Calibrated probability, four digits.
    pub p: f64,
    /// Whether the engine suggests it.
    pub suggested: bool,
}

#[derive(Serialize)]
struct ReasonField {
    p: f64,
    suggested: bool,
    span: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct JobField<'a> {
    id: &'a str,
    p: f64,
}

#[derive(Serialize)]
struct CandidateLine<'a> {
    id: usize,
    label: &'a str,
    terms: &'a [String],
    size: usize,
    transcripts: Vec<&'a str>,
    quotes: Vec<QuoteField<'a>>,
    cohesion: f64,
}

#[derive(Serialize)]
struct QuoteField<'a> {
    transcript: &'a str,
    n: usize,
}

/// Everything one run has to say.
pub struct Run<'a> {
    /// The interviews, each with the path it was read from.
    pub interviews: Vec<(&'a str, &'a CodedInterview)>,
    /// The candidate jobs over all of them.
    pub candidates: &'a [CandidateJob],
    /// What is known of the run.
    pub record: &'a RunRecord,
    /// In which language warnings are written.
    pub tongue: Tongue,
}

/// Writes a run: every interview followed by its statements, then the candidate jobs, then the record.
///
/// # Errors
/// Where `out` fails.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let clusters = clusters(run.candidates);
    for (index, (path, coded)) in run.interviews.iter().enumerate() {
        let cluster = |statement| clusters.get(&StatementRef { interview: index, statement }).copied();
        interview(path, coded, &cluster, run.tongue, out)?;
    }
    for job in run.candidates {
        line(out, &Line::CandidateJob(candidate_line(job, run)))?;
    }
    record(run.record, out)?;
    out.flush()
}

/// Writes an interview that was read from `path`, followed by its statements; `cluster` says to which candidate job a
/// statement belongs.
///
/// # Errors
/// Where `out` fails.
pub fn interview(
    path: &str,
    interview: &CodedInterview,
    cluster: &dyn Fn(usize) -> Option<usize>,
    tongue: Tongue,
    out: &mut dyn Write,
) -> io::Result<()> {
    line(out, &Line::Transcript(transcript_line(path, interview, tongue)))?;
    let points = CodePoints::new(interview.transcript.text());
    for statement in 0..interview.statements.len() {
        line(out, &Line::Statement(statement_line(interview, statement, cluster(statement), &points)))?;
    }
    Ok(())
}

/// Writes that the interview of a line of the input could not be read.
///
/// # Errors
/// Where `out` fails.
pub fn failure(of_line: usize, message: &str, out: &mut dyn Write) -> io::Result<()> {
    line(out, &Line::Failed(FailedLine { line: of_line, message }))
}

/// Writes what is known of a run, the last line.
///
/// # Errors
/// Where `out` fails.
pub fn record(record: &RunRecord, out: &mut dyn Write) -> io::Result<()> {
    line(out, &Line::Run(record))
}

fn line(out: &mut dyn Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

fn clusters(candidates: &[CandidateJob]) -> HashMap<StatementRef, usize> {
    candidates.iter().flat_map(|job| job.members.iter().map(|&place| (place, job.id))).collect()
}

fn transcript_line<'a>(path: &'a str, interview: &'a CodedInterview, tongue: Tongue) -> TranscriptLine<'a> {
    let transcript = &interview.transcript;
    TranscriptLine {
        id: &transcript.id,
        path,
        format: transcript.format.to_string(),
        language: transcript.language.as_deref(),
        meta: &transcript.meta,
        turns: transcript.turns().len(),
        statements: interview.statements.len(),
        warnings: transcript.warnings.iter().map(|warning| warning.explain(tongue)).collect(),
    }
}

fn statement_line<'a>(
    interview: &'a CodedInterview,
    index: usize,
    cluster: Option<usize>,
    points: &CodePoints,
) -> StatementLine<'a> {
    let transcript = &interview.transcript;
    let statement = &interview.statements[index];
    let turn = &transcript.turns()[statement.turn];
    let speaker = transcript.speaker(turn);
    let text = interview.text(index);
    let suggestion = interview.suggestions[index].as_ref();
    StatementLine {
        transcript: &transcript.id,
        n: index + 1,
        turn: statement.turn + 1,
        speaker: &speaker.name,
        role: speaker.role,
        time: turn.start.map(|start| start.to_string()),
        start: points.at(transcript.text(), statement.span.start),
        end: points.at(transcript.text(), statement.span.end),
        text,
        rings: suggestion.map(ring_fields).unwrap_or_default(),
        reason: suggestion.map(|suggestion| reason_field(suggestion, text)),
        job: suggestion
            .and_then(|suggestion| suggestion.job.as_ref())
            .map(|job| JobField { id: &job.id, p: rounded(job.p) }),
        cluster,
        route: suggestion.map(|suggestion| suggestion.route),
        why: suggestion.map(|suggestion| why_field(&suggestion.why, text)),
    }
}

/// The six rings of a suggestion, the most probable first.
pub fn ring_fields(suggestion: &Suggestion) -> Vec<RingField> {
    let field = |ring: &RingSuggestion| RingField { id: ring.id, p: rounded(ring.p), suggested: ring.suggested };
    suggestion.rings.iter().map(field).collect()
}

fn reason_field(suggestion: &Suggestion, text: &str) -> ReasonField {
    let span = suggestion.reason.span.map(|span| CodePoints::new(text).of(text, span));
    ReasonField { p: rounded(suggestion.reason.p), suggested: suggestion.reason.suggested, span }
}

fn why_field<'a>(why: &'a Why, text: &str) -> WhyField<'a> {
    let similar = |one: &'a Similar| SimilarField {
        text: &one.text,
        rings: &one.rings,
        transcript: &one.transcript,
        similarity: rounded(one.similarity),
    };
    let points = CodePoints::new(text);
    WhyField {
        words: why.words.iter().map(|&span| points.of(text, span)).collect(),
        similar: why.similar.iter().map(similar).collect(),
    }
}

fn candidate_line<'a>(job: &'a CandidateJob, run: &Run<'a>) -> CandidateLine<'a> {
    let id = |interview: usize| run.interviews[interview].1.transcript.id.as_str();
    CandidateLine {
        id: job.id,
        label: &job.label,
        terms: &job.terms,
        size: job.members.len(),
        transcripts: job.interviews.iter().map(|&interview| id(interview)).collect(),
        quotes: job
            .quotes
            .iter()
            .map(|quote| QuoteField { transcript: id(quote.interview), n: quote.statement + 1 })
            .collect(),
        cohesion: rounded(job.cohesion),
    }
}

/// Four digits: more would pretend to know more.
pub fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}
