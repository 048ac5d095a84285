//! Properties of pictures of many subjects: whatever the data, the kinds made for many keep the rules of all
//! pictures, and those of their own.

use popchart::canvas::{Item, Role, Scene, Shape};
use popchart::figure::*;
use popchart::kind;
use popchart::theme::Theme;
use popchart::time::moment::{DAY, Moment, Step};
use proptest::prelude::*;

use crate::pictures::{FONTS, check, heights, look, noise};

/// A name of up to 60 characters in several scripts, in words or without a space.
const NAME: &str = "[A-Za-zÄéłβЖ.+-]{1,20}( [A-Za-z0-9]{1,19}){0,2}|[a-zW/]{1,60}";

prop_compose! {
    /// Lines of 1 to 40 subjects: ties, zeros, gaps, one date, uneven dates, a few hours to 60 years.
    fn lines(chart: &'static str)(
        names in prop::collection::vec(NAME, 1..=40),
        (step, seconds, count) in prop_oneof![
            (1..40_usize).prop_map(|n| (Step::Month, 30 * DAY + 37_800, n)),
            (1..61_usize).prop_map(|n| (Step::Year, 365 * DAY + 20_926, n)),
            (1..40_usize).prop_map(|n| (Step::Irregular, 53 * DAY, n)),
            (3..48_usize).prop_map(|n| (Step::Hour, 3600, n)),
        ],
        size in prop_oneof![Just(0.0), Just(1e-3), Just(1.0), Just(97.0), Just(5.5e5), Just(1e12)],
        low in prop_oneof![3 => Just(0.0), 1 => Just(-0.4)],
        coarse in any::<bool>(),
        seed in any::<u32>(),
        gaps in prop::sample::select(vec![0.0, 0.0, 0.15, 0.5]),
        width in prop_oneof![2 => Just(720_u32), 2 => 360..1600_u32],
        unit in prop_oneof![Just(Unit::Count), Just(Unit::Percent), Just(Unit::Index)],
        height in heights(),
        emphasis in any::<bool>(),
    ) -> (Look, Vec<Panel>) {
        let at = |i: usize| {
            let uneven = if step == Step::Irregular { (noise(seed, i) * 40.0) as i64 * DAY } else { 0 };
            Moment::from_seconds(12_000 * DAY + seconds * i64::try_from(i).unwrap() + uneven)
        };
        let series: Vec<Series> = (0..names.len()).map(|subject| {
            let value = |i: usize| {
                let share = noise(seed, subject * 97 + i);
                let share = if coarse { (share * 4.0).floor() / 4.0 } else { share };
                let value = size * (low + share);
                if unit == Unit::Count { value.round() } else { value }
            };
            let mut points: Vec<Point> = (0..count).map(|i| {
                let gap = i > 0 && noise(seed ^ 7, subject * 53 + i) < gaps;
                Point { at: at(i), value: (!gap).then(|| value(i)) }
            }).collect();
            while points.last().is_some_and(|point| point.value.is_none()) {
                points.pop();
            }
            Series {
                subject,
                points,
                raw: Vec::new(),
                dots: Vec::new(),
                partial: seed % 5 == 0,
                partial_start: seed % 7 == 0,
                bounded: false,
            }
        }).collect();
        let mut look = look(chart, &names, width, unit);
        look.height = height;
        for subject in look.subjects.iter_mut().skip(2).filter(|_| emphasis) {
            subject.emphasis = Emphasis::Context;
        }
        (look, vec![Panel { title: String::new(), measure: "things".into(), marks: Marks::Lines { series, step } }])
    }
}

/// The same lines as the ranks of their values at each date; equal ones share the better.
fn ranks() -> impl Strategy<Value = (Look, Vec<Panel>)> {
    lines("rank").prop_map(|(mut look, mut panels)| {
        (look.lower_is_better, look.unit) = (true, Unit::Number);
        let Marks::Lines { series, .. } = &mut panels[0].marks else { unreachable!() };
        // A rank chart has two dates at least.
        if series.iter().all(|s| s.points.len() < 2) {
            for series in series.iter_mut() {
                let first = series.points[0];
                let at = Moment::from_seconds(first.at.seconds() + 400 * DAY);
                series.points.push(Point { at, ..first });
            }
        }
        let values = series.clone();
        for series in series.iter_mut() {
            for point in &mut series.points {
                let at = point.at;
                let there =
                    values.iter().flat_map(|s| &s.points).filter(|p| p.at == at).filter_map(|p| p.value);
                point.value = point.value.map(|own| there.filter(|other| *other > own).count() as f64 + 1.0);
            }
        }
        (look, panels)
    })
}

