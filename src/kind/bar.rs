//! `bar`: one value a subject, sorted, horizontal.

use super::{Body, Chart, Fit, Shape, Unsuited, parts};
use crate::diag::Report;
use crate::figure::{Kind, Look, Marks, Panel};
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground};
use crate::spec::FigureSpec;

pub(super) struct Bar;

static KIND: Kind = Kind {
    name: "bar",
    code: "Bar",
    noun: "Bar chart",
    shows_span: false,
    keeps_groups: false,
    has_panels: false,
    colors_tell: false,
    stacks: false,
    torn: "hollow",
    refuses: &[
        ("from", "it shows one date: use `at`"),
        ("to", "it shows one date: use `at`"),
        ("events", "it has no time axis"),
        ("panels", "use `chart = \"facets\"`"),
    ],
};

impl Chart for Bar {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn suits(&self, _: &FigureSpec, frame: &Frame) -> Result<(), Unsuited> {
        parts::bars::suits(frame)
    }

    fn fits(&self, shape: &Shape) -> Option<Fit> {
        (shape.measures < 2 && shape.dates < 2 && !shape.has_groups).then_some(Fit::Fair)
    }

    fn marks(&self, spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
        parts::bars::marks(spec, frame, panel)
    }

    fn arrange<'a>(
        &self,
        look: &'a Look,
        panels: &'a [Panel],
        header: &Header,
        ground: Ground<'a>,
    ) -> Result<Box<dyn Body + 'a>, Report> {
        parts::bars::body(look, panels, header, ground)
    }
}
