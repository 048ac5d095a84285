//! Transformations: the numbers they make, what they say of themselves, and what they refuse.

use popchart::claim;
use popchart::diag::Report;
use popchart::figure::Unit;
use popchart::frame::{Frame, Value};
use popchart::spec::FigureSpec;
use proptest::prelude::*;

use crate::figures::figure;

fn made(csv: &str, columns: &str, lines: &str) -> (FigureSpec, Result<Frame, Report>) {
    let chart = if lines.contains("chart = ") { "" } else { "chart = \"line\"\n" };
    figure(csv, columns, &format!("title = \"T\"\nclaims = [\"A > 0\"]\n{chart}{lines}"))
}

fn frame(csv: &str, columns: &str, lines: &str) -> (FigureSpec, Frame) {
    let (spec, frame) = made(csv, columns, lines);
    (spec, frame.map_err(|report| report.to_string()).unwrap())
}

/// The errors, without the excerpts of files.
fn refusal(csv: &str, columns: &str, lines: &str) -> String {
    let report = made(csv, columns, lines).1.map(|_| ()).unwrap_err().to_string();
    let kept = report.lines().filter(|line| line.starts_with("error") || line.starts_with("hint"));
    kept.collect::<Vec<_>>().join("\n")
}

/// The errors of a manifest that is not read.
fn unread(lines: &str) -> String {
    let text = format!(
        "[datasets.data]\npath = \"data.csv\"\nsource = \"Test\"\nretrieved = 2020-06-30\n\
         [figures.test]\ndataset = \"data\"\ntitle = \"T\"\nclaims = [\"A > 0\"]\n{lines}\n"
    );
    let report = popchart::manifest::load("popchart.toml", &text).1.to_string();
    let kept = report.lines().filter(|line| line.starts_with("error") || line.starts_with("hint"));
    kept.collect::<Vec<_>>().join("\n")
}

/// `A 2020-01=5 2020-02=-; B 2020-01=<1`, of all groups combined.
fn told(frame: &Frame) -> String {
    let panel = &frame.panels[0];
    let own = panel.rows.chunk_by(|a, b| (a.group, a.who) == (b.group, b.who));
    let own = own.filter(|own| own[0].group.is_none()).map(|own| {
        let values = own.iter().map(|row| {
            let value = match row.value {
                Value::Number(value) => format!("{}", (value * 1000.0).round() / 1000.0),
                Value::Below(bound) => format!("<{bound}"),
                Value::Missing | Value::Word(_) => "-".into(),
            };
            format!(" {}={value}", row.period.unwrap())
        });
        format!("{}{}", frame.label(own[0].who), values.collect::<String>())
    });
    own.collect::<Vec<_>>().join("; ")
}

/// Subtitle and note.
fn words(spec: &FigureSpec, frame: &Frame) -> (String, String) {
    let words = claim::words(spec, frame).unwrap();
    (words.subtitle, words.note)
}

const COUNTER: &str = "basis = \"cumulative\"";

/// Two counters of which B begins later.
const STARS: &str = "month,A,B\n2019-01,50,\n2019-02,60,\n2019-03,80,10\n2019-04,110,40\n2019-05,150,50\n";

#[test]
fn per_tells_what_each_period_added_from_the_second_on() {
    let (spec, frame) = frame(STARS, COUNTER, "per = \"month\"\nsubtitle = \"Stars\"");
    assert_eq!(told(&frame), "A 2019-02=10 2019-03=20 2019-04=30 2019-05=40; B 2019-04=30 2019-05=10");
    assert_eq!(words(&spec, &frame), ("Stars, added each month".into(), String::new()));
    assert_eq!(frame.look.unit, Unit::Count);
    assert_eq!(claim::check(&spec, &frame).to_string(), "");
}

#[test]
fn what_a_subtitle_says_is_not_said_again() {
    let say = |subtitle: &str, lines: &str| {
        let (spec, frame) = frame(STARS, COUNTER, &format!("subtitle = \"{subtitle}\"\n{lines}"));
        words(&spec, &frame).0
    };
    assert_eq!(say("New stars each month", "per = \"month\""), "New stars each month");
    assert_eq!(say("Monthly stars", "per = \"month\""), "Monthly stars");
    assert_eq!(
        say("Stars (February 2019 = 100)", "index = \"2019-02\"\nsubjects = [\"A\"]"),
        "Stars (February 2019 = 100)"
    );
    assert_eq!(
        say("Stars, an index", "index = \"2019-02\"\nsubjects = [\"A\"]"),
        "Stars, an index, index (February 2019 = 100)"
    );
    assert_eq!(
        say("Stars", "per = \"month\"\naverage = 3\nsubjects = [\"A\"]"),
        "Stars, added each month, centred 3-month average"
    );
}

