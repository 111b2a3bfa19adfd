//! Texts to vectors: the only stage that knows the transformer.
//!
//! A narrow waist: plain texts go in, plain [`Vectors`] come out, no tensor leaves. [`Transformer`] runs a model folder
//! through libtorch, and [`tune()`] trains it for interviews; [`HashedEncoder`] stands in for it where only shape and determinism matter.

#[cfg(feature = "torch")]
mod batches;
#[cfg(feature = "torch")]
mod bert;
mod error;
mod folder;
mod hashed;
#[cfg(feature = "torch")]
mod interview;
#[cfg(feature = "torch")]
mod neighbours;
#[cfg(feature = "torch")]
mod story;
#[cfg(feature = "torch")]
mod tokens;
#[cfg(feature = "torch")]
mod transformer;
#[cfg(feature = "torch")]
mod tune;
#[cfg(feature = "torch")]
mod weights;
mod words;

use crate::scores::WordWeight;
use crate::vectors::Vectors;

pub use error::EncodeError;
pub use folder::{Architecture, Manifest, ModelFolder};
pub use hashed::HashedEncoder;
#[cfg(feature = "torch")]
pub use transformer::{NumberType, Transformer, libtorch, set_threads, threads};
#[cfg(feature = "torch")]
pub use tune::{Answers, Lesson, Progress, TuneParams, tune};

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
    /// What [`Encoder::encode`] gives: `(statements, dimensions)`.
    pub vectors: Vectors,
    /// What is said of each: `(statements, scores::COUNT)`.
    pub scores: Vectors,
    /// Where each lies among statements that are coded alike, of length one: `(statements, dimensions)`.
    pub meanings: Vectors,
    /// How much each word speaks for each ring.
    pub words: Vec<Vec<WordWeight>>,
    /// How many tokens went through the model, padding not counted.
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
