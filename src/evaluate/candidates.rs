//! Are candidate jobs jobs: the engine's groups of statements against the coders' jobs, project by project.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Figure, Item, Measured, Reason, Table, adjusted_mutual_information, adjusted_rand, bcubed, measure, purities,
    singletons, unassigned, v_measure,
};

/// Figures on candidate jobs, over statements that have a gold job. Each is the mean over projects; intervals draw whole
/// projects, since a sample of interviews would count the same statement twice as if two belonged together.
#[derive(Debug, Clone, Serialize)]
pub struct Clusters {
    /// Share of a candidate's statements that share a statement's job.
    pub bcubed_precision: Measured,
    /// Share of a job's statements that share a statement's candidate.
    pub bcubed_recall: Measured,
    /// Harmonic mean of both, project by project.
    pub bcubed_f: Measured,
    /// Adjusted Rand index.
    pub adjusted_rand: Measured,
    /// Adjusted mutual information.
    pub adjusted_mutual_information: Measured,
    /// V-measure; rises with the number of candidates, so the two above count more.
    pub v_measure: Measured,
    /// Share of statements that are in no candidate.
    pub unassigned: Measured,
    /// Each candidate of each project.
    pub candidates: Vec<Candidate>,
}

/// One candidate job.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate {
    /// The project.
    pub project: String,
    /// Its number there.
    pub id: usize,
    /// Statements with a gold job in it.
    pub statements: u64,
    /// Share of the most frequent gold job among these, or null.
    pub purity: Figure,
}

/// A statement with a gold job.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// Its job.
    pub job: &'a str,
    /// Its candidate.
    pub candidate: Option<usize>,
}

/// The figures of one project.
struct Project {
    bcubed: [Figure; 3],
    adjusted_rand: Figure,
    adjusted_mutual_information: Figure,
    v_measure: Figure,
    unassigned: Figure,
}

impl Clusters {
    /// Draws the figures from each project's statements with a gold job.
    pub fn of(projects: &BTreeMap<&str, Vec<Placed>>) -> Self {
        let figures: Vec<Project> = projects.values().map(|placed| Project::of(placed)).collect();
        let mean = |figure: fn(&Project) -> Figure| {
            let each: Vec<Figure> = figures.iter().map(figure).collect();
            measure(each.len(), |sample| mean(sample.iter().map(|&project| each[project])))
        };
        Self {
            bcubed_precision: mean(|project| project.bcubed[0]),
            bcubed_recall: mean(|project| project.bcubed[1]),
            bcubed_f: mean(|project| project.bcubed[2]),
            adjusted_rand: mean(|project| project.adjusted_rand),
            adjusted_mutual_information: mean(|project| project.adjusted_mutual_information),
            v_measure: mean(|project| project.v_measure),
            unassigned: mean(|project| project.unassigned),
            candidates: projects.iter().flat_map(|(project, placed)| candidates(project, placed)).collect(),
        }
    }
}

impl Project {
    fn of(placed: &[Placed]) -> Self {
        let assigned: Vec<Option<usize>> = placed.iter().map(|one| one.candidate).collect();
        let clusters = singletons(&assigned);
        let jobs = numbered(placed);
        let items: Vec<Item> = jobs.iter().zip(&clusters).map(|(&job, &cluster)| Item::new([cluster], [job])).collect();
        let table = table(&jobs, &clusters);
        let bcubed = bcubed(&items);
        Self {
            bcubed: [bcubed.precision, bcubed.recall, bcubed.f],
            adjusted_rand: adjusted_rand(&table),
            adjusted_mutual_information: adjusted_mutual_information(&table),
            v_measure: v_measure(&table),
            unassigned: unassigned(&assigned).figure(),
        }
    }
}

/// Each statement's job as a number, in the order of names.
fn numbered(placed: &[Placed]) -> Vec<usize> {
    let known: BTreeSet<&str> = placed.iter().map(|one| one.job).collect();
    placed.iter().map(|one| known.iter().take_while(|&&job| job < one.job).count()).collect()
}

fn table(rows: &[usize], columns: &[usize]) -> Table {
    let size = |numbers: &[usize]| numbers.iter().max().map_or(0, |&highest| highest + 1);
    Table::count(size(rows), size(columns), rows.iter().copied().zip(columns.iter().copied()))
}

fn candidates(project: &str, placed: &[Placed]) -> Vec<Candidate> {
    let inside: Vec<Placed> = placed.iter().copied().filter(|one| one.candidate.is_some()).collect();
    let mut ids: Vec<usize> = inside.iter().filter_map(|one| one.candidate).collect();
    ids.sort_unstable();
    ids.dedup();
    let clusters = singletons(&inside.iter().map(|one| one.candidate).collect::<Vec<_>>());
    let table = table(&numbered(&inside), &clusters);
    let sizes = table.column_sums();
    let each = ids.into_iter().zip(sizes).zip(purities(&table));
    each.map(|((id, statements), purity)| Candidate { project: project.to_owned(), id, statements, purity }).collect()
}

/// The mean of the figures that could be computed.
pub(super) fn mean(figures: impl Iterator<Item = Figure>) -> Figure {
    let values: Vec<f64> = figures.filter_map(Figure::value).collect();
    Figure::ratio(values.iter().sum(), values.len() as f64, Reason::NoItems)
}
