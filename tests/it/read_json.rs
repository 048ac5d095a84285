//! JSON: answers that nest what is drawn, lists that no known interface writes, and answers without data.

use popchart::data::{Columns, Dataset, read};

use crate::read::{columns, rows, without_lines};
use crate::read_keys::holds;

fn opened(file: &str, text: &str) -> Dataset {
    let (dataset, report) =
        read(file, text.as_bytes(), &Columns::default()).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(report.to_string(), "", "{file}");
    holds(file, text.as_bytes(), &dataset);
    dataset
}

fn refused(text: &str) -> String {
    read("f.json", text.as_bytes(), &Columns::default()).unwrap_err().to_string()
}

mod github {
    use super::*;

    #[test]
    fn stars_are_found_below_other_keys_and_in_pages_of_one_list() {
        let expected =
            ["2024-01-06 alpha/stars = 1", "2024-01-07 alpha/stars = 1", "2024-01-08 alpha/stars = 2"];
        for text in [
            "{\"checked\":\"2026-04-06\",\"total\":2,\"stargazers\":[{\"starred_at\":\"2024-01-06T03:22:06Z\"},\
                {\"starred_at\":\"2024-01-08T03:22:06Z\"}]}",
            "[[{\"starred_at\":\"2024-01-06T03:22:06Z\"}],[{\"starred_at\":\"2024-01-08T03:22:06Z\"}]]",
            "{\"data\":{\"repository\":{\"stargazers\":{\"edges\":[{\"starredAt\":\"2024-01-06T03:22:06Z\"}]}}}}\n\
                {\"data\":{\"repository\":{\"stargazers\":{\"edges\":[{\"starredAt\":\"2024-01-08T03:22:06Z\"}]}}}}",
        ] {
            let dataset = opened("alpha.json", text);
            assert_eq!(
                (dataset.facts.format.name, rows(&dataset)),
                ("github-stargazers", expected.map(String::from).to_vec())
            );
        }
    }

    #[test]
    fn repositories_are_found_in_any_query() {
        let expected = ["o/a/stars = 7", "o/a/forks = 2", "o/b/stars = 5", "o/b/forks = 1"];
        for text in [
            "{\"data\":{\"search\":{\"nodes\":[{\"nameWithOwner\":\"o/a\",\"stargazerCount\":7,\"forkCount\":2},\
                {\"nameWithOwner\":\"o/b\",\"stargazerCount\":5,\"forkCount\":1}]}}}",
            "{\"data\":{\"search\":{\"edges\":[{\"node\":{\"nameWithOwner\":\"o/a\",\"stargazers\":{\"totalCount\":7},\
                \"forks\":{\"totalCount\":2}}},{\"node\":{\"nameWithOwner\":\"o/b\",\"stargazers\":{\"totalCount\":5},\
                \"forks\":{\"totalCount\":1}}}]}}}",
            "{\"data\":{\"r0\":{\"nameWithOwner\":\"o/a\",\"stargazerCount\":7,\"forkCount\":2},\
                \"r1\":{\"nameWithOwner\":\"o/b\",\"stargazerCount\":5,\"forkCount\":1}}}",
        ] {
            assert_eq!(rows(&opened("f.json", text)), expected);
        }
    }

    #[test]
    fn events_of_the_archive_are_stars_and_forks() {
        let event = |kind: &str, name: &str, at: &str| {
            format!("{{\"type\":\"{kind}\",\"repo\":{{\"name\":\"{name}\"}},\"created_at\":\"{at}\"}}\n")
        };
        let text = event("PushEvent", "o/a", "2024-01-01T00:00:01Z")
            + &event("WatchEvent", "o/a", "2024-01-01T00:00:05Z")
            + &event("WatchEvent", "o/a", "2024-01-01T00:10:05Z")
            + &event("ForkEvent", "o/b", "2024-01-01T00:10:06Z");
        let dataset = opened("2024-01-01-0.json", &text);
        assert_eq!(rows(&dataset), ["2024-01-01 o/a/new stars = 2", "2024-01-01 o/b/new forks = 1"]);
        assert_eq!(dataset.facts.format.name, "gh-archive");
        assert!(dataset.facts.notes.contains(&"Left out 1 event of other kinds: `PushEvent`.".to_owned()));
    }
}

