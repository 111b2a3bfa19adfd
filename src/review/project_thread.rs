//! The one thread that owns the project: requests reach it through a channel, one after the other.

use std::path::Path;
use std::sync::mpsc;
use std::thread;

use tokio::sync::oneshot;

use super::error::ReviewError;
use super::language_model::SharedModel;
use super::open_project::OpenProject;
use super::sight::Sight;
use crate::error::Tongue;

type Job = Box<dyn FnOnce(&mut OpenProject) + Send>;

/// A handle to the thread. The thread ends, and closes the project, when the last handle is dropped.
#[derive(Clone)]
pub(super) struct ProjectThread {
    jobs: mpsc::Sender<Job>,
}

impl ProjectThread {
    /// Opens the project in `folder` and gives it to a thread of its own.
    pub fn open(folder: &Path, sight: Sight, tongue: Tongue, model: Option<SharedModel>) -> Result<Self, ReviewError> {
        let mut project = OpenProject::open(folder, sight, tongue, model)?;
        let (jobs, queue) = mpsc::channel::<Job>();
        thread::Builder::new()
            .name("project".to_owned())
            .spawn(move || queue.into_iter().for_each(|job| job(&mut project)))
            .map_err(ReviewError::Server)?;
        Ok(Self { jobs })
    }

    /// Has something done with the project, and waits for the answer.
    pub async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut OpenProject) -> Result<T, ReviewError> + Send + 'static,
    ) -> Result<T, ReviewError> {
        let (answer, answered) = oneshot::channel();
        // Whoever asked may have gone meanwhile; what was done stays done.
        let job: Job = Box::new(move |project| drop(answer.send(job(project))));
        self.jobs.send(job).map_err(|_| ReviewError::Closed)?;
        answered.await.map_err(|_| ReviewError::Closed)?
    }
}
