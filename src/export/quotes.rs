//! Quotes by job and ring.

use crate::codebook::Ring;
use crate::error::Tongue;
use crate::study::{CodedStatement, Origin, Quote, Study, StudyJob, voices};

/// The quotes of a job, or of none, by ring.
#[derive(Debug)]
pub(super) struct Chapter<'a> {
    /// The job; `None` for statements without one.
    pub(super) job: Option<&'a StudyJob>,
    /// The rings that there are quotes of, in the manual's order; last, where there are such, those without a ring.
    pub(super) sections: Vec<(Option<Ring>, Vec<Quote<'a>>)>,
}

impl Chapter<'_> {
    /// The job, with a word that it is only suggested.
    pub(super) fn title(&self, tongue: Tongue) -> String {
        let Some(job) = self.job else { return tongue.pick("Ohne Job", "Without a job").to_owned() };
        let suggested = if job.confirmed { "" } else { tongue.pick(" (Vorschlag)", " (suggestion)") };
        format!("{}{suggested}", job.job.title)
    }

    /// What the job is about, where somebody says so.
    pub(super) fn description(&self) -> Option<&str> {
        self.job.map(|job| job.job.description.as_str()).filter(|description| !description.is_empty())
    }
}

impl Quote<'_> {
    /// Who says it, where and when, and that it is only suggested.
    pub(super) fn source(&self, tongue: Tongue) -> String {
        let Self { interview, statement } = self;
        let time = interview.turn(statement).start.map(|start| format!(", {start}")).unwrap_or_default();
        let (id, speaker) = (interview.id(), &interview.speaker(statement).name);
        format!("{id}, {speaker}{time}{}", mark(statement, tongue))
    }
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

/// What quotes of a ring stand under.
pub(super) fn heading(ring: Option<Ring>, tongue: Tongue) -> &'static str {
    ring.map_or(tongue.pick("Ohne Ring", "Without a ring"), |ring| ring.label(tongue))
}

/// How many quotes there are, and from how many interviews.
pub(super) fn size(quotes: &[Quote], tongue: Tongue) -> String {
    let (count, voices) = (quotes.len(), voices(quotes));
    tongue
        .pick(format!("Interviews: {voices}, Aussagen: {count}"), format!("Interviews: {voices}, statements: {count}"))
}

/// That a quote stands where it stands because the engine suggests so.
fn mark(statement: &CodedStatement, tongue: Tongue) -> String {
    let origins = statement.rings.iter().map(|ring| &ring.origin).chain(statement.job.iter().map(|job| &job.origin));
    let lowest = origins.filter_map(Origin::probability).reduce(f32::min);
    lowest.map_or(String::new(), |p| {
        let percent = (f64::from(p) * 100.0).round();
        tongue.pick(format!(" · Vorschlag ({percent} %)"), format!(" · suggestion ({percent} %)"))
    })
}
