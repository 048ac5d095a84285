//! `popchart plot`: which figure data make, what it says, and what is refused.

use std::fs;

use tempfile::TempDir;

use crate::inspect::run as run_at_root;
use crate::project::Ran;
use crate::svg::ids_of_sound;

/// A folder with data files, and the program run in it.
pub struct Desk {
    pub folder: TempDir,
}

impl Desk {
    pub fn new(files: &[(&str, &str)]) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        files.iter().for_each(|(name, text)| fs::write(desk.folder.path().join(name), text).unwrap());
        desk
    }

    pub fn run(&self, words: &str) -> Ran {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_popchart"));
        Ran::of(command.args(words.split_whitespace()).current_dir(self.folder.path()).output().unwrap())
    }

    /// The picture on standard output of a run without a word on standard error.
    pub fn picture(&self, words: &str) -> Picture {
        Picture::of(&self.run(&format!("plot -o - {words}")).fine())
    }

    pub fn refuses(&self, words: &str, message: &str) {
        let ran = self.run(&format!("plot {words}"));
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (2, "", message), "{words}");
    }
}

/// A sound SVG with what it says.
pub struct Picture {
    pub text: String,
}

impl Picture {
    pub fn of(text: &str) -> Picture {
        ids_of_sound(text);
        Picture { text: text.to_owned() }
    }

    pub fn dataset(name: &str) -> Picture {
        let ran = run_at_root(&format!("plot datasets/{name} -o -"), b"");
        assert_eq!(ran.code, 0, "{}", ran.err);
        Picture::of(&ran.out)
    }

    /// The texts of a role, in order.
    pub fn words(&self, role: &str) -> Vec<String> {
        let document = roxmltree::Document::parse(&self.text).unwrap();
        let prefix =
            document.root_element().attribute("aria-labelledby").unwrap().split("-title").next().unwrap();
        let of_role = |id: &str| {
            let rest = id.strip_prefix(prefix).and_then(|id| id.strip_prefix(&format!("-{role}")));
            rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.')))
        };
        // A layer of several texts is a group that has the id.
        let layers = document.descendants().filter(|node| node.attribute("id").is_some_and(of_role));
        let texts =
            layers.flat_map(|layer| layer.descendants().filter_map(|node| node.attribute("aria-label")));
        texts.map(|text| text.replace('\u{a0}', " ")).collect()
    }

    pub fn said(&self, role: &str) -> String {
        self.words(role).join(" ")
    }

    pub fn count(&self, mark: &str) -> usize {
        self.text.matches(mark).count()
    }
}

pub const MONTHS: &str = "month,framework,stars\n2020-01,Keras,10\n2020-01,PyTorch,4\n2020-02,Keras,12\n\
                      2020-02,PyTorch,9\n2020-03,Keras,13\n2020-03,PyTorch,20\n";

/// A Google Trends export of `days` weeks, the first below one, the last low.
fn weeks(count: i64) -> String {
    let mut text = "Category: All categories\n\nWeek,kotlin: (Worldwide),swift: (Worldwide)\n".to_owned();
    for week in 0..count {
        let date = popchart::time::moment::Moment::from_seconds(1_577_836_800 + 86_400 * (4 + 7 * week));
        let (a, b) = if week == 0 {
            ("40".into(), "<1".into())
        } else {
            ((40 + week).to_string(), (60 - week).to_string())
        };
        let row = if week + 1 == count { format!("{date},3,2\n") } else { format!("{date},{a},{b}\n") };
        text += &row;
    }
    text
}

#[test]
fn a_trends_export_says_what_it_is() {
    let picture = Picture::dataset("google-trends.csv");
    assert_eq!(picture.said("headline"), "TensorFlow and PyTorch: search interest");
    assert_eq!(picture.said("subtitle"), "Index from 0 to 100, United States, weekly values");
    assert_eq!(picture.said("note"), "Note: The last week, 26 January 2020, may have been incomplete.");
    assert_eq!(picture.said("source"), "Source: Google Trends, read from google-trends.csv");
    assert_eq!(picture.words("series-label"), ["TensorFlow", "PyTorch"]);
    assert!(
        picture.text.contains("\"data\":{\"datasets/google-trends.csv\":\""),
        "the record names the file"
    );
}

