//! Open answers of an online questionnaire: a table with a respondent a row, as survey programs and Excel write it.

use std::path::Path;

use csv::StringRecord;

use super::error::IngestError;
use super::{decode, detect, header, table};
use crate::error::Location;
use crate::transcript::{Container, Convention, Format, NewTurn, Role, Speaker, Transcript};

/// From so many words on a cell is a text; fewer name a role, a trade or a mark.
const WORDS: usize = 4;

/// The questions and who answered them.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Headings of the columns with open answers, in order.
    pub questions: Vec<String>,
    /// Everybody who answered at least one of them, as an interview in which the questions are asked. It is called like the
    /// row in the table, the headings being row 1; all other columns are its metadata.
    pub respondents: Vec<Transcript>,
    /// How many answered none of them.
    pub silent: usize,
}

/// Reads a questionnaire. `columns` are headings of open answers; without any these are the columns in which most of what is
/// filled in is a longer text.
///
/// # Errors
/// Where the file is no table or cannot be read, a row has other cells than the first one, there is no such heading, or no
/// column looks like open answers.
pub fn read_survey(path: &Path, columns: &[String]) -> Result<Survey, IngestError> {
    survey(path, &super::bytes(path)?, columns)
}

/// Reads a questionnaire's bytes; `path` gives messages their place.
///
/// # Errors
/// As [`read_survey`].
pub fn survey(path: &Path, bytes: &[u8], columns: &[String]) -> Result<Survey, IngestError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(IngestError::Empty { location: Location::file(path) });
    }
    let container = detect::container(bytes, path)?;
    if !matches!(container, Container::Csv | Container::Text) {
        return Err(IngestError::NoTable { location: Location::file(path) });
    }
    let text = decode::text(bytes).text;
    let mut reader = table::reader(&text);
    let bad = |source| IngestError::BadTable { location: Location::file(path), source };
    let headings: Vec<String> = reader.headers().map_err(bad)?.iter().map(|cell| cell.trim().to_owned()).collect();
    let mut rows = Vec::new();
    for (row, record) in (2..).zip(reader.records()) {
        let record = record.map_err(bad)?;
        check(&record, &headings, Location::line(path, row))?;
        rows.push((row, record));
    }
    let open = match columns {
        [] => texts(&headings, &rows),
        named => named.iter().map(|name| place(name, &headings, path)).collect::<Result<_, _>>()?,
    };
    if open.is_empty() {
        return Err(IngestError::NoOpenAnswers { location: Location::file(path), found: headings });
    }
    let (all, container) = (rows.len(), Container::Csv);
    let format = Format { container, convention: Convention::Table };
    let respondents: Vec<Transcript> =
        rows.iter().filter_map(|(row, record)| respondent(*row, record, &headings, &open, format)).collect();
    let silent = all - respondents.len();
    Ok(Survey { questions: open.into_iter().map(|column| headings[column].clone()).collect(), respondents, silent })
}

/// Refuses a row with other cells than headings; empty ones behind the last heading are no fault.
fn check(record: &StringRecord, headings: &[String], location: Location) -> Result<(), IngestError> {
    let further = record.iter().skip(headings.len()).any(|cell| !cell.trim().is_empty());
    if record.len() >= headings.len() && !further {
        return Ok(());
    }
    let column = headings.get(record.len()).or(headings.last()).cloned().unwrap_or_default();
    Err(IngestError::UnevenRow { location, column, expected: headings.len(), found: record.len() })
}

/// Where a heading stands; upper and lower case do not matter.
fn place(name: &str, headings: &[String], path: &Path) -> Result<usize, IngestError> {
    let wanted = name.trim().to_lowercase();
    let found = headings.iter().position(|heading| heading.to_lowercase() == wanted);
    found.ok_or_else(|| IngestError::NoSuchColumn {
        location: Location::line(path, 1),
        wanted: name.to_owned(),
        known: headings.to_vec(),
    })
}

/// The columns in which most of what is filled in is a text.
fn texts(headings: &[String], rows: &[(usize, StringRecord)]) -> Vec<usize> {
    let is_text =
        |cell: &&str| cell.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() >= WORDS;
    let mostly = |column: &usize| {
        let filled: Vec<&str> = rows.iter().filter_map(|(_, record)| answer(record, *column)).collect();
        2 * filled.iter().filter(|cell| is_text(cell)).count() > filled.len()
    };
    (0..headings.len()).filter(mostly).collect()
}

/// What stands in a cell, if that is anything to read.
fn answer(record: &StringRecord, column: usize) -> Option<&str> {
    record.get(column).map(str::trim).filter(|cell| cell.contains(char::is_alphanumeric))
}

