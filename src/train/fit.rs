//! Logistic regressions, and the heads of the baseline, calibrated on projects held back in turn.

use linfa::prelude::*;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;

use super::{FitParams, TrainError};
use crate::classify::{Calibration, Head, Heads, Target};
use crate::gold::Code;

/// Limits that lose at most so much of the best F1 are as good as the best one.
const AS_GOOD: f64 = 0.005;

/// Respondents' statements, ready for fitting.
pub(super) struct Examples {
    /// `(statements, numbers)`.
    rows: Array2<f64>,
    /// What the coder gave.
    codes: Vec<Code>,
    /// Number of the project each belongs to.
    projects: Vec<usize>,
}

impl Examples {
    /// Puts rows, laid end to end, together with codes and projects.
    pub fn new(rows: Vec<f64>, codes: Vec<Code>, projects: Vec<usize>, params: &FitParams) -> Result<Self, TrainError> {
        params.suffice(projects.iter().max().map_or(0, |&highest| highest + 1))?;
        let width = rows.len() / codes.len().max(1);
        let rows = Array2::from_shape_vec((codes.len(), width), rows).expect("every row has the same length");
        Ok(Self { rows, codes, projects })
    }

    /// Heads fitted on all.
    pub fn fit(&mut self, params: &FitParams) -> Result<Heads, TrainError> {
        let means = self.rows.mean_axis(Axis(0)).unwrap_or_else(|| Array1::zeros(self.rows.ncols()));
        self.rows -= &means;
        let heads = Target::all().into_par_iter().map(|target| self.head(target, params)).collect::<Result<_, _>>()?;
        Ok(Heads { means: means.iter().map(|&mean| mean as f32).collect(), heads })
    }

    /// A head fitted on all examples, its probabilities by heads that had not seen the statement's project.
    fn head(&self, target: Target, params: &FitParams) -> Result<Head, TrainError> {
        let answers: Vec<bool> = self.codes.iter().map(|code| answer(code, target)).collect();
        let mut scores = vec![0.0; answers.len()];
        for fold in 0..params.folds {
            let held_back = |index: &usize| self.projects[*index] % params.folds == fold;
            let (unseen, seen): (Vec<usize>, Vec<usize>) = (0..answers.len()).partition(held_back);
            let (weights, bias) = self.weights(&answers, &seen, target, params.penalty)?;
            for index in unseen {
                scores[index] = (self.rows.row(index).dot(&weights) + bias) as f32;
            }
        }
        let calibration = calibrate(&scores, &answers);
        let probabilities: Vec<f32> = scores.iter().map(|&score| calibration.probability(score)).collect();
        let all: Vec<usize> = (0..answers.len()).collect();
        let (weights, bias) = self.weights(&answers, &all, target, params.penalty)?;
        Ok(Head {
            target,
            weights: weights.iter().map(|&weight| weight as f32).collect(),
            bias: bias as f32,
            calibration,
            threshold: middle_threshold(&probabilities, &answers),
        })
    }

    /// Weights and bias of a logistic regression on some of the examples.
    fn weights(
        &self,
        answers: &[bool],
        chosen: &[usize],
        target: Target,
        penalty: f64,
    ) -> Result<(Array1<f64>, f64), TrainError> {
        let yes = chosen.iter().map(|&index| answers[index]).collect();
        logistic(self.rows.select(Axis(0), chosen), yes, target, penalty)
    }
}

/// Weights and bias of a logistic regression of a target's answers on rows `(statements, numbers)`.
pub(super) fn logistic(
    rows: Array2<f64>,
    yes: Array1<bool>,
    target: Target,
    penalty: f64,
) -> Result<(Array1<f64>, f64), TrainError> {
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

/// What a coder answered for a target.
pub(super) fn answer(code: &Code, target: Target) -> bool {
    match target {
        Target::Ring(ring) => code.rings.contains(ring),
        Target::Reason => code.reason,
        Target::Job => code.job.is_some(),
    }
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

/// The middle of the thresholds, in steps of 0.01, with about the best F1.
pub(super) fn middle_threshold(probabilities: &[f32], answers: &[bool]) -> f32 {
    let f1 = |threshold: f32| {
        let found = probabilities.iter().map(|&p| p >= threshold);
        let both = found.clone().zip(answers).filter(|(found, gold)| *found && **gold).count();
        let either = found.filter(|&found| found).count() + answers.iter().filter(|&&gold| gold).count();
        2.0 * both as f64 / either.max(1) as f64
    };
    middle_of_best((5..=80).map(|step| step as f32 / 100.0), f1)
}

/// The mean of the settings whose F1 is as good as the best: the very best one wanders with the statements that it is chosen
/// on, and is worse on others (`docs/experiments.md`).
pub(super) fn middle_of_best(settings: impl Iterator<Item = f32>, f1: impl Fn(f32) -> f64) -> f32 {
    let valued: Vec<(f64, f32)> = settings.map(|setting| (f1(setting), setting)).collect();
    let best = valued.iter().map(|(value, _)| *value).fold(f64::MIN, f64::max);
    // A limit between them that is a little worse is worse by chance.
    let good: Vec<f32> =
        valued.iter().filter(|(value, _)| *value >= best - AS_GOOD).map(|(_, setting)| *setting).collect();
    good.iter().sum::<f32>() / good.len() as f32
}

/// The first of the settings with the highest value.
pub(super) fn best(settings: impl Iterator<Item = f32>, value: impl Fn(f32) -> f64) -> f32 {
    let valued = settings.map(|setting| (value(setting), setting));
    valued.fold((f64::MIN, 0.5), |best, next| if next.0 > best.0 { next } else { best }).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_limits_that_are_as_good_is_taken() {
        let f1 = |limit: f32| match limit {
            0.2 | 0.3 => 0.800,
            0.4 => 0.804,
            _ => 0.7,
        };
        let middle = middle_of_best([0.1, 0.2, 0.3, 0.4, 0.5].into_iter(), f1);
        assert!((middle - 0.3).abs() < 1e-6, "{middle}");
    }

    #[test]
    fn what_speaks_for_an_answer_has_a_positive_weight_whichever_answer_comes_first() {
        for first in [true, false] {
            let yes: Array1<bool> = (0..40).map(|index| (index % 2 == 0) == first).collect();
            let rows = Array2::from_shape_fn((40, 1), |(index, _)| {
                let value = if yes[index] { 1.0 } else { -1.0 };
                // Some lie on the other side, so that the weight stays finite.
                if index % 10 < 2 { -value } else { value }
            });
            let (weights, bias) = logistic(rows, yes, Target::Reason, 1.0).unwrap();
            assert!(weights[0] > 0.5 && bias.abs() < 0.1, "{weights} {bias}");
        }
    }

    #[test]
    fn a_target_that_is_always_given_cannot_be_fitted() {
        let always = Array1::from_elem(4, true);
        assert!(matches!(logistic(Array2::zeros((4, 1)), always, Target::Job, 1.0), Err(TrainError::Fit { .. })));
    }

    #[test]
    fn calibrated_probabilities_are_shares() {
        let scores: Vec<f32> = [[3.0; 10], [-1.0; 10]].concat();
        let answers: Vec<bool> = (0..20).map(|index| if index < 10 { index < 8 } else { index < 13 }).collect();
        let calibration = calibrate(&scores, &answers);
        assert!((calibration.probability(3.0) - 0.8).abs() < 1e-3);
        assert!((calibration.probability(-1.0) - 0.3).abs() < 1e-3);
    }
}
