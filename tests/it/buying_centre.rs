//! Who is named in answers, and who answers.

use ringwerk::report::{Part, PartTally, buying_centre, parts_named};
use ringwerk::study::{CodedStatement, Interview, Status, Study};
use ringwerk::transcript::Statement;

use crate::export::transcript;

fn named(text: &str) -> Vec<(Part, &str)> {
    parts_named(text).into_iter().map(|mention| (mention.part, mention.span.of(text))).collect()
}

#[test]
fn people_are_found_in_any_form_and_as_parts_of_words() {
    let text = "Die Betriebsrätin, der Einkaufsleiter und unsere IT wollten, dass die GF und der Datenschutzbeauftragte zustimmen.";
    let expected = [
        (Part::WorksCouncil, "Betriebsrätin"),
        (Part::Purchasing, "Einkaufsleiter"),
        (Part::It, "IT"),
        (Part::Management, "GF"),
        (Part::DataProtection, "Datenschutzbeauftragte"),
    ];
    assert_eq!(named(text), expected);
    assert_eq!(
        named("Die Finanzvorständin fragte den Chef."),
        [(Part::Finance, "Finanzvorständin"), (Part::Management, "Chef")]
    );
}

#[test]
fn a_leader_is_known_by_the_word_before() {
    let expected = [(Part::Finance, "Leiterin"), (Part::Production, "Leiter"), (Part::It, "IT")];
    assert_eq!(named("Die Kaufmännische Leiterin, unser technischer Leiter und die IT-Leiterin."), expected);
    assert_eq!(named("Eine technische Lösung, kaufmännisch geprüft."), []);
}

#[test]
fn what_people_work_at_is_nobody() {
    assert_eq!(named("Das waren 30 Prozent Technik, it was fine, im Einkauf kostet es mehr."), []);
    assert_eq!(named("Der Einkauf war dagegen."), [(Part::Purchasing, "Einkauf")]);
}

#[test]
fn interviews_count_once_and_questions_do_not_count() {
    let turns =
        ["Was sagte der Betriebsrat?", "Der Chef war dafür.", "Und dann?", "Der Chef und der Einkauf unterschrieben."];
    let interview = |id: &str, role: &str| {
        let mut transcript = transcript(id, &turns);
        transcript.meta.insert("role".into(), role.into());
        let spans: Vec<_> = transcript.turns().iter().map(|turn| turn.span).enumerate().collect();
        let open = |(turn, span)| CodedStatement {
            place: Statement { turn, span },
            status: Status::Open,
            rings: Vec::new(),
            reason: None,
            job: None,
            comment: None,
        };
        Interview { transcript, statements: spans.into_iter().map(open).collect() }
    };
    let study = Study {
        name: "s".into(),
        model: "m".into(),
        suggested_at: "2026-03-12T10:20:30Z".parse().unwrap(),
        interviews: vec![interview("a", "Einkaufsleiterin"), interview("b", "Werkleiter")],
        jobs: Vec::new(),
    };
    let expected = [
        PartTally { part: Part::Management, speaks_in: 0, named_in: 2, statements: 4 },
        PartTally { part: Part::Purchasing, speaks_in: 1, named_in: 2, statements: 2 },
        PartTally { part: Part::Production, speaks_in: 1, named_in: 0, statements: 0 },
    ];
    assert_eq!(buying_centre(&study), expected);
}
