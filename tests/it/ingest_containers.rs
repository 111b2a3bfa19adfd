//! Office documents and web pages: every sign comes back, hostile and truncated files are refused.

use std::path::Path;

use proptest::prelude::*;
use ringwerk::ingest::{IngestError, Line, decode, detect, docx, html, odt, rtf};
use ringwerk::transcript::Container;

use crate::render_documents as render;

const SAMPLES: [&str; 6] = [
    "I: Wie kam es dazu? #00:00:06-9#",
    "B: Äußerst ärgerlich, „das geht so nicht“ – ‚oder‘, »meinte« er …",
    "B:\tEin & zwei < drei > vier 🙂 \"so\" 'so' &amp; nicht \\ { }",
    "",
    "B: Frau Größer   (lacht)  sagte: 100 % – 5 €",
    "B: „Ja.“",
];

fn path() -> &'static Path {
    Path::new("gespräch.dat")
}

fn samples() -> Vec<String> {
    SAMPLES.iter().map(ToString::to_string).collect()
}

fn texts(lines: Result<Vec<Line>, IngestError>) -> Vec<String> {
    let lines = lines.expect("readable");
    assert!(lines.iter().enumerate().all(|(index, line)| line.number == index + 1), "numbered from 1");
    lines.into_iter().map(|line| line.text).collect()
}

fn word(body: &str) -> Vec<String> {
    texts(docx::lines(&render::docx_body(body), path()))
}

fn writer(body: &str) -> Vec<String> {
    texts(odt::lines(&render::odt_body(body), path()))
}

fn rich(body: &str) -> Vec<String> {
    texts(rtf::lines(format!("{{\\rtf1\\ansi\\ansicpg1252 {body}}}").as_bytes(), path()))
}

fn page(body: &str) -> Vec<String> {
    texts(html::lines(body.as_bytes(), path()))
}

fn kind(bytes: &[u8]) -> Container {
    detect::container(bytes, path()).expect("known")
}

#[test]
fn office_documents_keep_every_sign() {
    assert_eq!(texts(docx::lines(&render::docx(&samples()), path())), samples());
    assert_eq!(texts(odt::lines(&render::odt(&samples()), path())), samples());
    assert_eq!(texts(rtf::lines(&render::rtf(&samples()), path())), samples());
}

#[test]
fn word_reads_what_a_person_sees() {
    assert_eq!(
        word(
            "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
        ),
        ["a\tb", "c"]
    );
    assert_eq!(
        word(
            "<w:p><w:r><w:t>E</w:t><w:noBreakHyphen/><w:t>Mail Ent</w:t><w:softHyphen/><w:t>schei\u{AD}dung</w:t><w:sym w:font=\"Wingdings\" w:char=\"F04A\"/></w:r></w:p>"
        ),
        ["E\u{2011}Mail Entscheidung☺"]
    );
    assert_eq!(
        word(
            "<w:p><w:ins><w:r><w:t>neu</w:t></w:r></w:ins><w:del><w:r><w:tab/><w:delText>alt</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>weg</w:t></w:r></w:moveFrom></w:p>"
        ),
        ["neu"]
    );
    assert_eq!(
        word(
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>B: Ja, </w:t></w:r></w:p><w:p><w:r><w:t>genau.</w:t></w:r></w:p>"
        ),
        ["B: Ja, genau."]
    );
    assert_eq!(
        word(
            "<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>S&#252;d &amp; Ost &lt;</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>"
        ),
        ["Süd & Ost <"]
    );
    let box_ = "<w:txbxContent><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:txbxContent>";
    assert_eq!(
        word(&format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice>{box_}</mc:Choice><mc:Fallback>{box_}</mc:Fallback></mc:AlternateContent><w:t>Text</w:t></w:r></w:p>"
        )),
        ["Kasten", "Text"]
    );
}

