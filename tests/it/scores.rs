//! Scores: weights that sum to 1, measures scaled to 0 to 100, parts that stand side by side; and what is refused.

use popchart::canvas::{Role, Shape, UNITS};
use popchart::figure::*;
use popchart::theme::{Sizes, Theme};
use popchart::{claim, kind, manifest, tell};
use proptest::prelude::*;

use crate::figures::figure;
use crate::pictures::{FONTS, heights, look, noise, words};
use crate::rules::Picture;

prop_compose! {
    fn score_figure()(
        names in prop::collection::vec("[A-Za-zÄéłβЖ.+-]{1,12}( [A-Za-z0-9]{1,12}){0,2}|[a-zW/]{1,40}|[A-Z][a-zé ]{20,58}[a-z]", 1..=40),
        measures in prop::collection::vec("[A-Z][a-z]{1,12}( [a-z]{1,9}){0,3} \\([1-9][0-9]?%\\)|[A-Z]{20,60}", 2..=6),
        seed in any::<u32>(),
        ties in any::<bool>(),
        missing in any::<bool>(),
        highlights in any::<bool>(),
        width in prop_oneof![3 => Just(720_u32), 1 => 360..1600_u32],
        height in heights(),
    ) -> (Look, Vec<Panel>) {
        let mut look = look("score", &names, width, Unit::Index);
        look.height = height;
        if highlights {
            look.subjects[0].emphasis = Emphasis::Highlight;
        }
        let part = 100.0 / measures.len() as f64;
        let value = |group: usize, who: usize| match noise(seed, group * 50 + who) {
            _ if who == 0 || ties => Some(part),
            _ if missing && who.is_multiple_of(5) => None,
            chance if chance < 0.15 => Some(0.0),
            chance => Some(chance * chance * part),
        };
        let groups = measures.iter().enumerate().map(|(group, label)| BarGroup {
            label: label.clone(),
            bars: (0..names.len()).map(|subject| Bar { subject, value: value(group, subject), below: None }).collect(),
        });
        let marks = Marks::Bars(groups.collect());
        (look, vec![Panel { title: String::new(), measure: "score".into(), marks }])
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 200,
        cases: ProptestConfig::default().cases.div_ceil(3),
        ..ProptestConfig::default()
    })]

    #[test]
    fn scores_of_any_values_keep_the_rules((look, panels) in score_figure()) {
        let theme = if look.width.is_multiple_of(2) { Theme::light() } else { Theme::dark() };
        let scene = match kind::draw(&look, &words(), &panels, &theme, &FONTS) {
            Ok(scene) => scene,
            Err(report) => {
                let text = report.to_string();
                prop_assert!(look.height.is_some() && text.contains("px high"), "{text}");
                return Ok(());
            }
        };
        let sizes = Sizes::of(look.width, look.height);
        let faults = Picture { scene: &scene, fonts: &FONTS, theme: &theme, sizes }.faults();
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
        let Marks::Bars(groups) = &panels[0].marks else { unreachable!() };
        let total = |who: usize| groups.iter().map(|group| group.bars[who].value).sum::<Option<f64>>();
        let length = |who: usize| {
            let ends = scene.items.iter().filter(|item| item.role == Role::Part && item.subject == Some(who));
            let ends: Vec<(i32, i32)> = ends.filter_map(|item| match item.shape {
                Shape::Rect { rect, .. } => Some((rect.left, rect.right)),
                _ => None,
            }).collect();
            let apart = ends.windows(2).all(|pair| pair[0].1 < pair[1].0);
            (apart, f64::from(ends.last().map_or(0, |end| end.1) - ends.first().map_or(0, |end| end.0)))
        };
        let (most, longest) = (total(0).unwrap(), length(0).1);
        for who in 0..look.subjects.len() {
            let (apart, length) = length(who);
            prop_assert!(apart, "parts are told apart");
            // The first part may be too small to be drawn, and a seam is a hair.
            let wanted = longest * total(who).unwrap_or(0.0) / most;
            let off = f64::from(UNITS) * (2.0 + sizes.hair);
            prop_assert!((length - wanted).abs() <= off, "{who} is {length} long, not {wanted}");
        }
    }
}

const CSV: &str = "project,stars,bugs\nAda,100,10\nFern,50,5\nKite,25,\n";

fn lines(panels: &str) -> String {
    format!("chart = \"score\"\ntitle = \"T\"\nclaims = [\"Ada > Fern\"]\npanels = [{panels}]")
}

const HALVES: &str = "{ measure = \"stars\", title = \"Stars\", weight = 0.5 }, \
     { measure = \"bugs\", title = \"Bugs\", weight = 0.5, better = \"lower\" }";

