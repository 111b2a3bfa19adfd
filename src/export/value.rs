//! Metadata as values: numbers and dates where all interviews have such.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::study::Interview;

/// What kind of values a field of the metadata has in all interviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Date,
}

/// The fields of the metadata of all interviews, in the order of the alphabet, with their kinds.
pub(super) fn fields(interviews: &[Interview]) -> BTreeMap<&str, Kind> {
    let mut fields = BTreeMap::new();
    for (field, value) in interviews.iter().flat_map(|interview| &interview.transcript.meta) {
        let kind = kind(value);
        let known = fields.entry(field.as_str()).or_insert(kind);
        if *known != kind {
            *known = Kind::Text;
        }
    }
    fields
}

fn kind(value: &str) -> Kind {
    match () {
        () if integer(value).is_some() => Kind::Integer,
        () if date(value).is_some() => Kind::Date,
        () => Kind::Text,
    }
}

/// A whole number, where the value is written as one writes it: `0815` is a name.
pub(super) fn integer(value: &str) -> Option<i64> {
    value.parse().ok().filter(|number: &i64| number.to_string() == value)
}

/// A day that a spreadsheet knows, where the value is written as `2026-03-12`.
pub(super) fn date(value: &str) -> Option<Date> {
    value.parse().ok().filter(|date: &Date| date.year() >= 1900 && date.to_string() == value)
}