mod packages {
    use super::*;

    #[test]
    fn packages_stand_in_the_order_they_were_asked_for() {
        let day = |name: &str| {
            format!(
                "\"{name}\":{{\"package\":\"{name}\",\"downloads\":[{{\"downloads\":5,\"day\":\"2024-01-01\"}}]}}"
            )
        };
        let dataset = opened("f.json", &format!("{{{},{}}}", day("vue"), day("angular")));
        assert_eq!(dataset.subjects, ["vue", "angular"]);
    }

    #[test]
    fn versions_of_a_package_are_compared() {
        let dataset = opened("f.json", "{\"package\":\"a\",\"downloads\":{\"2.0.0\":8,\"1.9.1\":3}}");
        assert_eq!(rows(&dataset), ["2.0.0/downloads = 8", "1.9.1/downloads = 3"]);
        assert_eq!(dataset.facts.notes, ["The subjects are the versions of a."]);
    }

    #[test]
    fn versions_of_a_day_are_added_up() {
        let pepy = "{\"total_downloads\":90,\"id\":\"alpha\",\"versions\":[\"1\",\"2\"],\
            \"downloads\":{\"2024-01-01\":{\"1\":4,\"2\":10},\"2024-01-02\":{\"2\":33}}}";
        let dataset = opened("f.json", pepy);
        assert_eq!(rows(&dataset), ["2024-01-01 alpha/downloads = 14", "2024-01-02 alpha/downloads = 33"]);
        assert_eq!(
            (dataset.facts.format.name, dataset.facts.notes.as_slice()),
            ("pepy", &["Added up the numbers of each day.".to_owned()][..])
        );
        let crates = "{\"version_downloads\":[{\"version\":2,\"downloads\":10,\"date\":\"2024-01-02\"},\
            {\"version\":2,\"downloads\":7,\"date\":\"2024-01-01\"},{\"version\":1,\"downloads\":1,\"date\":\"2024-01-01\"}],\
            \"meta\":{\"extra_downloads\":[{\"date\":\"2024-01-01\",\"downloads\":100}]}}";
        let dataset = opened("alpha.json", crates);
        assert_eq!(rows(&dataset), ["2024-01-01 alpha/downloads = 108", "2024-01-02 alpha/downloads = 10"]);
        assert_eq!((dataset.facts.format.name, dataset.facts.last_period.name()), ("crates-io", "possible"));
    }

    #[test]
    fn dates_may_be_keys() {
        let text = "{\"daily\":{\"2026-08-28\":14,\"2026-08-29\":0},\"metric\":\"downloads\",\"package\":\"@o/alpha\"}";
        assert_eq!(rows(&opened("f.json", text))[0], "2026-08-28 @o/alpha/downloads = 14");
        let text = "{\"alpha\":{\"2026-08-28\":14},\"beta\":{\"2026-08-28\":15}}";
        assert_eq!(
            rows(&opened("f.json", text)),
            ["2026-08-28 alpha/value = 14", "2026-08-28 beta/value = 15"]
        );
        let text = "{\"views\":{\"2026-08\":14},\"downloads\":{\"2026-08\":15}}";
        assert_eq!(
            rows(&opened("alpha.json", text)),
            ["2026-08-01 alpha/views = 14", "2026-08-01 alpha/downloads = 15"]
        );
    }

    #[test]
    fn models_have_downloads_and_likes() {
        let text =
            "[{\"id\":\"o/m\",\"likes\":21,\"downloads\":180,\"pipeline_tag\":\"x\",\"tags\":[\"y\"]}]";
        let dataset = opened("f.json", text);
        assert_eq!(rows(&dataset), ["o/m/downloads = 180", "o/m/likes = 21"]);
        assert_eq!(dataset.facts.format.name, "hugging-face");
    }

