//! Which texts go through the model together.

use tch::{Kind, Tensor};

use super::transformer::unit;

/// Tokens of one batch; only a matter of speed and memory.
const BATCH_TOKENS: usize = 1024;
/// A batch is filled to a multiple of so many tokens: libtorch compiles its products anew for every number of rows.
const BATCH_STEP: usize = 128;
/// Rows are filled to a multiple of so many tokens: for other lengths libtorch's attention takes up to twice as long.
const ROW_STEP: usize = 16;

/// Added to the attention to what only fills: far below any score, so that it gets none at all.
pub(super) const UNSEEN: f64 = -1e4;

/// Texts that go through the model together, their tokens one after the other.
pub(super) struct Batch {
    /// Their numbers.
    pub texts: Vec<usize>,
    /// Tokens of each.
    lengths: Vec<usize>,
    /// Token ids `(tokens + filling)`.
    pub ids: Tensor,
    /// Which token of its text each is `(tokens + filling)`.
    pub positions: Tensor,
    /// All texts as rows, those of about one length together.
    pub rows: Vec<Rows>,
    /// Tokens at the end that belong to no text.
    filling: usize,
}

/// Texts of about one length as rows.
pub(super) struct Rows {
    /// Tokens of the texts.
    tokens: usize,
    /// How many texts and how many places.
    size: [i64; 2],
    /// Added to the attention to each place: [`UNSEEN`] where a row is filled `(texts, 1, 1, places)`.
    pub bias: Tensor,
    /// The token at each place of each row, the first one where a row is filled `(texts · places)`.
    token_of_place: Tensor,
    /// The place of each token `(tokens)`.
    place_of_token: Tensor,
}

/// All texts, given as token ids, in batches.
pub(super) fn batches(ids: &[Vec<i64>]) -> impl Iterator<Item = Batch> {
    let lengths: Vec<usize> = ids.iter().map(Vec::len).collect();
    groups(&lengths, BATCH_TOKENS).into_iter().map(|texts| Batch::new(texts, ids))
}

/// How many tokens are missing until libtorch need not compile anew.
pub(super) fn filling(tokens: usize) -> usize {
    tokens.next_multiple_of(BATCH_STEP) - tokens
}

impl Batch {
    /// The texts of these numbers.
    pub fn new(texts: Vec<usize>, ids: &[Vec<i64>]) -> Self {
        let lengths: Vec<usize> = texts.iter().map(|&text| ids[text].len()).collect();
        let filling = filling(lengths.iter().sum());
        let of_all = |each: &dyn Fn(usize) -> Vec<i64>| {
            let tokens = texts.iter().flat_map(|&text| each(text)).chain(std::iter::repeat_n(0, filling));
            Tensor::from_slice(&tokens.collect::<Vec<_>>())
        };
        Self {
            ids: of_all(&|text| ids[text].clone()),
            positions: of_all(&|text| (0..ids[text].len() as i64).collect()),
            rows: lengths.chunk_by(|a, b| places(*a) == places(*b)).map(Rows::new).collect(),
            filling,
            lengths,
            texts,
        }
    }

    /// What belongs to tokens `(tokens + filling, …)` by [`Batch::rows`], and what belongs to the filling.
    pub fn parts(&self, tokens: &Tensor) -> (Vec<Tensor>, Tensor) {
        let sizes = self.rows.iter().map(|rows| rows.tokens).chain([self.filling]);
        let mut parts = tokens.split_with_sizes(sizes.map(|size| size as i64).collect::<Vec<_>>(), 0);
        let filling = parts.pop().unwrap_or_default();
        (parts, filling)
    }

    /// What belongs to tokens, without that of the filling.
    pub fn without_filling(&self, tokens: &Tensor) -> Tensor {
        tokens.narrow(0, 0, tokens.size()[0] - self.filling as i64)
    }

    /// Where the tokens of each text begin.
    pub fn starts(&self) -> Vec<usize> {
        starts(&self.lengths)
    }

    /// The mean of each text's token vectors, brought to length one: `(texts, hidden)`, from `(tokens, hidden)`.
    pub fn means(&self, tokens: &Tensor) -> Tensor {
        means(tokens, &self.lengths)
    }

    /// Ids and mask `(texts, longest text)`, short rows filled with the id `padding`.
    pub fn padded(&self, padding: i64) -> (Tensor, Tensor) {
        let lengths: Vec<i64> = self.lengths.iter().map(|&length| length as i64).collect();
        let ids = self.without_filling(&self.ids).split_with_sizes(lengths, 0);
        let ones: Vec<Tensor> = ids.iter().map(Tensor::ones_like).collect();
        (Tensor::pad_sequence(&ids, true, padding as f64), Tensor::pad_sequence(&ones, true, 0.0))
    }
}

