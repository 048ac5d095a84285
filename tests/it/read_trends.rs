//! Google Trends exports as people have them: in any language, of any kind, saved again by a spreadsheet.

use popchart::data::{Columns, Dataset, read};
use popchart::time::moment::{Moment, Step};

use crate::read::{rows, without_lines};
use crate::read_keys::holds;

/// What is read of a text; its warnings are told where there are any.
fn text(file: &str, text: &str) -> (Dataset, Vec<String>) {
    match read(file, text.as_bytes(), &Columns::default()) {
        Ok((dataset, report)) => {
            holds(file, text.as_bytes(), &dataset);
            (dataset, report.diagnostics.into_iter().map(|d| d.message).collect())
        }
        Err(report) => panic!("{report}"),
    }
}

fn refused(file: &str, text: &str) -> String {
    read(file, text.as_bytes(), &Columns::default()).unwrap_err().to_string()
}

fn format(dataset: &Dataset) -> (&str, Option<&str>) {
    (dataset.facts.format.name, dataset.facts.region.as_deref())
}

mod maps {
    use super::*;

    #[test]
    fn places_without_a_value_may_come_first() {
        let map = "Category: All categories\n\nCountry,alpha: (1/1/04 - 3/27/23),beta: (1/1/04 - 3/27/23)\nAtlantis,,\nEl Dorado,,\nUtopia,60%,40%\n";
        let (dataset, warnings) = text("geoMap.csv", map);
        assert_eq!((rows(&dataset).len(), warnings.len(), dataset.facts.preamble_lines), (6, 0, 2));
        assert_eq!(rows(&dataset)[0], "alpha/value/Atlantis = missing");
        assert_eq!(rows(&dataset)[4], "alpha/value/Utopia = 60");
        assert_eq!(dataset.facts.format.name, "google-trends-map-shares");
        assert_eq!(dataset.facts.span.as_deref(), Some("1/1/04 - 3/27/23"));
    }

    #[test]
    fn spans_of_every_language_are_no_regions() {
        for (span, told) in [
            ("2019/08/18～2024/08/18", "2019/08/18～2024/08/18"),
            ("2018", "2018"),
            ("17. 12. 11.~22. 12. 11.", "17. 12. 11.~22. 12. 11"),
            ("12/7/23 8:29 PM - 12/14/23 8:29 PM", "12/7/23 8:29 PM - 12/14/23 8:29 PM"),
        ] {
            let map = format!("Category: All\n\nRegion,alpha: ({span})\nUtopia,100\nAtlantis,\n");
            let (dataset, _) = text("geoMap.csv", &map);
            assert_eq!(super::format(&dataset), ("google-trends-map", None), "{span}");
            assert_eq!(rows(&dataset), ["Utopia/alpha = 100", "Atlantis/alpha = missing"]);
            assert_eq!(dataset.facts.notes[1], format!("The values are of {told}."));
        }
    }

    #[test]
    fn a_map_of_the_new_layout_is_known_by_its_name() {
        let name = "by_region_US_20250101-0000_20260101-0000.csv";
        let (dataset, _) = text(name, "\"Region\",\"alpha\"\n\"Utopia\",100\n\"Atlantis\",0");
        assert_eq!(super::format(&dataset), ("google-trends-map", Some("US")));
        assert_eq!(dataset.facts.notes, ["The values are of 2025-01-01 - 2026-01-01."]);
        let (dataset, _) = text(name, "\"Region\",\"alpha\",\"beta\"\n\"Utopia\",60,40\n\"Atlantis\",,");
        assert_eq!((dataset.subjects.len(), dataset.groups.len()), (2, 2));
    }
}

mod lines {
    use super::*;

