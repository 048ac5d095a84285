//! One frame behind a picture and all that is said of it: periods combined alike for every kind of chart, ends
//! that are not whole, sums of which a part is missing, bounds, ranks, and claims that data cannot decide.

use std::fmt::Write as _;

use popchart::claim;
use popchart::frame::Frame;
use popchart::kind;
use popchart::spec::FigureSpec;
use popchart::tell;
use proptest::prelude::*;

use crate::figures::figure;

/// A figure that can be drawn, with its words: title, note, description and table.
struct Told {
    title: String,
    note: String,
    table: Vec<Vec<String>>,
}

fn frame(csv: &str, columns: &str, lines: &str) -> (FigureSpec, Frame) {
    let (spec, frame) = figure(csv, columns, lines);
    let frame = frame.map_err(|report| report.to_string()).unwrap();
    (spec, frame)
}

fn told(csv: &str, columns: &str, lines: &str) -> Told {
    let (spec, frame) = frame(csv, columns, lines);
    let words = claim::words(&spec, &frame).map_err(|report| report.to_string()).unwrap();
    Told { title: words.title, note: words.note, table: tell::table(&spec, &frame) }
}

/// What the claims of a figure break, in lines.
fn claims(csv: &str, columns: &str, lines: &str) -> Vec<String> {
    let (spec, frame) = frame(csv, columns, lines);
    claim::check(&spec, &frame).diagnostics.into_iter().map(|fault| fault.message).collect()
}

/// Two series of daily counts from one day to another: ten a day, and one a day.
fn daily(from: &str, to: &str) -> String {
    let mut csv = "date,who,n\n".to_owned();
    let (mut day, last): (jiff::civil::Date, jiff::civil::Date) =
        (from.parse().unwrap(), to.parse().unwrap());
    while day <= last {
        writeln!(csv, "{day},A,10\n{day},B,1").unwrap();
        day = day.tomorrow().unwrap();
    }
    csv
}

const SUM: &str = "each = \"month\"\ncombine = \"sum\"\nclaims = [\"A > B\"]";

#[test]
fn a_bar_of_a_month_is_the_sum_of_its_days() {
    let csv = daily("2024-11-24", "2025-03-24");
    let at = |at: &str| {
        told(
            &csv,
            "",
            &format!("chart = \"bar\"\ntitle = \"{{leader}} {{value: A}} in {{date}}\"\n{SUM}\n{at}"),
        )
    };
    let named = at("at = \"2025-01\"");
    assert_eq!((named.title.as_str(), named.note.as_str()), ("A 310 in January 2025", ""));
    assert_eq!(named.table, [["subject", "n"], ["A", "310"], ["B", "31"]]);
    let latest = at("");
    assert_eq!(latest.title, "A 280 in February 2025");
    assert_eq!(latest.note, "Note: The last month, March 2025, was incomplete and is left out.");
    let partial = at("at = \"2025-03\"");
    assert_eq!(partial.title, "A 240 in March 2025");
    assert_eq!(partial.note, "Note: The last month, March 2025, was incomplete.");
}

#[test]
fn months_of_days_are_one_line_and_the_months_at_its_ends_are_judged() {
    let csv = daily("2024-11-24", "2025-04-10");
    let with = |rule: &str| {
        let lines = format!("chart = \"line\"\ntitle = \"T\"\n{SUM}\n{rule}");
        let (spec, frame) = frame(&csv, "", &lines);
        let note = claim::words(&spec, &frame).unwrap().note;
        let popchart::figure::Marks::Lines { series, .. } = &kind::marks(&spec, &frame).unwrap()[0].marks
        else {
            panic!("expected lines")
        };
        let values: Vec<Option<f64>> = series[0].points.iter().map(|point| point.value).collect();
        (values, series[0].partial_start, series[0].partial, note)
    };
    let whole = [310.0, 310.0, 280.0, 310.0].map(Some).to_vec();
    let (values, start, end, note) = with("");
    assert_eq!((values, start, end), (whole.clone(), false, false));
    assert_eq!(
        note,
        "Note: The first and last months, November 2024 and April 2025, were incomplete and are left out."
    );
    let (values, start, end, note) = with("first_period = \"dash\"\nlast_period = \"dash\"");
    assert_eq!((values.len(), values[0], values[5], start, end), (6, Some(70.0), Some(100.0), true, true));
    assert!(note.ends_with("November 2024 and April 2025, were incomplete and are drawn hollow."), "{note}");
    let (values, _, end, note) = with("first_period = \"drop\"\nlast_period = \"keep\"");
    assert_eq!((values.len(), values[4], end), (5, Some(100.0), false));
    assert_eq!(
        note,
        "Note: The first month, November 2024, was incomplete and is left out. The last month, April 2025, was incomplete."
    );
}

