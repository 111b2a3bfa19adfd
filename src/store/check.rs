//! Whether a project is whole: the file, the log of decisions, and the statements that decisions are about.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use serde::Deserialize;

use super::error::{StoreError, fault};
use super::schema::{self, VERSION};
use super::{DATABASE, decisions};
use crate::coding::{Current, LogError, State, StatementKey, TranscriptKey};
use crate::error::{Explain, Tongue};
use crate::text::ByteSpan;

/// What [`check`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// Version of the database; an older one is brought to the present one by the next command that writes.
    pub version: i64,
    /// What was decided; `None` where that could not be read, or the database is of an older version.
    pub decided: Option<Decided>,
    /// What is wrong; empty for a whole project.
    pub faults: Vec<Fault>,
}

/// How much was decided in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// Entries of the log.
    pub steps: usize,
    /// Statements about which something is decided.
    pub statements: usize,
    /// Confirmed jobs.
    pub jobs: usize,
}

impl Decided {
    fn of(state: &State) -> Self {
        Self {
            steps: state.entries().len(),
            statements: state.current().statements().count(),
            jobs: state.current().jobs().len(),
        }
    }
}

/// Something wrong in a project.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// SQLite finds the file damaged.
    File(String),
    /// A row refers to one that is not there.
    Reference(String),
    /// A stored interview cannot be read.
    Interview(String),
    /// The record of a run, or its candidate jobs, cannot be read; the run's number.
    Run(i64),
    /// The log cannot be read.
    Unreadable(String),
    /// The log does not fold.
    Log(LogError),
    /// Something is decided about a passage that is no statement of any run, nor made of some.
    NoStatement {
        /// The passage.
        passage: StatementKey,
        /// Its text, where it lies in a text that is there.
        text: Option<String>,
    },
}

impl Explain for Fault {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::File(problem) => {
                format!("{}: {problem}", tongue.pick("die Datei ist beschädigt", "the file is damaged"))
            }
            Self::Reference(table) => tongue.pick(
                format!("die Tabelle {table} verweist auf etwas, das fehlt"),
                format!("the table {table} refers to something that is missing"),
            ),
            Self::Interview(problem) => format!(
                "{}: {problem}",
                tongue.pick("ein gespeichertes Interview ist nicht lesbar", "a stored interview cannot be read")
            ),
            Self::Run(number) => tongue.pick(
                format!("die Aufzeichnung des Laufs {number} ist nicht lesbar"),
                format!("the record of run {number} cannot be read"),
            ),
            Self::Unreadable(problem) => format!(
                "{}: {problem}",
                tongue.pick("die Entscheidungen sind nicht lesbar", "the decisions cannot be read")
            ),
            Self::Log(error) => error.explain(tongue),
            Self::NoStatement { passage, text } => {
                let text = text.as_deref().map_or(String::new(), |text| format!(" („{text}“)"));
                tongue.pick(
                    format!("Entscheidung ohne Aussage: Transkript {passage}{text}"),
                    format!("a decision without statement: transcript {passage}{text}"),
                )
            }
        }
    }
}

/// Looks a project through without changing anything.
///
/// # Errors
/// Where there is no project, or it cannot be opened, or is of a newer version.
pub fn check(folder: &Path) -> Result<Findings, StoreError> {
    let path = folder.join(DATABASE);
    if !path.is_file() {
        return Err(StoreError::NotThere(path));
    }
    // Whoever may only read leaves the files of the write-ahead log behind.
    let database = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(fault(&path))?;
    database.pragma_update(None, "query_only", true).map_err(fault(&path))?;
    let version = schema::version(&path, &database)?;
    let mut faults = file_faults(&database);
    let mut decided = None;
    if version == VERSION && faults.is_empty() {
        let state = log(&database).map_err(|fault| faults.push(fault)).ok();
        decided = state.as_ref().map(Decided::of);
        let state = state.unwrap_or_default();
        faults.extend(statement_faults(&database, state.current()).map_err(fault(&path))?);
        faults.extend(run_faults(&database).map_err(fault(&path))?);
    }
    Ok(Findings { version, decided, faults })
}

