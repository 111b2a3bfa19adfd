//! WebVTT: Teams (voices), Zoom (`Name: text`), noScribe, and subtitles of any other origin.

use std::sync::LazyLock;

use regex::Regex;

use super::source::{Line, Parsed, Utterance};
use super::stamps::pattern;
use super::{conversation, cues};
use crate::transcript::{Container, Convention};

static NOSCRIBE_VOICE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^S\d{2}$"));

/// Reads a WebVTT file.
pub(super) fn parse(lines: &[Line]) -> Parsed {
    let found = cues::cut(lines);
    let meta = cues::meta(&found.notes);
    let parts = cues::voices(&found.cues);
    let voiced = parts.iter().any(|part| part.speaker.is_some());
    let rows = cues::rows(parts);
    if voiced {
        let convention = voiced_convention(&rows);
        return Parsed { container: Container::Vtt, convention, meta, utterances: rows };
    }
    let parsed = conversation::read(Container::Vtt, &rows);
    let labelled = parsed.utterances.iter().any(|utterance| utterance.speaker.is_some());
    let convention = if labelled { Convention::Zoom } else { Convention::Subtitle };
    Parsed { convention, meta, ..parsed }
}

fn voiced_convention(rows: &[Utterance]) -> Convention {
    let noscribe = rows.iter().filter_map(|row| row.speaker.as_deref()).all(|name| NOSCRIBE_VOICE.is_match(name));
    if noscribe { Convention::Noscribe } else { Convention::Teams }
}
