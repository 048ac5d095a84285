//! `popchart plot`: that words, marks and labels say no more than the data do.

use crate::plot::{Desk, MONTHS, Picture};

#[test]
fn groups_over_many_dates_are_lines() {
    let row = |i: u32| {
        [("Fern", "US", i), ("Fern", "GB", 2 * i), ("Kite", "US", 3 * i)]
            .map(|(who, place, n)| format!("2021-{i:02}-01,{who},{place},{n}\n"))
            .concat()
    };
    let table = |dates: u32| format!("date,keyword,geo,hits\n{}", (1..=dates).map(row).collect::<String>());
    let desk = Desk::new(&[("many.csv", &table(7)), ("few.csv", &table(6))]);
    assert_eq!(desk.picture("many.csv").words("series-label"), ["US: Kite", "GB: Fern", "US: Fern"]);
    assert_eq!(desk.picture("few.csv").words("group-label"), ["US", "GB"]);
}

#[test]
fn rows_that_stand_twice_count_once() {
    let rows = "2021-01,a,1\n2021-02,a,2\n2021-03,a,4\n";
    let desk = Desk::new(&[
        ("twice.csv", &format!("date,name,n\n{rows}{rows}")),
        ("once.csv", &format!("date,name,n\n{rows}2021-03,a,4\n")),
    ]);
    for (file, note) in [
        ("twice.csv", "Note: 3 values stand in the data more than once and count once."),
        ("once.csv", "Note: One value stands in the data twice and counts once."),
    ] {
        let ran = desk.run(&format!("plot {file} -o -"));
        assert!(ran.code == 0 && ran.out.contains(note), "{}", ran.err);
        assert!(ran.err.contains("in the file a second time, first \"a\" at"), "{}", ran.err);
    }
}

#[test]
fn a_picture_of_fiscal_years_says_so() {
    let desk = Desk::new(&[("fiscal.csv", "period,a\nFY2023 Q1,5\nFY2023 Q2,7\nFY2023 Q3,9\n")]);
    for (option, note) in [
        ("", "Note: Fiscal years are shown as calendar years."),
        (" --year-starts July", "Note: The fiscal years begin in July."),
    ] {
        let ran = desk.run(&format!("plot fiscal.csv{option} -o -"));
        assert!(ran.code == 0 && ran.out.contains(note), "{}", ran.err);
    }
}

#[test]
fn a_period_that_the_user_calls_running_is_treated_so() {
    let desk = Desk::new(&[("months.csv", MONTHS)]);
    let note = |how: &str| {
        let ran = desk.run(&format!("plot months.csv --last-period {how} -o -"));
        let start = ran.out.find("Note: ").unwrap_or(ran.out.len());
        (ran.out[start..].split('<').next().unwrap().to_owned(), ran.out.contains("stroke-dasharray"))
    };
    let was = "Note: The last month, March 2020, may have been incomplete and is";
    assert_eq!(note("drop"), (format!("{was} left out."), false));
    assert_eq!(note("dash"), (format!("{was} drawn hollow."), true));
    assert_eq!(note("keep"), (String::new(), false));
}

#[test]
fn how_values_became_one_is_said() {
    let desk = Desk::new(&[("t.csv", "date,name,n\n2020-01,a,1\n2020-01,a,3\n2020-02,a,4\n2020-03,a,5\n")]);
    let ran = desk.run("plot t.csv --aggregate mean -o -");
    assert!(ran.out.contains("Note: Each value is the mean of those of its date and series."), "{}", ran.err);
}

#[test]
fn dates_are_told_as_exactly_as_they_are_written() {
    let quarters: String =
        (0..6).map(|i| format!("{}-Q{},{i},{}\n", 2024 + i / 4, i % 4 + 1, i + 2)).collect();
    let desk = Desk::new(&[
        ("quarters.csv", &format!("quarter,a,\"b, c\"\n{quarters}")),
        ("januaries.csv", "month,a,b\n2023-01,3,4\n2024-01,4,5\n"),
        ("years.csv", "year,a,b\n2023,3,4\n2024,4,5\n"),
        ("pandas.csv", "date,a,b\n2022-01-01,3,4\n2023-01-01,3,4\n2024-01-01,4,5\n"),
    ]);
    let picture = desk.picture("quarters.csv");
    assert_eq!(picture.said("headline"), "“b, c” and a");
    assert_eq!(picture.said("subtitle"), "Quarterly values");
    let ticks = ["Q1 2024", "Q2", "Q3", "Q4", "Q1 2025", "Q2"].map(str::to_owned);
    assert!(picture.words("tick-label").ends_with(&ticks), "{:?}", picture.words("tick-label"));
    assert_eq!(desk.picture("januaries.csv").said("subtitle"), "");
    assert_eq!(desk.picture("years.csv").said("subtitle"), "");
    assert_eq!(desk.picture("pandas.csv").said("subtitle"), "Yearly values");
}

