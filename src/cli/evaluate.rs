//! `ringwerk evaluate`: how far suggestions can be trusted, measured on interviews that a person coded.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

use super::args::{Common, Evaluate};
use super::exit::Exit;
use super::printer::Printer;
use super::{model, progress};
use crate::codebook::Ring;
use crate::error::{Explain, IoError, Tongue};
use crate::evaluate::{Compared, Found, Measured, SEED, Scorecard};
use crate::export::json_lines::{ModelRecord, RingField, ring_fields, rounded};
use crate::gold::{self, GoldProject, Split};
use crate::pipeline::{Engine, compare};

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    version: &'a str,
    model: &'a ModelRecord,
    projects: Vec<&'a str>,
    seed: u64,
    figures: &'a Scorecard,
}

/// A line of `--predictions`, as contract 3.2 spells it.
#[derive(Serialize)]
struct PredictionLine<'a> {
    transcript: &'a str,
    n: usize,
    text: &'a str,
    rings: Vec<RingField>,
    reason: Option<ReasonField>,
    job: Option<&'a str>,
    cluster: Option<usize>,
}

#[derive(Serialize)]
struct ReasonField {
    p: f64,
    suggested: bool,
}

pub(super) fn run(command: &Evaluate, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let projects = projects(command, printer.tongue)?;
    let model = model::open(common)?;
    let heads = model.heads()?;
    let record = model.record(&heads)?;
    let interviews = projects.iter().flat_map(|project| &project.interviews);
    let total = interviews.map(|interview| interview.statements.len()).sum();
    let bar = progress::bar(printer, "Aussagen verglichen", "statements compared", total);
    let mut compared = Vec::new();
    for project in &projects {
        let engine = Engine::new(&model.encoder, heads.clone(), &project.jobs)?;
        compared.extend(compare(&engine, project, &mut |done| bar.inc(done as u64))?);
    }
    bar.finish_and_clear();
    let card = Scorecard::of(&compared);
    if let Some(path) = &command.predictions {
        write_predictions(path, &compared)?;
    }
    let mut out = BufWriter::new(printer.data());
    if command.json {
        let projects = projects.iter().map(|project| project.id.as_str()).collect();
        let version = env!("CARGO_PKG_VERSION");
        serde_json::to_writer(&mut out, &Report { version, model: &record, projects, seed: SEED, figures: &card })?;
        writeln!(out)?;
    } else {
        out.write_all(table(&card, printer.tongue).as_bytes())?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn projects(command: &Evaluate, tongue: Tongue) -> Result<Vec<GoldProject>> {
    let mut projects = gold::read_projects(&command.gold)?;
    let Some(part) = &command.split else { return Ok(projects) };
    let split = Split::read(&command.gold)?;
    let Some(chosen) = split.as_ref().and_then(|split| split.part(part)) else {
        bail!(tongue.pick(
            format!(
                "{}: keinen Teil „{part}“ in {}; möglich sind train, development, test, demonstration",
                command.gold.display(),
                Split::FILE
            ),
            format!(
                "{}: no part \"{part}\" in {}; there are train, development, test, demonstration",
                command.gold.display(),
                Split::FILE
            ),
        ));
    };
    projects.retain(|project| chosen.contains(&project.id));
    Ok(projects)
}

fn write_predictions(path: &Path, compared: &[Compared]) -> Result<()> {
    let file = fs::File::create(path).map_err(IoError::at(path))?;
    let mut out = BufWriter::new(file);
    for one in compared {
        let transcript = &one.gold.transcript;
        for (index, (statement, suggestion)) in one.gold.statements.iter().zip(&one.suggestions).enumerate() {
            let suggestion = suggestion.as_ref();
            let line = PredictionLine {
                transcript: &transcript.id,
                n: index + 1,
                text: statement.span.of(transcript.text()),
                rings: suggestion.map(ring_fields).unwrap_or_default(),
                reason: suggestion.map(|suggestion| ReasonField {
                    p: rounded(suggestion.reason.p),
                    suggested: suggestion.reason.suggested,
                }),
                job: suggestion.and_then(|suggestion| suggestion.job.as_ref()).map(|job| job.id.as_str()),
                cluster: one.clusters[index],
            };
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n").map_err(IoError::at(path))?;
        }
    }
    out.flush().map_err(IoError::at(path))?;
    Ok(())
}

/// The table that an analyst reads.
fn table(card: &Scorecard, tongue: Tongue) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}\n",
        tongue.pick(
            format!("{} Aussagen aus {} Interviews, von Hand kodiert; in Klammern der Bereich, in dem 95 von 100 solcher Messungen lägen", card.statements, card.interviews),
            format!("{} statements of {} interviews coded by hand; in brackets the range of 95 of 100 such measurements", card.statements, card.interviews),
        )
    );
    let head =
        tongue.pick(["von Hand", "davon richtig", "davon gefunden", "F1"], ["by hand", "precision", "recall", "F1"]);
    let _ = writeln!(out, "{:<26}{:>9}{:>15}{:>16}   {}", "", head[0], head[1], head[2], head[3]);
    for ring in Ring::ALL {
        let _ = writeln!(out, "{}", found_line(ring.label(tongue), &card.rings[&ring], tongue));
    }
    let _ = writeln!(out, "{}", found_line(tongue.pick("Begründung", "Reason"), &card.reasons, tongue));
    let some_job = tongue.pick("spricht von einem Job", "speaks to some job");
    let _ = writeln!(out, "{}", found_line(some_job, &card.jobs_spoken_to, tongue));
    let units = tongue.pick("Grenzen der Aussagen", "boundaries of statements");
    let _ = writeln!(out, "{}\n", found_line(units, &card.boundaries, tongue));
    for (label, measured) in figures(card, tongue) {
        let _ = writeln!(out, "{label:<62}{}", measured_words(measured, tongue));
    }
    let coded = tongue
        .pick("Aussagen von Interviewenden mit Ring (muss 0 sein)", "interviewers' statements with a ring (must be 0)");
    let _ = writeln!(out, "{coded:<62}{}", card.interviewer_coded);
    out
}

