//! How much further interviews still tell that is new.

use maud::{Markup, PreEscaped, html};
use plotters::prelude::*;

use crate::report::count;
use crate::report::map::Map;
use crate::report::{ReportError, View};

const SIZE: (u32, u32) = (640, 300);
const INK: RGBColor = RGBColor(11, 83, 148);

/// The curve, and what the last interview brought.
pub(super) fn saturation(view: &View) -> Result<Markup, ReportError> {
    let tongue = view.tongue;
    let map = Map::of(view.study, &view.whole);
    let cells = map.columns.iter().flat_map(|column| &column.cells);
    let voices: Vec<usize> = cells.map(|cell| cell.interviews()).filter(|voices| *voices > 0).collect();
    let speaking = view
        .whole
        .interviews
        .iter()
        .filter(|interview| interview.statements.iter().any(|statement| !statement.rings.is_empty()));
    let curve = expected(&voices, speaking.count());
    let heading = html! { h3 { (tongue.pick("Bringt ein weiteres Interview noch Neues?", "Does a further interview tell anything new?")) } };
    let [_, .., before, last] = curve[..] else {
        return Ok(html! {
            (heading)
            p.note { (tongue.pick("Nicht berechenbar: Dafür braucht es zwei Interviews.", "Cannot be computed: that needs two interviews.")) }
        });
    };
    let drawing = draw(&curve, view)?;
    Ok(html! {
        (heading)
        p { (tongue.pick(
            format!(
                "Das letzte Interview brachte im Mittel noch {} neue Felder der Karte von {} insgesamt. Je flacher die Linie ausläuft, desto eher genügen die Interviews.",
                count::decimal(last - before, tongue), voices.len()
            ),
            format!(
                "On average the last interview told of {} new cells of the map, of {} in all. The flatter the line ends, the more the interviews suffice.",
                count::decimal(last - before, tongue), voices.len()
            ),
        )) }
        figure {
            (PreEscaped(drawing))
            figcaption { (tongue.pick(
                "Felder der Karte (Ring und Job), von denen jemand spricht, nach Zahl der Interviews; Mittel über alle Reihenfolgen. Gezählt sind Interviews, in denen eine Aussage einen Ring hat.",
                "Cells of the map (ring and job) of which somebody speaks, by number of interviews; mean over all orders. Interviews count in which a statement has a ring.",
            )) }
        }
    })
}

/// How many things are said by the first interviews, as mean over all orders in which they could have been held: at place
/// `k` by `k` of them, from 0 on. `voices` says of each thing how many interviews say it.
///
/// Rarefaction: a thing of `c` voices is missed by `k` of `n` interviews in `C(n-c, k) / C(n, k)` of all choices.
/// Source: N. J. Gotelli, R. K. Colwell, Ecology Letters 4 (2001), 379–391.
fn expected(voices: &[usize], interviews: usize) -> Vec<f64> {
    let missed = |voices: usize, heard: usize| -> f64 {
        let left = |before: usize| (interviews - before).saturating_sub(voices) as f64 / (interviews - before) as f64;
        (0..heard).map(left).product()
    };
    (0..=interviews).map(|heard| voices.iter().map(|&voices| 1.0 - missed(voices, heard)).sum()).collect()
}

fn draw(curve: &[f64], view: &View) -> Result<String, ReportError> {
    let mut svg = String::new();
    // The library's errors borrow the picture.
    paint(&mut svg, curve, view).map_err(|error| ReportError::Drawing(error.to_string()))?;
    Ok(svg)
}

fn paint(svg: &mut String, curve: &[f64], view: &View) -> Result<(), Box<dyn std::error::Error>> {
    let tongue = view.tongue;
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    let (interviews, cells) = (curve.len() - 1, curve.last().copied().unwrap_or_default());
    let mut chart = ChartBuilder::on(&area)
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(56)
        .build_cartesian_2d(0..interviews, 0.0..cells * 1.08)?;
    chart
        .configure_mesh()
        .x_labels(interviews.min(20) + 1)
        .y_labels(6)
        .y_label_formatter(&|cells| format!("{cells:.0}"))
        .x_desc("Interviews")
        .y_desc(tongue.pick("Felder der Karte", "cells of the map"))
        .light_line_style(WHITE)
        .axis_desc_style(("sans-serif", 14))
        .label_style(("sans-serif", 13))
        .draw()?;
    let points = curve.iter().copied().enumerate();
    chart.draw_series(LineSeries::new(points.clone(), INK.stroke_width(2)))?;
    chart.draw_series(points.map(|point| Circle::new(point, 3, INK.filled())))?;
    area.present()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_over_all_orders() {
        // Of three interviews one says a alone, all say b.
        let curve = expected(&[1, 3], 3);
        let third = 1.0 / 3.0;
        for (found, right) in curve.iter().zip([0.0, 1.0 + third, 1.0 + 2.0 * third, 2.0]) {
            assert!((found - right).abs() < 1e-12, "{curve:?}");
        }
    }
}
