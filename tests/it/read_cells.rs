//! What single cells and whole columns of them are read as: dates of other calendars than days, numbers as accountants and
//! spreadsheets write them, and what is no date and no number.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use popchart::data::{Columns, read};
use popchart::time::moment::Step;

use crate::read::{rows, without_lines};
use crate::read_generic::{quiet, refused, told};

mod numbers {
    use super::*;

    #[test]
    fn a_minus_may_be_brackets_or_stand_behind_its_number() {
        let dataset =
            quiet("date,Alpha,Beta\n2024-01-01,−10.5,(20)\n2024-02-01,–5,25\n2024-03-01,14,\"(1,234)\"\n");
        assert_eq!(
            rows(&dataset),
            [
                "2024-01-01 Alpha/value = -10.5",
                "2024-01-01 Beta/value = -20",
                "2024-02-01 Alpha/value = -5",
                "2024-02-01 Beta/value = 25",
                "2024-03-01 Alpha/value = 14",
                "2024-03-01 Beta/value = -1234"
            ]
        );
        let note = "Read 2 numbers in brackets as negative ones: first \"(20)\" on line 2.";
        assert!(dataset.facts.notes.iter().any(|told| told == note), "{:?}", dataset.facts.notes);
        let sap = quiet("Datum;Saldo\r\n31.01.2024;1.234,50-\r\n29.02.2024;12,25\r\n31.03.2024;3,00-\r\n");
        assert_eq!(rows(&sap)[0], "2024-01-31 Saldo/value = -1234.5");
        let note = "Read 2 numbers with a minus behind them as negative ones: first \"1.234,50-\" on line 2.";
        assert!(sap.facts.notes.iter().any(|told| told == note), "{:?}", sap.facts.notes);
    }

    #[test]
    fn a_column_of_nothing_but_brackets_is_doubtful() {
        let (dataset, warnings) = told("f.csv", "name,change\nA,(3)\nB,(4)\n");
        assert_eq!(rows(&dataset), ["A/change = -3", "B/change = -4"]);
        let expected = "every number of column `change` stands in brackets or before a minus; they were read as negative ones";
        assert_eq!(warnings, [expected]);
    }

    #[test]
    fn what_cannot_be_drawn_makes_no_names_of_the_other_cells() {
        for (text, found) in [
            ("date,Alpha,Beta\n2024-01-01,1,2\n2024-02-01,inf,3\n2024-03-01,-Infinity,4\n", "inf"),
            ("date,Alpha\n2024-01-01,1e30\n2024-02-01,1.7e30\n2024-03-01,1.5e30\n", "1e30"),
            ("date,Alpha,Beta\n2024-01-01,1,2\n2024-02-01,12x,3\n2024-03-01,1O5,4\n", "12x"),
            ("name;stars\nA;10\nB;∞\nC;1e999\n", "∞"),
            (
                "date;A;B\n2024-01;1;k.A.\n2024-02;2;25\n2024-03;3;k.A.\n2024-04;3;12\n2024-05;4;n.v.\n",
                "k.A.",
            ),
        ] {
            let start = format!("error[not-a-number]: expected a number, found \"{found}\"\n");
            let report = refused(text);
            assert!(report.starts_with(&start), "{report}");
        }
        let versions = quiet("version,downloads\n1.2.3,5\n1.2.4,6\n2.0,7\n");
        assert_eq!(rows(&versions)[0], "1.2.3/downloads = 5");
    }

    #[test]
    fn errors_of_spreadsheets_are_gaps_in_any_language() {
        for (text, first) in [
            (
                "date;Alpha;Beta\n2024-01-01;10;#NV\n2024-02-01;#WERT!;25\n2024-03-01;14;#BEZUG!\n2024-04-01;15;30\n",
                "#NV",
            ),
            (
                "date,Alpha,Beta\n2024-01-01,10,#N/D\n2024-02-01,#¡DIV/0!,25\n2024-03-01,14,#¿NOMBRE?\n2024-04-01,1,3\n",
                "#N/D",
            ),
            (
                "mois\tA\tB\n2024-01\t1\t#VALEUR!\n2024-02\t#NOM?\t2\n2024-03\t1\tErr:502\n2024-04\t3\t4\n",
                "#VALEUR!",
            ),
        ] {
            let (dataset, warnings) = told("f.csv", text);
            assert_eq!(rows(&dataset).iter().filter(|row| row.ends_with("missing")).count(), 3);
            assert_eq!(
                warnings,
                [format!("3 cells are errors of a spreadsheet, read as gaps: first \"{first}\"")]
            );
        }
        let (_, warnings) = told("f.csv", "date,A\n2024-01-01,1\n2024-02-01,#REF!\n2024-03-01,2\n");
        assert_eq!(warnings, ["1 cell is an error of a spreadsheet, read as a gap: \"#REF!\""]);
    }

