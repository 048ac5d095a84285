//! From tables to what is drawn: gaps, averages, dates, groups, refusals.

use popchart::figure::{Emphasis, Ink, Marks, Panel, Point, Series};
use popchart::frame::fact::Fact;
use popchart::{claim, frame, kind, tell};
use proptest::prelude::*;

use crate::figures::{figure, load, with_figures};
use crate::read::without_lines;

/// A figure with its marks.
struct Plotted {
    frame: frame::Frame,
    panels: Vec<Panel>,
}

fn plotted(spec: &popchart::spec::FigureSpec, frame: frame::Frame) -> Plotted {
    Plotted { panels: kind::marks(spec, &frame).unwrap(), frame }
}

fn plot(csv: &str, columns: &str, lines: &str) -> Plotted {
    let lines = format!("title = \"T\"\nclaims = [\"A > 0\"]\n{lines}");
    let (spec, frame) = figure(csv, columns, &lines);
    plotted(&spec, frame.map_err(|report| report.to_string()).unwrap())
}

fn refusal(csv: &str, columns: &str, lines: &str) -> String {
    let lines = format!("title = \"T\"\nclaims = [\"A > 0\"]\n{lines}");
    figure(csv, columns, &lines).1.map(|_| ()).unwrap_err().to_string()
}

fn lines(plotted: &Plotted) -> &[Series] {
    match &plotted.panels[0].marks {
        Marks::Lines { series, .. } => series,
        Marks::Bars(_) | Marks::Cells(_) => panic!("expected lines"),
    }
}

/// `2001=1 -=- 2003=3`: gaps without their date, which is nobody's.
fn told(points: &[Point]) -> String {
    let point = |point: &Point| match point.value {
        Some(value) => format!("{}={value}", point.at.date().year()),
        None => "-".into(),
    };
    points.iter().map(point).collect::<Vec<_>>().join(" ")
}

/// `A 5, B 3; A 1, B -`.
fn bars(plotted: &Plotted, panel: usize) -> String {
    let Marks::Bars(groups) = &plotted.panels[panel].marks else { panic!("expected bars") };
    let label = |subject: usize| plotted.frame.look.subjects[subject].label.clone();
    let value = |value: Option<f64>| value.map_or("-".into(), |value| value.to_string());
    let group = |group: &popchart::figure::BarGroup| {
        let bars = group.bars.iter().map(|bar| format!("{} {}", label(bar.subject), value(bar.value)));
        format!("{}{}", group.label, bars.map(|bar| format!(" {bar}")).collect::<String>())
    };
    groups.iter().map(group).collect::<Vec<_>>().join(";").trim().to_owned()
}

const LINE: &str = "chart = \"line\"";
const LONG: &str = "subject = \"who\"\nvalues = [\"n\"]";

#[test]
fn missing_dates_and_values_break_the_line_and_rows_are_sorted() {
    let plotted = plot("year,A\n2003,3\n2001,1\n2002,2\n2006,6\n2007,\n2008,8\n2009,\n", "", LINE);
    assert_eq!(told(&lines(&plotted)[0].points), "2001=1 2002=2 2003=3 - 2006=6 - 2008=8");
}

#[test]
fn a_change_of_method_breaks_the_line_between_neighbours() {
    let event = "events = [{ date = 2002-06-01, label = \"New\", kind = \"method-changed\" }]";
    let plotted = plot("year,A\n2001,1\n2002,2\n2003,3\n", "", &format!("{LINE}\n{event}"));
    assert_eq!(told(&lines(&plotted)[0].points), "2001=1 2002=2 - 2003=3");
    let exactly = event.replace("2002-06-01", "2002");
    let plotted = plot("year,A\n2001,1\n2002,2\n2003,3\n", "", &format!("{LINE}\n{exactly}"));
    assert_eq!(told(&lines(&plotted)[0].points), "2001=1 - 2002=2 2003=3");
}

#[test]
fn what_cannot_be_divided_is_left_out_and_told() {
    let csv = "year,who,n,all\n2001,A,1,2\n2002,A,2,0\n2003,A,3,1e-30\n2004,A,0,0\n2005,A,5,4\n";
    let ratio = "chart = \"line\"\nmeasure = \"n / all\"\nunit = \"index\"";
    let plotted = plot(csv, "subject = \"who\"\nvalues = [\"n\", \"all\"]", ratio);
    assert_eq!(told(&lines(&plotted)[0].points), "2001=0.5 - - - 2005=1.25");
    let told: Vec<String> = plotted.frame.warnings.diagnostics.iter().map(|d| d.message.clone()).collect();
    assert_eq!(
        told,
        ["0", "1e-30", "0"].map(|divisor| format!("cannot divide by {divisor}: the value is left out"))
    );
}

