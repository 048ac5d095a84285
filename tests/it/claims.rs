//! Claims and titles against the data: those of the project, and the sentences of the article it redraws.

use popchart::{claim, frame};

use crate::figures::{figure, load, manifest_text, with_figures};
use crate::read::without_lines;

/// What the claims of a figure over the project's data break.
fn refused(figure: &str) -> String {
    let (manifest, datasets) = load(&with_figures(figure));
    let spec = &manifest.figures[0];
    claim::check(spec, &frame::frame(spec, &datasets).unwrap()).to_string()
}

fn stars(claims: &str) -> String {
    refused(&format!(
        "[figures.stars]\ndataset = \"github\"\nmeasure = \"stars\"\nchart = \"line\"\ntitle = \"Stars\"\n\
         claims = [{claims}]\n"
    ))
}

/// The message of an error, without its place and hints.
fn message(report: &str) -> &str {
    report.lines().next().unwrap_or_default()
}

#[test]
fn the_figures_of_the_project_say_what_their_data_say() {
    let (manifest, datasets) = load(&manifest_text());
    assert_eq!(manifest.broken, Vec::<String>::new());
    assert!(manifest.figures.len() > 10);
    for spec in &manifest.figures {
        let plotted = frame::frame(spec, &datasets).map_err(|report| report.to_string()).unwrap();
        assert_eq!(plotted.warnings.to_string(), "", "{}", spec.key);
        assert_eq!(claim::check(spec, &plotted).to_string(), "", "{}", spec.key);
        let words = claim::words(spec, &plotted).map_err(|report| report.to_string()).unwrap();
        assert!(words.title.split_whitespace().count() <= 12, "{}", words.title);
        assert!(!words.title.contains('…') && !words.title.ends_with('.'), "{}", words.title);
        assert!(words.source.starts_with("Source: "), "{}", words.source);
        assert!(words.note.is_empty() || words.note.ends_with('.'), "{}", words.note);
    }
}

#[test]
fn titles_take_their_values_from_the_data() {
    let (manifest, datasets) = load(&manifest_text());
    let words = |key: &str| {
        let spec = manifest.figures.iter().find(|spec| spec.key == key).unwrap();
        claim::words(spec, &frame::frame(spec, &datasets).unwrap()).unwrap()
    };
    let medium = words("medium-articles");
    assert_eq!(medium.title, "TensorFlow had 2.7\u{a0}times as many new Medium articles as PyTorch");
    assert_eq!(medium.source, "Source: J. Hale, quoted by Exxact and The Batch, Mar 2019");
    let activity = words("github-activity");
    assert_eq!(activity.note, "Note: No data on watchers were found: none of the sources has them.");
    assert_eq!(
        activity.source,
        "Source: GitHub, through 0x0w1/repostory, 22\u{a0}Aug 2026; ml-tooling/best-of-ml-python (CC BY-SA 4.0), Jun 2025"
    );
    assert_eq!(
        words("google-trends").note,
        "Note: Read off an image of the chart, so each value is right to about ±2\u{a0}points. That chart has no Keras. \
         The last week, 26\u{a0}January 2020, may have been incomplete and is left out. \
         The 13-week averages stop 6\u{a0}weeks before each end; the faint lines are the weekly values."
    );
}

#[test]
fn github_of_2020_ranks_keras_above_pytorch() {
    let place = manifest_text().split_once("[figures.").unwrap().0.lines().count() + 6;
    assert_eq!(
        without_lines(&stars("\"PyTorch > Keras at 2020-06\"")),
        format!(
            "error[false-claim]: figure `stars`: claim does not hold: PyTorch > Keras at 2020-06: PyTorch 37,367, Keras 45,701\n  \
             --> popchart.toml:{place}:12\n\
             hint: say what the data say, Keras > PyTorch, in the claim and in the title\n"
        )
    );
    assert_eq!(stars("\"TensorFlow > Keras at 2020-06\", \"PyTorch > Keras\""), "");
    let forks = refused(
        "[figures.forks]\ndataset = \"github\"\nmeasure = \"forks\"\nchart = \"bar\"\ntitle = \"Forks\"\n\
         claims = [\"TensorFlow > PyTorch > Keras\", \"TensorFlow > PyTorch > Keras at 2020-06\"]\n",
    );
    assert_eq!(
        message(&forks),
        "error[false-claim]: figure `forks`: claim does not hold: TensorFlow > PyTorch > Keras at 2020-06: \
         TensorFlow 58,440, PyTorch 8,633, Keras 15,705"
    );
}

