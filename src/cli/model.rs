//! Finds and opens the model.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::args::{Common, Numbers};
use crate::classify::{Decisions, Examples, FEATURES, Titles, read_heads};
use crate::codebook::Job;
use crate::encode::{Encoder, ModelFolder, NumberType, SharedTransformer};
use crate::error::IoError;
use crate::export::json_lines::ModelRecord;
use crate::hash::sha256;
use crate::pipeline::{Engine, Frozen};

/// The model that ships, relative to the folder that holds the program or one above it.
const SHIPPED: &str = "models/e5-small-de";

/// Name of the file with the heads of the baseline.
pub(super) const FROZEN: &str = "frozen.json";

/// A model trained for interviews, ready for use, with what is known of it.
pub(super) struct Model {
    pub encoder: SharedTransformer,
    pub decisions: Decisions,
    pub examples: Examples,
    pub folder: ModelFolder,
    /// Hash of everything that decides on the scores.
    pub hash: String,
    pub number_type: NumberType,
}

/// The folder that the person named, else the one that ships.
pub(super) fn folder(common: &Common) -> Result<ModelFolder> {
    Ok(ModelFolder::open(&common.model.clone().unwrap_or_else(shipped))?)
}

/// The number type that the person named, else the fastest.
pub(super) fn number_type(common: &Common) -> NumberType {
    match common.number_type {
        Some(Numbers::F32) => NumberType::F32,
        Some(Numbers::Bf16) => NumberType::Bf16,
        None => NumberType::of_this_processor(),
    }
}

/// Opens the trained model and its decisions.
pub(super) fn open(common: &Common) -> Result<Model> {
    let folder = folder(common)?;
    let hash = folder.trained_hash()?;
    let decisions = Decisions::read(&folder.path, &hash)?;
    let number_type = number_type(common);
    let encoder = SharedTransformer::open_trained(&folder, FEATURES, number_type)?;
    let examples = Examples::read(&folder.path, &hash, encoder.dimensions())?;
    Ok(Model { encoder, decisions, examples, folder, hash, number_type })
}

impl Model {
    /// Everything together, for a list of jobs that may be empty.
    pub fn engine(&self, jobs: &[Job]) -> Result<Engine<'_>> {
        Ok(Engine::new(&self.encoder, &self.decisions, &self.examples, jobs)?)
    }

    /// Titles to propose for candidate jobs.
    pub fn titles(&self) -> Result<Titles> {
        Ok(Titles::read(&self.folder.path, &self.hash, self.encoder.dimensions())?)
    }

    /// What a run record says of the model.
    pub fn record(&self) -> Result<ModelRecord> {
        let decisions = serde_json::to_string(&self.decisions)?;
        let file = |name: &str| {
            let path = self.folder.path.join(name);
            fs::read(&path).map(|bytes| sha256(&bytes)).map_err(IoError::at(&path))
        };
        let (examples, titles) = (file(Examples::FILE)?, file(Titles::FILE)?);
        let hash = sha256(format!("{}{}{decisions}{examples}{titles}", self.hash, self.number_type).as_bytes());
        Ok(ModelRecord { id: self.folder.manifest.name.clone(), hash })
    }

    /// The baseline of the encoder as it came; `None` where the folder has no heads for it.
    pub fn frozen(&self) -> Result<Option<Frozen>> {
        let path = self.folder.path.join(FROZEN);
        if !path.is_file() {
            return Ok(None);
        }
        let heads = read_heads(&path, self.encoder.dimensions())?;
        Ok(Some(Frozen::new(&self.encoder, heads)?))
    }
}

/// Looks beside the program, then above it, then in the working folder.
fn shipped() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    let beside = program.ancestors().skip(1).map(|folder| folder.join(SHIPPED));
    beside.into_iter().find(|folder| folder.is_dir()).unwrap_or_else(|| PathBuf::from(SHIPPED))
}
