//! What statements mean, as the model reads them: which lie close together, and where in a plane.

use serde::Serialize;

use crate::cluster::plane;
use crate::coding::{StatementKey, TranscriptKey};
use crate::store::RunInterview;
use crate::vectors::{Vectors, centred, dot};

/// How many statements are found by meaning.
const MOST: usize = 50;

/// A statement's place, in [0, 1] in both directions.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MapPoint {
    key: StatementKey,
    x: f32,
    y: f32,
}

/// The statements of a run that may speak to a job, as the engine cut them, with their vectors. Only these were read by
/// meaning.
pub(super) struct Meanings {
    keys: Vec<StatementKey>,
    vectors: Vectors,
}

impl Meanings {
    /// Those of a run's interviews; none where the project has no vectors that tell statements apart.
    pub fn of(interviews: &[RunInterview]) -> Self {
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
        Self { keys, vectors }
    }

    /// Their places in a plane.
    pub fn places(&self) -> Vec<MapPoint> {
        let places = plane(&self.vectors).unwrap_or_default();
        self.keys.iter().zip(places).map(|(key, [x, y])| MapPoint { key: key.clone(), x, y }).collect()
    }

    /// The vector of one of them.
    pub fn row(&self, key: &StatementKey) -> Option<&[f32]> {
        let place = self.keys.iter().position(|known| known == key)?;
        Some(self.vectors.row(place))
    }

    /// The statements that mean most nearly what a vector does, the nearest first.
    pub fn near(&self, row: &[f32]) -> Vec<StatementKey> {
        let mean = self.vectors.mean();
        let wanted = centred(row, &mean);
        let rows = self.vectors.rows().map(|row| dot(&centred(row, &mean), &wanted));
        let mut near: Vec<(f32, &StatementKey)> =
            rows.zip(&self.keys).filter(|(likeness, _)| *likeness > 0.0).collect();
        near.sort_by(|one, other| other.0.total_cmp(&one.0));
        near.into_iter().take(MOST).map(|(_, key)| key.clone()).collect()
    }
}
