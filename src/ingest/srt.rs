//! SubRip subtitles; speakers stand in the text, if at all.

use super::source::{Line, Parsed};
use super::{conversation, cues};
use crate::transcript::{Container, Convention};

/// Reads a SubRip file.
pub(super) fn parse(lines: &[Line]) -> Parsed {
    let found = cues::cut(lines);
    let parsed = conversation::read(Container::Srt, &cues::rows(cues::voices(&found.cues)));
    Parsed { convention: Convention::Subtitle, meta: cues::meta(&found.notes), ..parsed }
}
