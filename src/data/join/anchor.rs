//! Several exports that are each scaled to their own 100, put on one scale by a term that stands in all.
//!
//! Exports are told apart from other files by their format alone. Nothing is drawn here, and nothing is put
//! on one scale that was counted of other places or over other steps.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{self, Diagnostic, Place, Report, listed, nearest, quoted};
use crate::time::moment::{Moment, Step};

use crate::data::join::narrow;
use crate::data::model::completeness::Completeness;
use crate::data::model::dataset::{Anchored, Dataset};
use crate::data::model::line::Line;
use crate::data::model::observation::Value;

/// Fewer shared dates than this say too little of how two scales compare.
const SHARED_DATES: usize = 5;

/// The highest value of an export.
const TOP: f64 = 100.0;

/// What puts exports on one scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anchor<'a> {
    /// The term that stands in all.
    pub term: &'a str,
    /// What a value known to be below a bound counts for, as a part of the bound.
    pub below_one: f64,
}

/// Puts exports on one scale: a term's mean over the dates that all have is made the same in all, and the
/// highest value of all then 100. The term is left in the first export only. A value known to be below a bound
/// counts for `below_one` of it. Datasets have one measure and no groups.
///
/// # Errors
/// Files that are no exports, or lack the term, or differ in region or step, or have too few dates in common;
/// a mean of 0.
pub(crate) fn put_on_one_scale(
    read: &mut [Dataset],
    anchor: &Anchor<'_>,
    key: &str,
) -> Result<Anchored, Report> {
    let (anchors, below_one) = (anchors(read, anchor.term, key)?, anchor.below_one);
    let Some((first, anchor)) = read.first().zip(anchors.first().copied()) else {
        return Err(diag::error("own-fault", "missing a file").into());
    };
    let mut observations = read.iter().flat_map(|data| &data.observations);
    let has_bounds = observations.any(|o| matches!(o.value, Value::Below(_)));
    let anchored = Anchored {
        term: first.subjects.get(anchor).cloned().unwrap_or_default(),
        exports: read.len(),
        region: first.facts.region.clone(),
        below_one: has_bounds.then_some(below_one),
    };
    for o in read.iter_mut().flat_map(|data| &mut data.observations) {
        if let Value::Below(bound) = o.value {
            o.value = Value::Number(bound * below_one);
        }
    }
    let ratios = ratios(read, &anchors, &anchored.term)?;
    for (data, ratio) in read.iter_mut().zip(ratios) {
        multiply(data, ratio);
    }
    for (data, anchor) in read.iter_mut().zip(&anchors).skip(1) {
        let others: Vec<usize> = (0..data.subjects.len()).filter(|subject| subject != anchor).collect();
        narrow::keep_subjects(data, &others);
    }
    let highest = read.iter().flat_map(values).map(|(value, _)| value).fold(0.0, f64::max);
    read.iter_mut().for_each(|data| multiply(data, TOP / highest));
    Ok(anchored)
}

/// The term's index in every export.
fn anchors(read: &[Dataset], term: &str, key: &str) -> Result<Vec<usize>, Report> {
    let mut errors = Report::default();
    if let [only] = read {
        let fault = diag::error("anchor-of-one-file", "cannot put one file on one scale with others")
            .at(Place::file(only.file()));
        return Err(fault.hint(format!("name more exports, or leave {key} out")).into());
    }
    for data in read.iter().filter(|data| !data.facts.format.is_scaled) {
        let message =
            format!("expected an export that is scaled to 100, as {key} needs, found another table");
        let hint = format!("leave the file out, or leave {key} out");
        errors.push(diag::error("not-an-export", message).at(Place::file(data.file())).hint(hint));
    }
    if errors.has_errors() {
        return Err(errors);
    }
    let mut found = Vec::new();
    for (index, data) in read.iter().enumerate() {
        match anchor(data, term, key) {
            Ok(_) if index > 0 && data.subjects.len() == 1 => {
                let fault = diag::error("anchor-alone", format!("missing a term besides {}", quoted(term)));
                errors.push(fault.at(Place::file(data.file())).hint("leave the file out"));
            }
            Ok(anchor) => found.push(anchor),
            Err(fault) => errors.push(fault),
        }
        if let Some(first) = read.first() {
            refuse_unlike(first, data, &mut errors);
        }
        refuse_off_scale(data, &mut errors);
    }
    if errors.has_errors() { Err(errors) } else { Ok(found) }
}

/// The index of a term, whose case does not matter where only that differs.
fn anchor(data: &Dataset, term: &str, key: &str) -> Result<usize, Diagnostic> {
    let folded = |name: &str| name.trim().to_lowercase();
    let exact = data.subjects.iter().position(|name| name == term);
    let found = exact.or_else(|| data.subjects.iter().position(|name| folded(name) == folded(term)));
    found.ok_or_else(|| {
        let fault =
            diag::error("missing-anchor", format!("missing the term {}, which {key} names", quoted(term)));
        let hint = match nearest(term, data.subjects.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", listed(&data.subjects)),
        };
        fault.at(Place::file(data.file())).hint(hint)
    })
}

