//! One cell of the data: what was counted, of whom, when. It must not know how a file writes any of them.

use crate::time::moment::Moment;

use crate::data::model::line::Line;

/// How far from zero a number may be. Nothing that anybody counts comes near it, and below it sums and squares
/// are finite, scales have ticks and every number can be printed in digits.
pub const LIMIT: f64 = 1e30;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A finite number, less than [`LIMIT`] from zero.
    Number(f64),
    /// Only known to be above zero and below this bound: Google's `<1`.
    Below(f64),
    /// Words, by their index into [`Dataset::words`](crate::data::model::dataset::Dataset::words).
    Word(u32),
    /// Nothing: a gap.
    Missing,
}

/// One cell of the data with everything that says what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Start of the period, or the moment, it was counted for; `None` in a table without dates.
    pub time: Option<Moment>,
    /// Index into [`Dataset::subjects`](crate::data::model::dataset::Dataset::subjects).
    pub subject: usize,
    /// Index into [`Dataset::measures`](crate::data::model::dataset::Dataset::measures).
    pub measure: usize,
    /// Index into [`Dataset::groups`](crate::data::model::dataset::Dataset::groups); `None` where the dataset is not split.
    pub group: Option<usize>,
    /// Index into [`Dataset::kinds`](crate::data::model::dataset::Dataset::kinds): how it was counted.
    pub kind: usize,
    /// What was counted.
    pub value: Value,
    /// Where it stands.
    pub line: Line,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_million_rows_stay_small() {
        assert_eq!(size_of::<Observation>(), 72);
    }
}
