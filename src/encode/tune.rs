//! Trains the model for interviews: low-rank changes of the encoder and the net over the story, all at once.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use tch::{Kind, Reduction, Tensor};

use super::bert::Bert;
use super::interview::Interview;
use super::story::Story;
use super::transformer::{Transformer, tensor};
use super::{EncodeError, ModelFolder, NumberType};
use crate::files::{write_text, write_whole};
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

/// How training goes about. The defaults were chosen on development projects (`docs/experiments.md`).
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub struct TuneParams {
    /// How often every interview is read. Default 4.
    pub epochs: usize,
    /// Where random numbers begin. Default 1.
    pub seed: u64,
    /// Highest step width of the encoder's changes and of the net. Default 0.001.
    pub rate: f64,
    /// Penalty on large weights of the net. Default 0.01.
    pub decay: f64,
    /// Weight of reasons in the loss, one ring's share being 0.5. Default 1.0.
    pub reason_weight: f64,
}

impl Default for TuneParams {
    fn default() -> Self {
        Self { epochs: 4, seed: 1, rate: 1e-3, decay: 0.01, reason_weight: 1.0 }
    }
}

/// How far training is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Interviews read, over all epochs.
    pub done: usize,
    /// Interviews to read, over all epochs.
    pub total: usize,
    /// Mean loss of the epoch so far.
    pub loss: f64,
}

/// Where an unfinished training goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Checkpoint {
    params: TuneParams,
    /// Hash of encoder and lessons.
    task: String,
    /// Epochs that are finished.
    epochs: usize,
}

/// Share of steps over which the step width rises to its highest.
const WARM_UP: f64 = 0.1;
/// Longest gradient.
const CLIP: f64 = 1.0;
const BETAS: (f64, f64) = (0.9, 0.98);
/// Attention to neighbours is moved so many times as fast as all else: it has few numbers and far to go.
const NEIGHBOURS_RATE: f64 = 10.0;
/// Weight of the head that reads statements alone.
const ALONE: f64 = 0.5;

