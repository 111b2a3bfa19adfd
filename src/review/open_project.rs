//! A project as it stands now: what the engine suggests, in the shape that people gave it, and what they decided.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::comparison::Comparison;
use super::error::ReviewError;
use super::language_model::SharedModel;
use super::meaning::{MapPoint, Meanings};
use super::sight::Sight;
use super::view::{CandidateView, Changed, Changes, DecidedView, Overview, Step};
use super::wish::{JobWish, Place, Wish};
use crate::codebook::{Job, Rings};
use crate::coding::{
    Action, CandidateJob, Current, Decided, Decision, Entry, EntryId, Reason, ShapedInterview, Shown, State,
    StatementKey, StatementRef, Suggestion, TranscriptKey, Verdict,
};
use crate::error::Tongue;
use crate::settings::ProjectFile;
use crate::store::{Project, RunInterview, StoredRun};
use crate::transcript::Role;

/// An open project. Everything the page shows is read from it, everything it decides goes through it.
pub(super) struct OpenProject {
    name: String,
    project: Project,
    sight: Sight,
    tongue: Tongue,
    state: State,
    run: i64,
    interviews: Vec<ShapedInterview>,
    candidates: Vec<CandidateJob>,
    /// The jobs of the project's list, whether confirmed or not.
    listed: Vec<Job>,
    /// Places of statements, once they were asked for.
    map: Option<Vec<MapPoint>>,
    /// What statements mean, once that was asked for.
    meanings: Option<Meanings>,
    model: Option<SharedModel>,
    /// What was suggested before learning, where that was something else; `None` where nothing was learned.
    before: Option<BTreeMap<StatementKey, Suggestion>>,
}

/// What an entry of the log may have changed.
enum Touched<'a> {
    /// What is decided about these statements.
    Statements(Vec<&'a StatementKey>),
    /// Also which statements there are, or who speaks.
    Everything,
}

/// Opening and looking.
impl OpenProject {
    /// Opens the project in `folder` with the newest run.
    pub fn open(folder: &Path, sight: Sight, tongue: Tongue, model: Option<SharedModel>) -> Result<Self, ReviewError> {
        let project = Project::open_existing(folder)?;
        let state = project.state()?;
        let listed = ProjectFile::read(folder)?.jobs;
        let mut open = Self {
            name: project.name(),
            project,
            sight,
            tongue,
            state,
            run: 0,
            interviews: Vec::new(),
            candidates: Vec::new(),
            listed,
            map: None,
            meanings: None,
            model,
            before: None,
        };
        open.load_run()?;
        if open.interviews.is_empty() { Err(ReviewError::Empty(folder.to_owned())) } else { Ok(open) }
    }

    /// Everything that the page shows.
    pub fn overview(&mut self, who: &str) -> Result<Overview, ReviewError> {
        self.refresh()?;
        let who = self.blind().unwrap_or(who);
        let mut overview = Overview::new(&self.name, self.changes_after(self.last(), who)?);
        overview.blind = self.blind().map(str::to_owned);
        overview.jobs = self.state.current().jobs().to_vec();
        overview.listed = self.unconfirmed().cloned().collect();
        if self.blind().is_none() {
            overview.learns = self.model.is_some();
            overview.set_before(self.before.clone());
        }
        let current = self.seen()?;
        for interview in &self.interviews {
            overview.add(interview, &current, self.tongue);
        }
        if self.blind().is_none() {
            overview.candidates = self.candidates.iter().map(|candidate| self.candidate(candidate)).collect();
        }
        Ok(overview)
    }

    /// Refuses whoever is not the one that codes blind, where somebody does.
    pub fn admit(&self, who: &str) -> Result<(), ReviewError> {
        match self.blind() {
            Some(only) if only != who => Err(ReviewError::OtherPerson(only.to_owned())),
            _ => Ok(()),
        }
    }

    fn blind(&self) -> Option<&str> {
        match &self.sight {
            Sight::Everything => None,
            Sight::Blind(who) => Some(who),
        }
    }

