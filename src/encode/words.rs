//! Which words of a statement weighed, from the numbers of its tokens.

use crate::scores::WordWeight;
use crate::text::{self, ByteSpan};

/// Sums the numbers of tokens up over the words of a text, without marks; words without a letter or digit are left out.
///
/// `tokens` are the tokens' places in the text, empty for marks of the model, `weights` their numbers.
pub(super) fn words(text: &str, tokens: &[ByteSpan], weights: &[[f32; 6]]) -> Vec<WordWeight> {
    let places: Vec<ByteSpan> = text::words(text).collect();
    let mut sums = vec![[0.0; 6]; places.len()];
    for (token, weights) in tokens.iter().zip(weights).filter(|(token, _)| !token.is_empty()) {
        if let Some(sum) = sums.get_mut(word_of(&places, *token)) {
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let words = places.into_iter().zip(sums).map(|(place, rings)| WordWeight { span: bare(text, place), rings });
    words.filter(|word| !word.span.is_empty()).collect()
}

/// Which of the words of a text a token stands in. It may begin with the blank before its word.
pub(super) fn word_of(words: &[ByteSpan], token: ByteSpan) -> usize {
    words.partition_point(|word| word.end < token.end)
}

/// A word without the marks around it.
fn bare(text: &str, word: ByteSpan) -> ByteSpan {
    let is_mark = |sign: char| !sign.is_alphanumeric();
    let written = word.of(text);
    let start = word.start + written.len() - written.trim_start_matches(is_mark).len();
    ByteSpan::new(start, start + written.trim_matches(is_mark).len())
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
