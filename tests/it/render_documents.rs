//! Writes small office documents, so that tests can read them back. Valid enough for Word and LibreOffice.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A Word document with one paragraph a line.
pub fn docx(lines: &[String]) -> Vec<u8> {
    let paragraphs = lines.iter().map(|line| format!("<w:p><w:r>{}</w:r></w:p>", docx_run(line)));
    docx_body(&paragraphs.collect::<String>())
}

/// A Word document with this body.
pub fn docx_body(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>"#
    );
    zip(&[
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", RELATIONSHIPS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

/// A Writer document with one paragraph a line.
pub fn odt(lines: &[String]) -> Vec<u8> {
    let paragraphs = lines.iter().map(|line| format!("<text:p>{}</text:p>", odt_text(line)));
    odt_body(&paragraphs.collect::<String>())
}

/// A Writer document with this body.
pub fn odt_body(body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.3"><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", MANIFEST.as_bytes()),
    ])
}

/// A rich text document with one paragraph a line.
pub fn rtf(lines: &[String]) -> Vec<u8> {
    let mut text =
        String::from("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}}\\f0\\fs22\n");
    for line in lines {
        for sign in line.chars() {
            rtf_sign(sign, &mut text);
        }
        text.push_str("\\par\n");
    }
    text.push('}');
    text.into_bytes()
}

/// A PDF with a page for each list of lines, in Helvetica with Windows encoding.
pub fn pdf(pages: &[Vec<String>]) -> Vec<u8> {
    let mut objects = vec![String::from("<</Type/Catalog/Pages 2 0 R>>")];
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    objects.push(format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()));
    objects.push(String::from("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"));
    for (index, lines) in pages.iter().enumerate() {
        let content = 5 + 2 * index;
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {content} 0 R>>"
        ));
        let content = pdf_content(lines);
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    pdf_objects(&objects)
}

/// A PDF of these objects, numbered from 1; the first is the catalog.
pub fn pdf_objects(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut table = String::new();
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let (start, size) = (bytes.len(), objects.len() + 1);
    let trailer = format!("trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}").bytes());
    bytes
}

/// A zip file with these entries.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        // The kind of an OpenDocument file has to lie first and unpacked.
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("zip in memory");
        zip.write_all(bytes).expect("zip in memory");
    }
    zip.finish().expect("zip in memory").into_inner()
}

fn docx_run(line: &str) -> String {
    let texts = line.split('\t').map(|text| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escape(text)));
    texts.collect::<Vec<_>>().join("<w:tab/>")
}

fn odt_text(line: &str) -> String {
    escape(line).replace('\t', "<text:tab/>").replace(' ', "<text:s/>")
}

/// Text as XML content.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn rtf_sign(sign: char, text: &mut String) {
    match sign {
        '\\' | '{' | '}' => text.extend(['\\', sign]),
        '\t' => text.push_str("\\tab "),
        'ä' => text.push_str("\\'e4"),
        'ß' => text.push_str("\\'df"),
        '„' => text.push_str("\\'84"),
        ' '..='~' => text.push(sign),
        _ => {
            for unit in sign.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{}?", *unit as i16);
            }
        }
    }
}

fn pdf_content(lines: &[String]) -> String {
    let mut content = String::from("BT /F1 11 Tf 14 TL 70 780 Td\n");
    for line in lines {
        content.push('(');
        for sign in line.chars() {
            pdf_sign(sign, &mut content);
        }
        content.push_str(") Tj T*\n");
    }
    content + "ET"
}

fn pdf_sign(sign: char, content: &mut String) {
    let sign = String::from(sign);
    for byte in encoding_rs::WINDOWS_1252.encode(&sign).0.iter() {
        let _ = write!(content, "\\{byte:03o}");
    }
}

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
