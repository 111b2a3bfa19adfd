//! Gold interviews as files of every style, so that reading can be measured against the truth.
#![allow(clippy::unwrap_used, reason = "a helper that fails shall fail its test")]

use std::fmt::Write as _;

use ringwerk::gold::{self, Gold};
use ringwerk::transcript::{Role, Timestamp};

use crate::render_documents;

/// A turn as a renderer needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    pub speaker: String,
    pub role: Role,
    pub start: u64,
    pub end: u64,
    pub text: String,
}

/// Every gold interview that is delivered with the repository.
pub fn all_gold() -> Vec<Gold> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gold");
    gold::read_projects(&folder).unwrap().into_iter().flat_map(|project| project.interviews).collect()
}

/// The turns of an interview, neighbours of one speaker joined; a turn ends where the next one begins.
pub fn spoken(gold: &Gold) -> Vec<Spoken> {
    let transcript = &gold.transcript;
    let mut turns: Vec<Spoken> = Vec::new();
    for turn in transcript.turns() {
        let speaker = transcript.speaker(turn);
        let text = transcript.turn_text(turn);
        let start = turn.start.unwrap().millis();
        match turns.last_mut().filter(|last| last.speaker == speaker.name) {
            Some(last) => last.text = format!("{} {text}", last.text),
            None => turns.push(Spoken {
                speaker: speaker.name.clone(),
                role: speaker.role,
                start,
                end: 0,
                text: text.to_owned(),
            }),
        }
    }
    let starts: Vec<u64> = turns.iter().map(|turn| turn.start).collect();
    for (index, turn) in turns.iter_mut().enumerate() {
        turn.end = starts.get(index + 1).copied().unwrap_or(turn.start + 20_000);
    }
    turns
}

/// A style of transcription.
pub struct Style {
    pub name: &'static str,
    pub ending: &'static str,
    /// How `format` prints after reading.
    pub format: &'static str,
    pub write: Writer,
    /// How the interviewer and the respondent are called in it (first and second speaker).
    pub names: Names,
    /// To how many milliseconds start times are exact; none where the style has no times.
    pub precision: Option<u64>,
    /// Whether the first turn's start is unknown, since stamps stand at the end of turns.
    pub ends_only: bool,
}

/// How a style is written.
#[derive(Clone, Copy)]
pub enum Writer {
    /// As text.
    Text(fn(&[Spoken]) -> String),
    /// As a document that is more than text.
    Document(fn(&[Spoken]) -> Vec<u8>),
}

impl Style {
    /// An interview as a file of this style.
    pub fn bytes(&self, turns: &[Spoken]) -> Vec<u8> {
        match self.write {
            Writer::Text(write) => write(turns).into_bytes(),
            Writer::Document(write) => write(turns),
        }
    }
}

/// What a style calls the speakers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// As in the gold file.
    Same,
    /// As machines number voices.
    Voices,
    /// `S00`, `S01`.
    Noscribe,
    /// Two people's names.
    People,
}

impl Names {
    /// The name of a speaker.
    pub fn of(self, turn: &Spoken) -> String {
        let asks = turn.role == Role::Interviewer;
        match self {
            Names::Same => turn.speaker.clone(),
            Names::Voices => if asks { "SPEAKER_01" } else { "SPEAKER_00" }.to_owned(),
            Names::Noscribe => if asks { "S00" } else { "S01" }.to_owned(),
            Names::People => if asks { "Anna Berg" } else { "Jonas Fährmann" }.to_owned(),
        }
    }
}

const fn style(
    name: &'static str,
    ending: &'static str,
    format: &'static str,
    names: Names,
    precision: Option<u64>,
    write: fn(&[Spoken]) -> String,
) -> Style {
    Style { name, ending, format, write: Writer::Text(write), names, precision, ends_only: false }
}

