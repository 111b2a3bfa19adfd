//! From the log to what stands now.

use std::collections::{BTreeMap, BTreeSet};

use super::current::Current;
use super::decision::{Decision, Verdict};
use super::log::{Action, Entry, EntryId, LogError, Problem};

/// The log and what follows from it.
///
/// What stands is made of the steps that were not taken back, in the order in which they were done first. So undoing and
/// redoing are exact, whatever a step changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    entries: Vec<Entry>,
    undone: BTreeSet<EntryId>,
    /// What each person may redo, the newest last.
    redoable: BTreeMap<String, Vec<Vec<EntryId>>>,
    current: Current,
}

impl State {
    /// Folds a log.
    ///
    /// # Errors
    /// Where an entry cannot follow those before it. Decisions that were taken back are not looked at.
    pub fn of(entries: &[Entry]) -> Result<Self, LogError> {
        let mut state = Self::default();
        for entry in entries {
            state.check(entry)?;
            state.note(entry.clone());
        }
        state.current = state.replay()?;
        Ok(state)
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// Where it cannot follow those before it; the state is then as it was. Undoing is refused where a later step, of
    /// somebody else, needs what would be undone.
    pub fn apply(&mut self, entry: Entry) -> Result<(), LogError> {
        self.check(&entry)?;
        match &entry.action {
            Action::Decide(_) => {
                if let Err(error) = self.current.step(&entry) {
                    self.current = self.replay()?;
                    return Err(error);
                }
                self.note(entry);
            }
            Action::RestorePoint(_) => self.note(entry),
            Action::Undo(_) | Action::Redo(_) => {
                let before = (self.undone.clone(), self.redoable.clone());
                self.note(entry);
                match self.replay() {
                    Ok(current) => self.current = current,
                    Err(error) => {
                        self.entries.pop();
                        (self.undone, self.redoable) = before;
                        return Err(error);
                    }
                }
            }
        }
        Ok(())
    }

    /// What stands now.
    pub fn current(&self) -> &Current {
        &self.current
    }

    /// The whole log.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// An entry of the log.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.binary_search_by_key(&id, |entry| entry.id).ok().map(|index| &self.entries[index])
    }

    /// The newest entry's id.
    pub fn last(&self) -> Option<EntryId> {
        self.entries.last().map(|entry| entry.id)
    }

    /// The id of the entry that comes next.
    pub fn next_id(&self) -> EntryId {
        EntryId(self.last().map_or(1, |last| last.0 + 1))
    }

    /// The steps that decide something and were not taken back, in order.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| self.stands(entry))
    }

    /// What one person gave: what they decided about statements, without what others decided and without what was settled
    /// between two people. Statements, speakers and jobs are as everybody shaped them.
    ///
    /// # Errors
    /// Where a person's decision does not stand without those of others.
    pub fn coding_of(&self, who: &str) -> Result<Current, LogError> {
        let mut coding = Current::default();
        self.standing().try_for_each(|entry| {
            coding.step_with(entry, |decision| match decision {
                Decision::Statement { verdict, .. } => entry.who == who && !matches!(verdict, Verdict::Settle { .. }),
                _ => true,
            })
        })?;
        Ok(coding)
    }

    /// The newest step that `who` can undo.
    pub fn next_undo(&self, who: &str) -> Option<EntryId> {
        self.standing().rev().find(|entry| entry.who == who).map(|entry| entry.id)
    }

    /// The steps that `who` took back last and can redo; none after a new decision.
    pub fn next_redo(&self, who: &str) -> Option<&[EntryId]> {
        self.redoable.get(who)?.last().map(Vec::as_slice)
    }

    /// All named places in the log, in order.
    pub fn restore_points(&self) -> impl DoubleEndedIterator<Item = (&Entry, &str)> {
        self.entries.iter().filter_map(|entry| match &entry.action {
            Action::RestorePoint(name) => Some((entry, name.as_str())),
            _ => None,
        })
    }

    /// The steps that stand and came after an entry: undoing them goes back to it.
    pub fn since(&self, point: EntryId) -> Vec<EntryId> {
        self.standing().map(|entry| entry.id).filter(|id| *id > point).collect()
    }

    fn stands(&self, entry: &Entry) -> bool {
        matches!(entry.action, Action::Decide(_)) && !self.undone.contains(&entry.id)
    }

    /// Whether an entry may come next, as far as that can be told without what stands now.
    fn check(&self, entry: &Entry) -> Result<(), LogError> {
        let refuse = |problem| Err(LogError { entry: entry.id, problem });
        if let Some(last) = self.last().filter(|last| *last >= entry.id) {
            return refuse(Problem::Order(last));
        }
        if entry.who.trim().is_empty() {
            return refuse(Problem::Nobody);
        }
        let (is_empty, unfit) = match &entry.action {
            Action::Decide(decisions) => (decisions.is_empty(), None),
            Action::RestorePoint(name) => (name.trim().is_empty(), None),
            Action::Undo(steps) => {
                let stands = |step: &EntryId| self.entry(*step).is_some_and(|earlier| self.stands(earlier));
                (steps.is_empty(), steps.iter().find(|step| !stands(step)).copied().map(Problem::NotStanding))
            }
            Action::Redo(steps) => {
                let unfit = steps.iter().find(|step| !self.undone.contains(step));
                (steps.is_empty(), unfit.copied().map(Problem::NotUndone))
            }
        };
        match unfit {
            _ if is_empty => refuse(Problem::Empty),
            Some(problem) => refuse(problem),
            None => Ok(()),
        }
    }

    /// Adds an entry that may come next, and remembers what it takes back.
    fn note(&mut self, entry: Entry) {
        let redoable = self.redoable.entry(entry.who.clone()).or_default();
        match &entry.action {
            Action::Decide(_) => redoable.clear(),
            Action::RestorePoint(_) => {}
            Action::Undo(steps) => {
                self.undone.extend(steps);
                redoable.push(steps.clone());
            }
            Action::Redo(steps) => {
                self.undone.retain(|step| !steps.contains(step));
                for stack in self.redoable.values_mut() {
                    stack.iter_mut().for_each(|undone| undone.retain(|step| !steps.contains(step)));
                    stack.retain(|undone| !undone.is_empty());
                }
            }
        }
        self.entries.push(entry);
    }

    fn replay(&self) -> Result<Current, LogError> {
        let mut current = Current::default();
        self.standing().try_for_each(|entry| current.step(entry))?;
        Ok(current)
    }
}
