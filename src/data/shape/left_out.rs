//! Columns and rows that the user wants left out, by their names. It must not know what becomes of the others.

use std::collections::BTreeSet;

use crate::data::cells::cell;
use crate::data::model::columns::Columns;
use crate::data::model::findings::Findings;
use crate::data::shape::sheet::{Holds, Sheet};
use crate::diag::{self, Place, nearest, quoted};

/// Columns and rows that are not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) columns: BTreeSet<usize>,
    pub(crate) rows: BTreeSet<usize>,
}

/// Finds them; a name that nothing has is a slip of the pen, and a fault.
pub(crate) fn find(sheet: &Sheet<'_, '_>, said: &Columns, findings: &mut Findings<'_>) -> Unread {
    let mut found = Unread::default();
    if said.leave_out.is_empty() {
        return found;
    }
    let columns = said.leave_out.iter().filter_map(|name| sheet.position(name));
    found.columns = columns.collect();
    let parts = [&said.date, &said.subject, &said.group].into_iter().flatten();
    let named: BTreeSet<usize> = parts.filter_map(|name| sheet.position(name)).chain([0]).collect();
    let names = |column: &usize| named.contains(column) || sheet.held(*column) != Holds::Numbers;
    let named: Vec<usize> =
        (0..sheet.names.len()).filter(names).filter(|column| !found.columns.contains(column)).collect();
    let all: Vec<String> = said.leave_out.iter().map(|name| folded(name)).collect();
    let mut met: BTreeSet<String> = BTreeSet::new();
    for row in sheet.located.first..sheet.table.len() {
        for cell in named.iter().filter_map(|&column| sheet.table.cell(row, column)) {
            let cell = folded(cell);
            if all.contains(&cell) {
                found.rows.insert(row);
                met.insert(cell);
            }
        }
    }
    let unmet = |name: &&String| sheet.position(name).is_none() && !met.contains(&folded(name));
    for name in said.leave_out.iter().filter(unmet) {
        let cells = || {
            let rows = sheet.located.first..sheet.table.len();
            rows.flat_map(|row| named.iter().filter_map(move |&column| sheet.table.cell(row, column)))
        };
        let near = nearest(name, sheet.names.iter().map(String::as_str).chain(cells()));
        unmatched(name, near, said, findings);
    }
    tell(&found, findings);
    found
}

/// Tells of a name to leave out that is nowhere: a fault, unless another file may have it.
pub(crate) fn unmatched(name: &str, near: Option<&str>, said: &Columns, findings: &mut Findings<'_>) {
    let file = findings.file;
    let message = format!("`leave_out`: {file} has nothing that is called {}", quoted(name));
    let hint = match near {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => "name a column, or what stands in the rows as their name or date".to_owned(),
    };
    if said.several {
        return findings.warn("absent-leave-out", None, message, &hint);
    }
    let place = said.places.get(name).cloned().unwrap_or_else(|| Place::file(file));
    findings.fault(|| diag::error("unmatched-leave-out", message).at(place).hint(hint));
}

fn folded(name: &str) -> String {
    cell::trimmed(name).to_lowercase()
}

fn tell(found: &Unread, findings: &mut Findings<'_>) {
    let count = |number: usize, one: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        many => Some(format!("{many} {one}s")),
    };
    let parts = [count(found.columns.len(), "column"), count(found.rows.len(), "row")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        findings.note(format!("Left out {}, as `leave_out` says.", parts.join(" and ")));
    }
}
