//! Every form of a date that is read, and what is none.

use super::*;

fn shown(cell: &str, style: Style) -> String {
    parse(cell, style).map_or("no date".into(), |moment| moment.to_string())
}

#[test]
fn every_known_form_of_a_date_is_read() {
    for (cell, iso) in [
        ("2004-01", "2004-01-01"),
        ("2004-01-04", "2004-01-04"),
        ("2004-01-04 - 2004-01-10", "2004-01-04"),
        ("2004/1/4", "2004-01-04"),
        ("2023-01-25T12", "2023-01-25T12:00"),
        ("2024-10-21T08:28:00+07:00", "2024-10-21T08:28"),
        ("2024-01-07 00:00:00", "2024-01-07"),
        ("2021-01-22 23:08:44+00:00", "2021-01-22T23:08:44"),
        ("2021-09-30T12:27:58.740830", "2021-09-30T12:27:58"),
        ("2020-11-02T03:10:41Z", "2020-11-02T03:10:41"),
        ("2024-01-01 00:00:00 UTC", "2024-01-01"),
        ("Jan 2004", "2004-01-01"),
        ("January 2004", "2004-01-01"),
        ("Jan-20", "2020-01-01"),
        ("Jan 1 2017", "2017-01-01"),
        ("Jun 30, 2001", "2001-06-30"),
        ("Oct. 10, 2018", "2018-10-10"),
        ("May 20 2018 9:48", "2018-05-20T09:48"),
        ("27 March 2015", "2015-03-27"),
        ("1-Jan-2020", "2020-01-01"),
        ("Fri Jun 07 2024 14:54:20 GMT-0500 (Central Daylight Time)", "2024-06-07T14:54:20"),
        ("Fri, 07 Jun 2024 14:54:20 GMT", "2024-06-07T14:54:20"),
        ("12/29/2019", "2019-12-29"),
        ("1/5/20", "2020-01-05"),
        ("09/18", "2018-09-01"),
        ("9/2018", "2018-09-01"),
        ("2020-Q2", "2020-04-01"),
        ("2020Q4", "2020-10-01"),
        ("Q3 2020", "2020-07-01"),
        ("Q3 '20", "2020-07-01"),
        ("janv.-04", "2004-01-01"),
        ("févr. 2004", "2004-02-01"),
        ("1 août 2004", "2004-08-01"),
        ("AGO-04", "2004-08-01"),
        ("dez/04", "2004-12-01"),
        ("Mrz 2004", "2004-03-01"),
        ("Sep 29 – Oct 5, 2024", "2024-09-29"),
        ("Oct 6 – 12, 2024", "2024-10-06"),
        ("Dec 29, 2024 – Jan 4, 2025", "2024-12-29"),
        ("дек.04", "2004-12-01"),
        ("2020-W05", "2020-01-27"),
        ("2020-W53", "2020-12-28"),
        ("1969-W01", "1968-12-30"),
        ("5/20/2018 9:48 PM", "2018-05-20T21:48"),
    ] {
        assert_eq!(shown(cell, Style::default()), iso, "{cell}");
    }
}

#[test]
fn the_column_decides_what_a_cell_cannot() {
    let day_first = Style { day_first: true, ..Style::default() };
    assert_eq!(shown("03/04/2020", Style::default()), "2020-03-04");
    assert_eq!(shown("03/04/2020", day_first), "2020-04-03");
    assert_eq!(shown("29.03.2020", day_first), "2020-03-29");
    assert_eq!(shown("26-09-2015", day_first), "2015-09-26");
    let ages = Style { ages: true, ..Style::default() };
    assert_eq!(shown("Thu Jan 01 1970 04:00:00 GMT+0400 (Gulf Standard Time)", ages), "1970-01-01");
    assert_eq!(shown("Wed Dec 31 1969 19:00:00 GMT-0500 (EST)", ages), "1970-01-01");
    let weeks = Style { weeks: true, ..Style::default() };
    assert_eq!((shown("2020-53", weeks), shown("2019-53", weeks)), ("2020-12-28".into(), "no date".into()));
    let serial = Style { bare: Bare::Serial, ..Style::default() };
    assert_eq!(
        (shown("44927", serial).as_str(), shown("44927.75", serial).as_str()),
        ("2023-01-01", "2023-01-01T18:00")
    );
    let since = Style { since: 1968, ..Style::default() };
    assert_eq!(
        (shown("1/15/68", since).as_str(), shown("1/15/67", since).as_str()),
        ("1968-01-15", "2067-01-15")
    );
    let midnights = Style { midnights: true, ..Style::default() };
    assert_eq!(shown("2020-06-30T23:00:00.000Z", midnights), "2020-07-01");
    assert_eq!(shown("2020-06-30T05:00:00Z", midnights), "2020-06-30");
    let clock = Style { clock: Some(7200), ..Style::default() };
    let (summer, winter) = ("2024-10-27T02:00:00+02:00", "2024-10-27T02:00:00+01:00");
    assert_eq!(
        (shown(summer, clock).as_str(), shown(winter, clock).as_str()),
        ("2024-10-27T02:00", "2024-10-27T02:00")
    );
    let seconds = |cell| parse(cell, clock).unwrap().seconds();
    assert_eq!(seconds(winter) - seconds(summer), 3600);
    for (bare, cell, iso) in [
        (Bare::Year, "2020", "2020-01-01"),
        (Bare::Month, "202002", "2020-02-01"),
        (Bare::Day, "20200229", "2020-02-29"),
        (Bare::Seconds, "1072915200", "2004-01-01"),
        (Bare::Seconds, "1072915200.25", "2004-01-01"),
        (Bare::Milliseconds, "1072915200000", "2004-01-01"),
    ] {
        assert_eq!(shown(cell, Style { bare, ..Style::default() }), iso);
        assert_eq!(shown(cell, Style::default()), "no date");
    }
}

#[test]
fn what_is_no_date_is_not_read_as_one() {
    for cell in [
        "",
        "2020",
        "12",
        "12.5",
        "2020-13-01",
        "2021-02-29",
        "2020-01-32",
        "Jan",
        "May",
        "Total",
        "Keras 2",
        "2020-01-05x",
        "12/2/19 - 12/2/19, US",
        "1.2.3.4",
        "C++",
        "March of Dimes",
        "Jan 1",
        "10-12",
        "0/0/0",
        "2020-01-05T25",
        "Q5 2020",
        "2020-W54",
        "99999-01-01",
        "5-star",
        "3D",
        "2020-01-05 12:60",
        "2020-01-05 11:59:60",
        "2020-01-05 23:59:60Z",
        "2020-01-05T00:00:00+99:99",
        "2020-01-05T00:00:00+14:30",
        "2020-01-05T00:00:00-13:00",
        "2020-01-05T00:00:00+05:75",
        "2021-W53",
    ] {
        assert!(!is_date(cell), "{cell}");
    }
}
