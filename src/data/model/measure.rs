//! What a column of numbers is: its unit and its basis, and so what may be done with it.
//!
//! Rooms that sum, average, share, sort or draw ask a [`Basis`] first, and say its [`Refusal`] where it says no.
//! This file must not know formats; they say the basis of their own measures.

/// The name of the measure of a table that names only subjects.
pub const UNNAMED_MEASURE: &str = "value";

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The column's name, or [`UNNAMED_MEASURE`].
    pub name: String,
    /// What its numbers are of; `None` where nothing tells.
    pub unit: Option<Unit>,
    /// How they came about.
    pub basis: Basis,
}

/// What the values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A count of things.
    Count,
    /// Per cent of something; values are 0 to 100.
    Percent,
    /// An index without a unit.
    Index,
    /// A number of which nothing is known but its value.
    Number,
}

impl Unit {
    /// The words for them.
    pub const WORDS: [(&'static str, Unit); 4] = [
        (Unit::Count.name(), Unit::Count),
        (Unit::Percent.name(), Unit::Percent),
        (Unit::Index.name(), Unit::Index),
        (Unit::Number.name(), Unit::Number),
    ];

    /// As results name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Unit::Count => "count",
            Unit::Percent => "percent",
            Unit::Index => "index",
            Unit::Number => "number",
        }
    }
}

/// How the numbers of a measure came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A count of one period, or of one snapshot.
    Count,
    /// A count of everything up to its date: each value holds those before it.
    Cumulative,
    /// Scaled to the highest value of its own query, or to a base.
    Index,
    /// A part of a whole.
    Share,
    /// A place in an order, of which 1 is the best.
    Rank,
    /// A score on a scale of its own, of which more is better.
    Rating,
    /// A floor: that many, or more. Sums and means of floors are floors, too.
    AtLeast,
    /// A count over a running window, such as the last 30 days: those of neighbouring dates overlap.
    Window,
    /// An unlabelled number. Nothing is refused of it: the user may know more.
    Unknown,
}

/// Why a basis does not allow what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, as the end of a message: `ranks have no sum`.
    pub reason: &'static str,
    /// What to do instead, as a hint: `take the last rank of each period`.
    pub instead: &'static str,
}

fn refuse(reason: &'static str, instead: &'static str) -> Result<(), Refusal> {
    Err(Refusal { reason, instead })
}

