//! Datasets of several files, subjects without a table, and figures of the highest values only.

use std::fs;
use std::path::PathBuf;

use crate::plot::{Desk, Picture};
use crate::plot_anchor::{always, export};

/// A project of one figure, its words with `{}` for what changes in the dataset, and the rest of the figure.
fn desk(dataset: &str, figure: &str, files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new(&[]);
    let path = |name: &str| -> PathBuf { desk.folder.path().join(name) };
    let manifest = format!(
        "[output]\nformats = [\"svg\"]\n\n[datasets.d]\n{dataset}\nsource = \"S\"\nretrieved = 2024\n\n[figures.f]\n\
         dataset = \"d\"\nchart = \"line\"\ntitle = \"T\"\n{figure}\n"
    );
    fs::write(path("popchart.toml"), manifest).unwrap();
    for (name, text) in files {
        fs::create_dir_all(path(name).parent().unwrap()).unwrap();
        fs::write(path(name), text).unwrap();
    }
    desk
}

impl Desk {
    /// The words of the SVG that `render` draws without a word on standard error.
    fn drawn(&self) -> Picture {
        let ran = self.run("render --force");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        Picture::of(&fs::read_to_string(self.folder.path().join("charts/f.svg")).unwrap())
    }

    fn page(&self) -> String {
        fs::read_to_string(self.folder.path().join("charts/f.md")).unwrap()
    }

    /// What `render` refuses.
    fn refused(&self, told: &str) {
        let ran = self.run("render --force");
        let gallery = "warning[gallery-left]: the gallery `charts/README.md` was left as it is, because figure `f` has errors\n";
        assert_eq!((ran.code, ran.err), (2, format!("{told}\n{gallery}")));
    }
}

const CLAIM: &str = "claims = [\"a > b\"]";
const A: &str = "date,a\n2019-11-01,10\n2019-12-01,20\n2020-01-01,30\n";
const B: &str = "date,b\n2019-11-01,1\n2019-12-01,2\n2020-01-01,3\n";

fn long(rows: &str) -> String {
    format!("date,who,stars\n{rows}")
}

#[test]
fn files_of_a_list_a_pattern_and_with_names_are_one_dataset() {
    let files = &[("data/a.csv", A), ("data/b.csv", B)];
    for dataset in [
        "files = [\"data/a.csv\", \"data/b.csv\"]",
        "files = \"data/?.csv\"\nnames_from = \"file\"",
        "files = { \"data/b.csv\" = \"b\", \"data/a.csv\" = \"a\" }",
    ] {
        let desk = desk(dataset, CLAIM, files);
        let picture = desk.drawn();
        let mut labels = picture.words("series-label");
        labels.sort();
        assert_eq!(labels, ["a", "b"], "{dataset}");
        let record = |name: &str| picture.count(&format!("\"{name}\":\""));
        assert_eq!(record("data/a.csv") + record("data/b.csv"), 2, "the record has both: {dataset}");
        let listed = desk.run("list").out;
        assert!(listed.contains("data/a.csv") && listed.contains("data/b.csv"), "{listed}");
        assert_eq!(desk.run("check").code, 0);
        fs::write(desk.folder.path().join("data/b.csv"), B.replace(",3", ",4")).unwrap();
        let ran = desk.run("check");
        assert_eq!((ran.code, ran.out.contains("data/b.csv")), (1, true), "{}", ran.out);
    }
}

#[test]
fn names_that_are_given_are_those_of_the_subjects() {
    let named = "files = { \"a.csv\" = \"Keras\", \"b.csv\" = \"PyTorch\" }";
    let claim = "claims = [\"Keras > PyTorch\"]";
    assert_eq!(
        desk(named, claim, &[("a.csv", A), ("b.csv", B)]).drawn().words("series-label"),
        ["Keras", "PyTorch"]
    );
    // Two files of one name are one series.
    let later = "date,x\n2020-01-01,30\n2020-02-01,40\n";
    let one = "files = { \"a.csv\" = \"Keras\", \"later.csv\" = \"Keras\" }";
    let picture = desk(one, "claims = [\"Keras > 39\"]", &[("a.csv", A), ("later.csv", later)]).drawn();
    assert_eq!(picture.words("series-label"), ["Keras"]);
}

