//! The rules of pictures: which test or check holds each, and that a picture that breaks one is told of.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use popchart::canvas::{Paint, Role, Scene, Shape, UNITS};
use popchart::figure::Rgb;
use popchart::lint::{self, Drawn, Picture};
use popchart::text::Fonts;
use popchart::theme::Theme;
use popchart::{claim, data, frame, kind, manifest};

use crate::project::Project;
use crate::source::sources;

/// What holds a rule.
enum Held {
    /// `popchart lint`, on every picture.
    Lint,
    /// A test, by its name.
    Test(&'static str),
    /// Neither, and why.
    Nobody(&'static str),
}
use Held::{Lint, Nobody, Test};

/// All rules, in their order.
const HELD: [(&str, Held); 111] = [
    ("A1", Lint),
    ("A2", Test("columns_of_any_data_keep_the_rules")),
    ("A3", Nobody("there are no such kinds")),
    ("A4", Lint),
    ("A5", Nobody("no kind has panels of lines")),
    ("A6", Nobody("no kind is stacked")),
    ("A7", Lint),
    ("A8", Test("the_same_subject_has_the_same_colour_whoever_else_is_shown")),
    ("B1", Test("bars_of_any_data_keep_the_rules")),
    ("B2", Lint),
    ("B3", Test("every_scale_is_total")),
    ("B4", Lint),
    ("B5", Test("lines_of_any_data_keep_the_rules")),
    ("B6", Test("a_tick_is_added_only_past_a_quarter_of_a_step")),
    ("B7", Lint),
    ("B8", Test("ticks_share_decimals_and_unit")),
    ("B9", Test("ticks_share_decimals_and_unit")),
    ("B10", Test("ticks_share_decimals_and_unit")),
    ("B11", Test("panels_that_are_divided_by_different_numbers_say_so")),
    ("B12", Lint),
    ("B13", Lint),
    ("B14", Lint),
    ("B15", Test("mapping_runs_from_end_to_end_and_keeps_ratios")),
    ("B16", Test("ticks_are_anchored")),
    ("B17", Test("short_years_are_full_at_the_start_and_at_a_century")),
    ("B18", Test("short_years_are_full_at_the_start_and_at_a_century")),
    ("B19", Test("committed_pictures_are_what_is_drawn")),
    ("B20", Nobody("a scene has no turned text")),
    ("B21", Lint),
    ("B22", Test("lines_of_any_data_keep_the_rules")),
    ("B23", Test("committed_pictures_are_what_is_drawn")),
    ("B24", Nobody("a scene has no titles of axes")),
    ("B25", Nobody("no scale is logarithmic")),
    ("B26", Nobody("no scale is logarithmic")),
    ("B27", Nobody("no scale is logarithmic")),
    ("B28", Nobody("the height is that of the size")),
    ("C1", Lint),
    ("C2", Test("repair_reaches_the_ratio_and_leaves_good_colours_alone")),
    ("C3", Test("lines_of_any_data_keep_the_rules")),
    ("C4", Lint),
    ("C5", Test("lines_of_any_data_keep_the_rules")),
    ("C6", Test("events_without_room_for_their_text_are_told_of")),
    ("C7", Test("slopes_of_any_data_keep_the_rules")),
    ("C8", Test("bars_of_any_data_keep_the_rules")),
    ("C9", Lint),
    ("C10", Nobody("bars have rows of their own, so that values always have room")),
    ("C11", Test("bars_show_the_latest_date_largest_first_and_missing_last")),
    ("C12", Lint),
    ("C13", Lint),
    ("C14", Test("committed_pictures_are_what_is_drawn")),
    ("C15", Test("bars_of_any_data_keep_the_rules")),
    ("C16", Lint),
    ("C17", Test("committed_pictures_keep_the_rules_in_both_themes")),
    ("C18", Test("committed_pictures_are_what_is_drawn")),
    ("C19", Test("committed_pictures_are_what_is_drawn")),
    ("C20", Nobody("which point a title means is the author's to say")),
    ("D1", Lint),
    ("D2", Test("a_number_and_a_ranking_that_nothing_tests_are_warnings")),
    ("D3", Test("any_title_is_looked_through")),
    ("D4", Lint),
    ("D5", Lint),
    ("D6", Lint),
    ("D7", Lint),
    ("D8", Lint),
    ("D9", Test("committed_pictures_are_what_is_drawn")),
    ("D10", Lint),
    ("D11", Test("digits_have_one_width")),
    ("D12", Lint),
    ("D13", Test("values_keep_what_tells_them_apart")),
    ("D14", Lint),
    ("D15", Lint),
    ("D16", Lint),
    ("D17", Lint),
    ("E1", Lint),
    ("E2", Lint),
    ("E3", Test("lines_of_any_data_keep_the_rules")),
    ("E4", Lint),
    ("E5", Nobody("palettes are not yet told apart in grey")),
    ("E6", Test("committed_pictures_keep_the_rules_in_both_themes")),
    ("E7", Test("of_many_lines_six_are_coloured_and_all_are_named")),
    ("E8", Test("palettes_are_told_apart_by_everybody")),
    ("E9", Lint),
    ("E10", Lint),
    ("F1", Nobody("lines are paths of straight steps")),
    ("F2", Test("a_single_value_is_no_line")),
    ("F3", Test("missing_dates_and_values_break_the_line_and_rows_are_sorted")),
    ("F4", Test("the_last_period_is_kept_dropped_or_dashed")),
    ("F5", Test("years_that_are_not_whole_are_drawn_hollow_where_hardly_any_other_is_left")),
    ("F6", Test("coordinates_touch_where_the_scene_touches")),
    ("F7", Test("columns_keep_their_ends_and_extremes_in_order")),
    ("F8", Lint),
    ("G1", Test("a_partial_last_period_is_dropped_kept_or_warned_of")),
    ("G2", Lint),
    ("G3", Test("exports_that_do_not_compare_are_refused")),
    ("G4", Test("below_one_counts_as_the_figure_says_and_is_noted")),
    ("G5", Test("a_trends_export_says_what_it_is")),
    ("G6", Test("an_average_stops_short_of_every_end_and_gap")),
    ("G7", Nobody("no transformation is an index to a base")),
    ("G8", Test("a_running_total_says_where_it_starts")),
    ("G9", Lint),
    ("G10", Test("panels_of_one_measure_are_told_apart_by_their_titles")),
    ("H1", Test("every_shape_is_written_soundly")),
    ("H2", Nobody("a picture is one image, whose parts nobody hears")),
    ("H3", Test("a_page_has_words_snippets_and_values")),
    ("H4", Test("the_table_has_every_value_drawn")),
    ("H5", Test("every_shape_is_written_soundly")),
    ("H6", Test("every_shape_is_written_soundly")),
    ("H7", Test("every_shape_is_written_soundly")),
    ("H8", Test("surroundings_do_not_reach_the_bytes")),
    ("H9", Nobody("how large a file may be depends on where it goes")),
    ("H10", Test("paper_is_measured_in_millimetres_and_dots")),
];

/// Every test of popchart, by its name.
fn tests() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = files.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let texts = texts.map(|path| fs::read_to_string(path).unwrap());
    let all: Vec<String> = texts.chain(sources().into_iter().map(|(_, text)| text)).collect();
    let lines = all.iter().flat_map(|text| text.lines());
    let named = lines.filter_map(|line| line.trim_start().strip_prefix("fn ")?.split('(').next());
    named.map(str::to_owned).collect()
}

#[test]
fn every_rule_is_held_by_a_check_a_test_or_a_reason() {
    let rules: Vec<&lint::Rule> = lint::ALL.into_iter().flatten().collect();
    let held: Vec<&str> = HELD.iter().map(|(id, _)| *id).collect();
    assert_eq!(rules.iter().map(|rule| rule.id).collect::<Vec<_>>(), held);
    let tests = tests();
    for (rule, (id, held)) in rules.iter().zip(&HELD) {
        assert_eq!(rule.check.is_some(), matches!(held, Lint), "{id}");
        match held {
            Lint => {}
            Test(name) => assert!(tests.contains(*name), "{id}: there is no test {name}"),
            Nobody(why) => assert!(!why.is_empty(), "{id}"),
        }
        assert!(rule.what.starts_with(char::is_lowercase) || rule.what.starts_with("an SVG"), "{id}");
        assert!(!rule.what.ends_with('.'), "{id}");
    }
    let nobody = HELD.iter().filter(|(_, held)| matches!(held, Nobody(_))).count();
    assert!(nobody <= 18, "{nobody} rules are held by nobody");
}

/// The rules that a golden breaks after a change of its scene.
fn broken(figure: &str, change: impl Fn(&mut Scene)) -> Vec<&'static str> {
    let path = "tests/goldens/popchart.toml";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    let (manifest, _) = manifest::load(path, &fs::read_to_string(folder.join("popchart.toml")).unwrap());
    let spec = manifest.figures.iter().find(|spec| spec.key == figure).unwrap();
    let used = &spec.datasets[0];
    let bytes = fs::read(folder.join(&used.files[0].path)).unwrap();
    let read = data::read(&used.files[0].path, &bytes, &used.columns).unwrap().0;
    let frame = frame::frame(spec, &[(used.key.clone(), read)].into()).unwrap();
    let words = claim::words(spec, &frame).unwrap();
    let panels = kind::marks(spec, &frame).unwrap();
    let (fonts, theme) = (Fonts::bundled().unwrap(), Theme::light());
    let mut scene = kind::draw(&frame.look, &words, &panels, &theme, &fonts).unwrap();
    change(&mut scene);
    let of = Drawn {
        spec,
        frame: &frame,
        words: &words,
        panels: &panels,
        look: &frame.look,
        theme: &theme,
        scene: &scene,
        fonts: &fonts,
    };
    let mut broken: Vec<&str> =
        lint::broken(&Picture::new(of)).into_iter().map(|(rule, _)| rule.id).collect();
    broken.dedup();
    broken
}

