//! Names that have an order of their own: the months and the days of the week, in the languages of exports. It must not
//! know dates.

use crate::data::cells::calendar;

/// The days of the week from Monday on, in full and short, a line for each language.
const WEEKDAYS: [[&str; 7]; 19] = [
    [
        "monday mon",
        "tuesday tue tues",
        "wednesday wed",
        "thursday thu thur thurs",
        "friday fri",
        "saturday sat",
        "sunday sun",
    ],
    [
        "montag mo",
        "dienstag di",
        "mittwoch mi",
        "donnerstag do",
        "freitag fr",
        "samstag sa sonnabend",
        "sonntag so",
    ],
    [
        "lundi lun lu",
        "mardi mar ma",
        "mercredi mer me",
        "jeudi jeu je",
        "vendredi ven ve",
        "samedi sam sa",
        "dimanche dim di",
    ],
    [
        "lunes lun",
        "martes mar",
        "miércoles miercoles mié mie",
        "jueves jue",
        "viernes vie",
        "sábado sabado sáb sab",
        "domingo dom",
    ],
    [
        "segunda-feira segunda seg",
        "terça-feira terça ter",
        "quarta-feira quarta qua",
        "quinta-feira quinta qui",
        "sexta-feira sexta sex",
        "sábado sáb sab",
        "domingo dom",
    ],
    [
        "lunedì lun",
        "martedì mar",
        "mercoledì mer",
        "giovedì gio",
        "venerdì ven",
        "sabato sab",
        "domenica dom",
    ],
    ["maandag ma", "dinsdag di", "woensdag wo", "donderdag do", "vrijdag vr", "zaterdag za", "zondag zo"],
    ["måndag mån", "tisdag tis", "onsdag ons", "torsdag tor tors", "fredag fre", "lördag lör", "söndag sön"],
    ["mandag man", "tirsdag tir", "onsdag ons", "torsdag tor", "fredag fre", "lørdag lør", "søndag søn"],
    [
        "maanantai ma",
        "tiistai ti",
        "keskiviikko ke",
        "torstai to",
        "perjantai pe",
        "lauantai la",
        "sunnuntai su",
    ],
    [
        "poniedziałek pon pn",
        "wtorek wt",
        "środa śr",
        "czwartek czw",
        "piątek pt",
        "sobota sob",
        "niedziela niedz nd",
    ],
    ["pondělí po", "úterý út", "středa st", "čtvrtek čt", "pátek pá", "sobota so", "neděle ne"],
    ["понедельник пн", "вторник вт", "среда ср", "четверг чт", "пятница пт", "суббота сб", "воскресенье вс"],
    [
        "понеділок пн",
        "вівторок вт",
        "середа ср",
        "четвер чт",
        "п’ятниця п'ятниця пт",
        "субота сб",
        "неділя нд",
    ],
    ["pazartesi pzt", "salı sal", "çarşamba çar", "perşembe per", "cuma cum", "cumartesi cmt", "pazar paz"],
    ["hétfő", "kedd", "szerda", "csütörtök", "péntek", "szombat", "vasárnap"],
    [
        "月曜日 月曜 月",
        "火曜日 火曜 火",
        "水曜日 水曜 水",
        "木曜日 木曜 木",
        "金曜日 金曜 金",
        "土曜日 土曜 土",
        "日曜日 日曜 日",
    ],
    [
        "星期一 周一",
        "星期二 周二",
        "星期三 周三",
        "星期四 周四",
        "星期五 周五",
        "星期六 周六",
        "星期日 星期天 周日",
    ],
    ["월요일 월", "화요일 화", "수요일 수", "목요일 목", "금요일 금", "토요일 토", "일요일 일"],
];

/// What names are that have an order of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Months,
    Weekdays,
}

/// In which order names stand on the calendar, as places among them, where all of them are months or all weekdays, each
/// once. A file may begin with any of them, as weeks do with Sunday and fiscal years with October.
pub(crate) fn on_calendar(names: &[String]) -> Option<(Named, Vec<usize>)> {
    let numbers = |number: &dyn Fn(&str) -> Option<usize>| -> Option<Vec<usize>> {
        names.iter().map(|name| number(&name.trim_end_matches('.').to_lowercase())).collect()
    };
    let weekdays = WEEKDAYS.iter().find_map(|language| {
        numbers(&|name| language.iter().position(|words| words.split(' ').any(|word| word == name)))
    });
    let months = || numbers(&|name| usize::try_from(month(name)? - 1).ok());
    let (named, numbers) = match weekdays {
        Some(numbers) => (Named::Weekdays, numbers),
        None => (Named::Months, months()?),
    };
    let mut order: Vec<usize> = (0..names.len()).collect();
    let number = |place: &usize| numbers.get(*place).copied();
    order.sort_by_key(number);
    let once = order.iter().zip(order.iter().skip(1)).all(|(a, b)| number(a) != number(b));
    let (first, round) = (numbers.first().copied()?, if named == Named::Months { 12 } else { 7 });
    let passed: Vec<usize> = numbers.iter().map(|number| (number + round - first) % round).collect();
    let whole = passed.iter().enumerate().all(|(place, passed)| place == *passed);
    // Weeks may begin with Sunday; other beginnings show in that no name is left out.
    if whole || (passed.is_sorted() && round == 7 && first == 6) {
        order = (0..names.len()).collect();
    }
    (once && names.len() > 2).then_some((named, order))
}

/// `march`, `märz`, `3月`.
fn month(name: &str) -> Option<u32> {
    let numbered = name.strip_suffix(['月', '월']).and_then(|number| number.parse().ok());
    calendar::month(name).or(numbered.filter(|number| (1..=12).contains(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(names: &[&str]) -> Option<(Named, Vec<usize>)> {
        on_calendar(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn months_and_weekdays_have_their_place_on_the_calendar() {
        for names in [
            &["Jan", "Feb", "Mar", "Apr"][..],
            &["Januar", "Februar", "März"],
            &["janv.", "févr.", "mars"],
            &["1月", "2月", "3月"],
            &["Oct", "Nov", "Dec", "Jan", "Feb"],
        ] {
            assert_eq!(order(names), Some((Named::Months, (0..names.len()).collect())), "{names:?}");
        }
        for names in [
            &["Mon", "Tue", "Wed"][..],
            &["Sunday", "Monday", "Saturday"],
            &["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
            &["lun.", "mar.", "mer.", "jeu."],
            &["пн", "вт", "вс"],
            &["周一", "周二", "周日"],
        ] {
            assert_eq!(order(names), Some((Named::Weekdays, (0..names.len()).collect())), "{names:?}");
        }
        assert_eq!(
            order(&["April", "August", "December", "February"]),
            Some((Named::Months, vec![3, 0, 1, 2]))
        );
        assert_eq!(
            order(&["Friday", "Monday", "Sunday", "Tuesday"]),
            Some((Named::Weekdays, vec![1, 3, 0, 2]))
        );
    }

    #[test]
    fn other_names_have_none() {
        for names in [
            &["Jan", "Feb"][..],
            &["Jan", "Feb", "Total"],
            &["Mon", "Jan", "Feb"],
            &["Jan", "Jan", "Feb"],
            &["a", "b", "c"],
        ] {
            assert_eq!(order(names), None, "{names:?}");
        }
    }
}
