//! Annotations and shaded times: at the frame's values, and never lost silently.

use popchart::text::Fonts;
use popchart::theme::Theme;
use popchart::theme::color::contrast;
use popchart::{claim, kind};

use crate::figures::figure;

const CSV: &str =
    "month,Ada,Fern\n2019-01,50,10\n2019-02,60,20\n2019-03,80,30\n2019-04,110,\n2019-05,150,50\n";

fn lines(lines: &str) -> String {
    format!("title = \"T\"\nclaims = [\"Ada > 0\"]\nchart = \"line\"\n{lines}")
}

/// The errors with the lines of the manifest at which they are.
fn refusal(text: &str) -> String {
    let report = figure(CSV, "", &lines(text)).1.map(|_| ()).unwrap_err().to_string();
    let kept = report.lines().filter(|line| !line.trim_start().starts_with(['|', '1', '2']));
    kept.map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_annotation_stands_at_the_value_of_the_frame() {
    let text = "annotations = [{ subject = \"Ada\", at = \"2019-03\", text = \"Don't\" }]\nper = \"month\"";
    let (_, frame) = figure(CSV, "basis = \"cumulative\"", &lines(text));
    let frame = frame.unwrap();
    let note = &frame.look.extras.annotations[0];
    assert_eq!((note.subject, note.value, note.text.as_str()), (0, 20.0, "Don’t"));
    // Of a longer time, its last value.
    let text = "annotations = [{ subject = \"Fern\", at = 2019, text = \"Best\" }]";
    let frame = figure(CSV, "", &lines(text)).1.unwrap();
    assert_eq!(frame.look.extras.annotations[0].value, 50.0);
}

#[test]
fn what_is_not_in_the_frame_is_an_error_at_its_own_line() {
    let text = "annotations = [\n  { subject = \"Ada\", at = \"2019-02\", text = \"Here\" },\n  \
                { subject = \"Fern\", at = \"2019-04\", text = \"Gap\" },\n  \
                { subject = \"Ferm\", at = \"2019-04\", text = \"Nobody\" },\n  \
                { subject = \"Ada\", at = 2018, text = \"Before\" },\n]\n\
                shaded = [\n  { from = 2021, to = 2022, text = \"After\" },\n]";
    assert_eq!(
        refusal(text),
        "error[annotation-outside]: figure `test`: an annotation speaks of Fern at 2019-04, where it has no value\n\
         --> popchart.toml:13:3\n\
         hint: the nearest values are at 2019-03 and 2019-05\n\
         error[annotation-outside]: figure `test`: an annotation speaks of \"Ferm\", which is not drawn\n\
         --> popchart.toml:14:3\n\
         hint: did you mean `Fern`?\n\
         error[annotation-outside]: figure `test`: an annotation speaks of Ada at 2018, where it has no value\n\
         --> popchart.toml:15:3\n\
         hint: its first value is at 2019-01\n\
         error[shade-outside]: figure `test`: the shaded time 2021 to 2022 lies outside what is drawn\n\
         --> popchart.toml:18:3\n\
         hint: the figure goes from 2019-01 to 2019-05"
    );
    let unshown = "subjects = [\"Fern\"]\nannotations = [{ subject = \"Ada\", at = 2019, text = \"X\" }]";
    assert!(refusal(unshown).contains("an annotation speaks of \"Ada\", which is not drawn"));
}

#[test]
fn shaded_times_do_not_overlap_and_have_an_end() {
    let read = |shaded: &str| {
        let text = format!(
            "[datasets.data]\npath = \"d.csv\"\nsource = \"T\"\nretrieved = 2020\n[figures.test]\ndataset = \"data\"\n{}",
            lines(&format!("shaded = [{shaded}]\n"))
        );
        let report = popchart::manifest::load("popchart.toml", &text).1.to_string();
        let kept = report.lines().filter(|line| line.starts_with("error") || line.starts_with("hint"));
        kept.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        read("{ from = 2019, to = 2020 }, { from = \"2020-06\", to = 2021 }"),
        "error[overlapping-shades]: figure `test`: shaded times overlap: 2020-06 is in both\n\
         hint: end the first one earlier, or make them one"
    );
    assert_eq!(
        read("{ from = 2020, to = 2019 }"),
        "error[to-before-from]: figure `test`: `to` is before `from`: 2019, 2020"
    );
    assert_eq!(read("{ from = 2019 }"), "error[missing-key]: figure `test`: missing `to` in a shaded time");
    assert_eq!(read("{ from = 2019, to = 2019 }, { from = 2020, to = 2020, text = \"Two\" }"), "");
}

#[test]
fn a_kind_that_cannot_show_them_refuses_them() {
    for chart in ["bar", "column", "slope", "grouped-bar"] {
        for key in ["annotations", "shaded"] {
            let text = format!(
                "[datasets.data]\npath = \"d.csv\"\nsource = \"T\"\nretrieved = 2020\n[figures.test]\ndataset = \"data\"\n\
                 title = \"T\"\nchart = \"{chart}\"\nclaims = [\"A > 0\"]\n{key} = []\n"
            );
            let report = popchart::manifest::load("popchart.toml", &text).1.to_string();
            assert!(report.contains(&format!("cannot use `{key}` in a {chart} chart")), "{report}");
        }
    }
}

#[test]
fn words_without_room_are_told() {
    let long = "word ".repeat(200);
    let text =
        format!("annotations = [{{ subject = \"Ada\", at = \"2019-03\", text = \"{}\" }}]", long.trim());
    let (spec, frame) = figure(CSV, "", &lines(&text));
    let frame = frame.unwrap();
    let words = claim::words(&spec, &frame).unwrap();
    let panels = kind::marks(&spec, &frame).unwrap();
    let told = kind::warnings(&frame.look, &words, &panels, &Fonts::bundled().unwrap()).to_string();
    assert!(told.starts_with("warning[unplaced-words]: no room for the words \"word word"), "{told}");
    assert!(told.contains("hint: make them shorter, the figure higher, or say it in the `note`"), "{told}");
}

#[test]
fn words_are_read_on_a_shade_in_both_themes() {
    for theme in [Theme::light(), Theme::dark()] {
        assert!(contrast(theme.axis, theme.faint()) >= 4.5);
        assert!(contrast(theme.faint(), theme.background) >= 1.1, "a shade is seen");
        assert!(contrast(theme.grid, theme.faint()) >= 1.1, "gridlines are seen on it");
    }
}
