//! Tables that people or programs have damaged, or written in an unusual way: what is still read, and what is refused.

use popchart::data::{Columns, read};

use crate::read::{rows, without_lines};
use crate::read_keys::holds;

/// What is read, its notes, and what was told without the lines that it shows.
fn told(text: &str) -> (Vec<String>, Vec<String>, String) {
    let (data, report) = read("f.csv", text.as_bytes(), &Columns::default())
        .unwrap_or_else(|report| panic!("{text}\n{report}"));
    holds("f.csv", text.as_bytes(), &data);
    (rows(&data), data.facts.notes, without_lines(&report.to_string()))
}

fn refused(text: &str) -> String {
    match read("f.csv", text.as_bytes(), &Columns::default()) {
        Ok((data, _)) => panic!("{text}\n{:?}", rows(&data)),
        Err(report) => without_lines(&report.to_string()),
    }
}

#[test]
fn rows_that_end_in_a_delimiter_keep_their_names() {
    let wide = ["2024-01-01 Alpha/value = 10", "2024-01-01 Beta/value = 20"];
    for text in [
        "date,Alpha,Beta\n2024-01-01,10,20,\n2024-02-01,12,25,\n2024-03-01,14,22,\n",
        "date;Alpha;Beta\r\n2024-01-01;10;20;;\r\n2024-02-01;12;25;;\r\n2024-03-01;14;22;;\r\n",
        "date,Alpha,Beta,,\n2024-01-01,10,20\n2024-02-01,12,25\n2024-03-01,14,22\n",
        "\"date\"\t\"Alpha\"\t\"Beta\"\t\t\t\t\n2024-01-01\t10\t20\n2024-02-01\t12\t25\n2024-03-01\t14\t22\n",
        "date,Alpha,Beta,,\n2024-01-01,10,20,\n2024-02-01,12,25,\n2024-03-01,14,22,\n",
    ] {
        let (read, notes, report) = told(text);
        assert_eq!(
            (&read[..2], read.len(), notes.len(), report.as_str()),
            (&wide.map(String::from)[..], 6, 0, "")
        );
    }
    let (read, notes, report) = told(
        "date,repo,stars\n2024-01-01,Alpha,10,\n2024-01-01,Beta,20,\n2024-02-01,Alpha,12,\n2024-02-01,Beta,25,\n",
    );
    assert_eq!(read[1], "2024-01-01 Beta/stars = 20");
    assert_eq!((notes.len(), report.as_str()), (0, ""));
}

#[test]
fn a_cell_more_than_the_header_is_the_name_of_the_row() {
    let (read, notes, _) = told("date,Alpha\n1,2024-01-01,10\n2,2024-02-01,12\n3,2024-03-01,14\n");
    assert_eq!(read[0], "2024-01-01 Alpha/value = 10");
    assert_eq!(
        notes[0],
        "Each row has one cell more than the header; took its first as the row's name, as R writes it."
    );
}

#[test]
fn rows_that_are_all_narrower_than_the_header_move_no_value() {
    let error = |line: u32, names: usize, rows: usize, first: u32| {
        format!(
            "error[narrow-rows]: expected {names} cells, as line {line} has names, found at most {rows} in all rows from line \
             {first} on\n  --> f.csv:{line}:1\nhint: put a name that holds the delimiter in double quotes, or \
             name no more columns than there are\n"
        )
    };
    let narrow = "date,Fish, chips,Tea\n2024-01-01,10,20\n2024-02-01,12,25\n2024-03-01,14,22\n";
    assert_eq!(refused(narrow), error(1, 4, 3, 2));
    let below =
        "Category: All\n\nMonat;Äpfel;Birnen; reif;Tee\n2024-01;1;2;3\n2024-02;1;2;3\n2024-03;1;2;3\n";
    assert_eq!(refused(below), error(3, 5, 4, 4));
    let names = "name,stars,forks,more\nAlpha,10,20\nBeta,12,25\nGamma,14,22\n";
    assert_eq!(refused(names), error(1, 4, 3, 2));
    // Where some rows are whole, the others lack their last cells.
    let (_, _, report) = told("date,Alpha,Beta\n2024-01-01,10\n2024-02-01,12,25\n2024-03-01,14,22\n");
    assert_eq!(
        report,
        "warning[short-rows]: 1 row is shorter than the header, which leaves gaps\n  --> f.csv:2\n\
         hint: look whether the file is complete\n"
    );
}

#[test]
fn what_a_print_adds_below_the_totals_is_a_remark() {
    let rows = ["Alpha/stars = 10", "Beta/stars = 20", "Gamma/stars = 5"];
    for below in [
        "\"Grand Total: 35\",\nPage -1 of 1,\n",
        "Page 1 of 1,\n",
        "Total,35\nprinted by Ann,\nSeite 1 von 2,\n",
        "Sum,35\nStr. 1 z 2,\n",
    ] {
        let (read, _, report) = told(&format!("name,stars\nAlpha,10\nBeta,20\nGamma,5\n{below}"));
        assert_eq!(read, rows, "{below}");
        assert!(report.starts_with("warning[left-out-remarks]: left out "), "{report}");
    }
    // Who has no value yet is somebody all the same.
    let (read, _, _) = told("name,stars\nAlpha,10\nBeta,\nGamma,5\nDelta,\n");
    assert_eq!(read[3], "Delta/stars = missing");
}

