//! Speaker labels: what looks like one, and which of those a file really means.
//!
//! A line may *look* labelled in several ways ([`Kind`]). One of them wins for a whole file: the one with the most turns.
//! Words before a colon are a label only if they recur, or are an unmistakable label (`I`, `B1`, `SPEAKER_00`,
//! `Frau Müller`): „Dann sagte er: …“ is speech.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::header;
use super::names::{is_filler, is_long_role, is_name, is_strong};
use super::stamps::{clock, pattern};
use crate::transcript::Timestamp;

/// How a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    /// `Name: text`, also `#Name:`, `[Name]:`, `**Name:**`, `Name (00:05):`.
    Colon,
    /// `Name   0:03` on a line of its own.
    HeadTime,
    /// Cells of a row: time, name, text.
    Cells,
    /// `{Name} text`.
    Braced,
    /// The name on a line of its own.
    Alone,
}

/// A line that looks labelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// How.
    pub(super) kind: Kind,
    /// The label without its signs.
    pub(super) name: String,
    /// The time beside the label.
    pub(super) time: Option<Timestamp>,
    /// What follows the label.
    pub(super) rest: &'a str,
}

/// Signs that Markdown and editors put before a label.
const BEFORE: &str = r"^(?:[-*>•]\s+)?(?:#{1,6}\s?|@)?(?:\*{1,2}|_{1,2})?";

static COLON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"{BEFORE}[\[{{<]?([^:\[\]{{}}<>*]{{1,63}}?)[\]}}>]?\s*(?:[\[(]([\d:.,]{{4,12}})[\])])?(?:\*{{1,2}}|_{{1,2}})?\s?:(?:\*{{1,2}}|_{{1,2}})?(?:\s+|$)"
    ))
});

static TIGHT_COLON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([A-ZÄÖÜ][A-Za-zäöüß]{0,20}\d{0,2}|SPEAKER_\d{2}):[A-ZÄÖÜ(„]"));

static HEAD_TIME: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"{BEFORE}([^\t]{{1,63}}?):?(?:\*{{1,2}})?\s+[\[(]?(\d[\d:]{{3,8}})[\])]?\s*$")));

static BRACED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\{([^{}]{1,63})\}\s*"));

static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"{BEFORE}[\[{{<]?([^:\[\]{{}}<>*]{{1,63}}?)[\]}}>]?(?:\*{{1,2}}|_{{1,2}})?\s*$"))
});

/// `Frage 1`, `Antwort 1`: the number counts questions, not speakers.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(Frage|Antwort) \d{1,3}$"));

/// What a line looks like. Stamps before the label are taken off by then.
pub(super) fn head(text: &str) -> Option<Head<'_>> {
    cells(text, true)
        .or_else(|| colon(text))
        .or_else(|| tight_colon(text))
        .or_else(|| head_time(text))
        .or_else(|| cells(text, false))
        .or_else(|| whole(text, &BRACED, Kind::Braced))
        .or_else(|| whole(text, &ALONE, Kind::Alone).filter(|head| is_strong(&head.name) || !head.name.ends_with('.')))
}

/// A head if the name can be one.
fn named<'a>(kind: Kind, name: &str, time: Option<Timestamp>, rest: &'a str) -> Option<Head<'a>> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = NUMBERED.captures(&name).map_or(name.clone(), |found| found[1].to_owned());
    let bare = name.strip_prefix('(').and_then(|name| name.strip_suffix(')'));
    let name = bare.unwrap_or(&name).to_owned();
    is_name(&name).then_some(Head { kind, name, time, rest })
}

fn colon(text: &str) -> Option<Head<'_>> {
    let found = COLON.captures(text)?;
    let time = match found.get(2) {
        Some(time) => Some(clock(time.as_str())?),
        None => None,
    };
    named(Kind::Colon, &found[1], time, &text[found[0].len()..])
}

/// `I:Danke`: without white space only unmistakable labels count.
fn tight_colon(text: &str) -> Option<Head<'_>> {
    let found = TIGHT_COLON.captures(text)?;
    let name = found.get(1).filter(|name| is_strong(name.as_str()))?;
    named(Kind::Colon, name.as_str(), None, &text[name.end() + 1..])
}

fn head_time(text: &str) -> Option<Head<'_>> {
    let found = HEAD_TIME.captures(text)?;
    named(Kind::HeadTime, &found[1], Some(clock(&found[2])?), "")
}

fn whole<'a>(text: &'a str, pattern: &Regex, kind: Kind) -> Option<Head<'a>> {
    let found = pattern.captures(text)?;
    named(kind, &found[1], None, &text[found[0].len()..])
}

/// `time⇥name⇥text`, `number⇥name⇥text`, `name⇥time⇥text`, `name⇥text`.
fn cells(text: &str, timed: bool) -> Option<Head<'_>> {
    if !text.contains('\t') {
        return None;
    }
    let mut rest = text;
    let mut name = None;
    let mut time = None;
    while let Some((cell, after)) = rest.split_once('\t') {
        let cell = cell.trim();
        let bare = cell.trim_matches(|sign: char| "#[]()".contains(sign));
        if let Some(found) = clock(bare) {
            time = time.or(Some(found));
        } else if name.is_none() && !cell.is_empty() && !cell.chars().all(|sign| sign.is_ascii_digit()) {
            name = Some(cell);
        } else if !cell.is_empty() && name.is_some() {
            break;
        }
        rest = after;
    }
    let name = name?.trim_end_matches(':');
    if timed && time.is_none() { None } else { named(Kind::Cells, name, time, rest.trim_start()) }
}

