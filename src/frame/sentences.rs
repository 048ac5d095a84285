//! Facts in words, one sentence each. Notes, descriptions and programs read this list.
//!
//! It must not know where a sentence is printed.

use std::collections::BTreeMap;

use crate::data::Aggregate;
use crate::figure::Kind;
use crate::frame::fact::{Fact, Fate, Part};
use crate::frame::panel::PanelFrame;
use crate::frame::roster::{self, Candidate, Who};
use crate::frame::row::{Row, Value};
use crate::frame::wording::{list, list_some, plain_number};
use crate::spec::FigureSpec;
use crate::time::moment::{Moment, Step};
use crate::time::period::{MONTHS, Period};

/// So many sums that are not drawn are listed, others are counted.
const LISTED: usize = 4;

/// Adds what only all rows together can say, and leaves away what concerns no row that is drawn.
pub(super) fn tell(spec: &FigureSpec, frame: &mut PanelFrame) {
    let mut facts = std::mem::take(&mut frame.facts);
    facts.retain(|fact| match fact {
        Fact::Lacking { who, period, .. } => spec.chart.shows_span || frame.shows(*who, *period),
        Fact::Partly { who, period, .. } => frame.shows(*who, Some(*period)),
        _ => true,
    });
    if !spec.chart.shows_span {
        facts.extend(unknown(spec, frame, &facts));
    }
    facts.extend(shared_ranks(spec, frame));
    facts.sort_by_key(rank);
    frame.facts = facts;
}

/// That several of those who are drawn over time have one rank.
fn shared_ranks(spec: &FigureSpec, frame: &PanelFrame) -> Option<Fact> {
    if !spec.chart.shows_span || !frame.basis.lower_is_better() {
        return None;
    }
    let mut ranks: BTreeMap<Moment, Vec<f64>> = BTreeMap::new();
    for row in frame.drawn_rows().filter(|row| row.group.is_none()) {
        if let (Some(at), Value::Number(rank)) = (row.at, row.value) {
            ranks.entry(at).or_default().push(rank);
        }
    }
    let all = ranks.len();
    let is_shared = |ranks: &mut Vec<f64>| {
        ranks.sort_by(f64::total_cmp);
        ranks.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
    };
    let shared = ranks.values_mut().filter_map(|ranks| is_shared(ranks).then_some(())).count();
    let dates = if all == 1 { "date" } else { "dates" };
    (shared > 0).then(|| Fact::Said(format!("Some share a rank, at {shared} of {all} {dates}")))
}

fn rank(fact: &Fact) -> u8 {
    match fact {
        Fact::NoData { .. } => 0,
        Fact::Aggregated(_) | Fact::Repeated(_) | Fact::Anchored(_) => 0,
        Fact::OwnDates(..) | Fact::GroupDates => 0,
        Fact::Unknown { .. } => 1,
        Fact::Lacking { .. } | Fact::Partly { .. } => 2,
        Fact::NotWhole { fate: Fate::LeftOut, .. } => 3,
        Fact::NotWhole { .. } => 4,
        Fact::Ranks | Fact::FiscalYears(_) | Fact::Said(_) | Fact::Averaged { .. } => 5,
        Fact::Below { .. } => 6,
        Fact::Top(_) => 7,
    }
}

/// Those without a value beside others that have one, group by group.
fn unknown(spec: &FigureSpec, frame: &PanelFrame, facts: &[Fact]) -> Vec<Fact> {
    let groups = frame.groups_shown(spec);
    let lacking =
        |who: Who| facts.iter().any(|fact| matches!(fact, Fact::Lacking { who: other, .. } if *other == who));
    let of = |group: Option<usize>| {
        let known = |who: &Who| frame.row_shown(group, *who).is_some_and(Row::is_known);
        let who: Vec<Who> =
            frame.drawn.iter().filter(|who| !known(who) && !lacking(**who)).copied().collect();
        let name = group.and_then(|group| frame.groups.get(group)).unwrap_or(&frame.title);
        (!who.is_empty()).then(|| Fact::Unknown { who, within: name.clone() })
    };
    groups.into_iter().filter_map(of).collect()
}

