//! What a figure says of its data without being told: units, running periods, dates of their own, what was done.

use popchart::figure::{Emphasis, Marks, Unit};
use popchart::{claim, kind};

use crate::figures::figure;
use crate::project::Project;

const LONG: &str = "subject = \"who\"\nvalues = [\"n\"]";
const GROUPED: &str = "subject = \"who\"\ngroup = \"place\"\nvalues = [\"n\"]";

/// A figure's note, its marks as text, and its unit; or why there is none.
fn drawn(csv: &str, columns: &str, lines: &str) -> Result<(String, String, Unit), String> {
    let (spec, frame) = figure(csv, columns, &format!("title = \"T\"\nclaims = [\"A > 0\"]\n{lines}"));
    let frame = frame.map_err(|report| report.to_string())?;
    let words = claim::words(&spec, &frame).map_err(|report| report.to_string())?;
    let label = |subject: usize| frame.look.subjects[subject].label.as_str();
    let panels = kind::marks(&spec, &frame).map_err(|report| report.to_string())?;
    let told = panels.iter().flat_map(|panel| match &panel.marks {
        Marks::Bars(groups) => groups
            .iter()
            .map(|group| {
                let bars = group.bars.iter().map(|bar| format!(" {} {:?}", label(bar.subject), bar.value));
                format!("{}:{}", group.label, bars.collect::<String>())
            })
            .collect::<Vec<_>>(),
        Marks::Cells(_) => Vec::new(),
        Marks::Lines { series, .. } => series
            .iter()
            .map(|series| {
                let hollow = if series.partial { " hollow" } else { "" };
                format!("{} {}{hollow}", label(series.subject), series.points.len())
            })
            .collect(),
    });
    let told = told.collect::<Vec<_>>().join("; ").replace("Some(", "").replace(')', "");
    Ok((words.note.replace('\u{a0}', " "), told, frame.look.unit))
}

fn note(csv: &str, columns: &str, lines: &str) -> String {
    drawn(csv, columns, lines).unwrap().0
}

#[test]
fn the_unit_is_that_of_the_data_unless_the_figure_gives_one() {
    let unit = |csv: &str, lines: &str| drawn(csv, "", &format!("chart = \"line\"\n{lines}")).unwrap().2;
    let whole = "year,A,B\n2001,1,2\n2002,3,4\n";
    assert_eq!(unit(whole, ""), Unit::Count);
    assert_eq!(unit(whole, "unit = \"number\""), Unit::Number);
    assert_eq!(unit("year,A,B\n2001,1.5,2\n2002,3,4\n", ""), Unit::Number);
    assert_eq!(unit("year,A,B\n2001,1%,2%\n2002,3%,4%\n", ""), Unit::Percent);
    let week = |day: u32| format!("2020-01-{:02},{day},9\n", 5 + 7 * day);
    let trends = (0..4).map(week).collect::<String>();
    let trends = format!("Category: All categories\n\nWeek,A: (Worldwide),B: (Worldwide)\n{trends}");
    assert_eq!(unit(&trends, "last_period = \"keep\""), Unit::Index);
}

#[test]
fn who_calls_the_last_period_running_is_believed() {
    let csv = "month,A,B\n2020-01,1,2\n2020-02,3,4\n2020-03,5,6\n";
    let with = |rule: &str| {
        let (note, told, _) = drawn(csv, "", &format!("chart = \"line\"\nlast_period = \"{rule}\"")).unwrap();
        (note, told)
    };
    let said = |note: &str, told: &str| (note.to_owned(), told.to_owned());
    let was = "Note: The last month, March 2020, may have been incomplete and is";
    assert_eq!(with("drop"), said(&format!("{was} left out."), "A 2; B 2"));
    assert_eq!(with("dash"), said(&format!("{was} drawn hollow."), "A 3 hollow; B 3 hollow"));
    assert_eq!(with("tell"), said("", "A 3; B 3"));
    let two = "month,A,B\n2020-01,1,2\n2020-02,3,4\n";
    assert_eq!(
        drawn(two, "", "chart = \"line\"\nlast_period = \"drop\"").unwrap_err(),
        "\
error[too-little-left]: figure `test`: cannot leave out the last period, February 2020: too little would remain
  --> popchart.toml:11:15
   |
11 | last_period = \"drop\"
   |               ^^^^^^
hint: keep it with `last_period = \"tell\"`
"
    );
}

#[test]
fn a_running_period_that_is_kept_is_told() {
    let weeks = "Week,A: (Worldwide),B: (Worldwide)\n2020-01-05,4,5\n2020-01-12,5,6\n2020-01-19,6,7\n";
    let csv = format!("Category: All categories\n\n{weeks}");
    let with = |rule: &str| note(&csv, "", &format!("chart = \"line\"\nlast_period = \"{rule}\""));
    assert_eq!(with("tell"), "Note: The last week, 19 January 2020, may have been incomplete.");
    assert_eq!(with("keep"), "", "the author says that it is complete");
    let bars = note(&csv, "", "chart = \"bar\"\nlast_period = \"dash\"");
    assert_eq!(
        bars, "Note: The last week, 19 January 2020, may have been incomplete.",
        "a bar is never hollow"
    );
}