#[test]
fn job_listings_put_keras_second_in_2018_and_third_in_2020() {
    let jobs = |claim: &str| {
        refused(&format!(
            "[figures.jobs]\ndataset = \"jobs\"\nchart = \"grouped-bar\"\ntitle = \"Jobs\"\nat = 2020-10-21\n\
             claims = [\"{claim}\"]\n"
        ))
    };
    assert_eq!(jobs("TensorFlow > PyTorch > Keras in every group"), "");
    assert_eq!(jobs("TensorFlow > Keras > PyTorch at 2018-10-10 in every group"), "");
    assert_eq!(
        message(&jobs("TensorFlow > PyTorch > Keras at 2018-10-10 in every group")),
        "error[false-claim]: figure `jobs`: claim does not hold: TensorFlow > PyTorch > Keras at 2018-10-10 in every group: TensorFlow 661, PyTorch 143, Keras 253 in Indeed, and 3 times more"
    );
    assert_eq!(
        message(&jobs("PyTorch > Keras at every date in Monster")),
        "error[false-claim]: figure `jobs`: claim does not hold: PyTorch > Keras at every date in Monster: PyTorch 98, Keras 131 at 2018-10-10"
    );
    assert_eq!(
        without_lines(&jobs("TensorFlow > PyTorch")),
        format!(
            "error[several-groups]: figure `jobs`: it has more than one group: `Indeed`, `LinkedIn`, `Monster`, `SimplyHired`\n  \
             --> popchart.toml:{}:12\nhint: say `in every group`, or which one\n",
            manifest_text().split_once("[figures.").unwrap().0.lines().count() + 6
        )
    );
}

#[test]
fn the_other_sentences_of_the_article() {
    let arxiv = |claim: &str| {
        refused(&format!(
            "[figures.arxiv]\ndataset = \"arxiv\"\nunit = \"percent\"\nchart = \"bar\"\ntitle = \"Papers\"\n\
             claims = [\"{claim}\"]\n"
        ))
    };
    assert_eq!(arxiv("TensorFlow > PyTorch > Keras at 2018-03"), "");
    assert_eq!(
        message(&arxiv("TensorFlow > PyTorch > Keras at 2017-03")),
        "error[false-claim]: figure `arxiv`: claim does not hold: TensorFlow > PyTorch > Keras at 2017-03: TensorFlow 9.1%, PyTorch 0.2%, Keras 2.5%"
    );
    let trends = |claim: &str| {
        refused(&format!(
            "[figures.trends]\ndataset = \"trends\"\nunit = \"index\"\nchart = \"line\"\ntitle = \"Interest\"\n\
             claims = [\"{claim}\"]\n"
        ))
    };
    assert_eq!(trends("TensorFlow > PyTorch at every date"), "");
    assert_eq!(
        message(&trends("Keras > TensorFlow")),
        "error[uncheckable-claim]: figure `trends`: claim cannot be checked: Keras > TensorFlow: no value for Keras at 2020-01-26"
    );
    let medium = refused(
        "[figures.medium]\ndataset = \"medium\"\nchart = \"bar\"\ntitle = \"Articles\"\n\
         claims = [\"TensorFlow > Keras\", \"TensorFlow > PyTorch\"]\n",
    );
    assert_eq!(
        message(&medium),
        "error[uncheckable-claim]: figure `medium`: claim cannot be checked: TensorFlow > Keras: no value for Keras at 2019-03"
    );
}

