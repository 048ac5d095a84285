//! Who has a colour, in which order bars and groups stand, and what is warned of in the words of a figure.

use std::collections::BTreeMap;

use popchart::figure::{COLORS, Emphasis, Ink, Marks};
use popchart::frame::leftover::is_leftover;
use popchart::{claim, data, frame, kind, manifest};
use proptest::prelude::*;

use crate::figures::figure;
use crate::project::Project;

/// The colours of a line chart's subjects by their names, as `plot` has it.
fn inks(columns: &[String], rows: usize, lines: &str) -> BTreeMap<String, (Ink, Emphasis)> {
    let mut csv = format!("year,{}\n", columns.join(","));
    for row in 0..rows {
        // Each name has values of its own, wherever its column stands.
        let value = |name: &String| (row * 7 + name.bytes().map(usize::from).sum::<usize>() * 31) % 1009;
        let values: Vec<String> = columns.iter().map(|name| value(name).to_string()).collect();
        csv += &format!("{},{}\n", 2001 + row, values.join(","));
    }
    let (_, frame) = figure(&csv, "", &format!("chart = \"line\"\ntitle = \"T\"\nclaims = []\n{lines}"));
    let look = frame.unwrap_or_else(|told| panic!("{told}")).look;
    look.subjects.into_iter().map(|s| (s.label, (s.ink, s.emphasis))).collect()
}

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set("[a-z]{3,8}x", 1..14).prop_map(|names| names.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_same_names_have_the_same_colours_in_whatever_order(names in names(), seed in any::<u64>()) {
        let mut mixed = names.clone();
        mixed.sort_by_key(|name| name.bytes().fold(seed, |mix, b| mix.wrapping_mul(31).wrapping_add(b.into())));
        let (before, after) = (inks(&names, 3, ""), inks(&mixed, 3, ""));
        prop_assert_eq!(&before, &after);
        let mut taken: Vec<Ink> = Vec::new();
        for (ink, emphasis) in before.values() {
            if *emphasis != Emphasis::Context {
                prop_assert!(!taken.contains(ink), "two have one colour");
                taken.push(*ink);
            }
        }
        prop_assert_eq!(taken.len(), names.len().min(4));
    }

    #[test]
    fn who_is_highlighted_has_a_colour_wherever_it_stands(names in names(), at in any::<prop::sample::Index>()) {
        let name = at.get(&names);
        let (_, emphasis) = inks(&names, 3, &format!("highlight = [\"{name}\"]"))[name];
        prop_assert_eq!(emphasis, Emphasis::Highlight);
    }
}

fn declared(count: usize, figures: &str) -> Vec<frame::Frame> {
    let subjects: String = (0..count).map(|i| format!("[subjects.s{i}]\n")).collect();
    let columns: Vec<String> = (0..count).map(|i| format!("s{i}")).collect();
    let values = |year: usize| (0..count).map(|i| (i + year).to_string()).collect::<Vec<_>>().join(",");
    let csv = format!("year,{}\n2001,{}\n2002,{}\n", columns.join(","), values(1), values(2));
    let text =
        format!("{subjects}[datasets.d]\npath = \"d.csv\"\nsource = \"S\"\nretrieved = 2020\n{figures}");
    let (manifest, report) = manifest::load("popchart.toml", &text);
    assert!(!report.has_errors(), "{report}");
    let (read, _) = data::read("d.csv", csv.as_bytes(), &manifest.datasets["d"].columns).unwrap();
    let datasets = BTreeMap::from([("d".to_owned(), read)]);
    manifest
        .figures
        .iter()
        .map(|spec| frame::frame(spec, &datasets).unwrap_or_else(|e| panic!("{e}")))
        .collect()
}

