//! Days, ISO weeks and the names of months and weekdays, as moments; what is a year of our time.
//!
//! Every row of a long file asks for a day, so days are counted here by arithmetic instead of through a
//! calendar library; the tests hold every day of two centuries against one.

use crate::time::moment::{DAY, Moment};

/// The first moment of a day; `None` where the calendar has no such day, or far from our time.
pub(crate) fn day(year: u32, month: u32, day: u32) -> Option<Moment> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1000..=9999).contains(&year) || day < 1 || day > length {
        return None;
    }
    // Days from civil, after Howard Hinnant: the year begins in March, so the leap day is its last.
    let shifted = i64::from(year) - i64::from(month <= 2);
    let from_march = i64::from((month + 9) % 12);
    let (era, of_era) = (shifted / 400, shifted % 400);
    let of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(Moment::from_seconds(days * DAY))
}

/// The Monday of an ISO week.
pub(crate) fn week(year: u32, week: u32) -> Option<Moment> {
    let monday = |year| {
        let fourth = day(year, 1, 4)?.seconds() / DAY;
        // 1970-01-01 was a Thursday.
        Some(fourth - (fourth + 3).rem_euclid(7))
    };
    let days = monday(year)? + i64::from(week.checked_sub(1)?) * 7;
    (week < 53 || (week == 53 && days < monday(year + 1)?)).then(|| Moment::from_seconds(days * DAY))
}

/// The year of four digits, or of the hundred years from one on that ends in these two.
pub(crate) fn full_year(year: u32, width: usize, since: u32) -> Option<u32> {
    match width {
        4 => Some(year),
        2 => Some(since + (year + 100 - since % 100) % 100),
        _ => None,
    }
}

/// A title without the letter that R puts before a number: `X2018`.
pub(crate) fn plain_year(title: &str) -> &str {
    title.strip_prefix(['X', 'Y']).filter(|year| is_year(year)).unwrap_or(title)
}

/// Whether a text is a year of our time.
pub(crate) fn is_year(text: &str) -> bool {
    text.len() == 4 && matches!(text.parse::<u32>(), Ok(1900..=2100))
}

/// How months are called in the other languages of exports, which are most of Europe's and Turkish. A word has to begin so and to be one of theirs, in full or short; none means two months.
const FOREIGN: [&[&str]; 12] = [
    &[
        "januar",
        "jänner",
        "janvier",
        "janv",
        "enero",
        "ene",
        "janeiro",
        "gennaio",
        "gen",
        "januari",
        "январь",
        "января",
        "янв",
        "sty",
        "oca",
        "styczeń",
        "tammikuu",
        "leden",
        "ocak",
        "ianuarie",
        "január",
        "січень",
    ],
    &[
        "februar",
        "février",
        "févr",
        "fév",
        "febrero",
        "fevereiro",
        "fev",
        "febbraio",
        "februari",
        "февраль",
        "февраля",
        "фев",
        "lut",
        "şub",
        "luty",
        "helmikuu",
        "únor",
        "şubat",
        "februarie",
        "február",
        "лютий",
    ],
    &[
        "märz",
        "mär",
        "mrz",
        "mars",
        "marzo",
        "março",
        "maart",
        "mrt",
        "март",
        "марта",
        "мар",
        "marts",
        "marzec",
        "maaliskuu",
        "březen",
        "mart",
        "martie",
        "március",
        "marec",
        "березень",
    ],
    &[
        "avril",
        "avr",
        "abril",
        "abr",
        "aprile",
        "апрель",
        "апреля",
        "апр",
        "kwi",
        "nis",
        "kwiecień",
        "huhtikuu",
        "duben",
        "nisan",
        "aprilie",
        "április",
        "apríl",
        "квітень",
    ],
    &[
        "mai",
        "mayo",
        "maio",
        "maggio",
        "mag",
        "mei",
        "май",
        "мая",
        "maj",
        "toukokuu",
        "květen",
        "mayis",
        "május",
        "máj",
        "травень",
    ],
    &[
        "juni",
        "juin",
        "junio",
        "junho",
        "giugno",
        "giu",
        "июнь",
        "июня",
        "июн",
        "cze",
        "haz",
        "czerwiec",
        "kesäkuu",
        "červen",
        "haziran",
        "iunie",
        "június",
        "jún",
        "червень",
    ],
    &[
        "juli",
        "juillet",
        "juil",
        "julio",
        "julho",
        "luglio",
        "lug",
        "июль",
        "июля",
        "июл",
        "lip",
        "tem",
        "lipiec",
        "heinäkuu",
        "červenec",
        "temmuz",
        "iulie",
        "július",
        "júl",
        "липень",
    ],
    &[
        "août",
        "agosto",
        "ago",
        "augustus",
        "август",
        "августа",
        "авг",
        "agu",
        "sie",
        "ağu",
        "sierpień",
        "elokuu",
        "srpen",
        "ağustos",
        "augusti",
        "agustus",
        "augusztus",
        "серпень",
    ],
    &[
        "septembre",
        "septiembre",
        "setembro",
        "set",
        "settembre",
        "сентябрь",
        "сентября",
        "сен",
        "сент",
        "wrz",
        "eyl",
        "wrzesień",
        "syyskuu",
        "září",
        "eylül",
        "septembrie",
        "szeptember",
        "вересень",
    ],
    &[
        "oktober",
        "okt",
        "octobre",
        "octubre",
        "outubro",
        "out",
        "ottobre",
        "ott",
        "октябрь",
        "октября",
        "окт",
        "paź",
        "eki",
        "październik",
        "lokakuu",
        "říjen",
        "ekim",
        "octombrie",
        "október",
        "жовтень",
    ],
    &[
        "novembre",
        "noviembre",
        "novembro",
        "ноябрь",
        "ноября",
        "ноя",
        "noy",
        "lis",
        "kas",
        "listopad",
        "marraskuu",
        "kasim",
        "noiembrie",
        "листопад",
    ],
    &[
        "dezember",
        "dez",
        "décembre",
        "déc",
        "diciembre",
        "dic",
        "dezembro",
        "dicembre",
        "декабрь",
        "декабря",
        "дек",
        "des",
        "gru",
        "ara",
        "grudzień",
        "joulukuu",
        "prosinec",
        "aralik",
        "desember",
        "decembrie",
        "грудень",
    ],
];

