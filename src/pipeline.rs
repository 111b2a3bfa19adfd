//! The order of the stages: the only module that knows it.

use std::collections::BTreeMap;

use crate::classify::{Decisions, Examples, Heads, JobList, Speaking, Titles, features, most_probable, weightiest};
use crate::cluster::{Point, candidate_jobs};
use crate::codebook::{Job, Ring};
use crate::coding::{CandidateJob, Coded, CodedInterview, JobSuggestion, StatementRef, Suggestion, Why};
use crate::encode::{EncodeError, Encoder, Reading};
use crate::evaluate::{Answer, Baseline, Compared, single};
use crate::gold::{Gold, GoldProject};
use crate::scores::StatementEnd;
use crate::segment::{Units, segment, segment_at};
use crate::transcript::{Statement, Transcript};
use crate::vectors::{Vectors, dot};

/// An interview that was cut into statements.
#[derive(Debug, Clone)]
pub struct Segmented {
    /// The interview.
    pub transcript: Transcript,
    /// Its statements.
    pub statements: Vec<Statement>,
}

/// From this probability of speaking to some job on, it is asked to which: well below that from which on it is suggested,
/// so that statements are there to compare with when a person sees one more.
const WORTH_COMPARING: f32 = 0.2;

/// Model and decisions, ready to code interviews.
pub struct Engine<'a> {
    encoder: &'a (dyn Encoder + Sync),
    decisions: &'a Decisions,
    examples: &'a Examples,
    jobs: Option<JobList>,
}

/// Heads that read the vectors of statements alone, by the encoder as it came: what the trained model has to beat.
pub struct Frozen {
    heads: Heads,
    /// Vectors of the rings' definitions, in the order of [`Ring::ALL`].
    definitions: Vectors,
}

impl Frozen {
    /// Puts heads and the encoder's view of the rings' definitions together.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn new(encoder: &dyn Encoder, heads: Heads) -> Result<Self, EncodeError> {
        let definitions = encoder.encode(&Ring::ALL.map(Ring::definition), &mut |_| ())?.vectors;
        Ok(Self { heads, definitions })
    }
}

impl<'a> Engine<'a> {
    /// Puts a model and what was made for it together; `jobs` may be empty.
    ///
    /// # Errors
    /// Where the jobs cannot be encoded.
    pub fn new(
        encoder: &'a (dyn Encoder + Sync),
        decisions: &'a Decisions,
        examples: &'a Examples,
        jobs: &[Job],
    ) -> Result<Self, EncodeError> {
        let jobs = if jobs.is_empty() { None } else { Some(encode_jobs(encoder, jobs)?) };
        Ok(Self { encoder, decisions, examples, jobs })
    }

    /// Cuts an interview into statements: sentences and turns by rules, statements where the model says that one ends.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn cut(&self, transcript: Transcript, units: Units) -> Result<Segmented, EncodeError> {
        let statements = match units {
            Units::Statement => segment_at(&transcript, &ends(self.encoder, &transcript)?, self.decisions.cut),
            Units::Sentence | Units::Turn => segment(&transcript, units),
        };
        Ok(Segmented { transcript, statements })
    }

    /// Suggests rings, reason and job for every respondent statement.
    ///
    /// `done` is told how many further statements are finished.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn code(&self, segmented: Segmented, done: &mut dyn FnMut(usize)) -> Result<Coded, EncodeError> {
        let Segmented { transcript, statements } = segmented;
        let reading = read_story(self.encoder, &transcript, &statements, done)?;
        let suggestion = |(index, statement): (usize, &Statement)| {
            let text = statement.span.of(transcript.text());
            transcript.is_respondent(statement).then(|| self.suggestion(text, &reading, index))
        };
        let suggestions = statements.iter().enumerate().map(suggestion).collect();
        let interview = CodedInterview { transcript, statements, suggestions };
        let vectors = self.job_vectors(&interview)?;
        Ok(Coded { interview, vectors, tokens: reading.tokens })
    }

    /// Where the statements that may speak to a job lie; all others have zeros.
    fn job_vectors(&self, interview: &CodedInterview) -> Result<Vectors, EncodeError> {
        let compared: Vec<usize> = interview
            .suggested()
            .filter(|(_, suggestion)| suggestion.some_job >= WORTH_COMPARING)
            .map(|(statement, _)| statement)
            .collect();
        let texts: Vec<&str> = compared.iter().map(|&statement| interview.text(statement)).collect();
        let read = self.encoder.read_for_jobs(&texts, &mut |_| ())?.vectors;
        let mut rows = compared.into_iter().zip(read.rows()).peekable();
        let zeros = vec![0.0; self.encoder.dimensions()];
        let mut vectors = Vectors::empty(self.encoder.dimensions());
        for statement in 0..interview.statements.len() {
            let row = rows.next_if(|(compared, _)| *compared == statement).map_or(zeros.as_slice(), |(_, row)| row);
            vectors.push(row);
        }
        Ok(vectors)
    }

    /// Suggests one of the given jobs for each statement that probably speaks to some job, over all interviews of a project,
    /// knowing what people said of some.
    pub fn assign_jobs(&self, coded: &mut [&mut Coded], known: &KnownJobs) {
        if let Some(jobs) = &self.jobs {
            assign_jobs(jobs, self.decisions.job_sharpness, coded, known);
        }
    }

    /// The jobs, where there are some.
    pub fn jobs(&self) -> Option<&JobList> {
        self.jobs.as_ref()
    }

    /// What is suggested for the statement `index` of an interview.
    fn suggestion(&self, text: &str, reading: &Reading, index: usize) -> Suggestion {
        let scores = reading.scores.row(index);
        let suggestion = self.decisions.suggest(scores, text);
        let first = suggestion.primary_ring();
        let words = first.map(|ring| weightiest(&reading.words[index], ring)).unwrap_or_default();
        let similar = self.examples.nearest(text, reading.meanings.row(index));
        Suggestion { why: Why { words, similar }, ..suggestion }
    }
}

