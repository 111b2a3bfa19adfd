//! Which statement a decision is about, whatever its file is called.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::hash::sha256;
use crate::text::ByteSpan;

/// Which transcript: a fingerprint of its plain text. A renamed file has the same key, a changed text another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TranscriptKey(String);

impl TranscriptKey {
    /// The key of a transcript with this plain text ([`crate::transcript::Transcript::text`]).
    pub fn of(text: &str) -> Self {
        Self(sha256(text.as_bytes()))
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Prints the first eight digits, enough to find it.
impl fmt::Display for TranscriptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.get(..8).unwrap_or(&self.0))
    }
}

/// A passage of a transcript that decisions are about: mostly a statement, for some decisions a turn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StatementKey {
    /// The transcript.
    pub transcript: TranscriptKey,
    /// Where in its plain text, in bytes.
    pub span: ByteSpan,
}

impl StatementKey {
    /// Puts both together.
    pub fn new(transcript: &TranscriptKey, span: ByteSpan) -> Self {
        Self { transcript: transcript.clone(), span }
    }
}

impl fmt::Display for StatementKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}-{}", self.transcript, self.span.start, self.span.end)
    }
}
