//! A project as one file: `project.qde` and the texts in `sources/`.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::page::Page;
use super::project::{project, source_guid};
use super::{LineEnds, Variables};
use crate::error::Tongue;
use crate::study::Study;

/// The bytes of a `.qdpx` file; the same study, the same bytes.
pub(crate) fn qdpx(
    study: &Study,
    variables: Variables,
    line_ends: LineEnds,
    tongue: Tongue,
) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let pages: Vec<Page> = study.interviews.iter().map(|interview| Page::new(&interview.transcript)).collect();
    zip.start_file("project.qde", options)?;
    zip.write_all(&project(study, &pages, variables, tongue)?)?;
    for (interview, page) in study.interviews.iter().zip(&pages) {
        zip.start_file(format!("sources/{}.txt", source_guid(interview)), options)?;
        match line_ends {
            LineEnds::Lf => zip.write_all(page.text.as_bytes())?,
            LineEnds::Crlf => zip.write_all(page.text.replace('\n', "\r\n").as_bytes())?,
        }
    }
    Ok(zip.finish()?.into_inner())
}
