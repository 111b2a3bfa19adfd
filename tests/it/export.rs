//! What leaves a project: only what people decided unless more is asked for, whole files, nothing that a spreadsheet runs.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use jiff::Timestamp;
use ringwerk::codebook::{Job, Ring, Rings};
use ringwerk::coding::*;
use ringwerk::error::{Explain, Tongue};
use ringwerk::export::{Dialect, ExportError, ExportParams, FileKind, bytes, write};
use ringwerk::segment::{Units, segment};
use ringwerk::study::{Material, Origin, Status, Study};
use ringwerk::text::ByteSpan;
use ringwerk::transcript::{Container, Convention, Format, NewTurn, Role, Speaker, Transcript};

/// An interview in which I asks and B answers in turn.
pub fn transcript(id: &str, turns: &[&str]) -> Transcript {
    let speaker = |name: &str, role| Speaker { name: name.into(), role };
    let speakers = vec![speaker("I", Role::Interviewer), speaker("B1", Role::Respondent)];
    let turn = |(index, text): (usize, &&str)| NewTurn {
        speaker: index % 2,
        start: Some(ringwerk::transcript::Timestamp::from_millis(4000 + 10_000 * index as u64)),
        end: None,
        text: (*text).to_owned(),
        foreign: None,
    };
    let format = Format { container: Container::Text, convention: Convention::F4 };
    let turns = turns.iter().enumerate().map(turn).collect();
    let mut transcript = Transcript::new(id, format, speakers, turns);
    let meta = [("interview_date", "2026-03-12"), ("employees", "420"), ("role", "Leiterin „Technik“ & Einkauf")];
    transcript.meta = meta.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    transcript
}

/// What an engine might suggest: a barrier, a reason behind the last comma, a job.
fn suggestion(text: &str) -> Suggestion {
    let ring = |(place, id): (usize, Ring)| RingSuggestion {
        id,
        p: if place == 0 { 0.8125 } else { 0.0375 },
        suggested: place == 0,
    };
    let rings = [Ring::Huerde, Ring::Ausloeser, Ring::Erfolg, Ring::Einfluss, Ring::Kriterium, Ring::Mindset];
    let span = text.rfind(", ").map(|comma| ByteSpan::new(comma + 2, text.len()));
    Suggestion {
        rings: rings.into_iter().enumerate().map(ring).collect(),
        confidence: 0.8,
        reason: ReasonSuggestion { p: 0.7, suggested: span.is_some(), span },
        some_job: 0.5,
        primary: None,
        job: Some(JobSuggestion { id: "preis".into(), p: 0.6 }),
        route: Route::Review,
        why: Why::default(),
    }
}

pub fn coded(transcript: Transcript) -> CodedInterview {
    let statements = segment(&transcript, Units::Sentence);
    let suggestions = statements.iter().map(|statement| {
        let text = statement.span.of(transcript.text());
        transcript.is_respondent(statement).then(|| suggestion(text))
    });
    CodedInterview { suggestions: suggestions.collect(), statements, transcript }
}

pub fn job(id: &str, title: &str) -> Job {
    Job { id: id.into(), title: title.into(), description: "Ein Satz.".into() }
}

const AT: &str = "2026-03-12T10:20:30Z";

fn entry(id: u64, who: &str, decisions: Vec<Decision>) -> Entry {
    let at: Timestamp = AT.parse().unwrap();
    Entry { id: EntryId(id), who: who.into(), at, action: Action::Decide(decisions) }
}

/// Two interviews. Decided are: of the first, the answer (Anna) and that the next one has no ring (Ben).
pub struct Project {
    pub interviews: Vec<CodedInterview>,
    pub state: State,
}

pub fn project(first: &str) -> Project {
    let one = coded(transcript(
        "werk-01",
        &["Wie kam es dazu?", &format!("{first} Ja, gut."), "Und dann?", "Nichts, weil Geld fehlte."],
    ));
    let two = coded(transcript("werk-02", &["Wer war dabei?", "Der Einkauf, der hat Angebote geholt."]));
    let key = TranscriptKey::of(one.transcript.text());
    let respondent: Vec<StatementKey> =
        one.suggested().map(|(index, _)| StatementKey::new(&key, one.statements[index].span)).collect();
    let statement =
        |index: usize, verdict| Decision::Statement { statement: respondent[index].clone(), verdict, shown: None };
    let rings = Rings::new(vec![Ring::Ausloeser, Ring::Einfluss]).unwrap();
    let coding = Coding { rings, reason: Reason::Yes { span: Some(ByteSpan::new(0, 3)) }, job: Some("ruhe".into()) };
    let entries = [
        entry(
            1,
            "Anna Öz",
            vec![Decision::ConfirmJob { job: job("ruhe", "Ruhe haben") }, statement(0, Verdict::Coding(coding))],
        ),
        entry(
            2,
            "Ben",
            vec![statement(1, Verdict::Rings(Rings::default())), statement(1, Verdict::Comment("nachfragen".into()))],
        ),
    ];
    let state = State::of(&entries).unwrap();
    Project { interviews: vec![one, two], state }
}

