//! The command line: what may be typed, and which job it means. Knows no more
//! of a command than its options.

mod reading;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::commands::{Exit, Format, Outcome, check, formats, inspect, lint, list, plot, render};
use crate::data::Aggregate;
use crate::diag::Report;
use crate::export::{of_ending, pictures};
use crate::infer::Asked;
use crate::preset;
use crate::spec::LastPeriod;

use reading::Reading;

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
        /// Draw what is up to date, too, and replace what was edited by hand
        #[arg(long)]
        force: bool,
        /// Write only this kind of picture, and no pages
        #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(pictures().map(|p| p.name)))]
        only: Option<String>,
        /// Remove files that popchart wrote and that no figure claims any more
        #[arg(long, conflicts_with_all = ["names", "only"])]
        prune: bool,
    },
    /// Compare the figures on disk with what would be drawn, and check the claims; writes nothing
    Check {
        #[command(flatten)]
        figures: Figures,
        /// How to write the results
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: Written,
    },
    /// Hold the figures against the rules of pictures; writes nothing
    Lint {
        #[command(flatten)]
        figures: Figures,
        /// Count what should be, and not only what must be
        #[arg(long)]
        strict: bool,
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
        /// Say which columns play which part, why, and why no others; JSON always does
        #[arg(long)]
        why: bool,
        /// Print each file as a dataset of a manifest, with every key at what was found
        #[arg(long, conflicts_with = "format")]
        manifest: bool,
        #[command(flatten)]
        reading: Box<Reading>,
    },
    /// Draw one figure straight from data files, without a manifest
    Plot(Box<Plot>),
    /// Explain a command, or `formats`, the files of which popchart knows what they count
    Help {
        /// A command, or `formats`
        #[arg(value_name = "TOPIC", value_parser = PossibleValuesParser::new(TOPICS))]
        topic: Option<String>,
        /// How to write the list of formats
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

/// What there is to explain.
const TOPICS: [&str; 7] = ["formats", "render", "check", "lint", "inspect", "plot", "list"];

/// The help of the program or of a command.
fn explained(topic: Option<&str>) -> Outcome {
    let mut program = Cli::command();
    let command = topic.and_then(|topic| program.find_subcommand_mut(topic));
    let results = match command {
        Some(command) => command.clone().bin_name(format!("popchart {}", command.get_name())).render_help(),
        None => program.render_help(),
    };
    Outcome { results: results.to_string(), report: Report::default(), exit: Exit::Done }
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

#[derive(Debug, Args)]
struct Plot {
    /// Data files; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The picture: `.svg`, `.png`, or `-` for an SVG on standard output; named after the first file when not given
    #[arg(short, long = "output", value_name = "OUT")]
    out: Option<PathBuf>,
    /// Print the manifest that draws the figure, and draw nothing
    #[arg(long)]
    manifest: bool,
    /// Replace a picture of popchart's that is named after the first file, or that was edited by hand
    #[arg(long)]
    force: bool,
    /// The title; says what is shown when not given
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Which column of values to draw, where there are several
    #[arg(long, value_name = "COLUMN")]
    measure: Option<String>,
    /// How the values of one date and series become one, where there are several
    #[arg(long, value_name = "HOW")]
    aggregate: Option<Grouping>,
    /// The term that stands in several Google Trends exports and puts them on one scale
    #[arg(long, value_name = "TERM")]
    anchor: Option<String>,
    /// What a value below one is drawn as
    #[arg(long, value_name = "VALUE", default_value = "0.5")]
    below_one: BelowOne,
    /// What becomes of a last period that was still running; left out where that is certain when not given
    #[arg(long, value_name = "RULE")]
    last_period: Option<Running>,
    /// The background
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: Background,
    /// What the picture is made for
    #[arg(long, value_name = "SIZE", value_parser = PossibleValuesParser::new(preset::ALL.map(|size| size.name)))]
    #[arg(conflicts_with_all = ["width", "height"])]
    size: Option<String>,
    /// Width in px
    #[arg(long, value_name = "N", default_value_t = 720, value_parser = clap::value_parser!(u32).range(300..=2400))]
    width: u32,
    /// Height in px; what the content needs when not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(150..=2400))]
    height: Option<u32>,
    #[command(flatten)]
    reading: Reading,
}

impl Plot {
    fn job(self) -> plot::Job {
        let columns = self.reading.columns(&self.files);
        plot::Job {
            files: self.files,
            out: self.out,
            force: self.force,
            manifest: self.manifest,
            asked: Asked {
                columns,
                title: self.title,
                measure: self.measure,
                aggregate: self.aggregate.map(|how| match how {
                    Grouping::Mean => Aggregate::Mean,
                    Grouping::Sum => Aggregate::Sum,
                    Grouping::Last => Aggregate::Last,
                }),
                anchor: self.anchor,
                below_one: match self.below_one {
                    BelowOne::Half => 0.5,
                    BelowOne::Zero => 0.0,
                },
                last_period: match self.last_period {
                    None => LastPeriod::Judge,
                    Some(Running::Keep) => LastPeriod::Keep,
                    Some(Running::Dash) => LastPeriod::Dash,
                    Some(Running::Drop) => LastPeriod::Drop,
                },
                dark: matches!(self.theme, Background::Dark),
                size: self.size.as_deref().and_then(preset::find).map(|preset| preset.name),
                width: self.width,
                height: self.height,
            },
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Grouping {
    Mean,
    Sum,
    Last,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum BelowOne {
    #[value(name = "0.5")]
    Half,
    #[value(name = "0")]
    Zero,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Running {
    Keep,
    Dash,
    Drop,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Background {
    Light,
    Dark,
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
            Command::Render { figures, force, only, prune } => render::run(&render::Job {
                manifest: figures.manifest.manifest,
                figures: figures.names,
                force,
                only: only.and_then(|name| of_ending(&name)),
                prune,
                jobs: figures.jobs.map(usize::from),
            }),
            Command::Check { figures, format } => check::run(&check::Job {
                manifest: figures.manifest.manifest,
                figures: figures.names,
                format: format.into(),
                jobs: figures.jobs.map(usize::from),
            }),
            Command::Lint { figures, strict, format } => lint::run(&lint::Job {
                manifest: figures.manifest.manifest,
                figures: figures.names,
                strict,
                format: format.into(),
            }),
            Command::Inspect { files, format, why, manifest, reading } => inspect::run(&inspect::Job {
                columns: reading.columns(&files),
                files,
                format: format.into(),
                why,
                manifest,
            }),
            Command::Plot(plot) => plot::run(&plot.job()),
            Command::Help { topic, format } => match topic.as_deref() {
                Some("formats") => formats::run(&formats::Job { format: format.into() }),
                topic => explained(topic),
            },
            Command::List { manifest, format } => {
                list::run(&list::Job { manifest: manifest.manifest, format: format.into() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_is_a_topic_of_its_help() {
        let program = Cli::command();
        let commands: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
        let topics = TOPICS.iter().chain(&["help"]).filter(|topic| **topic != "formats");
        let (mut commands, mut topics) = (commands, topics.copied().collect::<Vec<_>>());
        commands.sort_unstable();
        topics.sort_unstable();
        assert_eq!(commands, topics);
    }
}