#[test]
fn a_series_that_ends_before_the_others_has_no_running_period() {
    // The file goes on to 2020-04, of which nothing is known for `n`.
    let csv = "Category: All categories\n\nWeek,A: (Worldwide),B: (Worldwide)\n2020-01-05,4,5\n2020-01-12,5,6\n\
               2020-01-19,6,7\n2020-01-26,,\n";
    assert_eq!(note(csv, "", "chart = \"line\"\nlast_period = \"tell\""), "");
}

#[test]
fn each_subject_is_shown_at_its_own_last_date() {
    let csv = "date,who,n\n2020-05-06,A,7\n2020-06-07,B,30\n2020-05-06,B,20\n";
    let (note, bars, _) = drawn(csv, LONG, "chart = \"bar\"\nat = \"each\"").unwrap();
    assert_eq!(
        (note.as_str(), bars.as_str()),
        ("Note: The values are of different dates, from 6 May 2020 to 7 June 2020.", ": B 30.0 A 7.0")
    );
    let (note, bars, _) =
        drawn(&csv.replace("06-07", "05-06").replace("B,20", "C,20"), LONG, "chart = \"bar\"\nat = \"each\"")
            .unwrap();
    assert_eq!(
        (note.as_str(), bars.as_str()),
        ("", ": B 30.0 C 20.0 A 7.0"),
        "of one date there is nothing to say"
    );
    let faults = drawn(csv, LONG, "chart = \"bar\"\nat = \"each\"\nsubtitle = \"{date}\"").unwrap_err();
    assert!(faults.contains("the figure shows no such date"), "{faults}");
}

#[test]
fn each_group_is_shown_at_its_own_last_date() {
    let csv = "date,who,place,n\n2020-05-01,A,x,1\n2020-06-01,A,x,2\n2020-05-01,B,x,3\n2020-04-01,A,y,4\n2020-04-01,B,y,5\n";
    let (note, bars, _) = drawn(csv, GROUPED, "chart = \"grouped-bar\"\nat = \"each\"").unwrap();
    assert_eq!(note, "Note: Each group is shown at its last date. No value is known for B in x.");
    assert_eq!(bars, "x, June 2020: A 2.0 B None; y, April 2020: A 4.0 B 5.0");
}

#[test]
fn rows_that_stand_twice_count_once_and_are_told() {
    let csv = "year,who,n\n2001,A,1\n2002,A,2\n2002,A,2\n";
    let (note, lines, _) = drawn(csv, LONG, "chart = \"line\"").unwrap();
    assert_eq!(note, "Note: One value stands in the data twice and counts once.");
    assert_eq!(lines, "A 2");
    assert!(drawn(&csv.replace("A,2\n2002,A,2", "A,2\n2002,A,3"), LONG, "chart = \"line\"").is_err());
}

#[test]
fn what_has_no_sum_or_mean_is_not_aggregated() {
    let trends =
        "Category: All categories\n\nWeek,A: (Worldwide),B: (Worldwide)\n2020-01-05,4,5\n2020-01-12,5,6\n";
    let refused = |csv: &str, how: &str| {
        drawn(csv, &format!("aggregate = \"{how}\""), "chart = \"line\"\nlast_period = \"keep\"")
            .map(|drawn| drawn.0)
    };
    assert_eq!(
        refused(trends, "sum").unwrap_err(),
        "\
error[unsuitable-basis]: figure `test`: cannot sum the values of one date of value: a sum of an index is on no scale
 --> popchart.toml:5:13
  |
5 | aggregate = \"sum\"
  |             ^^^^^
hint: take the mean, or draw each group by itself
"
    );
    assert_eq!(
        refused(trends, "mean").unwrap(),
        "Note: Each value is the mean of those of its date and series."
    );
    let ranks = "Programming Language,2021,2016,2011\nA,1,5,6\nB,2,1,1\n";
    assert!(refused(ranks, "mean").unwrap_err().contains("ranks have no mean"));
    assert!(refused(ranks, "last").is_ok());
}

#[test]
fn who_has_no_value_has_no_rank_and_is_told() {
    let csv = "who,n\nA,3\nB,\nC,5\nD,4\nE,\n";
    let (note, bars, _) = drawn(csv, LONG, "chart = \"bar\"\ntop = 2").unwrap();
    assert_eq!(bars, ": C 5.0 D 4.0");
    assert_eq!(
        note,
        "Note: No value is known for B and E. The 2 with the highest values are shown; 1 other is not."
    );
}

#[test]
fn ranks_are_told() {
    let csv = "Programming Language,2021,2016,2011\nA,1,5,6\nB,2,1,1\n";
    assert_eq!(note(csv, "", "chart = \"line\""), "Note: The numbers are ranks: 1 is the highest.");
}