#[test]
fn years_that_are_not_whole_are_drawn_hollow_where_hardly_any_other_is_left() {
    let csv = daily("2023-11-24", "2025-03-24");
    let lines = "chart = \"line\"\ntitle = \"T\"\neach = \"year\"\ncombine = \"sum\"\nclaims = [\"A > B\"]";
    let told = told(&csv, "", lines);
    assert_eq!(
        told.note,
        "Note: The first and last years, 2023 and 2025, were incomplete and are drawn hollow."
    );
    assert_eq!(told.table[1..], [["2023", "380", "38"], ["2024", "3660", "366"], ["2025", "830", "83"]]);
}

#[test]
fn claims_and_placeholders_take_what_is_drawn() {
    let csv = daily("2024-11-24", "2025-03-24");
    let lines = |claims: &str| {
        format!(
            "chart = \"line\"\ntitle = \"{{value: A}} in {{date}}\"\neach = \"month\"\ncombine = \"sum\"\nclaims = [{claims}]"
        )
    };
    assert_eq!(told(&csv, "", &lines("\"A > B\"")).title, "280 in February 2025");
    assert_eq!(claims(&csv, "", &lines("\"A > 300 at 2025-01\", \"A >= 10 x B at every date\"")), [""; 0]);
    assert_eq!(claims(&csv, "", &lines("\"A > 300\"")), ["claim does not hold: A > 300: A 280 at 2025-02"]);
    let mean = "chart = \"line\"\ntitle = \"{value: A} in {date}\"\naverage = 3\nclaims = [\"A > 4\"]";
    let csv = "year,A\n2001,1\n2002,2\n2003,6\n2004,4\n";
    assert_eq!(claims(csv, "", mean), ["claim does not hold: A > 4: A 4 at 2003"]);
}

#[test]
fn an_average_of_an_even_number_of_steps_is_centred_and_named_so() {
    let csv = daily("2024-01-01", "2025-12-31");
    let lines = "chart = \"line\"\ntitle = \"T\"\neach = \"month\"\ncombine = \"sum\"\naverage = 12\nclaims = [\"A > B\"]";
    let told = told(&csv, "", lines);
    assert_eq!(
        told.note,
        "Note: The centred 2 × 12-month averages stop 6\u{a0}months before each end; the faint lines are the monthly values."
    );
    let averages: Vec<&Vec<String>> = told.table.iter().skip(1).filter(|row| !row[3].is_empty()).collect();
    assert_eq!((averages[0][0].as_str(), averages[averages.len() - 1][0].as_str()), ("2024-07", "2025-06"));
    // January 2024 and January 2025 count half each: a year of 366 days by one way, 365 by the other.
    assert_eq!(averages[0][3], "305");
    assert_eq!(averages[11][3], "304.166667");
}

#[test]
fn a_sum_of_which_a_part_is_missing_is_not_drawn_and_says_so() {
    let csv = "Portal;A;B;C\nIndeed;100;70;35\nLinkedIn;300;80;120\nStepStone;20;10;n/a\n";
    let lines = "chart = \"bar\"\ncombine = \"sum\"\ntitle = \"{leader}\"\nclaims = [\"A > B\", \"C > 100\"]";
    let told = told(csv, "", lines);
    assert_eq!(told.note, "Note: No sum is drawn of which a part is missing: C (no value in StepStone).");
    assert_eq!(told.table[1..], [["A", "420"], ["B", "160"], ["C", ""]]);
    assert_eq!(claims(csv, "", lines), ["claim is undecided: C > 100: a part of the sum of C is missing"]);
    let long = "date,who,n\n2024-01-01,A,1\n2024-01-02,A,1\n2024-01-03,A,1\n2024-01-04,A,\n2024-01-05,A,1\n";
    let days: String = (6..=31).map(|day| format!("2024-01-{day:02},A,1\n")).collect();
    let next: String = (1..=29).map(|day| format!("2024-02-{day:02},A,1\n")).collect();
    let march: String = (1..=31).map(|day| format!("2024-03-{day:02},A,1\n")).collect();
    let csv = format!("{long}{days}{next}{march}");
    let lines = "chart = \"line\"\ntitle = \"T\"\neach = \"month\"\ncombine = \"sum\"\nclaims = [\"A > 1\"]";
    let told = self::told(&csv, "", lines);
    assert_eq!(told.note, "Note: No sum is drawn of which a part is missing: A in January 2024.");
    assert_eq!(told.table[1..], [["2024-02", "29"], ["2024-03", "31"]]);
}

