//! Why a project could not be opened, read or written.

use std::path::{Path, PathBuf};

use super::schema::VERSION;
use crate::coding::LogError;
use crate::error::{Explain, IoError, Tongue};

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
    /// There is no project in the folder.
    #[error("{}: no project", .0.display())]
    NotThere(PathBuf),
    /// A database of another program.
    #[error("{}: a database of another program", .0.display())]
    Foreign(PathBuf),
    /// What was stored cannot be understood any more.
    #[error("{}: damaged entry: {problem}", path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A decision does not fit to those before it. Nothing was stored.
    #[error("{}: {source}", path.display())]
    Log {
        /// The database.
        path: PathBuf,
        /// Which entry, and why.
        source: LogError,
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
            Self::NotThere(path) => tongue.pick(
                format!("{}: gibt es nicht; hier liegt kein Projekt. Anlegen mit: ringwerk init ORDNER", path.display()),
                format!("{}: does not exist; there is no project here. Make one with: ringwerk init DIR", path.display()),
            ),
            Self::Foreign(path) => tongue.pick(
                format!("{}: gehört einem anderen Programm; bitte einen anderen Ordner nehmen", path.display()),
                format!("{}: belongs to another program; please use another folder", path.display()),
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
            Self::Log { path, source } => format!("{}: {}", path.display(), source.explain(tongue)),
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

/// Adds the database's path to an error of SQLite; made for `map_err(fault(path))`.
pub(super) fn fault(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Database { path: path.clone(), source }
}
