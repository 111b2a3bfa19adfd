//! Gold interviews as what is learned from them: rings and reasons, boundaries, jobs, names.

use std::collections::HashSet;

use super::with_job;
use crate::classify::{JobList, features};
use crate::codebook::{Job, Ring};
use crate::encode::{Answers, CutLesson, JobLesson, JobStatement, Lesson, NameLesson, Named, TuneParams};
use crate::gold::{self, Code, Gold, GoldProject, NameLists, Names};
use crate::hash::sha256;
use crate::text::{self, ByteSpan};
use crate::transcript::Turn;

/// One lesson an interview; those in which nobody answers teach nothing and are left out.
pub fn lessons(projects: &[GoldProject]) -> Vec<Lesson<'_>> {
    let lessons = projects.iter().flat_map(|project| &project.interviews).map(lesson);
    lessons.filter(|lesson| lesson.answers.iter().any(Option::is_some)).collect()
}

fn lesson(gold: &Gold) -> Lesson<'_> {
    let statements = gold.statements.iter().zip(&gold.codes);
    let answer = |(statement, code)| gold.transcript.is_respondent(statement).then(|| answers(code));
    Lesson {
        texts: texts(gold),
        features: features(&gold.transcript, &gold.statements),
        answers: statements.map(answer).collect(),
    }
}

fn texts(gold: &Gold) -> Vec<&str> {
    gold.statements.iter().map(|statement| statement.span.of(gold.transcript.text())).collect()
}

fn answers(code: &Code) -> Answers {
    Answers {
        rings: Ring::ALL.map(|ring| code.rings.contains(ring)),
        primary: code.rings.primary().map_or(Ring::ALL.len(), Ring::index),
        reason: code.reason,
        job: code.job.is_some(),
    }
}

/// The words of each turn of each interview, and with which of them a statement ends; interviews of single words are left
/// out.
pub fn cut_lessons(projects: &[GoldProject]) -> Vec<CutLesson<'_>> {
    let lessons = projects.iter().flat_map(|project| &project.interviews).map(cut_lesson);
    lessons.filter(|lesson| lesson.turns.iter().any(|turn| turn.len() > 1)).collect()
}

fn cut_lesson(gold: &Gold) -> CutLesson<'_> {
    let ends: HashSet<usize> = gold.statements.iter().map(|statement| statement.span.end).collect();
    let turn = |turn: &Turn| {
        let text = gold.transcript.turn_text(turn);
        text::words(text).map(|word| (word.of(text), ends.contains(&(turn.span.start + word.end)))).collect()
    };
    CutLesson { turns: gold.transcript.turns().iter().map(turn).collect() }
}

/// The statements of each project that speak to a job; projects in which none does are left out.
pub fn job_lessons(projects: &[GoldProject]) -> Vec<JobLesson<'_>> {
    projects.iter().map(job_lesson).filter(|lesson| !lesson.interviews.is_empty()).collect()
}

fn job_lesson(project: &GoldProject) -> JobLesson<'_> {
    let wordings = |job: &Job| {
        let others = project.wordings.get(&job.id).into_iter().flatten().cloned();
        std::iter::once(JobList::text(job)).chain(others).collect()
    };
    JobLesson {
        jobs: project.jobs.iter().map(wordings).collect(),
        interviews: project
            .interviews
            .iter()
            .map(|gold| speaking(project, gold))
            .filter(|speaking| !speaking.is_empty())
            .collect(),
    }
}

fn speaking<'a>(project: &'a GoldProject, gold: &'a Gold) -> Vec<JobStatement<'a>> {
    let needs = project.needs.get(&gold.transcript.id).map_or(&[][..], Vec::as_slice);
    let statement = |(place, (text, job)): (usize, (&'a str, usize))| {
        let need = needs.get(place).map(String::as_str);
        JobStatement { text, job, need }
    };
    with_job(project, gold).enumerate().map(statement).collect()
}

/// The interviews whose names are listed to learn from, word by word.
pub fn name_lessons<'a>(projects: &'a [GoldProject], lists: &NameLists) -> Vec<NameLesson<'a>> {
    let interviews = projects.iter().flat_map(|project| &project.interviews);
    interviews.filter_map(|gold| Some(name_lesson(gold, lists.learn.get(&gold.transcript.id)?))).collect()
}

fn name_lesson<'a>(gold: &'a Gold, names: &Names) -> NameLesson<'a> {
    let turn = |turn: &Turn| {
        let text = gold.transcript.turn_text(turn);
        let named = |end: &mut usize, span: ByteSpan| {
            let (gap, word) = (&text[*end..span.start], span.of(text));
            *end = span.end;
            Some(Named { gap, word, kind: names.kind(word) })
        };
        text::bare_words(text).scan(0, named).collect()
    };
    NameLesson { turns: gold.transcript.turns().iter().map(turn).collect() }
}

/// A hash over what is learned: encoder, gold, and how.
pub fn task(encoder: &str, projects: &[GoldProject], params: &TuneParams) -> String {
    sha256(format!("{encoder}{}{params:?}", gold::hash(projects)).as_bytes())
}
