//! Alt texts and descriptions hold against the values drawn.

use popchart::{claim, tell};
use proptest::prelude::*;

use crate::figures::figure;
use crate::words_judge::Drawn;
use crate::words_text::{Cell, Date};

/// What is said of a figure of one table: its short text, its long one, and its values.
pub(crate) struct Said {
    pub(crate) alt: String,
    pub(crate) desc: String,
    pub(crate) table: Vec<Vec<String>>,
}

fn said(csv: &str, lines: &str) -> Said {
    said_of(csv, "", lines)
}

/// The whole way from a table to words: `columns` are lines of its dataset, `lines` those of the figure.
pub(crate) fn said_of(csv: &str, columns: &str, lines: &str) -> Said {
    let lines = format!("title = \"T\"\nclaims = [\"Ada > 0\"]\n{lines}");
    let (spec, plotted) = figure(csv, columns, &lines);
    let plotted = plotted.map_err(|report| format!("{report}\n{csv}")).unwrap();
    let words = claim::words(&spec, &plotted).unwrap();
    let told = tell::describe(&spec, &plotted, &words);
    Said { alt: told.alt, desc: told.desc, table: tell::table(&spec, &plotted) }
}

const LINE: &str = "chart = \"line\"\nlast_period = \"keep\"";

/// Monthly values of Ada, with others beside them.
fn months(names: &str, rows: &[&str]) -> String {
    let row = |(i, row): (usize, &&str)| format!("{}-{:02},{row}\n", 2001 + i / 12, i % 12 + 1);
    format!("month,{names}\n{}", rows.iter().enumerate().map(row).collect::<String>())
}

/// What is said of Ada in the long text.
fn of_ada(names: &str, rows: &[&str]) -> Vec<String> {
    let desc = said(&months(names, rows), LINE).desc;
    let sentences = desc.trim_end_matches('.').split(". ");
    sentences.filter(|sentence| sentence.starts_with("Ada")).map(str::to_owned).collect()
}

#[test]
fn a_series_is_judged_by_its_own_values() {
    for (rows, told) in [
        (&["5,900000", "100,100", "500,7"][..], "Ada rises from 5 to 500, a small change on this axis"),
        (&["500,900000", "505,100", "501,7"], "Ada stays near 501"),
        (
            &["0,900000", "1,100", "0,7", "1,9"],
            "Ada peaks in February 2001 at 1, falls to 0 in March 2001, then rises to 1, a small change on this axis",
        ),
    ] {
        assert_eq!(of_ada("Ada,Fern", rows).last().unwrap(), told);
    }
}

#[test]
fn what_goes_back_and_forth_does_not_rise_steadily() {
    let sawtooth: Vec<String> = (0..27).map(|i| (i % 7).to_string()).collect();
    let rows: Vec<&str> = sawtooth.iter().map(String::as_str).collect();
    assert_eq!(of_ada("Ada", &rows)[1], "Ada goes up and down between 0 and 6");
    let rows = ["1", "2", "3", "4", "5", "6", "7", "3", "9", "10", "11", "12"];
    assert_eq!(of_ada("Ada", &rows)[1], "Ada rises from 1 to 12, with ups and downs");
    assert_eq!(
        of_ada("Ada", &["8", "9", "11", "14", "17", "12"])[1],
        "Ada peaks in May 2001 at 17, then falls to 12"
    );
}

#[test]
fn what_hardly_changes_stays() {
    assert_eq!(of_ada("Ada", &["1000000", "1000001", "1000002"])[1], "Ada stays at about 1 million");
    assert_eq!(
        of_ada("Ada", &["2516909349", "2516909350", "2516909350"])[1],
        "Ada stays at about 2.52 billion"
    );
    assert_eq!(of_ada("Ada", &["20000", "20001", "20003"])[1], "Ada stays near 20,003");
    assert_eq!(of_ada("Ada", &["7"]), ["Ada is at 7 in January 2001"]);
}

