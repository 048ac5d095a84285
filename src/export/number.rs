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
    if value >= 10 {
        push_digits(out, value / 10);
    }
    out.push(char::from(b'0' + (value % 10) as u8));
}

/// A number of its own; see [`push`].
pub(super) fn decimal(value: i64, decimals: u32) -> String {
    let mut text = String::new();
    push(&mut text, value, decimals);
    text
}

/// Path data in the making: each step in its shortest command, a command
/// letter only where it changes.
pub(super) struct PathData {
    text: String,
    decimals: u32,
    at: (i64, i64),
    start: (i64, i64),
    /// The letter that a number without a letter would repeat.
    command: char,
    /// The control point of the curve before, where the last step was one.
    control: Option<(i64, i64)>,
}

impl PathData {
    /// Empty data whose coordinates come with so many decimals.
    pub(super) fn new(decimals: u32) -> Self {
        PathData { text: String::new(), decimals, at: (0, 0), start: (0, 0), command: ' ', control: None }
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
            push(&mut self.text, number, self.decimals);
            joined = true;
        }
        self.control = None;
    }

    pub(super) fn move_to(&mut self, x: i64, y: i64) {
        if self.text.is_empty() {
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

    /// Whether nothing but the starting point has been drawn.
    pub(super) fn is_point(&self) -> bool {
        self.at == self.start && !self.text.contains(['h', 'v', 'l', 'q', 't'])
    }

    /// A line of no length, which round caps show as a dot.
    pub(super) fn dot(&mut self) {
        self.step('h', &[0]);
    }

    pub(super) fn finish(self) -> String {
        self.text
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
        let mut path = PathData::new(2);
        path.move_to(100, 200);
        path.line_to(150, 150);
        path.line_to(150, 150);
        path.line_to(250, 225);
        path.line_to(300, 225);
        path.line_to(300, 0);
        path.close();
        path.move_to(100, 300);
        path.line_to(90, 290);
        assert_eq!(path.finish(), "M1 2l.5-.5 1 .75h.5v-2.25zm0 1-.1-.1");
    }

    #[test]
    fn mirrored_control_points_are_left_out() {
        let mut path = PathData::new(0);
        path.move_to(0, 0);
        path.quad_to(10, 0, 10, 10);
        path.quad_to(10, 20, 20, 20);
        path.quad_to(21, 21, 30, 30);
        assert_eq!(path.finish(), "M0 0q10 0 10 10t10 10q1 1 10 10");
    }
}