#[test]
fn those_after_the_colored_ones_are_grey() {
    let csv = "year,A,B,C\n2001,1,2,3\n2002,3,4,5\n";
    let emphasis = |lines: &str| -> Vec<(String, Emphasis)> {
        let (_, frame) =
            figure(csv, "", &format!("title = \"T\"\nclaims = [\"A > 0\"]\nchart = \"line\"\n{lines}"));
        frame.unwrap().look.subjects.into_iter().map(|subject| (subject.label, subject.emphasis)).collect()
    };
    let told = |all: [(&str, Emphasis); 3]| all.map(|(name, emphasis)| (name.to_owned(), emphasis)).to_vec();
    let (equal, context) = (Emphasis::Equal, Emphasis::Context);
    assert_eq!(emphasis("colored = 2"), told([("A", equal), ("B", equal), ("C", context)]));
    assert_eq!(emphasis("colored = 1\ntop = 3"), told([("C", equal), ("B", context), ("A", context)]));
}

#[test]
fn keys_that_mean_nothing_are_refused() {
    let refused = |lines: &str| {
        let text = format!(
            "[datasets.d]\npath = \"d.csv\"\nsource = \"S\"\nretrieved = 2020\n[figures.f]\ndataset = \"d\"\ntitle = \"T\"\n\
             claims = [\"A > 0\"]\n{lines}\n"
        );
        popchart::manifest::load("popchart.toml", &text).1.to_string()
    };
    assert_eq!(
        refused("chart = \"bar\"\ncolored = 3"),
        "\
error[unusable-key]: figure `f`: cannot use `colored` in a bar chart
  --> popchart.toml:10:1
   |
10 | colored = 3
   | ^^^^^^^
hint: it chooses its colours itself: use `highlight`
"
    );
    assert_eq!(
        refused("chart = \"line\"\ncolored = 3\nhighlight = [\"A\"]"),
        "\
error[unusable-key]: figure `f`: `colored` stands beside `highlight`
  --> popchart.toml:10:1
   |
10 | colored = 3
   | ^^^^^^^
hint: leave it out: who is not highlighted is grey
"
    );
    assert_eq!(
        refused("chart = \"bar\"\nat = \"each\"\neach = \"month\"\ncombine = \"sum\""),
        "\
error[unusable-key]: figure `f`: `each` stands beside `at = \"each\"`
  --> popchart.toml:11:1
   |
11 | each = \"month\"
   | ^^^^
hint: leave one of them out: periods have their dates in common
"
    );
    assert_eq!(
        refused("chart = \"line\"\nat = \"each\""),
        "\
error[unusable-key]: figure `f`: cannot use `at` in a line chart
  --> popchart.toml:10:1
   |
10 | at = \"each\"
   | ^^
hint: use `from` and `to`
"
    );
}

const PROJECT: &str = "[output]\nformats = [\"svg\"]\nGLYPHS\n[datasets.d]\npath = \"data/d.csv\"\nsource = \"S\"\nretrieved = 2020\n\
    DATASET\n[figures.f]\ndataset = \"d\"\nchart = \"line\"\ntitle = \"{leader}\"\nclaims = [\"日本 > b\"]\n";

#[test]
fn what_has_no_glyph_is_refused_or_drawn_as_an_escape() {
    let project = Project::new();
    let long = "x".repeat(90);
    project.write("data/d.csv", &format!("year,日本,b,{long}\n2001,3,2,1\n2002,5,4,3\n"));
    project.write("popchart.toml", &PROJECT.replace("DATASET", "").replace("GLYPHS", ""));
    let refused = project.run("render");
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("no glyph for `日` (U+65E5)"), "{}", refused.err);
    project.write(
        "popchart.toml",
        &PROJECT.replace("DATASET", "").replace("GLYPHS", "missing_glyphs = \"escape\""),
    );
    let drawn = project.run("render");
    assert_eq!(drawn.code, 0, "{}", drawn.err);
    assert!(
        drawn.err.contains(
            "warning[escaped-characters]: figure `f`: characters without a glyph are drawn as escapes, first in \"日本\"\n\
             hint: give the subject a `label` that can be drawn, in a table `[subjects.NAME]`\n"
        ),
        "{}",
        drawn.err
    );
    let svg = std::fs::read_to_string(project.path("charts/f.svg")).unwrap();
    assert!(svg.contains("日本</title>") && svg.contains(&format!("{}…", "x".repeat(80))), "{svg}");
}

#[test]
fn groups_can_be_subjects_of_their_own() {
    let project = Project::new();
    project
        .write("data/d.csv", "year,who,place,n\n2001,日本,p,3\n2001,日本,q,2\n2001,b,p,1\n2002,日本,p,4\n");
    let text = PROJECT
        .replace("DATASET", "groups_are = \"subjects\"")
        .replace("GLYPHS", "missing_glyphs = \"escape\"");
    project.write("popchart.toml", &text.replace("日本 > b", "p: 日本 > p: b at 2001"));
    let drawn = project.run("render");
    assert_eq!(drawn.code, 0, "{}", drawn.err);
    let svg = std::fs::read_to_string(project.path("charts/f.svg")).unwrap();
    assert!(svg.contains("p: 日本") && svg.contains("p: b"), "{svg}");
}