/// The same lines as parts of a whole: no value is below zero, and dates are missing for all or for nobody.
fn parts() -> impl Strategy<Value = (Look, Vec<Panel>)> {
    lines("area").prop_map(|(look, mut panels)| {
        let Marks::Lines { series, .. } = &mut panels[0].marks else { unreachable!() };
        let gone: Vec<Moment> = series[0].points.iter().filter(|p| p.value.is_none()).map(|p| p.at).collect();
        let last = series[0].points.last().unwrap().at;
        for series in series.iter_mut() {
            series.points.retain(|point| point.at <= last);
            for point in &mut series.points {
                let value = point.value.unwrap_or(0.0).abs();
                point.value = (!gone.contains(&point.at)).then_some(value);
            }
            while series.points.last().is_some_and(|point| point.value.is_none()) {
                series.points.pop();
            }
        }
        (look, panels)
    })
}

/// Two values of each, of two dates or of two groups, some of them missing or below a bound.
fn pairs() -> impl Strategy<Value = (Look, Vec<Panel>)> {
    (lines("dot"), any::<bool>(), prop::sample::select(vec![0.0, 0.0, 0.3]), NAME, NAME).prop_map(
        |((mut look, mut panels), of_dates, missing, one, other)| {
            let Marks::Lines { series, step } = &mut panels[0].marks else { unreachable!() };
            let first = Moment::ymd(2018, 10, 10).unwrap();
            let last = Moment::ymd(2019 + i16::try_from(look.width % 9).unwrap(), 12, 4).unwrap();
            for (index, series) in series.iter_mut().enumerate() {
                let value = |place: usize| series.points.get(place).and_then(|p| p.value).unwrap_or(0.0);
                let points = [(first, value(0)), (last, value(1))];
                series.points = points.map(|(at, value)| Point { at, value: Some(value) }).to_vec();
                if index > 0 && noise(look.width, index) < missing {
                    series.points.remove(index % 2);
                }
            }
            *step = Step::Irregular;
            if of_dates {
                return (look, panels);
            }
            look.chart = kind::find("dot").unwrap().variant(true);
            let bars = |at: Moment| {
                let bar = |s: &Series| {
                    let value = s.points.iter().find(|p| p.at == at).and_then(|p| p.value);
                    let below = value.filter(|value| *value == 0.5).map(|_| 1.0);
                    Bar { subject: s.subject, value, below }
                };
                series.iter().map(bar).collect()
            };
            let groups =
                vec![BarGroup { label: one, bars: bars(first) }, BarGroup { label: other, bars: bars(last) }];
            panels[0].marks = Marks::Bars(groups);
            (look, panels)
        },
    )
}

fn series(panels: &[Panel]) -> &[Series] {
    let Marks::Lines { series, .. } = &panels[0].marks else { unreachable!() };
    series
}

fn of(scene: &Scene, role: Role) -> Vec<&Item> {
    scene.items.iter().filter(|item| item.role == role).collect()
}

