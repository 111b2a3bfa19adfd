//! The tables that an analyst reads on the terminal.

use std::fmt::Write;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};

use super::figures::{Difference, Main, main_figures};
use super::record::Record;
use crate::codebook::Ring;
use crate::error::{Explain, Tongue};
use crate::evaluate::{
    AgreedCode, Agreement, Confusion, Disagreement, Division, Figure, Found, Labelling, Measured, Scorecard, Slice,
};
use crate::gold::Code;
use crate::text::beginning;

/// Characters of a quote.
const QUOTE: usize = 100;
/// Disagreements that are listed.
const LISTED: usize = 20;
/// Interviews shown at either end of the list.
const ENDS: usize = 3;

/// The whole table of the engine against gold.
pub(super) fn scorecard(card: &Scorecard, record: &Record, tongue: Tongue) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", heading(card, tongue));
    let _ = writeln!(out, "{}", rings(&card.labels, tongue));
    let _ = writeln!(out, "{}", lines(&main_figures(card, tongue), card, tongue));
    let _ = writeln!(out, "{}", beside(card, tongue));
    for by in [Division::Style, Division::Length, Division::Project] {
        let parts: Vec<&Slice> = card.slices.iter().filter(|slice| slice.by == by).collect();
        let _ = writeln!(out, "{}", slices(by, &parts, tongue));
    }
    let _ = writeln!(out, "{}", slices(Division::Interview, &ends(card), tongue));
    let _ = writeln!(out, "{}", confusions(&card.confusions, tongue));
    let _ = writeln!(out, "{}", candidates(card, tongue));
    out + &record.line(tongue)
}

fn heading(card: &Scorecard, tongue: Tongue) -> String {
    tongue.pick(
        format!(
            "{} Aussagen aus {} Interviews, von Hand kodiert. In Klammern: Bereich, in dem 95 von 100 solcher Messungen lägen.\n",
            card.statements, card.interviews
        ),
        format!(
            "{} statements of {} interviews coded by hand. In brackets: range of 95 of 100 such measurements.\n",
            card.statements, card.interviews
        ),
    )
}

/// A table without lines: the first column left, the others right.
pub(super) fn table(head: Vec<&str>) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(head);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn rings(labels: &Labelling, tongue: Tongue) -> String {
    let mut table = table(tongue.pick(
        vec!["Ringe auf den Aussagen der Kodierenden", "von Hand", "Vorschläge richtig", "gefunden", "F1", "(95 %)"],
        vec!["rings on the coders' statements", "by hand", "precision", "recall", "F1", "(95 %)"],
    ));
    let mut row = |label: &str, found: &Found| {
        let cells = [label.to_owned(), found.support.to_string()].into_iter();
        let figures = [&found.precision, &found.recall, &found.f1].map(|one| short(one.value, tongue));
        table.add_row(cells.chain(figures).chain([range(&found.f1, tongue)]).collect::<Vec<_>>());
    };
    for ring in Ring::ALL {
        row(ring.label(tongue), &labels.rings[&ring]);
    }
    row(tongue.pick("Begründung", "Reason"), &labels.reasons);
    format!("{}\n", table.trim_fmt())
}

fn lines(main: &[Main], card: &Scorecard, tongue: Tongue) -> String {
    let mut table = table(tongue.pick(vec!["Zahlen", "", "(95 %)"], vec!["figures", "", "(95 %)"]));
    for one in main {
        table.add_row([one.label.to_owned(), one.measured.value.explain(tongue), range(one.measured, tongue)]);
    }
    let coded = tongue
        .pick("Aussagen von Interviewenden mit Ring (muss 0 sein)", "interviewers' statements with a ring (must be 0)");
    table.add_row([coded.to_owned(), card.interviewer_coded.to_string(), String::new()]);
    format!("{}\n", table.trim_fmt())
}

/// The engine, the engine end to end, and simple coders.
fn beside(card: &Scorecard, tongue: Tongue) -> String {
    let head = tongue.pick("Zum Vergleich", "For comparison");
    let mut table = table(vec![
        head,
        "macro-F1",
        "(95 %)",
        tongue.pick("Kappa", "kappa"),
        tongue.pick("unter ersten zwei", "top-2"),
        tongue.pick("Begründung F1", "reason F1"),
    ]);
    for (label, labels) in compared(card, tongue) {
        table.add_row([
            label.to_owned(),
            short(labels.macro_f1.value, tongue),
            range(&labels.macro_f1, tongue),
            short(labels.kappa.value, tongue),
            short(labels.top_2.value, tongue),
            short(labels.reasons.f1.value, tongue),
        ]);
    }
    format!("{}\n", table.trim_fmt())
}

/// What stands side by side: name and figures.
pub(super) fn compared(card: &Scorecard, tongue: Tongue) -> Vec<(&'static str, &Labelling)> {
    let own = [
        ("ringwerk", &card.labels),
        (tongue.pick("ringwerk mit eigenen Grenzen", "ringwerk with own boundaries"), &card.end_to_end),
    ];
    let baselines = card.baselines.iter().map(|(baseline, labels)| (baseline.label(tongue), labels));
    own.into_iter().chain(baselines).collect()
}

