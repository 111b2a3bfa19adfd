//! BERT's layers over plain tensors: one product for query, key and value, libtorch's own attention, room for low-rank
//! changes. rust-bert's `BertModel` is the reference that it must agree with.

use std::collections::HashMap;
use std::ops::Range;

use rust_bert::Activation;
use rust_bert::bert::BertConfig;
use tch::{Kind, Tensor};

use super::batches::Batch;
use super::changes::{LayerChange, LowRank, SCALE, Training};
use super::weights::read_weights;
use super::{EncodeError, ModelFolder};

/// Added to variances, as in the BERT of the paper and of rust-bert.
const EPSILON: f64 = 1e-12;

/// Weight and bias of a layer norm.
pub(super) struct Norm {
    pub weight: Tensor,
    pub bias: Tensor,
}

/// Weight `(outputs, inputs)` and bias of a product.
struct Linear {
    weight: Tensor,
    bias: Tensor,
}

struct Layer {
    projection: Linear,
    attention: Linear,
    attention_norm: Norm,
    inner: Linear,
    outer: Linear,
    output_norm: Norm,
}

/// A BERT encoder without pooling layer.
pub(super) struct Bert {
    words: Tensor,
    /// Positions, with the embedding of token type 0 added.
    positions: Tensor,
    embedding_norm: Norm,
    layers: Vec<Layer>,
    heads: i64,
    kind: Kind,
}

impl Bert {
    /// Loads the weights of a model folder.
    pub fn open(folder: &ModelFolder, config: &BertConfig, kind: Kind) -> Result<Self, EncodeError> {
        if !matches!(config.hidden_act, Activation::gelu) || config.type_vocab_size < 1 {
            let problem = "hidden_act and type_vocab_size must be gelu and at least 1".into();
            return Err(EncodeError::Malformed { path: folder.path.join("config.json"), problem });
        }
        let path = folder.weights();
        let weights = read_weights(&path)?;
        Self::new(weights, config, kind).map_err(|problem| EncodeError::WeightsDoNotFit { path, problem })
    }

    /// Takes the layers out of a checkpoint by their usual names; `kind` is what products are computed in.
    ///
    /// # Errors
    /// Names the first weight that is missing or has another shape.
    fn new(mut weights: HashMap<String, Tensor>, config: &BertConfig, kind: Kind) -> Result<Self, String> {
        let (hidden, wide) = (config.hidden_size, config.intermediate_size);
        let mut take = |name: &str, shape: &[i64], kind: Kind| -> Result<Tensor, String> {
            let tensor = weights.remove(name).ok_or_else(|| format!("{name} is missing"))?;
            if tensor.size() == shape {
                Ok(tensor.to_kind(kind))
            } else {
                Err(format!("{name} has shape {:?}, expected {shape:?}", tensor.size()))
            }
        };
        let mut layers = Vec::new();
        for layer in 0..config.num_hidden_layers {
            let mut linear = |name: &str, outputs: i64, inputs: i64| -> Result<Linear, String> {
                let name = format!("encoder.layer.{layer}.{name}");
                Ok(Linear {
                    weight: take(&format!("{name}.weight"), &[outputs, inputs], kind)?,
                    bias: take(&format!("{name}.bias"), &[outputs], kind)?,
                })
            };
            let three = ["query", "key", "value"].map(|name| linear(&format!("attention.self.{name}"), hidden, hidden));
            let [query, key, value] = three;
            let projection = Linear::joined(&[query?, key?, value?]);
            let attention = linear("attention.output.dense", hidden, hidden)?;
            let inner = linear("intermediate.dense", wide, hidden)?;
            let outer = linear("output.dense", hidden, wide)?;
            let mut norm = |name: &str| norm(&mut take, &format!("encoder.layer.{layer}.{name}"), hidden);
            layers.push(Layer {
                projection,
                attention,
                attention_norm: norm("attention.output.LayerNorm")?,
                inner,
                outer,
                output_norm: norm("output.LayerNorm")?,
            });
        }
        let words = take("embeddings.word_embeddings.weight", &[config.vocab_size, hidden], Kind::Float)?;
        let positions =
            take("embeddings.position_embeddings.weight", &[config.max_position_embeddings, hidden], Kind::Float)?;
        let types = take("embeddings.token_type_embeddings.weight", &[config.type_vocab_size, hidden], Kind::Float)?;
        Ok(Self {
            words,
            positions: positions + types.get(0),
            embedding_norm: norm(&mut take, "embeddings.LayerNorm", hidden)?,
            layers,
            heads: config.num_attention_heads,
            kind,
        })
    }

