//! One interview through the encoder as training changed it: in the lower layers each statement for itself, in the upper
//! ones among its neighbours.

use tch::{Kind, Tensor};

use super::batches::{batches, filling, means, starts};
use super::bert::Bert;
use super::changes::Training;
use super::neighbours::Neighbours;

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
    /// `biases` are added to the attention to neighbours, for each of the last layers `(heads, PLACES)`. In training `changes`
    /// are computed beside the weights of `bert`; otherwise `bert` must hold them already.
    pub fn tokens(
        &self,
        bert: &Bert,
        biases: &[Tensor],
        changes: Option<&Training>,
        done: &mut dyn FnMut(usize),
    ) -> Tensor {
        let within = bert.depth() - biases.len();
        let mut parts = Vec::new();
        let mut places = vec![0_i64; self.lengths.iter().sum()];
        let starts = starts(&self.lengths);
        let mut before = 0;
        for batch in batches(&self.ids) {
            parts.push(bert.texts(&batch, within, changes));
            for &index in &batch.texts {
                let own = &mut places[starts[index]..][..self.lengths[index]];
                (before..).zip(own).for_each(|(place, token)| *token = place);
                before += self.lengths[index] as i64;
            }
            done(batch.texts.len());
        }
        places.resize(places.len() + filling(places.len()), 0);
        let tokens = Tensor::cat(&parts, 0).index_select(0, &Tensor::from_slice(&places));
        let around = Neighbours::new(&self.lengths, places.len() - before as usize);
        let attend = |layer: usize, three: &Tensor| around.attend(three, &biases[layer - within], changes.is_some());
        let tokens = bert.through(within..bert.depth(), tokens, &attend, changes);
        tokens.narrow(0, 0, before).to_kind(Kind::Float)
    }

    /// Vectors of length one, the mean of each statement's tokens: `(statements, hidden)`.
    pub fn statements(&self, tokens: &Tensor) -> Tensor {
        means(tokens, &self.lengths)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::encode::ModelFolder;
    use crate::encode::batches::Batch;
    use crate::encode::neighbours::OWN;
    use crate::encode::story::Story;

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
            let tokens = interview.tokens(&bert, &story.neighbours, None, &mut |more| done += more);
            assert_eq!((tokens.size()[0], done), (lengths.iter().sum::<usize>() as i64, lengths.len()));
            let together = interview.statements(&tokens);
            for statement in 0..ids.len() {
                let batch = Batch::new(vec![statement], &ids);
                let alone = batch.means(&bert.texts(&batch, bert.depth(), None)).squeeze_dim(0);
                let cosine = together.get(statement as i64).dot(&alone).double_value(&[]);
                assert!(cosine > 0.9999, "{statement}: {cosine}");
            }
        });
    }
}
