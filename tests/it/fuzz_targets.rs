//! What a fuzzer runs on its bytes, one function a target: it panics where the input shows a fault.
//!
//! The fuzz project and the replay of kept inputs both compile this file, so that an input means the
//! same to both. It must not know which inputs there are.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use popchart::commands::{self, Exit, inspect, plot};
use popchart::data::{
    self, Aggregate, Columns, Dataset, DateOrder, Decimal, Delimiter, Each, Encoding, Header, Value,
    ValueColumns, month_named,
};
use popchart::diag::Report;
use popchart::export::csv;
use popchart::export::page::{self, Entry};
use popchart::export::svg::{Labels, Outlines, svg};
use popchart::frame::{self, Frame};
use popchart::infer::Asked;
use popchart::manifest::{self, Manifest};
use popchart::spec::{FigureSpec, LastPeriod, Measure};
use popchart::text::Fonts;
use popchart::theme::Theme;
use popchart::{claim, kind, tell};

/// A target and the name of its folder of kept inputs.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 5] =
    [("reader", reader), ("manifest", manifest), ("claims", claims), ("figure", figure), ("plot", plot)];

/// File names that say something to the reader, and some that do not.
const NAMES: [&str; 10] = [
    "data.csv",
    "multiTimeline.csv",
    "time_series_US_20251201-0800_20260320-0337.csv",
    "time_series_Worldwide_20040101-0000_20260816-1230.csv",
    "data.json",
    "data.ndjson",
    "data.csv.gz",
    "data.tsv",
    "keras-stars.txt",
    "",
];

static FONTS: LazyLock<Fonts> =
    LazyLock::new(|| Fonts::bundled().expect("the fonts are part of the program"));

/// `data::read`. The first byte chooses the file's name; where it is odd, the first line names columns:
/// `date|subject|group|same|values|only|texts`, each empty or a name, `values` with commas.
pub fn reader(input: &[u8]) {
    let Some((choice, rest)) = input.split_first() else { return };
    let name = NAMES[usize::from(choice / 2) % NAMES.len()];
    let (columns, bytes) = if choice % 2 == 1 { columns(rest) } else { (Columns::default(), rest) };
    read(name, bytes, &columns);
}

fn columns(rest: &[u8]) -> (Columns, &[u8]) {
    let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    let line = String::from_utf8_lossy(&rest[..end]);
    let parts: Vec<String> = line.split('|').map(str::to_owned).collect();
    let part = |index: usize| parts.get(index).filter(|text| !text.is_empty()).cloned();
    let many = |index: usize| -> Vec<String> {
        part(index).iter().flat_map(|text| text.split(',')).map(str::to_owned).collect()
    };
    let columns = Columns {
        date: part(0),
        subject: part(1),
        group: part(2),
        same: many(3),
        values: many(4),
        only: part(5).map(|column| (column, many(6))).into_iter().collect(),
        leave_out: many(7),
        header: part(8).and_then(|text| Header::named(&text)),
        delimiter: part(9).and_then(|text| Delimiter::named(&text)),
        encoding: part(10).and_then(|text| Encoding::named(&text)),
        decimal: word(&part(11), &Decimal::WORDS).map(Each::all),
        dates: word(&part(12), &DateOrder::WORDS),
        values_are: word(&part(13), &ValueColumns::WORDS),
        year_starts: part(14).and_then(|text| month_named(&text)),
        ..Columns::default()
    };
    (columns, rest.get(end + 1..).unwrap_or_default())
}

fn word<T: Copy>(text: &Option<String>, words: &[(&str, T)]) -> Option<T> {
    words.iter().find(|(word, _)| Some(*word) == text.as_deref()).map(|(_, meaning)| *meaning)
}

