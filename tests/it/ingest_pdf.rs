//! PDF documents: paragraphs from rows, margins left out, scans and hostile files refused.

use std::path::Path;

use proptest::prelude::*;
use ringwerk::ingest::{IngestError, pdf};

use crate::render_documents as render;

fn read(bytes: &[u8]) -> Result<Vec<String>, IngestError> {
    Ok(pdf::lines(bytes, Path::new("gespräch.pdf"))?.into_iter().map(|line| line.text).collect())
}

fn pages(pages: &[&[&str]]) -> Vec<String> {
    let pages: Vec<Vec<String>> = pages.iter().map(|rows| rows.iter().map(ToString::to_string).collect()).collect();
    read(&render::pdf(&pages)).expect("readable")
}

#[test]
fn signs_of_german_survive() {
    assert_eq!(
        pages(&[&["B: Größe, „Maß“ – ‚ja‘ »so« … (lacht) \\ & < 5 €"]]),
        ["B: Größe, „Maß“ – ‚ja‘ »so« … (lacht) \\ & < 5 €"]
    );
}

#[test]
fn rows_of_a_paragraph_are_joined() {
    let rows = [
        "I: Wie kam es dazu, dass Sie nach einer Lösung gesucht haben?",
        "B: Das war im Frühjahr, da hatten wir einen Stillstand von drei Ta-",
        "gen, und der Einkauf hat gesagt, so geht das nicht weiter, der Ein-",
        "und Ausgang war zu, also haben wir uns an die Customer-Service-",
        "Leute gewandt.",
        "I: Mhm.",
        "B: Ja.",
    ];
    let joined = "B: Das war im Frühjahr, da hatten wir einen Stillstand von drei Tagen, und der Einkauf hat gesagt, so geht das \
                  nicht weiter, der Ein- und Ausgang war zu, also haben wir uns an die Customer-Service-Leute gewandt.";
    assert_eq!(pages(&[&rows]), [rows[0], joined, "I: Mhm.", "B: Ja."]);
}

#[test]
fn a_real_document_comes_back_as_it_was_written() {
    let written = include_str!("../../fixtures/ingest/wartung.txt");
    let read = read(include_bytes!("../../fixtures/ingest/wartung.pdf")).expect("readable");
    assert_eq!(read, written.lines().collect::<Vec<_>>());
}

#[test]
fn what_repeats_at_the_margins_is_left_out() {
    let page = |number: &'static str, said: &'static str| -> Vec<&'static str> {
        vec![
            "Projekt Förderband, vertraulich",
            said,
            "B: Weil es nicht mehr ging.",
            "I: Und dann?",
            "B: Haben wir gesucht.",
            "I: Wo?",
            "B: Überall.",
            number,
        ]
    };
    let (one, two, three) =
        (page("Seite 1 von 3", "I: Warum?"), page("Seite 2 von 3", "I: Wieso?"), page("Seite 3 von 3", "I: Weshalb?"));
    let lines = pages(&[&one, &two, &three]);
    assert!(lines.iter().all(|line| !line.contains("Seite") && !line.contains("Projekt")), "{lines:?}");
    assert!(
        ["I: Warum?", "I: Wieso?", "I: Weshalb?"].iter().all(|said| lines.iter().any(|line| line == said)),
        "{lines:?}"
    );
    let twice = pages(&[&one, &two]);
    assert!(twice.iter().any(|line| line == "Seite 2 von 3"), "two pages prove nothing: {twice:?}");
}

#[test]
fn scans_and_locked_files_are_named() {
    assert!(matches!(read(&render::pdf(&[vec![], vec![]])), Err(IngestError::Scanned { pages: 2, .. })));
    let locked = String::from_utf8_lossy(&render::pdf(&[vec!["Ja".to_owned()]])).replace(
        "/Root 1 0 R",
        "/Root 1 0 R/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(01234567890123456789012345678901)/U(01234567890123456789012345678901)>>/ID[(a)(a)]",
    );
    assert!(read(locked.as_bytes()).is_err());
}

#[test]
fn drawings_that_contain_themselves_are_refused() {
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 12>>stream\n/X Do /X Do \nendstream";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>",
        form,
        "<</Length 6>>stream\n/X Do \nendstream",
    ];
    assert!(matches!(read(&render::pdf_objects(&objects.map(String::from))), Err(IngestError::Damaged { .. })));
}

#[test]
fn truncated_files_never_panic() {
    let whole = render::pdf(&[vec!["B: Größe.".to_owned()]]);
    for length in (0..whole.len()).step_by(7) {
        let _ = read(&whole[..length]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = render::pdf(&[vec!["I: Wie kam es dazu?".to_owned(), "B: Größe.".to_owned()]]);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = read(&bytes);
    }

    #[test]
    fn random_operators_never_panic(operators in prop::collection::vec("(q|Q|BT|ET|T\\*|EMC|Do|-?[0-9.]{1,6}|/F1|Tf|Td|TD|Tm|cm|Tc|Tz|\\(a\\)|Tj|TJ|'|\"|\\[|\\]|/Span|BDC|<</ActualText\\(b\\)>>) ", 0..60)) {
        let content = operators.concat();
        let mut objects: Vec<String> = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"].map(String::from).to_vec();
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
        let _ = read(&render::pdf_objects(&objects));
    }
}
