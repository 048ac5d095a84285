//! What is read in chunks is what is read in memory.

use std::io::Cursor;

use proptest::prelude::*;

mod tables;

use tables::*;

use super::stream::{Read, Sizes, in_chunks};
use super::*;
use crate::data::model::columns::Columns;
use crate::data::model::dataset::Dataset;
use crate::data::read::whole;
use crate::diag::Report;

const HOWS: [Aggregate; 3] = [Aggregate::Mean, Aggregate::Sum, Aggregate::Last];

fn chunked(
    text: &str,
    how: Aggregate,
    head: usize,
    chunk: usize,
    jobs: usize,
) -> Result<Read, Option<Contradiction>> {
    chunked_by(&Columns::default(), text, how, (head, chunk, jobs))
}

fn chunked_by(
    columns: &Columns,
    text: &str,
    how: Aggregate,
    (head, chunk, jobs): (usize, usize, usize),
) -> Result<Read, Option<Contradiction>> {
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
    whole::read("f.csv", text.as_bytes(), columns, Some(how))
}

/// What must be equal; the head may be smaller than what a whole file is judged by, so roles may differ in
/// their wording alone.
fn told(read: Read) -> Result<(Dataset, Report), Report> {
    read.map(|(mut dataset, report)| {
        dataset.facts.notes.retain(|note| !note.starts_with("Took column"));
        dataset.facts.decisions.iter_mut().for_each(|decision| {
            (decision.because, decision.others) = (Vec::new(), Vec::new());
        });
        (dataset, report)
    })
}

