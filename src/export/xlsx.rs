//! A workbook for Excel and LibreOffice: statements, interviews by rings, jobs, quotes, codes.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::table::{self, Cell, Table};
use crate::error::Tongue;
use crate::study::Study;
use crate::text::is_formula;

/// What a cell can hold, in UTF-16 code units, less room for the dots that say that something is missing.
const LONGEST: usize = 32_767 - 2;

/// How cells look.
struct Looks {
    heading: Format,
    text: Format,
    /// Text that begins like a formula; stays text also after it was edited.
    quoted: Format,
    share: Format,
    day: Format,
    instant: Format,
}

/// The whole workbook; the same study, the same bytes.
pub(super) fn workbook(study: &Study, tongue: Tongue) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(study));
    let sheets = [
        (tongue.pick("Aussagen", "Statements"), table::statements(study, tongue)),
        (tongue.pick("Interviews x Ringe", "Interviews x rings"), table::matrix(study, tongue)),
        ("Jobs", table::jobs(study, tongue)),
        (tongue.pick("Zitate", "Quotes"), table::quotes(study, tongue)),
        (tongue.pick("Codebuch", "Codebook"), table::codes(study, tongue)),
    ];
    let looks = Looks::new();
    for (name, table) in &sheets {
        fill(workbook.add_worksheet().set_name(*name)?, table, &looks)?;
    }
    workbook.save_to_buffer()
}

/// Made when the last thing happened to the study, so that the clock does not change the file.
fn properties(study: &Study) -> DocProperties {
    DocProperties::new().set_title(&study.name).set_creation_datetime(&in_utc(study.newest()))
}

fn in_utc(at: Timestamp) -> DateTime {
    at.to_zoned(TimeZone::UTC).datetime()
}

impl Looks {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            heading: top().set_bold().set_text_wrap(),
            text: top().set_text_wrap(),
            quoted: top().set_text_wrap().set_quote_prefix(),
            share: top().set_num_format("0 %"),
            day: top().set_num_format("yyyy-mm-dd"),
            instant: top().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }
}

fn fill(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    for (column, place) in table.columns.iter().zip(0..) {
        sheet.set_column_width(place, column.width)?;
        sheet.write_string_with_format(0, place, &column.title, &looks.heading)?;
    }
    for (row, number) in table.rows.iter().zip(1..) {
        for (cell, place) in row.iter().zip(0..) {
            write(sheet, number, place, cell, looks)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let (last_row, last_column) = (table.rows.len() as u32, table.columns.len().saturating_sub(1) as u16);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => {
            let look = if is_formula(text) { &looks.quoted } else { &looks.text };
            sheet.write_string_with_format(row, column, fitting(text), look)?
        }
        Cell::Count(count) => sheet.write_number_with_format(row, column, *count as f64, &looks.text)?,
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number as f64, &looks.text)?,
        Cell::Share(share) => sheet.write_number_with_format(row, column, f64::from(*share), &looks.share)?,
        Cell::Date(date) => sheet.write_datetime_with_format(row, column, *date, &looks.day)?,
        Cell::Instant(at) => sheet.write_datetime_with_format(row, column, in_utc(*at), &looks.instant)?,
    };
    Ok(())
}

/// As much of a text as a cell holds.
fn fitting(text: &str) -> String {
    let mut units = 0;
    let end = text.char_indices().find(|(_, sign)| {
        units += sign.len_utf16();
        units > LONGEST
    });
    end.map_or(text.to_owned(), |(end, _)| format!("{} …", &text[..end]))
}
