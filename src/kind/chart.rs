//! What a kind of chart can do. It must not know kinds.

use crate::chart::pen::{Drawn, Pen, Surface};
use crate::diag::Report;
use crate::figure::{Kind, Look, Marks, Panel};
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground};
use crate::spec::FigureSpec;

/// A kind of chart.
pub trait Chart: Sync {
    /// What other rooms must know of it.
    fn kind(&self) -> &'static Kind;

    /// What it is in a figure whose dataset is in groups that nothing combines, or is not.
    fn variant(&self, _in_groups: bool) -> &'static Kind {
        self.kind()
    }

    /// Whether it can show values that are words.
    fn shows_words(&self) -> bool {
        false
    }

    /// Whether it can show a frame truly.
    ///
    /// # Errors
    /// Why it cannot, and what to use instead.
    fn suits(&self, spec: &FigureSpec, frame: &Frame) -> Result<(), Unsuited>;

    /// How well it shows data of which nobody said how they are to be drawn; `None` where it does not at all.
    fn fits(&self, _: &Shape) -> Option<Fit> {
        None
    }

    /// The marks of a panel.
    fn marks(&self, spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks;

    /// Puts the marks of all panels in their places under a header.
    ///
    /// # Errors
    /// When there is nothing to draw, or the height asked for has no room for it.
    fn arrange<'a>(
        &self,
        look: &'a Look,
        panels: &'a [Panel],
        header: &Header,
        ground: Ground<'a>,
    ) -> Result<Box<dyn Body + 'a>, Report>;
}

/// What data are like, as far as it decides which kind shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// At how many dates there are values.
    pub dates: usize,
    /// How many measures there are.
    pub measures: usize,
    /// Whether they are split into groups.
    pub has_groups: bool,
    /// Whether everybody has a number at every date.
    pub is_full: bool,
    /// Whether values are words.
    pub has_words: bool,
}

/// How well a kind shows data, the better the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// As it shows all data that are like it.
    Fair,
    /// It was made for these.
    Special,
}

/// Why a kind cannot show a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsuited {
    /// Why, after `cannot draw`.
    pub why: String,
    /// What to do instead.
    pub instead: String,
}

impl Unsuited {
    pub(super) fn new(why: impl Into<String>, instead: impl Into<String>) -> Unsuited {
        Unsuited { why: why.into(), instead: instead.into() }
    }
}

/// What stands between a header and a footer, arranged.
pub trait Body {
    /// Where it ends, in px.
    fn bottom(&self) -> f64;

    /// What its values were divided by, in words; empty when they were not.
    fn unit(&self) -> &'static str;

    /// What there is to tell of it: what has no room.
    fn warnings(&self) -> Report {
        Report::default()
    }

    /// Draws it.
    ///
    /// # Errors
    /// When the drawing backend refuses a shape.
    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn;
}
