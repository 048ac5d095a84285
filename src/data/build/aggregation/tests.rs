//! What groups of values come to, whoever reads which of them.

use super::*;
use crate::data::build::builder::Names;
use crate::data::model::observation::Observation;
use crate::time::moment::Moment;

/// A date, a subject and a value.
type Row = (i64, u32, Value);

fn add(aggregation: &mut Aggregation, row: &Row, at: u64) {
    let series = Series { subject: row.1, group: 0, kind: 0, measure: 0 };
    let (time, series) = (aggregation.time(Some(Moment::from_seconds(row.0))), aggregation.series(series));
    aggregation.turn_to(time, series, at);
    aggregation.add(0, row.2, at);
}

/// What rows come to of which the first aggregation reads those that `first` says.
fn results(how: Aggregate, rows: &[Row], first: impl Fn(usize) -> bool) -> Vec<(i64, usize, u32, Value)> {
    let (mut one, mut other) = (Aggregation::new(how, 1), Aggregation::new(how, 1));
    for (i, row) in rows.iter().enumerate() {
        add(if first(i) { &mut one } else { &mut other }, row, i as u64 + 1);
    }
    one.append(&other, |series| series);
    let mut findings = Findings::new("f");
    let line = |at| u32::try_from(at).unwrap();
    let observations = one.observations(&[Column::of(0)], line, &Names::default(), &mut findings);
    let row = |o: Observation| (o.time.unwrap().seconds(), o.subject, o.line.number, o.value);
    let mut rows: Vec<_> = observations.into_iter().map(row).collect();
    if let Err(report) = findings.finish() {
        let line = |d: &crate::diag::Diagnostic| d.place.as_ref().and_then(|place| place.line).unwrap();
        rows.extend(report.diagnostics.iter().map(|d| (-1, 0, line(d), Value::Missing)));
    }
    rows
}

/// All ways to cut rows in two, and both orders of every second row.
fn in_any_parts(how: Aggregate, rows: &[Row]) -> Vec<(i64, usize, u32, Value)> {
    let all = results(how, rows, |_| true);
    for cut in 0..=rows.len() {
        assert_eq!(results(how, rows, |i| i < cut), all, "the first {cut}");
        assert_eq!(results(how, rows, |i| i >= cut), all, "but the first {cut}");
    }
    assert_eq!(results(how, rows, |i| i % 2 == 0), all);
    assert_eq!(results(how, rows, |i| i % 2 == 1), all);
    all
}

#[test]
fn groups_come_by_date_with_the_line_of_their_first_row() {
    use Value::{Missing, Number};
    let rows =
        [(2, 0, Number(1.0)), (1, 0, Number(2.0)), (2, 0, Number(4.0)), (2, 1, Missing), (2, 0, Missing)];
    let expected = |value| vec![(1, 0, 2, Number(2.0)), (2, 0, 1, value), (2, 1, 4, Missing)];
    assert_eq!(in_any_parts(Aggregate::Mean, &rows), expected(Number(2.5)));
    assert_eq!(in_any_parts(Aggregate::Last, &rows), expected(Number(4.0)));
    assert_eq!(in_any_parts(Aggregate::Sum, &rows), expected(Missing));
}

#[test]
fn bounds_are_never_added_to_numbers() {
    use Value::{Below, Number};
    let mixed = [(0, 0, Below(1.0)), (0, 0, Number(3.0))];
    assert_eq!(in_any_parts(Aggregate::Mean, &mixed), [(-1, 0, 1, Value::Missing)]);
    assert_eq!(in_any_parts(Aggregate::Last, &mixed), [(0, 0, 1, Number(3.0))]);
    let bounds = [(0, 0, Number(7.0)), (0, 0, Below(1.0)), (0, 0, Below(2.0)), (0, 0, Value::Missing)];
    assert_eq!(in_any_parts(Aggregate::Mean, &bounds[1..]), [(0, 0, 1, Below(2.0))]);
    assert_eq!(in_any_parts(Aggregate::Sum, &bounds[1..]), [(-1, 0, 1, Value::Missing)]);
    assert_eq!(in_any_parts(Aggregate::Last, &bounds), [(0, 0, 1, Below(2.0))]);
}