#[test]
fn a_missed_day_never_doubles_its_neighbour() {
    // 4 January is missed: what 4 and 5 January added is not known, and 6 January has its own.
    let daily =
        "date,A\n2020-01-01,10\n2020-01-02,12\n2020-01-03,15\n2020-01-05,21\n2020-01-06,22\n2020-01-07,24\n";
    let (_, of_days) = frame(daily, COUNTER, "per = \"day\"");
    assert_eq!(told(&of_days), "A 2020-01-02=2 2020-01-03=3 2020-01-06=1 2020-01-07=2");
    // The end of January is missed: February does not get what belongs to January.
    let mut monthly = String::from("date,A\n");
    for day in 0..91 {
        let date = jiff::civil::date(2020, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        if date != jiff::civil::date(2020, 1, 31) {
            monthly.push_str(&format!("{date},{}\n", 100 + day));
        }
    }
    let (spec, of_months) = frame(&monthly, COUNTER, "per = \"month\"");
    assert_eq!(told(&of_months), "A 2020-02=29 2020-03=31");
    assert_eq!(
        words(&spec, &of_months).1,
        "Note: Counts at the ends of months are interpolated between the dates of the data."
    );
}

#[test]
fn the_period_that_is_not_over_is_judged_as_any_other() {
    let daily: String = (0..75)
        .map(|day| {
            let date = jiff::civil::date(2020, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
            format!("{date},{}\n", 100 + day)
        })
        .collect();
    let daily = format!("date,A\n{daily}");
    let of = |rule: &str| {
        let (spec, frame) = frame(&daily, COUNTER, &format!("per = \"month\"\n{rule}"));
        (told(&frame), words(&spec, &frame).1)
    };
    assert_eq!(of("last_period = \"dash\"").0, "A 2020-02=29 2020-03=15");
    let kept = "Note: The last month, March 2020, was incomplete.";
    assert_eq!(of("last_period = \"tell\""), ("A 2020-02=29 2020-03=15".into(), kept.into()));
    let left_out = "Note: The last month, March 2020, was incomplete and is left out.";
    assert_eq!(of(""), ("A 2020-02=29".into(), left_out.into()));
}

#[test]
fn a_counter_that_falls_or_restarts_is_told() {
    let falls = "month,A\n2019-01,100\n2019-02,110\n2019-03,105\n2019-04,120\n2019-05,3\n2019-06,9\n";
    let (spec, frame) = frame(falls, COUNTER, "per = \"month\"");
    assert_eq!(told(&frame), "A 2019-02=10 2019-03=-5 2019-04=15 2019-06=6");
    let warning = "warning[falling-counter]: figure `test`: the count of A falls from 110 to 105 at 2019-03, and once more\n";
    assert!(frame.warnings.to_string().starts_with(warning), "{}", frame.warnings);
    assert_eq!(
        words(&spec, &frame).1,
        "Note: The count of A began again before May 2019: what was added then is not known. \
         Where a count fell, the fall is taken off what was added."
    );
}

#[test]
fn what_is_no_counter_has_no_added_amounts() {
    let basis = |basis: &str| refusal(STARS, &format!("basis = \"{basis}\""), "per = \"month\"");
    assert_eq!(
        basis("window"),
        "error[unsuitable-basis]: figure `test`: cannot tell what each month added to value: \
         windows that overlap count the same things several times\nhint: draw the values as they are"
    );
    assert_eq!(
        basis("count"),
        "error[unsuitable-basis]: figure `test`: cannot tell what each month added to value: \
         each value counts its own period alone\nhint: add them up with `each` and `combine = \"sum\"`"
    );
    for other in ["index", "share", "rank", "rating"] {
        assert!(basis(other).contains("only a count of everything so far tells what was added"), "{other}");
    }
    let up_and_down = "month,A\n2019-01,5\n2019-02,9\n2019-03,4\n2019-04,8\n2019-05,3\n";
    assert_eq!(
        refusal(up_and_down, "", "per = \"month\""),
        "error[unsuitable-basis]: figure `test`: cannot tell what was added to value: it falls at 2 of 4 steps, \
         and is no count of everything so far\n\
         hint: leave `per` out, or say `basis = \"cumulative\"` in the dataset if it is one"
    );
    let yearly = "year,A\n2015,5\n2016,9\n2017,14\n2018,18\n";
    assert_eq!(
        refusal(yearly, COUNTER, "per = \"month\""),
        "error[each-too-short]: figure `test`: cannot tell what each month added to value: \
         there is a value each year\nhint: use a longer period in `per`"
    );
}

#[test]
fn shares_are_of_all_that_are_named() {
    let csv = "year,A,B,C\n2015,10,,5\n2016,10,30,10\n2017,20,20,40\n2018,30,10,60\n";
    let (spec, all) = frame(csv, "basis = \"count\"", "share = true\nsubtitle = \"Papers\"");
    assert_eq!(
        told(&all),
        "A 2015=66.667 2016=20 2017=25 2018=30; B 2015=- 2016=60 2017=25 2018=10; \
         C 2015=33.333 2016=20 2017=50 2018=60"
    );
    assert_eq!(words(&spec, &all).0, "Papers, share of the total of A, B and C");
    assert_eq!(words(&spec, &all).1, "Note: Before its first value, B is no part of the total.");
    assert_eq!(all.look.unit, Unit::Percent);
    let (spec, two) = frame(csv, "basis = \"count\"", "share = true\nsubjects = [\"C\", \"A\"]\nfrom = 2016");
    assert_eq!(
        told(&two),
        "C 2015=33.333 2016=50 2017=66.667 2018=66.667; A 2015=66.667 2016=50 2017=33.333 2018=33.333"
    );
    assert_eq!(words(&spec, &two).0, "Share of the total of C and A");
}

#[test]
fn no_share_is_known_where_a_part_is_missing() {
    let csv = "year,A,B\n2015,10,30\n2016,20,\n2017,20,20\n2018,0,0\n";
    let (spec, frame) = frame(csv, "basis = \"count\"", "share = true");
    assert_eq!(told(&frame), "A 2015=25 2016=- 2017=50 2018=-; B 2015=75 2016=- 2017=50 2018=-");
    assert_eq!(words(&spec, &frame).1, "Note: No share is known of 2016, for which B has no value.");
}

#[test]
fn a_share_of_a_bound_is_a_bound() {
    let (_, frame) = frame("year,A,B\n2015,<1,3\n2016,1,3\n", "basis = \"count\"", "share = true");
    assert_eq!(told(&frame), "A 2015=<25 2016=25; B 2015=85.714 2016=75");
    let row = frame.panels[0].rows.iter().find(|row| row.slack > 0.0).unwrap();
    let (low, high) = row.range().unwrap();
    assert!(low <= 75.0 + 1e-9 && high >= 100.0 - 1e-9, "{low} {high}");
}

#[test]
fn an_index_is_100_at_its_base() {
    let (spec, frame) = frame(STARS, COUNTER, "index = \"2019-03\"\nsubtitle = \"Stars\"");
    assert_eq!(
        told(&frame),
        "A 2019-01=62.5 2019-02=75 2019-03=100 2019-04=137.5 2019-05=187.5; \
         B 2019-01=- 2019-02=- 2019-03=100 2019-04=400 2019-05=500"
    );
    assert_eq!(words(&spec, &frame).0, "Stars, index (March 2019 = 100)");
    assert_eq!((frame.look.unit, frame.look.extras.reference), (Unit::Index, Some(100.0)));
    let alt = popchart::tell::describe(&spec, &frame, &claim::words(&spec, &frame).unwrap());
    assert_eq!(
        alt.alt,
        "Line chart of values, index (March 2019 = 100), for A and B, January 2019 to May 2019, where B is highest at the end."
    );
    // Of several values within the base their mean is 100.
    let (_, of_year) =
        self::frame("month,A\n2019-01,50\n2019-02,150\n2020-01,200\n", COUNTER, "index = 2019");
    assert_eq!(told(&of_year), "A 2019-01=50 2019-02=150 2020-01=200");
}

#[test]
fn a_base_that_is_missing_or_near_zero_is_refused() {
    assert_eq!(
        refusal(STARS, COUNTER, "index = \"2019-01\""),
        "error[unfit-base]: figure `test`: cannot index value: no number at 2019-01 for B\n\
         hint: all have one from 2019-03 to 2019-05: choose a base of that time"
    );
    let csv = "year,A,B,C\n2015,1,0,7\n2016,900,10,8\n2017,5000,20,9\n";
    assert_eq!(
        refusal(csv, COUNTER, "index = 2015"),
        "error[unfit-base]: figure `test`: cannot index value: at 2015, A is 1, and that is too near zero beside later values\n\
         hint: choose a base at which it had more, or leave it out of `subjects`\n\
         error[unfit-base]: figure `test`: cannot index value: at 2015, B is 0, and no share of it can be told\n\
         hint: choose a base at which it had more, or leave it out of `subjects`"
    );
    let ranks = refusal(STARS, "basis = \"rank\"", "index = \"2019-03\"");
    assert!(
        ranks.contains("cannot index value: ranks have no ratios: the distance of two ranks is no amount"),
        "{ranks}"
    );
    let outlier = "year,A\n2013,10\n2014,11\n2015,30\n2016,10\n2017,12\n2018,11\n";
    let (_, frame) = frame(outlier, COUNTER, "index = 2015");
    let warning = "warning[outlying-base]: figure `test`: the base of A, 2015, stands out: it is 272.7% of the median around it";
    assert!(frame.warnings.to_string().starts_with(warning), "{}", frame.warnings);
}

#[test]
fn who_passes_whom_on_an_index_is_where_its_base_is() {
    let (_, frame) = frame(STARS, COUNTER, "index = \"2019-03\"");
    let text = "title = \"T\"\nchart = \"line\"\nindex = \"2019-03\"\nclaims = [\"B passes A in 2019\"]";
    let (claimed, _) = figure(STARS, COUNTER, text);
    let report = claim::check(&claimed, &frame).to_string();
    assert!(
        report
            .contains("claim cannot be checked: B passes A in 2019: all lines of an index meet at its base"),
        "{report}"
    );
}

#[test]
fn growth_is_over_a_year_whatever_the_distance_of_dates() {
    let quarters = "quarter,A\n2018-Q1,100\n2018-Q2,0\n2018-Q3,50\n2019-Q1,150\n2019-Q2,7\n2019-Q3,25\n";
    let (spec, of_quarters) = frame(quarters, "basis = \"count\"", "growth = true\nsubtitle = \"Sales\"");
    assert_eq!(told(&of_quarters), "A 2019-Q1=50 2019-Q2=- 2019-Q3=-50");
    assert_eq!(words(&spec, &of_quarters).0, "Sales, change over a year");
    assert_eq!(
        words(&spec, &of_quarters).1,
        "Note: No growth is told from zero, or of values that are known too roughly."
    );
    assert_eq!(of_quarters.look.unit, Unit::Percent);
    let (_, of_years) = frame("year,A\n2015,10\n2016,30\n2018,60\n", "basis = \"count\"", "growth = true");
    assert_eq!(told(&of_years), "A 2016=200");
    let weeks: String = (0..60)
        .map(|week| {
            let date = jiff::civil::date(2019, 1, 6).checked_add(jiff::Span::new().weeks(week)).unwrap();
            format!("{date},{}\n", 100 + week)
        })
        .collect();
    let (_, of_weeks) = frame(&format!("date,A\n{weeks}"), "basis = \"count\"", "growth = true");
    assert!(told(&of_weeks).starts_with("A 2020-01-05=52 2020-01-12=51.485"), "{}", told(&of_weeks));
    assert_eq!(
        refusal("month,A\n2019-01,5\n2019-02,9\n", "", "growth = true"),
        "error[nothing-to-draw]: figure `test`: cannot tell the growth of value: no two values are a year apart\n\
         hint: leave `growth` out"
    );
}

#[test]
fn equal_values_share_the_better_rank() {
    let csv = "year,A,B,C,D\n2015,5,9,5,\n2016,1,2,3,4\n2017,,,7,\n";
    let (spec, frame) = frame(csv, "basis = \"count\"", "rank = true\nsubtitle = \"Papers\"");
    assert_eq!(
        told(&frame),
        "A 2015=2 2016=4 2017=-; B 2015=1 2016=3 2017=-; C 2015=2 2016=2 2017=-; D 2015=- 2016=1 2017=-"
    );
    assert_eq!(words(&spec, &frame).0, "Papers, rank among A, B, C and D, 1 = highest");
    assert!(frame.look.lower_is_better);
    let bars = made(csv, "basis = \"count\"", "rank = true\nchart = \"bar\"\nat = 2016");
    let fault = popchart::kind::marks(&bars.0, &bars.1.unwrap()).unwrap_err().to_string();
    assert!(fault.contains("cannot draw bars of ranks: the longest would be the last"), "{fault}");
    assert_eq!(
        refusal(STARS, "basis = \"rank\"", "rank = true"),
        "error[unsuitable-basis]: figure `test`: cannot rank value: the values are ranks already\n\
         hint: draw them as they are"
    );
}

#[test]
fn rounded_values_may_be_ranked_either_way() {
    let (_, frame) = frame(
        "month,A,B\n2019-01,57,56\n2019-02,50,40\n",
        "basis = \"index\"",
        "rank = true\nunit = \"index\"",
    );
    assert_eq!(told(&frame), "A 2019-01=1 2019-02=1; B 2019-01=2 2019-02=2");
    let slack: Vec<f64> = frame.panels[0].rows.iter().map(|row| row.slack).collect();
    assert_eq!(slack, [0.0, 0.0, 0.0, 0.0]);
    let (_, frame) = self::frame(
        "month,A,B\n2019-01,57,57\n2019-02,50,40\n",
        "basis = \"index\"",
        "rank = true\nunit = \"index\"",
    );
    let slack: Vec<f64> = frame.panels[0].rows.iter().map(|row| row.slack).collect();
    assert_eq!(slack, [1.0, 0.0, 1.0, 0.0]);
}

#[test]
fn series_begin_at_their_own_start() {
    let (spec, aged) = frame(STARS, COUNTER, "since-start = true\nsubtitle = \"Stars\"");
    assert_eq!(told(&aged), "A P0D=50 P31D=60 P59D=80 P90D=110 P120D=150; B P0D=10 P31D=40 P59D=50");
    assert!(aged.look.by_age);
    assert_eq!(words(&spec, &aged).0, "Stars, since the first value of each");
    assert_eq!(
        words(&spec, &aged).1,
        "Note: Ages count from the first values in the data, when A had 50 and B had 10."
    );
    let days = "date,A,B\n2020-01-01,0,3\n2020-01-02,0,4\n2020-01-04,5,6\n2020-01-05,100,70\n";
    let (_, of_days) = frame(days, COUNTER, "since-start = true");
    assert_eq!(told(&of_days), "A P0D=5 P1D=100; B P0D=3 P1D=4 P3D=6 P4D=70");
    let together = "month,A,B\n2019-01,5,1\n2019-02,9,2\n";
    assert_eq!(
        refusal(together, COUNTER, "since-start = true"),
        "error[nothing-to-align]: figure `test`: cannot begin each of value at its start: all begin with the data, at 2019-01\n\
         hint: leave `since-start` out"
    );
}

#[test]
fn claims_and_placeholders_may_speak_of_an_age() {
    let text = |claims: &str| {
        format!(
            "title = \"T\"\nchart = \"line\"\nsince-start = true\nclaims = [{claims}]\nsubtitle = \"{{leader at 2 months}} had {{value: B at 31 days}} by age\""
        )
    };
    let (spec, frame) =
        figure(STARS, COUNTER, &text("\"A >= 1.6 x B at 2 months\", \"A > B at every date\""));
    let frame = frame.unwrap();
    assert_eq!(claim::check(&spec, &frame).to_string(), "");
    assert_eq!(words(&spec, &frame).0, "A had 40 by age");
    let (spec, _) = figure(STARS, COUNTER, &text("\"B > A at 2 months\", \"A > B at 9 years\", \"A > B\""));
    let report = claim::check(&spec, &frame).to_string();
    let told: Vec<&str> = report.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(
        told,
        [
            "error[false-claim]: figure `test`: claim does not hold: B > A at 2 months: B 50, A 80",
            "error[uncheckable-claim]: figure `test`: claim cannot be checked: A > B at 9 years: no value for A and B after 9.0 years",
            "error[uncheckable-claim]: figure `test`: claim cannot be checked: A > B: no value for B after 4 months",
        ]
    );
}

#[test]
fn a_logarithmic_scale_has_no_zero() {
    let csv = "month,A,B\n2019-01,5,1\n2019-02,50,0\n2019-03,500,3\n2019-04,900,30\n";
    assert_eq!(
        refusal(csv, COUNTER, "log = true"),
        "error[not-above-zero]: figure `test`: cannot draw value on a logarithmic scale: B is 0 at 2019-02\n\
         hint: begin with `from = \"2019-03\"`, or leave `log` out"
    );
    // Zeros before the first value are left out of every picture.
    let (spec, frame) = frame(&csv.replace("5,1", "5,0"), COUNTER, "log = true\nsubtitle = \"Stars\"");
    assert_eq!(words(&spec, &frame).0, "Stars, logarithmic scale");
    assert!(frame.look.extras.log);
    assert_eq!(frame.look.unit, Unit::Count);
    let ends = "month,A,B\n2019-01,5,4\n2019-02,50,0\n";
    assert_eq!(
        refusal(ends, COUNTER, "log = true"),
        "error[not-above-zero]: figure `test`: cannot draw value on a logarithmic scale: B is 0 at 2019-02\n\
         hint: take B out of `subjects`, or leave `log` out"
    );
    assert!(refusal(STARS, "basis = \"rank\"", "log = true").contains("ranks have no ratios"));
}

#[test]
fn a_kind_without_a_logarithmic_length_refuses_it() {
    for (chart, key) in [("bar", "log"), ("column", "log"), ("slope", "log"), ("bar", "since-start")] {
        let told = unread(&format!("chart = \"{chart}\"\n{key} = true"));
        assert!(
            told.starts_with(&format!(
                "error[unusable-key]: figure `test`: cannot use `{key}` in a {chart} chart\nhint: "
            )),
            "{told}"
        );
    }
    assert_eq!(
        unread("chart = \"bar\"\nlog = true"),
        "error[unusable-key]: figure `test`: cannot use `log` in a bar chart\n\
         hint: use `chart = \"line\"`: what begins at zero has no length on a logarithmic scale"
    );
}

#[test]
fn what_makes_no_sense_together_is_refused_with_the_reason() {
    for (lines, told) in [
        (
            "share = true\nrank = true",
            "cannot use `share` with `rank`: ranks of shares are those of the values\nhint: leave `share` out",
        ),
        (
            "index = 2019\nrank = true",
            "cannot use `index` with `rank`: ranks have no base: the distance of two ranks is no amount\nhint: leave one of them out",
        ),
        (
            "cumulative = true\nindex = 2019",
            "cannot use `cumulative` with `index`: an index has no sum\nhint: leave one of them out",
        ),
        (
            "cumulative = true\nper = \"month\"",
            "cannot use `cumulative` with `per`: one undoes the other\nhint: leave both out, to draw the counter itself",
        ),
        (
            "growth = true\nlog = true",
            "cannot use `growth` with `log`: growth has a zero and goes below it\nhint: leave `growth` out: on a logarithmic scale, lines of equal slope grow alike",
        ),
        (
            "growth = true\nindex = 2019",
            "cannot use `index` with `growth`: the growth of an index is that of the values\nhint: leave `index` out",
        ),
        (
            "share = true\ngrowth = true",
            "cannot use `share` with `growth`: shares of a growth are parts of no whole\nhint: leave one of them out",
        ),
        (
            "rank = true\nlog = true",
            "cannot use `rank` with `log`: ranks have no ratios\nhint: leave `log` out",
        ),
        (
            "per = \"month\"\neach = \"month\"\ncombine = \"last\"",
            "cannot use `per` with `each`: what each period added is a value of it already\nhint: leave `each` and its `combine` out",
        ),
        (
            "since-start = true\nfrom = 2019",
            "cannot use `since-start` with `from`: an axis of ages has no dates\nhint: leave one of them out",
        ),
    ] {
        assert_eq!(
            unread(&format!("chart = \"line\"\n{lines}")),
            format!("error[unusable-key]: figure `test`: {told}")
        );
    }
    // What is switched off is not there.
    assert_eq!(unread("chart = \"line\"\nshare = true\nrank = false"), "");
}

#[test]
fn claims_and_placeholders_speak_of_transformed_values() {
    let lines = "per = \"month\"\nsubtitle = \"{leader} added {value: A}, {ratio: A / B} as many\"";
    let (spec, per) = frame(STARS, COUNTER, lines);
    assert_eq!(words(&spec, &per).0, "A added 40, 4\u{a0}times as many, added each month");
    let (spec, share) =
        frame(STARS, "basis = \"count\"", "share = true\nsubtitle = \"{leader} has {value: A}\"");
    assert_eq!(words(&spec, &share).0, "A has 75%, share of the total of A and B");
    let (spec, rank) =
        frame(STARS, "basis = \"count\"", "rank = true\nsubtitle = \"{leader} before {second}\"");
    assert_eq!(words(&spec, &rank).0, "A before B, rank among A and B, 1 = highest");
    let bars = "chart = \"bar\"\nat = \"2019-04\"\nper = \"month\"\nsubtitle = \"{value: B}\"";
    let (spec, bars) = frame(STARS, COUNTER, bars);
    assert_eq!(words(&spec, &bars).0, "30, added each month");
}

/// A table of months with whole numbers.
fn table(values: &[Vec<u32>]) -> String {
    let names = ["A", "B", "C", "D", "E"];
    let mut csv = format!("month,{}\n", names[..values[0].len()].join(","));
    for (month, row) in values.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(u32::to_string).collect();
        csv.push_str(&format!("{:04}-{:02},{}\n", 2015 + month / 12, month % 12 + 1, cells.join(",")));
    }
    csv
}

fn numbers(frame: &Frame) -> Vec<Vec<f64>> {
    let panel = &frame.panels[0];
    let own = panel.rows.chunk_by(|a, b| a.who == b.who);
    let number = |row: &popchart::frame::Row| match row.value {
        Value::Number(value) => value,
        other => panic!("expected a number, found {other:?}"),
    };
    own.map(|own| own.iter().map(number).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn shares_sum_to_100(values in prop::collection::vec(prop::collection::vec(1..1_000_000_u32, 3), 2..30)) {
        let (_, frame) = frame(&table(&values), "basis = \"count\"", "share = true");
        let shares = numbers(&frame);
        for at in 0..values.len() {
            let sum: f64 = shares.iter().map(|own| own[at]).sum();
            prop_assert!((sum - 100.0).abs() < 1e-9, "{sum}");
        }
    }

    #[test]
    fn what_was_added_sums_to_the_counters_rise(steps in prop::collection::vec(prop::collection::vec(0..5_000_u32, 2), 3..30)) {
        let mut sum = vec![1_u32; 2];
        let values: Vec<Vec<u32>> = steps.iter().map(|step| {
            sum.iter_mut().zip(step).for_each(|(sum, step)| *sum += step);
            sum.clone()
        }).collect();
        let (_, frame) = frame(&table(&values), COUNTER, "per = \"month\"\nlast_period = \"keep\"");
        for (who, added) in numbers(&frame).iter().enumerate() {
            let rise = f64::from(values[values.len() - 1][who]) - f64::from(values[0][who]);
            prop_assert!((added.iter().sum::<f64>() - rise).abs() < 1e-6);
            prop_assert_eq!(added.len(), values.len() - 1);
        }
    }

    #[test]
    fn an_index_keeps_ratios_and_is_100_at_its_base(values in prop::collection::vec(prop::collection::vec(100..9_000_u32, 2), 2..30), at in 0..30_usize) {
        let at = at % values.len();
        let base = format!("index = \"{:04}-{:02}\"", 2015 + at / 12, at % 12 + 1);
        let (_, frame) = frame(&table(&values), "basis = \"count\"", &base);
        for (who, own) in numbers(&frame).iter().enumerate() {
            prop_assert_eq!(own[at], 100.0);
            for (month, value) in own.iter().enumerate() {
                let ratio = f64::from(values[month][who]) / f64::from(values[at][who]);
                prop_assert!((value / 100.0 - ratio).abs() < 1e-9 * ratio.max(1.0));
            }
        }
    }

    #[test]
    fn ranks_are_a_permutation_but_for_ties(values in prop::collection::vec(prop::collection::vec(0..6_u32, 5), 2..12)) {
        let (_, frame) = frame(&table(&values), "basis = \"count\"", "rank = true");
        let ranks = numbers(&frame);
        for (month, row) in values.iter().enumerate() {
            for who in 0..5 {
                let above = row.iter().filter(|value| **value > row[who]).count();
                prop_assert_eq!(ranks[who][month], above as f64 + 1.0);
            }
            // Without ties, each place is given once.
            let mut sorted: Vec<f64> = ranks.iter().map(|own| own[month]).collect();
            sorted.sort_by(f64::total_cmp);
            let mut distinct = row.clone();
            distinct.sort_unstable();
            distinct.dedup();
            if distinct.len() == 5 {
                prop_assert_eq!(sorted, vec![1.0, 2.0, 3.0, 4.0, 5.0]);
            }
        }
    }
}
