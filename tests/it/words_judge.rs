//! A judge of sentences on lines: what alt text and description may say, and whether the values bear it out.
//!
//! It is written from what the sentences mean to a reader, and shares nothing with what writes them. A sentence
//! that it cannot read is a fault like one that is untrue.

use crate::words_text::{Cell, Date, Printed, Text, Verdict, hold, period, size, told_apart};

/// How wide figures are, in pixels.
const WIDTH: usize = 720;

/// What is drawn, as the judge knows it.
pub(crate) struct Drawn {
    /// What it is called: `Line chart`.
    pub(crate) noun: &'static str,
    pub(crate) names: Vec<String>,
    pub(crate) dates: Vec<Date>,
    /// For each name a cell for each date: what the lines show.
    pub(crate) cells: Vec<Vec<Cell>>,
    /// The cells of the table, of which lines may show the averages.
    pub(crate) raw: Vec<Vec<Cell>>,
    /// `, 3-month averages`, where they do.
    pub(crate) averages: String,
}

/// Its table is shown beside it.
impl std::fmt::Debug for Drawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("drawn")
    }
}

/// A series without its gaps: what its words are held against.
struct Series<'d> {
    known: Vec<(Date, Cell)>,
    drawn: &'d Drawn,
}

impl Drawn {
    fn series(&self, index: usize) -> Series<'_> {
        let cells = self.dates.iter().copied().zip(self.cells[index].iter().copied());
        Series { known: cells.filter(|(_, cell)| *cell != Cell::Nothing).collect(), drawn: self }
    }

    fn range(&self) -> f64 {
        let sizes = (0..self.names.len()).flat_map(|index| self.series(index).sizes());
        let (low, high) =
            sizes.fold((f64::MAX, f64::MIN), |(low, high), size| (low.min(size), high.max(size)));
        high - low
    }

    /// `Line chart of values for Ada and Fern, 2001 to 2009`.
    fn construction(&self, names: bool) -> String {
        let who = match self.names.split_last() {
            _ if !names => String::new(),
            Some((only, [])) => format!(" for {only}"),
            Some((last, others)) => format!(" for {} and {last}", others.join(", ")),
            None => panic!("nobody is drawn"),
        };
        let is_known = |at: &usize| self.raw.iter().any(|cells| cells[*at] != Cell::Nothing);
        let mut known = (0..self.dates.len()).filter(is_known).map(|at| self.dates[at]);
        let first = known.next().unwrap();
        let last = known.next_back().unwrap_or(first);
        let when =
            if first == last { first.words() } else { format!("{} to {}", first.words(), last.words()) };
        let averages = if first == last { "" } else { &self.averages };
        format!("{} of values{who}, {when}{averages}", self.noun)
    }

    /// Judges the short text.
    pub(crate) fn judge_alt(&self, alt: &str) -> Verdict<()> {
        hold(alt.chars().count() <= 160, "longer than 160 characters")?;
        self.judge_finding(alt)
    }

    /// Judges the short text, however long it is.
    pub(crate) fn judge_finding(&self, alt: &str) -> Verdict<()> {
        let text = alt.strip_suffix('.').ok_or("no full stop")?;
        let mut text = Text { rest: text, dates: &self.dates };
        hold(
            text.eat(&self.construction(true)) || text.eat(&self.construction(false)),
            "says wrongly what is shown",
        )?;
        if text.eat(", where ") {
            self.finding(&mut text)?;
        }
        text.end()
    }

    fn finding(&self, text: &mut Text<'_>) -> Verdict<()> {
        let end = (0..self.names.len()).filter_map(|index| Some(self.series(index).known.last()?.0)).max();
        let mut who = vec![text.name(&self.names)?];
        if text.rest.starts_with(" passes") {
            return self.passing(who[0], text);
        }
        while text.eat(", ") || text.eat(" and ") {
            who.push(text.name(&self.names)?);
        }
        let at_end = |index: usize| {
            self.series(index).known.last().filter(|(at, _)| Some(*at) == end).map(|(_, cell)| *cell)
        };
        let cells: Vec<Cell> =
            who.iter().map(|index| at_end(*index).ok_or("no value at the end")).collect::<Result<_, _>>()?;
        let others = || (0..self.names.len()).filter(|index| !who.contains(index)).filter_map(at_end);
        if text.eat(" ends at ") || text.rest.starts_with(" ends below") {
            text.eat(" ends ");
            hold(others().next().is_none() && text.value()?.is(cells[0]), "another value at the end")?;
        } else if text.eat(" is highest at the end") {
            hold(who.len() == 1, "several are not `is`")?;
            let below = |other| match (cells[0], other) {
                (Cell::Is(value), Cell::Is(other)) => value > other,
                (Cell::Is(value), Cell::Below(bound)) => value >= bound,
                _ => false,
            };
            hold(others().all(below), "another is as high")?;
        } else {
            hold(who.len() > 1 && cells.iter().all(|cell| *cell == cells[0]), "not level")?;
            hold(matches!(cells[0], Cell::Is(_)), "bounds are not level")?;
            if text.eat(" are level and highest at the end") {
                hold(
                    others().count() > 0 && others().all(|other| size(cells[0]) > size(other)),
                    "another is higher",
                )?;
            } else {
                text.must(" are level at the end")?;
                hold(others().next().is_none(), "others are not told of")?;
            }
        }
        Ok(())
    }

    /// `Ada passes Fern in early 2020`.
    fn passing(&self, who: usize, text: &mut Text<'_>) -> Verdict<()> {
        text.must(" passes ")?;
        let whom = text.name(&self.names)?;
        text.must(" ")?;
        let within = period(&mut text.rest)?;
        let sign = |one: Cell, other: Cell| match (one, other) {
            (Cell::Is(one), Cell::Is(other)) => one.partial_cmp(&other).map(|order| order as i32),
            (Cell::Is(value), Cell::Below(bound)) if value >= bound => Some(1),
            (Cell::Is(value), Cell::Below(_)) if value <= 0.0 => Some(-1),
            (Cell::Below(bound), Cell::Is(value)) if value >= bound => Some(-1),
            (Cell::Below(_), Cell::Is(value)) if value <= 0.0 => Some(1),
            _ => None,
        };
        let signs: Vec<(Date, i32)> = (0..self.dates.len())
            .filter_map(|at| Some((self.dates[at], sign(self.cells[who][at], self.cells[whom][at])?)))
            .filter(|(_, sign)| *sign != 0)
            .collect();
        let turns: Vec<usize> =
            (1..signs.len()).filter(|at| signs[*at].1 != signs[at - 1].1 && within(signs[*at].0)).collect();
        let [turn] = turns[..] else { return Err(format!("{} crossings in that time", turns.len())) };
        hold(
            signs[turn..].iter().take(3).filter(|(_, sign)| *sign > 0).count() == 3,
            "not ahead for three dates",
        )
    }

    /// Judges the long text, sentence by sentence.
    pub(crate) fn judge_desc(&self, desc: &str) -> Verdict<()> {
        hold(desc.chars().count() <= 600, "longer than 600 characters")?;
        self.judge_sentences(desc)
    }

    /// Judges the long text, however long it is.
    pub(crate) fn judge_sentences(&self, desc: &str) -> Verdict<()> {
        let sentences = desc.strip_suffix('.').ok_or("no full stop")?;
        for sentence in sentences.split(". ") {
            self.sentence(sentence).map_err(|why| format!("`{sentence}`: {why}"))?;
        }
        Ok(())
    }

    fn sentence(&self, sentence: &str) -> Verdict<()> {
        let mut text = Text { rest: sentence, dates: &self.dates };
        if text.eat(self.noun) {
            // Whether it is an index is for the data to say.
            let shown = sentence.strip_suffix(", an index").unwrap_or(sentence);
            return hold(shown == self.construction(true), "says wrongly what is shown");
        }
        if text.eat("Drawn from ") {
            let told = text.value()?;
            text.must(" values, thinned to the extremes of every 2 pixels")?;
            let known = |cells: &Vec<Cell>| cells.iter().filter(|cell| **cell != Cell::Nothing).count();
            let lines = self.cells.iter().chain(self.raw.iter().filter(|_| !self.averages.is_empty()));
            let dense: usize = lines.map(known).filter(|known| *known > 2 * WIDTH).sum();
            hold(told.is(Cell::Is(dense as f64)), format!("{dense} values are thinned"))?;
            return text.end();
        }
        if text.eat("Note: The 3-") {
            return hold(!self.averages.is_empty(), "no averages are drawn");
        }
        if text.eat("Note: Values below 1 are drawn as 0.5") || text.eat("Values below 1 are drawn as 0.5") {
            let below = self.raw.iter().flatten().any(|cell| *cell == Cell::Below(1.0));
            return hold(below, "no value is below 1").and(text.end());
        }
        if text.eat("Values are missing ") {
            loop {
                text.must("between ")?;
                let from = text.date()?;
                text.must(" and ")?;
                let to = text.date()?;
                hold(self.is_gap(from, to), format!("no gap from {} to {}", from.words(), to.words()))?;
                if !text.eat(", ") && !text.eat(" and ") {
                    return text.end();
                }
            }
        }
        let who = text.name(&self.names)?;
        if text.rest.starts_with(" passes") {
            self.passing(who, &mut text)?;
        } else if text.eat(": ") {
            self.series(who).values(&mut text)?;
        } else {
            text.must(" ")?;
            self.series(who).moves(&mut text)?;
        }
        text.end()
    }

    fn is_gap(&self, from: Date, to: Date) -> bool {
        let place = |date: Date| self.dates.iter().position(|other| *other == date).unwrap();
        let (from, to) = (place(from), place(to));
        let is_gap = |cells: &Vec<Cell>| {
            let within = &cells[from + 1..to];
            !within.is_empty()
                && within.iter().all(|cell| *cell == Cell::Nothing)
                && cells[from] != Cell::Nothing
                && cells[to] != Cell::Nothing
        };
        self.raw.iter().any(is_gap)
    }
}