fn first(scene: &mut Scene, role: Role) -> &mut Shape {
    &mut scene.items.iter_mut().find(|item| item.role == role).unwrap().shape
}

fn text(scene: &mut Scene, role: Role, change: impl Fn(&mut f64, &mut (i32, i32), &mut Paint)) {
    let Shape::Text { run, origin, fill, .. } = first(scene, role) else { unreachable!() };
    change(&mut run.style.size, origin, fill);
}

#[test]
fn what_breaks_a_rule_is_found_in_the_scene() {
    type Case = (&'static str, &'static str, fn(&mut Scene));
    let cases: [Case; 14] = [
        ("sizes-line", "B2", |s| {
            s.items.retain(|item| !matches!(&item.shape, Shape::Text { run, .. } if run.text == "0"))
        }),
        ("sizes-line", "B4", |s| s.items.retain(|item| item.role != Role::Grid)),
        ("sizes-line", "B7", |s| {
            let Shape::Circle { center, .. } = first(s, Role::EndDot) else { unreachable!() };
            center.0 = 720 * UNITS;
        }),
        ("sizes-line", "B12", |s| {
            let Shape::Path { points, .. } = first(s, Role::Grid) else { unreachable!() };
            points[1].1 += 90;
        }),
        ("sizes-line", "C4", |s| text(s, Role::SeriesLabel, |_, origin, _| origin.0 -= 15 * UNITS)),
        ("sizes-line", "D6", |s| text(s, Role::Source, |_, origin, _| origin.0 += UNITS)),
        ("sizes-line", "D7", |s| text(s, Role::Source, |size, _, _| *size = 30.0)),
        ("sizes-line", "D8", |s| text(s, Role::Source, |size, _, _| *size = 10.0)),
        ("sizes-line", "D14", |s| text(s, Role::Source, |_, origin, _| origin.1 += 10 * UNITS)),
        ("sizes-line", "E1", |s| text(s, Role::Source, |_, _, fill| fill.rgb = Rgb(0xAA, 0xAA, 0xAA))),
        ("sizes-line", "E2", |s| {
            let Shape::Path { stroke, .. } = first(s, Role::Series) else { unreachable!() };
            stroke.paint.rgb = Rgb(0xEE, 0xEE, 0xEE);
        }),
        ("sizes-line", "E9", |s| s.items.retain(|item| item.role != Role::Background)),
        ("sizes-line", "F8", |s| {
            let Shape::Path { stroke, .. } = first(s, Role::Series) else { unreachable!() };
            stroke.width += 32;
        }),
        ("negative", "E10", |s| {
            let Shape::Rect { rect, .. } = first(s, Role::Bar) else { unreachable!() };
            rect.bottom += 100 * UNITS;
        }),
    ];
    assert_eq!(broken("sizes-line", |_| ()), [""; 0]);
    for (figure, id, change) in cases {
        let found = broken(figure, change);
        assert!(found.contains(&id), "{id} is not among {found:?}");
    }
}

