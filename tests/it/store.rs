//! The project folder: everything comes back, nothing is half, foreign files are left alone.

use std::path::Path;

use ringwerk::coding::CodedInterview;
use ringwerk::error::{Explain, Tongue};
use ringwerk::store::{DATABASE, Project, StoreError, StoredInterview};
use ringwerk::transcript::{Container, Convention, Format, NewTurn, Role, Speaker, Statement, Transcript};
use ringwerk::vectors::Vectors;

fn stored() -> StoredInterview {
    let speakers = vec![Speaker { name: "B1".into(), role: Role::Respondent }];
    let turn = NewTurn { speaker: 0, start: None, end: None, text: "Größe zählt. Ja.".into(), foreign: None };
    let format = Format { container: Container::Text, convention: Convention::F4 };
    let transcript = Transcript::new("b1", format, speakers, vec![turn]);
    let statements: Vec<Statement> = ringwerk::segment::segment(&transcript, Default::default());
    let mut vectors = Vectors::empty(3);
    statements.iter().for_each(|_| vectors.push(&[0.25, -1.5, f32::MIN_POSITIVE]));
    let suggestions = vec![None; statements.len()];
    StoredInterview { interview: CodedInterview { transcript, statements, suggestions }, vectors, tokens: 7 }
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
fn a_project_of_a_newer_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(Project::open(folder.path()).unwrap());
    let connection = rusqlite::Connection::open(folder.path().join(DATABASE)).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    assert!(matches!(Project::open(folder.path()).err().unwrap(), StoreError::Newer { found: 999, .. }));
}

#[test]
fn two_programs_may_have_a_project_open() {
    let folder = tempfile::tempdir().unwrap();
    let (left, right) = (Project::open(folder.path()).unwrap(), Project::open(folder.path()).unwrap());
    left.keep("a", "run", Path::new("a.txt"), &stored()).unwrap();
    right.keep("b", "run", Path::new("b.txt"), &stored()).unwrap();
    assert!(left.interview("b", "run").unwrap().is_some());
}
