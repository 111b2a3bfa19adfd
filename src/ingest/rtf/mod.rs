//! Rich text, as f4, Word, LibreOffice and TextEdit write it.
//!
//! An own reader: the crate `rtf-parser` takes `\'84` for Latin-1 and so loses German quotation marks, drops `\~`, `\_` and
//! emoji, keeps footnotes and picture data as text, and panicked on a file of LibreOffice that has emoji.

mod tokens;
mod words;

use std::collections::HashMap;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use self::tokens::{Token, Tokens};
use self::words::{charset, code_page, is_left_out, is_welcome, sign};
use super::archive::damaged;
use super::error::IngestError;
use super::flow::Flow;
use super::source::Line;
use crate::transcript::Container;

/// How deep groups may nest; Word stops far below.
const MOST_NESTED: usize = 10_000;

/// Every paragraph of a rich text document, in order.
///
/// Font lists, headers, footnotes, comments, pictures, deleted text and automatic numbers are left out; a line break starts
/// a new line; a table row is one line with its cells joined by a tab.
///
/// # Errors
/// If the file breaks off before its last group is closed, or nests too deeply.
pub fn lines(bytes: &[u8], path: &Path) -> Result<Vec<Line>, IngestError> {
    let mut reader = Reader::new(bytes);
    for token in Tokens::new(bytes) {
        if reader.closed {
            break;
        }
        reader.take(token);
        if reader.outer.len() > MOST_NESTED {
            return Err(damaged(path, Container::Rtf, "groups nest too deeply".into()));
        }
    }
    if !reader.closed {
        return Err(damaged(path, Container::Rtf, "ends inside of a group".into()));
    }
    Ok(reader.finish())
}

/// What a group inherits from the one around it.
#[derive(Debug, Clone, Copy)]
struct Group {
    /// Nothing in here is text of the document.
    skipped: bool,
    /// Deleted with changes tracked.
    deleted: bool,
    /// Entries describe fonts.
    font_table: bool,
    /// The paragraph lies in a table.
    in_table: bool,
    font: i32,
    /// How many signs after `\u…` repeat it for programs without Unicode.
    repeats: usize,
}

struct Reader {
    flow: Flow,
    /// A table cell is open.
    in_cell: bool,
    group: Group,
    outer: Vec<Group>,
    /// The group began with `\*`: unknown kinds are to be left out.
    optional: bool,
    /// Signs still to skip after `\u…`.
    repeated: usize,
    /// The first half of a sign beyond the basic plane.
    half: Option<u16>,
    /// Bytes that wait to be decoded together, as some encodings use two for a sign.
    bytes: Vec<u8>,
    bytes_encoding: &'static Encoding,
    /// Of raw bytes: some programs write UTF-8 against the rules.
    raw: Option<&'static Encoding>,
    /// Of the whole document.
    default: &'static Encoding,
    default_font: i32,
    fonts: HashMap<i32, &'static Encoding>,
    /// The outermost group is closed.
    closed: bool,
}