    #[test]
    fn what_a_spreadsheet_keeps_as_a_text_is_its_contents() {
        let text = "date,Alpha,Beta\n\"=\"\"2024-01-01\"\"\",\"=\"\"10\"\"\",20\n\"=\"\"2024-02-01\"\"\",\"=\"\"12\"\"\",25\n";
        let dataset = quiet(text);
        assert_eq!(rows(&dataset)[2], "2024-02-01 Alpha/value = 12");
        let note =
            "Read 4 cells without what keeps texts in a spreadsheet: first \"=\"2024-01-01\"\" on line 2.";
        assert_eq!(dataset.facts.notes, [note]);
        let dataset = quiet("name,stars\n'=cmd,10\n'@angular/core,20\n'-x,5\n");
        assert_eq!(rows(&dataset), ["=cmd/stars = 10", "@angular/core/stars = 20", "-x/stars = 5"]);
        let dataset = quiet("date;'90s rock;'n Sync\r\n2024-01-01;'10;1\r\n'2024-02-01;'12;2\r\n");
        assert_eq!(rows(&dataset)[2..], ["2024-02-01 '90s rock/value = 12", "2024-02-01 'n Sync/value = 2"]);
    }
}

mod days {
    use super::*;

    #[test]
    fn serials_are_days_below_a_header_that_says_so() {
        let dataset = quiet("date,Alpha,Beta\n44927,10,20\n44958,12,25\n44986,14,22\n45017,15,23\n");
        assert_eq!(
            (rows(&dataset)[0].as_str(), dataset.facts.step),
            ("2023-01-01 Alpha/value = 10", Some(Step::Month))
        );
        assert_eq!(
            dataset.facts.notes,
            ["The numbers of column `date` are days of a spreadsheet, of which 1 is 1900-01-01."]
        );
        for header in ["Fecha", "Datum", "日期", "Tarih", "Неделя"] {
            let dataset = quiet(&format!("{header};Alpha\n44927;10\n44934;12\n44941;14\n"));
            assert_eq!(rows(&dataset)[1], "2023-01-08 Alpha/value = 12");
        }
        let dataset = quiet("timestamp,Alpha\n44927.25,10\n44927.5,12\n44927.75,13\n");
        assert_eq!(rows(&dataset)[1], "2023-01-01T12:00 Alpha/value = 12");
    }

    #[test]
    fn serials_below_another_header_are_refused_with_a_way_out() {
        let expected = "\
error[maybe-serials]: expected a date or a count, found \"44927\", which may be a day of a spreadsheet
  --> kept.csv:2:1 (column `when`)
hint: name the column with `date` (`--date`) to read its numbers as days, or with `values` (`--values`)
";
        for text in [
            "when,Alpha\n44927,10\n44958,12\n44986,14\n",
            "when;Alpha;Beta\n44927;10;3\n44934;12;4\n44941;14;5\n",
        ] {
            assert_eq!(without_lines(&refused(text)), expected);
        }
        let named = Columns { date: Some("when".into()), ..Columns::default() };
        let text = "when,Alpha\n44927,10\n44958,12\n44986,14\n";
        assert_eq!(
            rows(&read("f.csv", text.as_bytes(), &named).unwrap().0)[1],
            "2023-02-01 Alpha/value = 12"
        );
        let counted = Columns { values: vec!["when".into()], ..Columns::default() };
        let text = "name,when\nA,44927\nB,44958\nC,44986\n";
        assert!(refused(text).starts_with("error[maybe-serials]"));
        assert_eq!(rows(&read("f.csv", text.as_bytes(), &counted).unwrap().0)[1], "B/when = 44958");
        quiet("name,stars\nA,44927\nB,44928\nC,44929\n");
        quiet("date,Alpha\n2020-01-01,44927\n2020-01-02,44934\n2020-01-03,44941\n");
    }

