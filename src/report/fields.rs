//! What metadata fields are called, and which of them say what kind of company it is.

use crate::error::Tongue;

/// Something that a customer profile needs to know about a company.
pub(super) struct Firmographic {
    german: &'static str,
    english: &'static str,
    /// The fields that may say it.
    pub fields: &'static [&'static str],
}

impl Firmographic {
    /// What a person reads.
    pub(super) fn name(&self, tongue: Tongue) -> &'static str {
        tongue.pick(self.german, self.english)
    }
}

/// All of them.
pub(super) const FIRMOGRAPHICS: [Firmographic; 8] = [
    Firmographic {
        german: "Branche",
        english: "Trade",
        fields: &["segment", "industry", "trade", "branche", "wirtschaftszweig"],
    },
    Firmographic {
        german: "Größe (Beschäftigte)",
        english: "Size (employees)",
        fields: &["employees", "size", "größe", "unternehmensgröße"],
    },
    Firmographic {
        german: "Standort",
        english: "Site",
        fields: &["region", "place", "site", "sites", "standort", "standorte"],
    },
    Firmographic { german: "Umsatz", english: "Revenue", fields: &["revenue", "turnover", "umsatz", "jahresumsatz"] },
    Firmographic { german: "Rechtsform", english: "Legal form", fields: &["legal_form", "legal form", "rechtsform"] },
    Firmographic { german: "Wachstum", english: "Growth", fields: &["growth", "wachstum"] },
    Firmographic {
        german: "Platz in der Wertschöpfungskette",
        english: "Place in the value chain",
        fields: &["value_chain", "value chain", "wertschöpfung", "wertschöpfungskette", "wertschöpfungsstufe"],
    },
    Firmographic { german: "Bedarf", english: "Needs", fields: &["needs", "need", "bedarf", "bedürfnisse"] },
];

/// What a person reads for a field; the field itself where it is one of the person's own.
pub(super) fn label(field: &str, tongue: Tongue) -> &str {
    match field {
        "segment" => tongue.pick("Segment", "Segment"),
        "role" => tongue.pick("Rolle", "Role"),
        "age" => tongue.pick("Alter", "Age"),
        "gender" => tongue.pick("Geschlecht", "Gender"),
        "interview_date" => tongue.pick("Datum des Interviews", "Date of the interview"),
        "decision_date" => tongue.pick("Datum der Entscheidung", "Date of the decision"),
        _ => {
            let known = FIRMOGRAPHICS.iter().find(|one| one.fields.contains(&field));
            known.map_or(field, |known| known.name(tongue))
        }
    }
}
