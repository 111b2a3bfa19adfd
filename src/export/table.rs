//! What a study says as tables, for spreadsheets and CSV.

use jiff::Timestamp;
use jiff::civil::Date;

use super::codes::{Code, codebook};
use super::quotes::{Chapter, chapters};
use super::value::{self, Kind};
use crate::codebook::Ring;
use crate::error::Tongue;
use crate::study::{CodedStatement, Interview, Origin, Quote, Status, Study, StudyJob, voices};

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Count(usize),
    Number(i64),
    Date(Date),
    /// A share in [0, 1].
    Share(f32),
    Instant(Timestamp),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A column: its heading, and how wide a sheet shows it, in characters.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) title: String,
    pub(super) width: u16,
}

impl Column {
    fn new(title: &str, width: u16) -> Self {
        Self { title: title.to_owned(), width }
    }
}

/// Columns and rows of equal length.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// All statements about which something is said.
pub(super) fn statements(study: &Study, tongue: Tongue) -> Table {
    let rows = study.told().map(|(interview, index, statement)| row(study, interview, index, statement, tongue));
    let columns = [
        ("Interview", "Interview", 16),
        ("Nr.", "No.", 6),
        ("Zeit", "Time", 10),
        ("Sprecher", "Speaker", 12),
        ("Aussage", "Statement", 80),
        ("Ring", "Ring", 24),
        ("zweiter Ring", "Second ring", 24),
        ("Begründung", "Reason", 12),
        ("Job", "Job", 36),
        ("Stand", "Status", 14),
        ("Wahrscheinlichkeit Ring", "Probability of ring", 14),
        ("Wahrscheinlichkeit Begründung", "Probability of reason", 14),
        ("Wahrscheinlichkeit Job", "Probability of job", 14),
        ("entschieden von", "Decided by", 18),
        ("entschieden am (UTC)", "Decided at (UTC)", 18),
        ("Bemerkung", "Comment", 40),
    ];
    Table { columns: titled(columns, tongue), rows: rows.collect() }
}

fn row(study: &Study, interview: &Interview, index: usize, statement: &CodedStatement, tongue: Tongue) -> Vec<Cell> {
    let ring = |place: usize| statement.rings.get(place).map(|ring| ring.code.label(tongue).to_owned());
    let newest = statement.authors().max_by_key(|by| by.at);
    let probability = |origin: Option<&Origin>| origin.and_then(Origin::probability).map_or(Cell::Empty, Cell::Share);
    vec![
        Cell::text(interview.id()),
        Cell::Count(index + 1),
        interview.turn(statement).start.map(|start| start.to_string()).into(),
        Cell::text(&interview.speaker(statement).name),
        Cell::text(interview.text(statement)),
        ring(0).into(),
        ring(1).into(),
        statement.reason.as_ref().map(|_| tongue.pick("ja", "yes").to_owned()).into(),
        job_title(study, statement).map(str::to_owned).into(),
        Cell::text(status(statement, tongue)),
        probability(statement.rings.first().map(|ring| &ring.origin)),
        probability(statement.reason.as_ref().map(|reason| &reason.origin)),
        probability(statement.job.as_ref().map(|job| &job.origin)),
        newest.map(|by| by.who.clone()).into(),
        newest.map_or(Cell::Empty, |by| Cell::Instant(by.at)),
        statement.comment.as_ref().map(|comment| comment.value.clone()).into(),
    ]
}

/// The title of the job that a statement speaks to.
pub(super) fn job_title<'a>(study: &'a Study, statement: &CodedStatement) -> Option<&'a str> {
    let job = statement.job.as_ref().and_then(|job| study.job(&job.code))?;
    Some(&job.job.title)
}

/// How far a statement is decided, in words.
fn status(statement: &CodedStatement, tongue: Tongue) -> &'static str {
    match statement.status {
        Status::Decided if statement.has_suggestion() => tongue.pick("teils bestätigt", "partly confirmed"),
        Status::Decided => confirmed(true, tongue),
        Status::Suggested => confirmed(false, tongue),
        Status::Skipped => tongue.pick("zurückgestellt", "put aside"),
        Status::Open => tongue.pick("offen", "open"),
        Status::Question => tongue.pick("Frage", "question"),
    }
}

fn confirmed(is_confirmed: bool, tongue: Tongue) -> &'static str {
    if is_confirmed { tongue.pick("bestätigt", "confirmed") } else { tongue.pick("Vorschlag", "suggestion") }
}

