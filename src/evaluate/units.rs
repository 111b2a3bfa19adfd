//! Are turns cut where a person cuts: the engine's statements, or another coder's, against gold.

use std::ops::AddAssign;

use serde::Serialize;

use super::{Counts, Found, Measured, Resampled, Share, boundary_counts, inner_ends, window_length, windows};
use crate::text::ByteSpan;
use crate::transcript::{Statement, Transcript};

/// Figures on units.
#[derive(Debug, Clone, Serialize)]
pub struct Units {
    /// Boundaries within turns.
    pub boundaries: Found,
    /// WindowDiff over words: share of windows of half a mean statement that hold different numbers of boundaries; 0 is best.
    pub window_diff: Measured,
}

/// Two divisions of one interview into statements.
#[derive(Debug, Clone, Copy)]
pub struct Divided<'a> {
    /// The interview.
    pub transcript: &'a Transcript,
    /// The coder's statements.
    pub gold: &'a [Statement],
    /// The statements that are judged.
    pub found: &'a [Statement],
}

/// What one interview adds to [`Units`].
#[derive(Debug, Clone, Default)]
struct Tally {
    boundaries: Counts,
    windows: Share,
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.boundaries += &other.boundaries;
        self.windows += &other.windows;
    }
}

impl Units {
    /// Draws the figures from all interviews.
    pub fn of(interviews: &[Divided]) -> Self {
        let lengths: Vec<usize> =
            interviews.iter().flat_map(|one| one.gold.iter().map(|statement| words(one, statement))).collect();
        let window = window_length(&lengths).unwrap_or(1);
        let tallies: Vec<Tally> = interviews.iter().map(|one| Tally::of(one, window)).collect();
        let sums = Resampled::new(&tallies);
        Self { boundaries: sums.found(|sum| sum.boundaries), window_diff: sums.measure(|sum| sum.windows.figure()) }
    }
}

impl Divided<'_> {
    /// Boundaries within turns, over the whole interview.
    pub fn boundaries(&self) -> Counts {
        let mut counts = Counts::default();
        for turn in 0..self.transcript.turns().len() {
            let ends = |statements: &[Statement]| {
                inner_ends(&of_turn(statements, turn).iter().map(|one| one.span).collect::<Vec<ByteSpan>>())
            };
            counts += &boundary_counts(&ends(self.gold), &ends(self.found));
        }
        counts
    }
}

impl Tally {
    fn of(one: &Divided, window: usize) -> Self {
        let mut tally = Self { boundaries: one.boundaries(), ..Self::default() };
        for turn in 0..one.transcript.turns().len() {
            let (gold, found) = (of_turn(one.gold, turn), of_turn(one.found, turn));
            let lengths =
                |statements: &[&Statement]| statements.iter().map(|unit| words(one, unit)).collect::<Vec<_>>();
            // `None` would be two divisions of different texts; both divide this turn.
            if let Some(share) = windows(&lengths(&gold), &lengths(&found), window) {
                tally.windows += &share;
            }
        }
        tally
    }
}

fn of_turn(statements: &[Statement], turn: usize) -> Vec<&Statement> {
    statements.iter().filter(|statement| statement.turn == turn).collect()
}

fn words(one: &Divided, statement: &Statement) -> usize {
    statement.span.of(one.transcript.text()).split_whitespace().count()
}
