//! Why a report could not be written.

use std::path::PathBuf;

use super::ReportKind;
use crate::error::{Explain, IoError, Tongue};

/// Why a report could not be written. What was there before is left as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] IoError),
    /// The file's ending is none of those that say what to write.
    #[error("{}: unknown ending; known are {}", .0.display(), ReportKind::endings())]
    UnknownEnding(PathBuf),
    /// The file is there already.
    #[error("{}: exists", .0.display())]
    Exists(PathBuf),
    /// No interview has this value in the metadata field that makes segments.
    #[error("no segment `{wanted}`; there are: {}", known.join(", "))]
    NoSegment {
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: Vec<String>,
    },
    /// This machine has no font to draw letters with.
    #[error("no font on this machine")]
    NoFont,
    /// A curve or picture could not be drawn.
    #[error("not drawn: {0}")]
    Drawing(String),
}

impl Explain for ReportError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Io(error) => error.explain(tongue),
            Self::UnknownEnding(path) => {
                let (path, endings) = (path.display(), ReportKind::endings());
                tongue.pick(
                    format!("{path}: an der Endung ist nicht zu erkennen, was geschrieben werden soll. Bitte eine von diesen nehmen: {endings}"),
                    format!("{path}: the ending does not say what to write. Please take one of these: {endings}"),
                )
            }
            Self::Exists(path) => tongue.pick(
                format!("{}: gibt es schon. Bitte einen anderen Namen nehmen, oder mit --force ersetzen", path.display()),
                format!("{}: is there already. Please take another name, or replace it with --force", path.display()),
            ),
            Self::NoSegment { wanted, known } => {
                let known = known.join(", ");
                tongue.pick(
                    format!("kein Interview gehört zum Segment „{wanted}“. Es gibt: {known}"),
                    format!("no interview belongs to the segment \"{wanted}\". There are: {known}"),
                )
            }
            Self::NoFont => tongue
                .pick(
                    "auf diesem Rechner ist keine Schrift installiert, mit der sich ein .png zeichnen lässt. Bitte .svg nehmen",
                    "no font is installed on this machine to draw a .png with. Please take .svg",
                )
                .to_owned(),
            Self::Drawing(why) => tongue.pick(
                format!("das Bild lässt sich nicht zeichnen ({why}). Bitte .html nehmen"),
                format!("the picture cannot be drawn ({why}). Please take .html"),
            ),
        }
    }
}