/// Exports of one region and step measure the same.
fn refuse_unlike(first: &Dataset, other: &Dataset, errors: &mut Report) {
    let region = |data: &Dataset| data.facts.region.as_deref().map_or_else(|| "none".to_owned(), quoted);
    let step = |data: &Dataset| data.facts.step.map_or_else(|| "none".to_owned(), Step::name);
    let differs = |what: &str, of: &dyn Fn(&Dataset) -> String| {
        let (one, two) = (of(first), of(other));
        (one != two).then(|| {
            format!(
                "cannot put exports of different {what}s on one scale: the {what} of `{}` is {one}, that of `{}` is {two}",
                first.file(),
                other.file()
            )
        })
    };
    for (message, hint) in [
        (differs("region", &region), "export both of the same region"),
        (differs("step", &step), "export both over the same time"),
    ] {
        if let Some(message) = message {
            errors.push(diag::error("unlike-exports", message).at(Place::file(other.file())).hint(hint));
        }
    }
}

/// What an export cannot hold makes of its scale something else.
fn refuse_off_scale(data: &Dataset, errors: &mut Report) {
    if let Some((value, line)) = values(data).find(|(value, _)| !(0.0..=TOP).contains(value)) {
        let fault =
            diag::error("off-scale", format!("expected values from 0 to 100 in an export, found {value}"));
        errors.push(fault.at(data.place(line)).hint("export the data again"));
    }
}

/// What each export is multiplied by to have the scale of the first.
fn ratios(read: &[Dataset], anchors: &[usize], term: &str) -> Result<Vec<f64>, Report> {
    let series: Vec<BTreeMap<Moment, f64>> =
        read.iter().zip(anchors).map(|(data, anchor)| dated(data, *anchor)).collect();
    let mut shared: BTreeSet<Moment> = series.first().into_iter().flat_map(BTreeMap::keys).copied().collect();
    for (index, (data, own)) in read.iter().zip(&series).enumerate() {
        shared.retain(|date| own.contains_key(date));
        if shared.len() < SHARED_DATES {
            let with = if index == 0 { "" } else { " in common with the files before" };
            let message = format!(
                "expected at least {SHARED_DATES} dates with a value of {}{with}, found {}",
                quoted(term),
                shared.len()
            );
            let fault = diag::error("few-shared-dates", message).at(Place::file(data.file()));
            return Err(fault.hint("export all terms over the same time").into());
        }
    }
    let mut errors = Report::default();
    let mean = |own: &BTreeMap<Moment, f64>| {
        shared.iter().filter_map(|date| own.get(date)).sum::<f64>() / shared.len() as f64
    };
    let means: Vec<f64> = series.iter().map(mean).collect();
    for (data, mean) in read.iter().zip(&means) {
        // What is below this is 0 but for its rounding, and its ratio to another mean need not be finite.
        if *mean < f64::EPSILON {
            let message = format!(
                "expected a mean of {} above 0 over the {} shared dates, found {mean}",
                quoted(term),
                shared.len()
            );
            let fault = diag::error("anchor-too-low", message).at(Place::file(data.file()));
            errors.push(fault.hint("put a term that is searched for more into all exports"));
        }
    }
    let first = means.first().copied().unwrap_or_default();
    if errors.has_errors() { Err(errors) } else { Ok(means.iter().map(|mean| first / mean).collect()) }
}

/// A series by date, without a last period that was certainly incomplete: how much of it was counted depends
/// on the day of the export.
fn dated(data: &Dataset, subject: usize) -> BTreeMap<Moment, f64> {
    let own = data.observations.iter().filter(|o| o.subject == subject);
    let mut series: BTreeMap<Moment, f64> = own
        .filter_map(|o| match o.value {
            Value::Number(value) => Some((o.time?, value)),
            Value::Below(_) | Value::Missing | Value::Word(_) => None,
        })
        .collect();
    if data.facts.last_period == Completeness::Partial {
        series.retain(|date, _| data.facts.last != Some(*date));
    }
    series
}

/// The numbers of a dataset, and the bounds of what is only known to be below one, with their lines.
fn values(data: &Dataset) -> impl Iterator<Item = (f64, Line)> {
    data.observations.iter().filter_map(|o| match o.value {
        Value::Number(value) | Value::Below(value) => Some((value, o.line)),
        Value::Missing | Value::Word(_) => None,
    })
}

