//! Pictures of cells: tables and heatmaps of generated values keep the rules, and what does not suit them is refused.

use popchart::canvas::{Item, Role, Scene, Shape};
use popchart::figure::*;
use popchart::theme::color::luminance;
use popchart::theme::{Sizes, Theme};
use popchart::{claim, frame, kind};
use proptest::prelude::*;

use crate::figures::figure;
use crate::pictures::{FONTS, heights, look, noise, words};
use crate::rules::Picture;

/// The scene; `None` where it is refused with a word on what would do.
fn draw(look: &Look, panels: &[Panel]) -> Result<Option<Scene>, TestCaseError> {
    let theme = if look.width.is_multiple_of(2) { Theme::light() } else { Theme::dark() };
    let scene = match kind::draw(look, &words(), panels, &theme, &FONTS) {
        Ok(scene) => scene,
        Err(report) => {
            let text = report.to_string();
            let is_told = text.contains("would have no room")
                && (text.contains("hint: set `height` to ") || text.contains("hint: show fewer "));
            prop_assert!(is_told, "{text}");
            return Ok(None);
        }
    };
    let sizes = Sizes::of(look.width, look.height);
    let faults = Picture { scene: &scene, fonts: &FONTS, theme: &theme, sizes }.faults();
    prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(Some(scene))
}

/// Names of 1 to 60 characters, in several scripts.
fn names(count: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<String>> {
    let name = "[A-Za-zÄéłβЖ.+-]{1,12}( [A-Za-z0-9]{1,12}){0,2}|[a-zW/]{1,40}|[A-Z][a-zé ]{20,58}[a-z]";
    prop::collection::vec(name, count)
}

fn heading(label: &str, subject: Option<usize>) -> Heading {
    Heading { label: label.to_owned(), subject }
}

fn of_role(scene: &Scene, role: Role) -> Vec<&Item> {
    scene.items.iter().filter(|item| item.role == role).collect()
}

prop_compose! {
    fn table_figure()(
        subjects in names(1..=40),
        groups in names(1..=12),
        said in prop::collection::vec("[A-Z][a-z]{1,9}(,? [A-Za-z+]{1,12}){0,14}|[a-z]{30,60}", 1..=30),
        seed in any::<u32>(),
        in_words in any::<bool>(),
        size in prop_oneof![Just(1.0), Just(97.0), Just(5.5e5), Just(1e12), Just(-1e6)],
        by_subject in any::<bool>(),
        highlights in any::<bool>(),
        width in prop_oneof![3 => Just(720_u32), 1 => 360..1600_u32],
        unit in prop_oneof![Just(Unit::Count), Just(Unit::Percent)],
        height in heights(),
    ) -> (Look, Vec<Panel>) {
        let mut look = look("table", &subjects, width, unit);
        look.height = height;
        if highlights {
            for (index, subject) in look.subjects.iter_mut().enumerate() {
                subject.emphasis = if index == 0 { Emphasis::Highlight } else { Emphasis::Context };
            }
        }
        let cell = |who: usize, group: usize| match noise(seed, who * 50 + group) {
            chance if chance < 0.1 => GridCell::Missing,
            chance if in_words => GridCell::Words(said[(chance * said.len() as f64) as usize].clone()),
            chance if chance > 0.95 => GridCell::Below(1.0),
            chance if chance > 0.9 => GridCell::Number(0.0),
            chance => GridCell::Number(chance * size),
        };
        let (who, split) = (subjects.iter().enumerate(), groups.iter().enumerate());
        let grid = if by_subject {
            Grid {
                named: Named::ALL,
                columns: groups.iter().map(|name| heading(name, None)).collect(),
                rows: who.map(|(i, name)| GridRow {
                    heading: heading(name, Some(i)),
                    cells: (0..groups.len()).map(|g| cell(i, g)).collect(),
                    torn: Vec::new(),
                }).collect(),
            }
        } else {
            Grid {
                named: Named::ALL,
                columns: who.map(|(i, name)| heading(name, Some(i))).collect(),
                rows: split.map(|(g, name)| GridRow {
                    heading: heading(name, None),
                    cells: (0..subjects.len()).map(|i| cell(i, g)).collect(),
                    torn: Vec::new(),
                }).collect(),
            }
        };
        (look, vec![Panel { title: String::new(), measure: "things".into(), marks: Marks::Cells(grid) }])
    }
}

/// What a heatmap's columns are.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Across {
    Groups,
    Months,
    Periods,
}

