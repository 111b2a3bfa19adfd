//! Pieces of text on pages become rows, rows become paragraphs.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::super::source::Line;
use super::pen::Piece;

/// Pieces whose base lines differ by less, in font sizes, stand on the same row.
const SAME_ROW: f64 = 0.4;
/// A gap of this width, in font sizes, is a blank; a wider one is a column.
const BLANK: f64 = 0.15;
const COLUMN: f64 = 1.5;
/// How many rows at the top and at the bottom of a page may be header or footer.
const MARGIN_ROWS: usize = 3;

/// What stands on one height of a page.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) text: String,
    x: f64,
    end: f64,
    y: f64,
    size: f64,
}

/// Rows in reading order, each from left to right.
///
/// Programs mostly draw text in the order in which it is read, cell by cell in tables, so that order is kept. Where it jumps
/// about too much (all names first, then what they say), the heights on the page decide.
pub(super) fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.retain(|piece| !piece.text.is_empty());
    let drawn = neighbours(pieces.clone());
    // Sorting is stable: what a program draws twice at one place keeps its order.
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y));
    let sorted = neighbours(pieces);
    let rows = if drawn.len() * 4 > sorted.len() * 5 + 8 { sorted } else { drawn };
    rows.into_iter().map(row).filter(|row| !row.text.is_empty()).collect()
}

/// Groups pieces that follow each other on one height.
fn neighbours(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if (row[0].y - piece.y).abs() < SAME_ROW * row[0].size.max(piece.size) => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    rows
}

fn row(mut pieces: Vec<Piece>) -> Row {
    pieces.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut row = Row { text: String::new(), x: f64::INFINITY, end: f64::NEG_INFINITY, y: pieces[0].y, size: 0.0 };
    for piece in pieces {
        row.text.push_str(between(&row, &piece));
        row.text.push_str(&piece.text);
        row.x = row.x.min(piece.x);
        row.end = row.end.max(piece.end);
        row.size = row.size.max(piece.size);
    }
    row.text = umlauts(row.text.trim());
    row
}

/// What a gap before a piece means.
fn between(row: &Row, piece: &Piece) -> &'static str {
    let gap = (piece.x - row.end) / piece.size.max(1.0);
    let spaced = row.text.is_empty() || row.text.ends_with(' ') || piece.text.starts_with(' ');
    match gap {
        _ if row.text.is_empty() => "",
        gap if gap > COLUMN && !row.text.trim_end().is_empty() && !spaced => "\t",
        gap if gap > BLANK && !spaced => " ",
        _ => "",
    }
}

/// Some programs draw the dots of an umlaut as a sign of their own, before the vowel.
fn umlauts(text: &str) -> String {
    let pairs = [("¨a", "ä"), ("¨o", "ö"), ("¨u", "ü"), ("¨A", "Ä"), ("¨O", "Ö"), ("¨U", "Ü")];
    if !text.contains('¨') {
        return text.to_owned();
    }
    pairs.iter().fold(text.to_owned(), |text, (drawn, letter)| text.replace(drawn, letter))
}

/// Joins the rows of all pages to paragraphs, without what repeats at the margins.
pub(super) fn paragraphs(mut pages: Vec<Vec<Row>>) -> Vec<Line> {
    drop_margins(&mut pages);
    let measure = Measure::of(&pages);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut before: Option<(usize, Row)> = None;
    for (page, row) in
        pages.into_iter().enumerate().flat_map(|(page, rows)| rows.into_iter().map(move |row| (page, row)))
    {
        let above = before.as_ref().map(|(above_page, above)| (above, *above_page == page));
        match paragraphs.last_mut() {
            Some(open) if above.is_some_and(|(above, same_page)| measure.continues(above, &row, same_page)) => {
                join(open, &row.text);
            }
            _ => paragraphs.push(row.text.clone()),
        }
        before = Some((page, row));
    }
    paragraphs.into_iter().enumerate().map(|(index, text)| Line { number: index + 1, text }).collect()
}

/// How the document is set.
struct Measure {
    /// Where full rows end.
    margin: f64,
    /// From base line to base line within a paragraph, in font sizes.
    pitch: f64,
}

impl Measure {
    fn of(pages: &[Vec<Row>]) -> Self {
        let margin = pages.iter().flatten().map(|row| row.end).fold(0.0, f64::max);
        let pairs = pages.iter().flat_map(|rows| rows.windows(2));
        let mut pitches: Vec<f64> = pairs.map(|pair| (pair[0].y - pair[1].y) / pair[1].size.max(1.0)).collect();
        pitches.sort_by(f64::total_cmp);
        // Paragraphs are set apart by more than their rows; the lower third is rows for certain.
        Self { margin, pitch: pitches.get(pitches.len() / 3).copied().unwrap_or(1.2) }
    }

