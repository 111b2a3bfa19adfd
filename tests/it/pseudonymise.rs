//! A study without names: the same place always gets the same replacement, everything else stays where it was, and the key
//! alone leads back.

use std::path::Path;

use jiff::Timestamp;
use ringwerk::codebook::{Job, Ring};
use ringwerk::coding::{By, EntryId, Made};
use ringwerk::error::{Explain, Tongue};
use ringwerk::export::{ExportParams, FileKind, bytes};
use ringwerk::gold::{Gold, Split, read_projects};
use ringwerk::pseudonymise::{Key, Kind, Names, NamesError, ReadNames, pseudonymised};
use ringwerk::scores::ReadWord;
use ringwerk::study::{Coded, CodedStatement, Interview, Origin, Status, Study, StudyJob};
use ringwerk::text::{ByteSpan, bare_words};
use ringwerk::transcript::{Statement, Transcript};

use crate::export::transcript;

fn at() -> Timestamp {
    "2026-03-12T10:20:30Z".parse().unwrap()
}

/// A study in which every turn is a statement that has a ring.
fn study(interviews: Vec<Transcript>) -> Study {
    let by = By { who: "Anna Öz".into(), at: at(), entry: EntryId(1) };
    let statement = |(turn, span): (usize, ByteSpan)| CodedStatement {
        place: Statement { turn, span },
        status: Status::Decided,
        rings: vec![Coded { code: Ring::Huerde, origin: Origin::Person(by.clone()) }],
        reason: None,
        job: None,
        comment: None,
    };
    let interview = |transcript: Transcript| {
        let spans: Vec<ByteSpan> = transcript.turns().iter().map(|turn| turn.span).collect();
        Interview { statements: spans.into_iter().enumerate().map(statement).collect(), transcript }
    };
    let interviews = interviews.into_iter().map(interview).collect();
    Study { name: "Aufzüge".into(), model: "m".into(), suggested_at: at(), interviews, jobs: Vec::new() }
}

fn texts(study: &Study) -> Vec<&str> {
    study.told().map(|(interview, _, statement)| interview.text(statement)).collect()
}

fn german(study: &Study) -> (Study, Key) {
    pseudonymised(study, &Names::default(), &ReadNames::default(), Tongue::German)
}

const ANSWER: &str =
    "Der Noack hat das mit der Firma Hebrecht besprochen, und Noacks Assistentin war in Wanzleben dabei.";

#[test]
fn a_name_gets_the_same_replacement_in_the_whole_study() {
    let one = transcript("noack-01", &["Frau Dettmar, was sagte Herr Noack?", ANSWER]);
    let two = transcript("noack-02", &["Und Hebrecht?", "Die Hebrecht GmbH kam aus Wanzleben, die Wanzlebener."]);
    let (new, key) = german(&study(vec![one, two]));
    let expected = [
        "Frau [Person A], was sagte Herr [Person B]?",
        "Der [Person B] hat das mit der Firma [Firma A] besprochen, und [Person B]s Assistentin war in [Ort A] dabei.",
        "Und [Firma A]?",
        "Die [Firma A] GmbH kam aus [Ort A], die [Ort A]er.",
    ];
    assert_eq!(texts(&new), expected);
    assert_eq!(new.interviews.iter().map(Interview::id).collect::<Vec<_>>(), ["Interview 01", "Interview 02"]);
    let noack = key.entries.iter().find(|entry| entry.replacement == "[Person B]").unwrap();
    assert_eq!((noack.kind, noack.forms["Noack"]), (Kind::Person, 3));
    let renamed = key.entries.iter().find(|entry| entry.replacement == "Interview 01").unwrap();
    assert!(renamed.forms.contains_key("noack-01"));
}

#[test]
fn reasons_and_comments_go_with_their_words() {
    let mut study = study(vec![transcript("a", &["Herr Noack?", "Hebrecht war teuer, weil Herr Noack Ärger machte."])]);
    let statement = &mut study.interviews[0].statements[1];
    let text = "Hebrecht war teuer, weil Herr Noack Ärger machte.";
    let reason = ByteSpan::new(text.find("weil").unwrap(), text.len());
    let origin = Origin::Engine { p: 0.75 };
    statement.reason = Some(Coded { code: Some(reason), origin });
    let by = By { who: "Anna Öz".into(), at: at(), entry: EntryId(1) };
    statement.comment = Some(Made { value: "Noack nochmal fragen: 0221 4711-23".into(), by });
    let names = names("Hebrecht;[Anbieter]");
    let (new, _) = pseudonymised(&study, &names, &ReadNames::default(), Tongue::German);
    let statement = &new.interviews[0].statements[1];
    let text = new.interviews[0].text(statement);
    assert_eq!(text, "[Anbieter] war teuer, weil Herr [Person A] Ärger machte.");
    let span = statement.reason.as_ref().unwrap().code.unwrap();
    assert_eq!(span.of(text), "weil Herr [Person A] Ärger machte.");
    assert_eq!(statement.comment.as_ref().unwrap().value, "[Person A] nochmal fragen: [Telefon A]");
}