#[test]
fn gaps_are_explained() {
    let desk = Desk::new(&[
        ("step.csv", "month,a\n2023-01,3\n2023-02,4\n2023-03,5\n2023-04,6\n2023-09,4\n2023-10,6\n"),
        ("empty.csv", "month,a\n2023-01,3\n2023-02,4\n2023-03,\n2023-04,6\n"),
        ("late.csv", "month,a,b\n2023-01,3,\n2023-02,4,1\n2023-03,5,2\n2023-04,6,\n"),
    ]);
    let note = "Note: Lines break where values are missing.";
    assert_eq!(
        ["step.csv", "empty.csv", "late.csv"].map(|file| desk.picture(file).said("note")),
        [note, note, ""]
    );
    // Neither a line nor a point that is not drawn has a gap to explain.
    let many: String = (1..=4)
        .flat_map(|month| (0..31).map(move |i| (month, i)))
        .filter(|at| *at != (2, 0))
        .map(|(month, i)| format!("2023-{month:02},s{i},{}\n", i * month))
        .collect();
    let desk = Desk::new(&[
        ("many.csv", &format!("month,name,n\n{many}")),
        ("end.csv", "month,a\n2023-01,3\n2023-02,4\n2023-03,5\n2023-04,6\n2023-09,4\n"),
    ]);
    assert!(!desk.picture("many.csv").said("note").contains("break"));
    let ran = desk.run("plot end.csv --last-period drop -o -");
    assert!(ran.code == 0 && !ran.out.contains("Lines break"), "{}", ran.out);
}

#[test]
fn a_slope_prints_no_value_that_is_not_known() {
    let desk = Desk::new(&[("t.csv", "month,a,b\n2023-01,3,<1\n2024-01,4,5\n")]);
    let picture = desk.picture("t.csv");
    assert!(picture.words("start-label").is_empty());
    assert_eq!(picture.words("series-label"), ["b", "a"]);
    assert!(picture.words("tick-label").ends_with(&["2023", "2024"].map(str::to_owned)));
}

#[test]
fn what_was_counted_over_a_span_says_so() {
    let medium = Picture::dataset("medium-articles.csv");
    assert_eq!(medium.said("subtitle"), "September 2018 to March 2019");
    let desk = Desk::new(&[(
        "one.json",
        r#"{"data":[{"category":"3.11","date":"2018-02-08","downloads":9},
        {"category":"3.12","date":"2018-02-08","downloads":4}],"package":"alpha","type":"python_minor_downloads"}"#,
    )]);
    let ran = desk.run("plot one.json -o -");
    assert!(ran.out.contains("3.11 and 3.12: downloads of alpha</title>"), "{}{}", ran.out, ran.err);
}

#[test]
fn bars_below_a_bound_say_so() {
    let map = "Category: All categories\n\nCountry,fern: (1/1/04 - 12/15/17),kite: (1/1/04 - 12/15/17)\n\
        Slovenia,70%,<1%\nPeru,45%,55%\n";
    let desk = Desk::new(&[("geoMap.csv", map)]);
    let picture = desk.picture("geoMap.csv");
    assert_eq!(picture.words("value-label"), ["70%", "<1", "45", "55"]);
    assert_eq!(picture.said("note"), "Note: Values below 1 are drawn as 0.5.");
    assert!(picture.said("subtitle").ends_with("1/1/04 – 12/15/17"));
    assert!(picture.text.contains("Slovenia: fern 70%, kite below 1%. Peru: kite 55%, fern 45%."));
}

#[test]
fn panels_that_are_divided_by_different_numbers_say_so() {
    let json = "[{\"id\":\"o/a\",\"downloads\":70000000,\"likes\":1800},{\"id\":\"o/b\",\"downloads\":18000000,\"likes\":2100}]";
    let desk = Desk::new(&[("models.json", json), ("same.json", &json.replace("00}", "000000}"))]);
    assert_eq!(desk.picture("models.json").words("panel-title"), ["Downloads, millions", "Likes"]);
    let picture = desk.picture("same.json");
    assert_eq!(
        (picture.words("panel-title"), picture.said("subtitle")),
        (vec!["Downloads".into(), "Likes".into()], "In millions".into())
    );
}

#[test]
fn ages_are_no_dates_in_the_subtitle() {
    let row = |date: &str, stars: u32| format!("o/a,{date} GMT+0400 (Gulf Standard Time),{stars}\n");
    let text = String::from("Repository,Date,Stars\n")
        + &row("Thu Jan 01 1970 04:00:00", 0)
        + &row("Fri Jan 01 1971 04:00:00", 90);
    let desk = Desk::new(&[("aligned.csv", &text)]);
    let picture = desk.picture("aligned.csv");
    assert_eq!(picture.said("subtitle"), "By the time since each series began");
    assert_eq!(picture.words("tick-label"), ["0", "12 months"]);
}

#[test]
fn ages_are_no_dates_on_the_axis_and_in_words() {
    let row = |date: &str, stars: u32| format!("o/a,{date} 04:00:00 GMT+0400 (Gulf Standard Time),{stars}\n");
    let rows = [("Thu Jan 01 1970", 0), ("Fri Jan 01 1971", 90), ("Tue Jun 01 1976", 420)];
    let text: String = rows.into_iter().map(|(date, stars)| row(date, stars)).collect();
    let desk = Desk::new(&[("aligned.csv", &format!("Repository,Date,Stars\n{text}"))]);
    let picture = desk.picture("aligned.csv");
    let ticks = ["0", "1 year", "2 years", "3 years", "4 years", "5 years", "6 years"];
    assert!(picture.words("tick-label").ends_with(&ticks.map(str::to_owned)));
    assert!(picture.text.contains("by age, up to 6.4 years. o/a: 0 at the start, 420 after 6.4 years."));
    let texts = [picture.words("tick-label"), vec![picture.said("subtitle"), picture.said("note")]].concat();
    assert!(texts.iter().all(|text| !text.contains("197")), "no date");
}