/// Trains on all lessons and writes `story.safetensors` into the folder `out`.
///
/// A checkpoint is kept in `out` after every epoch; called again with the same `task` (a hash of what is learned) and
/// parameters, training goes on there and ends with the same numbers.
///
/// # Errors
/// Where the model is unusable or a file cannot be written.
pub fn tune(
    folder: &ModelFolder,
    lessons: &[Lesson],
    task: &str,
    out: &Path,
    params: &TuneParams,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), EncodeError> {
    let transformer = Transformer::open(folder, NumberType::of_this_processor())?;
    let bert = transformer.bert(folder)?;
    let exercises: Vec<Exercise> =
        lessons.iter().map(|lesson| Exercise::of(lesson, &transformer)).collect::<Result<_, _>>()?;
    let features = lessons.first().map_or(0, |lesson| lesson.features.dimensions());
    tch::manual_seed(params.seed as i64);
    let story = Story::new(bert, features as i64);
    let mut steps = Steps::new(&story, params, params.epochs * exercises.len());
    let files = Files { out: out.to_owned() };
    let checkpoint = |epochs| Checkpoint { params: params.clone(), task: task.to_owned(), epochs };
    let first = files.resume(&checkpoint, &mut steps, exercises.len())?;
    for epoch in first..params.epochs {
        // Each epoch has random numbers of its own, so that one that is begun again is the same.
        let mut random = ChaCha8Rng::seed_from_u64(params.seed);
        random.set_stream(epoch as u64);
        tch::manual_seed((params.seed as i64).wrapping_mul(1000).wrapping_add(epoch as i64));
        let mut order: Vec<usize> = (0..exercises.len()).collect();
        order.shuffle(&mut random);
        let mut sum = 0.0;
        for (place, &index) in order.iter().enumerate() {
            let loss = exercises[index].loss(&story, bert, transformer.padding, params);
            sum += f64::try_from(&loss).map_err(|error| EncodeError::Failed(error.to_string()))?;
            loss.backward();
            steps.step()?;
            let done = epoch * exercises.len() + place + 1;
            progress(Progress { done, total: params.epochs * exercises.len(), loss: sum / (place + 1) as f64 });
        }
        files.keep(&checkpoint(epoch + 1), &steps)?;
    }
    write_whole(&out.join(ModelFolder::STORY), |beside| story.save(beside))?;
    files.remove(params.epochs);
    Ok(())
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

    fn loss(&self, story: &Story, bert: &Bert, padding: i64, params: &TuneParams) -> Tensor {
        let tokens = self.interview.tokens(bert, story, padding, true, &mut |_| ());
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

/// AdamW, whose memory can be written down: tch's own cannot. Source: Loshchilov and Hutter, 2019 (arXiv 1711.05101).
struct Steps {
    /// By name.
    moved: BTreeMap<String, Moved>,
    rate: f64,
    taken: usize,
    total: usize,
}

struct Moved {
    variable: Tensor,
    /// Penalty on large numbers.
    decay: f64,
    /// Step width, as a multiple of the common one.
    pace: f64,
    mean: Tensor,
    square: Tensor,
}

impl Steps {
    fn new(story: &Story, params: &TuneParams, total: usize) -> Self {
        let moved = story.variables.variables().into_iter().map(|(name, variable)| {
            let (decay, pace) = match () {
                () if name.starts_with("encoder") => (0.0, 1.0),
                () if name.starts_with("neighbours") => (0.0, NEIGHBOURS_RATE),
                () => (params.decay, 1.0),
            };
            (name, Moved { decay, pace, mean: variable.zeros_like(), square: variable.zeros_like(), variable })
        });
        Self { moved: moved.collect(), rate: params.rate, taken: 0, total }
    }

    /// Moves every variable.
    ///
    /// # Errors
    /// Where the gradient is no number; nothing is moved then.
    fn step(&mut self) -> Result<(), EncodeError> {
        self.taken += 1;
        let rate = self.rate * schedule(self.taken, self.total);
        let (first, second) = BETAS;
        let correction = |beta: f64| 1.0 - beta.powf(self.taken as f64);
        let (first_correction, second_correction) = (correction(first), correction(second));
        let gradients: Vec<Tensor> = self.moved.values().map(|one| one.variable.grad()).collect();
        let squares: f64 =
            gradients.iter().filter(|g| g.defined()).map(|g| g.square().sum(Kind::Double).double_value(&[])).sum();
        if !squares.is_finite() {
            return Err(EncodeError::Failed("training came to numbers without end; try a lower rate".into()));
        }
        let shortened = (CLIP / (squares.sqrt() + 1e-6)).min(1.0);
        tch::no_grad(|| {
            for (one, gradient) in self.moved.values_mut().zip(gradients).filter(|(_, gradient)| gradient.defined()) {
                let mut gradient = gradient;
                let scaled = &gradient * shortened;
                one.mean = &one.mean * first + &scaled * (1.0 - first);
                one.square = &one.square * second + scaled.square() * (1.0 - second);
                let width = (&one.square / second_correction).sqrt() + 1e-8;
                let change = &one.mean / first_correction / width + &one.variable * one.decay;
                let _ = one.variable.g_sub_(&(change * (rate * one.pace)));
                let _ = gradient.zero_();
            }
        });
        Ok(())
    }
}

/// Rises over the warm-up, then falls to nothing; in [0, 1].
fn schedule(step: usize, total: usize) -> f64 {
    let warm = (WARM_UP * total as f64).max(1.0);
    let left = (total as f64 - step as f64) / (total as f64 - warm).max(1.0);
    (step as f64 / warm).min(left).clamp(0.0, 1.0)
}

/// The files of an unfinished training.
struct Files {
    out: PathBuf,
}

impl Files {
    fn numbers(&self, epochs: usize) -> PathBuf {
        self.out.join(format!("checkpoint-{epochs}.safetensors"))
    }

    fn description(&self) -> PathBuf {
        self.out.join("checkpoint.json")
    }

    /// Loads a checkpoint of the same training, where there is one; says how many epochs it has behind it.
    fn resume(
        &self,
        wanted: &dyn Fn(usize) -> Checkpoint,
        steps: &mut Steps,
        interviews: usize,
    ) -> Result<usize, EncodeError> {
        let Ok(source) = fs::read_to_string(self.description()) else { return Ok(0) };
        let Ok(found) = serde_json::from_str::<Checkpoint>(&source) else { return Ok(0) };
        if found != wanted(found.epochs) {
            return Ok(0);
        }
        let path = self.numbers(found.epochs);
        let malformed = |problem: String| EncodeError::Malformed { path: path.clone(), problem };
        let tensors = Tensor::read_safetensors(&path).map_err(|error| malformed(error.to_string()))?;
        for (name, tensor) in tensors {
            let (kind, name) = name.split_once('/').ok_or_else(|| malformed(name.clone()))?;
            let one = steps.moved.get_mut(name).ok_or_else(|| malformed(format!("{name} is unknown")))?;
            if tensor.size() != one.variable.size() {
                return Err(malformed(format!("{name} has shape {:?}", tensor.size())));
            }
            match kind {
                "mean" => one.mean = tensor,
                "square" => one.square = tensor,
                _ => tch::no_grad(|| one.variable.copy_(&tensor)),
            }
        }
        steps.taken = found.epochs * interviews;
        Ok(found.epochs)
    }

    /// Keeps a checkpoint. Numbers and description name their epoch, so that one that is half written is never taken.
    fn keep(&self, checkpoint: &Checkpoint, steps: &Steps) -> Result<(), EncodeError> {
        let named = steps.moved.iter().flat_map(|(name, one)| {
            let tensors = [("now", &one.variable), ("mean", &one.mean), ("square", &one.square)];
            tensors.map(|(kind, tensor)| (format!("{kind}/{name}"), tensor.detach()))
        });
        let path = self.numbers(checkpoint.epochs);
        Tensor::write_safetensors(&named.collect::<Vec<_>>(), &path)
            .map_err(|error| EncodeError::Failed(format!("{}: {error}", path.display())))?;
        let description = serde_json::to_string(checkpoint).map_err(|error| EncodeError::Failed(error.to_string()))?;
        write_text(&self.description(), &description)?;
        // The one before is not needed any more; it may not be there.
        let _ = fs::remove_file(self.numbers(checkpoint.epochs - 1));
        Ok(())
    }

    fn remove(&self, epochs: usize) {
        // What is left over of a finished training does no harm.
        let _ = fs::remove_file(self.description());
        let _ = fs::remove_file(self.numbers(epochs));
    }
}
