//! What is special about the export of each source, one test a format.

use popchart::data::{Columns, Value, read};
use popchart::time::moment::Step;

use crate::read::{columns, fixture, opened, rows};

/// A fixture, what there is to warn of, and the facts' format.
fn warned(name: &str) -> (Vec<String>, Vec<String>, &'static str) {
    let (dataset, report) = fixture(name, &Columns::default());
    let warnings = report.diagnostics.into_iter().map(|d| d.message).collect();
    (rows(&dataset), warnings, dataset.facts.format.name)
}

mod google {
    use super::*;

    #[test]
    fn a_report_of_2016_is_read_up_to_its_other_tables() {
        let (dataset, report) = fixture("trends-report-2016.csv", &Columns::default());
        let expected =
            ["2016-06-12 debt/value = 24", "2016-06-19 debt/value = 27", "2016-06-26 debt/value = missing"];
        assert_eq!(rows(&dataset), expected);
        let facts = dataset.facts;
        assert_eq!(
            (facts.format.name, facts.region.as_deref()),
            ("google-trends-report", Some("United States"))
        );
        assert_eq!(
            (facts.step, facts.last_period.name(), facts.preamble_lines),
            (Some(Step::Week), "yes", 4)
        );
        let warning = "left out 7 rows below a blank row, first \"Top subregions for debt\"";
        assert_eq!(report.diagnostics[0].message, warning);
    }

    #[test]
    fn a_map_of_several_terms_has_shares_by_place() {
        let dataset = opened("geo-map.csv");
        assert_eq!(
            (dataset.facts.format.name, dataset.facts.region.as_deref()),
            ("google-trends-map-shares", None)
        );
        let expected = [
            "alphaflow/value/Slovenia = 70",
            "beta/value/Slovenia = <1",
            "alphaflow/value/Atlantis = missing",
            "beta/value/Atlantis = missing",
            "alphaflow/value/Korea, South = 45",
            "beta/value/Korea, South = 55",
        ];
        assert_eq!(rows(&dataset), expected);
        assert_eq!(dataset.facts.notes[1], "The values are of 1/1/04 - 12/15/17.");
    }

    #[test]
    fn a_map_of_one_term_compares_the_places() {
        let dataset = opened("geo-map-french.csv");
        let expected = ["France/alphaflow = 100", "Belgique/alphaflow = <1", "Suisse/alphaflow = missing"];
        assert_eq!(rows(&dataset), expected);
    }

    #[test]
    fn related_queries_are_bars_of_the_top_table() {
        let (rows, warnings, format) = warned("related-queries.csv");
        let expected =
            ["airpod case/searches related to airpod = 100", "airpod, new/searches related to airpod = 43"];
        assert_eq!(
            (&rows[..2], rows[2].as_str()),
            (&expected.map(String::from)[..], "airpod old/searches related to airpod = <1")
        );
        assert_eq!(warnings, ["left out 4 rows below a blank row, first \"RISING\""]);
        assert_eq!(format, "google-trends-queries");
        let new = b"\"query\",\"search interest\",\"increase percent\"\n\"a\",100,\"Breakout\"\n\"b\",50,\"850%\"\n\"c\",7,\"-9%\"\n";
        let (dataset, _) = read("searched_with_top-queries_US.csv", new, &Columns::default()).unwrap();
        assert_eq!((dataset.subjects.len(), dataset.measure_names()), (3, vec!["search interest"]));
    }

    #[test]
    fn pytrends_flags_the_partial_period_and_names_no_series_by_it() {
        let dataset = opened("pytrends.csv");
        assert_eq!(dataset.subjects, ["alphaflow", "stars"]);
        assert_eq!((dataset.facts.format.name, dataset.facts.last_period.name()), ("pytrends", "yes"));
    }

    #[test]
    fn pytrends_stacks_header_rows_for_several_regions() {
        let dataset = opened("pytrends-regions.csv");
        assert_eq!(dataset.subjects, ["alphaflow, US", "alphaflow, GB"]);
        assert_eq!((dataset.facts.preamble_lines, dataset.facts.last_period.name()), (0, "no"));
    }

