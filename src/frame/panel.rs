//! What a figure's numbers are, panel by panel: the one thing that everything after it reads.
//!
//! It must not know how rows are made.

use crate::data::{Basis, Line};
use crate::diag::{Place, Report};
use crate::figure::Look;
use crate::frame::fact::Fact;
use crate::frame::roster::{self, Candidate, Who};
use crate::frame::row::{Row, Value, slice};
use crate::spec::FigureSpec;
use crate::time::moment::{Moment, Step};
use crate::time::pace::Stretch;
use crate::time::period::{Period, Precision};

/// Everything that a figure shows and that may be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// How the figure looks.
    pub look: Look,
    /// Its panels, at least one.
    pub panels: Vec<PanelFrame>,
    /// Everybody known, shown or not; [`Row::who`] is a place in it.
    pub roster: Vec<Candidate>,
    /// What must be said of the whole figure: panels without data.
    pub facts: Vec<Fact>,
    /// What the user should know, though the figure can be drawn.
    pub warnings: Report,
}

/// The rows of a panel, of every date and subject, with what tells which of them are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelFrame {
    /// Index into [`FigureSpec::datasets`].
    pub dataset: usize,
    /// What is counted, by the name of its column.
    pub measure: String,
    /// How its numbers came about, and so what may be done with them.
    pub basis: Basis,
    /// The panel's title; empty for a figure of one panel.
    pub title: String,
    /// The dataset as messages name it: its file, or the first of several.
    pub file: String,
    /// All of its files.
    pub files: Vec<String>,
    /// The usual distance of dates, after periods were combined; irregular where they stand at the middle of
    /// dates that are.
    pub step: Step,
    /// Whether subjects are months or weekdays, which keep their own order.
    pub calendar: bool,
    /// Whether groups are months or weekdays.
    pub calendar_groups: bool,
    /// From which distance on a date is missing between two.
    pub gap: Step,
    /// Where somebody's dates are further apart, but evenly, so that none is missing.
    pub even: Vec<(Who, Stretch)>,
    /// How exactly the dates of single observations are known.
    pub written: Precision,
    /// How exactly the dates of rows are told: as they are known, or the period they are combined to.
    pub precision: Precision,
    /// The groups that may appear, in order; [`Row::group`] indexes it.
    pub groups: Vec<String>,
    /// What the groups are called in the picture: as they are, with their dates where each has its own.
    pub group_labels: Vec<String>,
    /// How observations may have been counted; [`Row::kind`] indexes it.
    pub kinds: Vec<String>,
    /// What values that are words say; empty where they are numbers. [`Value::Word`] indexes it.
    pub words: Vec<String>,
    /// Rows without a group first, then those of each group; then by subject and time.
    pub rows: Vec<Row>,
    /// The rows under an average, drawn faint; empty where nothing is averaged.
    pub raw: Vec<Row>,
    /// Single observations under a line that combines several, drawn as faint dots.
    pub singles: Vec<Row>,
    /// Who is drawn, in the figure's order.
    pub drawn: Vec<Who>,
    /// The first date drawn on a time axis.
    pub first: Option<Period>,
    /// The date shown, on a time axis its last one; `None` for data without dates.
    pub shown: Option<Period>,
    /// The dates within which rows are drawn; a side without a bound is `None`.
    pub within: (Option<Moment>, Option<Moment>),
    /// Periods that are not whole and drawn as such.
    pub hollow: Vec<Period>,
    /// Dates at which the way of counting changes.
    pub changes: Vec<Moment>,
    /// What was done to the numbers, and what must be said of them, in order.
    pub facts: Vec<Fact>,
}

impl Frame {
    /// A candidate's name.
    #[must_use]
    pub fn label(&self, who: Who) -> &str {
        roster::label(&self.roster, who)
    }

    /// The place of somebody among the figure's subjects, where it is shown.
    #[must_use]
    pub fn place(&self, who: Who) -> Option<usize> {
        self.roster.get(who.place())?.shown
    }
}

impl PanelFrame {
    /// What a group is called in the picture; empty for all groups combined.
    #[must_use]
    pub fn group_label(&self, group: Option<usize>) -> &str {
        group.and_then(|group| self.group_labels.get(group)).map_or("", String::as_str)
    }

    /// A moment as this panel's rows are dated: `2020-06` in a table of months.
    #[must_use]
    pub fn date(&self, at: Moment) -> Period {
        Period::around(at, self.precision)
    }