    /// The same encoder with low-rank terms added to its weights, and with other norms; embeddings are shared.
    pub fn merged(&self, changes: &[LayerChange]) -> Self {
        let layers = self.layers.iter().zip(changes).map(|(layer, change)| Layer {
            projection: layer.projection.merged(&change.projection),
            attention: layer.attention.merged(&change.attention),
            attention_norm: change.attention_norm.copied(),
            inner: layer.inner.merged(&change.inner),
            outer: layer.outer.merged(&change.outer),
            output_norm: change.output_norm.copied(),
        });
        Self {
            layers: layers.collect(),
            words: self.words.shallow_clone(),
            positions: self.positions.shallow_clone(),
            embedding_norm: self.embedding_norm.copied(),
            heads: self.heads,
            kind: self.kind,
        }
    }

    /// The same encoder with the same numbers in memory, for another thread.
    pub fn shared(&self) -> Self {
        let layers = self.layers.iter().map(|layer| Layer {
            projection: layer.projection.shared(),
            attention: layer.attention.shared(),
            attention_norm: layer.attention_norm.shared(),
            inner: layer.inner.shared(),
            outer: layer.outer.shared(),
            output_norm: layer.output_norm.shared(),
        });
        Self {
            layers: layers.collect(),
            words: self.words.shallow_clone(),
            positions: self.positions.shallow_clone(),
            embedding_norm: self.embedding_norm.shared(),
            heads: self.heads,
            kind: self.kind,
        }
    }

    /// Numbers in a token's vector.
    pub fn hidden(&self) -> i64 {
        self.words.size()[1]
    }

    /// The shapes of what training may change in each layer: inputs and outputs of the four products.
    pub fn shapes(&self) -> Vec<[(i64, i64); 4]> {
        let shape = |linear: &Linear| (linear.weight.size()[1], linear.weight.size()[0]);
        let of = |layer: &Layer| [&layer.projection, &layer.attention, &layer.inner, &layer.outer].map(shape);
        self.layers.iter().map(of).collect()
    }

    /// The norms of each layer, as they are.
    pub fn norms(&self) -> Vec<(Norm, Norm)> {
        self.layers.iter().map(|layer| (layer.attention_norm.copied(), layer.output_norm.copied())).collect()
    }

    /// How many layers there are.
    pub fn depth(&self) -> usize {
        self.layers.len()
    }

    /// How many heads each layer has.
    pub fn heads(&self) -> i64 {
        self.heads
    }

    /// Vectors of a batch's tokens `(tokens, hidden)` after the first `layers` layers: the tokens of a text see each other.
    pub fn texts(&self, batch: &Batch, layers: usize, training: Option<&Training>) -> Tensor {
        let embedded = self.words.index_select(0, &batch.ids) + self.positions.index_select(0, &batch.positions);
        let hidden = self.embedding_norm.apply(&embedded, EPSILON).to_kind(self.kind);
        let biases: Vec<Tensor> = batch.rows.iter().map(|rows| rows.bias.to_kind(self.kind)).collect();
        let attend = |_: usize, three: &Tensor| {
            let (parts, filling) = batch.parts(&three.unflatten(1, [3, self.heads, -1]));
            let rows = parts.iter().zip(&batch.rows).zip(&biases);
            let mut gathered: Vec<Tensor> = rows
                .map(|((part, rows), bias)| {
                    // (3, texts, heads, places, size)
                    let three = rows.of(part).permute([2, 0, 3, 1, 4]);
                    let seen = attention(&three.get(0), &three.get(1), &three.get(2), bias, training.is_some());
                    rows.tokens(&seen.transpose(1, 2).flatten(2, 3))
                })
                .collect();
            // What fills the batch means nothing, so it keeps what it is.
            gathered.push(filling.select(1, 0).flatten(1, 2));
            Tensor::cat(&gathered, 0)
        };
        batch.without_filling(&self.through(0..layers, hidden, &attend, training))
    }

