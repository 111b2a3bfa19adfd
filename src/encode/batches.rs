//! Which texts go through the model together.

/// Groups texts of similar length so that little padding is computed.
///
/// `lengths` are token counts; a batch holds texts whose number times the longest of them stays within `budget` tokens
/// (a single longer text forms a batch of its own). Each index occurs exactly once; the order is deterministic.
pub(super) fn batches(lengths: &[usize], budget: usize) -> Vec<Vec<usize>> {
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
