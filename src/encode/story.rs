//! The part of the model that is trained for interviews: low-rank changes of the encoder, and a net that reads the vectors
//! of all statements of an interview in order.

use tch::nn::{self, Module, RNN};
use tch::{Device, Kind, Tensor};

use super::bert::{Bert, Norm};
use super::changes::LayerChange;
use super::neighbours::first_biases;
use super::{EncodeError, weights};
use crate::scores;

/// Numbers that the net keeps in mind in each direction.
const MEMORY: i64 = 128;
/// Share of numbers dropped in training, before and after the net.
const NET_DROPOUT: f64 = 0.3;

/// Everything that training changes, with its variables.
pub(super) struct Story {
    /// Owns the numbers of all that follows.
    pub variables: nn::VarStore,
    pub changes: Vec<LayerChange>,
    /// What is added to the attention to neighbours, for each of the last layers: `(heads, PLACES)`.
    pub neighbours: Vec<Tensor>,
    norm: Norm,
    net: nn::GRU,
    out: nn::Linear,
    /// Reads each statement's vector without the net: helps training, and shows which words weighed.
    alone: nn::Linear,
}

impl Story {
    /// New changes and a new net for an encoder and `features` numbers a statement; random numbers come from libtorch's
    /// generator.
    pub fn new(bert: &Bert, features: i64) -> Self {
        let variables = nn::VarStore::new(Device::Cpu);
        let root = variables.root();
        let hidden = bert.hidden();
        let net = nn::RNNConfig {
            bidirectional: true,
            w_ih_init: uniform(MEMORY),
            w_hh_init: uniform(MEMORY),
            ..Default::default()
        };
        let read = hidden + features;
        Self {
            changes: LayerChange::first(&root.sub("encoder"), bert, bert.depth()),
            neighbours: first_biases(&root.sub("neighbours"), bert),
            norm: Norm::first(&root, hidden),
            net: nn::gru(root.sub("net"), read, MEMORY, net),
            out: nn::linear(root.sub("out"), read + 2 * MEMORY, scores::COUNT as i64, Default::default()),
            alone: nn::linear(root.sub("alone"), hidden, scores::COUNT as i64, Default::default()),
            variables,
        }
    }

    /// The same numbers once more, for another thread.
    ///
    /// # Errors
    /// Where `bert` has other layers.
    pub fn copied(&self, bert: &Bert) -> Result<Self, EncodeError> {
        let features = self.out.ws.size()[1] - 2 * MEMORY - bert.hidden();
        let mut copy = Self::new(bert, features);
        weights::copy(&mut copy.variables, &self.variables)?;
        Ok(copy)
    }

    /// Scores `(statements, scores::COUNT)` of an interview, from the vectors of its statements and their features.
    pub fn scores(&self, vectors: &Tensor, features: &Tensor) -> Tensor {
        let normed = self.norm.apply(vectors, Norm::EPSILON);
        self.read(&normed, features, false)
    }

    /// Scores while training: of the story, and of each statement alone.
    pub fn scores_for_training(&self, vectors: &Tensor, features: &Tensor) -> (Tensor, Tensor) {
        let normed = self.norm.apply(vectors, Norm::EPSILON);
        let alone = self.alone.forward(&normed.dropout(NET_DROPOUT, true));
        (self.read(&normed, features, true), alone)
    }

    fn read(&self, normed: &Tensor, features: &Tensor, training: bool) -> Tensor {
        let told = Tensor::cat(&[&normed.dropout(NET_DROPOUT, training), features], 1);
        let (remembered, _) = self.net.seq(&told.unsqueeze(0));
        let remembered = remembered.squeeze_dim(0).dropout(NET_DROPOUT, training);
        self.out.forward(&Tensor::cat(&[&told, &remembered], 1))
    }

    /// How much each token speaks for each ring, against the other rings: `(tokens, 6)`, from `(tokens, hidden)`.
    ///
    /// What reads a statement without the net is linear in the mean of its tokens' vectors, but for a factor that all have
    /// in common, so each token's share can be told exactly.
    pub fn ring_shares(&self, tokens: &Tensor) -> Tensor {
        let rings = self.alone.ws.narrow(0, scores::RINGS.start as i64, scores::RINGS.len() as i64) * &self.norm.weight;
        // The norm takes the mean of a vector's numbers away, and what speaks for all rings tells none from the others.
        let against = &rings - rings.mean_dim([1_i64].as_slice(), true, Kind::Float);
        let against = &against - against.mean_dim([0_i64].as_slice(), true, Kind::Float);
        tokens.linear(&against, None::<&Tensor>)
    }
}

fn uniform(size: i64) -> nn::Init {
    let bound = 1.0 / (size as f64).sqrt();
    nn::Init::Uniform { lo: -bound, up: bound }
}