fn respondent(
    row: usize,
    record: &StringRecord,
    headings: &[String],
    open: &[usize],
    format: Format,
) -> Option<Transcript> {
    let speaker = |name: &str, role| Speaker { name: name.to_owned(), role };
    let speakers = vec![speaker("Frage", Role::Interviewer), speaker("Antwort", Role::Respondent)];
    let turn = |speaker, text: &str| NewTurn { speaker, start: None, end: None, text: text.to_owned(), foreign: None };
    let answered = open.iter().filter_map(|&column| Some((headings[column].as_str(), answer(record, column)?)));
    let turns: Vec<NewTurn> = answered.flat_map(|(question, answer)| [turn(0, question), turn(1, answer)]).collect();
    if turns.is_empty() {
        return None;
    }
    let mut transcript = Transcript::new(row.to_string(), format, speakers, turns);
    for (column, heading) in headings.iter().enumerate().filter(|(column, _)| !open.contains(column)) {
        if let Some(value) = answer(record, column) {
            let (key, value) = header::keyed(heading, value);
            header::add(&mut transcript.meta, key, value);
        }
    }
    Some(transcript)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Explain, Tongue};

    fn read(bytes: &[u8], columns: &[&str]) -> Result<Survey, IngestError> {
        survey(Path::new("antworten.csv"), bytes, &columns.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())
    }

    fn words(survey: &Survey) -> Vec<(&str, &str)> {
        survey.respondents.iter().map(|one| (one.id.as_str(), one.text())).collect()
    }

    const TABLE: &str = "Nr;Branche;Warum haben Sie gewechselt?;Note\n\
        1;Chemie;\"Weil die Rentabilität nicht mehr stimmte; \n\"\"zu teuer\"\" war es auch.\";2\n\
        2;Bau;;3\n\
        3;Bau;Der alte Anbieter war im Sommer nie da.;1\n";

    #[test]
    fn longer_texts_are_answers_and_the_rest_is_known_of_who_answered() {
        let survey = read(TABLE.as_bytes(), &[]).unwrap();
        assert_eq!(survey.questions, ["Warum haben Sie gewechselt?"]);
        assert_eq!(survey.silent, 1);
        let expected = [
            ("2", "Warum haben Sie gewechselt?\nWeil die Rentabilität nicht mehr stimmte; \n\"zu teuer\" war es auch."),
            ("4", "Warum haben Sie gewechselt?\nDer alte Anbieter war im Sommer nie da."),
        ];
        assert_eq!(words(&survey), expected);
        let meta = &survey.respondents[1].meta;
        assert_eq!((meta["segment"].as_str(), meta["note"].as_str(), meta.len()), ("Bau", "1", 3));
    }

    #[test]
    fn commas_tabs_and_the_signs_of_windows_are_read() {
        for (delimiter, mark) in [(",", ""), ("\t", "\u{feff}")] {
            let table = format!(
                "{mark}Nr{delimiter}Größe{delimiter}Antwort\n1{delimiter}42{delimiter}Für uns zählt vor allem Ruhe.\n"
            );
            let survey = read(table.as_bytes(), &[]).unwrap();
            assert_eq!((survey.questions[0].as_str(), survey.respondents[0].meta["größe"].as_str()), ("Antwort", "42"));
        }
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(TABLE);
        assert_eq!(read(&windows, &[]).unwrap(), read(TABLE.as_bytes(), &[]).unwrap());
    }

    #[test]
    fn columns_are_taken_by_their_heading() {
        let survey = read(TABLE.as_bytes(), &["branche"]).unwrap();
        assert_eq!((survey.respondents.len(), survey.respondents[0].text()), (3, "Branche\nChemie"));
        assert!(survey.respondents[0].meta.contains_key("warum haben sie gewechselt?"));
        let error = read(TABLE.as_bytes(), &["Warum"]).unwrap_err().explain(Tongue::German);
        assert!(error.contains("„Warum“") && error.contains("Warum haben Sie gewechselt?"), "{error}");
    }

    #[test]
    fn faults_are_named_with_row_and_column() {
        let short = format!("{TABLE}4;Bau\n");
        let error = read(short.as_bytes(), &[]).unwrap_err().explain(Tongue::German);
        assert!(error.contains("antworten.csv:5") && error.contains("Warum haben Sie gewechselt?"), "{error}");
        let long = format!("{TABLE}4;Bau;Das war zu langsam, ja; und teuer;2\n");
        let error = read(long.as_bytes(), &[]).unwrap_err().explain(Tongue::English);
        assert!(error.contains("antworten.csv:5") && error.contains("4 expected, 5 found"), "{error}");
        assert!(read(format!("{TABLE}4;Bau;Gut so, wie es ist.;2;;\n").as_bytes(), &[]).is_ok(), "empty cells behind");
        let error = read(b"Nr;Note\n1;2\n", &[]).unwrap_err().explain(Tongue::German);
        assert!(error.contains("Nr, Note") && error.contains("--survey-column"), "{error}");
        assert!(matches!(read(b" \n", &[]).unwrap_err(), IngestError::Empty { .. }));
        let pdf = read(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", &[]).unwrap_err();
        assert!(matches!(pdf, IngestError::NoTable { .. }), "{pdf}");
    }
}
