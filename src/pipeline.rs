//! The order of the stages: the only module that knows it.

use std::path::Path;

use crate::classify::{Heads, JobList, Target, feature_count, features, suggest};
use crate::cluster::{Point, candidate_jobs, surroundings};
use crate::codebook::{Job, Ring};
use crate::coding::{CandidateJob, CodedInterview, StatementRef, Suggestion};
use crate::encode::{EncodeError, Encoded, Encoder};
use crate::evaluate::{Answer, Baseline, Compared, single};
use crate::gold::GoldProject;
use crate::ingest::{self, IngestError, IngestParams};
use crate::segment::{Units, segment};
use crate::transcript::{Statement, Transcript};
use crate::vectors::{Vectors, dot};

/// An interview that was read and cut, before the model has seen it.
#[derive(Debug, Clone)]
pub struct Segmented {
    /// The interview.
    pub transcript: Transcript,
    /// Its statements.
    pub statements: Vec<Statement>,
}

/// An interview with suggestions and what is needed to gather candidate jobs from it.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The interview with its suggestions.
    pub interview: CodedInterview,
    /// One row per statement: `(statements, dimensions)`.
    pub vectors: Vectors,
    /// Tokens that went through the model for it.
    pub tokens: usize,
}

/// Reads one file and cuts it into statements.
///
/// # Errors
/// Where the file is no transcript; see [`IngestError`].
pub fn read(path: &Path, params: &IngestParams, units: Units) -> Result<Segmented, IngestError> {
    let transcript = ingest::read_file(path, params)?;
    let statements = segment(&transcript, units);
    Ok(Segmented { transcript, statements })
}

/// Model and heads, ready to code interviews.
pub struct Engine<'a> {
    encoder: &'a dyn Encoder,
    heads: Heads,
    jobs: Option<JobList>,
}

impl<'a> Engine<'a> {
    /// Puts an encoder and heads made for it together; `jobs` may be empty.
    ///
    /// # Errors
    /// Where the jobs cannot be encoded.
    pub fn new(encoder: &'a dyn Encoder, heads: Heads, jobs: &[Job]) -> Result<Self, EncodeError> {
        assert_eq!(heads.means.len(), feature_count(encoder.dimensions()), "heads of another encoder");
        let jobs = if jobs.is_empty() { None } else { Some(encode_jobs(encoder, jobs)?) };
        Ok(Self { encoder, heads, jobs })
    }

    /// Suggests rings, reason and job for every respondent statement.
    ///
    /// `done` is told how many further statements are finished.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn code(&self, segmented: Segmented, done: &mut dyn FnMut(usize)) -> Result<Coded, EncodeError> {
        let Segmented { transcript, statements } = segmented;
        let Encoded { vectors, tokens } = encode(self.encoder, &transcript, &statements, done)?;
        let suggestions = self.suggestions(&transcript, &statements, &vectors);
        Ok(Coded { interview: CodedInterview { transcript, statements, suggestions }, vectors, tokens })
    }

    /// One entry per statement; `None` for the interviewer's.
    pub fn suggestions(
        &self,
        transcript: &Transcript,
        statements: &[Statement],
        vectors: &Vectors,
    ) -> Vec<Option<Suggestion>> {
        let features = features(transcript, statements, vectors);
        let mut suggestions = vec![None; statements.len()];
        for (&index, row) in features.statements.iter().zip(features.rows.rows()) {
            let probabilities = self.heads.probabilities(row);
            let some_job = probabilities[Target::Job.index()];
            let job = self
                .jobs
                .as_ref()
                .and_then(|jobs| jobs.suggest(vectors.row(index), some_job, self.heads.job_sharpness));
            let text = statements[index].span.of(transcript.text());
            suggestions[index] = Some(suggest(&self.heads, &probabilities, text, job));
        }
        suggestions
    }
}

