//! `popchart plot --manifest`: what it prints draws the same bytes, whatever the data.

use std::fs;
use std::path::{Path, PathBuf};

use popchart::commands::{Exit, Outcome, plot, render};
use popchart::data::{
    Aggregate, Basis, Columns, DateOrder, Decimal, Delimiter, Each, Encoding, Header, Unit, ValueColumns,
};
use popchart::export;
use popchart::infer::Asked;
use popchart::preset;
use popchart::spec::LastPeriod;
use proptest::prelude::*;

use crate::plot::{Desk, MONTHS};
use crate::plot_anchor::{always, export};
use crate::project::Project;

fn asked() -> Asked {
    Asked {
        columns: Columns::default(),
        title: None,
        measure: None,
        aggregate: None,
        anchor: None,
        below_one: 0.5,
        last_period: LastPeriod::Judge,
        dark: false,
        size: None,
        width: 720,
        height: None,
    }
}

fn job(files: Vec<PathBuf>) -> plot::Job {
    plot::Job { files, out: Some("-".into()), force: false, manifest: false, asked: asked() }
}

fn told(outcome: &Outcome) -> String {
    format!("{:?}\n{}", outcome.exit, outcome.report)
}

/// Plots, and renders what `--manifest` printed: both draw the same, or neither draws. Tells whether they did.
fn draws_alike(job: &plot::Job) -> Result<bool, String> {
    let drawn = plot::run(job);
    let printed = plot::run(&plot::Job { manifest: true, ..job.clone() });
    let told_both = format!("{}\n{}\n{}", told(&drawn), told(&printed), printed.results);
    if told_both.contains("popchart has a fault") {
        return Err(told_both);
    }
    if printed.exit != Exit::Done {
        let alike = drawn.exit != Exit::Done && drawn.report == printed.report;
        return if alike { Ok(false) } else { Err(told_both) };
    }
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("popchart.toml");
    fs::write(&manifest, &printed.results).unwrap();
    let picture = Some(&export::svg::EXPORT);
    let rendered = render::run(&render::Job {
        manifest,
        figures: Vec::new(),
        force: false,
        prune: false,
        only: picture,
        jobs: Some(1),
    });
    if drawn.exit != Exit::Done {
        return if rendered.exit == Exit::Done { Err(told_both) } else { Ok(false) };
    }
    let (_, key) = printed.results.split_once("[figures.").unwrap();
    let (key, _) = key.split_once(']').unwrap();
    let suffix = job.asked.size.and_then(preset::find).map_or("", |preset| preset.suffix);
    let found = fs::read_to_string(folder.path().join(format!("charts/{key}{suffix}.svg")));
    match found {
        Ok(found) if found == drawn.results => Ok(true),
        Ok(_) => Err(format!("other bytes\n{told_both}")),
        Err(_) => Err(format!("nothing was rendered\n{}\n{told_both}", told(&rendered))),
    }
}

fn files_of(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_none_or(|ending| ending != "md"));
    files.sort();
    files
}

#[test]
fn every_file_that_is_kept_is_drawn_alike() {
    let mut drawn = 0;
    for file in [files_of("datasets"), files_of("tests/fixtures/data")].concat() {
        let plain = job(vec![file.clone()]);
        let of = |asked: Asked| plot::Job { asked, ..plain.clone() };
        let others = [
            of(Asked { aggregate: Some(Aggregate::Last), last_period: LastPeriod::Drop, ..asked() }),
            of(Asked { last_period: LastPeriod::Dash, dark: true, below_one: 0.0, width: 500, ..asked() }),
            of(Asked { size: Some("phone"), ..asked() }),
        ];
        // What was found, said: the keys are printed, and the figure is the same.
        let name = file.file_name().unwrap().to_str().unwrap();
        let found = popchart::data::read(name, &fs::read(&file).unwrap(), &Columns::default());
        let said = found.ok().map(|(data, _)| of(Asked { columns: data.facts.reading, ..asked() }));
        if let Some(said) = &said {
            assert_eq!(plot::run(said).results, plot::run(&plain).results, "{name}");
        }
        for job in std::iter::once(&plain).chain(&others).chain(&said) {
            match draws_alike(job) {
                Ok(is_drawn) => drawn += usize::from(is_drawn),
                Err(told) => panic!("{}: {told}", file.display()),
            }
        }
    }
    assert!(drawn > 100, "{drawn}");
}

