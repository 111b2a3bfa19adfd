//! An interview as QDA programs show it, and where its statements lie in that.

use crate::export::xml::{one_line, printable};
use crate::text::{ByteSpan, CodePoints};
use crate::transcript::{Transcript, Turn};

/// The text of an interview with speakers and times, a paragraph a turn: `[00:00:04] B1: Das fing im Mai an.`
///
/// The words of the transcript stand in it code point for code point; signs that no XML file may hold are replaced one for
/// one ([`printable`]).
#[derive(Debug)]
pub(super) struct Page {
    /// The text, with line feeds.
    pub(super) text: String,
    /// Of each turn: code points of the page before its words.
    begins: Vec<usize>,
    points: CodePoints,
}

/// Code points of a page, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Page {
    /// Lays an interview out.
    pub(super) fn new(transcript: &Transcript) -> Self {
        let mut text = String::new();
        let mut begins = Vec::with_capacity(transcript.turns().len());
        let mut length = 0;
        for turn in transcript.turns() {
            let gap = if begins.is_empty() { "" } else { "\n\n" };
            let lead = printable(&format!("{gap}{}", label(transcript, turn)));
            let words = printable(transcript.turn_text(turn));
            length += lead.chars().count();
            begins.push(length);
            length += words.chars().count();
            text += &lead;
            text += &words;
        }
        text.push('\n');
        Self { text, begins, points: CodePoints::new(transcript.text()) }
    }

    /// Where a passage of a turn lies.
    pub(super) fn place(&self, transcript: &Transcript, turn: usize, span: ByteSpan) -> Place {
        let at = |byte| self.points.at(transcript.text(), byte);
        let moved = |byte| self.begins[turn] + at(byte) - at(transcript.turns()[turn].span.start);
        Place { start: moved(span.start), end: moved(span.end) }
    }
}

fn label(transcript: &Transcript, turn: &Turn) -> String {
    let name = one_line(&transcript.speaker(turn).name);
    turn.start.map_or(format!("{name}: "), |start| format!("[{start}] {name}: "))
}
