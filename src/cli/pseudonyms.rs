//! Names, lists of names and key files, as `export` and `report` take them.

use std::fs;
use std::path::{self, Path, PathBuf};

use anyhow::Result;

use super::args::{Common, Pseudonyms};
use super::printer::Printer;
use super::{model, progress};
use crate::encode::{EncodeError, NameReader};
use crate::error::IoError;
use crate::export::ExportError;
use crate::files::write_whole;
use crate::pseudonymise::{Key, Names, ReadNames};
use crate::study::Study;

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
        if path::absolute(&key_file).ok() == path::absolute(file).ok() {
            return Err(ExportError::KeyInPlace(key_file).into());
        }
        if key_file.exists() && !force {
            return Err(ExportError::Exists(key_file).into());
        }
        Ok(Some(Self { names, key_file }))
    }

    /// What the model says of the turns of studies; nothing, and a note, where there is no model for names.
    pub fn read(studies: &[&Study], common: &Common, printer: &Printer) -> Result<ReadNames> {
        let mut names = ReadNames::default();
        let Some(reader) = reader(common)? else {
            printer.note(printer.tongue.pick(
                "ohne Sprachmodell für Namen: gesucht wird nach Regeln und Listen allein, damit bleiben mehr Namen stehen",
                "without a language model for names: looked for by rules and lists alone, which leaves more names",
            ));
            return Ok(names);
        };
        let interviews: Vec<_> = studies.iter().flat_map(|study| &study.interviews).collect();
        let bar = progress::bar(printer, "Namen gesucht: Interviews", "names looked for: interviews", interviews.len());
        for interview in interviews {
            let transcript = &interview.transcript;
            let turns: Vec<&str> = transcript.turns().iter().map(|turn| transcript.turn_text(turn)).collect();
            turns.iter().zip(reader.read(&turns)?).for_each(|(turn, words)| names.add(turn, &words));
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(names)
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

/// The model for names; `None` where the folder has none, and where no model lies beside the program and none was named.
fn reader(common: &Common) -> Result<Option<NameReader>> {
    match model::folder(common) {
        Ok(folder) => Ok(NameReader::open(&folder, model::number_type(common))?),
        Err(error) if common.model.is_none() && is_missing(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_missing(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<EncodeError>(), Some(EncodeError::FileMissing { .. }))
}
