//! Workbooks of OpenDocument (`.ods`): the values that cells have, not the texts that a language shows of them.

use std::io::{BufRead, BufReader, Cursor};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use crate::data::rows::workbook::grid::{Grid, Refusal, Room, WIDTH_LIMIT, day_or_time, per_cent, shown};

impl From<quick_xml::Error> for Refusal {
    fn from(_: quick_xml::Error) -> Self {
        Refusal::Damaged
    }
}

/// Reads all sheets.
pub(super) fn read(bytes: &[u8], room: &mut Room) -> Result<Vec<Grid>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let encrypted = "META-INF/manifest.xml";
    if let Ok(part) = archive.by_name(encrypted)
        && BufReader::new(part).lines().map_while(Result::ok).any(|line| line.contains("encryption-data"))
    {
        return Err(Refusal::Locked);
    }
    let content = archive.by_name("content.xml").map_err(|_| Refusal::Damaged)?;
    grids(BufReader::new(content), room)
}

/// A cell that is being read.
struct Open {
    /// What its attributes say that it holds.
    value: Option<String>,
    /// What is shown.
    shown: String,
    /// For how many columns it stands.
    repeats: u32,
    /// Whether what is shown is an error.
    is_error: bool,
    /// Whether another cell that was merged with it lies above it.
    is_covered: bool,
}

/// A cell that was read: what stands in how many columns.
struct Written {
    column: u32,
    repeats: u32,
    text: String,
    is_error: bool,
}

fn grids(xml: impl BufRead, room: &mut Room) -> Result<Vec<Grid>, Refusal> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut skipped) = (Vec::new(), Vec::new());
    let (mut grids, mut grid): (Vec<Grid>, Option<Grid>) = (Vec::new(), None);
    let (mut row, mut repeats, mut column) = (0_u32, 1_u32, 0_u32);
    let mut cells: Vec<Written> = Vec::new();
    let mut open: Option<Open> = None;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => break,
            Event::Start(tag) => match (tag.name().as_ref(), &mut open) {
                ("table:table", None) => {
                    let name = attribute(&tag, "table:name")?.unwrap_or_default();
                    (grid, row) = (Some(Grid::named(&name, false)), 0);
                }
                ("table:table-row", None) => {
                    (repeats, column) = (count(&tag, "table:number-rows-repeated")?, 0);
                }
                ("table:table-cell" | "table:covered-table-cell", None) if grid.is_some() => {
                    open = Some(opened(&tag)?);
                }
                ("text:p", Some(cell)) if !cell.shown.is_empty() => cell.shown.push(' '),
                ("text:s" | "text:tab" | "text:line-break", Some(cell)) => cell.shown.push(' '),
                (name, Some(_)) if !name.starts_with("text:") => {
                    // Remarks and pictures have texts of their own.
                    skipped.clear();
                    reader.read_to_end_into(tag.name(), &mut skipped)?;
                }
                _ => {}
            },
            Event::Text(text) => {
                if let Some(cell) = &mut open {
                    cell.shown.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let named = quick_xml::escape::resolve_predefined_entity(&reference);
                let text = named.map(str::to_owned).or(reference.resolve_char_ref()?.map(String::from));
                if let Some(cell) = &mut open {
                    cell.shown.push_str(&text.ok_or(Refusal::Damaged)?);
                }
            }
            Event::End(tag) => match tag.name().as_ref() {
                "table:table-cell" | "table:covered-table-cell" => {
                    if let Some(cell) = open.take() {
                        let text = cell.value.unwrap_or(cell.shown);
                        if !cell.is_covered && !text.is_empty() {
                            cells.push(Written {
                                column,
                                repeats: cell.repeats,
                                text,
                                is_error: cell.is_error,
                            });
                        }
                        column = column.saturating_add(cell.repeats);
                    }
                }
                "table:table-row" => {
                    if let Some(grid) = &mut grid {
                        write(grid, row, repeats, &cells, room)?;
                    }
                    cells.clear();
                    row = row.saturating_add(repeats);
                }
                "table:table" => grids.extend(grid.take()),
                _ => {}
            },
            _ => {}
        }
    }
    Ok(grids)
}

/// Writes a row as often as it stands on the sheet.
fn write(grid: &mut Grid, row: u32, repeats: u32, cells: &[Written], room: &mut Room) -> Result<(), Refusal> {
    let repeats = if cells.is_empty() { 0 } else { repeats };
    for row in row..row.saturating_add(repeats) {
        for cell in cells {
            for column in cell.column..cell.column.saturating_add(cell.repeats).min(WIDTH_LIMIT) {
                if cell.is_error {
                    grid.push_error(row, column, &cell.text, room)?;
                } else {
                    grid.push(row, column, &cell.text, room)?;
                }
            }
        }
    }
    Ok(())
}

/// A cell by its attributes.
fn opened(tag: &BytesStart<'_>) -> Result<Open, Refusal> {
    let is_covered = tag.name().as_ref() == "table:covered-table-cell";
    let repeats = count(tag, "table:number-columns-repeated")?;
    let kind = attribute(tag, "office:value-type")?.unwrap_or_default();
    let is_error = attribute(tag, "calcext:value-type")?.as_deref() == Some("error");
    let number = || -> Result<Option<f64>, Refusal> {
        let text = attribute(tag, "office:value")?;
        text.map(|text| text.parse().map_err(|_| Refusal::Damaged)).transpose()
    };
    let value = match kind.as_str() {
        _ if is_error => None,
        "float" | "currency" => number()?.map(shown),
        "percentage" => number()?.map(per_cent),
        "date" => attribute(tag, "office:date-value")?.map(|date| day_or_time(&date).to_owned()),
        "boolean" => attribute(tag, "office:boolean-value")?.map(|truth| truth.to_uppercase()),
        "string" => attribute(tag, "office:string-value")?,
        _ => None,
    };
    Ok(Open { value, shown: String::new(), repeats, is_error, is_covered })
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let found = tag.try_get_attribute(name).map_err(|_| Refusal::Damaged)?;
    let text =
        found.map(|found| found.normalized_value(XmlVersion::Explicit1_0).map(|text| text.into_owned()));
    Ok(text.transpose()?)
}

/// How often a row or a cell stands.
fn count(tag: &BytesStart<'_>, name: &str) -> Result<u32, Refusal> {
    attribute(tag, name)?.map_or(Ok(1), |text| text.parse().map_err(|_| Refusal::Damaged))
}
