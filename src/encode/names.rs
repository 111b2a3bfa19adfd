//! Which words are names: a number for each kind of word.

use super::bert::Bert;
use super::place_net::PlaceNet;
use super::transformer::{Transformer, plain};
use super::windows::Windows;
use super::{EncodeError, ModelFolder, NumberType, weights};
use crate::scores::{ReadWord, WordKind};
use crate::text::{ByteSpan, bare_words};

/// Numbers at each word: how clearly it is of each kind.
pub(super) const ANSWERS: i64 = WordKind::ALL.len() as i64;

/// Reads which words of texts are names.
pub struct NameReader {
    transformer: Transformer,
    net: PlaceNet,
    bert: Bert,
}

impl NameReader {
    /// Loads a model folder with what training for names added to it; `None` where it was not trained for names.
    ///
    /// # Errors
    /// Where the folder has no such model, it does not fit, or the architecture is not BERT.
    pub fn open(folder: &ModelFolder, number_type: NumberType) -> Result<Option<Self>, EncodeError> {
        if !folder.names().is_file() {
            return Ok(None);
        }
        let transformer = Transformer::open(folder, number_type)?;
        let bert = transformer.bert(folder)?;
        let mut net = PlaceNet::new(bert, ANSWERS);
        weights::load(&net.variables, &folder.names())?;
        net.variables.freeze();
        let bert = tch::no_grad(|| bert.merged(&net.changes));
        Ok(Some(Self { transformer, net, bert }))
    }

    /// The words of each text in their order, and how probable it is that each is a name. What comes back for a text depends
    /// on the text alone. Words that the model cannot read (beyond its longest text) are left out.
    ///
    /// # Errors
    /// Where the model cannot work on a text.
    pub fn read(&self, texts: &[&str]) -> Result<Vec<Vec<ReadWord>>, EncodeError> {
        let words: Vec<Vec<ByteSpan>> = texts.iter().map(|text| bare_words(text).collect()).collect();
        let windows = Windows::of_words(&self.transformer.tokens, texts, &words)?;
        let (places, said) = tch::no_grad(|| self.net.read(&self.bert, &windows, false));
        let p = plain(&said.softmax(1, tch::Kind::Float), WordKind::ALL.len())?;
        let mut found: Vec<Vec<ReadWord>> = vec![Vec::new(); texts.len()];
        for (place, p) in places.iter().zip(p.rows()) {
            found[place.text].push(ReadWord { span: place.word, p: std::array::from_fn(|kind| p[kind]) });
        }
        found.iter_mut().for_each(|text| text.sort_by_key(|word| word.span));
        Ok(found)
    }
}
