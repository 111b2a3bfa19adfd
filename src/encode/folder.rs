//! A folder with a model, checked before anything is loaded.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::EncodeError;
use crate::error::IoError;
use crate::hash::sha256;
use serde::Deserialize;

/// A folder in the usual hub layout: `config.json`, `tokenizer.json`, `model.safetensors`, and, where ringwerk made it,
/// `manifest.toml`.
#[derive(Debug, Clone)]
pub struct ModelFolder {
    /// The folder.
    pub path: PathBuf,
    /// Which layers the weights belong to.
    pub architecture: Architecture,
    /// Origin and use; the defaults where there is no `manifest.toml`.
    pub manifest: Manifest,
    /// The text of `config.json`.
    #[cfg_attr(not(feature = "torch"), expect(dead_code, reason = "only the layers read it"))]
    pub(super) config: String,
}

/// The families of models that rust-bert runs here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// BERT.
    Bert,
    /// RoBERTa, XLM-RoBERTa, CamemBERT.
    Roberta,
    /// DistilBERT.
    DistilBert,
    /// ELECTRA.
    Electra,
}

/// How a model wants to be used and where it comes from.
#[derive(Debug, Clone, Deserialize)]
pub struct Manifest {
    /// Name of the model.
    pub name: String,
    /// Put before every text, as the model was trained (`query: ` for e5). Default: nothing.
    #[serde(default)]
    pub prefix: String,
    /// Longer texts count with this many tokens only, at least three. Default: what `config.json` allows.
    pub max_tokens: Option<usize>,
    /// SHA-256 of each file by name. Default: unknown.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
}

/// One token of the text between the two that the model puts around it.
const FEWEST_TOKENS: usize = 3;

/// The fields of `config.json` that are checked here, under the names of the different families.
#[derive(Deserialize)]
struct Config {
    model_type: String,
}

impl ModelFolder {
    /// Reads and checks `config.json` and `manifest.toml` of a folder; the weights are not touched yet.
    ///
    /// # Errors
    /// Where a file is missing or malformed, or the architecture is not among [`Architecture`].
    pub fn open(path: &Path) -> Result<Self, EncodeError> {
        for file in ["config.json", "tokenizer.json", "model.safetensors"] {
            if !path.join(file).is_file() {
                return Err(EncodeError::FileMissing { folder: path.to_owned(), file });
            }
        }
        let config_path = path.join("config.json");
        let config = fs::read_to_string(&config_path).map_err(IoError::at(&config_path))?;
        let parsed: Config = serde_json::from_str(&config)
            .map_err(|error| EncodeError::Malformed { path: config_path, problem: error.to_string() })?;
        let architecture = Architecture::from_model_type(&parsed.model_type)
            .ok_or(EncodeError::UnknownArchitecture { folder: path.to_owned(), found: parsed.model_type })?;
        Ok(Self { path: path.to_owned(), architecture, manifest: read_manifest(path)?, config })
    }

    /// The encoder's weights.
    pub fn weights(&self) -> PathBuf {
        self.path.join("model.safetensors")
    }

    /// Name of the file that training for interviews adds.
    pub const STORY: &str = "story.safetensors";

    /// Name of the file that says where statements end.
    pub const BOUNDARIES: &str = "boundaries.safetensors";

    /// Where statements end; may be missing.
    pub fn boundaries(&self) -> PathBuf {
        self.path.join(Self::BOUNDARIES)
    }

    /// Name of the file that says which statements speak to one job.
    pub const JOBS: &str = "jobs.safetensors";

    /// Which statements speak to one job; may be missing.
    pub fn jobs(&self) -> PathBuf {
        self.path.join(Self::JOBS)
    }

    /// Name of the file that says which words are names.
    pub const NAMES: &str = "names.safetensors";

    /// Which words are names; may be missing, and nothing else stands on it.
    pub fn names(&self) -> PathBuf {
        self.path.join(Self::NAMES)
    }

    /// What training for interviews adds; may be missing.
    pub fn story(&self) -> PathBuf {
        self.path.join(Self::STORY)
    }

    /// Refuses models that cannot be trained for interviews: all but BERT with GELU.
    ///
    /// # Errors
    /// Names the file that says so.
    pub fn check_trainable(&self) -> Result<(), EncodeError> {
        if self.architecture == Architecture::Bert {
            return Ok(());
        }
        Err(self.untrainable())
    }

    pub(super) fn untrainable(&self) -> EncodeError {
        EncodeError::Malformed {
            path: self.path.join("config.json"),
            problem: format!("{:?} cannot be trained for interviews, only BERT can", self.architecture),
        }
    }

    /// A hash over [`ModelFolder::checked_hash`] and what training for interviews added.
    ///
    /// # Errors
    /// As [`ModelFolder::checked_hash`], and where training added nothing yet.
    pub fn trained_hash(&self) -> Result<String, EncodeError> {
        let mut whole = self.checked_hash()?;
        for path in [self.story(), self.boundaries(), self.jobs()] {
            if !path.is_file() {
                return Err(EncodeError::Untrained { path });
            }
            whole += &sha256(&fs::read(&path).map_err(IoError::at(&path))?);
        }
        Ok(sha256(whole.as_bytes()))
    }

    /// A hash over the files that decide on the vectors as they came: the same hash, the same
    /// encoder.
    ///
    /// # Errors
    /// Where a file cannot be read, or differs from what the manifest says.
    pub fn checked_hash(&self) -> Result<String, EncodeError> {
        let mut whole = String::new();
        for file in ["config.json", "tokenizer.json", "model.safetensors"] {
            let path = self.path.join(file);
            let found = sha256(&fs::read(&path).map_err(IoError::at(&path))?);
            if let Some(expected) = self.manifest.files.get(file)
                && *expected != found
            {
                return Err(EncodeError::WrongHash { path, found, expected: expected.clone() });
            }
            whole += &found;
        }
        whole += &self.manifest.prefix;
        Ok(sha256(whole.as_bytes()))
    }
}

impl Architecture {
    fn from_model_type(model_type: &str) -> Option<Self> {
        match model_type {
            "bert" => Some(Self::Bert),
            "roberta" | "xlm-roberta" | "camembert" => Some(Self::Roberta),
            "distilbert" => Some(Self::DistilBert),
            "electra" => Some(Self::Electra),
            _ => None,
        }
    }
}

fn read_manifest(folder: &Path) -> Result<Manifest, EncodeError> {
    let path = folder.join("manifest.toml");
    if !path.exists() {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(Manifest { name, prefix: String::new(), max_tokens: None, files: BTreeMap::new() });
    }
    let source = fs::read_to_string(&path).map_err(IoError::at(&path))?;
    let malformed = |problem: String| EncodeError::Malformed { path: path.clone(), problem };
    let manifest: Manifest = toml::from_str(&source).map_err(|error| malformed(error.message().to_owned()))?;
    match manifest.max_tokens {
        Some(most) if most < FEWEST_TOKENS => {
            Err(malformed(format!("max_tokens is {most}, at least {FEWEST_TOKENS} are needed")))
        }
        _ => Ok(manifest),
    }
}
