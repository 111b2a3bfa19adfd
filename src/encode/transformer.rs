//! A model folder run through libtorch: BERT by own layers, its sisters by rust-bert's.

use rust_bert::bert::{BertConfig, BertModel};
use rust_bert::distilbert::{DistilBertConfig, DistilBertModel};
use rust_bert::electra::{ElectraConfig, ElectraModel};
use rust_bert::roberta::RobertaEmbeddings;
use serde::de::DeserializeOwned;
use tch::{Device, Kind, Tensor, nn};

use super::batches::batches;
use super::bert::Bert;
use super::story::Story;
use super::tokens::Tokens;
use super::{Architecture, EncodeError, Encoded, Encoder, ModelFolder, weights};
use crate::scores;
use crate::vectors::Vectors;

/// Tokens of one batch, padding included. Measured on two cores: 27 to 29 s for 300 pages, with 640 and with 2,048 tokens 30 s.
const BATCH_TOKENS: usize = 1024;

/// In which numbers the model computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberType {
    /// 32 bits; runs everywhere.
    F32,
    /// 16 bits with the exponent of 32; three times faster where the processor has it.
    Bf16,
}

impl NumberType {
    /// The fastest type that this processor computes by itself.
    pub fn of_this_processor() -> Self {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx512bf16") {
            return Self::Bf16;
        }
        Self::F32
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::F32 => Kind::Float,
            Self::Bf16 => Kind::BFloat16,
        }
    }
}

impl std::fmt::Display for NumberType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::F32 => "f32",
            Self::Bf16 => "bf16",
        })
    }
}

/// Limits the threads of the model; the default is one per core. Counts for the whole process.
pub fn set_threads(threads: usize) {
    tch::set_num_threads(i32::try_from(threads).unwrap_or(i32::MAX));
}

/// How many threads the model uses.
pub fn threads() -> usize {
    usize::try_from(tch::get_num_threads()).unwrap_or(1)
}

/// What libtorch was built with, for a person to read.
pub fn libtorch() -> String {
    let parts =
        [("MKL", tch::utils::has_mkl()), ("oneDNN", tch::utils::has_mkldnn()), ("CUDA", tch::utils::has_cuda())];
    let there: Vec<&str> = parts.iter().filter(|(_, there)| *there).map(|(name, _)| *name).collect();
    format!("2.4 ({})", there.join(", "))
}

/// A transformer whose token vectors are averaged to one vector per text, of length one.
///
/// Padding is masked in attention and average, so that a text's vector does not depend on its batch (up to rounding).
pub struct Transformer {
    model: Model,
    tokens: Tokens,
    /// Id that fills short rows of a batch.
    padding: i64,
    dimensions: usize,
    /// Where the model was trained for interviews: the encoder as training changed it, and what reads the story.
    trained: Option<(Model, Story)>,
    /// Keeps the weights of rust-bert's layers alive, which only refer to them.
    _variables: nn::VarStore,
}

/// The layers of one family.
enum Model {
    Bert(Bert),
    Roberta(BertModel<RobertaEmbeddings>),
    DistilBert(DistilBertModel),
    Electra(ElectraModel),
}

/// The sizes in a configuration that decide on shapes.
pub(super) struct Sizes {
    hidden: i64,
    heads: i64,
    layers: i64,
    positions: i64,
    pub vocabulary: i64,
    /// Positions that the family reserves.
    reserved: i64,
}

impl Transformer {
    /// Loads tokenizer and weights of a model folder, as they came, without what training for interviews added.
    ///
    /// # Errors
    /// Where configuration, tokenizer and weights do not belong together.
    pub fn open(folder: &ModelFolder, number_type: NumberType) -> Result<Self, EncodeError> {
        let mut variables = nn::VarStore::new(Device::Cpu);
        let (model, sizes) = Model::new(folder, &variables.root(), number_type)?;
        if !variables.is_empty() {
            weights::load(&variables, &folder.weights())?;
        }
        variables.set_kind(number_type.kind());
        variables.freeze();
        let tokens = Tokens::open(folder, sizes.vocabulary as usize, sizes.max_tokens(folder))?;
        Ok(Self {
            model,
            tokens,
            padding: folder.padding_token()?.clamp(0, sizes.vocabulary - 1),
            dimensions: sizes.hidden as usize,
            trained: None,
            _variables: variables,
        })
    }