#[test]
fn subjects_keep_their_colours_from_figure_to_figure_and_the_highlighted_come_first() {
    let figure = |key: &str, lines: &str| {
        format!("[figures.{key}]\ndataset = \"d\"\nchart = \"line\"\ntitle = \"T\"\nclaims = []\n{lines}\n")
    };
    let figures = [
        figure("a", "highlight = [\"s8\", \"s9\"]"),
        figure("b", "highlight = [\"s9\", \"s7\"]"),
        figure("c", ""),
        figure("d", "subjects = [\"s9\", \"s3\", \"s8\"]"),
    ];
    let mut seen: BTreeMap<String, Ink> = BTreeMap::new();
    for frame in declared(10, &figures.concat()) {
        let mut colored = Vec::new();
        for subject in frame.look.subjects.iter().filter(|s| s.emphasis != Emphasis::Context) {
            assert!(matches!(subject.ink, Ink::Palette(slot) if slot < COLORS));
            assert!(!colored.contains(&subject.ink), "two have one colour");
            colored.push(subject.ink);
            let known = *seen.entry(subject.label.clone()).or_insert(subject.ink);
            assert_eq!(known, subject.ink, "{}", subject.label);
        }
        assert!(colored.len() >= 2, "{colored:?}");
    }
    assert_eq!(seen["s8"], Ink::Palette(0));
}

#[test]
fn who_the_title_names_has_a_colour_though_others_are_higher() {
    let columns: Vec<String> = ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned).to_vec();
    let row = |year: u32| format!("{year},1,2,3,4,5,6,7\n");
    let csv = format!("year,{}\n{}{}", columns.join(","), row(2001), row(2002));
    let lines = "chart = \"line\"\ntitle = \"What became of a?\"\nclaims = [\"b > a\"]";
    let look = figure(&csv, "", lines).1.unwrap().look;
    let colored = look.subjects.iter().filter(|s| s.emphasis != Emphasis::Context).map(|s| s.label.as_str());
    assert_eq!(colored.collect::<Vec<_>>(), ["a", "b", "f", "g"]);
}

#[test]
fn a_highlight_that_would_be_grey_is_an_error() {
    let columns = (0..7).map(|i| format!("s{i}")).collect::<Vec<_>>();
    let csv = format!("year,{}\n2001,1,2,3,4,5,6,7\n2002,1,2,3,4,5,6,7\n", columns.join(","));
    let all = columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let lines = format!("chart = \"line\"\ntitle = \"T\"\nclaims = []\nhighlight = [{all}]");
    let told = figure(&csv, "", &lines).1.unwrap_err().to_string();
    assert!(
        told.starts_with(
            "error[grey-highlight]: figure `test`: cannot highlight `s6`: no colour is left of 6\n"
        ),
        "{told}"
    );
    assert!(told.ends_with("hint: highlight fewer, or give a subject a `color` of its own\n"), "{told}");
}

fn bars(csv: &str, columns: &str, lines: &str) -> Vec<(String, Vec<(String, Emphasis)>)> {
    let (spec, frame) = figure(csv, columns, &format!("title = \"T\"\nclaims = []\n{lines}"));
    let frame = frame.unwrap_or_else(|told| panic!("{told}"));
    let panels = kind::marks(&spec, &frame).unwrap();
    let Marks::Bars(groups) = &panels[0].marks else { panic!("no bars") };
    let name = |place: usize| (frame.look.subjects[place].label.clone(), frame.look.subjects[place].emphasis);
    groups.iter().map(|g| (g.label.clone(), g.bars.iter().map(|bar| name(bar.subject)).collect())).collect()
}

#[test]
fn what_is_left_over_stands_last_and_grey() {
    let csv = "why,n\nOther,90\nSpeed,40\nWeiß nicht,20\nPrice,60\n";
    let (equal, grey) = (Emphasis::Equal, Emphasis::Context);
    let told = bars(csv, "", "chart = \"bar\"").remove(0).1;
    let expected = [("Price", equal), ("Speed", equal), ("Other", grey), ("Weiß nicht", grey)];
    assert_eq!(told, expected.map(|(name, emphasis)| (name.to_owned(), emphasis)));
    assert!(["None of the above", " autres ", "Do not know", "その他"].iter().all(|name| is_leftover(name)));
    assert!(!["Others Inc", "Rust", "Nonesuch"].iter().any(|name| is_leftover(name)));
}

