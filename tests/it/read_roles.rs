//! Which columns of a table are subjects, dates and values where the file says it only between the lines.

use popchart::data::{Columns, Dataset, read};
use popchart::time::moment::Moment;

use crate::read::rows;
use crate::read_keys::holds;

fn opened(file: &str, text: &str) -> Dataset {
    let (dataset, _) =
        read(file, text.as_bytes(), &Columns::default()).unwrap_or_else(|report| panic!("{report}"));
    holds(file, text.as_bytes(), &dataset);
    dataset
}

fn refused(text: &str) -> String {
    read("f.csv", text.as_bytes(), &Columns::default()).unwrap_err().to_string()
}

mod stack_exchange {
    use super::*;

    #[test]
    fn its_quotes_give_it_away() {
        let text = "month,tag,count\n\"2015-02-01 00:00:00\",\"alpha\",\"47\"\n\"2015-02-01 00:00:00\",\"beta\",\"9\"\n\
            \"2015-03-01 00:00:00\",\"alpha\",\"32\"";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let dataset = opened("QueryResults.csv", &text);
            assert_eq!(rows(&dataset)[2], "2015-03-01 alpha/count = 32");
            let facts = dataset.facts;
            assert_eq!((facts.format.name, facts.last_period.name()), ("stack-exchange", "possible"));
            assert_eq!(facts.notes, ["A period without a row counts nothing; the export leaves it out."]);
        }
    }

    #[test]
    fn tables_of_others_are_not_taken_for_it() {
        for text in [
            "\"month\",\"count\"\n\"2015-02-01\",\"47\"\n\"2015-03-01\",\"32\"\n",
            "month,count\n\"2015-02-01\",47\n\"2015-03-01\",32\n",
            "month,count\n2015-02-01,\"1,047\"\n2015-03-01,32\n",
        ] {
            assert_eq!(opened("f.csv", text).facts.format.name, "csv", "{text}");
        }
    }

    #[test]
    fn people_and_posts_are_known_by_their_keys() {
        let users = "UserId,Questions,Answers\n\"22\",\"30\",\"28\"\n\"29\",\"33\",\"20\"\n";
        let dataset = opened("QueryResults.csv", users);
        assert_eq!(rows(&dataset)[..2], ["22/Questions = 30", "22/Answers = 28"]);
        let posts = "Id,Title,Score,ViewCount\n\"4\",\"How\",\"7\",\"70\"\n\"6\",\"Why\",\"3\",\"30\"\n";
        let dataset = opened("QueryResults.csv", posts);
        assert_eq!(rows(&dataset)[..2], ["How/Score = 7", "How/ViewCount = 70"]);
        assert_eq!(dataset.facts.notes, ["Left out `Id`, which numbers the rows."]);
    }

    #[test]
    fn a_key_is_never_drawn() {
        let places = "OwnerUserId,Location\n\"13\",\"Raleigh, NC\"\n\"22\",\"Calgary\"\n";
        assert!(
            refused(places)
                .starts_with("error[no-numbers]: expected at least one column of numbers, found none\n")
        );
    }

    #[test]
    fn months_that_are_counted_back_are_no_series() {
        let text = "questions,months,TagName\n\"3\",\"151\",\"alpha\"\n\"4\",\"150\",\"alpha\"\n\"2\",\"150\",\"beta\"\n";
        let expected = "\
error[not-a-date]: expected a date, found \"151\"
 --> f.csv:2:5 (column `months`)
  |
2 | \"3\",\"151\",\"alpha\"
  |     ^^^^^
hint: write dates as 2020-01-31, or name the column that holds them with `date` (`--date`)
";
        assert_eq!(refused(text), expected);
        let ages = opened("f.csv", "framework,years\nalpha,5\nbeta,7\n");
        assert_eq!(rows(&ages), ["alpha/years = 5", "beta/years = 7"]);
    }
}

#[test]
fn keys_whose_dates_repeat_are_subjects() {
    let text = "version_id,downloads,date\n1,5,2024-01-01\n2,6,2024-01-01\n1,7,2024-01-02\n2,9,2024-01-02\n";
    assert_eq!(rows(&opened("f.csv", text))[2], "2024-01-02 1/downloads = 7");
}

#[test]
fn a_first_column_of_packages_holds_the_subjects() {
    let text = "Packages,Linux,Macos,Total\nalpha,15,1,16\nbeta,345,2,347\n";
    let (dataset, report) = read("f.csv", text.as_bytes(), &Columns::default()).unwrap();
    assert_eq!((rows(&dataset)[0].as_str(), dataset.groups.len()), ("alpha/value/Linux = 15", 2));
    assert_eq!(report.diagnostics[0].message, "left out column `Total`, which is the sum of the others");
}