impl Reader {
    fn new(bytes: &[u8]) -> Self {
        let mut flow = Flow::new();
        flow.open_paragraph();
        let utf8 = !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
        let group = Group { skipped: false, deleted: false, font_table: false, in_table: false, font: 0, repeats: 1 };
        Self {
            flow,
            in_cell: false,
            group,
            outer: Vec::new(),
            optional: false,
            repeated: 0,
            half: None,
            bytes: Vec::new(),
            bytes_encoding: WINDOWS_1252,
            raw: utf8.then_some(UTF_8),
            default: WINDOWS_1252,
            default_font: 0,
            fonts: HashMap::new(),
            closed: false,
        }
    }

    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open => {
                self.flush();
                self.repeated = 0;
                self.outer.push(self.group);
            }
            Token::Close => self.close(),
            Token::Optional => self.optional = true,
            Token::Byte(byte) => self.byte(byte, self.encoding()),
            Token::Raw(byte) => self.byte(byte, self.raw.unwrap_or_else(|| self.encoding())),
            Token::Word(word, number) => self.word(word, number),
        }
    }

    fn close(&mut self) {
        self.flush();
        self.repeated = 0;
        self.optional = false;
        self.group = self.outer.pop().unwrap_or(self.group);
        self.closed = self.outer.is_empty();
    }

    /// The encoding of the current font.
    fn encoding(&self) -> &'static Encoding {
        self.fonts.get(&self.group.font).copied().unwrap_or(self.default)
    }

    fn byte(&mut self, byte: u8, encoding: &'static Encoding) {
        if self.repeated > 0 {
            self.repeated -= 1;
        } else if !self.is_silent() {
            if encoding != self.bytes_encoding {
                self.flush();
                self.bytes_encoding = encoding;
            }
            self.bytes.push(byte);
        }
    }

    fn is_silent(&self) -> bool {
        self.group.skipped || self.group.deleted || self.group.font_table
    }

    /// Decodes the waiting bytes.
    fn flush(&mut self) {
        if self.half.take().is_some() {
            self.flow.push("\u{FFFD}");
        }
        if !self.bytes.is_empty() {
            self.flow.push(&self.bytes_encoding.decode_without_bom_handling(&self.bytes).0);
            self.bytes.clear();
        }
    }

    fn text(&mut self, text: &str) {
        if !self.is_silent() {
            self.flush();
            self.flow.push(text);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if std::mem::take(&mut self.optional) && !is_welcome(word) {
            self.group.skipped = true;
        }
        if word == "u" {
            self.unicode(number.unwrap_or(0));
        } else if self.layout(word) {
            // Done; what ends a line never repeats a sign.
        } else if self.repeated > 0 {
            self.repeated -= 1;
        } else if let Some(sign) = sign(word) {
            self.text(sign);
        } else {
            self.setting(word, number);
        }
    }

    /// A UTF-16 unit; programs write those above 32767 as negative numbers.
    fn unicode(&mut self, number: i32) {
        let unit = number as u16;
        self.repeated = self.group.repeats;
        if self.is_silent() {
            return;
        }
        let half = self.half.take();
        if half.is_none() && (0xD800..0xDC00).contains(&unit) {
            self.flush();
            self.half = Some(unit);
            return;
        }
        for sign in char::decode_utf16(half.into_iter().chain([unit])) {
            self.text(sign.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
        }
    }

    /// Ends of lines, cells and rows. Tells whether it was one.
    fn layout(&mut self, word: &str) -> bool {
        const ENDS: [&str; 10] =
            ["par", "line", "sect", "page", "column", "softline", "cell", "nestcell", "row", "nestrow"];
        if !ENDS.contains(&word) {
            return false;
        }
        self.repeated = 0;
        if !self.is_silent() {
            self.flush();
            match word {
                "row" | "nestrow" => self.end_row(),
                "cell" | "nestcell" => self.end_cell(),
                _ => self.end_line(),
            }
        }
        true
    }

    fn end_line(&mut self) {
        if self.group.in_table {
            self.begin_cell();
        } else {
            self.end_row();
        }
        self.flow.break_line();
    }

    fn begin_cell(&mut self) {
        if !self.flow.in_row() {
            self.flow.open_row();
        }
        if !std::mem::replace(&mut self.in_cell, true) {
            self.flow.open_cell();
        }
    }

    fn end_cell(&mut self) {
        self.begin_cell();
        self.flow.break_line();
        self.flow.close_cell();
        self.in_cell = false;
    }

    fn end_row(&mut self) {
        if std::mem::take(&mut self.in_cell) {
            self.flow.close_cell();
        }
        self.flow.close_row();
    }

    fn setting(&mut self, word: &str, number: Option<i32>) {
        match word {
            "ansicpg" => self.default = number.and_then(code_page).unwrap_or(self.default),
            "mac" => self.default = encoding_rs::MACINTOSH,
            "deff" => self.default_font = number.unwrap_or(0),
            "uc" => self.group.repeats = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1),
            "fonttbl" => self.group.font_table = true,
            "f" => self.group.font = number.unwrap_or(0),
            "fcharset" | "cpg" if self.group.font_table => self.font(word, number),
            "plain" => {
                self.flush();
                self.group.font = self.default_font;
                self.group.deleted = false;
            }
            "pard" => self.group.in_table = false,
            "intbl" => self.group.in_table = true,
            "deleted" => {
                self.flush();
                self.group.deleted = number != Some(0);
            }
            "ud" | "shptxt" => self.group.skipped = false,
            _ if is_left_out(word) => self.group.skipped = true,
            _ => {}
        }
    }

    fn font(&mut self, word: &str, number: Option<i32>) {
        let encoding = if word == "cpg" { number.and_then(code_page) } else { number.and_then(charset) };
        if let Some(encoding) = encoding {
            self.fonts.insert(self.group.font, encoding);
        }
    }

    fn finish(mut self) -> Vec<Line> {
        self.flush();
        if self.flow.paragraph().is_some_and(|rest| !rest.is_empty()) {
            self.end_line();
        }
        self.end_row();
        self.flow.take_paragraph();
        self.flow.finish()
    }
}
