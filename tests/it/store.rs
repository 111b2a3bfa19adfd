//! The project folder: everything comes back, nothing is half, foreign files are left alone.

use std::path::Path;

use proptest::prelude::*;
use ringwerk::codebook::{Job, Ring};
use ringwerk::coding::*;
use ringwerk::error::{Explain, Tongue};
use ringwerk::store::{DATABASE, Decided, Fault, Project, RunSource, StoreError, check};
use ringwerk::text::ByteSpan;
use ringwerk::transcript::{Container, Convention, Format, NewTurn, Role, Speaker, Statement, Transcript};
use ringwerk::vectors::Vectors;

pub fn stored() -> Coded {
    let speakers = vec![Speaker { name: "B1".into(), role: Role::Respondent }];
    let turn = NewTurn { speaker: 0, start: None, end: None, text: "Größe zählt. Ja.".into(), foreign: None };
    let format = Format { container: Container::Text, convention: Convention::F4 };
    let transcript = Transcript::new("b1", format, speakers, vec![turn]);
    let statements: Vec<Statement> = ringwerk::segment::segment(&transcript, Default::default());
    let mut vectors = Vectors::empty(3);
    statements.iter().for_each(|_| vectors.push(&[0.25, -1.5, f32::MIN_POSITIVE]));
    let suggestions = vec![None; statements.len()];
    Coded { interview: CodedInterview { transcript, statements, suggestions }, vectors, tokens: 7 }
}

#[test]
fn what_was_kept_comes_back_also_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let stored = stored();
    Project::open(folder.path()).unwrap().keep("content", "run", Path::new("b1.txt"), &stored).unwrap();
    let project = Project::open(folder.path()).unwrap();
    let found = project.interview("content", "run").unwrap().unwrap();
    assert_eq!(found.interview, stored.interview);
    assert_eq!(found.vectors, stored.vectors);
    assert_eq!(found.tokens, 7);
    assert!(project.interview("changed content", "run").unwrap().is_none());
    assert!(project.interview("content", "other settings").unwrap().is_none());
}

#[test]
fn a_file_that_is_no_project_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(DATABASE);
    let content = "Das ist keine Datenbank, sondern ein Brief.\n".repeat(50);
    std::fs::write(&path, &content).unwrap();
    let error = Project::open(folder.path()).err().unwrap();
    assert!(error.explain(Tongue::German).contains("keine Projektdatei"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
}

#[test]
fn two_programs_may_have_a_project_open() {
    let folder = tempfile::tempdir().unwrap();
    let (left, right) = (Project::open(folder.path()).unwrap(), Project::open(folder.path()).unwrap());
    left.keep("a", "run", Path::new("a.txt"), &stored()).unwrap();
    right.keep("b", "run", Path::new("b.txt"), &stored()).unwrap();
    assert!(left.interview("b", "run").unwrap().is_some());
}

fn open_by_many(folder: &Path) {
    std::thread::scope(|threads| {
        let all: Vec<_> = (0..8).map(|_| threads.spawn(|| Project::open(folder).map(drop))).collect();
        all.into_iter().for_each(|one| one.join().unwrap().unwrap());
    });
}

#[test]
fn many_programs_may_make_or_convert_a_project_at_once() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        open_by_many(folder.path());
        assert_eq!(check(folder.path()).unwrap().faults, []);
        let folder = version_1();
        open_by_many(folder.path());
        assert_eq!(check(folder.path()).unwrap().faults, []);
        let backup = rusqlite::Connection::open(folder.path().join("project.db.v1.bak")).unwrap();
        let version: i64 = backup.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, 1);
    }
}

/// A project with one interview and a decision-maker's view on it.
fn project_with_interview(folder: &Path) -> (Project, StatementKey) {
    let project = Project::open(folder).unwrap();
    let stored = stored();
    project.keep("content", "run", Path::new("b1.txt"), &stored).unwrap();
    let key = TranscriptKey::of(stored.interview.transcript.text());
    (project, StatementKey::new(&key, stored.interview.statements[0].span))
}

fn comment(statement: &StatementKey, text: &str) -> Action {
    let verdict = Verdict::Comment(text.to_owned());
    Action::Decide(vec![Decision::Statement { statement: statement.clone(), verdict, shown: None }])
}

