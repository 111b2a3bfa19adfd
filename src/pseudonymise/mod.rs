//! A study without the names of persons, companies and places: `Study` → `Study` and the key that leads back.
//!
//! Names are those that a person lists, those that metadata and labels of speakers say, what stands beside such as *Frau*
//! or *GmbH*, what lists of first names, surnames and towns hold, words that are no ordinary German where nouns stand, and
//! those that a model takes for names where they stand ([`ReadNames`]).
//! A name that was found in one place is replaced in all. How much is found: `examples/pseudonym-recall.rs`.

mod entities;
mod found;
mod key;
mod lists;
mod names;
mod patterns;
mod read;
mod rewrite;
mod signs;
mod sound;
mod vocabulary;
mod words;

use std::collections::BTreeMap;

pub use key::{Key, KeyEntry, Kind};
pub use names::{Names, NamesError};
pub use read::ReadNames;
pub use vocabulary::Vocabulary;

use entities::Entities;
use found::Found;
use lists::{COMPANY_FIELD, FILE_FIELDS, PERSON_FIELDS, ROLES};
use rewrite::Rewritten;
use words::words_of;

use crate::codebook::Job;
use crate::coding::Made;
use crate::error::Tongue;
use crate::study::{CodedStatement, Interview, Study, StudyJob};
use crate::text::ByteSpan;
use crate::transcript::{NewTurn, Speaker, Statement, Transcript, Turn, Warning};

/// A study without names, and what stands for what.
///
/// Interviews are numbered anew, since names of files tell who was interviewed. Times and everything that is coded stay; so
/// do the names of those who coded. `read` is what a model says of the turns; empty where there is none.
pub fn pseudonymised(study: &Study, names: &Names, read: &ReadNames, tongue: Tongue) -> (Study, Key) {
    let (study, _, key) = pseudonymised_with_survey(study, None, names, read, tongue);
    (study, key)
}

/// The same for a study and the answers of a questionnaire beside it, with one key for both. Respondents of a questionnaire
/// keep what they are called, since that is a number.
pub fn pseudonymised_with_survey(
    study: &Study,
    survey: Option<&Study>,
    names: &Names,
    read: &ReadNames,
    tongue: Tongue,
) -> (Study, Option<Study>, Key) {
    let found = found(study, survey, read);
    let mut writer = Writer { entities: Entities::new(names, tongue), found, jobs: BTreeMap::new() };
    let width = study.interviews.len().to_string().len().max(2);
    let new = writer.study(study, |index, _| format!("Interview {:0width$}", index + 1));
    for (old, new) in study.interviews.iter().zip(&new.interviews) {
        writer.entities.renamed(old.id(), new.id());
    }
    let survey = survey.map(|survey| writer.study(survey, |_, respondent| respondent.id().to_owned()));
    (new, survey, writer.entities.into_key())
}

/// Gathers the names of everything in a study and a questionnaire that people read.
fn found<'a>(study: &Study, survey: Option<&Study>, read: &'a ReadNames) -> Found<'a> {
    let jobs = study.jobs.iter().flat_map(|job| [job.job.title.as_str(), job.job.description.as_str()]);
    let mut interviews: Vec<Vec<&str>> = vec![jobs.chain([study.name.as_str()]).collect()];
    let (mut persons, mut companies) = (Vec::new(), Vec::new());
    for interview in [Some(study), survey].into_iter().flatten().flat_map(|study| &study.interviews) {
        let transcript = &interview.transcript;
        let mut texts: Vec<&str> = transcript.turns().iter().map(|turn| transcript.turn_text(turn)).collect();
        texts.extend(interview.statements.iter().filter_map(|one| Some(one.comment.as_ref()?.value.as_str())));
        persons.extend(transcript.speakers().iter().map(|speaker| speaker.name.as_str()).filter(|name| !is_role(name)));
        for (field, value) in &transcript.meta {
            match field.as_str() {
                field if PERSON_FIELDS.contains(&field) => persons.extend(persons_of(value)),
                COMPANY_FIELD => companies.push(value.as_str()),
                field if FILE_FIELDS.contains(&field) => {}
                _ => texts.push(value),
            }
        }
        interviews.push(texts);
    }
    Found::new(&interviews, &persons, &companies, read)
}

/// The persons of a field such as `Anna Berg, Leiterin Einkauf`; what follows a comma is mostly what they do.
fn persons_of(value: &str) -> impl Iterator<Item = &str> {
    value.lines().filter_map(|line| line.split([',', ';', '(']).next()).map(str::trim).filter(|name| !is_role(name))
}

/// Whether a label names nobody: `I`, `B1`, `Interviewerin`, `SPEAKER_00`.
fn is_role(label: &str) -> bool {
    let letters: String = label.chars().filter(|sign| sign.is_alphabetic()).collect();
    letters.chars().count() < 3 || ROLES.contains(&letters.to_lowercase().as_str())
}

/// Writes a study anew.
struct Writer<'a> {
    entities: Entities<'a>,
    found: Found<'a>,
    /// New ids of jobs by the old ones, which may be made of titles with names in them.
    jobs: BTreeMap<String, String>,
}

