//! What was done to the numbers, and what a reader must know of them.
//!
//! It must not know how that is said.

use crate::data::{Aggregate, Anchored};
use crate::frame::roster::Who;
use crate::frame::row::{Row, Value};
use crate::frame::wording::list;
use crate::time::moment::Step;
use crate::time::period::Period;

/// What becomes of a period that is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is not drawn.
    LeftOut,
    /// It is drawn as what it is.
    Hollow,
    /// It is drawn as any other.
    Kept,
}

/// The part of a period that its value is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// So many dates of so many, at a distance.
    Dates(usize, usize, Step),
    /// The last one, which is well before the period's end.
    Last(Period),
}

/// Something a reader must know.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A panel without data.
    NoData {
        /// What would have been shown.
        measure: String,
        /// Why it is not.
        why: String,
    },
    /// Some have no value where others have one.
    Unknown {
        /// Who.
        who: Vec<Who>,
        /// The group or panel; empty for the only one.
        within: String,
    },
    /// A sum is not drawn, because a part of it is missing.
    Lacking {
        /// Whose.
        who: Who,
        /// Of which period.
        period: Option<Period>,
        /// The groups without a value, as indices; empty where dates are missing.
        groups: Vec<usize>,
    },
    /// A value of a period is made of some of its dates only.
    Partly {
        /// Whose.
        who: Who,
        /// Of which period.
        period: Period,
        /// Of what it is made.
        of: Part,
    },
    /// A first or last period is not whole.
    NotWhole {
        /// Whether it is the first one.
        is_first: bool,
        /// Which.
        period: Period,
        /// Whether that is certain.
        certain: bool,
        /// The distance of periods.
        step: Step,
        /// What became of it.
        fate: Fate,
    },
    /// Several values of one date and series became one.
    Aggregated(Aggregate),
    /// So many values stand in the data again, and count once.
    Repeated(usize),
    /// The values of a figure of one date are of several.
    OwnDates(Period, Period),
    /// Each group is shown at its own last date.
    GroupDates,
    /// The numbers are ranks.
    Ranks,
    /// The dates are of fiscal years, which were read as beginning with this month.
    FiscalYears(u8),
    /// Exports that are each scaled to their own 100 were put on one scale.
    Anchored(Anchored),
    /// Only those with the highest values are shown.
    Top(Top),
    /// How scores came about, in words.
    Scored(String),
    /// Zeros before somebody's first value are not drawn.
    Zeros {
        /// Whose.
        who: Who,
        /// Of when the first value is.
        from: Period,
    },
    /// What a transformation did, in its own words.
    Said(String),
    /// What the values are after a transformation, as a subtitle says it.
    Stated {
        /// `share of the total of Keras and PyTorch`.
        words: String,
        /// The same beside their names: `share of their total`.
        brief: String,
        /// Words of which one tells it, where a user has said it already.
        known: Vec<String>,
    },
    /// Lines are centred averages.
    Averaged {
        /// Of so many steps.
        window: usize,
        /// Of which length.
        step: Step,
    },
    /// Some values are only known to be below a bound.
    Below {
        /// The bound.
        bound: f64,
        /// As what they count.
        counts_as: f64,
        /// Whether one is drawn by itself, and not only in a sum, a mean or a ratio.
        is_drawn: bool,
    },
}

impl Fact {
    /// What the values are, in words of which one of some tells that a user has said so.
    pub(super) fn stated(words: impl Into<String>, known: &[&str]) -> Fact {
        let known = known.iter().map(|word| word.to_lowercase()).collect();
        let words = words.into();
        Fact::Stated { brief: words.clone(), words, known }
    }

    /// The same, in fewer words where everybody is named anyway.
    pub(super) fn briefly(self, brief: &str) -> Fact {
        match self {
            Fact::Stated { words, known, .. } => Fact::Stated { words, brief: brief.into(), known },
            other => other,
        }
    }
}

/// Who is shown of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// How many have the highest values.
    pub count: usize,
    /// Who is shown besides them, by label.
    pub besides: Vec<String>,
    /// How many are not shown.
    pub others: usize,
    /// Whether the values are of a date.
    pub dated: bool,
    /// Who has no value, and so no rank, where others have one.
    pub unknown: Vec<Who>,
}

impl Top {
    /// Whether some are not shown.
    #[must_use]
    pub fn is_said(&self) -> bool {
        self.others > 0
    }

    /// `The 6 with the highest latest values are shown; 37 others are not`; empty where all are.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let latest = if self.dated { "latest " } else { "" };
        let shown = match self.count {
            1 => format!("The one with the highest {latest}value"),
            count => format!("The {count} with the highest {latest}values"),
        };
        let besides = self.besides.iter().map(String::as_str);
        let shown = list(&std::iter::once(shown.as_str()).chain(besides).collect::<Vec<_>>());
        let are = if self.count + self.besides.len() == 1 { "is" } else { "are" };
        match self.others {
            0 => None,
            1 => Some(format!("{shown} {are} shown; 1 other is not")),
            others => Some(format!("{shown} {are} shown; {others} others are not")),
        }
    }
}

/// Bounds in rows that are drawn, each once.
pub(super) fn bounds<'r>(rows: impl Iterator<Item = &'r Row>, below_one: f64) -> Vec<Fact> {
    let mut bounds: Vec<(f64, bool)> = Vec::new();
    for row in rows.filter(|row| row.is_known()) {
        let ends = row.bounds.into_iter().flat_map(|(least, most)| [least, most]);
        bounds.extend(ends.map(|bound| (bound, row.value == Value::Below(bound))));
    }
    // Of one bound what is drawn comes first.
    bounds.sort_by(|(a, is), (b, other)| a.total_cmp(b).then(other.cmp(is)));
    bounds.dedup_by_key(|(bound, _)| *bound);
    let fact = |(bound, is_drawn)| Fact::Below { bound, counts_as: bound * below_one, is_drawn };
    bounds.into_iter().map(fact).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_said() {
        let top = |count, besides: &[&str], others| {
            let besides = besides.iter().map(|&name| name.to_owned()).collect();
            Top { count, besides, others, dated: true, unknown: Vec::new() }.in_words()
        };
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(
            top(6, &[], 37),
            said("The 6 with the highest latest values are shown; 37 others are not")
        );
        assert_eq!(top(1, &[], 1), said("The one with the highest latest value is shown; 1 other is not"));
        let besides = "The 2 with the highest latest values, Keras and Theano are shown; 3 others are not";
        assert_eq!(top(2, &["Keras", "Theano"], 3), said(besides));
        assert_eq!(top(6, &[], 0), None);
    }
}
