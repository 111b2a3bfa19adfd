//! The Customer Experience Map as a drawing, for slides and posters.

use maud::{Markup, html};

use super::count;
use super::journey::{JOURNEY, sign, tone};
use super::map::{Column, Map};
use super::quote::source;
use super::svg_text::lines;
use super::voices::{Voice, Voices};
use crate::error::Tongue;
use crate::study::Study;
use crate::text::beginning;

/// Fonts that measure alike, so that lines end where they should.
const FONT: &str = "Arial, Liberation Sans, Helvetica, sans-serif";
/// Sizes in pixels; a band of six jobs fits on A3.
const MARGIN: f64 = 32.0;
const TOP: f64 = 96.0;
const RINGS: f64 = 224.0;
const COLUMN: f64 = 240.0;
const PAD: f64 = 12.0;
const LOWEST_ROW: f64 = 84.0;
/// So many quotes stand in a cell, each cut to so many characters.
const QUOTES: usize = 2;
const LONGEST: usize = 200;

/// Text of one look.
#[derive(Clone, Copy)]
struct Look {
    size: f64,
    leading: f64,
    weight: u16,
    colour: &'static str,
}

const TITLE: Look = Look { size: 26.0, leading: 32.0, weight: 700, colour: "#1b1f24" };
const NAME: Look = Look { size: 14.0, leading: 18.0, weight: 700, colour: "#1b1f24" };
const COUNT: Look = Look { size: 13.0, leading: 20.0, weight: 700, colour: "#1b1f24" };
const QUOTE: Look = Look { size: 12.0, leading: 15.5, weight: 400, colour: "#1b1f24" };
const SOURCE: Look = Look { size: 10.0, leading: 19.0, weight: 400, colour: "#57606a" };

/// A line of text in a cell.
struct Line {
    text: String,
    look: Look,
}

/// Jobs side by side: their titles and what is said of them.
struct Band {
    heads: Vec<Vec<Line>>,
    /// Cells by step of the purchase, then by job.
    rows: Vec<Vec<Vec<Line>>>,
}

/// The drawing; a `.svg` file. More jobs than fit side by side stand in bands one below the other.
pub(super) fn map(study: &Study, map: &Map, tongue: Tongue) -> String {
    let bands: Vec<Band> = map.parts().map(|columns| Band::of(columns, map.interviews, tongue)).collect();
    let columns = bands.iter().map(|band| band.heads.len()).max().unwrap_or(0);
    let width = 2.0 * MARGIN + RINGS + COLUMN * columns.max(3) as f64;
    let tops = places(TOP, bands.iter().map(|band| band.height() + MARGIN));
    let total = TOP + bands.iter().map(|band| band.height() + MARGIN).sum::<f64>() + SOURCE.leading;
    let drawing = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(total) viewBox={ "0 0 " (width) " " (total) }
            font-family=(FONT) role="img" {
            title { "Customer Experience Map: " (map.which.name(tongue)) }
            defs {
                pattern id="gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect width="8" height="8" fill="#ffffff" {}
                    rect width="2" height="8" fill="#e3e7eb" {}
                }
            }
            rect width=(width) height=(total) fill="#ffffff" {}
            (text(MARGIN, MARGIN, &[Line { text: format!("Customer Experience Map: {}", map.which.name(tongue)), look: TITLE }]))
            (text(MARGIN, MARGIN + TITLE.leading, &[Line { text: lead(study, map, tongue), look: SOURCE }]))
            @for (band, top) in bands.iter().zip(tops) { (band.drawn(top, width, tongue)) }
            (text(MARGIN, total - MARGIN, &[Line { text: note(tongue).to_owned(), look: SOURCE }]))
        }
    };
    drawing.into_string()
}

impl Band {
    fn of(columns: &[Column], interviews: usize, tongue: Tongue) -> Self {
        let inner = COLUMN - 2.0 * PAD;
        let cells = |row: usize| {
            columns.iter().map(|column| cell(&column.cells[row], interviews, inner, tongue)).collect::<Vec<_>>()
        };
        Self {
            heads: columns.iter().map(|column| head(column, inner, tongue)).collect(),
            rows: (0..JOURNEY.len()).map(cells).collect(),
        }
    }

    fn head_height(&self) -> f64 {
        self.heads.iter().map(|head| height(head)).fold(0.0, f64::max) + 2.0 * PAD
    }

    fn height(&self) -> f64 {
        self.head_height() + self.rows.iter().map(|cells| row_height(cells)).sum::<f64>()
    }

    fn drawn(&self, top: f64, width: f64, tongue: Tongue) -> Markup {
        let tops = places(top + self.head_height(), self.rows.iter().map(|cells| row_height(cells)));
        html! {
            @for (column, head) in self.heads.iter().enumerate() { (text(left(column) + PAD, top + PAD, head)) }
            @for ((ring, cells), top) in JOURNEY.into_iter().zip(&self.rows).zip(tops) {
                @let height = row_height(cells);
                rect x=(MARGIN) y=(top) width="6" height=(height) fill=(tone(ring)) {}
                text x=(MARGIN + 14.0) y=(top + PAD + NAME.size) font-size=(NAME.size) fill=(tone(ring)) { (sign(ring)) }
                (text(MARGIN + 32.0, top + PAD, &named(ring.label(tongue), RINGS - 40.0)))
                @for (column, cell) in cells.iter().enumerate() { (boxed(left(column), top, height, cell, tongue)) }
                line x1=(MARGIN) x2=(width - MARGIN) y1=(top) y2=(top) stroke="#8c959f" {}
            }
        }
    }
}

