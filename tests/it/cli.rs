//! The program as its users meet it: exit codes, what it says, what it writes.

use std::fs;
use std::time::{Duration, Instant, SystemTime};

use popchart::export::page::SLOT;
use popchart::export::record::{Record, Touch, open};

use crate::project::{Project, files};
use crate::svg::ids_of_sound;

const FILES: [&str; 12] = [
    "stars.svg",
    "stars.png",
    "stars-dark.svg",
    "stars-dark.png",
    "stars.md",
    "stars.csv",
    "jobs.svg",
    "jobs.png",
    "jobs-dark.svg",
    "jobs-dark.png",
    "jobs.md",
    "jobs.csv",
];

fn lines(state: &str) -> String {
    FILES.iter().chain(&["README.md"]).map(|file| format!("charts/{file}: {state}\n")).collect()
}

#[test]
fn render_writes_once_and_then_only_what_changed() {
    let project = Project::new();
    assert_eq!(project.run("render").fine(), lines("written"));
    let first = project.charts();
    assert_eq!(project.run("render").fine(), lines("up to date"));
    assert_eq!(project.run("render --force").fine(), lines("up to date"));
    assert_eq!(project.run("check").fine(), lines("up to date"));
    project.edit("data/jobs.csv", "250", "251");
    let again = project.run("render").fine();
    for file in FILES {
        let state = if file.starts_with("jobs") { "written" } else { "up to date" };
        assert!(again.contains(&format!("charts/{file}: {state}\n")), "{file}: {again}");
        assert_eq!(project.charts()[file] == first[file], state == "up to date", "{file}");
    }
}

#[test]
fn pictures_are_sound_and_carry_their_record() {
    let project = Project::new();
    project.run("render").fine();
    for name in ["stars.svg", "stars-dark.svg", "jobs.svg", "jobs-dark.svg"] {
        let text = fs::read_to_string(project.path("charts").join(name)).unwrap();
        ids_of_sound(&text);
        let document = roxmltree::Document::parse(&text).unwrap();
        let record = document.descendants().find(|node| node.tag_name().name() == "metadata").unwrap();
        let record: serde_json::Value = serde_json::from_str(record.text().unwrap()).unwrap();
        let figure = name.split(['-', '.']).next().unwrap();
        assert_eq!(record["figure"], figure);
        let data = record["data"].as_object().unwrap();
        assert_eq!(data.keys().collect::<Vec<_>>(), [&format!("data/{figure}.csv")]);
    }
}

#[test]
fn a_changed_byte_of_data_is_drift_that_names_the_figure() {
    let project = Project::new();
    project.run("render").fine();
    project.edit("data/stars.csv", "2020-01,Keras,10", "2020-01,Keras,11");
    let check = project.run("check");
    assert_eq!(check.code, 1);
    let expected: String = FILES
        .iter()
        .map(|file| match *file {
            file if file.starts_with("stars") => format!("charts/{file}: data changed: `data/stars.csv`\n"),
            file => format!("charts/{file}: up to date\n"),
        })
        .chain(["charts/README.md: data changed: `data/stars.csv`\n".to_owned()])
        .collect();
    assert_eq!(check.out, expected);
    assert_eq!(
        check.err,
        "\
error[out-of-date]: 7 files are not what popchart would write
hint: run `popchart render` and look at what changed
"
    );
    // One figure is checked without the gallery.
    assert_eq!(project.run("check jobs").code, 0);
    assert_eq!(project.run("check stars").code, 1);
}

