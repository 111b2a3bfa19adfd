//! Files that are never there half.

use std::fs;
use std::path::Path;

use crate::error::IoError;

/// Writes a file beside `path`, by `write`, and renames it when it is finished: `path` holds either what was there before
/// or all that is new.
///
/// # Errors
/// What `write` says, or where the file cannot be renamed.
pub fn write_whole<E: From<IoError>>(path: &Path, write: impl FnOnce(&Path) -> Result<(), E>) -> Result<(), E> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let beside = path.with_file_name(name);
    write(&beside)?;
    Ok(fs::rename(&beside, path).map_err(IoError::at(path))?)
}

/// The same with the content given.
///
/// # Errors
/// Where the file cannot be written or renamed.
pub fn write_text(path: &Path, text: &str) -> Result<(), IoError> {
    write_whole(path, |beside| fs::write(beside, text).map_err(IoError::at(beside)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_stays_where_writing_fails() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write_text(&path, "before").unwrap();
        let failed = write_whole(&path, |beside| {
            fs::write(beside, "half").unwrap();
            Err(IoError { path: beside.to_owned(), source: std::io::ErrorKind::StorageFull.into() })
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        write_text(&path, "after").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
    }
}
