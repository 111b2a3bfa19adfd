//! The project folder: what was computed is kept, so that nothing is computed twice and nothing is stored half; what people
//! decided is kept for good.
//!
//! `project.db` is a SQLite file. Each interview and each step of a person is written in one transaction; whoever stops the
//! program at any moment finds what was finished until then.

mod check;
mod decisions;
mod error;
mod schema;

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use crate::codebook::Job;
use crate::coding::{Coded, CodedInterview};
use crate::error::IoError;
use crate::vectors::Vectors;
pub use check::{Decided, Fault, Findings, check};
pub use error::StoreError;
use error::fault;
pub use schema::VERSION;

/// Name of the database in a project folder.
pub const DATABASE: &str = "project.db";

/// An interview of a stored run.
#[derive(Debug, Clone)]
pub struct RunInterview {
    /// The file.
    pub path: PathBuf,
    /// Hash of its content.
    pub hash: String,
    /// What was stored, under the name it had in that run.
    pub stored: Coded,
}

impl RunInterview {
    /// What identifies it in the project, for another run of the same interview.
    pub fn source(&self) -> RunSource<'_> {
        RunSource { hash: &self.hash, path: &self.path, name: &self.stored.interview.transcript.id }
    }
}

/// A finished run as it was stored.
#[derive(Debug, Clone)]
pub struct StoredRun {
    /// Its number, from 1.
    pub id: i64,
    /// What its interviews are kept under.
    pub key: String,
    /// When it was finished, to the second.
    pub finished_at: Timestamp,
    /// Its record, as JSON.
    pub record: String,
    /// Its candidate jobs, as JSON; they count interviews in the order of `interviews`.
    pub candidates: String,
    /// Its interviews, in order.
    pub interviews: Vec<RunInterview>,
}

impl StoredRun {
    /// The jobs that it was given, by its record: those of `ringwerk.toml` and of a file of their own. None where the record
    /// does not say.
    pub fn listed_jobs(&self) -> Vec<Job> {
        let record: serde_json::Value = serde_json::from_str(&self.record).unwrap_or_default();
        serde_json::from_value(record["settings"]["jobs"].clone()).unwrap_or_default()
    }
}

/// Which interview a run coded: what identifies it in the project, and its names.
#[derive(Debug, Clone, Copy)]
pub struct RunSource<'a> {
    /// Hash of the file's content.
    pub hash: &'a str,
    /// The file, by a path that stays the same from run to run.
    pub path: &'a Path,
    /// Name of the interview in the run.
    pub name: &'a str,
}

/// An open project folder.
pub struct Project {
    path: PathBuf,
    connection: Connection,
}

