//! Kinds of files are told by their content, encodings by their bytes; what is no transcript is refused with a way out.

use std::path::Path;

use ringwerk::error::{Explain, Tongue};
use ringwerk::ingest::{Foreign, IngestError, decode, detect, docx, html, pdf};
use ringwerk::transcript::Container;

use crate::render_documents as render;

fn path() -> &'static Path {
    Path::new("gespräch.dat")
}

fn samples() -> Vec<String> {
    vec!["I: Wie kam es dazu?".to_owned(), "B: Größe.".to_owned()]
}

fn kind(bytes: &[u8]) -> Container {
    detect::container(bytes, path()).expect("known")
}

fn foreign(bytes: &[u8]) -> Foreign {
    match detect::container(bytes, path()) {
        Err(IngestError::Foreign { found, .. }) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn kinds_are_told_by_content() {
    assert_eq!(kind(&render::docx(&samples())), Container::Docx);
    assert_eq!(kind(&render::odt(&samples())), Container::Odt);
    assert_eq!(kind(&render::rtf(&samples())), Container::Rtf);
    assert_eq!(kind(&render::pdf(&[samples()])), Container::Pdf);
    assert_eq!(kind("\u{FEFF}WEBVTT\n\n00:01.000 --> 00:02.000\nGern.".as_bytes()), Container::Vtt);
    for srt in [
        "1\n00:00:01,000 --> 00:00:02,000\nGern.",
        "\n\n00:00:01.0 --> 00:00:02.5\r\nGern.",
        "1\r\n\r\n0:01 --> 0:02\r\nJa",
    ] {
        assert_eq!(kind(srt.as_bytes()), Container::Srt, "{srt}");
    }
    for html in [
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0//EN\">\n<html>",
        "<p>I: Ja?</p>",
        "<!-- x --><div>",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html>",
    ] {
        assert_eq!(kind(html.as_bytes()), Container::Html, "{html}");
    }
    for json in ["{\"segments\": []}", "[ {\"text\": \"Ja\"} ]", "\u{FEFF}{ }"] {
        assert_eq!(kind(json.as_bytes()), Container::Json, "{json}");
    }
    for csv in [
        "Zeit;Sprecher;Text\n0:01;I;Ja?\n",
        "speaker,transcript\nI,\"Ja, gern\"\n",
        "start\tend\ttext\n0\t900\tJa",
        "sep=;\nwer;Äußerung\nI;Ja",
    ] {
        assert_eq!(kind(csv.as_bytes()), Container::Csv, "{csv}");
    }
}

#[test]
fn text_that_looks_like_something_else_stays_text() {
    for text in [
        "[00:00:01] Guten Tag",
        "[Musik] I: Ja?",
        "{Eva} Gern.",
        "<Eva> Gern.",
        "MZ: Guten Tag",
        "Text, Inhalt, Ende",
        "I: Text; dann\nB: Ja",
        "1\nI: Ja?\n00:00:01,000 --> x",
        "WEB: ja",
        "BM: hallo",
        "II: Ja",
        "<<lachend> ja>",
    ] {
        assert_eq!(kind(text.as_bytes()), Container::Text, "{text}");
    }
}

#[test]
fn what_is_no_transcript_is_named() {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound =
        |name: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 504], wide(name), vec![0; 512]].concat();
    assert_eq!(foreign(&compound("WordDocument")), Foreign::OldWord);
    assert_eq!(foreign(&compound("Workbook")), Foreign::Spreadsheet);
    assert!(matches!(detect::container(&compound("EncryptedPackage"), path()), Err(IngestError::Encrypted { .. })));
    for (entry, found) in [
        ("xl/workbook.xml", Foreign::Spreadsheet),
        ("ppt/presentation.xml", Foreign::Slides),
        ("Index/Document.iwa", Foreign::Pages),
        ("interview.docx", Foreign::Archive),
    ] {
        assert_eq!(foreign(&render::zip(&[(entry, b"x")])), found);
    }
    for name in ["project.qde", "Studie.QDE"] {
        assert_eq!(kind(&render::zip(&[(name, b"x")])), Container::Qdpx);
    }
    for (bytes, found) in [
        (&b"RIFF\0\0\0\0WAVEfmt "[..], Foreign::Recording),
        (b"ID3\x04\0", Foreign::Recording),
        (b"\0\0\0\x20ftypM4A \0", Foreign::Recording),
        (b"\x89PNG\r\n\x1a\n", Foreign::Image),
        (b"\xFF\xD8\xFF\xE0", Foreign::Image),
        (b"SQLite format 3\0", Foreign::Database),
        (b"MZ\x90\0\x03\0", Foreign::Program),
        (b"\x7FELF\x02", Foreign::Program),
        (b"\x1F\x8B\x08\0", Foreign::Archive),
        (b"<?xml version=\"1.0\"?>\n<basic-transcription>", Foreign::Exmaralda),
        (b"<?xml version=\"1.0\"?><ANNOTATION_DOCUMENT A=\"\">", Foreign::Elan),
        (b"<?xml version=\"1.0\"?><folker-transcription>", Foreign::Folker),
        (b"File type = \"ooTextFile\"", Foreign::Praat),
        (b"<?xml version=\"1.0\"?><a/>", Foreign::Xml),
    ] {
        assert_eq!(foreign(bytes), found);
    }
}