#[test]
fn the_chart_is_chosen_from_the_data() {
    let desk = Desk::new(&[
        ("months.csv", MONTHS),
        ("bars.csv", "framework,stars\nKeras,7\nPyTorch,30\nCaffe,12\n"),
        ("day.csv", "date,framework,stars\n2020-05-06,Keras,7\n2020-05-06,PyTorch,30\n"),
        ("facets.csv", "framework,stars,open_issues\nKeras,7,300\nPyTorch,30,20\n"),
        ("own.csv", "date,framework,stars\n2020-05-06,Keras,7\n2020-06-07,PyTorch,30\n"),
        ("two.csv", "year,Keras,PyTorch\n2019,30,40\n2023,25,90\n"),
    ]);
    let line = desk.picture("months.csv");
    assert_eq!(line.said("headline"), "PyTorch and Keras: stars");
    assert_eq!(line.said("subtitle"), "Monthly values");
    assert_eq!(line.words("series-label"), ["PyTorch", "Keras"], "from top to bottom");

    let bars = desk.picture("bars.csv");
    assert_eq!(bars.words("category-label"), ["PyTorch", "Caffe", "Keras"], "sorted by value");
    assert_eq!(bars.words("value-label"), ["30", "12", "7"]);
    assert_eq!(
        (bars.said("headline"), bars.said("subtitle")),
        ("PyTorch, Caffe and Keras: stars".into(), String::new())
    );
    assert_eq!(desk.picture("day.csv").said("subtitle"), "6 May 2020");

    let facets = desk.picture("facets.csv");
    assert_eq!(facets.words("panel-title"), ["Stars", "Open issues"]);
    assert_eq!(facets.said("headline"), "PyTorch and Keras: stars and open issues");
    assert_eq!(facets.said("note"), "Note: Each panel has a scale of its own.");

    let own = desk.picture("own.csv");
    assert_eq!(own.words("value-label"), ["30", "7"]);
    assert_eq!(own.said("note"), "Note: The values are of different dates, from 6 May 2020 to 7 June 2020.");

    let two = desk.picture("two.csv");
    assert_eq!((two.said("headline"), two.said("subtitle")), ("PyTorch and Keras".into(), String::new()));
    assert_eq!(two.count("<circle"), 4, "a marker at each of four values");
}

#[test]
fn several_groups_are_grouped_bars() {
    let jobs = Picture::dataset("job-listings.csv");
    assert_eq!(jobs.words("group-label"), ["Indeed", "Monster", "SimplyHired"]);
    assert_eq!(jobs.said("subtitle"), "21 October 2020");
    assert_eq!(
        jobs.said("note"),
        "Note: The last of 4 dates is shown. No values of that date are known for LinkedIn."
    );
    let papers = Picture::dataset("conference-papers.csv");
    assert_eq!(papers.words("group-label")[..2], ["ICLR, May 2022", "CVPR, June 2020"]);
    assert_eq!(papers.said("note"), "Note: Each group is shown at its last date.");
}

#[test]
fn one_measure_is_drawn_and_the_others_are_told() {
    let ran = run_at_root("plot datasets/github-history.csv -o -", b"");
    assert_eq!(
        ran.err,
        "\
warning[left-out-measures]: drew `stars` only, of the measures `stars`, `forks`
  --> datasets/github-history.csv
hint: choose another one with `--measure`
"
    );
    let forks = run_at_root("plot datasets/github-history.csv -o - --measure Forks", b"").fine();
    assert_eq!(Picture::of(&forks).said("headline"), "TensorFlow, PyTorch and Keras: forks");
    let wrong = run_at_root("plot datasets/github-history.csv -o - --measure fork", b"");
    assert_eq!(
        (wrong.code, wrong.err.as_str()),
        (
            2,
            "\
error[unknown-measure]: unknown measure \"fork\"
  --> datasets/github-history.csv
hint: did you mean `forks`?
"
        )
    );
}

