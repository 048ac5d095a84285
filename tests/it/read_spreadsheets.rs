//! Spreadsheets: the same table as text and as a workbook is one, and what only a workbook has.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::PathBuf;

use popchart::data::{Columns, read};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use crate::plot::Desk;
use crate::read::{columns, rows};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/spreadsheets").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap()
}

/// What is read, its notes and what was told of it.
fn told(name: &str, columns: &Columns) -> (Vec<String>, Vec<String>, String) {
    let (data, report) = read(name, &bytes(name), columns).unwrap_or_else(|report| panic!("{report}"));
    (rows(&data), data.facts.notes, report.to_string())
}

fn refused(name: &str, columns: &Columns) -> String {
    read(name, &bytes(name), columns).unwrap_err().to_string()
}

#[test]
fn the_same_table_is_read_alike_as_text_and_as_workbooks() {
    let plain = Columns::default();
    for (table, formats) in [("counts", ["xlsx", "ods"]), ("shares", ["xlsx", "ods"])] {
        let text = told(&format!("{table}.csv"), &plain);
        for format in formats {
            assert_eq!(told(&format!("{table}.{format}"), &plain), text, "{table}.{format}");
        }
    }
    let (data, _) = read("shares.xlsx", &bytes("shares.xlsx"), &plain).unwrap();
    assert!(data.facts.percent);
    assert_eq!(rows(&data)[..2], ["2024-01-01 Gamma/value = 25", "2024-02-01 Gamma/value = 7"]);
    let facts = &data.facts;
    assert_eq!((facts.format.name, facts.sheet.as_deref(), facts.delimiter), ("xlsx", Some("Sheet1"), None));
}