impl Project {
    pub fn study(&self, with_suggestions: bool) -> Study {
        let material = Material {
            name: "Studie Süd",
            interviews: &self.interviews,
            current: self.state.current(),
            listed_jobs: &[job("preis", "Preise im Griff haben")],
            model: "e5-small-de",
            suggested_at: AT.parse().unwrap(),
        };
        Study::new(&material, with_suggestions)
    }
}

const STOOD: &str = "Weil die Anlage zweimal stand.";

fn text(study: &Study, kind: FileKind) -> String {
    String::from_utf8(bytes(study, kind, &ExportParams::default()).unwrap()).unwrap()
}

#[test]
fn only_what_people_decided_leaves_unless_more_is_asked_for() {
    let project = project(STOOD);
    let study = project.study(false);
    let told: Vec<_> =
        study.told().map(|(interview, _, statement)| (interview.text(statement), statement.status)).collect();
    assert_eq!(told, [(STOOD, Status::Decided), ("Ja, gut.", Status::Decided)]);
    assert_eq!(study.jobs.len(), 1);
    assert_eq!(study.people().into_iter().collect::<Vec<_>>(), ["Anna Öz", "Ben"]);

    let study = project.study(true);
    let by_engine = |origin: &Origin| origin.probability().is_some();
    for (_, _, statement) in study.told() {
        let decided = statement.status == Status::Decided;
        assert!(statement.rings.iter().all(|ring| by_engine(&ring.origin) != decided));
    }
    let count = |status| study.told().filter(|(_, _, statement)| statement.status == status).count();
    assert_eq!((count(Status::Decided), count(Status::Suggested), count(Status::Question)), (2, 2, 0));
    assert_eq!(study.jobs.iter().map(|job| job.confirmed).collect::<Vec<_>>(), [true, false]);
    let second = study.told().nth(1).unwrap().2;
    assert!(second.rings.is_empty(), "a person said that there is no ring");
    assert!(second.job.as_ref().is_some_and(|job| by_engine(&job.origin)), "nobody decided on its job");
}

#[test]
fn what_a_person_put_aside_is_not_called_a_suggestion() {
    let mut project = project(STOOD);
    let one = &project.interviews[0];
    let statement = StatementKey::new(&TranscriptKey::of(one.transcript.text()), one.statements.last().unwrap().span);
    let aside = Decision::Statement { statement, verdict: Verdict::Skip, shown: None };
    project.state.apply(entry(3, "Ben", vec![aside])).unwrap();
    let study = project.study(true);
    assert_eq!(study.interviews[0].statements.last().map(|statement| statement.status), Some(Status::Skipped));
}

#[test]
fn statements_have_the_shape_and_the_speakers_that_people_gave_them() {
    let mut project = project(STOOD);
    let one = &project.interviews[0];
    let key = TranscriptKey::of(one.transcript.text());
    let turn = one.transcript.turns()[3].span;
    let decisions = vec![
        Decision::merge(&key, &one.statements[1], &one.statements[2]).unwrap(),
        Decision::TurnSpeaker { turn: StatementKey::new(&key, turn), speaker: "I".into() },
    ];
    project.state.apply(entry(3, "Anna Öz", decisions)).unwrap();
    let study = project.study(true);
    let texts: Vec<&str> = study.told().map(|(interview, _, statement)| interview.text(statement)).collect();
    assert_eq!(texts, ["Der Einkauf, der hat Angebote geholt."]);
    let merged = &study.interviews[0].statements[1];
    assert_eq!(study.interviews[0].text(merged), format!("{STOOD} Ja, gut."));
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let study = project(STOOD).study(false);
    for kind in FileKind::ALL {
        let path = folder.path().join(format!("studie.{}", kind.ending()));
        std::fs::write(&path, "vorher").unwrap();
        let refused = write(&study, &path, &ExportParams::default(), false).unwrap_err();
        assert!(matches!(refused, ExportError::Exists(_)));
        assert!(refused.explain(Tongue::German).contains("--force"));
        assert!(refused.explain(Tongue::English).contains("is there already"));
        assert_eq!(std::fs::read(&path).unwrap(), b"vorher");
        write(&study, &path, &ExportParams::default(), true).unwrap();
        assert!(std::fs::metadata(&path).unwrap().len() > 100);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), FileKind::ALL.len(), "nothing is left beside");
    let unknown = write(&study, Path::new("studie.doc"), &ExportParams::default(), false).unwrap_err();
    assert!(unknown.explain(Tongue::German).contains(".qdpx .qdc .xlsx .docx .csv .jsonl .md"));
    let nowhere = folder.path().join("fehlt/studie.csv");
    assert!(
        write(&study, &nowhere, &ExportParams::default(), false).unwrap_err().explain(Tongue::German).contains("fehlt")
    );
}

