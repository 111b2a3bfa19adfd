//! A quote as it stands on the page: word for word, with its source, its reason marked, and whether a person confirmed it.

use maud::{Markup, html};

use super::voices::Voice;
use crate::error::Tongue;
use crate::study::Quote;
use crate::text::{ByteSpan, beginning};

/// From this many characters on a quote is cut; the whole one is in the exports.
const LONGEST: usize = 280;

/// Quotes one below the other.
pub(super) fn quotes(voices: &[Voice], tongue: Tongue) -> Markup {
    html! { @for voice in voices { (quote(voice, tongue)) } }
}

fn quote(voice: &Voice, tongue: Tongue) -> Markup {
    let statement = voice.quote.statement;
    let reason = statement.reason.as_ref();
    html! {
        blockquote.suggested[voice.p.is_some()] {
            p { (tongue.pick("„", "“")) (words(&voice.quote)) (tongue.pick("“", "”")) }
            footer {
                (source(&voice.quote))
                @if let Some(reason) = reason {
                    " " span.tag.reason {
                        (tongue.pick("Begründung", "reason"))
                        @if reason.origin.probability().is_some() { (tongue.pick(" (Vorschlag)", " (suggestion)")) }
                    }
                }
                @if let Some(p) = voice.p { " " (suggestion(p, tongue)) }
            }
        }
    }
}

/// That something is only suggested, and how probable it is.
pub(super) fn suggestion(p: f32, tongue: Tongue) -> Markup {
    let percent = (f64::from(p) * 100.0).round();
    html! { span.tag.guess { (tongue.pick("Vorschlag", "suggestion")) " " (percent) " %" } }
}

/// Where it was said: interview, speaker and time.
pub(super) fn source(quote: &Quote) -> String {
    let Quote { interview, statement } = quote;
    let time = interview.turn(statement).start.map(|start| format!(", {start}")).unwrap_or_default();
    format!("{}, {}{time}", interview.id(), interview.speaker(statement).name)
}

/// What was said, cut where it is long, the reason underlined.
fn words(quote: &Quote) -> Markup {
    let text = quote.interview.text(quote.statement);
    let shown = beginning(text, LONGEST);
    let span = quote.statement.reason.as_ref().and_then(|reason| reason.code);
    let inside = span.filter(|span| span.get(text).is_some() && span.start < shown.len());
    let cut = shown.len() < text.len();
    html! {
        @match inside {
            Some(ByteSpan { start, end }) => {
                (shown[..start]) u { (shown[start..end.min(shown.len())]) } (shown[end.min(shown.len())..])
            }
            None => (shown),
        }
        @if cut { " […]" }
    }
}
