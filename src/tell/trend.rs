//! What the values of one series do: stay, rise, fall, turn, go up and down.
//!
//! A series is judged by its own values, and by the range of the figure only where it hardly moves in both.
//! It must not know dates, names or how anything is said.

/// Part of the figure's range below which a line looks flat.
const FLAT: f64 = 0.05;
/// Part of its greatest value within which a line that looks flat stays near a value.
const NEAR: f64 = 0.09;
/// The same for a line whose figure shows every move of it.
const STILL: f64 = 0.005;
/// Part of a line's own range that a turn takes, and a large one.
const TURN: f64 = 0.2;
const LARGE_TURN: f64 = 0.4;
/// Part of the steps that go one way in a steady line, and of its range that it may go back.
const STEADY: f64 = 0.8;
const BACK: f64 = 0.1;
/// Part of its range that one step of a steady line may take.
const STEP: f64 = 0.7;
/// Part of its range by which a line that goes up and down must change to rise or fall.
const CHANGE: f64 = 0.25;
/// Part of its range that a line may fall back and still only have ups and downs on its way.
const SETBACK: f64 = 0.5;

/// What a line does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trend {
    /// It hardly moves.
    Flat,
    /// It ends higher than it starts, or lower.
    Goes {
        /// Whether higher.
        up: bool,
        /// How.
        manner: Manner,
    },
    /// It turns once or twice.
    Turns(Vec<Turn>),
    /// It goes up and down, and gets nowhere.
    Wavers,
}

/// How a line rises or falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// At once, for the most part; of two values nobody knows how one became the other.
    Plainly,
    /// Nearly all steps go its way, and none goes far back.
    Steadily,
    /// With ups and downs.
    Unevenly,
}

/// Where a line turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Index of the first value of that height.
    pub(super) at: usize,
    /// Whether it goes down from there.
    pub(super) high: bool,
}

/// What values do in a figure whose own span `range`.
pub(super) fn trend(values: &[f64], range: f64) -> Trend {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return Trend::Flat };
    let (low, high) = bounds(values);
    let (span, size) = (high - low, libm::fabs(high).max(libm::fabs(low)));
    if span <= STILL * size || (is_small(values, range) && span <= NEAR * size) {
        return Trend::Flat;
    }
    let up = last > first;
    if values.len() == 2 {
        return Trend::Goes { up, manner: Manner::Plainly };
    }
    let found = turns(values, TURN * span);
    match found.as_slice() {
        [] => {
            let manner = match is_steady(values, up, span) {
                true if values.windows(2).any(|pair| step(pair) > STEP * span) => Manner::Plainly,
                true => Manner::Steadily,
                false => Manner::Unevenly,
            };
            Trend::Goes { up, manner }
        }
        [one, other] if goes_past(values, one, other, span) => Trend::Goes { up, manner: Manner::Unevenly },
        [_] | [_, _] => Trend::Turns(found),
        _ => uneven(values, up, span),
    }
}

/// What values with many turns do.
fn uneven(values: &[f64], up: bool, span: f64) -> Trend {
    let large = turns(values, LARGE_TURN * span);
    match large.as_slice() {
        [] => Trend::Goes { up, manner: Manner::Unevenly },
        [one, other] if goes_past(values, one, other, span) => Trend::Goes { up, manner: Manner::Unevenly },
        [_] | [_, _] if !hides_extreme(values, &large) => Trend::Turns(large),
        _ => {
            let ends = values.last().zip(values.first()).map_or(0.0, |(last, first)| last - first);
            let way = if up { 1.0 } else { -1.0 };
            if (ends * way).min(shift(values) * way) >= CHANGE * span {
                Trend::Goes { up, manner: Manner::Unevenly }
            } else {
                Trend::Wavers
            }
        }
    }
}

/// Whether values that turn twice go on past the first turn, and did not come far back.
fn goes_past(values: &[f64], one: &Turn, other: &Turn, span: f64) -> bool {
    let height = |turn: &Turn| values.get(turn.at).copied().unwrap_or(0.0);
    let last = values.last().copied().unwrap_or(0.0);
    let past = if one.high { last >= height(one) } else { last <= height(one) };
    let first = values.first().copied().unwrap_or(0.0);
    past && (last > first) == one.high && libm::fabs(height(one) - height(other)) <= SETBACK * span
}

/// Whether all that the values do is hardly to be seen in the figure.
pub(super) fn is_small(values: &[f64], range: f64) -> bool {
    let (low, high) = bounds(values);
    high - low <= FLAT * range
}

/// Whether a value lies outside of the ends of its line by what a turn takes.
pub(super) fn is_beyond_ends(values: &[f64], value: f64) -> bool {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return false };
    is_beyond(value, bounds(&[*first, *last]), values)
}

/// Whether the highest or lowest value is far from the ends and from all turns.
fn hides_extreme(values: &[f64], turns: &[Turn]) -> bool {
    let ends = [values.first(), values.last()];
    let heights = turns.iter().map(|turn| values.get(turn.at));
    let told = bounds(&ends.into_iter().chain(heights).flatten().copied().collect::<Vec<f64>>());
    let (low, high) = bounds(values);
    is_beyond(low, told, values) || is_beyond(high, told, values)
}

fn is_beyond(value: f64, (lowest, highest): (f64, f64), values: &[f64]) -> bool {
    let (low, high) = bounds(values);
    let least = TURN * (high - low);
    value >= highest + least || value <= lowest - least
}

