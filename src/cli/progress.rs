//! How far long work is and how long it still takes, on stderr.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::printer::Printer;
use crate::gold::GoldProject;

/// A bar over `total` steps. Silent in quiet runs and where stderr is no terminal; gone when finished.
pub(super) fn bar(printer: &Printer, german: &'static str, english: &'static str, total: usize) -> ProgressBar {
    let target = if printer.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(total as u64), target);
    let left = printer.tongue.pick("noch", "left");
    let template = format!("{{msg}} {{bar:30}} {{pos}}/{{len}} · {left} {{eta}}");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar.set_message(printer.tongue.pick(german, english));
    bar
}

/// A bar over all statements of gold projects.
pub(super) fn statements(projects: &[GoldProject], printer: &Printer) -> ProgressBar {
    let interviews = projects.iter().flat_map(|project| &project.interviews);
    let total = interviews.map(|interview| interview.statements.len()).sum();
    bar(printer, "Aussagen gelesen", "statements read", total)
}
