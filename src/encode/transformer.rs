//! A model folder run through rust-bert's layers and libtorch.

use rust_bert::bert::{BertConfig, BertEmbeddings, BertModel};
use rust_bert::distilbert::{DistilBertConfig, DistilBertModel};
use rust_bert::electra::{ElectraConfig, ElectraModel};
use rust_bert::roberta::RobertaEmbeddings;
use serde::de::DeserializeOwned;
use tch::{Device, Kind, Tensor, nn};

use super::batches::batches;
use super::tokens::Tokens;
use super::{Architecture, EncodeError, Encoded, Encoder, ModelFolder, weights};
use crate::vectors::Vectors;

/// Tokens of one batch, padding included. Larger ones gain nothing on two cores.
const BATCH_TOKENS: usize = 2048;

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

    fn kind(self) -> Kind {
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
    /// Keeps the weights alive; the layers only refer to them.
    _variables: nn::VarStore,
}

/// The layers of one family.
enum Model {
    Bert(BertModel<BertEmbeddings>),
    Roberta(BertModel<RobertaEmbeddings>),
    DistilBert(DistilBertModel),
    Electra(ElectraModel),
}

/// The sizes in a configuration that decide on shapes.
struct Sizes {
    hidden: i64,
    heads: i64,
    layers: i64,
    positions: i64,
    vocabulary: i64,
    /// Positions that the family reserves.
    reserved: i64,
}

impl Transformer {
    /// Loads tokenizer and weights of a model folder.
    ///
    /// # Errors
    /// Where configuration, tokenizer and weights do not belong together.
    pub fn open(folder: &ModelFolder, number_type: NumberType) -> Result<Self, EncodeError> {
        let mut variables = nn::VarStore::new(Device::Cpu);
        let (model, sizes) = Model::new(folder, &variables.root())?;
        weights::load(&variables, &folder.path.join("model.safetensors"))?;
        variables.set_kind(number_type.kind());
        variables.freeze();
        let allowed = (sizes.positions - sizes.reserved) as usize;
        let max_tokens = folder.manifest.max_tokens.unwrap_or(allowed).min(allowed);
        let tokens = Tokens::open(folder, sizes.vocabulary as usize, max_tokens)?;
        Ok(Self {
            model,
            tokens,
            padding: folder.padding_token()?.clamp(0, sizes.vocabulary - 1),
            dimensions: sizes.hidden as usize,
            _variables: variables,
        })
    }

    /// Vectors of one batch: `(texts, dimensions)`.
    fn forward(&self, rows: &[&[i64]]) -> Result<Tensor, EncodeError> {
        let longest = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        let size = [rows.len() as i64, longest as i64];
        let padded = |fill: i64, value: &dyn Fn(i64) -> i64| {
            let filled = rows
                .iter()
                .flat_map(|row| row.iter().map(|&id| value(id)).chain(std::iter::repeat_n(fill, longest - row.len())));
            Tensor::from_slice(&filled.collect::<Vec<i64>>()).reshape(size)
        };
        let ids = padded(self.padding, &|id| id);
        let mask = padded(0, &|_| 1);
        let hidden = self.model.forward(&ids, &mask)?.to_kind(Kind::Float);
        let weight = mask.to_kind(Kind::Float).unsqueeze(-1);
        let mean =
            (hidden * &weight).sum_dim_intlist(1, false, Kind::Float) / weight.sum_dim_intlist(1, false, Kind::Float);
        let length = mean.norm_scalaropt_dim(2, 1, true).clamp_min(1e-12);
        Ok(mean / length)
    }
}

impl Encoder for Transformer {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn encode(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        let ids = self.tokens.ids(texts)?;
        let lengths: Vec<usize> = ids.iter().map(Vec::len).collect();
        let mut values = vec![0.0; texts.len() * self.dimensions];
        for batch in batches(&lengths, BATCH_TOKENS) {
            let rows: Vec<&[i64]> = batch.iter().map(|&index| ids[index].as_slice()).collect();
            let vectors = tch::no_grad(|| self.forward(&rows))?.flatten(0, -1);
            let vectors = Vec::<f32>::try_from(vectors).map_err(|error| EncodeError::Failed(error.to_string()))?;
            for (&index, row) in batch.iter().zip(vectors.chunks_exact(self.dimensions)) {
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
    fn new(folder: &ModelFolder, root: &nn::Path) -> Result<(Self, Sizes), EncodeError> {
        match folder.architecture {
            Architecture::Bert => {
                let config: BertConfig = folder.layers_config()?;
                let sizes = Sizes::of_bert(&config, 0).checked(folder)?;
                Ok((Self::Bert(BertModel::new_with_optional_pooler(root, &config, false)), sizes))
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
        let (ids, mask) = (Some(ids), Some(mask));
        match self {
            Self::Bert(model) => {
                model.forward_t(ids, mask, None, None, None, None, None, false).map(|out| out.hidden_state)
            }
            Self::Roberta(model) => {
                model.forward_t(ids, mask, None, None, None, None, None, false).map(|out| out.hidden_state)
            }
            Self::DistilBert(model) => model.forward_t(ids, mask, None, false).map(|out| out.hidden_state),
            Self::Electra(model) => model.forward_t(ids, mask, None, None, None, false).map(|out| out.hidden_state),
        }
        .map_err(failed)
    }
}

impl Sizes {
    fn of_bert(config: &BertConfig, reserved: i64) -> Self {
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

    /// Refuses sizes at which the layers would panic or take all memory.
    fn checked(self, folder: &ModelFolder) -> Result<Self, EncodeError> {
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
    fn layers_config<T: DeserializeOwned>(&self) -> Result<T, EncodeError> {
        serde_json::from_str(&self.config)
            .map_err(|error| EncodeError::Malformed { path: self.path.join("config.json"), problem: error.to_string() })
    }

    /// The id that fills short rows; 0 where the configuration does not say.
    fn padding_token(&self) -> Result<i64, EncodeError> {
        let config: serde_json::Value = self.layers_config()?;
        Ok(config["pad_token_id"].as_i64().unwrap_or(0))
    }
}
