//! How something is learned: the order of exercises, the optimiser, checkpoints. What is learned stands elsewhere.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use tch::nn::VarStore;
use tch::{Kind, Tensor};

use super::transformer::Transformer;
use super::{EncodeError, ModelFolder, NumberType, weights};
use crate::error::IoError;
use crate::files::{write_text, write_whole};

/// How training goes about. The defaults were chosen on development projects (`docs/experiments.md`).
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub struct TuneParams {
    /// How often every interview is read. Default 1.
    pub epochs: usize,
    /// Where random numbers begin. Default 1.
    pub seed: u64,
    /// Highest step width of the encoder's changes and of nets; the story takes twice as much. Default 0.001.
    pub rate: f64,
    /// Penalty on large weights of the net. Default 0.01.
    pub decay: f64,
    /// Weight of reasons in the loss, one ring's share being 0.5. Default 1.0.
    pub reason_weight: f64,
    /// What to begin with. Default [`Beginning::Anew`].
    pub beginning: Beginning,
    /// Steps from one checkpoint to the next. Default 50, a few minutes.
    pub keep_every: usize,
}

/// What training begins with.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
pub enum Beginning {
    /// The encoder as it came.
    Anew,
    /// What the model has learned already.
    Learned,
    /// The same, and it ends with the mean of the numbers before and after. Source: Izmailov et al., Averaging Weights Leads to
    /// Wider Optima and Better Generalization, 2018 (arXiv 1803.05407).
    LearnedAndMean,
}

impl Default for TuneParams {
    fn default() -> Self {
        Self {
            epochs: 1,
            seed: 1,
            rate: 1e-3,
            decay: 0.01,
            reason_weight: 1.0,
            beginning: Beginning::Anew,
            keep_every: 50,
        }
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
    /// As [`Course::task`].
    task: String,
    /// Steps that are taken.
    steps: usize,
    /// The epoch's losses so far.
    losses: Losses,
}

/// The losses of an epoch so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
struct Losses {
    sum: f64,
    steps: u32,
}

impl Losses {
    fn add(&mut self, loss: &Tensor) -> Result<(), EncodeError> {
        self.sum += f64::try_from(loss).map_err(|error| EncodeError::Failed(error.to_string()))?;
        self.steps += 1;
        Ok(())
    }

    fn mean(self) -> f64 {
        self.sum / f64::from(self.steps.max(1))
    }
}

/// Share of steps over which the step width rises to its highest.
const WARM_UP: f64 = 0.1;
/// Longest gradient.
const CLIP: f64 = 1.0;
const BETAS: (f64, f64) = (0.9, 0.98);
/// Attention to neighbours is moved so many times as fast as all else: it has few numbers and far to go.
const NEIGHBOURS_RATE: f64 = 10.0;

/// The loss of some exercises, by their numbers.
pub(super) type Loss<'a> = dyn FnMut(&[usize], &mut ChaCha8Rng) -> Result<Tensor, EncodeError> + 'a;

/// What is trained, how, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Course<'a> {
    /// The model to begin with.
    pub folder: &'a ModelFolder,
    /// Hash of all that decides on what is learned: encoder, lessons and parameters.
    pub task: &'a str,
    /// The model folder to write into. Checkpoints are kept there; where one of the same task and parameters is found, training
    /// goes on from it and ends with the same numbers.
    pub out: &'a Path,
    /// How training goes about.
    pub params: &'a TuneParams,
}

impl Course<'_> {
    /// Opens the model and sets libtorch's generator, before anything is drawn from it.
    pub(super) fn begin(&self) -> Result<Transformer, EncodeError> {
        tch::manual_seed(self.params.seed as i64);
        Transformer::open(self.folder, NumberType::of_this_processor())
    }

    /// Where the training goes on, gives new variables the numbers that the model learned before, from `learned`.
    pub(super) fn go_on(&self, variables: &VarStore, learned: &Path) -> Result<(), EncodeError> {
        match self.params.beginning {
            Beginning::Anew => Ok(()),
            Beginning::Learned | Beginning::LearnedAndMean => weights::load(variables, learned),
        }
    }

    /// Goes through all exercises, `params.epochs` times in random order, `together` at a time, and writes the variables into
    /// `file`.
    ///
    /// Random numbers of `loss` come from libtorch's generator or from the one that it is given.
    pub(super) fn run(
        &self,
        file: &'static str,
        variables: &VarStore,
        exercises: usize,
        together: usize,
        loss: &mut Loss,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), EncodeError> {
        let of_epoch = exercises.div_ceil(together);
        let last = self.params.epochs * of_epoch;
        let mut steps = Steps::new(variables, self.params, last);
        let files = Files::new(self.out, file)?;
        let before = (self.params.beginning == Beginning::LearnedAndMean).then(|| copied(variables));
        let mut losses = files.resume(self, &mut steps)?;
        while steps.taken < last {
            let (epoch, place) = (steps.taken / of_epoch, steps.taken % of_epoch);
            if place == 0 {
                losses = Losses::default();
            }
            let some = self.exercises(epoch, place, exercises, together);
            let mut random = self.random(self.params.epochs + steps.taken);
            tch::manual_seed(random.next_u64().cast_signed());
            let loss = loss(&some, &mut random)?;
            losses.add(&loss)?;
            // An exercise in which nothing is asked teaches nothing.
            if loss.requires_grad() {
                loss.backward();
            }
            steps.step()?;
            if steps.taken.is_multiple_of(self.params.keep_every) || steps.taken == last {
                files.keep(&self.checkpoint(steps.taken, losses), &steps)?;
            }
            let done = epoch * exercises + place * together + some.len();
            progress(Progress { done, total: self.params.epochs * exercises, loss: losses.mean() });
        }
        if let Some(before) = before {
            go_half_way_back(variables, &before);
        }
        write_whole(&self.out.join(file), |beside| weights::save(variables, beside))
    }

    /// The numbers of the exercises of one step; each epoch has an order of its own.
    fn exercises(&self, epoch: usize, place: usize, exercises: usize, together: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..exercises).collect();
        order.shuffle(&mut self.random(epoch));
        order.into_iter().skip(place * together).take(together).collect()
    }

    /// Random numbers of their own for each epoch's order and for each step, so that what is begun again is the same.
    fn random(&self, stream: usize) -> ChaCha8Rng {
        let mut random = ChaCha8Rng::seed_from_u64(self.params.seed);
        random.set_stream(stream as u64);
        random
    }

    fn checkpoint(&self, steps: usize, losses: Losses) -> Checkpoint {
        Checkpoint { params: self.params.clone(), task: self.task.to_owned(), steps, losses }
    }
}

