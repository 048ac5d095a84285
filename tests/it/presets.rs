//! Sizes that pictures are made for: what is drawn in each, what a manifest may say of them, and how their files are
//! called, kept and told.

use std::collections::BTreeSet;

use popchart::figure::*;
use popchart::manifest;
use popchart::preset::{self, Preset, SCREEN};
use popchart::theme::{Sizes, Theme};
use proptest::prelude::*;

use crate::cells::{heatmap_figure, table_figure};
use crate::pictures::{bar_figure, check_in, column_figure, line_figure, slope_figure};
use crate::pictures_kinds::lines;
use crate::plot::Desk;
use crate::project::{Project, Ran};

/// A figure of any kind, as others have it, at a size and in a theme.
fn sized_figure() -> impl Strategy<Value = (Look, Vec<Panel>, &'static Preset, bool)> {
    let figure = prop_oneof![
        3 => line_figure().boxed(),
        1 => slope_figure().boxed(),
        1 => column_figure().boxed(),
        3 => bar_figure().boxed(),
        3 => crate::pictures_kinds::many_figure(),
        1 => lines("multiples").boxed(),
        1 => table_figure().boxed(),
        1 => heatmap_figure().boxed(),
    ];
    (figure, prop::sample::select(preset::ALL.to_vec()), any::<bool>())
        .prop_map(|((look, panels), preset, dark)| (look.at(preset.size()), panels, preset, dark))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_kind_keeps_the_rules_in_every_size((look, panels, preset, dark) in sized_figure()) {
        let theme = if dark { Theme::dark() } else { Theme::light() };
        let Some(scene) = check_in(&theme, &look, &panels)? else { return Ok(()) };
        prop_assert_eq!(scene.width, preset.width);
        if preset.is_fixed {
            prop_assert_eq!(scene.height, preset.height);
        }
    }
}

/// A look of so many subjects, and lines or bars of them.
fn plain(kind: &str, count: usize, size: &'static Preset) -> (Look, Vec<Panel>) {
    let names =
        ["TensorFlow", "PyTorch", "Keras", "JavaScript", "Python", "TypeScript", "Java", "Shell", "C"];
    let subjects = (0..count).map(|i| Subject {
        label: names[i].into(),
        ink: Ink::Palette(i),
        emphasis: Emphasis::Equal,
    });
    let look = Look {
        chart: popchart::kind::find(kind).unwrap().kind(),
        preset: size,
        width: size.width,
        height: size.size().height,
        subjects: subjects.collect(),
        events: Vec::new(),
        marked: Vec::new(),
        unit: Unit::Count,
        digits: popchart::figure::Digits::Short,
        lower_is_better: false,
        by_age: false,
        extras: Extras::default(),
    };
    let bars = || {
        let bar = |subject| Bar { subject, value: Some(90_000.0 / (subject + 1) as f64), below: None };
        vec![BarGroup { label: String::new(), bars: (0..count).map(bar).collect() }]
    };
    let panel =
        |title: &str| Panel { title: title.into(), measure: "things".into(), marks: Marks::Bars(bars()) };
    let panels = match kind {
        "facets" => vec![panel("Stars"), panel("Forks")],
        "grouped-bar" => {
            let group = |label: &str| BarGroup { label: label.into(), bars: bars().remove(0).bars };
            let groups = ["Indeed", "Monster", "SimplyHired"].map(group).to_vec();
            vec![Panel { marks: Marks::Bars(groups), ..panel("") }]
        }
        _ => vec![panel("")],
    };
    (look, panels)
}

fn short_words() -> Words {
    Words {
        title: "TensorFlow is still ahead of PyTorch and Keras".into(),
        subtitle: "Stars on each project's main GitHub repository".into(),
        note: "Note: stars are withdrawn rarely.".into(),
        source: "Source: GitHub, 22 Aug 2026".into(),
    }
}

#[test]
fn every_size_has_room_for_what_an_article_compares() {
    let fonts = popchart::text::Fonts::bundled().unwrap();
    for size in preset::ALL {
        for (kind, count) in
            [("bar", 1), ("bar", 3), ("bar", 8), ("facets", 3), ("facets", 5), ("grouped-bar", 3)]
        {
            let (look, panels) = plain(kind, count, size);
            let drawn = popchart::kind::draw(&look, &short_words(), &panels, &Theme::light(), &fonts);
            assert!(drawn.is_ok(), "{kind} of {count} at {}: {}", size.name, drawn.unwrap_err());
        }
    }
}

