//! Which coded statements and which jobs are kept to compare with.

use std::collections::HashSet;

use super::{answers, numbered};
use crate::classify::{Decisions, Example, Examples, JobList, Titles};
use crate::codebook::Ring;
use crate::encode::{EncodeError, Encoder, Reading};
use crate::gold::GoldProject;
use crate::vectors::Vectors;

/// Statements kept of each primary ring, and of those without.
const OF_EACH: usize = 250;

/// Statements of one kind with where they lie.
#[derive(Default)]
struct Kind {
    examples: Vec<Example>,
    meanings: Vec<Vec<f32>>,
}

/// Chooses examples from the interviews that a model learned from, by their [`super::readings`]: of each ring as many, evenly
/// spread over the interviews, among the statements that the model reads as the coder did, no text twice.
pub fn examples(readings: &[Reading], decisions: &Decisions, projects: &[GoldProject]) -> Examples {
    let mut kinds: Vec<Kind> = (0..=Ring::ALL.len()).map(|_| Kind::default()).collect();
    let mut texts = HashSet::new();
    for ((_, gold), reading) in numbered(projects).zip(readings) {
        for (index, code) in answers(gold) {
            let text = gold.statements[index].span.of(gold.transcript.text());
            let suggested = decisions.suggest(reading.scores.row(index), text);
            if suggested.suggested_rings().eq(code.rings.iter()) && texts.insert(text) {
                let kind = &mut kinds[code.rings.primary().map_or(Ring::ALL.len(), Ring::index)];
                kind.examples.push(Example {
                    text: text.to_owned(),
                    rings: code.rings.clone(),
                    transcript: gold.transcript.id.clone(),
                });
                kind.meanings.push(reading.meanings.row(index).to_vec());
            }
        }
    }
    let mut chosen = Vec::new();
    let mut vectors = Vectors::empty(readings.first().map_or(0, |reading| reading.meanings.dimensions()));
    for kind in &kinds {
        let all = kind.examples.len();
        let keep = OF_EACH.min(all);
        for place in (0..keep).map(|number| number * all / keep) {
            chosen.push(kind.examples[place].clone());
            vectors.push(&kind.meanings[place]);
        }
    }
    Examples::new(chosen, vectors)
}

/// The titles of all jobs that a model learned from, and where their descriptions lie.
///
/// # Errors
/// Where the model fails.
pub fn titles(encoder: &dyn Encoder, projects: &[GoldProject]) -> Result<Titles, EncodeError> {
    let jobs = || projects.iter().flat_map(|project| &project.jobs);
    let texts: Vec<String> = jobs().map(JobList::text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let described = encoder.encode_for_jobs(&texts, &mut |_| ())?.vectors;
    Ok(Titles::new(&jobs().map(|job| job.title.as_str()).collect::<Vec<_>>(), &described))
}
