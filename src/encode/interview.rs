//! One interview through the encoder as training changed it: in the lower layers each statement for itself, in the upper
//! ones among its neighbours.

use tch::{Kind, Tensor};

use super::batches::batches;
use super::bert::Bert;
use super::neighbours::Row;
use super::story::Story;
use super::transformer::{BATCH_TOKENS, padded, unit};

/// The statements of an interview as token ids, in their order.
pub(super) struct Interview {
    ids: Vec<Vec<i64>>,
    lengths: Vec<usize>,
    row: Row,
}

impl Interview {
    /// Takes the token ids of all statements; each has at least one.
    pub fn new(ids: Vec<Vec<i64>>) -> Self {
        let lengths: Vec<usize> = ids.iter().map(Vec::len).collect();
        Self { row: Row::new(&lengths), ids, lengths }
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
        let changes = training.then(|| story.training());
        let mut parts = Vec::new();
        let mut places = vec![0_i64; self.lengths.iter().sum()];
        let starts = starts(&self.lengths);
        let mut before = 0;
        for batch in batches(&self.lengths, BATCH_TOKENS) {
            let rows: Vec<&[i64]> = batch.iter().map(|&index| self.ids[index].as_slice()).collect();
            let (ids, mask) = padded(&rows, padding);
            parts.push(bert.rows(&ids, &mask, within, changes.as_ref()).flatten(0, 1));
            for &index in &batch {
                let own = starts[index]..starts[index] + self.lengths[index];
                (before..).zip(&mut places[own]).for_each(|(place, token)| *token = place);
                before += ids.size()[1];
            }
            done(batch.len());
        }
        let tokens = Tensor::cat(&parts, 0).index_select(0, &Tensor::from_slice(&places));
        let attend = |layer: usize, three: &Tensor| self.row.attend(three, &story.neighbours[layer - within], training);
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