#[test]
fn the_last_period_is_kept_dropped_or_dashed() {
    let export = "time_series_US_20200105-0000_20200306-0000.csv";
    let desk = Desk::new(&[("w.csv", &weeks(9)), (export, &weeks(9)), ("many.csv", &weeks(180))]);
    let below = "Values below 1 are drawn as 0.5.";
    let note = |words: &str| desk.picture(words).said("note");
    let possible = "Note: The last week, 1 March 2020, may have been incomplete";
    assert_eq!(note("w.csv"), format!("{possible}. {below}"));
    assert_eq!(
        note("w.csv --last-period keep --below-one 0"),
        format!("{possible}. Values below 1 are drawn as 0.")
    );
    assert_eq!(note("w.csv --last-period drop"), format!("{possible} and is left out. {below}"));
    assert_eq!(note("w.csv --last-period dash"), format!("{possible} and is drawn hollow. {below}"));
    let certain = "Note: The last week, 1 March 2020, was incomplete";
    assert_eq!(note(export), format!("{certain} and is left out. {below}"));
    assert_eq!(note(&format!("{export} --last-period keep")), format!("{certain}. {below}"));

    let dashes = |words: &str| desk.picture(words).count("stroke-dasharray");
    let hollow = |words: &str| {
        let picture = desk.picture(words);
        let ends = picture.text.lines().filter(|line| line.contains("<circle") && line.contains("-end-dot-"));
        ends.filter(|line| line.contains("fill=\"#fff\"")).count()
    };
    assert_eq!((dashes("w.csv"), hollow("w.csv")), (0, 0));
    assert_eq!((dashes("w.csv --last-period dash"), hollow("w.csv --last-period dash")), (2, 2));
    // The last step of 180 is a few px wide, but falls far: only a step that is short both ways is left whole.
    assert_eq!(dashes("many.csv --last-period dash"), 2);
    let flat = weeks(180).replace(",3,2\n", ",218,-118\n");
    fs::write(desk.folder.path().join("flat.csv"), flat).unwrap();
    assert_eq!((dashes("flat.csv --last-period dash"), hollow("flat.csv --last-period dash")), (0, 2));
    fs::write(desk.folder.path().join("two.csv"), weeks(2)).unwrap();
    desk.refuses(
        "two.csv --last-period drop -o -",
        "\
error[too-little-left]: cannot leave out the last period, 12 January 2020: too little would remain
  --> two.csv
hint: use `--last-period keep`
",
    );
}

#[test]
fn of_many_lines_four_are_coloured_and_all_are_named() {
    let mut rows = "month,name,stars\n".to_owned();
    for month in 1..=12 {
        (0..9).for_each(|i| rows += &format!("2020-{month:02},p{i},{}\n", 10 * i + month));
    }
    let desk = Desk::new(&[("many.csv", &rows)]);
    let picture = desk.picture("many.csv");
    assert_eq!(picture.said("headline"), "p8, p7, p6 and six others: stars");
    assert_eq!(picture.words("series-label"), ["p8", "p7", "p6", "p5", "p4", "p3", "p2", "p1", "p0"]);
    let grey = "stroke=\"#8a949e\"";
    let lines =
        |mark: &str| picture.text.lines().filter(|l| l.contains("-series-") && l.contains(mark)).count();
    assert_eq!((lines("stroke-width=\"2.5\""), lines(grey)), (4, 5));

    let more: String =
        (0..40).map(|i| format!("2021-01,q{i},1\n2021-02,q{i},1\n2021-03,q{i},{i}\n")).collect();
    fs::write(desk.folder.path().join("more.csv"), rows + &more).unwrap();
    let note = desk.picture("more.csv").said("note");
    assert_eq!(
        note,
        "Note: The 30 with the highest latest values are shown; 19 others are not. \
         The lines without a name are q38, q37, q36, q35, q34, q33, q32, q31 and 17 others."
    );
}

#[test]
fn of_many_bars_twenty_are_drawn_and_the_rest_counted() {
    let rows =
        |count: u32| (0..count).fold("name,stars\n".to_owned(), |rows, i| rows + &format!("n{i},{i}\n"));
    let desk = Desk::new(&[("20.csv", &rows(20)), ("57.csv", &rows(57))]);
    assert_eq!(
        (desk.picture("20.csv").words("category-label").len(), desk.picture("20.csv").said("note")),
        (20, String::new())
    );
    let picture = desk.picture("57.csv");
    assert_eq!(picture.words("category-label").len(), 20);
    assert_eq!(picture.words("category-label")[0], "n56");
    assert_eq!(picture.said("note"), "Note: The 20 with the highest values are shown; 37 others are not.");
}