#[test]
fn the_same_study_gives_the_same_bytes() {
    for with_suggestions in [false, true] {
        let studies = [project(STOOD), project(STOOD)].map(|project| project.study(with_suggestions));
        for kind in FileKind::ALL {
            let [first, second] =
                [&studies[0], &studies[1]].map(|study| bytes(study, kind, &ExportParams::default()).unwrap());
            assert!(first == second, "{kind:?}");
        }
    }
}

#[test]
fn an_empty_project_can_be_written() {
    let nothing = Project { interviews: Vec::new(), state: State::default() };
    for kind in FileKind::ALL {
        bytes(&nothing.study(true), kind, &ExportParams::default()).unwrap();
    }
}

#[test]
fn csv_opens_in_a_german_excel_and_elsewhere() {
    let study = project(STOOD).study(true);
    let german = text(&study, FileKind::Csv);
    assert!(german.starts_with("\u{feff}Interview;Nr.;Zeit;"), "{german}");
    assert!(german.contains("0,8125") && german.contains("\r\n") && german.contains("Ruhe haben"));
    let params = ExportParams { dialect: Dialect::Rfc4180, tongue: Tongue::English, ..ExportParams::default() };
    let plain = String::from_utf8(bytes(&study, FileKind::Csv, &params).unwrap()).unwrap();
    assert!(plain.starts_with("Interview,No.,Time,") && plain.contains("0.8125") && plain.contains("suggestion"));
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(plain.as_bytes()).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), study.told().count());
    assert_eq!((&rows[0][4], &rows[0][5], &rows[0][13]), (STOOD, "Priority initiative", "Anna Öz"));
}

fn workbook(study: &Study) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes(study, FileKind::Xlsx, &ExportParams::default()).unwrap())).unwrap()
}

#[test]
fn a_workbook_has_real_numbers_and_dates() {
    let mut workbook = workbook(&project(STOOD).study(true));
    assert_eq!(workbook.sheet_names(), ["Aussagen", "Interviews x Ringe", "Jobs", "Zitate", "Codebuch"]);
    let statements = workbook.worksheet_range("Aussagen").unwrap();
    assert_eq!(statements.get((1, 4)), Some(&Data::String(STOOD.into())));
    assert_eq!(statements.get((1, 1)), Some(&Data::Float(2.0)));
    assert!(matches!(statements.get((1, 14)), Some(Data::DateTime(_))), "{:?}", statements.get((1, 14)));
    let status = |row| statements.get((row, 9)).unwrap().to_string();
    assert_eq!([1, 2, 3].map(status), ["bestätigt", "teils bestätigt", "Vorschlag"]);
    assert_eq!(statements.get((4, 10)), Some(&Data::Float(0.8125)));
    let matrix = workbook.worksheet_range("Interviews x Ringe").unwrap();
    let row = |number: usize| matrix.rows().nth(number).unwrap().to_vec();
    assert_eq!(row(0)[..3], ["Interview", "employees", "interview_date"].map(|title| Data::String(title.into())));
    assert_eq!(row(1)[1], Data::Float(420.0));
    assert!(matches!(row(1)[2], Data::DateTime(_)));
    assert_eq!(row(1)[4], Data::Float(1.0), "one trigger");
    assert_eq!(workbook.worksheet_range("Codebuch").unwrap().height(), 12);
}

#[test]
fn the_book_of_quotes_names_job_ring_source_and_time() {
    let book = text(&project(STOOD).study(true), FileKind::Markdown);
    let parts = [
        "# Zitate: Studie Süd",
        "## Ruhe haben",
        "### Investitionsauslöser",
        STOOD,
        "— werk-01, B1, 00:00:14",
        "## Preise im Griff haben (Vorschlag)",
        "Vorschlag (60 %)",
        "nachfragen",
    ];
    for part in parts {
        assert!(book.contains(part), "{part} is missing in:\n{book}");
    }
    let english = bytes(
        &project(STOOD).study(false),
        FileKind::Markdown,
        &ExportParams { tongue: Tongue::English, ..ExportParams::default() },
    );
    let english = String::from_utf8(english.unwrap()).unwrap();
    assert!(english.contains("Priority initiative") && !english.contains("suggestion"));
}

