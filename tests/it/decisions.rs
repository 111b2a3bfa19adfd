//! The fold of decisions: undoing is exact, order counts, a step is one.

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;
use ringwerk::codebook::{Job, Ring, Rings};
use ringwerk::coding::*;
use ringwerk::text::{ByteSpan, words};
use ringwerk::transcript::{Container, Convention, Format, NewTurn, Role, Speaker, Statement, Transcript};

const PEOPLE: [&str; 2] = ["Anna", "Ben"];

fn key(place: usize) -> StatementKey {
    StatementKey::new(&TranscriptKey::of("ein Text"), ByteSpan::new(10 * place, 10 * place + 9))
}

fn rings() -> impl Strategy<Value = Rings> {
    prop::collection::vec(select(Ring::ALL.to_vec()), 0..3).prop_filter_map("twice the same", Rings::new)
}

fn job_id() -> impl Strategy<Value = String> {
    select(vec!["a", "b", "c"]).prop_map(str::to_owned)
}

fn job(id: &str) -> Job {
    Job { id: id.to_owned(), title: format!("{id} vermeiden"), description: String::new() }
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let reason = select(vec![Reason::No, Reason::Yes { span: None }, Reason::Yes { span: Some(ByteSpan::new(1, 4)) }]);
    prop_oneof![
        (rings(), reason.clone(), prop::option::of(job_id()))
            .prop_map(|(rings, reason, job)| Verdict::Coding(Coding { rings, reason, job })),
        rings().prop_map(Verdict::Rings),
        reason.prop_map(Verdict::Reason),
        prop::option::of(job_id()).prop_map(Verdict::Job),
        any::<bool>().prop_map(Verdict::Flag),
        select(vec!["", "nachfragen"]).prop_map(|comment| Verdict::Comment(comment.to_owned())),
        Just(Verdict::Skip),
        Just(Verdict::Reopen),
        Just(Verdict::ReopenJob),
    ]
}

/// Any decision, some of them refused in most states.
pub fn decision() -> impl Strategy<Value = Decision> {
    let place = || (0..6usize).prop_map(key);
    prop_oneof![
        6 => (place(), verdict()).prop_map(|(statement, verdict)| Decision::Statement { statement, verdict, shown: None }),
        1 => (place(), 0..12usize, any::<bool>())
            .prop_map(|(passage, at, ends)| Decision::Boundary { passage, at, ends }),
        1 => place().prop_map(|turn| Decision::TurnSpeaker { turn, speaker: "B2".into() }),
        1 => any::<bool>().prop_map(|asks| Decision::SpeakerRole {
            transcript: TranscriptKey::of("ein Text"),
            speaker: "B1".into(),
            role: if asks { Role::Interviewer } else { Role::Respondent },
        }),
        3 => job_id().prop_map(|id| Decision::ConfirmJob { job: job(&id) }),
        1 => job_id().prop_map(|id| Decision::RenameJob { job: Job { title: "Neu".into(), ..job(&id) } }),
        1 => (job_id(), job_id()).prop_map(|(from, into)| Decision::MergeJobs { from, into }),
        1 => job_id().prop_map(|id| Decision::RemoveJob { id }),
        1 => (0..6usize, 0..6usize, select(vec![None, Some(Link::Must), Some(Link::Cannot)]))
            .prop_filter_map("one statement", |(first, second, link)| {
                Some(Decision::Link { pair: Pair::new(key(first), key(second))?, link })
            }),
    ]
}

/// What somebody tries to do; `Undo` and `Redo` mean the next ones.
#[derive(Debug, Clone)]
enum Wish {
    Decide(Vec<Decision>),
    Undo,
    Redo,
    Name,
}

fn wishes() -> impl Strategy<Value = Vec<(usize, Wish)>> {
    let wish = prop_oneof![
        6 => prop::collection::vec(decision(), 1..4).prop_map(Wish::Decide),
        2 => Just(Wish::Undo),
        1 => Just(Wish::Redo),
        1 => Just(Wish::Name),
    ];
    prop::collection::vec((0..2usize, wish), 0..40)
}

pub fn entry(state: &State, who: &str, action: Action) -> Entry {
    let at = Timestamp::from_second(i64::try_from(state.next_id().0).unwrap()).unwrap();
    Entry { id: state.next_id(), who: who.to_owned(), at, action }
}

fn action(state: &State, who: &str, wish: Wish) -> Option<Action> {
    Some(match wish {
        Wish::Decide(decisions) => Action::Decide(decisions),
        Wish::Undo => Action::Undo(vec![state.next_undo(who)?]),
        Wish::Redo => Action::Redo(state.next_redo(who)?.to_vec()),
        Wish::Name => Action::RestorePoint("vor dem Mittag".into()),
    })
}

