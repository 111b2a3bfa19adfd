//! Logistic heads: one small linear model per question asked of a statement.

use serde::{Deserialize, Serialize};

use crate::codebook::{Ring, Rings};
use crate::scores;
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
    pub fn all() -> [Target; 8] {
        let [a, b, c, d, e, f] = Ring::ALL.map(Target::Ring);
        [a, b, c, d, e, f, Target::Reason, Target::Job]
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
    /// One weight per number of a row.
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
        scores::probability(self.slope * score + self.offset)
    }
}

/// A head for each target, over the same rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// Subtracted from rows first.
    pub means: Vec<f32>,
    /// In the order of [`Target::all`].
    pub heads: Vec<Head>,
}

impl Heads {
    /// The head for a target.
    pub fn head(&self, target: Target) -> &Head {
        &self.heads[target.index()]
    }

    /// Calibrated probabilities of a row, in the order of [`Target::all`].
    pub fn probabilities(&self, row: &[f32]) -> Vec<f32> {
        let centred: Vec<f32> = row.iter().zip(&self.means).map(|(value, mean)| value - mean).collect();
        self.heads.iter().map(|head| head.calibration.probability(dot(&head.weights, &centred) + head.bias)).collect()
    }

    /// The rings by probability, those above their threshold (at most two), and whether a reason: all that heads alone say.
    pub fn decide(&self, row: &[f32]) -> (Vec<Ring>, Rings, bool) {
        let p = self.probabilities(row);
        let mut ranked = Ring::ALL.to_vec();
        ranked.sort_by(|a, b| p[b.index()].total_cmp(&p[a.index()]));
        let above = |&ring: &Ring| p[ring.index()] >= self.head(Target::Ring(ring)).threshold;
        let rings = Rings::new(ranked.iter().copied().filter(above).take(2).collect()).unwrap_or_default();
        (ranked, rings, p[Target::Reason.index()] >= self.head(Target::Reason).threshold)
    }

    /// Why these are no heads for rows of `numbers` numbers.
    pub(super) fn fault(&self, numbers: usize) -> Option<String> {
        let targets: Vec<Target> = self.heads.iter().map(|head| head.target).collect();
        let lengths = self.heads.iter().map(|head| head.weights.len()).chain([self.means.len()]);
        if targets != Target::all() {
            return Some(format!("heads for {targets:?}, expected {:?}", Target::all()));
        }
        let wrong = lengths.into_iter().find(|&length| length != numbers)?;
        Some(format!("{wrong} weights, expected {numbers}"))
    }
}
