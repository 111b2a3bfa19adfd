//! One transformer for several threads at once.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{EncodeError, Encoded, Encoder, ModelFolder, NumberType, Reading, Transformer, set_threads};
use crate::scores::StatementEnd;
use crate::vectors::Vectors;

/// A transformer that several threads use at once: each works with one of its own, and all have the same weights in memory.
///
/// libtorch splits a single product among threads, too, but they wait for each other after each; interview by interview two
/// threads are nearly twice as fast as one. So on a thread of a rayon pool no product is split, and what comes back does not
/// depend on how many threads there are.
pub struct SharedTransformer {
    dimensions: usize,
    /// Those that nobody works with. One of them is only copied.
    free: Mutex<Vec<Transformer>>,
}

impl SharedTransformer {
    /// Loads a model folder with what training added to it, as [`Transformer::open_trained`] does.
    ///
    /// # Errors
    /// Where the folder has no such model, it does not fit, or the architecture is not BERT.
    pub fn open_trained(folder: &ModelFolder, features: usize, number_type: NumberType) -> Result<Self, EncodeError> {
        let transformer = Transformer::open_trained(folder, features, number_type)?;
        Ok(Self { dimensions: transformer.dimensions(), free: Mutex::new(vec![transformer]) })
    }

    /// How many tokens texts have together, the model's marks counted.
    ///
    /// # Errors
    /// Where the tokenizer cannot read a text.
    pub fn count_tokens(&self, texts: &[&str]) -> Result<usize, EncodeError> {
        self.with(|transformer| Ok(transformer.ids(texts)?.iter().map(Vec::len).sum()))
    }

    fn with<T>(&self, work: impl FnOnce(&Transformer) -> Result<T, EncodeError>) -> Result<T, EncodeError> {
        if rayon::current_thread_index().is_some() {
            set_threads(1);
        }
        let transformer = self.take()?;
        let result = work(&transformer);
        self.free().push(transformer);
        result
    }

    fn take(&self) -> Result<Transformer, EncodeError> {
        let mut free = self.free();
        match &free[..] {
            [only] => only.shared(),
            _ => free.pop().ok_or_else(|| EncodeError::Failed("no transformer is left to copy".into())),
        }
    }

    fn free(&self) -> MutexGuard<'_, Vec<Transformer>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Encoder for SharedTransformer {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn encode(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        self.with(|transformer| transformer.encode(texts, done))
    }

    fn encode_for_jobs(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        self.with(|transformer| transformer.encode_for_jobs(texts, done))
    }

    fn read_for_jobs(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        self.with(|transformer| transformer.read_for_jobs(texts, done))
    }

    fn ends(&self, turns: &[&str]) -> Result<Vec<Vec<StatementEnd>>, EncodeError> {
        self.with(|transformer| transformer.ends(turns))
    }

    fn read(&self, texts: &[&str], features: &Vectors, done: &mut dyn FnMut(usize)) -> Result<Reading, EncodeError> {
        self.with(|transformer| transformer.read(texts, features, done))
    }
}
