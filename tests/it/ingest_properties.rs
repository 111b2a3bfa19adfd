//! What holds for any file: no panic, no word lost, none doubled, order kept; large files take linear time.

use std::path::Path;

use proptest::prelude::*;
use ringwerk::error::{Explain, Tongue};
use ringwerk::ingest::{IngestParams, read_bytes};
use ringwerk::transcript::Transcript;

const ENDINGS: [&str; 8] = ["txt", "md", "vtt", "srt", "html", "json", "csv", "tsv"];

fn lenient() -> IngestParams {
    IngestParams { allow_language: true, allow_no_speakers: true, ..IngestParams::default() }
}

fn read(ending: &str, bytes: &[u8]) -> Option<Transcript> {
    read_bytes(Path::new(&format!("probe.{ending}")), bytes, &lenient()).ok()
}

/// What lines of transcripts are made of; `§` becomes a word of its own.
/// A colon is always followed by a word: a label whose speaker says nothing is no speech, and is not kept.
const PIECES: [&str; 36] = [
    "§",
    "§ §",
    "§, § §.",
    "§ (...) §/ §",
    "I: ",
    "B1: ",
    "Anna Berg: ",
    "**B:** ",
    "[B]: ",
    "{B} ",
    "#I: ",
    "SPEAKER_00 ",
    "S00: ",
    "#00:03:15-2#",
    " [00:03:15] ",
    "00:03:15 ",
    "14:30 Uhr ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "  ",
    "1 --> 2",
    "-->",
    "00:00:01.000 --> 00:00:02.000\n",
    "WEBVTT\n",
    "<v Anna>",
    "</v>",
    "Anna   0:03\n",
    "Datum: ",
    ": §",
    "//",
    "§: §",
    "&amp;",
    "NOTE ",
    "\u{a0}",
];

/// A text of pieces, its words numbered in order.
fn text() -> impl Strategy<Value = (String, usize)> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60).prop_map(|pieces| {
        let mut count = 0;
        let mut text = String::new();
        for sign in pieces.concat().chars() {
            if sign == '§' {
                text.push_str(&format!("wort{count}x"));
                count += 1;
            } else {
                text.push(sign);
            }
        }
        (text, count)
    })
}

/// The numbers of the words in a text, in order.
fn numbers(text: &str) -> Vec<usize> {
    let parts = text.split("wort").skip(1);
    parts.filter_map(|part| part.split('x').next()?.parse().ok()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), ending in prop::sample::select(&ENDINGS[..])) {
        read(ending, &bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,300}", ending in prop::sample::select(&ENDINGS[..])) {
        read(ending, text.as_bytes());
    }

    #[test]
    fn no_word_is_lost_doubled_or_moved((text, count) in text()) {
        // One word alone above the times of a subtitle is its identifier, no speech.
        let text = text.replace("00:00:01.000 --> 00:00:02.000", "");
        let Some(transcript) = read("txt", text.as_bytes()) else { return Ok(()) };
        let spoken = numbers(transcript.text());
        prop_assert!(spoken.is_sorted_by(|a, b| a < b), "{:?}", transcript);
        let meta = transcript.meta.iter().flat_map(|(key, value)| [key.as_str(), value]).collect::<Vec<_>>().join(" ");
        let speakers = transcript.speakers().iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(" ");
        let mut all = [spoken, numbers(&meta), numbers(&speakers)].concat();
        all.sort_unstable();
        all.dedup();
        prop_assert_eq!(all, (0..count).collect::<Vec<_>>(), "{:?}", transcript);
    }

    #[test]
    fn subtitles_of_any_kind_lose_no_word((text, count) in text()) {
        // One word alone above the times of a subtitle is its identifier, no speech.
        let text = text.replace("00:00:01.000 --> 00:00:02.000", "");
        let file = format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n");
        let Some(transcript) = read("vtt", file.as_bytes()) else { return Ok(()) };
        let names = transcript.speakers().iter().map(|speaker| speaker.name.as_str());
        let meta = transcript.meta.values().map(String::as_str).chain(names).collect::<Vec<_>>().join(" ");
        let mut all = [numbers(transcript.text()), numbers(&meta)].concat();
        all.sort_unstable();
        all.dedup();
        prop_assert_eq!(all, (0..count).collect::<Vec<_>>(), "{:?}", transcript);
    }
}

#[test]
fn a_line_of_five_megabytes_is_one_turn() {
    let text = "Wir haben dann lange gesucht (...) und nichts gefunden. ".repeat(90_000);
    let transcript = read("txt", format!("I: Wie war das?\nB: {text}\n").as_bytes()).unwrap();
    assert_eq!(transcript.turn_text(&transcript.turns()[1]), text.trim_end());
    let told: Vec<String> = transcript.warnings.iter().map(|warning| warning.explain(Tongue::German)).collect();
    assert!(told.iter().any(|words| words.contains("etwa 2520 Seiten")), "{told:?}");
}

#[test]
fn twenty_megabytes_are_read() {
    let turn = "I: Und dann? #00:00:10-1#\n\nB: Dann haben wir noch einmal alles von vorn geprüft. #00:00:20-5#\n\n";
    let transcript = read("txt", turn.repeat(200_000).as_bytes()).unwrap();
    assert_eq!(transcript.turns().len(), 400_000);
}

/// Refused at once, before anything is taken apart.
#[test]
fn a_hundred_megabytes_of_text_are_refused() {
    let text = "B: Dann haben wir noch einmal alles von vorn geprüft und gemessen.\n".repeat(1_500_000);
    let error = read_bytes(Path::new("probe.txt"), text.as_bytes(), &lenient()).unwrap_err();
    assert!(error.explain(Tongue::German).contains("probe.txt: zu groß"), "{error}");
}