/// What SQLite itself finds.
fn file_faults(database: &Connection) -> Vec<Fault> {
    let rows = |pragma: &str| -> rusqlite::Result<Vec<String>> {
        database.prepare(pragma)?.query_map([], |row| row.get(0))?.collect()
    };
    let damage = rows("PRAGMA integrity_check").unwrap_or_else(|error| vec![error.to_string()]);
    let dangling = rows("PRAGMA foreign_key_check").unwrap_or_else(|error| vec![error.to_string()]);
    let tables: BTreeSet<String> = dangling.into_iter().collect();
    damage
        .into_iter()
        .filter(|row| row != "ok")
        .map(Fault::File)
        .chain(tables.into_iter().map(Fault::Reference))
        .collect()
}

fn log(database: &Connection) -> Result<State, Fault> {
    let entries = decisions::read(database, None).map_err(|error| Fault::Unreadable(error.to_string()))?;
    State::of(&entries).map_err(Fault::Log)
}

/// Runs of other versions have other records, so only their form is looked at.
fn run_faults(database: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let query = "SELECT id FROM run WHERE NOT (json_valid(record) AND json_valid(candidates)) ORDER BY id";
    database.prepare(query)?.query_map([], |row| row.get(0).map(Fault::Run))?.collect()
}

/// The parts of a stored interview that matter here; they are the same in every version.
#[derive(Deserialize)]
struct Interview {
    transcript: Turns,
    statements: Vec<Spanned>,
}

#[derive(Deserialize)]
struct Turns {
    turns: Vec<Spanned>,
}

#[derive(Deserialize)]
struct Spanned {
    span: ByteSpan,
}

/// Where statements and turns of a text begin and end, in any run and in the shape that people gave them.
#[derive(Default)]
struct Edges {
    text: String,
    starts: BTreeSet<usize>,
    ends: BTreeSet<usize>,
}

impl Edges {
    fn add(&mut self, span: ByteSpan) {
        self.starts.insert(span.start);
        self.ends.insert(span.end);
    }

    /// A statement may end at a byte, and the next one begin with the word behind.
    fn cut(&mut self, at: usize) {
        let behind = self.text.get(at..).unwrap_or_default();
        self.starts.insert(at + behind.len() - behind.trim_start().len());
        self.ends.insert(at);
    }

    fn has(&self, span: ByteSpan) -> bool {
        self.starts.contains(&span.start) && self.ends.contains(&span.end) && span.get(&self.text).is_some()
    }
}

fn statement_faults(database: &Connection, current: &Current) -> rusqlite::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let mut edges = texts(database)?;
    let mut query = database.prepare("SELECT transcript, path, coded FROM interview")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (key, path, coded): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match serde_json::from_str::<Interview>(&coded) {
            Ok(interview) => {
                let spans = interview.statements.iter().chain(&interview.transcript.turns).map(|spanned| spanned.span);
                spans.for_each(|span| edges.entry(key.clone()).or_default().add(span));
            }
            Err(error) => faults.push(Fault::Interview(format!("{path}: {error}"))),
        }
    }
    let passages = current.passages();
    for transcript in passages.iter().map(|passage| &passage.transcript).collect::<BTreeSet<&TranscriptKey>>() {
        let edges = edges.entry(transcript.as_str().to_owned()).or_default();
        current.boundaries(transcript).for_each(|(at, _)| edges.cut(at));
    }
    let missing = passages.into_iter().filter(|passage| !edges[passage.transcript.as_str()].has(passage.span));
    faults.extend(missing.map(|passage| {
        let text = passage.span.get(&edges[passage.transcript.as_str()].text).map(str::to_owned);
        Fault::NoStatement { passage, text }
    }));
    Ok(faults)
}

/// The texts that decisions may be about, by key, without any edges yet.
fn texts(database: &Connection) -> rusqlite::Result<BTreeMap<String, Edges>> {
    let mut query = database.prepare("SELECT key, text FROM transcript")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, Edges { text: row.get(1)?, ..Edges::default() })))?;
    rows.collect()
}
