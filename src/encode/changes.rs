//! What training may change of an encoder: low-rank terms beside its products, and its norms.

use tch::{Tensor, nn};

use super::bert::{Bert, Norm};

/// Rank of the low-rank terms.
const RANK: i64 = 16;
/// Scale of all low-rank terms.
pub(super) const SCALE: f64 = 2.0;
/// Share of numbers dropped in training.
const DROPOUT: f64 = 0.1;

/// What training may change of a layer: low-rank terms beside its four products, and its norms.
pub(super) struct LayerChange {
    pub projection: LowRank,
    pub attention: LowRank,
    pub inner: LowRank,
    pub outer: LowRank,
    pub attention_norm: Norm,
    pub output_norm: Norm,
}

/// `scale · up · down` is added to a weight. Source: Hu et al., LoRA, 2021 (arXiv 2106.09685).
pub(super) struct LowRank {
    /// `(rank, inputs)`.
    pub down: Tensor,
    /// `(outputs, rank)`.
    pub up: Tensor,
}

/// Whether numbers are dropped at random, and which low-rank terms are added.
pub(super) struct Training<'a> {
    pub changes: &'a [LayerChange],
    pub dropout: f64,
}

impl LayerChange {
    /// New changes of the first `layers` layers, which change nothing yet; random numbers come from libtorch's generator.
    pub fn first(path: &nn::Path, bert: &Bert, layers: usize) -> Vec<Self> {
        let all = bert.shapes().into_iter().zip(bert.norms()).take(layers).enumerate();
        all.map(|(layer, (shapes, norms))| {
            let path = path.sub(format!("layer_{layer}"));
            let [projection, attention, inner, outer] = shapes;
            Self {
                projection: low_rank(&path.sub("projection"), projection),
                attention: low_rank(&path.sub("attention"), attention),
                inner: low_rank(&path.sub("inner"), inner),
                outer: low_rank(&path.sub("outer"), outer),
                attention_norm: norm(&path.sub("attention_norm"), &norms.0),
                output_norm: norm(&path.sub("output_norm"), &norms.1),
            }
        })
        .collect()
    }
}

impl<'a> Training<'a> {
    /// Training of these changes.
    pub fn of(changes: &'a [LayerChange]) -> Self {
        Self { changes, dropout: DROPOUT }
    }
}

impl Norm {
    /// Epsilon of the norms before nets.
    pub const EPSILON: f64 = 1e-5;

    /// A new norm of so many numbers that weights none of them.
    pub fn first(path: &nn::Path, size: i64) -> Self {
        Self { weight: path.ones("norm_weight", &[size]), bias: path.zeros("norm_bias", &[size]) }
    }
}

/// Nothing is added at first: `up` is zero.
fn low_rank(path: &nn::Path, (inputs, outputs): (i64, i64)) -> LowRank {
    let spread = 1.0 / (inputs as f64).sqrt();
    LowRank { down: path.randn("down", &[RANK, inputs], 0.0, spread), up: path.zeros("up", &[outputs, RANK]) }
}

fn norm(path: &nn::Path, as_it_is: &Norm) -> Norm {
    Norm { weight: path.var_copy("weight", &as_it_is.weight), bias: path.var_copy("bias", &as_it_is.bias) }
}