#[test]
fn versions_are_subjects_though_they_are_called_categories() {
    let text = "date,category,downloads\n2024-01-01,3.10,500\n2024-01-01,3.11,700\n2024-01-02,3.10,510\n2024-01-02,3.11,720\n";
    let dataset = opened("python_minor.csv", text);
    assert_eq!(rows(&dataset)[2], "2024-01-02 3.10/downloads = 510");
    let text = "| category | downloads |\n| -------- | --------: |\n| 3.11     |     1,200 |\n| 3.10     |     2,800 |\n";
    assert_eq!(rows(&opened("f.md", text)), ["3.11/downloads = 1200", "3.10/downloads = 2800"]);
}

#[test]
fn years_and_months_of_an_export_of_queries_may_be_running() {
    let text =
        "Year,Month,TagName,Questions\n\"2020\",\"1\",\"alpha\",\"240\"\n\"2020\",\"2\",\"alpha\",\"245\"";
    let facts = opened("QueryResults.csv", text).facts;
    assert_eq!((facts.first, facts.last_period.name()), (Moment::ymd(2020, 1, 1), "possible"));
    assert_eq!(opened("f.csv", "Tag,Count\n\"a\",\"2\"\n\"b\",\"3\"").facts.last_period.name(), "no");
}

#[test]
fn columns_that_a_query_does_not_name_have_no_name() {
    let text = "month,f0_\n2024-01-01 00:00:00 UTC,12\n2024-02-01 00:00:00 UTC,14\n";
    assert_eq!(rows(&opened("alpha.csv", text))[0], "2024-01-01 alpha/value = 12");
    let text = "month,project,f0_\n2024-01-01,a,12\n2024-02-01,b,14\n";
    assert_eq!(rows(&opened("alpha.csv", text))[1], "2024-02-01 b/value = 14");
    let text = "month,f0_,f1_\n2024-01-01,12,1\n2024-02-01,14,2\n";
    assert_eq!(opened("alpha.csv", text).subjects, ["f0_", "f1_"]);
}

#[test]
fn dates_of_stars_are_counted_as_stars() {
    let dataset = opened("alpha.csv", "starred_at\n2020-11-02T03:10:41Z\n2020-11-02T04:10:41Z\n");
    assert_eq!(rows(&dataset), ["2020-11-02 alpha/new stars = 2"]);
    assert_eq!(dataset.facts.format.name, "github-stargazers");
    let dataset = opened("alpha.csv", "created_at\n2020-11-02T03:10:41Z\n2020-11-02T04:10:41Z\n");
    assert_eq!(rows(&dataset), ["2020-11-02 alpha/events = 2"]);
}

#[test]
fn points_between_thousands_are_known_by_the_numbers_that_lack_them() {
    let text = "date;downloads\n14.07.2022;1.670\n15.07.2022;670\n16.07.2022;1.720\n";
    let dataset = opened("alpha.csv", text);
    assert_eq!(
        rows(&dataset)[..2],
        ["2022-07-14 alpha/downloads = 1670", "2022-07-15 alpha/downloads = 670"]
    );
    let note =
        "Read the points of column `downloads` as separators of thousands, as no number below 1000 has one.";
    assert!(dataset.facts.notes.contains(&note.to_owned()));
    for (other, value) in [(";0.670", 1.67), (";6700", 1.67), (";1.500", 1670.0)] {
        let first = rows(&opened("alpha.csv", &text.replace(";670", other))).swap_remove(0);
        assert_eq!(first, format!("2022-07-14 alpha/downloads = {value}"), "{other}");
    }
}

#[test]
fn a_name_is_a_surer_subject_than_what_describes_it() {
    for name in ["name", "full_name"] {
        let text = format!("{name},language,company,stars\no/a,Python,x,5\no/b,Rust,y,6\no/c,Python,x,7\n");
        assert_eq!(rows(&opened("f.csv", &text)), ["o/a/stars = 5", "o/b/stars = 6", "o/c/stars = 7"]);
    }
}

#[test]
fn repositories_counted_daily_are_no_star_history_of_some_points() {
    let text = "date,repository,stars,daily_change\n2026-01-29,o/a,3,3\n2026-01-30,o/a,20,17\n";
    let dataset = opened("f.csv", text);
    assert_eq!((dataset.facts.format.name, dataset.measures.len()), ("csv", 2));
    let dataset = opened("f.csv", "Repository,Date,Stars\no/a,2026-01-29,3\no/a,2026-01-30,20\n");
    assert_eq!((dataset.facts.format.name, rows(&dataset)[0].as_str()), ("csv", "2026-01-29 o/a/Stars = 3"));
}
