//! Who says something about one thing, and what of it is shown.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::codebook::Ring;
use crate::study::{CodedStatement, Interview, Origin, Quote, voices};

/// A suggestion from this probability on is rather right than not.
const LIKELY: f32 = 0.5;
/// Statements of these lengths, in characters, are shown first: shorter ones say little, longer ones are cut.
const READABLE: std::ops::RangeInclusive<usize> = 40..=240;

/// Which statements as to jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About<'a> {
    /// All of them.
    Anything,
    /// Those that speak to a job, by its id.
    Job(&'a str),
    /// Those that speak to none.
    NoJob,
}

/// A quote, and how sure it is that it belongs where it is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice<'a> {
    /// The quote.
    pub quote: Quote<'a>,
    /// The probability of ring or job, whichever is lower, where the engine suggests one of them; none where a person decided.
    pub p: Option<f32>,
    /// Whether the ring is the more central one.
    primary: bool,
}

/// Everything that is said about one thing, in the order of interviews.
#[derive(Debug, Clone, Default)]
pub(super) struct Voices<'a> {
    all: Vec<Voice<'a>>,
}

impl<'a> Voices<'a> {
    /// What interviews say in a ring.
    pub(super) fn in_ring(interviews: &[&'a Interview], ring: Ring, about: About) -> Self {
        let told = interviews.iter().flat_map(|&interview| {
            let statements = interview.statements.iter();
            statements.map(move |statement| Quote { interview, statement })
        });
        Self { all: told.filter_map(|quote| voice(quote, ring, about)).collect() }
    }

    /// All of them, in the order of interviews.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Voice<'a>> {
        self.all.iter()
    }

    /// Whether nobody says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many interviews say something. However often one person says it, it counts once.
    pub(super) fn interviews(&self) -> usize {
        voices(self.iter().map(|voice| &voice.quote))
    }

    /// In how many interviews a person confirmed that.
    pub(super) fn confirmed(&self) -> usize {
        voices(self.iter().filter(|voice| voice.p.is_none()).map(|voice| &voice.quote))
    }

    /// Only those of which `keep` says so.
    pub(super) fn retain(mut self, keep: impl FnMut(&Voice<'a>) -> bool) -> Self {
        self.all.retain(keep);
        self
    }

    /// The strongest quotes, at most `each` of an interview: confirmed before suggested, central ones first, then those with
    /// a reason, then those of readable length, then in the order of interviews. No interview has a second one where another
    /// has none.
    pub(super) fn strongest(&self, most: usize, each: usize) -> Vec<Voice<'a>> {
        let mut ranked = self.all.clone();
        ranked.sort_by_key(|voice| Reverse(voice.strength()));
        let mut heard: BTreeMap<&str, usize> = BTreeMap::new();
        let mut counted: Vec<(usize, Voice)> = ranked
            .into_iter()
            .map(|voice| {
                let nth = heard.entry(voice.quote.interview.id()).or_default();
                *nth += 1;
                (*nth, voice)
            })
            .collect();
        counted.retain(|(nth, _)| *nth <= each);
        counted.sort_by_key(|(nth, _)| *nth);
        counted.into_iter().take(most).map(|(_, voice)| voice).collect()
    }
}

impl Voice<'_> {
    fn strength(&self) -> [bool; 5] {
        let Quote { interview, statement } = self.quote;
        let length = interview.text(statement).chars().count();
        let likely = self.p.is_none_or(|p| p >= LIKELY);
        [self.p.is_none(), likely, self.primary, statement.reason.is_some(), READABLE.contains(&length)]
    }
}

fn voice<'a>(quote: Quote<'a>, ring: Ring, about: About) -> Option<Voice<'a>> {
    let CodedStatement { rings, job, .. } = quote.statement;
    let place = rings.iter().position(|coded| coded.code == ring)?;
    let fits = match about {
        About::Anything => true,
        About::Job(id) => quote.statement.speaks_to(id),
        About::NoJob => job.is_none(),
    };
    let job = job.iter().filter(|_| matches!(about, About::Job(_))).map(|job| &job.origin);
    let p = [&rings[place].origin].into_iter().chain(job).filter_map(Origin::probability).reduce(f32::min);
    fits.then_some(Voice { quote, p, primary: place == 0 })
}
