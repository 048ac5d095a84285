//! Which columns of a table are subjects, dates and values where the file says it only between the lines.

use popchart::data::{Columns, Dataset, read};

use crate::read::rows;

fn opened(file: &str, text: &str) -> Dataset {
    read(file, text.as_bytes(), &Columns::default()).unwrap_or_else(|report| panic!("{report}")).0
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
            assert_eq!((facts.format.as_str(), facts.partial_last.as_str()), ("stack-exchange", "possible"));
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
            assert_eq!(opened("f.csv", text).facts.format, "csv", "{text}");
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
        assert!(refused(places).starts_with("error: expected at least one column of numbers, found none\n"));
    }

    #[test]
    fn months_that_are_counted_back_are_no_series() {
        let text = "questions,months,TagName\n\"3\",\"151\",\"alpha\"\n\"4\",\"150\",\"alpha\"\n\"2\",\"150\",\"beta\"\n";
        let expected = "error: expected a date, found \"151\"\n  --> f.csv:2:5 (column `months`)\n\
            hint: write dates as 2020-01-31, or name the column that holds them\n";
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
    let dataset = opened("f.csv", text);
    assert_eq!((rows(&dataset)[0].as_str(), dataset.groups.len()), ("alpha/Linux = 15", 0));
}
