//! The names in gold interviews, as a reader listed them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::{GoldError, read_toml};
use crate::scores::WordKind;

/// Lists of names by interview, in parts that are used for different things.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameLists {
    /// Learned from.
    pub learn: BTreeMap<String, Names>,
    /// Used to choose between rules and settings.
    pub choose: BTreeMap<String, Names>,
    /// Measured on.
    pub report: BTreeMap<String, Names>,
}

/// The words of an interview that are names, as they are spelled there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Names of persons.
    pub persons: BTreeSet<String>,
    /// Names of companies and authorities.
    pub companies: BTreeSet<String>,
    /// Names of towns, parts of them, streets.
    pub places: BTreeSet<String>,
    /// Names that lead to nobody: products, countries, wide regions.
    pub other: BTreeSet<String>,
}

impl NameLists {
    /// Where the lists of a corpus lie where nothing else is said: `pseudonyms/names.toml` beside its folder.
    pub const BESIDE: &'static str = "pseudonyms/names.toml";

    /// Reads the lists of a file.
    ///
    /// # Errors
    /// Where the file cannot be read or is malformed.
    pub fn read(path: &Path) -> Result<Self, GoldError> {
        read_toml(
            path,
            "keine gültigen Namenslisten ({}); erwartet: learn, choose, report, darin je Interview persons, companies, places, other",
            "no valid lists of names ({}); expected: learn, choose, report, in each by interview persons, companies, places, other",
        )
    }
}

impl Names {
    /// What a word is; the *s* of a genitive need not be listed.
    pub fn kind(&self, word: &str) -> WordKind {
        let has = |names: &BTreeSet<String>| {
            names.contains(word) || word.strip_suffix('s').is_some_and(|bare| names.contains(bare))
        };
        match () {
            () if has(&self.persons) => WordKind::Person,
            () if has(&self.companies) => WordKind::Company,
            () if has(&self.places) => WordKind::Place,
            () if has(&self.other) => WordKind::Other,
            () => WordKind::Ordinary,
        }
    }
}