#[test]
fn an_average_stops_short_of_every_end_and_gap() {
    let csv = "year,A\n2001,1\n2002,2\n2003,6\n2004,4\n2007,1\n2008,2\n2010,3\n2011,3\n2012,6\n";
    let plotted = plot(csv, "", &format!("{LINE}\naverage = 3"));
    let series = &lines(&plotted)[0];
    assert_eq!(told(&series.points), "2002=3 2003=4 - 2011=4");
    assert_eq!(told(&series.raw), "2001=1 2002=2 2003=6 2004=4 - 2007=1 2008=2 - 2010=3 2011=3 2012=6");
    assert_eq!(
        refusal("year,A\n2001,1\n2002,2\n", "", &format!("{LINE}\naverage = 3")),
        "\
error[short-average]: figure `test`: A has no 3 values in a row to average
  --> popchart.toml:11:11
   |
11 | average = 3
   |           ^
hint: use a smaller `average`
"
    );
}

#[test]
fn from_and_to_cut_the_line_but_not_the_claims() {
    let lines_of = format!("{LINE}\nfrom = 2002\nto = 2003");
    let plotted = plot("year,A\n2001,1\n2002,2\n2003,3\n2004,4\n", "", &lines_of);
    assert_eq!(told(&lines(&plotted)[0].points), "2002=2 2003=3");
    assert_eq!(plotted.frame.panels[0].rows.len(), 4);
}

#[test]
fn several_values_of_one_date_become_one_only_when_told_how() {
    let csv =
        "year,who,place,n,all\n2001,A,x,1,10\n2001,A,y,3,10\n2002,A,x,2,40\n2002,A,y,,10\n2003,A,x,5,10\n";
    let columns = "subject = \"who\"\ngroup = \"place\"\nvalues = [\"n\", \"all\"]";
    let with = |measure: &str, combine: &str| {
        let lines = format!("{LINE}\nmeasure = \"{measure}\"\ncombine = \"{combine}\"");
        plot(csv, columns, &lines)
    };
    assert_eq!(told(&lines(&with("n", "sum"))[0].points), "2001=4 2002=- 2003=5".replace("2002=-", "-"));
    assert!(lines(&with("n", "sum"))[0].dots.is_empty());
    assert_eq!(told(&lines(&with("n", "mean"))[0].points), "2001=2 2002=2 2003=5");
    let pooled = with("n / all", "pooled");
    assert_eq!(told(&lines(&pooled)[0].points), "2001=20 2002=5 2003=50");
    assert_eq!(told(&lines(&pooled)[0].dots), "2001=10 2001=30 2002=5 2003=50");
    assert_eq!(
        refusal(csv, columns, &format!("{LINE}\nmeasure = \"n\"")),
        "\
error[several-values]: figure `test`: A has 2 values at 2001: `x`, `y`
 --> popchart.toml:8:10
  |
8 | [figures.test]
  |          ^^^^
hint: choose with `groups`, or set `combine` to \"sum\", \"mean\" or \"pooled\"
"
    );
    let one = plot(csv, columns, &format!("{LINE}\nmeasure = \"n\"\ngroups = [\"x\"]"));
    assert_eq!(told(&lines(&one)[0].points), "2001=1 2002=2 2003=5");
}

#[test]
fn two_values_of_one_date_are_an_error_with_both_lines() {
    let csv = "year,who,how,n\n2001,A,x,1\n2002,A,x,2\n2001,A,x,3\n";
    assert_eq!(
        refusal(csv, LONG, LINE),
        "\
error[two-values]: figure `test`: A has two values at 2001, on lines 2 and 4
  --> data.csv:4
hint: remove one, make them one with `aggregate`, or name the column that tells them apart with `group` or `same`
"
    );
}

