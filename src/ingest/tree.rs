//! A small XML document as a tree.

use quick_xml::Reader;
use quick_xml::errors::IllFormedError;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};

/// How deep elements may nest; codes within codes stay far below.
const MOST_NESTED: usize = 200;

/// An element with all that is in it; names are without prefix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Node {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    /// The text directly in it.
    pub(super) text: String,
}

impl Node {
    /// An attribute's value, in which entities are resolved; empty where there is none of that name.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of a name.
    pub(super) fn first(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of a name; empty where there is none.
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.first(name).map_or("", |child| &child.text)
    }
}

/// Reads a document.
///
/// # Errors
/// Where it is not well formed, nests too deeply or uses entities of its own.
pub(super) fn parse(xml: &str) -> quick_xml::Result<Node> {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event()? {
            Event::Start(element) => open.push(node(&element)?),
            Event::Empty(element) => close(&mut open, node(&element)?),
            Event::End(_) => {
                if let Some(done) = open.pop() {
                    close(&mut open, done);
                }
            }
            Event::Text(text) => push(&mut open, &text.xml10_content()),
            Event::CData(text) => push(&mut open, &text.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref()? {
                Some(sign) => push(&mut open, sign.encode_utf8(&mut [0; 4])),
                None => push(&mut open, resolve_xml_entity(&entity).unwrap_or("\u{FFFD}")),
            },
            Event::Eof => break,
            _ => {}
        }
        if open.len() > MOST_NESTED {
            return Err(IllFormedError::MissingEndTag("nested too deeply".to_owned()).into());
        }
    }
    match open.pop().filter(|_| open.is_empty()).and_then(|mut root| root.children.pop()) {
        Some(document) => Ok(document),
        None => Err(IllFormedError::MissingEndTag(String::new()).into()),
    }
}

fn node(element: &BytesStart<'_>) -> quick_xml::Result<Node> {
    let mut node = Node { name: element.local_name().as_ref().to_owned(), ..Node::default() };
    for attribute in element.attributes() {
        let attribute = attribute?;
        let value = unescape(&attribute.value)?.into_owned();
        node.attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(node)
}

fn close(open: &mut [Node], done: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(done);
    }
}

fn push(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text += text;
    }
}
