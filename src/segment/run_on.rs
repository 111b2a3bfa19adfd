//! Splits run-on sentences (manual, rule 2).
//!
//! In the gold interviews set aside for development a statement has 16 to 18 words in the median, much the same in every
//! style of transcription. So of all ways to cut a sentence at its joints the one is taken whose pieces are nearest to a
//! typical length, and a joint counts the more the more clearly a new main clause begins at it.
//!
//! The numbers below were chosen by F1 on those interviews, out of about a hundred combinations; neighbours differ by
//! less than 0.01, so nothing hangs on the exact values.

use std::sync::LazyLock;

use super::joints::{Joint, Passage};
use super::words::Word;

/// Length in words that a piece is drawn to, a little above the median since cutting must pay, and how far lengths spread
/// around it (natural logarithms; measured: 0.4 to 0.55).
const TYPICAL: f64 = 20.0;
const SPREAD: f64 = 0.5;
/// Longer pieces are only taken where there is no joint to cut at.
const LONGEST: usize = 70;
/// A sentence up to this length is one statement: no cut could make its pieces more typical.
const SHORT: usize = 9;

/// What a piece of so many words costs.
static COSTS: LazyLock<Vec<f64>> = LazyLock::new(|| (0..=LONGEST).map(cost_of_length).collect());

fn cost_of_length(words: usize) -> f64 {
    let distance = ((words.max(1) as f64).ln() - TYPICAL.ln()) / SPREAD;
    distance * distance / 2.0
}

fn cost(words: usize) -> f64 {
    COSTS.get(words).copied().unwrap_or_else(|| cost_of_length(words))
}

fn gain(joint: Joint) -> f64 {
    match joint {
        Joint::Weak => -2.0,
        Joint::Fair => -1.0,
        Joint::Clear => 0.0,
        Joint::Written => 3.0,
    }
}

/// Adds to `cuts` the words after which the sentence of the words `first..=last` is cut.
pub(super) fn split(words: &[Word], first: usize, last: usize, cuts: &mut Vec<usize>) {
    let sentence = &words[first..=last];
    if sentence.len() <= SHORT {
        return;
    }
    let passage = Passage::new(sentence);
    let mut path = Path::new();
    for at in 1..sentence.len() {
        if let Some(joint) = passage.joint(at) {
            path.step(at, gain(joint));
        }
    }
    path.step(sentence.len(), 0.0);
    cuts.extend(path.cuts().into_iter().map(|at| first + at - 1));
}

/// The cheapest way to cut up to each joint.
struct Path {
    steps: Vec<Step>,
}

/// A joint on the way: the words before it, the cost up to it, and the joint that the last piece begins at.
struct Step {
    at: usize,
    cost: f64,
    before: usize,
}

impl Path {
    fn new() -> Self {
        Self { steps: vec![Step { at: 0, cost: 0.0, before: 0 }] }
    }

    /// Goes on to the joint before word `at`.
    fn step(&mut self, at: usize, gain: f64) {
        let newest = self.steps.len() - 1;
        let near = |index: &usize| *index == newest || at - self.steps[*index].at <= LONGEST;
        let mut best = (f64::INFINITY, newest);
        for before in (0..=newest).rev().take_while(near) {
            let total = self.steps[before].cost + cost(at - self.steps[before].at);
            if total < best.0 {
                best = (total, before);
            }
        }
        self.steps.push(Step { at, cost: best.0 - gain, before: best.1 });
    }

    /// The joints on the cheapest way to the end, in order.
    fn cuts(&self) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut index = self.steps[self.steps.len() - 1].before;
        while index > 0 {
            cuts.push(self.steps[index].at);
            index = self.steps[index].before;
        }
        cuts.reverse();
        cuts
    }
}