#[test]
fn a_peak_before_a_low_is_told_and_every_date_of_an_extreme() {
    let rows = ["73", "80", "100", "70", "41", "45", "41", "60", "86"];
    assert_eq!(
        of_ada("Ada", &rows)[1],
        "Ada peaks in March 2001 at 100, falls to 41 in May 2001 and in July 2001, then rises to 86"
    );
    let rows = ["73", "100", "99", "100", "100", "41"];
    assert_eq!(of_ada("Ada", &rows)[1], "Ada peaks at 100 (last in May 2001), then falls to 41");
}

#[test]
fn numbers_of_a_sentence_are_told_apart_and_only_zero_is_zero() {
    for (rows, told) in [
        (
            &["0.21", "0.24", "0.22"][..],
            "Ada: 0.21 in January 2001, 0.22 in March 2001, highest 0.24 in February 2001",
        ),
        (&["10.01", "10.02", "10.04", "10.5"], "Ada: 10 in January 2001, 10.5 in April 2001"),
        (
            &["0.2", "0.3", "0.25"],
            "Ada: 0.20 in January 2001, 0.25 in March 2001, highest 0.30 in February 2001",
        ),
        (&["1e-12", "1.7e-12", "2.51e-12"], "Ada: 1 × 10⁻¹² in January 2001, 2.51 × 10⁻¹² in March 2001"),
        (
            &["-1000.2", "5", "-1000.4"],
            "Ada: −1,000.2 in January 2001, −1,000.4 in March 2001, highest 5 in February 2001",
        ),
        (&["0", "3e20", "5e20"], "Ada: 0 in January 2001, 5 × 10²⁰ in March 2001"),
    ] {
        assert_eq!(of_ada("Ada", rows)[0], told);
    }
    assert_eq!(
        said(&months("Ada", &["1e-12", "0", "0.0000123"]), LINE).table[1..],
        [["2001-01", "0.000000000001"], ["2001-02", "0"], ["2001-03", "0.0000123"]]
            .map(|row| row.map(String::from).to_vec())
    );
}

#[test]
fn what_is_below_a_bound_has_no_number() {
    let rows = ["<1: (World),3", "<1,3", "2,3", "<1,3"];
    let csv = format!("Month,Ada: (World),Fern: (World)\n{}", months("", &rows).split_once('\n').unwrap().1);
    let csv = csv.replace("<1: (World)", "<1");
    let line = said(&csv, LINE);
    assert_eq!(
        line.desc,
        "Line chart of values for Ada and Fern, January 2001 to April 2001, an index. Ada: below 1 in January 2001, \
         below 1 in April 2001, highest 2 in March 2001. Ada peaks in March 2001 at 2, then falls to below 1. \
         Fern: 3 in January 2001, 3 in April 2001. Fern stays near 3. Note: Values below 1 are drawn as 0.5."
    );
    assert_eq!(line.table[1], ["2001-01", "<1", "3"].map(String::from));
    let average = said(&csv, &format!("{LINE}\naverage = 3"));
    assert_eq!(average.table[2], ["2001-02", "<1", "3", "1", "3"].map(String::from));
    let bar = said(&csv, "chart = \"bar\"\nat = \"2001-04\"");
    assert!(
        bar.desc.contains(". Fern 3, Ada below 1. Note:") && bar.alt.ends_with(", where Fern leads with 3."),
        "{}",
        bar.alt
    );
    assert_eq!(bar.table[2], ["Ada", "<1"].map(String::from));
    let alone = said(&csv.replace(",3\n", ",0.4\n").replace("2,0.4", "<1,0.4"), LINE);
    assert!(alone.desc.contains(" Ada stays below 1."), "{}", alone.desc);
    assert!(!alone.alt.contains("highest"), "{}", alone.alt);
}

#[test]
fn who_is_level_does_not_lead() {
    let csv = "who,n\nAda,5\nFern,5\nKite,2\n";
    let bars = said(csv, "chart = \"bar\"");
    assert!(bars.alt.ends_with(", where Ada and Fern are level at 5."), "{}", bars.alt);
    let rows = ["3,3,1", "5,5,2", "7,7,2"];
    let lines = said(&months("Ada,Fern,Kite", &rows), LINE);
    assert!(lines.alt.ends_with(", where Ada and Fern are level and highest at the end."), "{}", lines.alt);
}

