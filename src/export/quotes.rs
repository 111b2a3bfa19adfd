//! Quotes by job and ring.

use crate::codebook::Ring;
use crate::study::{CodedStatement, Quote, Study, StudyJob};

/// The quotes of a job, or of none, by ring.
#[derive(Debug)]
pub(super) struct Chapter<'a> {
    /// The job; `None` for statements without one.
    pub(super) job: Option<&'a StudyJob>,
    /// The rings that there are quotes of, in the manual's order; last, where there are such, those without a ring.
    pub(super) sections: Vec<(Option<Ring>, Vec<Quote<'a>>)>,
}

/// All quotes: a chapter a job, and one for statements without a job. A statement with two rings stands under both.
pub(super) fn chapters(study: &Study) -> Vec<Chapter<'_>> {
    let jobs = study.jobs.iter().map(Some).chain([None]);
    let chapters = jobs.map(|job| Chapter { job, sections: sections(study, job) });
    chapters.filter(|chapter| !chapter.sections.is_empty()).collect()
}

fn sections<'a>(study: &'a Study, job: Option<&StudyJob>) -> Vec<(Option<Ring>, Vec<Quote<'a>>)> {
    let fits = |statement: &CodedStatement| match job {
        Some(job) => statement.speaks_to(&job.job.id),
        None => statement.job.is_none() && !statement.rings.is_empty(),
    };
    let in_ring = |statement: &CodedStatement, ring: Option<Ring>| match ring {
        Some(ring) => statement.has_ring(ring),
        None => statement.rings.is_empty(),
    };
    let section = |ring: Option<Ring>| {
        let told = study.told().filter(|(_, _, statement)| fits(statement) && in_ring(statement, ring));
        let quotes: Vec<Quote> = told.map(|(interview, _, statement)| Quote { interview, statement }).collect();
        (!quotes.is_empty()).then_some((ring, quotes))
    };
    Ring::ALL.into_iter().map(Some).chain([None]).filter_map(section).collect()
}
