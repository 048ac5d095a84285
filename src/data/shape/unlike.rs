//! Whether numbers are of one kind and size, so that one axis can show them. It must not know what plays which part.

use crate::data::cells::numbers::{self, Decimal, Evidence};
use crate::data::model::observation::Value;

/// So many times as large is another size.
const OTHER_SIZE: f64 = 20.0;

/// Fewer numbers than these are whole by chance.
const FEW: usize = 3;

/// Numbers below this are no counts of many.
const MANY: f64 = 100.0;

/// What the numbers of one name are like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Size {
    /// The greatest, leaving aside its sign.
    greatest: f64,
    /// Whether all are whole.
    is_whole: bool,
    /// How many there are.
    count: usize,
    kind: Option<Kind>,
}

/// What a name says of its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Part,
    Count,
    Score,
    Rank,
    Money,
    /// In this unit, as a title says: `height_cm`, `Weight (kg)`.
    Of(&'static str),
}

/// Units that titles end with; numbers in two of them are of two kinds, whatever their size.
const UNITS: [&str; 22] = [
    "cm",
    "mm",
    "km",
    "kg",
    "ms",
    "sec",
    "seconds",
    "minutes",
    "hours",
    "usd",
    "eur",
    "gbp",
    "mb",
    "gb",
    "kb",
    "tb",
    "mph",
    "kmh",
    "celsius",
    "fahrenheit",
    "kwh",
    "mw",
];

/// The words that say it.
const KINDS: [(Kind, &[&str]); 5] = [
    (
        Kind::Part,
        &["share", "percent", "percentage", "pct", "rate", "ratio", "growth", "proportion", "probability"],
    ),
    (
        Kind::Count,
        &[
            "count",
            "counts",
            "number",
            "num",
            "results",
            "downloads",
            "stars",
            "forks",
            "visits",
            "views",
            "users",
            "questions",
            "answers",
            "papers",
            "jobs",
            "postings",
            "listings",
            "mentions",
            "commits",
            "issues",
            "repositories",
            "repos",
            "hits",
            "volume",
            "installs",
            "searches",
            "visitors",
            "sales",
            "population",
        ],
    ),
    (Kind::Score, &["score", "rating", "ratings", "index", "points"]),
    (Kind::Rank, &["rank", "ranking", "position"]),
    (Kind::Money, &["price", "salary", "revenue", "budget", "cost", "income", "wage", "gross", "profit"]),
];

impl Size {
    /// What the cells of a name are like; `None` where none is a number.
    pub(crate) fn of<'c>(name: &str, cells: impl Iterator<Item = &'c str> + Clone) -> Option<Size> {
        let mut evidence = Evidence::default();
        cells.clone().for_each(|cell| evidence.join(Evidence::of(cell)));
        let decimal = if evidence.comma && !evidence.point { Decimal::Comma } else { Decimal::Point };
        let number = |cell: &str| match numbers::parse(cell, decimal) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        let mut found: Option<Size> = None;
        for number in cells.filter_map(number) {
            let size = found.get_or_insert_with(|| Size {
                greatest: 0.0,
                is_whole: true,
                count: 0,
                kind: kind(name),
            });
            size.greatest = size.greatest.max(number.abs());
            size.count += 1;
            size.is_whole &= libm::trunc(number) == number;
        }
        found
    }

    /// Whether the name says what is counted.
    pub(crate) fn is_named(self) -> bool {
        self.kind.is_some()
    }

    /// Whether these and others are of different kinds: far larger, and whole where the others are not, or called so.
    fn is_unlike(self, other: Size) -> bool {
        let (small, large) = if self.greatest <= other.greatest { (self, other) } else { (other, self) };
        if let (Some(Kind::Of(one)), Some(Kind::Of(other))) = (small.kind, large.kind) {
            return one != other;
        }
        let told = small.kind.is_some() && large.kind.is_some() && small.kind != large.kind;
        let counted = !small.is_whole && large.is_whole && large.greatest >= MANY && large.count >= FEW;
        small.greatest > 0.0 && large.greatest >= small.greatest * OTHER_SIZE && (told || counted)
    }
}

/// Whether some of these numbers are of another kind than others.
pub(crate) fn are_unlike(sizes: &[Size]) -> bool {
    sizes.iter().enumerate().any(|(at, one)| sizes.iter().skip(at + 1).any(|other| one.is_unlike(*other)))
}

fn kind(name: &str) -> Option<Kind> {
    let lower = name.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric());
    let of = |(kind, list): &(Kind, &[&str])| words().any(|word| list.contains(&word)).then_some(*kind);
    let last = words().rfind(|word| !word.is_empty()).unwrap_or("");
    let unit = UNITS.into_iter().find(|unit| *unit == last).map(Kind::Of);
    unit.or_else(|| KINDS.iter().find_map(of)).or_else(|| lower.contains('%').then_some(Kind::Part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_counts_are_unlike_and_portals_are_not() {
        let unlike = |columns: &[(&str, &[&str])]| {
            let sizes: Vec<Size> =
                columns.iter().filter_map(|(name, cells)| Size::of(name, cells.iter().copied())).collect();
            are_unlike(&sizes)
        };
        assert!(unlike(&[("momentum", &["0.6", "1.09"]), ("reach", &["233", "46300", "7"])]));
        assert!(unlike(&[("repo_count", &["3457974"]), ("survey_share", &["58.1"])]));
        assert!(unlike(&[("momentum", &["0,6", "1,09"]), ("reach", &["233", "46300", "7"])]));
        assert!(!unlike(&[("Indeed", &["12", "40"]), ("LinkedIn", &["60000", "233"])]));
        assert!(!unlike(&[("Alpha", &["0", "1"]), ("Beta", &["45.3", "61.25"])]));
        assert!(!unlike(&[("Alpha", &["0.6"]), ("Beta", &["61.25", "880.5"])]));
        assert!(!unlike(&[("rate", &["0.6"]), ("share", &["61"])]));
        assert!(unlike(&[("height_cm", &["180.5"]), ("Weight (kg)", &["70"])]));
        assert!(!unlike(&[("Alpha (kg)", &["180.5"]), ("Beta (kg)", &["70"])]));
        assert!(unlike(&[("Open", &["1.5", "1.9", "1.2"]), ("Volume", &["150000", "99999", "123456"])]));
    }
}
