//! Cases written by hand: how each file of `fixtures/ingest` is read, and why each of `refused` is not.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ringwerk::error::{Explain, Tongue};
use ringwerk::ingest::{IngestParams, read_bytes};
use ringwerk::transcript::{Role, Timestamp, Transcript};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// The files of a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is part of the repository");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// A transcript as a person checks it.
fn sheet(transcript: &Transcript) -> String {
    let mut sheet = format!("{} {}\n", transcript.format, transcript.language.as_deref().unwrap_or("?"));
    for (key, value) in &transcript.meta {
        writeln!(sheet, "{key} = {value:?}").expect("a string takes any text");
    }
    for warning in &transcript.warnings {
        writeln!(sheet, "! {}", warning.explain(Tongue::German)).expect("a string takes any text");
    }
    for turn in transcript.turns() {
        let speaker = transcript.speaker(turn);
        let role = if speaker.role == Role::Interviewer { "asks" } else { "answers" };
        let time = |time: Option<Timestamp>| time.map_or("-".to_owned(), |time| time.millis().to_string());
        let foreign = turn.foreign.as_ref().map_or(String::new(), |language| format!(" ({language})"));
        let (start, end, text) = (time(turn.start), time(turn.end), transcript.turn_text(turn));
        writeln!(sheet, "{start}..{end} {} {role}{foreign}: {text}", speaker.name).expect("a string takes any text");
    }
    sheet
}

fn check(path: &Path, expected: &Path, sheet: &str) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    insta::with_settings!({ snapshot_path => expected, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, sheet);
    });
}

#[test]
fn every_case_is_read_as_expected() {
    for path in files(&folder("ingest")) {
        let bytes = std::fs::read(&path).expect("the file was just listed");
        let name = Path::new(path.file_name().unwrap_or_default());
        let sheet = match read_bytes(name, &bytes, &IngestParams::default()) {
            Ok(transcript) => sheet(&transcript),
            Err(error) => format!("refused: {}\n", error.explain(Tongue::German)),
        };
        check(&path, &folder("ingest/expected"), &sheet);
    }
}

#[test]
fn refusals_say_where_what_and_what_to_do() {
    for path in files(&folder("ingest/refused")) {
        let bytes = std::fs::read(&path).expect("the file was just listed");
        let name = Path::new(path.file_name().unwrap_or_default());
        let sheet = match read_bytes(name, &bytes, &IngestParams::default()) {
            Ok(transcript) => format!("read: {}", sheet(&transcript)),
            Err(error) => format!("{}\n{}\n{error}\n", error.explain(Tongue::German), error.explain(Tongue::English)),
        };
        check(&path, &folder("ingest/refused/expected"), &sheet);
    }
}