impl Basis {
    /// The words for them.
    pub const WORDS: [(&'static str, Basis); 9] = [
        (Basis::Count.name(), Basis::Count),
        (Basis::Cumulative.name(), Basis::Cumulative),
        (Basis::Index.name(), Basis::Index),
        (Basis::Share.name(), Basis::Share),
        (Basis::Rank.name(), Basis::Rank),
        (Basis::Rating.name(), Basis::Rating),
        (Basis::AtLeast.name(), Basis::AtLeast),
        (Basis::Window.name(), Basis::Window),
        (Basis::Unknown.name(), Basis::Unknown),
    ];

    /// As results name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Basis::Count => "count",
            Basis::Cumulative => "cumulative",
            Basis::Index => "index",
            Basis::Share => "share",
            Basis::Rank => "rank",
            Basis::Rating => "rating",
            Basis::AtLeast => "at least",
            Basis::Window => "window",
            Basis::Unknown => "unknown",
        }
    }

    /// Whether the lowest value leads.
    #[must_use]
    pub fn lower_is_better(self) -> bool {
        self == Basis::Rank
    }

    /// Whether the values of several periods add up to that of all of them.
    ///
    /// # Errors
    /// The reason why they do not.
    pub fn may_be_summed_over_time(self) -> Result<(), Refusal> {
        match self {
            Basis::Count | Basis::AtLeast | Basis::Unknown => Ok(()),
            Basis::Cumulative => {
                refuse("each cumulative count holds those before it", "take the last value of each period")
            }
            Basis::Window => refuse(
                "windows that overlap count the same things several times",
                "take the last value of each period",
            ),
            Basis::Index => refuse("a sum of an index is on no scale", "take the mean of each period"),
            Basis::Share => refuse(
                "shares of different periods are parts of different wholes",
                "take the mean of each period",
            ),
            Basis::Rank => refuse("ranks have no sum", "take the last rank of each period"),
            Basis::Rating => refuse("ratings have no sum", "take the mean of each period"),
        }
    }

    /// Whether the values of several subjects of one date and group add up to that of all of them.
    ///
    /// # Errors
    /// The reason why they do not.
    pub fn may_be_summed_over_subjects(self) -> Result<(), Refusal> {
        match self {
            Basis::Share => Ok(()),
            _ => self.may_be_summed_over_groups(),
        }
    }

    /// Whether the values of one subject in several groups, of one date, add up to that in all of them.
    ///
    /// # Errors
    /// The reason why they do not.
    pub fn may_be_summed_over_groups(self) -> Result<(), Refusal> {
        const INSTEAD: &str = "take the mean, or draw each group by itself";
        match self {
            Basis::Count | Basis::Cumulative | Basis::AtLeast | Basis::Window | Basis::Unknown => Ok(()),
            Basis::Index => refuse("a sum of an index is on no scale", INSTEAD),
            Basis::Share => refuse("shares of different groups are parts of different wholes", INSTEAD),
            Basis::Rank => refuse("ranks have no sum", "draw each group by itself"),
            Basis::Rating => refuse("ratings have no sum", INSTEAD),
        }
    }

    /// Whether a mean of its values says something, be it over time or over groups.
    ///
    /// # Errors
    /// The reason why it does not.
    pub fn may_be_averaged(self) -> Result<(), Refusal> {
        match self {
            Basis::Rank => refuse(
                "ranks have no mean: the distance of two ranks is no amount",
                "take the last rank of each period, or draw the ranks as they are",
            ),
            _ => Ok(()),
        }
    }

    /// Whether a value may be told as a part of the sum of all.
    ///
    /// # Errors
    /// The reason why it may not.
    pub fn may_be_shared(self) -> Result<(), Refusal> {
        match self {
            Basis::Count | Basis::Cumulative | Basis::Window | Basis::Unknown => Ok(()),
            Basis::Index => {
                refuse("the values of an index are parts of no whole", "compare the values as they are")
            }
            Basis::Share => refuse("the values are shares already", "draw them as they are"),
            Basis::Rank => refuse("ranks are parts of no whole", "compare the ranks as they are"),
            Basis::Rating => refuse("ratings are parts of no whole", "compare the ratings as they are"),
            Basis::AtLeast => refuse(
                "of floors it is not known how much they are of the whole",
                "compare the values as they are",
            ),
        }
    }

    /// Whether one value may be told as so many times another.
    ///
    /// # Errors
    /// The reason why it may not.
    pub fn may_be_multiplied(self) -> Result<(), Refusal> {
        match self {
            Basis::Rank => refuse("ranks have no multiples", "write `A > B`"),
            Basis::AtLeast => refuse(
                "of floors it is not known how many times one is another",
                "compare the values as they are",
            ),
            _ => Ok(()),
        }
    }

    /// Whether the difference of two dates is what came to it between them.
    ///
    /// # Errors
    /// The reason why it is not.
    pub fn may_be_taken_apart(self) -> Result<(), Refusal> {
        const INSTEAD: &str = "draw the values as they are";
        match self {
            Basis::Cumulative | Basis::Unknown => Ok(()),
            Basis::Count => refuse(
                "each value counts its own period alone",
                "add them up with `each` and `combine = \"sum\"`",
            ),
            Basis::Window => refuse("windows that overlap count the same things several times", INSTEAD),
            Basis::AtLeast => refuse("of floors it is not known what was added", INSTEAD),
            Basis::Index | Basis::Share | Basis::Rank | Basis::Rating => {
                refuse("only a count of everything so far tells what was added", INSTEAD)
            }
        }
    }

    /// Whether a value may be told as a part of another one of the same subject: as an index, or a growth.
    ///
    /// # Errors
    /// The reason why it may not.
    pub fn may_be_related(self) -> Result<(), Refusal> {
        match self {
            Basis::Rank => refuse(
                "ranks have no ratios: the distance of two ranks is no amount",
                "draw the ranks as they are",
            ),
            Basis::AtLeast => refuse(
                "of floors it is not known how many times one is another",
                "draw the values as they are",
            ),
            _ => Ok(()),
        }
    }

    /// Whether zero is nothing of it, so that bars have the length of the value and a value axis begins there.
    #[must_use]
    pub fn starts_at_zero(self) -> bool {
        self != Basis::Rank
    }

    /// The unit that its numbers have where nothing else tells; `None` where it does not say.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        match self {
            Basis::Count | Basis::Cumulative | Basis::AtLeast | Basis::Window => Some(Unit::Count),
            Basis::Index => Some(Unit::Index),
            Basis::Rank | Basis::Rating | Basis::Share => Some(Unit::Number),
            Basis::Unknown => None,
        }
    }
}

