//! `ringwerk export`: what people decided, as a file for other programs.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::args::Export;
use super::exit::Exit;
use super::last_study::last_study;
use super::printer::Printer;
use crate::error::IoError;
use crate::export::{self, ExportError, ExportParams};
use crate::files::write_whole;
use crate::pseudonymise::{Key, Names, pseudonymised};
use crate::study::{Status, Study};

pub(super) fn run(command: &Export, printer: &mut Printer) -> Result<Exit> {
    let (study, _) = last_study(&command.folder, command.with_suggestions, printer.tongue)?;
    let params = ExportParams {
        tongue: printer.tongue,
        variables: command.variables.into(),
        line_ends: command.line_ends.into(),
        dialect: command.dialect.into(),
    };
    if command.pseudonymise {
        let names = command.names.as_deref().map_or_else(|| Ok(Names::default()), Names::read)?;
        let key_file = command.key.clone().unwrap_or_else(|| Key::beside(&command.to));
        if key_file.exists() && !command.force {
            return Err(ExportError::Exists(key_file).into());
        }
        let (study, key) = pseudonymised(&study, &names, printer.tongue);
        export::write(&study, &command.to, &params, command.force)?;
        write_key(&key, &key_file, printer)?;
        report(&study, command, printer);
    } else {
        export::write(&study, &command.to, &params, command.force)?;
        report(&study, command, printer);
    }
    Ok(Exit::Done)
}

/// Writes what stands for what, apart from the export. It is written last: without the export it would lead nowhere.
fn write_key(key: &Key, path: &Path, printer: &Printer) -> Result<()> {
    let content = key.to_csv(printer.tongue)?;
    write_whole(path, |beside| fs::write(beside, content).map_err(IoError::at(beside)))?;
    let shown = path.display();
    printer.note(&printer.tongue.pick(
        format!("Schlüssel: {shown} (führt zu den Namen zurück; getrennt aufbewahren, nicht mitgeben)"),
        format!("Key: {shown} (leads back to the names; keep it apart, do not pass it on)"),
    ));
    printer.warning(printer.tongue.pick(
        "nicht jeder Name wird gefunden. Bitte die Datei lesen, bevor sie weitergegeben wird; was fehlt, kommt in eine Liste für --names",
        "not every name is found. Please read the file before it is passed on; what is missing goes into a list for --names",
    ));
    Ok(())
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
