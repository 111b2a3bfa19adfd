//! Which words are names in a study: what many places say together, and where these names stand.

use std::collections::{BTreeMap, BTreeSet};

use super::key::Kind;
use super::lists::{ENDS_OF_NAMES, KNOWN_COMPANIES, PARTICLES};
use super::read::ReadNames;
use super::signs::{Sign, hint, inhabited, signs, stands_as_company};
use super::sound::sounds_ordinary;
use super::vocabulary::ORDINARY;
use super::words::{Word, words_of};
use crate::text::ByteSpan;

/// A text in which more than this share of the words that look like nouns is unknown is dialect; there an unknown word is a
/// name only where it does not sound like an ordinary one.
const DIALECT: f64 = 0.1;
/// Fewer unknown words than this are names in a short text, such as an answer in a questionnaire, and no dialect.
const FEW_UNKNOWN: usize = 4;
/// An ordinary word that is announced as a name in this share of its places is a name in all of them: *Frau Vogt, die Vogt*.
const MOSTLY_A_NAME: f64 = 0.1;

/// The names of a study.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    names: BTreeMap<String, Name>,
    read: &'a ReadNames,
}

/// A word that is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Name {
    kind: Kind,
    /// Whether it is one only where something beside it says so.
    only_announced: bool,
    /// Whether it is one in lower case, too, as speech recognition writes.
    in_lower_case: bool,
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) span: ByteSpan,
    pub(super) kind: Kind,
    /// The words of the name without endings, in lower case.
    pub(super) words: Vec<String>,
    /// What remains behind the replacement: *s* of a genitive, *er* of those who live there.
    pub(super) ending: String,
}

/// What the places of a word say.
#[derive(Debug, Clone, Default)]
struct Evidence {
    seen: usize,
    announced: usize,
    read: usize,
    listed: usize,
    unknown: usize,
    as_company: usize,
    as_noun: usize,
    votes: BTreeMap<Kind, usize>,
}

impl<'a> Found<'a> {
    /// Gathers the names of all texts, given by interview; `persons` and `companies` are such names that are known
    /// beforehand, `read` is what a model says of the texts.
    pub(super) fn new(interviews: &[Vec<&str>], persons: &[&str], companies: &[&str], read: &'a ReadNames) -> Self {
        let mut evidence: BTreeMap<String, Evidence> = BTreeMap::new();
        let mut in_lower_case = BTreeSet::new();
        for texts in interviews {
            gather(texts, read, &mut evidence, &mut in_lower_case);
        }
        let mut names: BTreeMap<String, Name> = BTreeMap::new();
        for (word, evidence) in &evidence {
            if let Some(name) = evidence.name(word, in_lower_case.contains(word)) {
                names.insert(word.clone(), name);
            }
        }
        for (list, kind) in [(persons, Kind::Person), (companies, Kind::Company)] {
            for word in list.iter().flat_map(|name| words_of(name)).filter(|word| word.text.chars().count() > 2) {
                let only_announced = kind == Kind::Company && ORDINARY.lists(word.text);
                let in_lower_case = !ORDINARY.knows(word.text);
                names.insert(word.lower(), Name { kind, only_announced, in_lower_case });
            }
        }
        let forms: Vec<String> = names.keys().filter(|word| is_form(word, &names)).cloned().collect();
        forms.iter().for_each(|word| {
            names.remove(word);
        });
        Self { names, read }
    }

    /// The names in a text, in order.
    pub(super) fn mentions(&self, text: &str) -> Vec<Mention> {
        let words = words_of(text);
        let signs = signs(&words, |word| self.read.kind(text, word.span));
        let mut mentions: Vec<Mention> = Vec::new();
        let mut last = None;
        for (at, word) in words.iter().enumerate() {
            let Some((base, name, ending)) = self.name(word, signs[at]) else { continue };
            let particle = at > 0 && word.follows() && is_particle(&words[at - 1]);
            let begin = if particle && last != at.checked_sub(1) { words[at - 1].span.start } else { word.span.start };
            let joined = word.is_joined() || word.follows() && name.kind != Kind::Place;
            let announced = matches!(signs[at], Some(Sign::Called(_) | Sign::Read(_) | Sign::Listed(_)));
            let grows = joined && last == at.checked_sub(1) && (announced || word.is_joined());
            match mentions.last_mut().filter(|before| grows && before.ending.is_empty() && before.kind == name.kind) {
                Some(before) => {
                    before.span.end = word.span.end - ending.len();
                    before.words.push(base);
                    before.ending = ending.to_owned();
                }
                None => {
                    let span = ByteSpan::new(begin, word.span.end - ending.len());
                    mentions.push(Mention { span, kind: name.kind, words: vec![base], ending: ending.to_owned() });
                }
            }
            last = Some(at);
        }
        mentions
    }

    /// The name that a word is a form of, and its ending.
    fn name<'w>(&self, word: &Word<'w>, sign: Option<Sign>) -> Option<(String, Name, &'w str)> {
        let lower = word.lower();
        let announced =
            matches!(sign, Some(Sign::Called(_) | Sign::Read(_))) || sign == Some(Sign::Listed(Kind::Place));
        let written = |name: &Name| announced || word.is_capitalised() || name.in_lower_case;
        let get = |base: &str| {
            self.names.get(base).copied().filter(|name| written(name) && (announced || !name.only_announced))
        };
        if let Some(place) =
            inhabited(&lower).into_iter().find(|place| get(place).is_some_and(|name| name.kind == Kind::Place))
        {
            let name = get(&place)?;
            return Some((place, name, &word.text[word.text.len() - 2..]));
        }
        if let Some(name) = get(&lower) {
            return Some((lower, name, ""));
        }
        let ending = |base: &str| word.text.get(base.len()..).unwrap_or_default();
        if let Some((bare, name)) = lower.strip_suffix('s').and_then(|bare| Some((bare, get(bare)?))) {
            return Some((bare.to_owned(), name, ending(bare)));
        }
        let cuts = lower.char_indices().map(|(cut, _)| lower.split_at(cut)).rev();
        let mut named = cuts.filter(|(base, _)| base.len() > 4).filter_map(|(base, end)| Some((base, get(base)?, end)));
        let is_sure = |(base, name, end): &(&str, Name, &str)| {
            !name.only_announced && !ORDINARY.knows(base) && is_behind_a_name(end)
        };
        named.find(is_sure).map(|(base, name, _)| (base.to_owned(), name, ending(base)))
    }
}