fn multiply(data: &mut Dataset, factor: f64) {
    for o in &mut data.observations {
        if let Value::Number(value) = o.value {
            o.value = Value::Number(value * factor);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::data::model::columns::Columns;
    use crate::data::read::whole;

    fn by(term: &str, below_one: f64) -> Anchor<'_> {
        Anchor { term, below_one }
    }

    /// An export as it is made: scaled to its own 100 and rounded, with `<1` for what is almost nothing.
    fn export(file: &str, terms: &[(&str, &[f64])]) -> (Dataset, f64) {
        let highest = terms.iter().flat_map(|(_, series)| *series).copied().fold(0.0, f64::max);
        let scale = TOP / highest;
        let names: String = terms.iter().map(|(term, _)| format!(",{term}: (Worldwide)")).collect();
        let mut text = format!("Category: All categories\n\nWeek{names}\n");
        for week in 0..terms[0].1.len() {
            let date = Moment::from_seconds(1_577_836_800 + 86_400 * (4 + 7 * week as i64));
            let cell = |series: &[f64]| match series[week] * scale {
                low if low > 0.0 && low < 0.5 => ",<1".to_owned(),
                value => format!(",{value:.0}"),
            };
            text += &format!("{date}{}\n", terms.iter().map(|(_, series)| cell(series)).collect::<String>());
        }
        (whole::read(file, text.as_bytes(), &Columns::default(), None).unwrap().0, scale)
    }

    fn series(data: &Dataset, term: &str) -> Vec<f64> {
        let subject = data.subjects.iter().position(|name| name == term).unwrap();
        let own = data.observations.iter().filter(|o| o.subject == subject);
        own.map(|o| if let Value::Number(value) = o.value { value } else { f64::NAN }).collect()
    }

    fn searches() -> impl Strategy<Value = [Vec<f64>; 3]> {
        (6_usize..40).prop_flat_map(|weeks| {
            let series = |low: f64, high: f64| prop::collection::vec(low..high, weeks);
            // The others are searched for a hundredth, or tenfold, of what the anchor is.
            [series(20.0, 200.0), series(1.0, 900.0), series(0.5, 2000.0)]
        })
    }

    proptest! {
        #[test]
        fn exports_of_one_query_come_back_within_rounding([anchor, one, two] in searches()) {
            let (first, first_scale) = export("a.csv", &[("keras", &anchor), ("jax", &one)]);
            let (second, second_scale) = export("b.csv", &[("caffe", &two), ("keras", &anchor)]);
            let rounded = series(&first, "keras");
            let mut read = [first, second];
            let anchored = put_on_one_scale(&mut read, &by("keras", 0.5), "`anchor`").unwrap();
            prop_assert_eq!((anchored.term.as_str(), anchored.exports), ("keras", 2));
            prop_assert_eq!(&read[1].subjects, &["caffe"]);
            let highest = read.iter().flat_map(values).map(|(value, _)| value).fold(0.0, f64::max);
            prop_assert!((highest - TOP).abs() < 1e-9, "{highest}");

            let stretch = series(&read[0], "keras")[0] / rounded[0];
            for (term, truth) in [("keras", &anchor), ("jax", &one)] {
                for (value, truth) in series(&read[0], term).iter().zip(truth) {
                    prop_assert!((value / stretch - truth * first_scale).abs() < 0.5 + 1e-9, "{term}");
                }
            }
            // Rounding moves a mean by half a point at most, and so the ratio of two.
            let mean = anchor.iter().sum::<f64>() / anchor.len() as f64;
            let (a, b, true_ratio) = (mean * first_scale, mean * second_scale, first_scale / second_scale);
            let (low, high) = ((a - 0.5) / (b + 0.5), (a + 0.5) / (b - 0.5));
            let off = (high - true_ratio).max(true_ratio - low);
            for (value, truth) in series(&read[1], "caffe").iter().zip(&two) {
                let allowed = off * truth * second_scale + 0.5 * high + 1e-9;
                let found = (value / stretch - truth * first_scale).abs();
                prop_assert!(found <= allowed, "{found} is more than {allowed}");
            }
        }
    }

    #[test]
    fn a_week_that_was_still_running_says_nothing_of_scales() {
        let weeks = [50.0, 60.0, 70.0, 80.0, 90.0, 100.0];
        let (first, _) = export("a.csv", &[("keras", &weeks), ("jax", &weeks)]);
        let torn = [50.0, 60.0, 70.0, 80.0, 90.0, 10.0];
        let (mut second, _) = export("b.csv", &[("keras", &torn), ("caffe", &[100.0; 6])]);
        second.facts.last_period = Completeness::Partial;
        let mut read = [first, second];
        put_on_one_scale(&mut read, &by("KERAS", 0.5), "`anchor`").unwrap();
        assert_eq!(series(&read[1], "caffe"), [100.0; 6]);
        assert_eq!(series(&read[0], "keras"), weeks);
    }

    #[test]
    fn below_one_is_a_number_before_it_is_rescaled() {
        let halves = [50.0; 5];
        let (first, _) = export("a.csv", &[("keras", &halves), ("jax", &[0.1, 100.0, 1.0, 1.0, 1.0])]);
        let (second, _) =
            export("b.csv", &[("keras", &[100.0; 5]), ("caffe", &[0.1, 50.0, 50.0, 50.0, 50.0])]);
        for (below_one, jax, caffe) in [(0.5, 0.5, 0.25), (0.0, 0.0, 0.0)] {
            let mut read = [first.clone(), second.clone()];
            let anchored = put_on_one_scale(&mut read, &by("keras", below_one), "`anchor`").unwrap();
            assert_eq!(anchored.below_one, Some(below_one));
            assert_eq!((series(&read[0], "jax")[0], series(&read[1], "caffe")[0]), (jax, caffe));
        }
    }
}
