//! `popchart plot --anchor`: several Google Trends exports on one scale, and when that is refused.

use std::fs;

use crate::plot::Desk;

/// A Google Trends export of some weeks from a first one on, with what each term's cells are.
pub fn export(region: &str, first: i64, weeks: usize, terms: &[(&str, &dyn Fn(usize) -> String)]) -> String {
    let names: String = terms.iter().map(|(term, _)| format!(",{term}: ({region})")).collect();
    let mut text = format!("Category: All categories\n\nWeek{names}\n");
    for week in 0..weeks {
        let days = 4 + 7 * (first + i64::try_from(week).unwrap());
        let date = popchart::time::moment::Moment::from_seconds(1_577_836_800 + 86_400 * days);
        let cells: String = terms.iter().map(|(_, cell)| format!(",{}", cell(week))).collect();
        text += &format!("{date}{cells}\n");
    }
    text
}

pub fn always(value: &str) -> impl Fn(usize) -> String {
    let value = value.to_owned();
    move |_| value.clone()
}

/// Two exports in which keras was searched for equally, and PyTorch four times as much as Caffe in the end.
fn desk() -> Desk {
    let rising = |week: usize| (10 * week + 10).to_string();
    let a = export("France", 0, 10, &[("keras", &always("20")), ("PyTorch", &rising)]);
    let b = export("France", 0, 10, &[("Caffe", &always("50")), ("Keras", &always("40"))]);
    Desk::new(&[("a.csv", &a), ("b.csv", &b)])
}

#[test]
fn two_exports_share_the_scale_of_a_term_in_both() {
    let desk = desk();
    let picture = desk.picture("a.csv b.csv --anchor keras --last-period keep");
    assert_eq!(picture.said("headline"), "PyTorch, Caffe and keras: search interest");
    assert_eq!(picture.words("series-label"), ["PyTorch", "Caffe", "keras"], "the anchor is drawn once");
    assert_eq!(picture.said("subtitle"), "Index from 0 to 100, France, weekly values");
    assert_eq!(
        picture.said("note"),
        "Note: Search interest of 2 exports was put on one scale by the term keras, which stands in both. \
         The last week, 8 March 2020, may have been incomplete."
    );
    assert_eq!(picture.count("\"a.csv\":\"") + picture.count("\"b.csv\":\""), 2, "the record has both");
    // 50 of an export in which keras is 40 are 25 of one in which it is 20.
    let alternative = roxmltree::Document::parse(&picture.text).unwrap();
    let told = alternative.descendants().find(|node| node.has_tag_name("desc")).unwrap();
    let told = told.text().unwrap().to_owned();
    assert!(told.contains("Caffe") && told.contains("25"), "{told}");
}

#[test]
fn the_highest_value_of_all_is_100() {
    let a = export("France", 0, 6, &[("keras", &always("80")), ("PyTorch", &always("100"))]);
    let b = export("France", 0, 6, &[("keras", &always("20")), ("Caffe", &always("<1"))]);
    let c = export("France", 0, 6, &[("TensorFlow", &always("100")), ("keras", &always("40"))]);
    let desk = Desk::new(&[("a.csv", &a), ("b.csv", &b), ("c.csv", &c)]);
    let files = "a.csv b.csv c.csv --anchor keras --last-period keep";
    let picture = desk.picture(files);
    let told = "Note: Search interest of 3 exports was put on one scale by the term keras, which stands in all. \
                Values below 1 were taken as 0.5 before.";
    assert!(picture.said("note").starts_with(told), "{}", picture.said("note"));
    assert!(desk.picture(&format!("{files} --below-one 0")).said("note").contains("taken as 0 before."));
    assert_eq!(picture.words("series-label"), ["TensorFlow", "PyTorch", "keras", "Caffe"]);
    let document = roxmltree::Document::parse(&picture.text).unwrap();
    let told = document.descendants().find(|node| node.has_tag_name("desc")).unwrap().text().unwrap();
    for value in ["100", "50", "40", "1"] {
        assert!(told.split(|c: char| !c.is_ascii_digit()).any(|number| number == value), "{value}: {told}");
    }
}

#[test]
fn files_without_the_anchor_or_without_a_scale_are_refused() {
    let desk = desk();
    let write = |name: &str, text: &str| fs::write(desk.folder.path().join(name), text).unwrap();
    write("stars.csv", "date,stars\n2020-01-01,10\n2020-02-01,20\n");
    write("alone.csv", &export("France", 0, 10, &[("keras", &always("40"))]));
    write("off.csv", &export("France", 0, 10, &[("keras", &always("40")), ("Caffe", &always("218"))]));
    desk.refuses(
        "a.csv b.csv -o - --anchor kears",
        "\
error[missing-anchor]: missing the term \"kears\", which `--anchor` names
  --> a.csv
hint: did you mean `keras`?

error[missing-anchor]: missing the term \"kears\", which `--anchor` names
  --> b.csv
hint: did you mean `Keras`?
",
    );
    desk.refuses(
        "a.csv b.csv -o - --anchor PyTorch",
        "\
error[missing-anchor]: missing the term \"PyTorch\", which `--anchor` names
  --> b.csv
hint: it has `Caffe`, `Keras`
",
    );
    desk.refuses(
        "a.csv -o - --anchor keras",
        "\
error[anchor-of-one-file]: cannot put one file on one scale with others
  --> a.csv
hint: name more exports, or leave `--anchor` out
",
    );
    desk.refuses(
        "a.csv stars.csv -o - --anchor keras",
        "\
error[not-an-export]: expected an export that is scaled to 100, as `--anchor` needs, found another table
  --> stars.csv
hint: leave the file out, or leave `--anchor` out
",
    );
    desk.refuses(
        "a.csv a.csv -o - --anchor keras",
        "\
error[same-file]: `a.csv` has the same bytes as `a.csv`
  --> a.csv
hint: name each file once
",
    );
    desk.refuses(
        "a.csv alone.csv -o - --anchor keras",
        "\
error[anchor-alone]: missing a term besides \"keras\"
  --> alone.csv
hint: leave the file out
",
    );
    desk.refuses(
        "a.csv off.csv -o - --anchor keras",
        "\
error[off-scale]: expected values from 0 to 100 in an export, found 218
 --> off.csv:4
  |
4 | 2020-01-05,40,218
  | ^^^^^^^^^^^^^^^^^
hint: export the data again
",
    );
}

