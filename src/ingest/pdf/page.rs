//! Where on a page which text stands: runs the page's drawing operators, as far as they concern text.

use std::collections::HashMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, decode_text_string};

use super::MOST_UNPACKED;
use super::font::{Font, number};
use super::matrix::Matrix;
use super::pen::{Pen, Piece};
use crate::ingest::error::Cause;

/// The most operators in a whole document: a page of text has some hundred.
const MOST_OPERATIONS: usize = 20_000_000;

/// How deep drawings may contain each other.
const MOST_NESTED: usize = 12;

/// Fonts are told apart by where their dictionaries lie in the document.
type FontKey = *const Dictionary;

/// Reads pages; fonts are prepared once for the whole document.
pub(super) struct Reader<'a> {
    document: &'a Document,
    fonts: HashMap<FontKey, Font<'a>>,
    pen: Pen<FontKey>,
    operations: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, fonts: HashMap::new(), pen: Pen::new(), operations: 0 }
    }

    /// All text of a page, in the order in which it is drawn.
    pub(super) fn page(&mut self, id: ObjectId) -> Result<Vec<Piece>, Cause> {
        let (own, inherited) = self.document.get_page_resources(id)?;
        let inherited = inherited.into_iter().filter_map(|id| self.document.get_dictionary(id).ok());
        let resources: Vec<&'a Dictionary> = own.into_iter().chain(inherited).collect();
        let content = self.document.get_page_content_with_limit(id, MOST_UNPACKED)?;
        self.pen = Pen::new();
        self.run(&content, &resources, 0)?;
        Ok(std::mem::take(&mut self.pen.pieces))
    }

    fn run(&mut self, content: &[u8], resources: &[&'a Dictionary], depth: usize) -> Result<(), Cause> {
        for operation in Content::decode_iter(content) {
            let operation = operation?;
            self.operations += 1;
            if operation.operator == "Do" {
                self.draw(&operation, resources, depth)?;
            } else {
                self.step(&operation, resources);
            }
            if self.operations > MOST_OPERATIONS || self.pen.is_full() {
                return Err("more than pages can hold".into());
            }
        }
        Ok(())
    }

    /// A drawing within the drawing: letterheads, and whole pages of some programs.
    fn draw(&mut self, operation: &Operation, resources: &[&'a Dictionary], depth: usize) -> Result<(), Cause> {
        let found = self.resource(resources, b"XObject", operation).and_then(|found| found.as_stream().ok());
        let is_form =
            |form: &&Stream| form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form");
        let Some(form) = found.filter(is_form) else { return Ok(()) };
        if depth >= MOST_NESTED {
            return Err("drawings nest too deeply".into());
        }
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let resources: Vec<&'a Dictionary> =
            own.into_iter().chain(resources.iter().copied()).take(MOST_NESTED).collect();
        let before = self.pen.state.clone();
        if let Ok(matrix) = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array) {
            let matrix = Matrix::new(&self.numbers(matrix));
            self.pen.transform(matrix);
        }
        self.run(&form.get_plain_content_with_limit(MOST_UNPACKED)?, &resources, depth + 1)?;
        self.pen.state = before;
        Ok(())
    }

    fn step(&mut self, operation: &Operation, resources: &[&'a Dictionary]) {
        let numbers = self.numbers(&operation.operands);
        let first = numbers.first().copied().unwrap_or(0.0);
        let second = numbers.get(1).copied().unwrap_or(0.0);
        let pen = &mut self.pen;
        match operation.operator.as_str() {
            "q" => pen.save(),
            "Q" => pen.restore(),
            "cm" => pen.transform(Matrix::new(&numbers)),
            "BT" => pen.set_text(Matrix::IDENTITY),
            "Tf" => self.set_font(operation, resources),
            "Tc" => pen.state.sign_space = first,
            "Tw" => pen.state.word_space = first,
            "Tz" => pen.state.stretch = first / 100.0,
            "TL" => pen.state.leading = first,
            "Ts" => pen.state.rise = first,
            "Tm" => pen.set_text(Matrix::new(&numbers)),
            "Td" => pen.move_line(first, second),
            "TD" => {
                pen.state.leading = -second;
                pen.move_line(first, second);
            }
            "T*" => pen.next_line(),
            "Tj" | "TJ" => self.show(&operation.operands),
            "'" => {
                pen.next_line();
                self.show(&operation.operands);
            }
            "\"" => {
                (pen.state.word_space, pen.state.sign_space) = (first, second);
                pen.next_line();
                self.show(&operation.operands);
            }
            "BMC" | "BDC" => pen.mark(actual_text(operation)),
            "EMC" => pen.unmark(),
            _ => {}
        }
    }

    fn set_font(&mut self, operation: &Operation, resources: &[&'a Dictionary]) {
        self.pen.state.size = operation.operands.get(1).and_then(|size| number(self.document, size)).unwrap_or(0.0);
        let font = self.resource(resources, b"Font", operation).and_then(|font| font.as_dict().ok());
        self.pen.state.font = font.map(std::ptr::from_ref);
        if let Some(font) = font {
            let document = self.document;
            self.fonts.entry(std::ptr::from_ref(font)).or_insert_with(|| Font::new(document, font));
        }
    }

    /// What the operator names, in the nearest resources that have it.
    fn resource(&self, resources: &[&'a Dictionary], kind: &[u8], operation: &Operation) -> Option<&'a Object> {
        let name = operation.operands.first()?.as_name().ok()?;
        resources.iter().find_map(|resources| {
            let kind = resources.get_deref(kind, self.document).ok()?.as_dict().ok()?;
            kind.get_deref(name, self.document).ok()
        })
    }

    /// Strings, also in lists with corrections of their distance between them.
    fn show(&mut self, operands: &[Object]) {
        let Some(font) = self.pen.state.font.and_then(|key| self.fonts.get_mut(&key)) else { return };
        for operand in operands {
            match operand {
                Object::String(bytes, _) => self.pen.show(font, bytes),
                Object::Array(parts) => show_parts(&mut self.pen, font, parts),
                _ => {}
            }
        }
    }

    fn numbers(&self, operands: &[Object]) -> Vec<f64> {
        operands.iter().take(6).filter_map(|operand| number(self.document, operand)).collect()
    }
}

fn show_parts(pen: &mut Pen<FontKey>, font: &mut Font<'_>, parts: &[Object]) {
    for part in parts {
        match part {
            Object::String(bytes, _) => pen.show(font, bytes),
            other => pen.kern(other.as_float().map_or(0.0, f64::from)),
        }
    }
}

/// The text that a stretch of marked content stands for.
fn actual_text(operation: &Operation) -> Option<String> {
    let properties = operation.operands.get(1)?.as_dict().ok()?;
    decode_text_string(properties.get(b"ActualText").ok()?).ok()
}