    #[test]
    fn columns_that_a_spreadsheet_adds_do_not_hide_the_region() {
        let saved = "Category: All categories,,\r\n,,\r\nWeek,alpha: (Worldwide),\r\n12/27/2020,5,\r\n1/3/2021,<1,\r\n";
        let (dataset, _) = text("m.csv", saved);
        assert_eq!(super::format(&dataset), ("google-trends", Some("Worldwide")));
        assert_eq!(rows(&dataset), ["2020-12-27 alpha/value = 5", "2021-01-03 alpha/value = <1"]);
        let index = ",Week,alpha: (Worldwide)\n0,2020-12-27,5\n1,2021-01-03,6\n";
        let (dataset, _) = text("m.csv", index);
        assert_eq!((dataset.subjects, dataset.facts.last_period.name()), (vec!["alpha".into()], "possible"));
        // A column of something else is in no region.
        let (dataset, _) =
            text("m.csv", "Week,alpha: (Worldwide),price\n2020-12-27,5,1.5\n2021-01-03,6,1.6\n");
        assert_eq!(
            (super::format(&dataset), dataset.subjects[0].as_str()),
            (("csv", None), "alpha: (Worldwide)")
        );
    }

    #[test]
    fn a_new_export_saved_again_still_has_its_name() {
        let name = "time_series_GB_20250101-0000_20250320-0000.csv";
        let (dataset, _) = text(name, "Time,alpha\r\n2025-01-01,1\r\n2025-02-01,3\r\n2025-03-01,5\r\n");
        assert_eq!(super::format(&dataset), ("google-trends", Some("GB")));
        assert_eq!((dataset.facts.last_period.name(), dataset.facts.step), ("yes", Some(Step::Month)));
    }

    #[test]
    fn reports_of_several_terms_have_commas_in_their_title() {
        for (line, region) in [
            ("United States 2004 - present", "United States"),
            ("Utopia (Atlantis); 2004 - present", "Utopia (Atlantis)"),
            ("Worldwide Jul 2014 - Sep 2014", "Worldwide"),
            ("Seattle-Tacoma WA, United States; Past 90 days", "Seattle-Tacoma WA, United States"),
        ] {
            let report = format!(
                "Web Search interest: alpha, beta\n{line}\n\nInterest over time\nDay,alpha,beta\n2014-07-01,5,6\n2014-07-02,7,8\n\n\nTop regions for alpha\nRegion,alpha\nUtopia,100\n"
            );
            let (dataset, warnings) = text("report.csv", &report);
            assert_eq!(super::format(&dataset), ("google-trends-report", Some(region)));
            assert_eq!((rows(&dataset).len(), warnings.len()), (4, 1));
            assert_eq!(dataset.facts.last_period.name(), "possible");
        }
        let other = "Exported: now\nby me 2020\n\nday,alpha\n2014-07-01,5\n2014-07-02,7\n";
        assert_eq!(super::format(&text("x.csv", other).0), ("csv", None));
    }

    #[test]
    fn the_query_may_stand_above_the_header() {
        let weeks = "Category: All categories\n\"alpha: (8/12/21 - 8/12/26, Worldwide)\"\n\nWeek,alpha\n2021-08-08 - 2021-08-14,55\n2021-08-15 - 2021-08-21,<1\n";
        let (dataset, _) = text("multiTimeline.csv", weeks);
        assert_eq!(super::format(&dataset), ("google-trends", Some("Worldwide")));
        assert_eq!(rows(&dataset), ["2021-08-08 alpha/value = 55", "2021-08-15 alpha/value = <1"]);
        let weeks = "Category: All categories\n\nWeek,\"alpha, a\",beta\n2025-06-01 - 2025-06-07,<1,100\n2025-06-08 - 2025-06-14,2,98\n";
        let (dataset, _) = text("multiTimeline.csv", weeks);
        assert_eq!((super::format(&dataset), dataset.subjects.len()), (("google-trends", None), 2));
    }
}

mod queries {
    use super::*;

