//! What can go wrong between a project and the page.

use std::path::PathBuf;

use crate::error::{Explain, IoError, Tongue};
use crate::settings::SettingsError;
use crate::store::StoreError;

/// Why the page cannot be opened, or something that was asked for on it cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// The project could not be opened, read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of the project folder could not be used.
    #[error(transparent)]
    Io(#[from] IoError),
    /// The project's settings could not be read.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// Nothing was coded yet.
    #[error("{}: nothing coded yet", .0.display())]
    Empty(PathBuf),
    /// The port is taken.
    #[error("port {port}: {source}")]
    Port {
        /// Its number; 0 where any would have done.
        port: u16,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The server or its secret could not be made.
    #[error("the page cannot be served: {0}")]
    Server(std::io::Error),
    /// A statement that is not there (any more) in this shape.
    #[error("no such statement")]
    NoStatement,
    /// There is no speaker with this label.
    #[error("no such speaker")]
    NoSpeaker,
    /// A statement cannot be split there.
    #[error("one part would be empty")]
    NoSplit,
    /// No statement of the same turn follows.
    #[error("nothing follows in the same turn")]
    NoNext,
    /// Somebody else than the one who codes blind asks.
    #[error("only {0} codes on this page")]
    OtherPerson(String),
    /// What would tell somebody who codes blind about others, or change what others see.
    #[error("not while coding blind")]
    Blind,
    /// The model has not read the statement by meaning.
    #[error("not compared with others")]
    NotCompared,
    /// Nobody has brought a language model.
    #[error("no language model")]
    NoModel,
    /// The language model refused, in words for people.
    #[error("{0}")]
    Model(String),
    /// The project is being closed.
    #[error("the project is being closed")]
    Closed,
}

impl ReviewError {
    /// Whether the same may succeed a little later.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, Self::Io(_) | Self::Closed | Self::Store(StoreError::Database { .. } | StoreError::Io(_)))
    }
}

impl Explain for ReviewError {
    fn explain(&self, tongue: Tongue) -> String {
        match self {
            Self::Store(error) => error.explain(tongue),
            Self::Io(error) => error.explain(tongue),
            Self::Empty(folder) => {
                let folder = folder.display();
                tongue.pick(
                    format!("{folder}: in diesem Projekt ist noch kein Interview kodiert. Zuerst: ringwerk code TRANSKRIPTE --project {folder}"),
                    format!("{folder}: no interview of this project is coded yet. First: ringwerk code TRANSCRIPTS --project {folder}"),
                )
            }
            Self::Port { port, source } => tongue.pick(
                format!("Anschluss {port} ist nicht frei ({source}). Ohne --port wählt ringwerk selbst einen freien"),
                format!("port {port} is not free ({source}). Without --port ringwerk chooses a free one"),
            ),
            Self::Server(source) => tongue.pick(
                format!("Die Seite kann nicht bereitgestellt werden: {source}"),
                format!("the page cannot be served: {source}"),
            ),
            Self::Settings(error) => error.explain(tongue),
            Self::Model(message) => message.clone(),
            Self::OtherPerson(who) => tongue.pick(
                format!("Auf dieser Seite kodiert nur {who}, ohne Vorschläge und ohne die Entscheidungen anderer"),
                format!("only {who} codes on this page, without suggestions and without what others decided"),
            ),
            _ => self.refusal(tongue).to_owned(),
        }
    }
}

impl ReviewError {
    /// What a person reads on the page where something is refused.
    fn refusal(&self, tongue: Tongue) -> &'static str {
        match self {
            Self::NoStatement => tongue.pick(
                "Diese Aussage gibt es so nicht mehr: Sie wurde inzwischen geteilt, verbunden oder neu kodiert. Die Ansicht ist jetzt auf dem neuesten Stand",
                "this statement is not there any more in this shape: it was split, merged or coded again. The view is up to date now",
            ),
            Self::NoSpeaker => tongue.pick(
                "Diese Sprecherin oder diesen Sprecher gibt es in dem Interview nicht",
                "there is no such speaker in the interview",
            ),
            Self::NoSplit => tongue.pick(
                "Hier lässt sich die Aussage nicht teilen: Ein Teil wäre leer",
                "the statement cannot be split here: one part would be empty",
            ),
            Self::Blind => tongue.pick(
                "Das geht nicht, solange hier ohne Vorschläge und ohne die anderen kodiert wird",
                "that cannot be done while this page is coded without suggestions and without the others",
            ),
            Self::NotCompared => tongue.pick(
                "Ähnliche Aussagen gibt es nur zu solchen, die zu einem Job sprechen könnten und so sind, wie das Programm sie geschnitten hat; diese gehört nicht dazu",
                "there are similar statements only to those that may speak to a job and are as the program cut them; this is none of them",
            ),
            Self::NoModel => tongue.pick(
                "Das geht hier nicht, weil die Seite ohne das Sprachmodell läuft",
                "that cannot be done here, since the page runs without the language model",
            ),
            Self::NoNext => tongue.pick(
                "Danach kommt in diesem Redebeitrag keine Aussage, die sich anfügen ließe",
                "no statement follows in this turn that could be joined",
            ),
            _ => tongue.pick("Das Projekt wird gerade geschlossen", "the project is being closed"),
        }
    }
}
