//! Faults as people read them: where, what was found, what was expected, what to do; in German and in English.
//!
//! Each stage has an error enum of its own, so that code can tell cases apart. What all of them share stands here: the
//! place of a fault, a phrase in both languages, and the [`Explain`] trait that turns an error into words.

use std::fmt;
use std::path::{Path, PathBuf};

/// The language in which a person is addressed. German is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// German, what analysts see unless they ask for something else.
    #[default]
    German,
    /// English.
    English,
}

impl Tongue {
    /// Picks the text for this language.
    ///
    /// ```
    /// use ringwerk::error::Tongue;
    /// assert_eq!(Tongue::English.pick("leer", "empty"), "empty");
    /// ```
    pub fn pick<T>(self, german: T, english: T) -> T {
        match self {
            Tongue::German => german,
            Tongue::English => english,
        }
    }
}

/// Something that can be said to a person in either language.
pub trait Explain {
    /// The message in the given language: plain words, no full stop at the end.
    fn explain(&self, tongue: Tongue) -> String;
}

/// Where in which file a fault lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, as the person named it.
    pub path: PathBuf,
    /// Line or paragraph, counted from 1, where it is known.
    pub line: Option<usize>,
}

impl Location {
    /// A whole file.
    pub fn file(path: &Path) -> Self {
        Self { path: path.to_owned(), line: None }
    }

    /// A line (or paragraph) of a file, counted from 1.
    pub fn line(path: &Path, line: usize) -> Self {
        Self { path: path.to_owned(), line: Some(line) }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.path.display()),
            None => write!(f, "{}", self.path.display()),
        }
    }
}

/// An input or output error together with the path it happened at.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct IoError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the operating system said.
    pub source: std::io::Error,
}

impl IoError {
    /// Adds the path to an error of the operating system; made for `map_err(IoError::at(path))`.
    pub fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self { path: path.to_owned(), source }
    }
}

impl Explain for IoError {
    fn explain(&self, tongue: Tongue) -> String {
        use std::io::ErrorKind;
        let what = match self.source.kind() {
            ErrorKind::NotFound => tongue.pick("gibt es nicht", "does not exist").to_owned(),
            ErrorKind::PermissionDenied => {
                tongue.pick("darf nicht gelesen oder geschrieben werden", "may not be read or written").to_owned()
            }
            ErrorKind::StorageFull => tongue.pick("der Datenträger ist voll", "the disk is full").to_owned(),
            _ => self.source.to_string(),
        };
        format!("{}: {what}", self.path.display())
    }
}
