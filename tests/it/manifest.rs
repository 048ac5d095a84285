//! The manifest: defaults, order, and the exact text of what can be wrong with it. A case is a manifest of
//! `tests/it/manifest/` with what is told of it in the file beside.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use popchart::export;
use popchart::figure::{EventKind, Ink, Rgb};
use popchart::manifest;
use popchart::preset::ARTICLE;
use popchart::spec::source::{Anchor, Source, Span};
use popchart::spec::template::{Piece, Placeholder, Template};
use popchart::spec::{At, Combine, FigureSpec, LastPeriod, Measure, ThemeChoice};
use proptest::prelude::*;

use crate::figures::manifest_text;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/manifest");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    cases.sort();
    cases
}

#[test]
fn everything_wrong_is_told_at_once_with_its_place() {
    let cases = cases();
    assert_eq!(cases.len(), 13);
    for case in cases {
        let text = std::fs::read_to_string(&case).unwrap();
        let (manifest, report) = manifest::load("popchart.toml", &text);
        let names = |keys: Vec<String>| if keys.is_empty() { "none".into() } else { keys.join(", ") };
        let sound = names(manifest.figures.iter().map(|figure| figure.key.clone()).collect());
        let told = format!("{report}\nsound: {sound}; broken: {}\n", names(manifest.broken));
        let expected = case.with_extension("txt");
        let expected = std::fs::read_to_string(&expected).unwrap_or_else(|_| panic!("{told}"));
        assert_eq!(told, expected, "{}", case.display());
    }
}

#[test]
fn a_hint_quotes_a_name_that_toml_needs_quoted() {
    let text =
        "[figures.f]\ndataset = \"2020/stars\"\nchart = \"bar\"\ntitle = \"T\"\nclaims = [\"A > B\"]\n";
    let (_, report) = manifest::load("popchart.toml", text);
    assert_eq!(report.diagnostics[0].hints, ["declare it in a table `[datasets.\"2020/stars\"]`"]);
}

#[test]
fn a_manifest_without_fault_has_nothing_told() {
    let (manifest, report) = manifest::load("popchart.toml", &manifest_text());
    assert_eq!(report.to_string(), "");
    let keys: Vec<&str> = manifest.figures.iter().map(|figure| figure.key.as_str()).collect();
    assert_eq!(
        keys[..10],
        [
            "google-trends",
            "github-stars",
            "github-forks",
            "github-activity",
            "job-listings",
            "medium-articles",
            "arxiv-mentions",
            "conference-papers",
            "stack-overflow",
            "pypi-downloads",
        ]
    );
    let subjects: Vec<&str> = manifest.subjects.iter().map(|subject| subject.key.as_str()).collect();
    assert_eq!(subjects[..4], ["keras", "tensorflow", "pytorch", "tensorflow-with-keras"]);
    assert_eq!(
        manifest.subjects[0].ink,
        Ink::Fixed { light: Rgb(0x8a, 0x15, 0x38), dark: Some(Rgb(0xe0, 0x7a, 0x8c)) }
    );
}

fn only_figure(text: &str) -> FigureSpec {
    let (mut manifest, report) = manifest::load("popchart.toml", text);
    assert!(!report.has_errors(), "{report}");
    manifest.figures.remove(0)
}

#[test]
fn what_is_not_said_has_its_default() {
    let text = "[subjects.a]\n[subjects.b]\nlabel = \"B\"\n[datasets.d]\npath = \"d\"\nsource = \"D\"\n\
                [figures.f]\ndataset = \"d\"\nchart = \"bar\"\ntitle = \"T\"\n";
    let (manifest, report) = manifest::load("popchart.toml", text);
    assert_eq!(report.diagnostics.len(), 2, "{report}");
    assert_eq!(manifest.output.dir, "charts");
    assert_eq!(manifest.output.formats, [&export::svg::EXPORT, &export::png::EXPORT]);
    assert_eq!((manifest.output.theme, manifest.output.scale), (ThemeChoice::Light, 2));
    assert_eq!(manifest.subjects[0].label, "a");
    assert_eq!(manifest.subjects[1].ink, Ink::Palette(1));
    let figure = &manifest.figures[0];
    assert_eq!((figure.chart.name, figure.unit, &figure.sizes), ("bar", None, &vec![ARTICLE.size()]));
    assert_eq!((figure.combine, figure.below_one), (Combine::Never, 0.5));
    assert_eq!(figure.transforms, []);
    assert_eq!(figure.last_period, LastPeriod::Judge);
    assert_eq!((figure.panels[0].at, &figure.panels[0].measure), (At::Latest, &Measure::Only));
    assert!(figure.title.pieces == [Piece::Text("T".into())] && figure.shown.is_empty());
}

