//! noScribe's web page: the anchors around its segments carry start, end and speaker (`ts_1200_6900_S00`).

use std::sync::LazyLock;

use regex::Regex;

use super::conversation;
use super::markup::decode;
use super::source::{Parsed, Utterance};
use super::stamps::pattern;
use crate::transcript::{Container, Convention, Timestamp};

static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<!--.*?-->|<(/?)([A-Za-z][A-Za-z0-9]*|!)[^>]*>"));
static ANCHOR: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)\bname\s*=\s*["']ts_(\d+)_(\d+)_([^"'_]*)["']"#));

/// Whether a web page was written by noScribe.
pub(super) fn is(text: &str) -> bool {
    ANCHOR.is_match(text)
}

/// Reads the page. Labels in the text count, since people rename speakers there; the anchors' speakers only where there
/// is no label at all.
pub(super) fn parse(text: &str) -> Parsed {
    let paragraphs = paragraphs(text);
    let first = paragraphs.iter().position(|row| row.start.is_some()).unwrap_or(0);
    let (above, below) = paragraphs.split_at(first);
    let unnamed: Vec<Utterance> = below.iter().map(|row| Utterance { speaker: None, ..row.clone() }).collect();
    let mut parsed = conversation::read(Container::Html, &unnamed);
    if parsed.utterances.iter().all(|utterance| utterance.speaker.is_none()) {
        parsed = conversation::read(Container::Html, below);
    }
    let meta = super::header::read(above.iter().map(|row| row.text.as_str()));
    Parsed { convention: Convention::Noscribe, meta, ..parsed }
}

/// The page's paragraphs with the times and speaker of their anchors.
fn paragraphs(text: &str) -> Vec<Utterance> {
    let mut page = Page::default();
    let mut last = 0;
    for found in TAG.captures_iter(text) {
        let Some(tag) = found.get(0) else { continue };
        page.words(&text[last..tag.start()]);
        let closing = found.get(1).is_some_and(|slash| !slash.is_empty());
        let name = found.get(2).map_or(String::new(), |name| name.as_str().to_lowercase());
        page.tag(&name, closing, tag.as_str());
        last = tag.end();
    }
    page.words(&text[last..]);
    page.end_paragraph();
    page.done
}

/// A page while it is read.
#[derive(Default)]
struct Page {
    done: Vec<Utterance>,
    text: String,
    anchors: Vec<(Timestamp, Timestamp, String)>,
    silent: bool,
}

impl Page {
    fn words(&mut self, text: &str) {
        if !self.silent {
            self.text.push_str(&decode(text));
        }
    }

    fn tag(&mut self, name: &str, closing: bool, tag: &str) {
        match name {
            "head" | "style" | "script" => self.silent = !closing,
            "p" | "div" | "br" | "li" | "h1" | "h2" | "h3" | "body" => self.end_paragraph(),
            "a" if !closing => self.anchors.extend(anchor(tag)),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let anchors = std::mem::take(&mut self.anchors);
        if text.trim().is_empty() {
            return;
        }
        let first = anchors.first();
        self.done.push(Utterance {
            speaker: first.map(|(.., name)| name.clone()).filter(|name| !name.is_empty()),
            start: first.map(|(start, ..)| *start),
            end: anchors.last().map(|(_, end, _)| *end),
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            line: self.done.len() + 1,
        });
    }
}

fn anchor(tag: &str) -> Option<(Timestamp, Timestamp, String)> {
    let found = ANCHOR.captures(tag)?;
    let millis = |index: usize| found[index].parse().ok().map(Timestamp::from_millis);
    Some((millis(1)?, millis(2)?, found[3].to_owned()))
}
