//! `ringwerk.toml` and flags to one set of settings, resolved once. A flag wins over the file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::codebook::Job;
use crate::error::{Explain, IoError, Location, Tongue};
use crate::ingest::IngestParams;
use crate::segment::Units;

/// Name of the file in a project folder.
pub const FILE: &str = "ringwerk.toml";

/// What a new project's file says.
pub const TEMPLATE: &str = r#"# Einstellungen dieses Projekts. Zeilen mit # am Anfang gelten nicht; zum Einschalten das # löschen.

# Wer fragt, falls es im Transkript nicht erkennbar ist:
# interviewers = ["Frau Sommer"]

# Wie fein geschnitten wird: "statement" (Aussagen), "sentence" (Sätze) oder "turn" (Redebeiträge).
units = "statement"

# Aufgaben (Jobs to be done), denen Aussagen zugeordnet werden; beliebig viele solcher Blöcke:
# [[jobs]]
# id = "stillstand"
# title = "Ungeplante Stillstände vermeiden"
# description = "Maschinen sollen laufen, wenn sie gebraucht werden, und niemand will davon überrascht werden."
"#;

/// The content of `ringwerk.toml`; everything may be left out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectFile {
    /// Who asks, by label.
    pub interviewers: Vec<String>,
    /// How finely turns are cut.
    pub units: Option<Units>,
    /// Jobs that statements are assigned to.
    pub jobs: Vec<Job>,
}

/// Everything that decides on the result of a run, besides model and files.
#[derive(Debug, Clone, Serialize)]
pub struct Settings {
    /// How finely turns are cut.
    pub units: Units,
    /// Who asks, by label; empty: told from the file.
    pub interviewers: Vec<String>,
    /// Whether other languages than German are read.
    pub any_language: bool,
    /// Whether texts without speakers are read.
    pub without_speakers: bool,
    /// Jobs that statements are assigned to.
    pub jobs: Vec<Job>,
}

/// What was set on the command line.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// Replaces the file's list where it is not empty.
    pub interviewers: Vec<String>,
    /// Replaces the file's units.
    pub units: Option<Units>,
    /// Read other languages, too.
    pub any_language: bool,
    /// Read texts without speakers, too.
    pub without_speakers: bool,
    /// A file with jobs, as in gold projects; replaces the project file's list.
    pub jobs: Option<PathBuf>,
}

/// Why settings could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file could not be read.
    #[error(transparent)]
    Io(#[from] IoError),
    /// A file is not of the expected shape.
    #[error("{location}: {problem}")]
    Malformed {
        /// The file and, where known, the line.
        location: Location,
        /// What is wrong.
        problem: String,
    },
    /// Two jobs have the same id.
    #[error("{location}: two jobs have the id \"{id}\"")]
    SameId {
        /// The file.
        location: Location,
        /// The id.
        id: String,
    },
    /// A job has no id or no title.
    #[error("{location}: a job has no id or no title (id \"{id}\")")]
    NoName {
        /// The file.
        location: Location,
        /// The id; may be empty.
        id: String,
    },
}

impl Explain for SettingsError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Io(error) => error.explain(tongue),
            Self::Malformed { location, problem } => tongue.pick(
                format!("{location}: nicht verständlich ({problem}). Bitte die Stelle berichtigen"),
                format!("{location}: cannot be understood ({problem}). Please correct this place"),
            ),
            Self::SameId { location, id } => tongue.pick(
                format!("{location}: zwei Jobs haben die Kennung „{id}“ (id). Bitte jedem eine eigene geben"),
                format!("{location}: two jobs have the id \"{id}\". Please give each its own"),
            ),
            Self::NoName { location, id } => tongue.pick(
                format!("{location}: ein Job hat keine Kennung (id) oder keinen Titel (title); Kennung: „{id}“. Bitte beides angeben"),
                format!("{location}: a job has no id or no title; id: \"{id}\". Please give it both"),
            ),
        }
    }
}

impl ProjectFile {
    /// Reads a project's file; the defaults where the folder has none.
    ///
    /// # Errors
    /// Where the file is malformed or has unknown keys, a job without id or title, or two of one id.
    pub fn read(folder: &Path) -> Result<Self, SettingsError> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(Self::default());
        }
        let source = std::fs::read_to_string(&path).map_err(IoError::at(&path))?;
        let file: Self = toml::from_str(&source).map_err(|error| {
            let line = error.span().map(|span| 1 + source[..span.start].matches('\n').count());
            let location = Location { path: path.clone(), line };
            SettingsError::Malformed { location, problem: error.message().to_owned() }
        })?;
        Ok(Self { jobs: told_apart(file.jobs, &path)?, ..file })
    }
}

impl Settings {
    /// Puts file and flags together.
    ///
    /// # Errors
    /// Where the file with jobs cannot be read, or has a job without id or title, or two of one id.
    pub fn resolve(file: ProjectFile, flags: Flags) -> Result<Self, SettingsError> {
        Ok(Self {
            units: flags.units.or(file.units).unwrap_or_default(),
            interviewers: if flags.interviewers.is_empty() { file.interviewers } else { flags.interviewers },
            any_language: flags.any_language,
            without_speakers: flags.without_speakers,
            jobs: flags.jobs.as_deref().map(read_jobs).transpose()?.unwrap_or(file.jobs),
        })
    }

    /// The part that reading files needs.
    pub fn ingest(&self) -> IngestParams {
        IngestParams {
            interviewers: self.interviewers.clone(),
            allow_language: self.any_language,
            allow_no_speakers: self.without_speakers,
        }
    }
}

fn read_jobs(path: &Path) -> Result<Vec<Job>, SettingsError> {
    let source = std::fs::read_to_string(path).map_err(IoError::at(path))?;
    let jobs = serde_json::from_str(&source).map_err(|error| SettingsError::Malformed {
        location: Location::line(path, error.line()),
        problem: error.to_string(),
    })?;
    told_apart(jobs, path)
}

/// The jobs of a file, if each has an id of its own and a title.
fn told_apart(jobs: Vec<Job>, path: &Path) -> Result<Vec<Job>, SettingsError> {
    let mut ids = BTreeSet::new();
    for job in &jobs {
        let (location, id) = (Location::file(path), job.id.clone());
        if id.trim().is_empty() || job.title.trim().is_empty() {
            return Err(SettingsError::NoName { location, id });
        }
        if !ids.insert(&job.id) {
            return Err(SettingsError::SameId { location, id });
        }
    }
    Ok(jobs)
}