prop_compose! {
    fn heatmap_figure()(
        subjects in names(1..=40),
        groups in names(1..=12),
        across in prop_oneof![Just(Across::Groups), Just(Across::Months), Just(Across::Periods)],
        count in 1..=120_usize,
        seed in any::<u32>(),
        size in prop_oneof![Just(1.0), Just(97.0), Just(1234.0), Just(5.5e5), Just(1e9), Just(1e12), Just(-1e6)],
        flat in prop_oneof![4 => Just(None), 1 => Just(Some(0.0)), 1 => Just(Some(7.0))],
        gaps in prop_oneof![Just(0.0), Just(0.2), Just(0.95)],
        width in prop_oneof![3 => Just(720_u32), 1 => 360..1600_u32],
        unit in prop_oneof![Just(Unit::Count), Just(Unit::Percent), Just(Unit::Index)],
        ranks in any::<bool>(),
        highlights in any::<bool>(),
        height in heights(),
    ) -> (Look, Vec<Panel>) {
        let mut look = look("heatmap", &subjects, width, unit);
        look.chart = kind::find("heatmap").unwrap().variant(across == Across::Groups);
        (look.height, look.lower_is_better) = (height, ranks);
        if highlights {
            look.subjects[0].emphasis = Emphasis::Highlight;
        }
        let columns: Vec<Heading> = match across {
            Across::Groups => groups.iter().map(|name| heading(name, None)).collect(),
            Across::Months => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map(|name| heading(name, None)).to_vec(),
            Across::Periods => (0..count).map(|i| heading(&format!("Mar {}", 1970 + i), None)).collect(),
        };
        let cell = |row: usize, column: usize| match noise(seed, row * 130 + column) {
            _ if row + column == 0 => GridCell::Number(flat.unwrap_or(size)),
            chance if chance < gaps => GridCell::Missing,
            chance if chance < gaps + 0.01 => GridCell::Outside,
            chance if chance > 0.98 => GridCell::Below(1.0),
            chance => GridCell::Number(flat.unwrap_or(chance * size)),
        };
        let rows: Vec<Heading> = match across {
            Across::Months => (0..subjects.len()).map(|i| heading(&(1990 + i).to_string(), None)).collect(),
            _ => subjects.iter().enumerate().map(|(i, name)| heading(name, Some(i))).collect(),
        };
        let row = |(i, heading): (usize, Heading)| GridRow {
            heading,
            cells: (0..columns.len()).map(|column| cell(i, column)).collect(),
            torn: if i % 3 == 0 { vec![columns.len() - 1] } else { Vec::new() },
        };
        let rows = rows.into_iter().enumerate().map(row).collect();
        let named = match across {
            Across::Groups => Named::ALL,
            Across::Months => Named { steps: &[1, 2, 3, 6], ..Named::ALL },
            Across::Periods => Named { anchor: 30, steps: &[1, 2, 5, 10, 20, 50], years_from: 2 },
        };
        let grid = Grid { named, columns, rows };
        (look, vec![Panel { title: String::new(), measure: "things".into(), marks: Marks::Cells(grid) }])
    }
}

fn grid(panels: &[Panel]) -> &Grid {
    let [Panel { marks: Marks::Cells(grid), .. }] = panels else { panic!("expected cells") };
    grid
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 200,
        cases: ProptestConfig::default().cases.div_ceil(3),
        ..ProptestConfig::default()
    })]

    #[test]
    fn tables_of_any_cells_keep_the_rules((look, panels) in table_figure()) {
        let grid = grid(&panels);
        let Some(scene) = draw(&look, &panels)? else {
            prop_assert!(look.height.is_some() || grid.columns.len() > 3, "three columns have room");
            return Ok(());
        };
        // One above the rows, one between two of them, one below; and a colour under each name that stands out.
        let rules = of_role(&scene, Role::Rule).len();
        prop_assert!(rules > grid.rows.len(), "{rules} rules");
        let said: std::collections::BTreeSet<i32> = of_role(&scene, Role::CategoryLabel).iter().filter_map(|item| match item.shape {
            Shape::Text { origin, .. } => Some(origin.1),
            _ => None,
        }).collect();
        prop_assert!(said.len() >= grid.rows.len(), "every row has its name");
    }
}

