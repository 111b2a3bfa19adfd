//! Why a model could not be loaded or used.

use std::path::PathBuf;

use crate::error::{Explain, IoError, Tongue};

/// Why a model could not be loaded or used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// A file of the model folder could not be read.
    #[error(transparent)]
    Io(#[from] IoError),
    /// A file that every model folder needs is not there.
    #[error("{}: {file} is missing", folder.display())]
    FileMissing {
        /// The model folder.
        folder: PathBuf,
        /// Name of the file.
        file: &'static str,
    },
    /// A file of the model folder is not what it should be.
    #[error("{}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The model has an architecture that is not read.
    #[error("{}: model_type \"{found}\" is not supported", folder.display())]
    UnknownArchitecture {
        /// The model folder.
        folder: PathBuf,
        /// What `config.json` says.
        found: String,
    },
    /// The weights do not belong to the configuration.
    #[error("{}: {problem}", path.display())]
    WeightsDoNotFit {
        /// The file with the weights.
        path: PathBuf,
        /// The first weight that is missing or has another shape.
        problem: String,
    },
    /// The model has not been trained for interviews.
    #[error("{}: missing, the model is not trained for interviews", path.display())]
    Untrained {
        /// The file that training would have written.
        path: PathBuf,
    },
    /// A file has another content than the manifest says.
    #[error("{}: SHA-256 is {found}, the manifest says {expected}", path.display())]
    WrongHash {
        /// The file.
        path: PathBuf,
        /// What it has.
        found: String,
        /// What the manifest says.
        expected: String,
    },
    /// Training came to numbers without end.
    #[error("training came to numbers without end at step {step}")]
    Diverged {
        /// Which step.
        step: usize,
    },
    /// The model failed on its input.
    #[error("the model failed: {0}")]
    Failed(String),
}

impl Explain for EncodeError {
    fn explain(&self, tongue: Tongue) -> String {
        let advice = tongue.pick(
            "Bitte einen anderen Modellordner angeben (--model) oder diesen neu holen",
            "Please name another model folder (--model) or fetch this one again",
        );
        match self {
            Self::Io(error) => error.explain(tongue),
            Self::FileMissing { folder, file } => format!(
                "{}: {}. {advice}",
                folder.display(),
                tongue.pick(
                    format!("{file} fehlt; erwartet wird ein Modellordner mit config.json, tokenizer.json und model.safetensors"),
                    format!("{file} is missing; expected a model folder with config.json, tokenizer.json and model.safetensors"),
                )
            ),
            Self::Malformed { path, problem } => format!(
                "{}: {} ({problem}). {advice}",
                path.display(),
                tongue.pick("nicht lesbar oder unvollständig", "cannot be read or is incomplete")
            ),
            Self::UnknownArchitecture { folder, found } => format!(
                "{}: {}. {advice}",
                folder.display(),
                tongue.pick(
                    format!("Modellart „{found}“ wird nicht gelesen; möglich sind BERT, RoBERTa, XLM-R, DistilBERT und ELECTRA"),
                    format!("model type \"{found}\" is not read; BERT, RoBERTa, XLM-R, DistilBERT and ELECTRA are"),
                )
            ),
            Self::WeightsDoNotFit { path, problem } => format!(
                "{}: {} ({problem}). {advice}",
                path.display(),
                tongue.pick("die Gewichte passen nicht zu config.json", "the weights do not fit config.json")
            ),
            Self::Untrained { path } => format!(
                "{}: {}",
                path.display(),
                tongue.pick(
                    "fehlt; dieses Modell ist noch nicht für Ringe angelernt. Das geht mit: ringwerk train KORPUS --model ORDNER --out ZIEL",
                    "missing; this model has not been trained for rings yet. To do so: ringwerk train CORPUS --model DIR --out TARGET",
                )
            ),
            Self::WrongHash { path, found, expected } => format!(
                "{}: {}. {advice}",
                path.display(),
                tongue.pick(
                    format!("die Datei ist verändert oder beschädigt (SHA-256 {found}, erwartet {expected})"),
                    format!("the file was changed or damaged (SHA-256 {found}, expected {expected})"),
                )
            ),
            Self::Diverged { step } => tongue.pick(
                format!("Anlernen: bei Schritt {step} wurden die Zahlen unendlich. Bitte mit anderem --seed noch einmal oder mit mehr Interviews"),
                format!("training: at step {step} the numbers became infinite. Please try again with another --seed or with more interviews"),
            ),
            Self::Failed(problem) => {
                format!("{}: {problem}", tongue.pick("das Sprachmodell meldet einen Fehler", "the language model failed"))
            }
        }
    }
}