    /// What may be seen of what was decided.
    fn seen(&self) -> Result<Cow<'_, Current>, ReviewError> {
        match &self.sight {
            Sight::Everything => Ok(Cow::Borrowed(self.state.current())),
            Sight::Blind(who) => Ok(Cow::Owned(self.coding_of(who)?)),
        }
    }

    fn coding_of(&self, who: &str) -> Result<Current, ReviewError> {
        self.state.coding_of(who).map_err(|source| self.project.refused(source).into())
    }

    /// Refuses what somebody who codes blind must not do.
    pub fn refuse_blind(&self) -> Result<(), ReviewError> {
        if self.blind().is_some() { Err(ReviewError::Blind) } else { Ok(()) }
    }

    /// The jobs of the list that nobody has confirmed.
    fn unconfirmed(&self) -> impl Iterator<Item = &Job> {
        let confirmed = self.state.current().jobs();
        self.listed.iter().filter(|job| confirmed.iter().all(|other| other.id != job.id))
    }

    /// What two people decided, side by side.
    pub fn comparison(&mut self, first: &str, second: &str) -> Result<Comparison, ReviewError> {
        self.refuse_blind()?;
        self.refresh()?;
        let (one, other) = (self.coding_of(first)?, self.coding_of(second)?);
        Ok(Comparison::of(&self.interviews, self.state.current(), &one, &other, self.tongue))
    }

    /// The places of all answers in a plane.
    pub fn map(&mut self) -> Result<Vec<MapPoint>, ReviewError> {
        self.refuse_blind()?;
        self.refresh()?;
        if self.map.is_none() {
            self.map = Some(self.meanings()?.places());
        }
        Ok(self.map.clone().unwrap_or_default())
    }

    /// The statements that mean most nearly what one of them does, itself first.
    pub fn near(&mut self, key: &StatementKey) -> Result<Vec<StatementKey>, ReviewError> {
        self.refuse_blind()?;
        self.refresh()?;
        let meanings = self.meanings()?;
        Ok(meanings.near(meanings.row(key).ok_or(ReviewError::NotCompared)?))
    }

    /// The statements that mean most nearly what a vector of the model does.
    pub fn near_row(&mut self, row: &[f32]) -> Result<Vec<StatementKey>, ReviewError> {
        self.refuse_blind()?;
        self.refresh()?;
        Ok(self.meanings()?.near(row))
    }

    fn meanings(&mut self) -> Result<&Meanings, ReviewError> {
        let meanings = match self.meanings.take() {
            Some(meanings) => meanings,
            None => Meanings::of(&self.project.last_run()?.map_or_else(Vec::new, |run| run.interviews)),
        };
        Ok(self.meanings.insert(meanings))
    }

    fn candidate(&self, candidate: &CandidateJob) -> CandidateView {
        let key = |at: &StatementRef| self.interviews.get(at.interview)?.coded_key(at.statement);
        CandidateView {
            label: candidate.label.clone(),
            terms: candidate.terms.clone(),
            members: candidate.members.iter().filter_map(key).collect(),
            quotes: candidate.quotes.iter().filter_map(key).collect(),
        }
    }

    /// What has changed since the entry `since` of the log, by whomever.
    pub fn changes(&mut self, since: u64, who: &str) -> Result<Changes, ReviewError> {
        self.refresh()?;
        self.changes_after(since, who)
    }

    /// The newest entry of the log; 0 before there is one.
    fn last(&self) -> u64 {
        self.state.last().map_or(0, |last| last.0)
    }

    fn changes_after(&self, since: u64, who: &str) -> Result<Changes, ReviewError> {
        let mut keys = BTreeSet::new();
        let mut reload = since > self.last();
        for entry in self.after(since) {
            match self.touched(entry) {
                Touched::Statements(_) if self.blind().is_some_and(|only| only != entry.who) => {}
                Touched::Statements(touched) => keys.extend(touched),
                Touched::Everything => reload = true,
            }
        }
        let current = self.seen()?;
        let decided = keys.into_iter().map(|key| Changed { key: key.clone(), decided: decided(&current, key) });
        Ok(Changes {
            run: self.run,
            last: self.last(),
            reload,
            decided: if reload { Vec::new() } else { decided.collect() },
            people: self.people(),
            undo: self.state.next_undo(who).and_then(|id| self.state.entry(id)).map(|entry| self.step(entry)),
            redo: self.state.next_redo(who).map(<[EntryId]>::to_vec).unwrap_or_default(),
        })
    }

    fn step(&self, entry: &Entry) -> Step {
        let statements = match self.touched(entry) {
            Touched::Statements(keys) => keys.into_iter().cloned().collect::<BTreeSet<_>>(),
            Touched::Everything => BTreeSet::new(),
        };
        Step { id: entry.id, statements: statements.len(), first: statements.into_iter().next() }
    }

    fn after(&self, since: u64) -> &[Entry] {
        let entries = self.state.entries();
        &entries[entries.partition_point(|entry| entry.id.0 <= since)..]
    }

    fn touched<'a>(&'a self, entry: &'a Entry) -> Touched<'a> {
        let decided: Vec<&Entry> = match &entry.action {
            Action::Decide(_) => vec![entry],
            Action::Undo(steps) | Action::Redo(steps) => {
                steps.iter().filter_map(|step| self.state.entry(*step)).collect()
            }
            Action::RestorePoint(_) => Vec::new(),
        };
        let mut keys = Vec::new();
        for entry in decided {
            let Action::Decide(decisions) = &entry.action else { continue };
            for decision in decisions {
                match decision {
                    Decision::Statement { statement, .. } => keys.push(statement),
                    Decision::Link { .. } => {}
                    _ => return Touched::Everything,
                }
            }
        }
        Touched::Statements(keys)
    }

    /// Everybody who decided something, in order of the alphabet; nobody for those who code blind.
    fn people(&self) -> BTreeSet<String> {
        if self.blind().is_some() {
            return BTreeSet::new();
        }
        self.state.standing().map(|entry| entry.who.clone()).collect()
    }
}

