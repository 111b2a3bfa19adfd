//! The lower layers of the encoder with changes of their own, and a small net that looks at two tokens of each place: what
//! reads turns word by word.

use tch::nn::{self, Module};
use tch::{Device, Kind, Tensor};

use super::batches::batches;
use super::bert::{Bert, Norm};
use super::changes::{LayerChange, Training};
use super::windows::{Place, Windows};
use super::{EncodeError, weights};

/// How many of the encoder's layers read turns.
const LAYERS: usize = 8;
/// Numbers between the tokens' vectors and the answers.
const WIDTH: i64 = 128;
/// Share of numbers dropped in training.
const DROPOUT: f64 = 0.2;

/// Everything that training changes, with its variables.
pub(super) struct PlaceNet {
    /// Owns the numbers of all that follows.
    pub variables: nn::VarStore,
    pub changes: Vec<LayerChange>,
    norm: Norm,
    inner: nn::Linear,
    outer: nn::Linear,
    /// Numbers that it answers with at each place.
    answers: i64,
}

impl PlaceNet {
    /// New changes and a new net for an encoder; random numbers come from libtorch's generator.
    pub fn new(bert: &Bert, answers: i64) -> Self {
        let variables = nn::VarStore::new(Device::Cpu);
        let root = variables.root();
        let hidden = bert.hidden();
        Self {
            changes: LayerChange::first(&root.sub("encoder"), bert, LAYERS),
            norm: Norm::first(&root, hidden),
            inner: nn::linear(root.sub("inner"), 2 * hidden, WIDTH, Default::default()),
            outer: nn::linear(root.sub("outer"), WIDTH, answers, Default::default()),
            variables,
            answers,
        }
    }

    /// The same numbers once more, for another thread.
    ///
    /// # Errors
    /// Where `bert` has other layers.
    pub fn copied(&self, bert: &Bert) -> Result<Self, EncodeError> {
        let mut copy = Self::new(bert, self.answers);
        weights::copy(&mut copy.variables, &self.variables)?;
        Ok(copy)
    }

    /// All places of all windows, and what the net says of each, unbounded: `(places, answers)`.
    ///
    /// In training the changes are computed beside the weights of `bert`; otherwise `bert` must hold them already.
    pub fn read(&self, bert: &Bert, windows: &Windows, training: bool) -> (Vec<Place>, Tensor) {
        let changes = training.then(|| Training::of(&self.changes));
        let mut places = Vec::new();
        let mut said = Vec::new();
        for batch in batches(&windows.ids) {
            let tokens = bert.texts(&batch, self.changes.len(), changes.as_ref());
            let of_batch = batch.starts().into_iter().zip(&batch.texts).flat_map(|(start, &index)| {
                let sides = move |place: &'_ Place| place.tokens.map(|token| (start + token) as i64);
                windows.places[index].iter().map(move |place| (place, sides(place)))
            });
            let (of_batch, sides): (Vec<Place>, Vec<[i64; 2]>) = of_batch.map(|(place, sides)| (*place, sides)).unzip();
            let side = |side: usize| {
                let index: Vec<i64> = sides.iter().map(|sides| sides[side]).collect();
                tokens.index_select(0, &Tensor::from_slice(&index)).to_kind(Kind::Float)
            };
            said.push(self.decide(&[side(0), side(1)], training));
            places.extend(of_batch);
        }
        let none = || Tensor::zeros([0, self.answers], (Kind::Float, Device::Cpu));
        (places, if said.is_empty() { none() } else { Tensor::cat(&said, 0) })
    }

    fn decide(&self, sides: &[Tensor; 2], training: bool) -> Tensor {
        let normed = sides.each_ref().map(|side| self.norm.apply(side, Norm::EPSILON).dropout(DROPOUT, training));
        let inner = self.inner.forward(&Tensor::cat(&normed, 1)).gelu("none").dropout(DROPOUT, training);
        self.outer.forward(&inner)
    }
}
