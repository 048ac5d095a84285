//! What a figure is once every default is filled in: the words between the
//! manifest, which resolves it, and the rooms that pick, arrange and draw.
//!
//! Nothing here reads files, measures text or knows a pixel beyond the size asked for.

use crate::preset::{Preset, Size};
use crate::time::moment::{Moment, Step};

pub use crate::data::Unit;

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// What the rooms before drawing must know of a kind of chart; the kinds themselves are in `kind`.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its word in a manifest.
    pub name: &'static str,
    /// Its name in the fingerprints of figures, which never changes.
    pub code: &'static str,
    /// What a screen reader is told it is: `Line chart`.
    pub noun: &'static str,
    /// Whether it shows values over time, and not those of one date.
    pub shows_span: bool,
    /// Whether it shows each group, and not all of them combined.
    pub keeps_groups: bool,
    /// Whether it has a panel for each measure.
    pub has_panels: bool,
    /// Whether its marks of one panel are told apart by colour.
    pub colors_tell: bool,
    /// Whether its marks stand one on the other, where a value of nothing is as good as any.
    pub stacks: bool,
    /// How a period that is not whole is drawn: `hollow`.
    pub torn: &'static str,
    /// Keys of a figure that mean nothing to it, with what to do instead.
    pub refuses: &'static [(&'static str, &'static str)],
}

/// So many colours a palette has: more cannot be told apart by everybody.
pub const COLORS: usize = 6;

/// Where a subject's colour comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// The theme's palette, by index.
    Palette(usize),
    /// A colour of the manifest's; a theme repairs its contrast where it must.
    Fixed {
        /// On a light background.
        light: Rgb,
        /// On a dark background; `None` derives it from `light`.
        dark: Option<Rgb>,
    },
}

/// How much a subject stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// As much as the others.
    Equal,
    /// More: its colour, bold.
    Highlight,
    /// Less: grey context.
    Context,
}

/// How many digits of a value are printed beside its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Digits {
    /// Three that count, more where two values would read the same.
    #[default]
    Short,
    /// All that it has.
    Full,
}

/// Who is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its name in the figure.
    pub label: String,
    /// Its colour, the same in every figure.
    pub ink: Ink,
    /// How much it stands out in this figure.
    pub emphasis: Emphasis,
}

/// What an event mark tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// Something happened (a release).
    Happened,
    /// The data are counted another way from here on; the line breaks.
    MethodChanged,
}

/// A date marked on a time axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// What, in a few words.
    pub label: String,
    /// Its kind.
    pub kind: EventKind,
}

/// Words at a value that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// Index into [`Look::subjects`].
    pub subject: usize,
    /// When.
    pub at: Moment,
    /// How much, finite.
    pub value: f64,
    /// What is said of it.
    pub text: String,
}

/// A time that has a ground of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shade {
    /// When it began.
    pub from: Moment,
    /// When it was over.
    pub to: Moment,
    /// What it was; may be empty.
    pub text: String,
}

/// What only some figures have.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extras {
    /// Whether equal distances of values are equal ratios.
    pub log: bool,
    /// The value that all are compared with: 100 of an index.
    pub reference: Option<f64>,
    /// Words at single values.
    pub annotations: Vec<Annotation>,
    /// Times with a ground of their own, in order.
    pub shaded: Vec<Shade>,
}

/// A point of a line that a claim of the figure speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// Whose line it is on; index into [`Look::subjects`].
    pub subject: usize,
    /// When it is.
    pub at: Moment,
    /// How much it is.
    pub value: f64,
    /// When a line crosses another there, in a few words: `Mar 2022`; `None` for a highest value.
    pub when: Option<String>,
}

/// How a figure looks, apart from its words and its data.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The chart.
    pub chart: &'static Kind,
    /// What its size is made for.
    pub preset: &'static Preset,
    /// Width in px.
    pub width: u32,
    /// Height in px; `None` lets the content decide.
    pub height: Option<u32>,
    /// Who may appear; [`Series::subject`] and [`Bar::subject`] index it.
    pub subjects: Vec<Subject>,
    /// Marked dates, in order of time.
    pub events: Vec<Event>,
    /// Points that claims speak of.
    pub marked: Vec<Marked>,
    /// What the values are.
    pub unit: Unit,
    /// How many digits of values are printed beside marks.
    pub digits: Digits,
    /// Whether lower values are better, as of ranks: the lowest then stands on top.
    pub lower_is_better: bool,
    /// Whether time is the age of each series, which began at 1970-01-01, and no date.
    pub by_age: bool,
    /// What only some figures have.
    pub extras: Extras,
}

impl Look {
    /// The same at another size.
    #[must_use]
    pub fn at(&self, Size { preset, width, height }: Size) -> Look {
        Look { preset, width, height, ..self.clone() }
    }