/// Reads, and holds the dataset to what its documentation promises.
fn read(name: &str, bytes: &[u8], columns: &Columns) -> Option<Dataset> {
    let (dataset, report) = match data::read(name, bytes, columns) {
        Ok(read) => read,
        Err(report) => {
            assert!(report.has_errors(), "refused without an error");
            told(&report);
            return None;
        }
    };
    assert!(!report.has_errors(), "read with an error");
    told(&report);
    assert!(!dataset.observations.is_empty(), "read, and nothing in it");
    for o in &dataset.observations {
        assert!(o.subject < dataset.subjects.len() && o.measure < dataset.measures.len());
        assert!(o.kind < dataset.kinds.len() && o.group.is_none_or(|group| group < dataset.groups.len()));
        assert!(o.line.number > 0, "lines count from 1");
        match o.value {
            Value::Number(value) | Value::Below(value) => assert!(value.is_finite()),
            Value::Missing | Value::Word(_) => {}
        }
    }
    Some(dataset)
}

/// Prints a report as a run does. No control character may reach the terminal.
fn told(report: &Report) {
    let text = report.to_string();
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    serde_json::to_string(&report.diagnostics).expect("a report is JSON");
}

/// `manifest::load`. What is not UTF-8 is replaced.
pub fn manifest(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (manifest, report) = manifest::load("popchart.toml", &text);
    told(&report);
    assert!(manifest.broken.is_empty() || report.has_errors(), "a broken figure without an error");
    let lines = u32::try_from(text.split('\n').count()).expect("a short text");
    for place in report.diagnostics.iter().filter_map(|d| d.place.as_ref()) {
        assert!(place.line.is_none_or(|line| (1..=lines).contains(&line)), "{place} of {lines} lines");
    }
}

/// Monthly stars and forks of three, with a gap, a tie and a value below one; papers at two conferences.
const STARS: &str = "date,framework,stars,forks\n2019-11,Keras,8,1\n2019-11,PyTorch,5,2\n2019-11,TensorFlow,20,9\n\
     2019-12,Keras,9,1\n2019-12,PyTorch,7,3\n2019-12,TensorFlow,19,9\n2020-01,Keras,9,2\n2020-01,PyTorch,9,4\n\
     2020-01,TensorFlow,18,9\n2020-02,Keras,10,\n2020-02,PyTorch,12,6\n2020-02,TensorFlow,18,9\n\
     2020-03,Keras,10,2\n2020-03,PyTorch,15,8\n2020-03,TensorFlow,17,9\n2020-04,Keras,<1,2\n2020-04,PyTorch,16,8\n\
     2020-04,TensorFlow,17.5,9\n";
const PAPERS: &str = "month,framework,conference,papers,all\n2019-05,PyTorch,ICLR,20,100\n2019-05,TensorFlow,ICLR,30,100\n\
     2019-12,PyTorch,NeurIPS,68,400\n2019-12,TensorFlow,NeurIPS,74,400\n2020-05,PyTorch,ICLR,60,120\n\
     2020-05,TensorFlow,ICLR,0,120\n2020-12,PyTorch,NeurIPS,-3,400\n2020-12,TensorFlow,NeurIPS,,400\n";

const DECLARED: &str = "[subjects.keras]\nlabel = \"Keras\"\n[subjects.tensorflow]\nlabel = \"TensorFlow\"\n\
     [datasets.stars]\npath = \"stars.csv\"\nsource = \"GitHub\"\nretrieved = 2020-05-02\n\
     [datasets.papers]\npath = \"papers.csv\"\nsource = \"Papers\"\nretrieved = \"2021\"\ngroup = \"conference\"\n\
     values = [\"papers\", \"all\"]\n[figures.f]\n";

