//! `ringwerk review`: the page on which a person decides.

use std::io::Write;

use anyhow::Result;

use super::args::Review;
use super::exit::Exit;
use super::printer::Printer;
use crate::review::{Server, Sight};

pub(super) fn run(command: &Review, printer: &mut Printer) -> Result<Exit> {
    let tongue = printer.tongue;
    let sight = command.blind.clone().map_or(Sight::Everything, Sight::Blind);
    let server = Server::open(&command.folder, command.port, sight, tongue)?;
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
