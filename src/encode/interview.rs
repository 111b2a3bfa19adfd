//! One interview through the encoder as training changed it: in the lower layers each statement for itself, in the upper
//! ones among its neighbours.

use tch::{Kind, Tensor};

use super::batches::{Batch, padded_batches};
use super::bert::Bert;
use super::changes::Training;
use super::neighbours::Row;
use super::story::Story;
use super::transformer::unit;

/// The statements of an interview as token ids, in their order.
pub(super) struct Interview {
    ids: Vec<Vec<i64>>,
    lengths: Vec<usize>,
}

impl Interview {
    /// Takes the token ids of all statements; each has at least one.
    pub fn new(ids: Vec<Vec<i64>>) -> Self {
        let lengths: Vec<usize> = ids.iter().map(Vec::len).collect();
        Self { ids, lengths }
    }

    /// Vectors of all tokens, statement after statement, in 32 bits: `(tokens, hidden)`.
    ///
    /// In training the changes are computed beside the weights of `bert`; otherwise `bert` must hold them already.
    pub fn tokens(
        &self,
        bert: &Bert,
        story: &Story,
        padding: i64,
        training: bool,
        done: &mut dyn FnMut(usize),
    ) -> Tensor {
        let within = bert.depth() - story.neighbours.len();
        let changes = training.then(|| Training::of(&story.changes));
        let mut parts = Vec::new();
        let mut places = vec![0_i64; self.lengths.iter().sum()];
        let starts = starts(&self.lengths);
        let mut before = 0;
        for Batch { texts, ids, mask } in padded_batches(&self.ids, padding) {
            parts.push(bert.rows(&ids, &mask, within, changes.as_ref()).flatten(0, 1));
            for &index in &texts {
                let own = starts[index]..starts[index] + self.lengths[index];
                (before..).zip(&mut places[own]).for_each(|(place, token)| *token = place);
                before += ids.size()[1];
            }
            done(texts.len());
        }
        let tokens = Tensor::cat(&parts, 0).index_select(0, &Tensor::from_slice(&places));
        let row = Row::new(&self.lengths, training);
        let attend = |layer: usize, three: &Tensor| row.attend(three, &story.neighbours[layer - within], training);
        bert.through(within..bert.depth(), tokens, &attend, changes.as_ref()).to_kind(Kind::Float)
    }

    /// Vectors of length one, the mean of each statement's tokens: `(statements, hidden)`.
    pub fn statements(&self, tokens: &Tensor) -> Tensor {
        let statement = |(statement, &length): (i64, &usize)| std::iter::repeat_n(statement, length);
        let statements: Vec<i64> = (0..).zip(&self.lengths).flat_map(statement).collect();
        let zeros = Tensor::zeros([self.lengths.len() as i64, tokens.size()[1]], (Kind::Float, tokens.device()));
        unit(&zeros.index_add(0, &Tensor::from_slice(&statements), tokens))
    }
}

/// Where each part begins, laid out one after the other.
fn starts(lengths: &[usize]) -> Vec<usize> {
    let next = |start: &mut usize, &length: &usize| {
        let this = *start;
        *start += length;
        Some(this)
    };
    lengths.iter().scan(0, next).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::encode::ModelFolder;
    use crate::encode::batches::padded;
    use crate::encode::neighbours::OWN;
    use crate::encode::transformer::pooled;

    /// Where nobody sees a neighbour, an interview's statements have the vectors that they have alone, in their order.
    #[test]
    fn without_neighbours_every_statement_is_read_as_if_alone() {
        let folder = ModelFolder::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("models/e5-small-de")).unwrap();
        let bert = Bert::open(&folder, &folder.layers_config().unwrap(), Kind::Float).unwrap();
        let story = Story::new(&bert, 7);
        tch::no_grad(|| {
            for bias in &story.neighbours {
                let own = bias.select(1, OWN).copy();
                let _ = bias.shallow_clone().fill_(-1e4);
                bias.select(1, OWN).copy_(&own);
            }
            let lengths = [40, 3, 90, 3, 1, 25, 60, 200, 7, 150, 33, 90, 90, 90, 90, 90, 90];
            let id = |statement: usize, token: usize| (5 + (token * 7919 + statement * 104_729) % 30_000) as i64;
            let ids: Vec<Vec<i64>> = lengths
                .iter()
                .enumerate()
                .map(|(statement, &length)| (0..length).map(|token| id(statement, token)).collect())
                .collect();
            let interview = Interview::new(ids.clone());
            let mut done = 0;
            let tokens = interview.tokens(&bert, &story, 1, false, &mut |more| done += more);
            assert_eq!((tokens.size()[0], done), (lengths.iter().sum::<usize>() as i64, lengths.len()));
            let together = interview.statements(&tokens);
            for (statement, ids) in ids.iter().enumerate() {
                let (ids, mask) = padded(&[ids], 1);
                let alone = pooled(&bert.rows(&ids, &mask, bert.depth(), None), &mask).squeeze_dim(0);
                let cosine = together.get(statement as i64).dot(&alone).double_value(&[]);
                assert!(cosine > 0.9999, "{statement}: {cosine}");
            }
        });
    }
}