/// Figures that claims are made about, one of each kind.
const FIGURES: [&str; 6] = [
    "dataset = \"stars\"\nmeasure = \"stars\"\nchart = \"line\"\n",
    "dataset = \"stars\"\nmeasure = \"forks / stars\"\nchart = \"line\"\naverage = 3\nfrom = \"2019-12\"\nhighlight = [\"keras\"]\n",
    "dataset = \"stars\"\nmeasure = \"forks\"\nchart = \"bar\"\n",
    "dataset = \"papers\"\nmeasure = \"papers\"\nchart = \"grouped-bar\"\nat = \"2019\"\n",
    "dataset = \"papers\"\nmeasure = \"papers / all\"\nchart = \"line\"\ncombine = \"pooled\"\neach = \"year\"\n",
    "chart = \"facets\"\nat = \"2020-03\"\npanels = [{ dataset = \"stars\", measure = \"stars\", title = \"Stars, {date}\" }, \
     { dataset = \"stars\", measure = \"forks\", title = \"Forks\" }, { measure = \"watchers\", title = \"W\", missing = \"nobody knows\" }]\n",
];

static SMALL: LazyLock<BTreeMap<String, Dataset>> = LazyLock::new(|| {
    let (manifest, report) = manifest::load("popchart.toml", DECLARED);
    let read = |key: &str, text: &str| {
        let spec = manifest.datasets.get(key).unwrap_or_else(|| panic!("{report}"));
        let read = data::read(&spec.key, text.as_bytes(), &spec.columns);
        (key.to_owned(), read.unwrap_or_else(|report| panic!("{report}")).0)
    };
    BTreeMap::from([read("stars", STARS), read("papers", PAPERS)])
});

/// Titles and claims: the first byte chooses a figure, the first line is its title, the second its subtitle,
/// each other line a claim.
pub fn claims(input: &[u8]) {
    let Some((choice, rest)) = input.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let mut lines = text.split('\n');
    let mut next = || in_quotes(lines.next().unwrap_or_default());
    let (title, subtitle) = (next(), next());
    let claims: Vec<String> = lines.take(8).map(in_quotes).collect();
    let figure = FIGURES[usize::from(*choice) % FIGURES.len()];
    let text = format!(
        "{DECLARED}{figure}title = {title}\nsubtitle = {subtitle}\nclaims = [{}]\n",
        claims.join(", ")
    );
    let (manifest, report) = manifest::load("popchart.toml", &text);
    told(&report);
    let Some(spec) = sound_figure(&manifest, &report) else { return };
    match frame::frame(spec, &SMALL) {
        Ok(plotted) => described(spec, &plotted).map_or((), drop),
        Err(report) => told(&report),
    }
}

/// The figure, which is there unless an error says why not.
fn sound_figure<'m>(manifest: &'m Manifest, report: &Report) -> Option<&'m FigureSpec> {
    assert!(report.has_errors() || !manifest.figures.is_empty(), "no figure and no error");
    manifest.figures.first()
}

/// As a string of TOML.
fn in_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// The words of a figure, whether or not its claims hold.
fn described(
    spec: &FigureSpec,
    plotted: &Frame,
) -> Option<(popchart::figure::Words, tell::Description, Vec<popchart::figure::Panel>)> {
    told(&plotted.warnings);
    told(&claim::check(spec, plotted));
    let words = match claim::words(spec, plotted) {
        Ok(words) => words,
        Err(report) => {
            assert!(report.has_errors(), "refused without an error");
            told(&report);
            return None;
        }
    };
    let marks = match kind::marks(spec, plotted) {
        Ok(marks) => marks,
        Err(report) => {
            assert!(report.has_errors(), "refused without an error");
            told(&report);
            return None;
        }
    };
    let description = tell::describe(spec, plotted, &words);
    assert!(description.alt.chars().count() <= 160, "{}", description.alt);
    assert!(description.desc.chars().count() <= 600, "{}", description.desc);
    let table = tell::table(spec, plotted);
    let columns = table.first().map_or(0, Vec::len);
    assert!(table.iter().all(|row| row.len() == columns), "{table:?}");
    Some((words, description, marks))
}

