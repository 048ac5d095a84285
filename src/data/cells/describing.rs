//! What is written above columns that describe their rows and count nothing: places on a map, when something began,
//! how many months a number is of. It must not know what such columns hold.

/// When a thing began or last changed, as opposed to when it was counted.
const ORIGINS: [&str; 30] = [
    "release",
    "released",
    "created",
    "founded",
    "established",
    "since",
    "introduced",
    "appeared",
    "launched",
    "launch",
    "debut",
    "opened",
    "opening",
    "born",
    "birth",
    "died",
    "published",
    "publication",
    "updated",
    "modified",
    "pushed",
    "joined",
    "registered",
    "commit",
    "premiere",
    "premiered",
    "last",
    "built",
    "discovered",
    "vintage",
];

/// Degrees north, and degrees east.
const NORTH: [&str; 10] = [
    "lat",
    "lats",
    "latitude",
    "latitud",
    "latitudine",
    "breitengrad",
    "широта",
    "纬度",
    "緯度",
    "szerokość",
];
const EAST: [&str; 13] = [
    "lon",
    "lons",
    "long",
    "lng",
    "longitude",
    "longitud",
    "longitudine",
    "längengrad",
    "laengengrad",
    "долгота",
    "经度",
    "経度",
    "długość",
];

/// What bookkeeping counts: how much a number is of.
const BOOKED: [&str; 13] = [
    "months",
    "days",
    "weeks",
    "years",
    "quarters",
    "hours",
    "periods",
    "obs",
    "observations",
    "rows",
    "records",
    "samples",
    "missing",
];

/// What stands for a name in short.
const SHORT: [&str; 14] = [
    "code",
    "iso",
    "iso2",
    "iso3",
    "fips",
    "nuts",
    "abbr",
    "abbreviation",
    "acronym",
    "symbol",
    "ticker",
    "slug",
    "m49",
    "kürzel",
];

/// What a place has on its letters.
const POSTAL: [&str; 8] = ["zip", "zipcode", "postcode", "postal", "plz", "postleitzahl", "geoid", "fips"];

/// Where something can be looked up.
const ADDRESSES: [&str; 8] = ["url", "urls", "link", "href", "website", "homepage", "uri", "doi"];

/// Whole words that mean a sum of what stands beside them, in the languages of exports.
const SUMS: [&str; 24] = [
    "total",
    "totals",
    "sum",
    "overall",
    "all",
    "combined",
    "altogether",
    "gesamt",
    "summe",
    "insgesamt",
    "totaal",
    "totale",
    "somme",
    "ensemble",
    "suma",
    "soma",
    "geral",
    "razem",
    "totalt",
    "yhteensä",
    "итого",
    "всего",
    "合计",
    "合計",
];

/// What may stand beside the word of a sum without making it anything else: `grand total`.
const BESIDE_SUMS: [&str; 3] = ["grand", "general", "général"];

/// Whether a title says that its dates or years are when something began or changed.
pub(crate) fn is_origin(title: &str) -> bool {
    words(title).iter().any(|word| ORIGINS.contains(&word.as_str()))
}

/// Whether a title names degrees north; where it does not, whether it names degrees east.
pub(crate) fn is_latitude(title: &str) -> bool {
    words(title).iter().any(|word| NORTH.contains(&word.as_str()))
}

/// Whether a title names degrees east.
pub(crate) fn is_longitude(title: &str) -> bool {
    words(title).iter().any(|word| EAST.contains(&word.as_str()))
}

/// Whether a title counts what a number is of, `n_months`, and not what was counted.
pub(crate) fn is_bookkeeping(title: &str) -> bool {
    let words = words(title);
    let is = |word: Option<&String>, known: &[&str]| word.is_some_and(|word| known.contains(&word.as_str()));
    let sampled = is(words.first(), &["sample", "base"]) && is(words.last(), &["size"]);
    let counted =
        matches!(words.first().map(String::as_str), Some("n" | "num" | "nr" | "no" | "number" | "count"));
    sampled || counted && words.len() > 1 && words.last().is_some_and(|word| BOOKED.contains(&word.as_str()))
}