#[test]
fn crossings_directions_and_peaks_tell_where_they_really_are() {
    for (claim, told) in [
        ("PyTorch passes Keras in 2022-03", ""),
        (
            "PyTorch passes Keras in 2021",
            "error[false-claim]: figure `stars`: claim does not hold: PyTorch passes Keras in 2021: PyTorch 50,729, Keras 51,260 at 2021-12",
        ),
        ("Keras rises since 2022", ""),
        (
            "Keras falls since 2022",
            "error[false-claim]: figure `stars`: claim does not hold: Keras falls since 2022: 51,600 at 2022-01, 64,190 at 2026-07",
        ),
        ("PyTorch peaks in 2026", ""),
        (
            "PyTorch peaks in 2025",
            "error[false-claim]: figure `stars`: claim does not hold: PyTorch peaks in 2025: highest at 2026-07, with 101,967",
        ),
        ("TensorFlow >= 1.9 x PyTorch", ""),
        (
            "TensorFlow >= 2 x PyTorch",
            "error[false-claim]: figure `stars`: claim does not hold: TensorFlow >= 2 x PyTorch: TensorFlow 196,576, PyTorch 101,967 at 2026-07",
        ),
        ("PyTorch > 100,000", ""),
        (
            "PyTorch > 101967",
            "error[false-claim]: figure `stars`: claim does not hold: PyTorch > 101967: PyTorch 101,967 at 2026-07",
        ),
        (
            "PyTorch > Keras at every date",
            "error[false-claim]: figure `stars`: claim does not hold: PyTorch > Keras at every date: PyTorch 4, Keras 6,971 at 2016-08, and 66 times more",
        ),
        (
            "PyTorch > Keras at 2014",
            "error[uncheckable-claim]: figure `stars`: claim cannot be checked: PyTorch > Keras at 2014: no value for PyTorch and Keras at 2014",
        ),
        ("Pytorhc > Keras", "error[unknown-subject]: figure `stars`: unknown subject \"Pytorhc\""),
    ] {
        assert_eq!(message(&stars(&format!("\"{claim}\""))), told, "{claim}");
    }
    assert!(
        stars("\"PyTorch passes Keras in 2021\"").contains("hint: PyTorch passes Keras at 2022-03: say so")
    );
    assert!(stars("\"Pytorhc > Keras\"").contains("hint: did you mean `PyTorch`?"));
}

#[test]
fn somebody_passes_who_stays_ahead_for_three_dates() {
    let passes = |values: &str| {
        let rows: String =
            values.split(' ').enumerate().map(|(i, v)| format!("{},{v},10\n", 2001 + i)).collect();
        let (spec, plotted) = figure(
            &format!("year,A,B\n{rows}"),
            "",
            "chart = \"line\"\ntitle = \"A\"\nclaims = [\"A passes B in 2004\"]",
        );
        claim::check(&spec, &plotted.unwrap()).is_empty()
    };
    assert!(passes("1 2 3 11 12 13"));
    assert!(passes("1 10 10 11 12 13"), "level before it passes");
    assert!(!passes("1 2 3 11 12 9"), "ahead for two dates only");
    assert!(!passes("1 2 3 11 12"), "the data end too early");
    assert!(!passes("1 2 11 12 13 14"), "a year earlier");
    assert!(!passes("11 10 10 11 12 13"), "it never was behind");
}

#[test]
fn names_numbers_and_factors_are_read_as_written() {
    let csv = "year,Made in Rust,C x,3D\n2001,4,2,1\n2002,8,4,2\n";
    let told = |claim: &str| {
        let lines = format!("chart = \"line\"\ntitle = \"T\"\nclaims = [\"{claim}\"]");
        let (spec, plotted) = figure(csv, "", &lines);
        claim::check(&spec, &plotted.unwrap()).to_string()
    };
    for claim in [
        "'Made in Rust' > C x > 3D",
        "'Made in Rust' >= 2 x C x at 2001",
        "'Made in Rust' >= 2x C x at every date",
        "made in rust > 7.9",
        "1,000 > '3D' >= 2",
        "C x rises since 2001",
    ] {
        let expected = match claim {
            "C x rises since 2001" => {
                "error[uncheckable-claim]: figure `test`: claim cannot be checked: C x rises since 2001: fewer than 3 values since 2001"
            }
            _ => "",
        };
        assert_eq!(message(&told(claim)), expected, "{claim}");
    }
    assert_eq!(
        message(&told("3D > 'C x'")),
        "error[false-claim]: figure `test`: claim does not hold: 3D > 'C x': 3D 2, C x 4 at 2002"
    );
}

