//! How numbers are said.

use maud::{Markup, html};

use super::voices::Voices;
use crate::error::Tongue;

/// Up to this many interviews are also shown as dots.
const DOTS: usize = 16;

/// How many interviews of how many, in words.
pub(super) fn of(count: usize, all: usize, tongue: Tongue) -> String {
    let (interview, interviews) = ("Interview", tongue.pick("Interviews", "interviews"));
    let interviews = if all == 1 { tongue.pick(interview, "interview") } else { interviews };
    format!("{count} {} {all} {interviews}", tongue.pick("von", "of"))
}

/// How many respondents of a questionnaire of how many, in words.
pub(super) fn of_respondents(count: usize, all: usize, tongue: Tongue) -> String {
    tongue.pick(format!("{count} von {all} Befragten"), format!("{count} of {all} respondents"))
}

/// How many interviews say something, in figures, dots and words; and how many of them only by suggestion.
pub(super) fn interviews(voices: &Voices, all: usize, tongue: Tongue) -> Markup {
    let (count, confirmed) = (voices.interviews(), voices.confirmed());
    html! {
        p.count {
            b { (count) } " " (tongue.pick("von", "of")) " " (all)
            @if all <= DOTS {
                " " span.dots aria-hidden="true" { b { ("●".repeat(count)) } ("○".repeat(all.saturating_sub(count))) }
            }
            @if confirmed < count {
                " " span.tag.guess { (tongue.pick(
                    format!("{} nur vorgeschlagen", count - confirmed),
                    format!("{} only suggested", count - confirmed),
                )) }
            }
        }
    }
}

/// What stands where nobody speaks of something.
pub(super) fn gap(tongue: Tongue) -> &'static str {
    tongue.pick("Lücke", "Gap")
}

/// A share of a whole, in whole percent; a dash where there is nothing to take a share of.
///
/// ```text
/// percent(1, 3) = "33 %"
/// ```
pub(super) fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!("{:.0} %", 100.0 * part as f64 / whole as f64)
}

/// A number with one decimal place.
pub(super) fn decimal(number: f64, tongue: Tongue) -> String {
    let number = format!("{number:.1}");
    tongue.pick(number.replace('.', ","), number)
}