/// Keeping up with other programs.
impl OpenProject {
    fn refresh(&mut self) -> Result<(), ReviewError> {
        let before = self.last();
        if !self.project.entries(self.state.last())?.is_empty() {
            self.state = self.project.state()?;
            self.shape_after(before);
        }
        if self.project.last_run_id()?.is_some_and(|run| run != self.run) {
            self.load_run()?;
        }
        Ok(())
    }

    fn load_run(&mut self) -> Result<(), ReviewError> {
        if let Some(run) = self.project.last_run()? {
            self.run = run.id;
            (self.map, self.meanings) = (None, None);
            self.take_listed(&run);
            self.before = self.before_learning(&run)?;
            // Jobs are one view of many: where an older program wrote them otherwise, the rest still works.
            self.candidates = serde_json::from_str(&run.candidates).unwrap_or_default();
            self.interviews = shaped(run.interviews, self.state.current());
        }
        Ok(())
    }

    /// What was suggested before a run learned, where it was something else.
    fn before_learning(&self, run: &StoredRun) -> Result<Option<BTreeMap<StatementKey, Suggestion>>, ReviewError> {
        let Some(from) = self.model.as_ref().and_then(|model| model.learned_from(&run.record)) else { return Ok(None) };
        let mut before = BTreeMap::new();
        for (old, new) in self.project.run(from)?.interviews.iter().zip(&run.interviews) {
            let (old, new) = (&old.stored.interview, &new.stored.interview);
            let key = TranscriptKey::of(old.transcript.text());
            for ((statement, one), (_, other)) in old.suggested().zip(new.suggested()) {
                if !one.suggests_same(other) {
                    before.insert(StatementKey::new(&key, old.statements[statement].span), one.clone());
                }
            }
        }
        Ok(Some(before))
    }

