//! Words that people and tools write above their columns, and what such a column holds.

/// Who is compared, the surest first.
const SUBJECTS: [&str; 32] = [
    "framework",
    "subject",
    "series",
    "toolkit",
    "library",
    "package",
    "repository",
    "repo",
    "project",
    "tag",
    "tagname",
    "keyword",
    "keywords",
    "term",
    "ngram",
    "technology",
    "tool",
    "product",
    "company",
    "brand",
    "crate",
    "module",
    "skill",
    "software",
    "topic",
    "query",
    "trends",
    "language",
    "name",
    "item",
    "model",
    "version",
];

/// Where something was counted: subjects where there are no better ones, else groups.
const PLACES: [&str; 12] = [
    "country",
    "jobcountry",
    "state",
    "region",
    "geo",
    "city",
    "metro",
    "location",
    "subregion",
    "province",
    "market",
    "dma",
];

/// What splits a measure.
const GROUPS: [&str; 24] = [
    "portal",
    "conference",
    "site",
    "website",
    "source",
    "platform",
    "board",
    "journal",
    "venue",
    "attribute",
    "metric",
    "measure",
    "variable",
    "category",
    "type",
    "kind",
    "channel",
    "group",
    "medium",
    "survey",
    "segment",
    "gender",
    "age",
    "indicator",
];

/// What is counted, as opposed to of whom.
const MEASURES: [&str; 53] = [
    "value",
    "values",
    "count",
    "counts",
    "number",
    "num",
    "n",
    "total",
    "totals",
    "stars",
    "stargazers",
    "forks",
    "watchers",
    "contributors",
    "issues",
    "commits",
    "downloads",
    "download",
    "installs",
    "views",
    "visits",
    "visitors",
    "hits",
    "clicks",
    "interest",
    "freq",
    "frequency",
    "mentions",
    "listings",
    "jobs",
    "postings",
    "papers",
    "articles",
    "posts",
    "questions",
    "answers",
    "submissions",
    "percent",
    "percentage",
    "share",
    "index",
    "score",
    "rating",
    "users",
    "subscribers",
    "followers",
    "likes",
    "cumulative",
    "volume",
    "searches",
    "sales",
    "revenue",
    "salary",
];

/// What a row is, not what was counted for it.
const IDENTIFIERS: [&str; 8] = ["rank", "id", "index", "no", "nr", "#", "position", "row"];

/// Sums and remarks that stand among data rows.
const FOOTERS: [&str; 14] = [
    "total",
    "totals",
    "grand total",
    "sum",
    "subtotal",
    "overall",
    "average",
    "mean",
    "median",
    "gesamt",
    "summe",
    "insgesamt",
    "note",
    "source",
];

/// What the text columns of a header may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// Who is compared; the number is smaller the surer it is.
    Subject(usize),
    /// Nothing known.
    Unknown,
    /// A place.
    Place,
    /// A group.
    Group,
}

/// What a text column's header means.
pub(super) fn meaning(header: &str) -> Meaning {
    let at = |list: &[&str]| {
        parts(header).iter().filter_map(|part| list.iter().position(|word| word == part)).min()
    };
    match at(&SUBJECTS) {
        Some(rank) => Meaning::Subject(rank),
        None if at(&PLACES).is_some() => Meaning::Place,
        None if at(&GROUPS).is_some() => Meaning::Group,
        None => Meaning::Unknown,
    }
}

/// Whether a header names what is counted.
pub(super) fn is_measure(header: &str) -> bool {
    header.contains('%') || parts(header).iter().any(|part| MEASURES.contains(&part.as_str()))
}

/// Whether a header names a number that counts nothing.
pub(super) fn is_identifier(header: &str) -> bool {
    let lower = header.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric());
    IDENTIFIERS.contains(&lower.as_str())
        || words().any(|word| word == "id")
        || lower.starts_with("unnamed: ")
}

/// Whether a header names a part of a date, and a number can be that part.
pub(super) fn is_date_part<'c>(header: &str, mut numbers: impl Iterator<Item = &'c str>) -> bool {
    let range = match header.to_lowercase().as_str() {
        "year" => 1900..=2100,
        "quarter" => 1..=4,
        "month" => 1..=12,
        "week" | "week_of_year" | "weekofyear" => 0..=53,
        "day" | "day_of_month" => 1..=31,
        "weekday" | "day_of_week" | "dayofweek" => 0..=7,
        "hour" => 0..=23,
        "timestamp" | "epoch" => 100_000_000..=9_999_999_999_999,
        _ => return false,
    };
    let whole = |number: &str| number.strip_suffix(".0").unwrap_or(number).parse::<u64>();
    numbers.all(|number| whole(number).is_ok_and(|number| range.contains(&number)))
}

/// Whether a row with this first cell is a sum or a remark.
pub(super) fn is_footer(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    let word = lower.split(':').next().unwrap_or("").trim();
    FOOTERS.contains(&word)
}

/// A header in lower case and its words.
fn parts(header: &str) -> Vec<String> {
    let lower = header.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).chain([lower.clone()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_mean_what_their_words_do() {
        assert!(meaning("framework") < meaning("language") && meaning("language") < meaning("foo"));
        assert!(matches!(meaning("repo_name"), Meaning::Subject(_)));
        assert!(matches!(meaning("TagName"), Meaning::Subject(_)));
        assert_eq!(
            (meaning("jobcountry"), meaning("Portal"), meaning("x")),
            (Meaning::Place, Meaning::Group, Meaning::Unknown)
        );
        assert!(is_measure("stars_cumulative") && is_measure("LinkedIn %") && !is_measure("Keras"));
        assert!(is_identifier("Rank") && is_identifier("version_id") && !is_identifier("ranking"));
        assert!(is_footer("Total") && is_footer("Source: somebody") && !is_footer("TotalView"));
    }
}
