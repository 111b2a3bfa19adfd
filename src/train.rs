//! Gold interviews to heads: fits, calibrates and checks them on projects they have not seen.

use linfa::prelude::*;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;

use crate::classify::{Calibration, Head, Heads, JobList, RouteLimits, Target, feature_count, features, suggest};
use crate::codebook::Ring;
use crate::encode::{EncodeError, Encoder};
use crate::gold::{Code, GoldProject};
use crate::pipeline;
use crate::vectors::Vectors;

/// How training goes about.
#[derive(Debug, Clone)]
pub struct TrainParams {
    /// Strength of the penalty on large weights. Default 10, by cross-validation over the training projects.
    pub penalty: f64,
    /// Into how many parts the projects are split for calibration. Default 5.
    pub folds: usize,
    /// At least this share of what may be accepted in bulk must be right on unseen projects. Default 0.9.
    pub route_precision: f64,
}

impl Default for TrainParams {
    fn default() -> Self {
        Self { penalty: 10.0, folds: 5, route_precision: 0.9 }
    }
}

/// Why heads could not be trained.
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

/// All respondent statements of some projects, ready for fitting.
struct Examples {
    /// `(statements, features)`.
    rows: Array2<f64>,
    /// What the coder gave.
    codes: Vec<Code>,
    /// Index of the project each belongs to.
    projects: Vec<usize>,
    /// Similarity shares need the statement's own vector and its project's jobs.
    jobs: Vec<(JobList, Vec<String>)>,
    /// The statements' own vectors.
    vectors: Vectors,
    /// What they say, for reason spans.
    texts: Vec<String>,
}

/// Trains heads on all given projects; calibration, thresholds and limits come from projects held back in turn.
///
/// `encoder_hash` is written into the heads, so that they are never used with other vectors.
///
/// # Errors
/// Where the model fails, or there is too little to learn from.
pub fn train(
    encoder: &dyn Encoder,
    encoder_hash: &str,
    projects: &[GoldProject],
    params: &TrainParams,
    progress: &mut dyn FnMut(usize),
) -> Result<Heads, TrainError> {
    if projects.len() < params.folds {
        return Err(TrainError::TooFewProjects { projects: projects.len(), needed: params.folds });
    }
    let mut examples = Examples::of(encoder, projects, progress)?;
    let means = examples.centre();
    let fitted: Vec<(Head, Vec<f32>)> =
        Target::all().into_par_iter().map(|target| fit_head(&examples, target, params)).collect::<Result<_, _>>()?;
    let mut heads = Heads {
        version: Heads::VERSION,
        encoder: encoder_hash.to_owned(),
        trained_on: format!("{} projects, {} respondent statements", projects.len(), examples.codes.len()),
        means,
        route: RouteLimits::default(),
        job_sharpness: job_sharpness(&examples),
        heads: fitted.iter().map(|(head, _)| head.clone()).collect(),
    };
    heads.route = route_limits(&heads, &examples, &fitted, params.route_precision);
    Ok(heads)
}

impl Examples {
    fn of(
        encoder: &dyn Encoder,
        projects: &[GoldProject],
        progress: &mut dyn FnMut(usize),
    ) -> Result<Self, EncodeError> {
        let width = feature_count(encoder.dimensions());
        let mut rows: Vec<f64> = Vec::new();
        let mut examples = Self {
            rows: Array2::zeros((0, width)),
            codes: Vec::new(),
            projects: Vec::new(),
            jobs: Vec::new(),
            vectors: Vectors::empty(encoder.dimensions()),
            texts: Vec::new(),
        };
        for (project, GoldProject { jobs, interviews, .. }) in projects.iter().enumerate() {
            let ids = jobs.iter().map(|job| job.id.clone()).collect();
            examples.jobs.push((pipeline::encode_jobs(encoder, jobs)?, ids));
            for gold in interviews {
                let vectors = pipeline::encode(encoder, &gold.transcript, &gold.statements, progress)?.vectors;
                let described = features(&gold.transcript, &gold.statements, &vectors);
                for (&index, row) in described.statements.iter().zip(described.rows.rows()) {
                    rows.extend(row.iter().map(|&value| f64::from(value)));
                    examples.codes.push(gold.codes[index].clone());
                    examples.projects.push(project);
                    examples.vectors.push(vectors.row(index));
                    examples.texts.push(gold.statements[index].span.of(gold.transcript.text()).to_owned());
                }
            }
        }
        let shape = (examples.codes.len(), width);
        examples.rows = Array2::from_shape_vec(shape, rows).expect("every row has the same length");
        Ok(examples)
    }

