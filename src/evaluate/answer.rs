//! What somebody who is judged says of a statement: the engine, a simple rule, another person.

use super::LabelSet;
use crate::codebook::{Ring, Rings};
use crate::coding::Suggestion;
use crate::gold::Code;

/// Rings and reason that were given to one statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// At most two, the more central one first.
    pub rings: Rings,
    /// The rings by how well they fit, the best first; may go on where `rings` ends.
    pub ranked: Vec<Ring>,
    /// Whether the statement is said to give a reason.
    pub reason: bool,
}

impl Answer {
    /// The rings without their order.
    pub fn set(&self) -> LabelSet {
        LabelSet::from(&self.rings)
    }
}

impl From<&Suggestion> for Answer {
    fn from(suggestion: &Suggestion) -> Self {
        Self {
            rings: Rings::new(suggestion.suggested_rings().collect()).unwrap_or_default(),
            ranked: suggestion.rings.iter().map(|ring| ring.id).collect(),
            reason: suggestion.reason.suggested,
        }
    }
}

impl From<&Code> for Answer {
    fn from(code: &Code) -> Self {
        Self { rings: code.rings.clone(), ranked: code.rings.iter().collect(), reason: code.reason }
    }
}