#[test]
fn what_bounds_hide_is_not_said_twice() {
    let desc = said(&months("Ada", &["<1", "0.8", "1.2", "2.5", "<1"]), LINE).desc;
    assert_eq!(desc.matches("Ada: below 1 in").count(), 1, "{desc}");
}

#[test]
fn who_is_lower_than_a_line_that_ended_earlier_does_not_lead() {
    let alt = |rows: &[&str]| said(&months("Ada,Fern,Kite", rows), LINE).alt;
    assert!(!alt(&["3,900,1", "5,900,2", "7,,2"]).contains(", where"), "Fern ended above");
    assert!(alt(&["3,6,1", "5,6,2", "7,,2"]).ends_with(", where Ada is highest at the end."));
}

#[test]
fn a_crossing_is_told_by_a_time_that_has_no_other() {
    let values = |day: u32| match day {
        10..30 | 45.. => 9,
        _ => 1,
    };
    let rows: String = (0..120)
        .map(|day| {
            let date = Date(2001, day / 28 + 1, day % 28 + 1, None);
            format!("{}-{:02}-{:02},{},5\n", date.0, date.1, date.2, values(day))
        })
        .collect();
    let desc = said(&format!("date,Ada,Fern\n{rows}"), LINE).desc;
    let passes: Vec<&str> =
        desc.trim_end_matches('.').split(". ").filter(|sentence| sentence.contains("passes")).collect();
    assert_eq!(
        passes,
        [
            "Ada passes Fern in January 2001",
            "Fern passes Ada on 3 February 2001",
            "Ada passes Fern on 18 February 2001"
        ]
    );
}

#[test]
fn a_judge_finds_what_is_untrue() {
    let year = |year: i32| Date(2000 + year, 0, 0, None);
    let cells = |values: &[f64]| values.iter().map(|value| Cell::Is(*value)).collect::<Vec<_>>();
    let table = vec![
        cells(&[73.0, 100.0, 60.0, 41.0, 50.0, 41.0, 86.0]),
        cells(&[20.0, 30.0, 45.0, 55.0, 61.0, 70.0, 79.0]),
        [cells(&[0.21, 0.24]), vec![Cell::Nothing, Cell::Below(1.0)], cells(&[3.0, 4.0, 1.0])].concat(),
    ];
    let drawn = Drawn {
        noun: "Line chart",
        names: vec!["Ada".into(), "Fern".into(), "Kite".into()],
        dates: (1..8).map(year).collect(),
        raw: table.clone(),
        cells: table,
        averages: String::new(),
        stated: String::new(),
    };
    for sentence in [
        "Ada peaks in 2002 at 100, falls to 41 in 2004 and in 2006, then rises to 86",
        "Ada: 73 in 2001, 86 in 2007, lowest 41 in 2004 and in 2006, highest 100 in 2002",
        "Fern rises steadily from 20 to 79",
        "Values are missing between 2002 and 2004",
    ] {
        assert_eq!(drawn.judge_desc(&format!("{sentence}.")), Ok(()));
    }
    for (sentence, why) in [
        ("Ada falls to 41 in 2004 and in 2006, then rises to 86", "a peak is not told"),
        ("Ada peaks in 2002 at 100, then falls to 86", "a low is not told"),
        ("Ada peaks in 2002 at 100, falls to 41 in 2005, then rises to 86", "is not the value at 2005"),
        ("Ada peaks in 2002 at 99, falls to 41 in 2004, then rises to 86", "is not the value at 2002"),
        ("Ada: 73 in 2001, 86 in 2007, lowest 41 in 2004", "the value has 2 dates, not 1"),
        ("Ada: 73 in 2001, 86 in 2007, highest 86 in 2007", "is not the highest value"),
        ("Ada rises steadily from 73 to 86", "not steady"),
        ("Ada rises from 73 to 86, with ups and downs", "a peak is not told"),
        ("Ada stays near 86", "does not stay there"),
        ("Ada goes up and down between 41 and 86", "not an extreme"),
        ("Fern falls steadily from 20 to 79", "does not get further than it wavers"),
        ("Fern rises from 20 to 79, with ups and downs", "no ups and downs"),
        ("Fern rises steadily from 20 to 79, a small change on this axis", "no small change"),
        ("Fern goes up and down between 20 and 79", "hardly turns"),
        ("Fern passes Ada in 2007", "not ahead for three dates"),
        ("Fern passes Ada in 2005", "0 crossings in that time"),
        ("Fern passes Ada in 2002", "0 crossings in that time"),
        ("Kite: 0 in 2001, 1 in 2007, highest 4 in 2006", "is not the value at 2001"),
        ("Kite: 0.2 in 2001, 1 in 2007, lowest 0.2 in 2002, highest 4 in 2006", "is not the lowest value"),
        ("Kite stays below 1", "not below that"),
        ("Values are missing between 2004 and 2005", "no gap"),
        ("Ada and Fern rise", "expected a turn"),
        ("All is well", "expected a name"),
    ] {
        let judged = drawn.judge_desc(&format!("{sentence}."));
        assert!(judged.as_ref().is_err_and(|found| found.contains(why)), "{sentence}: {judged:?}, not {why}");
    }
    let start = "Line chart of values, 2001 to 2007, where";
    assert_eq!(drawn.judge_alt(&format!("{start} Ada is highest at the end.")), Ok(()));
    for finding in ["Fern is highest at the end", "Ada and Fern are level at the end", "Ada ends at 86"] {
        assert!(drawn.judge_alt(&format!("{start} {finding}.")).is_err(), "{finding}");
    }
}