fn slices(by: Division, parts: &[&Slice], tongue: Tongue) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let mut table = table(vec![
        by.label(tongue),
        tongue.pick("Interviews", "interviews"),
        tongue.pick("Aussagen", "statements"),
        "macro-F1",
        "(95 %)",
        tongue.pick("Kappa", "kappa"),
        tongue.pick("Begründung F1", "reason F1"),
    ]);
    for part in parts {
        table.add_row([
            part.label(tongue).to_owned(),
            part.interviews.to_string(),
            part.statements.to_string(),
            short(part.macro_f1.value, tongue),
            range(&part.macro_f1, tongue),
            short(part.kappa.value, tongue),
            short(part.reason_f1.value, tongue),
        ]);
    }
    format!("{}\n", table.trim_fmt())
}

/// The interviews with the highest and the lowest macro-F1; all where there are few.
fn ends(card: &Scorecard) -> Vec<&Slice> {
    let mut interviews: Vec<&Slice> = card.slices.iter().filter(|slice| slice.by == Division::Interview).collect();
    let value = |slice: &Slice| slice.macro_f1.value.value().unwrap_or(f64::NEG_INFINITY);
    interviews.sort_by(|a, b| value(b).total_cmp(&value(a)));
    if interviews.len() > 2 * ENDS {
        interviews.drain(ENDS..interviews.len() - ENDS);
    }
    interviews
}

fn confusions(confusions: &[Confusion], tongue: Tongue) -> String {
    let mut out =
        format!("{}\n", tongue.pick("Was am häufigsten verwechselt wird", "What is most often taken for what"));
    for one in confusions {
        let (gold, found) = (ring_words(one.gold, tongue), ring_words(one.found, tongue));
        let _ = writeln!(
            out,
            "  {} × {}",
            one.count,
            tongue
                .pick(format!("von Hand {gold}, vorgeschlagen {found}"), format!("by hand {gold}, suggested {found}"))
        );
        for example in &one.examples {
            let _ = writeln!(out, "      „{}“ ({}, {})", cut(&example.text), example.transcript, example.n);
        }
    }
    out
}

pub(super) fn ring_words(ring: Option<Ring>, tongue: Tongue) -> &'static str {
    ring.map_or(tongue.pick("kein Ring", "no ring"), |ring| ring.label(tongue))
}

/// How mixed the candidate jobs are, project by project.
fn candidates(card: &Scorecard, tongue: Tongue) -> String {
    let head = tongue.pick(
        "Mögliche Jobs: Anteil des häufigsten Jobs von Hand (Aussagen), je Projekt",
        "Candidate jobs: share of the most frequent job by hand (statements), by project",
    );
    let mut out = format!("{head}\n");
    let mut project = "";
    for candidate in &card.clusters.candidates {
        if candidate.project != project {
            project = &candidate.project;
            let _ = write!(out, "{}  {project:<20}", if out.ends_with('\n') { "" } else { "\n" });
        }
        let _ = write!(out, " {} ({})", short(candidate.purity, tongue), candidate.statements);
    }
    out + "\n"
}

/// The table of two codings.
pub(super) fn agreement(agreement: &Agreement, tongue: Tongue) -> String {
    let [first, second, matched] = agreement.statements;
    let mut out = tongue.pick(
        format!(
            "{} Interviews, zweimal kodiert: {first} und {second} Aussagen von Befragten, davon {matched} vergleichbar.\n\n",
            agreement.interviews
        ),
        format!(
            "{} interviews coded twice: {first} and {second} statements of respondents, {matched} of them comparable.\n\n",
            agreement.interviews
        ),
    );
    let mut codes = table(tongue.pick(
        vec!["Code", "erste Kodierung", "zweite", "beide", "Kappa", "(95 %)", "AC1"],
        vec!["code", "first coding", "second", "both", "kappa", "(95 %)", "AC1"],
    ));
    let mut row = |label: &str, code: &AgreedCode| {
        let cells = [label.to_owned()].into_iter().chain(code.given.map(|count| count.to_string()));
        let figures = [short(code.kappa.value, tongue), range(&code.kappa, tongue), short(code.ac1.value, tongue)];
        codes.add_row(cells.chain(figures).collect::<Vec<_>>());
    };
    for ring in Ring::ALL {
        row(ring.label(tongue), &agreement.agreed[&ring]);
    }
    row(tongue.pick("Begründung", "Reason"), &agreement.agreed_reasons);
    let _ = writeln!(out, "{}\n", codes.trim_fmt());
    let mut whole = table(tongue.pick(vec!["Zahlen", "", "(95 %)"], vec!["figures", "", "(95 %)"]));
    for (label, measured) in agreement_figures(agreement, tongue) {
        whole.add_row([label.to_owned(), measured.value.explain(tongue), range(measured, tongue)]);
    }
    let _ = writeln!(out, "{}\n", whole.trim_fmt());
    let shown = agreement.disagreements.len().min(LISTED);
    let _ = writeln!(
        out,
        "{}",
        tongue.pick(
            format!("{} Aussagen verschieden kodiert, hier {shown} (alle: --json)", agreement.disagreements.len()),
            format!("{} statements coded differently, here {shown} (all: --json)", agreement.disagreements.len()),
        )
    );
    for one in &agreement.disagreements[..shown] {
        let _ = writeln!(out, "{}", disagreement(one, tongue));
    }
    out
}