/// Interviews with their metadata and how many of their statements each ring has.
pub(super) fn matrix(study: &Study, tongue: Tongue) -> Table {
    let fields = value::fields(&study.interviews);
    let count = |interview: &Interview, fits: &dyn Fn(&CodedStatement) -> bool| {
        Cell::Count(interview.statements.iter().filter(|statement| fits(statement)).count())
    };
    let row = |interview: &Interview| {
        let meta = fields.iter().map(|(field, kind)| meta_cell(interview, field, *kind));
        let rings = Ring::ALL.map(|ring| count(interview, &|statement| statement.has_ring(ring)));
        let reasons = count(interview, &|statement| statement.reason.is_some());
        let suggested = count(interview, &CodedStatement::has_suggestion);
        [Cell::text(interview.id())].into_iter().chain(meta).chain(rings).chain([reasons, suggested]).collect()
    };
    let rings = Ring::ALL.map(|ring| Column::new(ring.label(tongue), 16));
    let columns = [Column::new("Interview", 16)].into_iter();
    let columns = columns.chain(fields.keys().map(|field| Column::new(field, 18))).chain(rings);
    let others = [("mit Begründung", "With a reason", 16), ("mit Vorschlägen", "With suggestions", 16)];
    let columns = columns.chain(titled(others, tongue)).collect();
    Table { columns, rows: study.interviews.iter().map(row).collect() }
}

fn meta_cell(interview: &Interview, field: &str, kind: Kind) -> Cell {
    let Some(value) = interview.transcript.meta.get(field) else { return Cell::Empty };
    let text = || Cell::text(value);
    match kind {
        Kind::Text => text(),
        Kind::Integer => value::integer(value).map_or_else(text, Cell::Number),
        Kind::Date => value::date(value).map_or_else(text, Cell::Date),
    }
}

/// The jobs, and how many interviews and statements speak to each.
pub(super) fn jobs(study: &Study, tongue: Tongue) -> Table {
    let columns = [
        ("Job", "Job", 36),
        ("Beschreibung", "Description", 60),
        ("Stand", "Status", 14),
        ("Interviews", "Interviews", 12),
        ("Aussagen", "Statements", 12),
        ("davon Vorschläge", "Of these suggestions", 12),
    ];
    let row = |job: &StudyJob| {
        let told = study.told().filter(|(_, _, statement)| statement.speaks_to(&job.job.id));
        let quotes: Vec<Quote> = told.map(|(interview, _, statement)| Quote { interview, statement }).collect();
        let suggested = quotes.iter().filter(|quote| quote.statement.has_suggestion()).count();
        vec![
            Cell::text(&job.job.title),
            Cell::text(&job.job.description),
            Cell::text(confirmed(job.confirmed, tongue)),
            Cell::Count(voices(&quotes)),
            Cell::Count(quotes.len()),
            Cell::Count(suggested),
        ]
    };
    Table { columns: titled(columns, tongue), rows: study.jobs.iter().map(row).collect() }
}

/// All quotes by job and ring.
pub(super) fn quotes(study: &Study, tongue: Tongue) -> Table {
    let columns = [
        ("Job", "Job", 36),
        ("Ring", "Ring", 24),
        ("Zitat", "Quote", 80),
        ("Interview", "Interview", 16),
        ("Sprecher", "Speaker", 12),
        ("Zeit", "Time", 10),
        ("Stand", "Status", 14),
    ];
    let row = |chapter: &Chapter, ring: Option<Ring>, Quote { interview, statement }: &Quote| {
        vec![
            chapter.job.map(|job| job.job.title.clone()).into(),
            ring.map(|ring| ring.label(tongue).to_owned()).into(),
            Cell::text(interview.text(statement)),
            Cell::text(interview.id()),
            Cell::text(&interview.speaker(statement).name),
            interview.turn(statement).start.map(|start| start.to_string()).into(),
            Cell::text(status(statement, tongue)),
        ]
    };
    let mut rows = Vec::new();
    for chapter in chapters(study) {
        for (ring, quotes) in &chapter.sections {
            rows.extend(quotes.iter().map(|quote| row(&chapter, *ring, quote)));
        }
    }
    Table { columns: titled(columns, tongue), rows }
}

/// All codes, groups before their members.
pub(super) fn codes(study: &Study, tongue: Tongue) -> Table {
    let columns =
        [("Gruppe", "Group", 16), ("Code", "Code", 36), ("Beschreibung", "Description", 80), ("Farbe", "Colour", 10)];
    let row = |group: &str, code: &Code| [group, &code.name, &code.description, code.colour].map(Cell::text).to_vec();
    let mut rows = Vec::new();
    for group in codebook(study, tongue) {
        rows.push(row("", &group));
        rows.extend(group.children.iter().map(|code| row(&group.name, code)));
    }
    Table { columns: titled(columns, tongue), rows }
}

fn titled<const N: usize>(columns: [(&str, &str, u16); N], tongue: Tongue) -> Vec<Column> {
    columns.map(|(german, english, width)| Column::new(tongue.pick(german, english), width)).to_vec()
}
