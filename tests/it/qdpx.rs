//! QDA projects come in: texts, metadata, codings; what leaves comes back; what cannot be taken in is named.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;
use ringwerk::codebook::{Job, Ring, Rings};
use ringwerk::coding::*;
use ringwerk::error::{Explain, Tongue};
use ringwerk::export::{ExportParams, FileKind, LineEnds, Variables, bytes};
use ringwerk::ingest::{Contents, IngestError, IngestParams, LeftOut, read_all};
use ringwerk::segment::{Units, segment};
use ringwerk::study::{CodedStatement, Interview, Material, Study};
use ringwerk::text::ByteSpan;
use ringwerk::transcript::Container;

use crate::export::{job, transcript};
use crate::render_documents::zip;

fn read(bytes: &[u8]) -> Result<Contents, IngestError> {
    let params = IngestParams { allow_language: true, ..IngestParams::default() };
    read_all(Path::new("studie.qdpx"), bytes, &params)
}

/// What is coded at which words, whoever did so.
type Codes = Vec<(String, Vec<Ring>, Option<String>, Option<Option<ByteSpan>>, Option<String>, Vec<String>)>;

fn codes(study: &Study) -> Codes {
    let title = |id: &String| study.job(id).unwrap().job.title.clone();
    let row = |(interview, _, statement): (&Interview, usize, &CodedStatement)| {
        (
            interview.text(statement).to_owned(),
            statement.rings.iter().map(|ring| ring.code).collect(),
            statement.job.as_ref().map(|job| title(&job.code)),
            statement.reason.as_ref().map(|reason| reason.code),
            statement.comment.as_ref().map(|comment| comment.value.clone()),
            statement.authors().map(|by| by.who.clone()).collect(),
        )
    };
    study.told().map(row).collect()
}

fn study(interviews: &[CodedInterview], state: &State) -> Study {
    let material = Material {
        name: "Studie",
        interviews,
        current: state.current(),
        listed_jobs: &[],
        model: "m",
        suggested_at: jiff::Timestamp::UNIX_EPOCH,
    };
    Study::new(&material, false)
}

fn word() -> impl Strategy<Value = String> {
    "[a-zäöüßÄÖÜ]{2,8}|[a-z]e\u{301}[a-z]|u\u{308}ber|🙂|👩‍👩‍👧|„ja“|<b>|&amp;|=1\\+1|\\]\\]>"
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..6).prop_map(|words| format!("Na {}.", words.join(" ")))
}

/// What a person says of a statement: rings, a job, a reason in the last word, a remark.
type Said = (Vec<Ring>, Option<&'static str>, bool, Option<String>, &'static str);

