//! The plots of the accuracy page, as SVG.

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use crate::error::Tongue;
use crate::evaluate::Trust;

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
