//! The plots of the accuracy page, as SVG.

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use crate::error::Tongue;
use crate::evaluate::{Measured, Trust};
use crate::learn::{Curve, Order, Point};

const SIZE: (u32, u32) = (560, 380);
/// Blue and grey that keep apart for colour-blind eyes and in print.
const INK: RGBColor = RGBColor(31, 94, 168);
const GUIDE: RGBColor = RGBColor(150, 150, 150);
/// Orange, and the same pale, for a second quantity beside.
const JOBS: RGBColor = RGBColor(200, 90, 20);
const PALE_JOBS: RGBColor = RGBColor(235, 180, 140);

/// Labels of both axes.
struct Axes<'a> {
    x: &'a str,
    y: &'a str,
}

/// How right suggestions are by how many of them are accepted, the surest first.
pub(super) fn coverage(trust: &Trust, tongue: Tongue) -> Result<String> {
    let curve: Vec<(f64, f64)> = trust.curve.iter().map(|point| (point.coverage, point.precision)).collect();
    let axes = Axes {
        x: tongue.pick("Anteil der Aussagen, die übernommen werden", "share of statements accepted"),
        y: tongue.pick("davon richtig", "right among these"),
    };
    draw(&axes, &[(0.0, 0.9), (1.0, 0.9)], &curve, false)
}

/// How often probabilities come true.
pub(super) fn reliability(trust: &Trust, tongue: Tongue) -> Result<String> {
    let points = trust.bins.iter().filter_map(|bin| Some((bin.confidence.value()?, bin.right.value()?)));
    let axes = Axes {
        x: tongue.pick("genannte Wahrscheinlichkeit", "probability told"),
        y: tongue.pick("wirklich richtig", "really right"),
    };
    draw(&axes, &[(0.0, 0.0), (1.0, 1.0)], &points.collect::<Vec<_>>(), true)
}

/// A line over shares from 0 to 1 in both directions, beside a guide line.
fn draw(axes: &Axes, guide: &[(f64, f64)], line: &[(f64, f64)], dots: bool) -> Result<String> {
    let mut svg = String::new();
    // The library's errors borrow the picture.
    paint(&mut svg, axes, guide, line, dots).map_err(|error| anyhow!("{error}"))?;
    Ok(svg)
}

fn paint(
    svg: &mut String,
    axes: &Axes,
    guide: &[(f64, f64)],
    line: &[(f64, f64)],
    dots: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(56)
        .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
    let percent = |share: &f64| format!("{:.0} %", share * 100.0);
    chart
        .configure_mesh()
        .x_labels(6)
        .y_labels(6)
        .x_label_formatter(&percent)
        .y_label_formatter(&percent)
        .x_desc(axes.x)
        .y_desc(axes.y)
        .light_line_style(WHITE)
        .axis_desc_style(("sans-serif", 14))
        .label_style(("sans-serif", 13))
        .draw()?;
    chart.draw_series(LineSeries::new(guide.iter().copied(), GUIDE.stroke_width(1)))?;
    chart.draw_series(LineSeries::new(line.iter().copied(), INK.stroke_width(2)))?;
    if dots {
        chart.draw_series(line.iter().map(|&place| Circle::new(place, 4, INK.filled())))?;
    }
    area.present()?;
    Ok(())
}

/// A line of the picture of days: what it shows, in which colour, by the model as it is and after learning.
struct Lines {
    name: &'static str,
    color: RGBColor,
    model: Vec<(f64, f64)>,
    learned: Vec<(f64, f64)>,
}

/// How good rings and jobs are on what is not decided yet, by how much is decided.
pub(super) fn days(curves: &[Curve], tongue: Tongue) -> Result<String> {
    let mut svg = String::new();
    paint_days(&mut svg, &lines(curves, tongue), tongue).map_err(|error| anyhow!("{error}"))?;
    Ok(svg)
}

fn lines(curves: &[Curve], tongue: Tongue) -> Vec<Lines> {
    let of_curve = |curve: &Curve| {
        let (rings, jobs, color, jobs_color) = match curve.order {
            Order::LeastSure => tongue.pick(
                ("Ringe, unsicherste zuerst", "Jobs, unsicherste zuerst", INK, JOBS),
                ("rings, least sure first", "jobs, least sure first", INK, JOBS),
            ),
            Order::Random => tongue.pick(
                ("Ringe, zufällig gewählt", "Jobs, zufällig gewählt", GUIDE, PALE_JOBS),
                ("rings, chosen at random", "jobs, chosen at random", GUIDE, PALE_JOBS),
            ),
        };
        let of_rings = Lines {
            name: rings,
            color,
            model: places(curve, |point| &point.macro_f1_model),
            learned: places(curve, |point| &point.macro_f1_adapted),
        };
        let of_jobs = Lines {
            name: jobs,
            color: jobs_color,
            model: places(curve, |point| &point.jobs.described),
            learned: places(curve, |point| &point.jobs.confirmed),
        };
        [of_rings, of_jobs]
    };
    curves.iter().flat_map(of_curve).collect()
}

fn paint_days(svg: &mut String, lines: &[Lines], tongue: Tongue) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let last = lines.iter().flat_map(|lines| &lines.model).map(|place| place.0).fold(1.0, f64::max);
    let mut chart = ChartBuilder::on(&area)
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(56)
        .build_cartesian_2d(0.0..last, 0.0..1.0)?;
    let percent = |share: &f64| format!("{:.0} %", share * 100.0);
    chart
        .configure_mesh()
        .x_labels(6)
        .y_labels(6)
        .x_label_formatter(&|decided| format!("{decided:.0}"))
        .y_label_formatter(&percent)
        .x_desc(tongue.pick("entschiedene Aussagen je Projekt", "decided statements in each project"))
        .y_desc(tongue.pick("auf den übrigen: macro-F1, richtige Jobs", "on the rest: macro-F1, right jobs"))
        .light_line_style(WHITE)
        .axis_desc_style(("sans-serif", 14))
        .label_style(("sans-serif", 13))
        .draw()?;
    for Lines { name, color, model, learned } in lines {
        chart.draw_series(DashedLineSeries::new(model.iter().copied(), 4, 4, color.stroke_width(1)))?;
        chart
            .draw_series(LineSeries::new(learned.iter().copied(), color.stroke_width(2)))?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
    }
    let dashed = tongue.pick("gestrichelt: ohne Gelerntes", "dashed: without what was learned");
    chart.draw_series(std::iter::empty::<Circle<(f64, f64), i32>>())?.label(dashed);
    chart.configure_series_labels().position(SeriesLabelPosition::LowerRight).label_font(("sans-serif", 13)).draw()?;
    area.present()?;
    Ok(())
}

fn places(curve: &Curve, figure: impl Fn(&Point) -> &Measured) -> Vec<(f64, f64)> {
    let place = |point: &Point| Some((point.decided as f64, figure(point).value.value()?));
    curve.points.iter().filter_map(place).collect()
}
