//! What is said of transformed values, held against values that are computed here by themselves.

use proptest::prelude::*;

use crate::words::said_of;
use crate::words_judge::Drawn;
use crate::words_text::{Cell, Date};

const NAMES: [&str; 3] = ["Ada", "Fern", "Kite"];

/// How lines are made of a table: what a figure asks for, what is said of it, and the value at a date of somebody.
struct Made {
    lines: &'static str,
    stated: &'static str,
    value: fn(&[Vec<f64>], usize, usize) -> Cell,
}

const MADE: [Made; 4] = [
    Made {
        lines: "per = \"month\"",
        stated: ", added each month",
        value: |table, who, at| match at {
            0 => Cell::Nothing,
            at => Cell::Is(table[who][at] - table[who][at - 1]),
        },
    },
    Made {
        lines: "share = true",
        stated: ", share of their total",
        value: |table, who, at| {
            Cell::Is(table[who][at] * 100.0 / table.iter().map(|own| own[at]).sum::<f64>())
        },
    },
    Made {
        lines: "index = \"2001-03\"",
        stated: ", index (March 2001 = 100)",
        value: |table, who, at| Cell::Is(table[who][at] * 100.0 / table[who][2]),
    },
    Made {
        lines: "growth = true",
        stated: ", change over a year",
        value: |table, who, at| match at.checked_sub(12) {
            None => Cell::Nothing,
            Some(before) => Cell::Is((table[who][at] - table[who][before]) / table[who][before] * 100.0),
        },
    },
];

/// Counters of two or three, month by month, none of which begins near zero.
fn counters() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (14..50_usize, 2..=3_usize).prop_flat_map(|(count, names)| {
        let steps = prop::collection::vec(prop_oneof![3 => 0..400_u32, 1 => 0..9_u32], count);
        prop::collection::vec((40..900_u32, steps), names).prop_map(|counters| {
            let counter = |(start, steps): (u32, Vec<u32>)| {
                let mut sum = f64::from(start);
                let add = |step: &u32| {
                    sum += f64::from(*step);
                    sum
                };
                steps.iter().map(add).collect()
            };
            counters.into_iter().map(counter).collect()
        })
    })
}

fn drawn(table: &[Vec<f64>], made: &Made) -> Drawn {
    let date = |at: usize| Date(2001 + at as i32 / 12, at as u32 % 12 + 1, 0, None);
    let cells = |who| (0..table[0].len()).map(|at| (made.value)(table, who, at)).collect();
    let cells: Vec<Vec<Cell>> = (0..table.len()).map(cells).collect();
    Drawn {
        names: NAMES[..table.len()].iter().map(ToString::to_string).collect(),
        dates: (0..table[0].len()).map(date).collect(),
        raw: cells.clone(),
        cells,
        averages: String::new(),
        stated: made.stated.into(),
        noun: "Line chart",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn every_sentence_on_transformed_lines_holds_against_their_values(table in counters(), made in 0..MADE.len()) {
        let made = &MADE[made];
        let row = |at: usize| {
            let cells: String = table.iter().map(|own| format!(",{}", own[at])).collect();
            format!("{}-{:02}{cells}\n", 2001 + at / 12, at % 12 + 1)
        };
        let names = NAMES[..table.len()].join(",");
        let csv = format!("month,{names}\n{}", (0..table[0].len()).map(row).collect::<String>());
        let lines = format!("chart = \"line\"\nlast_period = \"keep\"\n{}", made.lines);
        let said = said_of(&csv, "basis = \"cumulative\"", &lines);
        let drawn = drawn(&table, made);
        let is_percent = said.desc.contains('%');
        prop_assert_eq!(is_percent, made.lines.contains("true"), "{}", said.desc);
        // Notes are not about values.
        let desc = said.desc.split(" Note: ").next().unwrap().replace('%', "");
        let alt = said.alt.replace('%', "");
        for (text, judged) in [(&alt, drawn.judge_alt(&alt)), (&desc, drawn.judge_desc(&desc))] {
            prop_assert!(judged.is_ok(), "{text}\n{judged:?}\n{csv}");
        }
        let passes = said.alt.contains(" passes ") || said.desc.contains(" passes ");
        prop_assert!(!passes || !made.lines.starts_with("index"), "{}", said.desc);
    }
}