/// The fills of cells, row by row.
fn fills(scene: &Scene) -> Vec<Rgb> {
    let fill = |item: &&Item| match item.shape {
        Shape::Rect { fill, .. } => fill.rgb,
        _ => panic!("expected a rectangle"),
    };
    of_role(scene, Role::Cell).iter().map(fill).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 100,
        cases: ProptestConfig::default().cases.div_ceil(3),
        ..ProptestConfig::default()
    })]

    #[test]
    fn heatmaps_of_any_cells_keep_the_rules((look, panels) in heatmap_figure()) {
        let Some(scene) = draw(&look, &panels)? else {
            let grid = grid(&panels);
            prop_assert!(look.height.is_some() || grid.columns.len() > 4, "four columns have room");
            return Ok(());
        };
        let cells = || grid(&panels).rows.iter().flat_map(|row| &row.cells);
        let values: Vec<f64> = cells().filter_map(|cell| match cell {
            GridCell::Number(value) => Some(*value),
            GridCell::Below(bound) => Some(bound / 2.0),
            _ => None,
        }).collect();
        let fills = fills(&scene);
        prop_assert_eq!(fills.len(), values.len());
        // The more, the further from the ground; the same for the same.
        let ground = luminance(if look.width.is_multiple_of(2) { Theme::light() } else { Theme::dark() }.background);
        let sign = if look.lower_is_better { -1.0 } else { 1.0 };
        let mut shades: Vec<(f64, f64)> = values.iter().zip(&fills).map(|(v, fill)| (v * sign, (luminance(*fill) - ground).abs())).collect();
        shades.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        prop_assert!(shades.windows(2).all(|pair| pair[0].1 <= pair[1].1), "a greater value has a weaker shade");
        let missing = cells().any(|cell| *cell == GridCell::Missing);
        let said = of_role(&scene, Role::LegendLabel).iter().any(|item| matches!(&item.shape, Shape::Text { run, .. } if run.text == "no data"));
        prop_assert_eq!(missing, said, "what is hatched is said");
        prop_assert_eq!(missing, !of_role(&scene, Role::Hatch).is_empty());
        let printed = of_role(&scene, Role::CellLabel).len();
        prop_assert!(printed == 0 || printed == values.len(), "all values or none");
    }
}

/// The errors of a figure, of its frame or its kind.
fn refused(csv: &str, columns: &str, lines: &str) -> String {
    let lines = format!("title = \"Test\"\nclaims = [\"A is b\"]\n{lines}");
    let (spec, plotted) = figure(csv, columns, &lines);
    match plotted.and_then(|frame| kind::marks(&spec, &frame).map(|_| ())) {
        Ok(()) => String::new(),
        Err(report) => report.diagnostics.iter().map(|fault| format!("{}\n", fault.message)).collect(),
    }
}

const FACTS: &str = "what,Ada,Fern\nSpeed,Fast,Slow\nLicence,MIT,\n";
const WORDS: &str = "values_are = \"words\"";

#[test]
fn words_of_three_layouts_are_one_table() {
    let long = "who,what,said\nAda,Speed,Fast\nFern,Speed,Slow\nAda,Licence,MIT\nFern,Licence,\n";
    let turned = "who,Speed,Licence\nAda,Fast,MIT\nFern,Slow,\n";
    let grid = |csv: &str, columns: &str| {
        let (spec, plotted) = figure(csv, &format!("{WORDS}\n{columns}"), "chart = \"table\"\ntitle = \"T\"");
        match kind::marks(&spec, &plotted.unwrap()).unwrap().remove(0).marks {
            Marks::Cells(grid) => grid,
            _ => panic!("expected cells"),
        }
    };
    let words = |text: &str| GridCell::Words(text.to_owned());
    let expected = Grid {
        named: Named::ALL,
        columns: vec![heading("Ada", Some(0)), heading("Fern", Some(1))],
        rows: vec![
            GridRow {
                heading: heading("Speed", None),
                cells: vec![words("Fast"), words("Slow")],
                torn: Vec::new(),
            },
            GridRow {
                heading: heading("Licence", None),
                cells: vec![words("MIT"), GridCell::Missing],
                torn: Vec::new(),
            },
        ],
    };
    assert_eq!(grid(FACTS, ""), expected);
    assert_eq!(grid(FACTS, "group = \"what\""), expected);
    assert_eq!(grid(turned, "subject = \"who\""), expected);
    assert_eq!(grid(long, "subject = \"who\"\ngroup = \"what\""), expected);
}

