//! `ringwerk code`: transcripts in, suggestions and candidate jobs out.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::args::{Code, Common};
use super::exit::{self, Exit};
use super::printer::Printer;
use super::side_by_side::side_by_side;
use super::{adopt, carry, inputs, learn as learn_command, model, progress, summary};
use crate::codebook::Job;
use crate::coding::{CandidateJob, Coded, CodedInterview, ForeignText, State, Suggestion};
use crate::error::{Explain, IoError};
use crate::export::json_lines::{self, Counts, RunRecord};
use crate::hash::sha256;
use crate::ingest::{self, Contents, FoundInterview, LeftOut};
use crate::learn::{self, Told};
use crate::pipeline::{self, Engine, KnownJobs, Segmented};
use crate::segment::Units;
use crate::settings::{Flags, ProjectFile, Settings};
use crate::store::{self, Project, StoredRun};
use crate::transcript::Transcript;

/// Where an interview came from.
struct Source {
    path: PathBuf,
    /// The same from the root on, by which a project knows the file again.
    canonical: PathBuf,
    hash: String,
    /// What people coded in a QDA project.
    coded: ForeignText,
}

/// An interview that could be read.
struct Input {
    source: Source,
    transcript: Transcript,
}

/// An interview on its way: known from the project, or cut and still to be coded.
enum Prepared {
    Known(Box<Coded>),
    New(Segmented),
}

impl Prepared {
    fn statements(&self) -> usize {
        match self {
            Self::Known(stored) => stored.interview.statements.len(),
            Self::New(segmented) => segmented.statements.len(),
        }
    }
}

/// A coded interview and the file it came from.
struct Finished {
    source: Source,
    coded: Coded,
}

/// Everything that was found, and what is told of it.
struct Found {
    finished: Vec<Finished>,
    candidates: Vec<CandidateJob>,
    record: RunRecord,
}

impl Found {
    /// Takes what the project's last run suggests in place of what the model said.
    fn take(&mut self, run: Option<StoredRun>) {
        let interviews = run.into_iter().flat_map(|run| run.interviews);
        self.finished.iter_mut().zip(interviews).for_each(|(one, kept)| one.coded = kept.stored);
    }
}

pub(super) fn run(command: &Code, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let started = Instant::now();
    let settings = settings(command)?;
    let project = command.project.as_deref().map(Project::open).transpose()?;
    let (inputs, failed) = read(inputs::files(&command.paths), command, &settings, printer);
    if inputs.is_empty() {
        printer.error(printer.tongue.pick("kein Transkript gelesen", "no transcript was read"));
        return Ok(Exit::Failed);
    }
    let model = model::open(common)?;
    let record = model.record()?;
    let learned = project.as_ref().map(learn::last_learned).transpose()?.flatten();
    let jobs = learn::job_list(state(project.as_ref())?.current(), &settings.jobs);
    let coding_key = coding_key(&record.hash, &settings)?;
    let titles = model.titles()?;
    let engine = model.engine(&jobs)?;
    let prepared = prepare(inputs, &engine, settings.units, project.as_ref(), &coding_key, printer)?;
    let mut finished = code(prepared, &engine, project.as_ref(), &coding_key, printer)?;
    if let Some(project) = &project {
        let now = finished.iter().map(|one| (one.source.canonical.as_path(), &one.coded.interview));
        carry::decisions(project, now, printer)?;
    }
    let state = state(project.as_ref())?;
    let known = Told::of(state.current(), finished.iter().map(|one| &one.coded.interview)).jobs();
    engine.assign_jobs(&mut finished.iter_mut().map(|one| &mut one.coded).collect::<Vec<_>>(), &known);
    let run_key = run_key(&coding_key, &jobs, &known, &finished)?;
    let candidates = pipeline::gather(&finished.iter().map(|one| &one.coded).collect::<Vec<_>>(), &titles);
    let counts = counts(&finished, failed, candidates.len());
    let tokens = finished.iter().map(|one| one.coded.tokens).sum();
    let record = RunRecord::new(record, &settings, counts, started, tokens)?;
    let mut found = Found { finished, candidates, record };
    if let Some(project) = &project {
        // Which job is suggested depends on all interviews, so it is known only now; without jobs nothing has changed since.
        for one in found.finished.iter().filter(|_| run_key != coding_key) {
            project.keep(&one.source.hash, &run_key, &one.source.path, &one.coded)?;
        }
        keep_run(project, &run_key, &found)?;
        if command.as_decisions {
            let coded = found.finished.iter().map(|one| (&one.source.coded, &one.coded.interview));
            adopt::codings(project, coded, &settings.jobs, printer)?;
        }
        if learned.is_some() {
            learn_command::again(project, &model, printer)?;
            found.take(project.last_run()?);
        }
    }
    show(command, &found, printer)?;
    Ok(if failed > 0 { Exit::Failed } else { Exit::Done })
}

fn counts(finished: &[Finished], failed: usize, candidate_jobs: usize) -> Counts {
    let statements = finished.iter().map(|one| one.coded.interview.statements.len()).sum();
    Counts { transcripts: finished.len(), failed, statements, candidate_jobs }
}