#[test]
fn tables_become_lines() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>());
    let table = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&["0:01", "I", "Ja?"]),
        row(&["0:02", "", "Gern."]),
        row(&["", "nur Text", ""])
    );
    assert_eq!(word(&table), ["0:01\tI\tJa?", "0:02\t\tGern.", "nur Text"]);
    let cell =
        |text: &str| format!("<table:table-cell><text:p>{text}</text:p><text:p>{text}</text:p></table:table-cell>");
    let row = format!("<table:table><table:table-row>{}{}</table:table-row></table:table>", cell("a"), cell("b"));
    assert_eq!(writer(&row), ["a a\tb b"]);
    assert_eq!(
        rich(r"\trowd\cellx1\intbl 0:01\cell I\par x\cell Ja?\cell\row\pard danach\par"),
        ["0:01\tI x\tJa?", "danach"]
    );
    assert_eq!(
        page("<table><tr><td>0:01<td>I:<td>Ja<br>gern<tr><td colspan=3>nur <b>Text</b></table>Ende"),
        ["0:01\tI:\tJa gern", "nur Text", "Ende"]
    );
}

#[test]
fn writer_reads_what_a_person_sees() {
    assert_eq!(
        writer(
            "<text:h>Gespräch</text:h><text:p>a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d\n   e <text:span> f</text:span></text:p>"
        ),
        ["Gespräch", "a   b\tc", "d e f"]
    );
    assert_eq!(
        writer(
            "<text:tracked-changes><text:p>alt</text:p></text:tracked-changes><text:p>B: Ja<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Fuß</text:p></text:note-body></text:note>.<office:annotation><text:p>Notiz</text:p></office:annotation></text:p>"
        ),
        ["B: Ja."]
    );
}

#[test]
fn rich_text_of_all_origins() {
    assert_eq!(rich(r"B: Sch\'f6n, \'84ja\'93\line\u228?\u-10179?\u-8638?\par"), ["B: Schön, „ja“", "ä🙂"]);
    assert_eq!(
        rich(r"\uc2\u8222\'84\'84Ja\uc0\u8220 \~\_\emdash\lquote x\rquote\ldblquote\rdblquote\tab y\-z\{\}\\\par"),
        ["„Ja“\u{A0}\u{2011}—‘x’“”\tyz{}\\"]
    );
    assert_eq!(
        rich(
            r"{\fonttbl{\f0\fcharset238 Arial;}{\f1\fcharset0 Times{\*\falt X};}}{\colortbl;\red1;}{\stylesheet{\s0 Normal;}}{\*\generator Riched20;}{\info{\title T}}{\header Kopf\par}\f0 \'9c\f1\'9c{\*\bkmkstart a}\par"
        ),
        ["śœ"]
    );
    assert_eq!(
        rich(
            r"{\field{\*\fldinst HYPERLINK x}{\fldrslt Link}}{\footnote Fu\'df}{\deleted weg}{\*\annotation N}{\pntext 1.\tab}{\pict 00ff}{\upr{A}{\*\ud{B}}}{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt Kasten\par}}\par"
        ),
        ["LinkBKasten", ""]
    );
    assert_eq!(texts(rtf::lines(b"{\\rtf1\\mac \\'8a\\'9f\\\nb\\par}", path())), ["äü", "b"]);
    assert_eq!(texts(rtf::lines("{\\rtf1\\ansi Größe\\par}".as_bytes(), path())), ["Größe"]);
    assert_eq!(texts(rtf::lines(b"{\\rtf1{\\pict\\bin3 }{{}ab}", path())), ["ab"]);
}

#[test]
fn pages_of_all_origins() {
    assert_eq!(
        page(
            "<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><h1>Gespräch</h1><p>a\n  <b>b</b>&nbsp;&auml;&amp;&lt;<br><br>c</p><script>x<p>y</script><div>d<ul><li>e<li>f</ul>g</div>"
        ),
        ["Gespräch", "a b\u{A0}ä&<", "", "c", "d", "e", "f", "g"]
    );
    assert_eq!(page("<pre>a  b\nc</pre></p></table></td><td>d<p><p>e"), ["a  b", "c", "d", "e"]);
}

#[test]
fn word_on_the_web_names_the_body_differently() {
    let document = br#"<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>Ja</w:t></w:r></w:p></w:body></w:document>"#;
    let bytes = render::zip(&[("word/document2.xml", document)]);
    assert_eq!(kind(&bytes), Container::Docx);
    assert_eq!(texts(docx::lines(&bytes, path())), ["Ja"]);
}

