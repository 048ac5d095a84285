//! Tables that are written in many ways.

use proptest::prelude::*;

use crate::data::model::columns::Columns;

/// How a table is written.
#[derive(Debug, Clone)]
pub(super) struct Writing {
    delimiter: char,
    line_end: &'static str,
    final_line_end: bool,
    mark: bool,
    dates: fn(u32) -> String,
    split: bool,
    remark: bool,
    footer: bool,
}

pub(super) fn day(n: u32) -> (u32, u32, u32) {
    (2020 + n / 336, n / 28 % 12 + 1, n % 28 + 1)
}

pub(super) fn iso(n: u32) -> String {
    let (year, month, day) = day(n);
    format!("{year}-{month:02}-{day:02}")
}

pub(super) fn day_first(n: u32) -> String {
    let (year, month, day) = day(n);
    format!("{day:02}/{month:02}/{year}")
}

pub(super) fn month_first(n: u32) -> String {
    let (year, month, day) = day(n);
    format!("{month}/{day}/{year}")
}

pub(super) fn timed(n: u32) -> String {
    format!("{}T{:02}:00:00", iso(n / 4), n % 4 * 6)
}

pub(super) fn writings() -> impl Strategy<Value = Writing> {
    let delimiter = prop::sample::select(vec![',', ';', '\t']);
    let line_end = prop::sample::select(vec!["\n", "\r\n"]);
    let dates = prop::sample::select(vec![iso as fn(u32) -> String, iso, day_first, month_first, timed]);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    (delimiter, line_end, dates, flags).prop_map(
        |(delimiter, line_end, dates, (final_line_end, mark, split, remark, footer))| Writing {
            delimiter,
            line_end,
            final_line_end,
            mark,
            dates,
            split,
            remark,
            footer,
        },
    )
}

/// A date, a name, a group, a value and whether cells are quoted that need not be.
pub(super) type Row = (u32, usize, usize, String, bool);

pub(super) fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-z]{1,3}[,;\t\"\n é]{0,2}[a-z]{0,20}x", 2..6)
}

pub(super) fn values(faulty: bool) -> impl Strategy<Value = String> {
    let number = (0_u32..2_000_000, 0_usize..4).prop_map(|(n, places)| match places {
        0 => n.to_string(),
        _ => format!("{:.places$}", f64::from(n) / 1000.0),
    });
    let odd =
        ["", "NA", "-3.25", "<1", "1e3", "12%", "1,234.5", " 7 ", "5.", "+4", "$9", "0.12345678901234567"];
    let odd = prop::sample::select(odd.map(str::to_owned).to_vec());
    let fault = prop::sample::select(vec!["many".to_owned(), "1.2.3".to_owned()]);
    prop_oneof![
        40 => number,
        6 => odd,
        u32::from(faulty) => fault,
    ]
}

pub(super) fn written(writing: &Writing, names: &[String], rows: &[Row]) -> String {
    let cell = |text: &str, quote: bool| {
        let needs = text.contains(['"', '\n', '\r', writing.delimiter]);
        if needs || quote { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    };
    let mut header = vec!["date", "name"];
    header.extend(writing.split.then_some("portal"));
    header.push("value");
    header.extend(writing.remark.then_some("remark"));
    let mut lines = vec![header.join(&writing.delimiter.to_string())];
    for (date, name, group, value, quote) in rows {
        let mut cells = vec![(writing.dates)(*date), names[name % names.len()].clone()];
        cells.extend(writing.split.then(|| ["A", "B", "Cé"][group % 3].to_owned()));
        cells.push(value.clone());
        cells.extend(writing.remark.then(|| format!("r{}", date % 5)));
        let cells: Vec<String> = cells.iter().map(|text| cell(text, *quote)).collect();
        lines.push(cells.join(&writing.delimiter.to_string()));
    }
    if writing.footer {
        lines.push("Total".to_owned());
    }
    let mut text = if writing.mark { "\u{feff}".to_owned() } else { String::new() };
    text.push_str(&lines.join(writing.line_end));
    text.push_str(if writing.final_line_end { writing.line_end } else { "" });
    text
}

pub(super) fn tables(faulty: bool) -> impl Strategy<Value = String> {
    let row = (0_u32..60, 0_usize..6, 0_usize..3, values(faulty), prop::bool::weighted(0.2));
    (writings(), names(), prop::collection::vec(row, 40..120), any::<bool>()).prop_map(
        |(writing, names, mut rows, sorted)| {
            if sorted {
                rows.sort_by_key(|row| row.0);
            }
            written(&writing, &names, &rows)
        },
    )
}

/// How a table with a column for each subject is written, or one of a single subject.
pub(super) fn wide_tables(faulty: bool) -> impl Strategy<Value = String> {
    let cells = prop::collection::vec((values(faulty), 0_usize..60), 1..6);
    let row = (0_u32..60, cells, prop::bool::weighted(0.2));
    (writings(), 1_usize..6, prop::collection::vec(row, 40..100)).prop_map(|(writing, columns, rows)| {
        let delimiter = writing.delimiter.to_string();
        let names = ["keras", "\"numpy, scipy\"", "jax", "\"a \"\"b\"\" c\"", "torch"];
        let mut lines = vec![format!("date{delimiter}{}", names[..columns].join(&delimiter))];
        for (date, cells, quote) in rows {
            let mut line = (writing.dates)(date);
            for i in 0..columns {
                let (value, short) = &cells[i % cells.len()];
                // Some rows end early.
                if *short == 0 && i > 1 {
                    break;
                }
                let quote = quote || value.contains([writing.delimiter, '"']);
                line += &delimiter;
                line += &if quote { format!("\"{value}\"") } else { value.clone() };
            }
            lines.push(line);
        }
        let end = if writing.final_line_end { writing.line_end } else { "" };
        lines.join(writing.line_end) + end
    })
}

/// A column that decides which rows are kept, and one that must be the same, which it is not.
pub(super) fn filtered(text: &str, delimiter: char) -> String {
    let kinds = ["all", "web", "\"all\"", " all ", "news"];
    let lines = text.lines().enumerate().map(|(i, line)| match i {
        0 => format!("{line}{delimiter}kind{delimiter}method\n"),
        _ => {
            let kind = kinds[i * i % 7 % kinds.len()];
            format!("{line}{delimiter}{kind}{delimiter}{}\n", ["a", "\"b\""][i % 3 % 2])
        }
    });
    lines.collect()
}

/// A table of which some rows are kept.
pub(super) fn kept(wide: bool, seed: u32) -> String {
    let value = |i: u32| ["7", "12.5", "", "<1", "1e3", "-2"][(i.wrapping_mul(seed) >> 3) as usize % 6];
    let row = |i: u32| match wide {
        true => format!("{},{},{}", iso(i * seed % 40), value(i), value(i + 1)),
        false => format!("{},s{},{}", iso(i * seed % 40), i % 3, value(i)),
    };
    let header = if wide { "date,keras,jax\n" } else { "date,name,value\n" };
    filtered(&(header.to_owned() + &(0..150).map(|i| row(i) + "\n").collect::<String>()), ',')
}

pub(super) fn kept_columns(wide: bool, texts: Vec<String>) -> Columns {
    Columns {
        subject: (!wide).then(|| "name".to_owned()),
        same: vec!["method".into()],
        only: vec![("kind".into(), texts)],
        ..Columns::default()
    }
}