    /// Jobs that were given to `ringwerk code` in a file of their own belong to the list, too.
    fn take_listed(&mut self, run: &StoredRun) {
        for job in run.listed_jobs() {
            if self.listed.iter().all(|known| known.id != job.id) {
                self.listed.push(job);
            }
        }
    }

    fn shape_after(&mut self, before: u64) {
        let everything = |entry: &Entry| matches!(self.touched(entry), Touched::Everything);
        if self.after(before).iter().any(everything) {
            let current = self.state.current();
            self.interviews.iter_mut().for_each(|interview| interview.shape(current));
        }
    }
}

/// Deciding.
impl OpenProject {
    /// Decides the same about some statements, in one step. Where nothing is left to decide, nothing is written. What is
    /// accepted is what was suggested in the run that was seen.
    pub fn decide(&mut self, who: &str, run: i64, statements: &[StatementKey], wish: &Wish) -> Result<(), ReviewError> {
        self.refresh()?;
        let many = statements.len() > 1;
        let decisions = self.decisions(run, statements, wish)?;
        if decisions.is_empty() {
            return Ok(());
        }
        if many {
            let count = statements.len();
            let name = self.tongue.pick(
                format!("vor gemeinsamer Entscheidung über {count} Aussagen"),
                format!("before deciding on {count} statements at once"),
            );
            self.append(who, Action::RestorePoint(name))?;
        }
        self.append(who, Action::Decide(decisions))
    }

    fn decisions(&self, run: i64, statements: &[StatementKey], wish: &Wish) -> Result<Vec<Decision>, ReviewError> {
        if matches!(wish, Wish::Settle { .. }) {
            self.refuse_blind()?;
        }
        let seen = self.seen()?;
        let earlier = self.earlier(run);
        let mut decisions = Vec::new();
        for key in statements {
            let known = seen.statement(key).cloned().unwrap_or_default();
            let shown = self.shown(earlier.as_deref(), key)?;
            for verdict in verdicts(&known, shown.as_ref(), wish, statements.len() > 1) {
                decisions.push(Decision::Statement { statement: key.clone(), verdict, shown: shown.clone() });
            }
        }
        Ok(decisions)
    }

    /// The interviews of an earlier run, whose suggestions the page still showed; `None` where it showed the newest.
    fn earlier(&self, run: i64) -> Option<Vec<ShapedInterview>> {
        if run == 0 || run == self.run {
            return None;
        }
        let run = self.project.run(run).ok()?;
        Some(shaped(run.interviews, self.state.current()))
    }

    /// What a person saw of the engine's suggestion.
    fn shown(&self, earlier: Option<&[ShapedInterview]>, key: &StatementKey) -> Result<Option<Shown>, ReviewError> {
        let newest = self.find(key)?;
        let seen = earlier.map_or(Some(newest), |interviews| find(interviews, key));
        let suggestion = seen.and_then(|(interview, place)| interview.suggestion(place));
        Ok(suggestion.filter(|_| self.blind().is_none()).map(Shown::from))
    }

    /// Takes a step back that stands; nothing where it is taken back already.
    pub fn undo(&mut self, who: &str, step: EntryId) -> Result<(), ReviewError> {
        self.refresh()?;
        self.refuse_of_others(&[step])?;
        if self.state.standing().any(|entry| entry.id == step) {
            self.append(who, Action::Undo(vec![step]))?;
        }
        Ok(())
    }

    /// Makes steps stand again that were taken back; nothing where they stand already.
    pub fn redo(&mut self, who: &str, steps: Vec<EntryId>) -> Result<(), ReviewError> {
        self.refresh()?;
        self.refuse_of_others(&steps)?;
        let stands = |step: &EntryId| self.state.standing().any(|entry| entry.id == *step);
        if !steps.iter().all(stands) {
            self.append(who, Action::Redo(steps))?;
        }
        Ok(())
    }

