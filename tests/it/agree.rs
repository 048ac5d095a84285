//! `check` and `render` go by one judgement: what the one calls out of date the
//! other redraws, and nothing else, whatever changed.

use std::collections::BTreeSet;
use std::fs;

use popchart::export::record::{Record, open, seal};
use popchart::export::{self, page};

use crate::project::Project;

/// A change, the start of the name of each file that it touches, and why they differ then.
type Change = (&'static str, fn(&Project), &'static [&'static str], &'static str);

const CHANGES: [Change; 16] = [
    ("nothing", |_| (), &[], ""),
    ("data", |p| p.edit("data/jobs.csv", "250", "251"), &["jobs", "README"], "data changed: `data/jobs.csv`"),
    (
        "manifest",
        |p| p.edit("popchart.toml", "Job listings", "Jobs"),
        &["jobs", "README"],
        "manifest changed",
    ),
    (
        "source",
        |p| p.edit("popchart.toml", "\"Indeed\"", "\"Monster\""),
        &["jobs", "README"],
        "manifest changed",
    ),
    ("scale", |p| p.edit("popchart.toml", "[output]", "[output]\nscale = 1"), PNGS, "manifest changed"),
    ("drawing code, SVG", |p| remake(p, "stars.svg", redrawn), &["stars.svg"], "popchart changed"),
    ("drawing code, PNG", |p| remake(p, "stars.png", of_another_drawing), &["stars.png"], "popchart changed"),
    ("words", |p| remake(p, "stars.md", redrawn), &["stars.md"], "popchart changed"),
    ("gallery", |p| remake(p, "README.md", redrawn), &["README.md"], "popchart changed"),
    (
        "style",
        |p| remake(p, "jobs.png", of_another_style),
        &["jobs.png"],
        "popchart's style changed: 2 was 0",
    ),
    ("a lost PNG", |p| fs::remove_file(p.path("charts/jobs.png")).unwrap(), &["jobs.png"], ""),
    ("lost values", |p| fs::remove_file(p.path("charts/jobs.csv")).unwrap(), &["jobs.csv"], ""),
    ("another's file", |p| copy(p, "stars.png", "jobs.png"), &["jobs.png"], "written for figure `stars`"),
    ("a page as gallery", |p| copy(p, "jobs.md", "README.md"), &["README.md"], "written for figure `jobs`"),
    ("line ends", line_ends, TEXTS, "line ends changed"),
    (
        "line ends of data",
        |p| crlf(p, "data/jobs.csv"),
        &["jobs", "README"],
        "line ends changed: `data/jobs.csv`",
    ),
];
const PNGS: &[&str] = &["stars.png", "stars-dark.png", "jobs.png", "jobs-dark.png"];
const TEXTS: &[&str] = &["stars.svg", "stars.md", "stars.csv", "README.md"];

fn redrawn(body: &mut Vec<u8>, _: &mut Record) {
    let text = String::from_utf8(std::mem::take(body)).unwrap();
    *body = text.replacen("PyTorch", "PyTorch, again", 1).into_bytes();
}

fn of_another_drawing(_: &mut Vec<u8>, record: &mut Record) {
    record.drawing = Some("0".repeat(64));
}

fn of_another_style(_: &mut Vec<u8>, record: &mut Record) {
    record.style = 0;
}

/// Writes a file as another popchart would have: other content, and a record that is true of it.
fn remake(project: &Project, name: &str, change: fn(&mut Vec<u8>, &mut Record)) {
    let path = project.path("charts").join(name);
    let bytes = fs::read(&path).unwrap();
    let slot = export::of_ending(name.rsplit('.').next().unwrap()).unwrap().slot.unwrap_or(page::SLOT);
    let (mut record, _) = open(&slot, &bytes).unwrap();
    let (start, _, end) = (slot.find)(&bytes).unwrap();
    let mut body = [&bytes[..start], &bytes[end..]].concat();
    let before = (body.clone(), record.clone());
    change(&mut body, &mut record);
    assert_ne!(before, (body.clone(), record.clone()), "{name} was not changed");
    fs::write(path, seal(&slot, &body, &record)).unwrap();
}

fn copy(project: &Project, from: &str, to: &str) {
    let charts = project.path("charts");
    fs::copy(charts.join(from), charts.join(to)).unwrap();
}

fn crlf(project: &Project, name: &str) {
    let text = fs::read_to_string(project.path(name)).unwrap();
    project.write(name, &text.replace('\n', "\r\n"));
}

fn line_ends(project: &Project) {
    TEXTS.iter().for_each(|name| crlf(project, &format!("charts/{name}")));
}

/// The files of which a run says something else than that they are up to date, and what it says.
fn told(out: &str) -> Vec<(String, String)> {
    let lines = out.lines().filter_map(|line| line.strip_prefix("charts/")?.split_once(": "));
    lines.filter(|(_, state)| *state != "up to date").map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

fn names(told: &[(String, String)]) -> BTreeSet<&str> {
    told.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn what_check_calls_out_of_date_render_redraws_and_nothing_else() {
    for (what, change, touched, why) in CHANGES {
        let project = Project::new();
        project.run("render").fine();
        change(&project);
        let before = project.charts();
        let expected: BTreeSet<&str> = before
            .keys()
            .map(String::as_str)
            .chain(touched.iter().copied().filter(|name| name.contains('.')))
            .filter(|name| touched.iter().any(|start| name.starts_with(start)))
            .collect();
        let check = project.run("check");
        assert_eq!(check.code, i32::from(!expected.is_empty()), "{what}: {}", check.err);
        let drifted = told(&check.out);
        // Values show neither source nor subtitle: their bytes stay.
        let expected: BTreeSet<&str> = expected
            .into_iter()
            .filter(|name| *name != "jobs.csv" || what.contains("values") || what == "data")
            .collect();
        assert_eq!(names(&drifted), expected, "{what}");
        let why = if why.is_empty() { "missing" } else { why };
        assert!(drifted.iter().all(|(_, told)| told == why), "{what}: {drifted:?}");
        assert_eq!(project.charts(), before, "{what}: check writes nothing");
        let written = told(&project.run("render").fine());
        assert_eq!(names(&written), expected, "{what}");
        assert!(written.iter().all(|(_, state)| state == "written"), "{what}: {written:?}");
        assert!(told(&project.run("check").fine()).is_empty(), "{what}");
        assert!(told(&project.run("render").fine()).is_empty(), "{what}");
    }
}

/// Every kind of file, edited by hand: `check` says so, `render` refuses, and `--force` mends it.
#[test]
fn an_edit_by_hand_is_kept_until_it_is_forced() {
    for name in ["stars.svg", "stars-dark.png", "stars.md", "stars.csv", "README.md"] {
        let project = Project::new();
        project.run("render").fine();
        let first = project.charts();
        let path = project.path("charts").join(name);
        let mut bytes = fs::read(&path).unwrap();
        let at = bytes.len() - 40;
        bytes[if name.ends_with(".md") { 3 } else { at }] ^= 1;
        fs::write(&path, &bytes).unwrap();
        let check = project.run("check");
        assert_eq!(
            (check.code, told(&check.out)),
            (1, vec![(name.into(), "edited by hand".into())]),
            "{name}"
        );
        let hint = "hint: it leaves alone what somebody edited, without `--force`, and what popchart did not write\n";
        assert!(check.err.ends_with(hint), "{name}: {}", check.err);
        let render = project.run("render");
        assert_eq!(render.code, 2, "{name}");
        let figure = if name == "README.md" { "" } else { "figure `stars`: " };
        let error = format!(
            "error[edited-file]: {figure}cannot replace a file that was edited by hand\n  --> charts/{name}\n\
             hint: replace it with `--force`, or move it away\n"
        );
        assert!(render.err.starts_with(&error), "{name}: {}", render.err);
        assert_eq!(fs::read(&path).unwrap(), bytes, "{name}");
        assert_eq!(told(&project.run("render --force").fine()), [(name.to_owned(), "written".to_owned())]);
        assert_eq!(project.charts(), first, "{name}");
    }
}

#[test]
fn a_renamed_figure_is_a_change_of_the_manifest() {
    let project = Project::new();
    project.run("render").fine();
    project.edit("popchart.toml", "[figures.jobs]", "[figures.work]");
    let check = project.run("check");
    let drifted = told(&check.out);
    let state = |file: &str| drifted.iter().find(|(name, _)| name == file).map(|(_, state)| state.as_str());
    assert_eq!(state("README.md"), Some("manifest changed"), "{drifted:?}");
    assert_eq!(state("work.svg"), Some("missing"));
    assert_eq!(state("jobs.svg"), Some("of no figure"));
    assert_eq!((drifted.len(), check.code), (13, 1));
    project.run("render --prune").fine();
    assert!(told(&project.run("check").fine()).is_empty());
}

#[test]
fn rewritten_line_ends_have_a_way_out() {
    let project = Project::new();
    project.run("render").fine();
    line_ends(&project);
    let hint = "hint: keep git from rewriting line ends: put a line `* -text` into `.gitattributes`\n";
    let err = project.run("check").err;
    assert!(err.ends_with(hint), "{err}");
    project.run("render").fine();
    fs::remove_file(project.path("charts/stars.svg")).unwrap();
    assert!(!project.run("check").err.contains("gitattributes"));
}
