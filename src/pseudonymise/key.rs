//! What stands for what: the only thing that leads back to the names.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::Tongue;
use crate::text::harmless_in_spreadsheets;

/// What kind of thing a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person, by first name, surname or both.
    Person,
    /// A company, an authority, a brand.
    Company,
    /// A town, a part of it, a street.
    Place,
    /// A name of which it is unclear what it names.
    Name,
    /// A telephone number.
    Phone,
    /// A mail address.
    Mail,
    /// The number of a bank account.
    Iban,
    /// An address in the web.
    Web,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Person, Self::Company, Self::Place, Self::Name, Self::Phone, Self::Mail, Self::Iban, Self::Web];

    /// What a person reads.
    pub fn label(self, tongue: Tongue) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Company => tongue.pick("Firma", "Company"),
            Self::Place => tongue.pick("Ort", "Place"),
            Self::Name => "Name",
            Self::Phone => tongue.pick("Telefon", "Phone"),
            Self::Mail => tongue.pick("E-Mail", "Mail"),
            Self::Iban => "IBAN",
            Self::Web => "Web",
        }
    }
}

/// What stands for what, in the order of first occurrence. Never part of an export.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Key {
    /// One entry for each replacement.
    pub entries: Vec<KeyEntry>,
}

/// A replacement and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEntry {
    /// What stands in the text now, with its brackets.
    pub replacement: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// How it was written, and how often.
    pub forms: BTreeMap<String, usize>,
}

impl Key {
    /// As a table for a spreadsheet: a line for every way in which a name was written; `;` between cells, in UTF-8 with a
    /// byte order mark.
    ///
    /// # Errors
    /// Where the table cannot be written; in memory that does not happen.
    pub fn to_csv(&self, tongue: Tongue) -> csv::Result<Vec<u8>> {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
        let titles =
            [("Platzhalter", "Replacement"), ("Art", "Kind"), ("stand da", "Was written"), ("wie oft", "Times")];
        writer.write_record(titles.map(|(german, english)| tongue.pick(german, english)))?;
        for entry in &self.entries {
            for (form, times) in &entry.forms {
                let form = harmless_in_spreadsheets(form);
                writer.write_record([&entry.replacement, entry.kind.label(tongue), &form, &times.to_string()])?;
            }
        }
        Ok(writer.into_inner().map_err(|error| error.into_error())?)
    }

    /// Where the key lies unless somebody says otherwise: beside the file, `studie.xlsx` → `studie.schluessel.csv`.
    ///
    /// ```
    /// use std::path::Path;
    /// use ringwerk::pseudonymise::Key;
    /// assert_eq!(Key::beside(Path::new("out/studie.xlsx")), Path::new("out/studie.schluessel.csv"));
    /// ```
    pub fn beside(file: &Path) -> PathBuf {
        file.with_extension("schluessel.csv")
    }
}

/// The letters of the n-th thing of a kind, from 0: A to Z, then AA.
pub(super) struct Letters(pub(super) usize);

impl fmt::Display for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 >= 26 {
            Self(self.0 / 26 - 1).fmt(f)?;
        }
        write!(f, "{}", char::from(b'A' + (self.0 % 26) as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 51, 52, 702].map(|n| Letters(n).to_string()), ["A", "Z", "AA", "AZ", "BA", "AAA"]);
    }
}