fn said() -> impl Strategy<Value = Said> {
    let rings = prop::collection::vec(select(Ring::ALL.to_vec()), 0..3);
    (
        rings,
        select(vec![None, Some("Ruhe haben"), Some("Größe: zeigen")]),
        any::<bool>(),
        prop::option::of(word()),
        select(vec!["Änna", "Ben"]),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// From a project to a file and back: the same words with the same codes of the same people, the same metadata.
    #[test]
    fn what_leaves_comes_back(
        turns in prop::collection::vec(prop::collection::vec(sentence(), 1..4), 2..7),
        said in prop::collection::vec(said(), 12),
        crlf in any::<bool>(),
        source in any::<bool>(),
    ) {
        let turns: Vec<String> = turns.iter().map(|turn| turn.join(" ")).collect();
        let transcript = transcript("werk-01", &turns.iter().map(String::as_str).collect::<Vec<_>>());
        let statements = segment(&transcript, Units::Sentence);
        let suggestions = vec![None; statements.len()];
        let before = vec![CodedInterview { transcript, statements, suggestions }];
        let state = decided(&before[0], &said);
        let leaving = study(&before, &state);

        let line_ends = if crlf { LineEnds::Crlf } else { LineEnds::Lf };
        let variables = if source { Variables::Source } else { Variables::Case };
        let params = ExportParams { line_ends, variables, ..ExportParams::default() };
        let contents = read(&bytes(&leaving, FileKind::Qdpx, &params).unwrap()).unwrap();
        let found = contents.interviews.into_iter().next().unwrap().unwrap();
        let old = &before[0].transcript;
        prop_assert_eq!(found.transcript.text(), old.text());
        prop_assert_eq!(&found.transcript.meta, &old.meta);
        prop_assert_eq!(&found.transcript.id, &old.id);
        prop_assert_eq!(found.transcript.speakers(), old.speakers());
        let starts = |transcript: &ringwerk::transcript::Transcript| transcript.turns().iter().map(|turn| turn.start).collect::<Vec<_>>();
        prop_assert_eq!(starts(&found.transcript), starts(old));

        let statements = before[0].statements.clone();
        let nothing = State::default();
        let mut adoption = Adoption::new(nothing.current(), &[]);
        adoption.take(&found.coded, Version { transcript: &found.transcript, statements: &statements });
        let adopted = adoption.finish();
        prop_assert_eq!((adopted.moved, &adopted.dropped), (0, &Vec::new()));
        let back = log(adopted.steps);
        let suggestions = vec![None; statements.len()];
        let after = vec![CodedInterview { transcript: found.transcript, statements, suggestions }];
        // That a person said "no ring" is no coding in a QDA project.
        let coded = |study: &Study| codes(study).into_iter().filter(|row| !row.5.is_empty()).collect::<Codes>();
        prop_assert_eq!(coded(&study(&after, &back)), coded(&leaving));
    }
}

fn decided(interview: &CodedInterview, said: &[Said]) -> State {
    let key = TranscriptKey::of(interview.transcript.text());
    let jobs = ["Ruhe haben", "Größe: zeigen"].map(|title| Decision::ConfirmJob { job: job(title, title) });
    let mut steps = vec![("Änna".to_owned(), jobs.to_vec())];
    let respondent = interview.statements.iter().filter(|statement| interview.transcript.is_respondent(statement));
    for (statement, (rings, job, because, comment, who)) in respondent.zip(said.iter().cycle()) {
        let text = statement.span.of(interview.transcript.text());
        let span = ByteSpan::new(text.rfind(' ').unwrap() + 1, text.len());
        let verdicts = [
            Rings::new(rings.clone()).filter(|rings| !rings.is_empty()).map(Verdict::Rings),
            job.map(|job| Verdict::Job(Some(job.to_owned()))),
            because.then_some(Verdict::Reason(Reason::Yes { span: Some(span) })),
            comment.clone().map(Verdict::Comment),
        ];
        let statement = StatementKey::new(&key, statement.span);
        let decision = |verdict| Decision::Statement { statement: statement.clone(), verdict, shown: None };
        let decisions: Vec<Decision> = verdicts.into_iter().flatten().map(decision).collect();
        if !decisions.is_empty() {
            steps.push(((*who).to_owned(), decisions));
        }
    }
    log(steps)
}

fn log(steps: Vec<(String, Vec<Decision>)>) -> State {
    let at = jiff::Timestamp::UNIX_EPOCH;
    let entry = |(number, (who, decisions)): (usize, (String, Vec<Decision>))| Entry {
        id: EntryId(number as u64 + 1),
        who,
        at,
        action: Action::Decide(decisions),
    };
    State::of(&steps.into_iter().enumerate().map(entry).collect::<Vec<_>>()).unwrap()
}

/// A project as other programs write it.
const FOREIGN: &str = r##"<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<q:Project xmlns:q="urn:QDA-XML:project:1.0" name="Studie" origin="MAXQDA 24">
  <q:Users><q:User guid="{AAAAAAAA-0000-0000-0000-000000000001}" name="Käthe"/></q:Users>
  <q:CodeBook><q:Codes>
    <q:Code guid="c1" name="5 Ringe" isCodable="true"><q:Code guid="C2" name="Typische Hürden" isCodable="true"/></q:Code>
    <q:Code guid="c3" name="Ringe::Mindset" isCodable="true"/>
    <q:Code guid="c4" name="Jobs" isCodable="true"><q:Code guid="c5" name="Ruhe &amp; Ordnung" isCodable="true"><q:Description>Satz.</q:Description></q:Code></q:Code>
    <q:Code guid="c6" name="Zäune" isCodable="true"/>
  </q:Codes></q:CodeBook>
  <q:Variables><q:Variable guid="v1" name="Branche" typeOfVariable="Text"/></q:Variables>
  <q:Cases><q:Case guid="k1"><q:VariableValue><q:VariableRef targetGUID="v1"/><q:TextValue>Bau</q:TextValue></q:VariableValue><q:SourceRef targetGUID="S1"/></q:Case></q:Cases>
  <q:Sources>
    <q:TextSource guid="s1" name="B1.docx" plainTextPath="internal://AB.txt" richTextPath="internal://AB.docx">
      <q:Description>Memo</q:Description>
      <q:PlainTextSelection guid="p1" startPosition="29" endPosition="54" name="x">
        <q:Coding guid="d1" creatingUser="aaaaaaaa-0000-0000-0000-000000000001"><q:CodeRef targetGUID="c2"/></q:Coding>
        <q:Coding guid="d2" creatingUser="aaaaaaaa-0000-0000-0000-000000000001"><q:CodeRef targetGUID="c5"/></q:Coding>
        <q:Coding guid="d3"><q:CodeRef targetGUID="c6"/></q:Coding>
      </q:PlainTextSelection>
      <q:PlainTextSelection guid="p2" startPosition="3" endPosition="10"><q:Coding guid="d4"><q:CodeRef targetGUID="c3"/></q:Coding></q:PlainTextSelection>
      <q:PlainTextSelection guid="p3" startPosition="5" endPosition="5"/>
      <q:PlainTextSelection guid="p4" startPosition="5" endPosition="5000"/>
      <q:Coding guid="d5"><q:CodeRef targetGUID="c3"/></q:Coding>
    </q:TextSource>
    <q:TextSource guid="s2" name="inline"><q:PlainTextContent>I: Was?
B: Es wurde &lt;teuer&gt;.</q:PlainTextContent></q:TextSource>
    <q:TextSource guid="s3" name="fort.txt" plainTextPath="absolute:///etc/passwd"/>
    <q:PDFSource guid="s4" name="seite.pdf" path="internal://p.pdf"><q:PDFSelection guid="p5" page="0" firstX="0" firstY="0" secondX="1" secondY="1"><q:Coding guid="d6"><q:CodeRef targetGUID="c3"/></q:Coding></q:PDFSelection>
      <q:Representation guid="s5" name="seite.pdf" plainTextPath="internal://page.txt"/></q:PDFSource>
    <q:PictureSource guid="s6" name="bild"/>
  </q:Sources>
  <q:Notes><q:Note guid="n1" name="Memo"/></q:Notes>
</q:Project>"##;

fn foreign() -> Vec<u8> {
    let text = "\u{feff}I: Wie kam es?\r\n\r\nB:  Also:  🙂 Das ging nicht mehr so. Gut.\r\n";
    zip(&[
        ("Studie.qde", FOREIGN.as_bytes()),
        ("Sources/ab.TXT", text.as_bytes()),
        ("Sources/page.txt", "I: Und?\nB: Der Preis zählte.".as_bytes()),
    ])
}

#[test]
fn projects_of_other_programs_are_read() {
    let contents = read(&foreign()).unwrap();
    let [first, inline, outside, page] = &contents.interviews[..] else { panic!("{:?}", contents.interviews) };
    let first = first.as_ref().unwrap();
    assert_eq!(first.transcript.id, "B1");
    assert_eq!(first.transcript.format.container, Container::Qdpx);
    assert_eq!(first.transcript.meta, BTreeMap::from([("Branche".to_owned(), "Bau".to_owned())]));
    assert_eq!(first.transcript.turn_text(&first.transcript.turns()[1]), "Also: 🙂 Das ging nicht mehr so. Gut.");
    let codings: Vec<(&str, &str, &str)> = first
        .coded
        .codings
        .iter()
        .map(|coding| (coding.mark.name(), coding.who.as_str(), coding.span.of(&first.coded.text)))
        .collect();
    let passage = "🙂 Das ging nicht mehr so.";
    assert_eq!(
        codings[..3],
        [("Typische Hürden", "Käthe", passage), ("Ruhe & Ordnung", "Käthe", passage), ("Zäune", "QDA", passage)]
    );
    assert_eq!((codings[3].0, codings[3].2), ("Mindset", "Wie kam"));
    let ForeignMark::Code(mindset) = &first.coded.codings[3].mark else { panic!("a code") };
    assert_eq!(mindset.groups, ["Ringe"]);
    assert!(inline.as_ref().unwrap().transcript.text().contains("Es wurde <teuer>."));
    assert!(outside.as_ref().unwrap_err().explain(Tongue::German).contains("absolute:///etc/passwd"));
    assert_eq!(page.as_ref().unwrap().transcript.id, "seite");
    let left_out = [
        (LeftOut::Media, 1),
        (LeftOut::MediaCodings, 1),
        (LeftOut::WholeTexts, 1),
        (LeftOut::Selections, 2),
        (LeftOut::Notes, 2),
    ];
    assert_eq!(contents.left_out, left_out.into());
}

fn adopt(state: &State, listed: &[Job]) -> (Adopted, String) {
    let first = read(&foreign()).unwrap().interviews.remove(0).unwrap();
    let statements = segment(&first.transcript, Units::Sentence);
    let mut adoption = Adoption::new(state.current(), listed);
    adoption.take(&first.coded, Version { transcript: &first.transcript, statements: &statements });
    (adoption.finish(), first.transcript.text().to_owned())
}

#[test]
fn codings_become_decisions_and_the_others_are_named() {
    let (adopted, text) = adopt(&State::default(), &[]);
    assert_eq!(adopted.moved, 2);
    let losses: Vec<(Loss, &str)> =
        adopted.dropped.iter().map(|dropped| (dropped.loss, dropped.mark.as_str())).collect();
    assert_eq!(losses, [(Loss::UnknownCode, "Zäune"), (Loss::Question, "Mindset")]);
    let state = log(adopted.steps);
    let (statement, decided) = state.current().statements().next().unwrap();
    assert_eq!(statement.span.of(&text), "Also: 🙂 Das ging nicht mehr so.");
    assert_eq!(decided.rings.as_ref().unwrap().value.primary(), Some(Ring::Huerde));
    assert_eq!(decided.rings.as_ref().unwrap().by.who, "Käthe");
    assert_eq!((decided.reason.is_none(), state.current().jobs().len()), (true, 1));
    assert_eq!(state.current().jobs()[0].description, "Satz.");

    // Once more: nothing is new, nothing is lost.
    let (again, _) = adopt(&state, &[]);
    assert_eq!((again.steps.len(), again.dropped.len()), (0, 2));

    // Somebody decided otherwise: that stays.
    let other =
        Decision::Statement { statement: statement.clone(), verdict: Verdict::Rings(Rings::default()), shown: None };
    let (kept, _) = adopt(&log(vec![("Ben".into(), vec![other])]), &[job("ruhe", "ruhe & ordnung")]);
    assert_eq!(kept.dropped[0].loss, Loss::Decided);
    let state = log(vec![("Ben".into(), kept.steps[0].1.clone())]);
    assert_eq!(state.current().jobs()[0].id, "ruhe", "the job of the list, not a new one");
}

#[test]
fn a_code_without_a_name_stops_nothing() {
    let mut first = read(&foreign()).unwrap().interviews.remove(0).unwrap();
    let code = ForeignCode { groups: vec!["Jobs".into()], name: " ".into(), description: String::new() };
    first.coded.codings.push(ForeignCoding { mark: ForeignMark::Code(code), ..first.coded.codings[0].clone() });
    let (known, _) = adopt(&State::default(), &[]);
    let statements = segment(&first.transcript, Units::Sentence);
    let nothing = State::default();
    let mut adoption = Adoption::new(nothing.current(), &[]);
    adoption.take(&first.coded, Version { transcript: &first.transcript, statements: &statements });
    let adopted = adoption.finish();
    assert_eq!(adopted.steps, known.steps);
    assert_eq!(adopted.dropped.len(), known.dropped.len() + 1);
}

#[test]
fn suggestions_that_left_do_not_come_back_as_decisions() {
    let project = crate::export::project("Weil die Anlage zweimal stand.");
    let leaving = project.study(true);
    let contents = read(&bytes(&leaving, FileKind::Qdpx, &ExportParams::default()).unwrap()).unwrap();
    let nothing = State::default();
    let mut adoption = Adoption::new(nothing.current(), &[]);
    for (found, coded) in contents.interviews.iter().zip(&project.interviews) {
        let found = found.as_ref().unwrap();
        adoption.take(&found.coded, Version { transcript: &found.transcript, statements: &coded.statements });
    }
    let adopted = adoption.finish();
    assert_eq!(adopted.steps.iter().map(|(who, _)| who.as_str()).collect::<Vec<_>>(), ["Anna Öz", "Ben"]);
    assert!(adopted.dropped.len() == 8 && adopted.dropped.iter().all(|dropped| dropped.loss == Loss::Suggestion));
}

#[test]
fn damaged_and_hostile_projects_are_refused() {
    let deep = "<Code name=\"a\">".repeat(5000);
    let laughs = "<!DOCTYPE p [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Project name=\"&b;\"/>";
    for xml in ["", "kein XML", "<Project", "<Project><Sources></Project>", &deep, laughs] {
        let error = read(&zip(&[("project.qde", xml.as_bytes())])).unwrap_err();
        assert!(matches!(error, IngestError::Damaged { container: Container::Qdpx, .. }), "{xml:.40}: {error}");
    }
    let whole = foreign();
    for length in (0..whole.len()).step_by(61) {
        let _ = read(&whole[..length]);
    }
    assert!(read(&zip(&[("project.qde", b"<Project/>")])).unwrap().interviews.is_empty());
}