#[test]
fn maps_say_of_which_term_and_time_they_are() {
    let head = "Category: All categories\n\nCountry,kotlin: (1/1/04 - 9/24/19)";
    let places = |row: &str| (0..30).map(|i| row.replace('#', &i.to_string())).collect::<String>();
    let one = format!("{head}\n{}Utopia,100\nEldorado,5\n", places("Place #,\n"));
    let two = format!(
        "{head},swift: (1/1/04 - 9/24/19)\n{}Utopia,60%,40%\nEldorado,<1%,100%\n",
        places("Place #,,\n")
    );
    let desk = Desk::new(&[("one.csv", &one), ("two.csv", &two), ("other.csv", &two.replace('6', "5"))]);
    let none = "No value is known for Place 0, Place 1, Place 2, Place 3, Place 4, Place 5, Place 6, Place 7 and 22 others.";
    let map = desk.picture("one.csv");
    assert!(map.said("headline").ends_with("search interest in kotlin"), "{}", map.said("headline"));
    assert_eq!(map.said("subtitle"), "Index from 0 to 100, 1/1/04 – 9/24/19");
    assert_eq!(map.said("note"), format!("Note: {none}"));
    let shares = desk.picture("two.csv");
    assert_eq!(shares.said("headline"), "swift and kotlin: percentage of searches for these terms");
    assert_eq!(shares.said("subtitle"), "1/1/04 – 9/24/19");
    assert_eq!(shares.said("note"), format!("Note: {none} Values below 1 are drawn as 0.5."));
    let message = "\
error[unlike-files]: cannot draw shares of searches and another file on one axis
  --> other.csv
hint: plot each file alone, or export all terms in one comparison
";
    desk.refuses("two.csv other.csv -o -", message);
}

#[test]
fn a_single_value_is_no_line() {
    let picture = Picture::dataset("arxiv-mentions.csv");
    let names = ["TensorFlow", "PyTorch", "Keras", "Caffe", "Theano", "Torch"];
    assert_eq!(picture.words("series-label"), names);
    let values = picture.words("end-value");
    assert_eq!(values[values.len() - 6..], ["14.3%", "4.7", "4.0", "3.8", "2.3", "1.5"]);
    assert_eq!((picture.words("start-label")[0].as_str(), values[0].as_str()), ("TensorFlow", "9.1%"));
    assert_eq!(picture.words("tick-label"), ["Mar 2017", "Mar 2018"]);
    assert!(
        picture
            .said("note")
            .starts_with("Note: Not drawn, with one value each: MatConvNet (1.7 in March 2017), ")
    );
}

