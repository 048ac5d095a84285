//! Values that are only known to be below a bound, `<1`, when they go into sums, means and ratios: no number is made
//! of bounds alone, and the note says as what the others count.

use popchart::{claim, tell};

use crate::figures::figure;

struct Told {
    note: String,
    table: Vec<String>,
    desc: String,
    claims: String,
}

/// What is told of a figure, `lines` with its claims.
fn told(csv: &str, columns: &str, lines: &str) -> Told {
    let (spec, frame) = figure(csv, columns, &format!("title = \"T\"\n{lines}"));
    let frame = frame.map_err(|report| report.to_string()).unwrap();
    let words = claim::words(&spec, &frame).unwrap();
    let table = tell::table(&spec, &frame);
    Told {
        table: table.iter().skip(1).map(|row| row.join(" ")).collect(),
        desc: tell::describe(&spec, &frame, &words).desc,
        note: words.note,
        claims: claim::check(&spec, &frame).diagnostics.into_iter().map(|told| told.message).collect(),
    }
}

const GROUPED: &str = "subject = \"who\"\ngroup = \"portal\"\nvalues = [\"jobs\"]";
const JOBS: &str = "portal,who,jobs\nX,A,<1\nY,A,3\nX,B,<1\nY,B,0\nX,C,7\nY,C,1\nX,D,<1\nY,D,<1\n";

#[test]
fn a_sum_of_a_bound_and_a_number_says_as_what_the_bound_counts() {
    let sum = |lines: &str| {
        told(JOBS, GROUPED, &format!("chart = \"bar\"\ncombine = \"sum\"\nclaims = [\"C > A\"]\n{lines}"))
    };
    let only = sum("subjects = [\"A\", \"C\"]");
    assert_eq!(only.note, "Note: Values below 1 count as 0.5.");
    assert_eq!(only.table, ["C 8", "A 3.5"]);
    assert_eq!(sum("subjects = [\"A\", \"C\"]\nbelow_one = 0").note, "Note: Values below 1 count as 0.");
    assert_eq!(sum("subjects = [\"C\"]").note, "");
    assert_eq!(
        sum("subjects = [\"A\", \"C\"]\ngroups = [\"X\"]").note,
        "Note: Values below 1 are drawn as 0.5."
    );
}

#[test]
fn a_sum_of_bounds_and_zeros_is_no_number() {
    let sum = |claim: &str| {
        told(JOBS, GROUPED, &format!("chart = \"bar\"\ncombine = \"sum\"\nclaims = [\"{claim}\"]"))
    };
    let all = sum("C > D");
    assert_eq!(all.table, ["C 8", "A 3.5", "D <2", "B <1"]);
    assert_eq!(all.note, "Note: Values below 1 are drawn as 0.5.");
    assert_eq!(
        all.desc,
        "Bar chart of jobs for A, B, C and D. C 8.0, A 3.5, D below 2, B below 1. C has 2.3 times the value of A. \
         Note: Values below 1 are drawn as 0.5."
    );
    assert_eq!(all.claims, "");
    assert_eq!(sum("A > D").claims, "");
    assert_eq!(
        sum("B > D").claims,
        "claim is undecided: B > D: B below 1, D below 2: a value is only known to be below 1"
    );
}

#[test]
fn a_mean_of_bounds_and_zeros_is_below_the_mean_of_the_bounds() {
    let csv = "Week,A: (World),B: (World)\n2023-01-01,0,<1\n2023-01-08,<1,<1\n2023-01-15,<1,<1\n2023-01-22,<1,<1\n\
               2023-02-05,<1,5\n2023-02-12,3,5\n2023-02-19,0,6\n2023-02-26,1,6\n";
    let mean = |lines: &str| {
        told(csv, "", &format!("unit = \"index\"\nlast_period = \"keep\"\nfirst_period = \"keep\"\n{lines}"))
    };
    let line = "chart = \"line\"\neach = \"month\"\ncombine = \"mean\"";
    let months = mean(&format!("{line}\nclaims = [\"B > A\", \"A > 0.5 at 2023-01\"]"));
    assert_eq!(months.table, ["2023-01 <0.75 <1", "2023-02 1.125 5.5"]);
    assert_eq!(
        months.note,
        "Note: 2 values lack weeks, most that of A in January 2023, which is made of 4 of 5\u{a0}weeks. Values below 1 are drawn as 0.5."
    );
    assert_eq!(
        months.claims,
        "claim is undecided: A > 0.5 at 2023-01: A below 0.75 at 2023-01: a value is only known to be below 0.75"
    );
    assert!(months.desc.contains(" A rises from below 0.75 to 1.1"), "{}", months.desc);
    let february = mean(&format!("{line}\nfrom = \"2023-02\"\nclaims = [\"B > A\"]"));
    assert_eq!(february.table, ["2023-02 1.125 5.5"]);
    assert_eq!(february.note, "Note: Values below 1 count as 0.5.");
}

