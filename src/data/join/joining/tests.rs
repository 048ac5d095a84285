//! Files joined: what comes together, what gives way and what is told.

use proptest::prelude::*;

use super::*;
use crate::data::model::columns::Columns;
use crate::data::model::line::Line;
use crate::data::read;

const KEYS: JoinKeys = JoinKeys { anchor: "`anchor`", measure: "`values`", apart: "part them" };

fn opened(files: &[(&str, &str)]) -> Vec<Dataset> {
    let open = |(name, text): &(&str, &str)| read(name, text.as_bytes(), &Columns::default()).unwrap().0;
    files.iter().map(open).collect()
}

fn joined(files: Vec<Dataset>) -> Result<(Dataset, Report), Report> {
    let whom = |name: &str| name.to_lowercase();
    join(files, &Joining { anchor: None, whom: &whom, keys: KEYS })
}

type Row = (String, String, Option<Moment>, String, u32);

/// What a dataset says, in order of time; and of which file.
fn rows(data: &Dataset) -> Vec<Row> {
    let row = |o: &Observation| {
        let name = |names: &[String], index: usize| names[index].clone();
        let (subject, measure) = (name(&data.subjects, o.subject), data.measures[o.measure].name.clone());
        (subject, measure, o.time, in_words(o.value), o.line.file)
    };
    let mut rows: Vec<Row> = data.observations.iter().map(row).collect();
    rows.sort();
    rows
}

#[test]
fn measures_groups_and_kinds_are_brought_together_by_name() {
    let one = "date,who,portal,query,stars,forks\n2020-01-01,a,P,q,1,2\n2020-01-01,a,Q,q,3,4\n\
               2020-02-01,a,P,q,1,2\n2020-02-01,a,Q,q,3,4\n";
    let two = "date,who,portal,query,forks,watchers\n2020-03-01,a,Q,r,5,6\n2020-03-01,b,P,r,7,8\n\
               2020-04-01,a,Q,r,5,6\n2020-04-01,b,P,r,7,8\n";
    let columns = Columns { group: Some("portal".into()), same: vec!["query".into()], ..Columns::default() };
    let open = |(name, text): (&str, &str)| read(name, text.as_bytes(), &columns).unwrap().0;
    let (data, _) = joined([("one.csv", one), ("two.csv", two)].map(open).to_vec()).unwrap();
    assert_eq!(data.subjects, ["a", "b"]);
    assert_eq!(data.measure_names(), ["stars", "forks", "watchers"]);
    assert_eq!(data.groups, ["P", "Q"]);
    assert_eq!(data.kinds, ["query: q", "query: r"]);
    let last = data.observations.last().unwrap();
    assert_eq!((last.subject, last.measure, last.group, last.kind), (1, 2, Some(0), 1));
    assert_eq!((last.line, last.value), (Line { file: 1, number: 5 }, Value::Number(8.0)));
    assert_eq!(data.place(last.line).to_string(), "two.csv:5");
    assert_eq!((data.facts.first, data.facts.last), (Moment::ymd(2020, 1, 1), Moment::ymd(2020, 4, 1)));
    assert_eq!(data.facts.step, Some(Step::Month));
}

#[test]
fn a_value_stands_in_for_one_that_is_missing() {
    let one = "date,who,stars\n2020-01-01,a,1\n2020-02-01,a,\n2020-03-01,a,3\n";
    let two = "date,who,stars\n2020-02-01,a,2\n2020-03-01,a,\n2020-04-01,a,4\n";
    let values: Vec<(String, u32)> = rows(&joined(opened(&[("1.csv", one), ("2.csv", two)])).unwrap().0)
        .into_iter()
        .map(|row| (row.3, row.4))
        .collect();
    let expected = [("1", 0), ("2", 1), ("3", 0), ("4", 1)].map(|(value, file)| (value.to_owned(), file));
    assert_eq!(values, expected);
}