#[test]
fn several_files_share_one_figure() {
    let desk = Desk::new(&[
        ("a.csv", "date,stars\n2020-01-01,10\n2020-02-01,20\n2020-03-01,35\n"),
        ("b.csv", "date,stars\n2020-01-01,5\n2020-02-01,25\n2020-03-01,30\n2020-04-01,33\n"),
        ("c.csv", "date,framework,stars\n2020-01-01,a,1\n2020-02-01,a,2\n"),
        ("copy.csv", "date,stars\n2020-01-01,10\n2020-02-01,20\n2020-03-01,35\n"),
        ("forks.csv", "date,forks\n2020-01-01,10\n2020-02-01,20\n"),
        ("bars.csv", "name,stars\na,1\nb,2\n"),
        ("t1.csv", &weeks(5)),
        ("t2.csv", &weeks(6)),
    ]);
    let picture = desk.picture("a.csv b.csv");
    assert_eq!(picture.said("headline"), "b and a: stars");
    assert_eq!(picture.said("source"), "Source: a.csv; b.csv");
    assert_eq!(picture.count("\"a.csv\":\"") + picture.count("\"b.csv\":\""), 2, "the record has both");
    desk.refuses(
        "a.csv c.csv -o x.svg",
        "\
error[contradicting-files]: \"a\" has two values at 2020-01-01: 10 on line 2 of `a.csv` and 1 on line 2 of `c.csv`, and at 1 more date
 --> c.csv:2
  |
2 | 2020-01-01,a,1
  | ^^^^^^^^^^^^^^
hint: leave one of the files out, or export both again on one day
hint: or, where they count different things, name each in a manifest: `files = { \"a.csv\" = \"NAME\" }`
",
    );
    desk.refuses(
        "t1.csv t2.csv",
        "\
error[unanchored-exports]: cannot draw two Google Trends exports on one axis: each is scaled to its own highest value, 100
  --> t2.csv
hint: put the same term into both exports and name it with `--anchor`
hint: or export the terms in one comparison
",
    );
    desk.refuses(
        "a.csv copy.csv",
        "\
error[same-file]: `copy.csv` has the same bytes as `a.csv`
  --> copy.csv
hint: name each file once
",
    );
    let one_axis = "hint: plot each file alone, or choose a measure that all have with `--measure`\n";
    desk.refuses(
        "a.csv forks.csv",
        &format!("error[unlike-files]: cannot draw \"stars\" and \"forks\" on one axis\n  --> forks.csv\n{one_axis}"),
    );
    desk.refuses(
        "a.csv t1.csv",
        &format!(
            "error[unlike-files]: cannot draw \"stars\" and \"search interest\" on one axis\n  --> t1.csv\n{one_axis}"
        ),
    );
    desk.refuses(
        "a.csv bars.csv",
        "error[unlike-files]: cannot draw values with dates and values without on one axis: `a.csv` has dates, `bars.csv` has none\n  \
         --> bars.csv\nhint: plot each file alone\n",
    );
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), 8, "nothing was written");
}

#[test]
fn files_are_written_where_asked_and_not_over_others() {
    let desk = Desk::new(&[("stars.of.csv", MONTHS), ("data.svg", MONTHS)]);
    let exists = |name: &str| desk.folder.path().join(name).exists();
    assert_eq!(desk.run("plot stars.of.csv").fine(), "stars.of.svg: written\n");
    desk.refuses(
        "stars.of.csv",
        "\
error[existing-file]: `stars.of.svg` is there already
hint: replace it with `--force`, or name another file with `-o`
",
    );
    assert_eq!(desk.run("plot stars.of.csv --force --theme dark").fine(), "stars.of.svg: written\n");
    assert!(fs::read_to_string(desk.folder.path().join("stars.of.svg")).unwrap().contains("#0d1117"));
    assert_eq!(desk.run("plot stars.of.csv -o x.PNG --width 500 --height 400").fine(), "x.PNG: written\n");
    let bytes = fs::read(desk.folder.path().join("x.PNG")).unwrap();
    assert_eq!(
        (&bytes[..4], &bytes[16..24]),
        (&b"\x89PNG"[..], &[0, 0, 3, 232, 0, 0, 3, 32][..]),
        "1000 x 800"
    );
    desk.refuses(
        "stars.of.csv -o x.gif",
        "\
error[unknown-ending]: expected a file that ends in `.svg` or `.png`, found `x.gif`
hint: the ending says what is written
",
    );
    desk.refuses(
        "stars.of.csv -o none/x.svg",
        "\
error[unwritable-file]: failed to write: no such file
  --> none/x.svg
",
    );
    desk.refuses(
        "data.svg --force",
        "\
error[replaces-data]: cannot replace the data with their figure
  --> data.svg
hint: name another file with `-o`
",
    );
    for usage in
        ["plot", "plot stars.of.csv --width 200", "plot stars.of.csv --below-one 1", "plot a --last-period x"]
    {
        assert_eq!(desk.run(usage).code, 2, "{usage}");
    }
    assert!(!exists("x.gif") && !exists("none"));
}

