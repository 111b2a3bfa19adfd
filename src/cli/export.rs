//! `ringwerk export`: what people decided, as a file for other programs.

use anyhow::Result;

use super::args::{Common, Export};
use super::exit::Exit;
use super::last_study::last_study;
use super::printer::Printer;
use super::pseudonyms::Pseudonymising;
use crate::export::{self, ExportParams};
use crate::pseudonymise::pseudonymised;
use crate::study::{Status, Study};

pub(super) fn run(command: &Export, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let (study, _) = last_study(&command.folder, command.with_suggestions, printer.tongue)?;
    let params = ExportParams {
        tongue: printer.tongue,
        variables: command.variables.into(),
        line_ends: command.line_ends.into(),
        dialect: command.dialect.into(),
    };
    match Pseudonymising::asked(&command.pseudonyms, &command.to, command.force)? {
        Some(asked) => {
            let read = Pseudonymising::read(&[&study], common, printer)?;
            let (study, key) = pseudonymised(&study, &asked.names, &read, printer.tongue);
            export::write(&study, &command.to, &params, command.force)?;
            asked.write(&key, printer)?;
            report(&study, command, printer);
        }
        None => {
            export::write(&study, &command.to, &params, command.force)?;
            report(&study, command, printer);
        }
    }
    Ok(Exit::Done)
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
