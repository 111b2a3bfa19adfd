//! Which words a group prefers: values computed by hand, and who counts how often.

use ringwerk::codebook::Job;
use ringwerk::coding::{By, EntryId};
use ringwerk::report::{GroupWords, Preference, WordUse, words_by_job, words_by_segment};
use ringwerk::study::{Coded, CodedStatement, Interview, Origin, Status, Study, StudyJob};
use ringwerk::transcript::Statement;

use crate::export::transcript;

fn near(number: f64, expected: f64) {
    assert!((number - expected).abs() < 1e-6, "{number} is not {expected}");
}

#[test]
fn log_odds_and_their_error_agree_with_a_calculation_by_hand() {
    // 3 of 10 against 1 of 20, prior 2 of 20: ln(5/25) - ln(3/37), variance 1/5 + 1/25 + 1/3 + 1/37.
    let preference = Preference::new([3, 1], [10, 20], 2.0, 20.0).unwrap();
    near(preference.log_odds, 0.902_867_711_5);
    near(preference.error, 0.774_829_214_8);
    near(preference.interval()[0], 0.902_867_711_5 - 1.96 * 0.774_829_214_8);
    assert!(!preference.is_clear(), "three words are not enough");
    near(Preference::new([5, 5], [50, 50], 2.0, 20.0).unwrap().log_odds, 0.0);
    assert_eq!(Preference::new([0, 0], [10, 20], 0.0, 20.0), None, "what nobody says has no odds");
    assert!(Preference::new([60, 2], [500, 500], 2.0, 20.0).unwrap().is_clear());
}

/// A study of interviews, each with its segment and an answer that speaks to the job *rendite* where it is of segment A.
fn study(interviews: &[(&str, &str)]) -> Study {
    let at = "2026-03-12T10:20:30Z".parse().unwrap();
    let by = By { who: "Anna Öz".into(), at, entry: EntryId(1) };
    let interview = |(index, (segment, answer)): (usize, &(&str, &str))| {
        let mut transcript = transcript(&format!("i-{index}"), &["Rentabilität, Rentabilität?", answer]);
        transcript.meta.insert("segment".into(), (*segment).into());
        let job = || Coded { code: "rendite".to_owned(), origin: Origin::Person(by.clone()) };
        let spans: Vec<_> = transcript.turns().iter().map(|turn| turn.span).enumerate().collect();
        let statement = |(turn, span)| CodedStatement {
            place: Statement { turn, span },
            status: Status::Decided,
            rings: Vec::new(),
            reason: None,
            job: (turn == 1 && *segment == "A").then(job),
            comment: None,
        };
        Interview { transcript, statements: spans.into_iter().map(statement).collect() }
    };
    let job = Job { id: "rendite".into(), title: "Rendite sichern".into(), description: String::new() };
    Study {
        name: "s".into(),
        model: "m".into(),
        suggested_at: at,
        interviews: interviews.iter().enumerate().map(interview).collect(),
        jobs: vec![StudyJob { job, confirmed: true }],
    }
}

fn of<'a>(groups: &'a [GroupWords], group: &str, word: &str) -> &'a WordUse {
    let group = groups.iter().find(|one| one.group == group).unwrap();
    group.words.iter().find(|one| one.word == word).unwrap_or_else(|| panic!("{word} in {:?}", group.words))
}

const INTERVIEWS: [(&str, &str); 4] = [
    ("A", "Die Rentabilität zählt, die Rentabilität, immer die Rentabilität."),
    ("A", "Wegen der Rentabilität haben wir Anlagen gekauft."),
    ("B", "Uns geht es um Profitabilität der Anlagen."),
    ("B", "Die Profitabilität muss stimmen, nicht die Rentabilität."),
];

#[test]
fn occurrences_and_interviews_are_counted_apart_and_questions_not_at_all() {
    let segments = words_by_segment(&study(&INTERVIEWS), "segment");
    assert_eq!(segments.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    let said = of(&segments, "A", "Rentabilität");
    assert_eq!((said.by_occurrences.inside, said.by_occurrences.outside), (4, 1));
    assert_eq!((said.by_interviews.inside, said.by_interviews.outside), (2, 1));
    assert!(said.by_occurrences.log_odds > 0.0 && said.by_interviews.log_odds > 0.0);
    let mirrored = of(&segments, "B", "Rentabilität");
    near(mirrored.by_occurrences.log_odds, -said.by_occurrences.log_odds);
    near(mirrored.by_occurrences.error, said.by_occurrences.error);
}

#[test]
fn near_synonyms_are_weighed_among_themselves() {
    let segments = words_by_segment(&study(&INTERVIEWS), "segment");
    let order = |group: usize| -> Vec<&str> {
        let family = &segments[group].synonyms[0];
        family.words.iter().map(|one| one.word.as_str()).collect()
    };
    assert_eq!((order(0), order(1)), (vec!["Rentabilität", "Profitabilität"], vec!["Profitabilität", "Rentabilität"]));
    // Among 7 words: 4 of 4 against 1 of 3; the prior is as large as these, 5 of 7.
    let expected = Preference::new([4, 1], [4, 3], 5.0, 7.0).unwrap();
    assert_eq!(segments[0].synonyms[0].words[0].by_occurrences, expected);
}

#[test]
fn a_job_has_the_words_of_its_statements() {
    let jobs = words_by_job(&study(&INTERVIEWS));
    assert_eq!(jobs.len(), 1);
    assert_eq!(of(&jobs, "rendite", "Rentabilität").by_occurrences.inside, 4);
    assert_eq!(jobs[0].words[0].word, "Rentabilität", "what sets it apart comes first");
    let said: Vec<&str> = jobs[0].words.iter().map(|one| one.word.as_str()).collect();
    assert!(!said.contains(&"stimmen"), "only one interview says so: {said:?}");
}