    /// The same with `story.safetensors` of the folder, trained with `features` numbers a statement: interviews can be
    /// read. Vectors stay those of the encoder as it came.
    ///
    /// # Errors
    /// Where the folder has none, it does not fit, or the architecture is not BERT.
    pub fn open_trained(folder: &ModelFolder, features: usize, number_type: NumberType) -> Result<Self, EncodeError> {
        let mut transformer = Self::open(folder, number_type)?;
        let path = folder.story();
        let Model::Bert(bert) = &transformer.model else {
            return Err(EncodeError::WeightsDoNotFit { path, problem: "only BERT models can be trained".into() });
        };
        let mut story = Story::new(bert, features as i64);
        story.load(&path)?;
        story.variables.freeze();
        let changed = Model::Bert(tch::no_grad(|| bert.merged(&story.changes)));
        transformer.trained = Some((changed, story));
        Ok(transformer)
    }
}

/// Rows of token ids as tensors of ids and mask `(rows, tokens)`; short rows are filled.
pub(super) fn padded(rows: &[&[i64]], padding: i64) -> (Tensor, Tensor) {
    let longest = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let size = [rows.len() as i64, longest as i64];
    let filled = |fill: i64, value: &dyn Fn(i64) -> i64| {
        let filled = rows
            .iter()
            .flat_map(|row| row.iter().map(|&id| value(id)).chain(std::iter::repeat_n(fill, longest - row.len())));
        Tensor::from_slice(&filled.collect::<Vec<i64>>()).reshape(size)
    };
    (filled(padding, &|id| id), filled(0, &|_| 1))
}

/// Vectors of length one `(rows, hidden)`: the mean of each row's token vectors, padding not counted.
pub(super) fn pooled(hidden: &Tensor, mask: &Tensor) -> Tensor {
    let weight = mask.to_kind(Kind::Float).unsqueeze(-1);
    let mean =
        (hidden * &weight).sum_dim_intlist(1, false, Kind::Float) / weight.sum_dim_intlist(1, false, Kind::Float);
    let length = mean.norm_scalaropt_dim(2, 1, true).clamp_min(1e-12);
    mean / length
}

/// Rows of plain numbers as a tensor.
pub(super) fn tensor(rows: &Vectors) -> Tensor {
    let values: Vec<f32> = rows.rows().flatten().copied().collect();
    Tensor::from_slice(&values).reshape([rows.len() as i64, rows.dimensions() as i64])
}

/// A tensor as rows of plain numbers.
fn plain(rows: &Tensor, dimensions: usize) -> Result<Vectors, EncodeError> {
    let values = Vec::<f32>::try_from(rows.to_kind(Kind::Float).flatten(0, -1))
        .map_err(|error| EncodeError::Failed(error.to_string()))?;
    Vectors::from_values(dimensions, values).ok_or_else(|| EncodeError::Failed("rows of unequal length".into()))
}

impl Encoder for Transformer {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn encode(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        self.encode_by(&self.model, texts, done)
    }

    fn read(&self, texts: &[&str], features: &Vectors, done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        let Some((model, story)) = &self.trained else {
            return Err(EncodeError::Failed("this model was not trained for interviews".into()));
        };
        let Encoded { vectors, tokens } = self.encode_by(model, texts, done)?;
        if vectors.is_empty() {
            return Ok(Encoded { vectors: Vectors::empty(scores::COUNT), tokens });
        }
        let read = tch::no_grad(|| story.scores(&tensor(&vectors), &tensor(features)));
        Ok(Encoded { vectors: plain(&read, scores::COUNT)?, tokens })
    }
}

impl Transformer {
    fn encode_by(&self, model: &Model, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        let ids = self.tokens.ids(texts)?;
        let lengths: Vec<usize> = ids.iter().map(Vec::len).collect();
        let mut values = vec![0.0; texts.len() * self.dimensions];
        for batch in batches(&lengths, BATCH_TOKENS) {
            let rows: Vec<&[i64]> = batch.iter().map(|&index| ids[index].as_slice()).collect();
            let (ids, mask) = padded(&rows, self.padding);
            let hidden = tch::no_grad(|| model.forward(&ids, &mask))?;
            let vectors = tch::no_grad(|| pooled(&hidden, &mask));
            for (&index, row) in batch.iter().zip(plain(&vectors, self.dimensions)?.rows()) {
                values[index * self.dimensions..][..self.dimensions].copy_from_slice(row);
            }
            done(batch.len());
        }
        let vectors = Vectors::from_values(self.dimensions, values)
            .ok_or_else(|| EncodeError::Failed("rows of unequal length".into()))?;
        Ok(Encoded { vectors, tokens: lengths.iter().sum() })
    }
}