/// The sentences of a panel's facts, without their stops.
#[must_use]
pub fn sentences(facts: &[Fact], frame: &PanelFrame, roster: &[Candidate], chart: &Kind) -> Vec<String> {
    let label = |who: &Who| roster::label(roster, *who);
    let mut said: Vec<String> = Vec::new();
    let mut sums: Vec<String> = Vec::new();
    for fact in facts {
        if !matches!(fact, Fact::Lacking { .. }) && !sums.is_empty() {
            said.push(sums_words(&std::mem::take(&mut sums)));
        }
        said.extend(of_the_data(fact));
        match fact {
            Fact::Partly { .. } => said.extend(partly(fact, facts, frame, roster)),
            Fact::Aggregated(_) | Fact::Repeated(_) => {}
            Fact::OwnDates(..) | Fact::GroupDates | Fact::Ranks | Fact::FiscalYears(_) => {}
            Fact::NoData { measure, why } => {
                let why = why.trim().trim_end_matches('.');
                said.push(format!("No data on {measure} were found: {why}"));
            }
            Fact::Anchored(anchored) => said.extend(anchored.in_words()),
            Fact::Top(top) => said.extend(top.in_words()),
            Fact::Unknown { who, within } => {
                let names: Vec<&str> = who.iter().map(label).collect();
                let within = if within.is_empty() { String::new() } else { format!(" in {within}") };
                said.push(format!("No value is known for {}{within}", list_some(&names)));
            }
            Fact::Lacking { who, period, groups } => sums.push(lacking(label(who), *period, groups, frame)),
            // Said together with the last one.
            Fact::NotWhole { is_first: true, certain: true, fate, .. }
                if ends_alike(facts, *fate).is_some() => {}
            Fact::NotWhole { is_first: false, certain: true, step, fate, .. }
                if ends_alike(facts, *fate).is_some() =>
            {
                said.extend(ends_alike(facts, *fate).map(|ends| both_ends(ends, *step, *fate, chart)));
            }
            Fact::NotWhole { is_first, period, certain, step, fate } => {
                let end = if *is_first { "first" } else { "last" };
                let was = if *certain { "was" } else { "may have been" };
                let what = match fate {
                    Fate::LeftOut => " and is left out".into(),
                    Fate::Hollow => format!(" and is drawn {}", chart.torn),
                    Fate::Kept => String::new(),
                };
                let period = period.in_words();
                said.push(format!("The {end} {}, {period}, {was} incomplete{what}", step_words(*step)));
            }
            Fact::Said(sentence) => said.push(sentence.clone()),
            Fact::Averaged { window, step } => said.push(averaged(*window, *step)),
            Fact::Below { bound, counts_as, is_drawn } => {
                let verb = if *is_drawn { "are drawn" } else { "count" };
                let (bound, counts_as) = (plain_number(*bound), plain_number(*counts_as));
                said.push(format!("Values below {bound} {verb} as {counts_as}"));
            }
        }
    }
    if !sums.is_empty() {
        said.push(sums_words(&sums));
    }
    said
}

/// What holds for all values alike.
fn of_the_data(fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::Aggregated(how) => {
            let what = match how {
                Aggregate::Mean => "the mean",
                Aggregate::Sum => "the sum",
                Aggregate::Last => "the last",
            };
            format!("Each value is {what} of those of its date and series")
        }
        Fact::Repeated(1) => "One value stands in the data twice and counts once".into(),
        Fact::Repeated(count) => format!("{count} values stand in the data more than once and count once"),
        Fact::OwnDates(first, last) => {
            let (first, last) = (first.in_words(), last.in_words());
            format!("The values are of different dates, from {first} to {last}")
        }
        Fact::GroupDates => "Each group is shown at its last date".into(),
        Fact::Ranks => "The numbers are ranks: 1 is the highest".into(),
        Fact::FiscalYears(1) => "Fiscal years are shown as calendar years".into(),
        Fact::FiscalYears(month) => {
            let month = MONTHS.get(usize::from(*month).saturating_sub(1)).copied().unwrap_or_default();
            format!("The fiscal years begin in {month}")
        }
        _ => return None,
    })
}

/// The first and the last period, where both are certainly not whole and share a fate.
fn ends_alike(facts: &[Fact], fate: Fate) -> Option<(Period, Period)> {
    let end = |wanted: bool| {
        facts.iter().find_map(|fact| match fact {
            Fact::NotWhole { is_first, period, certain: true, fate: other, .. }
                if (*is_first, *other) == (wanted, fate) =>
            {
                Some(*period)
            }
            _ => None,
        })
    };
    Some((end(true)?, end(false)?))
}

