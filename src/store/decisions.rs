//! Decisions of people: a log that only grows, on the disk before anybody is told so.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};
use serde::de::DeserializeOwned;

use super::Project;
use super::error::{StoreError, fault};
use crate::coding::{Action, Decision, Entry, EntryId, LogError, State, TranscriptKey};

impl Project {
    /// Everything that people decided, folded.
    ///
    /// # Errors
    /// Where the database cannot be read, or the log does not fold.
    pub fn state(&self) -> Result<State, StoreError> {
        State::of(&self.entries(None)?).map_err(|error| self.refused(error))
    }

    /// The entries of the log after `last`, in order; all where it is `None`.
    ///
    /// # Errors
    /// Where the database cannot be read or an entry is damaged.
    pub fn entries(&self, last: Option<EntryId>) -> Result<Vec<Entry>, StoreError> {
        read(&self.connection, last).map_err(fault(&self.path))
    }

    /// Adds a step to the log and to `state`. When this returns without an error, the step is on the disk for good.
    ///
    /// Steps that other programs have added since come into `state` first.
    ///
    /// # Errors
    /// Where the step does not fit to those before it, names a transcript that the project does not know, or cannot be
    /// written. Then nothing is stored, and `state` does not have it.
    pub fn append(&self, state: &mut State, who: &str, action: Action) -> Result<EntryId, StoreError> {
        let wrap = fault(&self.path);
        let refused = |error| self.refused(error);
        let transaction = self.write()?;
        for entry in read(&transaction, state.last()).map_err(&wrap)? {
            state.apply(entry).map_err(refused)?;
        }
        let entry = Entry { id: state.next_id(), who: who.to_owned(), at: Timestamp::now(), action };
        state.apply(entry.clone()).map_err(refused)?;
        let id = entry.id;
        if let Err(error) = write(&transaction, &entry).and_then(|()| transaction.commit()) {
            let before = state.entries().split_last().map_or(&[][..], |(_, before)| before);
            *state = State::of(before).map_err(refused)?;
            return Err(wrap(error));
        }
        Ok(id)
    }

    /// A log that does not fold, with the file in which it lies.
    pub fn refused(&self, source: LogError) -> StoreError {
        StoreError::Log { path: self.path.clone(), source }
    }
}

fn write(database: &Transaction, entry: &Entry) -> rusqlite::Result<()> {
    let (kind, name) = match &entry.action {
        Action::Decide(_) => ("decide", None),
        Action::Undo(_) => ("undo", None),
        Action::Redo(_) => ("redo", None),
        Action::RestorePoint(name) => ("restore_point", Some(name)),
    };
    let statement = "INSERT INTO step (id, who, at, kind, name) VALUES (?1, ?2, ?3, ?4, ?5)";
    database.execute(statement, params![entry.id.0, entry.who, entry.at.to_string(), kind, name])?;
    match &entry.action {
        Action::Decide(decisions) => write_decisions(database, entry.id, decisions),
        Action::Undo(steps) | Action::Redo(steps) => write_references(database, entry.id, steps),
        Action::RestorePoint(_) => Ok(()),
    }
}

fn write_decisions(database: &Transaction, step: EntryId, decisions: &[Decision]) -> rusqlite::Result<()> {
    let mut insert =
        database.prepare_cached("INSERT INTO decision (step, place, transcript, content) VALUES (?1, ?2, ?3, ?4)")?;
    for (place, decision) in decisions.iter().enumerate() {
        let content =
            serde_json::to_string(decision).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        insert.execute(params![step.0, place, decision.transcript().map(TranscriptKey::as_str), content])?;
    }
    Ok(())
}

fn write_references(database: &Transaction, step: EntryId, earlier: &[EntryId]) -> rusqlite::Result<()> {
    let mut insert = database.prepare_cached("INSERT INTO reference (step, place, earlier) VALUES (?1, ?2, ?3)")?;
    for (place, earlier) in earlier.iter().enumerate() {
        insert.execute(params![step.0, place, earlier.0])?;
    }
    Ok(())
}

/// Reads the log behind an entry.
pub(super) fn read(database: &Connection, last: Option<EntryId>) -> rusqlite::Result<Vec<Entry>> {
    let last = last.map_or(0, |last| last.0);
    let mut decisions: BTreeMap<u64, Vec<Decision>> =
        grouped(database, "SELECT step, content FROM decision WHERE step > ?1 ORDER BY step, place", last, content)?;
    let references = "SELECT step, earlier FROM reference WHERE step > ?1 ORDER BY step, place";
    let mut references: BTreeMap<u64, Vec<EntryId>> =
        grouped(database, references, last, |row, index| Ok(EntryId(row.get(index)?)))?;
    let mut query = database.prepare_cached("SELECT id, who, at, kind, name FROM step WHERE id > ?1 ORDER BY id")?;
    let entry = |row: &Row| {
        let id: u64 = row.get(0)?;
        let at: String = row.get(2)?;
        let kind: String = row.get(3)?;
        let action = match kind.as_str() {
            "decide" => Action::Decide(decisions.remove(&id).unwrap_or_default()),
            "undo" => Action::Undo(references.remove(&id).unwrap_or_default()),
            "redo" => Action::Redo(references.remove(&id).unwrap_or_default()),
            _ => Action::RestorePoint(row.get(4)?),
        };
        Ok(Entry { id: EntryId(id), who: row.get(1)?, at: at.parse().map_err(|error| unreadable(2, error))?, action })
    };
    query.query_map([last], entry)?.collect()
}

/// Rows of two columns, the second ones gathered by the first.
fn grouped<T>(
    database: &Connection,
    query: &str,
    last: u64,
    read: impl Fn(&Row, usize) -> rusqlite::Result<T>,
) -> rusqlite::Result<BTreeMap<u64, Vec<T>>> {
    let mut groups: BTreeMap<u64, Vec<T>> = BTreeMap::new();
    let mut query = database.prepare_cached(query)?;
    let mut rows = query.query([last])?;
    while let Some(row) = rows.next()? {
        groups.entry(row.get(0)?).or_default().push(read(row, 1)?);
    }
    Ok(groups)
}

fn content<T: DeserializeOwned>(row: &Row, index: usize) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(index)?.as_str()?).map_err(|error| unreadable(index, error))
}

fn unreadable(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Explain, Tongue};

    fn named(name: &str) -> Action {
        Action::RestorePoint(name.repeat(100))
    }

    /// The limit on pages is what a full disk is to SQLite.
    #[test]
    fn a_full_disk_is_told_of_and_damages_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let project = Project::open(folder.path()).unwrap();
        let mut state = State::default();
        project.append(&mut state, "Anna", named("vorher")).unwrap();
        let pages: u32 = project.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        let limit =
            |pages: u32| project.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()));
        limit(pages).unwrap();
        let error = (0..100).find_map(|_| project.append(&mut state, "Anna", named("mehr")).err()).unwrap();
        assert!(error.explain(Tongue::German).contains("der Datenträger ist voll"), "{error}");
        assert_eq!(project.state().unwrap(), state);

        limit(pages + 100).unwrap();
        project.append(&mut state, "Anna", named("wieder Platz")).unwrap();
        assert_eq!(project.state().unwrap(), state);
        assert_eq!(crate::store::check(folder.path()).unwrap().faults, []);
    }
}
