//! The command line: what may be typed, and which job it means. Knows no more
//! of a command than its options.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{Format, Outcome, check, inspect, list, render};

/// Turns popularity data into figures an article can print, and keeps them true.
#[derive(Debug, Parser)]
#[command(name = "popchart", version, about, long_about = None, disable_help_subcommand = true)]
#[command(after_help = "Exit codes: 0 done, 1 the answer is no (drift or a false claim), 2 failed.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Draw the figures that are out of date
    Render {
        #[command(flatten)]
        figures: Figures,
        /// Draw what is up to date, too
        #[arg(long)]
        force: bool,
        /// Write only this kind of picture, and no pages
        #[arg(long, value_name = "KIND")]
        only: Option<Picture>,
    },
    /// Compare the figures on disk with what would be drawn, and check the claims; writes nothing
    Check {
        #[command(flatten)]
        figures: Figures,
        /// How to write the results
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: Written,
    },
    /// Tell what is read of data files, and every choice that reading takes
    Inspect {
        /// Data files; `-` is standard input
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// How to write the results; JSON has a line for each file
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: Written,
    },
    /// List the figures of the manifest
    List {
        #[command(flatten)]
        manifest: Manifest,
        /// How to write the results
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: Written,
    },
}

#[derive(Debug, Args)]
struct Manifest {
    /// The manifest; paths in it are relative to it
    #[arg(long, value_name = "FILE", default_value = "popchart.toml")]
    manifest: PathBuf,
}

#[derive(Debug, Args)]
struct Figures {
    /// Figures by their keys in the manifest; all when none is named
    #[arg(value_name = "FIGURE")]
    names: Vec<String>,
    #[command(flatten)]
    manifest: Manifest,
    /// How many figures to draw at a time; as many as there are cores when not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Picture {
    Svg,
    Png,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Written {
    Text,
    Json,
}

impl From<Written> for Format {
    fn from(written: Written) -> Self {
        match written {
            Written::Text => Format::Text,
            Written::Json => Format::Json,
        }
    }
}

impl Cli {
    /// Runs the command that was typed.
    #[must_use]
    pub fn run(self) -> Outcome {
        match self.command {
            Command::Render { figures, force, only } => render::run(&render::Job {
                manifest: figures.manifest.manifest,
                figures: figures.names,
                force,
                only: only.map(|only| match only {
                    Picture::Svg => render::Picture::Svg,
                    Picture::Png => render::Picture::Png,
                }),
                jobs: figures.jobs.map(usize::from),
            }),
            Command::Check { figures, format } => check::run(&check::Job {
                manifest: figures.manifest.manifest,
                figures: figures.names,
                format: format.into(),
                jobs: figures.jobs.map(usize::from),
            }),
            Command::Inspect { files, format } => {
                inspect::run(&inspect::Job { files, format: format.into() })
            }
            Command::List { manifest, format } => {
                list::run(&list::Job { manifest: manifest.manifest, format: format.into() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