#[test]
fn the_same_table_draws_one_picture() {
    let drawn = |table: &str, format: &str| {
        let desk = Desk::new(&[]);
        let file = format!("{table}.{format}");
        fs::copy(path(&file), desk.folder.path().join(&file)).unwrap();
        let manifest = format!(
            "[output]\nformats = [\"svg\"]\n[datasets.d]\npath = \"{file}\"\nsource = \"S\"\nretrieved = 2024\n\
             [figures.f]\ndataset = \"d\"\nchart = \"line\"\ntitle = \"T\"\n"
        );
        fs::write(desk.folder.path().join("popchart.toml"), manifest).unwrap();
        let ran = desk.run("render --force");
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
        let svg = fs::read_to_string(desk.folder.path().join("charts/f.svg")).unwrap();
        // The record names the file and its hash, and has a hash of all that is shown.
        let shows = svg.split("\"shows\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let record = svg.find("<metadata>").unwrap()..svg.find("</metadata>").unwrap();
        (shows, svg.replace(&svg[record], ""))
    };
    for table in ["counts", "shares"] {
        let text = drawn(table, "csv");
        assert_eq!(drawn(table, "xlsx"), text, "{table}.xlsx");
        assert_eq!(drawn(table, "ods"), text, "{table}.ods");
    }
}

#[test]
fn titles_above_a_table_and_sheets_without_one_are_passed_over() {
    let plain = Columns::default();
    let (read, notes, report) = told("titled.xlsx", &plain);
    assert_eq!(
        read[..9],
        [
            "2024-01-01 Alpha/value = 10",
            "2024-01-01 Beta/value = 20.5",
            "2024-01-01 Gamma/value = 0.25",
            "2024-02-01 Alpha/value = 13",
            "2024-02-01 Beta/value = 18.5",
            "2024-02-01 Gamma/value = 0.07",
            "2024-03-01 Alpha/value = 16",
            "2024-03-01 Beta/value = 18.5",
            "2024-03-01 Gamma/value = missing",
        ],
        "a formula is the value that was saved with it, an error of a cell is a gap"
    );
    assert_eq!(
        notes[..2],
        [
            "Read sheet `Data`; `Notes` has no table.",
            "Skipped 4 lines above the table: \"Stars of three projects\"."
        ]
    );
    assert_eq!(
        report,
        "warning[formula-errors]: 1 cell is an error of a spreadsheet, read as a gap: \"#DIV/0!\"
 --> titled.xlsx, sheet \"Data\", row 8
  |
8 | 2024-03-01    16    18.5    #DIV/0!
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
hint: correct the formulas and export the table again
"
    );
    let (read, notes, report) = told("titled.ods", &plain);
    assert_eq!((read.len(), report.as_str()), (12, ""));
    assert_eq!(notes[1], "Skipped 2 lines above the table: \"Stars\".");
}

#[test]
fn of_several_sheets_with_data_the_first_is_read_unless_one_is_named() {
    let (read, _, report) = told("several.xlsx", &Columns::default());
    assert_eq!((read.len(), read[0].as_str()), (12, "2024-01-01 Alpha/value = 10"));
    let expected = "\
warning[several-sheets]: read sheet `Stars`; `Shares` has data, too
  --> several.xlsx, sheet \"Stars\"
hint: to read another, set `sheet = \"…\"` (`--sheet …`)
";
    assert_eq!(report, expected);
    let (read, _, report) = told("several.xlsx", &columns(|c| c.sheet = Some("shares".into())));
    assert_eq!((read[0].as_str(), report.as_str()), ("2024-01-01 Gamma/value = 25", ""));
    let named = |sheet: &str| refused("several.xlsx", &columns(|c| c.sheet = Some(sheet.into())));
    assert_eq!(
        named("Star"),
        "error[unknown-sheet]: unknown sheet \"Star\" in several.xlsx\n  --> several.xlsx\nhint: did you mean `Stars`?\n"
    );
    assert_eq!(
        named("X"),
        "error[unknown-sheet]: unknown sheet \"X\" in several.xlsx\n  --> several.xlsx\n\
         hint: the sheets are `Notes`, `Stars`, `Shares`\n"
    );
    assert_eq!(
        refused("counts.csv", &columns(|c| c.sheet = Some("X".into()))),
        "error[unknown-sheet]: cannot read sheet \"X\" of a file that is no spreadsheet\n  --> counts.csv\n\
         hint: leave the sheet out, or name a spreadsheet\n"
    );
}

#[test]
fn faults_are_told_by_the_cell() {
    let expected = "\
error[not-a-number]: expected a number, found \"many\"
 --> faulty.xlsx, sheet \"Sheet1\", cell C4 (column `Beta`)
  |
4 | 2024-03-01    16    many
  |                     ^^^^
hint: correct the cell, leave it empty to draw a gap, or leave its row out with `leave_out` (`--leave-out`)
";
    assert_eq!(refused("faulty.xlsx", &Columns::default()), expected);
    let (_, _, report) = told("uncounted.xlsx", &Columns::default());
    assert!(
        report.starts_with(
            "warning[uncounted-formulas]: formulas have no values, from this row on, which leaves gaps\n \
             --> uncounted.xlsx, sheet \"Sheet1\", row 4\n"
        ),
        "{report}"
    );
}

#[test]
fn a_table_that_was_pasted_into_one_column_is_taken_apart() {
    let (read, notes, _) = told("pasted.xlsx", &Columns::default());
    assert_eq!(read[..2], ["2024-01-01 Alpha/value = 10", "2024-01-01 Beta/value = 20"]);
    assert_eq!(notes, ["Each row stands in one cell of the sheet; took it apart."]);
}

/// An archive of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn damaged_and_inflating_workbooks_are_refused_by_what_is_in_them() {
    let read = |bytes: &[u8]| read("f.bin", bytes, &Columns::default()).unwrap_err().to_string();
    let damaged = "error[damaged-archive]: expected a spreadsheet, found a damaged one\n  --> f.bin\n\
                   hint: open it in a spreadsheet program and save it again, or save the sheet as CSV (UTF-8)\n";
    for name in ["counts.xlsx", "counts.ods"] {
        let whole = bytes(name);
        for length in [whole.len() / 2, whole.len() - 30] {
            assert_eq!(read(&whole[..length]), damaged, "{name} cut after {length}");
        }
        let mut changed = whole.clone();
        let middle = whole.len() / 2;
        changed[middle..middle + 40].fill(b'x');
        assert!(read(&changed).starts_with("error[damaged-archive]"), "{name}");
    }
    assert_eq!(read(&packed(&[("xl/workbook.xml", b"<workbook/>")])), damaged);
    let zeros = vec![b' '; 30 << 20];
    let bomb = packed(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(
        read(&bomb).starts_with(
            "error[inflating-archive]: expected a spreadsheet, found an archive that unpacks to"
        )
    );
    let sheet = |rows: &str| {
        let content = format!(
            "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet><table:table \
             table:name=\"A\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        );
        packed(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content.as_bytes()),
        ])
    };
    let many = "<table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell office:value-type=\"float\" \
                office:value=\"1\" table:number-columns-repeated=\"4000000000\"/></table:table-row>";
    assert!(read(&sheet(many)).starts_with(
        "error[file-too-large]: expected a spreadsheet, found one of more than 4 million cells"
    ));
    let far = "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/><table:table-cell \
               table:number-columns-repeated=\"9000\"/><table:table-cell office:value-type=\"float\" office:value=\"1\"/>\
               </table:table-row><table:table-row table:number-rows-repeated=\"9000\"><table:table-cell \
               office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    assert!(read(&sheet(far)).starts_with("error[file-too-large]"), "{}", read(&sheet(far)));
    assert!(read(&packed(&[("a.txt", b"a")])).contains("found a ZIP archive"));
}

