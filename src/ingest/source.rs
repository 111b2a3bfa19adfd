//! What a container gives to the conventions.

use std::collections::BTreeMap;

use crate::transcript::{Container, Convention, Timestamp};

/// A file's content once its container is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Lines of text; a convention has yet to say who speaks.
    Lines {
        /// The kind of file.
        container: Container,
        /// Every line or paragraph, empty ones too.
        lines: Vec<Line>,
    },
    /// The file itself says who speaks when.
    Utterances(Parsed),
}

/// One line or paragraph of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Place in the file, counted from 1.
    pub number: usize,
    /// The text without its line end.
    pub text: String,
}

/// Utterances in order, with what the header said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The kind of file.
    pub container: Container,
    /// The style of transcription.
    pub convention: Convention,
    /// What the header said.
    pub meta: BTreeMap<String, String>,
    /// Everything that is said, in order; neighbours of one speaker are joined later.
    pub utterances: Vec<Utterance>,
}

/// Something said by one speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utterance {
    /// The label, where there is one.
    pub speaker: Option<String>,
    /// When it begins.
    pub start: Option<Timestamp>,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// What is said.
    pub text: String,
    /// Line or paragraph of the file, counted from 1.
    pub line: usize,
}
