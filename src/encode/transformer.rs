//! A model folder run through libtorch: BERT by own layers, its sisters by rust-bert's.

use std::sync::Arc;

use rust_bert::bert::BertModel;
use rust_bert::distilbert::DistilBertModel;
use rust_bert::electra::ElectraModel;
use rust_bert::roberta::RobertaEmbeddings;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tch::{Device, Kind, Tensor, nn};

use super::batches::{Batch, batches};
use super::bert::Bert;
use super::boundaries::{self, by_text};
use super::interview::Interview;
use super::jobs::Jobs;
use super::place_net::PlaceNet;
use super::story::Story;
use super::tokens::Tokens;
use super::windows::Windows;
use super::words::words;
use super::{Architecture, EncodeError, Encoded, Encoder, ModelFolder, Reading, weights};
use crate::scores::{self, StatementEnd};
use crate::vectors::Vectors;

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

/// Limits the threads that one product is split among; the default is one per core. Counts for the calling thread.
pub fn set_threads(threads: usize) {
    tch::set_num_threads(i32::try_from(threads).unwrap_or(i32::MAX));
}

/// Among how many threads one product is split.
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
    pub(super) tokens: Arc<Tokens>,
    /// Id that fills short rows of a batch.
    padding: i64,
    dimensions: usize,
    /// Where the model was trained for interviews: the encoder as training changed it, and what reads the story.
    trained: Option<Trained>,
    /// Keeps the weights of rust-bert's layers alive, which only refer to them.
    _variables: nn::VarStore,
}

/// What training for interviews added, with the encoder as it changed it.
struct Trained {
    story: Story,
    of_story: Bert,
    boundaries: PlaceNet,
    of_boundaries: Bert,
    of_jobs: Bert,
    /// What is added to the attention to neighbours where jobs are told apart.
    job_neighbours: Vec<Tensor>,
}

/// The layers of one family.
enum Model {
    Bert(Bert),
    Sister(Box<Sister>),
}

/// Layers by rust-bert, which takes texts as rows.
enum Sister {
    Roberta(BertModel<RobertaEmbeddings>),
    DistilBert(DistilBertModel),
    Electra(ElectraModel),
}

/// The sizes in `config.json` that decide on shapes, under the names of the different families.
#[derive(Deserialize)]
struct Sizes {
    #[serde(alias = "dim")]
    hidden_size: i64,
    #[serde(alias = "n_heads")]
    num_attention_heads: i64,
    #[serde(alias = "n_layers")]
    num_hidden_layers: i64,
    max_position_embeddings: i64,
    vocab_size: i64,
    /// Id that fills short rows of a batch.
    pad_token_id: Option<i64>,
}

impl Transformer {
    /// Loads tokenizer and weights of a model folder, as they came, without what training for interviews added.
    ///
    /// # Errors
    /// Where configuration, tokenizer and weights do not belong together.
    pub fn open(folder: &ModelFolder, number_type: NumberType) -> Result<Self, EncodeError> {
        let mut variables = nn::VarStore::new(Device::Cpu);
        let sizes = Sizes::of(folder)?;
        let model = Model::new(folder, &variables.root(), number_type)?;
        if !variables.is_empty() {
            weights::load(&variables, &folder.weights())?;
        }
        variables.set_kind(number_type.kind());
        variables.freeze();
        let tokens = Tokens::open(folder, sizes.vocab_size as usize, sizes.max_tokens(folder))?;
        Ok(Self {
            model,
            tokens: Arc::new(tokens),
            padding: sizes.padding(),
            dimensions: sizes.hidden_size as usize,
            trained: None,
            _variables: variables,
        })
    }

