//! What leaves the engine, in files that a person or another program reads; one file a format.
//!
//! `json_lines` is what `code` prints. All others are drawn from a [`Study`]: what people decided, and, where that is asked
//! for, what the engine suggests where nobody decided.

mod codes;
mod csv;
mod docx;
mod error;
pub mod json_lines;
mod markdown;
mod quotes;
mod refi;
mod study_lines;
mod table;
mod value;
mod xlsx;
mod xml;

use std::fs;
use std::path::Path;

pub use csv::Dialect;
pub use error::ExportError;
pub use refi::{LineEnds, Variables};

use crate::error::{IoError, Tongue};
use crate::files::write_whole;
use crate::study::Study;

/// The kinds of files that a study is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A REFI-QDA project: texts, codes and codings, for MAXQDA, ATLAS.ti, NVivo, QualCoder.
    Qdpx,
    /// A REFI-QDA codebook.
    Qdc,
    /// An Excel workbook.
    Xlsx,
    /// A table.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// A book of quotes for Word.
    Docx,
    /// A book of quotes in Markdown.
    Markdown,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Qdpx, Self::Qdc, Self::Xlsx, Self::Docx, Self::Csv, Self::JsonLines, Self::Markdown];

    /// The ending of such files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Qdpx => "qdpx",
            Self::Qdc => "qdc",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Markdown => "md",
        }
    }

    /// What a file's ending says; upper and lower case do not matter.
    ///
    /// ```
    /// use std::path::Path;
    /// use ringwerk::export::FileKind;
    /// assert_eq!(FileKind::of(Path::new("studie.QDPX")).unwrap(), FileKind::Qdpx);
    /// assert!(FileKind::of(Path::new("studie.doc")).is_err());
    /// ```
    ///
    /// # Errors
    /// Where it is none of [`FileKind::ALL`].
    pub fn of(path: &Path) -> Result<Self, ExportError> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let known = Self::ALL.into_iter().find(|kind| kind.ending() == ending);
        known.ok_or_else(|| ExportError::UnknownEnding(path.to_owned()))
    }

    /// All endings, for messages.
    fn endings() -> String {
        Self::ALL.map(|kind| format!(".{}", kind.ending())).join(" ")
    }
}

/// How files are written. The default: German, as most programs expect it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExportParams {
    /// In which language headings and names of rings are.
    pub tongue: Tongue,
    /// Where metadata stand in a `.qdpx` file.
    pub variables: Variables,
    /// How lines end in the texts of a `.qdpx` file.
    pub line_ends: LineEnds,
    /// How a `.csv` file is written.
    pub dialect: Dialect,
}

/// Writes a study to a file, whole or not at all. Its ending says how. A file that is there is replaced only with `replace`.
///
/// # Errors
/// Where the ending is unknown, the file is there, or it cannot be written.
pub fn write(study: &Study, path: &Path, params: &ExportParams, replace: bool) -> Result<(), ExportError> {
    let kind = FileKind::of(path)?;
    if path.exists() && !replace {
        return Err(ExportError::Exists(path.to_owned()));
    }
    let content = bytes(study, kind, params).map_err(|source| ExportError::Format { path: path.to_owned(), source })?;
    write_whole(path, |beside| Ok(fs::write(beside, content).map_err(IoError::at(beside))?))
}

/// The content of a file; the same study, the same bytes.
///
/// # Errors
/// What the writer of this kind of file says.
pub fn bytes(
    study: &Study,
    kind: FileKind,
    params: &ExportParams,
) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let tongue = params.tongue;
    Ok(match kind {
        FileKind::Qdpx => refi::qdpx(study, params.variables, params.line_ends, tongue)?,
        FileKind::Qdc => refi::qdc(study, tongue)?,
        FileKind::Xlsx => xlsx::workbook(study, tongue)?,
        FileKind::Docx => docx::book(study, tongue)?,
        FileKind::Csv => csv::table(study, params.dialect, tongue)?,
        FileKind::JsonLines => study_lines::lines(study)?,
        FileKind::Markdown => markdown::book(study, tongue).into_bytes(),
    })
}
