//! What is said of lines that are no rows, of spans that are no dates, and of columns that say a thing twice.

use crate::read::{rows, without_lines};
use crate::read_generic::{quiet, refused, told};

mod strays {
    use super::*;

    const SPLIT: &str = "hint: split the file before this line, and plot the parts as files of their own\n";
    const SAME: &str = "hint: separate all cells with the same character, or say with `delimiter` (`--delimiter`) which it is\n";

    #[test]
    fn a_row_with_another_delimiter_is_no_remark() {
        for (text, place) in [
            ("Week,a,b\n2020-01-05,1,2\n2020-01-12;3;4\n2020-01-19,5,6\n", "3:1 (column `Week`)"),
            ("Week,a,b\n2020-01-05,1,2\n2020-01-12,3,4\n2020-03-29;5;<1\n", "4:1 (column `Week`)"),
            ("Week,a,b\n2020-01-05;1;2\n2020-01-12,3,4\n2020-03-29,5,<1\n", "2:1"),
            ("portal,a,b\nA,1,2\nB;3;4\nC,5,6\n", "3:1 (column `portal`)"),
            ("repo,date,stars\nA,2020-01,2\nA;2020-02;4\nA,2020-03,6\n", "3:1 (column `repo`)"),
        ] {
            let expected = format!(
                "error[mixed-delimiters]: expected commas between all cells, found semicolons\n  --> kept.csv:{place}\n{SAME}"
            );
            assert_eq!(without_lines(&refused(text)), expected, "{text}");
        }
        // A name may hold what separates cells elsewhere.
        assert_eq!(rows(&quiet("name,a\nB|2,3\nC;4,5\n")), ["B|2/a = 3", "C;4/a = 5"]);
    }