/// Whether a word is a form of another name, or made of one.
fn is_form(word: &str, names: &BTreeMap<String, Name>) -> bool {
    let mut cuts = word.char_indices().map(|(cut, _)| word.split_at(cut)).filter(|(base, _)| base.len() > 4);
    word.strip_suffix('s').is_some_and(|bare| names.contains_key(bare))
        || cuts.any(|(base, end)| names.contains_key(base) && !ORDINARY.knows(base) && is_behind_a_name(end))
}

/// Whether that may stand behind a name in one word: *Lindnersche*, *Scriptorialeute*.
fn is_behind_a_name(end: &str) -> bool {
    ENDS_OF_NAMES.contains(&end) || end.chars().count() > 3 && ORDINARY.lists(end)
}

/// Whether a word begins a name that goes on in the next: *Van Rooyen*.
fn is_particle(word: &Word) -> bool {
    word.is_capitalised() && PARTICLES.contains(&word.lower().as_str())
}

fn gather(
    texts: &[&str],
    read: &ReadNames,
    evidence: &mut BTreeMap<String, Evidence>,
    in_lower_case: &mut BTreeSet<String>,
) {
    let with_signs = |text| {
        let words = words_of(text);
        let signs = signs(&words, |word| read.kind(text, word.span));
        (words, signs)
    };
    let texts: Vec<(Vec<Word>, Vec<Option<Sign>>)> = texts.iter().copied().map(with_signs).collect();
    let trusted = !is_dialect(&texts);
    for (words, signs) in &texts {
        for (at, word) in words.iter().enumerate() {
            let announced = matches!(signs[at], Some(Sign::Called(_) | Sign::Read(_)));
            if word.text.starts_with(char::is_lowercase) && !announced {
                in_lower_case.insert(word.lower());
            } else {
                evidence.entry(word.lower()).or_default().add(words, at, signs[at], trusted);
            }
        }
    }
}

/// Whether so many words are unknown that it is the text and not the words.
fn is_dialect(texts: &[(Vec<Word>, Vec<Option<Sign>>)]) -> bool {
    let words = texts.iter().flat_map(|(words, signs)| words.iter().zip(signs));
    let nouns = words.filter(|(word, _)| word.is_capitalised() && !word.begins());
    let (mut all, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for (word, sign) in nouns {
        all.insert(word.text);
        if *sign == Some(Sign::Unknown) {
            unknown.insert(word.text);
        }
    }
    unknown.len() >= FEW_UNKNOWN && unknown.len() as f64 > DIALECT * all.len() as f64
}

impl Evidence {
    /// Adds one place of the word. In dialect (not `trusted`) it says nothing that no list has a word which sounds ordinary.
    fn add(&mut self, words: &[Word], at: usize, sign: Option<Sign>, trusted: bool) {
        self.seen += 1;
        match sign {
            Some(Sign::Called(kind)) => {
                self.announced += 1;
                *self.votes.entry(kind).or_default() += 10;
            }
            Some(Sign::Read(kind)) => {
                self.read += 1;
                *self.votes.entry(kind).or_default() += 4;
            }
            Some(Sign::Listed(kind)) => {
                self.listed += 1;
                *self.votes.entry(kind).or_default() += 3;
            }
            Some(Sign::Unknown) if trusted || !sounds_ordinary(words[at].text) => self.unknown += 1,
            Some(Sign::Composed) if trusted => match stands_as_company(words, at) {
                Some(clearly) => self.as_company += usize::from(clearly),
                None => self.as_noun += 1,
            },
            _ => {}
        }
        if let Some(kind) = hint(words, at) {
            *self.votes.entry(kind).or_default() += 1;
        }
    }

    /// Whether a composed word stands as companies do in several places, and never otherwise.
    fn is_company(&self) -> bool {
        self.seen >= 3 && self.as_company >= 2 && self.as_noun == 0
    }

    /// What kind of name a word is, if it is one.
    fn name(&self, word: &str, in_lower_case: bool) -> Option<Name> {
        let announced = self.announced + self.read;
        let surely_a_name = announced > 0 && !ORDINARY.knows(word);
        let is_known = KNOWN_COMPANIES.contains(&word);
        let ordinary = !is_known && ORDINARY.lists(word) || in_lower_case && !surely_a_name;
        let mostly = announced as f64 >= MOSTLY_A_NAME * self.seen as f64;
        let is_name = announced + self.listed > 0 || !in_lower_case && (self.unknown > 0 || self.is_company());
        let only_announced = ordinary && !(announced > 0 && mostly);
        is_name.then(|| Name { kind: self.kind(), only_announced, in_lower_case: surely_a_name })
    }

    /// The kind that most speaks for; of equals the first.
    fn kind(&self) -> Kind {
        let best = self.votes.iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map_or(Kind::Name, |(kind, _)| *kind)
    }
}
