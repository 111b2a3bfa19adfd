//! Where the page of a project was served last, so that an open page finds the program again after a restart.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::sight::Sight;
use crate::error::IoError;
use crate::files::write_whole;
use crate::hash::sha256;

/// Port and secret of the last time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Remembered {
    /// The port.
    pub port: u16,
    /// The secret.
    pub token: String,
}

impl Remembered {
    /// The file in the project folder; who may read it may read the project, too. Who codes blind has a secret of their own,
    /// which opens no other page.
    pub fn place(folder: &Path, sight: &Sight) -> PathBuf {
        match sight {
            Sight::Everything => folder.join(".review.json"),
            Sight::Blind(who) => folder.join(format!(".review-blind-{}.json", &sha256(who.as_bytes())[..8])),
        }
    }

    /// What was remembered in a file; `None` where nothing was, or nothing that can be understood.
    pub fn read(path: &Path) -> Option<Self> {
        serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
    }

    /// Remembers it, readable by nobody else.
    pub fn write(&self, path: &Path) -> Result<(), IoError> {
        let text = serde_json::json!({ "port": self.port, "token": self.token }).to_string();
        write_whole(path, |beside| write_private(beside, &text).map_err(IoError::at(beside)))
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
