//! Where the next sign goes: the text state of a page, and what was written so far.

use super::font::{Font, Glyph};
use super::matrix::Matrix;

/// How many states may be saved, and stretches of marked content be open.
const MOST_OPEN: usize = 1_000;

/// A wider gap within a shown string, in font sizes, starts a new piece.
const WIDE_GAP: f64 = 0.15;

/// The most text that is written on one page, in bytes: tables of letters can make much out of little.
const MOST_WRITTEN: usize = 64 << 20;

/// Text that stands together.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

/// What `q` saves and `Q` brings back; the names are those of the PDF standard in plain words.
#[derive(Clone)]
pub(super) struct State<K> {
    pub(super) page: Matrix,
    /// The font's key.
    pub(super) font: Option<K>,
    pub(super) size: f64,
    pub(super) sign_space: f64,
    pub(super) word_space: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
}

/// Writes signs at places.
pub(super) struct Pen<K> {
    pub(super) state: State<K>,
    saved: Vec<State<K>>,
    text: Matrix,
    line: Matrix,
    /// For each open stretch of marked content: the text that replaces its signs.
    marked: Vec<Option<String>>,
    /// Inside of a stretch whose replacement was already written.
    replaced: bool,
    /// What was written, in order.
    pub(super) pieces: Vec<Piece>,
    written: usize,
}

impl<K: Clone> Pen<K> {
    pub(super) fn new() -> Self {
        let state = State {
            page: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            sign_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self {
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marked: Vec::new(),
            replaced: false,
            pieces: Vec::new(),
            written: 0,
        }
    }

    /// Whether there is more text than any page can hold; nothing is written any more then.
    pub(super) fn is_full(&self) -> bool {
        self.written > MOST_WRITTEN
    }

    pub(super) fn save(&mut self) {
        if self.saved.len() < MOST_OPEN {
            self.saved.push(self.state.clone());
        }
    }

    pub(super) fn restore(&mut self) {
        if let Some(saved) = self.saved.pop() {
            self.state = saved;
        }
    }

    /// Changes where everything goes that is drawn from now on.
    pub(super) fn transform(&mut self, matrix: Matrix) {
        self.state.page = matrix.then(self.state.page);
    }

    pub(super) fn set_text(&mut self, matrix: Matrix) {
        self.text = matrix;
        self.line = matrix;
    }

    pub(super) fn move_line(&mut self, x: f64, y: f64) {
        self.set_text(Matrix::translation(x, y).then(self.line));
    }

    pub(super) fn next_line(&mut self) {
        self.move_line(0.0, -self.state.leading);
    }

    /// Moves back by thousandths of the font size.
    pub(super) fn kern(&mut self, back: f64) {
        self.advance(-back / 1000.0 * self.state.size * self.state.stretch);
    }

    /// Opens a stretch of marked content, perhaps with a text that replaces what is drawn: programs say so what ligatures
    /// and hyphens mean.
    pub(super) fn mark(&mut self, actual: Option<String>) {
        if self.marked.len() < MOST_OPEN {
            self.marked.push(actual);
        }
    }

    pub(super) fn unmark(&mut self) {
        self.marked.pop();
        self.replaced = false;
    }

    /// Writes a string.
    pub(super) fn show(&mut self, font: &mut Font<'_>, bytes: &[u8]) {
        font.each(bytes, |glyph: Glyph<'_>| {
            let word_space = if glyph.is_space { self.state.word_space } else { 0.0 };
            let width = glyph.width / 1000.0 * self.state.size;
            self.put(glyph.text, width * self.state.stretch);
            self.advance((width + self.state.sign_space + word_space) * self.state.stretch);
        });
    }

    fn advance(&mut self, x: f64) {
        self.text = Matrix::translation(x, 0.0).then(self.text);
    }

    fn put(&mut self, sign: &str, width: f64) {
        match self.marked.iter_mut().rev().find_map(Option::take) {
            Some(actual) => {
                self.replaced = true;
                self.write(&actual, width);
            }
            None if self.replaced || self.is_full() => {}
            None => self.write(sign, width),
        }
    }

    /// Writes at the current place, into the last piece where this follows closely.
    fn write(&mut self, text: &str, width: f64) {
        let matrix = self.text.then(self.state.page);
        let size = self.state.size.abs() * matrix.height();
        let (x, y) = Matrix::translation(0.0, self.state.rise).then(matrix).place();
        let end = Matrix::translation(width, 0.0).then(matrix).place().0;
        if !(x.is_finite() && y.is_finite() && end.is_finite() && size.is_finite()) {
            return;
        }
        self.written += text.len();
        match self.pieces.last_mut() {
            Some(last) if last.y == y && (x - last.end).abs() < WIDE_GAP * size => {
                last.text.push_str(text);
                last.end = end;
            }
            _ => self.pieces.push(Piece { x, end, y, size, text: text.to_owned() }),
        }
    }
}