fn names(list: &str) -> Names {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("namen.txt");
    std::fs::write(&path, list).unwrap();
    Names::read(&path).unwrap()
}

#[test]
fn a_list_adds_names_and_keeps_words() {
    let study = study(vec![transcript("a", &["Wie war es?", "Die Börde-Lift kam, die Kita rief Frau Kita an."])]);
    let (new, _) =
        pseudonymised(&study, &names("# eigene\nBörde-Lift\nKita;Kita\n"), &ReadNames::default(), Tongue::English);
    assert_eq!(texts(&new)[1], "Die [Name A] kam, die Kita rief Frau Kita an.");
}

/// What a model says that takes these words for companies, in one text.
fn read(text: &str, companies: &[&str]) -> ReadNames {
    let read = |word: ByteSpan| {
        let is_company = companies.contains(&word.of(text));
        ReadWord { span: word, p: if is_company { [0.2, 0.1, 0.6, 0.1, 0.0] } else { [0.9, 0.0, 0.1, 0.0, 0.0] } }
    };
    let mut names = ReadNames::default();
    names.add(text, &bare_words(text).map(read).collect::<Vec<_>>());
    names
}

#[test]
fn what_a_model_reads_as_a_name_in_one_place_is_one_everywhere_and_an_ordinary_word_only_there() {
    let told = "Mit Zeitkorn lief es, Notbremse war zu teuer.";
    let study = study(vec![transcript("a", &["Wie war es?", told, "Das Zeitkorn blieb, und die Bremse zieht."])]);
    let without = german(&study).0;
    assert_eq!(texts(&without)[1], told, "rules see ordinary words");
    let (new, _) = pseudonymised(&study, &Names::default(), &read(told, &["Zeitkorn", "Notbremse"]), Tongue::German);
    assert_eq!(texts(&new)[1], "Mit [Firma A] lief es, [Firma B] war zu teuer.");
    assert_eq!(texts(&new)[2], "Das [Firma A] blieb, und die Bremse zieht.");
}

#[test]
fn a_list_that_cannot_be_read_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("namen.txt");
    std::fs::write(&path, "Noack\n;[X]\n").unwrap();
    let error = Names::read(&path).unwrap_err();
    assert!(matches!(error, NamesError::NoName(_)));
    assert!(error.explain(Tongue::German).contains("Name;Ersatz"), "{}", error.explain(Tongue::German));
    assert!(matches!(Names::read(Path::new("fehlt.txt")).unwrap_err(), NamesError::Io(_)));
}

#[test]
fn labels_and_metadata_lose_their_names_and_keep_their_roles() {
    let mut one = transcript("a", &["Wie war es?", "Gut, Köster war zufrieden."]);
    one.give_turn(1, "Miriam Köster");
    let meta = [
        ("interviewee", "Miriam Köster, Leiterin"),
        ("company", "Hebrecht AG"),
        ("file", "koester.docx"),
        ("employees", "420"),
    ];
    one.meta = meta.map(|(field, value)| (field.to_owned(), value.to_owned())).into();
    let (new, _) = german(&study(vec![one]));
    let transcript = &new.interviews[0].transcript;
    let speakers: Vec<&str> = transcript.speakers().iter().map(|speaker| speaker.name.as_str()).collect();
    assert_eq!(speakers, ["I", "B1", "[Person A]"]);
    let meta: Vec<&str> = transcript.meta.values().map(String::as_str).collect();
    assert_eq!(meta, ["[Firma A]", "420", "[…]", "[Person A]"]);
    assert_eq!(texts(&new)[1], "Gut, [Person A] war zufrieden.");
}

#[test]
fn no_export_holds_a_name_or_the_key() {
    let one = transcript("noack-01", &["Frau Dettmar, was sagte Herr Noack?", ANSWER]);
    let mut study = study(vec![one]);
    let job = Job { id: "herrn-noack-entlasten".into(), title: "Herrn Noack entlasten".into(), description: "".into() };
    study.jobs.push(StudyJob { job, confirmed: true });
    let decided = &mut study.interviews[0].statements[1];
    decided.job = Some(Coded { code: "herrn-noack-entlasten".into(), origin: decided.rings[0].origin.clone() });
    let (new, key) = german(&study);
    let (_, _, statement) = new.told().last().unwrap();
    assert_eq!(statement.job.as_ref().map(|job| job.code.as_str()), Some(new.jobs[0].job.id.as_str()));
    let table = String::from_utf8(key.to_csv(Tongue::German).unwrap()).unwrap();
    assert!(table.contains("[Person B];Person;Noack;4"), "{table}");
    for kind in [FileKind::Csv, FileKind::JsonLines, FileKind::Markdown, FileKind::Qdc] {
        let content = String::from_utf8(bytes(&new, kind, &ExportParams::default()).unwrap()).unwrap();
        for name in ["Noack", "noack", "Dettmar", "Hebrecht", "Wanzleben"] {
            assert!(!content.contains(name), "{kind:?} holds {name}");
        }
    }
}