#[test]
fn a_file_of_several_subjects_has_no_one_name() {
    let both = long("2020-01-01,a,1\n2020-01-01,b,2\n2020-02-01,a,1\n2020-02-01,b,2\n");
    let files = &[("a.csv", A), ("both.csv", both.as_str())];
    desk("files = { \"a.csv\" = \"x\", \"both.csv\" = \"y\" }", CLAIM, files).refused(
        "\
error[several-subjects]: dataset `d`: cannot call all of a file \"y\": it has 2 subjects: `a`, `b`
  --> both.csv
hint: make `files` an array, which leaves the subjects their names
",
    );
    desk("files = [\"both.csv\", \"a.csv\"]\nnames_from = \"file\"", CLAIM, files).refused(
        "\
error[several-subjects]: dataset `d`: cannot call all of a file \"both\": it has 2 subjects: `a`, `b`
  --> both.csv
hint: leave `names_from` out, which leaves the subjects their names
",
    );
}

#[test]
fn exports_that_were_appended_are_one_series() {
    let old = long(
        "2019-11-01,a,10\n2019-11-01,b,1\n2019-12-01,a,20\n2019-12-01,b,2\n2020-01-01,a,30\n2020-01-01,b,\n",
    );
    let new = long("2020-01-01,A,30\n2020-01-01,b,3\n2020-02-01,A,40\n2020-02-01,b,4\n");
    let desk = desk("files = \"*.csv\"", CLAIM, &[("2019.csv", &old), ("2020.csv", &new)]);
    let picture = desk.drawn();
    assert_eq!(picture.words("series-label"), ["a", "b"], "case does not part a subject");
    let page = desk.page();
    for row in ["| 2019-11 | 10 | 1 |", "| 2020-01 | 30 | 3 |", "| 2020-02 | 40 | 4 |"] {
        assert!(page.contains(row), "{row}: {page}");
    }
}

#[test]
fn spellings_of_one_subject_overlap_as_one() {
    let (one, two) = ("date,a\n2020-01-01,1\n2020-02-01,2\n", "date,a/a\n2020-02-01,2\n2020-03-01,3\n");
    let files = [("one.csv", one), ("two.csv", two)];
    let dataset = "files = { \"one.csv\" = \"Ay\", \"two.csv\" = \"a/a\" }";
    let desk = desk(dataset, "claims = [\"A > 2\"]\n[subjects.A]\nalso = [\"ay\", \"a/a\"]", &files);
    assert_eq!(desk.drawn().words("series-label"), ["A"]);
}

#[test]
fn values_that_contradict_each_other_are_told_with_both_places() {
    let one = long("2020-01-01,a,1\n2020-02-01,a,2\n2020-03-01,a,3\n");
    let two = long("2020-02-01,a,2.5\n2020-03-01,a,3.5\n2020-04-01,a,4\n");
    desk("files = [\"x/one.csv\", \"two.csv\"]", CLAIM, &[("x/one.csv", &one), ("two.csv", &two)]).refused(
        "\
error[contradicting-files]: dataset `d`: \"a\" has two values at 2020-02-01: 2 on line 3 of `x/one.csv` and 2.5 on line 2 of `two.csv`, and at 1 more date
 --> two.csv:2
  |
2 | 2020-02-01,a,2.5
  | ^^^^^^^^^^^^^^^^
hint: leave one of the files out, or export both again on one day
hint: or, where they count different things, name each in a manifest: `files = { \"a.csv\" = \"NAME\" }`
",
    );
}