/// What people decided in a project; nothing where there is none.
fn state(project: Option<&Project>) -> Result<State> {
    Ok(project.map(Project::state).transpose()?.unwrap_or_default())
}

pub(super) fn settings(command: &Code) -> Result<Settings> {
    let file = command.project.as_deref().map(ProjectFile::read).transpose()?.unwrap_or_default();
    let flags = Flags {
        interviewers: command.interviewer.clone(),
        units: command.units.map(Into::into),
        any_language: command.allow_language,
        without_speakers: command.without_speakers,
        jobs: command.jobs.clone(),
    };
    Ok(Settings::resolve(file, flags)?)
}

/// What the model says of an interview can be used again only where program, model and settings are the same. Jobs do not
/// count: they are given to statements afterwards.
fn coding_key(model_hash: &str, settings: &Settings) -> Result<String> {
    let settings = serde_json::to_string(&Settings { jobs: Vec::new(), ..settings.clone() })?;
    let (version, shape) = (env!("CARGO_PKG_VERSION"), Suggestion::SHAPE);
    Ok(sha256(format!("{version} {shape} {model_hash} {settings}").as_bytes()))
}

/// What a run finds also depends on jobs, on what people said of some, and on the other interviews that speak to them.
fn run_key(coding_key: &str, jobs: &[Job], known: &KnownJobs, finished: &[Finished]) -> Result<String> {
    if jobs.is_empty() {
        return Ok(coding_key.to_owned());
    }
    let known: Vec<_> = known.iter().collect();
    let interviews: Vec<&str> = finished.iter().map(|one| one.source.hash.as_str()).collect();
    Ok(sha256(format!("{coding_key} {}", serde_json::to_string(&(jobs, known, interviews))?).as_bytes()))
}

/// Reads all files side by side; each that cannot be read is reported. Returns also how many these were.
fn read(
    files: Vec<Result<PathBuf, IoError>>,
    command: &Code,
    settings: &Settings,
    printer: &Printer,
) -> (Vec<Input>, usize) {
    let files: Vec<Result<ReadFile>> = files.into_par_iter().map(|file| read_one(&file?, settings)).collect();
    let mut inputs = Vec::new();
    let mut failed = 0;
    for file in files {
        let results = file.map_or_else(
            |error| vec![Err(error)],
            |file| {
                tell_left_out(&file, command, printer);
                file.interviews
            },
        );
        for result in results {
            match result {
                Ok(input) => inputs.push(input),
                Err(error) => {
                    failed += 1;
                    printer.error(&exit::message(&error, printer.tongue));
                }
            }
        }
    }
    let mut names: Vec<String> = inputs.iter().map(|input| input.transcript.id.clone()).collect();
    inputs::unique_names(&mut names);
    for (input, name) in inputs.iter_mut().zip(names) {
        input.transcript.id = name;
    }
    (inputs, failed)
}

/// What was read from a file.
struct ReadFile {
    path: PathBuf,
    interviews: Vec<Result<Input>>,
    left_out: BTreeMap<LeftOut, usize>,
}

fn read_one(path: &Path, settings: &Settings) -> Result<ReadFile> {
    let bytes = ingest::bytes(path)?;
    let Contents { interviews, left_out } = ingest::read_all(path, &bytes, &settings.ingest())?;
    let canonical = path.canonicalize().map_err(IoError::at(path))?;
    let input = |found: FoundInterview| {
        let FoundInterview { path: place, transcript, coded } = found;
        let (canonical, hash) = match place.strip_prefix(path) {
            // What else changes in a QDA project does not change this text.
            Ok(inside) if place != path => (canonical.join(inside), sha256(&serde_json::to_vec(&transcript)?)),
            _ => (canonical.clone(), sha256(&bytes)),
        };
        Ok(Input { source: Source { path: place, canonical, hash, coded }, transcript })
    };
    let interviews = interviews.into_iter().map(|found| input(found?)).collect();
    Ok(ReadFile { path: path.to_owned(), interviews, left_out })
}

/// Says what of a QDA project is not read.
fn tell_left_out(file: &ReadFile, command: &Code, printer: &Printer) {
    let path = file.path.display();
    let codings: usize = file.interviews.iter().flatten().map(|input| input.source.coded.codings.len()).sum();
    if codings > 0 && !command.as_decisions {
        printer.warning(&printer.tongue.pick(
            format!("{path}: {codings} Kodierungen werden nicht übernommen; mit --project ORDNER --as-decisions werden sie Entscheidungen"),
            format!("{path}: {codings} codings are not taken over; with --project DIR --as-decisions they become decisions"),
        ));
    }
    let left_out = file.left_out.iter().map(|(kind, count)| format!("{} ({count})", kind.explain(printer.tongue)));
    let left_out: Vec<String> = left_out.collect();
    if !left_out.is_empty() {
        let left_out = left_out.join(", ");
        printer.warning(
            &printer.tongue.pick(format!("{path}: nicht gelesen: {left_out}"), format!("{path}: not read: {left_out}")),
        );
    }
}

