//! Logistic heads: one small linear model per question asked of a statement.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::codebook::Ring;
use crate::error::{Explain, IoError, Tongue};
use crate::vectors::dot;

/// What a head decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Whether a statement belongs to this ring.
    Ring(Ring),
    /// Whether it says why.
    Reason,
    /// Whether it speaks to some job.
    Job,
}

impl Target {
    /// All eight, rings first.
    pub fn all() -> Vec<Target> {
        Ring::ALL.into_iter().map(Target::Ring).chain([Target::Reason, Target::Job]).collect()
    }

    /// Place in [`Target::all`].
    pub fn index(self) -> usize {
        match self {
            Target::Ring(ring) => ring.index(),
            Target::Reason => 6,
            Target::Job => 7,
        }
    }
}

/// A trained, calibrated decision between yes and no.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// What it decides.
    pub target: Target,
    /// One weight per feature.
    pub weights: Vec<f32>,
    /// Added to the weighted sum.
    pub bias: f32,
    /// From score to probability.
    pub calibration: Calibration,
    /// From this probability on the answer is yes.
    pub threshold: f32,
}

/// Platt's scaling: `p = 1 / (1 + exp(-(slope · score + offset)))`, fitted on projects that the head had not seen.
///
/// Source: J. Platt, Probabilistic outputs for support vector machines, 1999.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Factor of the score.
    pub slope: f32,
    /// Added to it.
    pub offset: f32,
}

impl Calibration {
    /// The probability that belongs to a score, in [0, 1].
    pub fn probability(self, score: f32) -> f32 {
        1.0 / (1.0 + (-(self.slope * score + self.offset)).exp())
    }
}

/// From which confidence on a suggestion may be accepted in bulk; `None` where the engine was never sure enough.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct RouteLimits {
    /// By the most probable of the suggested rings, in the order of [`Ring::ALL`].
    pub rings: [Option<f32>; 6],
    /// Where no ring is suggested.
    pub uncoded: Option<f32>,
}

/// All heads of a model folder, `heads.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// Version of this file's shape.
    pub version: u32,
    /// Hash of the encoder whose vectors the heads were trained on.
    pub encoder: String,
    /// What they were trained on, for the run record.
    pub trained_on: String,
    /// Subtracted from the features first.
    pub means: Vec<f32>,
    /// In the order of [`Target::all`].
    pub heads: Vec<Head>,
    /// What may be accepted in bulk.
    pub route: RouteLimits,
    /// How sharply a statement's similarity to jobs turns into probabilities.
    pub job_sharpness: f32,
}

/// Why heads could not be read.
#[derive(Debug, thiserror::Error)]
pub enum HeadsError {
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] IoError),
    /// The model folder has none.
    #[error("{}: no heads", path.display())]
    Missing {
        /// Where they were looked for.
        path: PathBuf,
    },
    /// The file is not of the expected shape, or does not fit the encoder.
    #[error("{}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

impl Explain for HeadsError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Io(error) => error.explain(tongue),
            Self::Missing { path } => tongue.pick(
                format!(
                    "{}: fehlt; dieses Modell ist noch nicht für Ringe angelernt. Das geht mit: ringwerk train KORPUS --model ORDNER --out ZIEL",
                    path.display()
                ),
                format!(
                    "{}: missing; this model has not been trained for rings yet. To do so: ringwerk train CORPUS --model DIR --out TARGET",
                    path.display()
                ),
            ),
            Self::Malformed { path, problem } => tongue.pick(
                format!("{}: passt nicht zum Modell ({problem}). Bitte neu anlernen mit: ringwerk train", path.display()),
                format!("{}: does not fit the model ({problem}). Please train again: ringwerk train", path.display()),
            ),
        }
    }
}

impl Heads {
    /// The version of the file that this program reads and writes.
    pub const VERSION: u32 = 1;
    /// Name of the file in a model folder.
    pub const FILE: &'static str = "heads.json";

    /// Reads the heads of a model folder and checks that they fit features of `feature_count` numbers.
    ///
    /// # Errors
    /// Where the file is missing, malformed, of another version or made for another encoder than `encoder`.
    pub fn read(folder: &Path, encoder: &str, feature_count: usize) -> Result<Self, HeadsError> {
        let path = folder.join(Self::FILE);
        if !path.is_file() {
            return Err(HeadsError::Missing { path });
        }
        let source = fs::read_to_string(&path).map_err(IoError::at(&path))?;
        let heads: Self = serde_json::from_str(&source)
            .map_err(|error| HeadsError::Malformed { path: path.clone(), problem: error.to_string() })?;
        match heads.fault(encoder, feature_count) {
            Some(problem) => Err(HeadsError::Malformed { path, problem }),
            None => Ok(heads),
        }
    }

    fn fault(&self, encoder: &str, feature_count: usize) -> Option<String> {
        let targets: Vec<Target> = self.heads.iter().map(|head| head.target).collect();
        let lengths = self.heads.iter().map(|head| head.weights.len()).chain([self.means.len()]);
        if self.version != Self::VERSION {
            return Some(format!("version {}, expected {}", self.version, Self::VERSION));
        }
        if targets != Target::all() {
            return Some(format!("heads for {targets:?}, expected {:?}", Target::all()));
        }
        if let Some(length) = lengths.into_iter().find(|&length| length != feature_count) {
            return Some(format!("{length} weights, expected {feature_count}"));
        }
        (self.encoder != encoder).then(|| "made for other weights".to_owned())
    }

    /// The head for a target.
    pub fn head(&self, target: Target) -> &Head {
        &self.heads[target.index()]
    }

    /// Calibrated probabilities of one row of features, in the order of [`Target::all`].
    pub fn probabilities(&self, row: &[f32]) -> Vec<f32> {
        let centred: Vec<f32> = row.iter().zip(&self.means).map(|(value, mean)| value - mean).collect();
        self.heads.iter().map(|head| head.calibration.probability(dot(&head.weights, &centred) + head.bias)).collect()
    }
}