#[test]
fn words_are_no_numbers() {
    let table = |lines: &str| refused(FACTS, WORDS, &format!("chart = \"table\"\n{lines}"));
    assert_eq!(table(""), "");
    assert_eq!(table("top = 1"), "cannot use `top`: the values of data.csv are words\n");
    assert_eq!(table("unit = \"percent\""), "cannot use `unit`: the values of data.csv are words\n");
    assert_eq!(refused(FACTS, WORDS, "chart = \"grouped-bar\""), "cannot draw words: it shows numbers\n");
}

#[test]
fn a_table_of_one_column_is_bars() {
    let csv = "framework,stars\nAda,1\nFern,2\n";
    assert_eq!(refused(csv, "", "chart = \"table\""), "data.csv has no groups\n");
}

#[test]
fn claims_say_what_a_table_of_words_says() {
    let told = |text: &str| {
        let lines = format!("chart = \"table\"\ntitle = \"T\"\nclaims = [\"{text}\"]");
        let (spec, plotted) = figure(FACTS, WORDS, &lines);
        let report = claim::check(&spec, &plotted.unwrap());
        report.diagnostics.first().map(|fault| fault.message.clone()).unwrap_or_default()
    };
    assert_eq!(told("Ada is Fast in Speed"), "");
    assert_eq!(told("ada is fast in speed"), "");
    assert_eq!(
        told("Ada is Slow in Speed"),
        "claim does not hold: Ada is Slow in Speed: Ada is \"Fast\" in Speed"
    );
    assert_eq!(
        told("Fern is MIT in Licence"),
        "claim cannot be checked: Fern is MIT in Licence: nothing is said of Fern in Licence"
    );
    assert_eq!(
        told("Ada > Fern in Speed"),
        "claim cannot be checked: Ada > Fern in Speed: the values are words, which have no order: write `A is WORDS`"
    );
}

/// What reading a table of words tells, as errors.
fn unread(csv: &str, columns: &str) -> Vec<String> {
    let columns = format!("{WORDS}\n{columns}");
    let text = format!(
        "[datasets.data]\npath = \"data.csv\"\nsource = \"Test\"\nretrieved = 2020-06-30\n{columns}\n\
         [figures.test]\ndataset = \"data\"\nchart = \"table\"\ntitle = \"T\"\n"
    );
    let (manifest, _) = popchart::manifest::load("popchart.toml", &text);
    let read = popchart::data::read("data.csv", csv.as_bytes(), &manifest.figures[0].datasets[0].columns);
    read.unwrap_err().diagnostics.into_iter().map(|fault| fault.message).collect()
}

#[test]
fn a_table_of_words_says_what_it_cannot_read() {
    assert_eq!(unread(FACTS, "group = \"waht\""), ["unknown column \"waht\" in data.csv"]);
    assert_eq!(
        unread(FACTS, "dates = \"day-first\""),
        ["`dates` does not fit data.csv: its values are words"]
    );
    assert_eq!(unread("what,Ada\n,Fast\n", ""), ["expected a name in column \"what\", found an empty cell"]);
    assert_eq!(unread("what,Ada\nSpeed,\n", ""), ["expected numbers, found none"]);
    assert_eq!(
        unread(FACTS, "subject = \"Ada\"\ngroup = \"what\"\nvalues = [\"Ada\"]"),
        ["expected a column of words, found none"]
    );
}

#[test]
fn words_are_never_made_one_of_several() {
    let columns = popchart::data::Columns {
        values_are: Some(popchart::data::ValueColumns::Words),
        ..popchart::data::Columns::default()
    };
    let read =
        popchart::data::read_grouped("data.csv", FACTS.as_bytes(), &columns, popchart::data::Aggregate::Sum);
    assert_eq!(
        read.unwrap_err().to_string(),
        "error[unsuited-key]: `values_are` does not fit data.csv: words have no sum, mean or last value\n  --> data.csv\n\
         hint: leave `values_are` out\nhint: or leave `aggregate` (`--aggregate`) out\n"
    );
}

