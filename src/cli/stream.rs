//! `ringwerk code --stdin`: interviews come as JSON Lines and leave as such, one after the other.
//!
//! Nothing of an interview is kept when the next one comes, and what is said of one does not depend on the others: so the
//! work can be split among any number of processes. Candidate jobs need all interviews at once and are not gathered.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufWriter, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

use super::args::{Code, Common};
use super::exit::{self, Exit};
use super::printer::Printer;
use super::{code, model};
use crate::coding::CodedInterview;
use crate::error::Tongue;
use crate::export::json_lines::{self, Counts, RunRecord};
use crate::ingest;
use crate::pipeline::{Engine, KnownJobs};
use crate::settings::Settings;
use crate::transcript::Transcript;

/// One line of the input.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// What the interview is called in the output.
    id: String,
    /// The file it is in.
    path: Option<PathBuf>,
    /// Or its text itself.
    text: Option<String>,
    /// What else is known of it; wins over what the transcript says of itself.
    #[serde(default)]
    meta: BTreeMap<String, String>,
}

pub(super) fn run(command: &Code, common: &Common, printer: &Printer) -> Result<Exit> {
    let started = Instant::now();
    let settings = code::settings(command)?;
    let model = model::open(common)?;
    let engine = model.engine(&settings.jobs)?;
    let mut counts = Counts::default();
    let mut tokens = 0;
    let mut out = BufWriter::new(printer.data());
    in_order(
        |content| one(content, &engine, &settings, printer.tongue),
        |line, result| {
            match result {
                Ok((path, interview, of_this)) => {
                    json_lines::interview(&path, &interview, &|_| None, printer.tongue, &mut out)?;
                    counts.transcripts += 1;
                    counts.statements += interview.statements.len();
                    tokens += of_this;
                }
                Err(error) => {
                    let message = exit::message(&error, printer.tongue);
                    let place = printer.tongue.pick("Eingabe, Zeile", "input, line");
                    printer.error(&format!("{place} {line}: {message}"));
                    json_lines::failure(line, &message, &mut out)?;
                    counts.failed += 1;
                }
            }
            // Whoever reads along gets each interview as soon as it and those before it are done.
            Ok(out.flush()?)
        },
    )?;
    let failed = counts.failed > 0;
    json_lines::record(&RunRecord::new(model.record()?, &settings, counts, started, tokens)?, &mut out)?;
    out.flush()?;
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

/// Does `work` for each line of the input that is not empty, as many at a time as there are threads; `done` gets the results
/// in the order of the lines, with their numbers.
///
/// # Errors
/// Where the input cannot be read, and the first of `done`.
fn in_order<O: Send>(work: impl Fn(&[u8]) -> O + Sync, mut done: impl FnMut(usize, O) -> Result<()>) -> Result<()> {
    thread::scope(|threads| {
        // So many wait at most: nothing is read far ahead of what is written.
        let (begun, results) = mpsc::sync_channel(rayon::current_num_threads());
        let work = &work;
        let reader = threads.spawn(move || {
            rayon::in_place_scope(|tasks| {
                for (line, content) in (1..).zip(io::stdin().lock().split(b'\n')) {
                    let content = content?;
                    if content.trim_ascii().is_empty() {
                        continue;
                    }
                    let (sender, result) = mpsc::channel();
                    tasks.spawn(move |_| drop(sender.send(work(&content))));
                    if begun.send((line, result)).is_err() {
                        break;
                    }
                }
                Ok(())
            })
        });
        for (line, result) in results {
            done(line, result.recv().context("a thread ended before its interview was done")?)?;
        }
        reader.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Codes the interview of a line; gives where it was read from, and its tokens.
fn one(line: &[u8], engine: &Engine, settings: &Settings, tongue: Tongue) -> Result<(String, CodedInterview, usize)> {
    let given: Given = serde_json::from_slice(line).map_err(|error| {
        let expected = r#"{"id": …, "path": … / "text": …, "meta": {…}}"#;
        anyhow!(tongue.pick(format!("erwartet wird {expected} ({error})"), format!("expected is {expected} ({error})")))
    })?;
    let (path, mut transcript) = read(&given, settings, tongue)?;
    transcript.id = given.id;
    transcript.meta.extend(given.meta);
    let mut coded = engine.code(engine.cut(transcript, settings.units)?, &mut |_| ())?;
    engine.assign_jobs(&mut [&mut coded], &KnownJobs::new());
    Ok((path, coded.interview, coded.tokens))
}

fn read(given: &Given, settings: &Settings, tongue: Tongue) -> Result<(String, Transcript)> {
    match (&given.path, &given.text) {
        (Some(path), None) => Ok((path.display().to_string(), ingest::read_file(path, &settings.ingest())?)),
        // Messages name the interview where there is no file to name.
        (None, Some(text)) => {
            Ok((String::new(), ingest::read_bytes(Path::new(&given.id), text.as_bytes(), &settings.ingest())?))
        }
        _ => Err(anyhow!(tongue.pick(
            format!("„{}“ braucht entweder „path“ oder „text“", given.id),
            format!("\"{}\" needs either \"path\" or \"text\"", given.id),
        ))),
    }
}