impl Writer<'_> {
    /// A study in which interviews are called as `id` says, given their place.
    fn study(&mut self, old: &Study, id: impl Fn(usize, &Interview) -> String) -> Study {
        let interviews = old.interviews.iter().enumerate();
        let interviews = interviews.map(|(index, one)| self.interview(one, id(index, one))).collect();
        let jobs = old.jobs.iter().map(|job| self.job(job)).collect();
        let name = self.text(&old.name);
        Study { name, model: old.model.clone(), suggested_at: old.suggested_at, interviews, jobs }
    }

    fn interview(&mut self, old: &Interview, id: String) -> Interview {
        let transcript = &old.transcript;
        let speakers = transcript.speakers().iter().map(|one| self.speaker(one)).collect();
        let mut turns = Vec::new();
        let mut moves = Vec::new();
        for turn in transcript.turns() {
            let text = transcript.turn_text(turn);
            moves.push(self.entities.changes(text, &self.found.mentions(text)));
            turns.push(new_turn(turn, Rewritten::new(text, moves.last().map_or(&[], Vec::as_slice)).text));
        }
        let mut new = Transcript::new(id, transcript.format, speakers, turns);
        new.language.clone_from(&transcript.language);
        new.meta = transcript.meta.iter().map(|(field, value)| (field.clone(), self.field(field, value))).collect();
        new.warnings = transcript.warnings.iter().map(|warning| self.warning(warning)).collect();
        let statements = old.statements.iter().map(|statement| {
            let turn = statement.place.turn;
            let rewritten = Rewritten::new(transcript.turn_text(&transcript.turns()[turn]), &moves[turn]);
            let place =
                Place { rewritten, old: transcript.turns()[turn].span.start, new: new.turns()[turn].span.start };
            self.statement(statement, &place)
        });
        let statements = statements.collect();
        Interview { transcript: new, statements }
    }

    fn statement(&mut self, old: &CodedStatement, place: &Place) -> CodedStatement {
        let span = place.moved(old.place.span);
        let mut new = CodedStatement { place: Statement { turn: old.place.turn, span }, ..old.clone() };
        if let Some(reason) = new.reason.as_mut().and_then(|reason| reason.code.as_mut()) {
            let absolute = place.moved(reason.shifted(old.place.span.start));
            *reason = ByteSpan::new(absolute.start - span.start, absolute.end - span.start);
        }
        if let Some(job) = &mut new.job {
            job.code = self.job_id(&job.code);
        }
        new.comment = old.comment.as_ref().map(|made| Made { value: self.text(&made.value), by: made.by.clone() });
        new
    }

    fn speaker(&mut self, old: &Speaker) -> Speaker {
        let name = if is_role(&old.name) { old.name.clone() } else { self.whole(Kind::Person, &old.name) };
        Speaker { name, role: old.role }
    }

    fn job(&mut self, old: &StudyJob) -> StudyJob {
        let (title, description) = (self.text(&old.job.title), self.text(&old.job.description));
        StudyJob { job: Job { id: self.job_id(&old.job.id), title, description }, confirmed: old.confirmed }
    }

    /// Jobs are numbered in the order in which they are met.
    fn job_id(&mut self, old: &str) -> String {
        let next = self.jobs.len() + 1;
        self.jobs.entry(old.to_owned()).or_insert_with(|| format!("job-{next:02}")).clone()
    }

    /// The value of a field of the metadata.
    fn field(&mut self, field: &str, value: &str) -> String {
        match field {
            _ if is_role(value) => value.to_owned(),
            field if PERSON_FIELDS.contains(&field) => {
                let persons: Vec<&str> = persons_of(value).collect();
                persons.into_iter().map(|person| self.whole(Kind::Person, person)).collect::<Vec<_>>().join(", ")
            }
            COMPANY_FIELD => self.whole(Kind::Company, value),
            field if FILE_FIELDS.contains(&field) => "[…]".to_owned(),
            _ => self.text(value),
        }
    }

    fn warning(&mut self, old: &Warning) -> Warning {
        match old {
            Warning::SeveralRespondents { names } => {
                let speaker = |name: &String| if is_role(name) { name.clone() } else { self.whole(Kind::Person, name) };
                Warning::SeveralRespondents { names: names.iter().map(speaker).collect() }
            }
            Warning::RolesGuessed { interviewer } if !is_role(interviewer) => {
                Warning::RolesGuessed { interviewer: self.whole(Kind::Person, interviewer) }
            }
            Warning::Note { german, english } => {
                Warning::Note { german: self.text(german), english: self.text(english) }
            }
            other => other.clone(),
        }
    }

    /// A text that is a name as a whole.
    fn whole(&mut self, kind: Kind, name: &str) -> String {
        let words = words_of(name).iter().map(words::Word::lower).collect();
        self.entities.replacement(kind, words, name)
    }

    /// A text with names in it.
    fn text(&mut self, text: &str) -> String {
        let changes = self.entities.changes(text, &self.found.mentions(text));
        Rewritten::new(text, &changes).text
    }
}

/// How positions in one turn of an interview move.
struct Place<'a> {
    rewritten: Rewritten<'a>,
    /// Where the turn began in the text of the interview.
    old: usize,
    /// Where it begins now.
    new: usize,
}

impl Place<'_> {
    fn moved(&self, span: ByteSpan) -> ByteSpan {
        self.rewritten.moved(ByteSpan::new(span.start - self.old, span.end - self.old)).shifted(self.new)
    }
}

fn new_turn(turn: &Turn, text: String) -> NewTurn {
    NewTurn { speaker: turn.speaker, start: turn.start, end: turn.end, text, foreign: turn.foreign.clone() }
}
