//! Finds and opens the model.

use std::path::PathBuf;

use anyhow::Result;

use super::args::{Common, Numbers};
use crate::classify::{Heads, feature_count};
use crate::encode::{Encoder, ModelFolder, NumberType, Transformer};
use crate::export::json_lines::ModelRecord;
use crate::hash::sha256;

/// The model that ships, relative to the folder that holds the program or one above it.
const SHIPPED: &str = "models/e5-small-de";

/// An encoder, ready for use, with what is known of it.
pub(super) struct Model {
    pub encoder: Transformer,
    pub folder: ModelFolder,
    /// Hash of everything that decides on the vectors.
    pub hash: String,
    pub number_type: NumberType,
}

/// Opens the model that the person named, else the one that ships.
pub(super) fn open(common: &Common) -> Result<Model> {
    let folder = ModelFolder::open(&common.model.clone().unwrap_or_else(shipped))?;
    let hash = folder.checked_hash()?;
    let number_type = match common.number_type {
        Some(Numbers::F32) => NumberType::F32,
        Some(Numbers::Bf16) => NumberType::Bf16,
        None => NumberType::of_this_processor(),
    };
    if let Some(threads) = common.threads {
        crate::encode::set_threads(usize::from(threads));
    }
    let encoder = Transformer::open(&folder, number_type)?;
    Ok(Model { encoder, folder, hash, number_type })
}

impl Model {
    /// The heads that belong to the model.
    pub fn heads(&self) -> Result<Heads> {
        Ok(Heads::read(&self.folder.path, &self.hash, feature_count(self.encoder.dimensions()))?)
    }

    /// What a run record says of model and heads.
    pub fn record(&self, heads: &Heads) -> Result<ModelRecord> {
        let heads = serde_json::to_string(heads)?;
        let hash = sha256(format!("{}{}{heads}", self.hash, self.number_type).as_bytes());
        Ok(ModelRecord { id: self.folder.manifest.name.clone(), hash })
    }
}

/// Looks beside the program, then above it, then in the working folder.
fn shipped() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    let beside = program.ancestors().skip(1).map(|folder| folder.join(SHIPPED));
    beside.into_iter().find(|folder| folder.is_dir()).unwrap_or_else(|| PathBuf::from(SHIPPED))
}
