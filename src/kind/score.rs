//! `score`: a composite of several measures, each scaled to 0 to 100 and weighed; what each adds stands side by side,
//! and the sum at the end.

use plotters::prelude::*;

use super::{Body, Chart, Unsuited};
use crate::canvas::Role;
use crate::chart::pen::{Drawn, Pen, Surface, rgb, unit};
use crate::chart::texts;
use crate::diag::{self, Report};
use crate::figure::{Bar, BarGroup, Kind, Look, Marks, Panel, Rgb};
use crate::frame::roster::Who;
use crate::frame::{Frame, PanelFrame, Value};
use crate::layout::Area;
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::stack::{Stack, arrange};
use crate::spec::FigureSpec;

pub(super) struct Score;

static KIND: Kind = Kind {
    name: "score",
    code: "Score",
    noun: "Stacked bar chart",
    shows_span: false,
    keeps_groups: false,
    has_panels: true,
    colors_tell: false,
    stacks: false,
    torn: "as any other",
    refuses: &[
        ("from", "it shows one date: use `at`"),
        ("to", "it shows one date: use `at`"),
        ("events", "it has no time axis"),
        ("measure", "give each panel its own"),
        ("groups", "its panels are its groups"),
        ("unit", "scores are from 0 to 100"),
        ("top", "a score is a part of the best: name who is compared in `subjects`"),
    ],
};

/// More measures are not told apart.
const MOST: usize = 6;

impl Chart for Score {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn takes_weights(&self) -> bool {
        true
    }

    fn suits(&self, spec: &FigureSpec, _: &Frame) -> Result<(), Unsuited> {
        let count = spec.panels.len();
        if count > MOST {
            let why = format!("a score of {count} measures: more than {MOST} are not told apart");
            return Err(Unsuited::new(why, "weigh fewer of them"));
        }
        if count < 2 {
            return Err(Unsuited::new("a score of one measure: it is that measure", "use `chart = \"bar\"`"));
        }
        Ok(())
    }

    fn marks(&self, _: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
        let points = |group: Option<usize>, who: Who| match panel.row_shown(group, who).map(|row| row.value) {
            Some(Value::Number(points)) => Some(points),
            _ => None,
        };
        let mut order: Vec<(Who, Option<f64>)> =
            panel.drawn.iter().map(|who| (*who, points(None, *who))).collect();
        // Sorting is stable: equal scores keep the figure's order of subjects.
        order.sort_by(|(_, a), (_, b)| match (a, b) {
            (Some(a), Some(b)) => b.total_cmp(a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        let bar = |group: usize, (who, total): &(Who, Option<f64>)| {
            // Who has no score has no parts of one.
            let value = points(Some(group), *who).filter(|_| total.is_some());
            Some(Bar { subject: frame.place(*who)?, value, below: None })
        };
        let groups = panel.group_labels.iter().enumerate().map(|(group, label)| BarGroup {
            label: label.clone(),
            bars: order.iter().filter_map(|of| bar(group, of)).collect(),
        });
        Marks::Bars(groups.collect())
    }

    fn arrange<'a>(
        &self,
        look: &'a Look,
        panels: &'a [Panel],
        header: &Header,
        ground: Ground<'a>,
    ) -> Result<Box<dyn Body + 'a>, Report> {
        let [Panel { marks: Marks::Bars(groups), .. }] = panels else {
            return Err(diag::error("own-fault", "expected one panel of scores").into());
        };
        Ok(Box::new(StackBody { body: arrange(groups, look, header, ground)?, ground }))
    }
}

/// Scores in their places.
struct StackBody<'a> {
    body: Stack,
    ground: Ground<'a>,
}

impl Body for StackBody<'_> {
    fn bottom(&self) -> f64 {
        self.body.bottom
    }

    fn unit(&self) -> &'static str {
        ""
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        let rectangle = |area: &Area, color: Rgb| {
            let corners = [(unit(area.left), unit(area.top)), (unit(area.right), unit(area.bottom))];
            surface.draw(&Rectangle::new(corners, rgb(color).filled()))
        };
        for (area, color) in &self.body.key {
            pen.canvas.role(Role::LegendKey, None);
            rectangle(area, *color)?;
        }
        for part in &self.body.parts {
            pen.canvas.role(Role::Part, Some(part.subject));
            rectangle(&part.area, part.fill)?;
        }
        pen.canvas.role(Role::Baseline, None);
        let (x, from, to) = self.body.baseline;
        pen.hair(surface, [(x, from), (x, to)], self.ground.theme.base, self.ground.sizes.hair)?;
        texts(&self.body.texts, surface, pen)
    }
}