    /// Sends token vectors through some layers. `attend` is given a layer's place and query, key and value of all tokens
    /// `(tokens, 3 · hidden)`; it says what each token gathers `(tokens, hidden)`.
    pub fn through(
        &self,
        places: Range<usize>,
        hidden: Tensor,
        attend: &dyn Fn(usize, &Tensor) -> Tensor,
        training: Option<&Training>,
    ) -> Tensor {
        places.fold(hidden, |hidden, place| {
            let change = training.map(|training| (&training.changes[place], training.dropout));
            self.layers[place].apply(&hidden, &|three| attend(place, three), change)
        })
    }
}

impl Layer {
    fn apply(
        &self,
        hidden: &Tensor,
        attend: &dyn Fn(&Tensor) -> Tensor,
        change: Option<(&LayerChange, f64)>,
    ) -> Tensor {
        let low_rank = |of: fn(&LayerChange) -> &LowRank| change.map(|(change, _)| of(change));
        let dropped = |tensor: Tensor| match change {
            Some((_, share)) => tensor.dropout(share, true),
            None => tensor,
        };
        let seen = attend(&self.projection.apply(hidden, low_rank(|change| &change.projection)));
        let seen = dropped(self.attention.apply(&seen, low_rank(|change| &change.attention)));
        let attention_norm = change.map_or(&self.attention_norm, |(change, _)| &change.attention_norm);
        let hidden = attention_norm.apply(&(hidden + seen), EPSILON);
        let wide = self.inner.apply(&hidden, low_rank(|change| &change.inner)).gelu("none");
        let out = dropped(self.outer.apply(&wide, low_rank(|change| &change.outer)));
        let output_norm = change.map_or(&self.output_norm, |(change, _)| &change.output_norm);
        output_norm.apply(&(hidden + out), EPSILON)
    }
}

/// What each query gathers, all `(rows, heads, tokens, size)`; `bias` is added to the scores.
pub(super) fn attention(query: &Tensor, key: &Tensor, value: &Tensor, bias: &Tensor, training: bool) -> Tensor {
    if training {
        return attention_for_training(query, key, value, bias);
    }
    Tensor::scaled_dot_product_attention(query, key, value, Some(bias), 0.0, false, None)
}

/// Attention by its definition. Scores far below a row's highest are raised to where their share is still nothing but
/// no number of its gradient is denormal: processors compute those many times slower.
fn attention_for_training(query: &Tensor, key: &Tensor, value: &Tensor, bias: &Tensor) -> Tensor {
    const LOWEST: f64 = -40.0;
    let size = query.size().last().copied().unwrap_or(1) as f64;
    let scores = (query * size.powf(-0.5)).matmul(&key.transpose(-1, -2)) + bias;
    let highest = scores.detach().amax([-1], true);
    (scores - highest).clamp_min(LOWEST).softmax(-1, None).matmul(value)
}

fn norm(
    take: &mut impl FnMut(&str, &[i64], Kind) -> Result<Tensor, String>,
    name: &str,
    size: i64,
) -> Result<Norm, String> {
    Ok(Norm {
        weight: take(&format!("{name}.weight"), &[size], Kind::Float)?,
        bias: take(&format!("{name}.bias"), &[size], Kind::Float)?,
    })
}

impl Norm {
    /// Rows of mean 0 and variance 1, times the weight, plus the bias; `epsilon` is added to the variance.
    pub fn apply(&self, input: &Tensor, epsilon: f64) -> Tensor {
        let kind = input.kind();
        let (weight, bias) = (self.weight.to_kind(kind), self.bias.to_kind(kind));
        input.layer_norm([input.size().last().copied().unwrap_or(0)], Some(weight), Some(bias), epsilon, false)
    }

    fn shared(&self) -> Self {
        Self { weight: self.weight.shallow_clone(), bias: self.bias.shallow_clone() }
    }

    fn copied(&self) -> Self {
        Self { weight: self.weight.detach().copy(), bias: self.bias.detach().copy() }
    }
}

impl Linear {
    /// Several products of the same input as one.
    fn joined(parts: &[Linear]) -> Self {
        let weights: Vec<&Tensor> = parts.iter().map(|part| &part.weight).collect();
        let biases: Vec<&Tensor> = parts.iter().map(|part| &part.bias).collect();
        Self { weight: Tensor::cat(&weights, 0), bias: Tensor::cat(&biases, 0) }
    }