#[test]
fn a_mean_or_last_value_of_a_period_says_what_it_lacks() {
    let csv = daily("2024-01-01", "2024-06-30");
    let without = |gone: &[&str]| {
        let kept = csv.lines().filter(|line| !gone.iter().any(|gone| line.starts_with(gone)));
        kept.map(|line| format!("{line}\n")).collect::<String>()
    };
    let inner = without(&["2024-03-2", "2024-03-05,B"]);
    let note = |csv: &str, lines: &str| {
        let lines = format!("title = \"T\"\neach = \"month\"\nclaims = [\"A > B\"]\n{lines}");
        told(csv, "", &lines).note.replace('\u{a0}', " ")
    };
    let mean = |csv: &str, lines: &str| note(csv, &format!("combine = \"mean\"\n{lines}"));
    let last = |csv: &str, lines: &str| note(csv, &format!("combine = \"last\"\n{lines}"));
    assert_eq!(mean(&csv, "chart = \"line\""), "");
    assert_eq!(last(&csv, "chart = \"line\""), "");
    assert_eq!(
        mean(&inner, "chart = \"line\""),
        "Note: 2 values lack days, most that of B in March 2024, which is made of 20 of 31 days."
    );
    assert_eq!(
        note(
            &without(&["2024-03-2,"]).replace("2024-04-10,A,10", "2024-04-10,A,"),
            "combine = \"mean\"\nchart = \"line\""
        ),
        "Note: The value of A in April 2024 is made of 29 of 30 days."
    );
    assert_eq!(
        mean(&inner, "chart = \"bar\"\nat = \"2024-03\"\nsubjects = [\"A\", \"B\"]"),
        "Note: 2 values lack days, most that of B in March 2024, which is made of 20 of 31 days."
    );
    // What is not drawn is not told of.
    assert_eq!(mean(&inner, "chart = \"bar\""), "");
    assert_eq!(mean(&inner, "chart = \"line\"\nfrom = \"2024-04\""), "");
    // The last value stands for the month whatever is missing before it.
    assert_eq!(last(&inner, "chart = \"line\""), "");
    assert_eq!(
        last(&without(&["2024-03-2", "2024-03-3", "2024-04-30,B"]), "chart = \"line\""),
        "Note: 3 values are not of the end of their period, least that of A in March 2024, which is that of 19 March 2024."
    );
    assert_eq!(
        last(&without(&["2024-04-30,B"]), "chart = \"line\""),
        "Note: The value of B in April 2024 is that of 29 April 2024."
    );
}

#[test]
fn a_sum_that_lacks_a_part_is_told_before_ends_that_are_not_whole() {
    let csv = daily("2024-01-10", "2024-05-20").replace("2024-03-05,B,1\n", "2024-03-05,B,\n");
    for (rule, rest) in [
        ("keep", "were incomplete."),
        ("dash", "were incomplete and are drawn hollow."),
        ("drop", "were incomplete and are left out."),
    ] {
        let rules = format!("first_period = \"{rule}\"\nlast_period = \"{rule}\"");
        let told = told(&csv, "", &format!("chart = \"line\"\ntitle = \"T\"\n{rules}\n{SUM}"));
        let lacking = "No sum is drawn of which a part is missing: B in March 2024";
        let ends = format!("The first and last months, January 2024 and May 2024, {rest}");
        assert_eq!(told.note, format!("Note: {lacking}. {ends}"));
    }
}

#[test]
fn a_period_is_named_by_itself_or_a_time_within_it_and_not_by_a_longer_one() {
    let csv = daily("2024-01-10", "2024-06-15");
    let bar = |lines: &str| {
        let told =
            told(&csv, "", &format!("chart = \"bar\"\ntitle = \"{{value: A}} in {{date}}\"\n{SUM}\n{lines}"));
        (told.title, told.note)
    };
    let incomplete = "Note: The last month, June 2024, was incomplete.";
    for (lines, title, note) in [
        ("at = \"2024\"", "310 in May 2024", ""),
        ("at = \"2024-Q2\"", "310 in May 2024", ""),
        ("at = \"2024-06\"", "150 in June 2024", incomplete),
        ("at = \"2024-06-03\"", "150 in June 2024", incomplete),
        // Bars are never hollow.
        ("last_period = \"dash\"", "150 in June 2024", incomplete),
    ] {
        assert_eq!(bar(lines), (title.into(), note.into()), "{lines}");
    }
}