#[test]
fn standard_input_is_a_file() {
    let ran = run_at_root("plot - -o - --title Stars", MONTHS.as_bytes()).fine();
    let picture = Picture::of(&ran);
    assert_eq!(
        (picture.said("headline"), picture.said("source")),
        ("Stars".into(), "Source: standard input".into())
    );
    assert!(ran.contains("\"data\":{\"standard input\":"), "the record names it");
    assert_eq!(run_at_root("plot - -o -", b"").code, 2);
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let plot = |file: &str| run_at_root(&format!("plot {file} -o -"), b"").out;
    for file in ["datasets/google-trends.csv", "datasets/job-listings.csv", "datasets/conference-papers.csv"]
    {
        assert_eq!(plot(file), plot(file), "{file}");
    }
}

#[test]
fn contradictions_are_refused() {
    let desk = Desk::new(&[
        ("twice.csv", "date,name,stars\n2020-01-01,a,1\n2020-02-01,a,2\n2020-02-01,a,3\n"),
        ("words.csv", "name,colour\na,red\nb,blue\n"),
        (
            "twice.json",
            "[\n  {\"name\": \"a\", \"points\": 3},\n  {\"name\": \"b\", \"points\": 5},\n  {\"name\": \"a\", \"points\": 4}\n]\n",
        ),
    ]);
    desk.refuses(
        "twice.json",
        "\
error[two-values]: a has two values, on lines 2 and 4
 --> twice.json:4
  |
4 |   {\"name\": \"a\", \"points\": 4}
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^
hint: remove one, make them one with `aggregate`, or name the column that tells them apart with `group` or `same`
",
    );
    desk.refuses(
        "twice.csv",
        "\
error[two-values]: a has two values at 2020-02, on lines 3 and 4
 --> twice.csv:4
  |
4 | 2020-02-01,a,3
  | ^^^^^^^^^^^^^^
hint: remove one, make them one with `aggregate`, or name the column that tells them apart with `group` or `same`
",
    );
    assert_eq!(desk.run("plot words.csv").code, 2);
}

#[test]
fn hostile_names_are_drawn_as_escapes() {
    let long = "x".repeat(300);
    let names = format!(
        "\"\u{202e}gnp.exe\",\"a\u{1}b\",\"<b>&\"\"'\",\"\u{fffe}\u{ffff}\",日本,\"two\nlines\",{long},{{leader}}"
    );
    let rows: String = (1..=3).map(|i| format!("2020-0{i}-01,1,2,3,4,5,6,7,8\n")).collect();
    let bars: String = names.split(',').map(|name| format!("{name},1\n")).collect();
    let desk =
        Desk::new(&[("h.csv", &format!("date,{names}\n{rows}")), ("b.csv", &format!("name,stars\n{bars}"))]);
    let cut = format!("{}…", "x".repeat(80));
    let shown = ["\\u{202e}gnp.exe", "a\\u{1}b", "<b>&\"’", "\\u{fffe}\\u{ffff}", "日本", "two lines"];
    // Of lines the highest is named first.
    for (file, first) in [("h.csv", "a\\u{1}b"), ("b.csv", "\\u{202e}gnp.exe")] {
        let ran = desk.run(&format!("plot {file} -o -"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        let picture = Picture::of(&ran.out);
        let labels = [picture.words("legend-label"), picture.words("category-label")].concat().join(" ");
        for name in shown.iter().copied().chain(["{leader}"]) {
            assert!(labels.replace('\'', "’").contains(name), "{file}: {name} is not in {labels}");
        }
        assert!(labels.replace(' ', "").contains(&cut), "{file}: {labels}");
        let hostile = |c: char| (c < ' ' && c != '\n') || matches!(c, '\u{202e}' | '\u{fffe}' | '\u{ffff}');
        assert!(!ran.out.contains(hostile), "{file}");
        let warning = format!(
            "warning[escaped-characters]: characters without a glyph are drawn as escapes, first in \"{first}\"\n"
        );
        assert!(ran.err.contains(&warning), "{}", ran.err);
    }
    let titled = desk.run("plot b.csv -o x.svg --title \u{202e}t\u{301}\u{1f600}");
    assert_eq!(titled.code, 0, "{}", titled.err);
    let text = fs::read_to_string(desk.folder.path().join("x.svg")).unwrap();
    assert!(Picture::of(&text).said("headline").starts_with("\\u{202e}t"), "{text}");
}