    /// The same with what training added to the folder, with `features` numbers a statement: interviews can be read. The
    /// vectors of [`Encoder::encode`] stay those of the encoder as it came.
    ///
    /// # Errors
    /// Where the folder has none, it does not fit, or the architecture is not BERT.
    pub fn open_trained(folder: &ModelFolder, features: usize, number_type: NumberType) -> Result<Self, EncodeError> {
        let mut transformer = Self::open(folder, number_type)?;
        let bert = transformer.bert(folder)?;
        let mut story = Story::new(bert, features as i64);
        weights::load(&story.variables, &folder.story())?;
        story.variables.freeze();
        let mut boundaries = PlaceNet::new(bert, boundaries::ANSWERS);
        weights::load(&boundaries.variables, &folder.boundaries())?;
        boundaries.variables.freeze();
        let jobs = Jobs::new(bert);
        weights::load(&jobs.variables, &folder.jobs())?;
        let merged = |changes| tch::no_grad(|| bert.merged(changes));
        let of_jobs = merged(&jobs.changes);
        let job_neighbours = jobs.neighbours.iter().map(|bias| bias.detach().copy()).collect();
        let (of_story, of_boundaries) = (merged(&story.changes), merged(&boundaries.changes));
        transformer.trained = Some(Trained { story, of_story, boundaries, of_boundaries, of_jobs, job_neighbours });
        Ok(transformer)
    }
}

impl Trained {
    fn shared(&self) -> Result<Self, EncodeError> {
        Ok(Self {
            story: self.story.copied(&self.of_story)?,
            of_story: self.of_story.shared(),
            boundaries: self.boundaries.copied(&self.of_boundaries)?,
            of_boundaries: self.of_boundaries.shared(),
            of_jobs: self.of_jobs.shared(),
            job_neighbours: self.job_neighbours.iter().map(Tensor::shallow_clone).collect(),
        })
    }
}

/// Vectors of length one `(rows, hidden)`: the mean of each row's token vectors, padding not counted.
pub(super) fn pooled(hidden: &Tensor, mask: &Tensor) -> Tensor {
    unit(&(hidden * mask.to_kind(Kind::Float).unsqueeze(-1)).sum_dim_intlist(1, false, Kind::Float))
}

/// Rows brought to length one.
pub(super) fn unit(rows: &Tensor) -> Tensor {
    rows / rows.norm_scalaropt_dim(2, 1, true).clamp_min(1e-12)
}

/// Rows of plain numbers as a tensor.
pub(super) fn tensor(rows: &Vectors) -> Tensor {
    let values: Vec<f32> = rows.rows().flatten().copied().collect();
    Tensor::from_slice(&values).reshape([rows.len() as i64, rows.dimensions() as i64])
}

/// A tensor as rows of plain numbers.
pub(super) fn plain(rows: &Tensor, dimensions: usize) -> Result<Vectors, EncodeError> {
    let values = Vec::<f32>::try_from(rows.to_kind(Kind::Float).flatten(0, -1))
        .map_err(|error| EncodeError::Failed(error.to_string()))?;
    Vectors::from_values(dimensions, values).ok_or_else(|| EncodeError::Failed("rows of unequal length".into()))
}

impl Encoder for Transformer {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn encode(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        self.vectors(&self.ids(texts)?, &|batch| self.model.forward(batch, self.padding), done)
    }

    fn encode_for_jobs(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        let Trained { of_jobs, .. } = self.trained()?;
        let forward = |batch: &Batch| Ok(batch.means(&of_jobs.texts(batch, of_jobs.depth(), None)));
        self.vectors(&self.ids(texts)?, &forward, done)
    }

    fn read_for_jobs(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        let Trained { of_jobs, job_neighbours, .. } = self.trained()?;
        let ids = self.ids(texts)?;
        let tokens = ids.iter().map(Vec::len).sum();
        if ids.is_empty() {
            return Ok(Encoded { vectors: Vectors::empty(self.dimensions), tokens });
        }
        let interview = Interview::new(ids);
        let vectors = tch::no_grad(|| interview.statements(&interview.tokens(of_jobs, job_neighbours, None, done)));
        Ok(Encoded { vectors: plain(&vectors, self.dimensions)?, tokens })
    }

    fn ends(&self, turns: &[&str]) -> Result<Vec<Vec<StatementEnd>>, EncodeError> {
        let Trained { boundaries, of_boundaries, .. } = self.trained()?;
        let windows = Windows::between_words(&self.tokens, turns)?;
        let (places, clear) = tch::no_grad(|| boundaries.read(of_boundaries, &windows, false));
        by_text(turns.len(), &places, &clear)
    }

