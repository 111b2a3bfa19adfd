//! What docx and odt share: walking the XML of an entry.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::errors::IllFormedError;
use quick_xml::events::{BytesStart, Event};

use super::error::IngestError;
use super::flow::Flow;
use super::source::Line;
use crate::error::Location;
use crate::transcript::Container;

/// How deep elements may nest. Word stops far below; the limit keeps hostile files from filling the memory.
const MOST_NESTED: usize = 500;

/// How the elements of one kind of document become text.
pub(super) trait Dialect {
    /// Elements whose whole content is no text of the document.
    fn is_skipped(&self, name: &str) -> bool;
    /// An element begins.
    fn open(&mut self, element: &BytesStart<'_>, flow: &mut Flow);
    /// An element ends.
    fn close(&mut self, name: &str, flow: &mut Flow);
    /// Text, with entities resolved.
    fn text(&mut self, text: &str, flow: &mut Flow);
}

/// Walks a document and gives its lines.
pub(super) fn lines(
    xml: &str,
    mut dialect: impl Dialect,
    container: Container,
    path: &Path,
) -> Result<Vec<Line>, IngestError> {
    let mut flow = Flow::new();
    match walk(xml, &mut dialect, &mut flow) {
        Ok(()) => Ok(flow.finish()),
        Err(source) => {
            let location = Location::line(path, flow.len() + 1);
            Err(IngestError::Damaged { location, container, source: source.into() })
        }
    }
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

fn walk(xml: &str, dialect: &mut impl Dialect, flow: &mut Flow) -> quick_xml::Result<()> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event()? {
            Event::Start(element) if dialect.is_skipped(element.local_name().as_ref()) => {
                reader.read_to_end(element.name())?;
            }
            Event::Start(element) => {
                depth += 1;
                dialect.open(&element, flow);
            }
            Event::Empty(element) if dialect.is_skipped(element.local_name().as_ref()) => {}
            Event::Empty(element) => {
                dialect.open(&element, flow);
                dialect.close(element.local_name().as_ref(), flow);
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                dialect.close(element.local_name().as_ref(), flow);
            }
            Event::Text(text) => dialect.text(&text.xml10_content(), flow),
            Event::CData(text) => dialect.text(&text.xml10_content(), flow),
            Event::GeneralRef(entity) => match entity.resolve_char_ref()? {
                Some(sign) => dialect.text(sign.encode_utf8(&mut [0; 4]), flow),
                None => dialect.text(named_entity(&entity), flow),
            },
            Event::Eof if depth > 0 => return Err(IllFormedError::MissingEndTag(String::new()).into()),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if depth > MOST_NESTED {
            return Err(IllFormedError::MissingEndTag("nested too deeply".to_owned()).into());
        }
    }
}

/// The five entities of XML. Others would have to be declared in the file, which office programs do not do.
fn named_entity(name: &str) -> &'static str {
    quick_xml::escape::resolve_xml_entity(name).unwrap_or("\u{FFFD}")
}