#[test]
fn of_an_only_period_that_is_not_whole_one_thing_is_said() {
    let csv = daily("2024-01-03", "2024-01-20");
    let of = |chart: &str| told(&csv, "", &format!("chart = \"{chart}\"\ntitle = \"T\"\n{SUM}")).note;
    assert_eq!(of("line"), "Note: The only month, January 2024, was incomplete and is drawn hollow.");
    assert_eq!(of("bar"), "Note: The only month, January 2024, was incomplete.");
    let rule = "first_period = \"drop\"";
    assert_eq!(
        refused(&csv, "", &format!("chart = \"line\"\ntitle = \"T\"\n{rule}\n{SUM}")),
        "\
error[too-little-left]: figure `test`: cannot leave out the last period, January 2024: too little would remain
  --> popchart.toml:10:16
   |
10 | first_period = \"drop\"
   |                ^^^^^^
hint: keep it with `first_period = \"tell\"`
"
    );
}

#[test]
fn a_running_total_says_where_it_starts() {
    let csv = daily("2024-01-10", "2024-06-15");
    let told =
        told(&csv, "", &format!("chart = \"line\"\ntitle = \"{{value: A}}\"\ncumulative = true\n{SUM}"));
    assert_eq!(told.title, "1,210");
    assert!(
        told.note.ends_with(" Each value is the sum of all from February 2024 up to its date."),
        "{}",
        told.note
    );
}

#[test]
fn weeks_from_sunday_on_stay_weeks_from_sunday_on() {
    let csv = "week,A,B\n2023-12-31,1,2\n2024-01-07,2,3\n2024-01-14,3,4\n2024-01-21,4,5\n";
    for combine in ["sum", "mean", "last"] {
        let lines = format!(
            "title = \"{{date}}\"\neach = \"week\"\ncombine = \"{combine}\"\nunit = \"count\"\nclaims = [\"B > A at 2024-01-07\"]"
        );
        let line = told(csv, "", &format!("chart = \"line\"\n{lines}"));
        assert_eq!((line.table[1][0].as_str(), line.title.as_str()), ("2023-12-31", "21\u{a0}January 2024"));
        assert_eq!(
            told(csv, "", &format!("chart = \"bar\"\nat = \"2024-01-07\"\n{lines}")).title,
            "7\u{a0}January 2024"
        );
    }
    assert_eq!(
        told(
            &daily("2024-01-07", "2024-01-28"),
            "",
            &format!("chart = \"line\"\ntitle = \"T\"\n{}", SUM.replace("month", "week"))
        )
        .table[1],
        ["2024-01-08", "70", "7"]
    );
}

#[test]
fn a_claim_about_sums_that_lack_a_part_is_undecided_at_any_date() {
    let csv = daily("2024-01-01", "2024-04-30").replace("2024-02-05,A,10\n", "2024-02-05,A,\n");
    let csv = csv.replace("2024-02-06,B,1\n", "2024-02-06,B,\n");
    let lines = "chart = \"line\"\ntitle = \"T\"\neach = \"month\"\ncombine = \"sum\"\nclaims = [\"A > B at 2024-02\"]";
    assert_eq!(
        claims(&csv, "", lines),
        ["claim is undecided: A > B at 2024-02: a part of the sum of A is missing"]
    );
}

#[test]
fn an_average_that_holds_a_torn_period_says_so() {
    let csv = daily("2024-01-10", "2024-06-15");
    let rules = "first_period = \"keep\"\nlast_period = \"dash\"";
    let lines = format!("chart = \"line\"\ntitle = \"T\"\naverage = 3\n{rules}\n{SUM}");
    let note = told(&csv, "", &lines).note;
    assert!(
        note.starts_with("Note: The first and last months, January 2024 and June 2024, were incomplete. "),
        "{note}"
    );
}

#[test]
fn where_no_sum_is_whole_the_error_says_so() {
    let weekend = |day: u32| matches!((day + 1) % 7, 0 | 1);
    let rows: String =
        (1..=31).filter(|day| !weekend(*day)).map(|day| format!("2024-01-{day:02},A,1\n")).collect();
    let error =
        refused(&format!("date,who,n\n{rows}"), "", &format!("chart = \"line\"\ntitle = \"T\"\n{SUM}"));
    assert!(
        error.starts_with(
            "error[nothing-to-draw]: figure `test`: nothing to draw: a part is missing of every sum\n"
        ) && error.ends_with(
            "hint: use \"mean\" or \"last\" in `combine`, or fill in what is missing in the data\n"
        ),
        "{error}"
    );
}

