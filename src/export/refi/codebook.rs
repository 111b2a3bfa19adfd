//! The codebook as REFI-QDA writes it: alone (`.qdc`), and within a project.

use std::io;

use super::ORIGIN;
use super::guid::guid;
use crate::error::Tongue;
use crate::export::codes::{Code, Meaning, codebook};
use crate::export::xml::Xml;
use crate::study::Study;

const NAMESPACE: &str = "urn:QDA-XML:codebook:1.0";
const SCHEMA: &str = "urn:QDA-XML:codebook:1.0 http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd";

/// The codebook alone.
pub(crate) fn qdc(study: &Study, tongue: Tongue) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    let attributes = [
        ("xmlns", NAMESPACE),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", SCHEMA),
        ("origin", ORIGIN),
    ];
    xml.element("CodeBook", &attributes, |xml| codes(xml, study, tongue))?;
    Ok(xml.finish())
}

/// The element `Codes`.
pub(super) fn codes(xml: &mut Xml, study: &Study, tongue: Tongue) -> io::Result<()> {
    let codes = codebook(study, tongue);
    xml.element("Codes", &[], |xml| codes.iter().try_for_each(|one| code(xml, study, one)))
}

fn code(xml: &mut Xml, study: &Study, code: &Code) -> io::Result<()> {
    let guid = code_guid(study, &code.meaning);
    let codable = code.meaning.is_codable().to_string();
    let attributes = [("guid", guid.as_str()), ("name", &code.name), ("isCodable", &codable), ("color", code.colour)];
    xml.element("Code", &attributes, |xml| {
        xml.text("Description", &code.description)?;
        code.children.iter().try_for_each(|child| self::code(xml, study, child))
    })
}

/// The GUID of a code. Rings have the same in all projects, jobs are of one project.
pub(super) fn code_guid(study: &Study, meaning: &Meaning) -> String {
    match meaning {
        Meaning::Rings => guid(&["codes", "rings"]),
        Meaning::Ring(ring) => guid(&["ring", ring.id()]),
        Meaning::Jobs => guid(&["codes", "jobs"]),
        Meaning::Job(id) => guid(&["job", &study.name, id]),
        Meaning::Reason => guid(&["code", "reason"]),
    }
}
