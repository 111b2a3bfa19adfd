//! What stands: what people decided so far, without what they took back.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::decision::{Decision, Link, Pair, Reason, Verdict};
use super::key::{StatementKey, TranscriptKey};
use super::log::{Action, Entry, EntryId, LogError, Problem};
use crate::codebook::{Job, Rings};
use crate::text::ByteSpan;
use crate::transcript::Role;

/// Everything that people decided and that stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Current {
    statements: BTreeMap<StatementKey, Decided>,
    jobs: Vec<Job>,
    links: BTreeMap<Pair, Link>,
    /// By the byte of the text at which a first part ends.
    boundaries: BTreeMap<TranscriptKey, BTreeMap<usize, Boundary>>,
    turn_speakers: BTreeMap<StatementKey, String>,
    roles: BTreeMap<TranscriptKey, BTreeMap<String, Role>>,
}

/// What people decided about a statement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decided {
    /// Its rings.
    pub rings: Option<Made<Rings>>,
    /// Whether it says why.
    pub reason: Option<Made<Reason>>,
    /// The id of the confirmed job that it speaks to; `Some` with `None` inside where it speaks to none.
    pub job: Option<Made<Option<String>>>,
    /// Who marked it to come back to.
    pub flagged: Option<By>,
    /// A remark.
    pub comment: Option<Made<String>>,
    /// Who looked at it and put it aside.
    pub skipped: Option<By>,
    /// Who settled its rings and reason between two people; nobody once somebody gave other rings afterwards.
    pub settled: Option<By>,
}

/// A decision that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Made<T> {
    /// What was decided.
    pub value: T,
    /// By whom.
    pub by: By,
}

/// Who decided, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct By {
    /// The person.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// In which step.
    pub entry: EntryId,
}

/// Whether a statement ends at a place, as a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary {
    /// The passage on both sides.
    pub passage: ByteSpan,
    /// Whether a statement ends there.
    pub ends: bool,
}

/// Reading.
impl Current {
    /// What was decided about a statement.
    pub fn statement(&self, key: &StatementKey) -> Option<&Decided> {
        self.statements.get(key)
    }

    /// All statements about which something was decided, in order of transcripts and places.
    pub fn statements(&self) -> impl Iterator<Item = (&StatementKey, &Decided)> {
        self.statements.iter()
    }

    /// The confirmed jobs, in the order in which they were confirmed.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// The statements that people gave to a job.
    pub fn members(&self, job: &str) -> impl Iterator<Item = &StatementKey> {
        self.statements.iter().filter(move |(_, decided)| decided.speaks_to(job)).map(|(key, _)| key)
    }

    /// Which statements speak to one job, and which to different ones.
    pub fn links(&self) -> impl Iterator<Item = (&Pair, Link)> {
        self.links.iter().map(|(pair, link)| (pair, *link))
    }

    /// Where people decided whether a statement ends, by the byte of the text at which a first part ends.
    pub fn boundaries(&self, transcript: &TranscriptKey) -> impl Iterator<Item = (usize, &Boundary)> {
        self.boundaries.get(transcript).into_iter().flatten().map(|(at, boundary)| (*at, boundary))
    }

    /// The turns that somebody else says, with their new speakers' labels.
    pub fn turn_speakers(&self, transcript: &TranscriptKey) -> impl Iterator<Item = (ByteSpan, &str)> {
        let turns = self.turn_speakers.iter().filter(move |(turn, _)| turn.transcript == *transcript);
        turns.map(|(turn, speaker)| (turn.span, speaker.as_str()))
    }

    /// The speakers whose roles people set, by label.
    pub fn roles(&self, transcript: &TranscriptKey) -> impl Iterator<Item = (&str, Role)> {
        self.roles.get(transcript).into_iter().flatten().map(|(speaker, role)| (speaker.as_str(), *role))
    }

    /// All passages about which something was decided.
    pub fn passages(&self) -> BTreeSet<StatementKey> {
        let statements = self.statements.keys().chain(self.turn_speakers.keys());
        let linked = self.links.keys().flat_map(|pair| pair.both());
        let shaped = self.boundaries.iter().flat_map(|(transcript, boundaries)| {
            boundaries.values().map(|boundary| StatementKey::new(transcript, boundary.passage))
        });
        statements.chain(linked).cloned().chain(shaped).collect()
    }
}

/// Folding.
impl Current {
    /// Takes a step's decisions in. Where one is refused, those before it stay taken in.
    pub(super) fn step(&mut self, entry: &Entry) -> Result<(), LogError> {
        self.step_with(entry, |_| true)
    }

