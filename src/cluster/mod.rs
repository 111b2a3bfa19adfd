//! Statements to candidate jobs: which statements may speak to one job, and what such a group is about.
//!
//! A first version: agglomerative clustering of vectors (Ward), which by measurement is little better than chance
//! (`docs/decisions.md`). Deterministic.

mod candidates;
mod group;
mod terms;

pub use candidates::{Point, candidate_jobs};
pub use group::groups;
