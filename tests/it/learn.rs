//! Learning from decisions: hand-made vectors and probabilities, for which the right answer is known.

use std::path::Path;

use proptest::prelude::*;
use ringwerk::classify::{Decisions, FittedOn, JobList, RouteLimits, Scale, Target};
use ringwerk::codebook::{Job, Ring, Rings};
use ringwerk::coding::*;
use ringwerk::encode::HashedEncoder;
use ringwerk::learn::*;
use ringwerk::pipeline::encode_jobs;
use ringwerk::store::{Project, RunSource};
use ringwerk::text::ByteSpan;
use ringwerk::transcript::{Container, Convention, Format, NewTurn, Role, Speaker, Statement, Transcript};
use ringwerk::vectors::Vectors;

/// Numbers of a vector. One direction for each of a few topics, and one that all statements have in common.
const DIMENSIONS: usize = 8;
const MODEL: &str = "model";

fn decisions() -> Decisions {
    Decisions {
        version: Decisions::VERSION,
        model: MODEL.into(),
        fitted_on: FittedOn { projects: 1, statements: 1 },
        temperature: 1.0,
        scales: [Scale { own: 0.0, primary: 0.0, offset: 0.0 }; 8],
        reason: 0.5,
        second: 0.5,
        route: RouteLimits::default(),
        cut: 0.5,
        job_sharpness: 4.0,
    }
}

/// A statement as the engine sees it: what it is about, and how sure the engine is of which ring.
#[derive(Debug, Clone, Copy)]
struct Said {
    topic: usize,
    ring: Ring,
    sure: f32,
}

/// An interview in which nothing but these statements is said.
fn interview(name: &str, said: &[Said]) -> Coded {
    let speakers = vec![Speaker { name: "B".into(), role: Role::Respondent }];
    let texts: Vec<String> = (0..said.len()).map(|number| format!("{name}, Aussage {number}.")).collect();
    let turn = |text: &String| NewTurn { speaker: 0, start: None, end: None, text: text.clone(), foreign: None };
    let format = Format { container: Container::Text, convention: Convention::Plain };
    let transcript = Transcript::new(name, format, speakers, texts.iter().map(turn).collect());
    let statements: Vec<Statement> =
        transcript.turns().iter().enumerate().map(|(turn, placed)| Statement { turn, span: placed.span }).collect();
    let mut vectors = Vectors::empty(DIMENSIONS);
    for one in said {
        let mut row = [0.0; DIMENSIONS];
        (row[0], row[1 + one.topic]) = (1.0, 1.0);
        vectors.push(&row);
    }
    let suggestions = said.iter().zip(&texts).map(|(one, text)| Some(suggestion(one, text))).collect();
    Coded { interview: CodedInterview { transcript, statements, suggestions }, vectors, tokens: 0 }
}

fn suggestion(said: &Said, text: &str) -> Suggestion {
    let others = (1.0 - said.sure) / 6.0;
    let mut primary = [others; 7];
    primary[said.ring.index()] = said.sure;
    let mut p = [others; 8];
    p[said.ring.index()] = said.sure;
    (p[Target::Reason.index()], p[Target::Job.index()]) = (0.2, 0.7);
    decisions().weigh(&p, primary, text)
}

fn rings(rings: &[Ring]) -> ToldStatement {
    ToldStatement { rings: Rings::new(rings.to_vec()), ..ToldStatement::default() }
}

fn job(id: &str) -> ToldStatement {
    ToldStatement { job: Some(Some(id.into())), ..ToldStatement::default() }
}

fn at(interview: usize, statement: usize) -> StatementRef {
    StatementRef { interview, statement }
}

/// Every second statement is about the first topic, which the engine takes for a barrier, unsure of it.
fn alternating() -> Vec<Coded> {
    let said = |number: usize| match number % 2 {
        0 => Said { topic: 0, ring: Ring::Huerde, sure: 0.4 },
        _ => Said { topic: 1, ring: Ring::Einfluss, sure: 0.9 },
    };
    let said: Vec<Said> = (0..20).map(said).collect();
    vec![interview("a", &said), interview("b", &said)]
}

fn frame(decisions: &Decisions) -> Frame<'_> {
    Frame { decisions, jobs: None }
}

fn suggested(interviews: &[CodedInterview], at: StatementRef) -> &Suggestion {
    interviews[at.interview].suggestions[at.statement].as_ref().unwrap()
}

#[test]
fn what_was_corrected_is_suggested_otherwise_where_the_same_is_said() {
    let (coded, decisions) = (alternating(), decisions());
    let mut told = Told::default();
    for number in 0..6 {
        let right = if number % 2 == 0 { Ring::Kriterium } else { Ring::Einfluss };
        told.tell(at(0, number), rings(&[right]));
    }
    let Learning { interviews, record } = learn(&coded, &told, frame(&decisions));
    assert_eq!(suggested(&interviews, at(1, 10)).primary_ring(), Some(Ring::Kriterium));
    assert_eq!(suggested(&interviews, at(1, 11)).primary_ring(), Some(Ring::Einfluss));
    assert_eq!(record.rings, Check { decided: 6, before: 3, after: 6, used: true });
    assert!(record.changed.contains(&at(1, 10)) && !record.changed.contains(&at(1, 11)));
}