#[test]
fn exports_that_do_not_compare_are_refused() {
    let desk = desk();
    let terms: &[(&str, &dyn Fn(usize) -> String)] = &[("keras", &always("40")), ("Caffe", &always("9"))];
    let zero: &[(&str, &dyn Fn(usize) -> String)] = &[("keras", &always("0")), ("Caffe", &always("9"))];
    let write = |name: &str, text: &str| fs::write(desk.folder.path().join(name), text).unwrap();
    write("late.csv", &export("France", 6, 10, terms));
    write("five.csv", &export("France", 5, 10, terms));
    write("zero.csv", &export("France", 0, 10, zero));
    let months: String = (1..=9).map(|month| format!("2020-{month:02},40,9\n")).collect();
    let months = format!("Category: All categories\n\nMonth,keras: (Spain),Caffe: (Spain)\n{months}");
    write("months.csv", &months);
    desk.refuses(
        "a.csv late.csv -o - --anchor keras",
        "\
error[few-shared-dates]: expected at least 5 dates with a value of \"keras\" in common with the files before, found 4
  --> late.csv
hint: export all terms over the same time
",
    );
    assert_eq!(desk.run("plot a.csv five.csv -o - --anchor keras").code, 0);
    desk.refuses(
        "a.csv zero.csv -o - --anchor keras",
        "\
error[anchor-too-low]: expected a mean of \"keras\" above 0 over the 10 shared dates, found 0
  --> zero.csv
hint: put a term that is searched for more into all exports
",
    );
    desk.refuses(
        "a.csv months.csv -o - --anchor keras",
        "\
error[unlike-exports]: cannot put exports of different regions on one scale: the region of `a.csv` is \"France\", that of `months.csv` is \"Spain\"
  --> months.csv
hint: export both of the same region

error[unlike-exports]: cannot put exports of different steps on one scale: the step of `a.csv` is week, that of `months.csv` is month
  --> months.csv
hint: export both over the same time
",
    );
}

#[test]
fn exports_that_name_no_region_are_told() {
    let table = |terms: &str, row: &str| {
        let rows: String = (1..=6).map(|day| format!("2020-03-0{day},{row},False\n")).collect();
        format!("date,{terms},isPartial\n{rows}")
    };
    let desk =
        Desk::new(&[("p.csv", &table("keras,jax", "50,100")), ("q.csv", &table("keras,caffe", "100,30"))]);
    let ran = desk.run("plot p.csv q.csv -o - --anchor keras");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            0,
            "\
warning[guessed-region]: the exports do not say of which region they are, and were taken to be of one
  --> p.csv
hint: look up that all were exported for the same region
"
        )
    );
}

#[test]
fn answers_on_one_scale_stand_side_by_side_and_not_beside_an_export() {
    let answer = |term: &str, interest: u32| {
        let point = |from: &str, to: &str, n: u32| {
            format!(
                "{{\"timeRange\":{{\"startTime\":\"{from}T00:00:00Z\",\"endTime\":\"{to}T00:00:00Z\"}},\"searchInterest\":{n},\
                \"scaledSearchInterest\":100,\"isPartial\":false}}"
            )
        };
        format!(
            "{{\"metadata\":{{\"spec\":{{\"expression\":{{\"terms\":[{{\"value\":\"{term}\"}}]}},\"geo\":{{\"code\":\"GB\"}}}}}},\"done\":true,\
            \"response\":{{\"timeSeries\":{{\"points\":[{},{},{}]}}}}}}",
            point("2026-01-01", "2026-02-01", interest),
            point("2026-02-01", "2026-03-01", interest * 2),
            point("2026-03-01", "2026-04-01", interest * 3)
        )
    };
    let desk = Desk::new(&[
        ("keras.json", &answer("Keras", 300)),
        ("caffe.json", &answer("Caffe", 5)),
        ("e.csv", "\"Time\",\"Keras\"\n\"2026-01-01\",50\n\"2026-02-01\",100\n\"2026-03-01\",7\n"),
    ]);
    let picture = desk.picture("keras.json caffe.json");
    assert_eq!(picture.words("series-label"), ["Keras", "Caffe"]);
    desk.refuses(
        "keras.json e.csv",
        "\
error[unlike-files]: cannot draw \"search interest (consistent scale)\" and \"search interest\" on one axis
  --> e.csv
hint: plot each file alone, or choose a measure that all have with `--measure`
",
    );
}
