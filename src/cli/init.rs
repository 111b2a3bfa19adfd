//! `ringwerk init`: a new project folder.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use anyhow::Result;

use super::args::Init;
use super::exit::Exit;
use super::printer::Printer;
use crate::error::IoError;
use crate::settings;
use crate::store::Project;

pub(super) fn run(command: &Init, printer: &mut Printer) -> Result<Exit> {
    Project::open(&command.folder)?;
    let path = command.folder.join(settings::FILE);
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(settings::TEMPLATE.as_bytes()).map_err(IoError::at(&path))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(IoError::at(&path)(error).into()),
    }
    let folder = command.folder.display();
    printer.note(&printer.tongue.pick(
        format!(
            "Projekt liegt in {folder}. Einstellungen: {}. Weiter mit: ringwerk code TRANSKRIPTE --project {folder}",
            path.display()
        ),
        format!(
            "The project is in {folder}. Settings: {}. Go on with: ringwerk code TRANSCRIPTS --project {folder}",
            path.display()
        ),
    ));
    Ok(Exit::Done)
}
