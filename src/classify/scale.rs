//! From what the model says of a statement to the probability of one answer.

use serde::{Deserialize, Serialize};

use super::heads::Target;
use crate::scores;

/// A logistic curve over what the model says of one target: `p = 1 / (1 + exp(-(own · score + primary · odds + offset)))`.
///
/// It has so few numbers that those fitted on one set of projects hold on others, too: a logistic choice over all scores of
/// a statement was worse on unseen projects (`docs/experiments.md`).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Weight of the target's own score.
    pub own: f32,
    /// Weight of the odds that a ring is the primary one; nothing for what is no ring.
    pub primary: f32,
    /// Added to the sum.
    pub offset: f32,
}

impl Scale {
    /// The probability of a target, in [0, 1], from its [`said`].
    pub fn probability(self, [own, odds]: [f32; 2]) -> f32 {
        scores::probability(self.own * own + self.primary * odds + self.offset)
    }
}

/// What the model says of a target: its own score, and the logarithm of the odds that a ring is the primary one (0 for what is
/// no ring), out of all scores of a statement and how probable each ring is as the primary one.
pub fn said(target: Target, scores: &[f32], primary: &[f32; 7]) -> [f32; 2] {
    /// Probabilities nearer to impossible or sure are no surer.
    const SUREST: f32 = 1e-6;
    match target {
        Target::Ring(ring) => {
            let place = ring.index();
            [scores[scores::RINGS.start + place], scores::odds(primary[place], SUREST)]
        }
        Target::Reason => [scores[scores::REASON], 0.0],
        Target::Job => [scores[scores::JOB], 0.0],
    }
}

/// How probable each ring is as the primary one, and none, from all scores of a statement; sums to one. Scores are divided by
/// `temperature` first.
pub fn primary(scores: &[f32], temperature: f32) -> [f32; 7] {
    scores::softmax(std::array::from_fn(|class| scores[scores::PRIMARY.start + class]), temperature)
}
