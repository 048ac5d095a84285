//! Looking values up: by subject and date, of one panel or one of its groups.
//!
//! All of it are rows of the frame: what is drawn is what is claimed.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{self, Diagnostic, listed, nearest, quoted};
use crate::frame::roster::{self, Who};
use crate::frame::{Frame, PanelFrame, Row, Value};
use crate::spec::grammar::{ClaimDate, ClaimGroup, Name};
use crate::spec::{Combine, FigureSpec};
use crate::time::moment::{DAY, Moment};
use crate::time::period::{Period, Precision};

/// The rows of one panel, or of one of its groups.
#[derive(Debug)]
pub(super) struct Slice<'a> {
    /// The panel.
    pub(super) panel: &'a PanelFrame,
    /// What tells it from the figure's other slices: a group or a panel's title; empty for the only one.
    pub(super) label: String,
    rows: BTreeMap<(Option<Period>, Who), &'a Row>,
}

/// Why a claim cannot be checked, or a placeholder not filled in.
pub(super) type Obstacle = String;

impl<'a> Slice<'a> {
    fn of(panel: &'a PanelFrame, group: Option<usize>, label: &str) -> Self {
        // A subject counted twice in a period: the later row stands.
        let rows = panel.of_group(group).iter().map(|row| ((row.period, row.who), row)).collect();
        Slice { panel, label: label.to_owned(), rows }
    }

    /// A subject's row at a date, where something is known of it.
    pub(super) fn row(&self, at: Option<Period>, who: Who) -> Option<&'a Row> {
        self.rows.get(&(at, who)).copied().filter(|row| row.is_known())
    }

    /// The dates at which every one of these subjects has a value, within the figure's span, in order.
    pub(super) fn common_dates(&self, spec: &FigureSpec, who: &[Who]) -> Vec<Option<Period>> {
        let mut dates: Vec<Option<Period>> = self.rows.keys().map(|(at, _)| *at).collect();
        dates.dedup();
        let within = |at: &Option<Period>| {
            at.is_none_or(|at| {
                spec.from.is_none_or(|from| from.first() < at.end())
                    && spec.to.is_none_or(|to| at.first() < to.end())
            })
        };
        dates.retain(|at| within(at) && who.iter().all(|who| self.row(*at, *who).is_some()));
        dates
    }

    /// The last date up to an end, or in a period, at which one of these subjects has a value.
    fn last_date(&self, who: &[Who], holds: impl Fn(Period) -> bool) -> Option<Option<Period>> {
        let of_them = self.rows.iter().filter(|((_, other), row)| who.contains(other) && row.is_known());
        of_them.map(|((at, _), _)| *at).filter(|at| at.is_none_or(&holds)).max()
    }

    /// The dates a scope names; none where nobody has a value there.
    pub(super) fn dates(&self, spec: &FigureSpec, when: ClaimDate, who: &[Who]) -> Vec<Option<Period>> {
        let found = match when {
            ClaimDate::Every => return self.common_dates(spec, who),
            // An average ends before what it is made of.
            ClaimDate::Shown if !self.panel.raw.is_empty() => self
                .panel
                .shown
                .map_or_else(|| self.last_date(who, |_| true), |shown| self.last_date(who, |at| at <= shown)),
            ClaimDate::Shown => {
                self.last_date(who, |at| self.panel.shown.is_none_or(|shown| shown.meets(at)))
            }
            ClaimDate::Latest => self.last_date(who, |_| true),
            // Of an age the last date up to it counts, for not all have one on the day.
            ClaimDate::On(age) if age.precision() == Precision::Age => self.last_date(who, |at| {
                at.precision() == Precision::Age && at.first() < age.end() && at.first() > before(age)
            }),
            ClaimDate::On(period) => self.last_date(who, |at| period.meets(at)),
        };
        found.into_iter().collect()
    }

    /// Refuses to set side by side what was counted in different ways, or is several values that nothing combines.
    pub(super) fn comparable(
        &self,
        spec: &FigureSpec,
        frame: &Frame,
        dates: &[Option<Period>],
        who: &[Who],
    ) -> Result<(), Obstacle> {
        let cells = || dates.iter().flat_map(|at| who.iter().map(move |who| (*at, *who)));
        let found = || cells().filter_map(|key| Some((key, *self.rows.get(&key)?)));
        let several = |row: &Row| row.count > 1 && !row.is_known() && spec.combine == Combine::Never;
        if let Some(((at, who), row)) = found().find(|(_, row)| several(row)) {
            return Err(format!("{} has {} values{}", frame.label(who), row.count, self.at_words(at)));
        }
        if found().any(|(_, row)| matches!(row.value, Value::Word(_))) {
            return Err("the values are words, which have no order: write `A is WORDS`".into());
        }
        let kinds: BTreeSet<Option<u32>> = found().map(|(_, row)| row.kind).collect();
        if kinds.len() > 1 || kinds.contains(&None) {
            return Err("the values were counted in different ways".into());
        }
        Ok(())
    }

    /// Between which values a subject's true one lies, greater being better.
    pub(super) fn range(&self, row: &Row) -> Option<(f64, f64)> {
        let (low, high) = row.range()?;
        Some(if self.panel.basis.lower_is_better() { (-high, -low) } else { (low, high) })
    }

    /// Whether a sum of somebody at a date is made of values of which one is missing.
    pub(super) fn lacks(&self, at: Option<Period>, who: Who) -> bool {
        self.rows.get(&(at, who)).is_some_and(|row| row.value == Value::Missing && row.count > 1)
    }

    /// The same of the date that a claim names, or of the one shown.
    pub(super) fn lacks_when(&self, when: ClaimDate, who: Who) -> bool {
        match when {
            ClaimDate::On(period) => {
                let dates = self.rows.keys().map(|(at, _)| *at);
                dates.filter(|at| at.is_some_and(|at| period.meets(at))).any(|at| self.lacks(at, who))
            }
            ClaimDate::Shown | ClaimDate::Latest | ClaimDate::Every => self.lacks(self.panel.shown, who),
        }
    }

    /// ` at 2020-06`; empty for data without dates.
    pub(super) fn at_words(&self, at: Option<Period>) -> String {
        at.map(at_words).unwrap_or_default()
    }
}

