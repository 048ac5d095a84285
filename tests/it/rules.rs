//! The rules of the pictures as functions over a recorded scene. Each gives
//! what breaks it, so that a failing test names the rule and the things that meet.

use popchart::canvas::{Item, Rect, Role, Scene, Shape, UNITS};
use popchart::figure::Rgb;
use popchart::text::Fonts;
use popchart::theme::color::contrast;
use popchart::theme::{Sizes, Theme};

/// A scene with what is needed to judge it.
pub struct Picture<'a> {
    pub scene: &'a Scene,
    pub fonts: &'a Fonts,
    pub theme: &'a Theme,
    pub sizes: Sizes,
}

/// A text item with its ink's bounds.
struct Text<'a> {
    item: &'a Item,
    words: &'a str,
    size: f64,
    left: i32,
    baseline: i32,
    fill: Rgb,
    bounds: Rect,
}

impl<'a> Picture<'a> {
    /// Everything that breaks a rule.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        faults.extend(self.inside());
        faults.extend(self.texts_apart());
        faults.extend(self.texts_off_marks());
        faults.extend(self.leaders());
        faults.extend(self.contrasts());
        faults.extend(self.sizes());
        faults.extend(self.edges());
        faults.extend(self.axes());
        faults.extend(self.bars());
        faults.extend(self.name_order());
        faults
    }

    fn texts(&self) -> Vec<Text<'a>> {
        let text = |item: &'a Item| match &item.shape {
            Shape::Text { run, fill, origin, .. } => Some(Text {
                item,
                words: &run.text,
                size: run.style.size,
                left: origin.0,
                baseline: origin.1,
                fill: fill.rgb,
                bounds: item.bounds(self.fonts),
            }),
            _ => None,
        };
        self.scene.items.iter().filter_map(text).collect()
    }

    fn of(&self, roles: &[Role]) -> Vec<&'a Item> {
        self.scene.items.iter().filter(|item| roles.contains(&item.role)).collect()
    }

    /// D14, B7: nothing is clipped, all text keeps the padding.
    fn inside(&self) -> Vec<String> {
        let units = |px: u32| i32::try_from(px).unwrap() * UNITS;
        let canvas =
            Rect { left: 0, top: 0, right: units(self.scene.width), bottom: units(self.scene.height) };
        let padding = self.sizes.padding;
        let padded = canvas.grown(-((padding * 0.75) as i32 * UNITS));
        let mut faults = Vec::new();
        for item in &self.scene.items {
            let bounds = item.bounds(self.fonts);
            let text = matches!(item.shape, Shape::Text { .. });
            if !if text { padded } else { canvas }.contains(bounds) {
                faults.push(format!("D14: {:?} leaves the picture: {bounds:?} in {canvas:?}", item.role));
            }
        }
        faults
    }

    /// C4, B21: no two texts meet; tick labels keep 5 px beside each other.
    fn texts_apart(&self) -> Vec<String> {
        let texts = self.texts();
        let mut faults = Vec::new();
        for (i, a) in texts.iter().enumerate() {
            for b in texts.iter().skip(i + 1) {
                let mut grown = a.bounds.grown(UNITS / 2);
                if a.item.role == Role::TickLabel && b.item.role == Role::TickLabel {
                    grown.left -= 4 * UNITS;
                    grown.right += 4 * UNITS;
                }
                if grown.overlaps(b.bounds) {
                    faults.push(format!(
                        "C4: {:?} {:?} meets {:?} {:?}",
                        a.item.role, a.words, b.item.role, b.words
                    ));
                }
            }
        }
        faults
    }

    /// C4, C16: text stands clear of marks, event lines and leaders.
    fn texts_off_marks(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for text in self.texts() {
            for item in &self.scene.items {
                let meets = match &item.shape {
                    Shape::Path { points, stroke } => {
                        points.windows(2).any(|ends| touches(ends[0], ends[1], stroke.width, text.bounds))
                    }
                    Shape::Circle { .. } => item.bounds(self.fonts).overlaps(text.bounds),
                    Shape::Rect { .. } => {
                        item.role == Role::Bar && item.bounds(self.fonts).overlaps(text.bounds)
                    }
                    _ => false,
                };
                if meets {
                    faults
                        .push(format!("C4: {:?} {:?} lies on a {:?}", text.item.role, text.words, item.role));
                }
            }
        }
        faults
    }

    /// C5: a name away from its line's end has a leader, and leaders do not cross.
    fn leaders(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let paths: Vec<&Vec<(i32, i32)>> = self
            .of(&[Role::Leader])
            .into_iter()
            .filter_map(|item| match &item.shape {
                Shape::Path { points, .. } => Some(points),
                _ => None,
            })
            .collect();
        for (i, a) in paths.iter().enumerate() {
            for b in paths.iter().skip(i + 1) {
                let crossing = a.windows(2).any(|p| b.windows(2).any(|q| cross((p[0], p[1]), (q[0], q[1]))));
                if crossing {
                    faults.push(format!("C5: leaders cross: {a:?} {b:?}"));
                }
            }
        }
        for (role, dots) in [(Role::SeriesLabel, Role::EndDot), (Role::StartLabel, Role::Dot)] {
            faults.extend(self.led(role, dots, &paths));
        }
        faults
    }

    /// Whether the names of a role stand beside the dots of another, or have a leader.
    fn led(&self, role: Role, dots: Role, paths: &[&Vec<(i32, i32)>]) -> Vec<String> {
        let mut faults = Vec::new();
        let tops: Vec<i32> = paths.iter().filter_map(|p| p.last()).map(|p| p.1).collect();
        let factor = self.sizes.factor;
        for label in self.texts().iter().filter(|t| t.item.role == role) {
            let dots = self.of(&[dots]);
            let Some(dot) = dots.iter().find(|dot| dot.subject == label.item.subject) else { continue };
            let Shape::Circle { center, .. } = dot.shape else { continue };
            let middles: Vec<i32> = self
                .texts()
                .iter()
                .filter(|t| t.item.role == role && t.item.subject == label.item.subject)
                .map(|t| t.baseline - (t.size * 0.355 * f64::from(UNITS)) as i32)
                .collect();
            let (top, bottom) = (*middles.iter().min().unwrap(), *middles.iter().max().unwrap());
            let reach = (4.0 * factor).ceil() as i32 * UNITS + UNITS;
            let near = ((top + bottom) / 2 - center.1).abs() <= reach;
            let led = tops.iter().any(|y| (*y - (top + bottom) / 2).abs() <= UNITS);
            if !near && !led {
                faults.push(format!("C5: {:?} is away from its line without a leader", label.words));
            }
        }
        faults
    }

    /// E1, E2, B13, C2: text 4.5:1, marks 3:1, the base line above the grid.
    fn contrasts(&self) -> Vec<String> {
        let ground = self.theme.background;
        let mut faults = Vec::new();
        for text in self.texts() {
            // What stands in a cell has the cell for its ground.
            let cell = self.of(&[Role::Cell]).into_iter().find_map(|item| match item.shape {
                Shape::Rect { rect, fill } if rect.grown(UNITS * 4).contains(text.bounds) => Some(fill.rgb),
                _ => None,
            });
            let ground = cell.filter(|_| text.item.role == Role::CellLabel).unwrap_or(ground);
            if contrast(text.fill, ground) < 4.5 {
                faults.push(format!(
                    "E1: {:?} {:?} has {:.2}:1",
                    text.item.role,
                    text.words,
                    contrast(text.fill, ground)
                ));
            }
        }
        for item in self.of(&[Role::Series, Role::EndDot, Role::Bar, Role::LegendKey]) {
            let color = match &item.shape {
                Shape::Path { stroke, .. } => Some(stroke.paint),
                Shape::Rect { fill, .. } => Some(*fill),
                // Of a hollow point the ring is what is seen.
                Shape::Circle { fill, stroke, .. } => {
                    let ring = stroke.map(|stroke| stroke.paint);
                    let paints = fill.iter().chain(&ring).copied();
                    paints.max_by(|a, b| contrast(a.rgb, ground).total_cmp(&contrast(b.rgb, ground)))
                }
                _ => None,
            };
            if let Some(paint) = color
                && contrast(paint.rgb, ground) < 3.0
            {
                faults.push(format!("E2: a {:?} has {:.2}:1", item.role, contrast(paint.rgb, ground)));
            }
        }
        if contrast(self.theme.base, ground) <= contrast(self.theme.grid, ground) {
            faults.push("B13: the base line is no darker than the grid".into());
        }
        faults
    }

    /// D7, D8: at most five sizes, none under 11 px, larger for what is said first.
    fn sizes(&self) -> Vec<String> {
        let texts = self.texts();
        let mut sizes: Vec<f64> = texts.iter().map(|t| t.size).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.dedup();
        let mut faults = Vec::new();
        if sizes.len() > 5 {
            faults.push(format!("D7: {} sizes of text: {sizes:?}", sizes.len()));
        }
        if sizes.first().is_some_and(|&size| size < self.sizes.floor) {
            faults.push(format!("D8: text of {} px", sizes[0]));
        }
        let of = |role: Role| texts.iter().find(|t| t.item.role == role).map(|t| t.size);
        let ranks = [Role::Title, Role::Subtitle, Role::SeriesLabel, Role::TickLabel, Role::Source];
        let sizes: Vec<f64> = ranks.into_iter().filter_map(of).collect();
        if !sizes.is_sorted_by(|a, b| a >= b) {
            faults.push(format!("D7: sizes do not fall: {sizes:?}"));
        }
        faults
    }

    /// D6: title, subtitle, note and source share one left edge.
    fn edges(&self) -> Vec<String> {
        let roles = [Role::Title, Role::Subtitle, Role::Note, Role::Source];
        let mut lefts: Vec<i32> =
            self.texts().iter().filter(|t| roles.contains(&t.item.role)).map(|t| t.left).collect();
        lefts.dedup();
        if lefts.len() > 1 { vec![format!("D6: left edges {lefts:?}")] } else { Vec::new() }
    }

    /// B4, B12: three to six value ticks in a line chart, none in bars; gridlines are level. A slope has its
    /// values at its ends and a line at each of its two dates.
    fn axes(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let grid = self.of(&[Role::Grid]);
        let lines = !self.of(&[Role::EndDot, Role::Area]).is_empty();
        if !self.of(&[Role::StartLabel]).is_empty() {
            let upright = |item: &&Item| match &item.shape {
                Shape::Path { points, .. } => points.iter().all(|p| p.0 == points[0].0),
                _ => false,
            };
            // Ranks have the dates between, too.
            let ticks = self.of(&[Role::Tick]).len();
            let apart = grid.len() == 2 && ticks >= 2 && grid.iter().all(upright);
            return if apart { faults } else { vec![format!("A1: a slope of {} dates", ticks)] };
        }
        // Every panel has its zero line.
        let panels = self.of(&[Role::Baseline]).len().max(1);
        if lines && !(2..=5).contains(&(grid.len() / panels)) {
            faults.push(format!("B4: {} ticks in {panels} panels", grid.len()));
        }
        if !lines && !grid.is_empty() {
            faults.push("C9: gridlines behind bars that carry their values".into());
        }
        for item in grid {
            if let Shape::Path { points, .. } = &item.shape
                && points.iter().any(|p| p.1 != points[0].1)
            {
                faults.push(format!("B12: a gridline is not level: {points:?}"));
            }
        }
        if lines && self.of(&[Role::Tick]).is_empty() {
            faults.push("B16: no time tick".into());
        }
        faults
    }

    /// C8, C12, C15, E10: bars do not meet; a value stands just past its bar's end, names end on one
    /// edge; bars that are not grouped have one colour apart from those that stand out.
    fn bars(&self) -> Vec<String> {
        let bars: Vec<(&Item, Rect)> =
            self.of(&[Role::Bar]).into_iter().map(|bar| (bar, bar.bounds(self.fonts))).collect();
        let mut faults = Vec::new();
        for (i, (_, a)) in bars.iter().enumerate() {
            for (_, b) in bars.iter().skip(i + 1) {
                if a.overlaps(*b) {
                    faults.push(format!("E10: bars meet: {a:?} {b:?}"));
                }
            }
        }
        let texts = self.texts();
        // Dots have their values beside them, too.
        let dots = self.of(&[Role::Dot]).into_iter().map(|dot| (dot, dot.bounds(self.fonts)));
        let marks: Vec<(&Item, Rect)> = bars.iter().copied().chain(dots).collect();
        let gap = (6.0 * self.sizes.factor).ceil() as i32 * UNITS;
        for value in texts.iter().filter(|t| t.item.role == Role::ValueLabel && t.words != "no data") {
            let middle = (value.bounds.top + value.bounds.bottom) / 2;
            let beside = |bar: &Rect| {
                let right = value.bounds.left - bar.right;
                let left = bar.left - value.bounds.right;
                bar.top < middle
                    && middle < bar.bottom
                    && [right, left].iter().any(|d| (0..=gap + 3 * UNITS).contains(d))
            };
            // Of an upright bar, over or under its end.
            let over = |bar: &Rect| {
                let across = value.bounds.left < bar.right && bar.left < value.bounds.right;
                let distances = [bar.top - value.bounds.bottom, value.bounds.top - bar.bottom];
                across && distances.iter().any(|d| (0..=gap + 3 * UNITS).contains(d))
            };
            if !marks.iter().any(|(_, mark)| beside(mark) || over(mark)) {
                faults.push(format!("C8: {:?} is not beside its bar", value.words));
            }
        }
        let mut fills: Vec<Rgb> = bars
            .iter()
            .filter_map(|(bar, _)| match bar.shape {
                Shape::Rect { fill, .. } => Some(fill.rgb),
                _ => None,
            })
            .collect();
        fills.sort_unstable();
        fills.dedup();
        let grouped = texts.iter().any(|t| t.item.role == Role::GroupLabel);
        if !grouped && fills.len() > 1 && !fills.contains(&self.theme.context) {
            let strong = texts.iter().any(|t| t.item.role == Role::ValueLabel && t.fill == self.theme.title);
            if !strong {
                faults.push(format!("C12: one measure in {} colours", fills.len()));
            }
        }
        faults
    }

    /// C3: names from top to bottom in the order of line ends.
    fn name_order(&self) -> Vec<String> {
        [(Role::SeriesLabel, Role::EndDot), (Role::StartLabel, Role::Dot)]
            .into_iter()
            .flat_map(|(role, dots)| self.in_order(role, dots))
            .collect()
    }

    fn in_order(&self, role: Role, dots: Role) -> Vec<String> {
        let ends: Vec<(usize, i32)> = self
            .of(&[dots])
            .iter()
            .filter_map(|item| match item.shape {
                Shape::Circle { center, .. } => Some((item.subject?, center.1)),
                _ => None,
            })
            .collect();
        let end = |subject: usize| ends.iter().find(|(s, _)| *s == subject).map(|(_, y)| *y);
        let edge = self.of(&[dots]).iter().map(|item| item.bounds(self.fonts).right).max();
        // A name in the plot beside an early end is not one of the column.
        let is_beside = |text: &Text<'_>| role == Role::StartLabel || Some(text.bounds.left) > edge;
        let mut named: Vec<(i32, i32)> = self
            .texts()
            .iter()
            .filter(|t| t.item.role == role && is_beside(t))
            .filter_map(|t| Some((t.bounds.top, end(t.item.subject?)?)))
            .collect();
        named.sort_unstable();
        if named.windows(2).any(|pair| pair[0].1 > pair[1].1) {
            return vec![format!("C3: names are not in the order of their lines: {named:?}")];
        }
        Vec::new()
    }
}