/// The state after all wishes that were not refused; refused ones must leave no trace.
fn granted(wishes: Vec<(usize, Wish)>) -> State {
    let mut state = State::default();
    for (who, wish) in wishes {
        let who = PEOPLE[who];
        if let Some(action) = action(&state, who, wish) {
            let before = state.clone();
            if state.apply(entry(&state, who, action)).is_err() {
                assert_eq!(state, before);
            }
        }
    }
    state
}

fn apply(state: &mut State, who: &str, action: Action) -> EntryId {
    let entry = entry(state, who, action);
    let id = entry.id;
    state.apply(entry).unwrap();
    id
}

proptest! {
    #[test]
    fn folding_at_once_and_step_by_step_is_the_same(wishes in wishes()) {
        let state = granted(wishes);
        prop_assert_eq!(State::of(state.entries()).unwrap(), state);
    }

    #[test]
    fn undo_takes_a_step_back_and_redo_makes_it_stand_again(wishes in wishes(), decisions in prop::collection::vec(decision(), 1..4)) {
        let before = granted(wishes);
        let mut state = before.clone();
        if state.apply(entry(&before, "Anna", Action::Decide(decisions))).is_ok() {
            let after = state.current().clone();
            let step = state.next_undo("Anna").unwrap();
            apply(&mut state, "Anna", Action::Undo(vec![step]));
            prop_assert_eq!(state.current(), before.current());
            let undone = state.next_redo("Anna").unwrap().to_vec();
            prop_assert_eq!(&undone, &[step]);
            apply(&mut state, "Anna", Action::Redo(undone));
            prop_assert_eq!(state.current(), &after);
            prop_assert_eq!(state.next_redo("Anna"), None);
        }
    }

    /// Going back to a restore point is one step, and so is coming back from there.
    #[test]
    fn a_restore_point_is_reached_at_once(wishes in wishes(), steps in prop::collection::vec(decision(), 1..10)) {
        let mut state = granted(wishes);
        let point = apply(&mut state, "Anna", Action::RestorePoint("vor dem Sammeln".into()));
        let before = state.current().clone();
        for decision in steps {
            let _ = state.apply(entry(&state, "Anna", Action::Decide(vec![decision])));
        }
        let after = state.current().clone();
        let since = state.since(point);
        if !since.is_empty() {
            apply(&mut state, "Ben", Action::Undo(since.clone()));
            prop_assert_eq!(state.current(), &before);
            apply(&mut state, "Ben", Action::Redo(since));
            prop_assert_eq!(state.current(), &after);
        }
    }

    /// Of two decisions about one thing the later one stands, whoever made it.
    #[test]
    fn the_later_decision_stands(first in rings(), second in rings()) {
        let mut state = State::default();
        for (who, rings) in [("Anna", &first), ("Ben", &second)] {
            let verdict = Verdict::Rings(rings.clone());
            apply(&mut state, who, Action::Decide(vec![Decision::Statement { statement: key(1), verdict, shown: None }]));
        }
        let made = state.current().statement(&key(1)).unwrap().rings.clone().unwrap();
        prop_assert_eq!((&made.value, made.by.who.as_str()), (&second, "Ben"));
        let earlier = State::of(&state.entries()[..1]).unwrap();
        apply(&mut state, "Ben", Action::Undo(vec![EntryId(2)]));
        prop_assert_eq!(state.current(), earlier.current());
    }

    /// Every statement of a job is a member of just this job, and the job is there.
    #[test]
    fn members_belong_to_confirmed_jobs(wishes in wishes()) {
        let state = granted(wishes);
        let current = state.current();
        let given = current.statements().filter(|(_, decided)| decided.job.as_ref().is_some_and(|made| made.value.is_some()));
        let members: usize = current.jobs().iter().map(|job| current.members(&job.id).count()).sum();
        prop_assert_eq!(given.count(), members);
    }

    #[test]
    fn decisions_come_back_from_json(decision in decision()) {
        let json = serde_json::to_string(&decision).unwrap();
        prop_assert_eq!(serde_json::from_str::<Decision>(&json).unwrap(), decision);
    }
}

fn statement(place: usize, verdict: Verdict) -> Decision {
    Decision::Statement { statement: key(place), verdict, shown: None }
}

#[test]
fn a_bulk_decision_is_undone_in_one() {
    let mut state = State::default();
    let accept = |place| statement(place, Verdict::Coding(Coding::default()));
    apply(&mut state, "Anna", Action::Decide((0..5000).map(accept).collect()));
    assert_eq!(state.current().statements().count(), 5000);
    let step = state.next_undo("Anna").unwrap();
    apply(&mut state, "Anna", Action::Undo(vec![step]));
    assert_eq!(state.current(), &Current::default());
}

