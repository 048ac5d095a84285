//! Lines and points in px, for kinds that arrange their own plots. It must not know scales or what is shown.

use plotters::prelude::*;

use crate::canvas::{Paint, Stroke};
use crate::chart::pen::{Drawn, Pen, Surface, length, rgb, unit};
use crate::chart::thin;
use crate::figure::{Point, Rgb};
use crate::layout::Area;
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;

/// A place in the picture.
pub(crate) type Px = (f64, f64);

/// How far a line may pass a point that is left out of it: less than can be seen.
const UNSEEN: f64 = 0.3;

/// The stretches of a line between its gaps, in a plot of these scales, thinned where `thins` says so.
pub(crate) fn stretches(
    points: &[Point],
    plot: Area,
    (time, values): (&TimeScale, &Linear),
    thins: bool,
) -> Vec<Vec<Px>> {
    #[expect(clippy::cast_possible_truncation, reason = "a column of the picture")]
    let column = |at| (plot.x(time.fraction(at)) / thin::COLUMN).floor() as i64;
    let runs = points.split(|point| point.value.is_none());
    let known = runs.map(|run| run.iter().filter_map(|p| Some((p.at, p.value?))).collect::<Vec<_>>());
    let drawn = known.map(|run| if thins { thin::thinned(&run, column) } else { run });
    let place = |(at, value): (_, f64)| (plot.x(time.fraction(at)), plot.y(values.fraction(value)));
    drawn.map(|run| run.into_iter().map(place).collect()).filter(|run: &Vec<Px>| !run.is_empty()).collect()
}

/// A line without the points that it would pass unseen if they were not there.
pub(crate) fn simplified(points: &[Px]) -> Vec<Px> {
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    let mut kept = std::collections::BTreeSet::from([0, last]);
    let mut spans = vec![(0, last)];
    while let Some((from, to)) = spans.pop() {
        let (Some(&a), Some(&b)) = (points.get(from), points.get(to)) else { continue };
        let between = points.iter().enumerate().take(to).skip(from + 1);
        let distances = between.map(|(index, &point)| (index, distance(point, a, b)));
        if let Some((index, far)) = distances.max_by(|a, b| a.1.total_cmp(&b.1))
            && far > UNSEEN
        {
            kept.insert(index);
            spans.extend([(from, index), (index, to)]);
        }
    }
    kept.into_iter().filter_map(|index| points.get(index).copied()).collect()
}

/// Whether the stroke between two points meets an area.
pub(crate) fn meets((ax, ay): Px, (bx, by): Px, area: Area) -> bool {
    let (dx, dy) = (bx - ax, by - ay);
    // How far along the stroke it enters and leaves the area (Liang and Barsky).
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (step, room) in
        [(-dx, ax - area.left), (dx, area.right - ax), (-dy, ay - area.top), (dy, area.bottom - ay)]
    {
        if step == 0.0 && room < 0.0 {
            return false;
        }
        if step < 0.0 {
            enters = enters.max(room / step);
        } else if step > 0.0 {
            leaves = leaves.min(room / step);
        }
    }
    enters <= leaves
}

/// From a point to the stroke between two others.
fn distance((x, y): Px, (ax, ay): Px, (bx, by): Px) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let along = if square > 0.0 { ((x - ax) * dx + (y - ay) * dy) / square } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    libm::hypot(x - ax - dx * along, y - ay - dy * along)
}

/// An open line; of one point nothing.
pub(crate) fn line(points: &[Px], (color, opacity): (Rgb, f64), width: f64, surface: &Surface<'_>) -> Drawn {
    if points.len() < 2 {
        return Ok(());
    }
    let points: Vec<(i32, i32)> = points.iter().map(|&(x, y)| (unit(x), unit(y))).collect();
    surface.draw(&PathElement::new(points, rgb(color).mix(opacity).stroke_width(length(width))))
}

/// A point: a disc of one colour in a ring of another.
pub(crate) fn dot(
    (x, y): Px,
    radius: f64,
    fill: Rgb,
    (ring, width): (Rgb, f64),
    surface: &Surface<'_>,
    pen: &Pen<'_, '_>,
) -> Drawn {
    let ring = Stroke { paint: Paint::opaque(ring), width: length(width), dash: None };
    pen.canvas.ring(Some(ring));
    surface.draw(&Circle::new((unit(x), unit(y)), length(radius), rgb(fill).filled()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_what_can_be_seen_of_it() {
        let straight: Vec<Px> = (0..50).map(|i| (f64::from(i), f64::from(i) * 2.0)).collect();
        assert_eq!(simplified(&straight), [(0.0, 0.0), (49.0, 98.0)]);
        let bent = [(0.0, 0.0), (5.0, 0.2), (10.0, 8.0), (11.0, 0.0), (20.0, 0.0)];
        assert_eq!(simplified(&bent), [(0.0, 0.0), (5.0, 0.2), (10.0, 8.0), (11.0, 0.0), (20.0, 0.0)]);
        assert_eq!(simplified(&[(3.0, 3.0)]), [(3.0, 3.0)]);
        assert_eq!(simplified(&[]), []);
    }

    #[test]
    fn a_stroke_meets_what_it_passes_through() {
        let area = Area { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        for (a, b, expected) in [
            ((0.0, 15.0), (30.0, 15.0), true),
            ((0.0, 0.0), (30.0, 30.0), true),
            ((12.0, 12.0), (13.0, 13.0), true),
            ((0.0, 15.0), (9.0, 15.0), false),
            ((0.0, 5.0), (30.0, 5.0), false),
            ((0.0, 12.0), (12.0, 0.0), false),
        ] {
            assert_eq!(meets(a, b, area), expected, "{a:?} {b:?}");
        }
    }
}
