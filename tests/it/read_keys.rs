//! Every part of a reading can be said, what was found is what a user would say, and a key that a file cannot have
//! is a fault at the key.

use std::fs;
use std::path::{Path, PathBuf};

use popchart::data::{
    self, Basis, Columns, Dataset, DateOrder, Decimal, Delimiter, Each, Header, Unit, Value, ValueColumns,
};
use popchart::manifest;
use proptest::prelude::*;

use crate::plot::Desk;

/// The files that are kept as examples of what people have.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders =
        ["tests/fixtures/data", "tests/fixtures/spreadsheets", "datasets"].map(|folder| root.join(folder));
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| {
            path.is_file() && path.extension().is_none_or(|ending| ending != "md" && ending != "py")
        })
        .collect();
    files.sort();
    files
}

fn read(name: &str, bytes: &[u8], columns: &Columns) -> Result<Dataset, String> {
    data::read(name, bytes, columns).map(|(dataset, _)| dataset).map_err(|report| report.to_string())
}

/// A dataset without what is told of the way to it.
fn bare(mut dataset: Dataset) -> Dataset {
    dataset.facts.notes.clear();
    dataset.facts.decisions.clear();
    dataset.facts.reading = Columns::default();
    dataset
}

/// The columns of the only dataset of a manifest.
fn columns_of(dataset: &str) -> Columns {
    let text = format!(
        "{dataset}retrieved = 2026-08-22\n[figures.f]\ndataset = \"a\"\nchart = \"line\"\ntitle = \"T\"\n"
    );
    let (manifest, report) = manifest::load("popchart.toml", &text);
    assert!(!report.has_errors(), "{report}{text}");
    manifest.figures[0].datasets[0].columns.clone()
}

/// Reads a file again with what `inspect --manifest` prints of it; why that gives another dataset, or prints
/// something else.
pub(crate) fn reads_itself(name: &str, bytes: &[u8], found: &Dataset) -> Result<(), String> {
    let printed = popchart::infer::dataset("a", found);
    let again =
        read(name, bytes, &columns_of(&printed)).map_err(|told| format!("{name}\n{printed}\n{told}"))?;
    let twice = popchart::infer::dataset("a", &again);
    let (again, found) = (bare(again), bare(found.clone()));
    if twice == printed && again == found {
        return Ok(());
    }
    let about = |data: &Dataset| {
        let Dataset { subjects, measures, groups, observations, facts, .. } = data;
        let first: Vec<_> = observations.iter().take(2).collect();
        format!("{subjects:?} {measures:?} {groups:?} {} {first:?} {facts:?}", observations.len())
    };
    Err(format!("{name}\n{printed}\n{twice}\n{}\n{}", about(&found), about(&again)))
}