#[test]
fn a_line_break_in_a_header_is_a_blank() {
    let (read, _, report) = told(
        "date,\"Alpha\nproject\",\"Beta\r\nlib\"\n2024-01-01,10,20\n2024-02-01,12,25\n2024-03-01,14,22\n",
    );
    assert_eq!(read[..2], ["2024-01-01 Alpha project/value = 10", "2024-01-01 Beta lib/value = 20"]);
    assert_eq!(report, "");
    let (read, _, _) =
        told("\"Monat\n(Anfang)\";\"Zugriffe \n\n gesamt\"\n2024-01-01;10\n2024-02-01;12\n2024-03-01;14\n");
    assert!(read[0].ends_with(" = 10") && !read[0].contains('\n'), "{read:?}");
}

#[test]
fn a_line_that_begins_with_a_number_sign_is_a_remark_wherever_it_stands() {
    let (read, notes, report) = told(
        "# exported by x\n# second\ndate,Alpha\n2024-01-01,10\n# mid comment\n2024-02-01,12\n2024-03-01,14\n",
    );
    assert_eq!(
        read,
        ["2024-01-01 Alpha/value = 10", "2024-02-01 Alpha/value = 12", "2024-03-01 Alpha/value = 14"]
    );
    let skipped = "Skipped 2 lines above the table: \"# exported by x\".";
    assert_eq!(notes, [skipped, "Left out line 5, a remark: \"# mid comment\"."]);
    assert_eq!(report, "");
    let (read, notes, _) = told(
        "date;Alpha;Beta\n2024-01-01;10;1\n#2024-02-01 is missing; see below\n# so is March\n2024-04-01;12;3\n",
    );
    assert_eq!(read.len(), 4);
    assert_eq!(notes, ["Left out 2 lines that are remarks, first line 3: \"#2024-02-01 is missing\"."]);
    let (read, _, _) = told("tag,posts\n#rust,10\n#go,20\n# only these\n#java,5\n");
    assert_eq!(read, ["#rust/posts = 10", "#go/posts = 20", "#java/posts = 5"]);
}

#[test]
fn another_delimiter_below_the_header_is_refused_with_its_line() {
    let told = |expected: &str, found: &str, place: &str| {
        format!(
            "error[mixed-delimiters]: expected {expected} between all cells, found {found}\n  --> f.csv:{place}\n\
             hint: separate all cells with the same character, or say with `delimiter` (`--delimiter`) which it is\n"
        )
    };
    let mixed = "Kategoria: Wszystko;Wszystko;\n;;\nTydzień,Alfa: (Cały świat),Beta: (Cały świat);Gama: (Cały \
                 świat),Delta: (Cały świat);\n2024-09-29,34,1;2,5;\n2024-10-06,37,1;2,5;\n2024-10-13,35,1;3,4;\n\
                 2024-10-20,36,2;3,6;\n";
    assert_eq!(refused(mixed), told("commas", "semicolons", "4:15"));
    let swapped = "week;Alpha;Beta,Gamma\n2024-09-29;34;1,2\n2024-10-06;37;1,2\n2024-10-13;35;1,3\n";
    // Decimal commas look the same, and are more likely where the header has a comma only in a name.
    assert!(read("f.csv", swapped.as_bytes(), &Columns::default()).is_ok());
    let tabs = "week,Alpha,Beta\tGamma\n2024-09-29,34,1\t2\n2024-10-06,37,1\t2\n2024-10-13,35,1\t3\n";
    assert_eq!(refused(tabs), told("commas", "tabs", "2:15"));
}

#[test]
fn records_of_json_are_named_by_their_lines() {
    let list = "[\n  {\"name\": \"alpha\", \"points\": 3},\n  {\"name\": \"beta\", \"points\": 5},\n\
                \u{20} {\"name\": \"alpha\", \"points\": 4}\n]\n";
    let (data, report) = read("f.json", list.as_bytes(), &Columns::default()).unwrap();
    let lines: Vec<u32> = data.observations.iter().map(|o| o.line.number).collect();
    assert_eq!(lines, [2, 3, 4]);
    let told = without_lines(&report.to_string());
    assert_eq!(
        told,
        "warning[repeated-rows]: 1 observation stands in the file a second time, first \"alpha\"\n  --> f.json:4\n\
         hint: name the column that tells them apart as `group` (`--group`), or keep one kind of row with `only` (`--only`)\n",
    );
    let inner = "{\"status\": \"ok\",\n\"rows\": [\n\n{\"name\": \"alpha\",\n \"tags\": [{}], \"points\": 3},\n\
                 {\"name\": \"beta\", \"points\": \"many\"}, {\"name\": \"c\", \"points\": 2}]}";
    let error = read("f.json", inner.as_bytes(), &Columns::default()).unwrap_err().to_string();
    assert_eq!(
        without_lines(&error),
        "error[not-a-number]: expected a number, found \"many\", in record 2\n  --> f.json:6 (column `points`)\n\
         hint: correct the cell, leave it empty to draw a gap, or leave its row out with `leave_out` (`--leave-out`)\n"
    );
}

#[test]
fn a_key_that_an_object_has_twice_is_refused() {
    let twice =
        "[{\"name\": \"alpha\", \"points\": 3},\n {\"name\": \"beta\", \"points\": 5, \"points\": 6}]";
    let error = read("f.json", twice.as_bytes(), &Columns::default()).unwrap_err().to_string();
    let expected = "error[repeated-key]: the key \"points\" stands in one object twice\n  --> f.json:2:32 (column `points`)\n\
                    hint: remove one of them, or give it another name\n";
    assert_eq!(without_lines(&error), expected);
}
