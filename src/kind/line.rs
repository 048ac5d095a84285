//! `line`: values over time, of any number of subjects, with a value axis and names at the lines' ends.

use super::{Body, Chart, Fit, Shape, Unsuited, parts};
use crate::diag::Report;
use crate::figure::{Kind, Look, Marks, Panel};
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::lines::arrange;
use crate::spec::FigureSpec;

pub(super) struct Line;

static KIND: Kind = Kind {
    name: "line",
    code: "Line",
    noun: "Line chart",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: true,
    stacks: false,
    torn: "hollow",
    refuses: &[
        ("at", "use `from` and `to`"),
        ("panels", "use `chart = \"facets\"`"),
        ("digits", "its values are read off the axis"),
    ],
};

impl Chart for Line {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn suits(&self, _: &FigureSpec, _: &Frame) -> Result<(), Unsuited> {
        Ok(())
    }

    fn fits(&self, shape: &Shape) -> Option<Fit> {
        (shape.dates > 1 && !shape.has_groups).then_some(Fit::Fair)
    }

    fn extras(&self) -> &'static [&'static str] {
        &["log", "since-start", "annotations", "shaded"]
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
        parts::lines::body(look, panels, header, ground, arrange)
    }
}
