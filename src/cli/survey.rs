//! Open answers of a questionnaire, coded by the model with a project's jobs, as `report` shows them beside the interviews.

use std::path::Path;

use anyhow::{Context, Result};

use super::args::Common;
use super::printer::Printer;
use super::{model, progress};
use crate::coding::{Coded, CodedInterview, Current, State};
use crate::export::json_lines::RunRecord;
use crate::ingest::{Survey, read_survey};
use crate::learn::Told;
use crate::pipeline::{Engine, KnownJobs};
use crate::segment::Units;
use crate::store::Project;
use crate::study::{Material, Study};

/// The answers as a study in which nobody decided: rings, and which of the confirmed jobs they speak to, as the model
/// suggests them. `columns` are headings of open answers, none for those that look so.
pub(super) fn answers(
    path: &Path,
    columns: &[String],
    folder: &Path,
    state: &State,
    common: &Common,
    printer: &Printer,
) -> Result<Study> {
    let read = read_survey(path, columns)?;
    tell(&read, path, printer);
    let model = model::open(common)?;
    let record = model.record()?;
    let jobs = state.current().jobs();
    let engine = model.engine(jobs)?;
    let mut answers = code(read, &engine, path, printer)?;
    let mut interviews = interviews(folder, &record.hash)?;
    let known = known(state, &interviews);
    engine.assign_jobs(&mut interviews.iter_mut().chain(&mut answers).collect::<Vec<_>>(), &known);
    let answers: Vec<CodedInterview> = answers.into_iter().map(|one| one.interview).collect();
    let material = Material {
        name: &path.file_stem().unwrap_or_default().to_string_lossy(),
        interviews: &answers,
        current: &Current::default(),
        listed_jobs: jobs,
        model: &record.id,
        suggested_at: state.entries().last().map(|entry| entry.at).unwrap_or_default(),
    };
    Ok(Study::new(&material, true))
}

/// Says which columns were read, and who is left out.
fn tell(read: &Survey, path: &Path, printer: &Printer) {
    let (path, respondents, silent) = (path.display(), read.respondents.len(), read.silent);
    let columns = read.questions.join(" · ");
    printer.note(&printer.tongue.pick(
        format!("{path}: offene Antworten von {respondents} Befragten; {silent} ohne Antwort ({columns})"),
        format!("{path}: open answers of {respondents} respondents; {silent} without an answer ({columns})"),
    ));
}

fn code(read: Survey, engine: &Engine, path: &Path, printer: &Printer) -> Result<Vec<Coded>> {
    let bar = progress::bar(printer, "Antworten kodiert", "answers coded", read.respondents.len());
    let mut coded = Vec::with_capacity(read.respondents.len());
    for mut respondent in read.respondents {
        let row = printer.tongue.pick(format!("Zeile {}", respondent.id), format!("row {}", respondent.id));
        let place = format!("{}, {row}", path.display());
        respondent.id = row;
        let one = engine.cut(respondent, Units::Statement).and_then(|one| engine.code(one, &mut |_| ()));
        coded.push(one.context(place)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(coded)
}

/// The interviews of the project's last run, whose confirmed statements show where a job lies; none where another model coded
/// them, since its vectors say nothing here.
fn interviews(folder: &Path, model_hash: &str) -> Result<Vec<Coded>> {
    let Some(run) = Project::open_existing(folder)?.last_run()? else { return Ok(Vec::new()) };
    let record: RunRecord = serde_json::from_str(&run.record)?;
    if record.model.hash != model_hash {
        return Ok(Vec::new());
    }
    Ok(run.interviews.into_iter().map(|one| one.stored).collect())
}

fn known(state: &State, interviews: &[Coded]) -> KnownJobs {
    Told::of(state.current(), interviews.iter().map(|one| &one.interview)).jobs()
}
