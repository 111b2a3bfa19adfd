//! Trains the model for interviews: low-rank changes of the encoder and the net over the story, all at once.

use std::ops::Range;

use rand_chacha::ChaCha8Rng;
use tch::{Reduction, Tensor};

use super::bert::Bert;
use super::changes::Training;
use super::course::{Course, Progress, TuneParams};
use super::interview::Interview;
use super::story::Story;
use super::transformer::{Transformer, tensor};
use super::{EncodeError, ModelFolder};
use crate::scores;
use crate::vectors::Vectors;

/// What a coder gave to one respondent statement, as the model learns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// Which of the six rings, in the codebook's order.
    pub rings: [bool; 6],
    /// The more central one, 0 to 5; 6 for none.
    pub primary: usize,
    /// Whether it says why.
    pub reason: bool,
    /// Whether it speaks to some job.
    pub job: bool,
}

/// One interview to learn from.
pub struct Lesson<'a> {
    /// All its statements in order, the interviewer's too.
    pub texts: Vec<&'a str>,
    /// Further numbers about each: `(statements, features)`.
    pub features: Vectors,
    /// What the coder gave; `None` for the interviewer's.
    pub answers: Vec<Option<Answers>>,
}

/// Weight of the head that reads statements alone.
const ALONE: f64 = 0.5;
/// Step width, as a multiple of the common one.
const PACE: f64 = 2.0;

/// Trains on all lessons and writes `story.safetensors`.
///
/// # Errors
/// Where the model is unusable or a file cannot be written.
pub fn tune_story(course: &Course, lessons: &[Lesson], progress: &mut dyn FnMut(Progress)) -> Result<(), EncodeError> {
    let params = TuneParams { rate: PACE * course.params.rate, ..course.params.clone() };
    let course = Course { params: &params, ..*course };
    let transformer = course.begin()?;
    let bert = transformer.bert(course.folder)?;
    let exercises: Vec<Exercise> =
        lessons.iter().map(|lesson| Exercise::of(lesson, &transformer)).collect::<Result<_, _>>()?;
    let features = lessons.first().map_or(0, |lesson| lesson.features.dimensions());
    let story = Story::new(bert, features as i64);
    course.go_on(&story.variables, &course.folder.story())?;
    let mut loss = |one: &[usize], _: &mut ChaCha8Rng| Ok(exercises[one[0]].loss(&story, bert, course.params));
    course.run(ModelFolder::STORY, &story.variables, exercises.len(), 1, &mut loss, progress)
}

/// A lesson as tensors.
struct Exercise {
    interview: Interview,
    /// `(statements, features)`.
    features: Tensor,
    /// Indices of the respondents' statements.
    respondents: Tensor,
    /// `(respondents' statements, 6)`.
    rings: Tensor,
    primary: Tensor,
    reason: Tensor,
    job: Tensor,
}

impl Exercise {
    fn of(lesson: &Lesson, transformer: &Transformer) -> Result<Self, EncodeError> {
        let answered: Vec<(i64, Answers)> = (0..).zip(&lesson.answers).filter_map(|(n, a)| Some((n, (*a)?))).collect();
        let floats = |number: &dyn Fn(&Answers) -> bool| {
            let numbers: Vec<f32> = answered.iter().map(|(_, answers)| f32::from(u8::from(number(answers)))).collect();
            Tensor::from_slice(&numbers)
        };
        let rings: Vec<Tensor> = (0..6).map(|ring| floats(&|answers: &Answers| answers.rings[ring])).collect();
        Ok(Self {
            interview: Interview::new(transformer.ids(&lesson.texts)?),
            features: tensor(&lesson.features),
            respondents: Tensor::from_slice(&answered.iter().map(|one| one.0).collect::<Vec<i64>>()),
            rings: Tensor::stack(&rings, 1),
            primary: Tensor::from_slice(&answered.iter().map(|one| one.1.primary as i64).collect::<Vec<i64>>()),
            reason: floats(&|answers| answers.reason),
            job: floats(&|answers| answers.job),
        })
    }

    fn loss(&self, story: &Story, bert: &Bert, params: &TuneParams) -> Tensor {
        let changes = Training::of(&story.changes);
        let tokens = self.interview.tokens(bert, &story.neighbours, Some(&changes), &mut |_| ());
        let (told, alone) = story.scores_for_training(&self.interview.statements(&tokens), &self.features);
        self.loss_of(&told, params) + self.loss_of(&alone, params) * ALONE
    }

    fn loss_of(&self, scores: &Tensor, params: &TuneParams) -> Tensor {
        let scores = scores.index_select(0, &self.respondents);
        let part = |range: &Range<usize>| scores.narrow(1, range.start as i64, range.len() as i64);
        let yes_no = |scores: &Tensor, answers: &Tensor| {
            scores.binary_cross_entropy_with_logits::<Tensor>(answers, None, None, Reduction::Mean)
        };
        let rings = yes_no(&part(&scores::RINGS), &self.rings) * 3.0;
        let primary = part(&scores::PRIMARY).cross_entropy_for_logits(&self.primary);
        let reason = yes_no(&scores.select(1, scores::REASON as i64), &self.reason) * params.reason_weight;
        let job = yes_no(&scores.select(1, scores::JOB as i64), &self.job) * 0.3;
        rings + primary + reason + job
    }
}