/// The parts of an archive.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |index: usize| {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    (0..count).map(part).collect()
}

/// What a change puts into a part: bytes that XML, numbers and references are made of.
const PIECES: [&[u8]; 16] = [
    b"<",
    b">",
    b"\"",
    b"&",
    b"4294967295",
    b"-1",
    b"1e308",
    b"XFD1048576",
    b"/",
    b"",
    b"&#x10FFFF;",
    b"&#0;",
    b"</c>",
    b"<row>",
    b"A0",
    b"\xFF",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_to_a_workbook_makes_the_reader_panic(
        name in prop::sample::select(vec!["titled.xlsx", "uncounted.xlsx", "shares.xlsx", "titled.ods", "shares.ods"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(PIECES.to_vec())), 1..6),
    ) {
        let mut parts = unpacked(&bytes(name));
        for (part, at, length, piece) in changes {
            let part = part.index(parts.len());
            let content = &mut parts[part].1;
            let at = at.index(content.len().max(1));
            let end = (at + length).min(content.len());
            content.splice(at.min(end)..end, piece.iter().copied());
        }
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
        let _ = read("f", &packed(&parts), &Columns::default());
    }
}

/// A cell of a table that is written in every way.
#[derive(Debug, Clone)]
enum Cell {
    Text(String),
    Number(f64),
    Share(f64),
    Day(i64),
    None,
}

/// Days from 1899-12-30, from which Excel counts, to 2020-01-01.
const DAYS_TO_2020: i64 = 43_831;

fn day(days: i64) -> String {
    popchart::time::moment::Moment::from_seconds((days + 18_262) * 86_400).to_string()
}

fn csv(table: &[Vec<Cell>]) -> Vec<u8> {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Share(percent) => format!("{percent}%"),
        Cell::Day(days) => day(*days),
        Cell::None => String::new(),
    };
    let line = |row: &Vec<Cell>| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    table.iter().map(line).collect::<String>().into_bytes()
}

