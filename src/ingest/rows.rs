//! Lines and cues before anybody knows who speaks: numbers, invisible signs and leading stamps are taken off.

use std::sync::LazyLock;

use regex::Regex;

use super::labels::{self, Head, Kind, Labels};
use super::source::{Line, Utterance};
use super::stamps::{self, pattern};
use crate::transcript::Timestamp;

/// A line number of a transcript after GAT 2, or of a printed one.
static LINE_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(\d{1,5})[.)]?(?:\s+|$)"));

/// One line or cue on its way to an utterance.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub(super) source: &'a Utterance,
    pub(super) lead: Option<Timestamp>,
    pub(super) text: &'a str,
    pub(super) head: Option<Head<'a>>,
    /// Whether the stamp before the label stands between `#`.
    pub(super) hashed: bool,
}

impl<'a> Row<'a> {
    /// The label, if it is one that the file means.
    pub(super) fn accepted(&self, labels: &Labels) -> Option<&Head<'a>> {
        self.head.as_ref().filter(|head| labels.accept(head))
    }
}

/// One row for each line; some containers keep breaks inside a paragraph.
pub(super) fn pieces(line: Line) -> Vec<Utterance> {
    let breaks = ['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}'];
    let row =
        |text: &str| Utterance { speaker: None, start: None, end: None, text: text.to_owned(), line: line.number };
    line.text.split(breaks).map(row).collect()
}

/// Takes line numbers off where (nearly) every line has one and they grow.
pub(super) fn drop_line_numbers(rows: &mut [Utterance]) {
    let mut numbered = 0;
    let mut filled = 0;
    let mut last = 0;
    for row in rows.iter().filter(|row| !row.text.trim().is_empty()) {
        filled += 1;
        let number = LINE_NUMBER.captures(&row.text).and_then(|found| found[1].parse::<u32>().ok());
        if let Some(number) = number.filter(|number| *number > last) {
            numbered += 1;
            last = number;
        }
    }
    if numbered < 3 || numbered * 10 < filled * 8 {
        return;
    }
    for row in rows {
        let end = LINE_NUMBER.find(&row.text).map_or(0, |found| found.end());
        row.text.replace_range(..end, "");
    }
}

/// A row without invisible signs at its start and without the stamp before its label.
pub(super) fn row(source: &Utterance, bare: bool) -> Option<Row<'_>> {
    let invisible = ['\u{feff}', '\u{200b}', '\u{200e}', '\u{200f}'];
    let text = source.text.trim_start_matches(|sign: char| sign.is_whitespace() || invisible.contains(&sign));
    if text.is_empty() {
        return None;
    }
    let cells = text.contains('\t');
    let lead = stamps::leading(text).or_else(|| if bare { stamps::leading_bare(text) } else { None });
    let hashed = lead.is_some() && text.starts_with('#');
    let (lead, text) = match lead.filter(|_| !cells) {
        Some((time, rest)) => (Some(time), rest),
        None => (None, text),
    };
    Some(Row { source, lead, text, head: labels::head(text), hashed })
}

/// A cue of one word (`Genau`) is no label: in cues, a name alone is the first of several lines.
pub(super) fn drop_lone_words(rows: &mut [Row<'_>]) {
    for index in 0..rows.len() {
        let start = rows[index].source.start;
        let same_cue =
            |other: Option<usize>| other.and_then(|other| rows.get(other)).is_some_and(|row| row.source.start == start);
        let lone = !same_cue(Some(index + 1)) || same_cue(index.checked_sub(1));
        if lone && rows[index].head.as_ref().is_some_and(|head| head.kind == Kind::Alone) {
            rows[index].head = None;
        }
    }
}

/// Whether lines start with bare clock times: at least two, none before its predecessor.
pub(super) fn writes_bare_stamps(rows: &[Utterance]) -> bool {
    let times: Vec<Timestamp> =
        rows.iter().filter_map(|row| stamps::leading_bare(row.text.trim_start())).map(|(time, _)| time).collect();
    times.len() > 1 && times.len() * 20 >= rows.len() && times.is_sorted()
}
