//! Vectors to suggestions: how probable each ring, a reason and a job are for each respondent statement.
//!
//! [`features()`] describes a statement by its own vector and its place in the story, [`Heads`] turn that into calibrated
//! probabilities, [`suggest()`] decides what is suggested and what may be accepted in bulk.

mod features;
mod heads;
mod jobs;
mod reason_span;
mod suggest;

pub use features::{Features, feature_count, features};
pub use heads::{Calibration, Head, Heads, HeadsError, RouteLimits, Target};
pub use jobs::JobList;
pub use reason_span::reason_span;
pub use suggest::suggest;