/// Whether a stroke from `a` to `b` touches a rectangle: tried at every half px of it.
fn touches(a: (i32, i32), b: (i32, i32), width: u32, rect: Rect) -> bool {
    let grown = rect.grown(i32::try_from(width / 2).unwrap());
    let reach = Rect { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) };
    if !grown.grown(1).overlaps(reach.grown(1)) {
        return false;
    }
    let steps = ((b.0 - a.0).abs().max((b.1 - a.1).abs()) / (UNITS / 2)).max(1);
    (0..=steps).any(|i| {
        let at = |from: i32, to: i32| {
            from + i32::try_from(i64::from(to - from) * i64::from(i) / i64::from(steps)).unwrap()
        };
        let (x, y) = (at(a.0, b.0), at(a.1, b.1));
        x > grown.left && x < grown.right && y > grown.top && y < grown.bottom
    })
}

type Segment = ((i32, i32), (i32, i32));

/// Whether two level or upright segments cross (touching ends and shared stretches do not count).
fn cross(a: Segment, b: Segment) -> bool {
    let side = |p: (i32, i32), q: (i32, i32), r: (i32, i32)| {
        (i64::from(q.0 - p.0) * i64::from(r.1 - p.1) - i64::from(q.1 - p.1) * i64::from(r.0 - p.0)).signum()
    };
    side(a.0, a.1, b.0) * side(a.0, a.1, b.1) < 0 && side(b.0, b.1, a.0) * side(b.0, b.1, a.1) < 0
}
