//! What leaves a project, in one shape that all formats and the report are drawn from.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::codebook::{Job, Ring};
use crate::coding::{By, CodedInterview, Current, Decided, Made, Reason, ShapedInterview, StatementKey, Suggestion};
use crate::text::ByteSpan;
use crate::transcript::{Role, Speaker, Statement, Transcript, Turn};

/// What a study is gathered from.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// What the project is called.
    pub name: &'a str,
    /// The interviews of its last run.
    pub interviews: &'a [CodedInterview],
    /// What people decided.
    pub current: &'a Current,
    /// The jobs that the engine was given; it suggests from these.
    pub listed_jobs: &'a [Job],
    /// The model that suggested.
    pub model: &'a str,
    /// When it suggested.
    pub suggested_at: Timestamp,
}

/// Interviews with everything that statements are coded with, and what the codes mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// What the project is called.
    pub name: String,
    /// The model that suggested.
    pub model: String,
    /// When it suggested.
    pub suggested_at: Timestamp,
    /// The interviews, in order.
    pub interviews: Vec<Interview>,
    /// Every job that a statement may speak to, the confirmed ones first.
    pub jobs: Vec<StudyJob>,
}

/// A job of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyJob {
    /// The job.
    pub job: Job,
    /// Whether a person confirmed it; else the engine suggests it.
    pub confirmed: bool,
}

/// An interview as people corrected it.
#[derive(Debug, Clone, PartialEq)]
pub struct Interview {
    /// Who says what, with speakers and roles as people set them.
    pub transcript: Transcript,
    /// Its statements in order, merged and split as people decided.
    pub statements: Vec<CodedStatement>,
}

/// A statement with what it is coded with.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedStatement {
    /// Where it lies.
    pub place: Statement,
    /// How far it is decided.
    pub status: Status,
    /// Its rings, the more central one first.
    pub rings: Vec<Coded<Ring>>,
    /// That it says why, and where in the statement's text, if that is known.
    pub reason: Option<Coded<Option<ByteSpan>>>,
    /// The id of the job that it speaks to; always one of [`Study::jobs`].
    pub job: Option<Coded<String>>,
    /// A person's remark.
    pub comment: Option<Made<String>>,
}

/// A statement with its interview.
#[derive(Debug, Clone, Copy)]
pub struct Quote<'a> {
    /// The interview.
    pub interview: &'a Interview,
    /// One of its statements.
    pub statement: &'a CodedStatement,
}

/// How many interviews quotes come from.
pub fn voices<'q, 'a: 'q>(quotes: impl IntoIterator<Item = &'q Quote<'a>>) -> usize {
    quotes.into_iter().map(|quote| quote.interview.id()).collect::<BTreeSet<_>>().len()
}

/// A code, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded<T> {
    /// The code.
    pub code: T,
    /// Who gave it.
    pub origin: Origin,
}

/// Who gave a code.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// A person decided it.
    Person(By),
    /// The engine suggests it, and nobody has decided yet.
    Engine {
        /// How probable it is; in [0, 1].
        p: f32,
    },
}

/// How far the rings of a statement are decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Said by an interviewer; never coded.
    Question,
    /// Nobody has decided.
    Open,
    /// A person put it aside.
    Skipped,
    /// Nobody has decided; what it is coded with is the engine's.
    Suggested,
    /// A person decided, be it that there is no ring.
    Decided,
}

impl Study {
    /// Gathers what people decided; `with_suggestions` adds what the engine suggests wherever nobody decided.
    pub fn new(material: &Material, with_suggestions: bool) -> Self {
        let interviews = material.interviews.iter().map(|coded| interview(material, coded, with_suggestions));
        let interviews: Vec<Interview> = interviews.collect();
        let jobs = jobs(material, &interviews);
        let (name, model) = (material.name.to_owned(), material.model.to_owned());
        Self { name, model, suggested_at: material.suggested_at, interviews, jobs }
    }

    /// A job by its id.
    pub fn job(&self, id: &str) -> Option<&StudyJob> {
        self.jobs.iter().find(|job| job.job.id == id)
    }

    /// All statements about which something is said, each with its interview and its index there.
    pub fn told(&self) -> impl Iterator<Item = (&Interview, usize, &CodedStatement)> {
        self.interviews.iter().flat_map(|interview| {
            let statements = interview.statements.iter().enumerate().filter(|(_, statement)| statement.is_told());
            statements.map(move |(index, statement)| (interview, index, statement))
        })
    }

    /// When the last thing happened to it that leaves: the newest decision, or the suggestions where there is none.
    pub fn newest(&self) -> Timestamp {
        let decided = self.told().flat_map(|(_, _, statement)| statement.authors()).map(|by| by.at).max();
        decided.map_or(self.suggested_at, |decided| decided.max(self.suggested_at))
    }

    /// Everybody who decided something that leaves, in the order of the alphabet.
    pub fn people(&self) -> BTreeSet<&str> {
        self.told().flat_map(|(_, _, statement)| statement.authors()).map(|by| by.who.as_str()).collect()
    }
}

impl Interview {
    /// Its name.
    pub fn id(&self) -> &str {
        &self.transcript.id
    }

    /// What is said in a statement.
    pub fn text(&self, statement: &CodedStatement) -> &str {
        statement.place.span.of(self.transcript.text())
    }

    /// The turn that a statement is part of.
    pub fn turn(&self, statement: &CodedStatement) -> &Turn {
        &self.transcript.turns()[statement.place.turn]
    }

    /// Who says a statement.
    pub fn speaker(&self, statement: &CodedStatement) -> &Speaker {
        self.transcript.speaker(self.turn(statement))
    }
}