/// The lowest and the highest value.
pub(super) fn bounds(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().min_by(f64::total_cmp);
    let high = values.iter().copied().max_by(f64::total_cmp);
    (low.unwrap_or(0.0), high.unwrap_or(0.0))
}

/// Where values turn back by at least `least`.
fn turns(values: &[f64], least: f64) -> Vec<Turn> {
    let mut found = Vec::new();
    let Some(first) = values.first() else { return found };
    let (mut low, mut high) = ((0, *first), (0, *first));
    let mut up = None;
    for (at, value) in values.iter().copied().enumerate() {
        if value > high.1 {
            high = (at, value);
        }
        if value < low.1 {
            low = (at, value);
        }
        let (rises, falls) = (value - low.1 >= least, high.1 - value >= least);
        match up {
            Some(false) | None if rises => {
                if up.is_some() {
                    found.push(Turn { at: low.0, high: false });
                }
                (up, high) = (Some(true), (at, value));
            }
            Some(true) | None if falls => {
                if up.is_some() {
                    found.push(Turn { at: high.0, high: true });
                }
                (up, low) = (Some(false), (at, value));
            }
            _ => {}
        }
    }
    // A turn at the height of an end is none.
    let is_at = |turn: &Turn, end: Option<&f64>| {
        let height = values.get(turn.at);
        height.zip(end).is_some_and(|(height, end)| libm::fabs(height - end) < least / 2.0)
    };
    if found.last().is_some_and(|turn| is_at(turn, values.last())) {
        found.pop();
    }
    if found.first().is_some_and(|turn| is_at(turn, values.first())) {
        found.remove(0);
    }
    found
}

fn step(pair: &[f64]) -> f64 {
    pair.first().zip(pair.last()).map_or(0.0, |(from, to)| libm::fabs(to - from))
}

fn is_steady(values: &[f64], up: bool, span: f64) -> bool {
    let forth = |pair: &[f64]| match pair {
        [a, b] if up => b - a,
        [a, b] => a - b,
        _ => 0.0,
    };
    let steps: Vec<f64> = values.windows(2).map(forth).filter(|step| *step != 0.0).collect();
    let goes_on = portion(steps.iter().filter(|step| **step > 0.0).count(), steps.len()) >= STEADY;
    let mut best = f64::NEG_INFINITY;
    let mut back = 0.0_f64;
    for value in values.iter().map(|value| if up { *value } else { -value }) {
        best = best.max(value);
        back = back.max(best - value);
    }
    goes_on && back <= BACK * span
}

/// How much higher the last third is than the first on average.
fn shift(values: &[f64]) -> f64 {
    let third = values.len().div_ceil(3);
    let mean = |values: &[f64]| {
        let count = f64::from(u32::try_from(values.len()).unwrap_or(u32::MAX));
        values.iter().map(|value| value / count).sum::<f64>()
    };
    let (start, end) = (values.get(..third), values.get(values.len() - third..));
    end.map_or(0.0, mean) - start.map_or(0.0, mean)
}

fn portion(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes(up: bool, manner: Manner) -> Trend {
        Trend::Goes { up, manner }
    }

    fn turns(turns: &[(usize, bool)]) -> Trend {
        Trend::Turns(turns.iter().map(|(at, high)| Turn { at: *at, high: *high }).collect())
    }

    #[test]
    fn a_trend_is_what_the_values_do() {
        for (values, told) in [
            (&[1.0, 2.0, 3.0, 4.0, 9.0][..], goes(true, Manner::Steadily)),
            (&[9.0, 4.0, 3.0, 2.0, 1.0], goes(false, Manner::Steadily)),
            (&[9.0, 4.0], goes(false, Manner::Plainly)),
            (&[1.0, 1.0, 1.0, 9.0, 9.0], goes(true, Manner::Plainly)),
            (&[50.0, 50.2, 50.1, 50.3, 50.0], Trend::Flat),
            (&[1.0, 9.0, 30.0, 12.0, 8.0], turns(&[(2, true)])),
            (&[30.0, 12.0, 3.0, 9.0, 25.0], turns(&[(2, false)])),
            (&[73.0, 100.0, 41.0, 86.0], turns(&[(1, true), (2, false)])),
            (&[10.0, 20.0, 11.0, 19.0, 12.0, 20.0, 11.0], Trend::Wavers),
            (&[0.0, 3.0, 6.0, 0.0, 3.0, 6.0, 0.0, 3.0, 5.0], Trend::Wavers),
            (&[1.0, 5.0, 4.0, 8.0, 7.0, 9.0], goes(true, Manner::Unevenly)),
            (&[0.0, 20.0, 10.0, 50.0, 30.0, 60.0, 90.0], goes(true, Manner::Unevenly)),
            (&[9.0, 7.0, 8.0, 4.0, 5.0, 1.0], goes(false, Manner::Unevenly)),
        ] {
            assert_eq!(trend(values, 20.0), told, "{values:?}");
        }
    }

    #[test]
    fn what_looks_flat_is_judged_by_its_own_values() {
        assert_eq!(trend(&[5.0, 200.0, 500.0], 100_000.0), goes(true, Manner::Steadily));
        assert!(is_small(&[5.0, 100.0, 500.0], 100_000.0));
        assert_eq!(trend(&[500.0, 505.0, 503.0], 100_000.0), Trend::Flat);
        assert_eq!(trend(&[500.0, 505.0, 503.0], 5.0), turns(&[(1, true)]));
        assert_eq!(trend(&[1_000_000.0, 1_000_001.0, 1_000_002.0], 2.0), Trend::Flat);
    }
}