#[test]
fn groups_stand_in_the_order_of_their_leaders() {
    let columns = "subject = \"who\"\ngroup = \"place\"\nvalues = [\"n\"]";
    let csv = "who,place,n\nA,x,1\nB,x,2\nA,y,9\nB,y,3\nA,Other,99\nB,Other,98\n";
    let order = |csv: &str, lines: &str| -> Vec<String> {
        bars(csv, columns, &format!("chart = \"grouped-bar\"\n{lines}"))
            .into_iter()
            .map(|(label, _)| label)
            .collect()
    };
    assert_eq!(order(csv, ""), ["y", "x", "Other"]);
    assert_eq!(order(csv, "groups = [\"x\", \"Other\", \"y\"]"), ["x", "Other", "y"], "as they are named");
    assert_eq!(
        order(&csv.replace(",x,", ",18-24,"), ""),
        ["18-24", "y", "Other"],
        "numbers keep their order"
    );
}

#[test]
fn words_that_say_too_much_are_told_of() {
    let csv = "year,A\n2001,1\n2002,2\n2003,3\n";
    let told = |lines: &str| {
        let (spec, frame) =
            figure(csv, "", &format!("chart = \"line\"\ntitle = \"T\"\nclaims = []\n{lines}"));
        let frame = frame.unwrap();
        let words = claim::words(&spec, &frame).unwrap();
        let report = claim::wordy(&spec, &frame, &words).to_string();
        report
            .lines()
            .filter(|line| line.starts_with("warning") || line.starts_with("hint"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(told("subtitle = \"Stars, thousands\"\nnote = \"One. Two.\""), "");
    assert_eq!(
        told("subtitle = \"Stars, {first_date} to {date}\""),
        "warning[repeated-dates]: figure `test`: the subtitle repeats the dates of the time axis\nhint: leave them out"
    );
    assert_eq!(
        told(&format!("subtitle = \"{}\"", "x".repeat(91))),
        "warning[long-subtitle]: figure `test`: the subtitle has 91 characters, expected 90 or fewer\n\
         hint: leave out what the title, the axis or the note says"
    );
    assert_eq!(
        told("note = \"One. Two. Three.\""),
        "warning[long-note]: figure `test`: the note has 3 sentences, expected 2 or fewer\n\
         hint: leave the rest to the text around the figure, or to `note` of the dataset"
    );
}

#[test]
fn digits_are_for_kinds_that_print_values() {
    let refused = |lines: &str| {
        let text = format!(
            "[datasets.d]\npath = \"d.csv\"\nsource = \"S\"\nretrieved = 2020\n[figures.f]\ndataset = \"d\"\n\
             title = \"T\"\nclaims = [\"A > 0\"]\n{lines}\n"
        );
        manifest::load("popchart.toml", &text).1.to_string()
    };
    assert_eq!(refused("chart = \"bar\"\ndigits = \"full\""), "");
    assert_eq!(
        refused("chart = \"line\"\ndigits = \"full\""),
        "\
error[unusable-key]: figure `f`: cannot use `digits` in a line chart
  --> popchart.toml:10:1
   |
10 | digits = \"full\"
   | ^^^^^^
hint: its values are read off the axis
"
    );
    let told = refused("chart = \"bar\"\ndigits = \"four\"");
    assert!(told.contains("\"short\"") && told.contains("\"full\""), "{told}");
}

#[test]
fn full_digits_are_printed_and_are_part_of_what_a_picture_shows() {
    let project = Project::new();
    project.run("render").fine();
    let before = project.charts()["jobs.svg"].clone();
    project.edit("popchart.toml", "[figures.jobs]\n", "[figures.jobs]\ndigits = \"full\"\n");
    let again = project.run("render");
    assert!(again.out.contains("charts/jobs.svg: written"), "{}{}", again.out, again.err);
    assert_ne!(project.charts()["jobs.svg"], before);
}
