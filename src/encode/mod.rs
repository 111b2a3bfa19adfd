//! Texts to vectors: the only stage that knows the transformer.
//!
//! A narrow waist: plain texts go in, plain [`Vectors`] come out, no tensor leaves. [`Transformer`] runs a model folder
//! through libtorch, [`tune_story()`], [`tune_boundaries()`], [`tune_jobs()`] and [`tune_names()`] train it for interviews; [`HashedEncoder`] stands in for
//! it where only shape and determinism matter.

#[cfg(feature = "torch")]
mod batches;
#[cfg(feature = "torch")]
mod bert;
#[cfg(feature = "torch")]
mod boundaries;
#[cfg(feature = "torch")]
mod changes;
#[cfg(feature = "torch")]
mod course;
mod error;
mod folder;
mod hashed;
#[cfg(feature = "torch")]
mod interview;
#[cfg(feature = "torch")]
mod jobs;
#[cfg(feature = "torch")]
mod names;
#[cfg(feature = "torch")]
mod neighbours;
#[cfg(feature = "torch")]
mod place_net;
#[cfg(feature = "torch")]
mod shared;
#[cfg(feature = "torch")]
mod story;
#[cfg(feature = "torch")]
mod tokens;
#[cfg(feature = "torch")]
mod transformer;
#[cfg(feature = "torch")]
mod tune_boundaries;
#[cfg(feature = "torch")]
mod tune_jobs;
#[cfg(feature = "torch")]
mod tune_names;
#[cfg(feature = "torch")]
mod tune_story;
#[cfg(feature = "torch")]
mod varied;
#[cfg(feature = "torch")]
mod weights;
#[cfg(feature = "torch")]
mod windows;
mod words;

use crate::scores::{StatementEnd, WordWeight};
use crate::vectors::Vectors;

#[cfg(feature = "torch")]
pub use course::{Beginning, Course, Progress, TuneParams, remove_checkpoints};
pub use error::EncodeError;
pub use folder::{Architecture, Manifest, ModelFolder};
pub use hashed::HashedEncoder;
#[cfg(feature = "torch")]
pub use names::NameReader;
#[cfg(feature = "torch")]
pub use shared::SharedTransformer;
#[cfg(feature = "torch")]
pub use transformer::{NumberType, Transformer, libtorch, set_threads, threads};
#[cfg(feature = "torch")]
pub use tune_boundaries::{CutLesson, tune_boundaries};
#[cfg(feature = "torch")]
pub use tune_jobs::{JobLesson, JobStatement, tune_jobs};
#[cfg(feature = "torch")]
pub use tune_names::{NameLesson, Named, tune_names};
#[cfg(feature = "torch")]
pub use tune_story::{Answers, Lesson, tune_story};

/// Something that turns texts into vectors of length one.
///
/// A text's vector depends on the text alone, never on what else is in the call.
pub trait Encoder {
    /// Numbers in a vector.
    fn dimensions(&self) -> usize;

    /// One vector per text, in the order given: `(texts, dimensions)`.
    ///
    /// `done` is told how many further texts are finished, batch by batch.
    ///
    /// # Errors
    /// Where the model cannot work on a text.
    fn encode(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError>;

    /// The same by what training for interviews changed: the description of a job lies close to the statements that speak to
    /// it, as [`Encoder::read_for_jobs`] reads them, once what all of a project have in common is taken away.
    ///
    /// # Errors
    /// Where the model was not trained for interviews.
    fn encode_for_jobs(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError>;

    /// Vectors of those statements of one interview that may speak to a job, in order: what comes back for one depends on the
    /// two before and the one after it, too.
    ///
    /// # Errors
    /// Where the model was not trained for interviews.
    fn read_for_jobs(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError>;

    /// How probable it is that a statement ends behind each word of a turn, by what training for interviews changed.
    ///
    /// Per turn in the order of its words, the last one left out, and those that the model cannot read (beyond its longest
    /// text, where words are of very many tokens). What comes back for a turn depends on the turn alone.
    ///
    /// # Errors
    /// Where the model was not trained for interviews.
    fn ends(&self, turns: &[&str]) -> Result<Vec<Vec<StatementEnd>>, EncodeError>;

    /// Reads all statements of one interview as a story, by what training for interviews changed.
    ///
    /// `texts` are all its statements in order, the interviewer's too, `features` further numbers about each, as many as in
    /// training. What comes back for a statement depends on the whole interview, and on nothing else. `done` is told how
    /// many further statements are finished.
    ///
    /// # Errors
    /// Where the model was not trained for interviews.
    fn read(&self, texts: &[&str], features: &Vectors, done: &mut dyn FnMut(usize)) -> Result<Reading, EncodeError>;
}

/// An interview as an [`Encoder`] read it; everything has one row per statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What is said of each: `(statements, scores::COUNT)`.
    pub scores: Vectors,
    /// Where each lies among statements that are coded alike, of length one: `(statements, dimensions)`.
    pub meanings: Vectors,
    /// How much each word speaks for each ring.
    pub words: Vec<Vec<WordWeight>>,
    /// Tokens of the statements, each counted once, padding not counted.
    pub tokens: usize,
}

/// What an [`Encoder`] gives back.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoded {
    /// One row per text.
    pub vectors: Vectors,
    /// How many tokens went through the model, padding not counted.
    pub tokens: usize,
}