impl Project {
    /// Opens the project in `folder`; makes folder and database where they are not there yet. A database of an older version
    /// is brought to the present one, and a copy of it stays beside it (`project.db.v1.bak`).
    ///
    /// # Errors
    /// Where the folder cannot be written, or the file is no project of this or an older version.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(IoError::at(folder))?;
        let path = folder.join(DATABASE);
        let mut connection = Connection::open(&path).map_err(fault(&path))?;
        schema::prepare(&path, &mut connection)?;
        Ok(Self { path, connection })
    }

    /// Opens a project that is there.
    ///
    /// # Errors
    /// Also where there is none.
    pub fn open_existing(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(DATABASE);
        if path.is_file() { Self::open(folder) } else { Err(StoreError::NotThere(path)) }
    }

    /// What the project is called: like its folder.
    pub fn name(&self) -> String {
        let folder = self.path.parent().and_then(|folder| folder.canonicalize().ok()).unwrap_or_default();
        folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What was stored for a file with this content, coded with this model and these settings.
    ///
    /// # Errors
    /// Where the database cannot be read or the entry is damaged.
    pub fn interview(&self, source_hash: &str, run_key: &str) -> Result<Option<Coded>, StoreError> {
        let query = "SELECT coded, dimensions, vectors, tokens FROM interview WHERE source_hash = ?1 AND run_key = ?2";
        let row = self.connection.query_row(query, params![source_hash, run_key], |row| Columns::read(row, 0));
        let columns = row.optional().map_err(fault(&self.path))?;
        columns.map(|columns| self.stored(columns)).transpose()
    }

    fn stored(&self, columns: Columns) -> Result<Coded, StoreError> {
        let Columns { coded, dimensions, bytes, tokens } = columns;
        let interview: CodedInterview =
            serde_json::from_str(&coded).map_err(|error| self.damaged(error.to_string()))?;
        let numbers = bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let vectors = Vectors::from_values(dimensions, numbers.collect())
            .filter(|vectors| vectors.len() == interview.statements.len())
            .ok_or_else(|| self.damaged("vectors do not fit the statements".into()))?;
        Ok(Coded { interview, vectors, tokens })
    }

    fn damaged(&self, problem: String) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), problem }
    }

    /// Stores an interview, whole or not at all; replaces what was stored for the same content and settings.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub fn keep(&self, source_hash: &str, run_key: &str, path: &Path, stored: &Coded) -> Result<(), StoreError> {
        let wrap = fault(&self.path);
        let coded = serde_json::to_string(&stored.interview).map_err(|error| self.damaged(error.to_string()))?;
        let bytes: Vec<u8> = stored.vectors.values().iter().flat_map(|value| value.to_le_bytes()).collect();
        let transaction = self.write()?;
        let key = schema::keep_text(&self.path, &transaction, stored.interview.transcript.text())?;
        let statement = "INSERT OR REPLACE INTO interview \
            (source_hash, run_key, path, coded, dimensions, vectors, tokens, transcript) \
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let values = params![
            source_hash,
            run_key,
            path.to_string_lossy(),
            coded,
            stored.vectors.dimensions(),
            bytes,
            stored.tokens,
            key.as_str()
        ];
        transaction.execute(statement, values).map_err(&wrap)?;
        transaction.commit().map_err(&wrap)
    }

    /// Adds a finished run: its interviews in order, all of which were kept under `run_key`, its record and its candidate
    /// jobs, both as JSON.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub fn keep_run(
        &self,
        run_key: &str,
        interviews: &[RunSource],
        record: &str,
        candidates: &str,
    ) -> Result<(), StoreError> {
        let wrap = fault(&self.path);
        let transaction = self.write()?;
        let statement = "INSERT INTO run (run_key, record, candidates) VALUES (?1, ?2, ?3)";
        transaction.execute(statement, params![run_key, record, candidates]).map_err(&wrap)?;
        let run = transaction.last_insert_rowid();
        let statement = "INSERT INTO run_interview (run, place, name, path, source_hash, run_key) \
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        for (place, RunSource { hash, path, name }) in interviews.iter().enumerate() {
            let values = params![run, place, name, path.to_string_lossy(), hash, run_key];
            transaction.execute(statement, values).map_err(&wrap)?;
        }
        transaction.commit().map_err(&wrap)
    }

    /// The newest run, with all its interviews; `None` where nothing was coded yet by this version of ringwerk or a newer one.
    ///
    /// # Errors
    /// Where the database cannot be read or an entry is damaged.
    pub fn last_run(&self) -> Result<Option<StoredRun>, StoreError> {
        self.last_run_id()?.map(|id| self.run(id)).transpose()
    }

    /// The record of the newest run, without loading its interviews.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn last_record(&self) -> Result<Option<String>, StoreError> {
        let Some(id) = self.last_run_id()? else { return Ok(None) };
        let row = self.connection.query_row("SELECT record FROM run WHERE id = ?1", [id], |row| row.get(0));
        row.map_err(fault(&self.path))
    }

    /// A run by its number, with all its interviews.
    ///
    /// # Errors
    /// Where there is no such run, the database cannot be read or an entry is damaged.
    pub fn run(&self, id: i64) -> Result<StoredRun, StoreError> {
        let query = "SELECT finished_at, run_key, record, candidates FROM run WHERE id = ?1";
        let row = |row: &Row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let (finished_at, key, record, candidates) =
            self.connection.query_row(query, [id], row).map_err(fault(&self.path))?;
        let finished_at = instant(&finished_at).map_err(|error| self.damaged(error.to_string()))?;
        Ok(StoredRun { id, key, finished_at, record, candidates, interviews: self.run_interviews(id)? })
    }

    /// Makes what an earlier run found the newest run again, as it was; the runs in between stay, too.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub fn repeat_run(&self, id: i64) -> Result<(), StoreError> {
        let wrap = fault(&self.path);
        let transaction = self.write()?;
        let statement = "INSERT INTO run (run_key, record, candidates) \
            SELECT run_key, record, candidates FROM run WHERE id = ?1";
        transaction.execute(statement, [id]).map_err(&wrap)?;
        let run = transaction.last_insert_rowid();
        let statement = "INSERT INTO run_interview (run, place, name, path, source_hash, run_key) \
            SELECT ?2, place, name, path, source_hash, run_key FROM run_interview WHERE run = ?1";
        transaction.execute(statement, [id, run]).map_err(&wrap)?;
        transaction.commit().map_err(&wrap)
    }

    /// The number of the newest run, without loading it.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn last_run_id(&self) -> Result<Option<i64>, StoreError> {
        self.connection.query_row("SELECT max(run) FROM run_interview", [], |row| row.get(0)).map_err(fault(&self.path))
    }

    /// The newest of the interviews that runs coded from the file `path`.
    ///
    /// # Errors
    /// Where the database cannot be read or the entry is damaged.
    pub fn newest_of(&self, path: &Path) -> Result<Option<Coded>, StoreError> {
        let query = "SELECT coded, dimensions, vectors, tokens \
            FROM run_interview JOIN interview USING (source_hash, run_key) \
            WHERE run_interview.path = ?1 ORDER BY run DESC LIMIT 1";
        let row = self.connection.query_row(query, [path.to_string_lossy()], |row| Columns::read(row, 0));
        row.optional().map_err(fault(&self.path))?.map(|columns| self.stored(columns)).transpose()
    }

    fn run_interviews(&self, run: i64) -> Result<Vec<RunInterview>, StoreError> {
        let wrap = fault(&self.path);
        let query = "SELECT run_interview.name, run_interview.path, source_hash, coded, dimensions, vectors, tokens \
            FROM run_interview JOIN interview USING (source_hash, run_key) WHERE run = ?1 ORDER BY place";
        let mut query = self.connection.prepare(query).map_err(&wrap)?;
        let rows = query.query_map([run], |row| {
            let path = PathBuf::from(row.get::<_, String>(1)?);
            Ok((row.get::<_, String>(0)?, path, row.get::<_, String>(2)?, Columns::read(row, 3)?))
        });
        let interview = |row: rusqlite::Result<(String, PathBuf, String, Columns)>| {
            let (name, path, hash, columns) = row.map_err(&wrap)?;
            let mut stored = self.stored(columns)?;
            stored.interview.transcript.id = name;
            Ok(RunInterview { path, hash, stored })
        };
        rows.map_err(&wrap)?.map(interview).collect()
    }

    /// Begins to write; nothing else writes until that is finished.
    fn write(&self) -> Result<Transaction<'_>, StoreError> {
        Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(fault(&self.path))
    }
}

/// An instant as SQLite writes it: `2026-03-12 10:20:30`, in UTC.
fn instant(text: &str) -> Result<Timestamp, jiff::Error> {
    text.parse::<DateTime>()?.to_zoned(TimeZone::UTC).map(Zoned::into)
}

/// The columns of a stored interview.
struct Columns {
    coded: String,
    dimensions: usize,
    bytes: Vec<u8>,
    tokens: usize,
}

impl Columns {
    /// Reads them from a row, where they stand side by side.
    fn read(row: &Row, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            coded: row.get(first)?,
            dimensions: row.get(first + 1)?,
            bytes: row.get(first + 2)?,
            tokens: row.get(first + 3)?,
        })
    }
}
