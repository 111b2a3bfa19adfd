//! Decisions of a project when its transcripts are coded again: carried over, and told of where that is not possible.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use super::printer::Printer;
use crate::coding::{Action, CarryOver, CodedInterview, ENGINE, TranscriptKey, Version};
use crate::store::Project;

/// Carries over what was decided about earlier versions of the interviews, and says what was found again and what was not.
///
/// An earlier version is what a file of that name held before, unless that text is among the interviews now: it was only renamed then,
/// and what was decided about it stays with it.
pub(super) fn decisions<'a>(
    project: &Project,
    now: impl Iterator<Item = (&'a Path, &'a CodedInterview)>,
    printer: &Printer,
) -> Result<()> {
    let mut state = project.state()?;
    if state.entries().is_empty() {
        return Ok(());
    }
    let now: Vec<_> = now.collect();
    let here: BTreeSet<TranscriptKey> = now.iter().map(|(_, interview)| key(interview)).collect();
    let mut decisions = Vec::new();
    for (path, interview) in now {
        let Some(before) = project.newest_of(path)? else { continue };
        let from = key(&before.interview);
        if from != key(interview) && here.contains(&from) {
            continue;
        }
        let over = state.current().carry_over(version(&before.interview), version(interview));
        report(path, &before.interview, &over, printer);
        decisions.extend(over.decision);
    }
    if !decisions.is_empty() {
        project.append(&mut state, ENGINE, Action::Decide(decisions))?;
    }
    Ok(())
}

fn key(interview: &CodedInterview) -> TranscriptKey {
    TranscriptKey::of(interview.transcript.text())
}

fn version(interview: &CodedInterview) -> Version<'_> {
    Version { transcript: &interview.transcript, statements: &interview.statements }
}

/// Says what became of the decisions about one interview; nothing where all stand as they stood.
fn report(path: &Path, before: &CodedInterview, over: &CarryOver, printer: &Printer) {
    let (kept, moved, lost) = (over.kept.len(), over.moved.len(), over.lost.len());
    if moved + lost == 0 {
        return;
    }
    let path = path.display();
    printer.warning(&printer.tongue.pick(
        format!(
            "{path}: entschiedene Stellen: {kept} wie bisher, {moved} an neuer Stelle, {lost} nicht wiedergefunden"
        ),
        format!("{path}: decided passages: {kept} as before, {moved} at a new place, {lost} not found again"),
    ));
    for passage in &over.lost {
        if let Some(text) = passage.span.get(before.transcript.text()) {
            printer.note(&format!("  – „{text}“"));
        }
    }
}