    #[test]
    fn years_of_long_ago_count_up_below_a_header_that_says_so() {
        let dataset = quiet("year,Alpha,Beta\n1870,3,5\n1880,5,8\n1890,9,9\n1900,14,10\n");
        assert_eq!(rows(&dataset)[1], "1870-01-01 Beta/value = 5");
        let dataset = quiet("Name;Jahr;n\nA;1650;1\nA;1700;2\nB;1650;3\nB;1700;4\n");
        assert_eq!(rows(&dataset)[3], "1700-01-01 B/n = 4");
        let report = refused("year,Alpha\n1870,3\n1480,5\n2890,9\n");
        assert!(report.starts_with("error[not-a-date]: expected a date, found \"1870\"\n"), "{report}");
    }

    #[test]
    fn years_of_two_digits_are_of_one_piece() {
        for (text, note, last) in [
            ("date,A\n01/15/68,1\n01/15/69,3\n01/15/70,2\n01/15/71,5\n", "1968 to 1971", "1971-01-15"),
            ("Date;A\n15.01.1968;1\n15.01.1969;3\n15.01.1970;2\n", "", "1970-01-15"),
            ("month,A\nJan-98,1\nJan-99,3\nJan-00,2\nJan-01,5\n", "1998 to 2001", "2001-01-01"),
            ("date,A\n1-Jan-20,1\n1-Jan-21,3\n1-Jan-22,2\n", "2020 to 2022", "2022-01-01"),
        ] {
            let dataset = quiet(text);
            let told = dataset.facts.notes.iter().find(|told| told.contains("two digits"));
            let column = text.split([',', ';']).next().unwrap();
            let expected = format!("The years of column `{column}` have two digits; read them as {note}.");
            assert_eq!(told.map_or("", String::as_str), if note.is_empty() { "" } else { &expected });
            assert_eq!(dataset.facts.last.unwrap().to_string(), last);
        }
    }

    #[test]
    fn a_week_that_its_year_has_not_is_a_fault() {
        for (text, place) in [
            ("week,Alpha\n202151,5\n202152,7\n202153,9\n", "\"202153\"\n  --> kept.csv:4:1 (column `week`)"),
            (
                "Week,A\n2021-W51,1\n2021-W52,2\n2021-W53,3\n",
                "\"2021-W53\"\n  --> kept.csv:4:1 (column `Week`)",
            ),
            (
                "KW;A\nKW51 2021;1\nKW53 2021;2\nKW01 2022;3\n",
                "\"KW53 2021\"\n  --> kept.csv:3:1 (column `KW`)",
            ),
        ] {
            let expected = format!(
                "error[not-a-date]: expected a week of 2021, which has 52, found {place}\n\
                hint: the week after 2021-W52 is 2022-W01\n"
            );
            assert_eq!(without_lines(&refused(text)), expected);
        }
        assert_eq!(rows(&quiet("week,A\n2020-W52,1\n2020-W53,2\n2021-W01,3\n"))[1], "2020-12-28 A/value = 2");
        let report = refused("year,week,A\n2021,52,1\n2021,53,2\n2022,1,3\n");
        assert!(
            report
                .starts_with("error[not-a-date-part]: expected a week of 2021, which has 52, found \"53\"\n"),
            "{report}"
        );
    }

    #[test]
    fn times_that_no_clock_shows_are_faults() {
        for (cell, expected) in [
            ("2016-12-31 23:59:60", "a time of day up to 23:59:59"),
            ("2017-06-30T11:59:60Z", "a time of day up to 23:59:59"),
            ("2016-12-31 24:00:00", "a time of day up to 23:59:59"),
            ("2016-12-31T00:00:00+99:99", "an offset from -12:00 to +14:00"),
            ("2016-12-31T00:00:00+24:00", "an offset from -12:00 to +14:00"),
        ] {
            for text in [
                format!("time,A\n2016-12-30 23:59:00,1\n{cell},2\n2017-12-30 23:59:00,1\n"),
                format!("time,A\n2016-12-30 23:59:00,1\n{cell},2\n{cell},2\n{cell},2\n"),
            ] {
                let report = refused(&text);
                let start = format!(
                    "error[not-a-date]: expected {expected}, found \"{cell}\"\n --> kept.csv:3:1 (column `time`)\n"
                );
                assert!(report.starts_with(&start), "{report}");
            }
        }
    }
}

mod spans {
    use super::*;

    fn fiscal(text: &str, year_starts: u8) -> (Vec<String>, Vec<String>, Option<Step>) {
        let columns = Columns { year_starts: Some(year_starts), ..Columns::default() };
        let (dataset, report) = read("f.csv", text.as_bytes(), &columns).unwrap();
        assert_eq!(report.diagnostics.len(), 0);
        (rows(&dataset), dataset.facts.notes, dataset.facts.step)
    }

