//! Subtitles: WebVTT and SubRip share their cues.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::source::{Line, Utterance};
use super::stamps::{clock, pattern};
use crate::transcript::Timestamp;

static TIMING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})"));

/// A voice of WebVTT: `<v Müller, Eva (ACME)>`.
static VOICE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)<v(?:\.[^\s<>]*)?\s+([^<>]+)>"));

/// A subtitle file, cut into cues.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cues {
    /// The cues in order, tags and all; lines joined by a line feed.
    pub(super) cues: Vec<Utterance>,
    /// Lines before the first cue, and notes between cues.
    pub(super) notes: Vec<String>,
}

/// Cuts lines into cues. An identifier stands directly above the times.
pub(super) fn cut(lines: &[Line]) -> Cues {
    let mut found = Cues::default();
    let mut note = false;
    for (index, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        if let Some((start, end)) = timing(text) {
            note = false;
            found.cues.push(Utterance { speaker: None, start, end, text: String::new(), line: line.number });
        } else if !is_identifier(lines, index) {
            note = if text.is_empty() { false } else { note || is_note(lines, index) };
            found.add(text, note);
        }
    }
    found
}

fn timing(text: &str) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let found = TIMING.captures(text)?;
    Some((clock(&found[1]), clock(&found[2])))
}

/// Whether a line is the identifier of the cue whose times follow: a mere number, or one word alone in its block. What
/// has several words is speech whose empty line went missing, and is kept.
fn is_identifier(lines: &[Line], index: usize) -> bool {
    let text = lines[index].text.trim();
    let before_times = lines.get(index + 1).is_some_and(|next| TIMING.is_match(&next.text));
    let alone = index == 0 || lines[index - 1].text.trim().is_empty();
    let number = !text.is_empty() && text.chars().all(|sign| sign.is_ascii_digit());
    before_times && (number || alone && !text.contains(char::is_whitespace))
}

/// Whether a block that is no cue starts here.
fn is_note(lines: &[Line], index: usize) -> bool {
    let starts = index == 0 || lines[index - 1].text.trim().is_empty();
    let word = lines[index].text.split_whitespace().next().unwrap_or_default();
    starts && ["NOTE", "STYLE", "REGION"].contains(&word)
}

impl Cues {
    /// Adds a line to the last cue, or to the notes.
    fn add(&mut self, text: &str, note: bool) {
        match self.cues.last_mut().filter(|_| !note) {
            _ if text.is_empty() => {}
            Some(cue) if cue.text.is_empty() => cue.text.push_str(text),
            Some(cue) => {
                cue.text.push('\n');
                cue.text.push_str(text);
            }
            None => self.notes.push(text.to_owned()),
        }
    }
}

/// Cuts cues at their voices; a cue without voice stays as it is.
pub(super) fn voices(cues: &[Utterance]) -> Vec<Utterance> {
    cues.iter().flat_map(cut_voices).collect()
}

fn cut_voices(cue: &Utterance) -> Vec<Utterance> {
    let part = |speaker: Option<&str>, text: &str| Utterance {
        speaker: speaker.map(|name| super::markup::decode(name.trim()).into_owned()),
        text: text.to_owned(),
        ..cue.clone()
    };
    let mut parts = Vec::new();
    let mut speaker = None;
    let mut last = 0;
    for found in VOICE.captures_iter(&cue.text) {
        let (Some(tag), Some(name)) = (found.get(0), found.get(1)) else { continue };
        parts.push(part(speaker, &cue.text[last..tag.start()]));
        speaker = Some(name.as_str());
        last = tag.end();
    }
    parts.push(part(speaker, &cue.text[last..]));
    parts.retain(|part| !part.text.trim().is_empty());
    parts
}

/// Cues to plain rows. In `Name⏎text` the first line becomes a row of its own, so that the name is seen as a label.
pub(super) fn rows(cues: Vec<Utterance>) -> Vec<Utterance> {
    let mut rows = Vec::new();
    for cue in cues {
        for (index, line) in cue.text.split('\n').enumerate() {
            let text = super::markup::plain(line);
            rows.push(Utterance { text, line: cue.line + 1 + index, speaker: cue.speaker.clone(), ..cue });
        }
    }
    rows
}

/// What the lines above the first cue and the notes say.
pub(super) fn meta(notes: &[String]) -> BTreeMap<String, String> {
    let mut meta = BTreeMap::new();
    for (index, note) in notes.iter().enumerate() {
        let signature = index == 0 && note.starts_with("WEBVTT");
        let (key, text) = if signature { ("title", &note["WEBVTT".len()..]) } else { ("note", note.as_str()) };
        let text = text.strip_prefix("NOTE").unwrap_or(text).trim().trim_start_matches("- ");
        if !text.is_empty() {
            super::header::add(&mut meta, key.to_owned(), super::markup::plain(text));
        }
    }
    meta
}
