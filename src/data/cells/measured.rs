//! Titles that say in one who was counted and what: `VPN Searches`, `Search interest in Keras`. It must not know
//! what else a table has.

use crate::data::cells::words::{Meaning, is_measure, meaning};

/// Words that say how or where something is counted, and so belong to what is counted.
const OF_MEASURES: [&str; 63] = [
    "avg",
    "min",
    "max",
    "search",
    "query",
    "total",
    "new",
    "page",
    "monthly",
    "weekly",
    "daily",
    "hourly",
    "yearly",
    "annual",
    "quarterly",
    "unique",
    "active",
    "open",
    "opened",
    "closed",
    "market",
    "job",
    "average",
    "mean",
    "median",
    "net",
    "gross",
    "all",
    "overall",
    "web",
    "site",
    "video",
    "relative",
    "per",
    "of",
    "user",
    "pull",
    "first",
    "last",
    "top",
    "raw",
    "normalized",
    "scaled",
    "google",
    "github",
    "npm",
    "pypi",
    "youtube",
    "twitter",
    "reddit",
    "stack",
    "overflow",
    "linkedin",
    "indeed",
    "wikipedia",
    "steam",
    "docker",
    "arxiv",
    "medium",
    "trends",
    "growth",
    "box",
    "office",
];

/// What may stand between what is counted and whom it is of.
const BETWEEN: [&str; 7] = ["for", "of", "in", "on", "about", "für", "de"];

/// Numbers of anything: `Total`, `count` say of whom nothing.
const ANYTHING: [&str; 10] =
    ["n", "num", "number", "value", "values", "total", "totals", "index", "amount", "quantity"];

/// Who was counted, and what, where a title says both.
pub(crate) fn parted(title: &str) -> Option<(String, String)> {
    if let Some(who) = ["(%)", "[%]", " %"].into_iter().find_map(|sign| title.strip_suffix(sign)) {
        let who = who.trim_end();
        let named = !is_measure(who) && !who.is_empty() && meaning(who) == Meaning::Unknown;
        return named.then(|| (who.to_owned(), "percent".to_owned()));
    }
    // `iPhone Sales (millions)` says in what, too.
    let (plain, unit) = match title.strip_suffix(')').and_then(|_| title.split_once(" (")) {
        Some((plain, unit)) => (plain, format!(" ({unit}")),
        None => (title, String::new()),
    };
    let joined = plain.contains('_') && !plain.contains(' ');
    let words: Vec<&str> = plain.split([' ', '_']).filter(|word| !word.is_empty()).collect();
    let (who, what) = at_end(&words).or_else(|| at_start(&words))?;
    let named = !who.is_empty() && !who.iter().any(|word| is_measure(word));
    let (who, what) = (who.join(" "), what.join(" ").to_lowercase() + &unit);
    (named && (is_proper(&who) || !joined) && meaning(&who) == Meaning::Unknown).then_some((who, what))
}

/// Whether a name is one of its own, and no common word such as `page` in `page views`.
fn is_proper(who: &str) -> bool {
    who.chars().any(char::is_uppercase) || !who.is_ascii()
}

/// `VPN Searches`, `Keras job postings`.
fn at_end<'w>(words: &[&'w str]) -> Option<(Vec<&'w str>, Vec<&'w str>)> {
    let last = words.last().filter(|word| counts(word))?;
    let rest = words.split_last()?.1;
    let of_measure = rest.iter().rev().take_while(|word| belongs(word)).count();
    let (who, what) = rest.split_at(rest.len() - of_measure);
    let ends = who.last().is_some_and(|word| BETWEEN.contains(&word.to_lowercase().as_str()));
    (!ends).then(|| (who.to_vec(), what.iter().chain([last]).copied().collect()))
}

/// `Search interest in Keras`, `Searches: VPN`.
fn at_start<'w>(words: &[&'w str]) -> Option<(Vec<&'w str>, Vec<&'w str>)> {
    let between = words.iter().position(|word| BETWEEN.contains(&word.to_lowercase().as_str()))?;
    let (what, who) = words.split_at(between);
    let counted =
        what.last().is_some_and(|word| counts(word)) && what.iter().all(|word| belongs(word) || counts(word));
    counted.then(|| (who.iter().skip(1).copied().collect(), what.to_vec()))
}

fn belongs(word: &str) -> bool {
    OF_MEASURES.contains(&word.to_lowercase().as_str())
}

fn counts(word: &str) -> bool {
    is_measure(word) && !word.contains('%') && !ANYTHING.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_who_and_what() {
        for (title, who, what) in [
            ("VPN Searches", "VPN", "searches"),
            ("Keras downloads", "Keras", "downloads"),
            ("Search interest in Ann B", "Ann B", "search interest"),
            ("Visual Studio Code job postings", "Visual Studio Code", "job postings"),
            ("Downloads of left-pad", "left-pad", "downloads"),
            ("VPN_searches", "VPN", "searches"),
            ("iPhone Sales (millions)", "iPhone", "sales (millions)"),
            ("bike sales", "bike", "sales"),
            ("Rust (%)", "Rust", "percent"),
        ] {
            assert_eq!(parted(title), Some((who.to_owned(), what.to_owned())), "{title}");
        }
        for title in
            ["Searches", "Page views", "Total Downloads", "GitHub stars", "Keras", "number of papers"]
        {
            assert_eq!(parted(title), None, "{title}");
        }
        assert!(is_proper("VPN") && is_proper("日本") && !is_proper("box"));
    }
}
