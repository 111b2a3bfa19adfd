//! Every style of transcription, measured against all gold interviews and on cases written by hand.

use std::path::{Path, PathBuf};

use ringwerk::error::{Explain, Tongue};
use ringwerk::gold::Gold;
use ringwerk::ingest::{IngestParams, read_bytes};
use ringwerk::transcript::{Role, Transcript, Warning};

use crate::render::{self, Names, Spoken, Style};

fn read(style: &Style, gold: &Gold, turns: &[Spoken]) -> Transcript {
    let path = PathBuf::from(format!("{}.{}", gold.transcript.id, style.ending));
    let params = IngestParams::default();
    read_bytes(&path, &style.bytes(turns), &params).unwrap_or_else(|error| panic!("{}: {error}", style.name))
}

/// What is wrong with one turn, if anything.
fn difference(style: &Style, transcript: &Transcript, index: usize, want: &Spoken) -> Option<String> {
    let turn = &transcript.turns()[index];
    let speaker = transcript.speaker(turn);
    let place = format!("{} {}, turn {}", style.name, transcript.id, index + 1);
    if speaker.name != style.names.of(want) || speaker.role != want.role {
        return Some(format!("{place}: {speaker:?} for {} {:?}", style.names.of(want), want.role));
    }
    if transcript.turn_text(turn) != want.text {
        return Some(format!("{place}:\n{}\n{}", transcript.turn_text(turn), want.text));
    }
    let known = style.precision.filter(|_| !(style.ends_only && index == 0));
    let start = turn.start.map(|start| start.millis());
    let want = known.map(|precision| want.start / precision * precision);
    (start != want).then(|| format!("{place}: {start:?} for {want:?}"))
}

/// Each style is read with one interview of so many, another part with the next style: all with all take minutes. No multiple of the
/// four interviews of a project, so that each style meets first and last ones.
const PARTS: usize = 7;

#[test]
fn every_style_gives_gold_interviews_back() {
    for (number, style) in render::styles().into_iter().enumerate() {
        for gold in render::all_gold().into_iter().skip(number % PARTS).step_by(PARTS) {
            let turns = render::spoken(&gold);
            let transcript = read(&style, &gold, &turns);
            let faults: Vec<String> = turns
                .iter()
                .enumerate()
                .take(transcript.turns().len())
                .filter_map(|(index, want)| difference(&style, &transcript, index, want))
                .collect();
            assert!(faults.is_empty(), "{} faults, the first: {}", faults.len(), faults[0]);
            assert_eq!(transcript.turns().len(), turns.len(), "{} {}", style.name, transcript.id);
            assert_eq!(transcript.format.to_string(), style.format, "{}", style.name);
            assert_eq!(transcript.language.as_deref(), Some("deu"), "{}", transcript.id);
            let foreign = transcript.warnings.iter().find(|warning| matches!(warning, Warning::ForeignTurns { .. }));
            assert_eq!(foreign, None, "{}", transcript.id);
        }
    }
}

#[test]
fn gold_files_are_read_as_they_are() {
    for gold in render::all_gold() {
        let name = format!("fixtures/gold/{}/{}.json", gold.project, gold.transcript.id);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let transcript = ringwerk::ingest::read_file(&path, &IngestParams::default()).unwrap();
        assert_eq!(transcript, gold.transcript);
    }
}

/// Who asks is told from behaviour alone, also where a machine wrote no question marks.
#[test]
fn roles_are_told_from_behaviour() {
    let mut wrong = Vec::new();
    for gold in render::all_gold() {
        for marks in ["?", ""] {
            let line = |turn: &Spoken| format!("{}: {}\n", Names::People.of(turn), turn.text.replace('?', marks));
            let text: String = render::spoken(&gold).iter().map(line).collect();
            let path = PathBuf::from(format!("{}.txt", gold.transcript.id));
            let transcript = read_bytes(&path, text.as_bytes(), &IngestParams::default()).unwrap();
            let asks =
                |name: &str| transcript.speakers().iter().any(|one| one.name == name && one.role == Role::Interviewer);
            if !asks("Anna Berg") || asks("Jonas Fährmann") {
                wrong.push(format!("{}{marks}", gold.transcript.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:?}", wrong.len());
}

const NAMES: &str = "Eva: Wie fing es an?\nJan: Mit dem Ausfall.\nEva: Und dann?\nJan: Dann war Schluss.\n";

#[test]
fn a_person_may_name_the_interviewer() {
    let params =
        |name: &str| IngestParams { interviewers: vec![name.to_owned(), "Kim".to_owned()], ..Default::default() };
    let transcript = read_bytes(Path::new("a.txt"), NAMES.as_bytes(), &params("jan")).unwrap();
    let roles: Vec<Role> = transcript.speakers().iter().map(|speaker| speaker.role).collect();
    assert_eq!(roles, [Role::Respondent, Role::Interviewer]);
    assert_eq!(transcript.warnings, []);
    let error = read_bytes(Path::new("a.txt"), NAMES.as_bytes(), &params("Uwe")).unwrap_err();
    let message = error.explain(Tongue::German);
    assert!(message.contains("Uwe, Kim") && message.contains("Eva, Jan"), "{message}");
}

#[test]
fn refusals_can_be_lifted() {
    let params = IngestParams { allow_language: true, allow_no_speakers: true, ..Default::default() };
    let english =
        "I: So how did it all begin?\nB: It began when the old machine broke down for the second time that year.\n";
    let transcript = read_bytes(Path::new("a.txt"), english.as_bytes(), &params).unwrap();
    assert_eq!(transcript.language.as_deref(), Some("eng"));
    assert_eq!(transcript.warnings, [Warning::ForeignTranscript { language: "eng".to_owned() }]);
    let monologue = "Datum: 12.03.2026\nWir haben lange gesucht.\n\nDann kam der Winter.\n";
    let transcript = read_bytes(Path::new("a.txt"), monologue.as_bytes(), &params).unwrap();
    assert_eq!(transcript.text(), "Wir haben lange gesucht. Dann kam der Winter.");
    assert_eq!(transcript.warnings, [Warning::NoInterviewer]);
    assert_eq!(transcript.meta["interview_date"], "2026-03-12");
}
