//! Lines as they are drawn: what is marked, trimmed, named, counted and told.

use popchart::canvas::{Item, Role, Scene, Shape, UNITS};
use popchart::claim;
use popchart::figure::Words;
use popchart::frame::Frame;
use popchart::kind;
use popchart::spec::FigureSpec;
use popchart::text::Fonts;
use popchart::theme::{Sizes, Theme};
use proptest::prelude::*;

use crate::figures::figure;
use crate::rules::Picture;

const LINE: &str = "chart = \"line\"\ntitle = \"A\"";

/// A figure of a table, as far as it holds what it claims.
fn framed(csv: &str, lines: &str) -> (FigureSpec, Frame) {
    let (spec, frame) = figure(csv, "", lines);
    let mut frame = frame.unwrap_or_else(|report| panic!("{report}"));
    frame.look.marked = claim::marked(&spec, &frame);
    (spec, frame)
}

/// What is claimed wrongly.
fn faults(csv: &str, lines: &str) -> String {
    let (spec, frame) = framed(csv, lines);
    let report = claim::check(&spec, &frame).to_string();
    report
        .lines()
        .filter(|line| line.starts_with("error") || line.starts_with("hint"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn drawn(csv: &str, lines: &str) -> (Scene, Words) {
    let (spec, frame) = framed(csv, lines);
    let words = claim::words(&spec, &frame).unwrap();
    let panels = kind::marks(&spec, &frame).unwrap();
    let (fonts, theme) = (Fonts::bundled().unwrap(), Theme::light());
    let scene = kind::draw(&frame.look, &words, &panels, &theme, &fonts).unwrap();
    let sizes = Sizes::of(frame.look.width, frame.look.height);
    let picture = Picture { scene: &scene, fonts: &fonts, theme: &theme, sizes };
    let faults = [picture.faults(), picture.halos()].concat();
    assert!(faults.is_empty(), "{csv}\n{}", faults.join("\n"));
    (scene, words)
}

fn texts(scene: &Scene, role: Role) -> Vec<String> {
    let text = |item: &Item| match &item.shape {
        Shape::Text { run, .. } if item.role == role => Some(run.text.replace('\u{a0}', " ")),
        _ => None,
    };
    scene.items.iter().filter_map(text).collect()
}

/// Whose a path is, its places and its width, in px.
type Path = (Option<usize>, Vec<(f64, f64)>, f64);

fn paths(scene: &Scene, role: Role) -> Vec<Path> {
    let px = |(x, y): &(i32, i32)| (f64::from(*x) / f64::from(UNITS), f64::from(*y) / f64::from(UNITS));
    let path = |item: &Item| match &item.shape {
        Shape::Path { points, stroke } if item.role == role => {
            Some((item.subject, points.iter().map(px).collect(), f64::from(stroke.width) / f64::from(UNITS)))
        }
        _ => None,
    };
    scene.items.iter().filter_map(path).collect()
}

fn circles(scene: &Scene, role: Role) -> Vec<(f64, f64)> {
    let circle = |item: &Item| match item.shape {
        Shape::Circle { center: (x, y), .. } if item.role == role => {
            Some((f64::from(x) / f64::from(UNITS), f64::from(y) / f64::from(UNITS)))
        }
        _ => None,
    };
    scene.items.iter().filter_map(circle).collect()
}

fn months(from: i32, count: usize) -> Vec<String> {
    let month = |i: usize| from * 12 + i32::try_from(i).unwrap();
    (0..count).map(|i| format!("{}-{:02}", month(i) / 12, month(i) % 12 + 1)).collect()
}

/// A table of months.
fn table(names: &[&str], rows: &[Vec<f64>]) -> String {
    let mut csv = format!("month,{}\n", names.join(","));
    for (month, row) in months(2020, rows.len()).iter().zip(rows) {
        let row: Vec<String> = row.iter().map(f64::to_string).collect();
        csv += &format!("{month},{}\n", row.join(","));
    }
    csv
}

#[test]
fn few_lines_have_their_last_value_beside_their_name() {
    let rows: Vec<Vec<f64>> = (0..30).map(|i| vec![6_000.0 * f64::from(i) + 576.0, 40_123.0]).collect();
    let (scene, _) = drawn(&table(&["A", "B"], &rows), LINE);
    assert_eq!(texts(&scene, Role::SeriesLabel), ["A", "B"]);
    assert_eq!(texts(&scene, Role::EndValue), ["175,000", "40,100"]);
    let rows: Vec<Vec<f64>> =
        rows.iter().map(|row| (0..5).map(|i| row[0] * f64::from(i)).collect()).collect();
    let (scene, _) = drawn(&table(&["A", "B", "C", "D", "E"], &rows), LINE);
    assert_eq!(texts(&scene, Role::EndValue), [""; 0], "of five only the names");
}

#[test]
fn a_name_moved_by_little_has_no_leader_and_others_a_straight_one() {
    let rows = |ends: [f64; 3]| -> Vec<Vec<f64>> {
        (0..24)
            .map(|i| {
                ends.iter().enumerate().map(|(who, end)| end * f64::from(i) / 23.0 + who as f64).collect()
            })
            .collect()
    };
    let (scene, _) = drawn(&table(&["A", "B", "C"], &rows([88.0, 83.0, 20.0])), LINE);
    assert!(paths(&scene, Role::Leader).is_empty());
    let (scene, _) = drawn(&table(&["A", "B", "C"], &rows([100.0, 98.0, 96.0])), LINE);
    let leaders = paths(&scene, Role::Leader);
    assert!(
        !leaders.is_empty() && leaders.iter().all(|(_, points, width)| points.len() == 2 && *width == 0.75)
    );
}

#[test]
fn names_without_room_are_counted_and_told() {
    let names: Vec<String> = (0..14).map(|i| format!("Name {i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let rows: Vec<Vec<f64>> =
        (0..24).map(|i| (0..14).map(|who| f64::from(i * 40) + f64::from(who) * 1.5).collect()).collect();
    let (scene, _) = drawn(&table(&names, &rows), LINE);
    let labels = texts(&scene, Role::SeriesLabel);
    assert_eq!(
        (labels[0].as_str(), labels[labels.len() - 1].as_str()),
        ("Name 13", "Name 0"),
        "extremes: {labels:?}"
    );
    let counted = labels.iter().find(|label| label.starts_with('+')).unwrap();
    let count: usize = counted.trim_start_matches('+').split(' ').next().unwrap().parse().unwrap();
    assert_eq!(count + labels.len() - 1, 14, "{labels:?}");
    let note = texts(&scene, Role::Note).join(" ");
    assert!(note.starts_with("Note: The lines without a name are Name 1"), "{note}");
}

#[test]
fn a_line_that_ends_early_has_its_name_there() {
    let mut csv = "month,A,B\n".to_owned();
    for (i, month) in months(2010, 96).iter().enumerate() {
        csv += &if i < 50 { format!("{month},{},50\n", 10 + i % 3) } else { format!("{month},,50\n") };
    }
    let (scene, _) = drawn(&csv, LINE);
    assert!(paths(&scene, Role::Leader).is_empty());
    let Some(Item { shape: Shape::Text { origin, .. }, .. }) =
        scene.items.iter().find(|item| item.role == Role::SeriesLabel && item.subject == Some(0))
    else {
        panic!("no name")
    };
    let (_, series, _) = &paths(&scene, Role::Series).into_iter().find(|path| path.0 == Some(0)).unwrap();
    let end = series[series.len() - 1];
    let place = (f64::from(origin.0) / f64::from(UNITS), f64::from(origin.1) / f64::from(UNITS));
    assert!(libm::hypot(place.0 - end.0, place.1 - end.1) < 60.0, "{place:?} {end:?}");
}

#[test]
fn a_line_under_another_is_told() {
    let rows: Vec<Vec<f64>> = (0..24).map(|i| vec![f64::from(i), f64::from(i), 40.0]).collect();
    let (scene, _) = drawn(&table(&["A", "B", "C"], &rows), LINE);
    assert_eq!(texts(&scene, Role::Note), ["Note: The line of A lies under that of B."]);
    assert_eq!(circles(&scene, Role::EndDot).len(), 2, "two ends share a dot");
    let widths: Vec<f64> = paths(&scene, Role::Series).iter().map(|path| path.2).collect();
    assert_eq!(widths, [2.5, 1.5, 2.5], "the upper is the thinner one");
    assert!(paths(&scene, Role::Halo).is_empty());
}

#[test]
fn zeros_before_the_first_value_are_trimmed_said_and_not_claimed() {
    let rows: Vec<Vec<f64>> = (0..24)
        .map(|i| vec![f64::from((i - 7).max(0) * 10), 50.0 + f64::from(i), -f64::from(i % 2)])
        .collect();
    let csv = table(&["Late", "Old", "Low"], &rows);
    let (_, words) = drawn(&csv, LINE);
    assert_eq!(words.note, "Note: Zeros before the first value of Late (September 2020) are not drawn.");
    let (_, frame) = framed(&csv, LINE);
    let of = |who: usize| frame.panels[0].of(None, popchart::frame::roster::Who::at(who)).len();
    assert_eq!((of(0), of(1), of(2)), (16, 24, 24), "what falls below zero has zeros of its own");
    assert_eq!(
        faults(&csv, &format!("{LINE}\nclaims = [\"Old > Late at 2020-03\", \"Old > Late at 2020-09\"]")),
        "error[uncheckable-claim]: figure `test`: claim cannot be checked: Old > Late at 2020-03: no value for Late at 2020-03"
    );
    let (_, words) = drawn("month,A\n2020-01,0\n2020-02,3\n2020-03,5\n", LINE);
    assert_eq!(words.note, "", "one zero is where a line begins");
}

#[test]
fn counts_days_apart_in_a_monthly_series_make_no_spikes() {
    let mut csv = "date,A\n".to_owned();
    for (i, month) in months(2020, 24).iter().enumerate() {
        csv += &format!("{month}-01,{}\n", 100 + i);
    }
    csv = csv
        .replace("2020-09-01,108\n", "2020-08-30,500\n2020-09-01,108\n")
        .replace("2020-08-01,107\n", "2020-08-03,107\n");
    let (scene, words) = drawn(&csv, LINE);
    assert_eq!(words.note, "Note: Of several counts in one month the last is drawn, at its start.");
    let (_, points, _) = &paths(&scene, Role::Series)[0];
    let least = points.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(f64::MAX, f64::min);
    assert!(points.len() == 24 && least > 15.0, "{least}");
}

#[test]
fn values_of_years_stand_at_the_middle_of_their_year_over_its_name() {
    let mut csv = "date,A\n".to_owned();
    months(2015, 84).iter().for_each(|month| csv += &format!("{month},{}\n", month.len()));
    let (scene, _) = drawn(&csv, &format!("{LINE}\neach = \"year\"\ncombine = \"sum\""));
    let years: Vec<String> =
        texts(&scene, Role::TickLabel).into_iter().filter(|text| text.len() == 4).collect();
    assert_eq!(years, ["2015", "2016", "2017", "2018", "2019", "2020", "2021"]);
    let ticks: Vec<f64> = paths(&scene, Role::Tick).iter().map(|path| path.1[0].0).collect();
    let (_, points, _) = &paths(&scene, Role::Series)[0];
    for (pair, point) in ticks.windows(2).zip(&points[1..]) {
        assert!(((pair[0] + pair[1]) / 2.0 - point.0).abs() < 1.0, "{ticks:?} {points:?}");
    }
}

#[test]
fn a_crossing_outside_of_the_claimed_year_is_an_error() {
    let csv = |third: f64| {
        format!("year,A,B\n2016,1,10\n2017,2,10\n2018,{third},10\n2019,15,10\n2020,21,10\n2021,22,10\n")
    };
    let claim = format!("{LINE}\nclaims = [\"A passes B in 2019\"]");
    assert_eq!(faults(&csv(1.0), &claim), "");
    assert_eq!(
        faults(&csv(8.0), &claim),
        "error[false-claim]: figure `test`: claim does not hold: A passes B in 2019: the lines cross nearer to 2018 than to 2019\n\
         hint: claim who is ahead, `A > B at 2019`, and say so in the title"
    );
    let (scene, _) = drawn(&csv(1.0), &claim);
    assert_eq!(texts(&scene, Role::ClaimedLabel), ["2019"]);
}

#[test]
fn a_peak_that_is_claimed_has_a_dot_and_its_value() {
    let rows: Vec<Vec<f64>> = (0..40).map(|i| vec![if i == 20 { 97.0 } else { f64::from(i) }, 5.0]).collect();
    let (scene, _) = drawn(&table(&["A", "B"], &rows), &format!("{LINE}\nclaims = [\"A peaks in 2021\"]"));
    assert_eq!(texts(&scene, Role::ClaimedLabel), ["97"]);
    let (_, points, _) = &paths(&scene, Role::Series)[0];
    let top = points.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    let [dot] = circles(&scene, Role::Claimed)[..] else { panic!("one dot") };
    assert!(libm::hypot(top.0 - dot.0, top.1 - dot.1) < 0.5);
}

#[test]
fn events_that_need_more_than_two_lanes_have_numbers_explained_in_the_note() {
    let rows: Vec<Vec<f64>> = (0..60).map(|i| vec![f64::from(i)]).collect();
    let events: String = (1..=8)
        .map(|i| format!("{{ date = 2022-0{i}-01, label = \"Release {i} of a long name\" }},"))
        .collect();
    let (scene, _) = drawn(&table(&["A"], &rows), &format!("{LINE}\nevents = [{events}]"));
    assert_eq!(texts(&scene, Role::EventLabel), ["1", "2", "3", "4", "5", "6", "7", "8"]);
    let note = texts(&scene, Role::Note).join(" ");
    assert!(
        note.starts_with("Note: Events: 1 Release 1 of a long name (Jan 2022), 2 Release 2 of"),
        "{note}"
    );
}

#[test]
fn the_last_label_says_where_time_ends() {
    let last = |count: usize, from: i32| {
        let mut csv = "month,A\n".to_owned();
        months(from, count).iter().for_each(|month| csv += &format!("{month},1\n"));
        let (scene, _) = drawn(&csv, LINE);
        let ticks = texts(&scene, Role::TickLabel);
        let mut years =
            ticks.iter().filter(|text| !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() == 4);
        years.next_back().unwrap().clone()
    };
    assert_eq!(last(12 * 10 + 7, 2016), "\u{2019}26");
    assert_eq!(last(12 * 10 + 2, 2016), "Feb 2026");
    assert_eq!(last(12 * 30 + 7, 1996), "Jul 2026");
    assert_eq!(last(12 * 5, 2016), "2020");
}

/// Two lines of which the first gets ahead of the second once, for good.
fn crossing() -> impl Strategy<Value = (String, f64)> {
    (8..60_usize, 4..50_usize, 0.01..9.0_f64, 0.01..9.0_f64, 1.0..1e6_f64).prop_map(
        |(count, at, below, above, size)| {
            let at = at.min(count - 4);
            let rows: Vec<Vec<f64>> = (0..count)
                .map(|i| {
                    let lead =
                        if i < at { -below - (at - i) as f64 / 9.0 } else { above + (i - at) as f64 / 7.0 };
                    vec![size * (20.0 + lead), size * 20.0]
                })
                .collect();
            (table(&["A", "B"], &rows), at as f64)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_ring_sits_where_the_lines_cross((csv, at) in crossing()) {
        let month = &months(2020, 60)[at as usize];
        let (scene, _) = drawn(&csv, &format!("{LINE}\nclaims = [\"A passes B in {month}\"]"));
        let [ring] = circles(&scene, Role::Claimed)[..] else { panic!("no ring\n{csv}") };
        let lines = paths(&scene, Role::Series);
        let points = |who: usize| -> Vec<(f64, f64)> {
            let mut all: Vec<(f64, f64)> =
                lines.iter().filter(|path| path.0 == Some(who)).flat_map(|path| path.1.clone()).collect();
            all.dedup();
            all
        };
        let height = |who: usize| {
            let points = points(who);
            let pair = points.windows(2).find(|pair| pair[0].0 <= ring.0 && ring.0 <= pair[1].0).unwrap();
            let share = if pair[1].0 > pair[0].0 { (ring.0 - pair[0].0) / (pair[1].0 - pair[0].0) } else { 0.0 };
            let slope = (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0).max(1e-9);
            ((pair[0].1 + (pair[1].1 - pair[0].1) * share - ring.1) / libm::hypot(1.0, slope)).abs()
        };
        prop_assert!(height(0) < 0.5 && height(1) < 0.5, "{} {} off\n{}", height(0), height(1), csv);
    }
}