/// Whether sizes of numbers, of which a small head has few, say the same of what names them. Of bounds that cannot be
/// grouped only the names are told, which hang on that.
fn are_decided_alike(one: &Read, other: &Read) -> bool {
    match (one, other) {
        (Ok((one, _)), Ok((other, _))) => one.measures.len() == other.measures.len(),
        (Err(report), Err(_)) => report.diagnostics.iter().all(|told| told.code != "bound-in-aggregate"),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chunks_give_what_the_whole_gives(text in tables(false), how in 0_usize..3, chunk in 150_usize..600) {
        let how = HOWS[how];
        let Ok(one) = chunked(&text, how, 900, chunk, 1) else { return Ok(()) };
        let three = chunked(&text, how, 900, chunk, 3).unwrap();
        prop_assert_eq!(&one, &three, "jobs");
        let whole = whole(&text, how);
        prop_assume!(are_decided_alike(&one, &whole));
        prop_assert_eq!(told(one), told(whole), "{}", text);
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
        let whole = whole(&text, how);
        prop_assume!(are_decided_alike(&one, &whole));
        prop_assert_eq!(told(one), told(whole), "{}", text);
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
        let whole = whole_by(&columns, &text, how);
        prop_assume!(are_decided_alike(&one, &whole));
        prop_assert_eq!(told(one), told(whole), "{}", text);
    }

    #[test]
    fn faults_of_columns_have_the_same_places(text in wide_tables(true), chunk in 150_usize..600) {
        let Ok(read) = chunked(&text, Aggregate::Last, 900, chunk, 2) else { return Ok(()) };
        let whole = whole(&text, Aggregate::Last);
        prop_assume!(are_decided_alike(&read, &whole));
        prop_assert_eq!(told(read), told(whole), "{}", text);
    }

    #[test]
    fn faults_have_the_same_places(text in tables(true), chunk in 150_usize..600) {
        let Ok(read) = chunked(&text, Aggregate::Last, 900, chunk, 2) else { return Ok(()) };
        let whole = whole(&text, Aggregate::Last);
        prop_assume!(are_decided_alike(&read, &whole));
        prop_assert_eq!(told(read), told(whole), "{}", text);
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
    let why = |text: &str| unfit(text).unwrap().map(|found| (found.line, found.why));
    let kind = |i: u32| format!("{},{}", plain(i), if i < 390 { "same" } else { "other" });
    let text = rows(400, kind).replacen("value", "value,kind", 1);
    assert_eq!(why(&text), Some((392, "another text in a column that held only one")));
    let kind = |i: u32| format!("{},k{}", plain(i), if i == 350 { 9 } else { i / 8 });
    let text = rows(400, kind).replacen("value", "value,remark", 1);
    let twice = "a column that tells rows of one date and name apart";
    assert_eq!(why(&text), Some((352, twice)));
}

fn read_alike(columns: &Columns, text: &str, how: Aggregate) -> Read {
    let read = chunked_by(columns, text, how, (900, 300, 3)).unwrap();
    assert_eq!(told(read.clone()), told(whole_by(columns, text, how)), "{text}");
    read
}

#[test]
fn every_kind_of_table_is_read_in_chunks() {
    let alike = |text: &str| read_alike(&Columns::default(), text, Aggregate::Mean).unwrap().0;
    let with = |at: u32, row: &str| rows(400, |i| if i == at { row.to_owned() } else { plain(i) });
    // A blank row among others, a remark, a row that is longer than a chunk.
    alike(&with(300, ""));
    alike(&with(300, "# from here on by hand"));
    alike(&with(300, &format!("2020-01-01,{},7", "x".repeat(3000))));
    // What stands below a blank row is no row of the table.
    let below = alike(&(rows(400, plain) + "\nnote,one\nnote,two\n"));
    assert_eq!(below.observations.len(), 200);
    // Dates that no number tells apart, years of two digits, halves, ages.
    alike(&rows(400, |i| format!("0{}/0{}/2020,s{},1", i / 100 + 1, i / 50 % 2 + 1, i % 4)));
    alike(&rows(400, |i| format!("{}/{}/{:02},s{},{i}", i % 12 + 1, i % 28 + 1, 68 + i / 50, i % 4)));
    alike(&rows(400, |i| format!("{} H{},s{},{i}", 1990 + i / 20, i / 10 % 2 + 1, i % 4)));
    // Dates beside each other.
    alike(
        &("name,2019,2020,2021\n".to_owned()
            + &rows(400, |i| format!("a{},{i},2,{}", i % 90, i * i % 7)).replace("date,name,value\n", "")),
    );
    // Months in a column of their own, and sums of years among them.
    let month = |i: u32| match i % 13 {
        12 => format!("{},Total,s{},{i}", 1990 + i / 13 % 20, i % 4),
        month => format!("{},{},s{},{i}", 1990 + i / 13 % 20, month + 1, i % 4),
    };
    alike(&rows(400, month).replacen("date,name", "year,month,name", 1));
    // Rows without numbers are events.
    alike(
        &("starred_at\n".to_owned()
            + &(0..400).map(|i| format!("{}T10:00:0{}Z\n", iso(i / 3), i % 10)).collect::<String>()),
    );
}

#[test]
fn tables_are_read_in_chunks_as_users_say() {
    use crate::data::model::writing::{DateOrder, Decimal, Delimiter, Each, Header};
    let text = rows(400, |i| format!("0{}/0{}/2020,s{},\"{i},500\"", i / 100 + 1, i / 50 % 2 + 1, i % 4));
    let text = format!("an export of today\n{text}");
    let columns = Columns {
        delimiter: Some(Delimiter(b',')),
        header: Some(Header::Line(2)),
        dates: Some(DateOrder::DayFirst),
        decimal: Some(Each { all: Some(Decimal::Comma), named: Vec::new() }),
        ..Columns::default()
    };
    let (dataset, _) = read_alike(&columns, &text, Aggregate::Last).unwrap();
    assert_eq!(dataset.observations[0].time.unwrap().to_string(), "2020-01-01");
    assert_eq!(dataset.observations[4].time.unwrap().to_string(), "2020-01-02");
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
        chunked(&text, Aggregate::Mean, 900, 200, 2).err().flatten().map(|found| found.why),
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