const NAMES: [&str; 4] = ["Ada", "Fern", "Kite Runtime", "Zig"];

/// How one series goes.
fn values(count: usize) -> impl Strategy<Value = Vec<f64>> {
    let noise = prop::collection::vec(-1.0..1.0f64, count);
    let shape = 0..11usize;
    let scale = prop::sample::select(vec![
        1e-13, 1e-7, 0.003, 0.1, 1.0, 1.0, 10.0, 1000.0, 40_000.0, 3e7, 2e12, 1e18,
    ]);
    let round = prop::sample::select(vec![None, None, Some(0), Some(0), Some(1), Some(2)]);
    (noise, shape, scale, round, 2..9usize, any::<bool>(), -3.0..30.0f64).prop_map(
        move |(noise, shape, scale, round, period, flip, base)| {
            let part = |i: usize| i as f64 / count as f64;
            let mut walk = 0.0;
            let value = |(i, noise): (usize, &f64)| {
                walk += noise;
                match shape {
                    0 => walk,
                    1 => base,
                    2 => (i % period) as f64,
                    3 => base + noise * 1e-4,
                    4 => 10.0 * part(i) + noise * 0.3,
                    5 => libm_exp(part(i) * 6.0),
                    6 => f64::from(u8::from(i * 2 > count)) * 8.0,
                    7 => (part(i) * 3.0 * period as f64).sin() * 5.0 + base,
                    8 => 50.0 * part(i) + (i % period) as f64 * 4.0,
                    9 => {
                        if i == count / period {
                            40.0
                        } else {
                            base + noise
                        }
                    }
                    _ => base + noise * 3.0,
                }
            };
            let made: Vec<f64> = noise.iter().enumerate().map(value).collect();
            made.into_iter()
                .map(|value| {
                    let value = if flip { -value * scale } else { value * scale };
                    match round {
                        Some(decimals) => format!("{value:.decimals$}").parse::<f64>().unwrap() + 0.0,
                        None => value,
                    }
                })
                .collect()
        },
    )
}

fn libm_exp(power: f64) -> f64 {
    power.exp()
}

