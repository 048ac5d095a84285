//! popchart destroys nothing that it did not write, and tells what it wrote once
//! and does not any more.

use std::fs;

use crate::inspect::run as run_at_root;
use crate::plot::Desk;
use crate::project::{Project, Ran};
use crate::read::without_lines;

const FOREIGN: &str = "error[foreign-file]: cannot replace a file that popchart did not write\n";

/// The error of something in the way of a file of `stars`.
fn in_the_way(code: &str, fault: &str, name: &str, verb: &str) -> String {
    format!(
        "error[{code}]: figure `stars`: {fault}\n  --> charts/{name}\nhint: {verb}, or name another `dir` in `[output]`\n"
    )
}

#[test]
fn a_file_of_somebody_else_is_named_and_left() {
    for name in ["stars.svg", "stars-dark.png", "stars.md", "stars.csv"] {
        let project = Project::new();
        fs::create_dir(project.path("charts")).unwrap();
        project.write(&format!("charts/{name}"), "mine\n");
        for words in ["render", "render --force"] {
            let render = project.run(words);
            let error = in_the_way(
                "foreign-file",
                "cannot replace a file that popchart did not write",
                name,
                "move it away",
            );
            let gallery = "warning[gallery-left]: the gallery `charts/README.md` was left as it is, because figure `stars` was not written\n";
            assert_eq!((render.code, render.err), (2, format!("{error}\n{gallery}")), "{words}, {name}");
            assert!(render.out.starts_with("stars: not written\ncharts/jobs.svg: "), "{}", render.out);
        }
        let charts = project.charts();
        assert_eq!(charts[name], b"mine\n");
        assert_eq!(charts.keys().filter(|name| !name.starts_with("jobs")).collect::<Vec<_>>(), [name]);
        let check = project.run("check");
        let why = format!(
            "charts/{name}: it has no record of popchart's: edited by hand or made by something else\n"
        );
        assert_eq!(check.code, 1);
        assert!(check.out.contains(&why), "{}", check.out);
    }
}

#[test]
fn a_gallery_of_somebody_else_does_not_keep_figures_from_being_drawn() {
    let project = Project::new();
    project.edit("popchart.toml", "[output]", "[output]\ndir = \".\"");
    project.write("README.md", "# My project\n");
    let render = project.run("render --force");
    let error =
        format!("{FOREIGN}  --> ./README.md\nhint: move it away, or name another `dir` in `[output]`\n");
    assert_eq!((render.code, render.err), (2, error));
    assert_eq!(fs::read_to_string(project.path("README.md")).unwrap(), "# My project\n");
    assert!(project.path("stars.svg").exists() && project.path("jobs.csv").exists());
}

#[test]
fn data_are_never_replaced() {
    let project = Project::new();
    project.edit("popchart.toml", "[output]", "[output]\ndir = \"data\"");
    let before = crate::project::files(&project.path("data"));
    for words in ["render", "render --force", "render --prune", "check"] {
        let ran = project.run(words);
        assert_eq!(ran.code, 2, "{words}");
        let error = "error[replaces-data]: figure `stars`: it would replace its data: `data/stars.csv` is dataset `stars`\n  \
                     --> popchart.toml:24:10\nhint: give the figure another name, or the output another `dir`\n";
        assert!(without_lines(&ran.err).starts_with(error), "{words}: {}", ran.err);
        assert_eq!(crate::project::files(&project.path("data")), before, "{words}");
    }
}

/// However the way to them is written.
#[cfg(unix)]
#[test]
fn data_are_known_behind_links() {
    use std::os::unix::fs::symlink;
    let project = Project::new();
    symlink("data", project.path("charts")).unwrap();
    let render = project.run("render --force");
    let error = "error[replaces-data]: figure `stars`: it would replace its data: `charts/stars.csv` is dataset `stars`\n";
    assert!(render.code == 2 && render.err.starts_with(error), "{}", render.err);
    fs::remove_file(project.path("charts")).unwrap();
    fs::create_dir(project.path("charts")).unwrap();
    fs::rename(project.path("data/stars.csv"), project.path("charts/stars.csv")).unwrap();
    symlink("../charts/stars.csv", project.path("data/stars.csv")).unwrap();
    let before = fs::read(project.path("data/stars.csv")).unwrap();
    let render = project.run("render --force");
    assert!(render.code == 2 && render.err.starts_with(error), "{}", render.err);
    assert_eq!(fs::read(project.path("data/stars.csv")).unwrap(), before);
}

