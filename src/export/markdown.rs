//! A book of quotes, by job and ring, each with its source.

use std::fmt::Write;

use super::quotes::{Chapter, chapters, heading, size};
use crate::error::Tongue;
use crate::study::{Quote, Study};

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
    let _ = writeln!(out, "\n## {}", escaped(&chapter.title(tongue)));
    if let Some(description) = chapter.description() {
        let _ = writeln!(out, "\n{}", escaped(description));
    }
    for (ring, quotes) in &chapter.sections {
        let _ = writeln!(out, "\n### {}\n\n{}", heading(*ring, tongue), size(quotes, tongue));
        quotes.iter().for_each(|quote| self::quote(out, quote, tongue));
    }
}

fn quote(out: &mut String, quote: &Quote, tongue: Tongue) {
    let Quote { interview, statement } = quote;
    let source = escaped(&quote.source(tongue));
    let _ = writeln!(out, "\n> „{}“  \n> — {source}", escaped(interview.text(statement)));
    if let Some(comment) = &statement.comment {
        let _ = writeln!(out, ">\n> {}: {}", tongue.pick("Bemerkung", "Comment"), escaped(&comment.value));
    }
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
