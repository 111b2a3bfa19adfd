//! Why a file could not be written.

use std::error::Error;
use std::path::PathBuf;

use super::FileKind;
use crate::error::{Explain, IoError, Tongue};

/// Why a file could not be written. What was there before is left as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] IoError),
    /// The file's ending is none of those that say what to write.
    #[error("{}: unknown ending; known are {}", .0.display(), FileKind::endings())]
    UnknownEnding(PathBuf),
    /// The file is there already.
    #[error("{}: exists", .0.display())]
    Exists(PathBuf),
    /// Names would be written over by the key that leads back to them.
    #[error("{}: file and key are one", .0.display())]
    KeyInPlace(PathBuf),
    /// The content cannot be put into this kind of file: a spreadsheet with too many rows, for instance.
    #[error("{}: {source}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What the writer of this kind of file said.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl Explain for ExportError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Io(error) => error.explain(tongue),
            Self::UnknownEnding(path) => tongue.pick(
                format!(
                    "{}: an der Endung ist nicht zu erkennen, was geschrieben werden soll. Bitte eine von diesen nehmen: {}",
                    path.display(),
                    FileKind::endings()
                ),
                format!(
                    "{}: the ending does not say what to write. Please take one of these: {}",
                    path.display(),
                    FileKind::endings()
                ),
            ),
            Self::Exists(path) => tongue.pick(
                format!("{}: gibt es schon. Bitte einen anderen Namen nehmen, oder mit --force ersetzen", path.display()),
                format!("{}: is there already. Please take another name, or replace it with --force", path.display()),
            ),
            Self::KeyInPlace(path) => tongue.pick(
                format!("{}: der Schlüssel würde die Datei ersetzen. Bitte mit --key einen anderen Ort nennen", path.display()),
                format!("{}: the key would replace the file. Please name another place with --key", path.display()),
            ),
            Self::Format { path, source } => tongue.pick(
                format!("{}: lässt sich so nicht schreiben ({source}). Bitte ein anderes Format wählen, etwa .csv", path.display()),
                format!("{}: cannot be written like this ({source}). Please choose another format, such as .csv", path.display()),
            ),
        }
    }
}