fn figures(card: &Scorecard, tongue: Tongue) -> [(&'static str, &Measured); 11] {
    [
        (tongue.pick("Ringe, Mittel der sechs F1 (macro-F1)", "rings, mean of the six F1 (macro-F1)"), &card.macro_f1),
        (tongue.pick("Ringe, alle zusammen (micro-F1)", "rings, all together (micro-F1)"), &card.micro_f1),
        (
            tongue.pick(
                "Übereinstimmung beim wichtigsten Ring (Cohens Kappa)",
                "agreement on the primary ring (Cohen's kappa)",
            ),
            &card.kappa,
        ),
        (tongue.pick("richtiger Ring unter den ersten zwei", "right ring among the first two"), &card.top_2),
        (
            tongue.pick("Abweichung der Wahrscheinlichkeiten (ECE)", "calibration error of probabilities (ECE)"),
            &card.calibration_error,
        ),
        (
            tongue.pick(
                "Anteil, der mit 90 % Richtigen übernommen werden kann",
                "share that can be accepted with 90 % right",
            ),
            &card.coverage_90,
        ),
        (
            tongue.pick(
                "Anteil, der mit 95 % Richtigen übernommen werden kann",
                "share that can be accepted with 95 % right",
            ),
            &card.coverage_95,
        ),
        (
            tongue.pick("Anteil, den ringwerk als sicher meldet", "share that ringwerk reports as sure"),
            &card.auto_share,
        ),
        (tongue.pick("davon richtig", "right among these"), &card.auto_precision),
        (tongue.pick("richtiger Job, nur nach Beschreibung", "right job, by description alone"), &card.job_accuracy),
        (tongue.pick("mögliche Jobs (BCubed F)", "candidate jobs (BCubed F)"), &card.bcubed_f),
    ]
}

fn found_line(label: &str, found: &Found, tongue: Tongue) -> String {
    let short = |measured: &Measured| measured.value.value().map_or("–".to_owned(), |value| decimal(value, tongue));
    let (precision, recall) = (short(&found.precision), short(&found.recall));
    format!("{label:<26}{:>9}{precision:>15}{recall:>16}   {}", found.support, measured_words(&found.f1, tongue))
}

fn measured_words(measured: &Measured, tongue: Tongue) -> String {
    let value = measured.value.explain(tongue);
    match measured.interval {
        Some(interval) => format!("{value}  ({} – {})", decimal(interval.low, tongue), decimal(interval.high, tongue)),
        None => value,
    }
}

fn decimal(value: f64, tongue: Tongue) -> String {
    let english = format!("{value:.3}");
    tongue.pick(english.replace('.', ","), english)
}