    #[test]
    fn crates_have_totals() {
        let text = "{\"crate\":{\"id\":\"alpha\",\"downloads\":300,\"recent_downloads\":50},\"versions\":[{\"num\":\"1.0\"}]}";
        assert_eq!(rows(&opened("f.json", text)), ["alpha/downloads = 300", "alpha/recent downloads = 50"]);
    }
}

mod lists {
    use super::*;

    #[test]
    fn a_list_of_objects_is_a_table() {
        let expected = ["2024-01-01 alpha/downloads = 5", "2024-01-02 alpha/downloads = 7"];
        for text in [
            "[{\"date\":\"2024-01-01\",\"downloads\":5},{\"date\":\"2024-01-02\",\"downloads\":7}]",
            "{\"date\":\"2024-01-01\",\"downloads\":\"5\"}\n{\"date\":\"2024-01-02\",\"downloads\":\"7\"}\n",
            "{\"meta\":[{\"name\":\"date\"}],\"data\":[{\"date\":\"2024-01-01\",\"downloads\":5},\
                {\"date\":\"2024-01-02\",\"downloads\":7}],\"rows\":2}",
            "{\"date\":{\"0\":\"2024-01-01\",\"1\":\"2024-01-02\"},\"downloads\":{\"0\":5,\"1\":7}}",
            "{\"columns\":[\"date\",\"downloads\"],\"index\":[0,1],\"data\":[[\"2024-01-01\",5],[\"2024-01-02\",7]]}",
            "{\"took\":3,\"result\":{\"rows\":[{\"date\":\"2024-01-01\",\"downloads\":5},\
                {\"date\":\"2024-01-02\",\"downloads\":7}]}}",
        ] {
            let dataset = opened("alpha.json", text);
            assert_eq!(rows(&dataset), expected, "{text}");
            let facts = dataset.facts;
            assert_eq!((facts.format.name, facts.delimiter, facts.header_line), ("json", None, None));
            let lines: Vec<u32> = dataset.observations.iter().map(|o| o.line.number).collect();
            assert_eq!(lines, if text.contains('\n') { [1, 2] } else { [1, 1] }, "{text}");
        }
    }

    #[test]
    fn rows_may_be_lists_and_the_first_their_header() {
        let (dataset, report) =
            read("alpha.json", b"[[\"2026-02-19\", 1], [\"2026-03-10\", 2]]", &Columns::default()).unwrap();
        assert_eq!(rows(&dataset), ["2026-02-19 alpha/value = 1", "2026-03-10 alpha/value = 2"]);
        let warning = "warning[missing-header]: missing a header; the columns are called `column 1`, `column 2`\n  --> alpha.json\n\
            hint: name the columns in the first list, or make each row an object\n";
        assert_eq!(report.to_string(), warning);
        let text = "[[\"Month\",\"Alpha\",\"Beta\"],[\"2020-01\",5,6],[\"2020-02\",7,8]]";
        assert_eq!(rows(&opened("f.json", text))[3], "2020-02-01 Beta/value = 8");
    }

    #[test]
    fn lists_may_stand_under_the_names_of_their_subjects() {
        let expected = ["2026-01-28 o/a/value = 1", "2026-01-31 o/a/value = 4", "2026-01-31 o/b/value = 9"];
        for text in [
            "{\"o/a\":[[\"2026-01-28\",1],[\"2026-01-31\",4]],\"o/b\":[[\"2026-01-31\",9]]}",
            "{\"o/a\":{\"points\":[[\"2026-01-28\",1],[\"2026-01-31\",4]],\"updated\":\"2026-09-12\"},\
                \"o/b\":{\"points\":[[\"2026-01-31\",9]],\"updated\":\"2026-09-12\"}}",
        ] {
            assert_eq!(rows(&opened("f.json", text)), expected);
        }
        let text = "{\"count\":2,\"entries\":{\"o/a\":[{\"d\":\"2026-01-28\",\"s\":1},{\"d\":\"2026-01-31\",\"s\":4}],\
            \"o/b\":[{\"d\":\"2026-01-31\",\"s\":9}]}}";
        assert_eq!(rows(&opened("f.json", text)), expected.map(|row| row.replace("value", "s")));
    }