#[test]
fn who_has_no_whole_sum_at_all_is_told() {
    let csv = daily("2023-01-01", "2024-12-31");
    let late: String = csv
        .lines()
        .filter(|line| *line < "2023-09-05" || !line.ends_with("B,1"))
        .collect::<Vec<_>>()
        .join("\n");
    let early: String = csv
        .lines()
        .filter(|line| *line > "2023-09-05" || !line.ends_with("B,1"))
        .collect::<Vec<_>>()
        .join("\n");
    for (csv, note) in [
        (late, "Note: No sum is drawn of which a part is missing: B."),
        (early, "Note: No sum is drawn of which a part is missing: B."),
    ] {
        let lines = "chart = \"line\"\ntitle = \"T\"\neach = \"year\"\ncombine = \"sum\"\nto = \"2023-12\"\nclaims = [\"A > 1\"]";
        let told = self::told(&csv, "", lines);
        assert_eq!(
            (told.note.as_str(), &told.table[1..]),
            (note, &[vec!["2023".to_owned(), "3650".into()]][..])
        );
    }
}

#[test]
fn empty_cells_before_and_after_all_values_are_as_no_cells() {
    let csv = daily("2024-01-10", "2024-05-20");
    let days = |from: u32, to: u32, month: u32| {
        (from..=to)
            .map(|day| format!("2024-{month:02}-{day:02},A,\n2024-{month:02}-{day:02},B,\n"))
            .collect::<String>()
    };
    let padded =
        csv.replacen("date,who,n\n", &format!("date,who,n\n{}", days(1, 9, 1)), 1) + "\n" + &days(21, 31, 5);
    let lines = "chart = \"line\"\ntitle = \"T\"\nfirst_period = \"dash\"\nlast_period = \"keep\"";
    let told = |csv: &str| told(csv, "", &format!("{lines}\n{SUM}"));
    assert_eq!(told(&csv).table[1], ["2024-01", "220", "22"]);
    assert_eq!((told(&padded).table, told(&padded).note), (told(&csv).table, told(&csv).note));
}

const INTEREST: &str =
    "Month,A: (World),B: (World),C: (World)\n2001-01,80,20,<1\n2001-02,90,20,1\n2001-03,86,20,<1\n";

#[test]
fn a_ratio_to_a_bound_is_more_than_a_number() {
    let with = |title: &str, claim: &str| {
        format!(
            "chart = \"line\"\nunit = \"index\"\nlast_period = \"keep\"\ntitle = \"{title}\"\nclaims = [\"{claim}\"]"
        )
    };
    let told = told(INTEREST, "", &with("A is searched {ratio: A / C} as often as C, {value: C}", "A > B"));
    assert_eq!(told.title, "A is searched more than 86\u{a0}times as often as C, below 1");
    assert_eq!(
        claims(INTEREST, "", &with("T", "A >= 100 x C")),
        ["claim is undecided: A >= 100 x C: A 86, C below 1 at 2001-03: a value is only known to be below 1"]
    );
    assert_eq!(claims(INTEREST, "", &with("T", "A >= 50 x C")), [""; 0]);
    assert_eq!(
        claims(INTEREST, "", &with("T", "C > 1")),
        ["claim does not hold: C > 1: C below 1 at 2001-03"]
    );
    let (spec, frame) = figure(INTEREST, "", &with("{last} is last", "A > B"));
    assert_eq!(claim::words(&spec, &frame.unwrap()).unwrap().title, "C is last");
}

#[test]
fn what_rounding_hides_is_undecided() {
    let csv = "Month,A: (World),B: (World)\n2001-01,57,57\n2001-02,58,57\n2001-03,57,57\n2001-04,60,30\n2001-05,40,20\n";
    let of = |claim: &str| {
        let lines = format!(
            "chart = \"line\"\nunit = \"index\"\nlast_period = \"keep\"\ntitle = \"T\"\nclaims = [\"{claim}\"]"
        );
        claims(csv, "", &lines)
    };
    assert_eq!(
        of("A > B at 2001-03"),
        [
            "claim is undecided: A > B at 2001-03: A 57, B 57 at 2001-03: the values are rounded, and too near each other"
        ]
    );
    assert_eq!(of("A > B at 2001-02"), [""; 0]);
    assert_eq!(of("A >= 2 x B at 2001-04").len(), 1);
    assert_eq!(of("A >= 1.8 x B at 2001-04"), [""; 0]);
    assert!(of("A rises since 2001")[0].contains("does not hold"));
}

