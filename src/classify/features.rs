//! What the story model is told of a statement beside its vector.

use super::reason_span::reason_span;
use crate::transcript::{Statement, Transcript};
use crate::vectors::Vectors;

/// Numbers told of a statement.
pub const FEATURES: usize = 7;

/// Describes every statement of an interview: `(statements, FEATURES)`, the interviewer's too.
///
/// Per row, in this order: whether the respondent speaks; whether the statement is the first of its turn; its place in the
/// interview from 0 to 1; how near it is to the beginning and to the end, each from 0 to 1; the logarithm of its number of
/// words, divided by three; whether a connective shows a reason.
pub fn features(transcript: &Transcript, statements: &[Statement]) -> Vectors {
    let mut rows = Vectors::empty(FEATURES);
    let last = statements.len().saturating_sub(1).max(1) as f32;
    let mut turn = None;
    for (index, statement) in statements.iter().enumerate() {
        let text = statement.span.of(transcript.text());
        let place = index as f32 / last;
        let words = text.split_whitespace().count() as f32;
        rows.push(&[
            f32::from(transcript.is_respondent(statement)),
            f32::from(turn != Some(statement.turn)),
            place,
            (1.0 - place).powi(4),
            place.powi(4),
            (1.0 + words).ln() / 3.0,
            f32::from(reason_span(text).is_some()),
        ]);
        turn = Some(statement.turn);
    }
    rows
}
