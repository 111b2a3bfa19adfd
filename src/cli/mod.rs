//! The command line: arguments, messages, progress, exit codes. No logic of its own.

mod adopt;
mod args;
mod carry;
mod check;
mod code;
mod doctor;
mod evaluate;
mod exit;
mod export;
mod init;
mod inputs;
mod last_study;
mod learn;
mod model;
mod printer;
mod progress;
mod pseudonyms;
mod report;
mod review;
mod side_by_side;
mod stream;
mod summary;
mod survey;
mod train;

use std::ffi::OsString;

use clap::Parser;

use args::{Arguments, Command};
pub use exit::Exit;
use printer::Printer;

use crate::encode;

/// Runs the program with the given arguments, the program's name first, and says how it went.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let failed = error.use_stderr();
            // Nobody is left to be told where even this cannot be printed.
            let _ = error.print();
            return if failed { Exit::Failed } else { Exit::Done };
        }
    };
    let mut printer = Printer::new(arguments.common.tongue(), arguments.common.no_color, arguments.common.quiet);
    threads(arguments.common.threads);
    let result = match arguments.command {
        Command::Code(ref command) if command.stdin => stream::run(command, &arguments.common, &printer),
        Command::Code(ref command) => code::run(command, &arguments.common, &mut printer),
        Command::Init(ref command) => init::run(command, &mut printer),
        Command::Learn(ref command) => learn::run(command, &arguments.common, &mut printer),
        Command::Check(ref command) => check::run(command, &mut printer),
        Command::Export(ref command) => export::run(command, &arguments.common, &mut printer),
        Command::Report(ref command) => report::run(command, &arguments.common, &mut printer),
        Command::Review(ref command) => review::run(command, &arguments.common, &mut printer),
        Command::Evaluate(ref command) => evaluate::run(command, &arguments.common, &mut printer),
        Command::Simulate(ref command) => evaluate::simulate::run(command, &arguments.common, &mut printer),
        Command::Train(ref command) => train::run(command, &arguments.common, &mut printer),
        Command::Doctor(ref command) => doctor::run(command, &arguments.common, &mut printer),
    };
    match result {
        Ok(exit) => exit,
        Err(error) if exit::is_broken_pipe(&error) => Exit::Done,
        Err(error) => {
            printer.error(&exit::message(&error, printer.tongue));
            Exit::Failed
        }
    }
}

/// Many interviews at once have a thread each, and what is computed alone is split among as many.
fn threads(limit: Option<u16>) {
    if let Some(limit) = limit.map(usize::from) {
        encode::set_threads(limit);
        // Where a program has threads already, those are used.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(limit).build_global();
    }
}
