//! Scores to suggestions: how probable each ring, a reason and a job are for each respondent statement.
//!
//! [`features()`] describes a statement's place in the story for the story model; [`Decisions`] turn that model's scores
//! into calibrated probabilities, decide what is suggested and what may be accepted in bulk.

mod decisions;
mod features;
mod heads;
mod jobs;
mod placed;
mod reason_span;
mod scale;
mod titles;
mod why;

pub use decisions::{Decisions, DecisionsError, FittedOn, RouteLimits, read_heads};
pub use features::{FEATURES, features};
pub use heads::{Calibration, Head, Heads, Target};
pub use jobs::{JobList, Speaking, most_probable};
pub use reason_span::reason_span;
pub use scale::{Scale, primary, said};
pub use titles::Titles;
pub use why::{Example, Examples, weightiest};
