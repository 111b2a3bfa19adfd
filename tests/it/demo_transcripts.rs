//! The transcripts of `fixtures/transcripts`: gold interviews as an analyst would have them on disk.

use std::path::{Path, PathBuf};

use ringwerk::gold::Gold;
use ringwerk::ingest::{IngestParams, read_file};

use crate::render::{self, Spoken, Writer};

/// Interview, style and ending of each file, and what the respondent is called where the style uses names. They are of a
/// project that the model has not learned from, so that the demonstration is no better than the real thing.
const FILES: [(&str, &str, &str, &str); 4] = [
    ("kaelte-01", "f4", "docx", ""),
    ("kaelte-02", "teams", "vtt", "Matthias Brandl"),
    ("kaelte-03", "noscribe", "html", ""),
    ("kaelte-04", "f4", "txt", ""),
];

/// So many gold interviews have 150,000 tokens.
const SPEED_INTERVIEWS: usize = 52;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/transcripts")
}

fn gold(id: &str) -> Gold {
    render::all_gold().into_iter().find(|gold| gold.transcript.id == id).expect("a gold interview of that name")
}

/// Writes the files anew; run it after a change of a style: `cargo test write_demo -- --ignored`.
#[test]
#[ignore = "writes into the repository"]
fn write_demo_transcripts() {
    std::fs::create_dir_all(folder()).unwrap();
    for (id, name, ending, respondent) in FILES {
        let styles = render::styles();
        let style = styles.iter().find(|style| style.name == name && style.ending == ending).unwrap();
        let turns = render::spoken(&gold(id));
        let bytes = match style.write {
            Writer::Text(write) => write(&turns).replace("Jonas Fährmann", respondent).into_bytes(),
            Writer::Document(write) => write(&turns),
        };
        std::fs::write(folder().join(format!("{id}.{ending}")), bytes).unwrap();
    }
}

/// Writes Word files of about 300 pages (150,000 tokens) for measuring the speed: `scripts/measure-speed` runs it.
#[test]
#[ignore = "writes a folder for measurements"]
fn write_speed_project() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let styles = render::styles();
    let style = styles.iter().find(|style| style.name == "f4" && style.ending == "docx").unwrap();
    for gold in render::all_gold().iter().take(SPEED_INTERVIEWS) {
        let bytes = style.bytes(&render::spoken(gold));
        std::fs::write(folder.join(format!("{}.docx", gold.transcript.id)), bytes).unwrap();
    }
}

#[test]
fn demo_transcripts_say_what_the_gold_interviews_say() {
    for (id, _, ending, _) in FILES {
        let transcript = read_file(&folder().join(format!("{id}.{ending}")), &IngestParams::default()).unwrap();
        let want: Vec<Spoken> = render::spoken(&gold(id));
        let turns = transcript.turns().iter().map(|turn| (transcript.speaker(turn).role, transcript.turn_text(turn)));
        assert!(turns.eq(want.iter().map(|turn| (turn.role, turn.text.as_str()))), "{id}");
    }
}