#[test]
fn what_was_counted_in_different_ways_is_not_compared() {
    let csv = "year,who,how,n\n2001,A,x,1\n2002,A,x,2\n2003,A,y,9\n";
    let (spec, plotted) = figure(
        csv,
        "subject = \"who\"\nvalues = [\"n\"]\nsame = [\"how\"]",
        "chart = \"bar\"\ntitle = \"A\"\nat = 2003\nclaims = [\"A rises since 2001\"]",
    );
    assert_eq!(
        message(&claim::check(&spec, &plotted.unwrap()).to_string()),
        "error[uncheckable-claim]: figure `test`: claim cannot be checked: A rises since 2001: the values were counted in different ways"
    );
}

#[test]
fn numbers_that_break_a_claim_can_be_told_apart() {
    let told = |csv: &str, claim: &str| {
        let lines = format!("chart = \"line\"\ntitle = \"T\"\nunit = \"percent\"\nclaims = [\"{claim}\"]");
        let (spec, frame) = figure(csv, "", &lines);
        let report = claim::check(&spec, &frame.unwrap());
        report.diagnostics[0].message.rsplit(": ").next().unwrap().to_owned()
    };
    let near = "year,A,B\n2001,1.00003,1.00002\n2002,1.00002,1.00003\n2003,1.00001,1.00002\n";
    assert_eq!(told(near, "A > B"), "A 1.00001%, B 1.00002% at 2003");
    assert_eq!(told(near, "A > 1.000011"), "A 1.00001% at 2003");
    assert_eq!(told(near, "B >= 2.00005 x A"), "B 1.00002%, A 1.00001% at 2003");
    assert_eq!(told(near, "A rises since 2001"), "1.00003% at 2001, 1.00001% at 2003");
    assert_eq!(told(near, "A passes B in 2003"), "A 1.00001%, B 1.00002% at 2003");
    let plain = "year,A,B\n2001,12.3456,40\n2002,0,0.00000123\n";
    assert_eq!(told(plain, "A > B"), "A 0%, B 0.0000012% at 2002");
    assert_eq!(told(plain, "A > B at 2001"), "A 12.3%, B 40%");
}

#[test]
fn a_placeholder_without_one_answer_is_an_error() {
    let told = |title: &str| {
        let csv = "year,A,B\n2001,1,5\n2002,5,5\n";
        let (spec, plotted) =
            figure(csv, "", &format!("chart = \"line\"\ntitle = \"{title}\"\nclaims = [\"A >= B\"]"));
        match claim::words(&spec, &plotted.unwrap()) {
            Ok(words) => words.title,
            Err(report) => report.to_string(),
        }
    };
    assert_eq!(told("{{{value: A at 2001}}} to {value: A}"), "{1} to 5");
    assert_eq!(told("{leader at 2001} led in {first_date}, {count} in all"), "B led in 2001, 2 in all");
    assert_eq!(told("{ratio: B / A at 2001} as many by {date}"), "5\u{a0}times as many by 2002");
    assert_eq!(
        told("{leader} leads"),
        "\
error[unfilled-placeholder]: figure `test`: cannot fill in a placeholder: `A`, `B` are level at 5
 --> popchart.toml:9:10
  |
9 | title = \"{leader} leads\"
  |          ^^^^^^^^
"
    );
    assert_eq!(
        told("So {third} is last"),
        "\
error[unfilled-placeholder]: figure `test`: cannot fill in a placeholder: there are only 2 values to rank
 --> popchart.toml:9:13
  |
9 | title = \"So {third} is last\"
  |             ^^^^^^^
"
    );
    assert_eq!(
        told("{value: C}"),
        "\
error[unknown-subject]: figure `test`: unknown subject \"C\"
 --> popchart.toml:9:18
  |
9 | title = \"{value: C}\"
  |                  ^
hint: did you mean `A`?
"
    );
    assert_eq!(
        told("{value: A at 1999}"),
        "\
error[unfilled-placeholder]: figure `test`: cannot fill in a placeholder: no value for A
 --> popchart.toml:9:10
  |
9 | title = \"{value: A at 1999}\"
  |          ^^^^^^^^^^^^^^^^^^
"
    );
}
