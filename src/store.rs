//! The project folder: what was computed is kept, so that nothing is computed twice and nothing is stored half.
//!
//! `project.db` is a SQLite file. Each interview is written in one transaction; whoever stops the program at any moment
//! finds the interviews finished until then.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use crate::coding::CodedInterview;
use crate::error::{Explain, IoError, Tongue};
use crate::vectors::Vectors;

/// Name of the database in a project folder.
pub const DATABASE: &str = "project.db";

/// The shape of the database that this program reads and writes.
const VERSION: i64 = 1;

const SCHEMA: &str = "
CREATE TABLE interview (
    source_hash TEXT NOT NULL,
    run_key     TEXT NOT NULL,
    path        TEXT NOT NULL,
    coded       TEXT NOT NULL,
    dimensions  INTEGER NOT NULL,
    vectors     BLOB NOT NULL,
    tokens      INTEGER NOT NULL,
    stored_at   TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (source_hash, run_key)
) STRICT;
CREATE TABLE run (
    id          INTEGER PRIMARY KEY,
    finished_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    run_key     TEXT NOT NULL,
    record      TEXT NOT NULL,
    candidates  TEXT NOT NULL
) STRICT;
";

/// Why a project could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder or file could not be used.
    #[error(transparent)]
    Io(#[from] IoError),
    /// SQLite refused.
    #[error("{}: {source}", path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// Made by a newer version of ringwerk.
    #[error("{}: schema version {found}, this program knows {VERSION}", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// What was stored cannot be understood any more.
    #[error("{}: damaged entry: {problem}", path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

impl Explain for StoreError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Io(error) => error.explain(tongue),
            Self::Database { path, source } => explain_database(path, source, tongue),
            Self::Newer { path, found } => tongue.pick(
                format!(
                    "{}: mit einer neueren Version von ringwerk angelegt (Stand {found}, bekannt ist {VERSION}). Bitte ringwerk aktualisieren; die Datei bleibt unverändert",
                    path.display()
                ),
                format!(
                    "{}: made by a newer version of ringwerk (schema {found}, known is {VERSION}). Please update ringwerk; the file is left as it is",
                    path.display()
                ),
            ),
            Self::Damaged { path, problem } => tongue.pick(
                format!(
                    "{}: ein gespeicherter Eintrag ist beschädigt ({problem}). Bitte einen anderen Projektordner nehmen oder die Sicherung einspielen",
                    path.display()
                ),
                format!(
                    "{}: a stored entry is damaged ({problem}). Please use another project folder or restore the backup",
                    path.display()
                ),
            ),
        }
    }
}

fn explain_database(path: &Path, source: &rusqlite::Error, tongue: Tongue) -> String {
    use rusqlite::ErrorCode;
    let what = match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => tongue.pick(
            "ein anderes Programm schreibt gerade in dieses Projekt; bitte warten und noch einmal versuchen",
            "another program is writing to this project; please wait and try again",
        ),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => tongue.pick(
            "ist keine Projektdatei von ringwerk oder ist beschädigt; bitte einen anderen Ordner nehmen",
            "is no project file of ringwerk, or is damaged; please use another folder",
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => tongue.pick(
            "darf hier nicht geschrieben werden; bitte einen Ordner mit Schreibrecht nehmen",
            "may not be written here; please use a folder that you may write to",
        ),
        Some(ErrorCode::DiskFull) => tongue.pick(
            "der Datenträger ist voll; bitte Platz schaffen und noch einmal starten, das Fertige bleibt erhalten",
            "the disk is full; please make room and start again, what is finished is kept",
        ),
        _ => return format!("{}: {source}", path.display()),
    };
    format!("{}: {what}", path.display())
}

/// An interview as it was stored.
#[derive(Debug, Clone)]
pub struct StoredInterview {
    /// The interview with its suggestions.
    pub interview: CodedInterview,
    /// One row per statement.
    pub vectors: Vectors,
    /// Tokens that went through the model for it.
    pub tokens: usize,
}

