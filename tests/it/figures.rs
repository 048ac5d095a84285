//! The project's own manifest and data, and figures drawn from small tables, for other tests.

use std::collections::BTreeMap;
use std::path::Path;

use popchart::data::{self, Dataset};
use popchart::frame::{self, Frame};
use popchart::manifest::{self, Manifest};
use popchart::spec::{self, FigureSpec};

/// The text of `popchart.toml`.
pub(crate) fn manifest_text() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("popchart.toml")).unwrap()
}

/// The manifest without its figures, with others in their place.
pub(crate) fn with_figures(figures: &str) -> String {
    let text = manifest_text();
    let (declarations, _) = text.split_once("[figures.").unwrap();
    format!("{declarations}{figures}")
}

/// A manifest that has no errors, and the datasets it names.
pub(crate) fn load(text: &str) -> (Manifest, BTreeMap<String, Dataset>) {
    let (manifest, report) = manifest::load("popchart.toml", text);
    assert!(!report.has_errors(), "{report}");
    let read = |spec: &spec::DatasetSpec| {
        let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&spec.files[0].path)).unwrap();
        data::read(&spec.files[0].path, &bytes, &spec.columns).unwrap().0
    };
    let datasets = manifest.datasets.iter().map(|(key, spec)| (key.clone(), read(spec))).collect();
    (manifest, datasets)
}

/// A figure of one table: `columns` are lines of its dataset, `figure` lines of the figure.
pub(crate) fn figure(
    csv: &str,
    columns: &str,
    figure: &str,
) -> (FigureSpec, Result<Frame, popchart::diag::Report>) {
    let text = format!(
        "[datasets.data]\npath = \"data.csv\"\nsource = \"Test\"\nretrieved = 2020-06-30\n{columns}\n\
         [figures.test]\ndataset = \"data\"\n{figure}\n"
    );
    let (mut manifest, report) = manifest::load("popchart.toml", &text);
    assert!(!report.has_errors(), "{report}");
    let spec = manifest.figures.remove(0);
    let dataset = data::read("data.csv", csv.as_bytes(), &spec.datasets[0].columns).unwrap().0;
    let plotted = frame::frame(&spec, &BTreeMap::from([("data".to_owned(), dataset)]));
    (spec, plotted)
}
