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

/// How good rings are on what is not decided yet, by how much is decided: as the model is, and adapted.
pub(super) fn days(curves: &[Curve], tongue: Tongue) -> Result<String> {
    let mut svg = String::new();
    paint_days(&mut svg, curves, tongue).map_err(|error| anyhow!("{error}"))?;
    Ok(svg)
}

fn paint_days(svg: &mut String, curves: &[Curve], tongue: Tongue) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let last = curves.iter().flat_map(|curve| &curve.points).map(|point| point.decided).max().unwrap_or(1);
    let mut chart = ChartBuilder::on(&area)
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(56)
        .build_cartesian_2d(0.0..last as f64, 0.5..1.0)?;
    chart
        .configure_mesh()
        .x_labels(6)
        .y_labels(6)
        .x_desc(tongue.pick("entschiedene Aussagen je Projekt", "decided statements in each project"))
        .y_desc(tongue.pick("macro-F1 auf den übrigen", "macro-F1 on the rest"))
        .light_line_style(WHITE)
        .axis_desc_style(("sans-serif", 14))
        .label_style(("sans-serif", 13))
        .draw()?;
    for curve in curves {
        let (order, color) = match curve.order {
            Order::LeastSure => (tongue.pick("unsicherste zuerst", "least sure first"), INK),
            Order::Random => (tongue.pick("beliebige", "any"), GUIDE),
        };
        let model = places(curve, |point| &point.macro_f1_model);
        let adapted = places(curve, |point| &point.macro_f1_adapted);
        chart
            .draw_series(DashedLineSeries::new(model, 4, 4, color.stroke_width(1)))?
            .label(format!("{order}, {}", tongue.pick("Modell", "model")))
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 8, y)], color.stroke_width(1)));
        chart
            .draw_series(LineSeries::new(adapted, color.stroke_width(2)))?
            .label(format!("{order}, {}", tongue.pick("gelernt", "learned")))
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
    }
    chart.configure_series_labels().position(SeriesLabelPosition::UpperLeft).label_font(("sans-serif", 13)).draw()?;
    area.present()?;
    Ok(())
}

fn places(curve: &Curve, figure: impl Fn(&Point) -> &Measured) -> Vec<(f64, f64)> {
    let place = |point: &Point| Some((point.decided as f64, figure(point).value.value()?));
    curve.points.iter().filter_map(place).collect()
}
