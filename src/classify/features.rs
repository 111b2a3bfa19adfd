//! What the heads look at: the statement, what was asked, what was said around it, and where in the interview it stands.

use crate::transcript::{Statement, Transcript};
use crate::vectors::Vectors;

/// How many statements before and after count as surroundings.
const SURROUNDINGS: usize = 5;
/// Vectors of length one have tiny coordinates; this brings them to the scale of the other features.
const SCALE: f32 = 10.0;
/// The question counts half: it is often far away.
const QUESTION_SCALE: f32 = 5.0;
/// Features that are no vectors.
const PLAIN: usize = 5;

/// A row of features per respondent statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// Which statement of the interview each row belongs to.
    pub statements: Vec<usize>,
    /// `(respondent statements, feature_count(dimensions))`.
    pub rows: Vectors,
}

/// Features per statement for vectors of `dimensions` numbers.
pub fn feature_count(dimensions: usize) -> usize {
    4 * dimensions + PLAIN
}

/// Describes every respondent statement of one interview.
///
/// Per row, in this order: the statement's vector; the mean of the five statements before it; the mean of the five after
/// it; the interviewer's last statement; whether the statement before stands in the same turn; its place in the
/// interview from 0 to 1, and that squared; its length in hundred characters, at most 3; whether it has a question mark.
/// What is missing (before the first, after the last statement) counts as zeros.
///
/// `vectors` has one row per statement, the interviewer's too.
pub fn features(transcript: &Transcript, statements: &[Statement], vectors: &Vectors) -> Features {
    let mut rows = Vectors::empty(feature_count(vectors.dimensions()));
    let mut described = Vec::new();
    let mut question = None;
    for (index, statement) in statements.iter().enumerate() {
        if !transcript.is_respondent(statement) {
            question = Some(index);
            continue;
        }
        let mut row = Vec::with_capacity(rows.dimensions());
        row.extend(vectors.row(index).iter().map(|value| SCALE * value));
        row.extend(mean(vectors, index.saturating_sub(SURROUNDINGS)..index, SCALE));
        row.extend(mean(vectors, index + 1..(index + 1 + SURROUNDINGS).min(statements.len()), SCALE));
        let asked = question.map_or(0..0, |question| question..question + 1);
        row.extend(mean(vectors, asked, QUESTION_SCALE));
        row.extend(plain(transcript, statements, index));
        rows.push(&row);
        described.push(index);
    }
    Features { statements: described, rows }
}

/// The mean of some rows times `scale`; zeros for no row.
fn mean(vectors: &Vectors, range: std::ops::Range<usize>, scale: f32) -> Vec<f32> {
    let mut sum = vec![0.0; vectors.dimensions()];
    let factor = scale / range.len().max(1) as f32;
    for index in range {
        sum.iter_mut().zip(vectors.row(index)).for_each(|(sum, value)| *sum += factor * value);
    }
    sum
}

fn plain(transcript: &Transcript, statements: &[Statement], index: usize) -> [f32; PLAIN] {
    let text = statements[index].span.of(transcript.text());
    let follows = index > 0 && statements[index - 1].turn == statements[index].turn;
    let place = index as f32 / statements.len() as f32;
    let length = text.chars().count() as f32 / 100.0;
    [flag(follows), place, place * place, length.min(3.0), flag(text.contains('?'))]
}

fn flag(value: bool) -> f32 {
    if value { 1.0 } else { 0.0 }
}
