//! Trains which statements speak to one job.

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use tch::{Kind, Tensor};

use super::batches::UNSEEN;
use super::bert::Bert;
use super::course::{Course, Progress};
use super::interview::Interview;
use super::jobs::{Jobs, texts, told_apart};
use super::transformer::Transformer;
use super::{EncodeError, ModelFolder};

/// One project to learn from.
pub struct JobLesson<'a> {
    /// The ways to say each of its jobs, at least one each; which of them is read is drawn anew each time.
    pub jobs: Vec<Vec<String>>,
    /// For each of its interviews, at least one, the statements that speak to a job, in order, at least one.
    pub interviews: Vec<Vec<JobStatement<'a>>>,
}

/// A statement that speaks to a job.
#[derive(Debug, Clone, Copy)]
pub struct JobStatement<'a> {
    /// What is said.
    pub text: &'a str,
    /// The job's place in the lesson's `jobs`.
    pub job: usize,
    /// What is wanted in just this statement, in a few other words, where somebody wrote that down.
    pub need: Option<&'a str>,
}

/// Projects that are read in one step, so that a statement's job is told from those of other projects, too.
const TOGETHER: usize = 2;
/// Share of a text's tokens that are left out each time it is read: whole texts are soon known by heart.
const LEFT_OUT: f64 = 0.2;
/// Weights of what is learned, telling a statement's job by its description being 1: similarity among statements, telling the job
/// from those of other projects, telling what is wanted from what is wanted where other jobs are meant, and telling its job.
const AMONG_STATEMENTS: f64 = 0.5;
const AMONG_PROJECTS: f64 = 0.5;
const OWN_NEED: f64 = 0.5;
const NEED_OF_JOB: f64 = 0.25;
/// Jobs of other projects whose descriptions are more alike than this, for the encoder as it came, are not told apart.
const SAME_ELSEWHERE: f64 = 0.5;

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
        lessons.iter().map(|lesson| Exercise::of(lesson, &transformer, bert)).collect::<Result<_, _>>()?;
    let jobs = Jobs::new(bert);
    course.go_on(&jobs.variables, &course.folder.jobs())?;
    let mut loss = |some: &[usize], random: &mut ChaCha8Rng| {
        let read: Vec<Read> = some.iter().map(|&index| exercises[index].read(&jobs, bert, random)).collect();
        let own: Tensor = read.iter().map(|read| read.loss(&jobs)).sum();
        Ok(own / read.len() as f64 + among_projects(&jobs, &read) * AMONG_PROJECTS)
    };
    course.run(ModelFolder::JOBS, &jobs.variables, exercises.len(), TOGETHER, &mut loss, progress)
}

/// A lesson as tensors.
struct Exercise {
    /// Token ids of the ways to say each job.
    jobs: Vec<Vec<Vec<i64>>>,
    /// Token ids of the statements of each interview.
    interviews: Vec<Vec<Vec<i64>>>,
    /// The job of each statement, interview after interview.
    answers: Vec<i64>,
    /// Token ids of what is wanted in statements, and which statements these are.
    needs: Vec<Vec<i64>>,
    with_need: Vec<i64>,
    /// What the encoder as it came makes of each job `(jobs, hidden)`.
    as_it_came: Tensor,
}

impl Exercise {
    fn of(lesson: &JobLesson, transformer: &Transformer, bert: &Bert) -> Result<Self, EncodeError> {
        let ids = |texts: &[&str]| transformer.ids(texts);
        let wordings = |job: &Vec<String>| ids(&job.iter().map(String::as_str).collect::<Vec<_>>());
        let jobs: Vec<Vec<Vec<i64>>> = lesson.jobs.iter().map(wordings).collect::<Result<_, _>>()?;
        let interview = |statements: &Vec<JobStatement>| {
            ids(&statements.iter().map(|statement| statement.text).collect::<Vec<_>>())
        };
        let statements = || lesson.interviews.iter().flatten();
        let needs: Vec<(i64, &str)> = (0..).zip(statements()).filter_map(|(n, one)| Some((n, one.need?))).collect();
        let described = |wordings: &Vec<Vec<i64>>| {
            let all = texts(wordings, |batch| batch.means(&bert.texts(batch, bert.depth(), None)));
            all.mean_dim([0_i64].as_slice(), false, Kind::Float)
        };
        Ok(Self {
            as_it_came: tch::no_grad(|| Tensor::stack(&jobs.iter().map(described).collect::<Vec<_>>(), 0)),
            jobs,
            interviews: lesson.interviews.iter().map(interview).collect::<Result<_, EncodeError>>()?,
            answers: statements().map(|one| one.job as i64).collect(),
            needs: ids(&needs.iter().map(|one| one.1).collect::<Vec<_>>())?,
            with_need: needs.iter().map(|one| one.0).collect(),
        })
    }

