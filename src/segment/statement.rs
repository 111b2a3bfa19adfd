//! Ends of statements: sentences, with what is too short to be quoted put to its neighbour, and run-on ones split.

use super::run_on;
use super::words::Word;

/// An answer of so many words belongs to what follows (manual, rule 4).
const ANSWER: usize = 2;
/// At the start of a turn, where most answers stand, it may have one word more ("Die Testwoche, ja.").
const FIRST_ANSWER: usize = 3;

/// The words after which a statement ends, by index, given those after which a sentence ends.
pub(super) fn cuts(words: &[Word], sentences: &[usize]) -> Vec<usize> {
    let mut cuts = Vec::with_capacity(sentences.len());
    let mut first = 0;
    for end in attached(words, sentences).into_iter().chain(words.len().checked_sub(1)) {
        run_on::split(words, first, end, &mut cuts);
        cuts.push(end);
        first = end + 1;
    }
    cuts.pop();
    cuts
}

/// The ends of sentences but those behind a short answer, and that before a last word which nothing follows.
fn attached(words: &[Word], sentences: &[usize]) -> Vec<usize> {
    let mut ends = Vec::with_capacity(sentences.len());
    let mut first = 0;
    for &end in sentences {
        let longest = if ends.is_empty() { FIRST_ANSWER } else { ANSWER };
        if !is_short(&words[first..=end], longest) {
            ends.push(end);
            first = end + 1;
        }
    }
    if is_short(&words[first..], ANSWER) {
        ends.pop();
    }
    ends
}

/// Whether at most `longest` words are said; remarks of the transcriber don't count.
fn is_short(words: &[Word], longest: usize) -> bool {
    let said = |word: &&Word| !word.is_remark() && !word.core().is_empty();
    words.iter().filter(said).take(longest + 1).count() <= longest
}
