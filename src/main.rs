//! The `popchart` program: parse, run, print, exit code.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use popchart::cli::Cli;

fn main() -> ExitCode {
    let outcome = Cli::parse().run();
    // A reader that has gone (`| head`) is no reason to fail.
    let _ = io::stdout().lock().write_all(outcome.results.as_bytes());
    let _ = io::stderr().lock().write_all(outcome.report.to_string().as_bytes());
    ExitCode::from(outcome.exit as u8)
}