    fn read(&self, jobs: &Jobs, bert: &Bert, random: &mut ChaCha8Rng) -> Read {
        let mut thinned = |ids: &Vec<i64>| thinned(ids, random);
        let statements: Vec<Tensor> = self
            .interviews
            .iter()
            .map(|interview| Interview::new(interview.iter().map(&mut thinned).collect()))
            .map(|interview| jobs.statements_for_training(bert, &interview))
            .collect();
        let needs: Vec<Vec<i64>> = self.needs.iter().map(&mut thinned).collect();
        let said: Vec<Vec<i64>> = self.jobs.iter().filter_map(|wordings| wordings.choose(random).cloned()).collect();
        let said: Vec<Vec<i64>> = said.iter().map(|ids| self::thinned(ids, random)).collect();
        Read {
            statements: Tensor::cat(&statements, 0),
            described: jobs.vectors_for_training(bert, &said),
            answers: Tensor::from_slice(&self.answers),
            needs: (!needs.is_empty()).then(|| jobs.vectors_for_training(bert, &needs)),
            with_need: Tensor::from_slice(&self.with_need),
            as_it_came: self.as_it_came.shallow_clone(),
        }
    }
}

/// Some of a text's tokens, always those that the model puts around it.
fn thinned(ids: &[i64], random: &mut ChaCha8Rng) -> Vec<i64> {
    let last = ids.len().saturating_sub(1);
    let kept = ids.iter().enumerate().filter(|&(at, _)| at == 0 || at == last || !random.random_bool(LEFT_OUT));
    kept.map(|(_, &id)| id).collect()
}

/// What the model makes of a project.
struct Read {
    /// `(statements, hidden)`.
    statements: Tensor,
    /// `(jobs, hidden)`.
    described: Tensor,
    /// The job of each statement.
    answers: Tensor,
    /// What is wanted in some statements `(statements with a need, hidden)`, and which these are.
    needs: Option<Tensor>,
    with_need: Tensor,
    /// What the encoder as it came makes of each job `(jobs, hidden)`.
    as_it_came: Tensor,
}

impl Read {
    fn loss(&self, jobs: &Jobs) -> Tensor {
        let (statements, described) = (told_apart(&self.statements), told_apart(&self.described));
        let by_description = jobs.alike(&statements, &described).cross_entropy_for_logits(&self.answers);
        let loss = by_description + among(&jobs.alike(&statements, &statements), &self.answers) * AMONG_STATEMENTS;
        let Some(needs) = &self.needs else { return loss };
        let needs = told_apart(needs);
        let (statements, answers) =
            (statements.index_select(0, &self.with_need), self.answers.index_select(0, &self.with_need));
        let own = Tensor::arange(needs.size()[0], (Kind::Int64, needs.device()));
        let own_need = jobs
            .alike(&statements, &needs)
            .masked_fill(&others_of_the_job(&answers), UNSEEN)
            .cross_entropy_for_logits(&own);
        let of_job = jobs.alike(&needs, &described).cross_entropy_for_logits(&answers);
        loss + own_need * OWN_NEED + of_job * NEED_OF_JOB
    }
}

/// How improbable statements find their job among all jobs of some projects.
fn among_projects(jobs: &Jobs, read: &[Read]) -> Tensor {
    let all = |part: fn(&Read) -> &Tensor| Tensor::cat(&read.iter().map(part).collect::<Vec<_>>(), 0);
    let first = read.iter().scan(0, |next, read| {
        *next += read.described.size()[0];
        Some(*next - read.described.size()[0])
    });
    let answers: Vec<Tensor> = read.iter().zip(first).map(|(read, first)| &read.answers + first).collect();
    let answers = Tensor::cat(&answers, 0);
    let as_it_came = told_apart(&all(|read| &read.as_it_came));
    let same = as_it_came.matmul(&as_it_came.transpose(0, 1)).gt(SAME_ELSEWHERE);
    let same = without_itself(&same);
    let alike = jobs.alike(&told_apart(&all(|read| &read.statements)), &told_apart(&all(|read| &read.described)));
    alike.masked_fill(&same.index_select(0, &answers), UNSEEN).cross_entropy_for_logits(&answers)
}

/// Which pairs of statements speak to one job, no statement with itself.
fn others_of_the_job(answers: &Tensor) -> Tensor {
    without_itself(&answers.unsqueeze(1).eq_tensor(&answers.unsqueeze(0)))
}

/// Pairs without those of a thing with itself.
fn without_itself(pairs: &Tensor) -> Tensor {
    pairs.logical_and(&Tensor::eye(pairs.size()[0], (Kind::Bool, pairs.device())).logical_not())
}

/// The mean over statements of how improbable the others of their job are among all others.
fn among(alike: &Tensor, answers: &Tensor) -> Tensor {
    let own = Tensor::eye(alike.size()[0], (Kind::Bool, alike.device()));
    let probable = alike.masked_fill(&own, -1e9).log_softmax(1, Kind::Float);
    let same = others_of_the_job(answers).to_kind(Kind::Float);
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
