//! Which files may stand in one dataset: those whose values can be drawn on one axis.
//!
//! Everything that depends on what a format's values are is asked here, so that it can be asked of the measures
//! themselves once they know their basis.

use std::collections::BTreeMap;

use crate::diag::{self, Place, Report, quoted};

use crate::data::model::columns::set;
use crate::data::model::dataset::Dataset;
use crate::data::model::facts::Shape;
use crate::data::model::format::Format;
use crate::data::model::measure::{Basis, UNNAMED_MEASURE};
use crate::data::model::observation::Value;

/// The highest value of what is scaled to it.
const TOP: f64 = 100.0;

/// Fewer values than these have a highest one by chance.
const FEW: usize = 5;

/// What a user changes to have files joined in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JoinKeys {
    /// What names the term that puts exports on one scale: `` `--anchor` ``.
    pub anchor: &'static str,
    /// What chooses a measure: `` `--measure` ``.
    pub measure: &'static str,
    /// The way out of files that do not go together: `plot each file alone`.
    pub apart: &'static str,
}

/// One file named twice.
pub(crate) fn refuse_same_bytes(read: &[Dataset]) -> Result<(), Report> {
    let mut hashes: BTreeMap<&str, &str> = BTreeMap::new();
    for file in read.iter().flat_map(|data| &data.files) {
        if let Some(same) = hashes.insert(&file.sha256, &file.name) {
            let fault = diag::error("same-file", format!("`{}` has the same bytes as `{same}`", file.name));
            return Err(fault.at(Place::file(&file.name)).hint("name each file once").into());
        }
    }
    Ok(())
}

/// Series of one file that were each scaled to its own highest value cannot be drawn on one axis either. Those of
/// one export are scaled to the highest of all, which more than one of them seldom reaches.
pub(crate) fn refuse_own_hundreds(data: &Dataset) -> Result<(), Report> {
    let is_index = data.measures.first().is_some_and(|measure| measure.basis == Basis::Index);
    let is_open =
        data.measures.first().is_some_and(|measure| matches!(measure.basis, Basis::Index | Basis::Unknown));
    let several = if is_index && data.facts.shape == Some(Shape::Long) { 2 } else { 3 };
    if data.facts.format.is_scaled || data.measures.len() != 1 || !is_open || data.facts.percent {
        return Ok(());
    }
    let mut series: BTreeMap<(usize, Option<usize>), (usize, usize)> = BTreeMap::new();
    for o in data.observations.iter().filter(|o| o.time.is_some()) {
        let Value::Number(value) = o.value else { continue };
        if !(0.0..=TOP).contains(&value) || libm::trunc(value) != value {
            return Ok(());
        }
        let (tops, count) = series.entry((o.subject, o.group)).or_default();
        (*tops, *count) = (*tops + usize::from(value == TOP), *count + 1);
    }
    // What reaches it again and again was cut off there, unless it says that it is an index.
    let often = if is_index { usize::MAX } else { 2 };
    let own = |(tops, count): &(usize, usize)| (1..=often).contains(tops) && *count >= FEW;
    if series.len() < several || !series.values().all(own) {
        return Ok(());
    }
    let message = format!(
        "cannot draw {} series on one axis: each is scaled to its own highest value, 100",
        series.len()
    );
    let fault = diag::error("unanchored-series", message).at(Place::file(data.file()));
    let on_one_scale = format!("or, where they are on one scale, {}", set("basis", "count"));
    Err(fault.hint("export them in one comparison").hint(on_one_scale).into())
}

