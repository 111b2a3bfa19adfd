//! What asks the language model, while people go on deciding: on a thread of its own, with a connection of its own to the
//! project.

use std::path::PathBuf;

use super::error::ReviewError;
use super::language_model::{LanguageModel, Lesson, SharedModel};
use crate::store::Project;

/// What learns, and where.
#[derive(Clone)]
pub(super) struct Learning {
    pub folder: PathBuf,
    pub model: Option<SharedModel>,
}

impl Learning {
    /// Makes a new run with what was decided so far; the page hears of it as of any other run.
    pub async fn learn(&self) -> Result<Lesson, ReviewError> {
        self.ask_about_project(|model, project| model.learn(project)).await
    }

    /// Makes the suggestions from before learning stand again.
    pub async fn forget(&self) -> Result<(), ReviewError> {
        self.ask_about_project(|model, project| model.forget(project)).await
    }

    /// The vector of a text that is searched for.
    pub async fn read(&self, text: String) -> Result<Vec<f32>, ReviewError> {
        self.ask(move |model| model.read(&text).map_err(ReviewError::Model)).await
    }

    async fn ask_about_project<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn LanguageModel, &Project) -> Result<T, String> + Send + 'static,
    ) -> Result<T, ReviewError> {
        let folder = self.folder.clone();
        self.ask(move |model| ask(model, &Project::open_existing(&folder)?).map_err(ReviewError::Model)).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn LanguageModel) -> Result<T, ReviewError> + Send + 'static,
    ) -> Result<T, ReviewError> {
        let model = self.model.clone().ok_or(ReviewError::NoModel)?;
        tokio::task::spawn_blocking(move || ask(&*model)).await.map_err(|_| ReviewError::Closed)?
    }
}