/// Rows of a table: how often there is one, and their dates.
fn dates(kind: usize, count: usize) -> Vec<(Date, String)> {
    let start = popchart::time::moment::Moment::ymd(2019, 11, 3).unwrap();
    let date = |i: usize| match kind {
        0 => (Date(1900 + i as i32, 0, 0, None), format!("{}", 1900 + i)),
        1 => {
            let (year, month) = (2001 + i as i32 / 12, i as u32 % 12 + 1);
            (Date(year, month, 0, None), format!("{year}-{month:02}"))
        }
        _ => {
            let seconds =
                [0, 0, 7 * 86_400, 86_400, 3600][kind] * i as i64 + if kind == 4 { 18_000 } else { 0 };
            let at = popchart::time::moment::Moment::from_seconds(start.seconds() + seconds);
            let day = at.date();
            let (year, month, date) = (i32::from(day.year()), day.month() as u32, day.day() as u32);
            let minute = (kind == 4).then(|| (at.second_of_day() / 60) as u32);
            let time =
                minute.map_or(String::new(), |minute| format!(" {:02}:{:02}", minute / 60, minute % 60));
            (Date(year, month, date, minute), format!("{year}-{month:02}-{date:02}{time}"))
        }
    };
    (0..count).map(date).collect()
}

/// Figures of one to four series, each of its own kind, with gaps and values below 1.
fn drawn() -> impl Strategy<Value = (Drawn, String)> {
    let count = prop_oneof![2 => 1..8usize, 2 => 8..40usize, 1 => 40..400usize, 1 => Just(1700usize)];
    (count, 1..5usize, 0..5usize, prop::sample::select(vec![0.0, 0.0, 0.1, 0.4]), any::<bool>())
        .prop_flat_map(|(count, series, kind, gaps, trends)| {
            // Years end with 2100, and one time alone is a day.
            let count = [count.min(190), count.min(400), count.min(400), count, count.max(3)][kind];
            let missing =
                prop::collection::vec(prop::collection::vec(prop::bool::weighted(gaps), count), series);
            let whole = prop::collection::vec(prop::collection::vec(-2..9i32, count), series);
            let decimal = prop::collection::vec(values(count), series);
            (decimal, whole, missing).prop_map(move |(decimal, whole, missing)| {
                // Google's export of search interest has weeks, whole numbers and `<1`.
                let trends = trends && kind == 2;
                let cell = |who: usize, at: usize| match (missing[who][at] && at > 0, trends) {
                    (true, _) => Cell::Nothing,
                    (_, false) => Cell::Is(decimal[who][at]),
                    _ if whole[who][at] < 0 => Cell::Below(1.0),
                    _ => Cell::Is(f64::from(whole[who][at] / 3 * who as i32)),
                };
                let text = |cell: Cell| match cell {
                    Cell::Is(value) => format!("{value}"),
                    Cell::Below(_) => "<1".to_owned(),
                    Cell::Nothing => String::new(),
                };
                let dates = dates(kind, count);
                let cells: Vec<Vec<Cell>> =
                    (0..series).map(|who| (0..count).map(|at| cell(who, at)).collect()).collect();
                let drawn: Vec<Vec<Cell>> = cells.iter().map(|cells| without_leading_zeros(cells)).collect();
                let names: Vec<String> = NAMES[..series].iter().map(ToString::to_string).collect();
                let header: String = names
                    .iter()
                    .map(|name| if trends { format!(",{name}: (Worldwide)") } else { format!(",{name}") })
                    .collect();
                let first = ["year", "month", if trends { "Week" } else { "date" }, "date", "time"][kind];
                let mut csv = format!("{first}{header}\n");
                for (at, (_, date)) in dates.iter().enumerate() {
                    let row: String = cells.iter().map(|cells| format!(",{}", text(cells[at]))).collect();
                    csv.push_str(&format!("{date}{row}\n"));
                }
                (
                    Drawn {
                        noun: "Line chart",
                        names,
                        dates: dates.into_iter().map(|(date, _)| date).collect(),
                        raw: drawn.clone(),
                        cells: drawn,
                        averages: String::new(),
                        stated: String::new(),
                    },
                    csv,
                )
            })
        })
}