    /// Subtracts each feature's mean and returns the means.
    fn centre(&mut self) -> Vec<f32> {
        let means = self.rows.mean_axis(Axis(0)).unwrap_or_else(|| Array1::zeros(self.rows.ncols()));
        self.rows -= &means;
        means.iter().map(|&mean| mean as f32).collect()
    }

    fn answers(&self, target: Target) -> Vec<bool> {
        self.codes.iter().map(|code| answer(code, target)).collect()
    }
}

fn answer(code: &Code, target: Target) -> bool {
    match target {
        Target::Ring(ring) => code.rings.contains(ring),
        Target::Reason => code.reason,
        Target::Job => code.job.is_some(),
    }
}

/// A head fitted on all examples, and for each example the probability by a head that had not seen its project.
fn fit_head(examples: &Examples, target: Target, params: &TrainParams) -> Result<(Head, Vec<f32>), TrainError> {
    let answers = examples.answers(target);
    let mut scores = vec![0.0; answers.len()];
    for fold in 0..params.folds {
        let held_back = |index: &usize| examples.projects[*index] % params.folds == fold;
        let (unseen, seen): (Vec<usize>, Vec<usize>) = (0..answers.len()).partition(held_back);
        let (weights, bias) = fit(examples, &answers, &seen, target, params.penalty)?;
        for index in unseen {
            scores[index] = (examples.rows.row(index).dot(&weights) + bias) as f32;
        }
    }
    let calibration = calibrate(&scores, &answers);
    let probabilities: Vec<f32> = scores.iter().map(|&score| calibration.probability(score)).collect();
    let all: Vec<usize> = (0..answers.len()).collect();
    let (weights, bias) = fit(examples, &answers, &all, target, params.penalty)?;
    let head = Head {
        target,
        weights: weights.iter().map(|&weight| weight as f32).collect(),
        bias: bias as f32,
        calibration,
        threshold: best_threshold(&probabilities, &answers),
    };
    Ok((head, probabilities))
}

/// Weights and bias of a logistic regression on some of the examples.
fn fit(
    examples: &Examples,
    answers: &[bool],
    chosen: &[usize],
    target: Target,
    penalty: f64,
) -> Result<(Array1<f64>, f64), TrainError> {
    let rows = examples.rows.select(Axis(0), chosen);
    let yes: Array1<bool> = chosen.iter().map(|&index| answers[index]).collect();
    let problem = |problem: String| TrainError::Fit { target, problem };
    if yes.iter().all(|&yes| yes) || !yes.iter().any(|&yes| yes) {
        return Err(problem("it is given always or never".into()));
    }
    let model = LogisticRegression::default()
        .alpha(penalty)
        .max_iterations(300)
        .gradient_tolerance(1e-3)
        .fit(&Dataset::new(rows, yes))
        .map_err(|error| problem(error.to_string()))?;
    // The library names the classes itself; the weights are to speak for "yes".
    let sign = if model.labels().pos.class { 1.0 } else { -1.0 };
    Ok((model.params() * sign, model.intercept() * sign))
}