    /// Who codes blind leaves the steps of others alone.
    fn refuse_of_others(&self, steps: &[EntryId]) -> Result<(), ReviewError> {
        let own =
            |step: &EntryId| self.state.entry(*step).is_some_and(|entry| Some(entry.who.as_str()) == self.blind());
        if steps.iter().all(own) { Ok(()) } else { self.refuse_blind() }
    }

    /// Makes one statement of this and the next one of the same turn.
    pub fn merge(&mut self, who: &str, key: &StatementKey) -> Result<(), ReviewError> {
        self.refuse_blind()?;
        self.refresh()?;
        let (interview, place) = self.find(key)?;
        let next = interview.statements().get(place + 1).ok_or(ReviewError::NoNext)?;
        let merged = Decision::merge(&key.transcript, &interview.statements()[place], next);
        self.append(who, Action::Decide(vec![merged.ok_or(ReviewError::NoNext)?]))
    }

    /// Makes two statements of one, at a place in its text.
    pub fn split(&mut self, who: &str, key: &StatementKey, at: Place) -> Result<(), ReviewError> {
        self.refuse_blind()?;
        self.refresh()?;
        let (interview, _) = self.find(key)?;
        let text = interview.transcript().text();
        let at = at.in_bytes(key.span.of(text)).ok_or(ReviewError::NoSplit)?;
        let split = Decision::split(text, key, key.span.start + at);
        self.append(who, Action::Decide(vec![split.ok_or(ReviewError::NoSplit)?]))
    }

    /// Says who speaks the turn in which a statement stands; a name that is new is a respondent's.
    pub fn set_speaker(&mut self, who: &str, key: &StatementKey, speaker: &str) -> Result<(), ReviewError> {
        self.refuse_blind()?;
        self.refresh()?;
        let (interview, place) = self.find(key)?;
        let turn = interview.transcript().turns()[interview.statements()[place].turn].span;
        let turn = StatementKey::new(&key.transcript, turn);
        let decision = Decision::TurnSpeaker { turn, speaker: speaker.trim().to_owned() };
        self.append(who, Action::Decide(vec![decision]))
    }

    /// Says whether a speaker asks or answers.
    pub fn set_role(&mut self, who: &str, key: &TranscriptKey, speaker: &str, role: Role) -> Result<(), ReviewError> {
        self.refuse_blind()?;
        self.refresh()?;
        let known = |interview: &ShapedInterview| {
            interview.key() == key && interview.transcript().speakers().iter().any(|one| one.name == speaker)
        };
        if !self.interviews.iter().any(known) {
            return Err(ReviewError::NoSpeaker);
        }
        let decision = Decision::SpeakerRole { transcript: key.clone(), speaker: speaker.to_owned(), role };
        self.append(who, Action::Decide(vec![decision]))
    }

    /// Does something about jobs, in one step.
    pub fn shape_jobs(&mut self, who: &str, run: i64, wish: JobWish) -> Result<(), ReviewError> {
        if !matches!(wish, JobWish::Assign { .. } | JobWish::Release { .. }) {
            self.refuse_blind()?;
        }
        self.refresh()?;
        let earlier = self.earlier(run);
        let about_jobs = |statements: &[StatementKey], verdict: &Verdict| {
            statements.iter().map(|key| self.about_job(earlier.as_deref(), key, verdict)).collect::<Result<Vec<_>, _>>()
        };
        let decisions = match wish {
            JobWish::Confirm { title, description, statements } => {
                let id = self.new_job_id();
                let job = Job { id: id.clone(), title: title.trim().to_owned(), description };
                let members = about_jobs(&statements, &Verdict::Job(Some(id)))?;
                [Decision::ConfirmJob { job }].into_iter().chain(members).collect()
            }
            JobWish::Rename { id, title, description } => {
                let job = Job { id, title: title.trim().to_owned(), description };
                vec![Decision::RenameJob { job }]
            }
            JobWish::Merge { from, into } => vec![Decision::MergeJobs { from, into }],
            JobWish::Remove { id } => vec![Decision::RemoveJob { id }],
            JobWish::Assign { id, statements } => {
                let confirmed = self.confirmation(id.as_deref());
                let members = about_jobs(&statements, &Verdict::Job(id))?;
                confirmed.into_iter().chain(members).collect()
            }
            JobWish::Release { statements } => about_jobs(&statements, &Verdict::ReopenJob)?,
        };
        self.append(who, Action::Decide(decisions))
    }

