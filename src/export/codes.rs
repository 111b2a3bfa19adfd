//! What statements are coded with, as a tree that a person reads.

use crate::codebook::Ring;
use crate::error::Tongue;
use crate::study::Study;

/// A code, or a group of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What it stands for.
    pub meaning: Meaning,
    /// What a person reads.
    pub name: String,
    /// What it means; may be empty.
    pub description: String,
    /// As `#RRGGBB`.
    pub colour: &'static str,
    /// The codes of a group.
    pub children: Vec<Code>,
}

/// What a code stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// All rings.
    Rings,
    /// One ring.
    Ring(Ring),
    /// All jobs.
    Jobs,
    /// One job, by its id.
    Job(String),
    /// That a statement says why.
    Reason,
}

impl Meaning {
    /// Whether a passage can be coded with it; else it only groups codes.
    pub fn is_codable(&self) -> bool {
        !matches!(self, Self::Rings | Self::Jobs)
    }
}

/// The colour of jobs and of groups.
const GREY: &str = "#7F7F7F";

/// The colour of a ring. People with colour blindness can tell them apart (palette of Okabe and Ito).
pub fn colour(ring: Ring) -> &'static str {
    match ring {
        Ring::Ausloeser => "#D55E00",
        Ring::Erfolg => "#009E73",
        Ring::Huerde => "#E69F00",
        Ring::Einfluss => "#0072B2",
        Ring::Kriterium => "#56B4E9",
        Ring::Mindset => "#CC79A7",
    }
}

/// The codebook of a study: rings, jobs, the reason.
pub fn codebook(study: &Study, tongue: Tongue) -> Vec<Code> {
    let leaf = |meaning, name: &str, description: &str, colour| Code {
        meaning,
        name: name.to_owned(),
        description: description.to_owned(),
        colour,
        children: Vec::new(),
    };
    let rings =
        Ring::ALL.map(|ring| leaf(Meaning::Ring(ring), ring.label(tongue), ring.definition(), colour(ring))).to_vec();
    let job = |job: &crate::codebook::Job| leaf(Meaning::Job(job.id.clone()), &job.title, &job.description, GREY);
    let jobs = study.jobs.iter().map(|one| job(&one.job)).collect();
    let group =
        |meaning, name: &str, description: &str, children| Code { children, ..leaf(meaning, name, description, GREY) };
    vec![
        group(
            Meaning::Rings,
            tongue.pick("Ringe", "Rings"),
            tongue.pick(
                "Fünf Ringe nach Adele Revella und die Nebenbemerkung",
                "Five rings after Adele Revella, and the side remark",
            ),
            rings,
        ),
        group(
            Meaning::Jobs,
            "Jobs",
            tongue.pick(
                "Fortschritt, den eine Firma machen will (Jobs to be done)",
                "Progress that a company wants to make (jobs to be done)",
            ),
            jobs,
        ),
        leaf(
            Meaning::Reason,
            tongue.pick("Begründung", "Reason"),
            tongue.pick("Die Aussage sagt selbst, warum.", "The statement itself says why."),
            GREY,
        ),
    ]
}
