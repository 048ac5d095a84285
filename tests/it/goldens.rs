//! The committed pictures: the article's in `charts/`, and those of invented
//! data in `tests/goldens/`, which show what the article's do not happen to.
//!
//! A picture that changes on purpose is drawn again with `popchart render`
//! (`--manifest tests/goldens/popchart.toml` for the second set), looked at,
//! and committed; nothing here writes.

use std::path::Path;
use std::process::Command;

use popchart::text::Fonts;
use popchart::theme::{Sizes, Theme};
use popchart::{claim, data, frame, kind, manifest};

use crate::rules::Picture;

const MANIFESTS: [&str; 2] = ["popchart.toml", "tests/goldens/popchart.toml"];

#[test]
fn committed_pictures_are_what_is_drawn() {
    for manifest in MANIFESTS {
        let checked = Command::new(env!("CARGO_BIN_EXE_popchart"))
            .args(["check", "--manifest", manifest])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&checked.stderr);
        assert_eq!(checked.status.code(), Some(0), "{manifest}: {said}");
    }
}

#[test]
fn committed_pictures_keep_the_rules_in_both_themes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fonts = Fonts::bundled().unwrap();
    let mut seen = 0;
    for path in MANIFESTS {
        let text = std::fs::read_to_string(root.join(path)).unwrap();
        let (manifest, report) = manifest::load(path, &text);
        assert!(report.is_empty(), "{report}");
        let folder = root.join(path).parent().unwrap().to_owned();
        for spec in &manifest.figures {
            let read = |dataset: &popchart::spec::DatasetSpec| {
                let bytes = std::fs::read(folder.join(&dataset.files[0].path)).unwrap();
                (dataset.key.clone(), data::read(&dataset.files[0].path, &bytes, &dataset.columns).unwrap().0)
            };
            let datasets = spec.datasets.iter().map(read).collect();
            let plotted = frame::frame(spec, &datasets).unwrap();
            let words = claim::words(spec, &plotted).unwrap();
            let looks = spec.sizes.iter().map(|&size| plotted.look.at(size));
            let themes = [Theme::light(), Theme::dark()];
            for (look, theme) in looks.flat_map(|look| themes.iter().map(move |theme| (look.clone(), theme)))
            {
                let look = &look;
                let scene =
                    kind::draw(look, &words, &kind::marks(spec, &plotted).unwrap(), theme, &fonts).unwrap();
                let sizes = Sizes::of_look(look);
                let faults = Picture { scene: &scene, fonts: &fonts, theme, sizes }.faults();
                assert!(faults.is_empty(), "{} {}: {}", spec.key, look.preset.name, faults.join("\n"));
                seen += 1;
            }
        }
    }
    assert!(seen > 2 * 30, "{seen}");
}
