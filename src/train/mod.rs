//! Gold interviews to a trained model: the story model from training projects, decisions from development projects.

mod decisions;
mod examples;
mod fit;
#[cfg(feature = "torch")]
mod lessons;

use crate::classify::{Heads, Target};
use crate::encode::{EncodeError, Encoder};
use crate::error::{Explain, Tongue};
use crate::gold::{Code, Gold, GoldProject};

pub use decisions::decisions;
pub use examples::{example_sources, examples, titles};
use fit::Examples;
#[cfg(feature = "torch")]
pub use lessons::{cut_lessons, job_lessons, lessons, name_lessons, task};

/// How decisions and the baseline's heads are fitted.
#[derive(Debug, Clone)]
pub struct FitParams {
    /// Strength of the penalty on large weights.
    pub penalty: f64,
    /// Into how many parts the baseline's projects are split for calibration, and the fewest projects to fit on. Default 5.
    pub folds: usize,
    /// At least this share of what may be accepted in bulk must be right on unseen projects. Default 0.9.
    pub route_precision: f64,
}

impl Default for FitParams {
    fn default() -> Self {
        Self { penalty: 1.0, folds: 5, route_precision: 0.9 }
    }
}

impl FitParams {
    /// Whether so many projects suffice.
    fn suffice(&self, projects: usize) -> Result<(), TrainError> {
        if projects < self.folds { Err(TrainError::TooFewProjects { projects, needed: self.folds }) } else { Ok(()) }
    }
}

/// Why something could not be trained.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// The model failed.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// Too little to learn from.
    #[error("{projects} projects; at least {needed} are needed, so that some can be held back")]
    TooFewProjects {
        /// How many there are.
        projects: usize,
        /// How many are needed.
        needed: usize,
    },
    /// A code that occurs never or always cannot be learned.
    #[error("{target:?} could not be fitted: {problem}")]
    Fit {
        /// The code.
        target: Target,
        /// What the solver says.
        problem: String,
    },
}

impl Explain for TrainError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Encode(error) => error.explain(tongue),
            Self::TooFewProjects { projects, needed } => tongue.pick(
                format!("Projekte: {projects}. Gebraucht werden mindestens {needed}, damit einige zurückgehalten werden können"),
                format!("projects: {projects}. At least {needed} are needed, so that some can be held back"),
            ),
            Self::Fit { target, problem } => {
                let what = match target {
                    Target::Ring(ring) => ring.label(tongue),
                    Target::Reason => tongue.pick("Begründung", "reason"),
                    Target::Job => tongue.pick("Job", "job"),
                };
                tongue.pick(
                    format!("„{what}“ ist aus diesen Interviews nicht zu lernen ({problem}). Bitte mehr Projekte angeben, in denen es vorkommt und fehlt"),
                    format!("\"{what}\" cannot be learned from these interviews ({problem}). Please give more projects in which it occurs and is missing"),
                )
            }
        }
    }
}

/// Of this many projects at most the baseline learns: more would take it longer than all that is trained.
const BASELINE_PROJECTS: usize = 40;

/// The projects that the baseline learns from, at most 40, evenly drawn.
pub fn baseline_projects(projects: Vec<GoldProject>) -> Vec<GoldProject> {
    let step = projects.len().div_ceil(BASELINE_PROJECTS).max(1);
    projects.into_iter().step_by(step).collect()
}

/// Heads over the vectors of statements alone: the baseline of the encoder as it comes. `done` is told of each interview.
///
/// # Errors
/// Where the model fails, or there is too little to learn from.
pub fn frozen_heads(
    encoder: &dyn Encoder,
    projects: &[GoldProject],
    done: &mut dyn FnMut(),
) -> Result<Heads, TrainError> {
    // Vectors have length one, so their coordinates are small; cross-validated over training projects.
    let params = FitParams { penalty: 0.1, ..FitParams::default() };
    let mut rows = Vec::new();
    let mut codes = Vec::new();
    let mut numbers = Vec::new();
    for (project, gold) in numbered(projects) {
        let texts: Vec<&str> =
            answers(gold).map(|(index, _)| gold.statements[index].span.of(gold.transcript.text())).collect();
        let vectors = encoder.encode(&texts, &mut |_| ())?.vectors;
        rows.extend(vectors.values().iter().map(|&value| f64::from(value)));
        for (_, code) in answers(gold) {
            codes.push(code.clone());
            numbers.push(project);
        }
        done();
    }
    let mut examples = Examples::new(rows, codes, numbers, &params)?;
    examples.fit(&params)
}

/// All interviews with the number of their project.
fn numbered(projects: &[GoldProject]) -> impl Iterator<Item = (usize, &Gold)> {
    let each = projects.iter().enumerate();
    each.flat_map(|(number, project)| project.interviews.iter().map(move |gold| (number, gold)))
}

/// What an interview's respondents say to some job, in order, with the job's place in the project's list.
fn with_job<'a>(project: &GoldProject, gold: &'a Gold) -> impl Iterator<Item = (&'a str, usize)> {
    answers(gold).filter_map(|(index, code)| {
        let job = project.jobs.iter().position(|known| code.job.as_ref() == Some(&known.id))?;
        Some((gold.statements[index].span.of(gold.transcript.text()), job))
    })
}

/// The codes of respondents' statements, with the statements' indices.
fn answers(gold: &Gold) -> impl Iterator<Item = (usize, &Code)> {
    let statements = gold.statements.iter().zip(&gold.codes).enumerate();
    statements
        .filter_map(|(index, (statement, code))| gold.transcript.is_respondent(statement).then_some((index, code)))
}