#[test]
fn check_says_why() {
    let project = Project::new();
    project.run("render").fine();
    let why = |file: &str| {
        let out = project.run("check").out;
        let line = out.lines().find_map(|line| line.strip_prefix(&format!("charts/{file}: "))).unwrap();
        line.to_owned()
    };
    project.edit("popchart.toml", "Job listings", "Listings of jobs");
    assert_eq!(why("jobs.svg"), "manifest changed");
    assert_eq!(why("stars.svg"), "up to date");
    project.edit("charts/stars.svg", "fill=\"#fff\"", "fill=\"#ffe\"");
    assert_eq!(why("stars.svg"), "edited by hand");
    project.edit("popchart.toml", "Stars on GitHub", "GitHub stars");
    assert_eq!(why("stars.svg"), "edited by hand; manifest changed");
    fs::remove_file(project.path("charts/stars.png")).unwrap();
    assert_eq!(why("stars.png"), "missing");
    project.edit("charts/stars.csv", "10", "11");
    assert_eq!(why("stars.csv"), "edited by hand; manifest changed");
    project.run("render --force").fine();
    assert_eq!(project.run("check").code, 0, "render repairs all of it");
    project.write("charts/stars.md", "# Mine\n");
    assert_eq!(why("stars.md"), "it has no record of popchart's: edited by hand or made by something else");
}

#[test]
fn check_writes_nothing() {
    let project = Project::new();
    assert_eq!(project.run("check").code, 1);
    assert!(!project.path("charts").exists());
    project.run("render").fine();
    project.edit("data/stars.csv", "2020-01,Keras,10", "2020-01,Keras,11");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let times = || -> Vec<_> {
        let entries = fs::read_dir(project.path("charts")).unwrap().map(Result::unwrap);
        entries.map(|entry| (entry.file_name(), entry.metadata().unwrap().modified().unwrap())).collect()
    };
    for (name, _) in times() {
        fs::File::options()
            .write(true)
            .open(project.path("charts").join(name))
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
    }
    let before = project.charts();
    for words in ["check", "check --format json", "check stars", "list"] {
        project.run(words);
    }
    assert_eq!(project.charts(), before);
    assert!(times().iter().all(|(_, time)| *time == long_ago), "{:?}", times());
}

#[test]
fn a_false_claim_stops_its_figure_alone() {
    let project = Project::new();
    project.run("render").fine();
    let before = project.charts();
    project.edit("data/stars.csv", "2020-03,PyTorch,20", "2020-03,PyTorch,2");
    project.edit("data/jobs.csv", "250", "251");
    let render = project.run("render");
    assert_eq!(render.code, 1);
    assert!(
        render.out.starts_with("stars: not drawn, a claim does not hold\ncharts/jobs.svg: written\n"),
        "{}",
        render.out
    );
    assert!(
        render.err.contains("error[false-claim]: figure `stars`: claim does not hold: PyTorch > Keras"),
        "{}",
        render.err
    );
    assert!(render.err.contains("  --> popchart.toml:"), "{}", render.err);
    assert!(render.err.ends_with(
        "warning[gallery-left]: the gallery `charts/README.md` was left as it is, because figure `stars` has errors\n"
    ));
    for (name, bytes) in project.charts() {
        assert_eq!(bytes == before[&name], !name.starts_with("jobs"), "{name}");
    }
    let check = project.run("check");
    assert_eq!(check.code, 1);
    assert!(
        check.out.starts_with("stars: a claim does not hold\ncharts/jobs.svg: up to date\n"),
        "{}",
        check.out
    );
}

#[test]
fn broken_data_stop_their_figure_alone() {
    let project = Project::new();
    project.run("render").fine();
    let before = project.charts();
    fs::rename(project.path("data/stars.csv"), project.path("data/star.csv")).unwrap();
    project.edit("data/jobs.csv", "250", "251");
    let render = project.run("render");
    assert_eq!(render.code, 2);
    assert!(render.out.starts_with("stars: not drawn\ncharts/jobs.svg: written\n"), "{}", render.out);
    assert_eq!(
        render.err,
        "\
error[unreadable-file]: dataset `stars`: failed to read `data/stars.csv`: no such file
  --> popchart.toml:14:8
   |
14 | path = \"data/stars.csv\"
   |        ^^^^^^^^^^^^^^^^
hint: did you mean `star.csv`?

warning[gallery-left]: the gallery `charts/README.md` was left as it is, because figure `stars` has errors
"
    );
    for (name, bytes) in project.charts() {
        assert_eq!(bytes == before[&name], !name.starts_with("jobs"), "{name}");
    }
    let check = project.run("check");
    assert_eq!((check.code, check.out.lines().next()), (2, Some("stars: could not be drawn")));
    // Nobody asked about the data of the others.
    assert!(project.run("check jobs").fine().lines().all(|line| line.ends_with(": up to date")));
    let render = project.run("render jobs");
    assert_eq!(
        (render.code, render.err.as_str()),
        (
            0,
            "warning[gallery-left]: the gallery `charts/README.md` was left as it is, because figure `stars` has errors\n"
        )
    );
}

