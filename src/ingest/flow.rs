//! Gathers what a document says into lines: paragraphs, line breaks, rows of tables.

use super::source::Line;

/// Paragraphs and tables on their way to lines.
///
/// A row of a table becomes one line, its cells joined by a tab: services deliver transcripts as tables of time, speaker
/// and text. A row with text in one cell only is layout, and its paragraphs stay lines of their own.
#[derive(Debug)]
pub(super) struct Flow {
    /// Finished lines of the page, and of each open cell; innermost last.
    pages: Vec<Vec<String>>,
    /// Finished cells of each open row.
    rows: Vec<Vec<Vec<String>>>,
    /// Open paragraphs: a text box stands inside a paragraph.
    paragraphs: Vec<String>,
}

impl Flow {
    pub(super) fn new() -> Self {
        Self { pages: vec![Vec::new()], rows: Vec::new(), paragraphs: Vec::new() }
    }

    /// The open paragraph, for adding text.
    pub(super) fn paragraph(&mut self) -> Option<&mut String> {
        self.paragraphs.last_mut()
    }

    /// Adds text to the open paragraph; outside of paragraphs there is none that counts.
    ///
    /// Soft hyphens are dropped: they say where a word may break, are not seen, and would tear it apart.
    pub(super) fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.extend(text.split('\u{AD}'));
        }
    }

    /// Takes the open paragraph's text and closes it without a line.
    pub(super) fn take_paragraph(&mut self) -> String {
        self.paragraphs.pop().unwrap_or_default()
    }

    pub(super) fn open_paragraph(&mut self) {
        self.paragraphs.push(String::new());
    }

    pub(super) fn close_paragraph(&mut self) {
        if let Some(text) = self.paragraphs.pop() {
            self.add(text);
        }
    }

    /// Ends the line, but not the paragraph.
    pub(super) fn break_line(&mut self) {
        if let Some(text) = self.paragraph().map(std::mem::take) {
            self.add(text);
        }
    }

    pub(super) fn open_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn open_cell(&mut self) {
        self.pages.push(Vec::new());
    }

    pub(super) fn close_cell(&mut self) {
        if self.pages.len() > 1
            && let (Some(cell), Some(row)) = (self.pages.pop(), self.rows.last_mut())
        {
            row.push(cell);
        }
    }

    pub(super) fn close_row(&mut self) {
        for line in self.rows.pop().map(row_lines).unwrap_or_default() {
            self.add(line);
        }
    }

    /// Whether a row is open.
    pub(super) fn in_row(&self) -> bool {
        !self.rows.is_empty()
    }

    /// How many lines are finished.
    pub(super) fn len(&self) -> usize {
        self.pages.first().map_or(0, Vec::len)
    }

    /// The lines in order, numbered from 1.
    pub(super) fn finish(mut self) -> Vec<Line> {
        while !self.paragraphs.is_empty() {
            self.close_paragraph();
        }
        while self.in_row() {
            self.close_cell();
            self.close_row();
        }
        let lines = self.pages.into_iter().flatten();
        lines.enumerate().map(|(index, text)| Line { number: index + 1, text }).collect()
    }

    fn add(&mut self, line: String) {
        if let Some(page) = self.pages.last_mut() {
            page.push(line);
        }
    }
}

fn row_lines(mut cells: Vec<Vec<String>>) -> Vec<String> {
    let filled = |cell: &&Vec<String>| cell.iter().any(|line| !line.trim().is_empty());
    if cells.iter().filter(filled).count() > 1 {
        return vec![cells.iter().map(|cell| cell_text(cell)).collect::<Vec<_>>().join("\t")];
    }
    let only = cells.iter().position(|cell| filled(&cell));
    only.map(|index| cells.swap_remove(index)).unwrap_or_default()
}

fn cell_text(lines: &[String]) -> String {
    let filled: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.trim().is_empty()).collect();
    filled.join(" ")
}
