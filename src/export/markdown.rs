//! A book of quotes, by job and ring, each with its source.

use std::fmt::Write;

use super::quotes::{Chapter, chapters};
use crate::codebook::Ring;
use crate::error::Tongue;
use crate::study::{Origin, Quote, Study, voices};

/// The whole book.
pub(super) fn book(study: &Study, tongue: Tongue) -> String {
    let title = tongue.pick("Zitate", "Quotes");
    let mut out = format!("# {title}: {}\n", escaped(&study.name));
    for chapter in chapters(study) {
        self::chapter(&mut out, &chapter, tongue);
    }
    out
}

fn chapter(out: &mut String, chapter: &Chapter, tongue: Tongue) {
    match chapter.job {
        Some(job) => {
            let suggested = if job.confirmed { "" } else { tongue.pick(" (Vorschlag)", " (suggestion)") };
            let _ = writeln!(out, "\n## {}{suggested}", escaped(&job.job.title));
            if !job.job.description.is_empty() {
                let _ = writeln!(out, "\n{}", escaped(&job.job.description));
            }
        }
        None => {
            let _ = writeln!(out, "\n## {}", tongue.pick("Ohne Job", "Without a job"));
        }
    }
    for (ring, quotes) in &chapter.sections {
        let _ = writeln!(out, "\n### {}\n\n{}", heading(*ring, tongue), size(quotes, tongue));
        quotes.iter().for_each(|quote| self::quote(out, quote, tongue));
    }
}

fn heading(ring: Option<Ring>, tongue: Tongue) -> &'static str {
    ring.map_or(tongue.pick("Ohne Ring", "Without a ring"), |ring| ring.label(tongue))
}

fn size(quotes: &[Quote], tongue: Tongue) -> String {
    let (count, voices) = (quotes.len(), voices(quotes));
    tongue
        .pick(format!("Interviews: {voices}, Aussagen: {count}"), format!("Interviews: {voices}, statements: {count}"))
}

fn quote(out: &mut String, quote: &Quote, tongue: Tongue) {
    let Quote { interview, statement } = quote;
    let time = interview.turn(statement).start.map(|start| format!(", {start}")).unwrap_or_default();
    let source = format!("{}, {}{time}", escaped(interview.id()), escaped(&interview.speaker(statement).name));
    let _ = writeln!(out, "\n> „{}“  \n> — {source}{}", escaped(interview.text(statement)), mark(quote, tongue));
    if let Some(comment) = &statement.comment {
        let _ = writeln!(out, ">\n> {}: {}", tongue.pick("Bemerkung", "Comment"), escaped(&comment.value));
    }
}

/// That a quote stands where it stands because the engine suggests so.
fn mark(quote: &Quote, tongue: Tongue) -> String {
    let statement = quote.statement;
    let origins = statement.rings.iter().map(|ring| &ring.origin).chain(statement.job.iter().map(|job| &job.origin));
    let lowest = origins.filter_map(Origin::probability).reduce(f32::min);
    lowest.map_or(String::new(), |p| {
        let percent = (f64::from(p) * 100.0).round();
        tongue.pick(format!(" · Vorschlag ({percent} %)"), format!(" · suggestion ({percent} %)"))
    })
}

/// Text that Markdown shows as it is, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' => out.extend(['\\', sign]),
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            sign if sign.is_control() => out.push(' '),
            _ => out.push(sign),
        }
    }
    out
}
