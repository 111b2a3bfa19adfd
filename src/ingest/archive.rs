//! Reads single entries of zip files (docx, odt) without trusting them.
//!
//! Everything stays in memory, nothing is unpacked to disk, and what an entry unpacks to is limited: a hostile file of a
//! few kilobytes must not fill the machine's memory.

use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::{Cause, IngestError};
use crate::error::Location;
use crate::transcript::Container;

/// The most that one entry may unpack to.
const MOST_UNPACKED: u64 = 256 << 20;

/// How many times its packed size a large entry may unpack to. Text of a real interview reaches about 10.
const MOST_RATIO: u64 = 400;

/// Entries up to this size may have any ratio: short repetitive files pack well and do no harm.
const ANY_RATIO_UP_TO: u64 = 16 << 20;

/// A zip file in memory.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    path: &'a Path,
    container: Container,
}

impl<'a> Archive<'a> {
    /// Reads the table of contents; `container` is what the file claims to be, for messages.
    pub(super) fn open(bytes: &'a [u8], container: Container, path: &'a Path) -> Result<Self, IngestError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(path, container, error.into()))?;
        Ok(Self { zip, path, container })
    }

    /// The names of all entries, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.zip.file_names().flatten().map(|name| name.into_owned()).collect();
        names.sort_unstable();
        names
    }

    /// Unpacks one entry.
    ///
    /// # Errors
    /// If there is none of that name, it is encrypted or damaged, or unpacks to too much.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>, IngestError> {
        let (path, container) = (self.path, self.container);
        let index = self.zip.index_for_name(name).ok_or_else(|| damaged(path, container, missing(name)))?;
        let entry = self.zip.by_index(index).map_err(|error| refused(path, container, error))?;
        let limit = most(entry.compressed_size());
        let mut unpacked = Vec::new();
        entry.take(limit + 1).read_to_end(&mut unpacked).map_err(|error| damaged(path, container, error.into()))?;
        if unpacked.len() as u64 > limit {
            return Err(IngestError::TooLarge { location: Location::file(path), limit });
        }
        Ok(unpacked)
    }
}

/// The most that an entry of this packed size may unpack to.
fn most(packed: u64) -> u64 {
    packed.saturating_mul(MOST_RATIO).clamp(ANY_RATIO_UP_TO, MOST_UNPACKED)
}

fn missing(name: &str) -> Cause {
    format!("no entry {name}").into()
}

fn refused(path: &Path, container: Container, error: ZipError) -> IngestError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            IngestError::Encrypted { location: Location::file(path), container }
        }
        error => damaged(path, container, error.into()),
    }
}

/// A file that breaks the rules of its kind.
pub(super) fn damaged(path: &Path, container: Container, source: Cause) -> IngestError {
    IngestError::Damaged { location: Location::file(path), container, source }
}