    /// Giving a job of the list that nobody has confirmed confirms it, in the same step.
    fn confirmation(&self, id: Option<&str>) -> Option<Decision> {
        let job = self.unconfirmed().find(|job| Some(job.id.as_str()) == id)?;
        Some(Decision::ConfirmJob { job: job.clone() })
    }

    fn about_job(
        &self,
        earlier: Option<&[ShapedInterview]>,
        key: &StatementKey,
        verdict: &Verdict,
    ) -> Result<Decision, ReviewError> {
        let shown = self.shown(earlier, key)?;
        Ok(Decision::Statement { statement: key.clone(), verdict: verdict.clone(), shown })
    }

    /// An id that no job has had so far; every step has a number of its own.
    fn new_job_id(&self) -> String {
        format!("job-{}", self.state.next_id())
    }

    fn find(&self, key: &StatementKey) -> Result<(&ShapedInterview, usize), ReviewError> {
        find(&self.interviews, key).ok_or(ReviewError::NoStatement)
    }

    fn append(&mut self, who: &str, action: Action) -> Result<(), ReviewError> {
        let before = self.last();
        self.project.append(&mut self.state, who, action)?;
        self.shape_after(before);
        Ok(())
    }
}

fn find<'a>(interviews: &'a [ShapedInterview], key: &StatementKey) -> Option<(&'a ShapedInterview, usize)> {
    let interview = interviews.iter().find(|interview| *interview.key() == key.transcript)?;
    Some((interview, interview.place(key.span)?))
}

fn shaped(interviews: Vec<RunInterview>, current: &Current) -> Vec<ShapedInterview> {
    interviews.into_iter().map(|one| ShapedInterview::new(one.stored.interview, current)).collect()
}

/// What a wish means for one statement. Accepting decides what is still open; with many at once, and rejecting, only where
/// no rings are decided.
fn verdicts(known: &Decided, shown: Option<&Shown>, wish: &Wish, many: bool) -> Vec<Verdict> {
    let reason = |says: bool| match says {
        true => Reason::Yes { span: shown.and_then(|shown| shown.reason.span) },
        false => Reason::No,
    };
    let one = match wish {
        Wish::Accept => return acceptance(known, shown, many),
        Wish::Reject if known.is_coded() => return Vec::new(),
        Wish::Reject => Verdict::Rings(Rings::default()),
        Wish::Rings(rings) => Verdict::Rings(rings.clone()),
        Wish::Reason(says) => Verdict::Reason(reason(*says)),
        Wish::Settle { rings, reason: says } => Verdict::Settle { rings: rings.clone(), reason: reason(*says) },
        Wish::Flag(flag) => Verdict::Flag(*flag),
        Wish::Comment(comment) => Verdict::Comment(comment.clone()),
        Wish::Skip => Verdict::Skip,
        Wish::Reopen => Verdict::Reopen,
    };
    vec![one]
}

fn acceptance(known: &Decided, shown: Option<&Shown>, many: bool) -> Vec<Verdict> {
    let Some(suggested) = shown.map(Shown::coding) else { return Vec::new() };
    if many && known.is_coded() {
        return Vec::new();
    }
    let rings = (!known.is_coded()).then_some(Verdict::Rings(suggested.rings));
    let reason = known.reason.is_none().then_some(Verdict::Reason(suggested.reason));
    rings.into_iter().chain(reason).collect()
}

fn decided(current: &Current, key: &StatementKey) -> Option<DecidedView> {
    current.statement(key).map(DecidedView::from)
}