#[test]
fn a_step_is_refused_as_a_whole() {
    let mut state = State::default();
    let decisions = vec![statement(0, Verdict::Skip), statement(1, Verdict::Job(Some("fehlt".into())))];
    let error = state.apply(entry(&state, "Anna", Action::Decide(decisions))).unwrap_err();
    assert_eq!(error, LogError { entry: EntryId(1), problem: Problem::NoJob("fehlt".into()) });
    assert_eq!(state, State::default());
}

#[test]
fn what_cannot_follow_is_named() {
    let mut state = State::default();
    let id = apply(&mut state, "Anna", Action::Decide(vec![Decision::ConfirmJob { job: job("a") }]));
    let mut refused = |who: &str, action| state.apply(entry(&state.clone(), who, action)).unwrap_err().problem;
    assert_eq!(refused(" ", Action::RestorePoint("x".into())), Problem::Nobody);
    assert_eq!(refused("Anna", Action::Decide(vec![])), Problem::Empty);
    assert_eq!(refused("Anna", Action::Undo(vec![EntryId(7)])), Problem::NotStanding(EntryId(7)));
    assert_eq!(refused("Anna", Action::Redo(vec![id])), Problem::NotUndone(id));
    assert_eq!(
        refused("Anna", Action::Decide(vec![Decision::ConfirmJob { job: job("a") }])),
        Problem::SameJob("a".into())
    );
    let same = Entry { id, who: "Anna".into(), at: Timestamp::UNIX_EPOCH, action: Action::RestorePoint("x".into()) };
    assert_eq!(state.apply(same).unwrap_err().problem, Problem::Order(id));
}

/// Anna confirms a job, Ben gives it a statement: Anna cannot take the job away from under it.
#[test]
fn undoing_is_refused_where_somebody_else_needs_it() {
    let mut state = State::default();
    let step = apply(&mut state, "Anna", Action::Decide(vec![Decision::ConfirmJob { job: job("a") }]));
    let later = apply(&mut state, "Ben", Action::Decide(vec![statement(0, Verdict::Job(Some("a".into())))]));
    let before = state.clone();
    let error = state.apply(entry(&state, "Anna", Action::Undo(vec![step]))).unwrap_err();
    assert_eq!(error.entry, later);
    assert_eq!(state, before);
    assert_eq!((state.next_undo("Anna"), state.next_undo("Ben")), (Some(step), Some(later)));
}

#[test]
fn merged_and_removed_jobs_take_their_statements_along() {
    let mut state = State::default();
    let job_of = |id: &str| Verdict::Job(Some(id.into()));
    let mut decisions: Vec<Decision> = ["a", "b"].map(|id| Decision::ConfirmJob { job: job(id) }).into();
    decisions.extend([statement(0, job_of("a")), statement(1, job_of("b")), statement(2, Verdict::Job(None))]);
    apply(&mut state, "Anna", Action::Decide(decisions));
    apply(&mut state, "Anna", Action::Decide(vec![Decision::MergeJobs { from: "a".into(), into: "b".into() }]));
    assert_eq!(state.current().members("b").count(), 2);
    assert_eq!(state.current().jobs(), [job("b")]);
    apply(&mut state, "Anna", Action::Decide(vec![Decision::RemoveJob { id: "b".into() }]));
    assert_eq!(state.current().statement(&key(1)), None);
    assert_eq!(state.current().statement(&key(2)).unwrap().job.as_ref().unwrap().value, None);
}

#[test]
fn accepting_is_told_from_correcting() {
    let rings = Ring::ALL.map(|id| RingSuggestion { id, p: 0.5, suggested: id == Ring::Huerde }).to_vec();
    let reason = ReasonSuggestion { p: 0.75, suggested: true, span: Some(ByteSpan::new(3, 8)) };
    let shown = Shown { rings, reason, job: None };
    let accepted = shown.coding();
    assert_eq!(accepted.rings.primary(), Some(Ring::Huerde));
    assert_eq!(accepted.reason, Reason::Yes { span: Some(ByteSpan::new(3, 8)) });
    assert_ne!(Coding { reason: Reason::No, ..accepted.clone() }, accepted);
}