#[test]
fn measures_are_scaled_weighed_and_added_up() {
    let (spec, plotted) = figure(CSV, "", &lines(HALVES));
    let plotted = plotted.unwrap();
    assert_eq!(
        tell::table(&spec, &plotted),
        [
            ["subject", "score", "Stars (50%)", "Bugs (50%)"],
            ["Ada", "75", "50", "25"],
            ["Fern", "75", "25", "50"],
            ["Kite", "", "12.5", ""],
        ]
    );
    let words = claim::words(&spec, &plotted).unwrap();
    assert_eq!(
        words.note,
        "Note: A score adds up measures by their weights, each scaled so that its highest value is 100: Stars (50%); \
         Bugs (50%, its lowest value 100). Who lacks one of the values has no score. No value is known for Kite in Bugs."
    );
    let told = tell::describe(&spec, &plotted, &words);
    assert_eq!(
        told.alt,
        "Stacked bar chart of score for Ada, Fern and Kite, where Ada and Fern are level at 75."
    );
}

#[test]
fn claims_speak_of_scores_and_of_what_a_measure_adds() {
    let told = |text: &str| {
        let lines = format!("chart = \"score\"\ntitle = \"T\"\nclaims = [\"{text}\"]\npanels = [{HALVES}]");
        let (spec, plotted) = figure(CSV, "", &lines);
        let report = claim::check(&spec, &plotted.unwrap());
        report.diagnostics.first().map(|fault| fault.message.clone()).unwrap_or_default()
    };
    assert_eq!(told("Ada > Kite in Stars"), "");
    assert_eq!(told("Fern > Ada in Bugs"), "");
    assert_eq!(told("Ada >= Fern"), "");
    assert_eq!(told("Ada > Fern"), "claim does not hold: Ada > Fern: Ada 75, Fern 75");
    assert_eq!(told("Ada > Kite"), "claim cannot be checked: Ada > Kite: no value for Kite");
}

/// The errors of a manifest with these panels.
fn told(chart: &str, panels: &str) -> Vec<String> {
    let text = format!(
        "[datasets.data]\npath = \"data.csv\"\nsource = \"Test\"\nretrieved = 2020-06-30\n\
         [figures.test]\ndataset = \"data\"\nchart = \"{chart}\"\ntitle = \"T\"\nclaims = [\"A > B\"]\npanels = [{panels}]\n"
    );
    let (_, report) = manifest::load("popchart.toml", &text);
    report
        .diagnostics
        .into_iter()
        .map(|fault| format!("{}; {}", fault.message, fault.hints.join("; ")))
        .collect()
}

#[test]
fn weights_that_do_not_sum_to_1_are_refused() {
    let panel = |weight: &str| format!("{{ measure = \"a\", title = \"A\"{weight} }}");
    let two = |a: &str, b: &str| told("score", &format!("{}, {}", panel(a), panel(b)));
    assert_eq!(two(", weight = 0.1", ", weight = 0.9"), [""; 0]);
    assert_eq!(
        two(", weight = 0.5", ", weight = 0.4"),
        ["the weights sum to 0.9, expected 1; divide each by 0.9, or change one of them"]
    );
    assert_eq!(
        two(", weight = 0.5", ""),
        ["missing `weight` in a panel; say how much it counts: the weights of all panels sum to 1"]
    );
    assert_eq!(
        two(", weight = -1", ", weight = 2"),
        [
            "`weight`: expected a number above 0 and up to 1, found -1; ",
            "`weight`: expected a number above 0 and up to 1, found 2; ",
        ]
    );
    assert_eq!(
        told("facets", &panel(", weight = 1")),
        ["cannot use `weight` in a facets chart; use `chart = \"score\"`"]
    );
}

#[test]
fn what_has_no_place_between_0_and_100_is_refused() {
    let refused = |csv: &str, columns: &str, panels: &str| {
        let columns = format!("subject = \"project\"\nvalues = [\"a\", \"b\"]\n{columns}");
        let (spec, plotted) = figure(csv, &columns, &lines(panels));
        let report = plotted.and_then(|frame| kind::marks(&spec, &frame).map(|_| ())).unwrap_err();
        report.diagnostics.into_iter().map(|fault| fault.message).collect::<Vec<_>>()
    };
    let one =
        "{ measure = \"a\", title = \"A\", weight = 0.5 }, { measure = \"b\", title = \"B\", weight = 0.5 }";
    assert_eq!(
        refused("project,a,b\nAda,1,-2\nFern,2,3\n", "", one),
        ["cannot score b: values below zero have no place between 0 and 100"]
    );
    assert_eq!(
        refused("project,a,b\nAda,1,0\nFern,2,0\n", "", one),
        ["cannot score b: all of its values are zero"]
    );
    assert_eq!(
        refused("project,a,b\nAda,1,2\nFern,2,1\n", "basis = { b = \"rank\" }", one),
        ["cannot score b: the distance of two ranks is no amount"]
    );
    let lower = "{ measure = \"a\", title = \"A\", weight = 0.5 }, \
                 { measure = \"b\", title = \"B\", weight = 0.5, better = \"lower\" }";
    assert_eq!(
        refused("project,a,b\nAda,1,0\nFern,2,4\n", "", lower),
        [
            "cannot score b: where less is better, the least is 100 and others a part of it, and none is a part of zero"
        ]
    );
    let single = "{ measure = \"a\", title = \"A\", weight = 1 }";
    assert_eq!(
        refused("project,a,b\nAda,1,0\nFern,2,4\n", "", single),
        ["cannot draw a score of one measure: it is that measure"]
    );
}
