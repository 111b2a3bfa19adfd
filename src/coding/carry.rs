//! What becomes of decisions when a transcript was changed or cut anew.

use std::collections::{BTreeMap, BTreeSet};

use super::current::Current;
use super::decision::Decision;
use super::key::{StatementKey, TranscriptKey};
use super::shape::shape;
use crate::text::ByteSpan;
use crate::transcript::{Statement, Transcript};

/// A transcript as it was or is, with the statements that the engine cut.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The transcript.
    pub transcript: &'a Transcript,
    /// Its statements.
    pub statements: &'a [Statement],
}

/// Where a passage is found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// At the same place.
    Kept(ByteSpan),
    /// At another place.
    Moved(ByteSpan),
    /// Nowhere, or at several places that nothing tells apart.
    Lost,
}

impl Fate {
    /// Where it is now.
    pub fn span(self) -> Option<ByteSpan> {
        match self {
            Self::Kept(span) | Self::Moved(span) => Some(span),
            Self::Lost => None,
        }
    }
}

/// What becomes of the decisions about one transcript. Every passage that something was decided about is in one of the lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CarryOver {
    /// To be decided so that the decisions hold for the new text; none where the text is the same or nothing was found again.
    pub decision: Option<Decision>,
    /// Passages with the same text at the same place.
    pub kept: Vec<StatementKey>,
    /// Passages with the same text at another place: where they were and where they are.
    pub moved: Vec<(StatementKey, StatementKey)>,
    /// Passages that are not found again. Decisions about them stay in the log and wait there for a person.
    pub lost: Vec<StatementKey>,
}

/// Finds statements of an old text among those of a new one, one fate for each.
///
/// The same text at the same place comes first. Of the others, those are found whose text stands elsewhere: just once, or
/// with the same neighbours as only one of several. No new statement is given twice.
///
/// ```
/// use ringwerk::coding::fates;
/// use ringwerk::text::{ByteSpan, words};
/// let (old, new) = ("ja gut also", "ja also so gut");
/// let cut = |text| words(text).collect::<Vec<ByteSpan>>();
/// let found = fates(old, &cut(old), new, &cut(new));
/// let places: Vec<_> = found.iter().map(|fate| fate.span().map(|span| span.start)).collect();
/// assert_eq!(places, [Some(0), Some(11), Some(3)]);
/// ```
pub fn fates(old_text: &str, old: &[ByteSpan], new_text: &str, new: &[ByteSpan]) -> Vec<Fate> {
    let (old, new) = (Passages::new(old_text, old), Passages::new(new_text, new));
    let same: BTreeSet<ByteSpan> = new.spans.iter().copied().filter(|span| old.has(*span, span.of(new_text))).collect();
    let open = |passages: &Passages, index: &usize| !same.contains(&passages.spans[*index]);
    let mut groups: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for (side, passages) in [&old, &new].into_iter().enumerate() {
        for index in (0..passages.spans.len()).filter(|index| open(passages, index)) {
            groups.entry(passages.text(index)).or_default()[side].push(index);
        }
    }
    let mut found: BTreeMap<usize, usize> = BTreeMap::new();
    for [lost, free] in groups.values() {
        found.extend(matches(&old, lost, &new, free));
    }
    let fate = |(index, span): (usize, &ByteSpan)| match found.get(&index) {
        _ if same.contains(span) => Fate::Kept(*span),
        Some(place) => Fate::Moved(new.spans[*place]),
        None => Fate::Lost,
    };
    old.spans.iter().enumerate().map(fate).collect()
}

/// Pairs passages that have all the same text.
fn matches(old: &Passages, lost: &[usize], new: &Passages, free: &[usize]) -> Vec<(usize, usize)> {
    if let ([index], [place]) = (lost, free) {
        return vec![(*index, *place)];
    }
    let alike = |index: usize, place: usize| {
        let (left, right) = (old.neighbours(index), new.neighbours(place));
        usize::from(left.0 == right.0) + usize::from(left.1 == right.1)
    };
    let best = |index: usize| only_best(free, |place| alike(index, place));
    let back = |place: usize| only_best(lost, |index| alike(index, place));
    let pairs = lost.iter().filter_map(|&index| Some((index, best(index)?)));
    pairs.filter(|&(index, place)| back(place) == Some(index)).collect()
}

/// The candidate with the highest score, where it is above zero and no other has it, too.
fn only_best(candidates: &[usize], score: impl Fn(usize) -> usize) -> Option<usize> {
    let highest = candidates.iter().map(|&candidate| score(candidate)).max().filter(|highest| *highest > 0)?;
    let mut best = candidates.iter().copied().filter(|&candidate| score(candidate) == highest);
    best.next().filter(|_| best.next().is_none())
}

/// Passages of a text, in order.
struct Passages<'a> {
    whole: &'a str,
    spans: &'a [ByteSpan],
    places: BTreeSet<ByteSpan>,
}

impl<'a> Passages<'a> {
    fn new(whole: &'a str, spans: &'a [ByteSpan]) -> Self {
        Self { whole, spans, places: spans.iter().copied().collect() }
    }

