//! Which texts go through the model together.

use tch::Tensor;

/// Tokens of one batch, padding included. Measured on two cores: 27 to 29 s for 300 pages, with 640 and with 2,048 tokens 30 s.
const BATCH_TOKENS: usize = 1024;

/// Texts that go through the model together.
pub(super) struct Batch {
    /// Their numbers.
    pub texts: Vec<usize>,
    /// `(texts, tokens)`, short rows filled.
    pub ids: Tensor,
    /// 1 for tokens, 0 for what is filled.
    pub mask: Tensor,
}

/// All texts, given as token ids, in batches.
pub(super) fn padded_batches(ids: &[Vec<i64>], padding: i64) -> impl Iterator<Item = Batch> {
    let lengths: Vec<usize> = ids.iter().map(Vec::len).collect();
    batches(&lengths, BATCH_TOKENS).into_iter().map(move |texts| {
        let rows: Vec<&[i64]> = texts.iter().map(|&text| ids[text].as_slice()).collect();
        let (ids, mask) = padded(&rows, padding);
        Batch { texts, ids, mask }
    })
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

/// Groups texts of similar length so that little padding is computed.
///
/// `lengths` are token counts; a batch holds texts whose number times the longest of them stays within `budget` tokens
/// (a single longer text forms a batch of its own). Each index occurs exactly once; the order is deterministic.
fn batches(lengths: &[usize], budget: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&index| (lengths[index], index));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for index in order {
        match batches.last_mut() {
            Some(batch) if (batch.len() + 1) * lengths[index] <= budget => batch.push(index),
            _ => batches.push(vec![index]),
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_once_and_within_budget(lengths in prop::collection::vec(1usize..600, 0..200), budget in 1usize..4000) {
            let found = batches(&lengths, budget);
            for batch in &found {
                let longest = batch.iter().map(|&index| lengths[index]).max().unwrap();
                prop_assert!(batch.len() == 1 || batch.len() * longest <= budget);
            }
            let mut all: Vec<usize> = found.concat();
            all.sort();
            prop_assert_eq!(all, (0..lengths.len()).collect::<Vec<_>>());
        }
    }
}
