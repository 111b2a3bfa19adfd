//! What of the writing is left out of turns in training, since transcripts come with and without marks and capitals.

use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// What of the writing is left out of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Without {
    Nothing,
    Marks,
    Capitals,
    Both,
}

/// How often each is met in training, of twenty.
const OFTEN: [(Without, u32); 4] =
    [(Without::Nothing, 10), (Without::Marks, 3), (Without::Capitals, 2), (Without::Both, 5)];

impl Without {
    /// One of them at random.
    pub fn drawn(random: &mut ChaCha8Rng) -> Self {
        OFTEN.choose_weighted(random, |one| one.1).map_or(Self::Nothing, |one| one.0)
    }

    /// Whether marks are left out.
    pub fn marks(self) -> bool {
        matches!(self, Self::Marks | Self::Both)
    }

    /// Whether capitals are left out.
    pub fn capitals(self) -> bool {
        matches!(self, Self::Capitals | Self::Both)
    }
}
