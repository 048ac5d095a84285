//! Everything of a figure but its picture: values picked, claims checked,
//! words filled in, and the record of what it is made from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::fingerprint::Statement;
use crate::claim;
use crate::data::Dataset;
use crate::diag::Report;
use crate::export::record::Record;
use crate::figure::{Panel, Words};
use crate::frame::{self, Frame};
use crate::kind;
use crate::layout::glyphs;
use crate::preset::Size;
use crate::spec::{FigureSpec, Glyphs};
use crate::tell::{self, Description};
use crate::text::Fonts;
use crate::theme::STYLE_PROFILE;

/// Why a figure is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A claim does not hold; nothing else is wrong.
    FalseClaim,
    /// Its manifest or its data have errors.
    Broken,
}

/// A figure that only has to be drawn.
pub(crate) struct Ready {
    /// Its values; no panels where the data were given for good.
    pub(crate) frame: Frame,
    /// Its marks.
    pub(crate) marks: Vec<Panel>,
    /// Its words.
    pub(crate) words: Words,
    /// Its words for who does not see it.
    pub(crate) description: Description,
    /// Its values for its page; empty for a picture that gets none.
    pub(crate) table: Vec<Vec<String>>,
    statement: Statement,
    record: Record,
}

impl Ready {
    /// What an artifact of some size and in some medium (a theme, a scale) is made from.
    pub(crate) fn record(&self, size: Size, medium: &str) -> Record {
        Record { shows: self.statement.fingerprint(size, medium), ..self.record.clone() }
    }
}

/// Everything of a figure and its page but the picture, with what there is to tell.
pub(super) fn prepare_with_page(
    spec: &FigureSpec,
    datasets: &BTreeMap<String, Dataset>,
) -> (Result<Ready, Failure>, Report) {
    prepared(spec, Cow::Borrowed(datasets), true)
}

/// Everything of a figure but its picture and page, with what there is to tell.
pub(crate) fn prepare(
    spec: &FigureSpec,
    datasets: Cow<'_, BTreeMap<String, Dataset>>,
) -> (Result<Ready, Failure>, Report) {
    prepared(spec, datasets, false)
}

fn prepared(
    spec: &FigureSpec,
    mut datasets: Cow<'_, BTreeMap<String, Dataset>>,
    with_page: bool,
) -> (Result<Ready, Failure>, Report) {
    if spec.datasets.iter().any(|used| !datasets.contains_key(&used.key)) {
        // What is wrong with the dataset has been told where it was read.
        return (Err(Failure::Broken), Report::default());
    }
    let mut frame = match frame::frame_of(spec, &mut datasets) {
        Ok(frame) => frame,
        Err(errors) => return (Err(Failure::Broken), errors),
    };
    let mut report = std::mem::take(&mut frame.warnings);
    let claims = claim::check(spec, &frame);
    let holds = !claims.has_errors();
    frame.look.marked = claim::marked(spec, &frame);
    report.merge(claims);
    let told = claim::words(spec, &frame).and_then(|mut words| {
        let said = said(spec, &mut frame, &mut words, with_page, &mut report)?;
        let marks = kind::marks(spec, &frame)?;
        Ok((words, said, marks))
    });
    if let (true, Ok((words, ..))) = (with_page, &told) {
        report.merge(claim::wordy(spec, &frame, words));
    }
    let (words, (description, table), marks) = match told {
        Ok(told) => told,
        Err(errors) => {
            report.merge(errors);
            return (Err(Failure::Broken), report);
        }
    };
    if !holds {
        return (Err(Failure::FalseClaim), report);
    }
    let record = record(spec, &frame, &words, &datasets);
    if matches!(datasets, Cow::Owned(_)) {
        // Who has no other use for the data has none for the rows, beside the marks.
        frame.panels.clear();
    }
    let (alt, desc) = (&description.alt, &description.desc);
    let statement = Statement::of(&frame.look, &marks, &words, alt, desc);
    (Ok(Ready { frame, marks, words, description, table, statement, record }), report)
}

/// What is said to who does not see the figure, and its page's values, before names lose the letters that cannot be drawn:
/// these stay in words.
fn said(
    spec: &FigureSpec,
    frame: &mut Frame,
    words: &mut Words,
    with_page: bool,
    report: &mut Report,
) -> Result<(Description, Vec<Vec<String>>), Report> {
    let escapes = spec.missing_glyphs == Glyphs::Escape;
    let unreadable = if escapes { glyphs::escape(frame, words, None) } else { Report::default() };
    let description = tell::describe(spec, frame, words);
    let table = if with_page { tell::table(spec, frame) } else { Vec::new() };
    if escapes {
        let undrawable = glyphs::escape(frame, words, Some(&Fonts::bundled()?));
        report.merge(if unreadable.is_empty() { undrawable } else { unreadable });
    }
    Ok((description, table))
}

fn record(spec: &FigureSpec, frame: &Frame, words: &Words, datasets: &BTreeMap<String, Dataset>) -> Record {
    let read = spec.datasets.iter().filter_map(|used| Some((used, datasets.get(&used.key)?)));
    let files = read.flat_map(|(used, dataset)| used.files.iter().zip(&dataset.files));
    let hashes = files.map(|(named, read)| (named.path.clone(), read.sha256.clone()));
    let first = frame.panels.first();
    let dates = first.map(|panel| [panel.first, panel.shown].into_iter().flatten());
    let dates: Vec<String> = dates.into_iter().flatten().map(|date| date.to_string()).collect();
    Record {
        figure: spec.key.clone(),
        style: STYLE_PROFILE,
        data: hashes.collect(),
        shows: String::new(),
        source: words.source.clone(),
        dates,
        thinned: u64::try_from(tell::thinned(frame)).ok().filter(|count| *count > 0),
        drawing: None,
        beside: BTreeMap::new(),
        replacing: BTreeMap::new(),
        artifact: String::new(),
    }
}
