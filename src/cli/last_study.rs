//! A project as `export` and `report` take it: its last run with what people decided.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::coding::{CodedInterview, State};
use crate::error::Tongue;
use crate::export::json_lines::RunRecord;
use crate::store::Project;
use crate::study::{Material, Study};

/// The last run of a project as a study, and the log that it follows from.
pub(super) fn last_study(folder: &Path, with_suggestions: bool, tongue: Tongue) -> Result<(Study, State)> {
    let project = Project::open_existing(folder)?;
    let Some(run) = project.last_run()? else {
        let folder = folder.display();
        bail!(tongue.pick(
            format!(
                "{folder}: hier ist noch nichts kodiert. Bitte zuerst: ringwerk code TRANSKRIPTE --project {folder}"
            ),
            format!("{folder}: nothing is coded here yet. Please first: ringwerk code TRANSCRIPTS --project {folder}"),
        ));
    };
    let damaged = || {
        let folder = folder.display();
        tongue.pick(
            format!("{folder}: der Eintrag des letzten Laufs ist unlesbar. Bitte erneut: ringwerk code TRANSKRIPTE --project {folder}"),
            format!("{folder}: the record of the last run cannot be read. Please again: ringwerk code TRANSCRIPTS --project {folder}"),
        )
    };
    let record: RunRecord = serde_json::from_str(&run.record).with_context(damaged)?;
    let listed_jobs = run.listed_jobs();
    let interviews: Vec<CodedInterview> = run.interviews.into_iter().map(|one| one.stored.interview).collect();
    let state = project.state()?;
    let material = Material {
        name: &project.name(),
        interviews: &interviews,
        current: state.current(),
        listed_jobs: &listed_jobs,
        model: &record.model.id,
        suggested_at: run.finished_at,
    };
    let study = Study::new(&material, with_suggestions);
    Ok((study, state))
}