    fn text(&self, index: usize) -> &'a str {
        self.spans[index].of(self.whole)
    }

    fn has(&self, span: ByteSpan, text: &str) -> bool {
        self.places.contains(&span) && span.of(self.whole) == text
    }

    /// The texts before and behind; `None` at either end.
    fn neighbours(&self, index: usize) -> (Option<&'a str>, Option<&'a str>) {
        let text = |span: &ByteSpan| span.of(self.whole);
        (index.checked_sub(1).map(|before| self.text(before)), self.spans.get(index + 1).map(text))
    }
}

/// A passage that is no statement of the engine: at the same place, or where its text stands only once.
fn found_again(old_text: &str, passage: ByteSpan, new_text: &str) -> Fate {
    let Some(text) = passage.get(old_text) else { return Fate::Lost };
    if passage.get(new_text) == Some(text) {
        return Fate::Kept(passage);
    }
    let mut places = new_text.match_indices(text).map(|(start, _)| ByteSpan::new(start, start + text.len()));
    match (places.next(), places.next()) {
        (Some(only), None) => Fate::Moved(only),
        _ => Fate::Lost,
    }
}

impl Current {
    /// Finds everything that was decided about the old version of a transcript again in the new one.
    pub fn carry_over(&self, old: Version, new: Version) -> CarryOver {
        let (from, to) = (TranscriptKey::of(old.transcript.text()), TranscriptKey::of(new.transcript.text()));
        let shapes = self.shapes_again(&from, old, new);
        let statements = self.statements_again(&from, &to, old, new, &shapes);
        let mut found: BTreeMap<ByteSpan, Fate> = BTreeMap::new();
        for (span, fate) in statements.into_iter().chain(shapes).chain(self.turns_again(&from, old, new)) {
            let known = found.entry(span).or_insert(fate);
            if *known == Fate::Lost {
                *known = fate;
            }
        }
        let mut over = CarryOver::default();
        let mut passages = Vec::new();
        for (span, fate) in found {
            let fits = |place: &ByteSpan| {
                if from == to { *place == span } else { !self.is_decided(&StatementKey::new(&to, *place)) }
            };
            let place = fate.span().filter(fits);
            let key = StatementKey::new(&from, span);
            match place {
                Some(place) if place == span => over.kept.push(key),
                Some(place) => over.moved.push((key, StatementKey::new(&to, place))),
                None => over.lost.push(key),
            }
            passages.extend(place.map(|place| (span, place)));
        }
        let any = !passages.is_empty() || self.roles(&from).next().is_some();
        over.decision = (from != to && any).then_some(Decision::Carry { from, to, passages });
        over
    }

    fn is_decided(&self, key: &StatementKey) -> bool {
        self.statement(key).is_some()
    }

    /// Passages that people merged or split.
    fn shapes_again(&self, from: &TranscriptKey, old: Version, new: Version) -> BTreeMap<ByteSpan, Fate> {
        let again = |passage| found_again(old.transcript.text(), passage, new.transcript.text());
        self.boundaries(from).map(|(_, boundary)| (boundary.passage, again(boundary.passage))).collect()
    }

    /// Statements, in the shape that people gave them.
    fn statements_again(
        &self,
        from: &TranscriptKey,
        to: &TranscriptKey,
        old: Version,
        new: Version,
        shapes: &BTreeMap<ByteSpan, Fate>,
    ) -> Vec<(ByteSpan, Fate)> {
        let mut boundaries = BTreeMap::new();
        for (at, boundary) in self.boundaries(from) {
            if let Some(place) = shapes[&boundary.passage].span() {
                boundaries.insert(at - boundary.passage.start + place.start, boundary.ends);
            }
        }
        boundaries.extend(self.boundaries(to).map(|(at, boundary)| (at, boundary.ends)));
        let (old_text, new_text) = (old.transcript.text(), new.transcript.text());
        let before = spans(&self.shaped(old.transcript, old.statements));
        let after = spans(&shape(new_text, new.statements, &boundaries));
        let fates = fates(old_text, &before, new_text, &after).into_iter();
        let again: BTreeMap<ByteSpan, Fate> = before.iter().copied().zip(fates).collect();
        self.decided(from).into_iter().map(|span| (span, again.get(&span).copied().unwrap_or(Fate::Lost))).collect()
    }

    /// Turns that people gave to somebody else.
    fn turns_again(&self, from: &TranscriptKey, old: Version, new: Version) -> Vec<(ByteSpan, Fate)> {
        let turns = |version: Version| version.transcript.turns().iter().map(|turn| turn.span).collect::<Vec<_>>();
        let (before, after) = (turns(old), turns(new));
        let fates = fates(old.transcript.text(), &before, new.transcript.text(), &after);
        let again: BTreeMap<ByteSpan, Fate> = before.into_iter().zip(fates).collect();
        self.turn_speakers(from).map(|(turn, _)| (turn, again.get(&turn).copied().unwrap_or(Fate::Lost))).collect()
    }

    /// The statements of a transcript about which something was decided, links between them included.
    fn decided(&self, transcript: &TranscriptKey) -> BTreeSet<ByteSpan> {
        let linked = self.links().flat_map(|(pair, _)| pair.both());
        let keys = self.statements().map(|(key, _)| key).chain(linked);
        keys.filter(|key| key.transcript == *transcript).map(|key| key.span).collect()
    }
}

fn spans(statements: &[Statement]) -> Vec<ByteSpan> {
    statements.iter().map(|statement| statement.span).collect()
}