/// ` at 2020-06`, of an age ` after 5.0 years`.
pub(super) fn at_words(at: Period) -> String {
    if at.precision() == Precision::Age { format!(" {}", at.as_time()) } else { format!(" at {at}") }
}

/// How long before an age a date may lie that stands for it.
fn before(age: Period) -> Moment {
    Moment::from_seconds(age.first().seconds() - 16 * DAY)
}

/// The slices a scope names.
pub(super) fn slices<'a>(
    spec: &FigureSpec,
    frame: &'a Frame,
    group: &ClaimGroup,
) -> Result<Vec<Slice<'a>>, Diagnostic> {
    let all = all_slices(spec, frame);
    match group {
        ClaimGroup::Every if all.is_empty() => {
            Err(diag::error("missing-groups", "it has no groups").hint("leave `in …` out"))
        }
        ClaimGroup::Every => Ok(all),
        ClaimGroup::One(name) => one(frame, all, name),
        ClaimGroup::Shown => match frame.panels.as_slice() {
            [panel] if !spec.chart.keeps_groups || panel.groups.len() < 2 => {
                Ok(vec![Slice::of(panel, None, "")])
            }
            _ => {
                let names: Vec<&str> = all.iter().map(|slice| slice.label.as_str()).collect();
                let message = format!("it has more than one group: {}", listed(names));
                Err(diag::error("several-groups", message).hint("say `in every group`, or which one"))
            }
        },
    }
}

fn one<'a>(frame: &'a Frame, all: Vec<Slice<'a>>, name: &Name) -> Result<Vec<Slice<'a>>, Diagnostic> {
    let wanted = name.text.trim().to_lowercase();
    let names: Vec<String> = all.iter().map(|slice| slice.label.clone()).collect();
    let by_panel = frame.panels.len() > 1;
    let is = |slice: &Slice<'a>| {
        slice.label.to_lowercase() == wanted || (by_panel && slice.panel.measure.to_lowercase() == wanted)
    };
    let found: Vec<Slice<'a>> = all.into_iter().filter(is).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let message = format!("unknown group {}", quoted(&name.text));
    let fault = diag::error("unknown-group", message).at(name.place.clone());
    let measures = frame.panels.iter().map(|panel| panel.measure.clone());
    let names: Vec<String> = if by_panel { measures.collect() } else { names };
    Err(match nearest(&name.text, names.iter().map(String::as_str)) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None if names.is_empty() => fault.hint("the figure has no groups: leave `in …` out"),
        None => fault.hint(format!("groups are {}", listed(names))),
    })
}

/// Every panel of a figure of facets, otherwise every group of the only one.
fn all_slices<'a>(spec: &FigureSpec, frame: &'a Frame) -> Vec<Slice<'a>> {
    match frame.panels.as_slice() {
        [panel] if !spec.chart.has_panels || panel.is_scored() => {
            let groups = panel.groups.iter().enumerate();
            groups.map(|(index, name)| Slice::of(panel, Some(index), name)).collect()
        }
        panels => panels.iter().map(|panel| Slice::of(panel, None, &panel.title)).collect(),
    }
}

/// The roster index of a name.
pub(super) fn subject(frame: &Frame, name: &Name) -> Result<Who, Diagnostic> {
    roster::find(&frame.roster, &name.text).ok_or_else(|| {
        let message = format!("unknown subject {}", quoted(&name.text));
        let fault = diag::error("unknown-subject", message).at(name.place.clone());
        match roster::nearest_label(&frame.roster, &name.text) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint(format!("subjects are {}", listed(frame.roster.iter().map(|who| &who.label)))),
        }
    })
}