/// Which labels a file means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labels {
    kind: Kind,
    names: HashSet<String>,
    timed: bool,
}

impl Labels {
    /// Whether a line that looks labelled is.
    pub(super) fn accept(&self, head: &Head<'_>) -> bool {
        head.kind == self.kind && self.names.contains(&head.name)
    }

    /// How they are written.
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether times stand beside them.
    pub(super) fn timed(&self) -> bool {
        self.timed
    }

    /// Whether any label passes a test.
    pub(super) fn any(&self, test: impl Fn(&str) -> bool) -> bool {
        self.names.iter().any(|name| test(name))
    }
}

/// How often a label of one kind occurs, and where first.
#[derive(Debug, Clone, Copy)]
struct Seen {
    count: usize,
    first: usize,
    timed: bool,
    short: bool,
}

/// Tells which labels a file means, from what its lines look like (none for lines without a label; blank lines are left
/// out).
pub(super) fn choose<'a>(heads: impl Iterator<Item = Option<&'a Head<'a>>>) -> Option<Labels> {
    let mut kinds: HashMap<Kind, HashMap<&str, Seen>> = HashMap::new();
    let mut lines = 0;
    for (index, head) in heads.enumerate() {
        lines = index + 1;
        let Some(head) = head else { continue };
        let short = head.rest.split_whitespace().count() <= 8 && !head.rest.trim_end().ends_with(['.', '?', '!']);
        let new = Seen { count: 0, first: index, timed: false, short };
        let seen = kinds.entry(head.kind).or_default().entry(&head.name).or_insert(new);
        seen.count += 1;
        seen.timed |= head.time.is_some();
    }
    let mut best: Vec<(usize, Labels)> =
        kinds.into_iter().filter_map(|(kind, seen)| accepted(kind, &seen, lines)).collect();
    best.sort_by_key(|(turns, labels)| (std::cmp::Reverse(*turns), labels.kind));
    best.into_iter().next().map(|(_, labels)| labels)
}

/// The labels of one kind, with the number of their turns.
fn accepted(kind: Kind, seen: &HashMap<&str, Seen>, lines: usize) -> Option<(usize, Labels)> {
    let possible: HashMap<&str, Seen> = seen
        .iter()
        .filter(|(name, _)| !is_filler(name) && !header::is_key(name))
        .map(|(name, seen)| (*name, *seen))
        .collect();
    let mut names = recurring(kind, &possible);
    drop_header_roles(&mut names, &possible);
    let others: usize = seen.iter().filter(|(name, _)| !names.contains(*name)).map(|(_, seen)| seen.count).sum();
    if !names.iter().any(|name| is_strong(name)) && others > turns(&names, &possible) {
        names.clear();
    }
    if every_line_labelled(kind, &names, &possible, lines) {
        names = possible.keys().copied().collect();
        drop_header_roles(&mut names, &possible);
    }
    let turns = turns(&names, &possible);
    let timed = names.iter().any(|name| possible.get(name).is_some_and(|seen| seen.timed));
    let names: HashSet<String> = names.into_iter().map(str::to_owned).collect();
    (turns > 0).then_some((turns, Labels { kind, names, timed }))
}

fn turns(names: &HashSet<&str>, seen: &HashMap<&str, Seen>) -> usize {
    names.iter().filter_map(|name| seen.get(name)).map(|seen| seen.count).sum()
}

/// Labels that recur or cannot be anything else. A bare word on a line of its own needs a second speaker, too.
fn recurring<'a>(kind: Kind, possible: &HashMap<&'a str, Seen>) -> HashSet<&'a str> {
    let timed = kind == Kind::HeadTime && possible.values().map(|seen| seen.count).sum::<usize>() > 1;
    let sure =
        |name: &str, seen: &Seen| is_strong(name) || seen.count > 1 || timed || (kind == Kind::Cells && seen.timed);
    let names: HashSet<&str> = possible.iter().filter(|(name, seen)| sure(name, seen)).map(|(name, _)| *name).collect();
    let unsure = kind == Kind::Alone && names.len() < 2 && !names.iter().any(|name| is_strong(name));
    if unsure { HashSet::new() } else { names }
}

/// `Interviewerin: Anna Berg` once above the first turn says who took part; it is no turn.
fn drop_header_roles(names: &mut HashSet<&str>, seen: &HashMap<&str, Seen>) {
    let recurring = names.iter().filter_map(|name| seen.get(name)).filter(|seen| seen.count > 1);
    let Some(first) = recurring.map(|seen| seen.first).min() else { return };
    names.retain(|name| {
        let in_header = seen.get(name).is_some_and(|seen| seen.count == 1 && seen.first < first && seen.short);
        !(in_header && is_long_role(name))
    });
}

/// Whether (nearly) every line starts with something like a label, so that those which occur once are labels, too.
fn every_line_labelled(kind: Kind, names: &HashSet<&str>, possible: &HashMap<&str, Seen>, lines: usize) -> bool {
    let Some(first) = possible.values().map(|seen| seen.first).min() else { return false };
    let all: usize = possible.values().map(|seen| seen.count).sum();
    let share = if names.is_empty() { 10 } else { 9 };
    kind == Kind::Colon && possible.len() > 1 && all * 10 >= (lines - first) * share
}
