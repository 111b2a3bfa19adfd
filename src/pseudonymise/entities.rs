//! What stands for which name, the same in the whole study.

use std::collections::{BTreeMap, BTreeSet};

use super::found::Mention;
use super::key::{Key, KeyEntry, Kind, Letters};
use super::names::{Given, Names};
use super::patterns::patterns;
use super::rewrite::Change;
use crate::error::Tongue;
use crate::text::ByteSpan;

/// Everybody and everything that has a replacement already.
pub(super) struct Entities<'a> {
    given: &'a [Given],
    tongue: Tongue,
    entries: Vec<KeyEntry>,
    /// Places in `entries`, by kind and name.
    known: BTreeMap<(Kind, String), usize>,
    /// The surnames that a first name was seen with.
    surnames: BTreeMap<String, BTreeSet<String>>,
    counts: BTreeMap<Kind, usize>,
}

/// Something in a text that is replaced.
struct Place<'a> {
    span: ByteSpan,
    what: What<'a>,
}

enum What<'a> {
    Given(&'a Given),
    Pattern(Kind),
    Name(&'a Mention),
}

impl<'a> Entities<'a> {
    pub(super) fn new(names: &'a Names, tongue: Tongue) -> Self {
        let (entries, known) = (Vec::new(), BTreeMap::new());
        Self { given: &names.0, tongue, entries, known, surnames: BTreeMap::new(), counts: BTreeMap::new() }
    }

    /// What is to be changed in a text with these names, in order. What a person lists goes first, then what is told by its
    /// form.
    pub(super) fn changes(&mut self, text: &str, mentions: &[Mention]) -> Vec<Change> {
        let given = self.given.iter().flat_map(|given| {
            occurrences(text, &given.name).into_iter().map(move |span| Place { span, what: What::Given(given) })
        });
        let mut places: Vec<Place> = given.collect();
        places.sort_by_key(|place| (place.span.start, std::cmp::Reverse(place.span.end)));
        places.dedup_by(|later, earlier| later.span.start < earlier.span.end);
        let others = patterns(text).into_iter().map(|(kind, span)| Place { span, what: What::Pattern(kind) });
        let named = mentions.iter().map(|mention| Place { span: mention.span, what: What::Name(mention) });
        for place in others.chain(named) {
            let free = |other: &Place| place.span.end <= other.span.start || other.span.end <= place.span.start;
            if places.iter().all(free) {
                places.push(place);
            }
        }
        places.sort_by_key(|place| place.span);
        places.iter().map(|place| self.change(text, place)).collect()
    }

    fn change(&mut self, text: &str, place: &Place) -> Change {
        let form = place.span.of(text);
        let to = match &place.what {
            What::Given(given) => self.given(given, form),
            What::Pattern(kind) => self.replacement(*kind, vec![form.to_lowercase()], form),
            What::Name(mention) => self.replacement(mention.kind, mention.words.clone(), form),
        };
        Change { span: place.span, to }
    }

    /// What a person's list says, or the next free replacement where it only names.
    fn given(&mut self, given: &Given, form: &str) -> String {
        match &given.replacement {
            None => self.replacement(Kind::Name, vec![given.name.to_lowercase()], form),
            Some(text) if *text == given.name => form.to_owned(),
            Some(text) => {
                let entry = self.entry((Kind::Name, given.name.to_lowercase()), |_| text.clone());
                *entry.forms.entry(form.to_owned()).or_default() += 1;
                text.clone()
            }
        }
    }

    /// What stands for a name that is written so: of a person the surname counts, of anything else all words.
    pub(super) fn replacement(&mut self, kind: Kind, words: Vec<String>, form: &str) -> String {
        let name = match (kind, words.as_slice()) {
            (Kind::Person, [first, .., last]) => {
                self.surnames.entry(first.clone()).or_default().insert(last.clone());
                last.clone()
            }
            (Kind::Person, [only]) => self.only_surname(only).unwrap_or_else(|| only.clone()),
            (Kind::Company, [first, ..]) => first.clone(),
            _ => words.join(" "),
        };
        let label = kind.label(self.tongue);
        let entry = self.entry((kind, name), |number| format!("[{label} {}]", Letters(number)));
        *entry.forms.entry(form.to_owned()).or_default() += 1;
        entry.replacement.clone()
    }

    /// The surname that goes with a first name, where there is one and no other.
    fn only_surname(&self, first: &str) -> Option<String> {
        let surnames = self.surnames.get(first)?;
        surnames.first().filter(|_| surnames.len() == 1).cloned()
    }

    /// Says in the key what an interview is called now.
    pub(super) fn renamed(&mut self, old: &str, new: &str) {
        let forms = [(old.to_owned(), 1)].into();
        self.entries.push(KeyEntry { replacement: new.to_owned(), kind: Kind::Name, forms });
    }

    pub(super) fn into_key(self) -> Key {
        Key { entries: self.entries }
    }

    fn entry(&mut self, key: (Kind, String), replacement: impl Fn(usize) -> String) -> &mut KeyEntry {
        let kind = key.0;
        let entries = &mut self.entries;
        let counts = &mut self.counts;
        let place = *self.known.entry(key).or_insert_with(|| {
            let number = counts.entry(kind).or_default();
            entries.push(KeyEntry { replacement: replacement(*number), kind, forms: BTreeMap::new() });
            *number += 1;
            entries.len() - 1
        });
        &mut self.entries[place]
    }
}

/// Where a name stands in a text as whole words, in upper or lower case; with the *s* of a genitive the *s* stays.
fn occurrences(text: &str, name: &str) -> Vec<ByteSpan> {
    let pattern = format!(r"(?i)\b{}(?:s?\b)", regex::escape(name));
    let Ok(pattern) = regex::Regex::new(&pattern) else { return Vec::new() };
    let places = pattern.find_iter(text).map(|place| place.start());
    places.map(|start| ByteSpan::new(start, start + name.len())).filter(|span| span.get(text).is_some()).collect()
}
