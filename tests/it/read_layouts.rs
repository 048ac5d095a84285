//! One table, written in any layout that people have, is read back as that table: wide or long, with any delimiter,
//! decimal sign, form of dates, preamble, sums and notes below, gaps, order of columns and encoding.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::collections::BTreeMap;

use popchart::data::{Columns, Value, read};
use popchart::time::moment::Moment;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::read_keys::reads_itself;

/// What a table says: who, when, how much in hundredths.
#[derive(Debug, Clone)]
struct Table {
    subjects: Vec<&'static str>,
    dates: Vec<Date>,
    /// A row for each date.
    values: Vec<Vec<Option<i64>>>,
    step: Step,
    fraction: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// Year, month and day.
type Date = (i16, i8, i8);

/// How a table is written.
#[derive(Debug, Clone)]
struct Layout {
    long: bool,
    delimiter: char,
    decimal_comma: bool,
    form: usize,
    preamble: usize,
    total: bool,
    note: bool,
    gap: &'static str,
    /// Whether rows without a value are left out, in a long table.
    sparse: bool,
    order: u64,
    encoding: Encoding,
    line_end: &'static str,
    quote_all: bool,
    titles: (&'static str, &'static str, &'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Marked,
    Utf16,
    Windows1252,
}

const NAMES: [&str; 10] = [
    "PyTorch",
    "TensorFlow",
    "scikit-learn",
    "C++",
    "Café",
    "Ada Lovelace",
    "Žižkov",
    "Питон",
    "日本語",
    "vue.js",
];

fn date(start: i32, step: Step, i: i32) -> Date {
    let civil = |days: i64| {
        let moment = Moment::from_seconds(days * 86_400);
        let date = moment.date();
        (date.year(), date.month(), date.day())
    };
    let month = |months: i32| {
        let months = 1998 * 12 + start % 200 + months;
        (i16::try_from(months / 12).unwrap(), i8::try_from(months % 12 + 1).unwrap(), 1)
    };
    match step {
        Step::Day => civil(i64::from(11_000 + start + i)),
        Step::Week => civil(i64::from(10_959 + 7 * (start % 800 + i))), // 10,959 days: a Sunday
        Step::Month => month(i),
        Step::Quarter => month(3 * i - start % 200 % 3),
        Step::Year => (i16::try_from(1960 + start % 40 + i).unwrap(), 1, 1),
    }
}

fn tables() -> impl Strategy<Value = Table> {
    let steps = select(vec![Step::Day, Step::Week, Step::Month, Step::Quarter, Step::Year]);
    let shape = (subsequence(NAMES.to_vec(), 2..5), 4_i32..14, steps, 0_i32..4000, any::<bool>());
    shape.prop_flat_map(|(subjects, count, step, start, fraction)| {
        let dates = (0..count).map(|i| date(start, step, i)).collect::<Vec<_>>();
        let value = prop_oneof![6 => (0_i64..400_000).prop_map(Some), 1 => (190_000_i64..210_000).prop_map(Some), 1 => Just(None)];
        let row = prop::collection::vec(value, subjects.len());
        prop::collection::vec(row, dates.len()).prop_map(move |mut values| {
            let whole = |n: i64| if fraction { n } else { n / 100 * 100 };
            values.iter_mut().flatten().for_each(|value| *value = value.map(whole));
            // What a column holds is told by its first rows.
            values.iter_mut().take(2).flatten().for_each(|value| *value = Some(value.unwrap_or(12_300)));
            Table { subjects: subjects.clone(), dates: dates.clone(), values, step, fraction }
        })
    })
}

fn layouts() -> impl Strategy<Value = Layout> {
    let shape = (any::<bool>(), select(vec![',', ';', '\t', '|']), any::<bool>(), 0_usize..8, 0_usize..3);
    let around =
        (any::<bool>(), any::<bool>(), select(vec!["", "NA", "-", "n/a", "NaN", "null"]), any::<bool>());
    let encodings = select(vec![Encoding::Utf8, Encoding::Marked, Encoding::Utf16, Encoding::Windows1252]);
    let titles = select(vec![
        ("date", "name", "value"),
        ("Date", "Framework", "Stars"),
        ("Datum", "Sprache", "Anzahl"),
        ("Mois", "Langage", "Téléchargements"),
        ("Time", "keyword", "hits"),
        ("day", "repo", "downloads"),
    ]);
    let bytes = (any::<u64>(), encodings, select(vec!["\n", "\r\n", "\r"]), any::<bool>(), titles);
    (shape, around, bytes).prop_map(|(shape, around, bytes)| Layout {
        long: shape.0,
        delimiter: shape.1,
        decimal_comma: shape.2,
        form: shape.3,
        preamble: shape.4,
        total: around.0,
        note: around.1,
        gap: around.2,
        sparse: around.3,
        order: bytes.0,
        encoding: bytes.1,
        line_end: bytes.2,
        quote_all: bytes.3,
        titles: bytes.4,
    })
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A date in one of the forms of its step, none of which needs another to be understood.
fn written_date((year, month, day): Date, step: Step, form: usize) -> String {
    let name = MONTHS[usize::try_from(month - 1).unwrap()];
    let quarter = (month - 1) / 3 + 1;
    let forms = match step {
        Step::Day | Step::Week => vec![
            format!("{year}-{month:02}-{day:02}"),
            format!("{day:02} {name} {year}"),
            format!("{name} {day}, {year}"),
            format!("{year}-{month:02}-{day:02}T00:00:00Z"),
            format!("{year}-{month:02}-{day:02} 00:00:00"),
            format!("{year}/{month:02}/{day:02}"),
            format!("{day:02}.{month:02}.{year}"),
        ],
        Step::Month => vec![
            format!("{year}-{month:02}"),
            format!("{name} {year}"),
            format!("{year}-{month:02}-01"),
            format!("{month:02}/{year}"),
            format!("{year}/{month:02}"),
        ],
        Step::Quarter => vec![
            format!("{year}-Q{quarter}"),
            format!("Q{quarter} {year}"),
            format!("{year} Q{quarter}"),
            format!("{year}-{month:02}-01"),
        ],
        Step::Year => vec![format!("{year}"), format!("{year}-01-01")],
    };
    forms[form % forms.len()].clone()
}

fn number(value: i64, table: &Table, layout: &Layout) -> String {
    if !table.fraction {
        return format!("{}", value / 100);
    }
    let sign = if layout.decimal_comma { ',' } else { '.' };
    format!("{}{sign}{:02}", value / 100, value % 100)
}

/// Rows in an order of columns that the number says.
fn shuffled(mut rows: Vec<Vec<String>>, mut order: u64) -> Vec<Vec<String>> {
    let width = rows.first().map_or(0, Vec::len);
    for at in (1..width).rev() {
        let other = usize::try_from(order % (at as u64 + 1)).unwrap();
        order /= at as u64 + 1;
        rows.iter_mut().filter(|row| row.len() == width).for_each(|row| row.swap(at, other));
    }
    rows
}

fn rows(table: &Table, layout: &Layout) -> Vec<Vec<String>> {
    let (date, subject, value) = layout.titles;
    let cell = |value: &Option<i64>| value.map_or(layout.gap.to_owned(), |n| number(n, table, layout));
    let dated = table.dates.iter().map(|&at| written_date(at, table.step, layout.form)).zip(&table.values);
    let mut rows = Vec::new();
    if layout.long {
        rows.push([date, subject, value].map(str::to_owned).to_vec());
        for (date, values) in dated {
            let with = table.subjects.iter().zip(values).filter(|(_, n)| n.is_some() || !layout.sparse);
            rows.extend(with.map(|(name, n)| vec![date.clone(), (*name).to_owned(), cell(n)]));
        }
    } else {
        let names = table.subjects.iter().map(|name| (*name).to_owned());
        rows.push(std::iter::once(date.to_owned()).chain(names).collect());
        rows.extend(
            dated.map(|(date, values)| std::iter::once(date).chain(values.iter().map(cell)).collect()),
        );
        if layout.total {
            let sums =
                (0..table.subjects.len()).map(|at| table.values.iter().filter_map(|row| row[at]).sum());
            let sums = sums.map(|sum| number(sum, table, layout));
            rows.push(std::iter::once("Total".to_owned()).chain(sums).collect());
        }
    }
    rows
}

fn written(table: &Table, layout: &Layout) -> Vec<u8> {
    let quoted = |text: &String| {
        let needs = text.contains([',', ';', '|', '\t', '"']);
        if needs || layout.quote_all { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let row = |cells: &Vec<String>| {
        cells.iter().map(quoted).collect::<Vec<_>>().join(&layout.delimiter.to_string())
    };
    let mut lines: Vec<String> = ["Popularity of things", "Exported for the article"]
        .iter()
        .take(layout.preamble)
        .map(|&l| l.into())
        .collect();
    if layout.preamble > 0 {
        lines.push(String::new());
    }
    lines.extend(shuffled(rows(table, layout), layout.order).iter().map(row));
    if layout.note {
        lines.push(String::new());
        lines.push("Source: invented numbers".into());
    }
    let text = lines.join(layout.line_end) + layout.line_end;
    match layout.encoding {
        Encoding::Utf8 => text.into_bytes(),
        Encoding::Marked => [&b"\xEF\xBB\xBF"[..], text.as_bytes()].concat(),
        Encoding::Utf16 => {
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        }
        Encoding::Windows1252 => {
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
            if lost { text.clone().into_bytes() } else { bytes.into_owned() }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_in_any_layout_is_read_as_that_table(table in tables(), layout in layouts()) {
        let bytes = written(&table, &layout);
        let shown = || String::from_utf8_lossy(&bytes).into_owned();
        let (dataset, report) = read("f.csv", &bytes, &Columns::default())
            .map_err(|report| TestCaseError::fail(format!("{report}\n{}", shown())))?;
        let moment = |(year, month, day): Date| Moment::ymd(year, month, day).unwrap();
        let mut expected = BTreeMap::new();
        for (at, values) in table.dates.iter().zip(&table.values) {
            for (name, value) in table.subjects.iter().zip(values) {
                #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                let value = value.map(|n| n as f64 / 100.0);
                if let Some(value) = value {
                    expected.insert(((*name).to_owned(), moment(*at).to_string()), value.to_string());
                }
            }
        }
        let found: BTreeMap<_, _> = dataset
            .observations
            .iter()
            .filter_map(|o| match o.value {
                Value::Number(n) => Some(((dataset.subjects[o.subject].clone(), o.time?.to_string()), n.to_string())),
                _ => None,
            })
            .collect();
        prop_assert_eq!(found, expected, "\n{}\n{}", report, shown());
        if let Err(told) = reads_itself("f.csv", &bytes, &dataset) {
            prop_assert!(false, "{}\n{}", told, shown());
        }
    }
}
