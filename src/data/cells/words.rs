//! Words that people and tools write above their columns, and what such a column holds.

use crate::data::cells::numbers;

/// Who is compared, the surest first.
const SUBJECTS: [&str; 58] = [
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
    "full_name",
    "name",
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
    "item",
    "model",
    "version",
    "film",
    "movie",
    "book",
    "song",
    "album",
    "game",
    "artist",
    "person",
    "player",
    "team",
    "paper",
    "article",
    "title",
    // One table of many, named after all of its rows.
    "frameworks",
    "toolkits",
    "libraries",
    "packages",
    "repositories",
    "projects",
    "technologies",
    "tools",
    "products",
    "companies",
    "languages",
    "crates",
];

/// Where something was counted: subjects where there are no better ones, else groups.
const PLACES: [&str; 15] = [
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
    "town",
    "municipality",
    "county",
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
const MEASURES: [&str; 72] = [
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
    "ratings",
    "rank",
    "position",
    "popularity",
    "usage",
    "amount",
    "quantity",
    "pushes",
    "pushers",
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
    "budget",
    "gross",
    "cost",
    "price",
    "rate",
    "results",
    "reviews",
    "votes",
    "income",
    "profit",
];

/// What a row is, not what was counted for it.
const IDENTIFIERS: [&str; 8] = ["rank", "id", "index", "no", "nr", "#", "position", "row"];

/// Identifiers that are counts of a kind where there is nothing else: a rank may rise, an index be of interest.
const RANKS: [&str; 3] = ["rank", "ranking", "position"];

/// The last word of what numbers a thing that has a name, too.
const CODES: [&str; 5] = ["code", "fips", "zip", "zipcode", "postcode"];

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
pub(crate) enum Meaning {
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
pub(crate) fn meaning(header: &str) -> Meaning {
    // Of value columns this would go too far: NumPy is no number.
    let mut parts = parts(&spaced(header));
    parts.push(header.to_lowercase());
    let at = |list: &[&str]| parts.iter().filter_map(|part| list.iter().position(|word| word == part)).min();
    // The last word is what a thing is: a `language_type` is a type.
    let last = parts.iter().rev().nth(2).filter(|_| parts.len() > 3);
    if last.is_some_and(|word| GROUPS.contains(&word.as_str())) {
        return Meaning::Group;
    }
    match at(&SUBJECTS) {
        Some(rank) => Meaning::Subject(rank),
        None if at(&PLACES).is_some() => Meaning::Place,
        None if at(&GROUPS).is_some() => Meaning::Group,
        None => Meaning::Unknown,
    }
}

/// Whether a header names what is counted.
pub(crate) fn is_measure(header: &str) -> bool {
    let counted = header.strip_suffix("Count").is_some_and(|rest| rest.ends_with(char::is_lowercase));
    let in_per_cent = header.contains('%') && !numbers::is_number(header);
    counted || in_per_cent || parts(header).iter().any(|part| MEASURES.contains(&part.as_str()))
}

/// Whether a header names a number that counts nothing.
pub(crate) fn is_identifier(header: &str) -> bool {
    let lower = header.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric());
    IDENTIFIERS.contains(&lower.as_str())
        || lower.starts_with("unnamed: ")
        || words().any(|word| word == "id")
        || is_key(header)
        || is_rank(header)
}

/// Whether a header names a number by which something is known: `UserId`, `version_id`, and the links of
/// Stack Exchange, which are exported as numbers.
pub(crate) fn is_key(header: &str) -> bool {
    let lower = header.to_lowercase();
    let camel = header.strip_suffix("Id").or_else(|| header.strip_suffix("ID"));
    let camel = camel.is_some_and(|rest| rest.ends_with(char::is_lowercase));
    // `geonameid` and `userid` are ids, COVID and Android are none.
    let things =
        ["user", "post", "item", "video", "geoname", "place", "channel", "owner", "parent", "object"];
    let thing = |rest: &str| things.contains(&rest) || SUBJECTS.contains(&rest);
    let joined = lower.strip_suffix("id").is_some_and(thing);
    joined
        || camel
        || lower == "id"
        || lower.ends_with("_id")
        || ["user link", "post link"].contains(&lower.as_str())
}

/// Whether a header names the beginning of what was counted.
pub(crate) fn is_start(header: &str) -> bool {
    names_end_of_time(header, &["from", "start", "begin", "since", "von", "desde", "de", "du"])
}

/// Whether a header names the end of what was counted.
pub(crate) fn is_end(header: &str) -> bool {
    names_end_of_time(header, &["to", "end", "until", "till", "bis", "hasta", "au"])
}

fn names_end_of_time(header: &str, words: &[&str]) -> bool {
    let lower = header.to_lowercase();
    let plain = lower.trim_end_matches("date").trim_end_matches(['_', ' ']);
    words.contains(&plain)
}

/// Whether a header is what a database calls a column that its query does not name.
pub(crate) fn is_anonymous(header: &str) -> bool {
    let numbered = header.strip_prefix('f').and_then(|rest| rest.strip_suffix('_'));
    let numbered = numbered.is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()));
    numbered || ["(No column name)", "?column?"].contains(&header)
}

