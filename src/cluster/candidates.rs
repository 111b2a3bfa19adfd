//! Groups to candidate jobs.

use std::collections::BTreeSet;

use super::group::{groups, members};
use super::terms::{Said, terms};
use crate::coding::{CandidateJob, StatementRef};
use crate::vectors::{Vectors, dot};

/// How many quotes a candidate gets.
const QUOTES: usize = 3;
/// Quotes are to stand on their own, yet to be read at a glance: characters they should have.
const QUOTE_LENGTH: std::ops::RangeInclusive<usize> = 40..=240;
/// How many words make a label.
const LABEL_TERMS: usize = 3;

/// A statement that takes part in clustering.
#[derive(Debug, Clone, Copy)]
pub struct Point<'a> {
    /// Which one it is.
    pub place: StatementRef,
    /// What it says.
    pub text: &'a str,
}

/// Gathers statements to candidate jobs, the one that most interviews speak for first, each with the place where it lies: of length
/// one, without what all statements have in common.
///
/// `vectors` has one row per point. Every point is in exactly one candidate.
///
/// # Panics
/// If there are not as many rows as points.
pub fn candidate_jobs(points: &[Point], vectors: &Vectors) -> Vec<(CandidateJob, Vec<f32>)> {
    assert_eq!(points.len(), vectors.len(), "one row per point");
    if points.is_empty() {
        return Vec::new();
    }
    let rows = vectors.centred();
    let members = members(&groups(&rows));
    let said = |index: usize| Said { interview: points[index].place.interview, text: points[index].text };
    let texts: Vec<Vec<Said>> = members.iter().map(|group| group.iter().map(|&index| said(index)).collect()).collect();
    let mut jobs: Vec<(CandidateJob, Vec<f32>)> =
        members.iter().zip(terms(&texts)).map(|(group, terms)| candidate(points, &rows, group, terms)).collect();
    jobs.sort_by_key(|(job, _)| std::cmp::Reverse((job.interviews.len(), job.members.len())));
    jobs.iter_mut().enumerate().for_each(|(index, (job, _))| job.id = index + 1);
    jobs
}

fn candidate(points: &[Point], rows: &Vectors, group: &[usize], terms: Vec<String>) -> (CandidateJob, Vec<f32>) {
    let centre = rows.centre(group);
    let mut typical: Vec<(usize, f32)> = group.iter().map(|&index| (index, dot(&centre, rows.row(index)))).collect();
    let cohesion = typical.iter().map(|(_, similar)| similar).sum::<f32>() / group.len() as f32;
    typical.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let interviews: BTreeSet<usize> = group.iter().map(|&index| points[index].place.interview).collect();
    let job = CandidateJob {
        id: 0,
        label: terms.iter().take(LABEL_TERMS).cloned().collect::<Vec<_>>().join(" · "),
        terms,
        members: group.iter().map(|&index| points[index].place).collect(),
        quotes: quotes(points, &typical),
        interviews: interviews.into_iter().collect(),
        cohesion,
    };
    (job, centre)
}

/// The most typical statements of readable length; a second one of an interview only when no other interview is left.
fn quotes(points: &[Point], typical: &[(usize, f32)]) -> Vec<StatementRef> {
    let readable = |index: usize| QUOTE_LENGTH.contains(&points[index].text.chars().count());
    let mut ranked: Vec<usize> = typical.iter().map(|&(index, _)| index).collect();
    ranked.sort_by_key(|&index| !readable(index));
    let mut heard = BTreeSet::new();
    let mut order: Vec<(usize, usize)> = Vec::new();
    for index in ranked {
        let again = usize::from(!heard.insert(points[index].place.interview));
        order.push((again, index));
    }
    order.sort_by_key(|&(again, _)| again);
    order.into_iter().take(QUOTES).map(|(_, index)| points[index].place).collect()
}
