//! Word documents (docx).

use std::path::Path;

use quick_xml::events::BytesStart;

use super::archive::Archive;
use super::error::IngestError;
use super::flow::Flow;
use super::source::Line;
use super::{decode, xml};
use crate::transcript::Container;

/// Every paragraph of a Word document's body, in order.
///
/// As a person sees it with all tracked changes accepted, without footnotes and comments: a line break starts a new line,
/// a table row is one line with its cells joined by a tab, a text box comes before the paragraph it is anchored in.
///
/// # Errors
/// If the file is damaged, encrypted, or unpacks to too much.
pub fn lines(bytes: &[u8], path: &Path) -> Result<Vec<Line>, IngestError> {
    let mut archive = Archive::open(bytes, Container::Docx, path)?;
    let name = body_name(&archive.names()).unwrap_or_else(|| "word/document.xml".to_owned());
    let body = decode::text(&archive.read(&name)?).text;
    xml::lines(&body, Word::default(), Container::Docx, path)
}

/// The entry with the text. Word on the web sometimes calls it `document2.xml`.
pub(super) fn body_name(names: &[String]) -> Option<String> {
    let is_body = |name: &&String| {
        let stem = name.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml"));
        stem.is_some_and(|number| number.chars().all(|sign| sign.is_ascii_digit()))
    };
    names.iter().filter(is_body).min_by_key(|name| name.len()).cloned()
}

/// WordprocessingML. Text counts only inside of `w:t`.
#[derive(Default)]
struct Word {
    in_text: bool,
    /// Inside of a paragraph's settings, where `w:del` means that its end was deleted.
    in_settings: bool,
    /// The end of the open paragraph was deleted with changes tracked: the next one continues it.
    joins_next: bool,
    /// A paragraph that waits for the one that continues it.
    waiting: String,
}

impl Word {
    fn open_paragraph(&mut self, flow: &mut Flow) {
        flow.open_paragraph();
        flow.push(&std::mem::take(&mut self.waiting));
    }

    fn close_paragraph(&mut self, flow: &mut Flow) {
        if std::mem::take(&mut self.joins_next) {
            self.waiting = flow.take_paragraph();
        } else {
            flow.close_paragraph();
        }
    }

    /// The end of a page, cell or text box: nothing can continue a paragraph beyond it.
    fn stop_waiting(&mut self, flow: &mut Flow) {
        if !self.waiting.is_empty() {
            self.open_paragraph(flow);
            flow.close_paragraph();
        }
    }
}

impl xml::Dialect for Word {
    fn is_skipped(&self, name: &str) -> bool {
        match name {
            "del" => !self.in_settings,
            "moveFrom" | "delText" | "instrText" | "delInstrText" => true,
            // Old settings; tab stops, which are no tabs; a text box again, for old programs; readings of ideographs.
            "pPrChange" | "rPrChange" | "tabs" | "Fallback" | "rt" => true,
            _ => false,
        }
    }

    fn open(&mut self, element: &BytesStart<'_>, flow: &mut Flow) {
        match element.local_name().as_ref() {
            "p" => self.open_paragraph(flow),
            "pPr" => self.in_settings = true,
            "del" => self.joins_next = true,
            "t" => self.in_text = true,
            "tab" | "ptab" => flow.push("\t"),
            "br" | "cr" => flow.break_line(),
            "noBreakHyphen" => flow.push("\u{2011}"),
            "sym" => flow.push(&symbol(element)),
            "tr" => flow.open_row(),
            "tc" => flow.open_cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, flow: &mut Flow) {
        match name {
            "p" => self.close_paragraph(flow),
            "pPr" => self.in_settings = false,
            "t" => self.in_text = false,
            "tr" => flow.close_row(),
            "tc" => {
                self.stop_waiting(flow);
                flow.close_cell();
            }
            "body" | "txbxContent" => self.stop_waiting(flow),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, flow: &mut Flow) {
        if self.in_text {
            flow.push(&text.replace(['\n', '\r'], " "));
        }
    }
}

/// A sign chosen by its place in a symbol font. Those that people type by accident (Word makes smileys, arrows and ticks of
/// them) are mapped, others stay what they are.
fn symbol(element: &BytesStart<'_>) -> String {
    let code = xml::attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
    let sign = match code.map(|code| if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code }) {
        Some(0x4A) => Some('\u{263A}'),
        Some(0x4B) => Some('\u{1F610}'),
        Some(0x4C) => Some('\u{2639}'),
        Some(0xA7 | 0xB7 | 0x6C | 0x6E) => Some('\u{2022}'),
        Some(0xDF) => Some('\u{2190}'),
        Some(0xE0) => Some('\u{2192}'),
        Some(0xFB) => Some('\u{2717}'),
        Some(0xFC) => Some('\u{2713}'),
        _ => code.and_then(char::from_u32),
    };
    sign.map(String::from).unwrap_or_default()
}
