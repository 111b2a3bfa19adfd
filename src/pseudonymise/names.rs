//! Names that a person gives: one a line, where wanted with what shall stand for them.

use std::path::{Path, PathBuf};

use crate::error::{Explain, IoError, Location, Tongue};

/// Names that are replaced wherever they stand, before anything is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names(pub(super) Vec<Given>);

/// A name and what shall stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) name: String,
    /// As it shall stand there; the name itself where it shall stay. `None`: whatever is free.
    pub(super) replacement: Option<String>,
}

/// Why a list of names could not be read.
#[derive(Debug, thiserror::Error)]
pub enum NamesError {
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] IoError),
    /// A line has a replacement and no name.
    #[error("{0}: no name before the semicolon")]
    NoName(Location),
}

impl Explain for NamesError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Io(error) => error.explain(tongue),
            Self::NoName(location) => tongue.pick(
                format!(
                    "{location}: vor dem Semikolon steht kein Name. Erwartet: Name oder Name;Ersatz, einer je Zeile"
                ),
                format!("{location}: no name before the semicolon. Expected: name or name;replacement, one a line"),
            ),
        }
    }
}

impl Names {
    /// Reads a list: `Name` or `Name;Ersatz`, one a line; empty lines and lines that begin with `#` say nothing. A name that
    /// stands for itself (`Kita;Kita`) is never replaced.
    ///
    /// # Errors
    /// Where the file cannot be read, or a line has a replacement and no name.
    pub fn read(path: &Path) -> Result<Self, NamesError> {
        let text = std::fs::read_to_string(path).map_err(IoError::at(path))?;
        Self::parse(&text).map_err(|line| NamesError::NoName(Location { path: PathBuf::from(path), line: Some(line) }))
    }

    /// Reads the text of a list; where a line has no name, its number.
    fn parse(text: &str) -> Result<Self, usize> {
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).enumerate();
        let told = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        told.map(|(index, line)| given(line).ok_or(index + 1)).collect::<Result<_, _>>().map(Self)
    }
}

fn given(line: &str) -> Option<Given> {
    let (name, replacement) = match line.split_once(';') {
        Some((name, replacement)) => (name.trim(), Some(replacement.trim()).filter(|text| !text.is_empty())),
        None => (line, None),
    };
    (!name.is_empty()).then(|| Given { name: name.to_owned(), replacement: replacement.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_names_with_and_without_replacements() {
        let names = Names::parse("\u{feff}# Kunden\nPriebe\n\nBörde-Lift ; [Anbieter]\nKita;Kita\r\n").unwrap();
        let plain: Vec<_> = names.0.iter().map(|one| (one.name.as_str(), one.replacement.as_deref())).collect();
        assert_eq!(plain, [("Priebe", None), ("Börde-Lift", Some("[Anbieter]")), ("Kita", Some("Kita"))]);
        assert_eq!(Names::parse("Priebe\n ; [X]").unwrap_err(), 2);
    }
}