/// The table on a sheet of Excel, so many rows and columns away from the first cell.
fn xlsx(table: &[Vec<Cell>], (down, right): (usize, usize)) -> Vec<u8> {
    let mut sheet = String::new();
    for (i, row) in table.iter().enumerate() {
        sheet += &format!("<row r=\"{}\">", i + down + 1);
        for (j, cell) in row.iter().enumerate() {
            let at = format!("{}{}", char::from(b'A' + u8::try_from(j + right).unwrap()), i + down + 1);
            sheet += &match cell {
                Cell::Text(text) => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
                Cell::Number(number) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
                Cell::Share(percent) => format!("<c r=\"{at}\" s=\"2\"><v>{}</v></c>", percent / 100.0),
                Cell::Day(days) => format!("<c r=\"{at}\" s=\"1\"><v>{}</v></c>", days + DAYS_TO_2020),
                Cell::None => format!("<c r=\"{at}\" s=\"2\"/>"),
            };
        }
        sheet += "</row>";
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let related = "http://schemas.openxmlformats.org/package/2006/relationships";
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>");
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{related}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"r2\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"{related}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy\"/></numFmts>\
         <cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>"
    );
    packed(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// The same on a sheet of OpenDocument.
fn ods(table: &[Vec<Cell>], (down, right): (usize, usize)) -> Vec<u8> {
    let empty = |count: usize, what: &str| match count {
        0 => String::new(),
        _ => format!("<table:table-cell table:number-columns-repeated=\"{count}\"/>{what}"),
    };
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
            )
        }
        Cell::Number(number) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>?</text:p></table:table-cell>"
        ),
        Cell::Share(percent) => format!(
            "<table:table-cell office:value-type=\"percentage\" office:value=\"{}\"><text:p>?</text:p></table:table-cell>",
            percent / 100.0
        ),
        Cell::Day(days) => format!(
            "<table:table-cell office:value-type=\"date\" office:date-value=\"{}\"><text:p>?</text:p></table:table-cell>",
            day(*days)
        ),
        Cell::None => "<table:table-cell/>".to_owned(),
    };
    let row = |row: &Vec<Cell>| {
        let cells: String = row.iter().map(cell).collect();
        format!("<table:table-row>{}{cells}</table:table-row>", empty(right, ""))
    };
    let above = match down {
        0 => String::new(),
        _ => format!(
            "<table:table-row table:number-rows-repeated=\"{down}\"><table:table-cell/></table:table-row>"
        ),
    };
    let rows: String = table.iter().map(row).collect();
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"A\">{above}{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// Numbers as people have them, shares in per cent, and gaps.
fn cells(is_share: bool) -> impl Strategy<Value = Cell> {
    let number = (0_i32..2_000_000, 0_u32..4).prop_map(move |(number, decimals)| {
        let value = f64::from(number) / 10_f64.powi(decimals.try_into().unwrap());
        if is_share { Cell::Share(value) } else { Cell::Number(value) }
    });
    prop_oneof![6 => number, 1 => Just(Cell::None)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_table_on_a_sheet_reads_as_its_text(
        is_share in any::<bool>(),
        corner in (0_usize..5, 0_usize..5),
        step in prop::sample::select(vec![1_i64, 7]),
        body in prop::collection::vec(prop::collection::vec(cells(false), 3), 4..20),
        shares in prop::collection::vec(cells(true), 20),
    ) {
        let title = |text: &str| Cell::Text(text.to_owned());
        let names: Vec<Cell> = if is_share { vec![title("day"), title("Alpha")] } else { vec![title("day"), title("Alpha"), title("Beta gamma"), title("Δ")] };
        let mut table = vec![names];
        for (i, row) in body.iter().enumerate() {
            let own = if is_share { shares[i..=i].to_vec() } else { row.clone() };
            let day = Cell::Day(step * i64::try_from(i).unwrap());
            table.push(std::iter::once(day).chain(own).collect());
        }
        // A column without a number is no series.
        for column in 1..table[0].len() {
            table[1][column] = if is_share { Cell::Share(12.5) } else { Cell::Number(7.0) };
        }
        let of = |name: &str, bytes: &[u8]| {
            let (data, _) = read(name, bytes, &Columns::default()).unwrap_or_else(|report| panic!("{report}"));
            (rows(&data), data.facts.percent, data.facts.step)
        };
        let text = of("f.csv", &csv(&table));
        prop_assert_eq!(&of("f.xlsx", &xlsx(&table, corner)), &text);
        prop_assert_eq!(&of("f.ods", &ods(&table, corner)), &text);
    }
}
