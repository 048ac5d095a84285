//! What a project and its figures are, once every default is filled in: the words between the manifest, or
//! whatever else describes a figure, and the rooms that make a frame, tell of it and draw it.
//!
//! Nothing here reads TOML or data, or knows a pixel beyond the size asked for.

pub mod grammar;
pub mod source;
pub mod template;

use crate::data::{Aggregate, Columns};
use crate::diag::Place;
use crate::export::{self, Export};
use crate::figure::{Event, Ink, Kind, Unit};
use crate::preset::{ARTICLE, Size};
use crate::spec::grammar::Claim;
use crate::spec::source::Places;
use crate::spec::template::Template;
use crate::time::period::{Period, Precision};

/// Where artifacts go and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The folder, relative to the manifest.
    pub dir: String,
    /// What is written of every figure, without repetition.
    pub formats: Vec<&'static Export>,
    /// In which themes.
    pub theme: ThemeChoice,
    /// The sizes of a figure that names none, without repetition; one at least.
    pub sizes: Vec<Size>,
    /// Pixels of a PNG to one CSS px, 1 to 4.
    pub scale: u32,
    /// What becomes of characters that the fonts lack.
    pub missing_glyphs: Glyphs,
}

impl Default for Output {
    fn default() -> Self {
        Output {
            dir: "charts".into(),
            formats: vec![&export::svg::EXPORT, &export::png::EXPORT],
            theme: ThemeChoice::Light,
            sizes: vec![ARTICLE.size()],
            scale: 2,
            missing_glyphs: Glyphs::Refuse,
        }
    }
}

/// Which themes a figure is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeChoice {
    /// On a light background.
    Light,
    /// On a dark background.
    Dark,
    /// Twice.
    Both,
}

/// What becomes of characters that the fonts lack, or that steer a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// They are an error.
    Refuse,
    /// They are drawn as escapes, `\u{202e}`, with a warning.
    Escape,
}

/// A declared subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectSpec {
    /// Its key in the manifest.
    pub key: String,
    /// Its name in every figure.
    pub label: String,
    /// How datasets spell it, besides label and key.
    pub also: Vec<String>,
    /// Its colour in every figure.
    pub ink: Ink,
    /// Where it is named without a table of its own: then the data must have it, and spell it.
    pub named: Option<Place>,
}

/// A file of data, or several that make one, with what must be said of them.
#[derive(Debug, Clone, PartialEq)]
pub struct DatasetSpec {
    /// Its key in the manifest.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// Where its values stand.
    pub places: Places,
    /// The files. Those of a pattern are found where the project is read.
    pub files: Vec<FileSpec>,
    /// What the files' paths are like, where they are not named, and where it says so.
    pub pattern: Option<(String, Place)>,
    /// How subjects are called that no name is given in `files`.
    pub names_from: NamesFrom,
    /// The term in all files that puts exports on one scale which are each scaled to their own 100.
    pub anchor: Option<String>,
    /// What a value known to be below a bound counts for when exports are put on one scale: 0.5 or 0.
    pub below_one: f64,
    /// Who published it, for the source line.
    pub source: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Under which licence it may be used.
    pub licence: Option<String>,
    /// When it was retrieved or observed.
    pub retrieved: Option<Period>,
    /// What a user of the data should know.
    pub note: Option<String>,
    /// Which columns play which part.
    pub columns: Columns,
    /// Whether each group and subject together is a subject of its own.
    pub groups_are_subjects: bool,
    /// What becomes of several values of one date and series; `None` keeps them all.
    pub aggregate: Option<Aggregate>,
    /// Spellings of this dataset alone, with indices into the manifest's subjects.
    pub names: Vec<(String, usize)>,
}

/// A file of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSpec {
    /// Relative to the manifest.
    pub path: String,
    /// The name of its only subject, where the manifest gives one.
    pub name: Option<String>,
}

impl FigureSpec {
    /// The size that pages show.
    #[must_use]
    pub fn size(&self) -> Size {
        self.sizes.first().copied().unwrap_or_else(|| ARTICLE.size())
    }
}

impl DatasetSpec {
    /// Whom a spelling of this dataset means, as an index into `everybody`.
    #[must_use]
    pub fn whom(&self, name: &str, everybody: &[SubjectSpec]) -> Option<usize> {
        let plain = |name: &str| name.trim().to_lowercase();
        let folded = plain(name);
        let own = self.names.iter().find(|(spelling, _)| plain(spelling) == folded).map(|(_, index)| *index);
        own.or_else(|| everybody.iter().position(|subject| subject.is(&folded)))
    }
}

impl SubjectSpec {
    /// Whether a name in small letters, without blanks around it, is one of this subject's.
    #[must_use]
    pub fn is(&self, folded: &str) -> bool {
        let mut names = [&self.key, &self.label].into_iter().chain(&self.also);
        names.any(|name| name.trim().to_lowercase() == folded)
    }
}

