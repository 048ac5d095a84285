//! What is read in chunks is what is read whole.

use std::io::Cursor;

use proptest::prelude::*;

use super::*;

const HOWS: [Aggregate; 3] = [Aggregate::Mean, Aggregate::Sum, Aggregate::Last];

fn chunked(
    text: &str,
    how: Aggregate,
    head: usize,
    chunk: usize,
    jobs: usize,
) -> Result<Read, Option<Unfit>> {
    chunked_by(&Columns::default(), text, how, (head, chunk, jobs))
}

fn chunked_by(
    columns: &Columns,
    text: &str,
    how: Aggregate,
    (head, chunk, jobs): (usize, usize, usize),
) -> Result<Read, Option<Unfit>> {
    let sizes = Sizes { least: 0, head, chunk };
    let head = text.as_bytes().get(..head).unwrap_or(text.as_bytes()).to_vec();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().unwrap();
    let mut file = Cursor::new(text.as_bytes());
    pool.install(|| in_chunks(&mut file, &head, "f.csv", columns, how, &sizes).unwrap())
}

fn whole(text: &str, how: Aggregate) -> Read {
    whole_by(&Columns::default(), text, how)
}

fn whole_by(columns: &Columns, text: &str, how: Aggregate) -> Read {
    super::whole::read("f.csv", text.as_bytes(), columns, Some(how))
}

/// How a table is written.
#[derive(Debug, Clone)]
struct Writing {
    delimiter: char,
    line_end: &'static str,
    final_line_end: bool,
    mark: bool,
    dates: fn(u32) -> String,
    split: bool,
    remark: bool,
    footer: bool,
}

fn day(n: u32) -> (u32, u32, u32) {
    (2020 + n / 336, n / 28 % 12 + 1, n % 28 + 1)
}

fn iso(n: u32) -> String {
    let (year, month, day) = day(n);
    format!("{year}-{month:02}-{day:02}")
}

fn day_first(n: u32) -> String {
    let (year, month, day) = day(n);
    format!("{day:02}/{month:02}/{year}")
}

fn month_first(n: u32) -> String {
    let (year, month, day) = day(n);
    format!("{month}/{day}/{year}")
}

fn timed(n: u32) -> String {
    format!("{}T{:02}:00:00", iso(n / 4), n % 4 * 6)
}

fn writings() -> impl Strategy<Value = Writing> {
    let delimiter = prop::sample::select(vec![',', ';', '\t']);
    let line_end = prop::sample::select(vec!["\n", "\r\n"]);
    let dates = prop::sample::select(vec![iso as fn(u32) -> String, iso, day_first, month_first, timed]);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    (delimiter, line_end, dates, flags).prop_map(
        |(delimiter, line_end, dates, (final_line_end, mark, split, remark, footer))| Writing {
            delimiter,
            line_end,
            final_line_end,
            mark,
            dates,
            split,
            remark,
            footer,
        },
    )
}

/// A date, a name, a group, a value and whether cells are quoted that need not be.
type Row = (u32, usize, usize, String, bool);

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-z]{1,3}[,;\t\"\n é]{0,2}[a-z]{0,20}x", 2..6)
}

fn values(faulty: bool) -> impl Strategy<Value = String> {
    let number = (0_u32..2_000_000, 0_usize..4).prop_map(|(n, places)| match places {
        0 => n.to_string(),
        _ => format!("{:.places$}", f64::from(n) / 1000.0),
    });
    let odd =
        ["", "NA", "-3.25", "<1", "1e3", "12%", "1,234.5", " 7 ", "5.", "+4", "$9", "0.12345678901234567"];
    let odd = prop::sample::select(odd.map(str::to_owned).to_vec());
    let fault = prop::sample::select(vec!["many".to_owned(), "1.2.3".to_owned()]);
    prop_oneof![
        40 => number,
        6 => odd,
        u32::from(faulty) => fault,
    ]
}

