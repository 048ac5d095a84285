//! Files as their sources write them, and what is read of each.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

use popchart::data::{Columns, Dataset, Value, read};
use popchart::diag::Report;
use popchart::time::moment::{Moment, Step};

use crate::read_keys::holds;

/// A file of tests/fixtures/data.
pub(crate) fn fixture(name: &str, columns: &Columns) -> (Dataset, Report) {
    let path = format!("{}/tests/fixtures/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    read(name, &bytes, columns).unwrap_or_else(|report| panic!("{report}"))
}

pub(crate) fn opened(name: &str) -> Dataset {
    let (dataset, report) = fixture(name, &Columns::default());
    assert_eq!(report.to_string(), "", "{name}");
    dataset
}

fn text(file: &str, text: &str) -> (Dataset, Report) {
    let (dataset, report) =
        read(file, text.as_bytes(), &Columns::default()).unwrap_or_else(|report| panic!("{report}"));
    holds(file, text.as_bytes(), &dataset);
    (dataset, report)
}

fn refused(file: &str, bytes: &[u8]) -> String {
    read(file, bytes, &Columns::default()).unwrap_err().to_string()
}

/// What was told, without the lines of the file that it shows.
pub(crate) fn without_lines(told: &str) -> String {
    let is_shown = |line: &&str| {
        line.trim_start_matches([' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']).starts_with('|')
    };
    let lines = told.lines().filter(|line| !is_shown(line)).map(|line| match line.trim_start() {
        place if place.starts_with("-->") => format!("  {place}\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

/// Every observation as `date subject/measure/group = value`, as far as it has them.
pub(crate) fn rows(dataset: &Dataset) -> Vec<String> {
    let one = |o: &popchart::data::Observation| {
        let date = o.time.map(|time| format!("{time} ")).unwrap_or_default();
        let group = o.group.map(|group| format!("/{}", dataset.groups[group])).unwrap_or_default();
        let value = match o.value {
            Value::Number(number) => number.to_string(),
            Value::Below(bound) => format!("<{bound}"),
            Value::Missing => "missing".into(),
            Value::Word(index) => format!("word {index}"),
        };
        format!("{date}{}/{}{group} = {value}", dataset.subjects[o.subject], dataset.measures[o.measure].name)
    };
    dataset.observations.iter().map(one).collect()
}

pub(crate) fn columns(change: impl FnOnce(&mut Columns)) -> Columns {
    let mut columns = Columns::default();
    change(&mut columns);
    columns
}

mod trends {
    use super::*;

    #[test]
    fn a_classic_export() {
        let dataset = opened("trends-classic.csv");
        assert_eq!(dataset.subjects, ["alphaflow", "beta, the torch", "gamma: core"]);
        assert_eq!(dataset.measure_names(), ["value"]);
        assert_eq!(dataset.observations.len(), 12);
        assert_eq!(rows(&dataset)[2], "2020-01-05 gamma: core/value = <1");
        assert_eq!(rows(&dataset)[3], "2020-01-12 alphaflow/value = 64");
        assert_eq!(dataset.observations[11].line.number, 7);
        let facts = &dataset.facts;
        assert_eq!(
            (facts.format.name, facts.encoding.as_str(), facts.delimiter),
            ("google-trends", "UTF-8", Some(','))
        );
        assert_eq!((facts.preamble_lines, facts.region.as_deref()), (2, Some("United States")));
        assert_eq!((facts.step, facts.last_period.name()), (Some(Step::Week), "possible"));
        assert_eq!((facts.first, facts.last), (Moment::ymd(2020, 1, 5), Moment::ymd(2020, 1, 26)));
        assert_eq!(facts.notes, ["Skipped 2 lines above the table: \"Category: All categories\"."]);
        assert_eq!(dataset.files[0].sha256.len(), 64);
    }

    #[test]
    fn a_french_export_has_no_break_spaces() {
        let dataset = opened("trends-french.csv");
        assert_eq!(rows(&dataset)[1], "2020-01-12 alphaflow/value = <1");
        assert_eq!(dataset.facts.region.as_deref(), Some("France"));
    }

    #[test]
    fn regions_that_differ_stay_in_the_names() {
        let dataset = opened("trends-regions.csv");
        assert_eq!(dataset.subjects, ["alphaflow: (Germany)", "alphaflow: (Austria)"]);
        assert_eq!((dataset.facts.region, dataset.facts.step), (None, Some(Step::Month)));
    }

    #[test]
    fn a_category_without_a_term_is_named_by_the_preamble() {
        let dataset = opened("trends-category.csv");
        assert_eq!(
            (dataset.subjects, dataset.facts.region.as_deref()),
            (vec!["게임".into()], Some("대한민국"))
        );
    }

    #[test]
    fn the_new_layout_tells_region_and_end_in_its_name() {
        let dataset = opened("time_series_US_20251201-0800_20260320-0337.csv");
        assert_eq!(dataset.subjects, ["alphaflow", "\"beta torch\""]);
        assert_eq!(rows(&dataset)[7], "2026-03-01 \"beta torch\"/value = 3");
        let facts = dataset.facts;
        assert_eq!((facts.format.name, facts.preamble_lines), ("google-trends", 0));
        assert_eq!((facts.step, facts.last_period.name()), (Some(Step::Month), "yes"));
        assert_eq!(facts.region.as_deref(), Some("US"));
    }

    #[test]
    fn what_people_cut_off_is_not_needed() {
        let (dataset, report) = text("a.csv", "Week,alpha: (X)\n2020-01-05,5\n2020-01-12,6\n");
        assert_eq!((dataset.facts.region.as_deref(), report.is_empty()), (Some("X"), true));
        let (dataset, _) = text("a.csv", "\nWeek,alpha: (X)\r\n1/5/2020,5\r\n1/12/2020,6\r\n1/19/2020,7\r\n");
        assert_eq!(rows(&dataset)[2], "2020-01-19 alpha/value = 7");
        let (dataset, report) = text("keras.csv", "2020-01-05,5\n2020-01-12,6\n");
        assert_eq!(rows(&dataset), ["2020-01-05 keras/value = 5", "2020-01-12 keras/value = 6"]);
        let warning = "\
warning[missing-header]: missing a header; the columns are called `column 1`, `column 2`
 --> keras.csv:1
  |
1 | 2020-01-05,5
  | ^^^^^^^^^^^^
hint: add a first line that names the columns, or set `header = \"none\"` (`--header none`)
";
        assert_eq!(report.to_string(), warning);
    }

    #[test]
    fn two_columns_of_one_name_are_both_kept() {
        let (dataset, report) = text("a.csv", "Week,alpha: (X),alpha: (X)\n2020-01-05,5,6\n");
        assert_eq!(dataset.subjects, ["alpha", "alpha (2)"]);
        let warning = "warning[repeated-names]: several columns are called \"alpha\"; one was read as \"alpha (2)\"\n  --> a.csv\n\
            hint: give the columns different names\n";
        assert_eq!(report.to_string(), warning);
    }
}

mod bytes {
    use super::*;

    #[test]
    fn decimal_commas_and_windows_1252() {
        let (dataset, report) = fixture("decimal-comma-1252.csv", &Columns::default());
        let expected = [
            "2015-09-26 Größe/value = 165.4",
            "2015-09-26 Zähler/value = 1234",
            "2015-09-27 Größe/value = 109.95503",
        ];
        assert_eq!(rows(&dataset)[..3], expected);
        assert_eq!((dataset.facts.delimiter, dataset.facts.encoding.as_str()), (Some(';'), "windows-1252"));
        let warning = "\
warning[guessed-encoding]: the file is not UTF-8 from here on and was read as windows-1252
 --> decimal-comma-1252.csv:1
  |
1 | Datum;Größe;Zähler
  | ^^^^^^^^^^^^^^^^^^
hint: save it as UTF-8, or, where it is another, set `encoding = \"…\"` (`--encoding …`)
";
        assert_eq!(report.to_string(), warning);
        let notes = [
            "The dates of column `Datum` have the day before the month.",
            "Read column `Zähler` with decimal commas, as other columns have them.",
        ];
        assert_eq!(dataset.facts.notes, notes);
    }

    #[test]
    fn utf_16_with_tabs() {
        let dataset = opened("excel-unicode.txt");
        assert_eq!(dataset.subjects, ["alphaflow", "béta"]);
        assert_eq!((dataset.facts.delimiter, dataset.facts.encoding.as_str()), (Some('\t'), "UTF-16LE"));
        assert_eq!(rows(&dataset)[3], "2020-01-12 béta/value = 8");
    }

    #[test]
    fn lone_carriage_returns_and_a_preamble_of_several_lines_in_quotes() {
        let dataset = opened("cr-only.csv");
        assert_eq!(rows(&dataset)[0], "2004-01-01 alphaflow/value = 12.5");
        assert_eq!((dataset.facts.preamble_lines, dataset.facts.step), (4, Some(Step::Month)));
        assert_eq!(dataset.observations.last().unwrap().line.number, 8);
    }

    #[test]
    fn what_is_no_table_is_refused_with_a_way_out() {
        let cases: [(&[u8], &str, &str, &str); 8] = [
            (b"", "empty-file", "expected a table of text, found an empty file", "export the data again"),
            (
                b"PK\x03\x04....xl/workbook.xml",
                "damaged-archive",
                "expected a spreadsheet, found a damaged one",
                "open it in a spreadsheet program and save it again, or save the sheet as CSV (UTF-8)",
            ),
            (
                b"PK\x03\x04....multiTimeline.csv",
                "packed-file",
                "expected a table of text, found a ZIP archive",
                "unpack it, or open it and save the sheet as CSV (UTF-8)",
            ),
            (
                b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n",
                "pointer-file",
                "expected a table, found a Git LFS pointer instead of the file itself",
                "fetch the file with `git lfs pull`",
            ),
            (
                b"../.git/annex/objects/Xx/Yy/SHA256E-s5--0.csv",
                "pointer-file",
                "expected a table, found a git-annex link instead of the file itself",
                "fetch the file with `git annex get`",
            ),
            (
                b"<!DOCTYPE html>\n<html></html>",
                "web-page",
                "expected a table, found a web page",
                "download the CSV itself; the address may want a login",
            ),
            (
                b"criterion,Keras\nFirst release,27 March 2015\nSpeed,Slower\n",
                "no-numbers",
                "expected at least one column of numbers, found none",
                "a table of words is drawn with `values_are = \"words\"` (`--values-are words`), or choose a file that counts something\nhint: if it counts, say with `header` (`--header`) where its columns are named, and with `values` which count",
            ),
            (
                b"It was a dark night.\nIt rained.\n",
                "no-columns",
                "expected a table, found text without columns",
                "separate the cells with commas, semicolons or tabs, or say with `delimiter` (`--delimiter`) what does",
            ),
        ];
        for (bytes, code, message, hint) in cases {
            assert_eq!(
                refused("f.csv", bytes),
                format!("error[{code}]: {message}\n  --> f.csv\nhint: {hint}\n")
            );
        }
    }

    #[test]
    fn two_delimiters_in_one_row_are_an_error() {
        let message = refused("f.csv", b"Week,a,b\n2020-01-05,5,6\n2020-01-12,7;8,9\n");
        let expected = "\
error[mixed-delimiters]: expected commas between all cells, found semicolons
 --> f.csv:3:12 (column `a`)
  |
3 | 2020-01-12,7;8,9
  |            ^^^
hint: separate all cells with the same character, or say with `delimiter` (`--delimiter`) which it is
";
        assert_eq!(message, expected);
        let everywhere =
            refused("f.csv", b"Week,a: (X);b: (X)\n2020-03-01,1;3\n2020-03-08,3;4\n2020-03-15,3;4\n");
        assert!(
            everywhere.starts_with(
                "error[mixed-delimiters]: expected commas between all cells, found semicolons\n"
            ),
            "{everywhere}"
        );
    }
}

mod tables {
    use super::*;

    #[test]
    fn tidy_with_several_measures() {
        let dataset = opened("tidy.csv");
        assert_eq!(dataset.measure_names(), ["stars", "forks"]);
        let expected = [
            "2020-01-31 Alpha/stars = 10",
            "2020-01-31 Alpha/forks = 1",
            "2020-01-31 Beta/stars = 20",
            "2020-01-31 Beta/forks = 2",
            "2020-02-29 Alpha/stars = 11",
            "2020-02-29 Alpha/forks = missing",
            "2020-02-29 Beta/stars = missing",
            "2020-02-29 Beta/forks = 3",
        ];
        assert_eq!(rows(&dataset), expected);
        assert_eq!(dataset.facts.format.name, "csv");
    }

    #[test]
    fn tidy_with_groups_and_kinds() {
        let dataset = opened("listings.csv");
        assert_eq!((dataset.groups.len(), dataset.kinds.len()), (2, 1));
        assert_eq!(rows(&dataset)[2], "2018-10-10 Alpha/listings/Board B = 1052");
        let notes = [
            "Took column `framework` as the subject, by its name.",
            "Took column `portal` as the group.",
            "Ignored `query`; name a column in `same` where rows with different texts in it must not be drawn together.",
        ];
        assert_eq!(dataset.facts.notes, notes);
        let (dataset, _) = fixture("listings.csv", &columns(|c| c.same = vec!["query".into()]));
        assert_eq!(dataset.kinds, ["query: \"data scientist\" \"[keyword]\"", "query: [keyword]"]);
        assert_eq!(dataset.observations.iter().map(|o| o.kind).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 1]);
    }

    #[test]
    fn only_keeps_rows() {
        let only = columns(|c| {
            c.only =
                vec![("Query".into(), vec!["[keyword]".into()]), ("portal".into(), vec!["Board A".into()])];
        });
        let (dataset, _) = fixture("listings.csv", &only);
        assert_eq!(rows(&dataset), ["2020-01-26 Alpha/listings = 4001", "2020-01-26 Beta/listings = 2002"]);
        let typo = columns(|c| c.only = vec![("portal".into(), vec!["Bord A".into()])]);
        let report = read("f.csv", b"portal,framework,n\nBoard A,x,1\n", &typo).unwrap_err();
        let expected = "error[unmatched-only]: no row has \"Bord A\" in column `portal`\n  --> f.csv (column `portal`)\n\
            hint: did you mean \"Board A\"?\n";
        assert_eq!(report.to_string(), expected);
    }

    #[test]
    fn groups_by_subjects_without_dates() {
        let (dataset, report) = text("f.csv", "portal,Alpha,Beta,Gamma\nPortal A,1,2,3\nPortal B,4,5,6\n");
        assert!(report.is_empty());
        assert_eq!(
            (dataset.subjects.len(), dataset.groups.len(), dataset.measure_names()),
            (3, 2, vec!["value"])
        );
        assert_eq!(rows(&dataset)[5], "Gamma/value/Portal B = 6");
        assert_eq!((dataset.facts.step, dataset.facts.last_period.name()), (None, "no"));
    }

    #[test]
    fn one_measure_of_items() {
        let (dataset, _) = text("f.csv", "item,value\nItem A,1200\nItem B,\"3,400\"\n");
        assert_eq!(rows(&dataset), ["Item A/value = 1200", "Item B/value = 3400"]);
        let (dataset, _) = text("f.csv", "framework,stars,forks\nAlpha,1,2\nBeta,3,4\n");
        assert_eq!(rows(&dataset)[3], "Beta/forks = 4");
    }

    #[test]
    fn years_are_dates_where_the_header_or_the_column_says_so() {
        let (dataset, _) =
            text("f.csv", "year,framework,questions\n2011,Keras,0\n2011,Torch,5\n2013,Keras,7\n");
        assert_eq!(rows(&dataset)[2], "2013-01-01 Keras/questions = 7");
        let (dataset, _) = text("f.csv", "edition,Keras,Torch\n2011,1,2\n2012,3,4\n");
        assert_eq!((dataset.facts.step, dataset.subjects.len()), (Some(Step::Year), 2));
    }

    #[test]
    fn a_file_of_one_nameless_series_has_the_files_name() {
        let (dataset, _) = text("data/numpy.csv", "date,downloads\n2022-07-14,1670\n2022-07-15,1671\n");
        assert_eq!(rows(&dataset)[0], "2022-07-14 numpy/downloads = 1670");
    }

    #[test]
    fn the_index_of_pandas_is_no_series() {
        let (dataset, _) = text("f.csv", ",date,keras\n0,2024-01-07,5\n1,2024-01-14,6\n");
        assert_eq!(rows(&dataset), ["2024-01-07 keras/value = 5", "2024-01-14 keras/value = 6"]);
        assert_eq!(dataset.facts.notes, ["Left out `column 1`, which numbers the rows."]);
        let (dataset, _) =
            text("f.csv", ",keras,torch,date\n0,5,6,2024-01-07\n4,6,7,2024-01-14\n9,6,7,2024-01-21\n");
        assert_eq!(dataset.subjects, ["keras", "torch"]);
    }

    #[test]
    fn numbers_name_subjects_where_dates_repeat() {
        let csv = "date,version,downloads\n2020-01,2.7,5\n2020-01,3.8,50\n2020-02,2.7,4\n2020-02,3.8,70\n";
        let (dataset, _) = text("f.csv", csv);
        assert_eq!(
            (dataset.measure_names(), dataset.subjects.as_slice()),
            (vec!["downloads"], &["2.7".into(), "3.8".into()][..])
        );
    }

    #[test]
    fn a_date_that_describes_a_subject_is_none_of_counting() {
        let (dataset, _) =
            text("f.csv", "full_name,created_at,stars\na/b,2015-03-27,64\nc/d,2015-11-09,196\n");
        assert_eq!(rows(&dataset), ["a/b/stars = 64", "c/d/stars = 196"]);
        let note = "Column `created_at` describes each row; it is no date of counting.";
        assert_eq!(dataset.facts.notes, [note]);
    }

    #[test]
    fn metrics_of_one_subject_are_groups() {
        let csv = "date,framework,metric,value\n2020-01,A,stars,5\n2020-01,A,forks,2\n2020-02,A,stars,6\n";
        let (dataset, _) = text("f.csv", csv);
        assert_eq!(rows(&dataset)[1], "2020-01-01 A/value/forks = 2");
    }

    #[test]
    fn remarks_beside_the_numbers_are_no_subjects() {
        let csv = "date,Keras,Torch,comment\n2020-01-01,1,2,\n2020-01-02,1,2,release\n2020-01-03,1,2,\n";
        let (dataset, _) = text("f.csv", csv);
        assert_eq!((dataset.subjects.len(), dataset.observations.len()), (2, 6));
    }

    #[test]
    fn a_markdown_table() {
        let (dataset, _) =
            text("f.md", "| framework | stars |\n|---|--:|\n| keras | 64 |\n| torch | 100 |\n");
        assert_eq!(rows(&dataset), ["keras/stars = 64", "torch/stars = 100"]);
    }

    #[test]
    fn roles_can_be_named() {
        let named = columns(|c| {
            (c.date, c.subject, c.group) =
                (Some("to".into()), Some("LIBRARY".into()), Some("framework".into()));
            c.values = vec!["b".into()];
        });
        let csv = b"from,to,framework,library,a,b\n2020-01,2020-02,F,L,1,2\n2020-02,2020-03,F,L,3,4\n";
        let (dataset, _) = read("f.csv", csv, &named).unwrap();
        assert_eq!(rows(&dataset), ["2020-02-01 L/b/F = 2", "2020-03-01 L/b/F = 4"]);
    }
}

mod faults {
    use super::*;

    #[test]
    fn every_bad_cell_is_told_with_its_place() {
        let message = refused("f.csv", b"date,framework,stars\n2020-01-05,Keras,abc\n2020-13-05,Keras,5\n2020-01-19,Keras,1.2.3\n2020-01-26,,5\n");
        let expected = "\
error[not-a-number]: expected a number, found \"abc\"
 --> f.csv:2:18 (column `stars`)
  |
2 | 2020-01-05,Keras,abc
  |                  ^^^
hint: correct the cell, leave it empty to draw a gap, or leave its row out with `leave_out` (`--leave-out`)

error[not-a-date]: expected a date, found \"2020-13-05\"
 --> f.csv:3:1 (column `date`)
  |
3 | 2020-13-05,Keras,5
  | ^^^^^^^^^^
hint: write dates as 2020-01-31, or leave the row out with `leave_out` (`--leave-out`)

error[not-a-number]: expected a number, found \"1.2.3\"
 --> f.csv:4:18 (column `stars`)
  |
4 | 2020-01-19,Keras,1.2.3
  |                  ^^^^^
hint: correct the cell, leave it empty to draw a gap, or leave its row out with `leave_out` (`--leave-out`)

error[missing-name]: missing a name in this row
 --> f.csv:5:12 (column `framework`)
  |
5 | 2020-01-26,,5
  |            ^
hint: write who is counted, or delete the row
";
        assert_eq!(message, expected);
    }

    #[test]
    fn after_twenty_faults_the_rest_is_counted() {
        let good = "2020-01-05,5\n".repeat(40);
        let bad = "2020-01-05,x\n".repeat(25);
        let report =
            read("f.csv", format!("date,a\n{good}{bad}").as_bytes(), &Columns::default()).unwrap_err();
        assert_eq!(report.diagnostics.len(), 21);
        assert_eq!(
            report.diagnostics[20].to_string(),
            "error[more-faults]: 5 more faults in the same file\n  --> f.csv\n"
        );
    }

    #[test]
    fn an_unknown_column_is_told_with_the_known_ones() {
        let wrong = columns(|c| (c.date, c.subject) = (Some("dat".into()), Some("nothing".into())));
        let report = read("f.csv", b"date,framework,stars\n2020-01-05,Keras,5\n", &wrong).unwrap_err();
        let expected = "\
error[unknown-column]: unknown column \"dat\"
 --> f.csv:1
  |
1 | date,framework,stars
  | ^^^^^^^^^^^^^^^^^^^^
hint: did you mean `date`?
hint: the columns are `date`, `framework`, `stars`

error[unknown-column]: unknown column \"nothing\"
 --> f.csv:1
  |
1 | date,framework,stars
  | ^^^^^^^^^^^^^^^^^^^^
hint: the columns are `date`, `framework`, `stars`
";
        assert_eq!(report.to_string(), expected);
    }

    #[test]
    fn rows_of_wrong_width_are_told() {
        let message = refused("f.csv", b"date,a\n2020-01-05,5\n2020-01-12,12,5\n");
        let expected = "\
error[too-many-cells]: expected 2 cells, found 3
 --> f.csv:3:15
  |
3 | 2020-01-12,12,5
  |               ^
hint: name the further column in the header, or put a cell that holds the delimiter in double quotes
";
        assert_eq!(message, expected);
        let (dataset, report) = text("f.csv", "date,a,b\n2020-01-05,5,6\n2020-01-12,7\n");
        assert_eq!(dataset.observations.len(), 3);
        let warning = "\
warning[short-rows]: 1 row is shorter than the header, which leaves gaps
 --> f.csv:3
  |
3 | 2020-01-12,7
  | ^^^^^^^^^^^^
hint: look whether the file is complete
";
        assert_eq!(report.to_string(), warning);
    }

    #[test]
    fn a_column_called_a_date_must_hold_dates() {
        let expected = "\
error[not-a-date]: expected a date, found \"438311\"
 --> f.csv:2:1 (column `Date`)
  |
2 | 438311,5
  | ^^^^^^
hint: write dates as 2020-01-31, or name the column that holds them with `date` (`--date`)
";
        assert_eq!(refused("f.csv", b"Date,Keras\n438311,5\n438318,6\n"), expected);
        let odd = refused("f.csv", b"year,Keras\n2018,5\n2019,6\n20,7\n");
        assert!(
            odd.starts_with(
                "error[not-a-date]: expected a date, found \"20\"\n --> f.csv:4:1 (column `year`)\n"
            ),
            "{odd}"
        );
    }

    #[test]
    fn a_table_without_values_is_told() {
        let none = "\
error[no-numbers]: expected numbers, found only gaps: `keras` holds nothing
 --> f.csv:1
  |
1 | date,keras
  | ^^^^^^^^^^
hint: look whether the export is complete, or export a longer time
";
        assert_eq!(refused("f.csv", b"date,keras\n2020-01-05,\n2020-01-12,\n"), none);
        let single = "\
error[single-cell]: expected a table, found a single cell
 --> f.csv:1:1
  |
1 | 5
  | ^
hint: add a first line that names the columns, and a row for each date or subject
";
        assert_eq!(refused("f.csv", b"5\n"), single);
        let conflict = "\
error[merge-conflict]: expected a table, found a merge conflict
 --> f.csv:3:1
  |
3 | <<<<<<< HEAD
  | ^^^^^^^
hint: choose one side, and delete the lines that Git has put between them
";
        assert_eq!(refused("f.csv", b"date,a\n2020-01,5\n<<<<<<< HEAD\n2020-02,6\n"), conflict);
        let below = "error[no-rows]: expected rows below the header, found none\n  --> f.csv\n\
            hint: look whether the export is complete\n";
        assert_eq!(refused("f.csv", b"date,keras\n"), below);
    }

    #[test]
    fn doubtful_separators_are_warnings() {
        let warned =
            |csv: &str| text("f.csv", csv).1.diagnostics.into_iter().map(|d| d.message).collect::<Vec<_>>();
        let points = "every point in column `n` could be decimal; they were read as separating thousands";
        assert_eq!(warned("name;n\na;1.234\nb;2.345\n"), [points]);
        let commas = "every comma in column `n` could separate thousands; they were read as decimal";
        assert_eq!(warned("name;n\na;1,234\nb;2,345\n"), [commas]);
        let order = "no date of column `date` tells day and month apart; they were read with the month before the day";
        assert_eq!(warned("date,n\n1/2/2020,5\n3/4/2020,6\n5/6/2021,7\n"), [order]);
    }

    #[test]
    fn one_column_has_one_decimal_separator() {
        let expected = "\
error[not-a-number]: expected a number, found \"4,7 %\"
 --> f.csv:3:3 (column `share`)
  |
3 | b,\"4,7 %\"
  |   ^^^^^^^
hint: use the same decimal sign in the whole column; which one, `decimal` says
";
        assert_eq!(refused("f.csv", b"name,share\na,4.1 %\nb,\"4,7 %\"\n"), expected);
    }

    #[test]
    fn rows_and_cells_of_absurd_size_are_refused() {
        let wide = format!("date,a\n{}\n", ",".repeat(20_000));
        let expected = "\
error[row-too-wide]: expected at most 16384 cells in a row, found more
 --> f.csv:2:1
  |
2 | ,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,…
  | ^
hint: turn the table round, or keep only the columns to draw
";
        assert_eq!(refused("f.csv", wide.as_bytes()), expected);
        assert_eq!(refused("f.csv", wide.replace("date", "\"date\"").as_bytes()), expected);
        let long = format!("date,a\n2020-01-05,{}\n", "5".repeat((1 << 20) + 1));
        let expected = "\
error[cell-too-large]: expected a cell of at most 1 MiB, found 1048577 bytes
 --> f.csv:2:1
  |
2 | 2020-01-05,55555555555555555555555555555555555555555555555555555555555555555555555555555555555555555…
  | ^
hint: look for a quote that is never closed
";
        assert_eq!(refused("f.csv", long.as_bytes()), expected);
        assert_eq!(refused("f.csv", long.replace("date", "\"date\"").as_bytes()), expected);
    }

    #[test]
    fn an_open_quote_is_told() {
        let message = refused("f.csv", b"date,a\n2020-01-05,5\n2020-01-12,\"6\n2020-01-19,7\n");
        let expected = "\
error[unclosed-quote]: missing the closing quote of a quoted cell
 --> f.csv:3:1
  |
3 | 2020-01-12,\"6
  | ^
hint: close the quote, or double it where it belongs to the text
";
        assert_eq!(message, expected);
    }

    #[test]
    fn repeats_and_rows_below_the_table_are_warnings() {
        let csv = "date,a\n2020-01-05,5\n2020-01-05,6\nTotal,11\n\nregion,a\nX,1\n";
        let (dataset, report) = text("f.csv", csv);
        assert_eq!(dataset.observations.len(), 2);
        let expected = "warning[left-out-remarks]: left out 1 row of sums or remarks, first \"Total\"\n  --> f.csv:4\n\
            hint: to say so yourself, name them in `leave_out` (`--leave-out`)\n\n\
            warning[left-out-rest]: left out 2 rows below a blank row, first \"region\"\n  --> f.csv:6\n\
            hint: put a further table into a file of its own\n\n\
            warning[repeated-rows]: 1 observation stands in the file a second time, first \"a\" at 2020-01-05\n  --> f.csv:3\n\
            hint: name the column that tells them apart as `group` (`--group`), or keep one kind of row with `only` (`--only`)\n";
        let mut told: Vec<String> =
            without_lines(&report.to_string()).split("\n\n").map(|d| d.trim().to_owned()).collect();
        let mut wanted: Vec<String> = expected.split("\n\n").map(|d| d.trim().to_owned()).collect();
        told.sort();
        wanted.sort();
        assert_eq!(told, wanted);
    }
}
