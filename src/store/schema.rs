//! The shape of the database: versions, and how an older one becomes the present one.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use serde::Deserialize;

use super::error::{StoreError, fault};
use crate::coding::TranscriptKey;
use crate::error::IoError;
use crate::files::write_whole;

/// The shape of the database that this program reads and writes.
pub const VERSION: i64 = 2;

/// What makes version `n + 1` of version `n`. A new database goes through all of them, too.
const MIGRATIONS: [Migration; VERSION as usize] = [
    |path, database| database.execute_batch(include_str!("version-1.sql")).map_err(fault(path)),
    |path, database| {
        database.execute_batch(include_str!("version-2.sql")).map_err(fault(path))?;
        keep_texts(path, database)
    },
];

/// Changes a database, the path of which is told for messages.
type Migration = fn(&Path, &Transaction) -> Result<(), StoreError>;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Sets a connection up and brings the database to the present version; a copy of an older one is kept beside it.
pub(super) fn prepare(path: &Path, connection: &mut Connection) -> Result<(), StoreError> {
    let wrap = fault(path);
    connection.busy_timeout(PATIENCE).map_err(&wrap)?;
    let found = version(path, connection)?;
    write_ahead(connection).map_err(&wrap)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(&wrap)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(&wrap)?;
    if found < VERSION {
        migrate(path, connection)?;
    }
    Ok(())
}

/// Writes go to a log first, so that nobody who reads has to wait. SQLite itself does not wait for others here.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let given_up = Instant::now() + PATIENCE;
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && Instant::now() < given_up => {
                thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}

/// The version of a database; 0 where it is empty.
///
/// # Errors
/// Where it is newer than this program, or of another program. It is only looked at.
pub(super) fn version(path: &Path, connection: &Connection) -> Result<i64, StoreError> {
    // In this order: another program may make version and tables, both at once, in between.
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(fault(path))?;
    let found = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(fault(path))?;
    if found > VERSION {
        return Err(StoreError::Newer { path: path.to_owned(), found });
    }
    if found < 0 || found == 0 && tables > 0 {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    Ok(found)
}

/// Where the copy of a database of an older version lies: `project.db.v1.bak`.
fn backup_path(path: &Path, version: i64) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".v{version}.bak"));
    name.into()
}

/// Copies the database as it was committed last, whole or not at all.
fn back_up(path: &Path, version: i64) -> Result<(), StoreError> {
    write_whole(&backup_path(path, version), |copy| {
        if copy.exists() {
            fs::remove_file(copy).map_err(IoError::at(copy))?;
        }
        let database = Connection::open(path).map_err(fault(path))?;
        database.execute("VACUUM INTO ?1", [copy.to_string_lossy()]).map_err(fault(path))?;
        let written = fs::File::open(copy).and_then(|file| file.sync_all());
        Ok(written.map_err(IoError::at(copy))?)
    })
}

/// Takes all steps to the present version in one transaction. Another program may have done so since we looked, and none
/// can from here on, so the copy is of the older version for sure.
fn migrate(path: &Path, connection: &mut Connection) -> Result<(), StoreError> {
    let wrap = fault(path);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&wrap)?;
    let found = version(path, &transaction)?;
    if (1..VERSION).contains(&found) {
        back_up(path, found)?;
    }
    for step in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or_default()) {
        step(path, &transaction)?;
    }
    transaction.pragma_update(None, "user_version", VERSION).map_err(&wrap)?;
    transaction.commit().map_err(&wrap)
}

/// The part of a stored interview that every version has.
#[derive(Deserialize)]
struct Stored {
    transcript: Text,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

/// Version 2: writes down the texts of all interviews.
fn keep_texts(path: &Path, database: &Transaction) -> Result<(), StoreError> {
    let wrap = fault(path);
    let mut query = database.prepare("SELECT rowid, coded FROM interview").map_err(&wrap)?;
    let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).map_err(&wrap)?;
    for row in rows {
        let (id, coded) = row.map_err(&wrap)?;
        let stored: Stored = serde_json::from_str(&coded)
            .map_err(|error| StoreError::Damaged { path: path.to_owned(), problem: error.to_string() })?;
        let key = keep_text(path, database, &stored.transcript.text)?;
        let statement = "UPDATE interview SET transcript = ?2 WHERE rowid = ?1";
        database.execute(statement, (id, key.as_str())).map_err(&wrap)?;
    }
    Ok(())
}

/// Writes a transcript's text down where it is not there yet.
pub(super) fn keep_text(path: &Path, database: &Connection, text: &str) -> Result<TranscriptKey, StoreError> {
    let key = TranscriptKey::of(text);
    let statement = "INSERT INTO transcript (key, text) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    database.execute(statement, (key.as_str(), text)).map_err(fault(path))?;
    Ok(key)
}