#[test]
fn sums_are_exact_in_any_order() {
    let sum = |numbers: &[f64]| {
        let rows: Vec<_> = numbers.iter().map(|&number| (0, 0, Value::Number(number))).collect();
        let all = in_any_parts(Aggregate::Sum, &rows);
        let reversed: Vec<_> = rows.into_iter().rev().collect();
        assert_eq!(in_any_parts(Aggregate::Sum, &reversed), all);
        all[0].3
    };
    assert_eq!(sum(&[1e16, 1.0, 1.0, -1e16]), Value::Number(2.0));
    assert_eq!(sum(&[0.1; 40]), Value::Number(4.0));
    assert_eq!(sum(&[0.1, 0.2]), Value::Number(0.3));
    assert_eq!(sum(&[12.0, 0.25, 0.000_000_000_001, -0.25]), Value::Number(12.000_000_000_001));
    assert_eq!(sum(&[1e14, 0.000_000_000_000_001, 3.0, 1e14, -1e14]), Value::Number(1e14 + 3.0));
    assert_eq!(sum(&[1.0 / 3.0, 1e29, 0.5, -1e29]), Value::Number(1.0 / 3.0 + 0.5));
}

#[test]
fn a_row_that_says_another_thing_than_its_group_is_found_whoever_reads_it() {
    for marks in [[1, 1, 1, 2, 3, 1], [1, 2, 1, 2, 3, 1], [1, 1, 1, 1, 1, 2], [1, 1, 1, 1, 1, 1]] {
        let expected = marks.iter().position(|mark| *mark != 1).map(|i| i as u64);
        for readers in 0..1 << marks.len() {
            let mut aggregations =
                [Aggregation::new(Aggregate::Mean, 1), Aggregation::new(Aggregate::Mean, 1)];
            for (i, mark) in marks.into_iter().enumerate() {
                let aggregation = &mut aggregations[readers >> i & 1];
                add(aggregation, &(0, 0, Value::Missing), i as u64);
                aggregation.mark(mark, i as u64);
            }
            let [mut one, other] = aggregations;
            one.append(&other, |series| series);
            assert_eq!(one.told_apart(), expected, "{marks:?} {readers:b}");
        }
    }
}

#[test]
fn columns_of_their_own_subject_count_from_their_own_first_row() {
    let columns =
        [0, 1].map(|subject| Column { measure: 0, subject: Some(subject), group: None, time: None });
    for cut in 0..3 {
        let mut aggregations = [Aggregation::new(Aggregate::Mean, 2), Aggregation::new(Aggregate::Mean, 2)];
        for (i, values) in [&[1.0][..], &[2.0, 5.0], &[3.0, 6.0]].into_iter().enumerate() {
            let aggregation = &mut aggregations[usize::from(i < cut)];
            let (time, series) = (
                aggregation.time(None),
                aggregation.series(Series { subject: 0, group: 0, kind: 0, measure: 0 }),
            );
            aggregation.turn_to(time, series, i as u64);
            for (column, value) in values.iter().enumerate() {
                aggregation.add(column, Value::Number(*value), i as u64);
            }
        }
        let [mut one, other] = aggregations;
        one.append(&other, |series| series);
        assert_eq!(one.count(&columns), 2);
        let line = |at| u32::try_from(at).unwrap();
        let found = one.observations(&columns, line, &Names::default(), &mut Findings::new("f"));
        let found: Vec<_> = found.iter().map(|o| (o.subject, o.line.number, o.value)).collect();
        assert_eq!(found, [(0, 0, Value::Number(2.0)), (1, 1, Value::Number(5.5))], "{cut}");
    }
}

#[test]
fn many_groups_are_all_found_again() {
    let mut aggregation = Aggregation::new(Aggregate::Mean, 1);
    let turn = |aggregation: &mut Aggregation, i: u32, at: u64| {
        let series = aggregation.series(Series { subject: i % 17, group: i % 3, kind: 0, measure: 0 });
        let time = aggregation.time(Some(Moment::from_seconds(i64::from(i % 701) * 86_400)));
        aggregation.turn_to(time, series, at);
        aggregation.group
    };
    let groups: Vec<usize> = (0..5000).map(|i| turn(&mut aggregation, i, 1)).collect();
    for (i, group) in (0..).zip(groups) {
        assert_eq!(turn(&mut aggregation, i, 2), group);
        assert_eq!(aggregation.firsts[group], 1);
    }
    assert!(matches!(aggregation.group_places, Places::Grid { .. }));
}

#[test]
fn groups_are_found_again_where_hardly_any_series_has_the_dates_of_others() {
    let mut aggregation = Aggregation::new(Aggregate::Mean, 1);
    let turn = |aggregation: &mut Aggregation, i: u32, at: u64| {
        let series = aggregation.series(Series { subject: i / 3, group: 0, kind: 0, measure: 0 });
        let time = aggregation.time(Some(Moment::from_seconds(i64::from(i))));
        aggregation.turn_to(time, series, at);
        aggregation.group
    };
    for at in 1..3 {
        (0..3000).for_each(|i| assert_eq!(turn(&mut aggregation, i, at), i as usize));
    }
    assert!(
        matches!(aggregation.group_places, Places::Table(_))
            && aggregation.firsts.iter().all(|first| *first == 1)
    );
}
