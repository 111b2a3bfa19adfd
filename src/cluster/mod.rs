//! Statements to candidate jobs: which statements may speak to one job, and what such a group is about;
//! and statements in a plane, to look at.
//!
//! Agglomerative clustering of learned vectors (average linkage). Deterministic.

mod candidates;
mod group;
mod plane;
mod terms;

pub use candidates::{Point, candidate_jobs};
pub use plane::plane;
