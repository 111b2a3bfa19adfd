//! Which projects are for what.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::{GoldError, GoldFault, GoldProject, read_toml};
use crate::error::Location;

/// Which projects are for training, for choosing settings, and for measuring: `split.toml` beside the projects.
///
/// Splits go by project, never by statement; what a person says in one interview would else be known from training.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Learned from.
    pub train: Vec<String>,
    /// Used to choose between settings.
    pub development: Vec<String>,
    /// Measured on; never learned from, never looked at.
    pub test: Vec<String>,
    /// Shown in the demonstration; never learned from.
    pub demonstration: Vec<String>,
}

impl Split {
    /// Name of the file.
    pub const FILE: &'static str = "split.toml";

    /// Reads the split of a corpus with these projects; `None` where it has none.
    ///
    /// # Errors
    /// Where the file cannot be read or is malformed, or names a project that is not there or twice.
    pub fn read(corpus: &Path, projects: &[GoldProject]) -> Result<Option<Self>, GoldError> {
        let path = corpus.join(Self::FILE);
        if !path.is_file() {
            return Ok(None);
        }
        let split: Self = read_toml(
            &path,
            "keine gültige Aufteilung ({}); erwartet: train, development, test, demonstration",
            "no valid split ({}); expected: train, development, test, demonstration",
        )?;
        let faults = split.faults(projects, &path);
        if faults.is_empty() { Ok(Some(split)) } else { Err(GoldError::Faults(faults)) }
    }

    /// Projects that are not there, and those that stand in it twice.
    fn faults(&self, projects: &[GoldProject], path: &Path) -> Vec<GoldFault> {
        let known = |id: &str| projects.iter().any(|project| project.id == id);
        let mut seen = BTreeSet::new();
        let mut faults = Vec::new();
        for id in [&self.train, &self.development, &self.test, &self.demonstration].into_iter().flatten() {
            let found = match () {
                () if !known(id) => (
                    format!("„{id}“ ist kein Projekt; erwartet: der Name eines Ordners daneben"),
                    format!("\"{id}\" is no project; expected: the name of a folder beside it"),
                ),
                () if !seen.insert(id) => (
                    format!("„{id}“ steht zweimal darin; erwartet: jedes Projekt in einem Teil"),
                    format!("\"{id}\" stands in it twice; expected: each project in one part"),
                ),
                () => continue,
            };
            faults.push(GoldFault { location: Location { path: path.to_owned(), line: None }, statement: None, found });
        }
        faults
    }

    /// The projects of one part, by its name.
    pub fn part(&self, name: &str) -> Option<&[String]> {
        match name {
            "train" => Some(&self.train),
            "development" => Some(&self.development),
            "test" => Some(&self.test),
            "demonstration" => Some(&self.demonstration),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Explain, Tongue};

    #[test]
    fn a_split_names_projects_that_are_there_and_each_once() {
        let corpus = tempfile::tempdir().unwrap();
        let projects = ["a", "b"].map(|id| GoldProject {
            id: id.to_owned(),
            jobs: Vec::new(),
            wordings: [].into(),
            needs: [].into(),
            interviews: Vec::new(),
        });
        let read = |split: &str| {
            std::fs::write(corpus.path().join(Split::FILE), split).unwrap();
            Split::read(corpus.path(), &projects)
        };
        let right = "train = [\"a\"]\ndevelopment = [\"b\"]\ntest = []\ndemonstration = []\n";
        assert_eq!(read(right).unwrap().unwrap().train, ["a"]);
        let wrong = read("train = [\"a\", \"c\"]\ndevelopment = [\"b\"]\ntest = [\"a\"]\ndemonstration = []\n");
        let said = wrong.unwrap_err().explain(Tongue::German);
        assert!(said.contains("„c“ ist kein Projekt") && said.contains("„a“ steht zweimal"), "{said}");
    }
}
