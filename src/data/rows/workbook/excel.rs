//! Workbooks of Excel (`.xlsx`, `.xlsm`): values as their number formats show them, and formulas by the value that was
//! saved with them.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::data::rows::workbook::grid::{Grid, Refusal, Room, WIDTH_LIMIT, day_or_time, per_cent, shown};

impl From<XlsxError> for Refusal {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => Refusal::Locked,
            _ => Refusal::Damaged,
        }
    }
}

/// Reads all sheets.
pub(super) fn read(bytes: &[u8], room: &mut Room) -> Result<Vec<Grid>, Refusal> {
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    let sheets = book.sheets_metadata().to_vec();
    let mut grids = Vec::with_capacity(sheets.len());
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut grid = Grid::named(&sheet.name, sheet.visible != SheetVisible::Visible);
        let mut cells = book.worksheet_cells_reader(&sheet.name)?;
        let formats = cells.styles().iter().map(|style| style.number_format.as_ref());
        let shares: Vec<bool> =
            formats.map(|format| format.is_some_and(|format| is_share(&format.format_code))).collect();
        let mut has_blanks = false;
        loop {
            let (cell, style) = match cells.next_cell_with_style_id() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                // An error that newer programs know, which is a gap as others are.
                Err(XlsxError::CellError(_)) => continue,
                Err(error) => return Err(error.into()),
            };
            let (row, column) = cell.get_position();
            if column >= WIDTH_LIMIT {
                return Err(Refusal::Damaged);
            }
            has_blanks |= *cell.get_value() == DataRef::Empty;
            let is_share = shares.get(style) == Some(&true);
            match cell.get_value() {
                DataRef::Error(error) => grid.push_error(row, column, &error.to_string(), room)?,
                value => grid.push(row, column, &text(value, is_share), room)?,
            }
        }
        drop(cells);
        if has_blanks {
            grid.uncounted = uncounted(&mut book, &sheet.name);
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// The row of the first formula that has no value: whoever wrote it did not count.
fn uncounted(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Option<u32> {
    let mut cells = book.worksheet_cells_reader(sheet).ok()?;
    while let Ok(Some(cell)) = cells.next_cell_with_formula() {
        if cell.value == DataRef::Empty && cell.formula.is_some_and(|formula| !formula.is_empty()) {
            return Some(cell.pos.0.saturating_add(1));
        }
    }
    None
}

/// Whether a number format shows per cent: a sign of it that is not quoted.
fn is_share(format: &str) -> bool {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for c in format.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '\\' | '_' | '*' => is_escaped = true,
            ';' => return false,
            '%' => return true,
            _ => {}
        }
    }
    false
}

/// A value as it is shown.
fn text<'v>(value: &'v DataRef<'_>, is_share: bool) -> Cow<'v, str> {
    match value {
        DataRef::Int(number) => number.to_string().into(),
        DataRef::Float(share) if is_share => per_cent(*share).into(),
        DataRef::Float(number) => shown(*number).into(),
        DataRef::String(text) => text.as_str().into(),
        DataRef::SharedString(text) => (*text).into(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.into(),
        DataRef::DateTime(time) => of_time(time).into(),
        DataRef::DateTimeIso(time) => day_or_time(time).into(),
        DataRef::DurationIso(time) => time.as_str().into(),
        DataRef::Error(_) | DataRef::Empty => "".into(),
    }
}

fn of_time(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    match time.as_f64() {
        hours if time.is_duration() => format!("{}:{minute:02}:{second:02}", libm::floor(hours * 24.0)),
        // Before the first day there are times alone.
        days if days < 1.0 => clock,
        _ if clock == "00:00:00" => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {clock}"),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn serial_numbers_are_shown_as_the_times_they_are() {
        let of = |value: f64, kind| of_time(&ExcelDateTime::new(value, kind, false));
        assert_eq!(of(45322.0, ExcelDateTimeType::DateTime), "2024-01-31");
        assert_eq!(of(45322.5, ExcelDateTimeType::DateTime), "2024-01-31 12:00:00");
        assert_eq!(of(0.5, ExcelDateTimeType::DateTime), "12:00:00");
        assert_eq!(of(1.5, ExcelDateTimeType::TimeDelta), "36:00:00");
        let since_1904 = ExcelDateTime::new(43860.0, ExcelDateTimeType::DateTime, true);
        assert_eq!(of_time(&since_1904), "2024-01-31");
    }

    #[test]
    fn a_sign_of_per_cent_counts_where_it_is_none_of_the_text() {
        for (format, expected) in [
            ("0%", true),
            ("0.00%;[Red]-0.00%", true),
            ("0 \"%\"", false),
            ("0\\%", false),
            ("General", false),
            ("0;0%", false),
        ] {
            assert_eq!(is_share(format), expected, "{format}");
        }
    }
}
