//! Which coded statements and which jobs are kept to compare with.

use std::collections::HashSet;

use super::answers;
use crate::classify::{Decisions, Example, Examples, JobList, Titles};
use crate::codebook::Ring;
use crate::encode::{EncodeError, Encoder};
use crate::gold::{Gold, GoldProject};
use crate::pipeline;
use crate::vectors::Vectors;

/// Statements kept of each primary ring, and of those without.
const OF_EACH: usize = 250;
/// Interviews that are read for them: so many have enough of each ring, and more would only take longer.
const INTERVIEWS: usize = 250;

/// Statements of one kind with where they lie.
#[derive(Default)]
struct Kind {
    examples: Vec<Example>,
    meanings: Vec<Vec<f32>>,
}

/// The interviews that examples are chosen from, about 250 where there are more: of each project as many, beginning with another
/// one in each.
pub fn example_sources(projects: &[GoldProject]) -> impl Iterator<Item = &Gold> {
    let of_each = INTERVIEWS.div_ceil(projects.len().max(1));
    projects.iter().enumerate().flat_map(move |(number, project)| {
        let all = project.interviews.len();
        project.interviews.iter().cycle().skip(number % all.max(1)).take(of_each.min(all))
    })
}

/// Chooses examples from [`example_sources`] of what a model learned from: of each ring as many, evenly spread over the
/// interviews, among the statements that the model reads as the coder did, no text twice. `done` is told how many further
/// statements are read.
///
/// # Errors
/// Where the model fails.
pub fn examples(
    encoder: &dyn Encoder,
    decisions: &Decisions,
    projects: &[GoldProject],
    done: &mut dyn FnMut(usize),
) -> Result<Examples, EncodeError> {
    let mut kinds: Vec<Kind> = (0..=Ring::ALL.len()).map(|_| Kind::default()).collect();
    let mut texts = HashSet::new();
    for gold in example_sources(projects) {
        let reading = pipeline::read_story(encoder, &gold.transcript, &gold.statements, done)?;
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
    let mut vectors = Vectors::empty(encoder.dimensions());
    for kind in &kinds {
        let all = kind.examples.len();
        let keep = OF_EACH.min(all);
        for place in (0..keep).map(|number| number * all / keep) {
            chosen.push(kind.examples[place].clone());
            vectors.push(&kind.meanings[place]);
        }
    }
    Ok(Examples::new(chosen, vectors))
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