#[test]
fn refusals_say_where_what_and_what_to_do() {
    let error = detect::container(b"ID3\x04\0", path()).unwrap_err();
    let german = error.explain(Tongue::German);
    assert!(
        german.starts_with("gespräch.dat: das ist eine Ton- oder Videoaufnahme; erwartet wird ein Transkript."),
        "{german}"
    );
    assert!(german.contains("noScribe"), "{german}");
    assert!(error.explain(Tongue::English).contains("Transcribe it first"));
    for error in [
        detect::container(b" \n", path()).unwrap_err(),
        detect::container(b"\x01\x02\x03\x04\x05", path()).unwrap_err(),
        docx::lines(b"PK\x03\x04", path()).unwrap_err(),
        detect::size(1 << 40, path()).unwrap_err(),
        pdf::lines(&render::pdf(&[vec![]]), path()).unwrap_err(),
        html::lines(b"<p>", path()).unwrap_err(),
    ] {
        assert!(error.explain(Tongue::German).starts_with("gespräch.dat: "), "{error:?}");
        assert!(error.explain(Tongue::English).contains("lease"), "{error:?}");
    }
}

#[test]
fn every_encoding_gives_the_same_text() {
    let text = "I: Können Sie das erklären?\r\nB: Größe, „Maß“ – Überfluss, Äußerung; ja …";
    let wide = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let one = |encoding: &'static encoding_rs::Encoding| encoding.encode(text).0.into_owned();
    for (name, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("UTF-16LE", wide(u16::to_le_bytes)),
        ("UTF-16BE", wide(u16::to_be_bytes)),
        ("UTF-16LE", [b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat()),
        ("UTF-16BE", [b"\xFE\xFF".to_vec(), wide(u16::to_be_bytes)].concat()),
        ("windows-1252", one(encoding_rs::WINDOWS_1252)),
        ("macintosh", one(encoding_rs::MACINTOSH)),
    ] {
        let decoded = decode::text(&bytes);
        assert_eq!((decoded.encoding, decoded.text.as_str(), decoded.replaced), (name, text, false));
        assert_eq!(kind(&bytes), Container::Text);
    }
    let short = decode::text(b"B: Sch\xF6n.");
    assert_eq!(short.text, "B: Schön.");
}

#[test]
fn single_faults_do_not_change_the_encoding() {
    let decoded = decode::text(&[("ä".repeat(20) + "abc").as_bytes(), b"\xFF", "öü".as_bytes()].concat());
    assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", true));
    assert!(decoded.text.ends_with("abc\u{FFFD}öü"));
    assert_eq!(decode::text(b"I: War\0um?").text, "I: Warum?");
}

#[test]
fn lines_end_at_every_line_end() {
    let lines = decode::lines("a\r\nb\rc\nd\u{2028}e\u{c}f\n\ng\n");
    let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["a", "b", "c", "d", "e", "f", "", "g"]);
    assert!(decode::lines("").is_empty());
}