/// The job that people gave a statement to, by id, or none.
pub type KnownJobs = BTreeMap<StatementRef, Option<String>>;

/// Suggests a job for each statement that probably speaks to some job and of which nobody said which.
pub fn assign_jobs(jobs: &JobList, sharpness: f32, coded: &mut [&mut Coded], known: &KnownJobs) {
    let speaking = speaking(jobs, coded.iter().map(|one| &**one), known);
    let shared = jobs.shares_among(&speaking, sharpness);
    let places: Vec<StatementRef> = speaking.iter().map(|one| one.at).collect();
    for (at, shares) in places.into_iter().zip(shared).filter(|(at, _)| !known.contains_key(at)) {
        let suggestion = &mut coded[at.interview].interview.suggestions[at.statement];
        if let (Some(suggestion), Some(best)) = (suggestion, most_probable(&shares)) {
            let p = suggestion.some_job * shares[best];
            suggestion.job = Some(JobSuggestion { id: jobs.id(best).to_owned(), p });
        }
    }
}

/// The statements that speak to some job: that people gave to one, or of which nobody said anything and that probably do.
pub fn speaking<'a>(jobs: &JobList, coded: impl Iterator<Item = &'a Coded>, known: &KnownJobs) -> Vec<Speaking<'a>> {
    let mut speaking = Vec::new();
    for (interview, one) in coded.enumerate() {
        for (statement, suggestion) in one.interview.suggested() {
            let at = StatementRef { interview, statement };
            let told = known.get(&at);
            let confirmed = told.and_then(|job| jobs.place(job.as_deref()?));
            if confirmed.is_some() || told.is_none() && suggestion.speaks_to_some_job() {
                speaking.push(Speaking { at, vector: one.vectors.row(statement), confirmed });
            }
        }
    }
    speaking
}

/// How probable it is that a statement ends, at each place of each turn of an interview.
///
/// # Errors
/// Where the model fails.
pub fn ends(encoder: &dyn Encoder, transcript: &Transcript) -> Result<Vec<Vec<StatementEnd>>, EncodeError> {
    let turns: Vec<&str> = transcript.turns().iter().map(|turn| transcript.turn_text(turn)).collect();
    encoder.ends(&turns)
}

/// Reads an interview with all its statements, the interviewer's too.
///
/// # Errors
/// Where the model fails.
pub fn read_story(
    encoder: &dyn Encoder,
    transcript: &Transcript,
    statements: &[Statement],
    done: &mut dyn FnMut(usize),
) -> Result<Reading, EncodeError> {
    encoder.read(&texts(transcript, statements), &features(transcript, statements), done)
}

fn texts<'a>(transcript: &'a Transcript, statements: &[Statement]) -> Vec<&'a str> {
    statements.iter().map(|statement| statement.span.of(transcript.text())).collect()
}