impl Model {
    fn new(folder: &ModelFolder, root: &nn::Path, number_type: NumberType) -> Result<(Self, Sizes), EncodeError> {
        match folder.architecture {
            Architecture::Bert => {
                let config: BertConfig = folder.layers_config()?;
                let sizes = Sizes::of_bert(&config, 0).checked(folder)?;
                Ok((Self::Bert(Bert::open(folder, &config, number_type.kind())?), sizes))
            }
            Architecture::Roberta => {
                let config: BertConfig = folder.layers_config()?;
                let sizes = Sizes::of_bert(&config, 2).checked(folder)?;
                Ok((Self::Roberta(BertModel::new_with_optional_pooler(root, &config, false)), sizes))
            }
            Architecture::DistilBert => {
                let config: DistilBertConfig = folder.layers_config()?;
                let sizes = Sizes::of_distilbert(&config).checked(folder)?;
                Ok((Self::DistilBert(DistilBertModel::new(root, &config)), sizes))
            }
            Architecture::Electra => {
                let config: ElectraConfig = folder.layers_config()?;
                let sizes = Sizes::of_electra(&config).checked(folder)?;
                Ok((Self::Electra(ElectraModel::new(root, &config)), sizes))
            }
        }
    }

    /// Token vectors `(texts, tokens, hidden)` of ids and mask `(texts, tokens)`.
    fn forward(&self, ids: &Tensor, mask: &Tensor) -> Result<Tensor, EncodeError> {
        let failed = |error: rust_bert::RustBertError| EncodeError::Failed(error.to_string());
        let given = (Some(ids), Some(mask));
        let hidden = match self {
            Self::Bert(model) => Ok(model.forward(ids, mask, None)),
            Self::Roberta(model) => {
                model.forward_t(given.0, given.1, None, None, None, None, None, false).map(|out| out.hidden_state)
            }
            Self::DistilBert(model) => model.forward_t(given.0, given.1, None, false).map(|out| out.hidden_state),
            Self::Electra(model) => {
                model.forward_t(given.0, given.1, None, None, None, false).map(|out| out.hidden_state)
            }
        };
        Ok(hidden.map_err(failed)?.to_kind(Kind::Float))
    }
}

impl Sizes {
    pub(super) fn of_bert(config: &BertConfig, reserved: i64) -> Self {
        Self {
            hidden: config.hidden_size,
            heads: config.num_attention_heads,
            layers: config.num_hidden_layers,
            positions: config.max_position_embeddings,
            vocabulary: config.vocab_size,
            reserved,
        }
    }

    fn of_distilbert(config: &DistilBertConfig) -> Self {
        Self {
            hidden: config.dim,
            heads: config.n_heads,
            layers: config.n_layers,
            positions: config.max_position_embeddings,
            vocabulary: config.vocab_size,
            reserved: 0,
        }
    }

    fn of_electra(config: &ElectraConfig) -> Self {
        Self {
            hidden: config.hidden_size,
            heads: config.num_attention_heads,
            layers: config.num_hidden_layers,
            positions: config.max_position_embeddings,
            vocabulary: config.vocab_size,
            reserved: 0,
        }
    }

    /// Tokens that a text may have.
    pub(super) fn max_tokens(&self, folder: &ModelFolder) -> usize {
        let allowed = (self.positions - self.reserved) as usize;
        folder.manifest.max_tokens.unwrap_or(allowed).min(allowed)
    }

    /// Refuses sizes at which the layers would panic or take all memory.
    pub(super) fn checked(self, folder: &ModelFolder) -> Result<Self, EncodeError> {
        let sane = (1..=8192).contains(&self.hidden)
            && (1..=128).contains(&self.heads)
            && (1..=128).contains(&self.layers)
            && (1..=2_000_000).contains(&self.vocabulary)
            && (self.reserved + 8..=65_536).contains(&self.positions)
            && self.hidden % self.heads == 0;
        if sane {
            return Ok(self);
        }
        Err(EncodeError::Malformed {
            path: folder.path.join("config.json"),
            problem: format!(
                "hidden size {}, {} heads, {} layers, {} positions, vocabulary {}",
                self.hidden, self.heads, self.layers, self.positions, self.vocabulary
            ),
        })
    }
}

impl ModelFolder {
    /// The configuration as rust-bert's type.
    pub(super) fn layers_config<T: DeserializeOwned>(&self) -> Result<T, EncodeError> {
        serde_json::from_str(&self.config)
            .map_err(|error| EncodeError::Malformed { path: self.path.join("config.json"), problem: error.to_string() })
    }

    /// The id that fills short rows; 0 where the configuration does not say.
    pub(super) fn padding_token(&self) -> Result<i64, EncodeError> {
        let config: serde_json::Value = self.layers_config()?;
        Ok(config["pad_token_id"].as_i64().unwrap_or(0))
    }
}