impl CodedStatement {
    /// Whether anything is said about it.
    pub fn is_told(&self) -> bool {
        let coded = !self.rings.is_empty() || self.reason.is_some() || self.job.is_some();
        coded || self.comment.is_some() || matches!(self.status, Status::Decided | Status::Suggested)
    }

    /// Who decided what about it.
    pub fn authors(&self) -> impl Iterator<Item = &By> {
        self.origins().filter_map(Origin::person).chain(self.comment.iter().map(|comment| &comment.by))
    }

    /// What it is coded with, by origin.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        let rings = self.rings.iter().map(|ring| &ring.origin);
        rings.chain(self.reason.iter().map(|reason| &reason.origin)).chain(self.job.iter().map(|job| &job.origin))
    }

    /// Whether anything that it is coded with is only suggested.
    pub fn has_suggestion(&self) -> bool {
        self.status == Status::Suggested || self.origins().any(|origin| origin.probability().is_some())
    }

    /// Whether it has a ring, whoever says so.
    pub fn has_ring(&self, ring: Ring) -> bool {
        self.rings.iter().any(|coded| coded.code == ring)
    }

    /// Whether it was given to a job, whoever says so.
    pub fn speaks_to(&self, job: &str) -> bool {
        self.job.as_ref().is_some_and(|coded| coded.code == job)
    }
}

impl Origin {
    /// The person, where it was one.
    pub fn person(&self) -> Option<&By> {
        match self {
            Self::Person(by) => Some(by),
            Self::Engine { .. } => None,
        }
    }

    /// The engine's probability, where it was the engine.
    pub fn probability(&self) -> Option<f32> {
        match self {
            Self::Person(_) => None,
            Self::Engine { p } => Some(*p),
        }
    }
}

fn interview(material: &Material, coded: &CodedInterview, with_suggestions: bool) -> Interview {
    let shaped = ShapedInterview::new(coded.clone(), material.current);
    let transcript = shaped.transcript();
    let statement = |(index, &place): (usize, &Statement)| {
        if transcript.speaker(&transcript.turns()[place.turn]).role == Role::Interviewer {
            return CodedStatement { status: Status::Question, ..open(place) };
        }
        let decided = material.current.statement(&StatementKey::new(shaped.key(), place.span));
        let suggestion = shaped.suggestion(index).filter(|_| with_suggestions);
        statement(material, place, decided, suggestion)
    };
    let statements = shaped.statements().iter().enumerate().map(statement).collect();
    Interview { transcript: transcript.clone(), statements }
}

/// A statement about which nothing is said.
fn open(place: Statement) -> CodedStatement {
    CodedStatement { place, status: Status::Open, rings: Vec::new(), reason: None, job: None, comment: None }
}

fn statement(
    material: &Material,
    place: Statement,
    decided: Option<&Decided>,
    suggestion: Option<&Suggestion>,
) -> CodedStatement {
    let nothing = Decided::default();
    let decided = decided.unwrap_or(&nothing);
    CodedStatement {
        status: status(decided, suggestion.is_some()),
        rings: rings(decided, suggestion),
        reason: reason(decided, suggestion),
        job: job(material, decided, suggestion),
        comment: decided.comment.clone(),
        ..open(place)
    }
}

fn status(decided: &Decided, suggested: bool) -> Status {
    match decided {
        Decided { rings: Some(_), .. } => Status::Decided,
        Decided { skipped: Some(_), .. } => Status::Skipped,
        _ if suggested => Status::Suggested,
        _ => Status::Open,
    }
}

fn rings(decided: &Decided, suggestion: Option<&Suggestion>) -> Vec<Coded<Ring>> {
    if let Some(made) = &decided.rings {
        return made.value.iter().map(|code| Coded { code, origin: Origin::Person(made.by.clone()) }).collect();
    }
    let suggested = suggestion.into_iter().flat_map(|suggestion| &suggestion.rings).filter(|ring| ring.suggested);
    suggested.map(|ring| Coded { code: ring.id, origin: Origin::Engine { p: ring.p } }).collect()
}

fn reason(decided: &Decided, suggestion: Option<&Suggestion>) -> Option<Coded<Option<ByteSpan>>> {
    if let Some(made) = &decided.reason {
        let Reason::Yes { span } = made.value else { return None };
        return Some(Coded { code: span, origin: Origin::Person(made.by.clone()) });
    }
    let reason = suggestion.map(|suggestion| suggestion.reason).filter(|reason| reason.suggested)?;
    Some(Coded { code: reason.span, origin: Origin::Engine { p: reason.p } })
}

fn job(material: &Material, decided: &Decided, suggestion: Option<&Suggestion>) -> Option<Coded<String>> {
    if let Some(made) = &decided.job {
        return made.value.clone().map(|code| Coded { code, origin: Origin::Person(made.by.clone()) });
    }
    let job = suggestion.and_then(|suggestion| suggestion.job.as_ref())?;
    let known = material.current.jobs().iter().chain(material.listed_jobs).any(|known| known.id == job.id);
    known.then(|| Coded { code: job.id.clone(), origin: Origin::Engine { p: job.p } })
}

/// The confirmed jobs, and those of the list to which the engine gave a statement.
fn jobs(material: &Material, interviews: &[Interview]) -> Vec<StudyJob> {
    let used = |id: &str| interviews.iter().flat_map(|one| &one.statements).any(|statement| statement.speaks_to(id));
    let confirmed = material.current.jobs();
    let listed = material.listed_jobs.iter();
    let suggested = listed.filter(|job| confirmed.iter().all(|known| known.id != job.id) && used(&job.id));
    let one = |confirmed: bool| move |job: &Job| StudyJob { job: job.clone(), confirmed };
    confirmed.iter().map(one(true)).chain(suggested.map(one(false))).collect()
}
