//! A stand-in for the transformer, for tests of everything around it.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::words::words;
use super::{EncodeError, Encoded, Encoder, Reading};
use crate::scores::{self, StatementEnd, WordWeight};
use crate::text::{self, ByteSpan};
use crate::vectors::{Vectors, normalise};

/// Gives each word a direction by its hash and a text the sum of its words' directions.
///
/// Fast, stable, without libtorch. Texts that share words come to lie near each other; nothing else is meant by it.
#[derive(Debug, Clone, Copy)]
pub struct HashedEncoder {
    dimensions: usize,
}

impl HashedEncoder {
    /// A stand-in whose vectors have `dimensions` numbers.
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions }
    }

    fn vector(self, text: &str) -> Vec<f32> {
        let mut row = vec![0.0; self.dimensions];
        for word in text.split_whitespace() {
            let mut hasher = DefaultHasher::new();
            word.hash(&mut hasher);
            let hash = hasher.finish();
            let sign = if hash & 1 == 0 { 1.0 } else { -1.0 };
            row[(hash >> 1) as usize % self.dimensions] += sign;
        }
        normalise(&mut row);
        row
    }
}

impl HashedEncoder {
    /// Each word speaks for the ring that its length decides on.
    fn words(self, text: &str) -> Vec<WordWeight> {
        let places: Vec<ByteSpan> = text::words(text).collect();
        let weight = |place: &ByteSpan| std::array::from_fn(|ring| if place.len() % 6 == ring { 1.0 } else { 0.0 });
        words(text, &places, &places.iter().map(weight).collect::<Vec<_>>())
    }
}

impl Encoder for HashedEncoder {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn encode(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        let mut vectors = Vectors::empty(self.dimensions);
        texts.iter().for_each(|text| vectors.push(&self.vector(text)));
        done(texts.len());
        Ok(Encoded { vectors, tokens: texts.iter().map(|text| text.split_whitespace().count()).sum() })
    }

    fn encode_for_jobs(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        self.encode(texts, done)
    }

    fn read_for_jobs(&self, texts: &[&str], done: &mut dyn FnMut(usize)) -> Result<Encoded, EncodeError> {
        self.encode(texts, done)
    }

    /// Behind every full stop.
    fn ends(&self, turns: &[&str]) -> Result<Vec<Vec<StatementEnd>>, EncodeError> {
        let ends = |turn: &&str| {
            let places = turn.char_indices().filter(|(_, sign)| sign.is_whitespace()).map(|(at, _)| at);
            places.map(|at| StatementEnd { at, p: if turn[..at].ends_with('.') { 1.0 } else { 0.0 } }).collect()
        };
        Ok(turns.iter().map(ends).collect())
    }

    fn read(&self, texts: &[&str], features: &Vectors, done: &mut dyn FnMut(usize)) -> Result<Reading, EncodeError> {
        let Encoded { vectors, tokens } = self.encode(texts, done)?;
        let mut read = Vectors::empty(scores::COUNT);
        for (vector, features) in vectors.rows().zip(features.rows()) {
            let numbers: Vec<f32> = vector.iter().chain(features).copied().collect();
            read.push(&std::array::from_fn::<f32, { scores::COUNT }, _>(|score| {
                numbers.iter().skip(score).step_by(scores::COUNT).sum()
            }));
        }
        let words = texts.iter().map(|text| self.words(text)).collect();
        Ok(Reading { meanings: vectors, scores: read, words, tokens })
    }
}
