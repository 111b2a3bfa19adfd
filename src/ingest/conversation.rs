//! Who says what: lines or cues to utterances, in whatever style of labels and stamps the file was written.
//!
//! All styles are read by one reader, since people mix them: stamps before, within or after a turn; labels with a colon,
//! in cells, or on lines of their own. What the file is called ([`Convention`]) is told from what was found.

use std::sync::LazyLock;

use regex::Regex;

use super::header;
use super::labels::{self, Kind, Labels};
use super::rows::{Row, drop_line_numbers, drop_lone_words, pieces, row, writes_bare_stamps};
use super::source::{Line, Parsed, Utterance};
use super::stamps::{self, Stamped, pattern};
use crate::transcript::{Container, Convention, Timestamp};

/// What services write below or above a transcript; no speech.
static SERVICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:transcribed by https?://otter\.ai\S*|.{1,63} (?:started|stopped) transcription|.{1,63} hat die transkription (?:gestartet|beendet))$",
    )
});

/// Reads lines of text.
pub(super) fn from_lines(container: Container, lines: Vec<Line>) -> Parsed {
    let mut rows: Vec<Utterance> = lines.into_iter().flat_map(pieces).collect();
    drop_line_numbers(&mut rows);
    read(container, &rows)
}

/// Reads rows of any origin: lines without times, or cues with them. Without any label all speakers stay unknown.
pub(super) fn read(container: Container, rows: &[Utterance]) -> Parsed {
    let timed = rows.iter().any(|row| row.start.is_some());
    let bare = !timed && writes_bare_stamps(rows);
    let (service, spoken): (Vec<&Utterance>, Vec<&Utterance>) =
        rows.iter().partition(|row| !timed && SERVICE.is_match(row.text.trim()));
    let mut rows: Vec<Row<'_>> = spoken.into_iter().filter_map(|source| row(source, bare)).collect();
    if timed {
        drop_lone_words(&mut rows);
    }
    let labels = labels::choose(rows.iter().map(|row| row.head.as_ref()));
    let first = if timed { 0 } else { header_end(&rows, labels.as_ref()) };
    let (above, below) = rows.split_at(first);
    let mut meta =
        header::read(above.iter().filter(|row| !is_table_header(row.text)).map(|row| row.source.text.as_str()));
    for row in &service {
        header::add(&mut meta, "service".to_owned(), row.text.trim().to_owned());
    }
    let (utterances, marks) = fold(below, labels.as_ref());
    let convention = name(container, labels.as_ref(), &marks, bare, &service);
    Parsed { container, convention, meta, utterances }
}

/// How many rows stand above the first turn.
fn header_end(rows: &[Row<'_>], labels: Option<&Labels>) -> usize {
    let keyed = |row: &Row<'_>| row.head.as_ref().is_some_and(|head| header::is_key(&head.name));
    match labels {
        Some(labels) => rows.iter().position(|row| row.accepted(labels).is_some()).unwrap_or(0),
        None => rows.iter().take_while(|row| keyed(row)).count(),
    }
}

fn is_table_header(text: &str) -> bool {
    text.contains('\t') && text.split('\t').all(super::table::is_column_name)
}

/// What the stamps of a file look like.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    hashed: usize,
    leading: usize,
    trailing: usize,
}

/// Rows to utterances. A stamp after the last word ends this utterance and begins the next.
fn fold(rows: &[Row<'_>], labels: Option<&Labels>) -> (Vec<Utterance>, Marks) {
    let mut found: Vec<Utterance> = Vec::new();
    let mut marks = Marks::default();
    let mut speaker = None;
    let mut next = None;
    for row in rows {
        let head = labels.and_then(|labels| row.accepted(labels));
        let stamped = stamps::split(head.map_or(row.text, |head| head.rest));
        marks.add(row, &stamped);
        let lead = row.source.start.or(stamped.lead).or(head.and_then(|head| head.time)).or(row.lead);
        if let Some(head) = head {
            speaker = Some(head.name.clone());
        }
        if stamped.text.is_empty() {
            let time = stamped.trail.or(lead);
            if let Some(last) = found.last_mut().filter(|_| head.is_none()) {
                last.end = last.end.or(time);
            }
            next = time.or(next);
            continue;
        }
        found.push(utterance(
            row.source,
            speaker.clone(),
            lead.or(next).or(stamped.inner),
            stamped.text,
            stamped.trail,
        ));
        next = stamped.trail;
    }
    (found, marks)
}

fn utterance(
    source: &Utterance,
    speaker: Option<String>,
    start: Option<Timestamp>,
    text: String,
    trail: Option<Timestamp>,
) -> Utterance {
    Utterance {
        speaker: speaker.or_else(|| source.speaker.clone()),
        start,
        end: source.end.or(trail),
        text,
        line: source.line,
    }
}

impl Marks {
    fn add(&mut self, row: &Row<'_>, stamped: &Stamped) {
        self.hashed += usize::from(stamped.hashed || row.hashed);
        self.leading += usize::from(row.lead.is_some() || stamped.lead.is_some());
        self.trailing += usize::from(stamped.trail.is_some());
    }
}

/// What the style is called.
fn name(
    container: Container,
    labels: Option<&Labels>,
    marks: &Marks,
    bare: bool,
    service: &[&Utterance],
) -> Convention {
    let machine = |prefix: &'static str| labels.is_some_and(|labels| labels.any(|name| name.starts_with(prefix)));
    let kind = labels.map(Labels::kind);
    let otter = service.iter().any(|row| row.text.to_lowercase().contains("otter.ai"));
    match kind {
        _ if otter => Convention::Otter,
        Some(Kind::HeadTime) if container == Container::Text => Convention::Otter,
        Some(Kind::HeadTime) => Convention::Teams,
        Some(Kind::Cells) if container == Container::Text && labels.is_some_and(Labels::timed) => Convention::Zoom,
        Some(Kind::Cells) => Convention::Table,
        Some(Kind::Alone) if machine("SPEAKER_") || machine("Speaker undefined") => Convention::Atrain,
        Some(Kind::Colon) if machine("S0") => Convention::Noscribe,
        _ if marks.hashed > 0 || marks.trailing > marks.leading => Convention::F4,
        _ if bare || marks.leading > 0 => Convention::Maxqda,
        _ => Convention::Plain,
    }
}