/// The numbers of variables as they are now, by name.
fn copied(variables: &VarStore) -> HashMap<String, Tensor> {
    variables.variables().into_iter().map(|(name, variable)| (name, variable.detach().copy())).collect()
}

/// Gives variables the mean of their numbers now and before.
fn go_half_way_back(variables: &VarStore, before: &HashMap<String, Tensor>) {
    tch::no_grad(|| {
        for (name, mut variable) in variables.variables() {
            let mean = (&variable + &before[&name]) / 2.0;
            variable.copy_(&mean);
        }
    });
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
    fn new(variables: &VarStore, params: &TuneParams, total: usize) -> Self {
        let moved = variables.variables().into_iter().map(|(name, variable)| {
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
            return Err(EncodeError::Diverged { step: self.taken });
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

    /// Writes every variable and what is remembered of it.
    fn save(&self, path: &Path) -> Result<(), EncodeError> {
        let named = self.moved.iter().flat_map(|(name, one)| {
            let tensors = [("now", &one.variable), ("mean", &one.mean), ("square", &one.square)];
            tensors.map(|(kind, tensor)| (format!("{kind}/{name}"), tensor.detach()))
        });
        Tensor::write_safetensors(&named.collect::<Vec<_>>(), path)
            .map_err(|error| EncodeError::Failed(format!("{}: {error}", path.display())))
    }

    /// Reads what [`Steps::save`] wrote.
    fn load(&mut self, path: &Path) -> Result<(), EncodeError> {
        let malformed = |problem: String| EncodeError::Malformed { path: path.to_owned(), problem };
        let tensors = Tensor::read_safetensors(path).map_err(|error| malformed(error.to_string()))?;
        let mut tensors: HashMap<String, Tensor> = tensors.into_iter().collect();
        for (name, one) in &mut self.moved {
            let mut take = |kind: &str| {
                let tensor = tensors.remove(&format!("{kind}/{name}"));
                let tensor = tensor.filter(|tensor| tensor.size() == one.variable.size());
                tensor.ok_or_else(|| malformed(format!("{kind}/{name} is missing or has another shape")))
            };
            let (now, mean, square) = (take("now")?, take("mean")?, take("square")?);
            tch::no_grad(|| one.variable.copy_(&now));
            (one.mean, one.square) = (mean, square);
        }
        Ok(())
    }
}

/// Rises over the warm-up, then falls to nothing; in [0, 1].
fn schedule(step: usize, total: usize) -> f64 {
    let warm = (WARM_UP * total as f64).max(1.0);
    let left = (total as f64 - step as f64) / (total as f64 - warm).max(1.0);
    (step as f64 / warm).min(left).clamp(0.0, 1.0)
}

/// The files of an unfinished training. The last ones are kept until the whole model is finished, so that one that is
/// interrupted later does not begin here again.
struct Files {
    folder: PathBuf,
    name: &'static str,
}

/// Name of the folder in a model folder that holds unfinished trainings.
const UNFINISHED: &str = "training";

/// Removes the checkpoints of a finished training from a model folder, and nothing else; `file` is the one it wrote.
///
/// # Errors
/// Where one cannot be removed.
pub fn remove_checkpoints(out: &Path, file: &'static str) -> Result<(), IoError> {
    let files = Files { folder: out.join(UNFINISHED), name: file };
    files.remove()?;
    // Stays where something else lies in it.
    let _ = fs::remove_dir(&files.folder);
    Ok(())
}

impl Files {
    fn new(out: &Path, name: &'static str) -> Result<Self, IoError> {
        let folder = out.join(UNFINISHED);
        fs::create_dir_all(&folder).map_err(IoError::at(&folder))?;
        Ok(Self { folder, name })
    }

    fn numbers(&self, steps: usize) -> PathBuf {
        self.folder.join(format!("{steps}-{}", self.name))
    }

    fn description(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.name))
    }

    /// Removes what there is of an unfinished training.
    fn remove(&self) -> Result<(), IoError> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Ok(()) };
        let (description, numbers) = (format!("{}.json", self.name), format!("-{}", self.name));
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // What was not finished when the training was cut off, too.
            let name = name.strip_suffix(".part").unwrap_or(&name);
            if name == description || name.ends_with(&numbers) {
                fs::remove_file(&path).map_err(IoError::at(&path))?;
            }
        }
        Ok(())
    }

    /// Loads the checkpoint of the same training, where there is one, and returns its losses; removes that of another one.
    fn resume(&self, course: &Course, steps: &mut Steps) -> Result<Losses, EncodeError> {
        let source = fs::read_to_string(self.description()).unwrap_or_default();
        let found = serde_json::from_str::<Checkpoint>(&source).ok();
        match found.filter(|found| *found == course.checkpoint(found.steps, found.losses)) {
            Some(found) => {
                steps.load(&self.numbers(found.steps))?;
                steps.taken = found.steps;
                Ok(found.losses)
            }
            None => {
                self.remove()?;
                Ok(Losses::default())
            }
        }
    }

    /// Keeps a checkpoint in place of the one before. Numbers and description name their step, so that one that is half
    /// written is never taken.
    fn keep(&self, checkpoint: &Checkpoint, steps: &Steps) -> Result<(), EncodeError> {
        write_whole(&self.numbers(checkpoint.steps), |beside| steps.save(beside))?;
        let before = fs::read_to_string(self.description());
        let description = serde_json::to_string(checkpoint).map_err(|error| EncodeError::Failed(error.to_string()))?;
        write_text(&self.description(), &description)?;
        let before = before.ok().and_then(|before| serde_json::from_str::<Checkpoint>(&before).ok());
        if let Some(before) = before.filter(|before| before.steps != checkpoint.steps) {
            // It may not be there.
            let _ = fs::remove_file(self.numbers(before.steps));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_training_goes_on_and_another_one_begins_anew() {
        let out = tempfile::tempdir().unwrap();
        let files = Files::new(out.path(), ModelFolder::JOBS).unwrap();
        let folder = ModelFolder::open(Path::new("models/e5-small-de")).unwrap();
        let params = TuneParams::default();
        let course = |task| Course { folder: &folder, task, out: out.path(), params: &params };
        let variables = VarStore::new(tch::Device::Cpu);
        let mut one = variables.root().zeros("one", &[2]);
        let mut steps = Steps::new(&variables, &params, 10);
        steps.taken = 3;
        tch::no_grad(|| one.copy_(&Tensor::from_slice(&[1.0_f32, -4.0])));
        let losses = Losses { sum: 1.5, steps: 3 };
        files.keep(&course("a").checkpoint(3, losses), &steps).unwrap();

        let _ = tch::no_grad(|| one.zero_());
        let mut again = Steps::new(&variables, &params, 10);
        assert_eq!(files.resume(&course("a"), &mut again).unwrap(), losses);
        assert_eq!((again.taken, Vec::<f32>::try_from(&one.detach()).unwrap()), (3, vec![1.0, -4.0]));

        let other = VarStore::new(tch::Device::Cpu);
        let _ = other.root().zeros("two", &[2]);
        assert!(files.resume(&course("a"), &mut Steps::new(&other, &params, 10)).is_err());

        let mut anew = Steps::new(&variables, &params, 10);
        assert_eq!(files.resume(&course("b"), &mut anew).unwrap(), Losses::default());
        assert_eq!((anew.taken, fs::read_dir(&files.folder).unwrap().count()), (0, 0));
    }

    #[test]
    fn checkpoints_of_other_trainings_stay() {
        let out = tempfile::tempdir().unwrap();
        let folder = out.path().join(UNFINISHED);
        fs::create_dir_all(&folder).unwrap();
        let own = ["50-jobs.safetensors", "100-jobs.safetensors.part", "jobs.safetensors.json"];
        for name in own.into_iter().chain(["50-story.safetensors", "note.txt"]) {
            fs::write(folder.join(name), "").unwrap();
        }
        remove_checkpoints(out.path(), ModelFolder::JOBS).unwrap();
        let mut left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["50-story.safetensors", "note.txt"]);
    }

    #[test]
    fn half_way_back_is_the_mean_of_before_and_now() {
        let variables = VarStore::new(tch::Device::Cpu);
        let mut one = variables.root().zeros("one", &[2]);
        let before = copied(&variables);
        tch::no_grad(|| one.copy_(&Tensor::from_slice(&[1.0_f32, -4.0])));
        go_half_way_back(&variables, &before);
        assert_eq!(Vec::<f32>::try_from(&one.detach()).unwrap(), [0.5, -2.0]);
    }
}