#[test]
fn groups_beside_each_other_have_one_scale_and_no_cut_names() {
    use popchart::canvas::{Role, Shape};
    let fonts = popchart::text::Fonts::bundled().unwrap();
    let (mut look, mut panels) = plain("grouped-bar", 3, preset::find("card").unwrap());
    look.subjects[0].label = "TensorFlow".into();
    let Marks::Bars(groups) = &mut panels[0].marks else { unreachable!() };
    for bar in groups.iter_mut().flat_map(|group| &mut group.bars) {
        bar.value = bar.value.map(|value| value / 1000.0);
    }
    groups[1].bars[0].value = Some(45.0);
    let scene = popchart::kind::draw(&look, &short_words(), &panels, &Theme::light(), &fonts).unwrap();
    let of = |role: Role| scene.items.iter().filter(move |item| item.role == role);
    let widths: Vec<i32> =
        of(Role::Bar).map(|bar| bar.bounds(&fonts)).map(|bar| bar.right - bar.left).collect();
    assert!((widths[0] - 2 * widths[3]).abs() <= 64 && (widths[0] - widths[6]).abs() <= 64, "{widths:?}");
    let words = |item: &popchart::canvas::Item| match &item.shape {
        Shape::Text { run, .. } => run.text.clone(),
        _ => String::new(),
    };
    assert_eq!(of(Role::CategoryLabel).map(words).filter(|name| name == "TensorFlow").count(), 3);
    let baseline = |item: &popchart::canvas::Item| match &item.shape {
        Shape::Text { origin, .. } => origin.1,
        _ => 0,
    };
    let tops: BTreeSet<i32> = of(Role::GroupLabel).map(baseline).collect();
    assert_eq!((of(Role::GroupLabel).count(), tops.len()), (3, 1));
}

#[test]
fn few_bars_stand_in_the_middle_of_a_fixed_height() {
    use popchart::canvas::Role;
    let fonts = popchart::text::Fonts::bundled().unwrap();
    let (look, panels) = plain("bar", 1, preset::find("square").unwrap());
    let scene = popchart::kind::draw(&look, &short_words(), &panels, &Theme::light(), &fonts).unwrap();
    let bounds = |role: Role| {
        let of = scene.items.iter().filter(move |item| item.role == role);
        of.map(|item| item.bounds(&fonts)).collect::<Vec<_>>()
    };
    let above = bounds(Role::Bar)[0].top - bounds(Role::Subtitle).last().unwrap().bottom;
    let below = bounds(Role::Note)[0].top - bounds(Role::Bar)[0].bottom;
    assert!((above - below).abs() < 30 * 64 && above > 200 * 64, "{above} above, {below} below");
}

#[test]
fn text_is_read_at_the_size_it_is_shown_at() {
    for preset in preset::ALL {
        let Sizes { floor, tick, footer, .. } = Sizes::of_look(&plain("bar", 1, preset).0);
        let shown = |size: f64| size * preset.shown / f64::from(preset.width);
        assert!(tick >= footer && footer >= floor, "{}", preset.name);
        let least = if preset.density == SCREEN { 11.0 } else { 7.0 * 96.0 / 72.0 };
        assert!(shown(floor) >= least - 0.01 && shown(footer) >= least - 0.01, "{}", preset.name);
    }
    let card = preset::find("card").unwrap();
    assert_eq!((card.width, card.height, card.padding), (1200, 630, 60.0));
    assert_eq!((card.title, card.label, card.line), (52.0, 30.0, 6.0));
}

/// The errors of a figure or an output with such keys.
fn errors(output: &str, figure: &str) -> String {
    let text = format!(
        "[output]\ndir = \"charts\"\n{output}\n[datasets.d]\npath = \"d\"\nsource = \"D\"\nretrieved = 2026-01-01\n\
         [figures.f]\ndataset = \"d\"\nchart = \"bar\"\ntitle = \"T\"\nclaims = [\"A > B\"]\n{figure}\n"
    );
    manifest::load("popchart.toml", &text).1.to_string()
}

#[test]
fn what_is_wrong_with_a_size_is_told() {
    let cases = [
        (
            "size = \"cart\"",
            "error[unknown-word]: figure `f`: unknown size \"cart\"\n  --> popchart.toml:13:9\n   |\n\
             13 | size = \"cart\"\n   |         ^^^^\n\
             hint: did you mean \"card\"? `size` is one of \"article\", \"wide\", \"card\", \"square\", \"phone\", \"print\"",
        ),
        (
            "size = [\"card\", \"card\"]",
            "error[named-twice]: figure `f`: `size` names \"card\" twice\n  --> popchart.toml:13:1\n   |\n\
             13 | size = [\"card\", \"card\"]\n   | ^^^^",
        ),
        (
            "size = []",
            "error[empty-value]: figure `f`: `size` names no size\n  --> popchart.toml:13:1\n   |\n\
             13 | size = []\n   | ^^^^",
        ),
        (
            "size = 720",
            "error[wrong-value]: figure `f`: `size`: expected a word, or an array of words, found 720\n  \
             --> popchart.toml:13:8\n   |\n13 | size = 720\n   |        ^^^",
        ),
        (
            "size = \"card\"\nwidth = 800",
            "error[two-keys]: figure `f`: `width` stands beside `size`\n  --> popchart.toml:14:1\n   |\n\
             14 | width = 800\n   | ^^^^^\n\
             hint: leave `width` out, or `size`: a size has its own width and height",
        ),
        (
            "size = [\"article\"]\nheight = 300",
            "error[two-keys]: figure `f`: `height` stands beside `size`\n  --> popchart.toml:14:1\n   |\n\
             14 | height = 300\n   | ^^^^^^\n\
             hint: leave `height` out, or `size`: a size has its own width and height",
        ),
    ];
    for (keys, told) in cases {
        assert_eq!(errors("", keys).trim_end(), told, "{keys}");
    }
    let told = errors("size = \"card\"\nwidth = 800", "");
    assert!(
        told.starts_with("error[two-keys]: `width` stands beside `size`\n --> popchart.toml:4:1"),
        "{told}"
    );
}

