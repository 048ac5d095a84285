//! Properties of pictures of generated data: whatever the data, nothing
//! overlaps, nothing is clipped, ticks are round and bars keep their ratios.

use std::sync::LazyLock;

use popchart::canvas::{Role, Scene, Shape, UNITS};
use popchart::figure::*;
use popchart::kind;
use popchart::preset::ARTICLE;
use popchart::text::Fonts;
use popchart::theme::{Sizes, Theme};
use popchart::time::moment::{DAY, Moment, Step};
use proptest::prelude::*;

use crate::rules::Picture;

pub(crate) fn words() -> Words {
    Words {
        title: "One of them is ahead of all the others at the end of the period".into(),
        subtitle: "Something counted each month, in units of a thing, everywhere, in all the years there are"
            .into(),
        note: "Note: the numbers are made up by a generator and say nothing about anybody.".into(),
        source: "Source: a generator of test data, 1 Jan 2026".into(),
    }
}

pub(crate) fn look(chart: &str, names: &[String], width: u32, unit: Unit) -> Look {
    let subjects = names.iter().enumerate().map(|(i, label)| Subject {
        label: label.clone(),
        ink: Ink::Palette(i),
        emphasis: Emphasis::Equal,
    });
    Look {
        chart: kind::find(chart).unwrap().kind(),
        preset: &ARTICLE,
        width,
        height: None,
        subjects: subjects.collect(),
        events: Vec::new(),
        marked: Vec::new(),
        unit,
        digits: Digits::Short,
        lower_is_better: false,
        by_age: false,
        extras: Extras::default(),
    }
}

pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

/// The scene, unless the height asked for is refused with a word on which would do.
pub(crate) fn check(look: &Look, panels: &[Panel]) -> Result<Option<Scene>, TestCaseError> {
    let theme = if look.width.is_multiple_of(2) { Theme::light() } else { Theme::dark() };
    check_in(&theme, look, panels)
}

/// The same in a theme.
pub fn check_in(theme: &Theme, look: &Look, panels: &[Panel]) -> Result<Option<Scene>, TestCaseError> {
    let scene = match kind::draw(look, &words(), panels, theme, &FONTS) {
        Ok(scene) => scene,
        Err(report) if report.diagnostics.iter().all(|told| told.code == "no-room-for-columns") => {
            prop_assert!(report.to_string().contains("hint: show fewer "), "{report}");
            return Ok(None);
        }
        Err(report) if look.preset.is_fixed => {
            let (text, name) = (report.to_string(), look.preset.name);
            let (what, how) =
                (format!("at the size \"{name}\": its "), format!("or leave \"{name}\" out of `size`"));
            prop_assert!(text.contains(&what) && text.contains(&how), "{text}");
            return Ok(None);
        }
        Err(report) if look.height.is_some() => {
            let text = report.to_string();
            prop_assert!(text.contains("px high") && text.contains("hint: set `height` to "), "{text}");
            return Ok(None);
        }
        Err(report) => return Err(TestCaseError::fail(report.to_string())),
    };
    let faults = Picture { scene: &scene, fonts: &FONTS, theme, sizes: Sizes::of_look(look) }.faults();
    prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(Some(scene))
}

/// Heights: mostly free, else from too small to very high.
pub(crate) fn heights() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![2 => Just(None), 1 => (150..1500_u32).prop_map(Some)]
}

/// Names of 1 to 40 letters, with spaces or without.
pub(crate) fn names(count: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[A-Za-zÄéłβЖ.+-]{1,12}( [A-Za-z0-9]{1,12}){0,2}|[a-zW/]{1,40}", count)
}

/// How the values of a chart behave.
#[derive(Debug, Clone)]
enum Values {
    Walk(f64),
    EqualEnds(f64),
    Constant(f64),
    Zero,
}

fn values() -> impl Strategy<Value = Values> {
    let size =
        prop_oneof![Just(1e-3), Just(1.0), Just(97.0), Just(1234.0), Just(5.5e5), Just(1e9), 0.0..1e9_f64];
    prop_oneof![
        4 => size.clone().prop_map(Values::Walk),
        1 => size.clone().prop_map(Values::EqualEnds),
        1 => size.prop_map(Values::Constant),
        1 => Just(Values::Zero),
    ]
}

