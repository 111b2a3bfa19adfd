//! Tables with a text column, and columns for speaker and times where there are any.

use std::path::Path;

use csv::StringRecord;

use super::conversation;
use super::error::IngestError;
use super::source::{Parsed, Utterance};
use super::stamps::{clock, seconds};
use crate::error::Location;
use crate::transcript::{Container, Convention, Timestamp};

const TEXT: [&str; 14] = [
    "text",
    "transkript",
    "transcript",
    "inhalt",
    "content",
    "aussage",
    "beitrag",
    "redebeitrag",
    "wortlaut",
    "antwort",
    "utterance",
    "segment",
    "äußerung",
    "zitat",
];
const SPEAKER: [&str; 10] =
    ["speaker", "sprecher", "sprecherin", "sprecher:in", "sprechende", "name", "person", "wer", "who", "speaker name"];
const START: [&str; 14] = [
    "start",
    "von",
    "beginn",
    "begin",
    "anfang",
    "zeit",
    "time",
    "timestamp",
    "zeitstempel",
    "zeitmarke",
    "start time",
    "startzeit",
    "from",
    "in",
];
const END: [&str; 9] = ["end", "ende", "bis", "stop", "end time", "endzeit", "to", "out", "schluss"];

/// Which column holds what.
#[derive(Debug, Clone, Copy)]
struct Columns {
    text: usize,
    speaker: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    millis: bool,
}

/// Whether a cell is the name of a column that is known here.
pub(super) fn is_column_name(cell: &str) -> bool {
    let cell = simple(cell);
    ["nr.", "nr", "#", "turn", "id"].contains(&cell.as_str())
        || [&TEXT[..], &SPEAKER, &START, &END].iter().any(|names| names.contains(&cell.as_str()))
}

fn simple(cell: &str) -> String {
    cell.trim().trim_start_matches('\u{feff}').to_lowercase().replace('_', " ")
}

/// Reads a table.
///
/// # Errors
/// If its first row names no text column, or a row breaks the rules of the format.
pub(super) fn parse(text: &str, path: &Path) -> Result<Parsed, IngestError> {
    let delimiter = delimiter(text);
    let mut reader = reader(text);
    let bad = |source| IngestError::BadTable { location: Location::file(path), source };
    let header = reader.headers().map_err(bad)?.clone();
    let columns = columns(&header, delimiter).ok_or_else(|| no_text_column(&header, path))?;
    let mut rows = Vec::new();
    for record in reader.records() {
        rows.push(row(&record.map_err(bad)?, columns));
    }
    let (container, convention) = (Container::Csv, Convention::Table);
    if rows.iter().any(|row| row.speaker.is_some()) {
        return Ok(Parsed { container, convention, meta: Default::default(), utterances: rows });
    }
    Ok(Parsed { convention, ..conversation::read(container, &rows) })
}

/// A table's rows, whatever sign stands between its cells.
pub(super) fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes())
}

/// The sign that cuts the first row into the most cells.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',')
}

fn columns(header: &StringRecord, delimiter: u8) -> Option<Columns> {
    let find = |names: &[&str]| header.iter().position(|cell| names.contains(&simple(cell).as_str()));
    let (start, end) = (find(&START), find(&END));
    // Whisper's own table has milliseconds between tabs; nobody else writes bare whole numbers there.
    let millis = delimiter == b'\t' && header.iter().map(simple).eq(["start", "end", "text"]);
    Some(Columns { text: find(&TEXT)?, speaker: find(&SPEAKER), start, end, millis })
}

fn row(record: &StringRecord, columns: Columns) -> Utterance {
    let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).map(str::trim);
    let speaker = cell(columns.speaker).map(|name| name.trim_end_matches(':').trim()).filter(|name| !name.is_empty());
    Utterance {
        speaker: speaker.map(str::to_owned),
        start: cell(columns.start).and_then(|cell| time(cell, columns.millis)),
        end: cell(columns.end).and_then(|cell| time(cell, columns.millis)),
        text: cell(Some(columns.text)).unwrap_or_default().to_owned(),
        line: record.position().map_or(0, |position| position.line() as usize),
    }
}

/// `0:03:15`, `#00:03:15-2#`, `195.2` and `195,2` seconds, or milliseconds.
fn time(cell: &str, millis: bool) -> Option<Timestamp> {
    let bare = cell.trim_matches(|sign: char| "#[]()".contains(sign));
    if millis {
        return bare.parse().ok().map(Timestamp::from_millis);
    }
    clock(bare).or_else(|| seconds(bare.replace(',', ".").parse().ok()?))
}

fn no_text_column(header: &StringRecord, path: &Path) -> IngestError {
    let found = header.iter().take(12).map(|cell| cell.trim().chars().take(40).collect()).collect();
    IngestError::NoTextColumn { location: Location::line(path, 1), found }
}
