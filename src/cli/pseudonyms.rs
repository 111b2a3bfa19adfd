//! Names, lists of names and key files, as `export` and `report` take them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::args::Pseudonyms;
use super::printer::Printer;
use crate::error::IoError;
use crate::export::ExportError;
use crate::files::write_whole;
use crate::pseudonymise::{Key, Names};

/// How names are taken out of what is written to a file.
pub(super) struct Pseudonymising {
    /// What a person lists.
    pub names: Names,
    key_file: PathBuf,
}

impl Pseudonymising {
    /// What was asked for, for a file; `None` where names stay. A key that is there is replaced only with `force`.
    pub fn asked(given: &Pseudonyms, file: &Path, force: bool) -> Result<Option<Self>> {
        if !given.pseudonymise {
            return Ok(None);
        }
        let names = given.names.as_deref().map_or_else(|| Ok(Names::default()), Names::read)?;
        let key_file = given.key.clone().unwrap_or_else(|| Key::beside(file));
        if key_file.exists() && !force {
            return Err(ExportError::Exists(key_file).into());
        }
        Ok(Some(Self { names, key_file }))
    }

    /// Writes what stands for what, apart from the file. It is written last: without the file it would lead nowhere.
    pub fn write(&self, key: &Key, printer: &Printer) -> Result<()> {
        let content = key.to_csv(printer.tongue)?;
        write_whole(&self.key_file, |beside| fs::write(beside, content).map_err(IoError::at(beside)))?;
        let shown = self.key_file.display();
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
}