#[test]
fn an_average_tells_of_bounds_that_lie_outside_of_what_is_drawn() {
    let csv = "year,A\n2001,<1\n2002,0\n2003,<1\n2004,4\n2005,6\n2006,8\n";
    let line = |lines: &str| told(csv, "", &format!("chart = \"line\"\nclaims = [\"A > 1\"]\n{lines}"));
    let two = line("average = 2");
    // The ends of an even window count half.
    assert_eq!(two.table, ["2001 <1 ", "2002 0 <0.5", "2003 <1 1.25", "2004 4 3.625", "2005 6 6", "2006 8 "]);
    assert!(two.note.ends_with("Values below 1 are drawn as 0.5."), "{}", two.note);
    let late = line("average = 3\nfrom = 2004");
    assert!(late.note.ends_with("Values below 1 count as 0.5."), "{}", late.note);
    assert!(!line("average = 3\nfrom = 2005").note.contains("below"));
}

#[test]
fn a_running_total_tells_of_bounds_before_what_is_drawn() {
    let csv = "month,jobs\n2020-01,<1\n2020-02,0\n2020-03,4\n2020-04,6\n";
    let total = |lines: &str| {
        told(csv, "", &format!("unit = \"count\"\ncumulative = true\nclaims = []\nchart = \"line\"\n{lines}"))
    };
    let all = total("");
    assert_eq!(all.table, ["2020-01 <1", "2020-02 <1", "2020-03 4.5", "2020-04 10.5"]);
    assert!(all.note.ends_with("Values below 1 are drawn as 0.5."), "{}", all.note);
    let late = total("from = \"2020-03\"");
    assert!(late.note.ends_with("Values below 1 count as 0.5."), "{}", late.note);
}

#[test]
fn a_ratio_tells_of_the_bound_in_it() {
    let csv = "venue,year,who,papers,all\nX,2001,A,<5,100\nY,2001,A,20,100\nX,2001,B,30,100\nY,2001,B,30,100\n\
               X,2001,C,<5,100\nY,2001,C,0,100\n";
    let columns = "date = \"year\"\nsubject = \"who\"\ngroup = \"venue\"\nvalues = [\"papers\", \"all\"]";
    let ratio = "measure = \"papers / all\"\nunit = \"percent\"\nclaims = [\"B > A\"]\nchart = \"bar\"";
    let pooled = told(csv, columns, &format!("{ratio}\ncombine = \"pooled\""));
    assert_eq!(pooled.table, ["B 30", "A 11.25", "C <2.5"]);
    assert_eq!(pooled.note, "Note: Values below 5 count as 2.5.");
    let single = told(csv, columns, &format!("{ratio}\ngroups = [\"X\"]"));
    assert_eq!(single.table, ["B 30", "A <5", "C <5"]);
}

#[test]
fn a_bound_that_is_not_drawn_is_not_told() {
    let csv = "Week,A: (World),B: (World)\n2023-01-01,4,1\n2023-01-08,4,2\n2023-01-15,4,3\n2023-01-22,<1,2\n";
    let line = |rule: &str| {
        told(csv, "", &format!("unit = \"index\"\nchart = \"line\"\nclaims = []\nlast_period = \"{rule}\""))
            .note
    };
    assert_eq!(line("keep"), "Note: Values below 1 are drawn as 0.5.");
    assert!(!line("drop").contains("below"), "{}", line("drop"));
}
