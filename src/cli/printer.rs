//! The only place that writes to the terminal: data to stdout, everything else to stderr.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use owo_colors::OwoColorize;

use crate::error::Tongue;

/// Writes for a person or a program, in one language.
pub(super) struct Printer {
    /// The language of what a person reads.
    pub tongue: Tongue,
    /// Whether anything but errors and data is left out.
    pub quiet: bool,
    choice: ColorChoice,
}

impl Printer {
    pub fn new(tongue: Tongue, no_color: bool, quiet: bool) -> Self {
        let choice = if no_color { ColorChoice::Never } else { ColorChoice::Auto };
        Self { tongue, quiet, choice }
    }

    /// Where data goes; colours are dropped where it is no terminal.
    pub fn data(&self) -> AutoStream<io::Stdout> {
        AutoStream::new(io::stdout(), self.choice)
    }

    /// Whether underlined data is seen as such.
    pub fn underlines(&self) -> bool {
        self.data().current_choice() != ColorChoice::Never
    }

    /// Says something in passing; nothing in quiet runs.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.say(text);
        }
    }

    /// Says that something needs attention, though the run goes on.
    pub fn warning(&self, text: &str) {
        if !self.quiet {
            self.say(&format!("{} {text}", self.tongue.pick("Hinweis:", "Note:").yellow().bold()));
        }
    }

    /// Says that something failed.
    pub fn error(&self, text: &str) {
        self.say(&format!("{} {text}", self.tongue.pick("Fehler:", "Error:").red().bold()));
    }

    /// Whoever closed stderr does not want to know.
    fn say(&self, text: &str) {
        let _ = writeln!(AutoStream::new(io::stderr(), self.choice), "{text}");
    }
}
