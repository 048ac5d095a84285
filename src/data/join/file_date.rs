//! The date that a file's name has: people who save a table each month call it by the month.

use crate::time::moment::Moment;

use crate::data::cells::calendar;
use crate::data::cells::dates::{self, Style};

/// The only date in a name, and whether it is a year and nothing more.
pub(crate) fn of(name: &str) -> Option<(Moment, bool)> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    let parts = name.split(|c| !is_part(c)).map(|part| part.trim_matches(['-', '_', '.']).replace('_', "-"));
    let mut found = parts.filter_map(|part| date(&part));
    let first = found.next();
    first.filter(|_| found.next().is_none())
}

fn date(text: &str) -> Option<(Moment, bool)> {
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_year {
        let year = text.parse().ok().filter(|year| (1900..=2100).contains(year))?;
        return Some((calendar::day(year, 1, 1)?, true));
    }
    let is_date = text.len() > 4 && dates::is_date(text);
    is_date.then(|| dates::parse(text, Style::default())).flatten().map(|date| (date, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_date_where_it_has_one_alone() {
        let found = |name: &str| of(name).map(|(date, is_year)| (date.to_string(), is_year));
        for (name, date, is_year) in [
            ("2019", "2019-01-01", true),
            ("stars-2019", "2019-01-01", true),
            ("2020-05", "2020-05-01", false),
            ("stars_2020_05_31", "2020-05-31", false),
            ("ranking 2020-05-31 final", "2020-05-31", false),
        ] {
            assert_eq!(found(name), Some((date.to_owned(), is_year)), "{name}");
        }
        for name in ["stars", "2019 to 2020", "v1.2", "part-3", "1066", ""] {
            assert_eq!(found(name), None, "{name}");
        }
    }
}