    fn read(&self, texts: &[&str], features: &Vectors, done: &mut dyn FnMut(usize)) -> Result<Reading, EncodeError> {
        let Trained { story, of_story, .. } = self.trained()?;
        let texts_tokens = self.tokens.of(texts)?;
        let ids: Vec<Vec<i64>> = texts_tokens.iter().map(|text| text.ids.clone()).collect();
        let tokens = ids.iter().map(Vec::len).sum();
        if ids.is_empty() {
            let (scores, meanings) = (Vectors::empty(scores::COUNT), Vectors::empty(self.dimensions));
            return Ok(Reading { scores, meanings, words: Vec::new(), tokens });
        }
        let interview = Interview::new(ids);
        let (scores, meanings, shares) = tch::no_grad(|| {
            let seen = interview.tokens(of_story, &story.neighbours, None, done);
            let meanings = interview.statements(&seen);
            (story.scores(&meanings, &tensor(features)), meanings, story.ring_shares(&seen))
        });
        let mut shares = plain(&shares, scores::RINGS.len())?.rows().map(six).collect::<Vec<_>>().into_iter();
        let words = texts.iter().zip(&texts_tokens).map(|(text, tokens)| {
            let shares: Vec<[f32; 6]> = shares.by_ref().take(tokens.ids.len()).collect();
            words(text, &tokens.places, &shares)
        });
        Ok(Reading {
            scores: plain(&scores, scores::COUNT)?,
            words: words.collect(),
            meanings: plain(&meanings, self.dimensions)?,
            tokens,
        })
    }
}

fn six(row: &[f32]) -> [f32; 6] {
    std::array::from_fn(|ring| row[ring])
}

impl Transformer {
    /// The encoder as it came, for training.
    ///
    /// # Errors
    /// Where it is of another family.
    pub(super) fn bert(&self, folder: &ModelFolder) -> Result<&Bert, EncodeError> {
        match &self.model {
            Model::Bert(bert) => Ok(bert),
            _ => Err(folder.untrainable()),
        }
    }

    /// The same for another thread; the encoders' weights are in memory once.
    ///
    /// # Errors
    /// Where the architecture is not BERT.
    pub(super) fn shared(&self) -> Result<Self, EncodeError> {
        let Model::Bert(bert) = &self.model else {
            return Err(EncodeError::Failed("only BERT can be used by several threads".into()));
        };
        Ok(Self {
            model: Model::Bert(bert.shared()),
            tokens: Arc::clone(&self.tokens),
            padding: self.padding,
            dimensions: self.dimensions,
            trained: self.trained.as_ref().map(Trained::shared).transpose()?,
            _variables: nn::VarStore::new(Device::Cpu),
        })
    }

    fn trained(&self) -> Result<&Trained, EncodeError> {
        self.trained.as_ref().ok_or_else(|| EncodeError::Failed("this model was not trained for interviews".into()))
    }

    /// Token ids of texts, for training.
    pub(super) fn ids(&self, texts: &[&str]) -> Result<Vec<Vec<i64>>, EncodeError> {
        Ok(self.tokens.of(texts)?.into_iter().map(|text| text.ids).collect())
    }

    /// Vectors of texts given by their token ids; `forward` gives those of a batch `(texts, hidden)`.
    fn vectors(
        &self,
        ids: &[Vec<i64>],
        forward: &dyn Fn(&Batch) -> Result<Tensor, EncodeError>,
        done: &mut dyn FnMut(usize),
    ) -> Result<Encoded, EncodeError> {
        let mut values = vec![0.0; ids.len() * self.dimensions];
        for batch in batches(ids) {
            let vectors = tch::no_grad(|| forward(&batch))?;
            for (&index, row) in batch.texts.iter().zip(plain(&vectors, self.dimensions)?.rows()) {
                values[index * self.dimensions..][..self.dimensions].copy_from_slice(row);
            }
            done(batch.texts.len());
        }
        let vectors = Vectors::from_values(self.dimensions, values)
            .ok_or_else(|| EncodeError::Failed("rows of unequal length".into()))?;
        Ok(Encoded { vectors, tokens: ids.iter().map(Vec::len).sum() })
    }
}

