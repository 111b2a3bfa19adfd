//! PDF documents with a text layer.
//!
//! A PDF knows signs at places on a page, no lines and no paragraphs. `page` finds out where which text stands, `layout`
//! makes lines and paragraphs of that.

mod font;
mod layout;
mod matrix;
mod page;
mod pen;
mod watch;
mod widths;

use std::path::Path;

use lopdf::{Document, LoadOptions};

use self::layout::Row;
use self::page::Reader;
use super::archive::damaged;
use super::error::{Cause, IngestError};
use super::source::Line;
use crate::error::Location;
use crate::transcript::Container;

/// The most that a single stream of a PDF may unpack to. A page of text has some kilobytes.
const MOST_UNPACKED: usize = 64 << 20;

/// Every paragraph of a PDF, in reading order.
///
/// What the program that wrote the PDF broke into lines is joined again, hyphenated words too; headers, footers and page
/// numbers are left out where they repeat from page to page.
///
/// # Errors
/// If the file is damaged, needs a password, has no text layer (a scan), or keeps the reader busy for unreasonably long.
pub fn lines(bytes: &[u8], path: &Path) -> Result<Vec<Line>, IngestError> {
    let owned = bytes.to_vec();
    match watch::run(move || read(&owned)) {
        Ok(Found::Text(pages)) => Ok(layout::paragraphs(pages)),
        Ok(Found::Scan(pages)) => Err(IngestError::Scanned { location: Location::file(path), pages }),
        Ok(Found::Locked) => Err(IngestError::Encrypted { location: Location::file(path), container: Container::Pdf }),
        Err(cause) => Err(damaged(path, Container::Pdf, cause)),
    }
}

/// What a PDF turns out to hold.
enum Found {
    /// The rows of each page.
    Text(Vec<Vec<Row>>),
    /// Only pictures, or signs that stand for no letters; with the number of pages.
    Scan(usize),
    /// A password is needed.
    Locked,
}

fn read(bytes: &[u8]) -> Result<Found, Cause> {
    let options = LoadOptions::with_max_decompressed_size(MOST_UNPACKED);
    let document = match Document::load_mem_with_options(bytes, options) {
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => return Ok(Found::Locked),
        loaded => loaded?,
    };
    if document.is_encrypted() {
        return Ok(Found::Locked);
    }
    let ids = document.get_pages();
    if ids.is_empty() {
        return Err("no pages".into());
    }
    let mut reader = Reader::new(&document);
    let mut pages = Vec::with_capacity(ids.len());
    for id in ids.values() {
        pages.push(layout::rows(reader.page(*id)?));
    }
    Ok(if is_readable(&pages) { Found::Text(pages) } else { Found::Scan(pages.len()) })
}

/// Whether most signs are known ones: fonts may come without a table that says which letters they show.
fn is_readable(pages: &[Vec<Row>]) -> bool {
    let signs = || pages.iter().flatten().flat_map(|row| row.text.chars()).filter(|sign| !sign.is_whitespace());
    let unknown = signs().filter(|&sign| sign == '\u{FFFD}').count();
    signs().count() > 2 * unknown
}