/// Decisions that nothing follows from: the same is told to be a barrier and a criterion in turn.
#[test]
fn what_tells_decisions_no_better_changes_nothing() {
    let (coded, decisions) = (alternating(), decisions());
    let mut told = Told::default();
    told.tell(at(0, 1), rings(&[Ring::Einfluss]));
    told.tell(at(1, 11), rings(&[Ring::Einfluss]));
    told.tell(at(0, 4), rings(&[Ring::Huerde]));
    told.tell(at(1, 14), rings(&[Ring::Kriterium]));
    let Learning { interviews, record } = learn(&coded, &told, frame(&decisions));
    assert!(!record.rings.used, "{record:?}");
    assert_eq!(interviews, coded.iter().map(|one| one.interview.clone()).collect::<Vec<_>>());
}

#[test]
fn no_decisions_change_nothing() {
    let (coded, decisions) = (alternating(), decisions());
    let jobs = job_list_of(&[("eins", "nichts davon"), ("zwei", "auch nicht")]);
    let described = learn(&coded, &Told::default(), Frame { decisions: &decisions, jobs: Some(&jobs) });
    let learning = learn(&coded, &Told::default(), frame(&decisions));
    assert_eq!(learning.interviews, coded.iter().map(|one| one.interview.clone()).collect::<Vec<_>>());
    assert_eq!(learning.record, Learned::default());
    assert_eq!(described.record.decided, 0);
}

fn job_list_of(jobs: &[(&str, &str)]) -> JobList {
    let job = |(id, description): &(&str, &str)| Job {
        id: (*id).into(),
        title: (*id).into(),
        description: (*description).into(),
    };
    encode_jobs(&HashedEncoder::new(DIMENSIONS), &jobs.iter().map(job).collect::<Vec<_>>()).unwrap()
}

/// The descriptions say nothing of the topics; only members can tell.
#[test]
fn members_tell_the_job_of_statements_like_them() {
    let (coded, decisions) = (alternating(), decisions());
    let jobs = job_list_of(&[("eins", "nichts davon"), ("zwei", "auch nicht")]);
    let mut told = Told::default();
    for number in 0..10 {
        told.tell(at(0, number), job(if number % 2 == 0 { "eins" } else { "zwei" }));
    }
    let Learning { interviews, record } = learn(&coded, &told, Frame { decisions: &decisions, jobs: Some(&jobs) });
    assert!(record.jobs.used && record.jobs.after == 10, "{record:?}");
    let job = |at| suggested(&interviews, at).job.as_ref().map(|job| job.id.as_str());
    assert_eq!((job(at(1, 14)), job(at(1, 15))), (Some("eins"), Some("zwei")));
    assert!(suggested(&interviews, at(1, 14)).job.as_ref().is_some_and(|job| job.p <= 1.0));
}

fn ring() -> impl Strategy<Value = Ring> {
    (0..Ring::ALL.len()).prop_map(|index| Ring::ALL[index])
}

