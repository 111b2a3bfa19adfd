//! Web pages.
//!
//! Only the tokenizer of `html5ever` is used, not its tree: tags that end a line are enough to find the lines, faults in the
//! nesting do no harm, and the time stays proportional to the length of the file.

use std::cell::RefCell;
use std::path::Path;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::decode;
use super::error::IngestError;
use super::flow::Flow;
use super::source::Line;
use crate::error::Location;

/// Every paragraph of a web page: headings, paragraphs, list items, table rows (cells joined by a tab), and what `<br>`
/// separates. Scripts, styles and the head are left out; white space counts as one blank.
///
/// # Errors
/// If there is no text at all.
pub fn lines(bytes: &[u8], path: &Path) -> Result<Vec<Line>, IngestError> {
    let page = decode::text(bytes).text;
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(page.as_str()));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // Nobody runs scripts here, so there is nothing to stop for: one call reads everything.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let lines = tokenizer.sink.page.take().finish();
    if lines.is_empty() {
        return Err(IngestError::Empty { location: Location::file(path) });
    }
    Ok(lines)
}

/// Takes the tokens; the trait wants to be called by shared reference.
#[derive(Default)]
struct Sink {
    page: RefCell<Page>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.page.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                page.open(&tag.name);
                return after_start(&tag.name);
            }
            Token::TagToken(tag) => page.close(&tag.name),
            Token::CharacterTokens(text) => page.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// In some elements, what looks like a tag is none.
fn after_start(name: &str) -> TokenSinkResult<()> {
    match name {
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
        _ => TokenSinkResult::Continue,
    }
}

/// Elements whose text is not seen.
fn is_hidden(name: &str) -> bool {
    matches!(name, "title" | "script" | "style" | "iframe" | "noembed" | "noframes")
}

/// Elements within a line. All others, unknown ones too, stand on lines of their own.
fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 36] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "img", "ins", "kbd", "label", "mark", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
        "sup", "time", "tt", "u", "var", "wbr", "button",
    ];
    INLINE.contains(&name)
}

/// How deep tables may nest before their cells count as plain blocks.
const MOST_TABLES: usize = 20;

/// A page on its way to lines.
struct Page {
    flow: Flow,
    after_blank: bool,
    /// The element around the text is not seen.
    hidden: bool,
    /// How many `<pre>` are open, in which white space counts.
    preformatted: usize,
    /// The open tables, innermost last.
    tables: Vec<Table>,
}

/// What is open in a table; end tags of rows and cells may be missing.
#[derive(Default)]
struct Table {
    row: bool,
    cell: bool,
}

impl Default for Page {
    fn default() -> Self {
        let mut flow = Flow::new();
        flow.open_paragraph();
        Self { flow, after_blank: true, hidden: false, preformatted: 0, tables: Vec::new() }
    }
}

impl Page {
    fn open(&mut self, name: &str) {
        if !is_inline(name) && name != "br" {
            self.end_block();
        }
        self.hidden = is_hidden(name);
        match name {
            "br" => self.break_line(),
            "pre" => self.preformatted += 1,
            "table" if self.tables.len() < MOST_TABLES => self.tables.push(Table::default()),
            "tr" => self.open_row(),
            "td" | "th" => self.open_cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if !is_inline(name) && name != "br" {
            self.end_block();
        }
        self.hidden = false;
        match name {
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "td" | "th" => self.close_cell(),
            "tr" => self.close_row(),
            "table" => {
                self.close_row();
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        for sign in text.chars() {
            match sign {
                '\n' if self.preformatted > 0 => self.break_line(),
                ' ' | '\t' | '\n' | '\r' | '\u{C}' if self.preformatted == 0 => self.blank(),
                _ => self.sign(sign),
            }
        }
    }

    fn sign(&mut self, sign: char) {
        self.flow.push(sign.encode_utf8(&mut [0; 4]));
        self.after_blank = false;
    }

    fn blank(&mut self) {
        if !self.after_blank {
            self.flow.push(" ");
        }
        self.after_blank = true;
    }

    fn break_line(&mut self) {
        if let Some(line) = self.flow.paragraph() {
            line.truncate(line.trim_end_matches(' ').len());
        }
        self.flow.break_line();
        self.after_blank = true;
    }

    /// Ends the line unless nothing is on it.
    fn end_block(&mut self) {
        if self.flow.paragraph().is_some_and(|line| !line.trim_matches(' ').is_empty()) {
            self.break_line();
        }
    }

    fn open_row(&mut self) {
        self.close_row();
        if let Some(table) = self.tables.last_mut() {
            table.row = true;
            self.flow.open_row();
        }
    }

    fn open_cell(&mut self) {
        self.close_cell();
        if self.tables.last().is_some_and(|table| !table.row) {
            self.open_row();
        }
        if let Some(table) = self.tables.last_mut() {
            table.cell = true;
            self.flow.open_cell();
        }
    }

    fn close_cell(&mut self) {
        if self.tables.last_mut().is_some_and(|table| std::mem::take(&mut table.cell)) {
            self.flow.close_cell();
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if self.tables.last_mut().is_some_and(|table| std::mem::take(&mut table.row)) {
            self.flow.close_row();
        }
    }

    fn finish(mut self) -> Vec<Line> {
        self.end_block();
        self.flow.take_paragraph();
        self.flow.finish()
    }
}