/// An interview with one respondent, a turn for each text.
pub fn interview(turns: &[&str]) -> (Transcript, Vec<Statement>) {
    let speakers = vec![Speaker { name: "B1".into(), role: Role::Respondent }];
    let turn = |text: &&str| NewTurn { speaker: 0, start: None, end: None, text: (*text).to_owned(), foreign: None };
    let format = Format { container: Container::Text, convention: Convention::Plain };
    let transcript = Transcript::new("b1", format, speakers, turns.iter().map(turn).collect());
    let statements = ringwerk::segment::segment(&transcript, ringwerk::segment::Units::Sentence);
    (transcript, statements)
}

fn texts(current: &Current, transcript: &Transcript, statements: &[Statement]) -> Vec<String> {
    let shaped = current.shaped(transcript, statements);
    shaped.iter().map(|statement| statement.span.of(transcript.text()).to_owned()).collect()
}

#[test]
fn statements_are_merged_and_split_and_put_back() {
    let (transcript, statements) = interview(&["Größe zählt nicht. Preis schon.", "Und Ruhe."]);
    let key = TranscriptKey::of(transcript.text());
    let mut state = State::default();
    assert!(Decision::merge(&key, &statements[1], &statements[2]).is_none(), "of different turns");
    let merge = Decision::merge(&key, &statements[0], &statements[1]).unwrap();
    apply(&mut state, "Anna", Action::Decide(vec![merge]));
    assert_eq!(texts(state.current(), &transcript, &statements), ["Größe zählt nicht. Preis schon.", "Und Ruhe."]);

    let merged = StatementKey::new(&key, state.current().shaped(&transcript, &statements)[0].span);
    let at = transcript.text().find("nicht").unwrap();
    assert!(Decision::split(transcript.text(), &merged, 0).is_none(), "nothing before");
    assert!(Decision::split(transcript.text(), &merged, 3).is_none(), "within a character");
    let split = Decision::split(transcript.text(), &merged, at).unwrap();
    apply(&mut state, "Anna", Action::Decide(vec![split]));
    assert_eq!(texts(state.current(), &transcript, &statements), ["Größe zählt", "nicht. Preis schon.", "Und Ruhe."]);

    let shaped = state.current().shaped(&transcript, &statements);
    let back = Decision::merge(&key, &shaped[0], &shaped[1]).unwrap();
    apply(&mut state, "Anna", Action::Decide(vec![back]));
    assert_eq!(texts(state.current(), &transcript, &statements), ["Größe zählt nicht. Preis schon.", "Und Ruhe."]);
    assert_eq!(state.current().shaped(&transcript, &statements)[0].span, merged.span);
}

#[test]
fn turns_and_speakers_are_corrected() {
    let (transcript, _) = interview(&["Wie kam es?", "Zufall."]);
    let key = TranscriptKey::of(transcript.text());
    let turn = StatementKey::new(&key, transcript.turns()[0].span);
    let mut state = State::default();
    let role = |role| Decision::SpeakerRole { transcript: key.clone(), speaker: "I".into(), role };
    let given = Decision::TurnSpeaker { turn, speaker: "I".into() };
    apply(&mut state, "Anna", Action::Decide(vec![given, role(Role::Interviewer)]));
    let corrected = state.current().with_speakers(&transcript);
    assert_eq!(corrected.speaker(&corrected.turns()[0]).role, Role::Interviewer);
    assert_eq!(corrected.speaker(&corrected.turns()[1]).name, "B1");
    assert_eq!(corrected.text(), transcript.text());
}

/// Word by word: whatever is merged and split, the words stay, in order, none twice.
fn shapes() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..40usize, 0..60usize), 0..12)
}

proptest! {
    #[test]
    fn no_word_is_lost_whatever_is_merged_and_split(shapes in shapes()) {
        let (transcript, statements) = interview(&["Äpfel sind rot. Birnen nicht so. Gut.", "Ja. Das Öl war alle, sonst nichts."]);
        let (text, key) = (transcript.text(), TranscriptKey::of(transcript.text()));
        let mut state = State::default();
        for (which, at) in shapes {
            let shaped = state.current().shaped(&transcript, &statements);
            let first = shaped[which % shaped.len()];
            let next = shaped.get(which % shaped.len() + 1);
            let merge = next.and_then(|next| Decision::merge(&key, &first, next));
            let split = Decision::split(text, &StatementKey::new(&key, first.span), at);
            if let Some(decision) = split.or(merge) {
                apply(&mut state, "Anna", Action::Decide(vec![decision]));
            }
            let said: Vec<&str> = state.current().shaped(&transcript, &statements).iter().map(|one| one.span.of(text)).collect();
            prop_assert!(said.iter().all(|one| !one.is_empty() && one.trim() == *one));
            let letters = |text: &str| words(text).map(|word| word.of(text).to_owned()).collect::<String>();
            prop_assert_eq!(letters(&said.join(" ")), letters(text));
        }
    }
}
