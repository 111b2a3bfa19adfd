//! Things with where they lie, as files of a model folder hold them.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::decisions::DecisionsError;
use crate::vectors::{Vectors, normalise};

/// A thing and where it lies.
#[derive(Serialize, Deserialize)]
pub(super) struct Placed<T> {
    #[serde(flatten)]
    thing: T,
    /// Numbers between -127 and 127: where it lies, but for the length.
    vector: Vec<i8>,
}

/// Things and their rows, as they are written.
pub(super) fn placed<T: Clone>(things: &[T], rows: &Vectors) -> Vec<Placed<T>> {
    let each = things.iter().zip(rows.rows());
    each.map(|(thing, row)| Placed { thing: thing.clone(), vector: small(row) }).collect()
}

/// Things and their rows of length one, as they were read from a file.
///
/// # Errors
/// Where a row has not as many numbers as `dimensions`.
pub(super) fn taken_apart<T>(
    placed: Vec<Placed<T>>,
    dimensions: usize,
    path: &Path,
) -> Result<(Vec<T>, Vectors), DecisionsError> {
    let mut things = Vec::with_capacity(placed.len());
    let mut rows = Vectors::empty(dimensions);
    for Placed { thing, vector } in placed {
        if vector.len() != dimensions {
            let problem = format!("a vector of {} numbers, expected {dimensions}", vector.len());
            return Err(DecisionsError::Malformed { path: path.to_owned(), problem });
        }
        let mut row: Vec<f32> = vector.into_iter().map(f32::from).collect();
        normalise(&mut row);
        rows.push(&row);
        things.push(thing);
    }
    Ok((things, rows))
}

/// A row in whole numbers, the largest of them 127.
fn small(row: &[f32]) -> Vec<i8> {
    let largest = row.iter().fold(f32::MIN_POSITIVE, |largest, value| largest.max(value.abs()));
    row.iter().map(|value| (value / largest * 127.0).round() as i8).collect()
}