#[test]
fn bombs_are_refused() {
    let bomb = vec![b' '; 40 << 20];
    let bytes = render::zip(&[("word/document.xml", &bomb)]);
    assert!(bytes.len() < 1 << 20);
    assert!(matches!(docx::lines(&bytes, path()), Err(IngestError::TooLarge { .. })));
    let deep = "<w:p>".repeat(100_000);
    assert!(matches!(docx::lines(&render::docx_body(&deep), path()), Err(IngestError::Damaged { .. })));
    let deep = format!("{{\\rtf1{}", "{".repeat(1_000_000));
    assert!(matches!(rtf::lines(deep.as_bytes(), path()), Err(IngestError::Damaged { .. })));
    let deep = "<table><tr><td>".repeat(10_000) + "Ja";
    assert_eq!(page(&deep), ["Ja"]);
}

#[test]
fn encrypted_writer_documents_are_named() {
    let manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let bytes = render::zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"\x01\x02"),
        ("META-INF/manifest.xml", manifest),
    ]);
    assert!(matches!(odt::lines(&bytes, path()), Err(IngestError::Encrypted { .. })));
}

#[test]
fn truncated_files_are_refused_never_read_in_part() {
    for (whole, read) in [
        (render::docx(&samples()), docx::lines as fn(&[u8], &Path) -> Result<Vec<Line>, IngestError>),
        (render::odt(&samples()), odt::lines),
        (render::rtf(&samples()), rtf::lines),
    ] {
        for length in 0..whole.len() - 1 {
            assert!(read(&whole[..length], path()).is_err(), "{length} of {}", whole.len());
            let _ = detect::container(&whole[..length], path());
        }
    }
}

#[test]
fn long_texts_are_read() {
    let line = "B: Größe zählt nicht immer, sagte sie. ".repeat(125_000);
    let decoded = decode::text(line.as_bytes());
    assert_eq!(decode::lines(&decoded.text)[0].text, line);
    assert_eq!(texts(docx::lines(&render::docx(std::slice::from_ref(&line)), path())), [line]);
}

/// Any text that a document can hold. Soft hyphens are dropped on purpose.
fn any_lines() -> impl Strategy<Value = Vec<String>> {
    let fits = |sign: &char| !sign.is_control() && !matches!(sign, '\u{AD}' | '\u{FFFE}' | '\u{FFFF}');
    let sign = prop_oneof![
        4 => "[ -~]",
        2 => "[äöüßÄÖÜ„“‚‘»«…–—€]",
        1 => "[\\t\u{A0}\u{2011}🙂éčłΩЖ中]",
        1 => any::<char>().prop_filter("a sign", fits).prop_map(String::from),
    ];
    prop::collection::vec(prop::collection::vec(sign, 0..40).prop_map(|signs| signs.concat()), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_is_lost(lines in any_lines()) {
        prop_assert_eq!(texts(docx::lines(&render::docx(&lines), path())), lines.clone());
        prop_assert_eq!(texts(odt::lines(&render::odt(&lines), path())), lines.clone());
        prop_assert_eq!(texts(rtf::lines(&render::rtf(&lines), path())), lines);
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for magic in [&b""[..], b"PK\x03\x04", b"{\\rtf1", b"%PDF-1.4\n", b"<p>", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"] {
            let bytes = [magic, &bytes].concat();
            let _ = detect::container(&bytes, path());
            let _ = (docx::lines(&bytes, path()), odt::lines(&bytes, path()), rtf::lines(&bytes, path()), html::lines(&bytes, path()));
            let _ = decode::lines(&decode::text(&bytes).text);
        }
    }

    #[test]
    fn random_words_never_panic(words in prop::collection::vec("\\\\(par|cell|row|intbl|u-?[0-9]{1,6}|uc[0-9]|'[0-9a-f]{2}|f[0-9]|bin[0-9]|pard|trowd|deleted|\\*)|[{}a ]", 0..80)) {
        let _ = rtf::lines(format!("{{\\rtf1{}}}", words.concat()).as_bytes(), path());
    }

    #[test]
    fn random_tags_never_panic(tags in prop::collection::vec("</?(p|table|tr|td|br|pre|script|title|div|b|x)>|&amp;|&#x?[0-9]{1,4};|[a <>&\n]", 0..80)) {
        let _ = html::lines(tags.concat().as_bytes(), path());
    }
}
