//! REFI-QDA files beyond the schema: paths and references resolve, and every selection is the words it names.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use ringwerk::codebook::Ring;
use ringwerk::coding::By;
use ringwerk::error::Tongue;
use ringwerk::export::{ExportParams, FileKind, LineEnds, Variables, bytes};
use ringwerk::study::{Coded, CodedStatement, Interview, Origin, Status, Study, StudyJob};

use crate::browser::left_out;
use crate::export::{job, project, transcript};

/// An element: its name and its attributes.
type Element = (String, BTreeMap<String, String>);

/// A project file, opened.
struct Package {
    xml: String,
    elements: Vec<Element>,
    /// By name.
    entries: BTreeMap<String, String>,
}

fn open(bytes: &[u8]) -> Package {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entries = BTreeMap::new();
    for index in 0..zip.len() {
        let mut content = String::new();
        let mut entry = zip.by_index(index).unwrap();
        entry.read_to_string(&mut content).unwrap();
        entries.insert(entry.name().unwrap().to_string(), content);
    }
    let xml = entries.remove("project.qde").unwrap();
    Package { elements: elements(&xml), xml, entries }
}

fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let mut elements = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let attributes = element.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                    (attribute.key.as_ref().to_string(), value)
                });
                elements.push((element.name().as_ref().to_string(), attributes.collect()));
            }
            Event::Eof => return elements,
            _ => {}
        }
    }
}

/// What the schema cannot say.
fn check(package: &Package, line_ends: LineEnds) {
    let guids: Vec<&String> = package.elements.iter().filter_map(|(_, attributes)| attributes.get("guid")).collect();
    let known: BTreeSet<&String> = guids.iter().copied().collect();
    assert_eq!(guids.len(), known.len(), "every GUID once");
    let mut text = None;
    let mut sources = 0;
    for (name, attributes) in &package.elements {
        for key in ["targetGUID", "creatingUser", "creatingUserGUID"] {
            assert!(attributes.get(key).is_none_or(|guid| known.contains(guid)), "{name} {attributes:?}");
        }
        if name == "TextSource" {
            let file = attributes["plainTextPath"].strip_prefix("internal://").unwrap();
            let content = &package.entries[&format!("sources/{file}")];
            assert!(!content.starts_with('\u{feff}'));
            assert_eq!(content.contains('\r'), line_ends == LineEnds::Crlf);
            text = Some(content.replace("\r\n", "\n").chars().collect::<Vec<char>>());
            sources += 1;
        }
        if name == "PlainTextSelection" {
            let at = |key: &str| attributes[key].parse::<usize>().unwrap();
            let slice: String = text.as_ref().unwrap()[at("startPosition")..at("endPosition")].iter().collect();
            assert!(!slice.is_empty());
            assert_eq!(slice.replace(['\n', '\t'], " "), attributes["name"]);
        }
    }
    assert_eq!(sources, package.entries.len(), "every text is a source");
}