impl Rows {
    fn new(lengths: &[usize]) -> Self {
        let longest = lengths.iter().map(|&length| places(length)).max().unwrap_or(0);
        let mut token_of_place = vec![0; lengths.len() * longest];
        let mut place_of_token = Vec::new();
        for (row, &length) in lengths.iter().enumerate() {
            let places = row * longest..row * longest + length;
            let first = place_of_token.len() as i64;
            (first..).zip(&mut token_of_place[places.clone()]).for_each(|(token, place)| *place = token);
            place_of_token.extend(places.map(|place| place as i64));
        }
        let row = |&length: &usize| (0..longest).map(move |place| if place < length { 0.0 } else { UNSEEN as f32 });
        let bias = Tensor::from_slice(&lengths.iter().flat_map(row).collect::<Vec<_>>());
        let size = [lengths.len(), longest].map(|size| size as i64);
        Self {
            tokens: place_of_token.len(),
            bias: bias.reshape([size[0], 1, 1, size[1]]),
            size,
            token_of_place: Tensor::from_slice(&token_of_place),
            place_of_token: Tensor::from_slice(&place_of_token),
        }
    }

    /// What belongs to tokens `(tokens, …)` as one row a text `(texts, places, …)`; what fills rows means nothing.
    pub fn of(&self, tokens: &Tensor) -> Tensor {
        let size = [&self.size[..], &tokens.size()[1..]].concat();
        tokens.index_select(0, &self.token_of_place).reshape(size)
    }

    /// What belongs to tokens `(tokens, …)`, out of rows `(texts, places, …)`.
    pub fn tokens(&self, rows: &Tensor) -> Tensor {
        rows.flatten(0, 1).index_select(0, &self.place_of_token)
    }
}

/// Places of a row for a text of so many tokens.
pub(super) fn places(tokens: usize) -> usize {
    tokens.next_multiple_of(ROW_STEP)
}

/// Where each part begins, laid out one after the other.
pub(super) fn starts(lengths: &[usize]) -> Vec<usize> {
    let next = |start: &mut usize, &length: &usize| {
        let this = *start;
        *start += length;
        Some(this)
    };
    lengths.iter().scan(0, next).collect()
}

/// The mean of the token vectors of each text, brought to length one: `(texts, hidden)`, from `(tokens, hidden)`.
pub(super) fn means(tokens: &Tensor, lengths: &[usize]) -> Tensor {
    let text = |(text, &length): (i64, &usize)| std::iter::repeat_n(text, length);
    let texts: Vec<i64> = (0..).zip(lengths).flat_map(text).collect();
    let zeros = Tensor::zeros([lengths.len() as i64, tokens.size()[1]], (Kind::Float, tokens.device()));
    unit(&zeros.index_add(0, &Tensor::from_slice(&texts), &tokens.to_kind(Kind::Float)))
}

/// Groups texts of similar length, so that rows need little filling.
///
/// `lengths` are token counts; a group holds texts that have at most `budget` tokens together (a single longer text forms a
/// group of its own). Each index occurs exactly once; the order is deterministic.
fn groups(lengths: &[usize], budget: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&index| (lengths[index], index));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut tokens = 0;
    for index in order {
        tokens += lengths[index];
        match groups.last_mut() {
            Some(group) if tokens <= budget => group.push(index),
            _ => {
                tokens = lengths[index];
                groups.push(vec![index]);
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_once_and_within_budget(lengths in prop::collection::vec(1usize..600, 0..200), budget in 1usize..4000) {
            let found = groups(&lengths, budget);
            for group in &found {
                let tokens: usize = group.iter().map(|&index| lengths[index]).sum();
                prop_assert!(group.len() == 1 || tokens <= budget);
            }
            let mut all: Vec<usize> = found.concat();
            all.sort();
            prop_assert_eq!(all, (0..lengths.len()).collect::<Vec<_>>());
        }

        #[test]
        fn tokens_come_back_from_rows(lengths in prop::collection::vec(1usize..60, 1..20)) {
            let ids: Vec<Vec<i64>> = lengths.iter().map(|&length| (0..length as i64).map(|id| id + 5).collect()).collect();
            let batch = Batch::new((0..ids.len()).collect(), &ids);
            let (parts, filling) = batch.parts(&batch.ids);
            let back = batch.rows.iter().zip(&parts).map(|(rows, part)| rows.tokens(&rows.of(part)));
            let back = Tensor::cat(&back.chain([filling]).collect::<Vec<_>>(), 0);
            prop_assert_eq!(back, batch.ids.shallow_clone());
            let (padded, mask) = batch.padded(1);
            for (row, ids) in (0..).zip(&ids) {
                let known = Vec::<i64>::try_from(padded.get(row).narrow(0, 0, ids.len() as i64)).unwrap();
                prop_assert_eq!(&known, ids);
                prop_assert_eq!(mask.get(row).sum(Kind::Int64).int64_value(&[]), ids.len() as i64);
            }
            let filled: Tensor = 1 - mask;
            prop_assert!(padded.masked_select(&filled.to_kind(Kind::Bool)).eq(1).all().int64_value(&[]) == 1);
        }
    }
}
