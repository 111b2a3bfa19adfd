//! A book of quotes as a Word document: headings by job and ring, each quote with its source.

use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::quotes::{Chapter, chapters, heading, size};
use super::xml::{Xml, one_line};
use crate::error::Tongue;
use crate::study::{Quote, Study};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A style of paragraphs: id, the name that programs know it by, size in half points, bold, italic, indent in twentieths of a
/// point, level in the outline.
struct Style(&'static str, &'static str, u32, bool, bool, u32, Option<u32>);

const STYLES: [Style; 7] = [
    Style("Normal", "Normal", 22, false, false, 0, None),
    Style("Title", "Title", 40, true, false, 0, None),
    Style("Heading1", "heading 1", 32, true, false, 0, Some(0)),
    Style("Heading2", "heading 2", 26, true, false, 0, Some(1)),
    Style("Quote", "Quote", 22, false, true, 400, None),
    Style("QuoteSource", "Quote Source", 18, false, false, 400, None),
    Style("Comment", "Quote Comment", 18, false, false, 400, None),
];

/// The bytes of a `.docx` file; the same study, the same bytes.
pub(super) fn book(study: &Study, tongue: Tongue) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let parts = [
        ("[Content_Types].xml", content_types()?),
        ("_rels/.rels", relations("officeDocument", "word/document.xml")?),
        ("word/_rels/document.xml.rels", relations("styles", "styles.xml")?),
        ("word/styles.xml", styles(tongue)?),
        ("word/document.xml", document(study, tongue)?),
    ];
    for (name, content) in parts {
        zip.start_file(name, options)?;
        zip.write_all(&content)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types() -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    let types = format!("{PACKAGE}/content-types");
    xml.element("Types", &[("xmlns", &types)], |xml| {
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", relations)])?;
        [("/word/document.xml", "document.main"), ("/word/styles.xml", "styles")].iter().try_for_each(|(name, kind)| {
            xml.empty("Override", &[("PartName", name), ("ContentType", &format!("{WORD}.{kind}+xml"))])
        })
    })?;
    Ok(xml.finish())
}

/// What one part needs besides itself.
fn relations(kind: &str, target: &str) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    let namespace = format!("{PACKAGE}/relationships");
    xml.element("Relationships", &[("xmlns", &namespace)], |xml| {
        xml.empty("Relationship", &[("Id", "rId1"), ("Type", &format!("{OFFICE}/{kind}")), ("Target", target)])
    })?;
    Ok(xml.finish())
}

fn styles(tongue: Tongue) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.element("w:styles", &[("xmlns:w", MAIN)], |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    xml.empty("w:rFonts", &[("w:ascii", "Calibri"), ("w:hAnsi", "Calibri")])?;
                    xml.empty("w:lang", &[("w:val", tongue.pick("de-DE", "en-GB"))])
                })
            })
        })?;
        STYLES.iter().try_for_each(|one| style(xml, one))
    })?;
    Ok(xml.finish())
}

fn style(xml: &mut Xml, Style(id, name, size, bold, italic, indent, level): &Style) -> io::Result<()> {
    let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", *id)];
    if *id == "Normal" {
        attributes.push(("w:default", "1"));
    }
    xml.element("w:style", &attributes, |xml| {
        xml.empty("w:name", &[("w:val", name)])?;
        xml.empty("w:qFormat", &[])?;
        xml.element("w:pPr", &[], |xml| {
            if level.is_some() {
                xml.empty("w:keepNext", &[])?;
            }
            let before = if level.is_some() { "280" } else { "0" };
            xml.empty("w:spacing", &[("w:before", before), ("w:after", "80")])?;
            xml.empty("w:ind", &[("w:left", &indent.to_string())])?;
            level.map_or(Ok(()), |level| xml.empty("w:outlineLvl", &[("w:val", &level.to_string())]))
        })?;
        xml.element("w:rPr", &[], |xml| {
            [("w:b", bold), ("w:i", italic)]
                .iter()
                .filter(|(_, is_so)| **is_so)
                .try_for_each(|(name, _)| xml.empty(name, &[]))?;
            xml.empty("w:sz", &[("w:val", &size.to_string())])
        })
    })
}

fn document(study: &Study, tongue: Tongue) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.element("w:document", &[("xmlns:w", MAIN)], |xml| {
        xml.element("w:body", &[], |xml| {
            paragraph(xml, "Title", &format!("{}: {}", tongue.pick("Zitate", "Quotes"), study.name))?;
            chapters(study).iter().try_for_each(|one| chapter(xml, one, tongue))
        })
    })?;
    Ok(xml.finish())
}

fn chapter(xml: &mut Xml, chapter: &Chapter, tongue: Tongue) -> io::Result<()> {
    paragraph(xml, "Heading1", &chapter.title(tongue))?;
    chapter.description().map_or(Ok(()), |description| paragraph(xml, "Normal", description))?;
    chapter.sections.iter().try_for_each(|(ring, quotes)| {
        paragraph(xml, "Heading2", heading(*ring, tongue))?;
        paragraph(xml, "Normal", &size(quotes, tongue))?;
        quotes.iter().try_for_each(|one| quote(xml, one, tongue))
    })
}

fn quote(xml: &mut Xml, quote: &Quote, tongue: Tongue) -> io::Result<()> {
    paragraph(xml, "Quote", &format!("„{}“", quote.interview.text(quote.statement)))?;
    paragraph(xml, "QuoteSource", &format!("— {}", quote.source(tongue)))?;
    let Some(comment) = &quote.statement.comment else { return Ok(()) };
    paragraph(xml, "Comment", &format!("{}: {}", tongue.pick("Bemerkung", "Comment"), comment.value))
}

fn paragraph(xml: &mut Xml, style: &str, text: &str) -> io::Result<()> {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.empty("w:pStyle", &[("w:val", style)]))?;
        xml.element("w:r", &[], |xml| xml.text("w:t", &one_line(text)))
    })
}
