//! `ringwerk simulate`: what an analyst's decisions bring for the rest of a project, with gold in place of the analyst.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use super::record::{Record, Settings};
use super::table::{range, short, table};
use super::{plots, projects};
use crate::cli::args::{Common, Simulate};
use crate::cli::exit::Exit;
use crate::cli::printer::Printer;
use crate::cli::{model, progress};
use crate::error::{IoError, Tongue};
use crate::evaluate::{Figure, Measured, SEED};
use crate::gold::GoldError;
use crate::learn::{self, Curve, Frame, JobFigures, MEMBERS, Order, Point};
use crate::pipeline::code_gold;

/// How statements are chosen, in the order in which it is told.
const ORDERS: [Order; 2] = [Order::LeastSure, Order::Random];

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    record: &'a Record,
    curves: &'a [Curve],
    few_members: JobFigures,
}

pub(in crate::cli) fn run(command: &Simulate, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let projects = projects(&command.gold, command.split.as_deref(), printer.tongue)?;
    if projects.iter().all(|project| project.interviews.is_empty()) {
        return Err(GoldError::NothingThere { path: command.gold.clone() }.into());
    }
    let model = model::open(common)?;
    let settings = Settings { split: command.split.clone(), units: "gold", number_type: model.number_type.to_string() };
    let record = Record::new(Some(model.record()?), settings, &projects);
    let bar = progress::statements(&projects, printer);
    let days = projects.par_iter().map(|project| {
        let engine = model.engine(&project.jobs)?;
        let coded = code_gold(&engine, project, &mut |done| bar.inc(done as u64))?;
        let frame = Frame { decisions: &model.decisions, jobs: engine.jobs() };
        let days = ORDERS.map(|order| learn::simulate(project, &coded, frame, order, SEED));
        Ok((days, learn::few_members(project, &coded, frame)))
    });
    let (days, members): (Vec<[_; ORDERS.len()]>, Vec<_>) = days.collect::<Result<Vec<_>>>()?.into_iter().unzip();
    bar.finish_and_clear();
    let of_order = |place: usize| days.iter().map(|days| days[place].clone()).collect::<Vec<_>>();
    let curves: Vec<Curve> = (0..).zip(ORDERS).map(|(place, order)| Curve::of(order, &of_order(place))).collect();
    let few_members = learn::job_figures(&members);
    if let Some(path) = &command.svg {
        fs::write(path, plots::days(&curves, printer.tongue)?).map_err(IoError::at(path))?;
    }
    let mut out = printer.data();
    if command.json {
        serde_json::to_writer(&mut out, &Report { record: &record, curves: &curves, few_members })?;
        writeln!(out)?;
    } else {
        write!(out, "{}{}", told(&curves, &few_members, printer.tongue), record.line(printer.tongue))?;
    }
    Ok(Exit::Done)
}

fn told(curves: &[Curve], few_members: &JobFigures, tongue: Tongue) -> String {
    let mut out = tongue.pick(
        "Auf den Aussagen, die noch nicht entschieden sind. In Klammern: Bereich, in dem 95 von 100 solcher Messungen lägen.\n\n",
        "On the statements that are not decided yet. In brackets: range of 95 of 100 such measurements.\n\n",
    ).to_owned();
    for curve in curves {
        let _ = writeln!(out, "{}\n\n{}\n", rings(curve, tongue), jobs(curve, tongue));
    }
    let JobFigures { described, confirmed, learned } = few_members;
    let _ = writeln!(
        out,
        "{}\n",
        tongue.pick(
            format!("{MEMBERS} bestätigte Aussagen je Job: richtiger Job {} {}, aus Beschreibungen allein {}, Unterschied {} {}",
                short(confirmed.value, tongue), range(confirmed, tongue), short(described.value, tongue), short(learned.value, tongue), range(learned, tongue)),
            format!("{MEMBERS} confirmed statements a job: right job {} {}, by descriptions alone {}, difference {} {}",
                short(confirmed.value, tongue), range(confirmed, tongue), short(described.value, tongue), short(learned.value, tongue), range(learned, tongue)),
        )
    );
    out
}

fn name(order: Order, tongue: Tongue) -> &'static str {
    match order {
        Order::LeastSure => tongue.pick("Unsicherste zuerst: Ringe", "Least sure first: rings"),
        Order::Random => tongue.pick("Zufällig gewählt: Ringe", "Chosen at random: rings"),
    }
}

/// What is gained on the rest: by deciding about other statements than these, and by learning.
fn rings(curve: &Curve, tongue: Tongue) -> String {
    let mut table = table(vec![
        name(curve.order, tongue),
        tongue.pick("macro-F1 Modell", "macro-F1 model"),
        "(95 %)",
        tongue.pick("gelernt", "learned"),
        "(95 %)",
        tongue.pick("Gewinn durch Bestätigen", "gain by confirming"),
        tongue.pick("durch Lernen", "by learning"),
        "(95 %)",
        tongue.pick("Kappa Modell", "kappa model"),
        tongue.pick("gelernt", "learned"),
    ]);
    let begin = curve.points.first().and_then(|point| point.macro_f1_model.value.value());
    for point in &curve.points {
        let by_confirming = point.macro_f1_model.value.value().zip(begin).map(|(now, begin)| now - begin);
        let number = |figure: &Measured| short(figure.value, tongue);
        table.add_row([
            point.decided.to_string(),
            number(&point.macro_f1_model),
            range(&point.macro_f1_model, tongue),
            number(&point.macro_f1_adapted),
            range(&point.macro_f1_adapted, tongue),
            by_confirming.map(|gain| short(Figure::Value(gain), tongue)).unwrap_or_default(),
            number(&point.macro_f1_learned),
            range(&point.macro_f1_learned, tongue),
            number(&point.kappa_model),
            number(&point.kappa_adapted),
        ]);
    }
    table.trim_fmt()
}

fn jobs(curve: &Curve, tongue: Tongue) -> String {
    let mut table = table(vec![
        tongue.pick("Jobs: richtig unter Aussagen mit Job", "jobs: right among statements with a job"),
        tongue.pick("aus Beschreibungen", "by descriptions"),
        tongue.pick("mit bestätigten", "with confirmed"),
        "(95 %)",
        tongue.pick("Unterschied", "difference"),
        "(95 %)",
    ]);
    for Point { decided, jobs, .. } in &curve.points {
        let number = |figure: &Measured| short(figure.value, tongue);
        table.add_row([
            decided.to_string(),
            number(&jobs.described),
            number(&jobs.confirmed),
            range(&jobs.confirmed, tongue),
            number(&jobs.learned),
            range(&jobs.learned, tongue),
        ]);
    }
    table.trim_fmt()
}
