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

/// The sheets of a text that is being read.
#[derive(Default)]
struct Reading {
    done: Vec<Grid>,
    grid: Option<Grid>,
    /// The row that comes next, and for how many it stands.
    row: u32,
    repeats: u32,
    column: u32,
    cells: Vec<Written>,
    open: Option<Open>,
}

fn grids(xml: impl BufRead, room: &mut Room) -> Result<Vec<Grid>, Refusal> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut skipped) = (Vec::new(), Vec::new());
    let mut reading = Reading::default();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(reading.done),
            Event::Start(tag) if reading.open.is_some() && !tag.name().as_ref().starts_with("text:") => {
                // Remarks and pictures have texts of their own.
                skipped.clear();
                reader.read_to_end_into(tag.name(), &mut skipped)?;
            }
            Event::Start(tag) => reading.start(&tag)?,
            Event::Text(text) => reading.show(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let named = quick_xml::escape::resolve_predefined_entity(&reference);
                let text = named.map(str::to_owned).or(reference.resolve_char_ref()?.map(String::from));
                reading.show(&text.ok_or(Refusal::Damaged)?);
            }
            Event::End(tag) => reading.end(tag.name().as_ref(), room)?,
            _ => {}
        }
    }
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        match (tag.name().as_ref(), &mut self.open) {
            ("table:table", None) => {
                let name = attribute(tag, "table:name")?.unwrap_or_default();
                (self.grid, self.row) = (Some(Grid::named(&name, false)), 0);
            }
            ("table:table-row", None) => {
                (self.repeats, self.column) = (count(tag, "table:number-rows-repeated")?, 0);
            }
            ("table:table-cell" | "table:covered-table-cell", None) if self.grid.is_some() => {
                self.open = Some(opened(tag)?);
            }
            ("text:p", Some(cell)) if !cell.shown.is_empty() => cell.shown.push('\n'),
            ("text:line-break", Some(cell)) => cell.shown.push('\n'),
            ("text:s" | "text:tab", Some(cell)) => cell.shown.push(' '),
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, text: &str) {
        if let Some(cell) = &mut self.open {
            cell.shown.push_str(text);
        }
    }

    fn end(&mut self, name: &str, room: &mut Room) -> Result<(), Refusal> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                let Some(Open { value, shown, repeats, is_error, is_covered }) = self.open.take() else {
                    return Ok(());
                };
                let (column, text) = (self.column, value.unwrap_or(shown));
                if !is_covered && !text.is_empty() {
                    self.cells.push(Written { column, repeats, text, is_error });
                }
                self.column = column.saturating_add(repeats);
            }
            "table:table-row" => {
                if let Some(grid) = &mut self.grid {
                    write(grid, self.row, self.repeats, &self.cells, room)?;
                }
                self.cells.clear();
                self.row = self.row.saturating_add(self.repeats);
            }
            "table:table" => self.done.extend(self.grid.take()),
            _ => {}
        }
        Ok(())
    }
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
