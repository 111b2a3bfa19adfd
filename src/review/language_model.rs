//! What the page asks of the language model, which it does not know itself: whoever serves the page brings it.

use std::sync::Arc;

use serde::Serialize;

use crate::store::Project;

/// A language model that learns from decisions and reads what is searched for. Errors are what a person reads, in their language.
pub trait LanguageModel: Send + Sync {
    /// Makes a new run of the last one with what its decisions tell, where that helps.
    ///
    /// # Errors
    /// Where there is no model, or the project cannot be read or written.
    fn learn(&self, project: &Project) -> Result<Lesson, String>;

    /// Makes the suggestions from before learning stand again.
    ///
    /// # Errors
    /// Where the project cannot be read or written.
    fn forget(&self, project: &Project) -> Result<(), String>;

    /// The vector of a text, as those of statements that may speak to a job are made.
    ///
    /// # Errors
    /// Where there is no model.
    fn read(&self, text: &str) -> Result<Vec<f32>, String>;

    /// From which run a run with this record was learned; `None` where its suggestions are the model's own.
    fn learned_from(&self, record: &str) -> Option<i64>;
}

/// A model that several threads ask.
pub type SharedModel = Arc<dyn LanguageModel>;

/// What came of learning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Lesson {
    /// Statements that were learned from.
    pub decided: usize,
    /// For how many something else is suggested than by the model alone.
    pub changed: usize,
}
