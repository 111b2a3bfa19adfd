//! Codings of a QDA project as decisions, and what could not be taken in.

use std::collections::BTreeMap;

use anyhow::Result;

use super::printer::Printer;
use crate::codebook::Job;
use crate::coding::{Action, Adopted, Adoption, CodedInterview, ENGINE, ForeignText, Loss, Version};
use crate::error::Explain;
use crate::store::Project;

/// Adds the codings to the log, a step for everybody who coded, behind a restore point; says what was dropped.
pub(super) fn codings<'a>(
    project: &Project,
    coded: impl Iterator<Item = (&'a ForeignText, &'a CodedInterview)>,
    listed_jobs: &[Job],
    printer: &Printer,
) -> Result<()> {
    let mut state = project.state()?;
    let current = state.current().clone();
    let mut adoption = Adoption::new(&current, listed_jobs);
    for (source, interview) in coded {
        adoption.take(source, Version { transcript: &interview.transcript, statements: &interview.statements });
    }
    let adopted = adoption.finish();
    if !adopted.steps.is_empty() {
        let name = printer.tongue.pick("vor dem Einlesen von Kodierungen", "before codings were read");
        project.append(&mut state, ENGINE, Action::RestorePoint(name.to_owned()))?;
    }
    for (who, decisions) in &adopted.steps {
        project.append(&mut state, who, Action::Decide(decisions.clone()))?;
    }
    report(&adopted, printer);
    Ok(())
}

fn report(adopted: &Adopted, printer: &Printer) {
    let (tongue, moved) = (printer.tongue, adopted.moved);
    for (who, decisions) in &adopted.steps {
        let count = decisions.len();
        printer.note(&tongue.pick(
            format!("Entscheidungen von {who} übernommen: {count}"),
            format!("Decisions of {who} taken over: {count}"),
        ));
    }
    if moved > 0 {
        printer.warning(&tongue.pick(
            format!("{moved} Kodierungen reichen über eine Aussage hinaus oder bleiben in ihr; sie gelten für die Aussagen, die sie am meisten bedecken"),
            format!("{moved} codings are longer or shorter than a statement; they hold for the statements that they cover most"),
        ));
    }
    let mut losses: BTreeMap<(Loss, &str), Vec<&str>> = BTreeMap::new();
    for dropped in &adopted.dropped {
        losses.entry((dropped.loss, &dropped.mark)).or_default().push(&dropped.quote);
    }
    for ((loss, mark), quotes) in losses {
        let (loss_text, count) = (loss.explain(tongue), quotes.len());
        printer.warning(&tongue.pick(
            format!("nicht übernommen: „{mark}“ an {count} Stellen: {loss_text}"),
            format!("not taken over: \"{mark}\" at {count} places: {loss_text}"),
        ));
        let listed = !matches!(loss, Loss::UnknownCode | Loss::Suggestion);
        quotes.iter().filter(|_| listed).for_each(|quote| printer.note(&format!("  – „{quote}“")));
    }
}
