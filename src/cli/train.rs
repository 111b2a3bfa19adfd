//! `ringwerk train`: gold interviews to the heads of a model folder.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::args::{Common, Train};
use super::exit::Exit;
use super::printer::Printer;
use super::{model, progress};
use crate::classify::Heads;
use crate::error::IoError;
use crate::gold::{self, Split};
use crate::train::{TrainParams, train};

pub(super) fn run(command: &Train, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let mut projects = gold::read_projects(&command.corpus)?;
    if let Some(split) = Split::read(&command.corpus)? {
        projects.retain(|project| split.train.contains(&project.id) || split.development.contains(&project.id));
    }
    let model = model::open(common)?;
    let interviews = projects.iter().flat_map(|project| &project.interviews);
    let total = interviews.map(|interview| interview.statements.len()).sum();
    let bar = progress::bar(printer, "Aussagen gelesen", "statements read", total);
    let heads = train(&model.encoder, &model.hash, &projects, &TrainParams::default(), &mut |done| {
        bar.inc(done as u64);
    })?;
    bar.finish_and_clear();
    write(&heads, &model.folder.path, &command.out)?;
    let written = command.out.join(Heads::FILE);
    printer.note(&printer.tongue.pick(
        format!("Angelernt an {}; geschrieben: {}", heads.trained_on, written.display()),
        format!("Trained on {}; written: {}", heads.trained_on, written.display()),
    ));
    Ok(Exit::Done)
}

/// Writes the heads, after the files of the model where the target is another folder.
fn write(heads: &Heads, model: &Path, target: &Path) -> Result<()> {
    fs::create_dir_all(target).map_err(IoError::at(target))?;
    let same = fs::canonicalize(model).ok() == fs::canonicalize(target).ok();
    if !same {
        for entry in fs::read_dir(model).map_err(IoError::at(model))? {
            let path = entry.map_err(IoError::at(model))?.path();
            if path.is_file() {
                let copy = target.join(path.file_name().unwrap_or_default());
                fs::copy(&path, &copy).map_err(IoError::at(&copy))?;
            }
        }
    }
    let path = target.join(Heads::FILE);
    let beside = target.join("heads.json.part");
    fs::write(&beside, serde_json::to_string(heads).context("heads")? + "\n").map_err(IoError::at(&beside))?;
    Ok(fs::rename(&beside, &path).map_err(IoError::at(&path))?)
}