#[test]
fn what_was_counted_in_different_ways_is_not_drawn_together() {
    let csv = "year,who,how,n\n2001,A,asked,1\n2002,A,counted,2\n";
    let columns = format!("{LONG}\nsame = [\"how\"]");
    assert_eq!(
        refusal(csv, &columns, LINE),
        "\
error[counted-differently]: figure `test`: cannot draw together what was counted in different ways: how: asked (line 2) and how: counted (line 3)
  --> data.csv:3
hint: choose one with `from` and `to`, or with `only` in the dataset
"
    );
    assert_eq!(told(&lines(&plot(csv, &columns, &format!("{LINE}\nfrom = 2002")))[0].points), "2002=2");
    let only = format!("{columns}\nonly = {{ how = \"asked\" }}");
    assert_eq!(told(&lines(&plot(csv, &only, LINE))[0].points), "2001=1");
}

#[test]
fn below_one_counts_as_the_figure_says_and_is_noted() {
    let csv = "Month,A: (World),B: (World)\n2001-01,<1,3\n2001-02,1,3\n2001-03,2,3\n";
    for (rule, drawn, note) in [
        ("", 0.5, "Note: Values below 1 are drawn as 0.5."),
        ("below_one = 0", 0.0, "Note: Values below 1 are drawn as 0."),
    ] {
        let lines_of = format!("title = \"T\"\nclaims = [\"A > 0\"]\nunit = \"index\"\n{LINE}\n{rule}");
        let (spec, frame) = figure(csv, "", &lines_of);
        let drawn_as = plotted(&spec, frame.unwrap());
        assert_eq!(lines(&drawn_as)[0].points[0].value, Some(drawn));
        assert_eq!(claim::words(&spec, &drawn_as.frame).unwrap().note, note);
    }
}

#[test]
fn bars_show_the_latest_date_largest_first_and_missing_last() {
    let csv = "year,who,n\n2001,A,9\n2002,B,5\n2002,A,\n2002,C,7\n";
    let plotted = plot(csv, LONG, "chart = \"bar\"");
    assert_eq!(bars(&plotted, 0), "C 7 B 5 A -");
    let plotted = plot(csv, LONG, "chart = \"bar\"\nat = 2001");
    assert_eq!(bars(&plotted, 0), "A 9");
    assert_eq!(
        refusal(csv, LONG, "chart = \"bar\"\nat = 2003"),
        "\
error[no-data-at-date]: figure `test`: no data at 2003 in data.csv
  --> popchart.toml:12:6
   |
12 | at = 2003
   |      ^^^^
hint: there are data at 2001, 2002
"
    );
}

#[test]
fn groups_keep_their_order_and_subjects_the_figures() {
    let csv = "year,who,place,n\n2001,B,y,5\n2001,A,y,9\n2001,B,x,1\n2001,A,x,2\n2000,A,z,7\n";
    let columns = format!("{LONG}\ngroup = \"place\"");
    let plotted = plot(csv, &columns, "chart = \"grouped-bar\"");
    assert_eq!(bars(&plotted, 0), "y B 5 A 9;x B 1 A 2");
    assert_eq!(
        plotted.frame.warnings.to_string(),
        "\
warning[empty-groups]: figure `test`: no data at 2001 for `z`
  --> data.csv
hint: name the groups to show in `groups`
"
    );
    let plotted = plot(csv, &columns, "chart = \"grouped-bar\"\ngroups = [\"x\", \"y\"]");
    assert_eq!(bars(&plotted, 0), "x B 1 A 2;y B 5 A 9");
    assert!(plotted.frame.warnings.is_empty());
    assert_eq!(bars(&plot(csv, &columns, "chart = \"bar\"\ncombine = \"sum\""), 0), "A 11 B 6");
    assert_eq!(
        refusal(csv, &columns, "chart = \"bar\""),
        "\
error[several-values]: figure `test`: B has 2 values: `y`, `x`
 --> popchart.toml:8:10
  |
8 | [figures.test]
  |          ^^^^
hint: use `chart = \"grouped-bar\"`, choose one with `groups`, or set `combine`
"
    );
}

