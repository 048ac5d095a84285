//! Bars: the values of one date, sorted by value, or group by group in the figure's order.

use crate::figure::{Bar, BarGroup, Marks};
use crate::frame::roster::Who;
use crate::frame::{Frame, PanelFrame, Value, drawn_at};
use crate::manifest::FigureSpec;

/// The bars of a panel.
pub(super) fn marks(spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
    let bar = |group: Option<usize>, who: Who| {
        let value = panel.row_shown(group, who).map_or(Value::Missing, |row| row.value);
        let below = match value {
            Value::Below(bound) => Some(bound),
            Value::Number(_) | Value::Missing => None,
        };
        Some(Bar { subject: frame.place(who)?, value: drawn_at(value, spec.below_one), below })
    };
    let bars = |group: Option<usize>| -> Vec<Bar> {
        panel.drawn.iter().filter_map(|who| bar(group, *who)).collect()
    };
    if spec.chart.keeps_groups() {
        let groups = panel.drawn_groups(spec).into_iter().map(|group| BarGroup {
            label: group.and_then(|group| panel.groups.get(group)).cloned().unwrap_or_default(),
            bars: bars(group),
        });
        return Marks::Bars(groups.collect());
    }
    let mut bars = bars(None);
    // Sorting is stable: equal values keep the figure's order of subjects.
    bars.sort_by(|a, b| match (a.value, b.value) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    Marks::Bars(vec![BarGroup { label: String::new(), bars }])
}
