//! Measures know what they are: the basis and unit that a format, or a name with its values, gives away.

use popchart::data::{Basis, Columns, Dataset, Unit, read};

/// Each measure as `name: basis, unit`.
fn told(dataset: &Dataset) -> Vec<String> {
    let unit = |unit: Option<Unit>| unit.map_or("unknown", Unit::name);
    let one = |m: &popchart::data::Measure| format!("{}: {}, {}", m.name, m.basis.name(), unit(m.unit));
    dataset.measures.iter().map(one).collect()
}

fn of_text(text: &str) -> Vec<String> {
    told(&read("f.csv", text.as_bytes(), &Columns::default()).unwrap().0)
}

#[test]
fn formats_know_what_their_measures_are() {
    for (name, expected) in [
        ("trends-classic.csv", &["value: index, index"][..]),
        ("trends-widget.json", &["value: index, index"]),
        ("trends-report-2016.csv", &["value: index, index"]),
        ("geo-map-french.csv", &["alphaflow: index, index"]),
        ("geo-map.csv", &["value: share, percent"]),
        ("related-queries.csv", &["searches related to airpod: index, index"]),
        ("pytrends.csv", &["value: index, index"]),
        ("gtrendsr.csv", &["hits: index, index"]),
        ("star-history.csv", &["Stars: cumulative, count"]),
        ("alpha-daily.csv", &["total-stars: cumulative, count"]),
        ("gh-star-history.json", &["stars: cumulative, count", "new stars: count, count"]),
        (
            "github-ranking.csv",
            &["stars: cumulative, count", "forks: cumulative, count", "issues: count, count"],
        ),
        ("arxiv-monthly.csv", &["submissions: count, count"]),
        ("npm-range.json", &["downloads: count, count"]),
        ("pypistats.json", &["downloads: count, count"]),
        (
            "pypistats-recent.json",
            &["last month: window, count", "last week: window, count", "last day: window, count"],
        ),
        ("clickpy.csv", &["download_count: window, count"]),
        ("pypl.js", &["value: share, number"]),
        ("ranks-by-year.csv", &["rank: rank, number"]),
        (
            "hiring-lab.csv",
            &["indeed_job_postings_index_SA: index, index", "indeed_job_postings_index_NSA: index, index"],
        ),
        ("stargazers.csv", &["events: count, count"]),
        ("posts.csv", &["events: count, count"]),
        // Where no format is known, nothing is taken for sure.
        ("tidy.csv", &["stars: unknown, unknown", "forks: unknown, unknown"]),
    ] {
        let (dataset, _) = crate::read::fixture(name, &Columns::default());
        assert_eq!(told(&dataset), expected, "{name}");
    }
}

#[test]
fn registries_tell_totals_from_days() {
    let crates = r#"{"crates":[{"id":"serde","downloads":900,"recent_downloads":80}]}"#;
    assert_eq!(of_text(crates), ["downloads: cumulative, count", "recent downloads: window, count"]);
    let days = r#"{"version_downloads":[{"version":1,"downloads":3,"date":"2026-01-02"}],"meta":{}}"#;
    assert_eq!(of_text(days), ["downloads: count, count"]);
    let model = r#"[{"id":"a/b","downloads":5,"likes":7}]"#;
    assert_eq!(of_text(model), ["downloads: window, count", "likes: cumulative, count"]);
}

#[test]
fn the_most_downloaded_packages_of_pypi_are_known_as_csv_and_json() {
    let csv = "download_count,project\n5,\"a\"\n3,\"b\"\n";
    let json = r#"{"last_update":"2025-04-01 06:34:58","rows":[{"download_count":5,"project":"a"},{"download_count":3,"project":"b"}]}"#;
    for text in [csv, json] {
        let (dataset, _) = read("f", text.as_bytes(), &Columns::default()).unwrap();
        assert_eq!(
            (dataset.facts.format.name, dataset.facts.format.publisher),
            ("top-pypi-packages", Some("PyPI"))
        );
        assert_eq!(
            (dataset.subjects.as_slice(), told(&dataset)),
            (&["a".into(), "b".into()][..], of_text(csv))
        );
    }
    let other = "download_count,project,month\n5,a,x\n";
    assert_eq!(read("f", other.as_bytes(), &Columns::default()).unwrap().0.facts.format.name, "csv");
}

#[test]
fn searches_now_are_floors() {
    let csv = "Trends,Search volume,Started,Ended\nalpha,200K+,a,b\nbeta,50K+,a,b\n";
    assert_eq!(of_text(csv), ["Search volume: at least, count"]);
}

#[test]
fn a_column_with_a_per_cent_sign_is_a_share_beside_counts() {
    let csv =
        "date,tool,installs,part\n2020-01,a,5,20%\n2020-01,b,20,80%\n2020-02,a,9,30%\n2020-02,b,21,70%\n";
    assert_eq!(of_text(csv), ["installs: unknown, unknown", "part: share, percent"]);
}

#[test]
fn a_total_that_falls_is_not_cumulative() {
    let csv = |last: u32| format!("date,tool,total_stars\n2020-01,a,5\n2020-02,a,8\n2020-03,a,{last}\n");
    assert_eq!(of_text(&csv(9)), ["total_stars: cumulative, count"]);
    assert_eq!(of_text(&csv(7)), ["total_stars: unknown, unknown"]);
}

#[test]
fn ranks_without_a_format_are_told_as_a_choice() {
    let csv = "date,language,rank\n2020-01,a,1\n2020-01,b,2\n2020-02,a,2\n2020-02,b,1\n";
    let columns = Columns { values: vec!["rank".into()], ..Columns::default() };
    let (dataset, _) = read("f.csv", csv.as_bytes(), &columns).unwrap();
    assert_eq!(told(&dataset), ["rank: rank, number"]);
    assert_eq!(dataset.facts.notes, ["The numbers of `rank` are ranks, of which 1 is the highest."]);
}

#[test]
fn what_a_basis_refuses_has_a_reason_and_a_way_out() {
    let refusal = Basis::Index.may_be_summed_over_time().unwrap_err();
    assert_eq!(
        (refusal.reason, refusal.instead),
        ("a sum of an index is on no scale", "take the mean of each period")
    );
    let refusal = Basis::Rank.may_be_averaged().unwrap_err();
    assert_eq!(refusal.reason, "ranks have no mean: the distance of two ranks is no amount");
}