#[test]
fn what_only_the_data_tell_points_to_the_key_that_asked() {
    let csv = "date,who,n,m\n2001-01,A,5,1\n2001-02,A,6,2\n";
    for (lines, code, marked) in [
        ("chart = \"bar\"\nmeasure = \"n\"\nat = 1999", "no-data-at-date", "1999"),
        ("chart = \"bar\"\nmeasure = \"k\"", "unknown-measure", "\"k\""),
        ("chart = \"bar\"\nmeasure = \"n\"\ngroups = [\"x\"]", "unknown-group", "\"x\""),
        ("chart = \"bar\"\nmeasure = \"n\"\nsubjects = [\"Bee\"]", "unknown-subject", "Bee"),
        ("chart = \"line\"\nmeasure = \"n\"\naverage = 5", "short-average", "5"),
        ("chart = \"line\"\nmeasure = \"n\"\ncombine = \"sum\"\neach = \"day\"", "each-too-short", "\"day\""),
        ("chart = \"line\"\nmeasure = \"n\"\nto = 1999", "nothing-to-draw", "1999"),
        ("chart = \"grouped-bar\"\nmeasure = \"n\"", "missing-groups", "\"grouped-bar\""),
        (
            "chart = \"facets\"\npanels = [\n{ measure = \"n\", title = \"N\" },\n{ measure = \"k\", title = \"K\" },\n]",
            "unknown-measure",
            "\"k\"",
        ),
    ] {
        let lines = format!("title = \"T\"\nclaims = [\"A > 0\"]\n{lines}");
        let report = figure(csv, "subject = \"who\"", &lines).1.map(|_| ()).unwrap_err();
        let [told] = report.diagnostics.as_slice() else { panic!("{report}") };
        let excerpt = told.place.as_ref().and_then(|place| place.excerpt.as_ref()).unwrap();
        assert_eq!((told.code, excerpt.marked.as_str()), (code, marked), "{report}");
        assert_eq!(told.figure.as_deref(), Some("test"));
    }
}

#[test]
fn elements_of_a_list_are_told_on_their_own_line() {
    let csv = "year,who,place,n\n2001,A,x,5\n2002,A,x,5\n";
    let columns = "subject = \"who\"\ngroup = \"place\"";
    let places = |figure: &str| -> Vec<String> {
        let told = without_lines(&refusal(csv, columns, figure));
        told.lines().filter(|line| line.contains("-->")).map(str::to_owned).collect()
    };
    let groups = "chart = \"bar\"\ngroups = [\n\"x\",\n\"y\",\n\"z\",\n]";
    assert_eq!(places(groups), ["  --> popchart.toml:14:1", "  --> popchart.toml:15:1"]);
}

