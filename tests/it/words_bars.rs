//! What is said of bars holds against their values, by a judge that shares nothing with what says it.

use proptest::prelude::*;

use crate::words::said_of;
use crate::words_text::{Cell, Printed, Text, Verdict, hold, told_apart};

const NAMES: [&str; 12] = [
    "Ada",
    "Brook",
    "Cedar",
    "Dune",
    "Elm",
    "Fern",
    "Grove",
    "Heath",
    "Ivy",
    "Juniper",
    "Kite Runtime",
    "Lake",
];
const GROUPS: [&str; 3] = ["North Board", "South Board", "West"];

/// Bars of groups; one without a name stands alone.
struct Bars {
    names: Vec<String>,
    groups: Vec<(&'static str, Vec<Cell>)>,
}

impl std::fmt::Debug for Bars {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("bars")
    }
}

/// Whether a value is certainly above another.
fn above(one: Cell, other: Cell) -> bool {
    match (one, other) {
        (Cell::Is(one), Cell::Is(other)) => one > other,
        (Cell::Is(one), Cell::Below(bound)) => one >= bound,
        (_, Cell::Nothing) => true,
        _ => false,
    }
}

impl Bars {
    fn text<'t>(&self, rest: &'t str) -> Text<'t> {
        Text { rest, dates: &[] }
    }

    /// Whether somebody has more than all others.
    fn leads(&self, who: usize, cells: &[Cell]) -> bool {
        (0..cells.len()).all(|other| other == who || above(cells[who], cells[other]))
    }

    /// `3.5 times the value of Fern`.
    fn ratio(&self, who: usize, text: &mut Text<'_>) -> Verdict<()> {
        let (_, cells) = &self.groups[0];
        let ratio = if text.eat("twice") { None } else { Some(text.value()?) };
        text.must(if ratio.is_some() { " times the value of " } else { " the value of " })?;
        let second = text.name(&self.names)?;
        let (Cell::Is(most), Cell::Is(next)) = (cells[who], cells[second]) else {
            return Err("a bound has no ratio".into());
        };
        self.is_second(who, second)?;
        let holds = match ratio {
            Some(printed) => printed.is(Cell::Is(most / next)),
            None => (most / next - 2.0).abs() <= 0.050_001,
        };
        hold(holds, format!("it is {} times", most / next))
    }

    fn is_second(&self, who: usize, second: usize) -> Verdict<()> {
        let (_, cells) = &self.groups[0];
        let others = (0..cells.len()).filter(|other| *other != who && *other != second);
        hold(self.leads(who, cells), "does not lead")?;
        hold(others.into_iter().all(|other| above(cells[second], cells[other])), "not the second")
    }

    fn judge_alt(&self, alt: &str) -> Verdict<()> {
        hold(alt.chars().count() <= 160, "longer than 160 characters")?;
        let text = alt.strip_suffix('.').ok_or("no full stop")?;
        hold(text.starts_with("Bar chart of n"), "says wrongly what is shown")?;
        let Some((_, finding)) = text.split_once(", where ") else { return Ok(()) };
        let mut text = self.text(finding);
        let mut who = vec![text.name(&self.names)?];
        while text.eat(", ") || text.eat(" and ") {
            who.push(text.name(&self.names)?);
        }
        let (_, cells) = &self.groups[0];
        let known = cells.iter().filter(|cell| **cell != Cell::Nothing).count();
        if text.eat(" leads in every group") {
            let full =
                self.groups.iter().filter(|(_, cells)| cells.iter().any(|cell| *cell != Cell::Nothing));
            hold(full.clone().all(|(_, cells)| self.leads(who[0], cells)), "does not lead everywhere")?;
        } else if text.eat(" leads, closely followed by ") {
            let second = text.name(&self.names)?;
            self.is_second(who[0], second)?;
            let (Cell::Is(most), Cell::Is(next)) = (cells[who[0]], cells[second]) else {
                return Err("a bound".into());
            };
            hold(most / next < 1.1, "not close")?;
        } else if text.eat(" leads with ") {
            hold(self.leads(who[0], cells) && known > 1, "does not lead")?;
            let rest = text.rest;
            let value = text.value();
            if value.is_err() || !text.rest.is_empty() {
                text.rest = rest;
                self.ratio(who[0], &mut text)?;
            } else {
                hold(value?.is(cells[who[0]]), "not the value")?;
            }
        } else if text.eat(" has ") {
            hold(known == 1 && text.value()?.is(cells[who[0]]), "not the only value")?;
        } else {
            text.must(" are level at ")?;
            let value = text.value()?;
            hold(who.len() > 1 && who.iter().all(|who| value.is(cells[*who])), "not that value")?;
            hold(who.iter().all(|one| cells[*one] == cells[who[0]]), "not level")?;
            let mut others = (0..cells.len()).filter(|other| !who.contains(other));
            hold(others.all(|other| above(cells[who[0]], cells[other])), "others are as high")?;
        }
        text.end()
    }

    fn judge_desc(&self, desc: &str) -> Verdict<()> {
        hold(desc.chars().count() <= 600, "longer than 600 characters")?;
        for sentence in desc.strip_suffix('.').ok_or("no full stop")?.split(". ") {
            self.sentence(sentence).map_err(|why| format!("`{sentence}`: {why}"))?;
        }
        Ok(())
    }

    fn sentence(&self, sentence: &str) -> Verdict<()> {
        let mut text = self.text(sentence);
        if text.eat("Bar chart of n for ") {
            return Ok(());
        }
        text.eat("Note: ");
        if text.eat("Values below 1 are drawn as 0.5") {
            hold(self.groups.iter().any(|(_, cells)| cells.contains(&Cell::Below(1.0))), "none is below 1")?;
            return text.end();
        }
        if text.eat("No value is known for ") {
            let mut who = vec![text.name(&self.names)?];
            while text.eat(", ") || text.eat(" and ") {
                who.push(text.name(&self.names)?);
            }
            let group = self.groups.iter().find(|(group, _)| text.rest == format!(" in {group}"));
            let (_, cells) = group.unwrap_or(&self.groups[0]);
            return hold(who.iter().all(|who| cells[*who] == Cell::Nothing), "there is a value");
        }
        let mut cells = &self.groups[0].1;
        for (group, of_group) in self.groups.iter().filter(|(group, _)| !group.is_empty()) {
            if text.eat(&format!("{group}: ")) {
                cells = of_group;
            }
        }
        let all = cells.iter().filter(|cell| **cell != Cell::Nothing).count();
        if text.eat("All ") || text.eat("all ") {
            let known: Vec<&Cell> = cells.iter().filter(|cell| **cell != Cell::Nothing).collect();
            text.must(&format!("{all} are level at "))?;
            let value = text.value()?;
            hold(known.iter().all(|cell| *cell == known[0] && value.is(**cell)), "not level")?;
            return text.end();
        }
        let part = text.eat("The first 8 are ") || text.eat("the first 8 are ");
        let ends = text.eat("From ") || text.eat("from ");
        let mut told: Vec<(Printed, usize)> = Vec::new();
        loop {
            let who = text.name(&self.names)?;
            text.must(" ")?;
            if text.eat("has ") {
                self.ratio(who, &mut text)?;
                return text.end();
            }
            let value = text.value()?;
            hold(value.is(cells[who]), format!("not the value of {}", self.names[who]))?;
            told.push((value, who));
            if !text.eat(", ") && !text.eat(" and ") && !text.eat(" down to ") {
                break;
            }
        }
        text.end()?;
        hold(
            told.len()
                == if part {
                    8
                } else if ends {
                    2
                } else {
                    all
                },
            "some are not told",
        )?;
        let sorted = told.windows(2).all(|pair| !above(cells[pair[1].1], cells[pair[0].1]));
        hold(sorted, "not from the highest to the lowest")?;
        let numbers = told.iter().filter(|(_, who)| matches!(cells[*who], Cell::Is(_)));
        told_apart(&numbers.map(|(value, who)| (value, cells[*who])).collect::<Vec<_>>())
    }
}

