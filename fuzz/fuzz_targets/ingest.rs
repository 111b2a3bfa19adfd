//! Any bytes, as a file and as what is packed into documents and projects: read or refused, never a panic; and whatever is
//! read can be cut.
#![no_main]

use std::io::{Cursor, Write};
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use ringwerk::ingest::{IngestParams, read_all, survey};
use ringwerk::segment::{Units, fault, spans};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The entries that say what a Word file, a Writer file and a QDA project hold. Without them no packed file would be right
/// by chance, and their readers would see nothing.
const ENTRIES: [&str; 3] = ["word/document.xml", "content.xml", "project.qde"];

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    for entry in ENTRIES {
        read(&packed(entry, bytes));
    }
    let _ = survey(Path::new("probe.csv"), bytes, &[]);
});

fn read(bytes: &[u8]) {
    let params = IngestParams { allow_language: true, allow_no_speakers: true, ..IngestParams::default() };
    let Ok(contents) = read_all(Path::new("probe"), bytes, &params) else { return };
    for interview in contents.interviews.into_iter().flatten() {
        for turn in interview.transcript.turns() {
            let text = interview.transcript.turn_text(turn);
            assert_eq!(fault(text, &spans(text, Units::Statement)), None);
        }
    }
}

fn packed(entry: &str, bytes: &[u8]) -> Vec<u8> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(entry, stored).expect("a name of our own");
    zip.write_all(bytes).expect("written to memory");
    zip.finish().expect("written to memory").into_inner()
}