impl Model {
    fn new(folder: &ModelFolder, root: &nn::Path, number_type: NumberType) -> Result<Self, EncodeError> {
        let sister = match folder.architecture {
            Architecture::Bert => {
                return Ok(Self::Bert(Bert::open(folder, &folder.layers_config()?, number_type.kind())?));
            }
            Architecture::Roberta => {
                Sister::Roberta(BertModel::new_with_optional_pooler(root, &folder.layers_config()?, false))
            }
            Architecture::DistilBert => Sister::DistilBert(DistilBertModel::new(root, &folder.layers_config()?)),
            Architecture::Electra => Sister::Electra(ElectraModel::new(root, &folder.layers_config()?)),
        };
        Ok(Self::Sister(Box::new(sister)))
    }

    /// Vectors of a batch's texts `(texts, hidden)`; `padding` is the id that fills rows, where the layers ask for rows.
    fn forward(&self, batch: &Batch, padding: i64) -> Result<Tensor, EncodeError> {
        match self {
            Self::Bert(model) => Ok(batch.means(&model.texts(batch, model.depth(), None))),
            Self::Sister(model) => {
                let (ids, mask) = batch.padded(padding);
                Ok(pooled(&model.forward(&ids, &mask)?, &mask))
            }
        }
    }
}

impl Sister {
    /// Token vectors `(texts, tokens, hidden)` of ids and mask `(texts, tokens)`.
    fn forward(&self, ids: &Tensor, mask: &Tensor) -> Result<Tensor, EncodeError> {
        let (ids, mask) = (Some(ids), Some(mask));
        let hidden = match self {
            Self::Roberta(model) => {
                model.forward_t(ids, mask, None, None, None, None, None, false).map(|out| out.hidden_state)
            }
            Self::DistilBert(model) => model.forward_t(ids, mask, None, false).map(|out| out.hidden_state),
            Self::Electra(model) => model.forward_t(ids, mask, None, None, None, false).map(|out| out.hidden_state),
        };
        hidden.map(|hidden| hidden.to_kind(Kind::Float)).map_err(|error| EncodeError::Failed(error.to_string()))
    }
}

impl Sizes {
    /// Reads the sizes of a folder.
    ///
    /// # Errors
    /// Where one is missing, or the layers would panic on it or take all memory.
    fn of(folder: &ModelFolder) -> Result<Self, EncodeError> {
        let sizes: Self = folder.layers_config()?;
        let sane = (1..=8192).contains(&sizes.hidden_size)
            && (1..=128).contains(&sizes.num_attention_heads)
            && (1..=128).contains(&sizes.num_hidden_layers)
            && (1..=2_000_000).contains(&sizes.vocab_size)
            && (10..=65_536).contains(&sizes.max_position_embeddings)
            && (0..sizes.vocab_size).contains(&sizes.padding())
            && sizes.hidden_size % sizes.num_attention_heads == 0;
        if sane {
            return Ok(sizes);
        }
        Err(EncodeError::Malformed {
            path: folder.path.join("config.json"),
            problem: format!(
                "hidden size {}, {} heads, {} layers, {} positions, vocabulary {}, padding {}",
                sizes.hidden_size,
                sizes.num_attention_heads,
                sizes.num_hidden_layers,
                sizes.max_position_embeddings,
                sizes.vocab_size,
                sizes.padding()
            ),
        })
    }

    /// The id that fills short rows; 0 where the configuration does not say.
    fn padding(&self) -> i64 {
        self.pad_token_id.unwrap_or(0)
    }

    /// Tokens that a text may have. RoBERTa keeps two positions for itself.
    fn max_tokens(&self, folder: &ModelFolder) -> usize {
        let reserved = if folder.architecture == Architecture::Roberta { 2 } else { 0 };
        let allowed = (self.max_position_embeddings - reserved) as usize;
        folder.manifest.max_tokens.unwrap_or(allowed).min(allowed)
    }
}

impl ModelFolder {
    /// The configuration as rust-bert's type.
    pub(super) fn layers_config<T: DeserializeOwned>(&self) -> Result<T, EncodeError> {
        serde_json::from_str(&self.config)
            .map_err(|error| EncodeError::Malformed { path: self.path.join("config.json"), problem: error.to_string() })
    }
}