    /// Whether so many points of a line are too many for the picture, and only the extremes among neighbours
    /// are drawn: where they come to more than four in 2 px of its width.
    #[must_use]
    pub fn thins(&self, points: usize) -> bool {
        let width = usize::try_from(self.width).unwrap_or(usize::MAX);
        points > width.saturating_mul(2)
    }
}

/// The figure's words, with every value from the data filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The finding.
    pub title: String,
    /// Measure, unit, place, period, transformation.
    pub subtitle: String,
    /// Small print: `Note: …` with a stop at its end; empty when there is nothing to note.
    pub note: String,
    /// `Source: …`, with its date.
    pub source: String,
}

/// A value at a moment; `None` is a gap in the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// When.
    pub at: Moment,
    /// How much, finite.
    pub value: Option<f64>,
}

/// A subject's values over time, sorted by time, one a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Index into [`Look::subjects`].
    pub subject: usize,
    /// What the line shows.
    pub points: Vec<Point>,
    /// The values under an average, drawn faint; empty when the line shows the values themselves.
    pub raw: Vec<Point>,
    /// Values drawn as faint dots beneath the line (several observations of one moment); may share moments.
    pub dots: Vec<Point>,
    /// Whether the last point is of a period that was, or may have been, still running when it was counted:
    /// the line to it is dashed and the point hollow.
    pub partial: bool,
    /// Whether the first point is of a period that the data do not cover from its beginning.
    pub partial_start: bool,
    /// Whether some of its values are only known to be below a bound, and stand at a part of it.
    pub bounded: bool,
}

/// A subject's bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Index into [`Look::subjects`].
    pub subject: usize,
    /// Its length, finite; `None` is missing, never zero.
    pub value: Option<f64>,
    /// The bound, where the value is only known to be below one; the length then is a part of it.
    pub below: Option<f64>,
}

/// The bars that stand together, in the order they are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct BarGroup {
    /// The group's name; empty where there is only one group.
    pub label: String,
    /// Its bars.
    pub bars: Vec<Bar>,
}

/// What stands in a cell of a grid.
#[derive(Debug, Clone, PartialEq)]
pub enum GridCell {
    /// Nothing is known.
    Missing,
    /// There is nothing to know: it lies before the first date, or after the last.
    Outside,
    /// A number, finite.
    Number(f64),
    /// Only known to be below a bound.
    Below(f64),
    /// Words.
    Words(String),
}

/// What a row or a column of a grid is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its name.
    pub label: String,
    /// Index into [`Look::subjects`], where it is somebody's.
    pub subject: Option<usize>,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct GridRow {
    /// What it is of.
    pub heading: Heading,
    /// A cell for each column.
    pub cells: Vec<GridCell>,
    /// The cells whose period is not whole, by their column.
    pub torn: Vec<usize>,
}

/// Which columns of a grid are named, where not all have room: one of so many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// A column that is named in any case, or would be: January, the year 2000.
    pub anchor: usize,
    /// One of how many may be named, the fewest first; only 1 where all must be.
    pub steps: &'static [usize],
    /// From which step on columns are years, called by the last word of their names.
    pub years_from: usize,
}

impl Named {
    /// All of them.
    pub const ALL: Named = Named { anchor: 0, steps: &[1], years_from: usize::MAX };
}

/// Cells in rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Which columns are named.
    pub named: Named,
    /// What the columns are of.
    pub columns: Vec<Heading>,
    /// The rows, from the top.
    pub rows: Vec<GridRow>,
}

impl Grid {
    /// Every text.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let headings = self.columns.iter().chain(self.rows.iter().map(|row| &row.heading));
        let words = self.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell {
            GridCell::Words(words) => Some(words.as_str()),
            GridCell::Missing | GridCell::Outside | GridCell::Number(_) | GridCell::Below(_) => None,
        });
        headings.map(|heading| heading.label.as_str()).chain(words)
    }

    /// The numbers, bounds among them.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        self.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell {
            GridCell::Number(value) | GridCell::Below(value) => Some(*value),
            GridCell::Missing | GridCell::Outside | GridCell::Words(_) => None,
        })
    }
}

/// What a panel shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Marks {
    /// Cells in rows and columns.
    Cells(Grid),
    /// Lines over time.
    Lines {
        /// One a subject.
        series: Vec<Series>,
        /// The usual distance of their points.
        step: Step,
    },
    /// Horizontal bars.
    Bars(Vec<BarGroup>),
}

/// One panel of a figure: all of it, unless it has facets.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Shown above a facet; empty for a figure of one panel.
    pub title: String,
    /// What is counted here, in words for a screen reader: `stars`.
    pub measure: String,
    /// What is drawn.
    pub marks: Marks,
}
