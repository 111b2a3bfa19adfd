//! Which kind of file it is: told from its content, never from its name.

use std::path::Path;

use super::archive::Archive;
use super::error::IngestError;
use super::foreign::Foreign;
use super::{decode, docx, qdpx, shape};
use crate::error::Location;
use crate::transcript::Container;

/// The most that a file may have, in bytes.
pub const MOST_BYTES: u64 = 512 << 20;

/// The most that a file without pictures, just text, may have, in bytes: some thousand hours of speech.
pub const MOST_TEXT_BYTES: u64 = 64 << 20;

/// Beginnings of files that are no transcripts.
const MAGIC: &[(&[u8], Foreign)] = &[
    (b"\x89PNG\r\n", Foreign::Image),
    (b"\xFF\xD8\xFF", Foreign::Image),
    (b"GIF8", Foreign::Image),
    (b"II*\0", Foreign::Image),
    (b"MM\0*", Foreign::Image),
    (b"8BPS", Foreign::Image),
    (b"ID3", Foreign::Recording),
    (b"OggS", Foreign::Recording),
    (b"fLaC", Foreign::Recording),
    (b"caff", Foreign::Recording),
    (b"#!AMR", Foreign::Recording),
    (b"\x02dss", Foreign::Recording),
    (b"\x03ds2", Foreign::Recording),
    (b"\x1A\x45\xDF\xA3", Foreign::Recording),
    (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", Foreign::Recording),
    (b"\xFF\xFB", Foreign::Recording),
    (b"\xFF\xF3", Foreign::Recording),
    (b"\xFF\xF1", Foreign::Recording),
    (b"SQLite format 3\0", Foreign::Database),
    (b"\x7FELF", Foreign::Program),
    (b"\xCF\xFA\xED\xFE", Foreign::Program),
    (b"\xCA\xFE\xBA\xBE", Foreign::Program),
    (b"7z\xBC\xAF\x27\x1C", Foreign::Archive),
    (b"Rar!\x1A\x07", Foreign::Archive),
    (b"\x1F\x8B\x08", Foreign::Archive),
    (b"BZh9", Foreign::Archive),
    (b"\xFD7zXZ\0", Foreign::Archive),
];

/// The kind of file, by its content.
///
/// `path` is for messages only.
///
/// # Errors
/// If the file is empty, larger than [`MOST_BYTES`], encrypted, no text, or a kind of file that holds no transcript; each
/// error says what it is and what to do.
///
/// ```
/// use std::path::Path;
/// use ringwerk::{ingest::detect, transcript::Container};
/// let bytes = b"WEBVTT\n\n00:01.000 --> 00:02.000\nGern.";
/// assert_eq!(detect::container(bytes, Path::new("a.txt")).unwrap(), Container::Vtt);
/// ```
pub fn container(bytes: &[u8], path: &Path) -> Result<Container, IngestError> {
    size(bytes.len() as u64, path)?;
    let location = || Location::file(path);
    if let Some(found) = foreign(bytes) {
        return Err(IngestError::Foreign { location: location(), found });
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Err(compound(bytes, path));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(bytes, path);
    }
    if bytes.trim_ascii().is_empty() {
        return Err(IngestError::Empty { location: location() });
    }
    if trimmed(bytes).starts_with(b"%PDF-") {
        return Ok(Container::Pdf);
    }
    if trimmed(bytes).starts_with(b"{\\rtf") {
        return Ok(Container::Rtf);
    }
    if decode::is_binary(bytes) {
        return Err(IngestError::Binary { location: location() });
    }
    shape::container(&decode::beginning(bytes)).map_err(|found| IngestError::Foreign { location: location(), found })
}

/// Refuses files that are too large, before they are read into memory.
///
/// # Errors
/// If there are more than [`MOST_BYTES`].
pub fn size(bytes: u64, path: &Path) -> Result<(), IngestError> {
    at_most(bytes, MOST_BYTES, path)
}

/// Refuses texts that are too large to be one interview, before they are taken apart.
///
/// # Errors
/// If there are more than [`MOST_TEXT_BYTES`].
pub fn text_size(bytes: u64, path: &Path) -> Result<(), IngestError> {
    at_most(bytes, MOST_TEXT_BYTES, path)
}

fn at_most(bytes: u64, limit: u64, path: &Path) -> Result<(), IngestError> {
    if bytes > limit {
        return Err(IngestError::TooLarge { location: Location::file(path), limit });
    }
    Ok(())
}

/// Without byte order mark and white space at the start.
fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start()
}

fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let inner = |place: usize| bytes.get(place..place + 4).unwrap_or_default();
    match (inner(0), inner(4), inner(8)) {
        (b"RIFF", _, b"WEBP") => return Some(Foreign::Image),
        (b"RIFF" | b"FORM", _, b"WAVE" | b"AVI " | b"AIFF" | b"AIFC") => return Some(Foreign::Recording),
        (_, b"ftyp", b"heic" | b"heix" | b"mif1" | b"avif") => return Some(Foreign::Image),
        (_, b"ftyp", _) => return Some(Foreign::Recording),
        _ => {}
    }
    // Programs of Windows begin with two letters that a text may begin with too.
    if bytes.starts_with(b"MZ") && bytes.iter().take(64).any(|&byte| byte == 0) {
        return Some(Foreign::Program);
    }
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, found)| found)
}

/// A file of Office before 2007, or a newer one behind a password. The names of its streams are UTF-16.
fn compound(bytes: &[u8], path: &Path) -> IngestError {
    let location = Location::file(path);
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.chunks(128).any(|entry| entry.starts_with(&wide))
    };
    match () {
        () if has("EncryptedPackage") => IngestError::Encrypted { location, container: Container::Docx },
        () if has("WordDocument") => IngestError::Foreign { location, found: Foreign::OldWord },
        () if has("Workbook") || has("Book") => IngestError::Foreign { location, found: Foreign::Spreadsheet },
        () => IngestError::Foreign { location, found: Foreign::OldOffice },
    }
}

fn zip(bytes: &[u8], path: &Path) -> Result<Container, IngestError> {
    let mut archive = Archive::open(bytes, Container::Docx, path)?;
    let names = archive.names();
    if docx::body_name(&names).is_some() {
        return Ok(Container::Docx);
    }
    if qdpx::project_name(&names).is_some() {
        return Ok(Container::Qdpx);
    }
    let has = |wanted: &str| names.iter().any(|name| name.starts_with(wanted));
    let found = match () {
        () if has("mimetype") => match archive.read("mimetype")?.trim_ascii() {
            kind if kind.starts_with(b"application/vnd.oasis.opendocument.text") => return Ok(Container::Odt),
            kind if kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") => Foreign::Spreadsheet,
            kind if kind.starts_with(b"application/vnd.oasis.opendocument") => Foreign::Slides,
            b"application/epub+zip" => Foreign::Ebook,
            _ => Foreign::Archive,
        },
        () if has("content.xml") => return Ok(Container::Odt),
        () if has("xl/") => Foreign::Spreadsheet,
        () if has("ppt/") => Foreign::Slides,
        () if has("Index/") || has("Index.zip") => Foreign::Pages,
        () => Foreign::Archive,
    };
    Err(IngestError::Foreign { location: Location::file(path), found })
}