/// Whether a title says that its cells stand for names: `iso_code`, `Country Code`.
pub(crate) fn is_short(title: &str) -> bool {
    words(title).iter().any(|word| SHORT.contains(&word.as_str()))
}

/// Whether a title names the number of a place: `zip_code`, `Postcode`.
pub(crate) fn is_postal(title: &str) -> bool {
    words(title).iter().any(|word| POSTAL.contains(&word.as_str()))
}

/// Whether a title names a version of what its rows name.
pub(crate) fn is_version(title: &str) -> bool {
    words(title).iter().any(|word| matches!(word.as_str(), "version" | "ver"))
}

/// Whether a title asks a question whose answer is yes or no: `is_partial`.
pub(crate) fn is_question(title: &str) -> bool {
    let words = words(title);
    let asked = matches!(words.first().map(String::as_str), Some("is" | "has" | "was" | "are"));
    (asked && words.len() > 1) || words.last().is_some_and(|word| matches!(word.as_str(), "flag" | "dummy"))
}

/// Whether a title says where something can be looked up.
pub(crate) fn is_address(title: &str) -> bool {
    words(title).last().is_some_and(|word| ADDRESSES.contains(&word.as_str()))
}

/// Whether a name says nothing but that it is a sum: `Gesamt`, `Grand Total`.
pub(crate) fn is_sum_alone(name: &str) -> bool {
    let words = words(name);
    let known = |list: &[&str], word: &String| list.contains(&word.as_str());
    words.iter().any(|word| known(&SUMS, word))
        && words.iter().all(|word| known(&SUMS, word) || known(&BESIDE_SUMS, word))
}

/// Whether a name may be that of a sum, which its numbers must confirm: `jobs_total`, `all portals`, `World`.
pub(crate) fn is_sum(name: &str) -> bool {
    let words = words(name);
    let sum = |word: Option<&String>| {
        word.is_some_and(|word| matches!(word.as_str(), "total" | "totals" | "sum" | "overall" | "all"))
    };
    let whole = words.iter().any(|word| matches!(word.as_str(), "world" | "worldwide" | "global"));
    is_sum_alone(name) || sum(words.first()) || sum(words.last()) || whole
}

/// The words of a title in lower case, which capitals within it part, too.
fn words(title: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for sign in title.chars() {
        if !sign.is_alphanumeric() || (before.is_lowercase() && sign.is_uppercase()) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (sign.is_alphanumeric(), words.last_mut()) {
            word.extend(sign.to_lowercase());
        }
        before = sign;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_descriptions_from_counts() {
        for title in ["Year_Release", "U.S. release date", "created_at", "firstAppeared", "last_commit"] {
            assert!(is_origin(title), "{title}");
        }
        assert!(!is_origin("date") && !is_origin("Lasting") && !is_origin("Year"));
        assert!(
            is_latitude("Lat") && is_latitude("geo_latitude") && is_longitude("Lng") && !is_latitude("Plate")
        );
        assert!(
            is_bookkeeping("n_months")
                && is_bookkeeping("number of days")
                && is_bookkeeping("Sample size")
                && !is_bookkeeping("months")
        );
        assert!(!is_bookkeeping("n") && !is_bookkeeping("number of papers"));
        assert!(is_question("is_partial") && is_question("hasWiki") && !is_question("Isabelle"));
        assert!(is_address("repo_url") && is_address("Post Link") && !is_address("linked"));
    }

    #[test]
    fn sums_have_names_in_many_languages() {
        for name in [
            "Total",
            "jobs_total",
            "TOTAL",
            "Gesamt",
            "Grand Total",
            "Insgesamt",
            "总计 total",
            "合计",
            "Total général",
        ] {
            assert!(is_sum(name), "{name}");
        }
        assert!(is_sum_alone("Grand Total") && is_sum_alone("ИТОГО") && !is_sum_alone("total_downloads"));
        for name in ["Totality", "Summer", "Python", "", "general"] {
            assert!(!is_sum(name), "{name}");
        }
    }
}