    fn shared(&self) -> Self {
        Self { weight: self.weight.shallow_clone(), bias: self.bias.shallow_clone() }
    }

    fn apply(&self, input: &Tensor, change: Option<&LowRank>) -> Tensor {
        let out = input.linear(&self.weight, Some(&self.bias));
        match change {
            Some(change) => {
                let kind = input.kind();
                let small = input.linear(&change.down.to_kind(kind), None::<&Tensor>);
                out + small.linear(&(&change.up * SCALE).to_kind(kind), None::<&Tensor>)
            }
            None => out,
        }
    }

    fn merged(&self, change: &LowRank) -> Self {
        let added = change.up.matmul(&change.down) * SCALE;
        let weight = (self.weight.to_kind(Kind::Float) + added).to_kind(self.weight.kind()).detach();
        Self { weight, bias: self.bias.shallow_clone() }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rust_bert::bert::{BertEmbeddings, BertModel};
    use tch::{Device, nn};

    use super::*;
    use crate::encode::transformer::pooled;
    use crate::encode::weights;

    fn shipped() -> (ModelFolder, BertConfig) {
        let folder = ModelFolder::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("models/e5-small-de")).unwrap();
        let config = folder.layers_config().unwrap();
        (folder, config)
    }

    /// Rows of unequal length, so that padding is tried, too.
    fn rows() -> Vec<Vec<i64>> {
        (1..9).map(|row: i64| (0..3 * row).map(|place| 5 + (place * 7919 + row * 104_729) % 30_000).collect()).collect()
    }

    #[test]
    fn vectors_agree_with_those_of_rust_bert() {
        let (folder, config) = shipped();
        let variables = nn::VarStore::new(Device::Cpu);
        let reference = BertModel::<BertEmbeddings>::new_with_optional_pooler(variables.root(), &config, false);
        weights::load(&variables, &folder.weights()).unwrap();
        let own = Bert::open(&folder, &config, Kind::Float).unwrap();
        let rows = rows();
        let batch = Batch::new((0..rows.len()).collect(), &rows);
        let (ids, mask) = batch.padded(1);
        let (own, reference) = tch::no_grad(|| {
            let out = reference.forward_t(Some(&ids), Some(&mask), None, None, None, None, None, false).unwrap();
            (batch.means(&own.texts(&batch, own.depth(), None)), pooled(&out.hidden_state, &mask))
        });
        let cosines = (own * reference).sum_dim_intlist(1, false, Kind::Float);
        assert!(cosines.min().double_value(&[]) >= 0.9995, "{cosines}");
    }

    #[test]
    fn low_rank_changes_do_the_same_beside_the_weights_and_in_them() {
        let (folder, config) = shipped();
        let bert = Bert::open(&folder, &config, Kind::Float).unwrap();
        tch::manual_seed(7);
        let random = |shape: [i64; 2]| Tensor::randn(shape, (Kind::Float, Device::Cpu)) * 0.02;
        let low_rank = |(inputs, outputs): (i64, i64)| LowRank { down: random([4, inputs]), up: random([outputs, 4]) };
        let changes = bert.shapes().into_iter().zip(bert.norms()).map(|(shapes, norms)| {
            let [projection, attention, inner, outer] = shapes.map(low_rank);
            LayerChange { projection, attention, inner, outer, attention_norm: norms.0, output_norm: norms.1 }
        });
        let changes: Vec<LayerChange> = changes.collect();
        let rows = rows();
        let batch = Batch::new((0..rows.len()).collect(), &rows);
        tch::no_grad(|| {
            let training = Training { changes: &changes, dropout: 0.0 };
            let beside = batch.means(&bert.texts(&batch, bert.depth(), Some(&training)));
            let before = batch.means(&bert.texts(&batch, bert.depth(), None));
            let within = batch.means(&bert.merged(&changes).texts(&batch, bert.depth(), None));
            let cosine =
                |a: &Tensor, b: &Tensor| (a * b).sum_dim_intlist(1, false, Kind::Float).min().double_value(&[]);
            assert!(cosine(&beside, &within) > 0.9999, "{}", cosine(&beside, &within));
            assert!(cosine(&before, &within) < 0.999, "the changes change something");
        });
    }
}