fn shown() -> Shown {
    let rings = Ring::ALL.map(|id| RingSuggestion { id, p: 0.1, suggested: false }).to_vec();
    let job = Some(JobSuggestion { id: "a".into(), p: 1.0 / 3.0 });
    Shown { rings, reason: ReasonSuggestion { p: f32::MIN_POSITIVE, suggested: true, span: None }, job }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_was_appended_is_read_back(
        decisions in prop::collection::vec(prop::collection::vec(crate::decisions::decision(), 1..4), 1..12),
        undone in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let project = Project::open(folder.path()).unwrap();
        know_texts(folder.path(), &["ein Text"]);
        let mut state = State::default();
        for decisions in decisions {
            let before = state.clone();
            match project.append(&mut state, "Anna", Action::Decide(decisions)) {
                Ok(id) => prop_assert_eq!(Some(id), state.last()),
                Err(error) => {
                    prop_assert!(matches!(error, StoreError::Log { .. }), "{}", error);
                    prop_assert_eq!(&state, &before);
                }
            }
        }
        if let Some(step) = state.next_undo("Anna").filter(|_| undone) {
            project.append(&mut state, "Anna", Action::RestorePoint("vorher".into())).unwrap();
            project.append(&mut state, "Anna", Action::Undo(vec![step])).unwrap();
            project.append(&mut state, "Ben", Action::Redo(vec![step])).unwrap();
        }
        drop(project);
        let project = Project::open(folder.path()).unwrap();
        prop_assert_eq!(&project.state().unwrap(), &state);
        let last = state.entries().last().map(|entry| EntryId(entry.id.0 - 1));
        let newest = project.entries(last).unwrap();
        prop_assert_eq!(newest.as_slice(), &state.entries()[state.entries().len().saturating_sub(1)..]);
    }
}

/// Writes texts into a project as if they had been coded.
fn know_texts(folder: &Path, texts: &[&str]) {
    let connection = rusqlite::Connection::open(folder.join(DATABASE)).unwrap();
    for text in texts {
        let key = TranscriptKey::of(text);
        connection.execute("INSERT INTO transcript VALUES (?1, ?2)", [key.as_str(), text]).unwrap();
    }
}

#[test]
fn who_when_and_what_was_shown_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let (project, statement) = project_with_interview(folder.path());
    let mut state = State::default();
    let job = Job { id: "a".into(), title: "Ruhe haben".into(), description: "Satz.".into() };
    let coding = Verdict::Coding(shown().coding());
    let decision = Decision::Statement { statement, verdict: coding, shown: Some(shown()) };
    project.append(&mut state, "Anna Öz", Action::Decide(vec![Decision::ConfirmJob { job }, decision])).unwrap();
    let entries = Project::open(folder.path()).unwrap().entries(None).unwrap();
    assert_eq!(entries, state.entries());
    assert_eq!(entries[0].who, "Anna Öz");
}

#[test]
fn decisions_of_another_program_come_in_before_the_own() {
    let folder = tempfile::tempdir().unwrap();
    let (left, statement) = project_with_interview(folder.path());
    let right = Project::open(folder.path()).unwrap();
    let (mut of_left, mut of_right) = (State::default(), State::default());
    left.append(&mut of_left, "Anna", comment(&statement, "eins")).unwrap();
    right.append(&mut of_right, "Ben", comment(&statement, "zwei")).unwrap();
    left.append(&mut of_left, "Anna", comment(&statement, "drei")).unwrap();
    assert_eq!(of_left.entries().len(), 3);
    assert_eq!(right.state().unwrap(), of_left);
}

#[test]
fn nothing_that_was_decided_can_be_changed_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let (project, statement) = project_with_interview(folder.path());
    let mut state = State::default();
    project.append(&mut state, "Anna", comment(&statement, "eins")).unwrap();
    project.append(&mut state, "Anna", Action::Undo(vec![EntryId(1)])).unwrap();
    let connection = rusqlite::Connection::open(folder.path().join(DATABASE)).unwrap();
    for attack in [
        "UPDATE step SET who = 'x'",
        "DELETE FROM step",
        "REPLACE INTO step VALUES (1, 'x', '2026-01-01T00:00:00Z', 'decide', NULL)",
        "UPDATE decision SET content = '{}'",
        "DELETE FROM decision",
        "UPDATE reference SET earlier = 0",
        "DELETE FROM reference",
        "UPDATE transcript SET text = ''",
        "DELETE FROM transcript",
    ] {
        assert!(connection.execute_batch(attack).is_err(), "{attack}");
    }
    assert_eq!(project.state().unwrap(), state);
}

