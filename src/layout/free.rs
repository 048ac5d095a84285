//! Where in a plot a text lies free: among lines, dots and other texts.
//!
//! It must not know what the text says or the lines are.

use super::Area;

/// What a text in the plot must not lie on.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// Pieces of lines, from left to right.
    segments: Vec<((f64, f64), (f64, f64))>,
    /// Dots and texts.
    areas: Vec<Area>,
}

impl Taken {
    /// Adds a line through these places.
    pub fn line(&mut self, places: &[(f64, f64)]) {
        self.segments.extend(places.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((*a, *b)),
            _ => None,
        }));
    }

    /// Adds an area.
    pub fn area(&mut self, area: Area) {
        self.areas.push(area);
    }

    /// Adds the square around a dot.
    pub fn dot(&mut self, (x, y): (f64, f64), radius: f64) {
        self.area(Area { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
    }

    /// How far an area is from all that is taken, up to `enough`; zero where it lies on something.
    #[must_use]
    pub fn clearance(&self, area: &Area, enough: f64) -> f64 {
        let reach = Area {
            left: area.left - enough,
            top: area.top - enough,
            right: area.right + enough,
            bottom: area.bottom + enough,
        };
        let mut least = enough;
        for other in self.areas.iter().filter(|other| meets(other, &reach)) {
            least = least.min(apart(area, other));
        }
        for (a, b) in &self.segments {
            let around =
                Area { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) };
            if meets(&around, &reach) {
                least = least.min(distance(*a, *b, area));
            }
        }
        least
    }
}

