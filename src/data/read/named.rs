//! What titles and cells name: the measure of a column or of a row, the subject of a row, its kind. It must not know
//! how numbers are written.

use crate::data::build::builder::Builder;
use crate::data::cells::numbers::{self, Evidence};
use crate::data::cells::words;
use crate::data::shape::plan::{Across, Roles, Who};
use crate::data::shape::sheet::Sheet;

/// What the cells of a column say, and its title: `10%` is whom the numbers are of, not what they are in.
pub(crate) fn titled(sheet: &Sheet<'_, '_>, column: usize, cells: Evidence) -> Evidence {
    let name = sheet.name(column);
    let percent = name.contains('%') && !numbers::is_number(name);
    let mut evidence = Evidence { percent, ..Evidence::default() };
    evidence.join(cells);
    evidence
}

/// The measure of a value column.
pub(crate) fn measure(sheet: &Sheet<'_, '_>, roles: &Roles, column: usize, builder: &mut Builder) -> usize {
    let unnamed = sheet.is_nameless(column) || words::is_anonymous(sheet.name(column));
    match (&roles.who, roles.across) {
        (Who::Header, _) if sheet.span(column).is_some() => {
            builder.measures.index(sheet.span(column).unwrap_or(""))
        }
        (Who::Header, _) | (_, Across::Groups | Across::Times) => {
            builder.measures.index(roles.measure.as_deref().unwrap_or("value"))
        }
        // The rows name them.
        _ if roles.measured_by.is_some() => 0,
        _ if unnamed && roles.values.len() == 1 => builder.measures.index("value"),
        _ => builder.measures.index_of_new(sheet.name(column)).0,
    }
}

/// What a kind is called.
pub(crate) fn kind_of<'c>(sheet: &Sheet<'_, '_>, roles: &Roles, text: impl Fn(usize) -> &'c str) -> String {
    let parts = roles.same.iter().map(|&column| format!("{}: {}", sheet.name(column), text(column)));
    parts.collect::<Vec<_>>().join("; ")
}