    #[test]
    fn halves_are_dates() {
        for text in [
            "half,Alpha\n2022-H1,1\n2022-H2,3\n2023-H1,2\n2023-H2,5\n",
            "Semestre;Alpha\nS1 2022;1\nS2 2022;3\nS1 2023;2\nS2 2023;5\n",
            "period,Alpha\n1H22,1\n2H22,3\n1H23,2\n2H23,5\n",
            "period\tAlpha\r\nH1 2022\t1\r\nH2 2022\t3\r\nH1 2023\t2\r\nH2 2023\t5\r\n",
        ] {
            let dataset = quiet(text);
            assert_eq!(rows(&dataset)[3], "2023-07-01 Alpha/value = 5", "{text}");
            assert_eq!(dataset.facts.step, Some(Step::Half));
        }
    }

    #[test]
    fn fiscal_years_are_those_of_the_calendar_until_the_user_says_otherwise() {
        let text = "period,Alpha\nFY2023 Q1,5\nFY2023 Q2,7\nFY2023 Q3,9\nFY2023 Q4,11\nFY2024 Q1,14\n";
        let (dataset, warnings) = told("f.csv", text);
        assert_eq!(rows(&dataset)[4], "2024-01-01 Alpha/value = 14");
        let expected = "the fiscal years of column `period` were read as calendar years: \"FY2023 Q1\" begins at 2023-01-01";
        assert_eq!((warnings, dataset.facts.step), (vec![expected.to_owned()], Some(Step::Quarter)));
        let (rows, notes, step) = fiscal(text, 10);
        assert_eq!((rows[0].as_str(), step), ("2022-10-01 Alpha/value = 5", Some(Step::Quarter)));
        assert_eq!(
            notes,
            ["The dates of column `period` are fiscal years: \"FY2023 Q1\" begins at 2022-10-01."]
        );
    }

    #[test]
    fn fiscal_years_are_written_in_many_ways() {
        for (text, first, last) in [
            ("FY,A\nFY2021,1\nFY2022,2\nFY2023,3\n", "2020-04-01 A/value = 1", "2022-04-01 A/value = 3"),
            ("year;A\n2020/21;1\n2021/22;2\n2022/23;3\n", "2020-04-01 A/value = 1", "2022-04-01 A/value = 3"),
            (
                "quarter,A\nQ3 FY2021,1\nQ4 FY2021,2\nQ1 FY2022,3\n",
                "2020-10-01 A/value = 1",
                "2021-04-01 A/value = 3",
            ),
            (
                "Period,A\nFY21 Q3,1\nFY21 Q4,2\nFY22 Q1,3\n",
                "2020-10-01 A/value = 1",
                "2021-04-01 A/value = 3",
            ),
        ] {
            let (rows, ..) = fiscal(text, 4);
            assert_eq!((rows[0].as_str(), rows[2].as_str()), (first, last), "{text}");
        }
    }

    #[test]
    fn the_sum_of_a_year_among_its_months_is_no_date() {
        let report = refused("month,A\n2020-11,1\n2020-12,2\nFY2020,3\n2021-01,1\n");
        let start =
            "error[unclear-period]: expected a date, found a fiscal year, \"FY2020\"\n --> kept.csv:4:1";
        assert!(report.starts_with(start), "{report}");
        assert!(
            refused("month,A\n2020-11,1\nH1 2020,2\n2021-01,1\n")
                .contains("found a half of a year, \"H1 2020\"")
        );
    }

    #[test]
    fn months_and_weekdays_alone_keep_their_order() {
        for (text, names, note) in [
            ("month,Alpha\nJan,1\nFeb,3\nMar,2\nApr,5\n", "Jan Feb Mar Apr", "Months"),
            ("Monat;n\nApril;1\nFebruar;3\nJanuar;2\nMärz;5\n", "Januar Februar März April", "Months"),
            (
                "day,visits\nFri,1\nMon,3\nSat,2\nSun,5\nThu,1\nTue,2\nWed,7\n",
                "Mon Tue Wed Thu Fri Sat Sun",
                "Weekdays",
            ),
            ("jour,visites\nlundi,1\nmardi,3\nmercredi,2\n", "lundi mardi mercredi", "Weekdays"),
            ("weekday,n\nSunday,1\nMonday,3\nTuesday,2\n", "Sunday Monday Tuesday", "Weekdays"),
        ] {
            let dataset = quiet(text);
            assert_eq!(dataset.subjects.join(" "), names);
            assert!(dataset.facts.calendar);
            assert_eq!(dataset.facts.notes, [format!("{note} stand in their order of the calendar.")]);
        }
        let values = quiet("Monat;n\nApril;1\nFebruar;3\nJanuar;2\nMärz;5\n");
        assert!(rows(&values).contains(&"Januar/n = 2".to_owned()));
        assert!(!quiet("name,n\nJan,1\nFeb,2\nOtto,3\n").facts.calendar);
    }
}

