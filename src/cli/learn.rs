//! `ringwerk learn`: better suggestions from the decisions made so far.

use std::io::Write;

use anyhow::Result;

use super::args::{Common, Learn};
use super::exit::Exit;
use super::model::{self, Model};
use super::printer::Printer;
use crate::error::Tongue;
use crate::learn::{self, Check, Learned, Outcome};
use crate::store::Project;

pub(super) fn run(command: &Learn, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let project = Project::open_existing(&command.folder)?;
    if command.undo {
        return undo(&project, printer);
    }
    let outcome = decided(&project, &model::open(common)?)?;
    let mut out = printer.data();
    if command.json {
        serde_json::to_writer(&mut out, &learned(&outcome).cloned().unwrap_or_default())?;
        writeln!(out)?;
    } else {
        write!(out, "{}", told(&outcome, printer.tongue))?;
    }
    Ok(Exit::Done)
}

/// Learns again after a project was coded, where its last run had learned; what was learned follows from decisions alone.
pub(super) fn again(project: &Project, model: &Model, printer: &Printer) -> Result<()> {
    let outcome = decided(project, model)?;
    printer.note(printer.tongue.pick(
        "\nDie Vorschläge von vorher hatten aus Entscheidungen gelernt; das gilt auch für die neuen:",
        "\nThe suggestions before had learned from decisions; so do the new ones:",
    ));
    printer.note(told(&outcome, printer.tongue).trim_end());
    Ok(())
}

pub(super) fn decided(project: &Project, model: &Model) -> Result<Outcome> {
    Ok(learn::learn_project(project, &model.encoder, &model.decisions, &model.record()?.hash)?)
}

fn undo(project: &Project, printer: &Printer) -> Result<Exit> {
    let undone = learn::undo(project)?;
    printer.note(if undone {
        printer.tongue.pick(
            "Die Vorschläge von vorher gelten wieder. Entscheidungen sind davon nicht berührt.",
            "The suggestions from before are back. Decisions are not touched by that.",
        )
    } else {
        printer.tongue.pick(
            "Die Vorschläge sind die des Modells selbst; es gibt nichts rückgängig zu machen.",
            "The suggestions are the model's own; there is nothing to undo.",
        )
    });
    Ok(Exit::Done)
}

pub(super) fn learned(outcome: &Outcome) -> Option<&Learned> {
    match outcome {
        Outcome::NothingDecided => None,
        Outcome::Unchanged(learned) | Outcome::Changed(learned) | Outcome::AsBefore(learned) => Some(learned),
    }
}

/// What is said of it to a person.
fn told(outcome: &Outcome, tongue: Tongue) -> String {
    let Some(learned) = learned(outcome) else {
        let nothing = tongue.pick(
            "Noch ist nichts entschieden; es ändert sich nichts. Entscheiden mit: ringwerk review ORDNER\n",
            "Nothing is decided yet; nothing changes. To decide: ringwerk review DIR\n",
        );
        return nothing.to_owned();
    };
    let decided = learned.decided;
    let mut text = tongue.pick(
        format!("Entschiedene Aussagen: {decided}. Probe, jede so, als wäre sie noch offen (richtig vorgeschlagen):\n"),
        format!("Decided statements: {decided}. Check, each as if it were still open (suggested right):\n"),
    );
    let lines = [
        (tongue.pick("Ringe", "Rings"), learned.rings),
        (tongue.pick("Begründung", "Reason"), learned.reasons),
        (tongue.pick("irgendein Job", "some job"), learned.some_job),
        (tongue.pick("welcher Job", "which job"), learned.jobs),
    ];
    text.extend(lines.iter().filter(|(_, check)| check.decided > 0).map(|(name, check)| line(name, *check, tongue)));
    let changed = learned.changed.len();
    text += &match outcome {
        Outcome::Changed(_) => tongue.pick(
            format!("{changed} Vorschläge geändert. Zurück mit: ringwerk learn ORDNER --undo\n"),
            format!("{changed} suggestions changed. To go back: ringwerk learn DIR --undo\n"),
        ),
        Outcome::AsBefore(_) => tongue.pick(
            format!("Seit dem letzten Mal nichts Neues; {changed} Vorschläge bleiben geändert.\n"),
            format!("Nothing new since the last time; {changed} suggestions stay changed.\n"),
        ),
        Outcome::Unchanged(_) | Outcome::NothingDecided => tongue
            .pick(
                "Kein Vorschlag geändert: die Vorschläge des Modells bleiben.\n",
                "No suggestion changed: the model's stay.\n",
            )
            .to_owned(),
    };
    text
}

fn line(name: &str, check: Check, tongue: Tongue) -> String {
    let Check { decided, before, after, used } = check;
    let result = match used {
        true => tongue.pick("wird verwendet", "used"),
        false => tongue.pick("nicht verwendet, weil es nicht besser wäre", "not used, since it would be no better"),
    };
    tongue.pick(
        format!("  {name:<14} von {decided}: vorher {before}, mit Gelerntem {after} – {result}\n"),
        format!("  {name:<14} of {decided}: before {before}, with what was learned {after} – {result}\n"),
    )
}