/// The number of a month by its name, in English or another language of exports, in full or short.
pub(crate) fn month(word: &str) -> Option<u32> {
    english(word).or_else(|| {
        // Turkish capitals lose or keep their dots.
        let lower = word.to_lowercase().replace('ı', "i").replace('\u{307}', "");
        (1..).zip(FOREIGN).find(|(_, words)| words.contains(&lower.as_str())).map(|(number, _)| number)
    })
}

/// The number of an English month, written in full or with three letters.
fn english(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let known = |full: &str| {
        let long_enough =
            word.len() == 3 || word.len() == full.len() || (word.len() == 4 && full == "september");
        long_enough && full.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    (1..).zip(MONTHS).find(|(_, full)| known(full)).map(|(number, _)| number)
}

/// Whether a word is an English day of the week, in full or with three letters.
pub(crate) fn is_weekday(word: &str) -> bool {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let matches = |full: &&str| {
        (word.len() == 3 || word.len() == full.len())
            && full.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    days.iter().any(matches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_two_centuries_agrees_with_the_calendar() {
        let mut expected = jiff::civil::date(1900, 1, 1);
        while expected.year() < 2100 {
            let (year, month) =
                (u32::from(expected.year().unsigned_abs()), u32::from(expected.month().unsigned_abs()));
            let read = day(year, month, u32::from(expected.day().unsigned_abs()));
            assert_eq!(read, Some(Moment::from(expected)));
            expected = expected.tomorrow().unwrap();
        }
    }

    #[test]
    fn no_name_means_two_months() {
        let names =
            || FOREIGN.iter().enumerate().flat_map(|(i, words)| words.iter().map(move |word| (i, word)));
        for (number, name) in names() {
            let expected = u32::try_from(number).unwrap() + 1;
            assert_eq!(english(name).unwrap_or(expected), expected, "{name}");
            assert!(names().all(|(other, same)| same != name || other == number), "{name}");
            assert_eq!(month(&name.to_uppercase()), Some(expected), "{name}");
        }
    }

    #[test]
    fn weeks_agree_with_the_iso_calendar() {
        for (year, number) in (1950..2100).flat_map(|year| (1..=52).map(move |number| (year, number))) {
            let iso = jiff::civil::ISOWeekDate::new(year, number, jiff::civil::Weekday::Monday).unwrap();
            let read = week(u32::from(year.unsigned_abs()), u32::from(number.unsigned_abs()));
            assert_eq!(read, Some(Moment::from(iso.date())));
        }
        for year in 1950..2100 {
            let iso = jiff::civil::ISOWeekDate::new(year, 53, jiff::civil::Weekday::Monday).ok();
            assert_eq!(week(u32::from(year.unsigned_abs()), 53), iso.map(|week| Moment::from(week.date())));
        }
        assert_eq!((week(2020, 0), week(2020, 54)), (None, None));
    }

    #[test]
    fn two_digits_are_a_year_of_the_century_from_some_year_on() {
        for (year, since, full) in [
            (68, 1970, 2068),
            (70, 1970, 1970),
            (69, 1970, 2069),
            (68, 1968, 1968),
            (67, 1968, 2067),
            (0, 1998, 2000),
        ] {
            assert_eq!(full_year(year, 2, since), Some(full));
        }
    }
}