/// Takes each interview from the project where it was coded before; cuts the others into statements.
fn prepare(
    inputs: Vec<Input>,
    engine: &Engine,
    units: Units,
    project: Option<&Project>,
    run_key: &str,
    printer: &Printer,
) -> Result<Vec<(Source, Prepared)>> {
    // All are looked up before any is kept: a file that is given twice is computed twice, with the same result.
    let mut known = Vec::new();
    for input in &inputs {
        let stored = project.map(|project| project.interview(&input.source.hash, run_key)).transpose()?.flatten();
        known.push(stored);
    }
    let bar = progress::bar(printer, "Interviews zerlegt", "interviews cut", inputs.len());
    let prepare = |(Input { source, transcript }, known): (Input, Option<Coded>)| {
        let one = match known {
            Some(mut stored) => {
                stored.interview.transcript.id = transcript.id;
                Prepared::Known(Box::new(stored))
            }
            None => Prepared::New(engine.cut(transcript, units).with_context(|| source.path.display().to_string())?),
        };
        bar.inc(1);
        Ok((source, one))
    };
    let prepared = inputs.into_par_iter().zip(known).map(prepare).collect::<Result<_>>()?;
    bar.finish_and_clear();
    Ok(prepared)
}

/// Codes each interview that is not known yet.
fn code(
    prepared: Vec<(Source, Prepared)>,
    engine: &Engine,
    project: Option<&Project>,
    run_key: &str,
    printer: &Printer,
) -> Result<Vec<Finished>> {
    let total = prepared.iter().map(|(_, one)| one.statements()).sum();
    let bar = progress::bar(printer, "Aussagen kodiert", "statements coded", total);
    let mut finished: Vec<Option<Finished>> = prepared.iter().map(|_| None).collect();
    let code = |(source, one): (Source, Prepared)| -> Result<(Finished, bool)> {
        let (coded, new) = match one {
            Prepared::Known(stored) => {
                bar.inc(stored.interview.statements.len() as u64);
                (*stored, false)
            }
            Prepared::New(segmented) => {
                let coded = engine.code(segmented, &mut |done| bar.inc(done as u64));
                (coded.with_context(|| source.path.display().to_string())?, true)
            }
        };
        Ok((Finished { source, coded }, new))
    };
    // Each is kept as soon as it is there, so that an interrupted run goes on where it was.
    side_by_side(prepared, code, |place, result| {
        let (Finished { source, coded }, new) = result?;
        if let Some(project) = project.filter(|_| new) {
            project.keep(&source.hash, run_key, &source.path, &coded)?;
        }
        finished[place] = Some(Finished { source, coded });
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok(finished.into_iter().flatten().collect())
}

fn keep_run(project: &Project, run_key: &str, found: &Found) -> Result<()> {
    let Found { finished, candidates, record } = found;
    let sources: Vec<store::RunSource> = finished
        .iter()
        .map(|Finished { source, coded }| store::RunSource {
            hash: &source.hash,
            path: &source.canonical,
            name: &coded.interview.transcript.id,
        })
        .collect();
    Ok(project.keep_run(run_key, &sources, &serde_json::to_string(record)?, &serde_json::to_string(candidates)?)?)
}

/// Prints the result: JSON Lines for programs, else the summary.
fn show(command: &Code, found: &Found, printer: &Printer) -> Result<()> {
    let Found { finished, candidates, record } = found;
    let interviews: Vec<&CodedInterview> = finished.iter().map(|one| &one.coded.interview).collect();
    let mut out = BufWriter::new(printer.data());
    if command.json {
        let paths: Vec<String> = finished.iter().map(|one| one.source.path.display().to_string()).collect();
        let interviews = paths.iter().map(String::as_str).zip(interviews).collect();
        json_lines::write(&json_lines::Run { interviews, candidates, record, tongue: printer.tongue }, &mut out)?;
        warn(finished, printer);
        return Ok(());
    }
    for interview in &interviews {
        out.write_all(summary::interview(interview, printer.tongue).as_bytes())?;
    }
    if interviews.len() > 1 {
        out.write_all(summary::table(&interviews, printer.tongue).as_bytes())?;
    }
    out.write_all(summary::candidates(candidates, &interviews, printer.tongue).as_bytes())?;
    out.flush()?;
    if printer.underlines() {
        printer.note(printer.tongue.pick(
            "\nUnterstrichen: die Wörter, die am meisten für den Ring sprachen.",
            "\nUnderlined: the words that spoke most for the ring.",
        ));
    }
    if let Some(folder) = &command.project {
        let folder = folder.display();
        printer.note(&printer.tongue.pick(
            format!("\nAufbewahrt in {folder}; derselbe Befehl rechnet nur, was neu ist."),
            format!("\nKept in {folder}; the same command computes only what is new."),
        ));
    }
    Ok(())
}

/// With JSON on stdout, people still hear of warnings.
fn warn(finished: &[Finished], printer: &Printer) {
    for one in finished {
        for warning in &one.coded.interview.transcript.warnings {
            printer.warning(&format!("{}: {}", one.source.path.display(), warning.explain(printer.tongue)));
        }
    }
}
