//! `ringwerk evaluate`: how far suggestions can be trusted, measured on interviews that a person coded.

mod figures;
mod page;
mod plots;
mod record;
pub(super) mod simulate;
mod table;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::args::{Common, Evaluate};
use super::exit::Exit;
use super::printer::Printer;
use super::{model, progress};
use crate::error::{IoError, Tongue};
use crate::evaluate::{Agreement, Coding, Compared, Scorecard};
use crate::export::json_lines::{RingField, ring_fields, rounded};
use crate::gold::{self, Gold, GoldError, GoldProject, Split};
use crate::pipeline::compare;
pub(super) use figures::Floor;
use figures::{Difference, Reading, by_name, differences, main_figures, missed};
use record::{GoldRecord, Record, Settings};

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    record: &'a Record,
    figures: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared: Option<Vec<Difference>>,
}

/// What `--against --json` prints.
#[derive(Serialize)]
struct AgreementReport<'a> {
    #[serde(flatten)]
    record: &'a Record,
    against: GoldRecord,
    figures: &'a Agreement,
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
    let projects = projects(&command.gold, command.split.as_deref(), printer.tongue)?;
    if let Some(other) = &command.against {
        return agree(command, &projects, &gold::read_projects(other)?, printer);
    }
    if projects.iter().all(|project| project.interviews.is_empty()) {
        return Err(GoldError::NothingThere { path: command.gold.clone() }.into());
    }
    let earlier = command.compare.as_deref().map(|path| read_earlier(path, printer.tongue)).transpose()?;
    let model = model::open(common)?;
    let frozen = model.frozen()?;
    let settings =
        Settings { split: command.split.clone(), units: "statement", number_type: model.number_type.to_string() };
    let record = Record::new(Some(model.record()?), settings, &projects);
    let bar = progress::statements(&projects, printer);
    let compared = projects.par_iter().map(|project| {
        let engine = model.engine(&project.jobs)?;
        Ok(compare(&engine, frozen.as_ref(), project, &mut |done| bar.inc(done as u64))?)
    });
    let compared: Vec<Vec<Compared>> = compared.collect::<Result<_>>()?;
    let compared = compared.concat();
    bar.finish_and_clear();
    let card = Scorecard::of(&compared);
    if let Some(path) = &command.predictions {
        write_predictions(path, &compared)?;
    }
    if let Some(path) = &command.html {
        fs::write(path, page::scorecard(&card, &record, printer.tongue)?).map_err(IoError::at(path))?;
    }
    report(command, &card, &record, earlier, printer)
}

/// Prints the figures and says whether they reach the floors.
fn report(
    command: &Evaluate,
    card: &Scorecard,
    record: &Record,
    earlier: Option<Value>,
    printer: &Printer,
) -> Result<Exit> {
    let tongue = printer.tongue;
    let figures = serde_json::to_value(card)?;
    let named = by_name(&figures);
    let changed = earlier.as_ref().map(|earlier| differences(&by_name(&earlier["figures"]), &named));
    if earlier.is_some_and(|earlier| earlier["gold"]["hash"] != record.gold_hash()) {
        printer.warning(tongue.pick(
            "der frühere Bericht ist über andere Interviews oder andere Kodierungen; Unterschiede können auch daher kommen",
            "the earlier report is about other interviews or codings; differences may come from that, too",
        ));
    }
    let mut out = BufWriter::new(printer.data());
    if command.json {
        serde_json::to_writer(&mut out, &Report { record, figures: &figures, compared: changed })?;
        writeln!(out)?;
    } else {
        out.write_all(table::scorecard(card, record, tongue).as_bytes())?;
        if let Some(changed) = changed {
            write!(out, "\n{}", table::differences(&main_figures(card, tongue), &changed, tongue))?;
        }
    }
    out.flush()?;
    judge(command, &named, printer)
}

/// Says which floors are not reached.
fn judge(command: &Evaluate, named: &BTreeMap<String, Reading>, printer: &Printer) -> Result<Exit> {
    let missed = missed(&command.fail_under, named, printer.tongue)?;
    missed.iter().for_each(|line| printer.error(line));
    Ok(if missed.is_empty() { Exit::Done } else { Exit::No })
}

/// Compares two codings of the same interviews; no model is needed.
fn agree(command: &Evaluate, first: &[GoldProject], second: &[GoldProject], printer: &Printer) -> Result<Exit> {
    let tongue = printer.tongue;
    let known: HashMap<(&str, &str), &Gold> = interviews(first).map(|gold| (gold.name(), gold)).collect();
    let pair = |second| Some(Coding { first: known.get(&Gold::name(second))?, second });
    let codings: Vec<Coding> = interviews(second).filter_map(pair).collect();
    let agreement = Agreement::of(&codings)?;
    let left_out = interviews(second).count() - codings.len();
    if left_out > 0 {
        printer.warning(&tongue.pick(
            format!("{left_out} Interviews der zweiten Kodierung kommen in der ersten nicht vor"),
            format!("{left_out} interviews of the second coding are not in the first"),
        ));
    }
    let mut out = BufWriter::new(printer.data());
    if command.json {
        let settings = Settings { split: command.split.clone(), units: "gold", number_type: String::new() };
        let record = Record::new(None, settings, first);
        let report = AgreementReport { record: &record, against: GoldRecord::of(second), figures: &agreement };
        serde_json::to_writer(&mut out, &report)?;
        writeln!(out)?;
    } else {
        out.write_all(table::agreement(&agreement, tongue).as_bytes())?;
    }
    out.flush()?;
    judge(command, &by_name(&serde_json::to_value(&agreement)?), printer)
}

fn interviews(projects: &[GoldProject]) -> impl Iterator<Item = &Gold> {
    projects.iter().flat_map(|project| &project.interviews)
}

/// An earlier `--json` report.
fn read_earlier(path: &Path, tongue: Tongue) -> Result<Value> {
    let expected = tongue.pick(
        "kein früherer Bericht; erwartet: eine Datei, die „ringwerk evaluate GOLD --json“ geschrieben hat",
        "no earlier report; expected: a file that \"ringwerk evaluate GOLD --json\" wrote",
    );
    let source = fs::read_to_string(path).map_err(IoError::at(path))?;
    let value: Value = serde_json::from_str(&source).with_context(|| format!("{}: {expected}", path.display()))?;
    if !value["figures"].is_object() || value["model"].is_null() {
        bail!("{}: {expected}", path.display());
    }
    Ok(value)
}

/// The gold projects of a folder, or of one part of its split.
fn projects(folder: &Path, part: Option<&str>, tongue: Tongue) -> Result<Vec<GoldProject>> {
    let mut projects = gold::read_projects(folder)?;
    let Some(part) = part else { return Ok(projects) };
    let split = Split::read(folder, &projects)?;
    let Some(chosen) = split.as_ref().and_then(|split| split.part(part)) else {
        bail!(tongue.pick(
            format!(
                "{}: kein Teil „{part}“ in {}; möglich sind train, development, test, demonstration",
                folder.display(),
                Split::FILE
            ),
            format!(
                "{}: no part \"{part}\" in {}; there are train, development, test, demonstration",
                folder.display(),
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