    #[test]
    fn texts_and_gaps_keep_their_signs() {
        let text = "[{\"project\":\"a, \\\"b\\\"\\nc\",\"count\":null,\"tags\":[1]},{\"project\":\"d;e\",\"count\":4}]";
        assert_eq!(rows(&opened("f.json", text)), ["a, \"b\"\nc/count = missing", "d;e/count = 4"]);
    }

    #[test]
    fn the_answer_may_name_the_subject_of_its_rows() {
        let text = "{\"package\":\"beta\",\"days\":[{\"day\":\"2024-01-01\",\"n\":5},{\"day\":\"2024-01-02\",\"n\":7}]}";
        assert_eq!(rows(&opened("f.json", text))[0], "2024-01-01 beta/n = 5");
    }

    #[test]
    fn keys_can_be_chosen_and_faults_say_their_record_or_line() {
        let text = "[{\"on\":\"2024-01-01\",\"who\":\"a\",\"n\":5},{\"on\":\"2024-01-02\",\"who\":\"a\",\"n\":\"many\"},\
            {\"on\":\"2024-01-03\",\"who\":\"a\",\"n\":6}]";
        let expected = "error[not-a-number]: expected a number, found \"many\", in record 2\n  --> f.json (column `n`)\n\
            hint: correct the cell, leave it empty to draw a gap, or leave its row out with `leave_out` (`--leave-out`)\n";
        assert_eq!(refused(text), expected);
        assert_eq!(refused(&format!("{{\"rows\":{text}}}")), expected);
        let lines = text.trim_matches(['[', ']']).replace("},", "}\n\n");
        let expected = expected.replace(", in record 2", "").replace("f.json", "f.json:3");
        assert_eq!(without_lines(&refused(&lines)), expected);
        // A text with a line end is not two records.
        let ended = refused(&text.replacen("\"a\"", "\"a\\n\"", 1));
        assert!(ended.contains("\"many\", in record 2\n  --> f.json (column"), "{ended}");
        let named = columns(|c| c.subject = Some("who".into()));
        let (dataset, _) = read("f.json", text.replace("\"many\"", "8").as_bytes(), &named).unwrap();
        assert_eq!(rows(&dataset)[1], "2024-01-02 a/n = 8");
    }
}

mod refusals {
    use super::*;

    #[test]
    fn answers_without_data_are_quoted() {
        for (text, told) in [
            (
                "{\"message\":\"Not Found\",\"documentation_url\":\"https://x\",\"status\":\"404\"}",
                "Not Found",
            ),
            ("{\"error\":\"package alpha not found\"}", "package alpha not found"),
            ("{\"data\":null,\"errors\":[{\"message\":\"no such query\"}]}", "no such query"),
        ] {
            let expected = format!(
                "error[refused-by-source]: expected data, found the answer \"{told}\"\n  --> f.json\n\
                hint: ask the interface again, and keep the file when it has an answer\n"
            );
            assert_eq!(refused(text), expected);
        }
    }