fn meets(a: &Area, b: &Area) -> bool {
    a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

/// How far two areas are apart; zero where they meet.
pub(super) fn apart(a: &Area, b: &Area) -> f64 {
    let across = (b.left - a.right).max(a.left - b.right).max(0.0);
    let down = (b.top - a.bottom).max(a.top - b.bottom).max(0.0);
    libm::hypot(across, down)
}

/// How far a segment is from an area; zero where it touches it.
pub(super) fn distance(a: (f64, f64), b: (f64, f64), area: &Area) -> f64 {
    if crosses(a, b, area) {
        return 0.0;
    }
    let corners =
        [(area.left, area.top), (area.right, area.top), (area.left, area.bottom), (area.right, area.bottom)];
    let from_corners = corners.into_iter().map(|corner| to_segment(corner, a, b));
    let from_ends =
        [a, b].into_iter().map(|(x, y)| apart(area, &Area { left: x, top: y, right: x, bottom: y }));
    from_corners.chain(from_ends).fold(f64::MAX, f64::min)
}

fn to_segment((x, y): (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (u, v) = (b.0 - a.0, b.1 - a.1);
    let length = u * u + v * v;
    let share = if length > 0.0 { (((x - a.0) * u + (y - a.1) * v) / length).clamp(0.0, 1.0) } else { 0.0 };
    libm::hypot(x - a.0 - u * share, y - a.1 - v * share)
}

/// Whether a segment passes through an area: cut to it side by side (Liang and Barsky).
fn crosses(a: (f64, f64), b: (f64, f64), area: &Area) -> bool {
    let (u, v) = (b.0 - a.0, b.1 - a.1);
    let sides = [(-u, a.0 - area.left), (u, area.right - a.0), (-v, a.1 - area.top), (v, area.bottom - a.1)];
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (along, room) in sides {
        if along == 0.0 {
            if room < 0.0 {
                return false;
            }
            continue;
        }
        let at = room / along;
        if along < 0.0 { from = from.max(at) } else { to = to.min(at) }
    }
    from <= to
}

/// The eight places of a text of a size around a point: from the upper right on, then those straight beside,
/// above and below it.
#[must_use]
pub fn around((x, y): (f64, f64), (width, height): (f64, f64), gap: f64) -> [Area; 8] {
    let slant = gap * 0.75;
    let area = |left: f64, top: f64| Area { left, top, right: left + width, bottom: top + height };
    let (middle, center) = (y - height / 2.0, x - width / 2.0);
    [
        area(x + slant, y - slant - height),
        area(x + slant, y + slant),
        area(x - slant - width, y - slant - height),
        area(x - slant - width, y + slant),
        area(center, y - gap - height),
        area(center, y + gap),
        area(x + gap, middle),
        area(x - gap - width, middle),
    ]
}

/// The first of some areas that lies free, inside of `room`: at least `least` from all that is taken, and of those the
/// one that is furthest from it.
#[must_use]
pub fn freest(places: &[Area], taken: &Taken, room: &Area, (least, enough): (f64, f64)) -> Option<Area> {
    let is_inside = |area: &&Area| {
        area.left >= room.left
            && area.right <= room.right
            && area.top >= room.top
            && area.bottom <= room.bottom
    };
    let mut best: Option<(f64, Area)> = None;
    for area in places.iter().filter(is_inside) {
        let clearance = taken.clearance(area, enough);
        if clearance >= least && best.is_none_or(|(most, _)| clearance > most) {
            best = Some((clearance, *area));
        }
    }
    best.map(|(_, area)| area)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Area = Area { left: 10.0, top: 10.0, right: 30.0, bottom: 20.0 };

    #[test]
    fn distances_are_those_of_the_nearest_points() {
        assert_eq!(distance((0.0, 15.0), (40.0, 15.0), &BOX), 0.0);
        assert_eq!(distance((12.0, 12.0), (13.0, 13.0), &BOX), 0.0);
        assert_eq!(distance((0.0, 0.0), (40.0, 0.0), &BOX), 10.0);
        assert_eq!(distance((33.0, 24.0), (60.0, 60.0), &BOX), 5.0);
        assert_eq!(apart(&BOX, &Area { left: 33.0, top: 24.0, right: 40.0, bottom: 30.0 }), 5.0);
    }

    const ROOM: Area = Area { left: 0.0, top: 0.0, right: 200.0, bottom: 100.0 };

    #[test]
    fn a_text_takes_the_place_furthest_from_the_lines() {
        let mut taken = Taken::default();
        taken.line(&[(0.0, 0.0), (200.0, 100.0)]);
        taken.line(&[(0.0, 55.0), (200.0, 45.0)]);
        let places = around((100.0, 50.0), (30.0, 10.0), 8.0);
        let found = freest(&places, &taken, &ROOM, (2.0, 20.0)).unwrap();
        assert!(
            found.bottom < 45.0 && found.left > 80.0 || found.top > 55.0 && found.right < 120.0,
            "{found:?}"
        );
        assert!(taken.clearance(&found, 20.0) >= 2.0);
    }

    #[test]
    fn a_text_without_a_free_place_has_none() {
        let mut taken = Taken::default();
        taken.area(ROOM);
        assert_eq!(freest(&around((100.0, 50.0), (30.0, 10.0), 8.0), &taken, &ROOM, (2.0, 20.0)), None);
        assert_eq!(
            freest(&around((100.0, 50.0), (300.0, 10.0), 8.0), &Taken::default(), &ROOM, (2.0, 20.0)),
            None
        );
    }

    #[test]
    fn clearance_is_the_distance_to_the_nearest_thing() {
        let mut taken = Taken::default();
        taken.line(&[(0.0, 10.0), (200.0, 10.0)]);
        let area = |top: f64| Area { left: 50.0, top, right: 80.0, bottom: top + 10.0 };
        assert_eq!(taken.clearance(&area(5.0), 20.0), 0.0);
        assert_eq!(taken.clearance(&area(13.0), 20.0), 3.0);
        assert_eq!(taken.clearance(&area(60.0), 20.0), 20.0);
        taken.dot((90.0, 18.0), 4.0);
        assert_eq!(taken.clearance(&area(13.0), 20.0), 3.0);
        assert_eq!(taken.clearance(&area(14.0), 5.0), 4.0);
    }
}
