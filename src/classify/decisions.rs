//! How scores of the story model turn into suggestions: calibration, thresholds and limits, fitted on development projects.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::heads::{Heads, Target};
use super::reason_span::reason_span;
use super::scale::{Scale, primary, said};
use crate::codebook::Ring;
use crate::coding::{ReasonSuggestion, RingSuggestion, Route, Suggestion, Why};
use crate::error::{Explain, IoError, Tongue};

/// From which confidence on a suggestion may be accepted in bulk; `None` where the engine was never sure enough.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct RouteLimits {
    /// By the most probable of the suggested rings, in the order of [`Ring::ALL`].
    pub rings: [Option<f32>; 6],
    /// Where no ring is suggested.
    pub uncoded: Option<f32>,
}

/// How much decisions were fitted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FittedOn {
    /// Projects.
    pub projects: usize,
    /// Respondents' statements in them.
    pub statements: usize,
}

impl Explain for FittedOn {
    fn explain(&self, tongue: Tongue) -> String {
        tongue.pick(
            format!("{} Projekten mit {} Aussagen", self.projects, self.statements),
            format!("{} projects with {} statements", self.projects, self.statements),
        )
    }
}

/// Everything between scores and suggestions, `decisions.json` of a model folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// Version of this file's shape.
    pub version: u32,
    /// Hash of the trained model whose scores these belong to.
    pub model: String,
    /// What they were fitted on.
    pub fitted_on: FittedOn,
    /// Scores of the primary ring are divided by this before they become probabilities.
    pub temperature: f32,
    /// From scores to the probabilities of rings, reason and some job, in the order of [`Target::all`].
    pub scales: [Scale; 8],
    /// From this probability on a statement is said to say why.
    pub reason: f32,
    /// From this probability on a second ring is suggested.
    pub second: f32,
    /// What may be accepted in bulk.
    pub route: RouteLimits,
    /// From this probability on a statement ends behind a word.
    pub cut: f32,
    /// How sharply a statement's similarity to jobs turns into probabilities.
    pub job_sharpness: f32,
}

/// Why decisions could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DecisionsError {
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] IoError),
    /// The model folder has none.
    #[error("{}: missing", path.display())]
    Missing {
        /// Where they were looked for.
        path: PathBuf,
    },
    /// The file is not of the expected shape, or does not fit the model.
    #[error("{}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

impl Explain for DecisionsError {
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

/// Reads the heads of the baseline and checks that they fit rows of `numbers` numbers.
///
/// # Errors
/// Where the file is missing, malformed or for other rows.
pub fn read_heads(path: &Path, numbers: usize) -> Result<Heads, DecisionsError> {
    let heads: Heads = parsed(&fs::read_to_string(path).map_err(IoError::at(path))?, path)?;
    match heads.fault(numbers) {
        Some(problem) => Err(DecisionsError::Malformed { path: path.to_owned(), problem }),
        None => Ok(heads),
    }
}

/// The head of a file that belongs to a trained model.
#[derive(Deserialize)]
struct Stamp {
    version: u32,
    model: String,
}

/// Reads a file that must be of this version and made for this model.
pub(super) fn read_stamped<T: DeserializeOwned>(path: &Path, version: u32, model: &str) -> Result<T, DecisionsError> {
    if !path.is_file() {
        return Err(DecisionsError::Missing { path: path.to_owned() });
    }
    let source = fs::read_to_string(path).map_err(IoError::at(path))?;
    let stamp: Stamp = parsed(&source, path)?;
    let malformed = |problem: String| DecisionsError::Malformed { path: path.to_owned(), problem };
    if stamp.version != version {
        return Err(malformed(format!("version {}, expected {version}", stamp.version)));
    }
    if stamp.model != model {
        return Err(malformed("made for other weights".to_owned()));
    }
    parsed(&source, path)
}

fn parsed<T: DeserializeOwned>(source: &str, path: &Path) -> Result<T, DecisionsError> {
    serde_json::from_str(source)
        .map_err(|error| DecisionsError::Malformed { path: path.to_owned(), problem: error.to_string() })
}

impl Decisions {
    /// The version of the file that this program reads and writes.
    pub const VERSION: u32 = 4;
    /// Name of the file in a model folder.
    pub const FILE: &'static str = "decisions.json";

    /// Reads the decisions of a model folder.
    ///
    /// # Errors
    /// Where the file is missing, malformed, of another version or made for another model than `model`.
    pub fn read(folder: &Path, model: &str) -> Result<Self, DecisionsError> {
        read_stamped(&folder.join(Self::FILE), Self::VERSION, model)
    }

    /// Turns the scores of one statement into a suggestion.
    ///
    /// Nothing is suggested where "none" has the highest of the seven scores of the primary ring; else the ring with the
    /// highest calibrated probability, and a second one from its threshold on. Why and which job are left open.
    pub fn suggest(&self, scores: &[f32], text: &str) -> Suggestion {
        let primary = primary(scores, self.temperature);
        let p = Target::all().map(|target| self.scales[target.index()].probability(said(target, scores, &primary)));
        self.weigh(&p, primary, text)
    }

    /// The same with probabilities (in the order of [`Target::all`], and of the primary ring) from elsewhere: of what was
    /// learned since.
    pub fn weigh(&self, p: &[f32], primary: [f32; 7], text: &str) -> Suggestion {
        let none = primary[6];
        let coded = primary[..6].iter().any(|&ring| ring > none);
        let mut rings: Vec<RingSuggestion> =
            Ring::ALL.into_iter().map(|id| RingSuggestion { id, p: p[id.index()], suggested: false }).collect();
        rings.sort_by(|a, b| b.p.total_cmp(&a.p));
        rings[0].suggested = coded;
        rings[1].suggested = coded && rings[1].p >= self.second;
        let first = if coded { primary[rings[0].id.index()] } else { none };
        let confidence = if rings[1].suggested { first.min(rings[1].p) } else { first };
        let reason = p[Target::Reason.index()];
        let reason_suggested = reason >= self.reason;
        let span = if reason_suggested { reason_span(text) } else { None };
        let limit = if coded { self.route.rings[rings[0].id.index()] } else { self.route.uncoded };
        Suggestion {
            rings,
            primary: Some(primary),
            confidence,
            reason: ReasonSuggestion { p: reason, suggested: reason_suggested, span },
            some_job: p[Target::Job.index()],
            job: None,
            route: if limit.is_some_and(|limit| confidence >= limit) { Route::Auto } else { Route::Review },
            why: Why::default(),
        }
    }
}