impl Series<'_> {
    fn sizes(&self) -> Vec<f64> {
        self.known.iter().map(|(_, cell)| size(*cell)).collect()
    }

    fn low(&self) -> f64 {
        self.sizes().into_iter().fold(f64::MAX, f64::min)
    }

    fn high(&self) -> f64 {
        self.sizes().into_iter().fold(f64::MIN, f64::max)
    }

    fn span(&self) -> f64 {
        self.high() - self.low()
    }

    fn at(&self, date: Date) -> Verdict<Cell> {
        let found = self.known.iter().find(|(at, _)| *at == date);
        found.map(|(_, cell)| *cell).ok_or_else(|| format!("no value at {}", date.words()))
    }

    /// A value with its dates; every date has it.
    fn dated(&self, text: &mut Text<'_>) -> Verdict<(Printed, Cell, Vec<Date>, bool)> {
        let value = text.value()?;
        text.must(" ")?;
        let (dates, is_last) = text.dates()?;
        let cell = self.are(&value, &dates)?;
        Ok((value, cell, dates, is_last))
    }

    fn are(&self, value: &Printed, dates: &[Date]) -> Verdict<Cell> {
        for date in dates {
            hold(value.is(self.at(*date)?), format!("{value:?} is not the value at {}", date.words()))?;
            hold(self.at(*date)? == self.at(dates[0])?, "the dates have different values")?;
        }
        self.at(dates[0])
    }

    /// The highest or lowest value, with all its dates.
    fn is_extreme(&self, cell: Cell, dates: &[Date], is_last: bool, high: bool) -> Verdict<()> {
        let extreme = if high { self.high() } else { self.low() };
        hold(
            size(cell) == extreme,
            format!("{cell:?} is not the {} value", if high { "highest" } else { "lowest" }),
        )?;
        let all: Vec<Date> =
            self.known.iter().filter(|(_, other)| size(*other) == extreme).map(|(at, _)| *at).collect();
        if is_last {
            hold(all.len() > 2 && all.last() == dates.first(), "not the last of many dates")
        } else {
            hold(all == dates, format!("the value has {} dates, not {}", all.len(), dates.len()))
        }
    }

    /// `, lowest 3 in 2004, highest 7 in 2006`.
    fn extremes(&self, text: &mut Text<'_>, told: &mut Vec<(Printed, Cell)>) -> Verdict<()> {
        for (word, high) in [(", lowest ", false), (", highest ", true)] {
            if text.eat(word) {
                let (value, cell, dates, is_last) = self.dated(text)?;
                self.is_extreme(cell, &dates, is_last, high)?;
                told.push((value, cell));
            }
        }
        Ok(())
    }

    /// `3 in 2001, 5 in 2009, highest 7 in 2004`.
    fn values(&self, text: &mut Text<'_>) -> Verdict<()> {
        let mut told = Vec::new();
        for (part, end) in [self.known.first(), self.known.last()].into_iter().enumerate() {
            hold(part == 0 || text.eat(", "), "only one end")?;
            let (value, cell, dates, _) = self.dated(text)?;
            hold(Some(&(dates[0], cell)) == end, "not an end")?;
            told.push((value, cell));
        }
        self.extremes(text, &mut told)?;
        told_apart(&told.iter().map(|(value, cell)| (value, *cell)).collect::<Vec<_>>())
    }

    /// Reversals of a part of the series' own range.
    fn reversals(&self, part: f64) -> usize {
        let least = part * self.span();
        let (mut count, mut way, mut best) = (0, 0.0, self.sizes()[0]);
        let (mut low, mut high) = (best, best);
        for value in self.sizes() {
            (low, high) = (low.min(value), high.max(value));
            if way == 0.0 && high - low >= least {
                way = if value == high { 1.0 } else { -1.0 };
                best = value;
            } else if way != 0.0 && (best - value) * way >= least {
                (way, best, count) = (-way, value, count + 1);
            } else if (value - best) * way > 0.0 {
                best = value;
            }
        }
        count
    }

    /// What the series does.
    fn moves(&self, text: &mut Text<'_>) -> Verdict<()> {
        let (first, last) = (self.known[0], self.known[self.known.len() - 1]);
        if text.eat("is at ") || text.rest.starts_with("is below") {
            text.eat("is ");
            let (_, _, dates, _) = self.dated(text)?;
            return hold(self.known.len() == 1 && dates == [first.0], "more than one value");
        }
        hold(self.known.len() > 1, "one value does nothing")?;
        if text.rest.starts_with("stays below ") {
            text.must("stays ")?;
            let bound = text.value()?;
            let low = |cell: &Cell| bound.is(*cell) || *cell == Cell::Is(0.0);
            return hold(self.known.iter().all(|(_, cell)| low(cell)), "not below that");
        }
        let (span, range) = (self.span(), self.drawn.range());
        if text.eat("stays near ") || text.eat("stays at about ") {
            let Printed::Number { value, .. } = text.value()? else { return Err("near a bound".into()) };
            let part = if span <= 0.05 * range { 0.1 } else { 0.01 };
            let last = size(last.1);
            let near = |size: f64| (size - last).abs() <= part * last.abs();
            hold((value - last).abs() <= 0.06 * last.abs(), "too few digits")?;
            return hold(self.sizes().into_iter().all(near), "does not stay there");
        }
        if text.eat("goes up and down") {
            hold(self.reversals(0.15) > 1, "hardly turns")?;
            let mut told = Vec::new();
            if text.eat(" between ") {
                for extreme in [self.low(), self.high()] {
                    let value = text.value()?;
                    let cell = self.known.iter().find(|(_, cell)| size(*cell) == extreme).unwrap().1;
                    hold(value.is(cell), "not an extreme")?;
                    told.push((value, cell));
                    text.eat(" and ");
                }
            } else {
                self.extremes(text, &mut told)?;
                hold(told.len() == 2, "an extreme is not told")?;
            }
            told_apart(&told.iter().map(|(value, cell)| (value, *cell)).collect::<Vec<_>>())?;
        } else {
            let (up, down) = (text.rest.starts_with("rises "), text.rest.starts_with("falls "));
            let plain = ["rises from", "falls from", "rises steadily", "falls steadily"];
            if (up || down) && plain.iter().any(|start| text.rest.starts_with(start)) {
                self.goes(text, up)?;
            } else {
                self.turns(text)?;
            }
        }
        if text.eat(", a small change on this axis") {
            hold(span <= 0.051 * range, "no small change")
        } else {
            hold(span >= 0.049 * range, "a small change is not told")
        }
    }

    /// `rises steadily from 3 to 5`.
    fn goes(&self, text: &mut Text<'_>, up: bool) -> Verdict<()> {
        let (first, last) = (self.known[0], self.known[self.known.len() - 1]);
        hold(text.eat(if up { "rises " } else { "falls " }), "no direction")?;
        let steadily = text.eat("steadily ");
        text.must("from ")?;
        let from = text.value()?;
        text.must(" to ")?;
        let to = text.value()?;
        hold(from.is(first.1) && to.is(last.1), "not the values at the ends")?;
        let way = if up { 1.0 } else { -1.0 };
        let change = (size(last.1) - size(first.1)) * way;
        hold(change > 0.1 * self.span(), "does not get further than it wavers")?;
        let sizes = self.sizes();
        let steps: Vec<f64> =
            sizes.windows(2).map(|pair| (pair[1] - pair[0]) * way).filter(|step| *step != 0.0).collect();
        let back = steps.iter().filter(|step| **step < 0.0).count();
        let mut told = vec![(from, first.1), (to, last.1)];
        if text.eat(", with ups and downs") {
            hold(!steadily && back > 0, "no ups and downs")?;
            self.extremes(text, &mut told)?;
        } else if steadily {
            let mut best = f64::MIN;
            let mut setback = 0.0_f64;
            for size in &sizes {
                best = best.max(size * way);
                setback = setback.max(best - size * way);
            }
            hold(back * 4 <= steps.len() && setback <= 0.15 * self.span(), "not steady")?;
            hold(steps.iter().all(|step| *step <= 0.75 * self.span()), "a single step takes it there")?;
        } else {
            let most = steps.iter().fold(0.0_f64, |most, step| most.max(*step));
            hold(self.known.len() == 2 || most >= 0.6 * self.span(), "no step that takes it there")?;
        }
        told_apart(&told.iter().map(|(value, cell)| (value, *cell)).collect::<Vec<_>>())?;
        self.nothing_hidden(&told.iter().map(|(_, cell)| size(*cell)).collect::<Vec<_>>())
    }

    /// `peaks in 2004 at 7, falls to 3 in 2006, then rises to 5`.
    fn turns(&self, text: &mut Text<'_>) -> Verdict<()> {
        let (first, last) = (self.known[0], self.known[self.known.len() - 1]);
        let mut before = (first.0, size(first.1));
        let mut told = vec![before.1];
        let mut numbers = Vec::new();
        loop {
            let then = text.eat("then ");
            let peak = text.eat("peaks ");
            let up = peak || text.eat("rises to ");
            hold(up || text.eat("falls to "), format!("expected a turn, found `{}`", text.rest))?;
            if then {
                let value = text.value()?;
                hold(value.is(last.1), "not the value at the end")?;
                let change = size(last.1) - before.1;
                hold(if up { change > 0.0 } else { change < 0.0 }, "goes the other way at the end")?;
                hold(change.abs() >= 0.1 * self.span(), "hardly moves at the end")?;
                told.push(size(last.1));
                numbers.push((value, last.1));
                break;
            }
            let (value, cell, dates, is_last) = if peak && !text.eat("at ") {
                let (dates, is_last) = text.dates()?;
                text.must(" at ")?;
                let value = text.value()?;
                let cell = self.are(&value, &dates)?;
                (value, cell, dates, is_last)
            } else {
                self.dated(text)?
            };
            let change = size(cell) - before.1;
            hold(if up { change > 0.0 } else { change < 0.0 }, "goes the other way")?;
            hold(change.abs() >= 0.1 * self.span(), "hardly moves")?;
            hold(before.0 < dates[0], "not in order of time")?;
            if peak {
                hold(size(cell) == self.high(), "the peak is not the maximum")?;
            }
            let here = |date: &Date| before.0 < *date && *date < last.0;
            hold(dates.iter().all(here) && (!is_last || dates.len() == 1), "not within the line")?;
            before = (dates[dates.len() - 1], size(cell));
            told.push(size(cell));
            numbers.push((value, cell));
            text.must(", ")?;
        }
        told_apart(&numbers.iter().map(|(value, cell)| (value, *cell)).collect::<Vec<_>>())?;
        self.nothing_hidden(&told)
    }

    /// No value lies far outside of those that are told, or known from the start.
    fn nothing_hidden(&self, told: &[f64]) -> Verdict<()> {
        let (low, high) = told.iter().fold((f64::MAX, f64::MIN), |(a, b), told| (a.min(*told), b.max(*told)));
        let most = 0.21 * self.span();
        hold(self.high() <= high + most, "a peak is not told")?;
        hold(self.low() >= low - most, "a low is not told")
    }
}