/// Where the end dot of a subject stands, in scene units.
fn dots(scene: &Scene, role: Role) -> Vec<(usize, (i32, i32))> {
    let center = |item: &&Item| match item.shape {
        Shape::Circle { center, .. } => Some((item.subject?, center)),
        _ => None,
    };
    of(scene, role).iter().filter_map(center).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn ranks_of_any_data_keep_the_rules((look, panels) in ranks()) {
        if let Some(scene) = check(&look, &panels)? {
            let all = series(&panels);
            let mut ends: Vec<(f64, usize, i32)> = dots(&scene, Role::EndDot).into_iter().map(|(subject, (_, y))| {
                let rank = all[subject].points.iter().rev().find_map(|point| point.value).unwrap();
                (rank, subject, y)
            }).collect();
            prop_assert_eq!(ends.len(), all.len());
            ends.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in ends.windows(2).filter(|pair| pair[0].0 < pair[1].0) {
                prop_assert!(pair[0].2 <= pair[1].2, "a better rank stands lower: {:?}", pair);
            }
            let named = |subject: usize| {
                of(&scene, Role::SeriesLabel).iter().any(|item| item.subject == Some(subject))
            };
            prop_assert!((0..all.len()).all(named), "everybody is named at its end");
        }
    }

    #[test]
    fn areas_of_any_data_keep_the_rules((look, panels) in parts()) {
        if let Some(scene) = check(&look, &panels)? {
            let all = series(&panels);
            let last = all.iter().filter_map(|s| s.points.last()).map(|point| point.at).max().unwrap();
            let at_end = |s: &Series| s.points.last().filter(|p| p.at == last).and_then(|p| p.value).unwrap_or(0.0);
            let total: f64 = all.iter().map(at_end).sum();
            // Heights at the right edge, from the last polygon of each.
            let right = of(&scene, Role::Area).iter().filter_map(|item| match &item.shape {
                Shape::Polygon { points, .. } => points.iter().map(|p| p.0).max(),
                _ => None,
            }).max();
            let height = |item: &&Item| match &item.shape {
                Shape::Polygon { points, .. } => {
                    let there = || points.iter().filter(|p| Some(p.0) == right).map(|p| p.1);
                    Some(there().max()? - there().min()?)
                }
                _ => None,
            };
            let heights: Vec<(Option<usize>, i32)> = of(&scene, Role::Area).iter()
                .filter_map(|item| Some((item.subject, height(item)?))).collect();
            let whole: i32 = heights.iter().map(|(_, height)| height).sum();
            for (subject, height) in &heights {
                let Some(subject) = subject else { continue };
                let wanted = f64::from(whole) * at_end(&all[*subject]) / total;
                prop_assert!(total == 0.0 || (f64::from(*height) - wanted).abs() <= 64.0, "{} is {}, not {}", at_end(&all[*subject]), height, wanted);
            }
            let named = of(&scene, Role::SeriesLabel);
            let colored = all.iter().filter(|s| look.subjects[s.subject].emphasis != Emphasis::Context).count().min(4);
            prop_assert!(named.len() >= colored, "who is in colour is named");
        }
    }

    #[test]
    fn dots_of_any_data_keep_the_rules((look, panels) in pairs()) {
        if let Some(scene) = check(&look, &panels)? {
            let values: Vec<(usize, f64)> = match &panels[0].marks {
                Marks::Lines { series, .. } => {
                    series.iter().flat_map(|s| s.points.iter().map(|p| (s.subject, p.value.unwrap()))).collect()
                }
                Marks::Bars(groups) => {
                    let bars = |at: usize| groups.iter().filter_map(move |group| group.bars.get(at));
                    let all = (0..look.subjects.len()).flat_map(bars);
                    all.filter_map(|bar| Some((bar.subject, bar.value?))).collect()
                }
                Marks::Cells(_) => unreachable!(),
            };
            let dots = dots(&scene, Role::Dot);
            prop_assert_eq!(dots.len(), values.len(), "a dot for each value");
            // The zero line is left out where values stand on it, which may be everywhere.
            let zero = of(&scene, Role::Baseline).first().map(|item| match &item.shape {
                Shape::Path { points, .. } => points[0].0,
                _ => unreachable!(),
            });
            let Some(zero) = zero else { return Ok(()) };
            let most = values.iter().fold(0.0_f64, |most, (_, value)| most.max(value.abs()));
            let widest = dots.iter().map(|(_, (x, _))| (x - zero).abs()).max().unwrap();
            for ((subject, value), (of, (x, _))) in values.iter().zip(&dots).filter(|_| most > 0.0) {
                prop_assert_eq!(subject, of);
                let wanted = f64::from(widest) * value / most;
                prop_assert!((f64::from(x - zero) - wanted).abs() <= 70.0, "{} is {} from zero, not {}", value, x - zero, wanted);
            }
            let named = of(&scene, Role::CategoryLabel);
            prop_assert!((0..look.subjects.len()).all(|who| named.iter().any(|item| item.subject == Some(who))));
        }
    }

    #[test]
    fn multiples_of_any_data_keep_the_rules((look, panels) in lines("multiples")) {
        if let Some(scene) = check(&look, &panels)? {
            let all = series(&panels);
            prop_assert_eq!(dots(&scene, Role::EndDot).len(), all.len(), "a panel for each, with its end");
            let others = of(&scene, Role::Context);
            prop_assert!(all.len() == 1 || all.iter().all(|s| s.points.len() < 2) || !others.is_empty());
            // All panels have one scale: equal ends stand equally high over their zero lines.
            let zeros = of(&scene, Role::Baseline);
            prop_assert_eq!(zeros.len(), all.len());
            let height = |index: usize, (_, (_, y)): (usize, (i32, i32))| match &zeros[index].shape {
                Shape::Path { points, .. } => points[0].1 - y,
                _ => i32::MAX,
            };
            let ends: Vec<(f64, i32)> = dots(&scene, Role::EndDot).into_iter().enumerate().map(|(index, dot)| {
                let value = all[index].points.iter().rev().find_map(|point| point.value).unwrap();
                (value, height(index, dot))
            }).collect();
            for a in &ends {
                for b in ends.iter().filter(|b| b.0 == a.0) {
                    prop_assert!((a.1 - b.1).abs() <= 64, "{} stands at {} and at {}", a.0, a.1, b.1);
                }
            }
        }
    }
}