/// Jobs with the vectors of their descriptions.
///
/// # Errors
/// Where the model fails.
pub fn encode_jobs(encoder: &dyn Encoder, jobs: &[Job]) -> Result<JobList, EncodeError> {
    let texts: Vec<String> = jobs.iter().map(JobList::text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(JobList::new(jobs, &encoder.encode_for_jobs(&texts, &mut |_| ())?.vectors))
}

/// Gathers the statements that probably speak to some job, over all interviews, to candidate jobs; their proposed titles are those of
/// known jobs, where some are near.
pub fn gather(coded: &[&Coded], titles: &Titles) -> Vec<CandidateJob> {
    let (mut jobs, places): (Vec<CandidateJob>, Vec<Vec<f32>>) = untitled(coded).into_iter().unzip();
    for (job, title) in jobs.iter_mut().zip(titles.propose(places.into_iter())) {
        if let Some(title) = title {
            title.clone_into(&mut job.label);
        }
    }
    jobs
}

/// The same before titles are proposed, each with the place where it lies.
fn untitled(coded: &[&Coded]) -> Vec<(CandidateJob, Vec<f32>)> {
    let Some(first) = coded.first() else { return Vec::new() };
    let mut vectors = Vectors::empty(first.vectors.dimensions());
    let mut points = Vec::new();
    for (interview, coded) in coded.iter().enumerate() {
        for (statement, vector) in coded.speaking() {
            vectors.push(vector);
            let place = StatementRef { interview, statement };
            points.push(Point { place, text: coded.interview.text(statement) });
        }
    }
    candidate_jobs(&points, &vectors)
}

/// Suggestions for the statements of gold interviews as the coder cut them.
///
/// # Errors
/// Where the model fails.
pub fn code_gold(
    engine: &Engine,
    project: &GoldProject,
    done: &mut dyn FnMut(usize),
) -> Result<Vec<Coded>, EncodeError> {
    let mut coded = Vec::new();
    for gold in &project.interviews {
        let segmented = Segmented { transcript: gold.transcript.clone(), statements: gold.statements.clone() };
        coded.push(engine.code(segmented, done)?);
    }
    engine.assign_jobs(&mut coded.iter_mut().collect::<Vec<_>>(), &KnownJobs::new());
    Ok(coded)
}

/// What the engine says about the gold interviews of one project, for measuring.
///
/// Rings, reasons, jobs and candidates are asked for the coder's statements; besides, the engine codes each interview from
/// its turns alone, as it would for a person. With `frozen`, simple coders that need a model are asked, too.
///
/// # Errors
/// Where the model fails.
pub fn compare<'a>(
    engine: &Engine,
    frozen: Option<&Frozen>,
    project: &'a GoldProject,
    done: &mut dyn FnMut(usize),
) -> Result<Vec<Compared<'a>>, EncodeError> {
    let coded = code_gold(engine, project, done)?;
    let mut own = Vec::new();
    for gold in &project.interviews {
        own.push(engine.code(engine.cut(gold.transcript.clone(), Units::Statement)?, &mut |_| ())?);
    }
    engine.assign_jobs(&mut own.iter_mut().collect::<Vec<_>>(), &KnownJobs::new());
    let mut compared = Vec::new();
    for ((gold, one), own) in project.interviews.iter().zip(&coded).zip(own) {
        compared.push(Compared {
            gold,
            suggestions: one.interview.suggestions.clone(),
            own: own.interview,
            clusters: vec![None; gold.statements.len()],
            baselines: match frozen {
                Some(frozen) => baselines(engine.encoder, frozen, gold)?,
                None => BTreeMap::new(),
            },
        });
    }
    for (job, _) in untitled(&coded.iter().collect::<Vec<_>>()) {
        for place in job.members {
            compared[place.interview].clusters[place.statement] = Some(job.id);
        }
    }
    Ok(compared)
}

/// What simple coders that need a model say of a gold interview.
fn baselines(
    encoder: &dyn Encoder,
    frozen: &Frozen,
    gold: &Gold,
) -> Result<BTreeMap<Baseline, Vec<Option<Answer>>>, EncodeError> {
    let vectors = encoder.encode(&texts(&gold.transcript, &gold.statements), &mut |_| ())?.vectors;
    let nearest = |statement: &[f32]| {
        let similar: Vec<f32> = frozen.definitions.rows().map(|definition| dot(definition, statement)).collect();
        let mut ranked = Ring::ALL.to_vec();
        ranked.sort_by(|a, b| similar[b.index()].total_cmp(&similar[a.index()]));
        single(ranked, false)
    };
    let by_heads = |statement: &[f32]| {
        let (ranked, rings, reason) = frozen.heads.decide(statement);
        Answer { rings, ranked, reason }
    };
    let each = |answer: &dyn Fn(&[f32]) -> Answer| {
        let statements = gold.statements.iter().zip(vectors.rows());
        statements.map(|(unit, vector)| gold.transcript.is_respondent(unit).then(|| answer(vector))).collect()
    };
    Ok([(Baseline::Definitions, each(&nearest)), (Baseline::Frozen, each(&by_heads))].into())
}
