//! Which statements speak to one job: the encoder with changes of its own, under which statements and the descriptions of
//! their jobs lie close.

use tch::{Device, Kind, Tensor, nn};

use super::batches::{Batch, batches};
use super::bert::Bert;
use super::changes::{LayerChange, Training};
use super::interview::Interview;
use super::neighbours::first_biases;
use super::transformer::unit;

/// How sharply similarity tells jobs apart when training begins, as a logarithm.
const FIRST_SHARPNESS: f64 = 2.7;

/// Everything that training changes, with its variables.
pub(super) struct Jobs {
    /// Owns the numbers of all that follows.
    pub variables: nn::VarStore,
    pub changes: Vec<LayerChange>,
    /// What is added to the attention to neighbours, for each of the last layers: `(heads, PLACES)`.
    pub neighbours: Vec<Tensor>,
    /// Similarity is multiplied by the power of this before it is told which job is meant; needed in training alone.
    sharpness: Tensor,
}

impl Jobs {
    /// New changes of an encoder; random numbers come from libtorch's generator.
    pub fn new(bert: &Bert) -> Self {
        let variables = nn::VarStore::new(Device::Cpu);
        let root = variables.root();
        let first = Tensor::full([1], FIRST_SHARPNESS, (Kind::Float, Device::Cpu));
        Self {
            changes: LayerChange::first(&root.sub("encoder"), bert, bert.depth()),
            neighbours: first_biases(&root.sub("neighbours"), bert),
            sharpness: root.var_copy("sharpness", &first),
            variables,
        }
    }

    /// Vectors of an interview's statements, while training: `(statements, hidden)`.
    pub fn statements_for_training(&self, bert: &Bert, interview: &Interview) -> Tensor {
        let changes = Training::of(&self.changes);
        interview.statements(&interview.tokens(bert, &self.neighbours, Some(&changes), &mut |_| ()))
    }

    /// Vectors of texts given by their token ids, while training: `(texts, hidden)`.
    pub fn vectors_for_training(&self, bert: &Bert, ids: &[Vec<i64>]) -> Tensor {
        let changes = Training::of(&self.changes);
        texts(ids, |batch| batch.means(&bert.texts(batch, bert.depth(), Some(&changes))))
    }

    /// How much each row of `left` speaks for each of `right`, as logits: `(left, right)`.
    pub fn alike(&self, left: &Tensor, right: &Tensor) -> Tensor {
        left.matmul(&right.transpose(0, 1)) * self.sharpness.exp()
    }
}

/// Vectors of texts given by their token ids, in their order: `(texts, hidden)`; `read` gives those of a batch.
pub(super) fn texts(ids: &[Vec<i64>], read: impl Fn(&Batch) -> Tensor) -> Tensor {
    let mut parts = Vec::new();
    let mut places = vec![0_i64; ids.len()];
    let mut next = 0;
    for batch in batches(ids) {
        parts.push(read(&batch));
        for text in batch.texts {
            places[text] = next;
            next += 1;
        }
    }
    Tensor::cat(&parts, 0).index_select(0, &Tensor::from_slice(&places))
}

/// Rows without what all of them have in common, of length one.
pub(super) fn told_apart(rows: &Tensor) -> Tensor {
    unit(&(rows - rows.mean_dim([0_i64].as_slice(), true, Kind::Float)))
}
