//! `ringwerk export`: what people decided, as a file for other programs.

use std::path::Path;

use anyhow::{Result, bail};

use super::args::Export;
use super::exit::Exit;
use super::printer::Printer;
use crate::codebook::Job;
use crate::coding::CodedInterview;
use crate::export::json_lines::RunRecord;
use crate::export::{self, ExportParams};
use crate::store::Project;
use crate::study::{Material, Status, Study};

pub(super) fn run(command: &Export, printer: &mut Printer) -> Result<Exit> {
    let study = study(&command.folder, command.with_suggestions, printer)?;
    let params = ExportParams {
        tongue: printer.tongue,
        variables: command.variables.into(),
        line_ends: command.line_ends.into(),
        dialect: command.dialect.into(),
    };
    export::write(&study, &command.to, &params, command.force)?;
    report(&study, command, printer);
    Ok(Exit::Done)
}

/// The last run of a project with what people decided.
fn study(folder: &Path, with_suggestions: bool, printer: &Printer) -> Result<Study> {
    let project = Project::open_existing(folder)?;
    let Some(run) = project.last_run()? else {
        let folder = folder.display();
        bail!(printer.tongue.pick(
            format!(
                "{folder}: hier ist noch nichts kodiert. Bitte zuerst: ringwerk code TRANSKRIPTE --project {folder}"
            ),
            format!("{folder}: nothing is coded here yet. Please first: ringwerk code TRANSCRIPTS --project {folder}"),
        ));
    };
    let record: RunRecord = serde_json::from_str(&run.record)?;
    let listed_jobs: Vec<Job> = serde_json::from_value(record.settings["jobs"].clone()).unwrap_or_default();
    let interviews: Vec<CodedInterview> = run.interviews.into_iter().map(|one| one.stored.interview).collect();
    let state = project.state()?;
    let name = folder.canonicalize().ok();
    let name = name.as_deref().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let material = Material {
        name: &name,
        interviews: &interviews,
        current: state.current(),
        listed_jobs: &listed_jobs,
        model: &record.model.id,
        suggested_at: run.finished_at,
    };
    Ok(Study::new(&material, with_suggestions))
}

fn report(study: &Study, command: &Export, printer: &Printer) {
    let count = |status| study.told().filter(|(_, _, statement)| statement.status == status).count();
    let (decided, suggested, path) = (count(Status::Decided), count(Status::Suggested), command.to.display());
    printer.note(&printer.tongue.pick(
        format!("Geschrieben: {path} (bestätigte Aussagen: {decided}, Vorschläge: {suggested})"),
        format!("Written: {path} (confirmed statements: {decided}, suggestions: {suggested})"),
    ));
    if decided + suggested == 0 {
        printer.warning(printer.tongue.pick(
            "noch ist keine Aussage bestätigt, also steht keine in der Datei. Mit --with-suggestions kommen die Vorschläge hinein",
            "no statement is confirmed yet, so none is in the file. With --with-suggestions it holds the suggestions",
        ));
    }
}