/// The cells of a table as it is written.
fn cells_of(csv: &str) -> Vec<Vec<Cell>> {
    let rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|row| row.split(',').skip(1).collect()).collect();
    let cell = |text: &str| match text {
        "" => Cell::Nothing,
        "<1" => Cell::Below(1.0),
        number => Cell::Is(number.parse().unwrap()),
    };
    (0..rows[0].len()).map(|who| rows.iter().map(|row| cell(row[who])).collect()).collect()
}

/// Zeros before a first value are not drawn, unless the values fall below.
fn without_leading_zeros(cells: &[Cell]) -> Vec<Cell> {
    let known = || cells.iter().filter(|cell| **cell != Cell::Nothing);
    let zeros = known().take_while(|cell| **cell == Cell::Is(0.0)).count();
    let falls = known().any(|cell| matches!(cell, Cell::Is(value) if *value < 0.0));
    if falls || zeros < 2 || known().count() < zeros + 2 {
        return cells.to_vec();
    }
    let first = cells.iter().position(|cell| !matches!(cell, Cell::Nothing | Cell::Is(0.0))).unwrap();
    cells.iter().enumerate().map(|(at, cell)| if at < first { Cell::Nothing } else { *cell }).collect()
}

/// The same lines as averages of three; `None` where one of them has no three values in a row.
fn averaged(drawn: &Drawn, step: &str) -> Option<Drawn> {
    let number = |cell: &Cell| match cell {
        Cell::Is(value) => Some(*value),
        Cell::Below(bound) => Some(bound / 2.0),
        Cell::Nothing => None,
    };
    let mean = |cells: &[Cell]| {
        // The mean of bounds and zeros is only known to be below that of the bounds.
        let bounds: Option<Vec<f64>> = cells
            .iter()
            .map(|cell| match cell {
                Cell::Below(bound) => Some(*bound),
                Cell::Is(0.0) => Some(0.0),
                Cell::Is(_) | Cell::Nothing => None,
            })
            .collect();
        let bound = bounds.map_or(0.0, |bounds| bounds.iter().sum::<f64>() / 3.0);
        if bound > 0.0 {
            // Said in two digits, and never less: a third is below 0.34.
            return Cell::Below((bound * 100.0 - 1e-9).ceil() / 100.0);
        }
        let values: Option<Vec<f64>> = cells.iter().map(number).collect();
        values.map_or(Cell::Nothing, |values| Cell::Is(values.iter().sum::<f64>() / 3.0))
    };
    let line = |cells: &Vec<Cell>| {
        let means: Vec<Cell> = cells.windows(3).map(mean).collect();
        let is_drawn = means.iter().any(|cell| *cell != Cell::Nothing);
        is_drawn.then(|| [vec![Cell::Nothing], means, vec![Cell::Nothing]].concat())
    };
    Some(Drawn {
        noun: drawn.noun,
        names: drawn.names.clone(),
        dates: drawn.dates.clone(),
        cells: drawn.raw.iter().map(line).collect::<Option<_>>()?,
        raw: drawn.raw.clone(),
        averages: format!(", 3-{step} averages"),
        stated: String::new(),
    })
}