    /// Takes those of a step's decisions in that `counts` says.
    pub(super) fn step_with(&mut self, entry: &Entry, counts: impl Fn(&Decision) -> bool) -> Result<(), LogError> {
        let Action::Decide(decisions) = &entry.action else { return Ok(()) };
        let by = By { who: entry.who.clone(), at: entry.at, entry: entry.id };
        let mut decisions = decisions.iter().filter(|decision| counts(decision));
        let folded = decisions.try_for_each(|decision| self.decide(decision, &by));
        folded.map_err(|problem| LogError { entry: entry.id, problem })
    }

    fn decide(&mut self, decision: &Decision, by: &By) -> Result<(), Problem> {
        match decision {
            Decision::Statement { statement, verdict, .. } => self.judge(statement, verdict, by)?,
            Decision::Boundary { passage, at, ends } => self.bound(passage, *at, *ends)?,
            Decision::TurnSpeaker { turn, speaker } => {
                named(speaker)?;
                self.turn_speakers.insert(turn.clone(), speaker.clone());
            }
            Decision::SpeakerRole { transcript, speaker, role } => {
                named(speaker)?;
                self.roles.entry(transcript.clone()).or_default().insert(speaker.clone(), *role);
            }
            Decision::ConfirmJob { job } => self.confirm(job)?,
            Decision::RenameJob { job } => {
                named(&job.title)?;
                let place = self.place(&job.id)?;
                self.jobs[place] = job.clone();
            }
            Decision::MergeJobs { from, into } => self.merge(from, into)?,
            Decision::RemoveJob { id } => {
                let place = self.place(id)?;
                self.jobs.remove(place);
                self.statements
                    .values_mut()
                    .filter(|decided| decided.speaks_to(id))
                    .for_each(|decided| decided.job = None);
                self.drop_undecided();
            }
            Decision::Link { pair, link: Some(link) } => {
                self.links.insert(pair.clone(), *link);
            }
            Decision::Link { pair, link: None } => {
                self.links.remove(pair);
            }
            Decision::Carry { from, to, passages } => self.carry(from, to, passages)?,
        }
        Ok(())
    }

    fn judge(&mut self, statement: &StatementKey, verdict: &Verdict, by: &By) -> Result<(), Problem> {
        if let Verdict::Job(Some(id)) = verdict {
            self.place(id)?;
        }
        if let Verdict::Coding(coding) = verdict
            && let Some(id) = &coding.job
        {
            self.place(id)?;
        }
        let decided = self.statements.entry(statement.clone()).or_default();
        decided.take(verdict, by);
        if *decided == Decided::default() {
            self.statements.remove(statement);
        }
        Ok(())
    }

    fn bound(&mut self, passage: &StatementKey, at: usize, ends: bool) -> Result<(), Problem> {
        if at == 0 || at >= passage.span.len() {
            return Err(Problem::Outside);
        }
        let boundary = Boundary { passage: passage.span, ends };
        let boundaries = self.boundaries.entry(passage.transcript.clone()).or_default();
        boundaries.insert(passage.span.start + at, boundary);
        Ok(())
    }

    fn confirm(&mut self, job: &Job) -> Result<(), Problem> {
        named(&job.id)?;
        named(&job.title)?;
        if self.place(&job.id).is_ok() {
            return Err(Problem::SameJob(job.id.clone()));
        }
        self.jobs.push(job.clone());
        Ok(())
    }

    fn merge(&mut self, from: &str, into: &str) -> Result<(), Problem> {
        if from == into {
            return Err(Problem::SameJob(into.to_owned()));
        }
        self.place(into)?;
        let place = self.place(from)?;
        self.jobs.remove(place);
        let jobs = self.statements.values_mut().filter_map(|decided| decided.job.as_mut());
        for made in jobs.filter(|made| made.value.as_deref() == Some(from)) {
            made.value = Some(into.to_owned());
        }
        Ok(())
    }

    /// Where a confirmed job stands in the list.
    fn place(&self, id: &str) -> Result<usize, Problem> {
        self.jobs.iter().position(|job| job.id == id).ok_or_else(|| Problem::NoJob(id.to_owned()))
    }

    fn drop_undecided(&mut self) {
        self.statements.retain(|_, decided| *decided != Decided::default());
    }