#[test]
fn a_period_that_was_still_running_gives_way_or_is_told() {
    let files = [
        ("1.csv", "date,who,stars\n2020-01-01,a,1\n2020-02-01,a,2\n2020-03-01,a,1\n"),
        ("2.csv", "date,who,stars\n2020-03-01,a,3\n2020-04-01,a,4\n"),
        ("3.csv", "date,who,stars\n2020-04-01,a,4\n2020-05-01,a,5\n"),
    ];
    let torn = |files: &[(&str, &str)]| {
        let mut read = opened(files);
        read[0].facts.last_period = Completeness::Partial;
        joined(read).unwrap()
    };
    let (data, warnings) = torn(&files);
    let values: Vec<String> = rows(&data).into_iter().map(|row| row.3).collect();
    assert_eq!((values.join(" "), warnings.to_string()), ("1 2 3 4 5".into(), String::new()));
    let (data, warnings) = torn(&[files[0], files[2]]);
    assert_eq!(
        warnings.to_string(),
        "\
warning[running-period]: the last period of the file, 2020-03-01, was still running, and other files go on
  --> 1.csv:4
hint: export it again, or leave its last period out
"
    );
    assert_eq!((data.observations.len(), data.facts.last_period.name()), (5, "no"));
}

#[test]
fn groups_and_none_do_not_go_together() {
    let columns = Columns { group: Some("portal".into()), ..Columns::default() };
    let mut files = opened(&[("1.csv", "date,who,jobs\n2020-01-01,a,1\n2020-02-01,a,2\n")]);
    let split = "date,who,portal,jobs\n2020-01-01,a,P,1\n2020-02-01,a,Q,2\n";
    files.push(read("2.csv", split.as_bytes(), &columns).unwrap().0);
    let refused = joined(files).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "\
error[unlike-files]: cannot draw values with groups and values without on one axis: `2.csv` has groups, `1.csv` has none
  --> 2.csv
hint: part them
"
    );
}

proptest! {
    /// However a table is cut into files that overlap, it is the same table.
    #[test]
    fn a_table_in_pieces_is_the_whole_table(
        cells in prop::collection::vec(prop::collection::vec(prop::option::of(0_u8..50), 3), 6..20),
        cuts in prop::collection::vec((0_usize..20, 0_usize..20), 1..4),
    ) {
        let line = |(day, cells): (usize, &Vec<Option<u8>>)| {
            let cells = cells.iter().map(|cell| cell.map(|n| n.to_string()).unwrap_or_default());
            format!("2020-03-{:02},{}\n", day + 1, cells.collect::<Vec<_>>().join(","))
        };
        let lines: Vec<String> = cells.iter().enumerate().map(line).collect();
        let head = "date,keras,jax,torch\n";
        let whole = format!("{head}{}", lines.concat());
        // The first piece has the ends, so that every line stands somewhere.
        let mut pieces = vec![format!("{head}{}", lines.concat())];
        for (from, to) in cuts {
            let (from, to) = (from.min(lines.len() - 2), to.min(lines.len()));
            let part = lines.get(from..to.max(from + 2)).unwrap();
            pieces.push(format!("{head}{}", part.concat()));
        }
        pieces.rotate_left(1);
        let files: Vec<Dataset> = pieces
            .iter()
            .enumerate()
            .filter_map(|(i, text)| Some(read(&format!("{i}.csv"), text.as_bytes(), &Columns::default()).ok()?.0))
            .collect();
        let mut hashes: Vec<&str> = files.iter().map(|data| data.files[0].sha256.as_str()).collect();
        hashes.sort_unstable();
        hashes.dedup();
        prop_assume!(hashes.len() == files.len());
        let Ok((expected, _)) = read("whole.csv", whole.as_bytes(), &Columns::default()) else { return Ok(()) };
        prop_assume!(files.iter().all(|data| data.facts.shape == expected.facts.shape));
        let (data, _) = joined(files).unwrap();
        let plain = |data: &Dataset| {
            let valued = rows(data).into_iter().filter(|row| row.3 != "none");
            valued.map(|row| (row.0, row.2, row.3)).collect::<Vec<_>>()
        };
        prop_assert_eq!(plain(&data), plain(&expected));
    }
}

#[test]
fn what_a_measure_is_of_is_known_as_far_as_files_agree() {
    let mut all = vec![Measure::new("stars".into(), Basis::Cumulative, false)];
    join_measure(&mut all, 0, Measure::new("stars".into(), Basis::Cumulative, false));
    join_measure(
        &mut all,
        0,
        Measure::new(crate::data::model::measure::UNNAMED_MEASURE.into(), Basis::Unknown, false),
    );
    assert_eq!(all, [Measure::new("stars".into(), Basis::Cumulative, false)]);
    join_measure(&mut all, 0, Measure::new("stars".into(), Basis::Index, false));
    assert_eq!(all, [Measure { name: "stars".into(), unit: None, basis: Basis::Unknown }]);
}