#[test]
fn lint_tells_rule_figure_place_and_remedy() {
    let project = Project::new();
    let kept = project.run("lint");
    assert_eq!(
        (kept.code, kept.out.as_str()),
        (0, "stars: keeps the rules\njobs: A7 (look)\n"),
        "{}",
        kept.err
    );
    assert!(project.charts().is_empty(), "lint writes nothing");
    project.edit("popchart.toml", "subtitle = \"Stars on GitHub\"\n", "");
    let ran = project.run("lint stars");
    let told = "\
warning[broken-rule]: figure `stars`: D4: nothing says what is measured
  --> popchart.toml:23:10
   |
23 | [figures.stars]
   |          ^^^^^
hint: add a `subtitle` with measure, unit and place
";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, "stars: D4 (must)\n", told));
    let json: serde_json::Value = serde_json::from_str(&project.run("lint stars --format json").out).unwrap();
    let broken = &json["figures"][0]["broken"][0];
    assert_eq!((&json["exit"], &broken["rule"], &broken["level"]), (&1.into(), &"D4".into(), &"must".into()));
    assert_eq!(project.run("lint clouds").code, 2);
}

#[test]
fn what_should_be_counts_where_it_is_asked_for() {
    let project = Project::new();
    project.edit("popchart.toml", "Stars on GitHub", "STARGAZERS on GitHub");
    let (ran, strict) = (project.run("lint stars"), project.run("lint stars --strict"));
    assert_eq!((ran.code, strict.code), (0, 1), "{}", ran.err);
    assert_eq!(strict.out, "stars: D16 (should)\n");
}

#[test]
fn a_figure_that_cannot_be_drawn_is_no_answer() {
    let project = Project::new();
    project.edit("popchart.toml", "Keras > PyTorch", "PyTorch > Keras");
    project.edit("popchart.toml", "path = \"data/stars.csv\"", "path = \"data/none.csv\"");
    let ran = project.run("lint stars");
    assert_eq!((ran.code, ran.out.as_str()), (2, "stars: could not be drawn\n"), "{}", ran.err);
}