#[test]
fn multiples_say_what_does_not_suit_them() {
    let row = |n: usize| (0..n).map(|i| format!(",s{i}")).collect::<String>();
    let csv = |n: usize, dates: usize| {
        let line =
            |date: usize| format!("{}{}\n", 2001 + date, (0..n).map(|i| format!(",{i}")).collect::<String>());
        format!("year{}\n{}", row(n), (0..dates).map(line).collect::<String>())
    };
    for (csv, told, hint) in [
        (
            csv(1, 3),
            "cannot draw multiples of one subject: they set each off from the others",
            "use `chart = \"line\"`",
        ),
        (
            csv(25, 3),
            "cannot draw 25 multiples: more than 24 nobody compares",
            "choose some with `subjects`, or set `top = 12`",
        ),
        (
            csv(3, 1),
            "cannot draw multiples of one date: their lines would be points",
            "use `chart = \"bar\"`",
        ),
    ] {
        refused("chart = \"multiples\"", &csv, told, hint);
    }
}

#[test]
fn a_stack_says_what_does_not_suit_it() {
    const LINE: &str = "use `chart = \"line\"`";
    let csv = "year,s0,s1\n2001,1,2\n2002,2,1\n";
    for (csv, columns, figure, told, hint) in [
        (csv, "basis = \"index\"", "", "a stack of value: a sum of an index is on no scale", LINE),
        (csv, "basis = \"rank\"", "", "a stack of value: ranks have no sum", LINE),
        (csv, "basis = \"rating\"", "", "a stack of value: ratings have no sum", LINE),
        ("year,s0\n2001,1\n2002,2\n", "", "", "a stack of one subject: it shows parts of a whole", LINE),
        (
            "year,s0,s1\n2001,1,2\n",
            "",
            "",
            "a stack of one date: it shows how parts change",
            "use `chart = \"bar\"`",
        ),
        ("year,s0,s1\n2001,1,2\n2002,-2,1\n", "", "", "a stack with a value of s0 below zero", LINE),
        (
            "year,s0,s1\n2001,70,20\n2002,80,57\n",
            "unit = \"percent\"",
            "",
            "a stack of shares that overlap: they come to 137% in 2002",
            LINE,
        ),
        (
            "date,s0,s1\n2001-01-01,1,\n2001-01-08,,2\n2001-01-15,3,\n2001-01-22,,4\n2001-01-29,5,\n2001-02-05,,2\n",
            "",
            "",
            "a stack of values of different dates: of 4 of 6 a part is missing",
            "combine them with `each = \"month\"` or longer, or use `chart = \"line\"`",
        ),
        (
            "year,s0,s1,s2,s3,s4\n2001,1,2,3,4,5\n2002,1,2,3,4,5\n",
            "",
            "highlight = [\"s0\", \"s1\", \"s2\", \"s3\", \"s4\"]",
            "a stack in 5 colours: more than 4 and a rest nobody tells apart",
            "`highlight` at most four",
        ),
    ] {
        let figure = format!("chart = \"area\"\n{figure}");
        refused_of(columns, &figure, csv, &format!("cannot draw {told}"), hint);
    }
}