    #[test]
    fn a_spreadsheet_pads_the_titles() {
        let padded = "Category: All categories;\r\n\"alpha: (12/2/18 - 12/2/19, Utopia)\";\r\n;\r\nTOP;\r\nalpha new;100\r\n2024;11\r\n;\r\nRISING;\r\nalpha old;+700%\r\n";
        let (dataset, _) = text("relatedQueries.csv", padded);
        assert_eq!(super::format(&dataset), ("google-trends-queries", Some("Utopia")));
        assert_eq!(
            rows(&dataset),
            ["alpha new/searches related to alpha = 100", "2024/searches related to alpha = 11"]
        );
    }

    #[test]
    fn topics_of_one_name_are_different_topics() {
        let topics =
            "Categoria: Todas as categorias\nTOP\nTempo,100\n2024,77\nTempo,40\n\nRISING\n2025,Mais 750%\n\n";
        let (dataset, warnings) = text("relatedEntities.csv", topics);
        assert_eq!(dataset.subjects, ["Tempo", "2024", "Tempo (2)"]);
        assert_eq!(warnings[1], "several rows are called \"Tempo\"; one was read as \"Tempo (2)\"");
    }

    #[test]
    fn gtrends_r_writes_rising_queries_below_the_top() {
        let related = "\"\",\"subject\",\"related_queries\",\"value\",\"geo\",\"keyword\",\"category\"\n\"1\",\"100\",\"top\",\"alpha new\",\"US\",\"alpha\",0\n\"2\",\"60\",\"top\",\"alpha 24\",\"US\",\"alpha\",0\n\"3\",\"Breakout\",\"rising\",\"beta\",\"US\",\"alpha\",0\n\"4\",\"+350%\",\"rising\",\"alpha 24\",\"US\",\"alpha\",0\n";
        let (dataset, warnings) = text("related.csv", related);
        assert_eq!((dataset.facts.format.name, warnings.len()), ("gtrendsR", 0));
        assert_eq!(rows(&dataset), ["alpha new/subject = 100", "alpha 24/subject = 60"]);
    }

    #[test]
    fn what_trends_now_has_the_volume_it_reached() {
        let header = "Trends,Search volume,Started,Ended,Trend breakdown,Explore link\r\n";
        for started in ["\"May 21, 2026 at 5:50:00\u{202f}PM UTC+3\"", "\"May 21, 2026\"", ""] {
            let now = format!(
                "\u{feff}{header}alpha,1M+,{started},,\"a, b\",https://example.org\r\n\"beta, b\",500+,\"May 20, 2026\",,b,https://example.org\r\n"
            );
            let (dataset, warnings) = text("trending_US_1d.csv", &now);
            assert_eq!((dataset.facts.format.name, warnings.len()), ("google-trends-now", 0), "{started}");
            assert_eq!(rows(&dataset), ["alpha/Search volume = 1000000", "beta, b/Search volume = 500"]);
        }
        let merged = format!(
            "Category,{header}News,alpha,1M+,,,a,\r\nGames,alpha,2K+,,,a,\r\nGames,beta,1K+,,,a,\r\n"
        );
        assert_eq!(text("merged.csv", &merged).0.groups, ["News", "Games"]);
    }

    #[test]
    fn topics_of_pytrends_have_one_value_each() {
        let topics = ",value,formattedValue,hasData,link,topic_mid,topic_title,topic_type\n0,100,100,True,/a,/m/1,Python,Language\n1,8,8,True,/b,/m/2,Python,Genus\n";
        let (dataset, _) = text("topics.csv", topics);
        assert_eq!(rows(&dataset), ["Python/value = 100", "Python (2)/value = 8"]);
    }

    #[test]
    fn rises_among_counts_are_refused() {
        let mixed = "\nalpha new,100\nalpha old,59\nalpha,<1\nbeta,+180%\n";
        let expected = "\
error[rise-among-counts]: expected a count, as other rows have, found a rise, \"+180%\"
 --> q.csv:5:6 (column `column 2`)
  |
5 | beta,+180%
  |      ^^^^^
hint: keep rows of one kind only";
        assert_eq!(refused("q.csv", mixed).trim_end(), expected);
        let rises = "RISING,percent\nalpha,\"+4,600%\"\nbeta,+950%\n";
        assert_eq!(rows(&text("q.csv", rises).0), ["alpha/percent = 4600", "beta/percent = 950"]);
    }

