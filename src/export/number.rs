//! Decimals printed from integers, and path data made of them. No float is
//! ever formatted, so a file cannot differ by platform.

/// Hundredths of a px for scene units, to the nearest.
pub(super) fn hundredths(units: i32) -> i64 {
    (i64::from(units) * 100 + 32).div_euclid(64)
}

/// Appends a number of so many decimals without zeros that say nothing: `.5`, `-12`, `3.07`.
pub(super) fn push(out: &mut String, value: i64, decimals: u32) {
    if value < 0 {
        out.push('-');
    }
    if decimals == 0 {
        return push_digits(out, value.unsigned_abs());
    }
    let unit = 10_u64.pow(decimals);
    let (whole, mut rest) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    if whole > 0 || rest == 0 {
        push_digits(out, whole);
    }
    if rest > 0 {
        out.push('.');
        let mut place = unit / 10;
        while rest > 0 {
            out.push(char::from(b'0' + (rest / place) as u8));
            rest %= place;
            place /= 10;
        }
    }
}

fn push_digits(out: &mut String, value: u64) {
    let digit = |place: u64| char::from(b'0' + (value / place % 10) as u8);
    // Nearly all numbers of a path have at most three digits.
    match value {
        0..=9 => out.push(digit(1)),
        10..=99 => out.extend([digit(10), digit(1)]),
        100..=999 => out.extend([digit(100), digit(10), digit(1)]),
        _ => {
            push_digits(out, value / 1000);
            out.extend([digit(100), digit(10), digit(1)]);
        }
    }
}

/// A number of its own; see [`push`].
pub(super) fn decimal(value: i64, decimals: u32) -> String {
    let mut text = String::new();
    push(&mut text, value, decimals);
    text
}

/// Path data in the making: each step in its shortest command, a command
/// letter only where it changes.
pub(super) struct PathData<'t> {
    text: &'t mut String,
    /// Where in the text they begin.
    from: usize,
    decimals: u32,
    at: (i64, i64),
    start: (i64, i64),
    /// The letter that a number without a letter would repeat.
    command: char,
    /// The control point of the curve before, where the last step was one.
    control: Option<(i64, i64)>,
}

/// Closed contours as path data: all that the places where they are drawn have in common.
#[derive(Debug)]
pub(super) struct Contours {
    first: (i64, i64),
    /// What follows the move to the first point, every step relative to the one before.
    steps: String,
    /// Where the last contour begins, and so ends.
    last: (i64, i64),
}

impl Contours {
    /// Of contours from their first point on, of which the last one is closed.
    pub(super) fn new(first: (i64, i64), draw: impl FnOnce(&mut PathData<'_>)) -> Self {
        let mut steps = String::new();
        let mut data = PathData::new(&mut steps, 0);
        // Behind another shape, where the move to the first point is relative.
        data.move_to(0, 0);
        data.move_to(first.0, first.1);
        let from = data.text.len();
        draw(&mut data);
        let last = data.at;
        steps.drain(..from);
        Contours { first, steps, last }
    }
}

impl<'t> PathData<'t> {
    /// Empty data at the end of a text, whose coordinates come with so many decimals.
    pub(super) fn new(text: &'t mut String, decimals: u32) -> Self {
        let from = text.len();
        PathData { text, from, decimals, at: (0, 0), start: (0, 0), command: ' ', control: None }
    }

    /// Whether nothing has been drawn, not even a starting point.
    pub(super) fn is_empty(&self) -> bool {
        self.text.len() == self.from
    }

    fn step(&mut self, command: char, numbers: &[i64]) {
        let mut joined = command == self.command;
        if !joined {
            self.text.push(command);
            self.command = command;
        }
        for &number in numbers {
            // A minus sign parts two numbers as well as a space does.
            if joined && number >= 0 {
                self.text.push(' ');
            }
            push(self.text, number, self.decimals);
            joined = true;
        }
        self.control = None;
    }

    pub(super) fn move_to(&mut self, x: i64, y: i64) {
        if self.is_empty() {
            self.step('M', &[x, y]);
        } else {
            self.step('m', &[x - self.at.0, y - self.at.1]);
        }
        // Further pairs after a move are lines, relative ones after `m` alone.
        self.command = if self.command == 'm' { 'l' } else { ' ' };
        self.at = (x, y);
        self.start = self.at;
    }

    /// A straight step; one that leads nowhere is left out.
    pub(super) fn line_to(&mut self, x: i64, y: i64) {
        let (dx, dy) = (x - self.at.0, y - self.at.1);
        match (dx, dy) {
            (0, 0) => return,
            (_, 0) => self.step('h', &[dx]),
            (0, _) => self.step('v', &[dy]),
            _ => self.step('l', &[dx, dy]),
        }
        self.at = (x, y);
    }