#[test]
fn a_ratio_says_no_more_than_rounding_lets_it() {
    let csv = "Month,A: (World),B: (World)\n2001-01,2,1\n2001-02,60,30\n2001-03,90,30\n2001-04,100,50\n2001-05,60,<1\n2001-06,100,10\n";
    for (at, said) in [
        ("2001-01", "One to five times"),
        ("2001-02", "About twice"),
        ("2001-03", "About three times"),
        ("2001-04", "Twice"),
        ("2001-05", "More than 60\u{a0}times"),
        ("2001-06", "About ten times"),
    ] {
        let lines = format!(
            "chart = \"line\"\nunit = \"index\"\nlast_period = \"keep\"\ntitle = \"{{ratio: A / B at {at}}}\"\nclaims = [\"A > B at 2001-04\"]"
        );
        assert_eq!(told(csv, "", &lines).title, said, "{at}");
    }
    let exact = "year,A,B\n2001,2,1\n2002,2,1\n";
    let lines = "chart = \"line\"\ntitle = \"{ratio: A / B}\"\nclaims = [\"A >= 2 x B\"]";
    assert_eq!(told(exact, "", lines).title, "Twice");
}

#[test]
fn who_has_no_value_where_a_placeholder_ranks_is_told() {
    let csv = "year,A,B,C\n2001,5,2,9\n2002,5,3,9\n2003,5,4,\n";
    let told = |title: &str| {
        let lines = format!("chart = \"line\"\ntitle = \"{title}\"\nclaims = [\"A > B\"]");
        let (spec, frame) = frame(csv, "", &lines);
        let report = claim::check(&spec, &frame);
        assert!(!report.has_errors());
        report.diagnostics.into_iter().map(|fault| (fault.message, fault.hints.concat())).collect::<Vec<_>>()
    };
    let warning =
        |hint: &str| [("a placeholder ranks without `C`: no value at 2003".to_owned(), hint.to_owned())];
    assert_eq!(told("{leader} leads"), warning("rank at a date at which all have a value, as `at 2002`"));
    assert_eq!(told("{leader at 2002} led"), []);
    let bar = "chart = \"bar\"\ntitle = \"{leader} leads\"\nclaims = [\"A > B\"]";
    assert_eq!(claims(csv, "", bar), [""; 0]);
    assert_eq!(
        self::told(csv, "", &format!("{bar}\nsubjects = [\"A\", \"B\", \"C\"]")).note,
        "Note: No value is known for C."
    );
}

#[test]
fn panels_of_one_measure_are_told_apart_by_their_titles() {
    let csv = "year,who,n\n2001,A,5\n2001,B,2\n2003,A,7\n2003,B,4\n";
    let panel =
        |at: &str| format!("{{ measure = \"n\", title = \"Early or late, {{date}}\", at = \"{at}\" }}");
    let lines = format!(
        "chart = \"facets\"\ntitle = \"T\"\nclaims = [\"A > B in every group\"]\npanels = [{}, {}]",
        panel("2001"),
        panel("2003")
    );
    let (spec, frame) = frame(csv, "subject = \"who\"\nvalues = [\"n\"]", &lines);
    let words = claim::words(&spec, &frame).unwrap();
    assert_eq!(
        tell::describe(&spec, &frame, &words).alt.replace('\u{a0}', " "),
        "Bar charts of n for A and B, where A leads in Early or late, 2001 and Early or late, 2003."
    );
}

#[test]
fn of_what_is_no_index_whole_numbers_are_exact() {
    let lines = "chart = \"bar\"\ntitle = \"T\"\nclaims = [\"A > B\"]";
    assert_eq!(claims("who,n\nA,57\nB,57\n", "", lines), ["claim does not hold: A > B: A 57, B 57"]);
}