fn held(drawn: &Drawn, csv: &str, lines: &str) -> Result<(), TestCaseError> {
    let said = said(csv, lines);
    // Of many gaps the reader may make something else.
    prop_assume!(said.table[0][1..=drawn.names.len()] == drawn.names[..]);
    for (text, judged) in
        [(&said.alt, drawn.judge_alt(&said.alt)), (&said.desc, drawn.judge_desc(&said.desc))]
    {
        if let Err(why) = judged {
            prop_assert!(false, "{text}\n{why}\n{csv}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_sentence_on_lines_holds_against_the_values((drawn, csv) in drawn()) {
        held(&drawn, &csv, LINE)?;
    }

    #[test]
    fn every_sentence_on_other_kinds_over_time_holds_against_the_values(
        (drawn, csv) in drawn(),
        (chart, noun) in prop::sample::select(vec![("multiples", "Line charts"), ("area", "Stacked area chart"), ("dot", "Dot chart")]),
    ) {
        // In a stack nothing is a value like any other.
        let cells = if chart == "area" { cells_of(&csv) } else { drawn.cells.clone() };
        let judged = Drawn { noun, raw: cells.clone(), cells, ..drawn };
        held(&judged, &csv, &format!("chart = \"{chart}\"\nlast_period = \"keep\""))?;
    }

    #[test]
    fn every_sentence_on_ranks_holds_against_the_ranks((drawn, csv) in drawn()) {
        prop_assume!(drawn.names.len() > 1 && drawn.dates[0].2 == 0);
        let place = |who: usize, at: usize| match drawn.cells[who][at] {
            Cell::Is(own) => {
                let above = |cells: &&Vec<Cell>| matches!(cells[at], Cell::Is(other) if other > own);
                // The best rank is the least: a judge of what is higher sees its sign turned.
                Cell::Is(-1.0 - drawn.cells.iter().filter(above).count() as f64)
            }
            _ => Cell::Nothing,
        };
        let all = |who: usize| (0..drawn.dates.len()).map(|at| place(who, at)).collect::<Vec<_>>();
        let cells: Vec<Vec<Cell>> = (0..drawn.names.len()).map(all).collect();
        let (header, rows) = csv.split_once('\n').unwrap();
        let row = |(at, row): (usize, &str)| {
            let rank = |cells: &Vec<Cell>| match cells[at] {
                Cell::Is(rank) => format!(",{}", -rank),
                _ => ",".to_owned(),
            };
            let date = row.split(',').next().unwrap();
            format!("{date}{}\n", cells.iter().map(rank).collect::<String>())
        };
        let csv = format!("{header}\n{}", rows.lines().enumerate().map(row).collect::<String>());
        let said = said_of(&csv, "basis = \"rank\"", "chart = \"rank\"\nlast_period = \"keep\"");
        prop_assume!(said.table[0][1..] == drawn.names[..]);
        let at = |at: usize| cells.iter().map(move |cells| cells[at]).filter(|cell| *cell != Cell::Nothing);
        let is_shared = |date: &usize| at(*date).any(|one| at(*date).filter(|other| *other == one).count() > 1);
        let (shared, dates) = ((0..drawn.dates.len()).filter(is_shared).count(), drawn.dates.len());
        let dates = (0..dates).filter(|date| at(*date).next().is_some()).count();
        let plural = if dates == 1 { "date" } else { "dates" };
        let note = if shared == 0 { String::new() } else { format!(" Some share a rank, at {shared} of {dates} {plural}.") };
        let note = format!(" Note: The numbers are ranks: 1 is the highest.{note}");
        let turned = |text: &str| {
            let word = |word: &str| match word.trim_end_matches([',', '.', ':']) {
                "1" | "2" | "3" | "4" => format!("\u{2212}{word}"),
                _ => word.to_owned(),
            };
            text.split(' ').map(word).collect::<Vec<_>>().join(" ")
        };
        let judged = Drawn { noun: "Rank chart", raw: cells.clone(), cells: cells.clone(), ..drawn };
        // What has no room is left away, the note before trends.
        let desc = said.desc.replace(&note, "");
        for (text, verdict) in [
            (&said.alt, judged.judge_finding(&turned(&said.alt))),
            (&said.desc, judged.judge_sentences(&turned(&desc))),
        ] {
            if let Err(why) = verdict {
                prop_assert!(false, "{text}\n{why}\n{note}\n{csv}");
            }
        }
    }

    #[test]
    fn every_sentence_on_averages_holds_against_the_averages((drawn, csv) in drawn()) {
        let step = match drawn.dates[..] {
            [Date(_, 0, ..), ..] => "year",
            [Date(_, _, 0, _), ..] => "month",
            [Date(.., Some(_)), ..] => "hour",
            [Date(_, _, one, _), Date(_, _, other, _), ..] if one + 7 == other => "week",
            _ => "day",
        };
        if let Some(drawn) = averaged(&drawn, step) {
            held(&drawn, &csv, &format!("{LINE}\naverage = 3"))?;
        }
    }
}
