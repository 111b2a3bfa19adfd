//! Which kind of text file it is, by the shape of its beginning.

use super::foreign::Foreign;
use crate::transcript::Container;

/// Names of a table's column that holds what is said.
const TEXT_COLUMNS: &[&str] = &[
    "text",
    "transcript",
    "transkript",
    "transkription",
    "transcription",
    "utterance",
    "äußerung",
    "aeusserung",
    "äusserung",
    "content",
    "inhalt",
    "aussage",
    "redebeitrag",
    "beitrag",
    "wortlaut",
    "sentence",
    "satz",
    "segment",
    "message",
];

/// Elements by which other programs' XML is known.
const ROOTS: &[(&str, Foreign)] = &[
    ("<basic-transcription", Foreign::Exmaralda),
    ("<segmented-transcription", Foreign::Exmaralda),
    ("<ANNOTATION_DOCUMENT", Foreign::Elan),
    ("<folker-transcription", Foreign::Folker),
];

/// The kind of text file, from its beginning.
///
/// # Errors
/// If it is text of another program that holds no transcript as lines.
pub(super) fn container(beginning: &str) -> Result<Container, Foreign> {
    let text = beginning.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if text.starts_with("WEBVTT") {
        return Ok(Container::Vtt);
    }
    if let Some(found) = other_program(text) {
        return Err(found);
    }
    Ok(match () {
        () if is_srt(text) => Container::Srt,
        () if is_html(text) => Container::Html,
        () if is_json(text) => Container::Json,
        () if is_table(text) => Container::Csv,
        () => Container::Text,
    })
}

fn other_program(text: &str) -> Option<Foreign> {
    if text.starts_with("File type = \"ooTextFile") {
        return Some(Foreign::Praat);
    }
    if !text.starts_with('<') {
        return None;
    }
    let known = ROOTS.iter().find(|(root, _)| text.contains(root)).map(|&(_, found)| found);
    known.or_else(|| (text.starts_with("<?xml") && !has_html_root(text)).then_some(Foreign::Xml))
}

/// A line with two times comes first, or second after a number.
fn is_srt(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let numbered = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    is_timing(if numbered { lines.next().unwrap_or_default() } else { first })
}

/// `00:00:01,000 --> 00:00:02,000`, with comma or dot, with or without hours.
fn is_timing(line: &str) -> bool {
    let is_time = |time: &str| {
        let signs = time.split_whitespace().next().unwrap_or_default();
        signs.contains(':') && signs.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ':' | ',' | '.'))
    };
    line.split_once("-->").is_some_and(|(start, end)| is_time(start) && is_time(end))
}

fn is_html(text: &str) -> bool {
    const STARTS: [&str; 22] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "div",
        "p",
        "span",
        "table",
        "meta",
        "title",
        "style",
        "ul",
        "ol",
        "br",
        "h1",
        "h2",
        "h3",
        "a",
        "b",
        "i",
        "article",
        "section",
    ];
    let is_start = |name: &str| {
        let rest = text[1..]
            .get(..name.len())
            .filter(|start| start.eq_ignore_ascii_case(name))
            .map(|_| &text[1 + name.len()..]);
        rest.is_some_and(|rest| rest.starts_with(|sign: char| sign.is_whitespace() || sign == '>' || sign == '/'))
    };
    text.starts_with('<')
        && (STARTS.iter().any(|name| is_start(name)) || text.starts_with("<!--") || has_html_root(text))
}

fn has_html_root(text: &str) -> bool {
    text.contains("<html") || text.contains("<!DOCTYPE html") || text.contains("<HTML")
}

/// Transcripts may begin with a bracket (`[00:00:01] Guten Tag`), so the next sign has to fit too.
fn is_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|sign| !sign.is_whitespace());
    matches!((signs.next(), signs.next()), (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | ']')))
}

/// A header with a column for text, and a row with as many fields.
fn is_table(text: &str) -> bool {
    // Excel's own line that names the separator.
    let text = text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')).map_or(text, |(_, rest)| rest);
    b";,\t".iter().any(|&separator| is_table_with(text, separator))
}

fn is_table_with(text: &str, separator: u8) -> bool {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records().flatten();
    let (Some(header), Some(row)) = (records.next(), records.next()) else { return false };
    header.len() > 1 && header.len() == row.len() && header.iter().any(is_text_column)
}

fn is_text_column(name: &str) -> bool {
    TEXT_COLUMNS.contains(&name.trim().trim_start_matches('\u{FEFF}').to_lowercase().as_str())
}
