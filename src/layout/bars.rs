//! The body of a bar chart: rows of bars with their names and values, one
//! panel or several, each with a scale of its own from zero.
//!
//! Every bar has a row of its own, its name at the left and its value at its
//! end, so there is neither a value axis nor a legend.

use super::frame::{Frame, Ground};
use super::spread::{NAME_SHARE, Panel, Spread, spread};
use super::{Anchor, Area, TextLine};
use crate::canvas::Role;
use crate::diag::{self, Report};
use crate::figure::{Bar, BarGroup, Emphasis, Look, Rgb, Unit};
use crate::scale::linear::Linear;
use crate::scale::number::NumberFormat;
use crate::text::{TextStyle, Weight};

/// A name that needs more than two lines at [`NAME_SHARE`] may take this share.
const MOST_NAME_SHARE: f64 = 0.6;

/// Lines of a name are this far apart, in sizes of its text.
const LEADING: f64 = 1.2;

/// Space under a panel's name and under a group's, at the design's size.
const TITLE_GAP: f64 = 11.0;
const LABEL_GAP: f64 = 6.0;

/// Space between panels, at the design's size.
const PANEL_GAP: (f64, f64) = (32.0, 22.0);

/// A bar in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedBar {
    /// Index into the look's subjects.
    pub subject: usize,
    /// Its value.
    pub value: f64,
    /// Its upper edge in px.
    pub top: f64,
    /// Its lower edge in px.
    pub bottom: f64,
    /// Its colour.
    pub fill: Rgb,
}

/// A panel with everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct BarPanel {
    /// Where the value scale spans: from the scale's least to its greatest value.
    pub plot: Area,
    /// The value scale.
    pub values: Linear,
    /// Its bars.
    pub bars: Vec<PlacedBar>,
    /// Upper and lower end of each stretch of the zero line, in px.
    pub baselines: Vec<(f64, f64)>,
    /// All its texts.
    pub texts: Vec<TextLine>,
}

/// A bar chart with everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct BarBody {
    /// Its panels.
    pub panels: Vec<BarPanel>,
    /// Where the body ends, in px.
    pub bottom: f64,
    /// What values were divided by in all panels, in words; empty when they were not.
    pub unit: &'static str,
}

/// A panel of bars with its name.
#[derive(Debug, Clone, Copy)]
pub struct Bars<'a> {
    /// The name; empty for none.
    pub title: &'a str,
    /// The groups.
    pub groups: &'a [BarGroup],
}