#[test]
fn a_table_of_words_is_told_to_who_does_not_see_it() {
    let lines = "chart = \"table\"\ntitle = \"T\"\nquantity = \"facts\"";
    let (spec, plotted) = figure(FACTS, WORDS, lines);
    let plotted = plotted.unwrap();
    let words = claim::words(&spec, &plotted).unwrap();
    let told = popchart::tell::describe(&spec, &plotted, &words);
    assert_eq!(told.alt, "Table of facts for Ada and Fern in Speed and Licence.");
    assert_eq!(
        told.desc,
        "Table of facts for Ada and Fern in Speed and Licence. Speed: Ada “Fast”, Fern “Slow”. Licence: Ada “MIT”. \
         Note: No value is known for Fern in Licence."
    );
    let table = popchart::tell::table(&spec, &plotted);
    assert_eq!(table, [["group", "Ada", "Fern"], ["Speed", "Fast", "Slow"], ["Licence", "MIT", ""]]);
    assert!(frame::frame(&spec, &std::collections::BTreeMap::new()).is_err(), "the dataset is needed");
}

/// The cells of a heatmap, as a text: rows of `name: cells`, `-` for missing, `.` for outside.
fn heat(csv: &str, columns: &str, lines: &str) -> Vec<String> {
    let (spec, plotted) = figure(csv, columns, &format!("chart = \"heatmap\"\ntitle = \"T\"\n{lines}"));
    let panels = kind::marks(&spec, &plotted.unwrap()).unwrap();
    let cell = |cell: &GridCell| match cell {
        GridCell::Number(value) => value.to_string(),
        GridCell::Below(bound) => format!("<{bound}"),
        GridCell::Words(words) => words.clone(),
        GridCell::Missing => "-".into(),
        GridCell::Outside => ".".into(),
    };
    let row = |row: &GridRow| {
        format!("{}: {}", row.heading.label, row.cells.iter().map(cell).collect::<Vec<_>>().join(" "))
    };
    grid(&panels).rows.iter().map(row).collect()
}

#[test]
fn months_of_one_subject_stand_year_by_year() {
    let csv = "month,Ada\n2020-11,1\n2021-01,3\n2021-02,4\n2021-03,5\n";
    let rows = ["2020: . . . . . . . . . . 1 -", "2021: 3 4 5 . . . . . . . . ."];
    assert_eq!(heat(csv, "", ""), rows);
    let quarters = "quarter,Ada\n2020-Q3,1\n2020-Q4,2\n2021-Q1,3\n2021-Q2,3\n";
    assert_eq!(heat(quarters, "", ""), ["2020: . . 1 2", "2021: 3 3 . ."]);
}

#[test]
fn periods_of_several_subjects_stand_in_rows() {
    let csv = "year,Ada,Fern\n2018,1,\n2019,,20\n2020,3,30\n2021,4,\n";
    assert_eq!(heat(csv, "", ""), ["Fern: . 20 30 .", "Ada: 1 - 3 4"]);
    assert_eq!(heat(csv, "", "subjects = [\"Ada\", \"Fern\"]"), ["Ada: 1 - 3 4", "Fern: . 20 30 ."]);
}

#[test]
fn groups_that_are_named_are_columns_and_combined_ones_are_not() {
    let csv = "year,where,who,n\n2020,X,Ada,1\n2020,Y,Ada,2\n2021,X,Ada,3\n2021,Y,Ada,4\n2021,X,Fern,5\n";
    let columns = "group = \"where\"\nsubject = \"who\"\nvalues = [\"n\"]";
    assert_eq!(heat(csv, columns, ""), ["Fern: 5 -", "Ada: 3 4"]);
    assert_eq!(heat(csv, columns, "at = 2020"), ["Ada: 1 2"]);
    assert_eq!(heat(csv, columns, "combine = \"mean\""), ["Fern: . 5", "Ada: 1.5 3.5"]);
}

#[test]
fn a_heatmap_says_what_it_cannot_show() {
    let csv = "date,Ada\n2020-01-01,1\n2020-01-09,2\n2020-02-20,3\n2020-06-01,3\n";
    assert_eq!(
        refused(csv, "", "chart = \"heatmap\""),
        "cannot draw cells of irregular dates: they have no places\n"
    );
    assert_eq!(
        refused(FACTS, WORDS, "chart = \"heatmap\"\ngroups = [\"Speed\"]"),
        "cannot draw words: it shows numbers\n"
    );
}