#[test]
fn what_cannot_be_run_is_exit_code_2_with_a_reason() {
    let project = Project::new();
    let failed = |words: &str, err: &str| {
        let ran = project.run(words);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (2, "", err), "{words}");
    };
    failed(
        "render --manifest none.toml",
        "error[unreadable-manifest]: failed to read the manifest: no such file\n  --> none.toml\n\
         hint: name another file with `--manifest`, or work in the folder that has `popchart.toml`\n",
    );
    failed(
        "check --manifest data",
        "error[unreadable-manifest]: failed to read the manifest: it is a folder\n  --> data\n\
         hint: name another file with `--manifest`, or work in the folder that has `popchart.toml`\n",
    );
    failed(
        "render star other",
        "\
error[unknown-figure]: unknown figure `star`
  --> popchart.toml
hint: did you mean `stars`?

error[unknown-figure]: unknown figure `other`
  --> popchart.toml
hint: the figures are `stars`, `jobs`
",
    );
    fs::write(project.path("latin.toml"), b"# caf\n# \xe9\n").unwrap();
    failed(
        "list --manifest latin.toml",
        "error[manifest-not-text]: the manifest is not UTF-8\n  --> latin.toml:2\nhint: save it as UTF-8\n",
    );
    for usage in ["", "rendr", "render --jobs 0", "render --only gif", "check --format yaml", "list stars"] {
        let ran = project.run(usage);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{usage}");
        assert!(!ran.err.contains('\u{1b}'), "{usage}");
    }
    assert!(!project.path("charts").exists());
    for wanted in ["--help", "--version", "render --help"] {
        assert_eq!(project.run(wanted).code, 0, "{wanted}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let project = Project::new();
    project.write("charts", "a file where a folder should be");
    project.edit("popchart.toml", "[output]", "[output]\ndir = \"charts/new\"");
    let render = project.run("render");
    assert_eq!((render.code, render.out.as_str()), (2, ""));
    assert!(render.err.starts_with("error[unwritable-file]: failed to write: "), "{}", render.err);
    assert!(render.err.contains("  --> charts/new\n"), "{}", render.err);
}

#[test]
fn figures_do_not_overwrite_each_other() {
    let project = Project::new();
    project.edit("popchart.toml", "[figures.jobs]", "[figures.stars-dark]");
    let render = project.run("render");
    assert_eq!(render.code, 2);
    let told = "error[same-file-name]: figure `stars-dark`: its file `stars-dark.svg` would be that of figure `stars` as well\n";
    assert!(render.err.starts_with(told), "{}", render.err);
    project.edit("popchart.toml", "[figures.stars-dark]", "[figures.readme]");
    let told =
        "error[same-file-name]: figure `readme`: its file `readme.md` would be that of the gallery as well\n";
    assert!(project.run("render").err.starts_with(told));
}

#[test]
fn chosen_figures_and_pictures_alone_are_written() {
    let project = Project::new();
    project.run("render jobs --only png").fine();
    assert_eq!(project.charts().into_keys().collect::<Vec<_>>(), ["jobs-dark.png", "jobs.png"]);
    let render = project.run("render stars");
    let told = "warning[gallery-left]: the gallery `charts/README.md` was left as it is, because figure `jobs` is not up to date\n";
    assert_eq!((render.code, render.err.as_str()), (0, told), "its picture of `jobs` would not exist");
    assert_eq!(project.charts().len(), 8, "six files of one figure, two of the other, and no gallery");
    project.run("render jobs").fine();
    let stars = project.charts().into_keys().filter(|name| name.starts_with("stars")).count();
    assert_eq!(
        (stars, project.charts().len()),
        (6, 13),
        "six files of each figure, and the gallery that waited for them"
    );
}

#[test]
fn json_is_for_programs() {
    let project = Project::new();
    project.run("render").fine();
    project.edit("data/jobs.csv", "250", "251");
    let check = project.run("check --format json");
    assert_eq!((check.code, check.err.as_str()), (1, ""));
    let found: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    assert_eq!(found["exit"], 1);
    assert_eq!(found["figures"][0]["state"], "up-to-date");
    assert_eq!(found["figures"][1]["figure"], "jobs");
    assert_eq!(found["figures"][1]["state"], "drifted");
    assert_eq!(found["figures"][1]["files"][0]["path"], "charts/jobs.svg");
    assert_eq!(found["figures"][1]["files"][0]["why"][0], "data changed: `data/jobs.csv`");
    assert_eq!(found["diagnostics"][0]["message"], "7 files are not what popchart would write");
    let missing = project.run("check --format json --manifest none.toml");
    let found: serde_json::Value = serde_json::from_str(&missing.out).unwrap();
    assert_eq!((missing.code, &found["exit"]), (2, &serde_json::json!(2)));
    let list: serde_json::Value = serde_json::from_str(&project.run("list --format json").fine()).unwrap();
    assert_eq!(list["figures"][0]["files"][0], "charts/stars.svg");
    assert_eq!(project.run("list").fine(), "stars\tline\tdata/stars.csv\njobs\tbar\tdata/jobs.csv\n");
}

/// Whether a page is what it is going to be, but for a record that still vouches for the values that are being
/// replaced.
fn is_about_to_be(whole: &[u8], page: &[u8]) -> bool {
    let (Some((whole, _)), Some((page, touch))) = (open(&SLOT, whole), open(&SLOT, page)) else {
        return false;
    };
    touch == Touch::None && Record { replacing: whole.replacing.clone(), ..page } == whole
}

#[test]
fn json_tells_code_context_place_and_line() {
    let project = Project::new();
    project.edit(
        "popchart.toml",
        "path = \"data/jobs.csv\"",
        "subject = \"nobody\"\npath = \"data/jobs.csv\"",
    );
    project.edit("popchart.toml", "chart = \"line\"", "chart = \"lines\"");
    project.edit("data/stars.csv", "2020-02,PyTorch,9", "2020-02,PyTorch,nine");
    let check = project.run("check --format json");
    let found: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    let expected = serde_json::json!([
        {
            "severity": "error",
            "code": "unknown-word",
            "message": "unknown chart \"lines\"",
            "figure": "stars",
            "place": {
                "file": "popchart.toml",
                "line": 26,
                "column": 10,
                "length": 5,
                "excerpt": { "before": "chart = \"", "marked": "lines", "after": "\"" },
            },
            "hints": [
                "did you mean \"line\"? `chart` is one of \"line\", \"bar\", \"grouped-bar\", \"facets\", \"slope\", \"column\", \"multiples\", \"rank\", \"area\", \"dot\", \"table\", \"heatmap\"",
            ],
        },
        {
            "severity": "error",
            "code": "unknown-column",
            "message": "unknown column \"nobody\" in data/jobs.csv",
            "dataset": "jobs",
            "place": {
                "file": "popchart.toml",
                "line": 19,
                "column": 12,
                "length": 6,
                "excerpt": { "before": "subject = \"", "marked": "nobody", "after": "\"" },
            },
            "hints": ["the columns are `framework`, `listings`"],
        },
    ]);
    assert_eq!(found["diagnostics"], expected);
    let project = Project::new();
    project.edit("data/stars.csv", "2020-03,PyTorch,20", "2020-03,PyTorch,2");
    let check = project.run("check --format json");
    let found: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    let told = &found["diagnostics"][0];
    assert_eq!((&told["code"], &told["figure"]), (&"false-claim".into(), &"stars".into()));
    assert_eq!(told["place"]["excerpt"]["marked"], "PyTorch > Keras");
    project.edit("data/stars.csv", "2020-02,PyTorch,9", "2020-02,PyTorch,nine");
    let inspect = project.run("inspect --format json data/stars.csv");
    let found: serde_json::Value = serde_json::from_str(&inspect.out).unwrap();
    let told = &found["diagnostics"][0];
    assert_eq!((&told["code"], &told["place"]["field"]), (&"not-a-number".into(), &"stars".into()));
    let excerpt = serde_json::json!({ "before": "2020-02,PyTorch,", "marked": "nine", "after": "" });
    assert_eq!(told["place"]["excerpt"], excerpt);
}

/// Whoever reads the folder at any moment finds whole files, old or new.
#[cfg(unix)]
#[test]
fn a_killed_render_leaves_whole_files() {
    let project = Project::new();
    let mut whole = Vec::new();
    for (from, to) in [("Keras,10", "Keras,11"), ("Keras,11", "Keras,10")] {
        project.run("render").fine();
        whole.push(project.charts());
        project.edit("data/stars.csv", from, to);
    }
    let look_at_all = |round: u32| {
        for name in FILES.iter().chain(&["README.md"]) {
            let bytes = fs::read(project.path("charts").join(name)).unwrap();
            let is_whole =
                whole.iter().any(|files| files[*name] == bytes || is_about_to_be(&files[*name], &bytes));
            assert!(is_whole, "{name} is broken in round {round}");
        }
    };
    let mut killed = 0;
    let mut random = 12_345_u32;
    for round in 0..40 {
        let (from, to) = if round % 2 == 0 { ("Keras,10", "Keras,11") } else { ("Keras,11", "Keras,10") };
        project.edit("data/stars.csv", from, to);
        let mut child =
            project.command("render --force").stdout(std::process::Stdio::null()).spawn().unwrap();
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let end = Instant::now() + Duration::from_micros(u64::from(random >> 16) * 4);
        while Instant::now() < end && child.try_wait().unwrap().is_none() {
            look_at_all(round);
        }
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        look_at_all(round);
    }
    assert!(killed > 0, "no run was killed in its work");
    project.run("render").fine();
    assert_eq!(files(&project.path("charts")).len(), FILES.len() + 1, "what killed runs left is swept");
    assert_eq!(project.run("check").code, 0);
}

#[test]
fn help_lists_the_formats_that_are_known() {
    let project = Project::new();
    let text = project.run("help formats").fine();
    let one = "\
\nhomebrew-analytics: JSON of Homebrew
  from     formulae.brew.sh/api/analytics/install/30d.json (90d, 365d;
           cask-install), or /api/formula/NAME.json
  counts   installs of the last 30, 90 or 365 days, which overlap\n\n";
    assert!(text.contains(one), "{text}");
    assert!(text.contains("\nnpm-downloads: JSON of npm\n"), "{text}");
    assert!(text.contains("\n  note     its last period may still be running\n"), "{text}");
    let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 79).collect();
    assert!(long.is_empty(), "{long:?}");
    let json: serde_json::Value =
        serde_json::from_str(&project.run("help formats --format json").fine()).unwrap();
    let listed = json["formats"].as_array().unwrap();
    let names: Vec<&str> = listed.iter().map(|format| format["name"].as_str().unwrap()).collect();
    let known: Vec<&str> = popchart::data::known_formats().iter().map(|format| format.name).collect();
    assert_eq!(names, known);
    assert!(known.iter().all(|name| text.contains(&format!("\n{name}: "))));
    assert_eq!(listed[0]["may_be_running"], true);
    assert_eq!(listed[0]["files"][0], "CSV");
}

#[test]
fn help_explains_commands() {
    let project = Project::new();
    for (usage, same) in [("help", "--help"), ("help plot", "plot --help")] {
        assert_eq!(project.run(usage).fine(), project.run(same).fine(), "{usage}");
    }
    assert_eq!(project.run("help me").code, 2);
}