/// An open project folder.
pub struct Project {
    path: PathBuf,
    connection: Connection,
}

impl Project {
    /// Opens the project in `folder`; makes folder and database where they are not there yet.
    ///
    /// # Errors
    /// Where the folder cannot be written, or the file is no project of this or an older version.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(IoError::at(folder))?;
        let path = folder.join(DATABASE);
        let connection = Connection::open(&path).map_err(fault(&path))?;
        let project = Self { path, connection };
        project.prepare()?;
        Ok(project)
    }

    fn prepare(&self) -> Result<(), StoreError> {
        let wrap = fault(&self.path);
        self.connection.busy_timeout(std::time::Duration::from_secs(5)).map_err(&wrap)?;
        self.connection.pragma_update(None, "journal_mode", "WAL").map_err(&wrap)?;
        self.connection.pragma_update(None, "foreign_keys", true).map_err(&wrap)?;
        let found: i64 = self.connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(&wrap)?;
        if found > VERSION {
            return Err(StoreError::Newer { path: self.path.clone(), found });
        }
        if found == 0 {
            let script = format!("BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;");
            self.connection.execute_batch(&script).map_err(&wrap)?;
        }
        Ok(())
    }

    /// What was stored for a file with this content, coded with this model and these settings.
    ///
    /// # Errors
    /// Where the database cannot be read or the entry is damaged.
    pub fn interview(&self, source_hash: &str, run_key: &str) -> Result<Option<StoredInterview>, StoreError> {
        let query = "SELECT coded, dimensions, vectors, tokens FROM interview WHERE source_hash = ?1 AND run_key = ?2";
        let row = self
            .connection
            .query_row(query, params![source_hash, run_key], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, usize>(1)?, row.get::<_, Vec<u8>>(2)?, row.get(3)?))
            })
            .optional()
            .map_err(fault(&self.path))?;
        let Some((coded, dimensions, bytes, tokens)) = row else { return Ok(None) };
        let damaged = |problem: String| StoreError::Damaged { path: self.path.clone(), problem };
        let interview: CodedInterview = serde_json::from_str(&coded).map_err(|error| damaged(error.to_string()))?;
        let numbers = bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let vectors = Vectors::from_values(dimensions, numbers.collect())
            .filter(|vectors| vectors.len() == interview.statements.len())
            .ok_or_else(|| damaged("vectors do not fit the statements".into()))?;
        Ok(Some(StoredInterview { interview, vectors, tokens }))
    }

    /// Stores an interview, whole or not at all; replaces what was stored for the same content and settings.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub fn keep(
        &self,
        source_hash: &str,
        run_key: &str,
        path: &Path,
        stored: &StoredInterview,
    ) -> Result<(), StoreError> {
        let coded = serde_json::to_string(&stored.interview)
            .map_err(|error| StoreError::Damaged { path: self.path.clone(), problem: error.to_string() })?;
        let bytes: Vec<u8> = stored.vectors.values().iter().flat_map(|value| value.to_le_bytes()).collect();
        let statement = "INSERT OR REPLACE INTO interview \
            (source_hash, run_key, path, coded, dimensions, vectors, tokens) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let values = params![
            source_hash,
            run_key,
            path.to_string_lossy(),
            coded,
            stored.vectors.dimensions(),
            bytes,
            stored.tokens
        ];
        self.connection.execute(statement, values).map_err(fault(&self.path))?;
        Ok(())
    }

    /// Adds the record of a finished run and its candidate jobs, both as JSON.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub fn keep_run(&self, run_key: &str, record: &str, candidates: &str) -> Result<(), StoreError> {
        let statement = "INSERT INTO run (run_key, record, candidates) VALUES (?1, ?2, ?3)";
        self.connection.execute(statement, params![run_key, record, candidates]).map_err(fault(&self.path))?;
        Ok(())
    }
}

fn fault(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Database { path: path.clone(), source }
}
