//! Which files a person means.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::IoError;
use crate::{settings, store};

/// The files at the given paths in a stable order, each once, however it is named; folders are walked. What cannot be
/// listed (a dead link, a folder without rights, a loop of links) comes as an error in its place, and the walk goes on.
///
/// In folders, hidden files, lock files of Office programs and ringwerk's own files are passed over. What was named
/// itself is always taken.
pub(super) fn files(paths: &[PathBuf]) -> Vec<Result<PathBuf, IoError>> {
    let mut seen = HashSet::new();
    let listed = paths.iter().flat_map(|path| if path.is_dir() { walk(path) } else { vec![Ok(path.clone())] });
    let mut is_new = |path: &PathBuf| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()));
    listed.filter(|file| file.as_ref().map_or(true, &mut is_new)).collect()
}

fn walk(folder: &Path) -> Vec<Result<PathBuf, IoError>> {
    let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !is_passed_over(entry.path());
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible);
    let files = entries.filter(|entry| entry.as_ref().map_or(true, |entry| entry.file_type().is_file()));
    files.map(|entry| entry.map(walkdir::DirEntry::into_path).map_err(|error| not_listed(folder, error))).collect()
}

fn not_listed(folder: &Path, error: walkdir::Error) -> IoError {
    IoError { path: error.path().unwrap_or(folder).to_owned(), source: error.into() }
}

fn is_passed_over(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let own = name == settings::FILE || name.starts_with(store::DATABASE) || name == "jobs.json";
    own || name.starts_with('.') || name.starts_with("~$")
}

/// Makes the names of interviews unique: a second `b1` becomes `b1-2`.
pub(super) fn unique_names(names: &mut [String]) {
    let mut taken = HashSet::new();
    for name in names {
        let mut candidate = name.clone();
        let mut number = 1;
        while !taken.insert(candidate.clone()) {
            number += 1;
            candidate = format!("{name}-{number}");
        }
        *name = candidate;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_unique() {
        let mut names = ["b1", "b1", "b1-2", "b1"].map(String::from);
        unique_names(&mut names);
        assert_eq!(names, ["b1", "b1-2", "b1-2-2", "b1-3"]);
    }
}
