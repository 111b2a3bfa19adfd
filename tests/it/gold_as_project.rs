//! A project as `ringwerk code --project` leaves it, made of gold interviews without the model: suggestions are what the coder
//! gave, now and then something else, as sure as the text's hash happens to say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ringwerk::codebook::Ring;
use ringwerk::coding::{
    CandidateJob, Coded, CodedInterview, JobSuggestion, ReasonSuggestion, RingSuggestion, Route, Similar, StatementRef,
    Suggestion, Why,
};
use ringwerk::encode::{Encoder, HashedEncoder};
use ringwerk::gold::{Code, Gold, GoldProject};
use ringwerk::hash::sha256;
use ringwerk::store::{Project, RunSource, StoreError};
use ringwerk::text::{ByteSpan, words};
use ringwerk::vectors::Vectors;

/// The interviews of projects, until there are `most` statements.
#[allow(dead_code, reason = "not everybody who includes this needs it")]
pub fn until(projects: Vec<GoldProject>, most: usize) -> Vec<Gold> {
    let mut statements = 0;
    let more = |gold: &Gold| {
        let more = statements < most;
        statements += gold.statements.len();
        more
    };
    projects.into_iter().flat_map(|project| project.interviews).take_while(more).collect()
}

/// Numbers of a vector.
pub const DIMENSIONS: usize = 64;

/// Stores interviews as one run.
pub fn store(folder: &Path, interviews: &[Gold]) -> Result<(), StoreError> {
    let project = Project::open(folder)?;
    for gold in interviews {
        let stored = Coded { interview: coded(gold), vectors: vectors(gold), tokens: 0 };
        project.keep(&gold.transcript.id, "run", Path::new(&gold.transcript.id), &stored)?;
    }
    let sources: Vec<RunSource> = interviews.iter().map(source).collect();
    let candidates = serde_json::to_string(&candidates(interviews)).unwrap_or_default();
    project.keep_run("run", &sources, "{}", &candidates)
}

/// Statements that share words lie near each other.
fn vectors(gold: &Gold) -> Vectors {
    let texts: Vec<&str> = texts(gold);
    let encoded = HashedEncoder::new(DIMENSIONS).encode(&texts, &mut |_| ());
    encoded.map_or_else(|_| Vectors::empty(DIMENSIONS), |encoded| encoded.vectors)
}

fn texts(gold: &Gold) -> Vec<&str> {
    gold.statements.iter().map(|statement| statement.span.of(gold.transcript.text())).collect()
}

/// What the coder gave to one job is a candidate.
fn candidates(interviews: &[Gold]) -> Vec<CandidateJob> {
    let mut jobs: BTreeMap<&str, Vec<StatementRef>> = BTreeMap::new();
    for (interview, gold) in interviews.iter().enumerate() {
        for (statement, code) in gold.codes.iter().enumerate() {
            if let Some(job) = &code.job {
                jobs.entry(job).or_default().push(StatementRef { interview, statement });
            }
        }
    }
    let candidate = |(index, (job, members)): (usize, (&str, Vec<StatementRef>))| CandidateJob {
        id: index + 1,
        label: job.to_owned(),
        terms: job.split('-').map(str::to_owned).collect(),
        quotes: members.iter().take(3).copied().collect(),
        interviews: members.iter().map(|member| member.interview).collect::<BTreeSet<_>>().into_iter().collect(),
        members,
        cohesion: 0.5,
    };
    jobs.into_iter().enumerate().map(candidate).collect()
}

fn source(gold: &Gold) -> RunSource<'_> {
    let name = gold.transcript.id.as_str();
    RunSource { hash: name, path: Path::new(name), name }
}

/// An interview with suggestions.
pub fn coded(gold: &Gold) -> CodedInterview {
    let transcript = &gold.transcript;
    let texts = texts(gold);
    let suggestion = |index: usize| {
        let answers = transcript.is_respondent(&gold.statements[index]);
        answers.then(|| suggestion(texts[index], &gold.codes[index], similar(gold, &texts, index)))
    };
    CodedInterview {
        transcript: transcript.clone(),
        statements: gold.statements.clone(),
        suggestions: (0..gold.statements.len()).map(suggestion).collect(),
    }
}

/// A number in [0, 1) that only the text decides on.
fn chance(text: &str) -> f32 {
    let digits = &sha256(text.as_bytes())[..4];
    u16::from_str_radix(digits, 16).map_or(0.0, |number| f32::from(number) / 65_536.0)
}

fn suggestion(text: &str, code: &Code, similar: Vec<Similar>) -> Suggestion {
    let sure = 0.4 + 0.6 * chance(text);
    let wrong = Ring::ALL[text.len() % 6];
    let first = if sure < 0.5 { Some(wrong) } else { code.rings.primary() };
    let second = code.rings.iter().nth(1).filter(|second| Some(*second) != first);
    let ring = |id: Ring| {
        let suggested = Some(id) == first || Some(id) == second;
        let p = if Some(id) == first {
            sure
        } else if suggested {
            sure / 2.0
        } else {
            (1.0 - sure) / 6.0
        };
        RingSuggestion { id, p, suggested }
    };
    let mut rings = Ring::ALL.map(ring).to_vec();
    rings.sort_by(|a, b| b.p.total_cmp(&a.p));
    let because = text.find("weil ").map(|start| ByteSpan::new(start, text.len()));
    let reason = ReasonSuggestion { p: if code.reason { 0.8 } else { 0.1 }, suggested: code.reason, span: because };
    let mut longest: Vec<ByteSpan> = words(text).collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    longest.truncate(if first.is_some() { 3 } else { 0 });
    let route = if sure > 0.6 { Route::Auto } else { Route::Review };
    Suggestion {
        rings,
        confidence: sure,
        reason,
        some_job: if code.job.is_some() { sure } else { 0.0 },
        primary: None,
        job: code.job.clone().map(|id| JobSuggestion { id, p: sure }),
        route,
        why: Why { words: longest, similar },
    }
}

/// The next statements with the same first ring.
fn similar(gold: &Gold, texts: &[&str], index: usize) -> Vec<Similar> {
    let same = (0..texts.len())
        .filter(|other| *other != index && gold.codes[*other].rings.primary() == gold.codes[index].rings.primary());
    let coded = same.filter(|other| gold.transcript.is_respondent(&gold.statements[*other])).take(3);
    coded
        .map(|other| Similar {
            text: texts[other].to_owned(),
            rings: gold.codes[other].rings.iter().collect(),
            transcript: gold.transcript.id.clone(),
            similarity: 0.9,
        })
        .collect()
}