/// Checks files against the schemas, where xmllint is there.
fn validate(files: &[(&str, &str)]) {
    if Command::new("xmllint").arg("--version").output().is_err() {
        return left_out("the schema; xmllint is missing (Debian: libxml2-utils)");
    }
    let folder = tempfile::tempdir().unwrap();
    for (schema, xml) in files {
        let file = folder.path().join("file.xml");
        std::fs::write(&file, xml).unwrap();
        let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/refi-qda").join(schema);
        let output =
            Command::new("xmllint").args(["--noout", "--nonet", "--schema"]).arg(schema).arg(&file).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

const STOOD: &str = "Weil die Anlage zweimal stand.";

#[test]
fn projects_and_codebooks_are_valid_and_whole() {
    for with_suggestions in [false, true] {
        let study = project(STOOD).study(with_suggestions);
        for (variables, line_ends, tongue) in [
            (Variables::Case, LineEnds::Lf, Tongue::German),
            (Variables::Source, LineEnds::Crlf, Tongue::English),
            (Variables::Both, LineEnds::Lf, Tongue::German),
        ] {
            let params = ExportParams { tongue, variables, line_ends, ..ExportParams::default() };
            let package = open(&bytes(&study, FileKind::Qdpx, &params).unwrap());
            check(&package, line_ends);
            let codebook = String::from_utf8(bytes(&study, FileKind::Qdc, &params).unwrap()).unwrap();
            assert!(!package.xml.starts_with('\u{feff}') && package.xml.contains("Leiterin „Technik“ &amp; Einkauf"));
            validate(&[("Project.xsd", &package.xml), ("Codebook.xsd", &codebook)]);
            let values = package.elements.iter().filter(|(name, _)| name == "VariableValue").count();
            assert_eq!(values, if variables == Variables::Both { 12 } else { 6 });
        }
    }
}

#[test]
fn an_empty_project_is_valid() {
    let study = Study {
        name: "leer".into(),
        model: String::new(),
        suggested_at: jiff::Timestamp::UNIX_EPOCH,
        interviews: Vec::new(),
        jobs: Vec::new(),
    };
    let package = open(&bytes(&study, FileKind::Qdpx, &ExportParams::default()).unwrap());
    check(&package, LineEnds::Lf);
    let codebook = String::from_utf8(bytes(&study, FileKind::Qdc, &ExportParams::default()).unwrap()).unwrap();
    validate(&[("Project.xsd", &package.xml), ("Codebook.xsd", &codebook)]);
}

#[test]
fn people_and_engine_sign_what_is_theirs() {
    let package = open(&bytes(&project(STOOD).study(true), FileKind::Qdpx, &ExportParams::default()).unwrap());
    let users: BTreeMap<&str, &str> = package
        .elements
        .iter()
        .filter(|(name, _)| name == "User")
        .map(|(_, attributes)| (attributes["guid"].as_str(), attributes["name"].as_str()))
        .collect();
    let mut signed: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, attributes) in package.elements.iter().filter(|(name, _)| name == "Coding") {
        *signed.entry(users[attributes["creatingUser"].as_str()]).or_default() += 1;
    }
    // Anna: two rings, a job, a reason. The engine: a job where Ben decided on rings alone, and two statements with ring, job, reason.
    assert_eq!(signed.into_iter().collect::<Vec<_>>(), [("Anna Öz", 4), ("ringwerk", 8)]);
    assert!(package.xml.contains("Wahrscheinlichkeit 81 %. Modell: e5-small-de"));
    assert!(package.xml.contains("<Description>nachfragen</Description>"));
    assert!(!package.entries.values().next().unwrap().is_empty());
}

fn words() -> impl Strategy<Value = String> {
    "([a-zäöüßÄÖÜ€„“🙂👩‍👩‍👧\u{301}\u{308}<>&\"'=\\]]|[\u{0}-\u{1f}]|\\PC){1,12}( ([a-zäöüß🙂e\u{301}]|\\PC){1,9}){0,4}"
}

/// Turns by turn: their statements, each with rings and whether it says why.
fn studies() -> impl Strategy<Value = Study> {
    let statement = (words(), prop::collection::btree_set(0..6usize, 0..3), any::<bool>(), any::<bool>());
    let turns = prop::collection::vec(prop::collection::vec(statement, 1..4), 1..5);
    prop::collection::vec((words(), turns), 1..3).prop_map(|interviews| {
        let by = By { who: "Ännä".into(), at: jiff::Timestamp::UNIX_EPOCH, entry: ringwerk::coding::EntryId(1) };
        let interviews = interviews.into_iter().enumerate().map(|(number, (name, turns))| {
            let texts: Vec<String> =
                turns.iter().map(|turn| turn.iter().map(|one| one.0.as_str()).collect::<Vec<_>>().join(" ")).collect();
            let transcript =
                transcript(&format!("{name}{number}"), &texts.iter().map(String::as_str).collect::<Vec<_>>());
            let mut statements = Vec::new();
            for (turn, coded) in turns.iter().enumerate() {
                let mut at = transcript.turns()[turn].span.start;
                for (text, rings, decided, because) in coded {
                    let span = ringwerk::text::ByteSpan::new(at, at + text.len());
                    at = span.end + 1;
                    let origin = if *decided { Origin::Person(by.clone()) } else { Origin::Engine { p: 0.25 } };
                    let last = text.char_indices().last().map_or(0, |(byte, _)| byte);
                    statements.push(CodedStatement {
                        place: ringwerk::transcript::Statement { turn, span },
                        status: if *decided { Status::Decided } else { Status::Suggested },
                        rings: rings
                            .iter()
                            .map(|ring| Coded { code: Ring::ALL[*ring], origin: origin.clone() })
                            .collect(),
                        reason: because.then(|| Coded {
                            code: Some(ringwerk::text::ByteSpan::new(last, text.len())),
                            origin: origin.clone(),
                        }),
                        job: because.then(|| Coded { code: "ruhe".to_owned(), origin: origin.clone() }),
                        comment: None,
                    });
                }
            }
            Interview { transcript, statements }
        });
        let jobs = vec![StudyJob { job: job("ruhe", "Ruhe haben"), confirmed: true }];
        Study {
            name: "Studie".into(),
            model: "m".into(),
            suggested_at: jiff::Timestamp::UNIX_EPOCH,
            interviews: interviews.collect(),
            jobs,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_said_every_selection_is_the_words_it_names(study in studies(), crlf in any::<bool>()) {
        let line_ends = if crlf { LineEnds::Crlf } else { LineEnds::Lf };
        let package = open(&bytes(&study, FileKind::Qdpx, &ExportParams { line_ends, ..ExportParams::default() }).unwrap());
        check(&package, line_ends);
        validate(&[("Project.xsd", &package.xml)]);
    }
}
