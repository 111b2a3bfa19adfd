//! Trains which statements speak to one job.

use rand_chacha::ChaCha8Rng;
use tch::{Kind, Tensor};

use super::bert::Bert;
use super::course::{Course, Progress};
use super::jobs::{Jobs, told_apart};
use super::transformer::Transformer;
use super::{EncodeError, ModelFolder};

/// One project to learn from.
pub struct JobLesson<'a> {
    /// What is encoded of each of its jobs.
    pub jobs: Vec<String>,
    /// Its statements that speak to a job, each with the job's place in `jobs`.
    pub statements: Vec<(&'a str, usize)>,
}

/// Weight of the similarity among statements, that to descriptions being 1.
const AMONG_STATEMENTS: f64 = 0.5;

/// Trains on all lessons and writes `jobs.safetensors`.
///
/// A statement is to be nearer to the description of its job than to those of the project's other jobs, and nearer to the
/// statements of its job than to others; both are compared as they will be, without what all of a project have in common.
/// Source of the second loss: Khosla et al., Supervised Contrastive Learning, 2020 (arXiv 2004.11362).
///
/// # Errors
/// Where the model is unusable or a file cannot be written.
pub fn tune_jobs(
    course: &Course,
    lessons: &[JobLesson],
    progress: &mut dyn FnMut(Progress),
) -> Result<(), EncodeError> {
    let transformer = course.begin()?;
    let bert = transformer.bert(course.folder)?;
    let exercises: Vec<Exercise> =
        lessons.iter().map(|lesson| Exercise::of(lesson, &transformer)).collect::<Result<_, _>>()?;
    let jobs = Jobs::new(bert);
    course.go_on(&jobs.variables, &course.folder.jobs())?;
    let mut loss = |index: usize, _: &mut ChaCha8Rng| Ok(exercises[index].loss(&jobs, bert));
    course.run(ModelFolder::JOBS, &jobs.variables, exercises.len(), &mut loss, progress)
}

/// A lesson as tensors.
struct Exercise {
    /// Token ids of the statements, then those of the jobs.
    ids: Vec<Vec<i64>>,
    /// The job of each statement.
    answers: Tensor,
}

impl Exercise {
    fn of(lesson: &JobLesson, transformer: &Transformer) -> Result<Self, EncodeError> {
        let statements = lesson.statements.iter().map(|(text, _)| *text);
        let texts: Vec<&str> = statements.chain(lesson.jobs.iter().map(String::as_str)).collect();
        let answers: Vec<i64> = lesson.statements.iter().map(|(_, job)| *job as i64).collect();
        Ok(Self { ids: transformer.ids(&texts)?, answers: Tensor::from_slice(&answers) })
    }

    fn loss(&self, jobs: &Jobs, bert: &Bert) -> Tensor {
        let vectors = jobs.vectors_for_training(bert, &self.ids);
        let statements = self.answers.size()[0];
        let described = told_apart(&vectors.narrow(0, statements, vectors.size()[0] - statements));
        let statements = told_apart(&vectors.narrow(0, 0, statements));
        let by_description = jobs.alike(&statements, &described).cross_entropy_for_logits(&self.answers);
        by_description + among(&jobs.alike(&statements, &statements), &self.answers) * AMONG_STATEMENTS
    }
}

/// The mean over statements of how improbable the others of their job are among all others.
fn among(alike: &Tensor, answers: &Tensor) -> Tensor {
    let own = Tensor::eye(alike.size()[0], (Kind::Bool, alike.device()));
    let probable = alike.masked_fill(&own, -1e9).log_softmax(1, Kind::Float);
    let same =
        answers.unsqueeze(1).eq_tensor(&answers.unsqueeze(0)).logical_and(&own.logical_not()).to_kind(Kind::Float);
    let others = same.sum_dim_intlist([1_i64].as_slice(), false, Kind::Float);
    let of_each = (probable * &same).sum_dim_intlist([1_i64].as_slice(), false, Kind::Float) / others.clamp_min(1.0);
    let counted = others.gt(0.0).to_kind(Kind::Float).sum(Kind::Float).clamp_min(1.0);
    -of_each.sum(Kind::Float) / counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_of_one_job_are_drawn_together() {
        let answers = Tensor::from_slice(&[0_i64, 0, 1, 1]);
        let rows = |apart: f32| Tensor::from_slice(&[1.0, 0.0, 1.0, 0.0, 0.0, apart, 0.0, apart]).reshape([4, 2]);
        let loss = |rows: Tensor| among(&(rows.matmul(&rows.transpose(0, 1)) * 5.0), &answers).double_value(&[]);
        assert!(loss(rows(1.0)) < 0.05);
        let mixed = Tensor::from_slice(&[1.0_f32, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0]).reshape([4, 2]);
        assert!(loss(mixed) > 4.0);
    }

    #[test]
    fn a_job_of_one_statement_asks_nothing_of_statements() {
        let answers = Tensor::from_slice(&[0_i64, 1]);
        let loss = among(&Tensor::eye(2, (Kind::Float, tch::Device::Cpu)), &answers);
        assert_eq!(loss.double_value(&[]), 0.0);
    }
}
