//! What the engine suggests, and what people decide. A suggestion is never a coding: only a person's decision is.
//!
//! ```text
//! Suggestion ─a person─▶ Decision ─Entry─▶ log ─State::of─▶ Current
//! ```
//!
//! The log only grows. Every entry says who did what and when; undoing is an entry, too. What stands now ([`Current`]) is
//! read from the log alone, so that every program that knows the log knows the same.

mod adopt;
mod carry;
mod current;
mod decision;
mod judged;
mod key;
mod log;
mod shape;
mod shaped_interview;
mod state;
mod suggestion;

pub use adopt::{Adopted, Adoption, Dropped, ENGINE, ForeignCode, ForeignCoding, ForeignMark, ForeignText, Loss};
pub use carry::{CarryOver, Fate, Version, fates};
pub use current::{Boundary, By, Current, Decided, Made};
pub use decision::{Coding, Decision, Link, Pair, Reason, Shown, Verdict};
pub use judged::Judged;
pub use key::{StatementKey, TranscriptKey};
pub use log::{Action, Entry, EntryId, LogError, Problem};
pub use shaped_interview::ShapedInterview;
pub use state::State;
pub use suggestion::{
    CandidateJob, Coded, CodedInterview, JobSuggestion, ReasonSuggestion, RingSuggestion, Route, Similar, StatementRef,
    Suggestion, Why,
};