    #[test]
    fn rising_queries_alone_are_refused() {
        let top = "Category: All categories\n\"alpha: (12/2/18 - 12/2/19, Utopia)\"\n\nRISING\n";
        for rising in ["beta,Breakout\ngamma,+700%\ndelta,+450%\n", "gamma,+700%\ndelta,+450%\n"] {
            let expected = "\
error[only-rising-queries]: expected the most searched queries, found only rising ones
  --> q.csv:5:1
hint: a rise in per cent is no count; export a longer time or a term that is searched more";
            assert_eq!(without_lines(&refused("q.csv", &format!("{top}{rising}"))).trim_end(), expected);
        }
    }
}

mod dates {
    use super::*;

    #[test]
    fn a_spreadsheet_writes_months_in_its_language() {
        for (months, first) in [
            (["janv.-04", "févr.-04", "août-04"], "2004-01-01"),
            (["ene-04", "abr-04", "dic-04"], "2004-01-01"),
            (["gen-04", "mag-04", "ott-04"], "2004-01-01"),
            (["fev/04", "set/04", "out/04"], "2004-02-01"),
        ] {
            let lines: Vec<String> = months.iter().map(|month| format!("{month};5")).collect();
            let saved =
                format!("Catégorie : Toutes;\r\n;\r\nMois;alpha: (France)\r\n{}\r\n", lines.join("\r\n"));
            let (dataset, warnings) = text("m.csv", &saved);
            assert_eq!((super::format(&dataset), warnings.len()), (("google-trends", Some("France")), 0));
            assert_eq!(
                (dataset.observations.len(), dataset.facts.first.map(|at| at.to_string())),
                (3, Some(first.to_owned()))
            );
        }
    }

    #[test]
    fn first_days_of_months_stand_in_either_order() {
        let year = |year: u32| (1..=12).map(move |month| (year, month));
        let months: Vec<(u32, u32)> = year(2004).chain(year(2005)).collect();
        let told = |order| format!("The dates of column `Month` have the {order}.");
        type Written = fn(u32, u32) -> String;
        let british: Written = |year, month| format!("01/{month:02}/{year},5\n");
        let american: Written = |year, month| format!("{month}/1/{year},5\n");
        for (written, order) in [(british, "day before the month"), (american, "month before the day")] {
            let lines: String = months.iter().map(|&(year, month)| written(year, month)).collect();
            let (dataset, warnings) = text("m.csv", &format!("Month,alpha: (Utopia)\n{lines}"));
            assert_eq!((dataset.facts.step, warnings.len()), (Some(Step::Month), 0));
            assert_eq!(dataset.facts.last, Moment::ymd(2005, 12, 1));
            assert_eq!(dataset.facts.notes, [told(order)]);
        }
    }

    #[test]
    fn tables_beside_each_other_have_the_same_dates() {
        let beside = "Week,alpha: (Utopia),Week,beta: (Utopia)\n2024-01-07,5,2024-01-07,7\n2024-01-14,6,2024-01-14,8\n";
        assert_eq!(text("m.csv", beside).0.observations.len(), 4);
        let expected = "\
error[differing-dates]: expected the same date in all columns of dates, found \"2024-01-14\" and \"2024-01-21\"
 --> m.csv:3:14 (column `Week`)
  |
3 | 2024-01-14,6,2024-01-21,8
  |              ^^^^^^^^^^
hint: put each table into a file of its own";
        assert_eq!(refused("m.csv", &beside.replace("6,2024-01-14", "6,2024-01-21")).trim_end(), expected);
    }

    #[test]
    fn spans_of_weeks_in_words_begin_with_their_first_day() {
        let spans = "date,timestamp,alpha\n\"Sep 29 – Oct 5, 2024\",1727568000,90\n\"Oct 6 – 12, 2024\",1728172800,<1\n";
        let (dataset, _) = text("m.csv", spans);
        assert_eq!(rows(&dataset), ["2024-09-29 alpha/value = 90", "2024-10-06 alpha/value = <1"]);
    }