    #[test]
    fn gtrends_r_is_long() {
        let dataset = opened("gtrendsr.csv");
        assert_eq!(
            (dataset.subjects.as_slice(), dataset.groups.len()),
            (&["alphaflow".into(), "beta".into()][..], 0)
        );
        assert_eq!(rows(&dataset)[0], "2024-01-07 alphaflow/hits = <1");
        assert_eq!((dataset.facts.format.name, dataset.facts.last_period.name()), ("gtrendsR", "possible"));
    }

    #[test]
    fn a_header_may_have_another_delimiter_than_its_rows() {
        let dataset = opened("split-header.csv");
        assert_eq!(rows(&dataset)[3], "2017-01-02 beta/value = 8");
        let note = "The names of the columns have another delimiter between them than the rows.";
        assert!(dataset.facts.notes.contains(&note.to_owned()), "{:?}", dataset.facts.notes);
        assert_eq!(dataset.facts.header_line, Some(dataset.facts.preamble_lines + 1));
    }

    #[test]
    fn the_answers_of_the_web_page_and_of_a_reseller() {
        let dataset = opened("trends-widget.json");
        let expected = [
            "2018-05-01 trends-widget/value = 45",
            "2018-05-01 column 2/value = missing",
            "2018-06-01 trends-widget/value = <1",
            "2018-06-01 column 2/value = 3",
        ];
        assert_eq!(rows(&dataset), expected);
        assert_eq!(dataset.facts.last_period.name(), "yes");
        let dataset = opened("trends-serp.json");
        assert_eq!(rows(&dataset), ["2004-01-01 alpha/value = <1", "2004-01-01 beta/value = 90"]);
    }
}

mod github {
    use super::*;

    #[test]
    fn star_history_has_javascript_dates() {
        let dataset = opened("star-history.csv");
        let expected = [
            "2024-06-07 org/alpha/Stars = 0",
            "2024-09-01 org/alpha/Stars = 240",
            "2024-06-08 org/beta/Stars = 10",
        ];
        assert_eq!(
            (dataset.facts.format.name, rows(&dataset)),
            ("star-history", expected.map(String::from).to_vec())
        );
    }

    #[test]
    fn dates_of_aligned_star_histories_are_ages() {
        let dataset = opened("star-history-aligned.csv");
        assert_eq!(rows(&dataset), ["1970-01-01 org/alpha/Stars = 0", "1970-03-01 org/alpha/Stars = 240"]);
        let note = "The dates of column `Date` are ages: 1970-01-01 is the day each series begins.";
        assert_eq!(dataset.facts.notes[1], note);
    }

    #[test]
    fn cumulative_stars_are_named_by_the_file() {
        let dataset = opened("alpha-stars.csv");
        assert_eq!(rows(&dataset)[1], "2021-01-15T09:01 alpha-stars/stars_cumulative = 3");
    }

    #[test]
    fn daily_stars_are_totals_unless_named() {
        let dataset = opened("alpha-daily.csv");
        assert_eq!(rows(&dataset)[1], "2021-01-26 alpha-daily/total-stars = 12");
        let (dataset, _) = fixture("alpha-daily.csv", &columns(|c| c.values = vec!["day-stars".into()]));
        assert_eq!(rows(&dataset)[1], "2021-01-26 alpha-daily/day-stars = 7");
    }

    #[test]
    fn a_ranking_is_grouped_by_its_lists() {
        let dataset = opened("github-ranking.csv");
        assert_eq!((dataset.measures.len(), dataset.groups.len(), dataset.facts.first), (3, 2, None));
        assert_eq!(rows(&dataset)[8], "b/beta/issues/top-100-forks = 6");
    }

    #[test]
    fn snapshots_some_moments_apart_stand_at_their_day() {
        let dataset = opened("snapshots.csv");
        assert_eq!(rows(&dataset)[7], "2021-10-01 org/beta/forks = 3");
        assert_eq!((dataset.facts.delimiter, dataset.facts.step), (Some('\t'), Some(Step::Day)));
        let note = "Took the day of each time, as subjects were counted at different times of a day.";
        assert_eq!(dataset.facts.notes, [note]);
    }