/// Whether a header that is one of an identifier may also name what is told of a date.
pub(crate) fn is_rank(header: &str) -> bool {
    let parts = parts(header);
    let last = parts.iter().rev().nth(1).is_some_and(|word| RANKS.contains(&word.as_str()));
    last || header.eq_ignore_ascii_case("index")
}

/// Whether a header says that its numbers stand for names: `cbsa_code`.
pub(crate) fn is_code(header: &str) -> bool {
    parts(header).iter().rev().nth(1).is_some_and(|kind| CODES.contains(&kind.as_str()))
}

/// Whether a header of a code and another one name the same thing: `cbsa_code` and `CBSA Title`.
pub(crate) fn is_code_of(header: &str, other: &str) -> bool {
    let (mut code, named) = (parts(header), parts(other));
    code.truncate(code.len().saturating_sub(2));
    is_code(header) && named.starts_with(&code)
}

/// Whether a row with this first cell is a sum or a remark.
pub(crate) fn is_footer(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    // Markdown sets sums in bold.
    let word = lower.trim_matches(['*', '_']).split(':').next().unwrap_or("").trim();
    FOOTERS.contains(&word)
}

/// The words of a header in lower case, and the header itself as the last.
fn parts(header: &str) -> Vec<String> {
    let lower = header.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).chain([lower.clone()]).collect()
}

/// A header with a space before each capital that follows a small letter: `Programming Language`.
fn spaced(header: &str) -> String {
    let mut spaced = String::with_capacity(header.len() + 4);
    let mut small = false;
    for c in header.chars() {
        if small && c.is_uppercase() {
            spaced.push(' ');
        }
        small = c.is_lowercase();
        spaced.push(c);
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_mean_what_their_words_do() {
        assert!(meaning("full_name") < meaning("language") && meaning("repo") < meaning("name"));
        assert!(meaning("framework") < meaning("language") && meaning("language") < meaning("foo"));
        assert!(matches!(meaning("repo_name"), Meaning::Subject(_)));
        assert!(matches!(meaning("TagName"), Meaning::Subject(_)));
        assert_eq!(
            (meaning("jobcountry"), meaning("Portal"), meaning("x")),
            (Meaning::Place, Meaning::Group, Meaning::Unknown)
        );
        assert!(
            is_measure("ViewCount")
                && is_measure("stars_cumulative")
                && is_measure("LinkedIn %")
                && !is_measure("Keras")
        );
        assert!(
            is_key("UserId")
                && is_key("Post Link")
                && !is_key("rank")
                && !is_key("paid")
                && !is_key("Madrid")
        );
        assert!(is_anonymous("f0_") && is_anonymous("f12_") && !is_anonymous("f_") && !is_anonymous("f0"));
        assert!(is_identifier("Rank") && is_identifier("version_id") && !is_identifier("Franking"));
        assert!(is_identifier("last_position") && is_rank("index") && !is_rank("job_index"));
        assert!(matches!(meaning("ProgrammingLanguage"), Meaning::Subject(_)));
        assert_eq!(meaning("language_type"), Meaning::Group);
        assert!(is_code_of("cbsa_code", "CBSA Title") && !is_code_of("VS Code", "country"));
        assert!(
            is_footer("Total")
                && is_footer("Source: somebody")
                && is_footer("**Total**")
                && !is_footer("TotalView")
        );
    }
}