    #[test]
    fn a_damaged_first_row_is_no_header() {
        let week = "Category: All\n\nWeek,alpha: (Utopia)\n2020-02-3x,5\n2020-03-01,6\n2020-03-08,7\n";
        let expected = "\
error[not-a-date]: expected a date, found \"2020-02-3x\"
 --> m.csv:4:1 (column `Week`)
  |
4 | 2020-02-3x,5
  | ^^^^^^^^^^
hint: write dates as 2020-01-31, or leave the row out with `leave_out` (`--leave-out`)";
        assert_eq!(refused("m.csv", week).trim_end(), expected);
        let map = "Category: All\n\nRegion,alpha: (2018)\nUtopia,1OO\nAtlantis,5\nEldorado,6\n";
        let expected = "\
error[not-a-number]: expected a number, found \"1OO\"
 --> m.csv:4:8 (column `alpha`)
  |
4 | Utopia,1OO
  |        ^^^
hint: correct the cell, leave it empty to draw a gap, or leave its row out with `leave_out` (`--leave-out`)";
        assert_eq!(refused("m.csv", map).trim_end(), expected);
    }

    #[test]
    fn parts_of_dates_are_refused() {
        let clocks =
            "Alpha by the minute,,\nTime in ET,alpha,beta\n7:40 PM ET,11.2,4.6\n7:41 PM ET,12.3,4.5\n";
        let expected = "\
error[time-without-day]: expected a date, found only a time of day, \"7:40 PM ET\"
 --> m.csv:3:1 (column `Time in ET`)
  |
3 | 7:40 PM ET,11.2,4.6
  | ^^^^^^^^^^
hint: write the day before each time, as 2020-01-31 19:40
hint: or call the column something else to compare times of day";
        assert_eq!(refused("m.csv", clocks).trim_end(), expected);
        let hours = clocks.replace("Time in ET", "Hour");
        assert_eq!(text("m.csv", &hours).0.groups, ["7:40 PM ET", "7:41 PM ET"]);
        let months = "Monat;alpha: (Deutschland)\nJan 04;5\nFeb 04;6\nMrz 04;7\n";
        let expected = "\
error[date-without-year]: expected a date with its year, found \"Jan 04\"
 --> m.csv:2:1 (column `Monat`)
  |
2 | Jan 04;5
  | ^^^^^^
hint: write months as 2020-01
hint: or call the column something else to compare days";
        assert_eq!(refused("m.csv", months).trim_end(), expected);
    }
}

mod pasted {
    use super::*;

    #[test]
    fn rows_in_one_cell_are_taken_apart() {
        let tabs = "\"Alpha and beta, by the minute\",,\n,,\nTime,alpha,beta\nMay 20 2018 9:48\t\t\t1469.5\t\t\t2992.5,,\nMay 20 2018 10:04\t\t\t1200.9\t\t\t5011,,";
        let (dataset, warnings) = text("x.csv", tabs);
        assert_eq!(
            (dataset.facts.step, dataset.facts.preamble_lines, warnings.len()),
            (Some(Step::Minutes(16)), 2, 0)
        );
        assert_eq!(rows(&dataset)[3], "2018-05-20T10:04 beta/value = 5011");
        assert_eq!(dataset.facts.notes[0], "Each row stands in one cell of the file; took it apart.");
        let lines = "\"Category: All categories\"\r\n\r\n\"Week,alpha: (Utopia)\"\r\n\"2020-01-05,<1\"\r\n\"2020-01-12,5\"\r\n";
        let (dataset, _) = text("x.csv", lines);
        assert_eq!(super::format(&dataset), ("google-trends", Some("Utopia")));
        assert_eq!(rows(&dataset), ["2020-01-05 alpha/value = <1", "2020-01-12 alpha/value = 5"]);
        // Lines count as in the file.
        assert!(refused("x.csv", &lines.replace("12,5", "12,5x")).contains("--> x.csv:5 ("));
    }