    /// Whether a row goes on with what the row above it says.
    fn continues(&self, above: &Row, row: &Row, same_page: bool) -> bool {
        if begins_turn(&row.text) {
            return false;
        }
        let fall = (above.y - row.y) / row.size.max(1.0);
        let near = !same_page || (fall > 0.0 && fall < 1.3 * self.pitch);
        near && (is_hyphenated(&above.text, &row.text) || !self.would_fit(above, row))
    }

    /// Whether the first word below had found room above: then the row was ended on purpose.
    fn would_fit(&self, above: &Row, row: &Row) -> bool {
        let signs = row.text.chars().count().max(1) as f64;
        let word = row.text.split_whitespace().next().map_or(0, |word| word.chars().count()) as f64;
        let sign_width = (row.end - row.x) / signs;
        // The width is an average; what would fit only just counts as not fitting.
        above.end + sign_width * (word + 1.0) + row.size < self.margin
    }
}

/// Whether a row begins with a time, or with a name and a colon.
fn begins_turn(text: &str) -> bool {
    begins_with_time(text) || begins_with_name(text)
}

/// A time with something after it. Alone on its row it may be the end of what stands above, and f4 ends turns with `#`.
fn begins_with_time(text: &str) -> bool {
    let bare = text.trim_start_matches(['[', '(', '{', '<']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let is_time = (1..=2).contains(&digits)
        && bare[digits..].starts_with(':')
        && bare[digits + 1..].bytes().take(2).filter(u8::is_ascii_digit).count() == 2;
    is_time && text.split_whitespace().nth(1).is_some()
}

/// Up to four capitalised words and a colon: `B1:`, `Frau Dr. Größer:`.
fn begins_with_name(text: &str) -> bool {
    let Some((name, said)) = text.trim_start_matches(['[', '(', '#', '{', '@']).split_once(':') else { return false };
    let is_name = |word: &str| word.starts_with(|sign: char| sign.is_uppercase() || sign.is_numeric() || sign == '(');
    let mut words = name.split_whitespace().peekable();
    words.peek().is_some()
        && (said.is_empty() || said.starts_with(char::is_whitespace))
        && name.chars().count() <= 40
        && name.split_whitespace().count() <= 4
        && words.all(is_name)
        && !name.contains(['?', '!', '„', '"', ';'])
}

/// A word goes on below: the hyphen is there for the break only.
fn is_hyphenated(above: &str, below: &str) -> bool {
    let mut signs = above.chars().rev();
    let hyphen = signs.next().is_some_and(|sign| matches!(sign, '-' | '\u{AD}' | '\u{2010}'));
    hyphen && signs.next().is_some_and(char::is_alphabetic) && below.starts_with(char::is_lowercase)
}

/// Joins a row to its paragraph.
fn join(open: &mut String, row: &str) {
    let first = row.split_whitespace().next().unwrap_or_default();
    // „Ein- und Ausgang“: the hyphen stands for a word that is left out.
    let stands_for_word =
        matches!(first, "und" | "oder" | "bzw." | "beziehungsweise" | "sowie" | "bis" | "als" | "noch");
    if is_hyphenated(open, row) && !stands_for_word {
        open.pop();
    } else if !(ends_in_hyphen(open) && row.starts_with(char::is_alphanumeric) && !stands_for_word) {
        open.push(' ');
    }
    open.push_str(row);
}

/// „Customer-“ and „Experience“ below: the hyphen belongs to the word.
fn ends_in_hyphen(text: &str) -> bool {
    text.strip_suffix(['-', '\u{2010}']).is_some_and(|word| word.ends_with(char::is_alphanumeric))
}

/// Removes headers, footers and page numbers: what stands at the same height on many pages, but for its digits.
fn drop_margins(pages: &mut [Vec<Row>]) {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for rows in pages.iter() {
        let body = body(rows);
        let keys: BTreeSet<_> = rows.iter().filter(|row| !body.contains(&row.y)).map(key).collect();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    // Even and odd pages may differ, so two fifths are many. Two pages say little: equal rows may be chance there.
    let many = (pages.len() * 2).div_ceil(5).max(3);
    for rows in pages {
        let body = body(rows);
        rows.retain(|row| body.contains(&row.y) || seen.get(&key(row)).is_none_or(|&count| count < many));
    }
}

/// The heights between the rows that may be header or footer.
fn body(rows: &[Row]) -> Range<f64> {
    let mut heights: Vec<f64> = rows.iter().map(|row| row.y).collect();
    heights.sort_by(f64::total_cmp);
    match (heights.get(MARGIN_ROWS), heights.len().checked_sub(MARGIN_ROWS).and_then(|index| heights.get(index))) {
        (Some(&low), Some(&high)) if low < high => low..high,
        _ => 0.0..0.0,
    }
}

/// A row's text without its digits, and its height.
fn key(row: &Row) -> (String, i64) {
    let text = row.text.chars().map(|sign| if sign.is_ascii_digit() { '#' } else { sign });
    let mut text: String = text.collect();
    while text.contains("##") {
        text = text.replace("##", "#");
    }
    (text, row.y.round() as i64)
}