#[test]
fn unknown_measures_and_groups_name_the_known_ones() {
    let csv = "year,who,place,stars,forks\n2001,A,x,5,1\n";
    let columns = "subject = \"who\"\ngroup = \"place\"\nvalues = [\"stars\", \"forks\"]";
    assert_eq!(
        refusal(csv, columns, "chart = \"bar\"\nmeasure = \"star\"\n"),
        "\
error[unknown-measure]: figure `test`: unknown measure \"star\" in data.csv
  --> popchart.toml:13:11
   |
13 | measure = \"star\"
   |           ^^^^^^
hint: did you mean `stars`? it has `stars`, `forks`
"
    );
    assert_eq!(
        refusal(csv, columns, "chart = \"bar\"\n"),
        "\
error[several-measures]: figure `test`: expected one measure in data.csv, found `stars`, `forks`
 --> popchart.toml:8:10
  |
8 | [figures.test]
  |          ^^^^
hint: choose with `measure`
"
    );
    assert_eq!(
        refusal(csv, columns, "chart = \"bar\"\nmeasure = \"stars\"\ngroups = [\"z\"]"),
        "\
error[unknown-group]: figure `test`: unknown group \"z\" in data.csv
  --> popchart.toml:14:11
   |
14 | groups = [\"z\"]
   |           ^^^
hint: did you mean `x`? it has `x`
"
    );
}

#[test]
fn the_same_subject_has_the_same_colour_whoever_else_is_shown() {
    let figure = |subjects: &str| {
        let (manifest, datasets) = load(&with_figures(&format!(
            "[figures.arxiv]\ndataset = \"arxiv\"\nunit = \"percent\"\nchart = \"bar\"\ntitle = \"T\"\n\
             claims = [\"TensorFlow > 1\"]\n{subjects}\n"
        )));
        frame::frame(&manifest.figures[0], &datasets).unwrap().look.subjects
    };
    let all = figure("");
    let ink = |label: &str| all.iter().find(|subject| subject.label == label).unwrap().ink;
    assert!(matches!(ink("PyTorch"), Ink::Fixed { .. }));
    assert!(all.iter().all(|subject| subject.emphasis == Emphasis::Equal));
    for subject in figure("at = \"2017-03\"").iter().filter(|s| s.label == "Torch" || s.label == "Theano") {
        assert_eq!(subject.ink, ink(&subject.label), "{}", subject.label);
    }
    let two = figure("highlight = [\"keras\"]");
    let emphasis = |label: &str| two.iter().find(|subject| subject.label == label).unwrap().emphasis;
    assert_eq!((emphasis("Keras"), emphasis("Torch")), (Emphasis::Highlight, Emphasis::Context));
}

#[test]
fn a_spelling_may_mean_somebody_in_one_dataset_only() {
    let (manifest, datasets) = load(&crate::figures::manifest_text());
    let labels = |key: &str| -> Vec<String> {
        let spec = manifest.figures.iter().find(|spec| spec.key == key).unwrap();
        let plotted = frame::frame(spec, &datasets).unwrap();
        plotted.look.subjects.into_iter().map(|subject| subject.label).collect()
    };
    assert_eq!(labels("pypi-downloads"), ["Keras", "TensorFlow", "PyTorch"]);
    assert!(labels("arxiv-mentions").contains(&"Torch".to_owned()));
}

#[test]
fn a_panel_without_data_is_left_out_and_its_place_is_told() {
    let (manifest, datasets) = load(&crate::figures::manifest_text());
    let spec = manifest.figures.iter().find(|spec| spec.key == "github-activity").unwrap();
    let plotted = plotted(spec, frame::frame(spec, &datasets).unwrap());
    let titles: Vec<&str> = plotted.panels.iter().map(|panel| panel.title.as_str()).collect();
    assert_eq!(titles, ["Stars, July 2026", "Forks, July 2026", "Contributors, June 2025"]);
    assert_eq!(bars(&plotted, 2), "PyTorch 5646 TensorFlow 4870 Keras 1415");
    let why = "none of the sources has them".to_owned();
    assert_eq!(plotted.frame.facts, [Fact::NoData { measure: "watchers".into(), why }]);
}

#[test]
fn a_partial_last_period_is_dropped_kept_or_warned_of() {
    let plot = |rule: &str| {
        let (manifest, datasets) = load(&with_figures(&format!(
            "[figures.trends]\ndataset = \"trends\"\nunit = \"index\"\nchart = \"line\"\ntitle = \"T\"\n\
             claims = [\"TensorFlow > 1\"]\n{rule}\n"
        )));
        let plotted = frame::frame(&manifest.figures[0], &datasets).unwrap();
        (plotted.panels[0].shown.unwrap().to_string(), plotted.warnings.to_string())
    };
    assert_eq!(plot("last_period = \"drop\""), ("2020-01-19".into(), String::new()));
    assert_eq!(plot("last_period = \"keep\""), ("2020-01-26".into(), String::new()));
    assert_eq!(
        plot(""),
        (
            "2020-01-26".into(),
            "\
warning[incomplete-period]: figure `trends`: the last period, 2020-01-26, may have been incomplete
  --> datasets/google-trends.csv
hint: set `last_period = \"drop\"` to leave it out, or \"keep\" if it is complete
"
            .into()
        )
    );
}

#[test]
fn the_table_has_every_value_drawn() {
    let monthly: String = (1..=9).map(|month| format!("2001-{month:02}-05,A,{month}\n")).collect();
    let rows = |extra: &str| {
        let csv = format!("date,who,n\n{monthly}{extra}");
        let (spec, plotted) = figure(&csv, LONG, "chart = \"line\"\ntitle = \"T\"\nclaims = [\"A > 0\"]");
        let plotted = plotted.unwrap();
        tell::table(&spec, &plotted)
    };
    assert_eq!(rows("2001-10-30,A,10\n").last().unwrap(), &["2001-10", "10"]);
    let twice = rows("2001-10-01,A,10\n2001-10-30,A,11\n");
    assert_eq!(twice.len(), 12);
    assert_eq!(twice.last().unwrap(), &["2001-10-30", "11"]);
}

#[test]
fn descriptions_keep_their_length_and_their_numbers() {
    let (manifest, datasets) = load(&crate::figures::manifest_text());
    for spec in &manifest.figures {
        let plotted = frame::frame(spec, &datasets).unwrap();
        let words = claim::words(spec, &plotted).unwrap();
        let told = tell::describe(spec, &plotted, &words);
        assert!((60..=160).contains(&told.alt.chars().count()), "{}", told.alt);
        assert!((60..=600).contains(&told.desc.chars().count()), "{}", told.desc);
        assert!(told.alt.ends_with('.') && told.desc.ends_with('.'), "{}", told.desc);
        let table = tell::table(spec, &plotted);
        let width = table[0].len();
        assert!(table.len() > 1 && table.iter().all(|row| row.len() == width), "{}", spec.key);
    }
    let describe = |key: &str| {
        let spec = manifest.figures.iter().find(|spec| spec.key == key).unwrap();
        let plotted = frame::frame(spec, &datasets).unwrap();
        tell::describe(spec, &plotted, &claim::words(spec, &plotted).unwrap())
    };
    assert_eq!(
        describe("github-stars").alt,
        "Line chart of GitHub stars for Keras, TensorFlow and PyTorch, March 2015 to July 2026, \
         where PyTorch passes Keras in March 2022."
    );
    let pypi = describe("pypi-downloads").desc;
    assert!(pypi.contains(
        "Values are missing between January 2020 and March 2020 and between December 2024 and February 2025. \
         The way of counting changes in July 2025: Source changed."
    ));
    let spec = manifest.figures.iter().find(|spec| spec.key == "conference-papers").unwrap();
    let frame = frame::frame(spec, &datasets).unwrap();
    let papers = tell::table(spec, &frame);
    assert_eq!(papers[0], ["date", "group", "PyTorch", "TensorFlow (with Keras)"]);
    assert!(papers.contains(&["2017", "all", "0.795672", "10.94844"].map(String::from).to_vec()));
    assert!(papers.contains(&["2017-06", "ICML", "0.921659", "12.672811"].map(String::from).to_vec()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the data: a line is sorted, has one point a moment, no gap at an end, no two gaps in a row that
    /// stand for nothing, and only values of the file.
    #[test]
    fn lines_are_what_drawing_relies_on(
        rows in prop::collection::btree_map((1..60i32, 0..3usize), prop::option::of(0..1000i32), 1..80),
        window in prop::sample::select(vec![1usize, 3, 5]),
    ) {
        let mut csv = String::from("date,who,n\n");
        for ((month, who), value) in &rows {
            let (year, month) = (2000 + month / 12, month % 12 + 1);
            let value = value.map(|value| value.to_string()).unwrap_or_default();
            csv.push_str(&format!("{year}-{month:02}-01,{},{value}\n", ["A", "B", "C"][*who]));
        }
        let lines_of = format!("title = \"T\"\nclaims = [\"A > 0\"]\n{LINE}\naverage = {window}");
        let Some(dataset) = popchart::data::read("data.csv", csv.as_bytes(), &popchart::data::Columns::default()).ok()
        else { return Ok(()) };
        if dataset.0.measure_names() != ["n"] {
            return Ok(());
        }
        let (spec, plotted) = figure(&csv, LONG, &lines_of);
        let Ok(plotted) = plotted else { return Ok(()) };
        let marked = Plotted { panels: kind::marks(&spec, &plotted).unwrap(), frame: plotted.clone() };
        for series in lines(&marked) {
            for points in [&series.points, &series.raw].into_iter().filter(|points| !points.is_empty()) {
                prop_assert!(points.windows(2).all(|pair| pair[0].at < pair[1].at));
                prop_assert!(points[0].value.is_some() && points[points.len() - 1].value.is_some());
                prop_assert!(points.iter().all(|point| point.value.is_none_or(|value| (0.0..1000.0).contains(&value))));
            }
            let values = |points: &[Point]| points.iter().filter(|point| point.value.is_some()).count();
            let own = rows.iter().filter(|((_, who), value)| {
                ["A", "B", "C"][*who] == plotted.look.subjects[series.subject].label && value.is_some()
            });
            let drawn = if window == 1 { &series.points } else { &series.raw };
            prop_assert_eq!(values(drawn), own.count());
        }
        let words = claim::words(&spec, &plotted).unwrap();
        let told = tell::describe(&spec, &plotted, &words);
        prop_assert!(told.alt.chars().count() <= 160 && told.desc.chars().count() <= 600);
        prop_assert_eq!(claim::check(&spec, &plotted), claim::check(&spec, &plotted));
    }
}
