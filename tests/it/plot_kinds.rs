//! `plot --kind`: the same data, drawn as the user wants them.

use std::path::Path;
use std::process::Command;

fn plot(file: &str, options: &[&str]) -> (String, String) {
    let path = format!("tests/goldens/data/{file}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_popchart"));
    command.args(["plot", &path, "--manifest"]).args(options);
    let ran = command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).output().unwrap();
    (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
}

#[test]
fn a_figure_is_drawn_as_the_kind_that_is_asked_for() {
    for (file, kind) in [
        ("twelve.csv", "multiples"),
        ("parts.csv", "area"),
        ("ranks.csv", "rank"),
        ("slope.csv", "dot"),
        ("slope.csv", "line"),
    ] {
        let basis: &[&str] = if file == "ranks.csv" { &["--basis", "rank"] } else { &[] };
        let (manifest, told) = plot(file, &[&["--kind", kind], basis].concat());
        assert!(manifest.contains(&format!("chart = \"{kind}\"\n")), "{manifest}{told}");
        assert!(!told.contains("error"), "{told}");
    }
}

#[test]
fn what_does_not_suit_a_kind_is_told() {
    let (_, told) = plot("twelve.csv", &["--kind", "pie"]);
    assert!(told.contains("invalid value 'pie' for '--kind <KIND>'"), "{told}");
    let (_, told) = plot("parts.csv", &["--kind", "area", "--basis", "index"]);
    assert!(told.contains("cannot draw a stack of"), "{told}");
}

#[test]
fn ranks_and_crowded_pairs_are_shown_by_what_was_made_for_them() {
    let (manifest, told) = plot("ranks.csv", &["--basis", "rank"]);
    assert!(manifest.contains("chart = \"rank\"\n"), "{manifest}{told}");
    let (manifest, _) = plot("slope.csv", &[]);
    assert!(manifest.contains("chart = \"slope\"\n"), "{manifest}");
}