    #[test]
    fn a_list_of_moments_is_counted() {
        let dataset = opened("stargazers.csv");
        let expected = [
            "2020-11-02 stargazers/events = 2",
            "2020-11-03 stargazers/events = 0",
            "2020-11-04 stargazers/events = 1",
        ];
        assert_eq!(rows(&dataset), expected);
        assert_eq!((dataset.facts.delimiter, dataset.facts.last_period.name()), (None, "possible"));
    }

    #[test]
    fn pages_of_stargazers_become_a_curve() {
        let dataset = opened("org-alpha.json");
        let expected = [
            "2011-01-16 org-alpha/stars = 1",
            "2011-01-17 org-alpha/stars = 1",
            "2011-01-18 org-alpha/stars = 3",
        ];
        assert_eq!(rows(&dataset), expected);
    }

    #[test]
    fn weekly_star_history_drops_days_to_come() {
        let dataset = opened("gh-star-history.json");
        assert_eq!(dataset.measure_names(), ["stars", "new stars"]);
        assert_eq!(rows(&dataset)[0], "2025-12-28 gh-star-history/stars = 1");
        assert_eq!(
            rows(&dataset)[18..],
            ["2026-01-06 gh-star-history/stars = 14", "2026-01-06 gh-star-history/new stars = 3"]
        );
        let notes = [
            "Dropped 4 days without stars at the end of the newest week, which may be still to come.",
            "Stars are those still held: a star taken back is missing from its day on.",
            "Totals count from the first week in the file.",
        ];
        assert_eq!(dataset.facts.notes, notes);
        let (dataset, _) = fixture("gh-star-history.json", &columns(|c| c.values = vec!["New stars".into()]));
        assert_eq!((dataset.measure_names(), dataset.observations.len()), (vec!["new stars"], 10));
    }

    #[test]
    fn watchers_are_subscribers() {
        let dataset = opened("repositories.json");
        let expected = [
            "org/alpha/stars = 400",
            "org/alpha/forks = 60",
            "org/alpha/watchers = 31",
            "org/alpha/open issues = 5",
            "org/beta/stars = 300",
            "org/beta/forks = 40",
            "org/beta/open issues = 6",
        ];
        assert_eq!(rows(&dataset), expected);
        let note = "Left out `watchers_count`, which repeats the stars; watchers are `subscribers_count` of a single repository.";
        assert_eq!(dataset.facts.notes, [note]);
    }

    #[test]
    fn repositories_and_stars_by_graphql() {
        let counts = "{\"data\":{\"repository\":{\"nameWithOwner\":\"o/a\",\"stargazerCount\":7,\"forkCount\":2,\
            \"watchers\":{\"totalCount\":3}}}}";
        let (dataset, _) = read("f.json", counts.as_bytes(), &Columns::default()).unwrap();
        assert_eq!(rows(&dataset), ["o/a/stars = 7", "o/a/forks = 2", "o/a/watchers = 3"]);
        let edges = "{\"data\":{\"repository\":{\"stargazers\":{\"edges\":[{\"starredAt\":\"2020-01-05T10:00:00Z\"},\
            {\"starredAt\":\"2020-01-06T10:00:00Z\"}]}}}}";
        let (dataset, _) = read("vue.js.json", edges.as_bytes(), &Columns::default()).unwrap();
        assert_eq!(rows(&dataset), ["2020-01-05 vue.js/stars = 1", "2020-01-06 vue.js/stars = 2"]);
    }

    #[test]
    fn repositories_by_search_and_by_line() {
        assert_eq!(rows(&opened("gh-search.json")), ["org/alpha/stars = 7", "org/alpha/forks = 2"]);
        assert_eq!(rows(&opened("gh-view.ndjson"))[3], "beta/forks = 1");
    }
}

mod packages {
    use super::*;

    #[test]
    fn npm_by_day_and_for_several_packages() {
        let dataset = opened("npm-range.json");
        assert_eq!(rows(&dataset)[1], "2023-02-28 alpha/downloads = 1904090");
        let dataset = opened("npm-bulk.json");
        assert_eq!(rows(&dataset), ["alpha/downloads = 31623", "beta/downloads = 5"]);
        let notes = [
            "npm knows no package `nosuch`.",
            "The downloads of alpha are those from 2023-01-01 to 2023-01-31.",
            "The downloads of beta are those from 2023-01-01 to 2023-01-31.",
        ];
        assert_eq!(dataset.facts.notes, notes);
    }

