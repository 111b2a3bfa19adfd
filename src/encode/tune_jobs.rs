//! Trains which statements speak to one job.

use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use tch::{Kind, Tensor};

use super::bert::Bert;
use super::course::{Course, Progress};
use super::interview::Interview;
use super::jobs::{Jobs, told_apart};
use super::transformer::Transformer;
use super::{EncodeError, ModelFolder};

/// One project to learn from.
pub struct JobLesson<'a> {
    /// The ways to say each of its jobs, at least one each; which of them is read is drawn anew each time.
    pub jobs: Vec<Vec<String>>,
    /// For each of its interviews, at least one, the statements that speak to a job, in order, at least one: what is said,
    /// and the job's place in `jobs`.
    pub interviews: Vec<Vec<(&'a str, usize)>>,
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
    let mut loss = |index: usize, random: &mut ChaCha8Rng| Ok(exercises[index].loss(&jobs, bert, random));
    course.run(ModelFolder::JOBS, &jobs.variables, exercises.len(), &mut loss, progress)
}

/// A lesson as tensors.
struct Exercise {
    /// Token ids of the ways to say each job.
    jobs: Vec<Vec<Vec<i64>>>,
    interviews: Vec<Interview>,
    /// The job of each statement, interview after interview.
    answers: Tensor,
}

impl Exercise {
    fn of(lesson: &JobLesson, transformer: &Transformer) -> Result<Self, EncodeError> {
        let wordings = |job: &Vec<String>| transformer.ids(&job.iter().map(String::as_str).collect::<Vec<_>>());
        let answers: Vec<i64> = lesson.interviews.iter().flatten().map(|(_, job)| *job as i64).collect();
        let interview = |statements: &Vec<(&str, usize)>| {
            let texts: Vec<&str> = statements.iter().map(|(text, _)| *text).collect();
            Ok(Interview::new(transformer.ids(&texts)?))
        };
        Ok(Self {
            jobs: lesson.jobs.iter().map(wordings).collect::<Result<_, _>>()?,
            interviews: lesson.interviews.iter().map(interview).collect::<Result<_, EncodeError>>()?,
            answers: Tensor::from_slice(&answers),
        })
    }

    fn loss(&self, jobs: &Jobs, bert: &Bert, random: &mut ChaCha8Rng) -> Tensor {
        let said: Vec<Vec<i64>> = self.jobs.iter().filter_map(|wordings| wordings.choose(random).cloned()).collect();
        let described = told_apart(&jobs.vectors_for_training(bert, &said));
        let statements = self.interviews.iter().map(|interview| jobs.statements_for_training(bert, interview));
        let statements = told_apart(&Tensor::cat(&statements.collect::<Vec<_>>(), 0));
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