/// Spans from 3 days to 30 years.
fn steps() -> impl Strategy<Value = (Step, i64, usize)> {
    prop_oneof![
        (3..60_usize).prop_map(|n| (Step::Day, DAY, n)),
        (1..400_usize).prop_map(|n| (Step::Week, 7 * DAY, n)),
        (1..360_usize).prop_map(|n| (Step::Month, 30 * DAY + 37_800, n)),
        (1..30_usize).prop_map(|n| (Step::Year, 365 * DAY + 20_926, n)),
        (1..60_usize).prop_map(|n| (Step::Irregular, 53 * DAY, n)),
        (2..169_usize).prop_map(|n| (Step::Hour, 3600, n)),
    ]
}

/// A number in 0..1 that follows from a seed and an index.
pub(crate) fn noise(seed: u32, index: usize) -> f64 {
    let mixed = (u64::from(seed) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(index as u64 + 1);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((mixed ^ (mixed >> 29)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// What happened, in up to 7 words.
const EVENT: &str = "[A-Z][a-z]{2,14}( [a-z0-9.]{1,9}){0,6}";

prop_compose! {
    pub fn line_figure()(
        names in names(1..=12),
        values in values(),
        (step, seconds, count) in steps(),
        start in 0..16_000_i64,
        seed in any::<u32>(),
        gaps in prop::collection::vec(any::<u8>(), 64),
        events in prop_oneof![
            3 => prop::collection::vec((0.0..1.0_f64, EVENT), 0..=4),
            1 => prop::collection::vec((0.0..1.0_f64, EVENT), 5..=60),
            1 => prop::collection::vec((Just(0.5), EVENT), 5..=60),
        ],
        width in prop_oneof![3 => Just(720_u32), 1 => 300..2400_u32],
        unit in prop_oneof![Just(Unit::Count), Just(Unit::Percent), Just(Unit::Index)],
        short in any::<bool>(),
        beneath in any::<bool>(),
        height in heights(),
    ) -> (Look, Vec<Panel>) {
        let at = |i: usize| Moment::from_seconds(start * DAY + seconds * i64::try_from(i).unwrap());
        let series: Vec<Series> = (0..names.len()).map(|subject| {
            let count = if short && subject == 1 { count.div_ceil(2) } else { count };
            let points: Vec<Point> = (0..count).map(|i| {
                let noise = noise(seed, subject * 400 + i);
                let value = match values {
                    Values::Walk(size) => size * noise,
                    Values::EqualEnds(size) if i + 1 == count => size * 0.5,
                    Values::EqualEnds(size) => size * noise,
                    Values::Constant(size) => size,
                    Values::Zero => 0.0,
                };
                let value = if unit == Unit::Count { value.round() } else { value };
                let gap = i > 0 && gaps[(i + subject) % gaps.len()] < 24;
                Point { at: at(i), value: (!gap).then_some(value) }
            }).collect();
            let raw: Vec<Point> = if beneath { Vec::clone(&points) } else { Vec::new() };
            Series { subject, points, dots: raw.clone(), raw, partial: false, partial_start: seed % 7 == 0, bounded: false }
        }).collect();
        let mut look = look("line", &names, width, unit);
        look.height = height;
        let span = seconds as f64 * (count - 1) as f64;
        look.events = events.into_iter().map(|(share, label)| Event {
            at: Moment::from_seconds(start * DAY + (span * share) as i64),
            label,
            kind: EventKind::Happened,
        }).collect();
        look.events.sort_by_key(|event| event.at);
        let marks = Marks::Lines { series, step };
        (look, vec![Panel { title: String::new(), measure: "things".into(), marks }])
    }
}

/// Lines from one date to another.
pub fn slope_figure() -> impl Strategy<Value = (Look, Vec<Panel>)> {
    line_figure().prop_map(|(mut look, mut panels)| {
        look.chart = kind::find("slope").unwrap().kind();
        let Marks::Lines { series, .. } = &mut panels[0].marks else { unreachable!() };
        let at = |days: i64| Moment::from_seconds((series[0].points[0].at.seconds() / DAY + days) * DAY);
        let (first, last) = (at(0), at(1 + look.width as i64 % 40 * 30));
        for series in series.iter_mut() {
            let value =
                |place: usize| series.points.iter().filter_map(|p| p.value).nth(place % series.points.len());
            let (a, b) = (value(0).unwrap_or(3.0), value(1).unwrap_or(4.0));
            series.points = vec![Point { at: first, value: Some(a) }, Point { at: last, value: Some(b) }];
            (series.raw, series.dots) = (Vec::new(), Vec::new());
        }
        (look, panels)
    })
}

/// Columns of up to 25 periods, some of them missing or below zero.
pub fn column_figure() -> impl Strategy<Value = (Look, Vec<Panel>)> {
    let values = prop::collection::vec(
        prop_oneof![4 => (0.0..1e9_f64).prop_map(Some), 2 => (-50.0..99.0_f64).prop_map(Some), 1 => Just(None)],
        1..=25,
    );
    let step = prop_oneof![Just(Step::Year), Just(Step::Month), Just(Step::Week), Just(Step::Quarter)];
    (names(1..=1), values, step, 300..2400_u32, heights(), any::<bool>()).prop_map(
        |(names, mut values, step, width, height, whole)| {
            let days = match step {
                Step::Year => 366,
                Step::Quarter => 92,
                Step::Month => 31,
                _ => 7,
            };
            values[0] = values[0].or(Some(7.0));
            let point = |(i, value): (usize, &Option<f64>)| {
                // Never two in one period: the middle of each is taken.
                let at = Moment::from_seconds((16_436 + days * i64::try_from(i).unwrap()) * DAY);
                Point { at, value: value.map(|v| if whole { v.round() } else { v }) }
            };
            let mut points: Vec<Point> = values.iter().enumerate().map(point).collect();
            while points.last().is_some_and(|point| point.value.is_none()) {
                points.pop();
            }
            let unit = if whole { Unit::Count } else { Unit::Percent };
            let mut look = look("column", &names, width, unit);
            look.height = height;
            let series = Series {
                subject: 0,
                partial: points.len().is_multiple_of(3),
                partial_start: points.len().is_multiple_of(4),
                points,
                raw: Vec::new(),
                dots: Vec::new(),
                bounded: false,
            };
            let marks = Marks::Lines { series: vec![series], step };
            (look, vec![Panel { title: String::new(), measure: "things".into(), marks }])
        },
    )
}

prop_compose! {
    pub fn bar_figure()(
        names in names(1..=12),
        groups in prop::collection::vec("[A-Z][a-z]{1,11}( [a-z]{1,9}){0,2}|[A-Z][a-z]{1,11}( [a-z]{1,9}){9,16}|[A-Z]{40,60}", 1..=4),
        chart in prop_oneof![Just("bar"), Just("grouped-bar"), Just("facets")],
        values in prop::collection::vec(prop_oneof![Just(None), (0.0..1e9_f64).prop_map(Some), (0.0..50.0_f64).prop_map(Some)], 48),
        width in prop_oneof![3 => Just(720_u32), 1 => 300..2400_u32],
        whole in any::<bool>(),
        highlight in any::<bool>(),
        signs in prop_oneof![3 => Just(0_u64), 1 => any::<u64>()],
        height in heights(),
    ) -> (Look, Vec<Panel>) {
        let unit = if whole { Unit::Count } else { Unit::Percent };
        let bars = |group: usize| (0..names.len()).map(|subject| {
            let place = group * 12 + subject;
            let value = values[place].map(|v: f64| if whole { v.round() } else { v });
            let value = value.map(|v| if signs >> place & 1 == 1 { -v } else { v });
            Bar { subject, value: if group + subject == 0 { Some(value.unwrap_or(7.0)) } else { value }, below: None }
        }).collect::<Vec<_>>();
        let panel = |title: &str, groups| Panel { title: title.into(), measure: "things".into(), marks: Marks::Bars(groups) };
        let panels = match chart {
            "facets" => groups.iter().enumerate().map(|(i, title)| panel(title, vec![BarGroup { label: String::new(), bars: bars(i) }])).collect(),
            "grouped-bar" => vec![panel("", groups.iter().enumerate().map(|(i, g)| BarGroup { label: g.clone(), bars: bars(i) }).collect())],
            _ => vec![panel("", vec![BarGroup { label: String::new(), bars: bars(0) }])],
        };
        let mut look = look(chart, &names, width, unit);
        look.height = height;
        if highlight {
            for (i, subject) in look.subjects.iter_mut().enumerate() {
                subject.emphasis = if i == 0 { Emphasis::Highlight } else { Emphasis::Context };
            }
        }
        (look, panels)
    }
}

/// Lines on a logarithmic scale or not, with words at some of their values and with shaded times.
fn annotated_figure() -> impl Strategy<Value = (Look, Vec<Panel>)> {
    let notes = prop::collection::vec((any::<u16>(), "[A-Z][a-z]{1,14}( [a-zA-Z0-9.]{1,9}){0,5}"), 0..=4);
    let shades =
        prop::collection::vec((0.0..1.0_f64, 0.0..0.4_f64, "|[A-Z][a-z]{1,12}( [a-z]{1,9}){0,4}"), 0..=2);
    let reference = prop_oneof![Just(None), (1..900_u16).prop_map(|value| Some(f64::from(value)))];
    (line_figure(), notes, shades, reference, any::<bool>()).prop_map(
        |((mut look, mut panels), notes, shades, reference, log)| {
            let Marks::Lines { series, .. } = &mut panels[0].marks else { unreachable!() };
            for series in series.iter_mut().filter(|_| log) {
                for point in series.points.iter_mut().chain(&mut series.raw).chain(&mut series.dots) {
                    point.value = point.value.map(|value| value.abs().max(1e-4));
                }
            }
            let valued = |series: &Series| -> Vec<Point> {
                series.points.iter().filter(|point| point.value.is_some()).copied().collect()
            };
            let annotation = |(place, text): (u16, String)| {
                let own = &series[usize::from(place) % series.len()];
                let points = valued(own);
                let point = points[usize::from(place) % points.len()];
                Annotation { subject: own.subject, at: point.at, value: point.value.unwrap(), text }
            };
            let times: Vec<Moment> = series.iter().flat_map(valued).map(|point| point.at).collect();
            let (first, last) =
                (times.iter().min().unwrap().seconds(), times.iter().max().unwrap().seconds());
            let at = |share: f64| Moment::from_seconds(first + ((last - first) as f64 * share) as i64);
            let shade = |(from, length, text): (f64, f64, String)| Shade {
                from: at(from),
                to: at(from + length),
                text,
            };
            look.extras = Extras {
                log,
                reference,
                annotations: notes.into_iter().map(annotation).collect(),
                shaded: shades.into_iter().map(shade).collect(),
            };
            (look, panels)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn lines_of_any_data_keep_the_rules((look, panels) in line_figure()) {
        if let Some(scene) = check(&look, &panels)? {
            let halos = Picture { scene: &scene, fonts: &FONTS, theme: &Theme::light(), sizes: Sizes::of_look(&look) }.halos();
            prop_assert!(halos.is_empty(), "{}", halos.join("\n"));
            // One in the plot, and one from there to its words.
            let lines = scene.items.iter().filter(|item| item.role == Role::EventLine).count();
            let Marks::Lines { series, .. } = &panels[0].marks else { unreachable!() };
            let valued = || series.iter().flat_map(|s| &s.points).filter(|p| p.value.is_some()).map(|p| p.at);
            let span = valued().min()..=valued().max();
            let within = look.events.iter().filter(|event| span.contains(&Some(event.at))).count();
            prop_assert!((within..=look.events.len() * 2).contains(&lines), "{lines} of {within} events");
        }
    }

    #[test]
    fn slopes_of_any_data_keep_the_rules((look, panels) in slope_figure()) {
        if let Some(scene) = check(&look, &panels)? {
            let halos = Picture { scene: &scene, fonts: &FONTS, theme: &Theme::light(), sizes: Sizes::of_look(&look) }.halos();
            prop_assert!(halos.is_empty(), "{}", halos.join("\n"));
            let labels = |role| scene.items.iter().any(|item| item.role == role);
            let ends = [labels(Role::StartLabel), labels(Role::SeriesLabel), labels(Role::LegendLabel)];
            let told = matches!(ends, [true, true, false] | [false, false, true] | [false, true, false]);
            prop_assert!(told, "names at both ends, or at one with an axis, or a legend: {ends:?}");
        }
    }

    #[test]
    fn columns_of_any_data_keep_the_rules((look, panels) in column_figure()) {
        if let Some(scene) = check(&look, &panels)? {
            let Marks::Lines { series, .. } = &panels[0].marks else { unreachable!() };
            let values: Vec<f64> = series[0].points.iter().filter_map(|point| point.value).collect();
            let heights: Vec<f64> = scene.items.iter().filter(|item| item.role == Role::Bar).map(|item| match item.shape {
                Shape::Rect { rect, .. } => f64::from(rect.bottom - rect.top),
                _ => -1.0,
            }).collect();
            prop_assert_eq!(heights.len(), values.len());
            let most = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
            let tallest = heights.iter().fold(0.0_f64, |most, height| most.max(*height));
            for (value, height) in values.iter().zip(&heights).filter(|_| most > 0.0) {
                let wanted = tallest * value.abs() / most;
                prop_assert!((height - wanted).abs() <= f64::from(UNITS), "{} is {} high, not {}", value, height, wanted);
            }
        }
    }

    #[test]
    fn bars_of_any_data_keep_the_rules((look, panels) in bar_figure()) {
        if let Some(scene) = check(&look, &panels)? {
            prop_assert_eq!(ratio_fault(&scene, &panels), None);
        }
    }
}

/// B1: the first pair of bars of one panel whose lengths are not in the ratio of their values, to half a px.
fn ratio_fault(scene: &Scene, panels: &[Panel]) -> Option<String> {
    let mut rects =
        scene.items.iter().filter(|item| item.role == Role::Bar).filter_map(|item| match item.shape {
            Shape::Rect { rect, .. } => Some(f64::from(rect.right - rect.left)),
            _ => None,
        });
    for panel in panels {
        let Marks::Bars(groups) = &panel.marks else { continue };
        let values: Vec<f64> = groups.iter().flat_map(|g| &g.bars).filter_map(|b| b.value).collect();
        let bars: Vec<(f64, f64)> = values.into_iter().map(|v| (v, rects.next().unwrap_or(-1.0))).collect();
        let bars: Vec<(f64, f64)> = bars.into_iter().map(|(value, length)| (value.abs(), length)).collect();
        let (most, longest) = bars.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0))?;
        for &(value, length) in bars.iter().filter(|_| most > 0.0) {
            if (length - longest * value / most).abs() > f64::from(UNITS) / 2.0 {
                return Some(format!("{value} of {most} is {length} of {longest} long"));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 400, cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn words_beside_lines_keep_the_rules_or_are_told((look, panels) in annotated_figure()) {
        if let Some(scene) = check(&look, &panels)? {
            let count = |role| scene.items.iter().filter(|item| item.role == role).count();
            let told = kind::warnings(&look, &words(), &panels, &FONTS).to_string();
            let unplaced = told.matches("no room for the words").count();
            let rings = scene.items.iter().filter(|item| {
                item.role == Role::AnnotationMark && matches!(item.shape, Shape::Circle { .. })
            });
            let words = look.extras.shaded.iter().filter(|shade| !shade.text.is_empty()).count();
            let labels = scene.items.iter().filter(|item| item.role == Role::ShadeLabel).count();
            prop_assert!(rings.count() + unplaced >= look.extras.annotations.len());
            prop_assert!(labels + unplaced >= words, "{labels} lines of {words} words, {unplaced} without room");
            prop_assert!(count(Role::Shade) + unplaced >= look.extras.shaded.len());
            if look.extras.log {
                prop_assert!(count(Role::Grid) >= 2);
            }
        }
    }
}
