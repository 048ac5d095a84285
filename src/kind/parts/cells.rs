//! Cells: the values of one date, a row or a column a subject and a column or a row a group. It must not know how
//! they are drawn.

use crate::figure::{Grid, GridCell, GridRow, Heading, Named};
use crate::frame::roster::Who;
use crate::frame::{Frame, PanelFrame, Row, Value};
use crate::spec::FigureSpec;

/// The cells of a panel, with a row a subject, or a row a group.
pub(in crate::kind) fn grid(spec: &FigureSpec, frame: &Frame, panel: &PanelFrame, by_subject: bool) -> Grid {
    let of_who = |who: &Who| Heading { label: frame.label(*who).to_owned(), subject: frame.place(*who) };
    let groups = panel.drawn_groups(spec);
    let of_group =
        |group: &Option<usize>| Heading { label: panel.group_label(*group).to_owned(), subject: None };
    let value = |group: &Option<usize>, who: &Who| cell(panel, panel.row_shown(*group, *who));
    if by_subject {
        let row = |who: &Who| GridRow {
            heading: of_who(who),
            cells: groups.iter().map(|group| value(group, who)).collect(),
            torn: Vec::new(),
        };
        return Grid {
            named: Named::ALL,
            columns: groups.iter().map(of_group).collect(),
            rows: panel.drawn.iter().map(row).collect(),
        };
    }
    let row = |group: &Option<usize>| GridRow {
        heading: of_group(group),
        cells: panel.drawn.iter().map(|who| value(group, who)).collect(),
        torn: Vec::new(),
    };
    Grid {
        named: Named::ALL,
        columns: panel.drawn.iter().map(of_who).collect(),
        rows: groups.iter().map(row).collect(),
    }
}

/// What stands in the cell of a row.
pub(in crate::kind) fn cell(panel: &PanelFrame, row: Option<&Row>) -> GridCell {
    match row.map_or(Value::Missing, |row| row.value) {
        Value::Missing => GridCell::Missing,
        Value::Number(value) => GridCell::Number(value),
        Value::Below(bound) => GridCell::Below(bound),
        value @ Value::Word(_) => GridCell::Words(panel.said(value).to_owned()),
    }
}
