//! Where the page of a project was served last, so that an open page finds the program again after a restart.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::IoError;
use crate::files::write_whole;

/// Name of the file in the project folder; who may read it may read the project, too.
const FILE: &str = ".review.json";

/// Port and secret of the last time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Remembered {
    /// The port.
    pub port: u16,
    /// The secret.
    pub token: String,
}

impl Remembered {
    /// What was remembered; `None` where nothing was, or nothing that can be understood.
    pub fn read(folder: &Path) -> Option<Self> {
        serde_json::from_str(&fs::read_to_string(path(folder)).ok()?).ok()
    }

    /// Remembers it, readable by nobody else.
    pub fn write(&self, folder: &Path) -> Result<(), IoError> {
        let text = serde_json::json!({ "port": self.port, "token": self.token }).to_string();
        write_whole(&path(folder), |beside| write_private(beside, &text).map_err(IoError::at(beside)))
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
