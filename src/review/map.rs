//! Statements in a plane: what the model reads alike lies close together.

use serde::Serialize;

use crate::cluster::plane;
use crate::coding::{StatementKey, TranscriptKey};
use crate::store::RunInterview;
use crate::vectors::Vectors;

/// A statement's place, in [0, 1] in both directions.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MapPoint {
    key: StatementKey,
    x: f32,
    y: f32,
}

/// The places of all statements that may speak to a job, as the engine cut them; none where the project has no vectors that tell statements apart.
pub(super) fn places(interviews: &[RunInterview]) -> Vec<MapPoint> {
    let dimensions = interviews.first().map_or(1, |one| one.stored.vectors.dimensions());
    let mut vectors = Vectors::empty(dimensions);
    let mut keys = Vec::new();
    for stored in interviews.iter().map(|one| &one.stored).filter(|one| one.vectors.dimensions() == dimensions) {
        let transcript = &stored.interview.transcript;
        let key = TranscriptKey::of(transcript.text());
        for (statement, row) in stored.interview.statements.iter().zip(stored.vectors.rows()) {
            // Zeros stand for a statement that hardly speaks to a job and was not compared.
            if transcript.is_respondent(statement) && row.iter().any(|number| *number != 0.0) {
                vectors.push(row);
                keys.push(StatementKey::new(&key, statement.span));
            }
        }
    }
    let places = plane(&vectors).unwrap_or_default();
    keys.into_iter().zip(places).map(|(key, [x, y])| MapPoint { key, x, y }).collect()
}