impl Measure {
    /// A measure of this basis, in per cent where its numbers were written so.
    #[must_use]
    pub fn new(name: String, basis: Basis, in_percent: bool) -> Self {
        let unit = if in_percent { Some(Unit::Percent) } else { basis.unit() };
        Measure { name, unit, basis }
    }

    /// Whether the file does not say what is counted.
    #[must_use]
    pub fn is_unnamed(&self) -> bool {
        self.name == UNNAMED_MEASURE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Basis; 9] = [
        Basis::Count,
        Basis::Cumulative,
        Basis::Index,
        Basis::Share,
        Basis::Rank,
        Basis::Rating,
        Basis::AtLeast,
        Basis::Window,
        Basis::Unknown,
    ];

    fn allowed(ask: fn(Basis) -> Result<(), Refusal>) -> Vec<Basis> {
        ALL.into_iter().filter(|basis| ask(*basis).is_ok()).collect()
    }

    #[test]
    fn counts_of_periods_alone_add_up_over_time() {
        let summed = [Basis::Count, Basis::AtLeast, Basis::Unknown];
        assert_eq!(allowed(Basis::may_be_summed_over_time), summed);
        let refusal = Basis::Window.may_be_summed_over_time().unwrap_err();
        assert_eq!(refusal.reason, "windows that overlap count the same things several times");
        assert_eq!(refusal.instead, "take the last value of each period");
    }

    #[test]
    fn what_has_no_scale_or_no_amount_does_not_add_up() {
        let refused = |ask: fn(Basis) -> Result<(), Refusal>| -> Vec<Basis> {
            ALL.into_iter().filter(|basis| ask(*basis).is_err()).collect()
        };
        let over_groups = [Basis::Index, Basis::Share, Basis::Rank, Basis::Rating];
        assert_eq!(refused(Basis::may_be_summed_over_groups), over_groups);
        // The shares of one whole add up.
        assert_eq!(refused(Basis::may_be_summed_over_subjects), [Basis::Index, Basis::Rank, Basis::Rating]);
    }

    #[test]
    fn only_ranks_have_no_mean_and_no_zero_and_are_better_when_lower() {
        for basis in ALL {
            let is_rank = basis == Basis::Rank;
            assert_eq!(basis.may_be_averaged().is_err(), is_rank, "{basis:?}");
            assert_eq!(basis.starts_at_zero(), !is_rank, "{basis:?}");
            assert_eq!(basis.lower_is_better(), is_rank, "{basis:?}");
        }
    }

    #[test]
    fn only_what_adds_up_to_a_whole_is_shared() {
        let shared = [Basis::Count, Basis::Cumulative, Basis::Window, Basis::Unknown];
        assert_eq!(allowed(Basis::may_be_shared), shared);
    }
}