/// Vectors of all statements of an interview, the interviewer's too.
///
/// # Errors
/// Where the model fails.
pub fn encode(
    encoder: &dyn Encoder,
    transcript: &Transcript,
    statements: &[Statement],
    done: &mut dyn FnMut(usize),
) -> Result<Encoded, EncodeError> {
    let texts: Vec<&str> = statements.iter().map(|statement| statement.span.of(transcript.text())).collect();
    encoder.encode(&texts, done)
}

/// Jobs with the vectors of their descriptions.
///
/// # Errors
/// Where the model fails.
pub fn encode_jobs(encoder: &dyn Encoder, jobs: &[Job]) -> Result<JobList, EncodeError> {
    let texts: Vec<String> = jobs.iter().map(JobList::text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(JobList::new(jobs, encoder.encode(&texts, &mut |_| ())?.vectors))
}

/// Gathers the statements with a suggested ring, over all interviews, to candidate jobs.
pub fn gather(coded: &[&Coded]) -> Vec<CandidateJob> {
    let Some(first) = coded.first() else { return Vec::new() };
    let mut described = Vectors::empty(2 * first.vectors.dimensions());
    let mut points = Vec::new();
    for (interview, coded) in coded.iter().enumerate() {
        for (statement, suggestion) in coded.interview.suggested() {
            if suggestion.primary_ring().is_some() {
                described.push(&surroundings(&coded.vectors, statement));
                let place = StatementRef { interview, statement };
                points.push(Point { place, text: coded.interview.text(statement) });
            }
        }
    }
    candidate_jobs(&points, &described)
}

/// What the engine says about the gold interviews of one project, for measuring.
///
/// Rings, reasons, jobs and candidates are asked for the coder's statements; besides, the engine codes each interview from
/// its turns alone, as it would for a person.
///
/// # Errors
/// Where the model fails.
pub fn compare<'a>(
    engine: &Engine,
    project: &'a GoldProject,
    done: &mut dyn FnMut(usize),
) -> Result<Vec<Compared<'a>>, EncodeError> {
    let definitions = encode_definitions(engine.encoder)?;
    let mut coded = Vec::new();
    for gold in &project.interviews {
        let segmented = Segmented { transcript: gold.transcript.clone(), statements: gold.statements.clone() };
        coded.push(engine.code(segmented, done)?);
    }
    let mut compared = Vec::new();
    for (gold, one) in project.interviews.iter().zip(&coded) {
        let statements = segment(&gold.transcript, Units::Statement);
        let own = engine.code(Segmented { transcript: gold.transcript.clone(), statements }, &mut |_| ())?;
        compared.push(Compared {
            gold,
            suggestions: one.interview.suggestions.clone(),
            own: own.interview,
            clusters: vec![None; gold.statements.len()],
            baselines: [(Baseline::Definitions, nearest_definitions(&one.interview, &one.vectors, &definitions))]
                .into(),
        });
    }
    for job in gather(&coded.iter().collect::<Vec<_>>()) {
        for place in job.members {
            compared[place.interview].clusters[place.statement] = Some(job.id);
        }
    }
    Ok(compared)
}

/// Vectors of the rings' definitions, in the order of [`Ring::ALL`].
fn encode_definitions(encoder: &dyn Encoder) -> Result<Vectors, EncodeError> {
    Ok(encoder.encode(&Ring::ALL.map(Ring::definition), &mut |_| ())?.vectors)
}

/// The rings by similarity of their definitions, for each respondent statement.
fn nearest_definitions(interview: &CodedInterview, vectors: &Vectors, definitions: &Vectors) -> Vec<Option<Answer>> {
    let nearest = |statement: &[f32]| {
        let similar: Vec<f32> = definitions.rows().map(|definition| dot(definition, statement)).collect();
        let mut ranked = Ring::ALL.to_vec();
        ranked.sort_by(|a, b| similar[b.index()].total_cmp(&similar[a.index()]));
        single(ranked, false)
    };
    let statements = interview.suggestions.iter().zip(vectors.rows());
    statements.map(|(suggestion, statement)| suggestion.is_some().then(|| nearest(statement))).collect()
}