#[test]
fn lines_say_who_decided_and_what_is_only_suggested() {
    let lines: Vec<serde_json::Value> = text(&project(STOOD).study(true), FileKind::JsonLines)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |kind: &str| lines.iter().filter(|line| line["type"] == kind).collect::<Vec<_>>();
    assert_eq!((of("interview").len(), of("statement").len(), of("job").len()), (2, 4, 2));
    let decided = of("statement")[0];
    assert_eq!(decided["rings"][0], serde_json::json!({"id": "ausloeser", "by": "Anna Öz", "at": AT}));
    assert_eq!(decided["reason"]["span"], serde_json::json!([0, 3]));
    let suggested = of("statement")[2];
    assert_eq!((suggested["rings"][0]["p"].as_f64(), suggested["rings"][0].get("by")), (Some(0.8125), None));
    assert_eq!(of("job")[1]["confirmed"], false);
}

const HOSTILE: [&str; 8] = [
    "=cmd|'/C calc'!A0",
    " =1+1",
    "+49 30",
    "@SUM(A1)",
    "-1+2]]></Project><!--",
    "\u{0}\u{1b}[31m\u{ffff}</w:t>",
    "\t=HYPERLINK(\"http://x\")",
    "| a | <script>alert(1)</script> [x](http://y) `z`",
];

#[test]
fn no_text_becomes_a_formula_a_tag_or_a_damaged_file() {
    for hostile in HOSTILE {
        let mut project = project(STOOD);
        let mut one = transcript(hostile, &["Ja?", hostile, "Und?", hostile]);
        one.meta.insert(hostile.into(), hostile.into());
        let statements =
            one.turns().iter().enumerate().map(|(turn, one)| ringwerk::transcript::Statement { turn, span: one.span });
        let statements: Vec<_> = statements.collect();
        let suggestions = vec![None, Some(suggestion(hostile)), None, Some(suggestion(hostile))];
        project.interviews = vec![CodedInterview { transcript: one, statements, suggestions }];
        let confirmed = Decision::ConfirmJob {
            job: Job { id: hostile.into(), title: hostile.into(), description: hostile.into() },
        };
        project.state.apply(entry(3, hostile, vec![confirmed])).unwrap();
        let study = project.study(true);
        let table = bytes(&study, FileKind::Csv, &ExportParams::default()).unwrap();
        let rows = csv::ReaderBuilder::new().delimiter(b';').from_reader(table.as_slice()).into_records();
        for cell in rows.flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']) && !cell.starts_with('\t'), "{cell}");
        }
        let mut workbook = workbook(&study);
        for name in workbook.sheet_names() {
            assert!(workbook.worksheet_formula(&name).unwrap().is_empty(), "{name}");
        }
        let book = text(&study, FileKind::Markdown);
        let live = book.replace("\\]", "");
        assert!(!book.contains('<') && !live.contains("](") && !book.contains('\u{1b}'), "{book}");
        for line in text(&study, FileKind::JsonLines).lines() {
            serde_json::from_str::<serde_json::Value>(line).unwrap();
        }
    }
}

#[test]
fn the_book_for_word_says_what_the_plain_book_says() {
    let study = project("Weil <die> Anlage & „alles“ stand.").study(true);
    let content = bytes(&study, FileKind::Docx, &ExportParams::default()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(content)).unwrap();
    assert!(archive.by_name("[Content_Types].xml").is_ok());
    let document = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
    let paragraphs: Vec<String> =
        document.split("<w:t>").skip(1).map(|rest| rest[..rest.find('<').unwrap()].into()).collect();
    assert_eq!(paragraphs[0], "Zitate: Studie Süd");
    assert!(paragraphs.contains(&"„Weil &lt;die&gt; Anlage &amp; „alles“ stand.“".to_owned()), "{paragraphs:?}");
    let book = text(&study, FileKind::Markdown);
    let count = |style: &str| document.matches(&format!("w:val=\"{style}\"")).count();
    assert_eq!(count("Heading1"), book.matches("\n## ").count());
    assert_eq!(count("Heading2"), book.matches("\n### ").count());
    assert_eq!(count("QuoteSource"), book.matches("\n> — ").count());
}