/// An f4 transcript in a word processor's format.
const fn f4_document(ending: &'static str, format: &'static str, write: fn(&[Spoken]) -> Vec<u8>) -> Style {
    let text = style("f4", ending, format, Names::Same, Some(100), f4);
    Style { write: Writer::Document(write), ends_only: true, ..text }
}

/// All styles.
pub fn styles() -> Vec<Style> {
    use Names::{Noscribe, People, Same, Voices};
    let (second, tenth, exact) = (Some(1000), Some(100), Some(1));
    vec![
        Style { ends_only: true, ..style("f4", "txt", "text/f4", Same, tenth, f4) },
        style("plain", "txt", "text/plain", Same, None, plain),
        style("maxqda", "txt", "text/maxqda", Same, tenth, maxqda),
        style("teams", "vtt", "vtt/teams", People, exact, teams),
        style("zoom", "vtt", "vtt/zoom", People, exact, zoom),
        style("zoom-name-line", "vtt", "vtt/zoom", People, exact, zoom_name_line),
        style("srt", "srt", "srt/subtitle", Same, exact, srt),
        style("noscribe", "html", "html/noscribe", Noscribe, exact, noscribe),
        style("noscribe", "txt", "text/noscribe", Noscribe, second, noscribe_text),
        style("noscribe", "vtt", "vtt/noscribe", Noscribe, exact, noscribe_vtt),
        style("atrain", "txt", "text/atrain", Voices, None, atrain),
        style("atrain-timestamps", "txt", "text/atrain", Voices, second, atrain_timestamps),
        style("atrain-maxqda", "txt", "text/atrain", Voices, second, atrain_maxqda),
        style("otter", "txt", "text/otter", People, second, otter),
        style("whisperx", "json", "json/whisper", Voices, exact, whisperx),
        style("whisper-cpp", "json", "json/whisper", Same, exact, whisper_cpp),
        style("table", "csv", "csv/table", Same, exact, table),
        style("zoom", "txt", "text/zoom", People, second, zoom_text),
        style("markdown", "md", "text/plain", People, None, markdown),
        style("teams-document", "txt", "text/otter", People, second, |turns| teams_document(turns).join("\n")),
        f4_document("docx", "docx/f4", |turns| render_documents::docx(&f4_lines(turns))),
        f4_document("odt", "odt/f4", |turns| render_documents::odt(&f4_lines(turns))),
        f4_document("rtf", "rtf/f4", |turns| render_documents::rtf(&f4_lines(turns))),
        Style {
            write: Writer::Document(|turns| render_documents::docx(&teams_document(turns))),
            ..style("teams", "docx", "docx/teams", People, second, f4)
        },
    ]
}

fn clock(millis: u64) -> String {
    Timestamp::from_millis(millis).to_string()
}

fn exact(millis: u64, sign: char) -> String {
    format!("{}{sign}{:03}", clock(millis), millis % 1000)
}

/// `3:15`, `1:03:15`.
fn short(millis: u64) -> String {
    let seconds = millis / 1000;
    match seconds / 3600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}

/// f4: header, then a stamp at the end of each turn.
pub fn f4_lines(turns: &[Spoken]) -> Vec<String> {
    let mut lines = vec!["Projekt: Probe".to_owned(), "Datum: 12.03.2026".to_owned(), String::new()];
    for turn in turns {
        let stamp = format!("#{}-{}#", clock(turn.end), turn.end / 100 % 10);
        lines.push(format!("{}: {} {stamp}", turn.speaker, turn.text));
    }
    lines
}

/// The lines of a Teams document: name and time, then the words.
pub fn teams_document(turns: &[Spoken]) -> Vec<String> {
    let mut lines = ["Interview Einkauf", "12. März 2026, 09:00", "23m 11s", ""].map(str::to_owned).to_vec();
    for turn in turns {
        lines.extend([format!("{}   {}", Names::People.of(turn), short(turn.start)), turn.text.clone(), String::new()]);
    }
    lines
}