    /// Moves what was decided about passages of one text to passages of another; what was decided about the latter stays.
    fn carry(
        &mut self,
        from: &TranscriptKey,
        to: &TranscriptKey,
        passages: &[(ByteSpan, ByteSpan)],
    ) -> Result<(), Problem> {
        if from == to {
            return Err(Problem::SameText);
        }
        let places: BTreeMap<StatementKey, StatementKey> =
            passages.iter().map(|(old, new)| (StatementKey::new(from, *old), StatementKey::new(to, *new))).collect();
        rename(&mut self.statements, |key| places.get(key).cloned());
        rename(&mut self.turn_speakers, |key| places.get(key).cloned());
        rename(&mut self.links, |pair| {
            let moved = pair.both().map(|key| places.get(key).unwrap_or(key).clone());
            Pair::new(moved[0].clone(), moved[1].clone()).filter(|moved| moved != pair)
        });
        self.carry_boundaries(from, to, passages);
        let mut roles = self.roles.remove(from).unwrap_or_default();
        roles.extend(self.roles.remove(to).unwrap_or_default());
        if !roles.is_empty() {
            self.roles.insert(to.clone(), roles);
        }
        Ok(())
    }

    fn carry_boundaries(&mut self, from: &TranscriptKey, to: &TranscriptKey, passages: &[(ByteSpan, ByteSpan)]) {
        let places: BTreeMap<ByteSpan, ByteSpan> = passages.iter().copied().collect();
        let old = self.boundaries.remove(from).unwrap_or_default();
        let mut new = self.boundaries.remove(to).unwrap_or_default();
        let mut left = BTreeMap::new();
        for (at, boundary) in old {
            let moved =
                places.get(&boundary.passage).map(|passage| (at - boundary.passage.start + passage.start, *passage));
            match moved.filter(|(at, _)| !new.contains_key(at)) {
                Some((at, passage)) => new.insert(at, Boundary { passage, ..boundary }),
                None => left.insert(at, boundary),
            };
        }
        for (key, boundaries) in [(from, left), (to, new)] {
            if !boundaries.is_empty() {
                self.boundaries.insert(key.clone(), boundaries);
            }
        }
    }
}

impl Decided {
    /// Whether rings were decided.
    pub fn is_coded(&self) -> bool {
        self.rings.is_some()
    }

    /// Whether it was given to a job.
    pub fn speaks_to(&self, job: &str) -> bool {
        self.job.as_ref().is_some_and(|made| made.value.as_deref() == Some(job))
    }

    fn take(&mut self, verdict: &Verdict, by: &By) {
        match verdict {
            Verdict::Coding(coding) => {
                self.rings = Some(made(coding.rings.clone(), by));
                self.reason = Some(made(coding.reason, by));
                self.job = Some(made(coding.job.clone(), by));
                (self.skipped, self.settled) = (None, None);
            }
            Verdict::Rings(rings) => {
                self.rings = Some(made(rings.clone(), by));
                (self.skipped, self.settled) = (None, None);
            }
            Verdict::Settle { rings, reason } => {
                self.rings = Some(made(rings.clone(), by));
                self.reason = Some(made(*reason, by));
                (self.skipped, self.settled) = (None, Some(by.clone()));
            }
            Verdict::Reason(reason) => self.reason = Some(made(*reason, by)),
            Verdict::Job(job) => self.job = Some(made(job.clone(), by)),
            Verdict::Flag(flag) => self.flagged = flag.then(|| by.clone()),
            Verdict::Comment(comment) if comment.trim().is_empty() => self.comment = None,
            Verdict::Comment(comment) => self.comment = Some(made(comment.clone(), by)),
            Verdict::Skip => self.skipped = Some(by.clone()),
            Verdict::ReopenJob => self.job = None,
            Verdict::Reopen => {
                *self = Self { flagged: self.flagged.take(), comment: self.comment.take(), ..Self::default() }
            }
        }
    }
}

fn made<T>(value: T, by: &By) -> Made<T> {
    Made { value, by: by.clone() }
}

fn named(name: &str) -> Result<(), Problem> {
    if name.trim().is_empty() { Err(Problem::NoName) } else { Ok(()) }
}

/// Gives entries the keys that `new` says; where something stands under a new key already, both stay where they are.
fn rename<K: Ord + Clone, V>(map: &mut BTreeMap<K, V>, new: impl Fn(&K) -> Option<K>) {
    let moves: Vec<(K, K)> = map.keys().filter_map(|key| Some((key.clone(), new(key)?))).collect();
    for (old, new) in moves {
        if !map.contains_key(&new)
            && let Some(value) = map.remove(&old)
        {
            map.insert(new, value);
        }
    }
}
