//! Titles that say more than is tested: a number or a ranking that neither a placeholder nor a claim covers.

use popchart::claim;
use proptest::prelude::*;

use crate::figures::figure;

const JOBS: &str = "portal,who,jobs\nIndeed,Vue,10\nIndeed,React,40\nIndeed,Vue 3,4\nMonster,Vue,10\nMonster,React,40\nMonster,Vue 3,4\n";

/// What is told of a title with some claims, in a chart of jobs on two portals.
fn told(title: &str, claims: &str) -> String {
    let columns = "group = \"portal\"\nsubject = \"who\"\nvalues = [\"jobs\"]";
    let lines = format!("chart = \"grouped-bar\"\ntitle = \"{title}\"\nclaims = [{claims}]");
    let (spec, frame) = figure(JOBS, columns, &lines);
    claim::check(&spec, &frame.unwrap()).to_string()
}

/// The messages alone.
fn messages(title: &str, claims: &str) -> Vec<String> {
    let told = told(title, claims);
    let lines = told.lines().filter_map(|line| line.split_once("figure `test`: "));
    lines.map(|(_, message)| message.to_owned()).collect()
}

#[test]
fn a_number_and_a_ranking_that_nothing_tests_are_warnings() {
    assert_eq!(
        told("Vue beats React everywhere, by 300%", "\"React > Vue in every group\""),
        "\
warning[untested-number]: figure `test`: nothing tests the number \"300%\" in the title
  --> popchart.toml:11:9
   |
11 | title = \"Vue beats React everywhere, by 300%\"
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
hint: take it from the data, as `{value: Vue}` and `{ratio: Vue / React}` do, or claim it

warning[untested-ranking]: figure `test`: nothing tests \"beats\" in the title
  --> popchart.toml:11:9
   |
11 | title = \"Vue beats React everywhere, by 300%\"
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
hint: claim it, `claims = [\"Vue > React\"]`, or name the first with `{leader}`
"
    );
    let several = "React leads Vue twice, by 30 points and 40 %, and Vue 3 trails React";
    assert_eq!(
        messages(several, ""),
        [
            "nothing tests the numbers \"twice\", \"30\" and \"40\" in the title",
            "nothing tests \"leads\" and \"trails\" in the title"
        ]
    );
    let hint = "hint: claim it, `claims = [\"'Vue 3' > React\"]`, or name the first with `{leader}`\n";
    assert!(told("React was overtaken by Vue 3", "").ends_with(hint));
    let hint = "hint: name the first with `{leader}`, or write down who is above whom in `claims`\n";
    assert!(told("Vue has the most jobs", "").ends_with(hint));
    assert!(
        told("Over 12,000 jobs", "")
            .ends_with("hint: take it from the data, as `{value: NAME}` does, or claim it\n")
    );
}

#[test]
fn what_a_claim_or_a_placeholder_covers_is_no_warning() {
    let ahead = "\"React > Vue > Vue 3 in every group\"";
    for (title, claims) in [
        ("React beats Vue everywhere", ahead),
        ("React beats Vue 3 everywhere", ahead),
        ("React leads, Vue 3 trails both", ahead),
        ("Vue is beaten by React", ahead),
        ("React has the most jobs, and Vue 3 the fewest", ahead),
        ("{leader} leads, by far", ahead),
        ("{leader} beats React", ahead),
        ("React has 300% more jobs than Vue", "\"React >= 4 x Vue in every group\""),
        ("React has four times as many jobs as Vue, or 4x", "\"React >= 4 x Vue in every group\""),
        ("React has {ratio: React / Vue in Indeed} as many jobs as Vue", ahead),
        ("React passed 39 jobs", "\"React > 39 in every group\""),
        ("React passed nearly 40 jobs", "\"React > 39 in every group\""),
    ] {
        assert_eq!(messages(title, claims), [""; 0], "{title}");
    }
    let ranking = |word: &str| [format!("nothing tests \"{word}\" in the title")];
    assert_eq!(messages("Vue beats React", ahead), ranking("beats"), "the claim says the reverse");
    assert_eq!(messages("React is beaten by Vue", ahead), ranking("beaten"));
    assert_eq!(
        messages("React beats Vue 3", "\"React > Vue in every group\""),
        ranking("beats"),
        "of another"
    );
    assert_eq!(messages("{leader} leads, and Vue beats React", ahead), ranking("beats"));
    let five = ["nothing tests the number \"5\" in the title"];
    assert_eq!(
        messages("React has 5 times as many jobs as Vue", "\"React >= 4 x Vue in every group\""),
        five
    );
}

#[test]
fn what_may_be_no_value_is_no_warning() {
    for title in [
        "Vue 3 and React in 2024",
        "Jobs for Vue 3.4 and React 19",
        "Jobs of the last 30 days, 2019–2024",
        "Jobs, a 13-week average over 52 weeks",
        "Jobs on 30 June and May 5, since the 2010s",
        "The top 10 of 24 hours, at 12:00, 24/7",
        "Windows 11, Web 2.0 and CSS 1.2.3",
        "3 frameworks on 2 portals, {count} in all",
        "Jobs by portal, index of 100",
        "Most jobs first, fewer later, more or less",
        "Vue among the most used, React at the highest since 2020",
        "Vue's lead developer and React's wins",
        "Sales leads by portal",
        "The LED of React",
        "React over the most recent year",
        "Two lines for half of all first places",
        "Inf, NaN, infinity, ½, ４ and 1e5",
        "Vue, React and 4 others: jobs",
        "Frameworks in 5 charts, with HTTP 404 and RFC 9110",
        "A name with 300 beats of Vue that was cut…: jobs",
        "It's ahead of schedule: all 12 portals",
    ] {
        assert_eq!(messages(title, ""), [""; 0], "{title}");
    }
}

#[test]
fn many_names_are_looked_up_at_once() {
    let rows: String = (0..10_000).map(|n| format!("R {n},{n}\n")).collect();
    let title = format!("R 9999 beats {}by 300%", "R ".repeat(50));
    let lines = format!("chart = \"bar\"\ntop = 10\ntitle = \"{title}\"\nclaims = [\"R 9999 > R 1\"]");
    let (spec, frame) = figure(&format!("who,jobs\n{rows}"), "", &lines);
    let told = claim::check(&spec, &frame.unwrap());
    let messages: Vec<&str> = told.diagnostics.iter().map(|told| told.message.as_str()).collect();
    assert_eq!(messages, ["nothing tests the number \"300%\" in the title"]);
}

proptest! {
    #[test]
    fn any_title_is_looked_through(
        title in "([ -~]|Vue|React|[%×,.;’–\u{0}-\u{1f}]|beats|the most|[0-9]{1,400}|\\PC){0,40}",
    ) {
        let (mut spec, frame) = figure("who,n\nVue,1\nReact,2\n", "", "chart = \"bar\"\ntitle = \"T\"\nclaims = [\"React > 1\"]");
        spec.title.pieces = vec![popchart::spec::template::Piece::Text(title)];
        let report = claim::check(&spec, &frame.unwrap());
        prop_assert!(!report.has_errors() && report.diagnostics.len() <= 2);
    }
}