#[test]
fn a_dot_chart_says_what_does_not_suit_it() {
    let grouped = "who,place,n\ns0,X,1\ns1,X,2\ns0,Y,3\ns1,Y,4\ns0,Z,5\ns1,Z,6\n";
    let columns = "subject = \"who\"\ngroup = \"place\"\nvalues = [\"n\"]";
    for (csv, columns, figure, told, hint) in [
        (
            "year,s0,s1\n2001,1,2\n2002,2,1\n2003,4,2\n",
            "",
            "",
            "a dot chart of 3 dates: it shows two",
            "choose two neighbours with `from` and `to`, longer periods with `each`, or use `chart = \"line\"`",
        ),
        (
            "year,s0,s1\n2001,1,\n2002,2,1\n",
            "",
            "",
            "a dot chart of s1, which has a value at one of the two dates only",
            "leave it out of `subjects`, or use `chart = \"line\"`",
        ),
        (
            "year,s0,s1\n2001,1,2\n2002,2,1\n",
            "basis = \"rank\"",
            "",
            "dots of ranks: the best would stand nearest to nothing",
            "use `chart = \"slope\"` for two dates",
        ),
        (
            grouped,
            columns,
            "groups = [\"X\", \"Y\", \"Z\"]",
            "a dot chart of 3 groups: it shows two",
            "name two in `groups`, or use `chart = \"grouped-bar\"`",
        ),
    ] {
        let figure = format!("chart = \"dot\"\n{figure}");
        refused_of(columns, &figure, csv, &format!("cannot draw {told}"), hint);
    }
}

#[test]
fn a_rank_chart_says_what_does_not_suit_it() {
    let csv = "year,s0,s1\n2001,1,2\n2002,2,1\n";
    let nine: String = (0..9).map(|i| format!(",{}", i + 1)).collect();
    let nine = format!("year,s0,s1,s2,s3,s4,s5,s6,s7,s8\n2001{nine}\n2002{nine}\n");
    for (csv, lines, told, hint) in [
        (
            csv,
            "",
            "cannot draw a rank chart of value: its values are no ranks",
            "set `rank = true`, which makes ranks of them, or use `chart = \"line\"`",
        ),
        (
            "year,s0,s1\n2001,1,2\n",
            "basis = \"rank\"",
            "cannot draw a rank chart of one date: it shows how places change",
            "leave `rank` out, and use `chart = \"bar\"`",
        ),
        (
            &nine,
            "basis = \"rank\"",
            "cannot draw a rank chart of 9 lines in colour: more than 8 nobody follows",
            "`highlight` who matters, or set `top = 8`",
        ),
    ] {
        refused_of(lines, "chart = \"rank\"", csv, told, hint);
    }
}

#[test]
fn who_shares_a_rank_is_told_and_marked() {
    let csv = "year,Ada,Fern,Kite\n2001,1,2,3\n2002,1,2,2\n2003,1,2,2\n";
    let lines = "chart = \"rank\"\ntitle = \"T\"\nclaims = [\"Ada > Kite\"]";
    let (spec, frame) = crate::figures::figure(csv, "basis = \"rank\"", lines);
    let frame = frame.unwrap();
    let words = popchart::claim::words(&spec, &frame).unwrap();
    assert_eq!(
        words.note,
        "Note: The numbers are ranks: 1 is the highest. Some share a rank, at 2 of 3 dates."
    );
    let panels = kind::marks(&spec, &frame).unwrap();
    let scene = kind::draw(&frame.look, &words, &panels, &Theme::light(), &FONTS).unwrap();
    let texts = |role: Role| -> Vec<String> {
        let words = |item: &&Item| match &item.shape {
            Shape::Text { run, .. } => run.text.replace('\u{a0}', " "),
            _ => String::new(),
        };
        of(&scene, role).iter().map(words).collect()
    };
    assert_eq!(texts(Role::SeriesLabel), ["1  Ada", "2=  Fern", "2=  Kite"]);
    assert_eq!(texts(Role::StartLabel), ["Ada  1", "Fern  2", "Kite  3"]);
}

/// That a figure of a table is refused so.
fn refused(figure: &str, csv: &str, told: &str, hint: &str) {
    refused_of("", figure, csv, told, hint);
}

fn refused_of(columns: &str, figure: &str, csv: &str, told: &str, hint: &str) {
    let (spec, frame) =
        crate::figures::figure(csv, columns, &format!("title = \"T\"\nclaims = [\"s0 >= 0\"]\n{figure}"));
    let report = kind::marks(&spec, &frame.unwrap()).unwrap_err().to_string();
    assert!(report.contains(told), "{report}\nnot {told}");
    assert!(report.contains(&format!("hint: {hint}")), "{report}\nnot {hint}");
}