mod pictures {
    use crate::plot::Desk;

    #[test]
    fn months_stand_in_their_order() {
        let twelve = "month,Alpha,Beta\nApr,5,4\nAug,3,2\nDec,2,3\nFeb,3,2\nJan,1,4\nJul,5,5\nJun,3,1\nMar,2,3\nMay,2,9\nNov,1,1\nOct,6,4\nSep,2,2\n";
        let desk = Desk::new(&[
            ("alone.csv", "month,Alpha\nJan,1\nFeb,3\nMar,2\nApr,5\n"),
            ("days.csv", "Tag;Besuche\nMontag;1\nDienstag;9\nMittwoch;3\n"),
            ("twelve.csv", twelve),
        ]);
        let picture = desk.picture("alone.csv");
        assert_eq!(picture.words("category-label"), ["Jan", "Feb", "Mar", "Apr"]);
        assert_eq!(picture.said("headline"), "Jan, Feb, Mar and Apr: Alpha");
        assert_eq!(desk.picture("days.csv").words("category-label"), ["Montag", "Dienstag", "Mittwoch"]);
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        assert_eq!(desk.picture("twelve.csv").words("group-label"), months);
    }

    #[test]
    fn a_line_is_whole_where_its_step_changes() {
        let months =
            |year: i32, step: usize| (1..=12).step_by(step).map(move |month| format!("{year}-{month:02}"));
        let dates: Vec<String> =
            months(2002, 2).chain(months(2003, 2)).chain(months(2004, 1)).chain(months(2005, 1)).collect();
        let rows: String = dates.iter().enumerate().map(|(i, date)| format!("{date},{i}\n")).collect();
        let desk = Desk::new(&[
            ("whole.csv", &format!("Date,Alpha\n{rows}")),
            ("torn.csv", &format!("Date,Alpha\n{}", rows.replace("2004-05,16\n", ""))),
        ]);
        let gaps = |file: &str| {
            let ran = desk.run(&format!("inspect {file} --format json")).fine();
            ran.split("\"gaps\":").nth(1).unwrap().trim_start().split([',', '}']).next().unwrap().to_owned()
        };
        assert_eq!((gaps("whole.csv").as_str(), gaps("torn.csv").as_str()), ("0", "1"));
        assert!(!desk.picture("whole.csv").text.contains("are missing"));
        assert!(
            desk.picture("torn.csv").text.contains("Values are missing between April 2004 and June 2004.")
        );
    }

    #[test]
    fn the_axis_of_seconds_has_seconds() {
        let rows: String =
            (0..20).map(|second| format!("2024-12-31T23:59:{:02},{second}\n", second + 30)).collect();
        let desk = Desk::new(&[("f.csv", &format!("time,Alpha\n{rows}"))]);
        let ticks = desk.picture("f.csv").words("tick-label");
        assert_eq!(ticks[5..], ["31 Dec, 23:59:30", "23:59:35", "23:59:40", "23:59:45", "23:59:49"]);
    }
}

mod clocks {
    use super::*;

    #[test]
    fn steps_of_seconds_are_seconds() {
        let text = "time,A\n2024-12-31T23:59:58,0\n2024-12-31T23:59:59,1\n2025-01-01T00:00:00,2\n2025-01-01T00:00:01,3\n";
        assert_eq!(quiet(text).facts.step, Some(Step::Seconds(1)));
        let text = "time,A\n2024-12-31 23:59:30,0\n2024-12-31 23:59:45,1\n2025-01-01 00:00:00,2\n";
        assert_eq!(quiet(text).facts.step, Some(Step::Seconds(15)));
    }