fn told_some() -> impl Strategy<Value = Vec<(StatementRef, ToldStatement)>> {
    let rings = prop::option::of(prop::option::of(ring()));
    let one = (0..2_usize, 0..20_usize, rings, prop::option::of(any::<bool>()), prop::option::of(0..3_usize));
    let one = one.prop_map(|(interview, statement, rings, reason, job)| {
        let rings = rings.map(|ring| Rings::new(ring.into_iter().collect()).unwrap());
        let job = job.map(|job| ["eins", "zwei"].get(job).map(|id| (*id).to_owned()));
        (at(interview, statement), ToldStatement { rings, reason, job })
    });
    prop::collection::vec(one, 0..30).prop_map(|told| {
        let told: std::collections::BTreeMap<_, _> = told.into_iter().collect();
        told.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn decided_statements_keep_what_was_suggested(told in told_some()) {
        let (coded, decisions) = (alternating(), decisions());
        let jobs = job_list_of(&[("eins", "nichts davon"), ("zwei", "auch nicht")]);
        let all = told.iter().fold(Told::default(), |mut all, (at, told)| { all.tell(*at, told.clone()); all });
        let learned = learn(&coded, &all, Frame { decisions: &decisions, jobs: Some(&jobs) }).interviews;
        for (at, told) in &told {
            let before = coded[at.interview].interview.suggestions[at.statement].as_ref().unwrap();
            let after = suggested(&learned, *at);
            prop_assert!(told.rings.is_none() || before.rings == after.rings && before.confidence == after.confidence);
            prop_assert!(told.reason.is_none() || before.reason == after.reason);
            prop_assert!(told.job.is_none() || before.job == after.job);
        }
    }

    #[test]
    fn the_order_of_decisions_does_not_matter(told in told_some()) {
        let (coded, decisions) = (alternating(), decisions());
        let tell = |mut all: Told, (at, told): &(StatementRef, ToldStatement)| { all.tell(*at, told.clone()); all };
        let forth = learn(&coded, &told.iter().fold(Told::default(), tell), frame(&decisions));
        let back = learn(&coded, &told.iter().rev().fold(Told::default(), tell), frame(&decisions));
        prop_assert_eq!(forth, back);
    }

    #[test]
    fn fewer_decisions_told_right_are_never_used(told in told_some()) {
        let (coded, decisions) = (alternating(), decisions());
        let jobs = job_list_of(&[("eins", "nichts davon"), ("zwei", "auch nicht")]);
        let all = told.iter().fold(Told::default(), |mut all, (at, told)| { all.tell(*at, told.clone()); all });
        let record = learn(&coded, &all, Frame { decisions: &decisions, jobs: Some(&jobs) }).record;
        for check in [record.rings, record.reasons, record.some_job, record.jobs] {
            prop_assert!(!check.used || check.after >= check.before, "{:?}", check);
        }
    }
}

/// A project as `code --project` leaves it.
fn project(folder: &Path) -> Project {
    let project = Project::open(folder).unwrap();
    let coded = alternating();
    for one in &coded {
        let name = one.interview.transcript.id.as_str();
        project.keep(name, "key", Path::new(name), one).unwrap();
    }
    let names: Vec<&str> = coded.iter().map(|one| one.interview.transcript.id.as_str()).collect();
    let sources: Vec<RunSource> =
        names.iter().map(|name| RunSource { hash: name, path: Path::new(name), name }).collect();
    project.keep_run("key", &sources, r#"{"model":{"id":"m","hash":"model"},"settings":{"jobs":[]}}"#, "[]").unwrap();
    project
}

fn decide(project: &Project, decided: &[(usize, usize, Ring)]) {
    let coded = alternating();
    let one = |&(interview, statement, ring): &(usize, usize, Ring)| {
        let interview = &coded[interview].interview;
        let key = TranscriptKey::of(interview.transcript.text());
        let span: ByteSpan = interview.statements[statement].span;
        let verdict = Verdict::Rings(Rings::new(vec![ring]).unwrap());
        Decision::Statement { statement: StatementKey::new(&key, span), verdict, shown: None }
    };
    let mut state = project.state().unwrap();
    project.append(&mut state, "Anna", Action::Decide(decided.iter().map(one).collect())).unwrap();
}

fn shown(project: &Project) -> String {
    let run = project.last_run().unwrap().unwrap();
    let interviews: Vec<CodedInterview> = run.interviews.into_iter().map(|one| one.stored.interview).collect();
    serde_json::to_string(&interviews).unwrap()
}

const CORRECTED: [(usize, usize, Ring); 3] =
    [(0, 0, Ring::Kriterium), (0, 2, Ring::Kriterium), (0, 4, Ring::Kriterium)];

fn learn_in(project: &Project) -> Outcome {
    learn_project(project, &HashedEncoder::new(DIMENSIONS), &decisions(), MODEL).unwrap()
}

#[test]
fn in_a_project_learning_is_a_new_run_and_undoing_brings_the_same_bytes_back() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(folder.path());
    let before = shown(&project);
    assert_eq!(learn_in(&project), Outcome::NothingDecided);
    decide(&project, &CORRECTED);
    let Outcome::Changed(learned) = learn_in(&project) else { panic!("nothing learned") };
    assert!(learned.decided == 3 && !learned.changed.is_empty());
    let after = shown(&project);
    assert_ne!(before, after);
    assert_eq!(learn_in(&project), Outcome::AsBefore(learned));

    assert!(undo(&project).unwrap());
    assert_eq!(shown(&project), before);
    assert!(!undo(&project).unwrap());
    learn_in(&project);
    assert_eq!(shown(&project), after);
    assert_eq!(ringwerk::store::check(folder.path()).unwrap().faults, []);
}

#[test]
fn decisions_that_were_taken_back_are_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(folder.path());
    let before = shown(&project);
    decide(&project, &CORRECTED);
    learn_in(&project);
    let mut state = project.state().unwrap();
    let step = state.next_undo("Anna").unwrap();
    project.append(&mut state, "Anna", Action::Undo(vec![step])).unwrap();
    assert_eq!(learn_in(&project), Outcome::NothingDecided);
    assert_eq!(shown(&project), before);
}

#[test]
fn suggestions_of_another_model_are_not_learned_from() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(folder.path());
    decide(&project, &CORRECTED);
    let learned = learn_project(&project, &HashedEncoder::new(DIMENSIONS), &decisions(), "other");
    assert!(matches!(learned, Err(LearnError::OtherModel)));
    let empty = tempfile::tempdir().unwrap();
    let nothing = Project::open(empty.path()).unwrap();
    let learned = learn_project(&nothing, &HashedEncoder::new(DIMENSIONS), &decisions(), MODEL);
    assert!(matches!(learned, Err(LearnError::NothingCoded)));
}