/// Holds that a file is read again as it was by what was found of it.
pub(crate) fn holds(name: &str, bytes: &[u8], found: &Dataset) {
    if let Err(told) = reads_itself(name, bytes, found) {
        panic!("{told}\n{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn what_was_found_of_a_file_is_what_reads_it_so() {
    let (mut count, mut faults) = (0, Vec::new());
    let name = |path: &std::path::Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut all: Vec<_> = files().iter().map(|path| (name(path), fs::read(path).unwrap())).collect();
    all.extend(crate::layouts::files());
    for (name, bytes) in all {
        let Ok(found) = read(&name, &bytes, &Columns::default()) else { continue };
        faults.extend(reads_itself(&name, &bytes, &found).err());
        count += 1;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    assert!(count > 200, "{count}");
}

fn numbers(dataset: &Dataset) -> Vec<f64> {
    let number = |value| if let Value::Number(number) = value { Some(number) } else { None };
    dataset.observations.iter().filter_map(|o| number(o.value)).collect()
}

fn dates(dataset: &Dataset) -> Vec<String> {
    dataset.observations.iter().filter_map(|o| o.time).map(|time| time.to_string()).collect()
}

fn said(change: impl FnOnce(&mut Columns)) -> Columns {
    let mut columns = Columns::default();
    change(&mut columns);
    columns
}

#[test]
fn the_decimal_sign_is_as_it_is_said() {
    let text = b"date;a;b\n2020-01-05;1.234;1,5\n2020-01-12;5.678;2,5\n";
    let point = read(
        "a.csv",
        text,
        &said(|c| c.decimal = Some(Each { all: None, named: vec![("A".into(), Decimal::Point)] })),
    );
    assert_eq!(numbers(&point.unwrap()), [1.234, 1.5, 5.678, 2.5]);
    let comma = read("a.csv", text, &said(|c| c.decimal = Some(Each::all(Decimal::Comma)))).unwrap();
    assert_eq!(numbers(&comma), [1234.0, 1.5, 5678.0, 2.5]);
    let message = read("a.csv", text, &said(|c| c.decimal = Some(Each::all(Decimal::Point)))).unwrap_err();
    assert_eq!(
        message.split("\n\n").next().unwrap(),
        "error[not-a-number]: expected a number with the decimal sign `.`, found \"1,5\"\n --> a.csv:2:18 \
         (column `b`)\n  |\n2 | 2020-01-05;1.234;1,5\n  |                  ^^^\n\
         hint: correct the cell, or the key `decimal`"
    );
}

#[test]
fn the_order_of_day_and_month_is_as_it_is_said() {
    let text = b"date,a\n01/02/2020,1\n01/03/2020,2\n";
    let of = |order| said(|c| c.dates = Some(order));
    let (dataset, report) = data::read("a.csv", text, &of(DateOrder::MonthFirst)).unwrap();
    assert_eq!(
        (dates(&dataset), report.to_string()),
        (vec!["2020-01-02".into(), "2020-01-03".into()], String::new())
    );
    assert_eq!(dates(&read("a.csv", text, &of(DateOrder::DayFirst)).unwrap()), ["2020-02-01", "2020-03-01"]);
    let short = b"date;a\n20/02/01;1\n21/03/12;2\n";
    assert_eq!(
        dates(&read("a.csv", short, &of(DateOrder::YearFirst)).unwrap()),
        ["2020-02-01", "2021-03-12"]
    );
    let over = read("a.csv", b"date,a\n01/02/2020,1\n01/13/2020,2\n02/13/2020,2\n", &of(DateOrder::DayFirst));
    assert_eq!(
        over.unwrap_err().split("\n\n").next().unwrap(),
        "error[not-a-date]: expected a date, found \"01/13/2020\"\n --> a.csv:3:1 (column `date`)\n  |\n\
         3 | 01/13/2020,2\n  | ^^^^^^^^^^\nhint: correct it, or the key `dates`, which is \"day-first\""
    );
    let header = b"who,1/2/2020,1/3/2020\nA,5,6\nB,7,8\n";
    assert_eq!(
        dates(&read("a.csv", header, &of(DateOrder::DayFirst)).unwrap()),
        ["2020-02-01", "2020-03-01", "2020-02-01", "2020-03-01"]
    );
}

#[test]
fn the_header_stands_where_it_is_said() {
    let text = "Stars of all time,,\nname,stars,forks\nThe counted ones,,\nname,n,m\nA,5,6\n\nB,7,8\n";
    let of = |line| said(|c| c.header = Some(Header::Line(line)));
    let dataset = read("a.csv", text.as_bytes(), &of(4)).unwrap();
    assert_eq!((dataset.measure_names(), dataset.subjects.clone()), (vec!["n", "m"], vec!["A".to_owned()]));
    assert_eq!((dataset.facts.preamble_lines, dataset.facts.header_line), (3, Some(4)));
    let none = said(|c| c.header = Some(Header::None));
    let rows = b"tool,2020\nTorch,6\nCaffe,7\n";
    assert_eq!(numbers(&read("a.csv", rows, &Columns::default()).unwrap()), [6.0, 7.0]);
    let (dataset, report) = data::read("a.csv", rows, &none).unwrap();
    assert_eq!((numbers(&dataset), report.to_string()), (vec![2020.0, 6.0, 7.0], String::new()));
}

#[test]
fn cells_are_separated_as_it_is_said() {
    for (sign, text) in [
        ("^", "date^a^b\n2020-01-05^1,5^2\n2020-01-12^2,5^3\n"),
        ("space", "date a b\n2020-01-05 1,5 2\n2020-01-12 2,5 3\n"),
        ("pipe", "date|a|b\n2020-01-05|1,5|2\n2020-01-12|2,5|3\n"),
        (":", "date:a:b\n2020-01-05:1,5:2\n\"2020-01-12\":2,5:3\n"),
    ] {
        let dataset =
            read("a.csv", text.as_bytes(), &said(|c| c.delimiter = Delimiter::named(sign))).unwrap();
        assert_eq!(numbers(&dataset), [1.5, 2.0, 2.5, 3.0], "{sign}");
        assert_eq!(dataset.facts.reading.delimiter, Delimiter::named(sign));
    }
}

#[test]
fn what_is_to_be_left_out_is() {
    let out = |names: &[&str]| said(|c| c.leave_out = names.iter().map(|name| (*name).to_owned()).collect());
    let wide = "date,A,B,Total\n2020-01-05,1,2,3\n2020-01-12,3,4,7\nSum,4,6,10\n2020-01-19,5,6,11\n";
    let dataset = read("a.csv", wide.as_bytes(), &out(&["total", "SUM"])).unwrap();
    assert_eq!(
        (dataset.subjects.clone(), numbers(&dataset)),
        (vec!["A".into(), "B".into()], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    );
    assert_eq!(dataset.facts.notes, ["Left out 1 column and 1 row, as `leave_out` says."]);
    let long = "year,name,n\n2020,A,1\n2020,World,9\n2021,A,2\n2021,World,8\n";
    let dataset = read("a.csv", long.as_bytes(), &out(&["World"])).unwrap();
    assert_eq!((dataset.subjects.clone(), numbers(&dataset)), (vec!["A".to_owned()], vec![1.0, 2.0]));
    let dataset = read("a.csv", long.as_bytes(), &out(&["2020"])).unwrap();
    assert_eq!(numbers(&dataset), [2.0, 8.0], "a date is a name of its rows");
    let below = "name,n\nA,1\nB,2\n\nAll,3\n";
    let (dataset, report) = data::read("a.csv", below.as_bytes(), &out(&["All"])).unwrap();
    assert_eq!((numbers(&dataset), report.to_string()), (vec![1.0, 2.0], String::new()));
    let json = br#"{"data":[{"category":"with_mirrors","date":"2026-01-01","downloads":5},{"category":"without_mirrors","date":"2026-01-01","downloads":3}],"package":"numpy","type":"overall_downloads"}"#;
    let whole = read("a.json", json, &Columns::default()).unwrap();
    let name = if whole.groups.is_empty() { &whole.subjects } else { &whole.groups }.first().unwrap().clone();
    let part = read("a.json", json, &out(&[name.as_str()]));
    assert_eq!(
        part.map(|part| numbers(&part)).unwrap_or_default().len() + 1,
        numbers(&whole).len(),
        "{name}"
    );
}

#[test]
fn unit_and_basis_are_as_they_are_said() {
    let text = b"date,name,stars,place\n2020-01-05,A,10,1\n2020-01-12,A,20,1\n";
    let columns = said(|c| {
        c.basis = Some(Each { all: Some(Basis::Cumulative), named: vec![("Place".into(), Basis::Rank)] });
        c.unit = Some(Each { all: None, named: vec![("place".into(), Unit::Index)] });
    });
    let dataset = read("a.csv", text, &columns).unwrap();
    let found: Vec<_> = dataset.measures.iter().map(|m| (m.name.as_str(), m.basis, m.unit)).collect();
    let expected =
        [("stars", Basis::Cumulative, Some(Unit::Count)), ("place", Basis::Rank, Some(Unit::Index))];
    assert_eq!(found, expected);
    assert_eq!(dataset.facts.notes, [""; 0]);
    let percent =
        read("a.csv", b"date,a\n2020-01-05,10%\n", &said(|c| c.basis = Some(Each::all(Basis::Rating))));
    let measure = percent.unwrap().measures[0].clone();
    assert_eq!((measure.basis, measure.unit), (Basis::Rating, Some(Unit::Percent)), "the file says so");
}

#[test]
fn value_columns_are_what_they_are_said_to_be() {
    let text = b"portal,Indeed,Monster\nA,1,2\nB,3,4\n";
    let of = |what| read("a.csv", text, &said(|c| c.values_are = Some(what))).unwrap();
    let names =
        |data: Dataset| (data.subjects.join(" "), data.groups.join(" "), data.measure_names().join(" "));
    let all = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(names(of(ValueColumns::Subjects)), all("Indeed Monster", "A B", "value"));
    assert_eq!(names(of(ValueColumns::Groups)), all("A B", "Indeed Monster", "value"));
    assert_eq!(names(of(ValueColumns::Measures)), all("A B", "", "Indeed Monster"));
    let years = b"who,2019,2020\nA,5,6\nB,7,8\n";
    let dataset = read("a.csv", years, &said(|c| c.values_are = Some(ValueColumns::Subjects))).unwrap();
    assert_eq!(names(dataset), all("2019 2020", "A B", "value"));
}

#[test]
fn a_key_that_a_file_cannot_have_is_a_fault_at_the_key() {
    let table = "date,a\n2020-01-05,1\n2020-01-12,2\n";
    let list = "[{\"date\": \"2020-01-05\", \"a\": 1}, {\"date\": \"2020-01-12\", \"a\": 2}]\n";
    let desk = Desk::new(&[("a.csv", table), ("b.csv", "name,n\nA,5\nB,6\n"), ("a.json", list)]);
    for (file, key, told) in [
        ("a.json", "delimiter = \";\"", "`delimiter` does not fit a.json: it is JSON"),
        ("a.json", "header = 1", "`header` does not fit a.json: it is JSON"),
        ("a.csv", "delimiter = \";\"", "`delimiter` does not fit a.csv: no line has it"),
        ("a.csv", "header = 9", "`header` does not fit a.csv: no row begins on line 9, or none follows"),
        (
            "a.csv",
            "dates = \"day-first\"",
            "`dates` does not fit a.csv: no date of column `date` begins with day and month in numbers",
        ),
        (
            "a.csv",
            "year_starts = 4",
            "`year_starts` does not fit a.csv: no date of column `date` is a fiscal year",
        ),
        ("b.csv", "year_starts = \"April\"", "`year_starts` does not fit b.csv: it has no column of dates"),
        ("b.csv", "dates = \"day-first\"", "`dates` does not fit b.csv: it has no column of dates"),
        ("a.csv", "values_are = \"dates\"", "`values_are` does not fit a.csv: they are not called by dates"),
    ] {
        let manifest = format!(
            "[datasets.d]\npath = \"{file}\"\nsource = \"x\"\nretrieved = 2026-08-22\n{key}\n[figures.f]\n\
             dataset = \"d\"\nchart = \"line\"\ntitle = \"T\"\nclaims = [\"a rises since 2020\"]\n"
        );
        fs::write(desk.folder.path().join("popchart.toml"), manifest).unwrap();
        let ran = desk.run("render");
        let name = key.split(' ').next().unwrap();
        let start = format!("error[unsuited-key]: dataset `d`: {told}\n --> popchart.toml:5:");
        assert!(ran.err.starts_with(&start), "{}", ran.err);
        assert!(ran.err.contains(&format!("hint: leave `{name}` out\n")), "{}", ran.err);
    }
    let name = read("a.csv", table.as_bytes(), &said(|c| c.leave_out = vec!["World".into()])).unwrap_err();
    assert_eq!(
        name,
        "error[unmatched-leave-out]: `leave_out`: a.csv has nothing that is called \"World\"\n  --> a.csv\n\
         hint: name a column, or what stands in the rows as their name or date\n"
    );
    let basis = Each { all: None, named: vec![("stars".into(), Basis::Count)] };
    let name = read("a.csv", table.as_bytes(), &said(|c| c.basis = Some(basis))).unwrap_err();
    assert_eq!(
        name,
        "error[unknown-measure]: `basis`: unknown measure \"stars\"\n  --> a.csv\nhint: the measures are `value`\n"
    );
}

/// The dataset keys that the only warning of a reading says to set.
fn advised(told: &popchart::diag::Report) -> (String, Columns) {
    let [warning] = told.diagnostics.as_slice() else { panic!("{told}") };
    let hint = warning.hints.join("");
    let toml = hint.split('`').find(|part| part.contains(" = ")).unwrap();
    (hint.clone(), columns_of(&format!("[datasets.a]\npath = \"a\"\nsource = \"a\"\n{toml}\n")))
}

#[test]
fn what_a_warning_says_to_set_settles_what_was_guessed() {
    for (text, hint) in [
        (
            "date,a\n01/02/2020,1\n01/03/2020,2\n",
            "to read it the other way, set `dates = \"month-first\"` (`--dates month-first`)",
        ),
        (
            "date;a\n2020-01-05;1,234\n2020-01-12;5,678\n",
            "to read it the other way, set `decimal = \".\"` (`--decimal .`)",
        ),
        (
            "date\ta\n2020-01-05\t1,234\n2020-01-12\t5,678\n",
            "to read it the other way, set `decimal = \",\"` (`--decimal ,`)",
        ),
        (
            "year,n\nFY2020,5\nFY2021,6\n",
            "to read them from their own first month on, set `year_starts = \"July\"` (`--year-starts July`)",
        ),
        (
            "2020-01-05,5\n2020-01-12,6\n",
            "add a first line that names the columns, or set `header = \"none\"` (`--header none`)",
        ),
    ] {
        let (found, told) = data::read("a.csv", text.as_bytes(), &Columns::default()).unwrap();
        let (advice, columns) = advised(&told);
        assert_eq!(advice, hint);
        let (again, told) = data::read("a.csv", text.as_bytes(), &columns).unwrap();
        assert_eq!(told.to_string(), "", "{text}");
        assert_eq!(bare(again) == bare(found), hint.contains("header"), "{text}");
    }
}

#[test]
fn inspect_prints_the_dataset_as_it_was_read() {
    let desk = Desk::new(&[
        ("Größe 1.csv", "Made up\n\nTag;Keras;PyTorch\n01.02.2020;1,5;2\n01.03.2020;2,5;3\nSumme;4;5\n"),
        ("b.json", "[{\"name\": \"A\", \"stars\": 5}, {\"name\": \"B\", \"stars\": 7}]\n"),
    ]);
    let ran = desk.run("inspect --manifest b.json --leave-out A");
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (
            0,
            "[datasets.b]\npath = \"b.json\"\nsource = \"b.json\"\n# retrieved = 2026-08-22 # the day of the download\n\
             encoding = \"UTF-8\"\nsubject = \"name\"\nvalues = [\"stars\"]\nvalues_are = \"measures\"\ndecimal = \".\"\n\
             basis = \"unknown\"\nleave_out = [\"A\"]\n",
            ""
        )
    );
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_popchart"));
    let command = command.args(["inspect", "--manifest", "Größe 1.csv", "b.json", "--encoding", "UTF-8"]);
    let ran = crate::project::Ran::of(command.current_dir(desk.folder.path()).output().unwrap());
    let dataset = "[datasets.gr--e-1]\npath = \"Größe 1.csv\"\nsource = \"Größe 1.csv\"\n\
                   # retrieved = 2026-08-22 # the day of the download\nencoding = \"UTF-8\"\ndelimiter = \";\"\n\
                   header = 3\ndate = \"Tag\"\ndates = \"day-first\"\nvalues = [\"Keras\", \"PyTorch\"]\n\
                   values_are = \"subjects\"\ndecimal = \",\"\nbasis = \"unknown\"\n";
    assert!(ran.out.starts_with(&format!("{dataset}\n[datasets.b]\n")), "{}", ran.out);
    assert!(ran.err.contains("dates = \"month-first\""), "{}", ran.err);
    fs::write(
        desk.folder.path().join("popchart.toml"),
        format!("{dataset}[figures.f]\ndataset = \"gr--e-1\"\nchart = \"line\"\ntitle = \"T\"\nclaims = [\"PyTorch > Keras\"]\n"),
    )
    .unwrap();
    let ran = desk.run("render");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let twice = desk.run("inspect --manifest b.json b.json").fine();
    assert!(twice.contains("[datasets.b]\n") && twice.contains("[datasets.b-2]\n"), "{twice}");
    let ran = desk.run("inspect --manifest -");
    let told = "error[unnamable-data]: cannot name standard input in a manifest\n\
                hint: save the data in a file, and name that\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, told));
}

#[test]
fn one_of_several_files_may_have_what_is_left_out() {
    let desk = Desk::new(&[
        ("a.csv", "date,name,n\n2020-01-05,A,1\n2020-01-05,World,9\n2020-01-12,A,2\n2020-01-12,World,8\n"),
        ("b.csv", "date,name,n\n2020-01-19,A,3\n2020-01-26,A,4\n"),
    ]);
    let ran = desk.run("plot a.csv b.csv --leave-out World -o -");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        ran.err,
        "warning[absent-leave-out]: `leave_out`: b.csv has nothing that is called \"World\"\n  --> b.csv\n\
         hint: name a column, or what stands in the rows as their name or date\n"
    );
    assert!(ran.out.contains("A: ") && !ran.out.contains("World"), "{}", ran.out);
}

/// Keys at random, of which most files cannot have all.
fn keys() -> impl Strategy<Value = Columns> {
    let header =
        prop::option::weighted(0.3, prop_oneof![(1_u32..9).prop_map(Header::Line), Just(Header::None)]);
    let signs = [";", ",", "tab", "pipe", "space", ":"].map(|sign| Delimiter::named(sign).unwrap());
    let delimiter = prop::option::weighted(0.2, prop::sample::select(signs.to_vec()));
    let decimal = prop::option::weighted(0.3, prop::sample::select(vec![Decimal::Point, Decimal::Comma]));
    let orders = vec![DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];
    let dates = prop::option::weighted(0.2, prop::sample::select(orders));
    let kinds = ValueColumns::WORDS.map(|(_, kind)| kind).to_vec();
    let values_are = prop::option::weighted(0.3, prop::sample::select(kinds));
    let names = vec!["Total", "date", "alpha", "Indeed", "name", "2020-01-05", "stars", "Alpha", "Keyword"];
    let leave_out = prop::collection::vec(prop::sample::select(names), 0..2);
    let part = || {
        prop::option::weighted(
            0.1,
            prop::sample::select(vec!["date", "name", "column 2", "Keyword", "stars"]),
        )
    };
    (header, delimiter, decimal, dates, values_are, leave_out, (part(), part(), part())).prop_map(
        |(header, delimiter, decimal, dates, values_are, leave_out, (date, subject, group))| Columns {
            date: date.map(str::to_owned),
            subject: subject.map(str::to_owned),
            group: group.map(str::to_owned),
            leave_out: leave_out.into_iter().map(str::to_owned).collect(),
            header,
            delimiter,
            decimal: decimal.map(Each::all),
            dates,
            values_are,
            ..Columns::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_said_of_a_file_is_obeyed_or_refused(file in any::<prop::sample::Index>(), said in keys()) {
        let files = files();
        let path = file.get(&files);
        let (name, bytes) = (path.file_name().unwrap().to_str().unwrap(), fs::read(path).unwrap());
        let Ok(found) = read(name, &bytes, &said) else { return Ok(()) };
        let reading = &found.facts.reading;
        let differs = |said: Option<&str>, found: Option<&str>| said.is_some_and(|said| {
            found.is_none_or(|found| !found.eq_ignore_ascii_case(said))
        });
        prop_assert!(!differs(said.date.as_deref(), reading.date.as_deref()), "{name} {said:?} {reading:?}");
        prop_assert!(!differs(said.subject.as_deref(), reading.subject.as_deref()), "{name} {said:?} {reading:?}");
        prop_assert!(!differs(said.group.as_deref(), reading.group.as_deref()), "{name} {said:?} {reading:?}");
        prop_assert!(said.header.is_none_or(|said| reading.header == Some(said)), "{name} {said:?} {reading:?}");
        prop_assert!(said.delimiter.is_none_or(|said| reading.delimiter == Some(said)), "{name} {said:?} {reading:?}");
        prop_assert!(said.values_are.is_none_or(|said| reading.values_are == Some(said)), "{name} {said:?} {reading:?}");
        prop_assert!(said.dates.is_none_or(|said| reading.dates == Some(said)), "{name} {said:?} {reading:?}");
        for out in &said.leave_out {
            prop_assert!(!found.subjects.contains(out) && !found.groups.contains(out), "{name} {out}");
        }
    }
}
