//! `slope`: lines from one date to another, with names and values at both ends, which say more of two dates
//! than an axis.

use super::{Body, Chart, Fit, Shape, Unsuited, parts};
use crate::diag::Report;
use crate::figure::{Kind, Look, Marks, Panel};
use crate::frame::{Frame, PanelFrame, Value};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::lines::arrange_slope;
use crate::spec::FigureSpec;
use crate::time::moment::Moment;

pub(super) struct Slope;

static KIND: Kind = Kind {
    name: "slope",
    code: "Slope",
    noun: "Slope chart",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: true,
    torn: "hollow",
    refuses: &[
        ("at", "use `from` and `to`"),
        ("panels", "use `chart = \"facets\"`"),
        ("average", "two dates have no average between them"),
        ("events", "it has no time axis"),
    ],
};

const INSTEAD: &str = "use `chart = \"line\"`";

impl Chart for Slope {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn suits(&self, _: &FigureSpec, frame: &Frame) -> Result<(), Unsuited> {
        let Some(panel) = frame.panels.first() else { return Ok(()) };
        let mut dates: Vec<Moment> = panel
            .drawn_rows()
            .filter(|row| row.group.is_none() && row.is_known())
            .filter_map(|row| row.at)
            .collect();
        dates.sort_unstable();
        dates.dedup();
        if dates.len() != 2 {
            let why = format!("a slope of {} dates: it shows two", dates.len());
            return Err(Unsuited::new(
                why,
                format!(
                    "choose two neighbours with `from` and `to`, longer periods with `each`, or {INSTEAD}"
                ),
            ));
        }
        for who in &panel.drawn {
            let own: Vec<Value> = panel
                .of(None, *who)
                .iter()
                .filter(|row| panel.is_within(row.at) && row.is_known())
                .map(|row| row.value)
                .collect();
            let label = frame.label(*who);
            if own.len() != 2 {
                let why = format!("a slope of {label}, which has a value at one of the two dates only");
                return Err(Unsuited::new(why, format!("leave it out of `subjects`, or {INSTEAD}")));
            }
            if own.iter().any(|value| matches!(value, Value::Below(_))) {
                let why = format!("a slope of {label}, which is only known to be below a bound");
                return Err(Unsuited::new(why, INSTEAD));
            }
        }
        Ok(())
    }

    fn fits(&self, shape: &Shape) -> Option<Fit> {
        (shape.dates == 2 && shape.is_full && !shape.has_groups).then_some(Fit::Special)
    }

    fn marks(&self, spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
        parts::lines::marks(spec, frame, panel)
    }

    fn arrange<'a>(
        &self,
        look: &'a Look,
        panels: &'a [Panel],
        header: &Header,
        ground: Ground<'a>,
    ) -> Result<Box<dyn Body + 'a>, Report> {
        parts::lines::body(look, panels, header, ground, arrange_slope)
    }
}