    /// A quadratic curve, short where its control point mirrors the last one's.
    pub(super) fn quad_to(&mut self, cx: i64, cy: i64, x: i64, y: i64) {
        let (x0, y0) = self.at;
        if self.control == Some((2 * x0 - cx, 2 * y0 - cy)) {
            self.step('t', &[x - x0, y - y0]);
        } else {
            self.step('q', &[cx - x0, cy - y0, x - x0, y - y0]);
        }
        self.control = Some((cx, cy));
        self.at = (x, y);
    }

    pub(super) fn close(&mut self) {
        self.step('z', &[]);
        self.at = self.start;
    }

    /// Contours moved by so much. Not as the first shape, whose first point is not relative to another.
    pub(super) fn contours(&mut self, contours: &Contours, (right, down): (i64, i64)) {
        let moved = |(x, y): (i64, i64)| (x + right, y + down);
        let (x, y) = moved(contours.first);
        self.move_to(x, y);
        self.text.push_str(&contours.steps);
        (self.at, self.start) = (moved(contours.last), moved(contours.last));
        (self.command, self.control) = ('z', None);
    }

    /// Whether nothing but the starting point has been drawn.
    pub(super) fn is_point(&self) -> bool {
        let drawn = self.text.get(self.from..).unwrap_or_default();
        self.at == self.start && !drawn.contains(['h', 'v', 'l', 'q', 't'])
    }

    /// A line of no length, which round caps show as a dot.
    pub(super) fn dot(&mut self) {
        self.step('h', &[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_as_short_as_they_can_be() {
        let cases =
            [(0, "0"), (50, ".5"), (-50, "-.5"), (100, "1"), (307, "3.07"), (-1230, "-12.3"), (5, ".05")];
        for (value, text) in cases {
            assert_eq!(decimal(value, 2), text);
        }
        assert_eq!(decimal(3_417_969, 9), ".003417969");
        assert_eq!(decimal(42, 0), "42");
    }

    #[test]
    fn every_scene_unit_prints_within_half_a_hundredth() {
        for units in -200_000..200_000 {
            let printed: f64 = decimal(hundredths(units), 2).parse().unwrap();
            assert!((printed - f64::from(units) / 64.0).abs() <= 0.005 + 1e-9, "{units}");
        }
        assert_eq!(decimal(hundredths(i32::MAX), 2), "33554431.98");
    }

    #[test]
    fn paths_use_the_shortest_commands() {
        let mut text = String::from("d=");
        let mut path = PathData::new(&mut text, 2);
        path.move_to(100, 200);
        path.line_to(150, 150);
        path.line_to(150, 150);
        path.line_to(250, 225);
        path.line_to(300, 225);
        path.line_to(300, 0);
        path.close();
        path.move_to(100, 300);
        path.line_to(90, 290);
        assert_eq!(text, "d=M1 2l.5-.5 1 .75h.5v-2.25zm0 1-.1-.1");
    }

    #[test]
    fn mirrored_control_points_are_left_out() {
        let mut text = String::new();
        let mut path = PathData::new(&mut text, 0);
        path.move_to(0, 0);
        path.quad_to(10, 0, 10, 10);
        path.quad_to(10, 20, 20, 20);
        path.quad_to(21, 21, 30, 30);
        assert_eq!(text, "M0 0q10 0 10 10t10 10q1 1 10 10");
    }

    #[test]
    fn contours_are_drawn_the_same_at_every_place() {
        let shape = |path: &mut PathData<'_>, (x, y): (i64, i64)| {
            path.line_to(x + 10, y);
            path.quad_to(x + 12, y, x + 12, y + 5);
            path.close();
            path.move_to(x + 3, y + 3);
            path.line_to(x + 4, y + 7);
            path.close();
        };
        let contours = Contours::new((2, 1), |path| shape(path, (0, 0)));
        let (mut one, mut other) = (String::new(), String::new());
        let (mut drawn, mut copied) = (PathData::new(&mut one, 0), PathData::new(&mut other, 0));
        for path in [&mut drawn, &mut copied] {
            path.move_to(5, 5);
            path.line_to(7, 7);
            path.close();
        }
        for by in [(100, 50), (-40, 0), (0, 0)] {
            drawn.move_to(2 + by.0, 1 + by.1);
            shape(&mut drawn, by);
            copied.contours(&contours, by);
        }
        assert_eq!(one, other);
        assert!(one.starts_with("M5 5l2 2zm97 46"), "{one}");
    }
}
