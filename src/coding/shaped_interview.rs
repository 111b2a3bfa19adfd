//! An interview in the shape that people gave it, with the engine's suggestions where it still fits.

use super::{CodedInterview, Current, StatementKey, Suggestion, TranscriptKey};
use crate::text::ByteSpan;
use crate::transcript::{Statement, Transcript};

/// A coded interview as people corrected it.
pub struct ShapedInterview {
    key: TranscriptKey,
    coded: CodedInterview,
    transcript: Transcript,
    statements: Vec<Statement>,
}

impl ShapedInterview {
    /// Puts a coded interview into the shape that people gave it.
    pub fn new(coded: CodedInterview, current: &Current) -> Self {
        let key = TranscriptKey::of(coded.transcript.text());
        let mut interview = Self { key, transcript: coded.transcript.clone(), statements: Vec::new(), coded };
        interview.shape(current);
        interview
    }

    /// Shapes it anew.
    pub fn shape(&mut self, current: &Current) {
        self.transcript = current.with_speakers(&self.coded.transcript);
        self.statements = current.shaped(&self.coded.transcript, &self.coded.statements);
    }

    /// What names its text.
    pub fn key(&self) -> &TranscriptKey {
        &self.key
    }

    /// The transcript, with speakers as people corrected them.
    pub fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// Its statements, as people merged and split them.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// What names statement `index` as the engine cut it; `None` where there is none.
    pub fn coded_key(&self, index: usize) -> Option<StatementKey> {
        self.coded.statements.get(index).map(|statement| StatementKey::new(&self.key, statement.span))
    }

    /// Where in [`Self::statements`] a passage stands.
    pub fn place(&self, span: ByteSpan) -> Option<usize> {
        place(&self.statements, span)
    }

    /// What the engine suggests for a statement; nothing where people merged or split it, or gave it to who asks.
    pub fn suggestion(&self, statement: usize) -> Option<&Suggestion> {
        let statement = self.statements.get(statement).filter(|statement| self.transcript.is_respondent(statement))?;
        self.coded.suggestions[place(&self.coded.statements, statement.span)?].as_ref()
    }
}

fn place(statements: &[Statement], span: ByteSpan) -> Option<usize> {
    let place = statements.binary_search_by_key(&span.start, |statement| statement.span.start).ok()?;
    (statements[place].span == span).then_some(place)
}
