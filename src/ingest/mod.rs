//! Bytes to [`Transcript`]: what kind of file it is, what it says, who speaks.
//!
//! Two steps meet in [`Source`]: *containers* (docx, odt, rtf, pdf, plain text, …) give lines of text, or, where the file
//! itself knows who speaks when (subtitles, JSON, tables), finished utterances; *conventions* (f4, Teams, `Name: text`, …)
//! turn lines into utterances. Then roles, language and warnings are told from the whole.

mod archive;
mod assemble;
mod conversation;
mod cues;
mod dates;
pub mod decode;
pub mod detect;
pub mod docx;
mod error;
mod flow;
mod foreign;
mod header;
pub mod html;
mod json;
mod labels;
mod language;
mod markup;
mod names;
mod noscribe;
pub mod odt;
pub mod pdf;
pub mod qdpx;
mod rows;
pub mod rtf;
mod shape;
mod source;
mod speakers;
mod srt;
mod stamps;
mod survey;
mod table;
mod tree;
mod vtt;
mod xml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use error::{Cause, IngestError};
pub use foreign::Foreign;
pub use qdpx::LeftOut;
pub use source::{Line, Parsed, Source, Utterance};
pub use survey::{Survey, read_survey, survey};

use crate::coding::ForeignText;
use crate::error::{IoError, Location};
use crate::gold;
use crate::transcript::{Container, Format, Transcript, Warning};

/// The label of a respondent in a file that names nobody; German transcripts call them so.
const NOBODY: &str = "B";

/// Bytes on a page of a transcript.
const BYTES_PER_PAGE: usize = 2000;

/// With more pages than this a person is told that it can hardly be one interview.
const MOST_PAGES: usize = 200;

/// What a person may say about how files are to be read.
///
/// The default: roles are told from the file, other languages than German and texts without speakers are refused.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IngestParams {
    /// Who asks, by label; upper and lower case do not matter. Empty: told from the file.
    pub interviewers: Vec<String>,
    /// Whether transcripts in other languages than German are read, too.
    pub allow_language: bool,
    /// Whether a text without any speaker label is read as the words of one respondent.
    pub allow_no_speakers: bool,
}

/// Reads a file.
///
/// # Errors
/// See [`IngestError`]: the file cannot be read, is of another kind, says nothing, names no speaker, or is not German.
pub fn read_file(path: &Path, params: &IngestParams) -> Result<Transcript, IngestError> {
    read_bytes(path, &bytes(path)?, params)
}

/// The bytes of a file that is not too large for a transcript.
///
/// # Errors
/// Where it cannot be read or is too large.
pub fn bytes(path: &Path) -> Result<Vec<u8>, IngestError> {
    let size = std::fs::metadata(path).map_err(IoError::at(path))?.len();
    detect::size(size, path)?;
    Ok(std::fs::read(path).map_err(IoError::at(path))?)
}

/// Reads a file's bytes; `path` gives the transcript its name and messages their place.
///
/// ```
/// use std::path::Path;
/// use ringwerk::ingest::{IngestParams, read_bytes};
/// let text = "I: Was war der Anlass? #00:00:04-0#\nB: Die alte Anlage stand zweimal still. #00:00:09-5#\n";
/// let transcript = read_bytes(Path::new("wartung-01.txt"), text.as_bytes(), &IngestParams::default())?;
/// assert_eq!(transcript.id, "wartung-01");
/// assert_eq!(transcript.format.to_string(), "text/f4");
/// assert_eq!(transcript.turn_text(&transcript.turns()[1]), "Die alte Anlage stand zweimal still.");
/// # Ok::<(), ringwerk::ingest::IngestError>(())
/// ```
///
/// # Errors
/// As [`read_file`]. A QDA project, which may hold several interviews, is refused; [`read_all`] reads it.
pub fn read_bytes(path: &Path, bytes: &[u8], params: &IngestParams) -> Result<Transcript, IngestError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(IngestError::Empty { location: Location::file(path) });
    }
    let container = detect::container(bytes, path)?;
    let mut warnings = Vec::new();
    let source = match container {
        Container::Docx => lines(container, docx::lines(bytes, path)?),
        Container::Odt => lines(container, odt::lines(bytes, path)?),
        Container::Rtf => lines(container, rtf::lines(bytes, path)?),
        Container::Pdf => lines(container, pdf::lines(bytes, path)?),
        Container::Qdpx => {
            return Err(IngestError::Foreign { location: Location::file(path), found: Foreign::Refi });
        }
        _ => {
            detect::text_size(bytes.len() as u64, path)?;
            let decoded = decode::text(bytes);
            warnings.extend(undecodable(&decoded));
            match from_text(container, bytes, &decoded.text, path)? {
                Opened::Gold(transcript) => return Ok(*transcript),
                Opened::Source(source) => source,
            }
        }
    };
    let mut transcript = transcript(source, path, params)?;
    transcript.warnings.splice(0..0, warnings);
    Ok(transcript)
}