    /// A line of the dataset.
    #[must_use]
    pub fn place(&self, line: Line) -> Place {
        let file = usize::try_from(line.file).ok().and_then(|index| self.files.get(index));
        Place { line: Some(line.number), ..Place::file(file.unwrap_or(&self.file)) }
    }

    /// The rows of a group (of all groups combined where `None`), by subject and time.
    #[must_use]
    pub fn of_group(&self, group: Option<usize>) -> &[Row] {
        slice(&self.rows, |row| row.group.cmp(&group))
    }

    /// A subject's rows, of a group or of all groups combined, by time.
    #[must_use]
    pub fn of(&self, group: Option<usize>, who: Who) -> &[Row] {
        slice(self.of_group(group), |row| row.who.cmp(&who))
    }

    /// Over how many steps the rows are averaged; `None` where they are not.
    #[must_use]
    pub fn average(&self) -> Option<usize> {
        self.facts.iter().find_map(|fact| match fact {
            Fact::Averaged { window, .. } => Some(*window),
            _ => None,
        })
    }

    /// Whether a moment lies within what is drawn.
    #[must_use]
    pub fn is_within(&self, at: Option<Moment>) -> bool {
        let (from, to) = self.within;
        at.is_none_or(|at| from.is_none_or(|from| from <= at) && to.is_none_or(|to| at < to))
    }

    /// Whether dates of somebody are missing between two that are neighbours.
    #[must_use]
    pub fn is_gap(&self, who: Who, before: Moment, after: Moment) -> bool {
        let even = || self.even.iter().any(|(own, stretch)| *own == who && stretch.holds(before, after));
        self.gap.is_gap(before, after) && !even()
    }

    /// Whether somebody's line breaks between two moments: dates are missing, or the way of counting changes.
    #[must_use]
    pub fn breaks(&self, who: Who, before: Moment, after: Moment) -> bool {
        self.is_gap(who, before, after) || self.changes.iter().any(|at| before < *at && *at <= after)
    }

    /// All rows that a reader sees: those drawn as marks, and the faint ones under them.
    pub(super) fn visible<'r>(&'r self, spec: &FigureSpec) -> impl Iterator<Item = &'r Row> {
        let apart = spec.chart.keeps_groups && !self.groups.is_empty();
        let faint = self.raw.iter().filter(|row| self.first.is_some() && self.is_within(row.at));
        let faint = faint.filter(|row| self.drawn.contains(&row.who));
        let marks = self.drawn_rows().chain(faint).filter(move |row| row.group.is_some() == apart);
        marks.chain(&self.singles)
    }

    /// The rows that are drawn as marks.
    pub fn drawn_rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| {
            let in_time =
                if self.first.is_some() { self.is_within(row.at) } else { row.period == self.shown };
            in_time && self.drawn.contains(&row.who)
        })
    }

    /// Whether it is a composite of measures, which are its groups.
    #[must_use]
    pub fn is_scored(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact, Fact::Scored(_)))
    }

    /// What a value that is words says; empty for one that is none.
    #[must_use]
    pub fn said(&self, value: Value) -> &str {
        let Value::Word(index) = value else { return "" };
        usize::try_from(index).ok().and_then(|index| self.words.get(index)).map_or("", String::as_str)
    }

    /// The row of the date shown.
    #[must_use]
    pub fn row_shown(&self, group: Option<usize>, who: Who) -> Option<&Row> {
        self.of(group, who).iter().rev().find(|row| row.period == self.shown)
    }

    /// Whether a subject's row of a period is drawn.
    #[must_use]
    pub fn shows(&self, who: Who, period: Option<Period>) -> bool {
        let first: Option<Moment> = period.map(Period::first);
        let in_time = if self.first.is_some() { self.is_within(first) } else { period == self.shown };
        in_time && self.drawn.contains(&who)
    }

    /// The groups that stand apart in the figure; that of all combined where none do.
    #[must_use]
    pub fn groups_shown(&self, spec: &FigureSpec) -> Vec<Option<usize>> {
        if spec.chart.keeps_groups { self.drawn_groups(spec) } else { vec![None] }
    }

    /// The groups that are drawn: those named in the figure, or that have a value.
    #[must_use]
    pub fn drawn_groups(&self, spec: &FigureSpec) -> Vec<Option<usize>> {
        let has_value = |group: &Option<usize>| {
            let known =
                |who: &Who| self.row_shown(*group, *who).is_some_and(|row| row.value != Value::Missing);
            !spec.groups.is_empty() || self.drawn.iter().any(known)
        };
        (0..self.groups.len()).map(Some).filter(has_value).collect()
    }
}