    #[test]
    fn a_second_header_is_told() {
        for (text, found, place) in [
            ("Week,a\n2020-01-05,1\nWeek,a\n2020-01-19,5\n", "the header a second time", "3:1"),
            ("Week,a\n2020-01-05,1\n2020-01-12,1\nWeek,a\n", "the header a second time", "4:1"),
            (
                "Week,a\n2020-01-05,1\n2020-01-12,1\n\nWeek,a\n2020-01-05,1\n",
                "the header a second time",
                "5:1",
            ),
            ("Week,a\n2020-01-05,1\nWeek,b\n2020-01-05,5\n", "a second header", "3:1"),
            ("portal,a,b\nA,1,2\nB,3,4\nportal,a,b\nC,5,6\n", "the header a second time", "4:1"),
            (
                "Category: All\n\nWeek,a: (X)\n2020-01-05,1\nCategory: All\n\nWeek,b: (X)\n2020-01-05,5\n",
                "the beginning of the file a second time",
                "5:1",
            ),
            (
                "Category: All\n\nplace,a: (1/1/04 - 2/2/18)\nX,1\nCategory: All\n\nplace,b: (1/1/04 - 2/2/18)\nX,5\n",
                "the beginning of the file a second time",
                "5:1",
            ),
        ] {
            let expected = format!(
                "error[second-table]: expected a row of data, found {found}\n  --> kept.csv:{place}\n{SPLIT}"
            );
            assert_eq!(without_lines(&refused(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_row_that_is_cut_off_is_no_remark() {
        for cut in ["2020-09-27T0", "2020-09-27", "2020-09-2", "2020-09-", "2020-0", "20"] {
            let text = format!("Week,a,b\n2020-09-13,1,2\n2020-09-20,3,4\n{cut}");
            let expected = format!(
                "error[cut-row]: expected a whole row, found \"{cut}\" where the file ends\n  --> kept.csv:4:1 (column `Week`)\n\
                 hint: download the file again, or delete the rest of the row that was cut off\n"
            );
            assert_eq!(without_lines(&refused(&text)), expected);
        }
        let long = "repo,date,stars\nA,2020-01,5\nA,2020-02,6\nA,2020-0";
        assert!(
            refused(long)
                .starts_with("error[cut-row]: expected a whole row, found \"2020-0\" where the file ends\n")
        );
        let (_, warnings) = told("f.csv", "Week,a,b\n2020-09-13,1,2\n2020-09-20,3,4\n2020\n");
        assert_eq!(warnings, ["left out 1 row of sums or remarks, first \"2020\""]);
    }

    #[test]
    fn a_sum_is_found_behind_an_index() {
        let expected = ["alpha/Stars = 100", "beta/Stars = 50"];
        for text in [
            ",Tool,Stars\n1,alpha,100\n2,beta,50\n,Total,150\n",
            "#,Tool,Stars\n1,alpha,100\n2,beta,50\n3,Total,150\n",
            "| # | Tool | Stars |\n|---|---|---|\n| 1 | alpha | 100 |\n| 2 | beta | 50 |\n| | **Total** | 150 |\n",
        ] {
            let (dataset, warnings) = told("f.csv", text);
            assert_eq!(rows(&dataset), expected, "{text}");
            assert!(warnings[0].starts_with("left out 1 row of sums or remarks, first"), "{warnings:?}");
        }
    }
}

mod parts_and_spans {
    use super::*;

    #[test]
    fn numbers_among_texts_are_not_counted_as_events_in_silence() {
        let (dataset, warnings) = told("f.csv", "date,a\n2020-01-05,1\n2020-01-06,many\n2020-01-07,more\n");
        assert_eq!(dataset.facts.shape, Some(popchart::data::Shape::Events));
        let expected = "counted the rows instead of reading column `a`, which holds numbers and also texts such as \"many\"";
        assert_eq!(warnings, [expected]);
        quiet("date,title\n2020-01-05,one\n2020-01-06,many\n2020-01-07,more\n");
    }

    #[test]
    fn spans_that_are_no_dates_are_named_with_a_way_out() {
        let without = "expected a date with its year, found";
        let other = "or call the column something else to compare days";
        for (code, title, cells, found, hints) in [
            ("date-without-year", "date", ["Jan 20", "Feb 20"], without, ["write months as 2020-01", other]),
            ("date-without-year", "date", ["Jan 5", "Feb 12"], without, ["write months as 2020-01", other]),
            (
                "date-without-year",
                "date",
                ["20-Jan", "21-Jan"],
                without,
                [
                    "write dates as 2020-01-31 and months as 2020-01",
                    "in a spreadsheet, format the column as yyyy-mm-dd and save it again",
                ],
            ),
        ] {
            let text = format!("{title},a\n{},5\n{},6\n", cells[0], cells[1]);
            let hints: Vec<String> =
                hints.iter().filter(|hint| !hint.is_empty()).map(|hint| format!("hint: {hint}\n")).collect();
            let expected = format!(
                "error[{code}]: {found} \"{}\"\n  --> kept.csv:2:1 (column `{title}`)\n{}",
                cells[0],
                hints.concat()
            );
            assert_eq!(without_lines(&refused(&text)), expected);
        }
        let among = "\
error[unclear-period]: expected a date, found a fiscal year, \"FY2022\"
 --> kept.csv:4:1 (column `date`)
  |
4 | FY2022,7
  | ^^^^^^
hint: write the month that each begins with, such as 2019-10
";
        assert_eq!(refused("date,a\n2020-01,5\n2021-01,6\nFY2022,7\n2023-01,8\n"), among);
    }

    #[test]
    fn seasons_are_names_and_no_months() {
        let dataset = quiet("season,goals\n2010-11,5\n2011-12,6\n2012-13,7\n");
        assert_eq!(rows(&dataset), ["2010-11/goals = 5", "2011-12/goals = 6", "2012-13/goals = 7"]);
        assert_eq!(dataset.facts.notes, ["The texts of column `season` are seasons: 2010-11 is no month."]);
        let dataset = quiet("season,team,goals\n2010-11,A,5\n2011-12,A,6\n2010-11,B,5\n2011-12,B,6\n");
        assert_eq!(
            (dataset.subjects, dataset.groups),
            (vec!["A".into(), "B".into()], vec!["2010-11".into(), "2011-12".into()])
        );
        let dataset = quiet("name,2010-11,2011-12\nA,5,6\nB,6,7\n");
        assert_eq!((dataset.groups.len(), dataset.facts.first), (2, None));
        // Months may stand thirteen apart where they are called months.
        let months = quiet("Month,Alpha\n2010-11,5\n2011-12,6\n");
        assert_eq!(rows(&months)[0], "2010-11-01 Alpha/value = 5");
        assert_eq!(rows(&quiet("date,Alpha\n2010-11,5\n"))[0], "2010-11-01 Alpha/value = 5");
    }

    #[test]
    fn dates_of_the_header_are_told_as_such() {
        let dataset = quiet("name,13/02/2020,01/03/2020\na,1,2\nb,4,5\n");
        assert_eq!(dataset.facts.notes[1], "The dates of the header have the day before the month.");
        let (_, warnings) = told("f.csv", "name,01/02/2020,01/03/2020\na,1,2\nb,4,5\n");
        let expected =
            "no date of the header tells day and month apart; they were read with the day before the month";
        assert_eq!(warnings, [expected]);
    }

    #[test]
    fn a_column_that_repeats_another_is_no_series() {
        let dataset = quiet("year,label,Alpha\n2019,2019,5\n2020,2020,7\n");
        assert_eq!(rows(&dataset), ["2019-01-01 Alpha/value = 5", "2020-01-01 Alpha/value = 7"]);
        assert_eq!(dataset.facts.notes, ["Left out `label`, which repeats `year` in every row."]);
        let dataset = quiet("key,name,count\nalpha,alpha,5\nbeta,beta,7\n");
        assert_eq!(rows(&dataset), ["alpha/count = 5", "beta/count = 7"]);
        assert!(
            dataset.facts.notes.contains(&"Left out `key`, which repeats `name` in every row.".to_owned())
        );
        let dataset = quiet("year,label,Alpha\n2019,2019,5\n2020,2021,7\n");
        assert_eq!(dataset.subjects, ["label", "Alpha"]);
    }
}
