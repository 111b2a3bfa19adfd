//! `ringwerk review`: the page on which a person decides.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;

use super::args::{Common, Review};
use super::exit::{Exit, message};
use super::learn;
use super::model::{self, Model};
use super::printer::Printer;
use crate::encode::Encoder;
use crate::error::Tongue;
use crate::learn::{LearnedRun, undo};
use crate::review::{LanguageModel, Lesson, Server, Sight};
use crate::store::Project;

pub(super) fn run(command: &Review, common: &Common, printer: &mut Printer) -> Result<Exit> {
    let tongue = printer.tongue;
    let sight = command.blind.clone().map_or(Sight::Everything, Sight::Blind);
    let model = Arc::new(LazyModel { common: common.clone(), tongue, opened: Mutex::new(None) });
    let server = Server::open(&command.folder, command.port, sight, tongue, Some(model))?;
    let address = server.address();
    writeln!(printer.data(), "{address}")?;
    if !command.no_open && open::that_detached(&address).is_err() {
        printer.warning(tongue.pick(
            "Es ließ sich kein Browser öffnen; bitte die Adresse oben in einen kopieren.",
            "No browser could be opened; please copy the address above into one.",
        ));
    }
    printer.note(tongue.pick(
        "Die Seite läuft nur auf diesem Rechner; jede Entscheidung ist sofort gesichert. Beenden mit Strg+C.",
        "The page runs on this computer alone; every decision is saved at once. Stop with Ctrl-C.",
    ));
    server.run()?;
    printer.note(tongue.pick("Beendet. Alle Entscheidungen sind gesichert.", "Stopped. All decisions are saved."));
    Ok(Exit::Done)
}

/// The model, opened when the page asks for it first: most of the time nobody waits for it.
struct LazyModel {
    common: Common,
    tongue: Tongue,
    opened: Mutex<Option<Model>>,
}

impl LazyModel {
    /// Asks the model; one asks after the other.
    fn ask<T>(&self, ask: impl FnOnce(&Model) -> Result<T>) -> Result<T, String> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = match opened.as_ref() {
            Some(model) => ask(model),
            None => model::open(&self.common).and_then(|model| ask(opened.insert(model))),
        };
        asked.map_err(|error| message(&error, self.tongue))
    }
}

impl LanguageModel for LazyModel {
    fn learn(&self, project: &Project) -> Result<Lesson, String> {
        let outcome = self.ask(|model| learn::decided(project, model))?;
        let learned = learn::learned(&outcome);
        Ok(learned.map_or(Lesson { decided: 0, changed: 0 }, |learned| Lesson {
            decided: learned.decided,
            changed: learned.changed.len(),
        }))
    }

    fn forget(&self, project: &Project) -> Result<(), String> {
        undo(project).map(drop).map_err(|error| message(&error.into(), self.tongue))
    }

    fn read(&self, text: &str) -> Result<Vec<f32>, String> {
        self.ask(|model| Ok(model.encoder.encode_for_jobs(&[text], &mut |_| ())?.vectors.row(0).to_vec()))
    }

    fn learned_from(&self, record: &str) -> Option<i64> {
        LearnedRun::read(record).ok().flatten().map(|learned| learned.from)
    }
}
