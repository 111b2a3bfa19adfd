//! Writing elements.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// An XML document in memory.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// Begins a document.
    pub(super) fn new() -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        Ok(Self { writer })
    }

    /// The finished document, in UTF-8.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        bytes
    }

    /// An element with others in it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut start = quick_xml::events::BytesStart::new(name);
        attributes.iter().for_each(|(key, value)| start.push_attribute((*key, one_line(value).as_str())));
        self.writer.write_event(Event::Start(start.borrow()))?;
        inside(self)?;
        self.writer.write_event(Event::End(start.to_end()))
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let element = self.writer.create_element(name);
        let attributes: Vec<(&str, String)> = attributes.iter().map(|(key, value)| (*key, one_line(value))).collect();
        element.with_attributes(attributes.iter().map(|(key, value)| (*key, value.as_str()))).write_empty()?;
        Ok(())
    }

    /// An element with text; nothing where there is none.
    pub(super) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        if !text.is_empty() {
            self.writer.create_element(name).write_text_content(BytesText::new(&printable(text)))?;
        }
        Ok(())
    }
}

/// The text with each sign that XML cannot hold, and each carriage return, replaced by one that it can.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '\r' => ' ',
            '\t' | '\n' => sign,
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
            _ => sign,
        })
        .collect()
}

/// The same without line ends and tabs, which XML does not keep in attributes; code point for code point.
pub(super) fn one_line(text: &str) -> String {
    printable(text).replace(['\n', '\t'], " ")
}
