//! Interviews by what their metadata say.

use std::collections::BTreeMap;

use crate::error::Tongue;
use crate::study::{Interview, Study};

/// Interviews that have something in common.
#[derive(Debug, Clone)]
pub(super) struct Segment<'a> {
    /// What they have in common.
    pub which: Which<'a>,
    /// The interviews, in order.
    pub interviews: Vec<&'a Interview>,
}

/// What interviews have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Which<'a> {
    /// Nothing but the study.
    All,
    /// A value of the metadata field.
    Value(&'a str),
    /// That the field is missing.
    Unknown,
}

impl<'a> Segment<'a> {
    /// All interviews of a study.
    pub(super) fn whole(study: &'a Study) -> Self {
        Self { which: Which::All, interviews: study.interviews.iter().collect() }
    }
}

impl Which<'_> {
    /// What a person reads.
    pub(super) fn name(&self, tongue: Tongue) -> &str {
        match self {
            Self::All => tongue.pick("Alle Interviews", "All interviews"),
            Self::Value(value) => value,
            Self::Unknown => tongue.pick("Ohne Angabe", "Not known"),
        }
    }
}

/// The interviews by the value of a metadata field, in the order of the alphabet, those without it last.
pub(super) fn segments<'a>(study: &'a Study, field: &str) -> Vec<Segment<'a>> {
    let mut groups: BTreeMap<Which, Vec<&Interview>> = BTreeMap::new();
    for interview in &study.interviews {
        let value = field_of(interview, field).map_or(Which::Unknown, Which::Value);
        groups.entry(value).or_default().push(interview);
    }
    groups.into_iter().map(|(which, interviews)| Segment { which, interviews }).collect()
}

/// What an interview's metadata say in a field; none where that is empty.
pub(super) fn field_of<'a>(interview: &'a Interview, field: &str) -> Option<&'a str> {
    interview.transcript.meta.get(field).map(|value| value.trim()).filter(|value| !value.is_empty())
}
