//! What of the writing is left out of turns in training, since transcripts come with and without marks and capitals.

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// What of the writing is left out of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Without {
    Nothing,
    /// Marks of every second word, as a recogniser that sets some.
    SomeMarks,
    Marks,
    Capitals,
    Both,
}

/// How often each is met in training, of twenty.
const OFTEN: [(Without, u32); 5] =
    [(Without::Nothing, 8), (Without::SomeMarks, 3), (Without::Marks, 3), (Without::Capitals, 1), (Without::Both, 5)];

impl Without {
    /// One of them at random.
    pub fn drawn(random: &mut ChaCha8Rng) -> Self {
        OFTEN.choose_weighted(random, |one| one.1).map_or(Self::Nothing, |one| one.0)
    }

    /// Whether the marks of the next word are left out.
    pub fn marks(self, random: &mut ChaCha8Rng) -> bool {
        match self {
            Self::Marks | Self::Both => true,
            Self::SomeMarks => random.random_bool(0.5),
            Self::Nothing | Self::Capitals => false,
        }
    }

    /// Whether capitals are left out.
    pub fn capitals(self) -> bool {
        matches!(self, Self::Capitals | Self::Both)
    }
}
