//! All stages together, with a stand-in for the transformer.

use ringwerk::classify::{FEATURES, features};
use ringwerk::coding::{Coded, Route, Suggestion};
use ringwerk::encode::HashedEncoder;
use ringwerk::gold::{GoldProject, read_projects};
use ringwerk::pipeline::{Engine, KnownJobs, Segmented, gather};
use ringwerk::segment::{Units, segment};
use ringwerk::train::{FitParams, TrainError, decisions, examples, frozen_heads, titles};

const DIMENSIONS: usize = 16;

fn projects(count: usize) -> Vec<GoldProject> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold");
    read_projects(&folder).unwrap().into_iter().take(count).collect()
}

fn quick() -> FitParams {
    FitParams { folds: 3, ..FitParams::default() }
}

fn coded(projects: &[GoldProject]) -> Vec<Coded> {
    let encoder = HashedEncoder::new(DIMENSIONS);
    let decisions = decisions(&encoder, "hashed", projects, &quick(), &mut |_| ()).unwrap();
    let examples = examples(&encoder, &decisions, projects, &mut |_| ()).unwrap();
    let engine = Engine::new(&encoder, &decisions, &examples, &projects[0].jobs).unwrap();
    let interviews = projects[0].interviews.iter();
    let mut coded: Vec<Coded> = interviews
        .map(|gold| {
            let segmented = Segmented { transcript: gold.transcript.clone(), statements: gold.statements.clone() };
            engine.code(segmented, &mut |_| ()).unwrap()
        })
        .collect();
    engine.assign_jobs(&mut coded.iter_mut().collect::<Vec<_>>(), &KnownJobs::new());
    coded
}

/// Statements end where the model says so (the stand-in: behind full stops), sentences and turns by rules.
#[test]
fn interviews_are_cut_by_what_was_asked_for() {
    let projects = projects(3);
    let encoder = HashedEncoder::new(DIMENSIONS);
    let decisions = decisions(&encoder, "hashed", &projects, &quick(), &mut |_| ()).unwrap();
    let examples = examples(&encoder, &decisions, &projects, &mut |_| ()).unwrap();
    let engine = Engine::new(&encoder, &decisions, &examples, &[]).unwrap();
    let transcript = &projects[0].interviews[0].transcript;
    let cut = |units| engine.cut(transcript.clone(), units).unwrap().statements;
    assert_eq!(cut(Units::Sentence), segment(transcript, Units::Sentence));
    assert_eq!(cut(Units::Turn), segment(transcript, Units::Turn));
    let statements = cut(Units::Statement);
    assert_eq!(statements.last().map(|last| last.turn), Some(transcript.turns().len() - 1));
    for pair in statements.windows(2).filter(|pair| pair[0].turn == pair[1].turn) {
        assert!(pair[0].span.of(transcript.text()).ends_with('.'));
    }
    assert!(statements.len() > transcript.turns().len());
}

#[test]
fn every_suggestion_says_why() {
    for one in coded(&projects(3)) {
        for (index, suggestion) in one.interview.suggested() {
            let text = one.interview.text(index);
            assert!(suggestion.why.words.iter().all(|word| word.of(text).starts_with(char::is_alphanumeric)), "{text}");
            assert!(suggestion.primary_ring().is_some() || suggestion.why.words.is_empty());
            let similar: Vec<f32> = suggestion.why.similar.iter().map(|similar| similar.similarity).collect();
            assert!(similar.len() == 2 && similar[0] >= similar[1], "{similar:?}");
            assert!(suggestion.why.similar.iter().all(|similar| similar.text != text), "{text}");
        }
    }
}

#[test]
fn every_answer_gets_a_suggestion_and_no_question_does() {
    for one in coded(&projects(3)) {
        let interview = &one.interview;
        assert_eq!(interview.suggestions.len(), interview.statements.len());
        for (statement, suggestion) in interview.statements.iter().zip(&interview.suggestions) {
            assert_eq!(suggestion.is_some(), interview.transcript.is_respondent(statement));
            suggestion.iter().for_each(check);
        }
    }
}