#[test]
fn a_period_that_is_finer_than_the_data_is_refused() {
    let lines = "chart = \"line\"\ntitle = \"T\"\neach = \"day\"\ncombine = \"sum\"\nclaims = [\"A > 0\"]";
    let (_, frame) = figure("month,A\n2001-01,1\n2001-02,1\n2001-03,2\n", "", lines);
    assert_eq!(
        frame.unwrap_err().to_string(),
        "\
error[each-too-short]: figure `test`: cannot make a value each day of values each month
  --> popchart.toml:10:8
   |
10 | each = \"day\"
   |        ^^^^^
hint: use a longer period in `each`, or leave it out
"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// However days are combined: the bar of a month, the line's point, the table's cell and the placeholder agree.
    #[test]
    fn a_number_is_the_same_wherever_it_is_said(
        days in 40..200_usize,
        start in 0..400_i32,
        seed in 1..1_000_u32,
        how in prop::sample::select(vec!["sum", "mean", "last"]),
        each in prop::sample::select(vec!["week", "month", "quarter"]),
    ) {
        let first = jiff::civil::date(2020, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
        let mut csv = "date,who,n\n".to_owned();
        for (index, day) in first.series(jiff::Span::new().days(1)).take(days).enumerate() {
            let value = (index as u32 * 7919 + seed * 31) % 1000;
            writeln!(csv, "{day},A,{value}").unwrap();
        }
        let lines = |chart: &str| format!(
            "chart = \"{chart}\"\ntitle = \"{{value: A}}\"\neach = \"{each}\"\ncombine = \"{how}\"\nclaims = [\"A >= 0\"]\n\
             first_period = \"keep\"\nlast_period = \"keep\""
        );
        let (line, bar) = (told(&csv, "", &lines("line")), told(&csv, "", &lines("bar")));
        prop_assert_eq!(&line.title, &bar.title);
        let last = line.table.last().unwrap()[1].clone();
        prop_assert_eq!(&last, &bar.table[1][1]);
        let plain: f64 = last.parse().unwrap();
        let said: f64 = line.title.replace(',', "").parse().unwrap();
        prop_assert!((plain - said).abs() <= 0.05 + plain.abs() * 1e-3, "{} {}", plain, said);
    }
}

/// A table of ranks, newest date first, as a long-term index has it.
const RANKS: &str =
    "Programming Language,2026,2021,2016\nPython,1,2,4\nC,2,1,2\nJava,3,3,1\nC#,4,5,5\nRust,13,26,\n";

#[test]
fn of_ranks_the_lowest_number_leads() {
    let with =
        |title: &str, claims: &str| format!("chart = \"line\"\ntitle = \"{title}\"\nclaims = [{claims}]");
    let sound = "\"Python > C > Java > C#\", \"C passes Java in 2021\", \"Rust rises since 2016\", \"Python peaks in 2026\", \"Rust > 20\"";
    let (spec, ranks) = frame(RANKS, "", &with("{leader} leads, {second} follows, {last} is last", sound));
    assert_eq!(claim::words(&spec, &ranks).unwrap().title, "Python leads, C follows, Rust is last");
    let told: Vec<String> = claim::check(&spec, &ranks).diagnostics.into_iter().map(|d| d.message).collect();
    assert_eq!(told, ["claim cannot be checked: Rust rises since 2016: fewer than 3 values since 2016"]);
    assert_eq!(
        claims(RANKS, "", &with("T", "\"C > Python\", \"Python >= 2 x C\", \"Rust > 10\"")),
        [
            "claim does not hold: C > Python: C 2, Python 1 at 2026",
            "claim cannot be checked: Python >= 2 x C: ranks have no multiples",
            "claim does not hold: Rust > 10: Rust 13 at 2026",
        ]
    );
    let (spec, ranks) = frame(RANKS, "", &with("{ratio: Java / Python}", "\"Python > C\""));
    let fault = claim::words(&spec, &ranks).unwrap_err().to_string();
    assert!(fault.contains("cannot fill in a placeholder: ranks have no multiples\n"), "{fault}");
    let (spec, bars) = frame(RANKS, "", "chart = \"bar\"\ntitle = \"T\"\nclaims = [\"Python > C\"]");
    assert_eq!(
        kind::marks(&spec, &bars).unwrap_err().to_string(),
        "\
error[unsuitable-chart]: figure `test`: cannot draw bars of ranks: the longest would be the last
 --> popchart.toml:8:9
  |
8 | chart = \"bar\"
  |         ^^^^^
hint: use `chart = \"line\"` for ranks over time, or draw what the ranks were made of
"
    );
}

#[test]
fn floors_have_no_multiples() {
    let csv = "Trends,Search volume,Started,Ended\nalpha,200K+,a,b\nbeta,50K+,a,b\n";
    let lines =
        |title: &str, claim: &str| format!("chart = \"bar\"\ntitle = \"{title}\"\nclaims = [\"{claim}\"]");
    assert_eq!(
        claims(csv, "", &lines("T", "alpha >= 2 x beta")),
        [
            "claim cannot be checked: alpha >= 2 x beta: of floors it is not known how many times one is another"
        ]
    );
    let (spec, floors) = frame(csv, "", &lines("{ratio: alpha / beta}", "alpha > beta"));
    assert!(claim::words(&spec, &floors).unwrap_err().to_string().contains("placeholder: of floors"));
    let (spec, floors) = frame(csv, "", &lines("T", "alpha > beta"));
    let words = claim::words(&spec, &floors).unwrap();
    let told = tell::describe(&spec, &floors, &words);
    assert!(
        told.alt.ends_with("where alpha leads with 200,000.") && !told.desc.contains("times"),
        "{told:?}"
    );
}

fn refused(csv: &str, columns: &str, lines: &str) -> String {
    let (_, frame) = figure(csv, columns, lines);
    frame.map(|_| ()).unwrap_err().to_string()
}

#[test]
fn sums_and_means_that_say_nothing_are_refused() {
    let monthly = |name: &str| {
        let rows: String = (1..=12).map(|month| format!("2001-{month:02},A,{}\n", month + 3)).collect();
        format!("date,who,{name}\n{rows}")
    };
    let by_year = |combine: &str| {
        format!(
            "chart = \"line\"\ntitle = \"T\"\neach = \"year\"\ncombine = \"{combine}\"\nclaims = [\"A > 0\"]\nlast_period = \"keep\""
        )
    };
    for (name, combine, told) in [
        (
            "search_interest",
            "sum",
            "cannot sum the values of a year of search interest: a sum of an index is on no scale",
        ),
        ("rank", "sum", "cannot sum the values of a year of rank: ranks have no sum"),
        (
            "rank",
            "mean",
            "cannot average the values of a year of rank: ranks have no mean: the distance of two ranks is no amount",
        ),
        (
            "downloads_last_30_days",
            "sum",
            "cannot sum the values of a year of downloads last 30 days: \
             windows that overlap count the same things several times",
        ),
    ] {
        let columns = format!("subject = \"who\"\nvalues = [\"{name}\"]");
        let told_of = refused(&monthly(name), &columns, &by_year(combine));
        assert!(
            told_of.starts_with(&format!("error[unsuitable-basis]: figure `test`: {told}\n")),
            "{told_of}"
        );
        assert!(told_of.contains("\nhint: take the "), "{told_of}");
    }
    let columns = "subject = \"who\"\nvalues = [\"rank\"]";
    assert!(figure(&monthly("rank"), columns, &by_year("last")).1.is_ok());
    let shares = "portal,A,B\nx,10%,90%\ny,30%,70%\n";
    let bars = "chart = \"bar\"\nunit = \"percent\"\ncombine = \"sum\"\ntitle = \"T\"\nclaims = [\"A > 0\"]";
    assert!(
        refused(shares, "group = \"portal\"", bars)
            .contains("shares of different groups are parts of different wholes")
    );
}

#[test]
fn a_running_total_goes_on_as_far_as_all_before_it_is_known() {
    let csv = "date,who,new\n2001-01,A,1\n2001-02,A,2\n2001-03,A,3\n2001-04,A,\n2001-05,A,5\n2001-06,A,5\n";
    let lines = "chart = \"line\"\ncumulative = true\ntitle = \"{value: A}\"\nclaims = [\"A > 5\"]\nlast_period = \"keep\"";
    let told = told(csv, "subject = \"who\"\nvalues = [\"new\"]", lines);
    assert_eq!(told.table[1..], [["2001-01", "1"], ["2001-02", "3"], ["2001-03", "6"]]);
    assert_eq!(
        (told.title.as_str(), told.note.as_str()),
        (
            "6",
            "Note: No sum is drawn of which a part is missing: A in April 2001, A in May 2001 and A in June 2001. Each value is the sum of all from January 2001 up to its date."
        )
    );
    let late = "date,A,B\n2001-01,1,\n2001-02,2,\n2001-03,3,7\n2001-04,3,7\n";
    assert_eq!(
        self::told(late, "", &format!("{lines}\nunit = \"count\"")).table[3..],
        [["2001-03", "6", "7"], ["2001-04", "9", "14"]]
    );
    let ranks = "date,who,rank\n2001-01,A,1\n2001-02,A,2\n2001-03,A,2\n";
    assert!(
        refused(ranks, "subject = \"who\"\nvalues = [\"rank\"]", lines)
            .contains("cannot add up rank: ranks have no sum")
    );
}