fn bars() -> impl Strategy<Value = (Bars, String)> {
    let scale = prop::sample::select(vec![1e-12, 0.001, 0.1, 1.0, 1.0, 4000.0, 3e8, 1e19]);
    let cell = prop_oneof![
        6 => (-2..9i32).prop_map(|value| Cell::Is(f64::from(value))),
        4 => (-3.0..100.0f64).prop_map(Cell::Is),
        1 => Just(Cell::Nothing),
        1 => Just(Cell::Below(1.0)),
    ];
    let groups = prop::collection::vec(prop::collection::vec(cell, 12), 1..4);
    (groups, 1..13usize, scale).prop_map(|(groups, count, scale)| {
        let alone = groups.len() == 1;
        let groups: Vec<(&str, Vec<Cell>)> = groups
            .into_iter()
            .zip(GROUPS)
            .map(|(mut cells, name)| {
                cells.truncate(count);
                for cell in &mut cells {
                    if let Cell::Is(value) = cell {
                        *value = *value * scale + 0.0;
                    }
                }
                // Something is drawn of every group.
                cells[0] = if cells[0] == Cell::Nothing { Cell::Is(7.0) } else { cells[0] };
                (if alone { "" } else { name }, cells)
            })
            .collect();
        let mut csv = format!("who,{}n\n", if alone { "" } else { "place," });
        for (group, cells) in &groups {
            for (name, cell) in NAMES.iter().zip(cells) {
                let value = match cell {
                    Cell::Is(value) => format!("{value}"),
                    Cell::Below(_) => "<1".to_owned(),
                    Cell::Nothing => String::new(),
                };
                let group = if alone { String::new() } else { format!("{group},") };
                csv.push_str(&format!("{name},{group}{value}\n"));
            }
        }
        (Bars { names: NAMES[..count].iter().map(ToString::to_string).collect(), groups }, csv)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_sentence_on_bars_holds_against_the_values((bars, csv) in bars()) {
        let (columns, chart) = match bars.groups.len() {
            1 => ("subject = \"who\"\nvalues = [\"n\"]", "bar"),
            _ => ("subject = \"who\"\ngroup = \"place\"\nvalues = [\"n\"]", "grouped-bar"),
        };
        let said = said_of(&csv, columns, &format!("chart = \"{chart}\""));
        if let Err(why) = bars.judge_alt(&said.alt) {
            prop_assert!(false, "{}\n{why}\n{csv}", said.alt);
        }
        if let Err(why) = bars.judge_desc(&said.desc) {
            prop_assert!(false, "{}\n{why}\n{csv}", said.desc);
        }
    }
}
