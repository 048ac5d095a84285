//! Bars: the values of one date, sorted by value where they have no order of their own, or group by group in the figure's order.

use crate::chart::bars;
use crate::chart::pen::{Drawn, Pen, Surface};
use crate::diag::Report;
use crate::figure::{Bar, BarGroup, Look, Marks, Panel};
use crate::frame::roster::Who;
use crate::frame::{Frame, PanelFrame, Value, drawn_at};
use crate::kind::{Body, Unsuited};
use crate::layout::bars::{BarBody, Bars, arrange};
use crate::layout::frame::{Frame as Header, Ground};
use crate::spec::FigureSpec;

/// The bars of a panel.
pub(in crate::kind) fn marks(spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
    let bar = |group: Option<usize>, who: Who| {
        let value = panel.row_shown(group, who).map_or(Value::Missing, |row| row.value);
        let below = match value {
            Value::Below(bound) => Some(bound),
            Value::Number(_) | Value::Missing | Value::Word(_) => None,
        };
        Some(Bar { subject: frame.place(who)?, value: drawn_at(value, spec.below_one), below })
    };
    let bars = |group: Option<usize>| -> Vec<Bar> {
        panel.drawn.iter().filter_map(|who| bar(group, *who)).collect()
    };
    if spec.chart.keeps_groups {
        let groups = panel
            .drawn_groups(spec)
            .into_iter()
            .map(|group| BarGroup { label: panel.group_label(group).to_owned(), bars: bars(group) });
        return Marks::Bars(groups.collect());
    }
    let mut bars = bars(None);
    if !panel.calendar {
        // Sorting is stable: equal values keep the figure's order of subjects.
        bars.sort_by(|a, b| match (a.value, b.value) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
    }
    Marks::Bars(vec![BarGroup { label: String::new(), bars }])
}

/// A bar's length says how much, from zero on: of ranks it would say the reverse.
pub(in crate::kind) fn suits(frame: &Frame) -> Result<(), Unsuited> {
    if frame.panels.iter().any(|panel| panel.basis.lower_is_better()) {
        let instead = "use `chart = \"line\"` for ranks over time, or draw what the ranks were made of";
        return Err(Unsuited::new("bars of ranks: the longest would be the last", instead));
    }
    Ok(())
}

/// Bars in their places.
struct BarsBody<'a> {
    body: BarBody,
    ground: Ground<'a>,
}

/// Puts the bars of all panels in their places.
pub(in crate::kind) fn body<'a>(
    look: &'a Look,
    panels: &'a [Panel],
    header: &Header,
    ground: Ground<'a>,
) -> Result<Box<dyn Body + 'a>, Report> {
    let bars: Vec<Bars<'_>> = panels
        .iter()
        .filter_map(|panel| match &panel.marks {
            Marks::Bars(groups) => Some(Bars { title: &panel.title, groups }),
            Marks::Lines { .. } | Marks::Cells(_) => None,
        })
        .collect();
    Ok(Box::new(BarsBody { body: arrange(&bars, look, header, ground)?, ground }))
}

impl Body for BarsBody<'_> {
    fn bottom(&self) -> f64 {
        self.body.bottom
    }

    fn unit(&self) -> &'static str {
        self.body.unit
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        bars::draw(&self.body, self.ground, surface, pen)
    }
}