/// A small project whose figure `stars` has such a size.
fn project(size: &str) -> Project {
    let project = Project::new();
    project.edit("popchart.toml", "chart = \"line\"", &format!("chart = \"line\"\nsize = {size}"));
    project
}

fn names(project: &Project) -> Vec<String> {
    project.charts().into_keys().filter(|name| name.starts_with("stars")).collect()
}

const BOTH: [&str; 10] = [
    "stars-card-dark.png",
    "stars-card-dark.svg",
    "stars-card.png",
    "stars-card.svg",
    "stars-dark.png",
    "stars-dark.svg",
    "stars.csv",
    "stars.md",
    "stars.png",
    "stars.svg",
];

#[test]
fn a_figure_of_several_sizes_has_every_picture_of_each() {
    let project = project("[\"article\", \"card\"]");
    project.run("render").fine();
    assert_eq!(names(&project), BOTH);
    let charts = project.charts();
    let size = |name: &str| {
        let bytes = &charts[name][16..24];
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        (number(0), number(4))
    };
    assert_eq!((size("stars.png"), size("stars-card.png")), ((1440, 960), (1200, 630)));
    // Each has a record of its own, by which it is known to be up to date.
    assert!(!project.run("render").fine().contains("written"));
    assert!(!project.run("check").fine().contains("missing"));
    let page = String::from_utf8(charts["stars.md"].clone()).unwrap();
    for name in ["stars.svg", "stars-card.svg", "stars-card-dark.svg"] {
        assert!(page.contains(name), "{name} is not on the page:\n{page}");
    }
    let gallery = String::from_utf8(charts["README.md"].clone()).unwrap();
    assert!(gallery.contains("stars.svg") && !gallery.contains("stars-card.svg"), "{gallery}");
    let json: serde_json::Value = serde_json::from_str(&project.run("list --format json").fine()).unwrap();
    let listed: Vec<&str> =
        json["figures"][0]["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap()).collect();
    let mut expected = BOTH.map(|name| format!("charts/{name}")).to_vec();
    expected.sort();
    let mut listed: Vec<String> = listed.into_iter().map(str::to_owned).collect();
    listed.sort();
    assert_eq!(listed, expected);
    let json = project.run("check --format json").fine();
    assert!(BOTH.iter().all(|name| json.contains(&format!("charts/{name}"))), "{json}");
}

#[test]
fn a_picture_is_called_the_same_whatever_other_sizes_there_are() {
    let project = project("[\"card\", \"article\"]");
    project.run("render").fine();
    assert_eq!(names(&project), BOTH);
    project.edit("popchart.toml", "size = [\"card\", \"article\"]", "size = \"card\"");
    let check = project.run("check");
    let orphans: Vec<&str> = check.out.lines().filter(|line| line.contains("of no figure")).collect();
    let gone = ["stars-dark.png", "stars-dark.svg", "stars.png", "stars.svg"];
    assert_eq!(orphans, gone.map(|name| format!("charts/{name}: of no figure")));
    project.run("render --prune").fine();
    let left: Vec<&str> = BOTH.into_iter().filter(|name| !gone.contains(name)).collect();
    assert_eq!(names(&project), left);
    project.run("check").fine();
}

#[test]
fn one_size_can_be_written_alone() {
    let project = project("[\"article\", \"card\"]");
    project.run("render stars --only png").fine();
    let pictures: Vec<&str> = BOTH.into_iter().filter(|name| name.ends_with("png")).collect();
    assert_eq!(names(&project), pictures);
}

#[test]
fn a_file_of_two_figures_is_refused() {
    let project = project("[\"article\", \"card\"]");
    project.edit("popchart.toml", "[figures.jobs]", "[figures.stars-card]");
    let Ran { code, err, .. } = project.run("render");
    let told = "error[same-file-name]: figure `stars-card`: its file `stars-card.svg` would be that of figure `stars` as well\n";
    assert!(code == 2 && err.contains(told), "{err}");
    assert!(!project.charts().contains_key("stars-card.md"));
}

#[test]
fn a_project_may_name_the_sizes_of_all_its_figures() {
    let project = Project::new();
    project.edit("popchart.toml", "theme = \"both\"", "theme = \"light\"\nsize = [\"article\", \"phone\"]");
    project.edit("popchart.toml", "chart = \"bar\"", "chart = \"bar\"\nwidth = 500");
    project.edit("popchart.toml", "formats = [\"svg\", \"png\", \"csv\"]", "formats = [\"svg\"]");
    project.run("render").fine();
    let expected = ["README.md", "jobs.md", "jobs.svg", "stars-phone.svg", "stars.md", "stars.svg"];
    assert_eq!(project.charts().into_keys().collect::<Vec<_>>(), expected);
}

#[test]
fn what_has_no_room_at_a_size_is_told() {
    let project = project("[\"article\", \"card\"]");
    let note = format!("note = \"{}\"\nchart = \"line\"", "Counted once a day, ".repeat(20).trim_end());
    project.edit("popchart.toml", "chart = \"line\"", &note);
    let told = "warning[note-left-out]: figure `stars`: the note has no room in a picture of the size \"card\"\n  \
                --> popchart.toml:27:8\n   |\n27 | size = [\"article\", \"card\"]\n   |        ^^^^^^^^^^^^^^^^^^^\n\
                hint: say it in fewer words, or in the text around the picture: the figure's page has it\n";
    let ran = project.run("render");
    assert_eq!((ran.code, ran.err.as_str()), (0, told), "{}", ran.out);
    let subtitle = "Stars on GitHub ".repeat(20);
    project.edit("popchart.toml", "Stars on GitHub", subtitle.trim_end());
    let told = "error[height-too-small]: figure `stars`: cannot draw this figure at the size \"card\": its plot would have no room\n  \
                --> popchart.toml:27:8\n   |\n27 | size = [\"article\", \"card\"]\n   |        ^^^^^^^^^^^^^^^^^^^\n\
                hint: shorten title and subtitle, show fewer with `top`, or leave \"card\" out of `size`\n";
    let ran = project.run("render");
    assert!(ran.code == 2 && ran.err.contains(told), "{}", ran.err);
}

#[test]
fn paper_is_measured_in_millimetres_and_dots() {
    let project = project("\"print\"");
    project.run("render").fine();
    let charts = project.charts();
    let svg = String::from_utf8(charts["stars-print.svg"].clone()).unwrap();
    let root = svg.split('>').next().unwrap();
    assert!(root.contains(" width=\"112.268mm\" height=\"76.2mm\" viewBox=\"0 0 1326 900\""), "{root}");
    let reader = png::Decoder::new(std::io::Cursor::new(&charts["stars-print.png"])).read_info().unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (1326, 900));
    // 300 dots to the inch.
    assert_eq!(info.pixel_dims.unwrap().xppu, 11_811);
}