/// Platt's scaling by Newton's method; two parameters, so a few steps suffice.
fn calibrate(scores: &[f32], answers: &[bool]) -> Calibration {
    let (mut slope, mut offset) = (1.0_f64, 0.0_f64);
    for _ in 0..50 {
        let (mut gradient, mut hessian) = ([0.0; 2], [1e-9, 0.0, 1e-9]);
        for (&score, &yes) in scores.iter().zip(answers) {
            let score = f64::from(score);
            let p = 1.0 / (1.0 + (-(slope * score + offset)).exp());
            let (error, weight) = (p - f64::from(u8::from(yes)), p * (1.0 - p));
            gradient[0] += error * score;
            gradient[1] += error;
            hessian[0] += weight * score * score;
            hessian[1] += weight * score;
            hessian[2] += weight;
        }
        let determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
        if determinant.abs() < 1e-12 {
            break;
        }
        slope -= (hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant;
        offset -= (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant;
    }
    Calibration { slope: slope as f32, offset: offset as f32 }
}

/// The threshold, in steps of 0.01, with the best F1.
fn best_threshold(probabilities: &[f32], answers: &[bool]) -> f32 {
    let f1 = |threshold: f32| {
        let found = probabilities.iter().map(|&p| p >= threshold);
        let both = found.clone().zip(answers).filter(|(found, gold)| *found && **gold).count();
        let either = found.filter(|&found| found).count() + answers.iter().filter(|&&gold| gold).count();
        2.0 * both as f64 / either.max(1) as f64
    };
    let steps = (5..=80).map(|step| step as f32 / 100.0);
    steps.map(|threshold| (f1(threshold), threshold)).fold((0.0, 0.5), |a, b| if b.0 > a.0 { b } else { a }).1
}

/// From which confidence on suggestions on unseen projects were right often enough, by primary ring.
fn route_limits(heads: &Heads, examples: &Examples, fitted: &[(Head, Vec<f32>)], precision: f64) -> RouteLimits {
    let mut by_ring: [Vec<(f32, bool)>; 7] = Default::default();
    for (index, code) in examples.codes.iter().enumerate() {
        let probabilities: Vec<f32> = fitted.iter().map(|(_, probabilities)| probabilities[index]).collect();
        let suggestion = suggest(heads, &probabilities, &examples.texts[index], None);
        let class = suggestion.primary_ring().map_or(6, Ring::index);
        by_ring[class].push((suggestion.confidence(), suggestion.is_right(&code.rings)));
    }
    let limits = by_ring.map(|seen| limit(seen, precision));
    RouteLimits { rings: std::array::from_fn(|ring| limits[ring]), uncoded: limits[6] }
}

/// The lowest confidence from which on at least `precision` were right, by the lower end of Wilson's interval (z = 1),
/// with at least 20 cases; `None` where there is none.
fn limit(mut seen: Vec<(f32, bool)>, precision: f64) -> Option<f32> {
    seen.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut hits = 0.0;
    let mut lowest = None;
    for (index, &(confidence, right)) in seen.iter().enumerate() {
        hits += f64::from(u8::from(right));
        let n = (index + 1) as f64;
        let share = hits / n;
        let wilson = (share + 0.5 / n - (share * (1.0 - share) / n + 0.25 / (n * n)).sqrt()) / (1.0 + 1.0 / n);
        if n >= 20.0 && wilson >= precision {
            lowest = Some(confidence);
        }
    }
    lowest
}

/// The sharpness under which the gold jobs of the examples are most probable.
fn job_sharpness(examples: &Examples) -> f32 {
    let loss = |sharpness: f32| -> f64 {
        let mut sum = 0.0;
        for (index, code) in examples.codes.iter().enumerate() {
            let (jobs, ids) = &examples.jobs[examples.projects[index]];
            let Some(gold) = code.job.as_ref().and_then(|job| ids.iter().position(|id| id == job)) else { continue };
            sum -= f64::from(jobs.shares(examples.vectors.row(index), sharpness)[gold].max(1e-9).ln());
        }
        sum
    };
    let steps = (0..=60).map(|step| step as f32);
    steps.map(|sharpness| (loss(sharpness), sharpness)).fold((f64::MAX, 0.0), |a, b| if b.0 < a.0 { b } else { a }).1
}
