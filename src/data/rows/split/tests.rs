//! Rows and cells are those that the csv crate finds, and line numbers those of an editor.

use proptest::prelude::*;

use super::*;

const ALL: Wanted = Wanted { delimiter: b',', rows: usize::MAX, is_end: true };

fn split(text: &str) -> Vec<(u32, bool, Vec<String>)> {
    let mut split = Split::default();
    _ = split.read(text.as_bytes(), Progress::default(), Wanted { rows: usize::MAX - 1, ..ALL }, |_| {});
    rows(&split, text.as_bytes())
}

fn rows(split: &Split, text: &[u8]) -> Vec<(u32, bool, Vec<String>)> {
    let cells = |from: usize| {
        let to = split.rows.get(from + 1).map_or(split.cells.len(), |row| row.cell as usize);
        let cells = &split.cells[split.rows[from].cell as usize..to];
        cells.iter().map(|cell| String::from_utf8(split.bytes(text, *cell).to_vec()).unwrap()).collect()
    };
    (0..split.rows.len()).map(|row| (split.rows[row].line, split.rows[row].after_blank, cells(row))).collect()
}

fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        ",",
        ",",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "\"",
        "\"\"",
        "a",
        "bc",
        "é",
        " ",
        "0123456789",
        "=\"1\"",
    ]);
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

/// What the csv crate reads.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut reader, mut input) = (csv_core::Reader::new(), text.as_bytes());
    let (mut all, mut bytes, mut ends) = (Vec::new(), vec![0; text.len() + 1], vec![0; text.len() + 2]);
    let (mut filled, mut count) = (0, 0);
    loop {
        let (result, read, out, cells) = reader.read_record(input, &mut bytes[filled..], &mut ends[count..]);
        input = &input[read..];
        (filled, count) = (filled + out, count + cells);
        match result {
            csv_core::ReadRecordResult::Record => {
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let cells = starts.zip(&ends[..count]);
                let cell =
                    |(from, to): (usize, &usize)| String::from_utf8(bytes[from..*to].to_vec()).unwrap();
                all.push(cells.map(cell).collect());
                (filled, count) = (0, 0);
            }
            csv_core::ReadRecordResult::End => return all,
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn cells_are_those_of_the_csv_crate(text in texts()) {
        let blank = |cells: &Vec<String>| cells.iter().all(|c| c.chars().all(is_blank) || c == "=\"\"");
        let expected: Vec<Vec<String>> = records(&text).into_iter().filter(|cells| !blank(cells)).collect();
        let found: Vec<Vec<String>> = split(&text).into_iter().map(|(_, _, cells)| cells).collect();
        // The CR of a CRLF is left to who trims cells.
        let trimmed = |rows: Vec<Vec<String>>| -> Vec<Vec<String>> {
            rows.into_iter()
                .map(|cells| cells.iter().map(|cell| cell.trim_end_matches('\r').to_owned()).collect())
                .collect()
        };
        prop_assert_eq!(trimmed(found), trimmed(expected));
    }

    #[test]
    fn chunks_of_any_size_give_the_rows_of_the_whole(text in texts(), size in 1_usize..200) {
        let bytes = text.as_bytes();
        let (mut found, mut from, mut to, mut progress) = (Vec::new(), 0, 0, Progress::default());
        while to < bytes.len() {
            to = (to + size).min(bytes.len());
            let part = &bytes[from..to];
            let mut split = Split::default();
            let wanted = Wanted { rows: usize::MAX - 1, is_end: to == bytes.len(), ..ALL };
            progress = split.read(part, Progress { offset: 0, ..progress }, wanted, |_| {}).unwrap();
            found.extend(rows(&split, part));
            from += progress.offset.min(part.len());
        }
        prop_assert_eq!(found, split(&text));
    }
}

#[test]
fn lines_are_those_of_an_editor() {
    let lines = |text: &str| split(text).iter().map(|row| (row.0, row.1)).collect::<Vec<_>>();
    let expected = [(1, false), (3, true), (4, false)];
    assert_eq!(lines("a\n\nb\nc"), expected);
    assert_eq!(lines("a\r\n\r\nb\r\nc\r\n"), expected);
    assert_eq!(lines("a\r\rb\rc\r"), expected);
    assert_eq!(lines("a\n,,\nb\nc"), expected);
    assert_eq!(lines("\n\"a\nb\",c\nd"), [(2, true), (4, false)]);
}

#[test]
fn line_ends_are_told_apart_outside_quotes() {
    let ends = |text: &str| Split::default().read(text.as_bytes(), Progress::default(), ALL, |_| {}).unwrap();
    for (text, expected) in [("a\nb", 1), ("a\r\nb\r\n", 2), ("a\rb", 4), ("a\r\nb\n", 3), ("\"a\nb\"\r", 4)]
    {
        assert_eq!(ends(text).line_ends, expected, "{text:?}");
    }
}

#[test]
fn a_quote_that_is_never_closed_is_a_fault() {
    let fault = |text: &str| Split::default().read(text.as_bytes(), Progress::default(), ALL, |_| {}).err();
    assert_eq!(fault("a,b\n1,\"2\n3,4\n"), Some(Fault { line: 2, kind: FaultKind::Unclosed }));
    assert_eq!((fault("a,\"b\""), fault("a,5\" disk")), (None, None));
}