#[test]
fn a_decision_about_an_unknown_text_is_not_stored() {
    let folder = tempfile::tempdir().unwrap();
    let (project, statement) = project_with_interview(folder.path());
    let mut state = State::default();
    let elsewhere = StatementKey::new(&TranscriptKey::of("anderes"), statement.span);
    assert!(project.append(&mut state, "Anna", comment(&elsewhere, "eins")).is_err());
    assert_eq!(state, State::default());
    project.append(&mut state, "Anna", comment(&statement, "eins")).unwrap();
    assert_eq!(project.state().unwrap(), state);
}

/// `fixtures/store/version-1` was written by the program that knew version 1.
fn version_1() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/store/version-1").join(DATABASE);
    std::fs::copy(fixture, folder.path().join(DATABASE)).unwrap();
    folder
}

fn schema(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut query = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY sql").unwrap();
    query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_project_of_version_1_is_brought_to_the_present_one_and_copied_before() {
    let (folder, new) = (version_1(), tempfile::tempdir().unwrap());
    let before = std::fs::read(folder.path().join(DATABASE)).unwrap();
    let project = Project::open(folder.path()).unwrap();
    let stored = project.interview("content-2", "run-2").unwrap().unwrap();
    let statement = stored.interview.suggested().next().unwrap().0;
    assert_eq!(stored.interview.text(statement), "Der Betriebsrat war lange dagegen.");
    assert!(project.interview("content-1", "run-1").unwrap().is_some(), "older runs are kept");
    let key = TranscriptKey::of(stored.interview.transcript.text());
    let statement = StatementKey::new(&key, stored.interview.statements[statement].span);
    project.append(&mut State::default(), "Anna", comment(&statement, "eins")).unwrap();
    assert_eq!(check(folder.path()).unwrap().faults, []);

    drop(Project::open(new.path()).unwrap());
    assert_eq!(schema(&folder.path().join(DATABASE)), schema(&new.path().join(DATABASE)));
    assert!(!new.path().join("project.db.v1.bak").exists());

    let restored = tempfile::tempdir().unwrap();
    std::fs::copy(folder.path().join("project.db.v1.bak"), restored.path().join(DATABASE)).unwrap();
    assert_eq!(schema(&restored.path().join(DATABASE)), {
        std::fs::write(new.path().join("old.db"), before).unwrap();
        schema(&new.path().join("old.db"))
    });
    let again = Project::open(restored.path()).unwrap();
    assert!(again.interview("content-2", "run-2").unwrap().is_some());
}

#[test]
fn a_migration_that_fails_leaves_the_project_as_it_was() {
    let folder = version_1();
    let path = folder.path().join(DATABASE);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute("UPDATE interview SET coded = '{' WHERE source_hash = 'content-2'", []).unwrap();
    let before = schema(&path);
    let error = Project::open(folder.path()).err().unwrap();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert_eq!(schema(&path), before);
    assert_eq!(check(folder.path()).unwrap().version, 1);
}

#[test]
fn a_newer_project_and_a_foreign_database_are_left_as_they_are() {
    for (statement, said) in
        [("PRAGMA user_version = 999", "neueren Version"), ("CREATE TABLE letters (text)", "anderen Programm")]
    {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(DATABASE);
        rusqlite::Connection::open(&path).unwrap().execute_batch(statement).unwrap();
        let before = std::fs::read(&path).unwrap();
        let error = Project::open(folder.path()).err().unwrap();
        assert!(error.explain(Tongue::German).contains(said), "{error}");
        assert!(check(folder.path()).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn where_there_is_no_project_none_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let error = Project::open_existing(folder.path()).err().unwrap();
    assert!(error.explain(Tongue::German).contains("ringwerk init"), "{error}");
    assert!(check(folder.path()).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn somebody_who_writes_all_the_time_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (project, statement) = project_with_interview(folder.path());
    let other = rusqlite::Connection::open(folder.path().join(DATABASE)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut state = State::default();
    let error = project.append(&mut state, "Anna", comment(&statement, "eins")).unwrap_err();
    assert!(error.explain(Tongue::German).contains("ein anderes Programm schreibt"), "{error}");
    other.execute_batch("COMMIT").unwrap();
    project.append(&mut state, "Anna", comment(&statement, "eins")).unwrap();
    assert_eq!(project.state().unwrap(), state);
}

#[test]
fn a_run_comes_back_with_its_interviews_and_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let (project, _) = project_with_interview(folder.path());
    assert!(project.last_run().unwrap().is_none());
    project.keep("other", "run", Path::new("b2.txt"), &stored()).unwrap();
    let source = |hash, path| RunSource { hash, path: Path::new(path), name: path };
    let sources = [source("other", "b2.txt"), source("content", "b1.txt")];
    project.keep_run("run", &sources, "{}", "[]").unwrap();
    project.keep_run("run", &sources[..1], "{\"second\":2}", "[]").unwrap();
    let run = project.last_run().unwrap().unwrap();
    assert_eq!((run.id, run.record.as_str(), run.interviews.len()), (2, "{\"second\":2}", 1));
    assert_eq!(run.interviews[0].stored.interview.transcript.id, "b2.txt");
    assert!(project.newest_of(Path::new("b1.txt")).unwrap().is_some());
    assert!(project.newest_of(Path::new("b3.txt")).unwrap().is_none());
}

#[test]
fn check_names_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (project, statement) = project_with_interview(folder.path());
    let mut state = State::default();
    project.append(&mut state, "Anna", comment(&statement, "eins")).unwrap();
    let findings = check(folder.path()).unwrap();
    assert_eq!(findings.decided, Some(Decided { steps: 1, statements: 1, jobs: 0 }));
    assert_eq!(findings.faults, []);

    let within = StatementKey { span: ByteSpan::new(1, 5), ..statement };
    project.append(&mut state, "Anna", comment(&within, "zwei")).unwrap();
    let faults = check(folder.path()).unwrap().faults;
    assert!(matches!(&faults[..], [Fault::NoStatement { passage, .. }] if *passage == within), "{faults:?}");

    let connection = rusqlite::Connection::open(folder.path().join(DATABASE)).unwrap();
    connection.execute_batch("INSERT INTO step VALUES (9, 'x', '2026-01-01T00:00:00Z', 'undo', NULL)").unwrap();
    let findings = check(folder.path()).unwrap();
    assert!(matches!(&findings.faults[..], [Fault::Log(_)]));
    assert_eq!(findings.decided, None, "not read is not none");
    connection.execute_batch("INSERT INTO step VALUES (10, 'x', 'gestern', 'restore_point', 'x')").unwrap();
    assert!(matches!(&check(folder.path()).unwrap().faults[..], [Fault::Unreadable(_)]));
    connection.execute_batch("PRAGMA foreign_keys = OFF; INSERT INTO reference VALUES (10, 0, 7);").unwrap();
    assert!(check(folder.path()).unwrap().faults.contains(&Fault::Reference("reference".into())));
}

#[test]
fn check_names_a_run_whose_record_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    drop(project_with_interview(folder.path()));
    let connection = rusqlite::Connection::open(folder.path().join(DATABASE)).unwrap();
    connection.execute_batch("INSERT INTO run (id, run_key, record, candidates) VALUES (7, 'k', '{}', '[]')").unwrap();
    assert_eq!(check(folder.path()).unwrap().faults, []);
    connection.execute_batch("UPDATE run SET candidates = '[{' WHERE id = 7").unwrap();
    assert_eq!(check(folder.path()).unwrap().faults, [Fault::Run(7)]);
}

#[test]
fn check_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    drop(project_with_interview(folder.path()));
    let before = std::fs::read(folder.path().join(DATABASE)).unwrap();
    check(folder.path()).unwrap();
    assert_eq!(std::fs::read(folder.path().join(DATABASE)).unwrap(), before);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, [DATABASE]);
}

/// A page of the file is overwritten: check says so, and nothing panics.
#[test]
fn a_damaged_file_is_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let (project, statement) = project_with_interview(folder.path());
    let mut state = State::default();
    (0..300).for_each(|count| {
        project.append(&mut state, "Anna", comment(&statement, &format!("Bemerkung {count}"))).unwrap();
    });
    drop(project);
    let path = folder.path().join(DATABASE);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 4096 / 2 * 4096;
    bytes[middle..middle + 4096].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();
    let faults = check(folder.path()).map(|findings| findings.faults);
    assert!(faults.is_ok_and(|faults| matches!(faults[0], Fault::File(_))));
}