fn f4(turns: &[Spoken]) -> String {
    f4_lines(turns).join("\n")
}

fn plain(turns: &[Spoken]) -> String {
    turns.iter().map(|turn| format!("{}: {}\n\n", turn.speaker, turn.text)).collect()
}

fn maxqda(turns: &[Spoken]) -> String {
    let stamp = |turn: &Spoken| format!("{}.{}", clock(turn.start), turn.start / 100 % 10);
    turns.iter().map(|turn| format!("{}{}: {}\n\n", stamp(turn), turn.speaker, turn.text)).collect()
}

/// A turn's words in pieces of about `size`, with start and end of each.
fn pieces(turn: &Spoken, size: usize) -> Vec<(u64, u64, String)> {
    let words: Vec<&str> = turn.text.split(' ').collect();
    let chunks: Vec<String> = words.chunks(size).map(|chunk| chunk.join(" ")).collect();
    let step = (turn.end - turn.start) / chunks.len() as u64;
    let start = |index: usize| turn.start + step * index as u64;
    chunks.into_iter().enumerate().map(|(index, text)| (start(index), start(index) + step, text)).collect()
}

/// Cues: identifier, times, text.
fn cues(turns: &[Spoken], sign: char, id: fn(usize) -> String, text: fn(&Spoken, &str) -> String) -> String {
    let mut file = String::new();
    let mut number = 0;
    for turn in turns {
        for (start, end, words) in pieces(turn, 14) {
            number += 1;
            let times = format!("{} --> {}", exact(start, sign), exact(end, sign));
            write!(file, "{}\n{times}\n{}\n\n", id(number), text(turn, &words)).unwrap();
        }
    }
    file
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn number(number: usize) -> String {
    number.to_string()
}

fn teams(turns: &[Spoken]) -> String {
    let id = |number| format!("7f2c01aa-0000-4f11-9d3e-5a0c1b2d3e4f/{number}-0");
    let text = |turn: &Spoken, words: &str| {
        let broken = words.replacen(", ", ",\n", 1);
        format!("<v {}>{}</v>", Names::People.of(turn), escaped(&broken))
    };
    format!("\u{feff}WEBVTT\r\n\r\n{}", cues(turns, '.', id, text).replace('\n', "\r\n"))
}

fn zoom(turns: &[Spoken]) -> String {
    let text = |turn: &Spoken, words: &str| format!("{}: {}", Names::People.of(turn), escaped(words));
    format!("WEBVTT\n\n{}", cues(turns, '.', number, text))
}

fn zoom_name_line(turns: &[Spoken]) -> String {
    let text = |turn: &Spoken, words: &str| format!("{}\n{}", Names::People.of(turn), escaped(words));
    format!("WEBVTT\n\n{}", cues(turns, '.', number, text))
}

fn srt(turns: &[Spoken]) -> String {
    cues(turns, ',', number, |turn, words| format!("{}: {words}", turn.speaker))
}

const SETTINGS: &str = "Audioquelle꞉ C꞉/Aufnahmen/probe.mp3 | Sprache꞉ de | Pausen markieren꞉ 1sec+";

fn noscribe(turns: &[Spoken]) -> String {
    let mut page =
        String::from("<!DOCTYPE html><html><head><meta charset=\"UTF-8\"><style>p { color: red }</style></head><body>");
    write!(page, "<p><b>probe</b></p><p>{SETTINGS}</p>").unwrap();
    for turn in turns {
        let name = Names::Noscribe.of(turn);
        page.push_str("<p>");
        for (index, (start, end, words)) in pieces(turn, 14).into_iter().enumerate() {
            let label = if index == 0 {
                format!("{name}: <span style=\"color: #78909C\">[{}]</span>", clock(start))
            } else {
                String::new()
            };
            write!(page, "<a name=\"ts_{start}_{end}_{name}\" >{label} {}</a>", escaped(&words)).unwrap();
        }
        page.push_str("</p>\n");
    }
    page + "</body></html>"
}

fn noscribe_text(turns: &[Spoken]) -> String {
    let line = |turn: &Spoken| format!("{}: [{}] {}\n", Names::Noscribe.of(turn), clock(turn.start), turn.text);
    format!("probe\n\n{SETTINGS}\n\n{}", turns.iter().map(line).collect::<String>())
}

fn noscribe_vtt(turns: &[Spoken]) -> String {
    let text = |turn: &Spoken, words: &str| format!("<v {}>{}", Names::Noscribe.of(turn), escaped(words));
    format!("WEBVTT probe\n\nNOTE\n{SETTINGS}\n\n{}", cues(turns, '.', number, text))
}

fn atrain_with(turns: &[Spoken], before: &str, after: &str, stamped: bool) -> String {
    let mut file = String::from("Transcription for 260312-probe\n");
    for turn in turns {
        writeln!(file, "{before}{}", Names::Voices.of(turn)).unwrap();
        for (start, _, words) in pieces(turn, 14) {
            let stamp = if stamped { format!("[{}] - ", clock(start)) } else { String::new() };
            write!(file, "{stamp}{words}{after}").unwrap();
        }
    }
    file
}

fn atrain(turns: &[Spoken]) -> String {
    atrain_with(turns, "\n", "\n", false)
}

fn atrain_timestamps(turns: &[Spoken]) -> String {
    atrain_with(turns, "\n", "\n", true)
}

fn atrain_maxqda(turns: &[Spoken]) -> String {
    atrain_with(turns, "\n\n", " ", true)
}

fn otter(turns: &[Spoken]) -> String {
    let turn = |turn: &Spoken| format!("{}  {}  \n{}\n\n", Names::People.of(turn), short(turn.start), turn.text);
    turns.iter().map(turn).collect::<String>() + "Transcribed by https://otter.ai\n"
}

fn whisperx(turns: &[Spoken]) -> String {
    let mut segments = Vec::new();
    for turn in turns {
        for (start, end, words) in pieces(turn, 14) {
            let (start, end) = (start as f64 / 1000.0, end as f64 / 1000.0);
            let words = format!(" {words}");
            segments.push(
                serde_json::json!({"start": start, "end": end, "text": words, "speaker": Names::Voices.of(turn)}),
            );
        }
    }
    serde_json::json!({"segments": segments, "word_segments": [], "language": "de"}).to_string()
}

fn whisper_cpp(turns: &[Spoken]) -> String {
    let segment = |turn: &Spoken| {
        let timestamps = serde_json::json!({"from": exact(turn.start, ','), "to": exact(turn.end, ',')});
        let offsets = serde_json::json!({"from": turn.start, "to": turn.end});
        serde_json::json!({"timestamps": timestamps, "offsets": offsets, "text": format!(" {}: {}", turn.speaker, turn.text)})
    };
    let segments: Vec<_> = turns.iter().map(segment).collect();
    serde_json::json!({"result": {"language": "de"}, "transcription": segments}).to_string()
}

fn table(turns: &[Spoken]) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let row = |turn: &Spoken| {
        format!("{};{};{};{}\r\n", exact(turn.start, '.'), exact(turn.end, '.'), turn.speaker, cell(&turn.text))
    };
    format!("Start;Ende;Sprecher;Text\r\n{}", turns.iter().map(row).collect::<String>())
}

fn zoom_text(turns: &[Spoken]) -> String {
    turns.iter().map(|turn| format!("{}\t{}\t{}\n", clock(turn.start), Names::People.of(turn), turn.text)).collect()
}

fn markdown(turns: &[Spoken]) -> String {
    let turn = |turn: &Spoken| format!("**{}:** {}\n\n", Names::People.of(turn), turn.text);
    format!("# Interview 7\n\n**Datum:** 12.03.2026\n\n{}", turns.iter().map(turn).collect::<String>())
}