    #[test]
    fn pypi_stats_without_mirrors_and_by_category() {
        let dataset = opened("pypistats.json");
        assert_eq!(rows(&dataset), ["2018-02-08 alpha/downloads = 4", "2018-02-09 alpha/downloads = 5"]);
        assert_eq!(dataset.facts.notes, ["Left out downloads by mirrors."]);
        assert_eq!(rows(&opened("pypistats-python.json"))[1], "2018-02-08 alpha/downloads/null = 4");
        assert_eq!(rows(&opened("pypistats-recent.json"))[0], "alpha/last month = 30");
    }

    #[test]
    fn the_value_may_stand_first() {
        assert_eq!(rows(&opened("clickpy.csv"))[0], "alpha/download_count = 1880218825");
    }

    #[test]
    fn gzip_is_unpacked() {
        let (rows, warnings, _) = warned("tidy.csv.gz");
        assert_eq!((rows[1].as_str(), warnings.len()), ("2020-02-29 Alpha/stars = 11", 0));
        let report = read("f.csv.gz", b"\x1f\x8bnonsense", &Columns::default()).unwrap_err();
        let expected = "error[damaged-archive]: expected a gzip archive, found a damaged one\n  --> f.csv.gz\nhint: download the file again\n";
        assert_eq!(report.to_string(), expected);
    }

    #[test]
    fn zstd_is_unpacked() {
        let (dataset, same) = (opened("tidy.csv.zst"), opened("tidy.csv.gz"));
        assert_eq!(rows(&dataset)[1], "2020-02-29 Alpha/stars = 11");
        assert!(dataset.facts.notes.contains(&"Unpacked 61 bytes with zstd.".to_owned()));
        assert_eq!((&dataset.observations, &dataset.subjects), (&same.observations, &same.subjects));
        let report = read("f.csv.zst", b"\x28\xB5\x2F\xFD\0\x38cut", &Columns::default()).unwrap_err();
        let expected = "error[damaged-archive]: expected a zstd archive, found a damaged one\n  --> f.csv.zst\nhint: download the file again\n";
        assert_eq!(report.to_string(), expected);
    }
}

mod others {
    use super::*;

    #[test]
    fn stack_exchange_leaves_its_value_column_nameless() {
        let dataset = opened("sede.csv");
        let expected =
            ["2008-07-01 alpha/value = 3", "2008-08-01 alpha/value = 514", "2008-08-01 beta/value = 1122"];
        assert_eq!(rows(&dataset), expected);
    }

    #[test]
    fn job_listings_typed_by_hand() {
        let (rows, warnings, _) = warned("job-listings-typed.csv");
        let expected = [
            "Alpha/value/LinkedIn = 6347",
            "Alpha/value/Indeed = 3818",
            "Beta/value/LinkedIn = 4553",
            "Beta/value/Indeed = missing",
        ];
        assert_eq!(rows, expected);
        let expected = [
            "left out 3 rows below a blank row, first \"Total\"",
            "left out column `LinkedIn %`: it holds per cent, other columns hold counts",
        ];
        assert_eq!(warnings, expected);
    }

    #[test]
    fn a_table_of_toolkits_has_measures() {
        let dataset = opened("toolkits.csv");
        assert_eq!(dataset.measure_names(), ["forks", "stars", "growth_rate"]);
        assert_eq!(
            rows(&dataset)[..3],
            ["alpha/forks = 16462", "alpha/stars = 200", "alpha/growth_rate = 0.5"]
        );
    }

    #[test]
    fn hiring_lab_has_two_indices_and_two_kinds_of_postings() {
        let dataset = opened("hiring-lab.csv");
        assert_eq!((dataset.subjects.len(), dataset.measures.len(), dataset.groups.len()), (1, 2, 2));
        assert_eq!(rows(&dataset)[4], "2020-02-02 US/indeed_job_postings_index_SA/total postings = 101.5");
    }

