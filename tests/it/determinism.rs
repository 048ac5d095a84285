//! The same inputs give the same bytes, whatever the surroundings.

use std::process::Command;

use popchart::export::png::{Workspace, png};

use crate::project::{Project, Ran};

#[test]
fn surroundings_do_not_reach_the_bytes() {
    let project = Project::new();
    project.run("render").fine();
    let expected = project.charts();
    assert_eq!(expected.len(), 2 * 6 + 1, "{:?}", expected.keys());
    let surroundings: [&[(&str, &str)]; 5] = [
        &[("TZ", "Pacific/Kiritimati"), ("SOURCE_DATE_EPOCH", "1")],
        &[("TZ", "America/St_Johns"), ("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8")],
        &[("LC_ALL", "tr_TR.UTF-8"), ("LC_NUMERIC", "fr_FR.UTF-8")],
        &[("HOME", "/nonexistent"), ("FONTCONFIG_FILE", "/nonexistent"), ("XDG_DATA_HOME", "/nonexistent")],
        &[("RAYON_NUM_THREADS", "1"), ("COLUMNS", "20"), ("NO_COLOR", "1"), ("TERM", "dumb")],
    ];
    for variables in surroundings {
        let mut command = project.command("render --force");
        command.env_clear().envs(variables.iter().copied());
        Ran::of(command.output().unwrap()).fine();
        assert_eq!(project.charts(), expected, "{variables:?}");
    }
}

#[test]
fn the_number_of_jobs_does_not_reach_the_bytes_or_the_results() {
    let project = Project::new();
    let results = project.run("render --jobs 1").fine();
    let expected = project.charts();
    for jobs in [2, 7] {
        std::fs::remove_dir_all(project.path("charts")).unwrap();
        assert_eq!(project.run(&format!("render --jobs {jobs}")).fine(), results);
        assert_eq!(project.charts(), expected, "{jobs} jobs");
    }
}

#[test]
fn where_the_program_is_started_does_not_reach_the_bytes() {
    let project = Project::new();
    project.run("render").fine();
    let expected = project.charts();
    std::fs::remove_dir_all(project.path("charts")).unwrap();
    let manifest = project.path("popchart.toml");
    let output = Command::new(env!("CARGO_BIN_EXE_popchart"))
        .args(["render", "--manifest"])
        .arg(&manifest)
        .current_dir("/")
        .output()
        .unwrap();
    Ran::of(output).fine();
    assert_eq!(project.charts(), expected);
}

#[test]
fn the_pixels_of_a_picture_are_compressed_to_the_bytes_that_they_always_were() {
    // One with a palette, one with more colours than a palette has.
    for name in ["github-stars", "google-trends"] {
        let path = |kind: &str| format!("{}/charts/{name}.{kind}", env!("CARGO_MANIFEST_DIR"));
        let svg = std::fs::read_to_string(path("svg")).unwrap();
        let drawn = png(&svg, 2.0, "", &mut Workspace::default()).unwrap();
        assert!(compressed(&drawn) == compressed(&std::fs::read(path("png")).unwrap()), "{name}");
    }
}

/// What the chunks of pixels of a PNG hold, with their lengths.
fn compressed(png: &[u8]) -> Vec<u8> {
    let (mut at, mut found) = (8, Vec::new());
    while let Some(length) = png.get(at..at + 4) {
        let end = at + 12 + u32::from_be_bytes(length.try_into().unwrap()) as usize;
        if png.get(at + 4..at + 8) == Some(b"IDAT") {
            found.extend(&png[at..end]);
        }
        at = end;
    }
    assert!(!found.is_empty());
    found
}