/// Values of one figure that are the data of another are data: not even `--prune` takes them.
#[test]
fn values_that_are_data_are_kept() {
    let project = Project::new();
    project.run("render").fine();
    project.edit("popchart.toml", "formats = [\"svg\", \"png\", \"csv\"]", "formats = [\"svg\", \"png\"]");
    project.edit("popchart.toml", "data/jobs.csv", "charts/jobs.csv");
    let render = project.run("render --prune");
    assert_eq!(render.code, 0, "{}", render.err);
    assert!(project.path("charts/jobs.csv").exists() && !project.path("charts/stars.csv").exists());
}

/// What is no file, and how it is made.
#[cfg(unix)]
type Special = (&'static str, fn(&Project));

#[cfg(unix)]
#[test]
fn links_and_what_is_no_file_are_neither_followed_nor_opened() {
    use std::os::unix::fs::symlink;
    let specials: [Special; 4] = [
        ("a link", |p| symlink("../data/stars.csv", p.path("charts/stars.svg")).unwrap()),
        ("a link", |p| symlink("nowhere", p.path("charts/stars.svg")).unwrap()),
        ("a folder", |p| fs::create_dir(p.path("charts/stars.svg")).unwrap()),
        ("a FIFO", |p| fifo(p, "charts/stars.svg")),
    ];
    for (kind, make) in specials {
        let project = Project::new();
        fs::create_dir(project.path("charts")).unwrap();
        make(&project);
        fifo(&project, "charts/.popchart-x.tmp");
        let data = fs::read(project.path("data/stars.csv")).unwrap();
        let error = in_the_way(
            "special-file",
            &format!("expected a regular file, found {kind}"),
            "stars.svg",
            "remove it",
        );
        for words in ["render", "render --force", "check", "render stars --only svg"] {
            let ran = project.run(words);
            assert_eq!(ran.code, 2, "{words}, {kind}");
            assert!(ran.err.starts_with(&error), "{words}, {kind}: {}", ran.err);
        }
        let plot = project.run("plot data/jobs.csv -o charts/stars.svg --force");
        assert_eq!(
            (plot.code, plot.err),
            (
                2,
                error
                    .replace("figure `stars`: ", "")
                    .replace("name another `dir` in `[output]`", "name another file with `-o`")
            ),
            "{kind}"
        );
        assert_eq!(fs::read(project.path("data/stars.csv")).unwrap(), data, "{kind}");
        assert!(project.path("charts/jobs.svg").exists(), "the other figure is drawn");
        assert!(!project.path("nowhere").exists());
    }
}

/// Before anything is drawn: `check` does not call missing what `render` cannot write.
#[cfg(unix)]
#[test]
fn what_stands_where_the_output_folder_should_be_is_named() {
    use std::os::unix::fs::symlink;
    let specials: [Special; 3] = [
        ("a link", |p| symlink("nowhere", p.path("charts")).unwrap()),
        ("a file", |p| p.write("charts", "mine")),
        ("a FIFO", |p| fifo(p, "charts")),
    ];
    for (kind, make) in specials {
        let project = Project::new();
        make(&project);
        let error = format!(
            "error[special-file]: expected a folder, found {kind}\n  --> charts\nhint: remove it, or name another `dir` in `[output]`\n"
        );
        for words in ["render", "render --force", "check"] {
            let ran = project.run(words);
            assert_eq!((ran.code, ran.err), (2, error.clone()), "{words}");
        }
        assert!(!project.path("nowhere").exists());
    }
}

#[test]
fn a_copy_under_another_name_is_its_makers() {
    let project = Project::new();
    project.run("render").fine();
    let copies = [
        ("jobs.svg", "hero.svg"),
        ("jobs-dark.png", "jobs-v1.png"),
        ("README.md", "old.md"),
        ("jobs.md", "x.md"),
    ];
    for (name, copy) in copies {
        fs::copy(project.path(&format!("charts/{name}")), project.path(&format!("charts/{copy}"))).unwrap();
    }
    project.run("check").fine();
    project.run("render --prune --force").fine();
    assert!(copies.iter().all(|(_, copy)| project.charts().contains_key(*copy)));
}

/// A pipe that nobody writes would hang, and a device never end.
#[cfg(unix)]
#[test]
fn what_is_named_on_the_command_line_is_a_file_or_open_already() {
    let project = Project::new();
    fifo(&project, "pipe.csv");
    fs::create_dir(project.path("folder.csv")).unwrap();
    for words in ["inspect", "plot -o -", "plot --aggregate sum -o -"] {
        for (name, fault, hint) in [
            (
                "pipe.csv",
                "it is no regular file",
                "name a file, or hand the data over on standard input, as `-`",
            ),
            (
                "/dev/zero",
                "it is no regular file",
                "name a file, or hand the data over on standard input, as `-`",
            ),
            ("folder.csv", "it is a folder", "name a file in it"),
        ] {
            let ran = project.run(&format!("{words} {name}"));
            let told =
                format!("error[unreadable-file]: failed to read: {fault}\n  --> {name}\nhint: {hint}\n");
            assert_eq!((ran.code, ran.err), (2, told), "{words} {name}");
        }
    }
}

/// Nor does it hang: what is read again and again is a file.
#[cfg(unix)]
#[test]
fn data_that_are_no_file_are_refused() {
    let project = Project::new();
    fs::remove_file(project.path("data/stars.csv")).unwrap();
    fifo(&project, "data/stars.csv");
    for words in ["check", "render"] {
        let ran = project.run(words);
        assert_eq!(ran.code, 2, "{words}");
        let fault = "failed to read `data/stars.csv`: it is no regular file\n";
        assert!(ran.err.contains(fault), "{words}: {}", ran.err);
    }
}

#[cfg(unix)]
fn fifo(project: &Project, name: &str) {
    assert!(std::process::Command::new("mkfifo").arg(project.path(name)).status().unwrap().success());
}

#[test]
fn files_of_no_figure_are_told_and_pruned_and_nothing_else_is() {
    let project = Project::new();
    project.run("render").fine();
    let text = fs::read_to_string(project.path("popchart.toml")).unwrap();
    project.write("popchart.toml", &text[..text.find("[figures.jobs]").unwrap()]);
    project.write("charts/notes.md", "# Notes\n");
    project.write("charts/mine.csv", "a,b\n");
    project.write("charts/jobs.txt", "mine\n");
    project.edit("charts/jobs-dark.svg", "<path", " <path");
    let orphans = ["jobs-dark.png", "jobs.csv", "jobs.md", "jobs.png", "jobs.svg"];
    let told = "6 files that popchart wrote are of no figure any more\n\
                hint: remove with `popchart render --prune`; with `--force` those edited by hand, too\n";
    let check = project.run("check");
    assert_eq!(check.code, 1);
    assert!(check.err.starts_with(&format!("error[orphans]: {told}")), "{}", check.err);
    let render = project.run("render");
    assert_eq!((render.code, render.err), (0, format!("warning[orphans-left]: {told}")));
    for out in [&check.out, &render.out] {
        assert!(orphans.iter().all(|name| out.contains(&format!("charts/{name}: of no figure\n"))), "{out}");
        assert!(out.contains("charts/jobs-dark.svg: of no figure; edited by hand\n"), "{out}");
    }
    // Of one figure alone, nothing is said of others.
    project.run("check stars").fine();
    let prune = project.run("render --prune");
    assert_eq!(prune.code, 0);
    assert!(
        orphans.iter().all(|name| prune.out.contains(&format!("charts/{name}: removed\n"))),
        "{}",
        prune.out
    );
    assert!(project.path("charts/jobs-dark.svg").exists(), "edited by hand");
    project.run("render --prune --force").fine();
    let left: Vec<String> = project.charts().into_keys().filter(|name| !name.starts_with("stars")).collect();
    assert_eq!(left, ["README.md", "jobs.txt", "mine.csv", "notes.md"]);
    project.run("check").fine();
    assert_eq!(project.run("render stars --prune").code, 2, "it is about all files");
}

#[test]
fn files_of_another_manifest_in_the_folder_are_nobodys_orphans() {
    let project = Project::new();
    project.run("render").fine();
    let text = fs::read_to_string(project.path("popchart.toml")).unwrap();
    project.write("popchart.toml", &text[..text.find("[figures.jobs]").unwrap()]);
    let other = text.replace("[figures.stars]", "[figures.other]");
    project.write("other.toml", &other.replace("title = ", "titel = "));
    project.run("render").fine();
    project.run("check").fine();
    let prune = project.run("render --prune");
    assert_eq!((prune.code, prune.err.as_str()), (0, ""));
    assert!(project.path("charts/jobs.svg").exists() && project.path("charts/jobs.csv").exists());
    project.write("other.toml", &other.replace("[output]", "[output]\ndir = \"elsewhere\""));
    project.run("render --prune").fine();
    assert!(!project.path("charts/jobs.svg").exists(), "nobody writes it any more");
}

/// Each of two manifests would replace the other's gallery, run by run.
#[test]
fn a_gallery_of_another_manifest_in_the_folder_is_left() {
    let project = Project::new();
    let text = fs::read_to_string(project.path("popchart.toml")).unwrap();
    let (start, jobs) = (text.find("[figures.stars]").unwrap(), text.find("[figures.jobs]").unwrap());
    project.write("popchart.toml", &text[..jobs]);
    project.write("other.toml", &format!("{}{}", &text[..start], &text[jobs..]));
    project.run("render").fine();
    let gallery = project.charts()["README.md"].clone();
    for words in ["render --manifest other.toml", "render --manifest other.toml --force"] {
        let other = project.run(words);
        let told = "error[shared-gallery]: cannot replace the gallery of another manifest of the folder\n  --> charts/README.md\nhint: name another `dir` in `[output]`, or remove it\n";
        assert_eq!((other.code, other.err.as_str()), (2, told), "{words}");
        assert!(project.path("charts/jobs.svg").exists() && project.charts()["README.md"] == gallery);
    }
    let check = project.run("check --manifest other.toml");
    assert_eq!(check.code, 1);
    assert!(
        check.out.contains("charts/README.md: the gallery of another manifest of the folder\n"),
        "{}",
        check.out
    );
    project.run("render").fine();
    project.run("check").fine();
    fs::remove_file(project.path("charts/README.md")).unwrap();
    project.run("render --manifest other.toml").fine();
    project.run("check --manifest other.toml").fine();
}

/// A page that is written anew does not vouch for values that its figure does not have any more.
#[test]
fn values_that_are_not_asked_for_any_more_stay_known() {
    let project = Project::new();
    project.run("render").fine();
    project.edit("popchart.toml", "\"png\", \"csv\"", "\"png\"");
    for words in ["check", "render", "render", "check"] {
        let out = project.run(words).out;
        assert!(
            out.contains("charts/jobs.csv: of no figure\ncharts/stars.csv: of no figure\n"),
            "{words}: {out}"
        );
    }
    project.run("render --prune").fine();
    project.run("check").fine();
    assert!(!project.path("charts/jobs.csv").exists());
}

#[test]
fn while_a_manifest_has_errors_nothing_is_taken_for_an_orphan() {
    let project = Project::new();
    project.run("render").fine();
    project.edit("popchart.toml", "theme = \"both\"", "theme = \"bth\"");
    let before = project.charts();
    for words in ["render", "render --prune", "check"] {
        let ran = project.run(words);
        assert_eq!(ran.code, 2, "{words}");
        assert!(!ran.out.contains("of no figure") && !ran.out.contains("removed"), "{words}: {}", ran.out);
    }
    assert_eq!(project.charts(), before);
}

/// The old gallery may still show what would be removed.
#[test]
fn nothing_is_pruned_while_the_gallery_waits() {
    let project = Project::new();
    project.run("render").fine();
    project.edit("popchart.toml", "[figures.jobs]", "[figures.work]");
    project.edit("popchart.toml", "PyTorch > Keras\"", "Keras > PyTorch\"");
    let render = project.run("render --prune");
    assert_eq!(render.code, 1);
    assert!(render.out.contains("charts/jobs.svg: of no figure\n"), "{}", render.out);
    assert!(project.path("charts/jobs.svg").exists());
    let kept = "\nwarning[orphans-kept]: files of no figure were kept, because the gallery `charts/README.md` may show them\n";
    assert!(render.err.contains(kept), "{}", render.err);
}

#[test]
fn the_gallery_waits_for_every_figure() {
    let project = Project::new();
    project.edit("popchart.toml", "\"Job listings\"", "\"\u{3042}\"");
    let render = project.run("render");
    assert_eq!(render.code, 2);
    assert!(!project.path("charts/README.md").exists(), "it would show a picture that does not exist");
    project.edit("popchart.toml", "\"\u{3042}\"", "\"Jobs\"");
    project.run("render").fine();
    let before = fs::read(project.path("charts/README.md")).unwrap();
    // The words of one figure change, and so does its picture, which nobody asked for.
    project.edit("popchart.toml", "\"Jobs\"", "\"Listings\"");
    let render = project.run("render stars");
    assert_eq!(
        (render.code, render.err.as_str()),
        (
            0,
            "warning[gallery-left]: the gallery `charts/README.md` was left as it is, because figure `jobs` is not up to date\n"
        )
    );
    assert_eq!(fs::read(project.path("charts/README.md")).unwrap(), before);
    project.run("render jobs").fine();
    assert_ne!(fs::read(project.path("charts/README.md")).unwrap(), before);
    project.run("check").fine();
}

#[test]
fn plot_replaces_its_own_pictures_alone() {
    let desk = Desk::new(&[("stars.csv", "date,Keras,PyTorch\n2020-01,1,2\n2020-02,3,4\n2020-03,5,6\n")]);
    let path = |name: &str| desk.folder.path().join(name);
    fs::write(path("mine.svg"), "<svg/>\n").unwrap();
    fs::write(path("stars.svg"), "<svg/>\n").unwrap();
    let elsewhere = "move it away, or name another file with `-o`";
    for (words, name) in [
        ("stars.csv -o mine.svg", "mine.svg"),
        ("stars.csv -o mine.svg --force", "mine.svg"),
        ("stars.csv", "stars.svg"),
        ("stars.csv --force", "stars.svg"),
    ] {
        desk.refuses(words, &format!("{FOREIGN}  --> {name}\nhint: {elsewhere}\n"));
        assert_eq!(fs::read_to_string(path(name)).unwrap(), "<svg/>\n");
    }
    for name in ["own.svg", "own.png"] {
        desk.run(&format!("plot stars.csv -o {name}")).fine();
        assert_eq!(
            desk.run(&format!("plot stars.csv --theme dark -o {name}")).fine(),
            format!("{name}: written\n")
        );
        let mut edited = fs::read(path(name)).unwrap();
        let at = edited.len() - 20;
        edited[at] ^= 1;
        fs::write(path(name), &edited).unwrap();
        desk.refuses(
            &format!("stars.csv -o {name}"),
            &format!(
                "error[edited-file]: cannot replace a file that was edited by hand\n  --> {name}\n\
                 hint: replace it with `--force`, or move it away\n"
            ),
        );
        assert_eq!(fs::read(path(name)).unwrap(), edited);
        desk.run(&format!("plot stars.csv -o {name} --force")).fine();
    }
    fs::write(path(".popchart-dead.tmp"), "half a pict").unwrap();
    desk.run("plot stars.csv -o own.svg").fine();
    assert!(!path(".popchart-dead.tmp").exists(), "what a killed run left is swept");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told_and_a_gone_reader_is_not() {
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    let project = Project::new();
    project.run("render").fine();
    for words in ["plot data/stars.csv -o -", "inspect data/stars.csv", "list", "check", "render --force"] {
        let ran =
            project.command(words).stdout(full()).stderr(std::process::Stdio::piped()).output().unwrap();
        let ran = Ran::of(ran);
        let told = "\
error[unwritable-file]: failed to write: no space is left
  --> standard output
";
        assert_eq!((ran.code, ran.err.as_str()), (2, told), "{words}");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran = Ran::of(project.command(words).stdout(writer).output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words}");
    }
    assert_eq!(run_at_root("plot - -o -", b"date,a\n2020,1\n2021,2\n").code, 0);
}

#[cfg(unix)]
#[test]
fn a_closed_output_is_told_and_dev_null_is_none() {
    let project = Project::new();
    project.run("render").fine();
    for words in ["plot data/stars.csv -o -", "inspect data/stars.csv", "list", "check", "render --force"] {
        let run = |redirected: &str| {
            let program = env!("CARGO_BIN_EXE_popchart");
            let mut shell = std::process::Command::new("sh");
            shell.current_dir(project.path("")).args(["-c", &format!("exec {program} {words} {redirected}")]);
            Ran::of(shell.output().unwrap())
        };
        let closed = run(">&-");
        let told = "error[unwritable-file]: failed to write: it is closed\n  --> standard output\n";
        assert_eq!((closed.code, closed.err.as_str()), (2, told), "{words}");
        assert_eq!((run(">/dev/null").code, run("1<>/dev/null").code), (0, 0), "{words}");
    }
}

/// A sweep takes no temporary file that another run is about to write.
#[test]
fn several_runs_at_once_all_end_well() {
    let project = Project::new();
    project.run("render").fine();
    let expected = project.charts();
    for round in 0..6 {
        fs::remove_dir_all(project.path("charts")).unwrap();
        let start =
            || project.command("render --force").stderr(std::process::Stdio::piped()).spawn().unwrap();
        let running: Vec<_> = (0..4).map(|_| start()).collect();
        for run in running {
            let ran = run.wait_with_output().unwrap();
            assert!(ran.status.success(), "round {round}: {}", String::from_utf8_lossy(&ran.stderr));
        }
        assert_eq!(project.charts(), expected, "round {round}");
    }
}

/// Whenever it is killed, and whatever the data are then: values stay known as popchart's, without a record.
#[cfg(unix)]
#[test]
fn a_killed_run_leaves_nothing_that_is_nobodys() {
    use std::time::{Duration, Instant};
    let project = Project::new();
    let stars = fs::read_to_string(project.path("data/stars.csv")).unwrap();
    let start = Instant::now();
    project.run("render").fine();
    let whole = u32::try_from(start.elapsed().as_micros()).unwrap();
    let (mut random, mut killed) = (4_321_u32, 0);
    for round in 100..140 {
        project.write("data/stars.csv", &stars.replace("Keras,10", &format!("Keras,{round}")));
        let mut child = project.command("render").stderr(std::process::Stdio::piped()).spawn().unwrap();
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        std::thread::sleep(Duration::from_micros(u64::from((random >> 8) % whole)));
        child.kill().unwrap();
        let ended = child.wait_with_output().unwrap();
        assert!(ended.stderr.is_empty(), "round {round}: {}", String::from_utf8_lossy(&ended.stderr));
        killed += u32::from(!ended.status.success());
    }
    assert!(killed > 0, "no run was killed in its work");
    project.write("data/stars.csv", &stars);
    project.run("render").fine();
    project.run("check").fine();
}
