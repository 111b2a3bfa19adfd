//! Statements to candidate jobs: which statements may speak to one job, and what such a group is about;
//! and statements in a plane, to look at.
//!
//! A first version: agglomerative clustering of vectors (average linkage), which by measurement is little better than chance
//! (`docs/decisions.md`). Deterministic.

mod candidates;
mod group;
mod plane;
mod terms;

pub use candidates::{Point, candidate_jobs};
pub use group::groups;
pub use plane::plane;