fn written(writing: &Writing, names: &[String], rows: &[Row]) -> String {
    let cell = |text: &str, quote: bool| {
        let needs = text.contains(['"', '\n', '\r', writing.delimiter]);
        if needs || quote { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    };
    let mut header = vec!["date", "name"];
    header.extend(writing.split.then_some("portal"));
    header.push("value");
    header.extend(writing.remark.then_some("remark"));
    let mut lines = vec![header.join(&writing.delimiter.to_string())];
    for (date, name, group, value, quote) in rows {
        let mut cells = vec![(writing.dates)(*date), names[name % names.len()].clone()];
        cells.extend(writing.split.then(|| ["A", "B", "Cé"][group % 3].to_owned()));
        cells.push(value.clone());
        cells.extend(writing.remark.then(|| format!("r{}", date % 5)));
        let cells: Vec<String> = cells.iter().map(|text| cell(text, *quote)).collect();
        lines.push(cells.join(&writing.delimiter.to_string()));
    }
    if writing.footer {
        lines.push("Total".to_owned());
    }
    let mut text = if writing.mark { "\u{feff}".to_owned() } else { String::new() };
    text.push_str(&lines.join(writing.line_end));
    text.push_str(if writing.final_line_end { writing.line_end } else { "" });
    text
}

fn tables(faulty: bool) -> impl Strategy<Value = String> {
    let row = (0_u32..60, 0_usize..6, 0_usize..3, values(faulty), prop::bool::weighted(0.2));
    (writings(), names(), prop::collection::vec(row, 40..120), any::<bool>()).prop_map(
        |(writing, names, mut rows, sorted)| {
            if sorted {
                rows.sort_by_key(|row| row.0);
            }
            written(&writing, &names, &rows)
        },
    )
}

/// How a table with a column for each subject is written, or one of a single subject.
fn wide_tables(faulty: bool) -> impl Strategy<Value = String> {
    let cells = prop::collection::vec((values(faulty), 0_usize..60), 1..6);
    let row = (0_u32..60, cells, prop::bool::weighted(0.2));
    (writings(), 1_usize..6, prop::collection::vec(row, 40..100)).prop_map(|(writing, columns, rows)| {
        let delimiter = writing.delimiter.to_string();
        let names = ["keras", "\"numpy, scipy\"", "jax", "\"a \"\"b\"\" c\"", "torch"];
        let mut lines = vec![format!("date{delimiter}{}", names[..columns].join(&delimiter))];
        for (date, cells, quote) in rows {
            let mut line = (writing.dates)(date);
            for i in 0..columns {
                let (value, short) = &cells[i % cells.len()];
                // Some rows end early.
                if *short == 0 && i > 1 {
                    break;
                }
                let quote = quote || value.contains([writing.delimiter, '"']);
                line += &delimiter;
                line += &if quote { format!("\"{value}\"") } else { value.clone() };
            }
            lines.push(line);
        }
        let end = if writing.final_line_end { writing.line_end } else { "" };
        lines.join(writing.line_end) + end
    })
}

/// A column that decides which rows are kept, and one that must be the same, which it is not.
fn filtered(text: &str, delimiter: char) -> String {
    let kinds = ["all", "web", "\"all\"", " all ", "news"];
    let lines = text.lines().enumerate().map(|(i, line)| match i {
        0 => format!("{line}{delimiter}kind{delimiter}method\n"),
        _ => {
            let kind = kinds[i * i % 7 % kinds.len()];
            format!("{line}{delimiter}{kind}{delimiter}{}\n", ["a", "\"b\""][i % 3 % 2])
        }
    });
    lines.collect()
}

/// A table of which some rows are kept.
fn kept(wide: bool, seed: u32) -> String {
    let value = |i: u32| ["7", "12.5", "", "<1", "1e3", "-2"][(i.wrapping_mul(seed) >> 3) as usize % 6];
    let row = |i: u32| match wide {
        true => format!("{},{},{}", iso(i * seed % 40), value(i), value(i + 1)),
        false => format!("{},s{},{}", iso(i * seed % 40), i % 3, value(i)),
    };
    let header = if wide { "date,keras,jax\n" } else { "date,name,value\n" };
    filtered(&(header.to_owned() + &(0..150).map(|i| row(i) + "\n").collect::<String>()), ',')
}

fn kept_columns(wide: bool, texts: Vec<String>) -> Columns {
    Columns {
        subject: (!wide).then(|| "name".to_owned()),
        same: vec!["method".into()],
        only: vec![("kind".into(), texts)],
        ..Columns::default()
    }
}

/// What must be equal; the head may be smaller than what a whole file is judged by, so roles may differ in
/// their wording alone.
fn told(read: Read) -> Result<(Dataset, Report), Report> {
    read.map(|(mut dataset, report)| {
        dataset.facts.notes.retain(|note| !note.contains("fewest distinct texts"));
        (dataset, report)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chunks_give_what_the_whole_gives(text in tables(false), how in 0_usize..3, chunk in 150_usize..600) {
        let how = HOWS[how];
        let Ok(one) = chunked(&text, how, 900, chunk, 1) else { return Ok(()) };
        let three = chunked(&text, how, 900, chunk, 3).unwrap();
        prop_assert_eq!(&one, &three, "jobs");
        prop_assert_eq!(told(one), told(whole(&text, how)), "{}", text);
    }

    #[test]
    fn columns_that_are_subjects_are_read_alike(
        text in wide_tables(false),
        how in 0_usize..3,
        chunk in 150_usize..600,
    ) {
        let how = HOWS[how];
        let Ok(one) = chunked(&text, how, 900, chunk, 1) else { return Ok(()) };
        let three = chunked(&text, how, 900, chunk, 3).unwrap();
        prop_assert_eq!(&one, &three, "jobs");
        prop_assert_eq!(told(one), told(whole(&text, how)), "{}", text);
    }

    #[test]
    fn rows_are_kept_and_told_apart_alike(
        wide in any::<bool>(),
        seed in 1_u32..1000,
        how in 0_usize..3,
        chunk in 150_usize..600,
        one_by_one in any::<bool>(),
    ) {
        let how = HOWS[how];
        let text = kept(wide, seed);
        let texts = if one_by_one { vec!["all".to_owned()] } else { vec!["news".to_owned(), "web".to_owned()] };
        let columns = kept_columns(wide, texts);
        // Several texts to keep may split the measure, which only all rows say.
        let one = chunked_by(&columns, &text, how, (900, chunk, 1));
        let Ok(one) = one else { return Ok(()) };
        let three = chunked_by(&columns, &text, how, (900, chunk, 3)).unwrap();
        prop_assert_eq!(&one, &three, "jobs");
        prop_assert_eq!(told(one), told(whole_by(&columns, &text, how)), "{}", text);
    }

    #[test]
    fn faults_of_columns_have_the_same_places(text in wide_tables(true), chunk in 150_usize..600) {
        let Ok(read) = chunked(&text, Aggregate::Last, 900, chunk, 2) else { return Ok(()) };
        prop_assert_eq!(told(read), told(whole(&text, Aggregate::Last)), "{}", text);
    }

    #[test]
    fn faults_have_the_same_places(text in tables(true), chunk in 150_usize..600) {
        let Ok(read) = chunked(&text, Aggregate::Last, 900, chunk, 2) else { return Ok(()) };
        prop_assert_eq!(told(read), told(whole(&text, Aggregate::Last)), "{}", text);
    }
}

#[test]
fn most_tables_are_read_in_chunks() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let all = 200;
    let fit = (0..all)
        .filter(|_| {
            let text = tables(true).new_tree(&mut runner).unwrap().current();
            chunked(&text, Aggregate::Last, 900, 400, 1).is_ok()
        })
        .count();
    assert!(fit * 2 > all, "{fit} of {all}");
    let fit = (0..all)
        .filter(|_| {
            let text = wide_tables(true).new_tree(&mut runner).unwrap().current();
            chunked(&text, Aggregate::Last, 900, 400, 1).is_ok()
        })
        .count();
    assert!(fit * 3 > all, "{fit} of {all} that are wide");
    for wide in [false, true] {
        let fit = (1..=all).filter(|&seed| {
            let (text, columns) =
                (kept(wide, u32::try_from(seed).unwrap()), kept_columns(wide, vec!["all".into()]));
            chunked_by(&columns, &text, Aggregate::Last, (900, 400, 1)).is_ok()
        });
        let fit = fit.count();
        assert!(fit * 2 > all, "{fit} of {all} of which some rows are kept");
    }
}

fn rows(count: u32, row: impl Fn(u32) -> String) -> String {
    "date,name,value\n".to_owned() + &(0..count).map(|i| row(i) + "\n").collect::<String>()
}

fn plain(i: u32) -> String {
    format!("{},s{},{}.5", iso(i / 8), i % 4, i)
}

#[test]
fn the_rest_of_a_file_may_decide_how_its_head_is_read() {
    // Day first, which the head cannot know; decimal commas, which only the end tells from thousands.
    let text =
        rows(400, |i| format!("{:02}/{:02}/2020,s{},{}", i / 16 % 28 + 1, 1 + i % 3, i % 4, i * 7 % 100));
    let read = chunked(&text, Aggregate::Mean, 300, 200, 2).unwrap().unwrap();
    assert_eq!(read, whole(&text, Aggregate::Mean).unwrap());
    assert!(read.0.facts.notes.contains(&"The dates of column `date` have the day before the month.".into()));
    let text = rows(400, |i| {
        format!(
            "{},s{},{}",
            plain(i).split(',').next().unwrap(),
            i % 4,
            if i < 390 { "1.234" } else { "1.234.567" }
        )
    });
    let text = text.replace(',', ";");
    let read = chunked(&text, Aggregate::Last, 300, 200, 2).unwrap().unwrap();
    assert_eq!(read, whole(&text, Aggregate::Last).unwrap());
    assert_eq!(read.0.observations[0].value, crate::data::model::observation::Value::Number(1234.0));
    // Points between thousands, which only the numbers at the end tell from decimal ones.
    let sizes = |i: u32| format!("{},s{},{}", iso(i / 8), i % 4, if i < 390 { "1.234" } else { "567" });
    let text = rows(400, sizes).replace(',', ";");
    let read = chunked(&text, Aggregate::Last, 300, 200, 2).unwrap().unwrap();
    assert_eq!(read, whole(&text, Aggregate::Last).unwrap());
    assert_eq!(read.0.observations[0].value, crate::data::model::observation::Value::Number(1234.0));
}

#[test]
fn what_only_the_whole_file_can_say_is_not_guessed() {
    let unfit = |text: &str| chunked(text, Aggregate::Mean, 300, 200, 2).err();
    let why = |text: &str| unfit(text).unwrap().map(|unfit| (unfit.line, unfit.why));
    let with = |at: u32, row: &str| rows(400, |i| if i == at { row.to_owned() } else { plain(i) });
    assert_eq!(why(&with(300, "")), Some((302, "a blank row between others")));
    assert_eq!(why(&with(300, &"x".repeat(300))), Some((302, "a row of more than 1 MiB")));
    let kind = |i: u32| format!("{},{}", plain(i), if i < 390 { "same" } else { "other" });
    let text = rows(400, kind).replacen("value", "value,kind", 1);
    assert_eq!(why(&text), Some((392, "another text in a column that held only one")));
    let open = rows(400, |i| format!("0{}/0{}/2020,s{},1", i / 100 + 1, i / 50 % 2 + 1, i % 4));
    assert_eq!(why(&open), None);
    let years = "name,2019,2020,2021\n".to_owned() + &"a,1,2,3\nb,2,3,4\n".repeat(90);
    assert_eq!(unfit(&years), Some(None), "dates beside each other");
    let kind = |i: u32| format!("{},k{}", plain(i), if i == 350 { 9 } else { i / 8 });
    let text = rows(400, kind).replacen("value", "value,remark", 1);
    let twice = "a column that tells rows of one date and name apart";
    assert_eq!(why(&text), Some((352, twice)));
}

#[test]
fn a_text_to_keep_that_no_row_has_is_told() {
    let text = filtered(&rows(400, plain), ',');
    let only = vec![("kind".into(), vec!["al".into()])];
    let same = vec!["method".into()];
    let columns = Columns { subject: Some("name".into()), same, only, ..Columns::default() };
    let report = chunked_by(&columns, &text, Aggregate::Mean, (900, 200, 2)).unwrap().unwrap_err();
    assert_eq!(report, whole_by(&columns, &text, Aggregate::Mean).unwrap_err());
    assert_eq!(report.diagnostics[0].message, "no row has \"al\" in column `kind`");
    assert_eq!(report.diagnostics[0].hints, ["did you mean \"all\"?"]);
}

#[test]
fn what_is_known_of_a_source_is_known_of_its_large_files() {
    let row = |i: u32| {
        format!("{},US,{}.5,total,{}\n", iso(i / 2), 100 + i % 17, ["Nursing", "Sales"][(i % 2) as usize])
    };
    let header = "date,jobcountry,indeed_job_postings_index,variable,display_name\n";
    let text = header.to_owned() + &(0..400).map(row).collect::<String>();
    let (dataset, _) = chunked(&text, Aggregate::Mean, 900, 200, 2).unwrap().unwrap();
    assert_eq!(dataset, whole(&text, Aggregate::Mean).unwrap().0);
    assert!(dataset.facts.format.publisher.is_some());
    let text = text
        .replace("total,Nursing\n2020-06-02", "new,Nursing\n2020-06-02")
        .replace("total,Sales\n2020-06-02", "new,Sales\n2020-06-02");
    let other = "another text in a column that held only one";
    assert_eq!(
        chunked(&text, Aggregate::Mean, 900, 200, 2).err().flatten().map(|unfit| unfit.why),
        Some(other)
    );
}

#[test]
fn rows_without_a_date_are_told_with_their_place() {
    let text = rows(400, |i| if i == 300 { "20-20-20,s1,5".to_owned() } else { plain(i) });
    let report = chunked(&text, Aggregate::Mean, 300, 200, 2).unwrap().unwrap_err();
    assert_eq!(
        report.to_string(),
        "\
error[not-a-date]: expected a date, found \"20-20-20\"
   --> f.csv:302:1 (column `date`)
    |
302 | 20-20-20,s1,5
    | ^^^^^^^^
hint: write dates as 2020-01-31, or leave the row out with `leave_out` (`--leave-out`)
"
    );
    assert_eq!(report, whole(&text, Aggregate::Mean).unwrap_err());
}

#[test]
fn lines_that_are_no_rows_are_told_alike() {
    for (row, found) in [
        ("date,name,value", "expected a row of data, found the header a second time"),
        ("2020-01-05;s1;5", "expected commas between all cells, found semicolons"),
        ("FY2020,s1,5", "expected a date, found a fiscal year, \"FY2020\""),
    ] {
        for at in [3, 300, 399] {
            let text = rows(400, |i| if i == at { row.to_owned() } else { plain(i) });
            let report = chunked(&text, Aggregate::Mean, 300, 200, 2).unwrap().unwrap_err();
            assert_eq!(report, whole(&text, Aggregate::Mean).unwrap_err());
            assert_eq!(report.diagnostics[0].message, found);
        }
    }
    for cut in ["2020", "2020-01-", "2020-01-05"] {
        let text = rows(400, plain) + cut;
        let report = chunked(&text, Aggregate::Mean, 300, 200, 2).unwrap().unwrap_err();
        assert_eq!(report, whole(&text, Aggregate::Mean).unwrap_err());
        assert_eq!(
            report.diagnostics[0].message,
            format!("expected a whole row, found \"{cut}\" where the file ends")
        );
    }
}

#[test]
fn quotes_that_belong_to_a_text_cut_no_row() {
    let name = |i: u32| match i % 7 {
        3 => "5\" s".to_owned(),
        5 => "\"a\nb, c\"".to_owned(),
        _ => format!("s{}", i % 3),
    };
    let text = rows(400, |i| format!("{},{},{i}", iso(i / 8), name(i)));
    for chunk in 150..250 {
        let read = chunked(&text, Aggregate::Sum, 300, chunk, 2).unwrap();
        assert_eq!(read, whole(&text, Aggregate::Sum), "{chunk}");
    }
}

#[test]
fn per_cent_is_seen_in_any_chunk() {
    let text = rows(400, |i| plain(i) + if i == 390 { "%" } else { "" });
    let (dataset, _) = chunked(&text, Aggregate::Mean, 300, 200, 2).unwrap().unwrap();
    assert!(dataset.facts.percent && whole(&text, Aggregate::Mean).unwrap().0.facts.percent);
}

#[test]
fn thirty_faults_are_twenty_and_a_count() {
    let text = rows(400, |i| if i % 10 == 9 { format!("{},s1,x", iso(i / 8)) } else { plain(i) });
    let report = chunked(&text, Aggregate::Mean, 200, 200, 2).unwrap().unwrap_err();
    assert_eq!(report.diagnostics.len(), 21);
    assert_eq!(report, whole(&text, Aggregate::Mean).unwrap_err());
}

#[test]
fn rows_are_grouped_and_it_is_said() {
    let text = rows(400, plain);
    let (dataset, _) = chunked(&text, Aggregate::Mean, 300, 200, 2).unwrap().unwrap();
    assert_eq!(dataset.observations.len(), 200);
    assert_eq!(dataset.observations[1].value, crate::data::model::observation::Value::Number(3.5));
    assert_eq!((dataset.observations[1].line, dataset.observations[5].line), (3.into(), 11.into()));
    assert_eq!(
        dataset.facts.notes,
        ["Grouped 400 rows to 200 values, one for each date and series: the mean of those that are there."]
    );
}