    #[test]
    fn arxiv_corrections_are_no_series() {
        let dataset = opened("arxiv-monthly.csv");
        assert_eq!((dataset.measure_names(), dataset.facts.step), (vec!["submissions"], Some(Step::Month)));
    }

    #[test]
    fn conferences_without_a_header() {
        let (rows, warnings, _) = warned("conferences.csv");
        assert_eq!(rows[5], "2019-06-01 ICML/column 5 = 773");
        let missing = "missing a header; the columns are called `column 1`, `column 2`, `column 3`, `column 4`, `column 5`";
        assert_eq!(warnings, [missing]);
    }

    #[test]
    fn what_is_not_ranked_is_missing() {
        let dataset = opened("tiobe.csv");
        assert_eq!(rows(&dataset)[2], "2001-06-30 Alpha/value = missing");
        let missing = dataset.observations.iter().filter(|o| o.value == Value::Missing).count();
        assert_eq!((missing, dataset.observations.len()), (2, 9));
    }

    #[test]
    fn a_script_counts_months_from_zero() {
        let dataset = opened("pypl.js");
        assert_eq!(rows(&dataset)[3], "2004-07-01 C/C++/value = 0.19");
        assert_eq!((dataset.facts.format.name, dataset.observations[0].line.number), ("pypl", 3));
    }

    #[test]
    fn posts_with_a_date_are_counted() {
        let dataset = opened("posts.csv");
        assert_eq!(rows(&dataset), ["2024-12-31 posts/events = 1", "2025-01-01 posts/events = 1"]);
    }

    #[test]
    fn years_may_stand_beside_each_other() {
        let dataset = opened("ranks-by-year.csv");
        assert_eq!(rows(&dataset)[..2], ["2021-01-01 Alpha/rank = 1", "2016-01-01 Alpha/rank = 5"]);
    }

    #[test]
    fn year_and_month_may_be_two_columns() {
        let (rows, _, _) = warned("year-month.csv");
        assert_eq!(rows[2], "2011-02-01 column 3/value = 13.5");
    }
}

mod json {
    use super::*;

    #[test]
    fn other_json_is_refused() {
        let refused =
            |text: &str| read("f.json", text.as_bytes(), &Columns::default()).unwrap_err().to_string();
        let expected = "error[unknown-json]: expected a list of objects, or an answer that popchart knows, found `a`, `b`\n  --> f.json\n\
            hint: write the numbers as CSV, with a column for the date and one for each subject\n\
            hint: `popchart help formats` lists the answers that it knows\n";
        assert_eq!(refused("{\"a\":1,\"b\":[2]}"), expected);
        let expected = "error[broken-json]: expected JSON, found other text\n --> f.json:2:1\n  |\n2 | }\n  | ^\nhint: download the file again\n";
        assert_eq!(refused("{\"a\":1,\n}"), expected);
        let expected = "error[broken-json]: expected JSON, found other text\n --> f.json:1:8\n  |\n1 | {\"é\":1,}\n  |        ^\nhint: download the file again\n";
        assert_eq!(refused("{\"é\":1,}"), expected);
        let deep = "[".repeat(100_000);
        let expected = "\
error[broken-json]: expected JSON of less than 128 levels, found more
 --> f.json:1:128
  |
1 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
  |                                ^
hint: write the numbers as CSV, with a column for the date and one for each subject
";
        assert_eq!(refused(&deep), expected);
    }

    #[test]
    fn columns_cannot_be_chosen_in_it() {
        let named = columns(|c| c.subject = Some("x".into()));
        let report = read("f.json", b"{\"a\":1}", &named).unwrap_err();
        let expected = "error[columns-in-json]: cannot choose columns in JSON, which has none\n  --> f.json\n\
            hint: name only `values`, the measures to keep\n";
        assert_eq!(report.to_string(), expected);
        let named = columns(|c| c.values = vec!["sales".into()]);
        let npm = b"{\"downloads\":5,\"start\":\"2023-01-01\",\"end\":\"2023-01-31\",\"package\":\"a\"}";
        let report = read("f.json", npm, &named).unwrap_err();
        let expected = "error[unknown-column]: unknown column \"sales\"\n  --> f.json\nhint: the measures are `downloads`\n";
        assert_eq!(report.to_string(), expected);
    }
}
