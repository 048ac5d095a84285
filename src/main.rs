//! The `popchart` program: parse, run, print, exit code.

mod stdout;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser as _;
use popchart::cli::Cli;
use stdout::stdout;

fn main() -> ExitCode {
    let mut outcome = Cli::parse().run();
    let results = &outcome.results;
    let printed =
        if results.is_empty() { Ok(()) } else { stdout().and_then(|mut out| print(&mut out, results)) };
    if let Err(error) = printed {
        outcome.unprinted(&error);
    }
    let _ = print(&mut io::stderr().lock(), &outcome.report.to_string());
    ExitCode::from(outcome.exit as u8)
}

/// A reader that has gone (`| head`) is no reason to fail.
fn print(stream: &mut impl Write, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}