/// Six rings, the most probable first, at most two suggested, probabilities between 0 and 1.
fn check(suggestion: &Suggestion) {
    assert_eq!(suggestion.rings.len(), 6);
    assert!(suggestion.rings.is_sorted_by(|a, b| a.p >= b.p));
    assert!(suggestion.suggested_rings().count() <= 2);
    assert!(suggestion.rings.iter().all(|ring| (0.0..=1.0).contains(&ring.p)));
    assert!((0.0..=1.0).contains(&suggestion.confidence));
    assert!(matches!(suggestion.route, Route::Auto | Route::Review));
    assert!(suggestion.job.iter().all(|job| (0.0..=suggestion.some_job).contains(&job.p)));
    assert_eq!(suggestion.job.is_some(), suggestion.speaks_to_some_job());
}

#[test]
fn candidate_jobs_hold_each_statement_with_a_job_once() {
    let projects = projects(3);
    let coded = coded(&projects);
    let titles = titles(&HashedEncoder::new(DIMENSIONS), &projects).unwrap();
    let jobs = gather(&coded.iter().collect::<Vec<_>>(), &titles);
    let mut members: Vec<_> = jobs.iter().flat_map(|job| job.members.clone()).collect();
    members.sort();
    let mut expected = Vec::new();
    for (interview, one) in coded.iter().enumerate() {
        for (statement, suggestion) in one.interview.suggested() {
            if suggestion.speaks_to_some_job() {
                expected.push(ringwerk::coding::StatementRef { interview, statement });
            }
        }
    }
    assert_eq!(members, expected);
    for job in &jobs {
        assert!(job.quotes.len() <= 3 && job.quotes.iter().all(|quote| job.members.contains(quote)));
        let mut sources: Vec<usize> = job.quotes.iter().map(|quote| quote.interview).collect();
        sources.sort();
        sources.dedup();
        assert_eq!(sources.len(), job.quotes.len().min(job.interviews.len()), "quotes of different interviews");
    }
}

#[test]
fn every_statement_that_speaks_to_a_job_can_be_compared_and_no_question_can() {
    for one in coded(&projects(3)) {
        assert_eq!(one.vectors.len(), one.interview.statements.len());
        for (row, suggestion) in one.vectors.rows().zip(&one.interview.suggestions) {
            let compared = row.iter().any(|value| *value != 0.0);
            let speaks = suggestion.as_ref().is_some_and(|suggestion| suggestion.speaks_to_some_job());
            assert!(compared || !speaks);
            assert!(!compared || suggestion.is_some());
        }
    }
}

#[test]
fn the_same_input_gives_the_same_result() {
    let projects = projects(3);
    let (left, right) = (coded(&projects), coded(&projects));
    assert!(left.iter().zip(&right).all(|(a, b)| a.interview == b.interview && a.vectors == b.vectors));
    let titles = titles(&HashedEncoder::new(DIMENSIONS), &projects).unwrap();
    let gathered = |coded: &[Coded]| gather(&coded.iter().collect::<Vec<_>>(), &titles);
    assert_eq!(gathered(&left), gathered(&right));
}

#[test]
fn training_needs_projects_to_hold_back() {
    let encoder = HashedEncoder::new(DIMENSIONS);
    let error = decisions(&encoder, "hashed", &projects(2), &quick(), &mut |_| ()).unwrap_err();
    assert!(matches!(error, TrainError::TooFewProjects { projects: 2, needed: 3 }));
}

#[test]
fn no_interview_gives_no_candidate() {
    let titles = titles(&HashedEncoder::new(DIMENSIONS), &projects(3)).unwrap();
    assert!(gather(&[], &titles).is_empty());
}

#[test]
fn features_tell_who_speaks_and_where_a_turn_begins() {
    let projects = projects(1);
    let gold = &projects[0].interviews[0];
    let rows = features(&gold.transcript, &gold.statements);
    assert_eq!((rows.len(), rows.dimensions()), (gold.statements.len(), FEATURES));
    for (index, (row, statement)) in rows.rows().zip(&gold.statements).enumerate() {
        let opens = index == 0 || gold.statements[index - 1].turn != statement.turn;
        assert_eq!(row[0] == 1.0, gold.transcript.is_respondent(statement));
        assert_eq!(row[1] == 1.0, opens);
        assert!(row.iter().all(|number| (0.0..=3.0).contains(number)));
    }
}

#[test]
fn the_baseline_gives_at_most_two_rings() {
    let projects = projects(5);
    let heads = frozen_heads(&HashedEncoder::new(DIMENSIONS), &projects, &mut || ()).unwrap();
    let (ranked, rings, _) = heads.decide(&[0.1; DIMENSIONS]);
    assert_eq!(ranked.len(), 6);
    assert!(rings.len() <= 2 && rings.iter().all(|ring| ranked[..2].contains(&ring)));
}