    #[test]
    fn a_date_or_number_that_is_none_is_never_left_out() {
        let date = |found: &str, record: u32, field: &str| {
            format!(
                "error[unexpected-value]: expected a date, found {found}, in record {record}\n  --> f.json (column `{field}`)\nhint: write dates as 2020-01-31\n"
            )
        };
        let number = |found: &str, field: &str| {
            format!(
                "error[unexpected-value]: expected a number, found {found}\n  --> f.json (column `{field}`)\n\
                hint: correct it, or write `null` for a gap\n"
            )
        };
        let stars = "[{\"starred_at\":\"2020-01-05T10:00:00Z\"},{\"starred_at\":\"yesterday\"},{\"starred_at\":null}]";
        assert_eq!(
            refused(stars),
            date("\"yesterday\"", 2, "starred_at") + "\n" + &date("nothing", 3, "starred_at")
        );
        let npm = |day: &str, count: &str| {
            format!(
                "{{\"package\":\"a\",\"downloads\":[{{\"day\":\"2024-01-01\",\"downloads\":5}},{{\"day\":{day},\"downloads\":{count}}}]}}"
            )
        };
        assert_eq!(refused(&npm("\"soon\"", "6")), date("\"soon\"", 2, "day"));
        assert_eq!(refused(&npm("\"2024-01-02\"", "\"many\"")), number("\"many\", in record 2", "downloads"));
        assert_eq!(
            rows(&opened("f.json", &npm("\"2024-01-02\"", "null")))[1],
            "2024-01-02 a/downloads = missing"
        );
        let pepy = "{\"downloads\":{\"2024-01-01\":{\"1\":\"x\"},\"2024-01-02\":true}}";
        assert_eq!(refused(pepy), number("\"x\"", "1") + "\n" + &number("\"true\"", "2024-01-02"));
    }

    #[test]
    fn a_fault_of_a_file_of_lines_says_its_line() {
        let text = ")]}'\n{\"starred_at\":\"2020-01-05T10:00:00Z\"}\n{\n\"starred_at\":\"soon\"}\n{\"starred_at\":7}\n";
        let told = without_lines(&refused(text));
        let places: Vec<&str> = told.lines().filter(|line| line.contains("-->")).collect();
        assert_eq!(places, ["  --> f.json:3 (column `starred_at`)", "  --> f.json:5 (column `starred_at`)"]);
    }

    #[test]
    fn repositories_without_stars_are_told() {
        for text in [
            "[{\"full_name\":\"o/a\",\"stargazers_count\":5},{\"full_name\":\"o/b\",\"forks_count\":2},{\"full_name\":\"o/c\"}]",
            "{\"data\":{\"r0\":{\"nameWithOwner\":\"o/a\",\"stargazerCount\":5},\"r1\":{\"nameWithOwner\":\"o/b\",\"forkCount\":2},\
             \"r2\":{\"nameWithOwner\":\"o/c\"}}}",
        ] {
            let dataset = opened("f.json", text);
            assert_eq!(rows(&dataset), ["o/a/stars = 5", "o/b/forks = 2"]);
            assert_eq!(dataset.facts.notes, ["The file has no number of stars for `o/b`, `o/c`."]);
        }
        let odd = "[{\"full_name\":\"o/a\",\"stargazers_count\":5},{\"full_name\":\"o/b\",\"stargazers_count\":\"many\"}]";
        let expected = "error[unexpected-value]: expected a number, found \"many\", in record 2\n  --> f.json (column `stargazers_count`)\n\
                        hint: correct it, or write `null` for a gap\n";
        assert_eq!(refused(odd), expected);
    }

    #[test]
    fn stars_without_dates_are_no_curve() {
        let expected = "error[stars-without-dates]: expected stars with their dates, found only who gave them\n  --> f.json\n\
            hint: ask GitHub for them with the header `Accept: application/vnd.github.star+json`\n\
            hint: of a repository that is not yours take its history, `/stargazers/history`\n";
        assert_eq!(
            refused(
                "[{\"login\":\"a\",\"id\":1,\"avatar_url\":\"x\"},{\"login\":\"b\",\"id\":2,\"avatar_url\":\"x\"}]"
            ),
            expected
        );
    }

    #[test]
    fn a_cut_download_and_empty_answers_say_so() {
        let cut = "error[broken-json]: expected JSON, found the end of the file\n  --> f.json:1:15\nhint: download the file again\n";
        assert_eq!(without_lines(&refused("[{\"date\":\"2024-")), cut);
        let empty = "found an empty list\n  --> f.json\nhint: look whether the query has found anything\n";
        assert!(refused("[]").ends_with(empty));
        assert!(refused("{}").contains("found an empty object"));
    }
}