/// A table in one of several shapes: names, dates, groups and values that are well behaved or not.
fn table() -> impl Strategy<Value = String> {
    let names = prop::sample::subsequence(
        vec![
            "Keras", "PyTorch", "a and b", "\"x, y\"", "日本", "{leader}", "it's", "C#", "n9", "n8", "n7",
            "n6",
        ],
        1..10,
    );
    let value = prop_oneof![
        6 => (0_u32..200).prop_map(|n| n.to_string()),
        1 => (0_u32..200).prop_map(|n| format!("{n}.5")),
        1 => Just(String::new()),
        1 => Just("<1".to_owned()),
    ];
    let groups = prop::sample::subsequence(vec!["Indeed", "Monster", "p:q"], 0..3);
    let values = prop::collection::vec(value, 300);
    let date = prop::sample::select(vec!["2020-{:02}", "2020-{:02}-01", "20{:02}", "2020-01-{:02}", ""]);
    (names, groups, 1_usize..10, 1_usize..3, date, values, any::<bool>(), 0_usize..40).prop_map(
        |(names, groups, dates, measures, date, values, is_wide, more)| {
            let mut values = values.iter().cycle();
            let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            names.extend((0..more.saturating_sub(25)).map(|i| format!("m{i}")));
            let dates: Vec<String> = if date.is_empty() {
                vec![String::new()]
            } else {
                (1..=dates).map(|i| date.replace("{:02}", &format!("{i:02}"))).collect()
            };
            let mut next = || values.next().cloned().unwrap_or_default();
            if is_wide && !date.is_empty() {
                let rows = dates.iter().map(|date| {
                    let cells: String = names.iter().map(|_| format!(",{}", next())).collect();
                    format!("{date}{cells}\n")
                });
                return format!("date,{}\n{}", names.join(","), rows.collect::<String>());
            }
            let groups: Vec<&str> = if groups.is_empty() { vec![""] } else { groups };
            let lead = |date: &str, name: &str, group: &str| {
                [date, name, group]
                    .iter()
                    .filter(|part| !part.is_empty())
                    .copied()
                    .collect::<Vec<_>>()
                    .join(",")
            };
            let columns = ["stars", "open_issues", "percent"];
            let head = lead(
                if date.is_empty() { "" } else { "date" },
                "name",
                if groups[0].is_empty() { "" } else { "portal" },
            );
            let mut text = format!("{head},{}\n", columns[..measures].join(","));
            for date in &dates {
                for name in &names {
                    for group in &groups {
                        // Some rows are not there, so that groups and dates end where others go on.
                        let cells: Vec<String> = (0..measures).map(|_| next()).collect();
                        if cells[0] != "7" && !(cells[0].ends_with('3') && dates.len() > 1) {
                            text += &format!("{},{}\n", lead(date, name, group), cells.join(","));
                        }
                    }
                }
            }
            text
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 200, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn tables_of_any_shape_are_drawn_alike(table in table(), other in table(), options in any::<u8>()) {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let mut files = vec![file("Some table.csv", &table)];
        if options & 1 == 1 {
            files.push(file("other.csv", &other));
        }
        let rule = [LastPeriod::Judge, LastPeriod::Keep, LastPeriod::Dash, LastPeriod::Drop];
        let asked = Asked {
            last_period: rule[usize::from(options / 2 % 4)],
            measure: (options & 8 == 8).then(|| "Stars".to_owned()),
            title: (options & 16 == 16).then(|| "A \"title\" of {x}\\".to_owned()),
            height: (options & 96 == 96).then_some(400),
            size: (options & 96 == 32).then_some(["card", "phone", "print"][usize::from(options % 3)]),
            ..asked()
        };
        let job = plot::Job { asked, ..job(files) };
        if let Err(told) = draws_alike(&job) {
            prop_assert!(false, "{told}\n{table}\n{other}");
        }
    }
}

#[test]
fn the_manifest_is_printed_or_written_beside_the_data() {
    let desk = Desk::new(&[("Months 1.csv", MONTHS), ("b.csv", "name,stars\na,1\nb,2\n")]);
    let printed = desk.run("plot b.csv --manifest --theme dark --width 500").fine();
    assert_eq!(
        printed,
        "# What `popchart plot` draws of these data. `popchart render` draws it, `popchart check` holds it.\n\
         \n\
         [output]\n\
         theme = \"dark\"\n\
         \n\
         [datasets.data]\n\
         path = \"b.csv\"\n\
         source = \"b.csv\"\n\
         # retrieved = 2026-08-22 # the day of the download: the figure then names it\n\
         \n\
         [figures.b]\n\
         dataset = \"data\"\n\
         chart = \"bar\"\n\
         quantity = \"stars\"\n\
         # What the figure shows; say what is to be seen in it, and claim it below.\n\
         title = \"b and a: stars\"\n\
         subtitle = \"Stars\"\n\
         width = 500\n\
         # claims = [\"b > a\"] # what the title says: `check` fails when the data do not\n"
    );
    assert_eq!(desk.run("plot b.csv --manifest -o popchart.toml").fine(), "popchart.toml: written\n");
    let rendered = desk.run("render");
    assert_eq!(rendered.code, 0, "{}", rendered.err);
    assert_eq!(desk.run("check").code, 0);
    desk.refuses(
        "b.csv --manifest -o popchart.toml --force",
        "error[existing-manifest]: `popchart.toml` is there already\nhint: name another file with `-o`\n",
    );
    desk.refuses(
        "b.csv --manifest -o b.svg",
        "error[unknown-ending]: expected a file that ends in `.toml`, found `b.svg`\nhint: leave `--manifest` out to draw the figure\n",
    );
    desk.refuses(
        "b.csv --manifest -o charts/b.toml",
        "error[manifest-elsewhere]: expected a file in the current folder, found `charts/b.toml`\n\
         hint: run `plot` in that folder: paths in a manifest are relative to it\n",
    );
    desk.refuses(
        "- --manifest",
        "error[unnamable-data]: cannot name standard input in a manifest\nhint: save the data in a file, and name that\n",
    );
}

#[test]
fn claims_and_dates_that_are_added_hold() {
    let desk = Desk::new(&[("months.csv", MONTHS)]);
    let printed = desk.run("plot months.csv --manifest").fine();
    let claimed = printed.replace("# claims = ", "claims = ").replace("# retrieved = ", "retrieved = ");
    assert_ne!(claimed, printed);
    fs::write(desk.folder.path().join("popchart.toml"), claimed).unwrap();
    assert_eq!(desk.run("render").code, 0);
    let text = fs::read_to_string(desk.folder.path().join("charts/months.svg")).unwrap();
    assert!(text.contains("Source: months.csv, 22\\u00a0Aug 2026"));
}

#[test]
fn several_files_of_groups_are_drawn_alike() {
    let project = Project::new();
    let rows = |name: &str| {
        (1..=3).map(|i| format!("2020-0{i},{name},p,{i}\n2020-0{i},{name},q,{}\n", 9 - i)).collect::<String>()
    };
    project.write("a.csv", &format!("date,name,portal,n\n{}", rows("Keras")));
    project.write("b.csv", &format!("date,name,portal,n\n{}", rows("Caffe")));
    let job = job(vec![project.path("a.csv"), project.path("b.csv")]);
    assert_eq!(draws_alike(&job), Ok(true));
    let printed = plot::run(&plot::Job { manifest: true, ..job }).results;
    assert!(printed.contains("groups_are = \"subjects\"\n"), "{printed}");
}

#[test]
fn exports_on_one_scale_are_drawn_alike() {
    let project = Project::new();
    let rising = |week: usize| (10 * week + 10).to_string();
    let a = export("France", 0, 10, &[("keras", &always("20")), ("PyTorch", &rising)]);
    let b = export("France", 0, 10, &[("Caffe", &always("<1")), ("Keras", &always("40"))]);
    project.write("a.csv", &a);
    project.write("b.csv", &b);
    let asked = Asked { anchor: Some("keras".into()), below_one: 0.0, ..asked() };
    let job = plot::Job { asked, ..job(vec![project.path("a.csv"), project.path("b.csv")]) };
    assert_eq!(draws_alike(&job), Ok(true));
    let printed = plot::run(&plot::Job { manifest: true, ..job }).results;
    assert!(printed.contains("anchor = \"keras\"\nbelow_one = 0\n"), "{printed}");
}

#[test]
fn names_of_any_length_and_number_make_a_manifest_within_its_limits() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let long = |c: &str| c.repeat(150);
    let names: Vec<String> = "abcdefghij".chars().map(|c| long(&c.to_string())).collect();
    let wide: String = (1..=4).map(|i| format!("2020-0{i}{}\n", ",5".repeat(names.len()))).collect();
    let singles: String = names.iter().map(|name| format!("2020-01,{name},1\n")).collect();
    let tables = [
        format!("date,{}\n{wide}", names.join(",")),
        format!("date,name,n\n{singles}2020-01,z,1\n2020-02,z,2\n2020-03,z,3\n"),
        format!("name,{},{}\na,1,5\nb,2,6\n", long("m"), long("n")),
        "date,Go,go\n2020-01,1,2\n2020-02,3,5\n2020-03,4,7\n".to_owned(),
        "date,name,a / b,c\n2020-01,x,1,2\n2020-02,x,2,3\n2020-03,x,2,3\n".to_owned(),
    ];
    for (index, table) in tables.iter().enumerate() {
        let drawn = draws_alike(&job(vec![file(&format!("{index}.csv"), table)]));
        assert_eq!(drawn, Ok(true), "{table}");
    }
    let many = (0..40).map(|i| {
        let name = format!("{}{i}", "f".repeat(60));
        file(&format!("{name}.csv"), &format!("date,name,n\n2020-01,n{i},1\n2020-02,n{i},{i}\n"))
    });
    let many = job(many.collect());
    assert_eq!(draws_alike(&many), Ok(true));
    let printed = plot::run(&plot::Job { manifest: true, ..many }).results;
    assert!(printed.contains("source = \"40 files\"\n"), "{printed}");
    for name in ["con.csv", "x.y z.csv"] {
        assert_eq!(draws_alike(&job(vec![file(name, "name,n\na,1\nb,2\n")])), Ok(true), "{name}");
    }
}

#[test]
fn whatever_is_said_of_the_reading_is_printed_as_keys_and_read_back() {
    let said = Columns {
        date: Some("Tag".into()),
        subject: Some("who, \"exactly\"".into()),
        group: Some("g".into()),
        values: vec!["n".into(), "m = 1".into()],
        values_are: Some(ValueColumns::Measures),
        same: vec!["query".into()],
        only: vec![("g".into(), vec!["a".into(), "b".into()]), ("h i".into(), vec!["c".into()])],
        leave_out: vec!["Total".into(), "\u{a0}x".into()],
        encoding: Encoding::named("windows-1251"),
        sheet: Some("Data".into()),
        delimiter: Delimiter::named("tab"),
        header: Some(Header::None),
        decimal: Some(Each { all: Some(Decimal::Comma), named: vec![("n".into(), Decimal::Point)] }),
        dates: Some(DateOrder::DayFirst),
        year_starts: Some(4),
        unit: Some(Each::all(Unit::Percent)),
        basis: Some(Each { all: None, named: vec![("m = 1".into(), Basis::AtLeast)] }),
        ..Columns::default()
    };
    let (mut data, _) =
        popchart::data::read("a.csv", b"date,x\n2020-01-01,5\n", &Columns::default()).unwrap();
    data.facts.reading = said.clone();
    let printed = popchart::infer::dataset("a", &data);
    let text = format!(
        "{printed}retrieved = 2026-08-22\n[figures.f]\ndataset = \"a\"\nchart = \"line\"\ntitle = \"T\"\n"
    );
    let (manifest, report) = popchart::manifest::load("popchart.toml", &text);
    assert!(!report.has_errors(), "{report}{text}");
    let read = manifest.figures[0].datasets[0].columns.clone();
    assert_eq!(read.keys.len(), 17, "each key has its place");
    assert_eq!(Columns { places: Default::default(), keys: Default::default(), ..read }, said, "{text}");
}

#[test]
fn options_that_say_how_files_are_read_are_keys_of_the_dataset() {
    let desk = Desk::new(&[("a.csv", "Tag,Wer,n,p\n2020-01-01,A,5,1\n2020-01-01,B,6,2\n")]);
    let options = "--date Tag --subject Wer --values n --values p --only Wer=A --only Wer=B --basis count \
                   --basis p=share --unit p=percent --measure n";
    let printed = desk.run(&format!("plot a.csv --manifest {options}")).fine();
    let dataset = printed.split("[datasets.data]\n").nth(1).unwrap().split("\n\n").next().unwrap();
    assert_eq!(
        dataset,
        "path = \"a.csv\"\nsource = \"a.csv\"\n\
         # retrieved = 2026-08-22 # the day of the download: the figure then names it\n\
         date = \"Tag\"\nsubject = \"Wer\"\nvalues = [\"n\", \"p\"]\nunit = { \"p\" = \"percent\" }\n\
         basis = { \"*\" = \"count\", \"p\" = \"share\" }\nonly = { \"Wer\" = [\"A\", \"B\"] }"
    );
    let wrong = [
        (
            "--delimiter ab",
            "--delimiter <SIGN>': expected one sign, or one of comma, semicolon, tab, pipe, space",
        ),
        ("--decimal x", "--decimal <[COLUMN=]SIGN>': expected one of \".\", \",\""),
        ("--header 0", "--header <LINE>': expected the number of a line, or `none`"),
        ("--year-starts 13", "--year-starts <MONTH>': expected a month such as `April` or `4`"),
        ("--only x", "--only <COLUMN=TEXT>': expected a column, `=` and a text"),
        (
            "--encoding ebcdic",
            "--encoding <NAME>': expected an encoding such as `UTF-8`, `windows-1251` or `Shift_JIS`",
        ),
    ];
    for (option, message) in wrong {
        let ran = desk.run(&format!("plot a.csv {option}"));
        assert!(ran.err.contains(message), "{option}: {}", ran.err);
    }
}
