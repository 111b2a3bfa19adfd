//! LibreOffice Writer documents (odt).

use std::path::Path;

use quick_xml::events::BytesStart;

use super::archive::Archive;
use super::error::IngestError;
use super::flow::Flow;
use super::source::Line;
use super::{decode, xml};
use crate::error::Location;
use crate::transcript::Container;

/// The most blanks that one element may stand for.
const MOST_BLANKS: usize = 1_000;

/// Every paragraph and heading of a Writer document, in order.
///
/// Deleted text of tracked changes, footnotes and comments are left out; a line break starts a new line; a table row is one
/// line with its cells joined by a tab.
///
/// # Errors
/// If the file is damaged, encrypted, or unpacks to too much.
pub fn lines(bytes: &[u8], path: &Path) -> Result<Vec<Line>, IngestError> {
    let mut archive = Archive::open(bytes, Container::Odt, path)?;
    if is_encrypted(&mut archive) {
        return Err(IngestError::Encrypted { location: Location::file(path), container: Container::Odt });
    }
    let body = decode::text(&archive.read("content.xml")?).text;
    xml::lines(&body, Writer::default(), Container::Odt, path)
}

/// LibreOffice does not use the encryption of zip, but says in the manifest which entries are encrypted.
fn is_encrypted(archive: &mut Archive<'_>) -> bool {
    archive.read("META-INF/manifest.xml").is_ok_and(|manifest| {
        let manifest = String::from_utf8_lossy(&manifest);
        manifest.contains("encryption-data") || manifest.contains("encrypted-key")
    })
}

/// OpenDocument text. White space counts as one blank, and none at the start of a paragraph.
#[derive(Default)]
struct Writer {
    after_blank: bool,
}

impl xml::Dialect for Writer {
    fn is_skipped(&self, name: &str) -> bool {
        // `number` is an automatic list number; `title` and `desc` describe a picture.
        matches!(
            name,
            "tracked-changes" | "annotation" | "note" | "ruby-text" | "number" | "title" | "desc" | "forms" | "script"
        )
    }

    fn open(&mut self, element: &BytesStart<'_>, flow: &mut Flow) {
        match element.local_name().as_ref() {
            "p" | "h" => {
                flow.open_paragraph();
                self.after_blank = true;
            }
            "s" => self.sign(&" ".repeat(blanks(element)), flow),
            "tab" => self.sign("\t", flow),
            "line-break" => {
                flow.break_line();
                self.after_blank = false;
            }
            "table-row" => flow.open_row(),
            "table-cell" | "covered-table-cell" => flow.open_cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, flow: &mut Flow) {
        match name {
            "p" | "h" => {
                flow.close_paragraph();
                self.after_blank = false;
            }
            "table-row" => flow.close_row(),
            "table-cell" | "covered-table-cell" => flow.close_cell(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, flow: &mut Flow) {
        let mut collapsed = String::with_capacity(text.len());
        for sign in text.chars() {
            let blank = matches!(sign, ' ' | '\t' | '\n' | '\r');
            if !blank {
                collapsed.push(sign);
            } else if !self.after_blank {
                collapsed.push(' ');
            }
            self.after_blank = blank;
        }
        flow.push(&collapsed);
    }
}

impl Writer {
    /// White space that is meant.
    fn sign(&mut self, text: &str, flow: &mut Flow) {
        flow.push(text);
        self.after_blank = false;
    }
}

fn blanks(element: &BytesStart<'_>) -> usize {
    xml::attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1).min(MOST_BLANKS)
}
