//! Which job of a given list a statement speaks to.

use rayon::prelude::*;

use crate::codebook::Job;
use crate::coding::StatementRef;
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

    /// The id of a job by its place in the list.
    ///
    /// # Panics
    /// If there is no such job.
    pub fn id(&self, place: usize) -> &str {
        &self.ids[place]
    }

    /// Where a job stands in the list.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|known| known == id)
    }

    /// How similarity is shared out among the jobs; sums to one. `mean` is that of the project's statements with a job.
    pub fn shares(&self, statement: &[f32], mean: &[f32], sharpness: f32) -> Vec<f32> {
        let statement = centred(statement, mean);
        softmax(self.vectors.rows().map(|job| sharpness * dot(job, &statement)).collect())
    }

    /// The same for all statements of a project that speak to some job, by what the others among them tell, too.
    ///
    /// A job lies where its description and its confirmed statements lie, the description counting as much as
    /// `DESCRIPTION` statements; and a confirmed statement speaks for its job in the `REACH` statements before and behind.
    /// No statement speaks for itself, so what comes back for a confirmed one shows how well the others tell its job.
    pub fn shares_among(&self, speaking: &[Speaking], sharpness: f32) -> Vec<Vec<f32>> {
        let mut rows = Vectors::empty(self.vectors.dimensions());
        speaking.iter().for_each(|one| rows.push(one.vector));
        let rows = rows.centred();
        let places = self.with_members(speaking, &rows);
        let shares = |(index, one): (usize, &Speaking)| {
            let (row, near) = (rows.row(index), self.told_nearby(one, speaking));
            let score = |(job, (place, near)): (usize, (&Vec<f32>, f32))| {
                sharpness * likeness(place, one.confirmed == Some(job), row) + near
            };
            softmax(places.iter().zip(near).enumerate().map(score).collect())
        };
        speaking.par_iter().enumerate().map(shares).collect()
    }

    /// Where each job lies: the sum of its confirmed statements' rows and of its description's, weighted.
    fn with_members(&self, speaking: &[Speaking], rows: &Vectors) -> Vec<Vec<f32>> {
        let weighted = |row: &[f32]| row.iter().map(|value| DESCRIPTION * value).collect();
        let mut places: Vec<Vec<f32>> = self.vectors.rows().map(weighted).collect();
        for (one, row) in speaking.iter().zip(rows.rows()) {
            if let Some(job) = one.confirmed {
                places[job].iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
        }
        places
    }

    /// How much confirmed statements nearby in the interview speak for each job.
    fn told_nearby(&self, one: &Speaking, speaking: &[Speaking]) -> Vec<f32> {
        let mut told = vec![0.0; self.ids.len()];
        for other in speaking.iter().filter(|other| other.at.interview == one.at.interview) {
            let distance = one.at.statement.abs_diff(other.at.statement);
            if let (1..=REACH, Some(job)) = (distance, other.confirmed) {
                told[job] += NEARBY * FADING.powi(distance as i32 - 1);
            }
        }
        told
    }
}

/// A statement that speaks to some job.
#[derive(Debug, Clone, Copy)]
pub struct Speaking<'a> {
    /// Which one.
    pub at: StatementRef,
    /// Its vector.
    pub vector: &'a [f32],
    /// Place in the list of the job that a person gave it to.
    pub confirmed: Option<usize>,
}

/// The place of the largest share, the first one of equals; `None` where there is none.
pub fn most_probable(shares: &[f32]) -> Option<usize> {
    (0..shares.len()).rev().max_by(|&a, &b| shares[a].total_cmp(&shares[b]))
}

/// As how many confirmed statements a job's description counts; best on development projects.
pub const DESCRIPTION: f32 = 6.0;
/// How many statements before and behind a confirmed one speaks for its job.
pub const REACH: usize = 3;
/// How much it does so for the next one, as logarithm of odds.
const NEARBY: f32 = 1.0;
/// What remains of that with each statement further on.
const FADING: f32 = 0.6;

/// How alike a row is to a job's place, without what the row itself adds to that as a member.
fn likeness(place: &[f32], is_member: bool, row: &[f32]) -> f32 {
    let (mut along, mut square) = (dot(place, row), dot(place, place));
    if is_member {
        let own = dot(row, row);
        square += own - 2.0 * along;
        along -= own;
    }
    if square > f32::EPSILON { along / square.sqrt() } else { 0.0 }
}

fn softmax(scores: Vec<f32>) -> Vec<f32> {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = scores.iter().map(|value| (value - highest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}