    #[test]
    fn a_header_without_rows_is_an_incomplete_export() {
        let header = "Category: All categories\n\nWeek,alpha: (Utopia)\n";
        let expected = "error[no-rows]: expected rows below the header, found none\n  --> x.csv\nhint: look whether the export is complete";
        assert_eq!(refused("x.csv", header).trim_end(), expected);
    }
}

mod tables {
    use super::*;

    #[test]
    fn a_date_of_each_place_is_no_date_of_counting() {
        let days = "Interest in dads,,,,,\ncountry,ISO Code,Date,Holiday,Indexed,Rank\nUtopia,UT,06/15/2014,Day of fathers,100.00,1\nAtlantis,AT,06/01/2014,Day of parents,79.46,2\nEldorado,EL,03/19/2014,Day of fathers,0.00,137\n";
        let (dataset, _) = text("dads.csv", days);
        assert_eq!(
            rows(&dataset),
            ["Utopia/Indexed = 100", "Atlantis/Indexed = 79.46", "Eldorado/Indexed = 0"]
        );
    }

    #[test]
    fn columns_of_one_measure_are_subjects() {
        let two = "Day,Search interest in Ann,Search interest in Bob\n6/29/2015,22.73,18.60\n6/30/2015,24.38,19.09\n";
        let (dataset, _) = text("two.csv", two);
        assert_eq!(dataset.subjects, ["Ann", "Bob"]);
        assert_eq!(dataset.measure_names(), ["search interest"]);
    }

    #[test]
    fn a_term_may_be_called_like_a_part_of_the_date() {
        let file = "time_series_US_20240101-0000_20240320-0000.csv";
        let (dataset, _) = text(file, "\"Time\",\"day\",\"week\"\n\"2024-01-01\",13,0\n\"2024-02-01\",9,4");
        assert_eq!(dataset.subjects, ["day", "week"]);
    }

    #[test]
    fn parts_of_the_date_and_numbers_of_rows_are_no_series() {
        let parts = ",Week,alpha: (Utopia),Year,Month,dma id no\n0,2024-01-07,5,2024,01,7\n1,2024-02-04,6,2024,02,7\n2,2025-02-02,7,2025,02,7\n";
        let (dataset, _) = text("parts.csv", parts);
        assert_eq!(dataset.subjects, ["alpha: (Utopia)"]);
        assert!(
            dataset.facts.notes.contains(&"Left out `Year`, `Month`, which the dates say already.".into())
        );
        let (dataset, _) = text("parts.csv", &parts.replace(",dma id no", "").replace(",7\n", "\n"));
        assert_eq!(super::format(&dataset), ("google-trends", Some("Utopia")));
        // Alone they are what there is to count.
        let (dataset, _) = text("days.csv", "date,day\n2024-01-07,5\n2024-02-04,6\n");
        assert_eq!(dataset.observations.len(), 2);
    }

    #[test]
    fn columns_may_be_counted_above_their_names() {
        let counted = "Year,0,1\nWords,Cancer,Stroke\n2004,0.36,0.05\n2005,0.38,0.06\n2006,0.37,0.05\nAverage,0.37,0.05\n";
        let (dataset, _) = text("counted.csv", counted);
        assert_eq!((dataset.facts.step, rows(&dataset).len()), (Some(Step::Year), 6));
        assert_eq!(rows(&dataset)[1], "2004-01-01 Stroke/value = 0.05");
    }

    #[test]
    fn sentences_that_a_spreadsheet_pads_name_no_column() {
        let titles = "Most searched on 8/3,\r\"All values are indexed to 100, where 100 is the most\",\rAnn,100\rBob,9.7\r";
        let (dataset, _) = text("most.csv", titles);
        assert_eq!((dataset.facts.preamble_lines, dataset.facts.header_line), (2, None));
        assert_eq!(dataset.subjects, ["Ann", "Bob"]);
    }
}