/// `The first and last months, November 2024 and November 2026, were incomplete and are left out`.
fn both_ends((first, last): (Period, Period), step: Step, fate: Fate, chart: &Kind) -> String {
    let what = match fate {
        Fate::LeftOut => " and are left out".into(),
        Fate::Hollow => format!(" and are drawn {}", chart.torn),
        Fate::Kept => String::new(),
    };
    let step = step_words(step);
    if first == last {
        return format!("The only {step}, {}, was incomplete{}", first.in_words(), what.replace("are", "is"));
    }
    format!("The first and last {step}s, {} and {}, were incomplete{what}", first.in_words(), last.in_words())
}

fn step_words(step: Step) -> String {
    match step {
        Step::Seconds(_) | Step::Minutes(_) | Step::Half | Step::Irregular => "period".into(),
        step => step.name(),
    }
}

/// `Solid (no value in StepStone)`.
fn lacking(label: &str, period: Option<Period>, groups: &[usize], frame: &PanelFrame) -> String {
    let names: Vec<&str> =
        groups.iter().filter_map(|group| frame.groups.get(*group)).map(String::as_str).collect();
    let when = match period {
        Some(period) if frame.first != frame.shown => format!(" {}", period.as_time()),
        _ => String::new(),
    };
    match names.as_slice() {
        [] => format!("{label}{when}"),
        names => format!("{label}{when} (no value in {})", list(names)),
    }
}

fn sums_words(sums: &[String]) -> String {
    let others = sums.len().saturating_sub(LISTED);
    let told = if others > 1 { LISTED } else { sums.len() };
    let more = (others > 1).then(|| format!("{others} more"));
    let words: Vec<&str> = sums.iter().take(told).map(String::as_str).chain(more.as_deref()).collect();
    format!("No sum is drawn of which a part is missing: {}", list(&words))
}

/// `The value of A in March 2024 is made of 20 of 31 days`; of several, the one that is made of least. Said once,
/// at the first of them.
fn partly(fact: &Fact, facts: &[Fact], frame: &PanelFrame, roster: &[Candidate]) -> Option<String> {
    let all = || {
        facts.iter().filter_map(|fact| match fact {
            Fact::Partly { who, period, of } => Some((*who, *period, *of)),
            _ => None,
        })
    };
    let first = facts.iter().find(|fact| matches!(fact, Fact::Partly { .. }));
    if !first.is_some_and(|first| std::ptr::eq(first, fact)) {
        return None;
    }
    let share = |part: f64, whole: f64| part / whole;
    let known = |(_, period, of): &(Who, Period, Part)| match of {
        Part::Dates(known, all, _) => share(*known as f64, *all as f64),
        Part::Last(last) => {
            let seconds = |from: Moment, to: Moment| (to.seconds() - from.seconds()) as f64;
            share(seconds(period.first(), last.first()), seconds(period.first(), period.end()))
        }
    };
    let (who, period, of) = all().min_by(|a, b| known(a).total_cmp(&known(b)))?;
    let whose = lacking(roster::label(roster, who), Some(period), &[], frame);
    Some(match (of, all().count()) {
        (Part::Dates(known, all, step), 1) => {
            format!("The value of {whose} is made of {known} of {all} {}s", step_words(step))
        }
        (Part::Dates(known, all, step), count) => {
            let unit = step_words(step);
            format!(
                "{count} values lack {unit}s, most that of {whose}, which is made of {known} of {all} {unit}s"
            )
        }
        (Part::Last(last), 1) => format!("The value of {whose} is that {}", of_date(last)),
        (Part::Last(last), count) => {
            format!(
                "{count} values are not of the end of their period, least that of {whose}, which is that {}",
                of_date(last)
            )
        }
    })
}

/// `of 21 March 2024`.
fn of_date(period: Period) -> String {
    format!("of {}", period.in_words())
}

fn averaged(window: usize, step: Step) -> String {
    let half = window / 2;
    let (unit, each) = match step {
        Step::Hour => ("hour", "hourly"),
        Step::Day => ("day", "daily"),
        Step::Week => ("week", "weekly"),
        Step::Month => ("month", "monthly"),
        Step::Quarter => ("quarter", "quarterly"),
        Step::Year => ("year", "yearly"),
        Step::Seconds(_) | Step::Minutes(_) | Step::Half | Step::Irregular => ("value", "single"),
    };
    let units = if half == 1 { unit.to_owned() } else { format!("{unit}s") };
    let centred = if window.is_multiple_of(2) {
        format!("centred 2 × {window}-{unit}")
    } else {
        format!("{window}-{unit}")
    };
    format!(
        "The {centred} averages stop {half} {units} before each end; the faint lines are the {each} values"
    )
}
