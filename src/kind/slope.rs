//! `slope`: lines from one date to another, with names and values at both ends, which say more of two dates
//! than an axis.

use super::{Body, Chart, Fit, Shape, Unsuited, parts};
use crate::diag::Report;
use crate::figure::{Kind, Look, Marks, Panel};
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::lines::arrange_slope;
use crate::spec::FigureSpec;

pub(super) struct Slope;

static KIND: Kind = Kind {
    name: "slope",
    code: "Slope",
    noun: "Slope chart",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: true,
    stacks: false,
    torn: "hollow",
    refuses: &[
        ("at", "use `from` and `to`"),
        ("panels", "use `chart = \"facets\"`"),
        ("average", "two dates have no average between them"),
        ("events", "it has no time axis"),
    ],
};

/// The names of more subjects than this have no room at both ends.
const MOST: usize = 16;

impl Chart for Slope {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn suits(&self, _: &FigureSpec, frame: &Frame) -> Result<(), Unsuited> {
        parts::lines::two_dates(frame, "slope")
    }

    fn fits(&self, shape: &Shape) -> Option<Fit> {
        let is_fit = shape.dates == 2 && shape.is_full && !shape.has_groups;
        (is_fit && shape.subjects <= MOST).then_some(Fit::Special)
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
