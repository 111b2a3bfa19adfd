//! Statements as a table in plain text, safe to open in a spreadsheet.

use csv::{Terminator, WriterBuilder};

use super::table::{Cell, statements};
use crate::error::Tongue;
use crate::study::Study;
use crate::text::harmless_in_spreadsheets;

/// How a `.csv` file is written; always in UTF-8 with lines ended by CR and LF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// As a German Excel opens it: `;` between cells, a comma in numbers, a byte order mark.
    #[default]
    Excel,
    /// After RFC 4180: `,` between cells, a point in numbers, no byte order mark.
    Rfc4180,
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The statements of a study.
pub(super) fn table(study: &Study, dialect: Dialect, tongue: Tongue) -> csv::Result<Vec<u8>> {
    let (mark, delimiter) = match dialect {
        Dialect::Excel => (BYTE_ORDER_MARK, b';'),
        Dialect::Rfc4180 => (&[][..], b','),
    };
    let table = statements(study, tongue);
    let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(Terminator::CRLF).from_writer(mark.to_vec());
    writer.write_record(table.columns.iter().map(|column| &column.title))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| field(cell, dialect)))?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

fn field(cell: &Cell, dialect: Dialect) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless_in_spreadsheets(text),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Share(share) => {
            let share = format!("{share:.4}");
            if dialect == Dialect::Excel { share.replace('.', ",") } else { share }
        }
        Cell::Instant(at) => at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    }
}