/// Arranges bars under `frame`'s header.
///
/// # Errors
/// When there is no bar to draw, or the height asked for has no room for them.
pub fn arrange(
    panels: &[Bars<'_>],
    look: &Look,
    frame: &Frame,
    ground: Ground<'_>,
) -> Result<BarBody, Report> {
    let none = panels.iter().all(|p| p.groups.iter().all(|g| g.bars.iter().all(|b| b.value.is_none())));
    if none {
        return Err(diag::error("nothing-to-draw", "no value to draw")
            .hint("check `subjects`, `groups` and `at`")
            .into());
    }
    let mut drafts: Vec<Draft<'_>> = panels.iter().map(|panel| Draft::new(*panel, look, ground)).collect();
    let unit = shared_unit(&mut drafts);
    let top = frame.header_bottom + ground.sizes.px(18.0);
    let gap = (ground.sizes.px(PANEL_GAP.0), ground.sizes.px(PANEL_GAP.1));
    let Spread { columns, width, stretch, spare } =
        spread(&mut drafts, gap, look, (top, frame.footer_height), ground)?;

    let mut placed = Vec::new();
    let mut y = top + spare / 2.0;
    for row in drafts.chunks(columns) {
        let mut bottom = y;
        for (column, draft) in row.iter().enumerate() {
            let left = ground.left() + (width + gap.0) * column as f64;
            let panel = draft.place((left, left + width), y, stretch, look, ground);
            bottom = bottom.max(panel.plot.bottom);
            placed.push(panel);
        }
        y = bottom + gap.1;
    }
    Ok(BarBody { panels: placed, bottom: y - gap.1, unit })
}

/// What the values of all panels are divided by; where panels differ, each that is divided says so in its name.
fn shared_unit(drafts: &mut [Draft<'_>]) -> &'static str {
    let first = drafts.first().map_or("", |draft| draft.format.unit);
    if drafts.iter().all(|draft| draft.format.unit == first) {
        return first;
    }
    for draft in drafts.iter_mut().filter(|draft| !draft.format.unit.is_empty()) {
        let between = if draft.title.is_empty() { "" } else { ", " };
        draft.title = format!("{}{between}{}s", draft.title, draft.format.unit);
    }
    ""
}

/// A panel whose texts are known but not its place.
struct Draft<'a> {
    panel: Bars<'a>,
    /// The panel's name, with the unit of its values where other panels have another.
    title: String,
    look: &'a Look,
    format: NumberFormat,
    /// Room for the widest value and its gap, in px.
    value_room: f64,
    /// Lines of each subject's name, by subject.
    names: Vec<Vec<String>>,
    /// Room for the names and their gap, in px.
    name_room: f64,
    /// The panel's width, in px.
    width: f64,
    /// Thickness of a bar whose name is one line, before stretching.
    thickness: f64,
    /// Thickness of a bar and the gap after it, before stretching.
    bar: (f64, f64),
}

impl<'a> Draft<'a> {
    fn new(panel: Bars<'a>, look: &'a Look, ground: Ground<'_>) -> Draft<'a> {
        let bars = || panel.groups.iter().flat_map(|group| &group.bars);
        let values: Vec<f64> = bars().filter_map(|bar| bar.value).collect();
        // What is below a bound is written by it, as are the others by their values.
        let written: Vec<f64> = bars().filter_map(|bar| bar.below.or(bar.value)).collect();
        let format = NumberFormat::for_values(&written);
        let crowded = panel.groups.len() > 1 && panel.groups.iter().any(|g| g.bars.len() > 2);
        let bar = match panel.groups.len() {
            0 | 1 => (ground.sizes.bar, ground.sizes.bar_gap),
            _ if crowded => (ground.sizes.px(20.0), ground.sizes.hair),
            _ => (ground.sizes.px(24.0), ground.sizes.hair),
        };
        let mut draft = Draft {
            panel,
            title: panel.title.to_owned(),
            look,
            format,
            value_room: 0.0,
            names: Vec::new(),
            name_room: 0.0,
            width: 0.0,
            thickness: bar.0,
            bar,
        };
        // The words for a missing value stand beside the baseline, where bars to the right of it leave them room.
        let rightward = values.iter().all(|value| *value >= 0.0) && values.iter().any(|value| *value > 0.0);
        let takes_room = |bar: &&Bar| bar.value.is_some() || !rightward;
        let texts = draft.bars().filter(takes_room).map(|bar| draft.value_text(bar, true));
        let widest = texts.map(|t| ground.width_of(&t, draft.style(true, ground))).fold(0.0, f64::max);
        draft.value_room = widest + ground.sizes.px(6.0);
        draft
    }

    fn bars(&self) -> impl Iterator<Item = &'a Bar> + use<'a> {
        self.panel.groups.iter().flat_map(|group| &group.bars)
    }

    fn style(&self, strong: bool, ground: Ground<'_>) -> TextStyle {
        let weight = if strong { Weight::Medium } else { Weight::Regular };
        TextStyle { size: ground.sizes.label, weight }
    }

    fn is_strong(&self, subject: usize) -> bool {
        self.look.subjects.get(subject).is_some_and(|s| s.emphasis == Emphasis::Highlight)
    }

    /// A bar's value as text; the per cent sign stands on the first only.
    fn value_text(&self, bar: &Bar, first: bool) -> String {
        let percent = if first && self.look.unit == Unit::Percent { "%" } else { "" };
        match (bar.value, bar.below) {
            (None, _) => "no data".into(),
            (Some(_), Some(bound)) => format!("<{}{percent}", self.format.text(bound)),
            (Some(value), None) => format!("{}{percent}", self.format.text(value)),
        }
    }

    /// Whether bars stand in groups, parted by a seam that never stretches.
    fn is_grouped(&self) -> bool {
        self.panel.groups.len() > 1
    }

    /// Space between groups: more than 0.4 of a bar.
    fn group_gap(&self) -> f64 {
        self.bar.0 * 0.9
    }

    fn scale(&self) -> Linear {
        let values = || self.bars().filter_map(|bar| bar.value);
        Linear::bars(values().fold(0.0, f64::min), values().fold(0.0, f64::max))
    }

    fn place(
        &self,
        (left, right): (f64, f64),
        top: f64,
        stretch: f64,
        look: &Look,
        ground: Ground<'_>,
    ) -> BarPanel {
        let values = self.scale();
        let negative_room = if values.min < 0.0 { self.value_room } else { 0.0 };
        let plot_left = (left + self.name_room + negative_room).round();
        let plot_right = (right - self.value_room).max(plot_left + 1.0).floor();
        let plot = Area { left: plot_left, top, right: plot_right, bottom: top };
        let mut panel = BarPanel { plot, values, bars: Vec::new(), baselines: Vec::new(), texts: Vec::new() };
        let mut y = top;
        panel.texts.extend(self.heading(Role::PanelTitle, &self.title, left, y, ground));
        y += self.heading_height(&self.title, TITLE_GAP, ground);
        let thickness = if self.is_grouped() { (self.bar.0 * stretch).floor() } else { self.bar.0 * stretch };
        let gap = if self.is_grouped() { self.bar.1 } else { self.bar.1 * stretch };
        let mut first = true;
        for (index, group) in self.panel.groups.iter().enumerate() {
            if index > 0 {
                y += self.group_gap() * stretch;
            }
            panel.texts.extend(self.heading(Role::GroupLabel, &group.label, left, y, ground));
            y += self.heading_height(&group.label, LABEL_GAP, ground);
            let from = y;
            for bar in &group.bars {
                let edges = (y.round(), (y + thickness).round());
                self.row(&mut panel, bar, edges, first, look, ground);
                first = false;
                y += thickness + gap;
            }
            y -= gap;
            let spill = ground.sizes.px(if group.label.is_empty() { 6.0 } else { 3.0 });
            panel.baselines.push(((from - spill).round(), (y + spill).round()));
        }
        panel.plot.bottom = y;
        panel
    }

    /// The name of a panel or a group, in lines that fit.
    fn heading(&self, role: Role, text: &str, x: f64, top: f64, ground: Ground<'_>) -> Vec<TextLine> {
        let style = TextStyle { size: ground.sizes.label, weight: Weight::Bold };
        let first = top + ground.fonts.cap_height(style);
        let line = |(i, text): (usize, String)| TextLine {
            role,
            subject: None,
            text,
            style,
            color: ground.theme.title,
            anchor: Anchor::Left,
            x,
            baseline: first + style.size * LEADING * i as f64,
            halo: false,
        };
        ground.fonts.wrap_name(text, style, self.width).into_iter().enumerate().map(line).collect()
    }

    /// Height of such a name with the space under it; nothing where there is no name.
    fn heading_height(&self, text: &str, gap: f64, ground: Ground<'_>) -> f64 {
        let style = TextStyle { size: ground.sizes.label, weight: Weight::Bold };
        match ground.fonts.wrap_name(text, style, self.width).len() {
            0 => 0.0,
            lines => style.size + style.size * LEADING * (lines as f64 - 1.0) + ground.sizes.px(gap),
        }
    }

    /// One bar with its name and its value.
    fn row(
        &self,
        panel: &mut BarPanel,
        bar: &Bar,
        (top, bottom): (f64, f64),
        first: bool,
        look: &Look,
        ground: Ground<'_>,
    ) {
        let strong = self.is_strong(bar.subject);
        let style = self.style(strong, ground);
        let color = if strong { ground.theme.title } else { ground.theme.axis };
        let middle = (top + bottom) / 2.0;
        let (plot, values) = (panel.plot, &panel.values);
        let x_of = |value: f64| plot.x(values.fraction(value));
        let zero = x_of(0.0);
        let gap = ground.sizes.px(6.0);
        let (anchor, x) = match bar.value {
            Some(value) if value < 0.0 => (Anchor::Right, x_of(value) - gap),
            Some(value) => (Anchor::Left, x_of(value) + gap),
            None => (Anchor::Left, zero + gap),
        };
        let line = |role, text, anchor, x, baseline| TextLine {
            role,
            subject: Some(bar.subject),
            text,
            style,
            color,
            anchor,
            x,
            baseline,
            halo: false,
        };
        let baseline = ground.centered(middle, style);
        panel.texts.push(line(Role::ValueLabel, self.value_text(bar, first), anchor, x, baseline));
        let names = self.names.get(bar.subject).map_or(&[][..], Vec::as_slice);
        let leading = style.size * 1.2;
        let start = middle - leading * (names.len() as f64 - 1.0) / 2.0;
        let name_x =
            plot.left - ground.sizes.px(8.0) - (if values.min < 0.0 { self.value_room } else { 0.0 });
        for (i, name) in names.iter().enumerate() {
            let baseline = ground.centered(start + leading * i as f64, style);
            panel.texts.push(line(Role::CategoryLabel, name.clone(), Anchor::Right, name_x, baseline));
        }
        if let Some(value) = bar.value {
            panel.bars.push(PlacedBar {
                subject: bar.subject,
                value,
                top,
                bottom,
                fill: fill(bar, look, ground),
            });
        }
    }
}

impl Panel for Draft<'_> {
    fn widest_name(&self, ground: Ground<'_>) -> f64 {
        let width = |bar: &Bar| {
            self.look
                .subjects
                .get(bar.subject)
                .map_or(0.0, |s| ground.width_of(&s.label, self.style(true, ground)))
        };
        self.bars().map(width).fold(0.0, f64::max) + ground.sizes.px(8.0)
    }

    fn value_room(&self) -> f64 {
        self.value_room
    }

    /// Breaks names so that they leave bars their room in a panel of that width.
    fn set_width(&mut self, width: f64, ground: Ground<'_>) {
        let style = self.style(true, ground);
        let wrap = |room: f64| -> Vec<Vec<String>> {
            self.look.subjects.iter().map(|s| ground.fonts.wrap_name(&s.label, style, room)).collect()
        };
        let shown: Vec<usize> = self.bars().map(|bar| bar.subject).collect();
        let tallest = |names: &[Vec<String>]| {
            shown.iter().filter_map(|&s| names.get(s)).map(Vec::len).max().unwrap_or(0)
        };
        let mut names = wrap(width * NAME_SHARE);
        if tallest(&names) > 2 {
            names = wrap(width * MOST_NAME_SHARE);
        }
        let lines = shown.iter().filter_map(|&s| names.get(s)).flatten();
        // Some letters are wider in the lighter weight, and a name may be set in either.
        let weights = [true, false].map(|strong| self.style(strong, ground));
        let wider =
            |text: &String| weights.iter().map(|style| ground.width_of(text, *style)).fold(0.0, f64::max);
        let widest = lines.map(wider).fold(0.0, f64::max);
        self.name_room = widest + ground.sizes.px(8.0);
        let leading = style.size * 1.2;
        let needed = tallest(&names) as f64 * leading;
        self.bar.0 = self.thickness.max(needed);
        self.names = names;
        self.width = width;
    }

    fn bar_room(&self) -> f64 {
        self.width - self.name_room - self.value_room * if self.scale().min < 0.0 { 2.0 } else { 1.0 }
    }

    /// Height that does not stretch: panel title, group names.
    fn fixed_height(&self, ground: Ground<'_>) -> f64 {
        let title = self.heading_height(&self.title, TITLE_GAP, ground);
        let labels = self.panel.groups.iter().map(|group| group.label.as_str());
        let headings: f64 = labels.map(|label| self.heading_height(label, LABEL_GAP, ground)).sum();
        let seams = self.bars().count().saturating_sub(self.panel.groups.len());
        let seams = if self.is_grouped() { seams as f64 * self.bar.1 } else { 0.0 };
        title + headings + seams
    }

    /// Height of bars and gaps before stretching.
    fn elastic_height(&self) -> f64 {
        let groups = self.panel.groups.len() as f64;
        let bars = self.bars().count() as f64;
        let gaps = if self.is_grouped() { 0.0 } else { (bars - groups) * self.bar.1 };
        bars * self.bar.0 + gaps + (groups - 1.0).max(0.0) * self.group_gap()
    }

    /// The least stretch that keeps names and values legible.
    fn least_stretch(&self, ground: Ground<'_>) -> f64 {
        let names = self.names.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64;
        // A row of its own may have a bar that is thinner than its name, with a gap above and below.
        let pitch = if self.is_grouped() { self.bar.0 } else { self.bar.0 + self.bar.1 };
        names * ground.sizes.label * 1.2 / pitch
    }
}

/// One colour for one measure: the subject's own only where bars of several
/// subjects make a group, or where it is highlighted.
fn fill(bar: &Bar, look: &Look, ground: Ground<'_>) -> Rgb {
    match look.subjects.get(bar.subject) {
        Some(subject) if look.chart.colors_tell || subject.emphasis != Emphasis::Equal => {
            ground.theme.mark(subject.ink, subject.emphasis)
        }
        _ => ground.theme.mark(crate::figure::Ink::Palette(0), Emphasis::Equal),
    }
}
