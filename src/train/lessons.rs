//! Gold interviews as the story model learns from them.

use crate::classify::features;
use crate::codebook::Ring;
use crate::encode::{Answers, Lesson, TuneParams};
use crate::gold::{self, Code, Gold, GoldProject};
use crate::hash::sha256;

/// One lesson an interview; those in which nobody answers teach nothing and are left out.
pub fn lessons(projects: &[GoldProject]) -> Vec<Lesson<'_>> {
    let lessons = projects.iter().flat_map(|project| &project.interviews).map(lesson);
    lessons.filter(|lesson| lesson.answers.iter().any(Option::is_some)).collect()
}

fn lesson(gold: &Gold) -> Lesson<'_> {
    let statements = gold.statements.iter().zip(&gold.codes);
    let answer = |(statement, code)| gold.transcript.is_respondent(statement).then(|| answers(code));
    Lesson {
        texts: gold.statements.iter().map(|statement| statement.span.of(gold.transcript.text())).collect(),
        features: features(&gold.transcript, &gold.statements),
        answers: statements.map(answer).collect(),
    }
}

fn answers(code: &Code) -> Answers {
    Answers {
        rings: Ring::ALL.map(|ring| code.rings.contains(ring)),
        primary: code.rings.primary().map_or(Ring::ALL.len(), Ring::index),
        reason: code.reason,
        job: code.job.is_some(),
    }
}

/// A hash over what is learned: encoder, gold, and how.
pub fn task(encoder: &str, projects: &[GoldProject], params: &TuneParams) -> String {
    sha256(format!("{encoder}{}{params:?}", gold::hash(projects)).as_bytes())
}