/// Why several files cannot be drawn on one axis.
pub(crate) fn refuse_unlike(read: &[Dataset], keys: &JoinKeys) -> Result<(), Report> {
    let Some((first, others)) = read.split_first() else { return Ok(()) };
    let scaled: Vec<&Dataset> = read.iter().filter(|d| d.facts.format.is_scaled).collect();
    if let [_, second, ..] = scaled.as_slice() {
        let of = second.facts.format.publisher.map(|name| format!("{name} ")).unwrap_or_default();
        let told =
            format!("cannot draw two {of}exports on one axis: each is scaled to its own highest value, 100");
        let fault = diag::error("unanchored-exports", told);
        let fault = fault.at(Place::file(second.file()));
        let hint = format!("put the same term into both exports and name it with {}", keys.anchor);
        return Err(fault.hint(hint).hint("or export the terms in one comparison").into());
    }
    let alike: Vec<&Dataset> = read.iter().filter(|data| seems_scaled(data)).collect();
    if let ([one, other, ..], true) = (alike.as_slice(), alike.len() == read.len()) {
        let fault = diag::error(
            "unanchored-exports",
            format!(
                "cannot draw `{}` and `{}` on one axis: each has whole numbers up to just 100, as exports that are scaled to \
                 their own highest value",
                one.file(),
                other.file()
            ),
        );
        let fault = fault.at(Place::file(other.file()));
        let hint = format!("put the same term into both exports and name it with {}", keys.anchor);
        return Err(fault.hint(hint).hint(format!("or, where they count, {}", set("basis", "count"))).into());
    }
    if let Some(map) = others.iter().find(|d| d.facts.format.is_shared_out) {
        let fault =
            diag::error("unlike-files", "cannot draw shares of searches and another file on one axis");
        let fault = fault.at(Place::file(map.file()));
        return Err(fault.hint(format!("{}, or export all terms in one comparison", keys.apart)).into());
    }
    others.iter().try_for_each(|other| refuse_pair(first, other, scaled.is_empty(), keys))
}

/// Whether a file that does not say what its values are has those of an export that is scaled to its own highest, 100.
fn seems_scaled(data: &Dataset) -> bool {
    let is_unknown =
        data.measures.iter().all(|measure| measure.basis == Basis::Unknown && measure.unit.is_none());
    let is_dated = data.facts.first.is_some() && data.facts.first != data.facts.last;
    let mut highest = 0.0_f64;
    let are_whole = data.observations.iter().all(|o| match o.value {
        Value::Number(value) => {
            highest = highest.max(value);
            value >= 0.0 && libm::trunc(value) == value
        }
        Value::Below(bound) => bound <= 1.0,
        Value::Missing | Value::Word(_) => true,
    });
    is_unknown && is_dated && are_whole && highest == 100.0
}

fn refuse_pair(first: &Dataset, other: &Dataset, counts: bool, keys: &JoinKeys) -> Result<(), Report> {
    let dated = |data: &Dataset| data.facts.first.is_some();
    if dated(first) != dated(other) {
        let (with, without) = if dated(first) { (first, other) } else { (other, first) };
        let fault = diag::error(
            "unlike-files",
            format!(
                "cannot draw values with dates and values without on one axis: `{}` has dates, `{}` has none",
                with.file(),
                without.file()
            ),
        );
        return Err(fault.at(Place::file(other.file())).hint(keys.apart).into());
    }
    if first.groups.is_empty() != other.groups.is_empty() {
        let (with, without) = if other.groups.is_empty() { (first, other) } else { (other, first) };
        let fault = diag::error(
            "unlike-files",
            format!(
                "cannot draw values with groups and values without on one axis: `{}` has groups, `{}` has none",
                with.file(),
                without.file()
            ),
        );
        return Err(fault.at(Place::file(other.file())).hint(keys.apart).into());
    }
    let (one, two) = (all_words(first), all_words(other));
    let unnamed = |words: &[String]| words == [UNNAMED_MEASURE];
    let are_single = one.len() == 1 && two.len() == 1;
    let is_shared = one.iter().any(|words| two.contains(words));
    if is_shared || ((unnamed(&one) || unnamed(&two)) && are_single && counts) {
        return Ok(());
    }
    let told = |words: &[String]| words.iter().map(|words| quoted(words)).collect::<Vec<_>>().join(", ");
    let message = format!("cannot draw {} and {} on one axis", told(&one), told(&two));
    let hint = format!("{}, or choose a measure that all have with {}", keys.apart, keys.measure);
    Err(diag::error("unlike-files", message).at(Place::file(other.file())).hint(hint).into())
}

/// What a file's measures are called, as far as its format says more than their names.
fn all_words(data: &Dataset) -> Vec<String> {
    let mut all: Vec<String> =
        data.measures.iter().map(|measure| words(data.facts.format, &measure.name)).collect();
    all.dedup();
    all
}

/// What a file's first measure is called.
#[must_use]
pub fn measure_words(data: &Dataset) -> String {
    let name = data.measures.first().map_or(UNNAMED_MEASURE, |measure| measure.name.as_str());
    words(data.facts.format, name)
}

fn words(format: &Format, name: &str) -> String {
    (format.words)(name).unwrap_or_else(|| name.replace('_', " "))
}