/// What a file holds: mostly one interview, in a QDA project several.
#[derive(Debug)]
pub struct Contents {
    /// The interviews in order, or why one of them could not be read.
    pub interviews: Vec<Result<FoundInterview, IngestError>>,
    /// What else there was and is not read, and how often.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// An interview in a file.
#[derive(Debug)]
pub struct FoundInterview {
    /// Where it lies: the file; in a QDA project with the text's name behind.
    pub path: PathBuf,
    /// The interview.
    pub transcript: Transcript,
    /// What people coded in a QDA project; nothing for other files.
    pub coded: ForeignText,
}

/// Reads all interviews of a file's bytes.
///
/// # Errors
/// As [`read_file`]; where single texts of a QDA project cannot be read, the errors stand among the interviews.
pub fn read_all(path: &Path, bytes: &[u8], params: &IngestParams) -> Result<Contents, IngestError> {
    if detect::container(bytes, path).is_ok_and(|container| container == Container::Qdpx) {
        return qdpx::read(path, bytes, params);
    }
    let transcript = read_bytes(path, bytes, params)?;
    let only = FoundInterview { path: path.to_owned(), transcript, coded: ForeignText::default() };
    Ok(Contents { interviews: vec![Ok(only)], left_out: BTreeMap::new() })
}

/// What a text file turns out to be.
enum Opened {
    Source(Source),
    Gold(Box<Transcript>),
}

fn from_text(container: Container, bytes: &[u8], text: &str, path: &Path) -> Result<Opened, IngestError> {
    let source = match container {
        Container::Vtt => Source::Utterances(vtt::parse(&decode::lines(text))),
        Container::Srt => Source::Utterances(srt::parse(&decode::lines(text))),
        Container::Csv => Source::Utterances(table::parse(text, path)?),
        Container::Html if noscribe::is(text) => Source::Utterances(noscribe::parse(text)),
        Container::Html => lines(container, html::lines(bytes, path)?),
        Container::Json => return from_json(text, path),
        _ => lines(container, decode::lines(text)),
    };
    Ok(Opened::Source(source))
}

fn from_json(text: &str, path: &Path) -> Result<Opened, IngestError> {
    let value = json::value(text, path)?;
    if json::is_gold(&value) {
        let transcript = gold::transcript(text, path).map_err(|fault| IngestError::BadGold { fault })?;
        return Ok(Opened::Gold(Box::new(transcript)));
    }
    Ok(Opened::Source(Source::Utterances(json::parse(&value, path)?)))
}

fn lines(container: Container, lines: Vec<Line>) -> Source {
    Source::Lines { container, lines }
}

/// What to tell a person about a text that is too long for one interview; it is read all the same.
fn oversized(text: &str) -> Option<Warning> {
    let pages = text.len() / BYTES_PER_PAGE;
    (pages > MOST_PAGES).then(|| Warning::Note {
        german: format!(
            "etwa {pages} Seiten in einer Datei; ein Interview hat 15 bis 40. Bitte prüfen, ob es die richtige Datei ist; das Kodieren dauert entsprechend lange"
        ),
        english: format!(
            "about {pages} pages in one file; an interview has 15 to 40. Please check whether it is the right file; coding takes accordingly long"
        ),
    })
}

fn undecodable(decoded: &decode::Decoded) -> Option<Warning> {
    decoded.replaced.then(|| Warning::UndecodableBytes { encoding: decoded.encoding.to_owned() })
}

/// Applies conventions, roles and language to what a container gave.
fn transcript(source: Source, path: &Path, params: &IngestParams) -> Result<Transcript, IngestError> {
    let (parsed, notes): (_, Vec<Warning>) = match source {
        Source::Lines { container, lines } => {
            let parsed = speakers_required(conversation::from_lines(container, lines), path, params)?;
            let notes = header::long(&parsed.meta).into_iter().chain(header::unknown(&parsed.meta)).collect();
            (parsed, notes)
        }
        Source::Utterances(parsed) => (parsed, Vec::new()),
    };
    let assembled = assemble::turns(parsed.utterances, NOBODY);
    if assembled.turns.is_empty() {
        return Err(IngestError::NothingSaid { location: Location::file(path) });
    }
    let (speakers, told) =
        speakers::assign(&assembled, &params.interviewers, &header::interviewers(&parsed.meta), path)?;
    let mut turns = assembled.turns;
    let language = language::check(&mut turns, params.allow_language, path)?;
    let format = Format { container: parsed.container, convention: parsed.convention };
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut transcript = Transcript::new(id, format, speakers, turns);
    transcript.language = language.code;
    transcript.meta = parsed.meta;
    transcript.warnings = [notes, assembled.warnings, told, language.warnings].concat();
    transcript.warnings.extend(oversized(transcript.text()));
    Ok(transcript)
}

/// Refuses a text that names no speaker: a book or a letter would else be coded as if somebody had said it. Subtitles and
/// JSON often name none by nature, and are read.
fn speakers_required(parsed: Parsed, path: &Path, params: &IngestParams) -> Result<Parsed, IngestError> {
    let named = parsed.utterances.iter().any(|utterance| utterance.speaker.is_some());
    match parsed.utterances.first() {
        Some(first) if !named && !params.allow_no_speakers => {
            Err(IngestError::NoSpeaker { location: Location::line(path, first.line), found: excerpt(&first.text) })
        }
        _ => Ok(parsed),
    }
}

/// The first words of a text, for a message.
fn excerpt(text: &str) -> String {
    let start: String = text.chars().take(60).collect();
    if start.len() < text.len() { format!("{start} …") } else { start }
}