#[test]
fn what_is_said_is_kept() {
    let figure = only_figure(
        r##"
        [output]
        width = 800
        [subjects.a]
        color = "#010203"
        color_dark = "#a0B0c0"
        also = ["AA"]
        [subjects.b]
        [datasets.d]
        path = "d.csv"
        source = "D"
        retrieved = "2020"
        names = { x = "b" }
        columns = { only = { portal = "P" }, same = ["q"] }
        [figures.f]
        dataset = "d"
        measure = "n / all"
        chart = "line"
        title = "{leader} {{has}} {value: A at 2020 in G}"
        subjects = ["aa", "B"]
        highlight = ["b"]
        from = 2019
        to = "2020-06"
        combine = "pooled"
        events = [{ date = 2020-02-01, label = "Later" }, { date = "2020", label = "First", kind = "method-changed" }]
        claims = ["A > B"]
        "##,
    );
    assert_eq!((figure.size().width, figure.unit, figure.combine), (800, None, Combine::Pooled));
    assert_eq!((figure.shown.as_slice(), figure.highlight.as_slice()), (&[0, 1][..], &[1][..]));
    assert_eq!(figure.declared[0].ink, Ink::Fixed { light: Rgb(1, 2, 3), dark: Some(Rgb(0xa0, 0xb0, 0xc0)) });
    assert_eq!(figure.panels[0].measure, Measure::Ratio { numerator: "n".into(), denominator: "all".into() });
    assert_eq!(figure.datasets[0].columns.only, [("portal".to_owned(), vec!["P".to_owned()])]);
    assert_eq!(figure.datasets[0].names, [("x".to_owned(), 1)]);
    assert_eq!(
        (figure.from.unwrap().to_string(), figure.to.unwrap().to_string()),
        ("2019".into(), "2020-06".into())
    );
    let events: Vec<(&str, EventKind)> =
        figure.events.iter().map(|event| (event.label.as_str(), event.kind)).collect();
    assert_eq!(events, [("First", EventKind::MethodChanged), ("Later", EventKind::Happened)]);
    let [Piece::Value(leader, _), Piece::Text(text), Piece::Value(value, place)] =
        figure.title.pieces.as_slice()
    else {
        panic!("{:?}", figure.title)
    };
    assert!(matches!(**leader, Placeholder::Rank(0, _)) && text == " {has} ");
    assert!(matches!(&**value, Placeholder::Value(name, _) if name.text == "A"));
    assert_eq!((place.line, place.column), (Some(19), Some(35)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A manifest that somebody is typing is never a reason to stop, and has a place for each error.
    #[test]
    fn any_text_is_read_or_refused(at in 0..9000usize, cut in 0..40usize, put in "[\\[\\]{}\"'=.#a-z0-9 \n>é/:-]{0,12}") {
        let text: Vec<char> = manifest_text().chars().collect();
        let at = at.min(text.len());
        let end = (at + cut).min(text.len());
        let changed: String = text[..at].iter().copied().chain(put.chars()).chain(text[end..].iter().copied()).collect();
        let (manifest, report) = manifest::load("popchart.toml", &changed);
        for diagnostic in &report.diagnostics {
            prop_assert!(diagnostic.place.as_ref().is_some_and(|place| place.line.is_some()), "{diagnostic}");
        }
        prop_assert!(report.has_errors() || manifest.broken.is_empty());
    }
}

/// Each would take minutes if faults were looked for among all the faults before, or places counted from the start.
#[test]
fn thousands_of_faults_are_told_in_time() {
    let start = std::time::Instant::now();
    let figure = "[datasets.d]\npath = \"d.csv\"\nsource = \"S\"\nretrieved = 2020\n[figures.f]\ndataset = \"d\"\n\
                  chart = \"line\"\ntitle = \"T\"\n";
    let count = |text: &str| manifest::load("popchart.toml", text).1.diagnostics.len();
    let claims: String = (0..40_000).map(|i| format!("\"A{i} >\", ")).collect();
    assert_eq!(count(&format!("{figure}claims = [{claims}]\n")), 40_000);
    for words in ["{x} ", "{ "].map(|words| words.repeat(20_000)) {
        let source = Arc::new(Source::new("popchart.toml", &words));
        let whole = Span::from(0..words.len());
        let report = Template::parse(&words, &Anchor::new(source, whole, true)).unwrap_err();
        assert_eq!(report.diagnostics.len(), 20_000);
    }
    let figures: String = (0..3000).map(|i| format!("[figures.f{i}]\n")).collect();
    assert_eq!(count(&figures), 12_000);
    assert!(start.elapsed() < std::time::Duration::from_secs(30), "took {:?}", start.elapsed());
}