#[test]
fn lines_of_one_project_share_one_height() {
    let project = Project::new();
    let short = "title = \"{leader} has the most stars\"\nsubtitle = \"Stars on GitHub\"";
    for (words, formats) in [
        (short, "1440 960"),
        (
            "title = \"{leader} has the most stars\"\nsubtitle = \"Stars on GitHub, of each project, at the end of each month, as somebody counted them\"\nnote = \"A note.\"",
            "1440 960",
        ),
        (
            "title = \"{leader} has the most stars\"\nevents = [{ date = 2020-02-10, label = \"Something\" }]",
            "1440 960",
        ),
    ] {
        let fresh = Project::new();
        fresh.edit("popchart.toml", short, words);
        fresh.run("render stars --only png").fine();
        let charts = fresh.charts();
        let bytes = &charts["stars.png"][16..24];
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!(format!("{} {}", number(0), number(4)), formats, "{words}");
    }
    drop(project);
}

#[test]
fn plot_draws_at_a_size() {
    let desk = Desk::new(&[("a.csv", "name,value\nA,1\nB,2\n")]);
    assert_eq!(desk.run("plot a.csv --size card -o a.png").fine(), "a.png: written\n");
    let bytes = std::fs::read(desk.folder.path().join("a.png")).unwrap();
    assert_eq!(bytes[16..24], [0, 0, 4, 176, 0, 0, 2, 118]);
    assert!(desk.run("plot a.csv --size card --manifest").fine().contains("\nsize = \"card\"\n"));
    let ran = desk.run("plot a.csv --size card --width 500");
    assert!(ran.code == 2 && ran.err.contains("cannot be used with"), "{}", ran.err);
}
