//! `ringwerk check`: whether a project is whole.

use std::io::Write;

use anyhow::Result;

use super::args::Check;
use super::exit::Exit;
use super::printer::Printer;
use crate::error::{Explain, Tongue};
use crate::store::{self, DATABASE, Decided, VERSION};

pub(super) fn run(command: &Check, printer: &mut Printer) -> Result<Exit> {
    let findings = store::check(&command.folder)?;
    let tongue = printer.tongue;
    let mut out = printer.data();
    writeln!(out, "{}", command.folder.join(DATABASE).display())?;
    writeln!(out, "{}", decided(findings.decided, tongue))?;
    if findings.version < VERSION {
        printer.note(tongue.pick(
            "Das Projekt ist von einer älteren Version von ringwerk; der nächste Befehl, der es öffnet, legt eine Sicherung daneben und stellt es um.",
            "The project is of an older version of ringwerk; the next command that opens it puts a backup beside it and converts it.",
        ));
    }
    for fault in &findings.faults {
        writeln!(out, "- {}", fault.explain(tongue))?;
    }
    if findings.faults.is_empty() {
        writeln!(out, "{}", tongue.pick("alles in Ordnung", "everything is in order"))?;
        return Ok(Exit::Done);
    }
    printer.note(tongue.pick(
        "Bitte die Projektdatei sichern, bevor weitergearbeitet wird; eine ältere Sicherung lässt sich an ihre Stelle legen.",
        "Please copy the project file before you go on; an older backup can be put in its place.",
    ));
    Ok(Exit::No)
}

fn decided(decided: Option<Decided>, tongue: Tongue) -> String {
    let Some(Decided { steps, statements, jobs }) = decided else {
        return tongue.pick("Entscheidungen: nicht gelesen", "decisions: not read").to_owned();
    };
    tongue.pick(
        format!("{steps} Schritte; entschieden über {statements} Aussagen, {jobs} Jobs bestätigt"),
        format!("{steps} steps; {statements} statements decided on, {jobs} jobs confirmed"),
    )
}