fn agreement_figures(agreement: &Agreement, tongue: Tongue) -> [(&'static str, &Measured); 8] {
    let labels = &agreement.labels;
    [
        (tongue.pick("wichtigster Ring: Cohens Kappa", "primary ring: Cohen's kappa"), &labels.kappa),
        (tongue.pick("wichtigster Ring: Gwets AC1", "primary ring: Gwet's AC1"), &labels.ac1),
        (
            tongue.pick(
                "wichtigster Ring: Krippendorffs Alpha (nominal)",
                "primary ring: Krippendorff's alpha (nominal)",
            ),
            &labels.alpha_nominal,
        ),
        (
            tongue.pick("alle Ringe: Krippendorffs Alpha (MASI)", "all rings: Krippendorff's alpha (MASI)"),
            &labels.alpha_masi,
        ),
        (tongue.pick("Ringe, Mittel der sechs F1 (macro-F1)", "rings, mean of the six F1"), &labels.macro_f1),
        (tongue.pick("Job: Cohens Kappa", "job: Cohen's kappa"), &agreement.job_kappa),
        (tongue.pick("derselbe Job, wo beide einen gaben", "same job where both gave one"), &agreement.same_job),
        (tongue.pick("Grenzen der Aussagen (F1)", "boundaries of statements (F1)"), &agreement.units.boundaries.f1),
    ]
}

fn disagreement(one: &Disagreement, tongue: Tongue) -> String {
    let words = |given: &Code| {
        let rings: Vec<&str> = given.rings.iter().map(|ring| ring.label(tongue)).collect();
        let rings = if rings.is_empty() { tongue.pick("kein Ring", "no ring").to_owned() } else { rings.join(" + ") };
        let reason = if given.reason { tongue.pick(", Begründung", ", reason") } else { "" };
        let job = given.job.as_ref().map(|job| format!(", Job {job}")).unwrap_or_default();
        format!("{rings}{reason}{job}")
    };
    let (first, second) = (words(&one.first), words(&one.second));
    format!("  {} {}: „{}“\n      1: {first}\n      2: {second}", one.transcript, one.n, cut(&one.text))
}

/// The main figures of two runs side by side.
pub(super) fn differences(main: &[Main], differences: &[Difference], tongue: Tongue) -> String {
    let mut table = table(tongue.pick(
        vec!["Vergleich mit früher", "früher", "jetzt", "Unterschied", ""],
        vec!["compared with earlier", "earlier", "now", "difference", ""],
    ));
    for one in main {
        let Some(found) = differences.iter().find(|difference| difference.name == one.name) else { continue };
        let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| decimal(value, tongue));
        let signed = found.difference.map_or("–".to_owned(), |value| {
            let sign = if value < 0.0 { "−" } else { "+" };
            format!("{sign}{}", decimal(value.abs(), tongue))
        });
        let better = found.difference.map(|difference| (difference > 0.0) != one.lower_is_better);
        let verdict = match (found.beyond_noise, better) {
            (Some(true), Some(true)) => tongue.pick("besser", "better"),
            (Some(true), Some(false)) => tongue.pick("schlechter", "worse"),
            (Some(false), _) => tongue.pick("im Rahmen des Zufalls", "within the noise"),
            _ => tongue.pick("nicht vergleichbar", "not comparable"),
        };
        table.add_row([one.label, &number(found.earlier.value), &number(found.now.value), &signed, verdict]);
    }
    format!("{}\n", table.trim_fmt())
}

/// A text short enough for a line.
fn cut(text: &str) -> String {
    let kept = beginning(text, QUOTE);
    if kept.len() < text.len() { format!("{kept} …") } else { text.to_owned() }
}

pub(super) fn short(figure: Figure, tongue: Tongue) -> String {
    figure.value().map_or("–".to_owned(), |value| decimal(value, tongue))
}

pub(super) fn range(measured: &Measured, tongue: Tongue) -> String {
    let ends = |interval: crate::evaluate::Interval| {
        format!("({} – {})", decimal(interval.low, tongue), decimal(interval.high, tongue))
    };
    measured.interval.map(ends).unwrap_or_default()
}

fn decimal(value: f64, tongue: Tongue) -> String {
    Figure::Value(value).explain(tongue)
}
