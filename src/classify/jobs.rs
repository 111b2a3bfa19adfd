//! Which job of a given list a statement speaks to.

use rayon::prelude::*;

use crate::codebook::Job;
use crate::coding::StatementRef;
use crate::scores::softmax;
use crate::vectors::{Vectors, dot};

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
        Self { ids: jobs.iter().map(|job| job.id.clone()).collect(), vectors: described.centred() }
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

    /// How probable each job is for every statement of a project that speaks to some job, by what the others among them tell, too:
    /// `speaking` in its order, each row sums to one.
    ///
    /// A job lies where its description lies and its confirmed statements, the description counting as much as `DESCRIPTION` of them; as long
    /// as nothing is confirmed, where the statements lie that probably speak to it, each counted by how probably. (Beside confirmed ones these
    /// would outvote them where a description says little.) And a confirmed statement speaks for its job in the `REACH` statements before and
    /// behind. No statement speaks for itself, so what comes back for a confirmed one shows how well the others tell its job.
    pub fn shares_among(&self, speaking: &[Speaking], sharpness: f32) -> Vec<Vec<f32>> {
        let mut rows = Vectors::empty(self.vectors.dimensions());
        speaking.iter().for_each(|one| rows.push(one.vector));
        let rows = rows.centred();
        let told = |logits: Vec<Vec<f32>>| -> Vec<Vec<f32>> {
            logits
                .into_iter()
                .map(|row| softmax(row.into_iter().map(|value| sharpness * value).collect::<Vec<_>>(), 1.0))
                .collect()
        };
        let mut assumed = vec![vec![0.0; self.ids.len()]; speaking.len()];
        let rounds = if speaking.iter().all(|one| one.confirmed.is_none()) { ROUNDS } else { 0 };
        for _ in 0..rounds {
            assumed = told(self.likenesses(&assumed, &rows));
        }
        for (one, assumed) in speaking.iter().zip(&mut assumed) {
            if let Some(confirmed) = one.confirmed {
                assumed.iter_mut().enumerate().for_each(|(job, share)| *share = f32::from(job == confirmed));
            }
        }
        let likenesses = self.likenesses(&assumed, &rows);
        let shares = |(one, alike): (&Speaking, &Vec<f32>)| {
            let near = self.told_nearby(one, speaking);
            softmax(alike.iter().zip(near).map(|(alike, near)| sharpness * alike + near).collect(), 1.0)
        };
        speaking.par_iter().zip(&likenesses).map(shares).collect()
    }

    /// How alike each row is to the place of each job, which lies where its description lies and the other rows, each counted by its
    /// share in the job.
    fn likenesses(&self, shares: &[Vec<f32>], rows: &Vectors) -> Vec<Vec<f32>> {
        let weighted = |row: &[f32]| row.iter().map(|value| DESCRIPTION * value).collect();
        let mut places: Vec<Vec<f32>> = self.vectors.rows().map(weighted).collect();
        for (shares, row) in shares.iter().zip(rows.rows()) {
            for (place, share) in places.iter_mut().zip(shares) {
                place.iter_mut().zip(row).for_each(|(sum, value)| *sum += share * value);
            }
        }
        let alike = |index: usize| {
            let places = places.iter().zip(&shares[index]);
            places.map(|(place, &share)| likeness(place, share, rows.row(index))).collect()
        };
        (0..rows.len()).into_par_iter().map(alike).collect()
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

/// As how many confirmed statements a job's description counts.
pub const DESCRIPTION: f32 = 4.0;
/// How often it is told anew where the jobs lie, from how probably each statement speaks to them.
const ROUNDS: usize = 2;
/// How many statements before and behind a confirmed one speaks for its job.
pub const REACH: usize = 3;
/// How much it does so for the next one, as logarithm of odds.
const NEARBY: f32 = 1.0;
/// What remains of that with each statement further on.
const FADING: f32 = 0.6;

/// How alike a row is to a job's place, without what the row itself adds to that by its share.
fn likeness(place: &[f32], share: f32, row: &[f32]) -> f32 {
    let (along, own) = (dot(place, row), dot(row, row));
    let square = dot(place, place) - 2.0 * share * along + share * share * own;
    if square > f32::EPSILON { (along - share * own) / square.sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARPNESS: f32 = 8.0;

    fn list(described: [[f32; 4]; 2]) -> JobList {
        let job = |id: &str| Job { id: id.into(), title: id.into(), description: id.into() };
        JobList::new(&[job("eins"), job("zwei")], &vectors(&described))
    }

    fn vectors(rows: &[[f32; 4]]) -> Vectors {
        Vectors::from_values(4, rows.concat()).unwrap()
    }

    fn shares(list: &JobList, rows: &[[f32; 4]], confirmed: &[Option<usize>]) -> Vec<Vec<f32>> {
        // Far from one another, so that none speaks for those nearby.
        let at = |statement: usize| StatementRef { interview: 0, statement: statement * 10 };
        let rows = vectors(rows);
        let speaking = rows.rows().zip(confirmed).enumerate();
        let speaking = speaking.map(|(n, (vector, &confirmed))| Speaking { at: at(n), vector, confirmed });
        list.shares_among(&speaking.collect::<Vec<_>>(), SHARPNESS)
    }

    /// The descriptions know the first two numbers; the last statement has none of them, but is like those of the first job.
    #[test]
    fn what_the_descriptions_do_not_know_is_told_by_statements_that_are_like_it() {
        let list = list([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]);
        let rows = [
            [0.7, 0.0, 0.7, 0.0],
            [0.7, 0.0, 0.7, 0.0],
            [0.0, 0.7, 0.0, 0.7],
            [0.0, 0.7, 0.0, 0.7],
            [0.0, 0.0, 1.0, 0.0],
            [0.0, 0.0, 0.0, 1.0],
        ];
        let found = shares(&list, &rows, &[None; 6]);
        assert!(found[4][0] > 0.7 && found[5][1] > 0.7, "{found:?}");
        assert!(found.iter().all(|row| (row.iter().sum::<f32>() - 1.0).abs() < 1e-5), "{found:?}");
    }

    /// What is said of a statement may not come back as if others had told it.
    #[test]
    fn no_statement_speaks_for_itself() {
        let list = list([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]);
        let rows = [[0.7, 0.1, 0.7, 0.0], [0.2, 0.7, 0.1, 0.7], [0.3, 0.2, 0.9, 0.0]];
        let right = shares(&list, &rows, &[Some(0), None, None]);
        let wrong = shares(&list, &rows, &[Some(1), None, None]);
        assert_eq!(right[0], wrong[0]);
        assert!(right[2][0] > wrong[2][0], "{right:?} {wrong:?}");
    }
}
