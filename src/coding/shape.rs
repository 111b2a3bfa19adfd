//! Statements and speakers as people shaped them.

use std::collections::BTreeMap;

use super::current::{Boundary, Current};
use super::key::TranscriptKey;
use crate::text::ByteSpan;
use crate::transcript::{Statement, Transcript};

impl Current {
    /// The statements of a transcript, given those that the engine cut, with what people merged and split.
    ///
    /// It depends on places in the text alone, so it holds for whatever cut of the engine.
    pub fn shaped(&self, transcript: &Transcript, statements: &[Statement]) -> Vec<Statement> {
        let key = TranscriptKey::of(transcript.text());
        let boundaries = self.boundaries(&key).map(|(at, Boundary { ends, .. })| (at, *ends)).collect();
        shape(transcript.text(), statements, &boundaries)
    }

    /// The transcript with turns and roles as people corrected them.
    pub fn with_speakers(&self, transcript: &Transcript) -> Transcript {
        let key = TranscriptKey::of(transcript.text());
        let mut corrected = transcript.clone();
        for (span, speaker) in self.turn_speakers(&key) {
            if let Some(turn) = transcript.turns().iter().position(|turn| turn.span == span) {
                corrected.give_turn(turn, speaker);
            }
        }
        for (speaker, role) in self.roles(&key) {
            corrected.set_role(speaker, role);
        }
        corrected
    }
}

/// Statements split where a boundary says that one ends, and joined where it says that none does.
pub(super) fn shape(text: &str, statements: &[Statement], boundaries: &BTreeMap<usize, bool>) -> Vec<Statement> {
    let mut shaped: Vec<Statement> = Vec::with_capacity(statements.len());
    for piece in statements.iter().flat_map(|statement| pieces(text, statement, boundaries)) {
        match shaped.last_mut() {
            Some(last) if last.turn == piece.turn && boundaries.get(&last.span.end) == Some(&false) => {
                last.span.end = piece.span.end;
            }
            _ => shaped.push(piece),
        }
    }
    shaped
}

/// A statement in parts, cut at the boundaries inside.
fn pieces(text: &str, statement: &Statement, boundaries: &BTreeMap<usize, bool>) -> Vec<Statement> {
    let ByteSpan { start, end } = statement.span;
    let inside = boundaries.range(start + 1..end.max(start + 1)).filter(|(_, ends)| **ends).map(|(at, _)| *at);
    let mut from = start;
    let mut pieces = Vec::new();
    for at in inside.chain([end]) {
        let span = ByteSpan::new(from, at);
        if span.get(text).is_some_and(|inside| !inside.trim().is_empty()) {
            pieces.push(Statement { turn: statement.turn, span: span.trimmed(text) });
            from = at;
        }
    }
    pieces
}
