//! A study as JSON Lines: `interview`, its `statement`s, and after all interviews the `job`s; told apart by `type`.
//!
//! Positions are code points, half open: `start` and `end` in the interview's plain text (its turns joined by a line feed),
//! `span` of a reason in the statement's own text. Whoever decided something stands in `by`, with `at`; what the engine
//! suggests has `p` instead.

use std::collections::BTreeMap;

use serde::Serialize;

use super::json_lines::rounded;
use crate::codebook::Ring;
use crate::study::{Coded, CodedStatement, Interview, Origin, Status, Study, StudyJob};
use crate::text::{ByteSpan, CodePoints};
use crate::transcript::Role;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Interview(&'a InterviewLine<'a>),
    Statement(&'a StatementLine<'a>),
    Job(&'a JobLine<'a>),
}

#[derive(Serialize)]
struct InterviewLine<'a> {
    id: &'a str,
    format: String,
    language: Option<&'a str>,
    meta: &'a BTreeMap<String, String>,
    turns: usize,
    statements: usize,
}

#[derive(Serialize)]
struct StatementLine<'a> {
    interview: &'a str,
    n: usize,
    turn: usize,
    speaker: &'a str,
    role: Role,
    time: Option<String>,
    start: usize,
    end: usize,
    text: &'a str,
    status: &'static str,
    rings: Vec<CodeField<'a, Ring>>,
    reason: Option<ReasonField<'a>>,
    job: Option<CodeField<'a, &'a str>>,
    comment: Option<CommentField<'a>>,
}

#[derive(Serialize)]
struct CodeField<'a, T> {
    id: T,
    #[serde(flatten)]
    origin: OriginField<'a>,
}

#[derive(Serialize)]
struct ReasonField<'a> {
    span: Option<[usize; 2]>,
    #[serde(flatten)]
    origin: OriginField<'a>,
}

#[derive(Serialize)]
struct CommentField<'a> {
    text: &'a str,
    by: &'a str,
    at: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum OriginField<'a> {
    Person { by: &'a str, at: String },
    Engine { p: f64 },
}

#[derive(Serialize)]
struct JobLine<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    confirmed: bool,
}

/// All lines.
pub(super) fn lines(study: &Study) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::new();
    for interview in &study.interviews {
        line(&mut out, &Line::Interview(&interview_line(interview)))?;
        let points = CodePoints::new(interview.transcript.text());
        for (index, statement) in interview.statements.iter().enumerate().filter(|(_, one)| one.is_told()) {
            line(&mut out, &Line::Statement(&statement_line(interview, index, statement, &points)))?;
        }
    }
    study.jobs.iter().try_for_each(|job| line(&mut out, &Line::Job(&job_line(job))))?;
    Ok(out)
}

fn line(out: &mut Vec<u8>, line: &Line) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.push(b'\n');
    Ok(())
}

fn interview_line(interview: &Interview) -> InterviewLine<'_> {
    let transcript = &interview.transcript;
    InterviewLine {
        id: interview.id(),
        format: transcript.format.to_string(),
        language: transcript.language.as_deref(),
        meta: &transcript.meta,
        turns: transcript.turns().len(),
        statements: interview.statements.len(),
    }
}

fn statement_line<'a>(
    interview: &'a Interview,
    index: usize,
    statement: &'a CodedStatement,
    points: &CodePoints,
) -> StatementLine<'a> {
    let whole = interview.transcript.text();
    let speaker = interview.speaker(statement);
    let text = interview.text(statement);
    StatementLine {
        interview: interview.id(),
        n: index + 1,
        turn: statement.place.turn + 1,
        speaker: &speaker.name,
        role: speaker.role,
        time: interview.turn(statement).start.map(|start| start.to_string()),
        start: points.at(whole, statement.place.span.start),
        end: points.at(whole, statement.place.span.end),
        text,
        status: status(statement.status),
        rings: statement.rings.iter().map(|ring| CodeField { id: ring.code, origin: origin(&ring.origin) }).collect(),
        reason: statement.reason.as_ref().map(|reason| reason_field(reason, text)),
        job: statement.job.as_ref().map(|job| CodeField { id: job.code.as_str(), origin: origin(&job.origin) }),
        comment: statement.comment.as_ref().map(|comment| CommentField {
            text: &comment.value,
            by: &comment.by.who,
            at: comment.by.at.to_string(),
        }),
    }
}

fn reason_field<'a>(reason: &'a Coded<Option<ByteSpan>>, text: &str) -> ReasonField<'a> {
    let span = reason.code.filter(|span| span.get(text).is_some());
    ReasonField { span: span.map(|span| CodePoints::new(text).of(text, span)), origin: origin(&reason.origin) }
}

fn origin(origin: &Origin) -> OriginField<'_> {
    match origin {
        Origin::Person(by) => OriginField::Person { by: &by.who, at: by.at.to_string() },
        Origin::Engine { p } => OriginField::Engine { p: rounded(*p) },
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Question => "question",
        Status::Open => "open",
        Status::Skipped => "skipped",
        Status::Suggested => "suggested",
        Status::Decided => "decided",
    }
}

fn job_line(job: &StudyJob) -> JobLine<'_> {
    let StudyJob { job, confirmed } = job;
    JobLine { id: &job.id, title: &job.title, description: &job.description, confirmed: *confirmed }
}