#[test]
fn files_that_do_not_go_together_are_refused() {
    let bars = "name,stars\na,1\nb,2\n";
    let forks = long("2020-01-01,a,1\n2020-02-01,a,2\n").replace("stars", "forks");
    let stars = long("2020-01-01,b,1\n2020-02-01,b,2\n");
    let trends = |name: &str| export("France", 0, 6, &[("keras", &always("100")), (name, &always("5"))]);
    let (t1, t2) = (trends("jax"), trends("mxnet"));
    let copy = A.to_owned();
    let files: &[(&str, &str)] = &[
        ("a.csv", A),
        ("bars.csv", bars),
        ("forks.csv", &forks),
        ("stars.csv", &stars),
        ("t1.csv", &t1),
        ("t2.csv", &t2),
        ("copy.csv", &copy),
    ];
    for (names, told) in [
        (
            "\"stars.csv\", \"bars.csv\"",
            "\
error[unlike-files]: dataset `d`: cannot draw values with dates and values without on one axis: `stars.csv` has dates, `bars.csv` has none
  --> bars.csv
hint: make a dataset of each
",
        ),
        (
            "\"stars.csv\", \"forks.csv\"",
            "\
error[unlike-files]: dataset `d`: cannot draw \"stars\" and \"forks\" on one axis
  --> forks.csv
hint: make a dataset of each, or choose a measure that all have with `values`
",
        ),
        (
            "\"t1.csv\", \"t2.csv\"",
            "\
error[unanchored-exports]: dataset `d`: cannot draw two Google Trends exports on one axis: each is scaled to its own highest value, 100
  --> t2.csv
hint: put the same term into both exports and name it with `anchor`
hint: or export the terms in one comparison
",
        ),
        (
            "\"a.csv\", \"copy.csv\"",
            "\
error[same-file]: dataset `d`: `copy.csv` has the same bytes as `a.csv`
  --> copy.csv
hint: name each file once
",
        ),
        (
            "\"a.csv\", \"c.csv\"",
            "\
error[unreadable-file]: dataset `d`: failed to read `c.csv`: no such file
 --> popchart.toml:5:19
  |
5 | files = [\"a.csv\", \"c.csv\"]
  |                   ^^^^^^^
hint: did you mean `a.csv`?
",
        ),
    ] {
        desk(&format!("files = [{names}]"), CLAIM, files).refused(told);
    }
    desk("files = \"data/*.tsv\"", CLAIM, files).refused(
        "\
error[unmatched-pattern]: dataset `d`: no file is like \"data/*.tsv\"
 --> popchart.toml:5:10
  |
5 | files = \"data/*.tsv\"
  |          ^^^^^^^^^^
hint: the pattern is relative to the manifest's folder, and links are not followed
",
    );
}

#[test]
fn a_pattern_finds_files_below_the_folder_alone() {
    let files = &[
        ("data/2020/a.csv", A),
        ("data/2019/b.csv", B),
        ("data/2019/.c.csv", "x"),
        ("data/.hidden/d.csv", "x"),
        ("more/e.csv", "x"),
        ("data/2021.csv/f.csv", "x"),
    ];
    let desk = desk("files = \"data/*/[ab].csv\"", CLAIM, files);
    let listed = |desk: &Desk| desk.run("list").out;
    assert_eq!(listed(&desk), "f\tline\t\n", "brackets are letters");
    let manifest = desk.folder.path().join("popchart.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    #[cfg(unix)]
    {
        let path = |name: &str| desk.folder.path().join(name);
        std::os::unix::fs::symlink(path("more"), path("data/link")).unwrap();
        std::os::unix::fs::symlink(path("more/e.csv"), path("data/2019/link.csv")).unwrap();
    }
    for (pattern, found) in [
        ("data/20??/*.csv", "data/2019/b.csv, data/2020/a.csv"),
        ("./data//*/?.csv", "data/2019/b.csv, data/2020/a.csv, data/2021.csv/f.csv"),
        ("data/link/*.csv", ""),
        ("data/*", ""),
        ("more/e.csv", "more/e.csv"),
    ] {
        fs::write(&manifest, text.replace("data/*/[ab].csv", pattern)).unwrap();
        assert_eq!(listed(&desk), format!("f\tline\t{found}\n"), "{pattern}");
    }
}

#[test]
fn an_anchor_puts_the_files_of_a_dataset_on_one_scale() {
    let rising = |week: usize| (10 * week + 10).to_string();
    let a = export("France", 0, 10, &[("keras", &always("20")), ("PyTorch", &rising)]);
    let b = export("France", 0, 10, &[("Caffe", &always("<1")), ("Keras", &always("40"))]);
    let files = &[("a.csv", a.as_str()), ("b.csv", b.as_str())];
    let dataset = "files = [\"a.csv\", \"b.csv\"]\nanchor = \"keras\"";
    let figure = "unit = \"index\"\nlast_period = \"keep\"\nclaims = [\"PyTorch > keras > Caffe\", \"PyTorch >= 4 x keras\"]";
    let desk = desk(dataset, figure, files);
    let picture = desk.drawn();
    assert_eq!(
        picture.said("note"),
        "Note: Search interest of 2 exports was put on one scale by the term keras, which stands in both. \
         Values below 1 were taken as 0.5 before."
    );
    let page = desk.page();
    // 40 of the second export are 20 of the first.
    assert!(page.contains("| 2020-01-05 | 20 | 10 | 0.25 |"), "{page}");
    let manifest = desk.folder.path().join("popchart.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("anchor = \"keras\"", "anchor = \"keras\"\nbelow_one = 0")).unwrap();
    assert!(desk.drawn().said("note").ends_with("Values below 1 were taken as 0 before."));
    fs::write(&manifest, text.replace("anchor = \"keras\"", "anchor = \"jax\"")).unwrap();
    desk.refused(
        "\
error[missing-anchor]: dataset `d`: missing the term \"jax\", which `anchor` names
  --> a.csv
hint: it has `keras`, `PyTorch`

error[missing-anchor]: dataset `d`: missing the term \"jax\", which `anchor` names
  --> b.csv
hint: it has `Caffe`, `Keras`
",
    );
}

#[test]
fn who_has_no_table_is_shown_highlighted_and_claimed() {
    let month = |month| {
        format!("2020-{month:02}-01,Keras,3\n2020-{month:02}-01,Some Name,2\n2020-{month:02}-01,jax,1\n")
    };
    let rows = long(&(1..4).map(month).collect::<String>());
    let files = [("d.csv", rows.as_str())];
    let figure = "subjects = [\"some name\", \"keras\"]\nhighlight = [\"keras\"]\nclaims = [\"keras > 'Some Name' > jax\"]";
    let picture = desk("path = \"d.csv\"", figure, &files).drawn();
    assert_eq!(picture.words("series-label"), ["Keras", "Some Name"], "called as the data call them");
    let figure = "subjects = [\"Kears\", \"org00/project-00\"]\nclaims = [\"keras > 0\"]";
    desk("path = \"d.csv\"", figure, &files).refused(
        "\
error[unknown-subject]: figure `f`: unknown subject \"Kears\"
  --> popchart.toml:13:14
   |
13 | subjects = [\"Kears\", \"org00/project-00\"]
   |              ^^^^^
hint: did you mean `Keras`?
hint: or declare it in a table `[subjects.Kears]`, with what the data call it in `also`

error[unknown-subject]: figure `f`: unknown subject \"org00/project-00\"
  --> popchart.toml:13:23
   |
13 | subjects = [\"Kears\", \"org00/project-00\"]
   |                       ^^^^^^^^^^^^^^^^
hint: subjects are `Keras`, `Some Name`, `jax`
hint: or declare it in a table `[subjects.\"org00/project-00\"]`, with what the data call it in `also`
",
    );
}

#[test]
fn a_dataset_may_say_whom_a_spelling_means_without_a_table() {
    let rows = long(
        "2020-01-01,torch,3\n2020-01-01,jax,1\n2020-02-01,torch,3\n2020-03-01,jax,1\n2020-03-01,torch,3\n",
    );
    let other = long("2020-01-01,PyTorch,3\n2020-02-01,PyTorch,5\n");
    let files = &[("d.csv", rows.as_str()), ("e.csv", other.as_str())];
    let names = "names = { torch = \"PyTorch\" }";
    let claim = "claims = [\"PyTorch > jax\"]";
    let told = "\
error[unknown-subject]: figure `f`: unknown subject \"PyTorch\"
 --> popchart.toml:6:20
  |
6 | names = { torch = \"PyTorch\" }
  |                    ^^^^^^^
hint: subjects are `jax`
hint: or declare it in a table `[subjects.PyTorch]`, with what the data call it in `also`
";
    desk(&format!("path = \"d.csv\"\n{names}"), claim, files).refused(told);
    let known = format!("{claim}\n[subjects.PyTorch]");
    let picture = desk(&format!("path = \"d.csv\"\n{names}"), &known, files).drawn();
    assert_eq!(picture.words("series-label"), ["PyTorch", "jax"]);
}

#[test]
fn a_figure_may_show_the_highest_only() {
    let months = ["2020-01", "2020-02", "2020-03", "2020-04"];
    let rows: String = (1..=9)
        .flat_map(|who| months.map(|month| format!("{month}-01,s{who},{}\n", who * 10)))
        .chain((1..4).map(|month| format!("2020-0{month}-01,early,999\n")))
        .collect();
    let rows = long(&rows);
    let files = &[("d.csv", rows.as_str())];
    let claim = "claims = [\"s9 > s8 > s1\", \"early > s9 at 2020-01\"]";
    let picture = desk("path = \"d.csv\"", &format!("top = 3\n{claim}"), files).drawn();
    assert_eq!(picture.words("series-label"), ["s9", "s8", "s7"]);
    assert_eq!(
        picture.said("note"),
        "Note: The 3 with the highest latest values are shown; 7 others are not."
    );
    let document = roxmltree::Document::parse(&picture.text).unwrap();
    let desc = document.descendants().find(|node| node.has_tag_name("desc")).unwrap().text().unwrap();
    assert!(desc.contains("for s9, s8 and s7,"), "the highest is the first, in words and colours: {desc}");
    let highlighted = format!("top = 2\nhighlight = [\"s1\"]\n{claim}");
    let picture = desk("path = \"d.csv\"", &highlighted, files).drawn();
    assert_eq!(picture.words("series-label"), ["s9", "s8", "s1"]);
    assert_eq!(
        picture.said("note"),
        "Note: The 2 with the highest latest values and s1 are shown; 7 others are not."
    );
    let early = format!("top = 1\nto = \"2020-03\"\n{}", "claims = [\"early > s9\"]");
    assert_eq!(desk("path = \"d.csv\"", &early, files).drawn().words("series-label"), ["early"]);
    let all = desk("path = \"d.csv\"", &format!("top = 99\nhighlight = [\"s9\"]\n{claim}"), files).drawn();
    assert_eq!(
        all.words("note"),
        ["Note: The lines without a name are s8, s7, s6, s5, s4, s3 and s2."],
        "nothing is left out but names"
    );
}

#[test]
fn the_highest_bars_are_said_without_a_date_where_there_is_none() {
    let rows: String = (1..=5).map(|who| format!("s{who},{}\n", who * 10)).collect();
    let rows = format!("who,jobs\n{rows}");
    let figure = "top = 2\nclaims = [\"s5 > s4 > s1\"]";
    let desk = desk("path = \"d.csv\"", figure, &[("d.csv", &rows)]);
    let manifest = desk.folder.path().join("popchart.toml");
    let text = fs::read_to_string(&manifest).unwrap().replace("\"line\"", "\"bar\"");
    fs::write(&manifest, text).unwrap();
    let picture = desk.drawn();
    assert_eq!(picture.words("category-label"), ["s5", "s4"]);
    assert_eq!(picture.said("note"), "Note: The 2 with the highest values are shown; 3 others are not.");
}

#[test]
fn all_panels_show_who_is_highest_in_the_first() {
    let rows = "who,stars,forks\na,3,1\nb,2,9\nc,1,5\n";
    let figure = "top = 2\npanels = [{ measure = \"stars\", title = \"Stars\" }, { measure = \"forks\", title = \"Forks\" }]\n\
                  claims = [\"b > a in forks\"]";
    let desk = desk("path = \"d.csv\"", figure, &[("d.csv", rows)]);
    let manifest = desk.folder.path().join("popchart.toml");
    let text = fs::read_to_string(&manifest).unwrap().replace("\"line\"", "\"facets\"");
    fs::write(&manifest, text).unwrap();
    let picture = desk.drawn();
    assert_eq!(picture.words("category-label"), ["a", "b", "b", "a"]);
}

#[test]
fn what_was_counted_in_different_ways_is_told_with_its_files() {
    let one = "date,query,who,n\n2020-01-01,x,a,1\n2020-02-01,x,a,2\n";
    let two = "date,query,who,n\n2020-03-01,y,a,3\n2020-04-01,y,a,4\n";
    let dataset = "files = [\"one.csv\", \"two.csv\"]\ncolumns = { date = \"date\", subject = \"who\", same = [\"query\"] }";
    desk(dataset, "claims = [\"a > 1\"]", &[("one.csv", one), ("two.csv", two)]).refused(
        "\
error[counted-differently]: figure `f`: cannot draw together what was counted in different ways: query: x (line 2 of `one.csv`) and query: y (line 2 of `two.csv`)
 --> two.csv:2
  |
2 | 2020-03-01,y,a,3
  | ^^^^^^^^^^^^^^^^
hint: choose one with `from` and `to`, or with `only` in the dataset
",
    );
}

#[test]
fn exports_that_share_a_second_term_cannot_agree_on_it() {
    let a = export("France", 0, 6, &[("keras", &always("30")), ("jax", &always("100"))]);
    let b = export("France", 0, 6, &[("keras", &always("31")), ("jax", &always("100"))]);
    desk("files = \"*.csv\"\nanchor = \"keras\"", CLAIM, &[("a.csv", &a), ("b.csv", &b)]).refused(
        "\
error[contradicting-files]: dataset `d`: \"jax\" has two values at 2020-01-05: 100 on line 4 of `a.csv` and 96.7741935483871 on line 4 of `b.csv`, and at 5 more dates
 --> b.csv:4
  |
4 | 2020-01-05,31,100
  | ^^^^^^^^^^^^^^^^^
hint: leave the term out of one of them: each export has rounded it on its own
",
    );
    desk("files = [\"a.csv\"]\nanchor = \"keras\"", CLAIM, &[("a.csv", &a)]).refused(
        "\
error[anchor-of-one-file]: dataset `d`: cannot put one file on one scale with others
  --> a.csv
hint: name more exports, or leave `anchor` out
",
    );
}

#[test]
fn a_ratio_has_its_parts_from_two_files() {
    let one = "date,who,papers,all\n2020-01-01,a,1,10\n2020-02-01,a,2,\n2020-03-01,a,3,10\n";
    let two =
        "date,who,papers,all\n2020-01-01,a,1,10\n2020-02-01,a,2,10\n2020-03-01,a,3,10\n2020-04-01,a,4,10\n";
    let desk = desk(
        "files = \"*.csv\"\nsubject = \"who\"\nvalues = [\"papers\", \"all\"]",
        "measure = \"papers / all\"\nclaims = [\"a > 19 at 2020-02\"]",
        &[("1.csv", one), ("2.csv", two)],
    );
    desk.drawn();
    assert!(desk.page().contains("| 2020-02 | 20 |"), "{}", desk.page());
}

#[test]
fn exports_that_lost_their_name_are_known_by_their_hundred() {
    let old = "Month,kotlin\n2019-11,10\n2019-12,100\n2020-01,30\n";
    let new = "Month,kotlin\n2020-02,10\n2020-03,<1\n2020-04,100\n";
    let desk = Desk::new(&[("u1.csv", old), ("u2.csv", new), ("u3.csv", &new.replace("100", "99"))]);
    desk.refuses(
        "u1.csv u2.csv",
        "\
error[unanchored-exports]: cannot draw `u1.csv` and `u2.csv` on one axis: each has whole numbers up to just 100, as exports that \
are scaled to their own highest value
  --> u2.csv
hint: put the same term into both exports and name it with `--anchor`
hint: or, where they count, set `basis = \"count\"` (`--basis count`)
",
    );
    desk.picture("u1.csv u3.csv");
}

#[test]
fn appended_files_that_agree_where_they_overlap_are_one_and_others_are_told_with_both_places() {
    let old = "date,a\n2019-11-01,10\n2019-12-01,20\n2020-01-01,30\n";
    let new = "date,a\n2020-01-01,30\n2020-02-01,40\n2020-03-01,45\n";
    let desk = Desk::new(&[("a.csv", old), ("b.csv", new), ("c.csv", &new.replace("30", "31"))]);
    let picture = desk.picture("a.csv b.csv");
    assert_eq!(picture.said("subtitle"), "Monthly values");
    desk.refuses(
        "a.csv c.csv",
        "\
error[contradicting-files]: \"a\" has two values at 2020-01-01: 30 on line 4 of `a.csv` and 31 on line 2 of `c.csv`
 --> c.csv:2
  |
2 | 2020-01-01,31
  | ^^^^^^^^^^^^^
hint: leave one of the files out, or export both again on one day
hint: or, where they count different things, name each in a manifest: `files = { \"a.csv\" = \"NAME\" }`
",
    );
}

#[test]
fn files_without_dates_that_are_called_by_one_are_of_that_date() {
    let (old, new) = ("name,stars\na,1\nb,2\n", "name,stars\na,3\nb,5\n");
    let claim = "claims = [\"a > 2 at 2020\", \"b > a at 2019\"]";
    for (dataset, names) in [
        ("files = \"*.csv\"\nnames_from = \"file\"", ["stars-2019.csv", "stars-2020.csv"]),
        ("files = { \"x.csv\" = \"2019\", \"y.csv\" = \"2020\" }", ["x.csv", "y.csv"]),
    ] {
        let desk = desk(dataset, claim, &[(names[0], old), (names[1], new)]);
        let mut labels = desk.drawn().words("series-label");
        labels.sort();
        assert_eq!(labels, ["a", "b"], "{dataset}");
    }
    // A file that leaves its series nameless is called by its name all the same.
    let picture = desk(
        "files = \"*.csv\"\nnames_from = \"file\"",
        "claims = [\"b2020 > a2019\"]",
        &[
            ("a2019.csv", "date,n\n2021-01-01,1\n2021-02-01,2\n"),
            ("b2020.csv", "date,n\n2021-01-01,3\n2021-02-01,4\n"),
        ],
    );
    assert_eq!(picture.drawn().words("series-label"), ["b2020", "a2019"]);
    Desk::new(&[("2019.csv", old), ("2020.csv", new)]).refuses(
        "2019.csv 2020.csv",
        "\
error[contradicting-files]: \"a\" has two values: 1 on line 2 of `2019.csv` and 3 on line 2 of `2020.csv`
 --> 2020.csv:2
  |
2 | a,3
  | ^^^
hint: leave one of the files out, or export both again on one day
hint: or, where they count different things, name each in a manifest: `files = { \"a.csv\" = \"NAME\" }`
hint: or, where each file is of one date, call it by its date, and set `names_from = \"file\"`

error[contradicting-files]: \"b\" has two values: 2 on line 3 of `2019.csv` and 5 on line 3 of `2020.csv`
 --> 2020.csv:3
  |
3 | b,5
  | ^^^
hint: leave one of the files out, or export both again on one day
hint: or, where they count different things, name each in a manifest: `files = { \"a.csv\" = \"NAME\" }`
hint: or, where each file is of one date, call it by its date, and set `names_from = \"file\"`
",
    );
}
