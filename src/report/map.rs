//! The Customer Experience Map: what interviews say about each job on each step of a purchase.

use std::cmp::Reverse;

use super::journey::JOURNEY;
use super::segments::{Segment, Which};
use super::voices::{About, Voices};
use crate::study::{Study, StudyJob};

/// So many jobs stand side by side; such a part of a map fits on a sheet of paper.
const SIDE_BY_SIDE: usize = 6;

/// The map of some interviews.
#[derive(Debug)]
pub(super) struct Map<'a> {
    /// Of which interviews.
    pub which: Which<'a>,
    /// How many these are.
    pub interviews: usize,
    /// A column a job, the one that most interviews of the whole study speak to first.
    pub columns: Vec<Column<'a>>,
}

/// What is said about a job.
#[derive(Debug)]
pub(super) struct Column<'a> {
    /// The job; none for statements that speak to none.
    pub job: Option<&'a StudyJob>,
    /// What is said, in the order of [`JOURNEY`]. An empty cell is a gap: nobody speaks of it.
    pub cells: [Voices<'a>; 6],
}

impl<'a> Map<'a> {
    /// The map of a segment. The columns are the same for all segments of a study.
    pub(super) fn of(study: &'a Study, segment: &Segment<'a>) -> Self {
        let column = |job: Option<&'a StudyJob>| {
            let about = job.map_or(About::NoJob, |job| About::Job(&job.job.id));
            Column { job, cells: JOURNEY.map(|ring| Voices::in_ring(&segment.interviews, ring, about)) }
        };
        let columns = columns(study).into_iter().map(column).collect();
        Self { which: segment.which, interviews: segment.interviews.len(), columns }
    }

    /// The columns in parts of about the same size, each with at most [`SIDE_BY_SIDE`].
    pub(super) fn parts(&self) -> impl ExactSizeIterator<Item = &[Column<'a>]> {
        let parts = self.columns.len().div_ceil(SIDE_BY_SIDE).max(1);
        self.columns.chunks(self.columns.len().div_ceil(parts).max(1))
    }

    /// Whether there is something but gaps.
    pub(super) fn says_something(&self) -> bool {
        self.columns.iter().any(Column::says_something)
    }

    /// How many cells nobody speaks of.
    pub(super) fn gaps(&self) -> usize {
        self.columns.iter().flat_map(|column| &column.cells).filter(|cell| cell.is_empty()).count()
    }
}

impl Column<'_> {
    /// Whether anybody speaks of the job on any step.
    pub(super) fn says_something(&self) -> bool {
        self.cells.iter().any(|cell| !cell.is_empty())
    }
}

/// The jobs in the order of columns; last, where there are statements without a job, none.
fn columns(study: &Study) -> Vec<Option<&StudyJob>> {
    let mut jobs: Vec<Option<&StudyJob>> = jobs_by_voices(study).into_iter().map(Some).collect();
    let jobless = study.told().any(|(_, _, statement)| statement.job.is_none() && !statement.rings.is_empty());
    jobs.extend(jobless.then_some(None));
    jobs
}

/// The jobs, the one that most interviews speak to first, else in the study's order.
pub(super) fn jobs_by_voices(study: &Study) -> Vec<&StudyJob> {
    let speaks = |job: &StudyJob| {
        let one = study.interviews.iter();
        one.filter(|interview| interview.statements.iter().any(|told| told.speaks_to(&job.job.id))).count()
    };
    let mut jobs: Vec<&StudyJob> = study.jobs.iter().collect();
    jobs.sort_by_cached_key(|job| Reverse(speaks(job)));
    jobs
}
