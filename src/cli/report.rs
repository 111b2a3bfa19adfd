//! `ringwerk report`: what people decided, as a page or a map for a workshop.

use anyhow::Result;

use super::args::{Common, Report};
use super::exit::Exit;
use super::last_study::last_study;
use super::printer::Printer;
use super::pseudonyms::Pseudonymising;
use super::survey;
use crate::coding::Judged;
use crate::pseudonymise::pseudonymised_with_survey;
use crate::report::{self, Content, ReportKind, ReportParams};
use crate::study::{Status, Study};

pub(super) fn run(command: &Report, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let kind = ReportKind::of(&command.to)?;
    if command.survey.is_some() && kind != ReportKind::Html {
        printer.warning(printer.tongue.pick(
            "ein Bild zeigt nur die Karte; der Fragebogen steht auf der Seite (--to DATEI.html)",
            "a picture shows the map alone; the questionnaire stands on the page (--to FILE.html)",
        ));
    }
    let (study, state) = last_study(&command.folder, command.with_suggestions, printer.tongue)?;
    let params = ReportParams {
        tongue: printer.tongue,
        segment_by: command.segment_by.clone(),
        segment: command.segment.clone(),
        paper: command.paper.into(),
    };
    // Only the page shows answers; for a picture the model need not read them.
    let survey = command.survey.as_deref().filter(|_| kind == ReportKind::Html);
    let survey = survey
        .map(|path| survey::answers(path, &command.survey_column, &command.folder, &state, common, printer))
        .transpose()?;
    let judged = Judged::of(&state);
    match Pseudonymising::asked(&command.pseudonyms, &command.to, command.force)? {
        Some(asked) => {
            let studies: Vec<&Study> = [Some(&study), survey.as_ref()].into_iter().flatten().collect();
            let read = Pseudonymising::read(&studies, common, printer)?;
            let (study, survey, key) =
                pseudonymised_with_survey(&study, survey.as_ref(), &asked.names, &read, printer.tongue);
            let content = Content { study: &study, judged, survey: survey.as_ref() };
            report::write(&content, &command.to, &params, command.force)?;
            asked.write(&key, printer)?;
        }
        None => {
            let content = Content { study: &study, judged, survey: survey.as_ref() };
            report::write(&content, &command.to, &params, command.force)?;
        }
    }
    let (interviews, path) = (study.interviews.len(), command.to.display());
    printer.note(&printer.tongue.pick(
        format!("Geschrieben: {path} (Interviews: {interviews})"),
        format!("Written: {path} (interviews: {interviews})"),
    ));
    if !study.told().any(|(_, _, statement)| matches!(statement.status, Status::Decided | Status::Suggested)) {
        printer.warning(printer.tongue.pick(
            "noch ist keine Aussage bestätigt, also ist der Bericht leer. Mit --with-suggestions zeigt er die Vorschläge",
            "no statement is confirmed yet, so the report is empty. With --with-suggestions it shows the suggestions",
        ));
    }
    Ok(Exit::Done)
}