    #[test]
    fn two_instants_of_one_local_time_are_two() {
        let text = "time,Alpha\n2024-10-27T01:00:00+02:00,1\n2024-10-27T02:00:00+02:00,2\n2024-10-27T02:00:00+01:00,3\n2024-10-27T03:00:00+01:00,4\n";
        let (dataset, warnings) = told("f.csv", text);
        assert_eq!(
            warnings,
            ["the times of column `time` have several offsets from UTC; they stand on a clock of +02:00"]
        );
        assert_eq!(dataset.facts.step, Some(Step::Hour));
        assert_eq!(
            rows(&dataset),
            [
                "2024-10-27T01:00 Alpha/value = 1",
                "2024-10-27T02:00 Alpha/value = 2",
                "2024-10-27T02:00 Alpha/value = 3",
                "2024-10-27T03:00 Alpha/value = 4"
            ]
        );
        let seconds: Vec<i64> = dataset.observations.iter().map(|o| o.time.unwrap().seconds()).collect();
        assert!(seconds.windows(2).all(|pair| pair[1] - pair[0] == 3600));
    }

    #[test]
    fn order_and_steps_come_from_instants() {
        // Summer time begins: nothing is missing between 1 and 3 o'clock.
        let text = "time,A\n2024-03-31T00:00:00+01:00,1\n2024-03-31T01:00:00+01:00,2\n2024-03-31T03:00:00+02:00,3\n2024-03-31T04:00:00+02:00,4\n";
        let (dataset, _) = told("f.csv", text);
        let times: Vec<_> = dataset.observations.iter().map(|o| o.time.unwrap()).collect();
        assert!(times.windows(2).all(|pair| !Step::Hour.is_gap(pair[0], pair[1])));
        let text = "time,Alpha\n2024-03-30T23:30:00-05:00,1\n2024-03-31T05:00:00+00:00,2\n2024-03-31T06:00:00Z,3\n2024-03-31T07:00:00Z,3\n";
        let (dataset, warnings) = told("f.csv", text);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert_eq!(rows(&dataset)[0], "2024-03-30T23:30 Alpha/value = 1");
        assert_eq!(rows(&dataset)[3], "2024-03-31T07:00 Alpha/value = 3");
        // Days are days, whatever the clocks.
        let days = quiet(
            "date,A\n2024-03-30T00:00:00+01:00,1\n2024-03-31T00:00:00+01:00,2\n2024-04-01T00:00:00+02:00,3\n",
        );
        assert_eq!(days.observations[2].time.unwrap().seconds() % 86_400, 0);
    }

    #[test]
    fn midnights_of_one_zone_are_its_days() {
        for (text, first, zone) in [
            (
                "Date,A\n2020-06-30T23:00:00.000Z,1\n2020-07-31T23:00:00.000Z,2\n2020-11-01T00:00:00.000Z,3\n",
                "2020-07-01",
                "east",
            ),
            (
                "Date;A\n2020-09-30T22:00:00Z;1\n2020-10-31T23:00:00Z;2\n2020-11-30T23:00:00Z;3\n",
                "2020-10-01",
                "east",
            ),
            (
                "day,A\n2024-01-01T18:30:00Z,1\n2024-01-02T18:30:00Z,2\n2024-01-03T18:30:00Z,3\n",
                "2024-01-02",
                "east",
            ),
            (
                "day,A\n2024-03-09T05:00:00Z,1\n2024-03-10T05:00:00Z,2\n2024-03-11T04:00:00Z,3\n",
                "2024-03-09",
                "west",
            ),
        ] {
            let dataset = quiet(text);
            assert_eq!(dataset.facts.first.unwrap().to_string(), first, "{text}");
            let column = text.split([',', ';']).next().unwrap();
            let note = format!(
                "The times of column `{column}` are midnights of a zone {zone} of UTC; read them as the days there."
            );
            assert_eq!(dataset.facts.notes, [note]);
        }
        let winter =
            quiet("date,A\n2024-01-01T23:00:00Z,1\n2024-01-02T23:00:00Z,2\n2024-01-03T23:00:00Z,3\n");
        assert_eq!(rows(&winter)[0], "2024-01-02 A/value = 1");
        let closes =
            quiet("date,A\n2024-03-08T21:00:00Z,1\n2024-03-11T20:00:00Z,2\n2024-03-12T20:00:00Z,3\n");
        assert_eq!(rows(&closes)[0], "2024-03-08T21:00 A/value = 1");
        // Somebody who looks at the same time of each day.
        let looked =
            quiet("time,A\n2024-01-01T18:00:00Z,1\n2024-01-02T18:00:00Z,2\n2024-01-03T18:00:00Z,3\n");
        assert_eq!(rows(&looked)[0], "2024-01-01T18:00 A/value = 1");
    }
}