#[test]
fn ordinary_words_stay() {
    let answer = "Die Versicherer, die Zwiebeln, der Neubau und die Kreditlinie: im Einkauf rechnete unsere Buchhaltung mit \
                  Energiekosten, und meine Frau Lehrerin lachte. In Halle vier stand der Hersteller.";
    let (new, key) = german(&study(vec![transcript("a", &["Wie war es?", answer])]));
    assert_eq!(texts(&new)[1], answer);
    assert_eq!(key.entries.len(), 1, "only the interview has a new name: {key:?}");
}

#[test]
fn who_introduces_herself_is_found_everywhere() {
    let answer = "Mein Name ist Wittrow, ich bin die Kersting-Wittrow von damals. Die Wittrow kam später.";
    let (new, _) = german(&study(vec![transcript("a", &["Wer sind Sie?", answer])]));
    assert!(!texts(&new)[1].contains("Wittrow"), "{}", texts(&new)[1]);
}

#[test]
fn names_are_found_in_words_made_of_them_and_in_lower_case() {
    let answer = "Frau Tschirner kam, der Tschirnersche Vertrag auch, und die Tschirnerleute. Nur tschirner fehlte.";
    let (new, _) = german(&study(vec![transcript("a", &["Wer war da?", answer])]));
    let expected =
        "Frau [Person A] kam, der [Person A]sche Vertrag auch, und die [Person A]leute. Nur [Person A] fehlte.";
    assert_eq!(texts(&new)[1], expected);
}

#[test]
fn companies_are_found_by_what_stands_before_and_because_everybody_knows_them() {
    let answer =
        "Der Hersteller Hebrecht war schnell, Hebrecht und Google auch; die Software Klarofix lief in Offenburg.";
    let (new, _) = german(&study(vec![transcript("a", &["Wer war da?", answer])]));
    let expected =
        "Der Hersteller [Firma A] war schnell, [Firma A] und [Firma B] auch; die Software [Firma C] lief in [Ort A].";
    assert_eq!(texts(&new)[1], expected);
}

#[test]
fn a_name_in_a_short_answer_is_no_dialect() {
    let answer = "Die Anlage ist zweimal ausgefallen, und keiner von Pahlke ging ans Telefon.";
    let (new, _) = german(&study(vec![transcript("a", &["Was war der Anlass?", answer])]));
    assert!(!texts(&new)[1].contains("Pahlke"), "{}", texts(&new)[1]);
}

#[test]
fn a_name_of_two_words_leaves_none_of_them() {
    let answer = "Die Holländer, Van Rooyen heißen die, waren da. Bei Van Rooyen war es teuer.";
    let (new, _) = german(&study(vec![transcript("a", &["Wer war da?", answer])]));
    assert!(!texts(&new)[1].contains("Rooyen") && !texts(&new)[1].contains("Van"), "{}", texts(&new)[1]);
}

#[test]
fn every_statement_of_the_development_projects_lies_where_its_words_lie() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold");
    let projects = read_projects(&folder).unwrap();
    let split = Split::read(&folder, &projects).unwrap().unwrap();
    for project in projects.into_iter().filter(|project| split.development.contains(&project.id)) {
        let interviews: Vec<Interview> = project.interviews.iter().map(as_interview).collect();
        let old = Study { name: project.id, model: "m".into(), suggested_at: at(), interviews, jobs: Vec::new() };
        let (new, key) = german(&old);
        assert!(key.entries.len() > old.interviews.len(), "names were found");
        for (before, after) in old.interviews.iter().zip(&new.interviews) {
            assert_eq!(before.statements.len(), after.statements.len());
            for (one, other) in before.statements.iter().zip(&after.statements) {
                assert_eq!(one.place.turn, other.place.turn);
                assert_eq!(ends(before.text(one)), ends(after.text(other)), "{}", after.text(other));
            }
        }
        assert_eq!(german(&old), (new, key), "the same study, the same names");
    }
}

/// The sign in which a statement ends, where it is no letter; replacements end in a bracket.
fn ends(text: &str) -> Option<char> {
    text.chars().last().filter(|sign| sign.is_ascii_punctuation() && !matches!(sign, ']' | '.'))
}

fn as_interview(gold: &Gold) -> Interview {
    let open = |&place: &Statement| CodedStatement {
        place,
        status: Status::Open,
        rings: Vec::new(),
        reason: None,
        job: None,
        comment: None,
    };
    Interview { transcript: gold.transcript.clone(), statements: gold.statements.iter().map(open).collect() }
}