const CHARTS: [&str; 5] = ["line", "bar", "grouped-bar", "facets", "slope"];
const WIDTHS: [u32; 4] = [720, 300, 400, 2400];
const LAST_PERIODS: [LastPeriod; 4] =
    [LastPeriod::Judge, LastPeriod::Keep, LastPeriod::Dash, LastPeriod::Drop];
const AGGREGATES: [Option<Aggregate>; 4] =
    [None, Some(Aggregate::Mean), Some(Aggregate::Sum), Some(Aggregate::Last)];
const HEIGHTS: [Option<u32>; 4] = [None, None, Some(150), Some(700)];

/// The way from a file to a picture. The first three bytes choose the figure, the fourth the file's name.
pub fn figure(input: &[u8]) {
    let Some((&[chart, size, options, name], bytes)) = input.split_first_chunk::<4>() else { return };
    let name = NAMES[usize::from(name) % NAMES.len()];
    let Some(dataset) = read(name, bytes, &Columns::default()) else { return };
    let chart = CHARTS[usize::from(chart) % CHARTS.len()];
    let Some(spec) = spec(chart, size, options, &dataset) else { return };
    let plotted = match frame::frame(&spec, &BTreeMap::from([("data".to_owned(), dataset)])) {
        Ok(plotted) => plotted,
        Err(report) => {
            assert!(report.has_errors(), "refused without an error");
            return told(&report);
        }
    };
    let Some((words, description, marks)) = described(&spec, &plotted) else { return };
    let theme = if size & 16 == 0 { Theme::light() } else { Theme::dark() };
    let scene = match kind::draw(&plotted.look, &words, &marks, &theme, &FONTS) {
        Ok(scene) => scene,
        Err(report) => {
            assert!(report.has_errors(), "refused without an error");
            return told(&report);
        }
    };
    let labels =
        Labels { name: "figure", title: &words.title, desc: &description.desc, lang: "en", density: 96 };
    let picture = svg(&scene, &labels, &FONTS, &mut Outlines::default());
    is_sound(&picture);
    let entry = Entry {
        name: "figure".into(),
        title: words.title,
        alt: description.alt,
        desc: description.desc,
        note: words.note,
        source: words.source,
        table: tell::table(&spec, &plotted),
        pictures: Vec::new(),
    };
    assert!(!csv::csv(&entry.table).is_empty() && !page::page(&entry).is_empty());
}

/// Whether a picture is XML whose positions are numbers.
fn is_sound(picture: &str) {
    let document = roxmltree::Document::parse(picture).unwrap_or_else(|error| panic!("{error}"));
    for attribute in document.descendants().flat_map(|node| node.attributes()) {
        let words = ["aria-label", "aria-labelledby", "id"].contains(&attribute.name());
        assert!(words || !["NaN", "inf"].iter().any(|no| attribute.value().contains(no)), "{attribute:?}");
    }
}

/// `popchart plot` and `popchart inspect`: from a file to a picture without a manifest. The first byte
/// chooses how it is drawn, the second the file's name and what becomes of several values.
pub fn plot(input: &[u8]) {
    let Some((&[options, choice], bytes)) = input.split_first_chunk::<2>() else { return };
    let name = NAMES[usize::from(choice % 16) % (NAMES.len() - 1)];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a temporary file");
    let format = if options & 64 == 0 { commands::Format::Text } else { commands::Format::Json };
    let inspected = inspect::run(&inspect::Job {
        files: vec![path.clone()],
        format,
        why: options & 64 != 0,
        manifest: options & 128 != 0,
        columns: Columns::default(),
    });
    told(&inspected.report);
    let asked = Asked {
        kind: None,
        columns: Columns::default(),
        title: None,
        measure: None,
        aggregate: AGGREGATES[usize::from(choice / 16) % 4],
        anchor: None,
        below_one: if options & 1 == 0 { 0.5 } else { 0.0 },
        last_period: LAST_PERIODS[usize::from(options / 2) % 4],
        dark: options & 8 != 0,
        size: (options & 64 != 0).then_some("card"),
        width: if options & 32 == 0 { 720 } else { 300 },
        height: (options & 16 != 0).then_some(600),
    };
    let job = plot::Job { files: vec![path], out: Some("-".into()), force: false, manifest: false, asked };
    let outcome = plot::run(&job);
    told(&outcome.report);
    assert!(!outcome.report.to_string().contains("popchart has a fault"), "{}", outcome.report);
    if outcome.exit == Exit::Done {
        assert_eq!(inspected.exit, Exit::Done, "drawn, though it cannot be read");
        is_sound(&outcome.results);
    } else {
        assert!(outcome.report.has_errors(), "refused without an error");
    }
}