/// Where each of some heights begins that stand one below the other, the first one at `top`.
fn places(top: f64, heights: impl Iterator<Item = f64>) -> impl Iterator<Item = f64> {
    heights.scan(top, |next, height| {
        let here = *next;
        *next += height;
        Some(here)
    })
}

fn left(column: usize) -> f64 {
    MARGIN + RINGS + COLUMN * column as f64
}

fn lead(study: &Study, map: &Map, tongue: Tongue) -> String {
    let (cells, gaps) = (map.columns.len() * JOURNEY.len(), map.gaps());
    let name: String = study.name.chars().filter(|sign| !sign.is_control()).collect();
    tongue.pick(
        format!("{name} · Interviews: {} · Lücken: {gaps} von {cells} Feldern", map.interviews),
        format!("{name} · interviews: {} · gaps: {gaps} of {cells} cells", map.interviews),
    )
}

fn note(tongue: Tongue) -> &'static str {
    tongue.pick(
        "Zahlen zählen Interviews, nie einzelne Sätze. Schraffiert: Lücke, davon hat niemand gesprochen. Ringe nach Adele Revella.",
        "Figures count interviews, never sentences. Hatched: a gap, nobody spoke of it. Rings after Adele Revella.",
    )
}

fn head(column: &Column, width: f64, tongue: Tongue) -> Vec<Line> {
    let title = match column.job {
        Some(job) if job.confirmed => job.job.title.clone(),
        Some(job) => format!("{} ({})", job.job.title, tongue.pick("Vorschlag", "suggestion")),
        None => tongue.pick("Ohne Job", "Without a job").to_owned(),
    };
    named(&title, width)
}

/// A name, in lines; bold letters are a little wider.
fn named(name: &str, width: f64) -> Vec<Line> {
    written(name, width / 1.08, NAME)
}

fn written(text: &str, width: f64, look: Look) -> Vec<Line> {
    lines(text, width, look.size).into_iter().map(|text| Line { text, look }).collect()
}

/// What stands in a cell; nothing in a gap.
fn cell(voices: &Voices, interviews: usize, width: f64, tongue: Tongue) -> Vec<Line> {
    if voices.is_empty() {
        return Vec::new();
    }
    let mut count = count::of(voices.interviews(), interviews, tongue);
    let suggested = voices.interviews() - voices.confirmed();
    if suggested > 0 {
        count += &tongue.pick(format!(" ({suggested} nur vorgeschlagen)"), format!(" ({suggested} only suggested)"));
    }
    let mut all = written(&count, width / 1.08, COUNT);
    all.extend(voices.strongest(QUOTES, 1).iter().flat_map(|voice| quote(voice, width, tongue)));
    all
}

fn quote(voice: &Voice, width: f64, tongue: Tongue) -> Vec<Line> {
    let text = voice.quote.interview.text(voice.quote.statement);
    let shown = beginning(text, LONGEST);
    let cut = if shown.len() < text.len() { " […]" } else { "" };
    let (open, close) = tongue.pick(("„", "“"), ("“", "”"));
    let mut source = source(&voice.quote);
    if voice.quote.statement.reason.is_some() {
        source += tongue.pick(" · Begründung", " · reason");
    }
    if let Some(p) = voice.p {
        let percent = (f64::from(p) * 100.0).round();
        source += &tongue.pick(format!(" · Vorschlag {percent} %"), format!(" · suggestion {percent} %"));
    }
    let mut all = written(&format!("{open}{shown}{cut}{close}"), width, QUOTE);
    all.extend(written(&source, width, SOURCE));
    all
}

fn height(lines: &[Line]) -> f64 {
    lines.iter().map(|line| line.look.leading).sum()
}

fn row_height(cells: &[Vec<Line>]) -> f64 {
    cells.iter().map(|cell| height(cell) + 2.0 * PAD).fold(LOWEST_ROW, f64::max)
}

/// A cell with its frame; hatched where nobody says anything.
fn boxed(left: f64, top: f64, height: f64, cell: &[Line], tongue: Tongue) -> Markup {
    let gap = [Line { text: count::gap(tongue).to_owned(), look: Look { colour: "#57606a", ..QUOTE } }];
    html! {
        rect x=(left) y=(top) width=(COLUMN) height=(height) stroke="#d0d7de" fill=(if cell.is_empty() { "url(#gap)" } else { "#ffffff" }) {}
        (text(left + PAD, top + PAD, if cell.is_empty() { &gap } else { cell }))
    }
}

/// Lines one below the other, from the top left corner.
fn text(left: f64, top: f64, lines: &[Line]) -> Markup {
    let tops = places(top, lines.iter().map(|line| line.look.leading));
    html! {
        @for (line, top) in lines.iter().zip(tops) {
            text x=(left) y=(top + line.look.size) font-size=(line.look.size) font-weight=(line.look.weight) fill=(line.look.colour) { (line.text) }
        }
    }
}
