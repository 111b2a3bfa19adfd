//! The program `ringwerk`; everything lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ringwerk::cli::run(std::env::args_os()).into()
}