/// How the subjects of a file are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesFrom {
    /// As the file has them; a file with a single series that it leaves nameless is called as the file.
    Column,
    /// Its only subject as the file is called, without folder and ending.
    File,
}

/// A figure with every default filled in. What stays an `Option` depends on the data or on taste.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSpec {
    /// Its key in the manifest, and the name of its files.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// Where its values stand.
    pub places: Places,
    /// How the data are shown.
    pub chart: &'static Kind,
    /// What the values are; `None` where the data tell.
    pub unit: Option<Unit>,
    /// The sizes it is drawn at, without repetition, the one that pages show first.
    pub sizes: Vec<Size>,
    /// What is counted, in words for a screen reader; `None` uses the name of the measure.
    pub quantity: Option<String>,
    /// The finding.
    pub title: Template,
    /// Measure, unit, place, period, transformation; may be empty.
    pub subtitle: Template,
    /// Small print; may be empty.
    pub note: Template,
    /// Overrides what the datasets say.
    pub source: Option<String>,
    /// Every declared subject of the manifest, and who is named without being declared.
    pub declared: Vec<SubjectSpec>,
    /// Who is shown, as indices into `declared`, in order; empty shows all that the data have.
    pub shown: Vec<usize>,
    /// How many are shown, of all that the data have; `None` shows all.
    pub top: Option<usize>,
    /// Who stands out, as indices into `declared`; empty shows all alike.
    pub highlight: Vec<usize>,
    /// How many have a colour of their own, the first ones in order; the others are grey context.
    pub colored: Option<usize>,
    /// What becomes of characters that the fonts lack.
    pub missing_glyphs: Glyphs,
    /// What is drawn: one panel, or several in a figure of facets.
    pub panels: Vec<PanelSpec>,
    /// The datasets of the panels, in order of first use.
    pub datasets: Vec<DatasetSpec>,
    /// Which groups, in order; empty takes all in the order of the data.
    pub groups: Vec<String>,
    /// How several observations of one subject and date become one.
    pub combine: Combine,
    /// The calendar period whose observations become one; `None` for those of one date.
    pub each: Option<Precision>,
    /// A line chart's first period; `None` starts with the data.
    pub from: Option<Period>,
    /// A line chart's last period; `None` ends with the data.
    pub to: Option<Period>,
    /// What is done to the rows, in the order in which it is done.
    pub transforms: Vec<Transform>,
    /// What a value known to be below a bound counts for, as a part of the bound: 0.5 or 0.
    pub below_one: f64,
    /// What becomes of a first period that the data do not cover from its beginning.
    pub first_period: LastPeriod,
    /// What becomes of a last period that was still running.
    pub last_period: LastPeriod,
    /// Marked dates, in order of time.
    pub events: Vec<Event>,
    /// What must hold.
    pub claims: Vec<Claim>,
}

/// A transformation of a frame's rows, by the key that asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transform {
    /// Its key in a figure.
    pub key: &'static str,
    /// How often, how far: what stands behind the key; 1 where it is only said that it is done.
    pub amount: u32,
}

/// What a transformation's key takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// `true`; `false` is as if the key were not there.
    Switch,
    /// A whole number of steps; the first one is as if the key were not there.
    Steps(std::ops::RangeInclusive<u32>),
}

/// One panel of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelSpec {
    /// Where it stands.
    pub place: Place,
    /// Where its values stand.
    pub places: Places,
    /// Index into [`FigureSpec::datasets`]; `None` in a panel that only says what is missing.
    pub dataset: Option<usize>,
    /// What is shown.
    pub measure: Measure,
    /// Shown above a facet; empty for a figure of one panel.
    pub title: Template,
    /// At which date, where one date is shown.
    pub at: At,
    /// Why there are no data, said in the note if there are none.
    pub missing: Option<String>,
}

/// What is shown of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// The only measure it has.
    Only,
    /// A column.
    Column(String),
    /// One column divided by another; times 100 where the unit is per cent.
    Ratio {
        /// What is divided.
        numerator: String,
        /// By what.
        denominator: String,
    },
}

/// Which date is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The last one of the data.
    Latest,
    /// The last one within this period.
    On(Period),
    /// Each subject's own last one; where groups are shown apart, each group's.
    Each,
}

/// How several observations of one subject and date, of several groups, become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combine {
    /// They do not: that there are several is an error.
    Never,
    /// Their sum; missing when one is missing.
    Sum,
    /// Their mean, of those that are there.
    Mean,
    /// The last in time that is there.
    Last,
    /// The sum of the numerators over the sum of the denominators, of those that are there.
    Pooled,
}

/// What becomes of a first or last period that the data do not cover whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastPeriod {
    /// Left out when the data say so; drawn with a warning when it is possible.
    Judge,
    /// Drawn: it is complete.
    Keep,
    /// Drawn as any other, and told when it is certain or possible.
    Tell,
    /// Drawn with a dashed line and a hollow point.
    Dash,
    /// Left out.
    Drop,
}
