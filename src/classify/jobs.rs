//! Which job of a given list a statement speaks to.

use crate::codebook::Job;
use crate::coding::JobSuggestion;
use crate::vectors::{Vectors, centred, dot};

/// A list of jobs, each with the vector of its title and description.
///
/// What all descriptions have in common, and all statements of a project, tells no job from another, so it is taken away
/// before they are compared.
#[derive(Debug, Clone)]
pub struct JobList {
    ids: Vec<String>,
    /// Centred.
    vectors: Vectors,
}

impl JobList {
    /// Puts jobs and the vectors of [`JobList::text`] together, in the same order.
    ///
    /// # Panics
    /// If their numbers differ.
    pub fn new(jobs: &[Job], described: &Vectors) -> Self {
        assert_eq!(jobs.len(), described.len(), "one vector per job");
        let mean = described.mean();
        let mut vectors = Vectors::empty(described.dimensions());
        described.rows().for_each(|row| vectors.push(&centred(row, &mean)));
        Self { ids: jobs.iter().map(|job| job.id.clone()).collect(), vectors }
    }

    /// What of a job is encoded.
    pub fn text(job: &Job) -> String {
        format!("{}: {}", job.title, job.description)
    }

    /// The most similar job, with the probability that the statement speaks to it.
    ///
    /// `some_job` is the probability that it speaks to any job; it is shared out among the jobs by
    /// `softmax(sharpness · similarity)`. `None` for an empty list.
    pub fn suggest(&self, statement: &[f32], mean: &[f32], some_job: f32, sharpness: f32) -> Option<JobSuggestion> {
        let shares = self.shares(statement, mean, sharpness);
        let (best, share) = shares.into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some(JobSuggestion { id: self.ids[best].clone(), p: some_job * share })
    }

    /// How similarity is shared out among the jobs; sums to one. `mean` is that of the project's statements with a job.
    pub fn shares(&self, statement: &[f32], mean: &[f32], sharpness: f32) -> Vec<f32> {
        let statement = centred(statement, mean);
        let similar: Vec<f32> = self.vectors.rows().map(|job| sharpness * dot(job, &statement)).collect();
        let highest = similar.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f32> = similar.iter().map(|value| (value - highest).exp()).collect();
        let sum: f32 = powers.iter().sum();
        powers.into_iter().map(|power| power / sum).collect()
    }
}
