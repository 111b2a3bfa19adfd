//! Which words of a statement weighed, from the numbers of its tokens.

use crate::scores::WordWeight;
use crate::text::ByteSpan;

/// Sums the numbers of tokens up over the words of a text, without marks; words without a letter or digit are left out.
///
/// `tokens` are the tokens' places in the text, empty for marks of the model, `weights` their numbers.
pub(super) fn words(text: &str, tokens: &[ByteSpan], weights: &[[f32; 6]]) -> Vec<WordWeight> {
    let mut words: Vec<(ByteSpan, WordWeight)> = Vec::new();
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare_start = bare.as_ptr() as usize - text.as_ptr() as usize;
        let span = ByteSpan::new(bare_start, bare_start + bare.len());
        words.push((ByteSpan::new(start, start + word.len()), WordWeight { span, rings: [0.0; 6] }));
    }
    for (token, weights) in tokens.iter().zip(weights).filter(|(token, _)| !token.is_empty()) {
        // A token may begin with the blank before its word.
        let place = words.partition_point(|(whole, _)| whole.end < token.end);
        if let Some((_, word)) = words.get_mut(place) {
            word.rings.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    words.into_iter().map(|(_, word)| word).filter(|word| !word.span.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_add_up_to_words() {
        let text = "Die Anlage, – stand.";
        let spans = [(0, 0), (0, 3), (3, 7), (7, 10), (10, 11), (11, 15), (15, 21), (21, 22), (0, 0)];
        let spans = spans.map(|(start, end)| ByteSpan::new(start, end));
        let weights: Vec<[f32; 6]> = (0..9).map(|weight| [weight as f32; 6]).collect();
        let words = words(text, &spans, &weights);
        let found: Vec<(&str, f32)> = words.iter().map(|word| (word.span.of(text), word.rings[0])).collect();
        assert_eq!(found, [("Die", 1.0), ("Anlage", 9.0), ("stand", 13.0)]);
    }
}