/// What may be done with values, that which lines alone can show last.
const TRANSFORMS: [&str; 10] = [
    "",
    "per = \"month\"\n",
    "share = true\n",
    "index = 2020\n",
    "growth = true\n",
    "rank = true\n",
    "cumulative = true\n",
    "since-start = true\n",
    "log = true\n",
    "log = true\nper = \"year\"\nshaded = [{ from = 2020, to = 2021, text = \"Then\" }]\n",
];

/// A figure of a dataset: its first measure, or in facets up to four.
fn spec(chart: &str, size: u8, options: u8, dataset: &Dataset) -> Option<FigureSpec> {
    let is_line = chart == "line";
    let mut text = format!(
        "[datasets.data]\npath = \"data.csv\"\nsource = \"Test\"\n[figures.f]\nchart = \"{chart}\"\n"
    );
    text += &format!("width = {}\n", WIDTHS[usize::from(size) % 4]);
    if let Some(height) = HEIGHTS[usize::from(size / 4) % 4] {
        text += &format!("height = {height}\n");
    }
    let pick = |shift: u8, of: &[&'static str]| of[usize::from(u16::from(options) >> shift) % of.len()];
    let is_aged = is_line && TRANSFORMS[usize::from(size / 16) % 10].starts_with("since");
    if is_line {
        text += pick(0, &["", "average = 3\n"]);
        text += pick(1, &["", "last_period = \"drop\"\n", "last_period = \"dash\"\n"]);
        text += pick(
            if is_aged { 8 } else { 2 },
            &[
                "",
                "events = [{ date = 2020-02-29, label = \"Leap\" }, { date = 2019-01-01, label = \"Other\", kind = \"method-changed\" }]\n",
            ],
        );
        text += "title = \"From {first_date} to {date}\"\n";
    } else {
        text += pick(0, &["title = \"{leader} leads\"\n", "title = \"Bars\"\n"]);
    }
    if chart != "grouped-bar" {
        text += pick(
            3,
            &["combine = \"sum\"\n", "", "combine = \"mean\"\n", "combine = \"sum\"\neach = \"month\"\n"],
        );
    }
    let transforms = if is_line { &TRANSFORMS[..] } else { &TRANSFORMS[..6] };
    let transform = transforms[usize::from(size / 16) % transforms.len()];
    let is_each = text.contains("each = ") && transform.contains("per = ");
    text += if is_each { "" } else { transform };
    text += pick(5, &["", "unit = \"percent\"\n", "unit = \"index\"\n", "below_one = 0\n"]);
    if chart == "facets" {
        let panel = "{ dataset = \"data\", measure = \"m\", title = \"Panel, {date}\" }";
        let panels = vec![panel; dataset.measures.len().min(4)];
        text += &format!("panels = [{}]\n", panels.join(", "));
    } else {
        text += "dataset = \"data\"\nmeasure = \"m\"\n";
    }
    let (mut manifest, report) = manifest::load("popchart.toml", &text);
    assert!(!report.has_errors(), "{report}");
    let mut spec = manifest.figures.pop()?;
    for (panel, measure) in spec.panels.iter_mut().zip(&dataset.measures) {
        panel.measure = Measure::Column(measure.name.clone());
    }
    Some(spec)
}
