//! How lines lie upon each other: where one needs a halo to be told from those beneath it, where it runs so
//! close above another that both are seen only if it is thinner, and which are hidden.
//!
//! It knows only lengths in px; whose lines they are is the caller's.

/// A place in px.
pub type Place = (f64, f64);

/// So far from a crossing, along the upper line, a halo parts it from the lower one, at the design's size. Shorter
/// ones are tried where it would touch what it must not.
const REACHES: [f64; 3] = [6.0, 4.5, 3.0];

/// From this angle on, in degrees, a crossing is one; under it lines run along each other.
const LEAST_ANGLE: f64 = 20.0;

/// Lines nearer than this to each other, for longer than that, lie upon each other, at the design's size, where their
/// directions differ by so many degrees at most, or it is for much longer: those that only cross part soon enough.
const NEAR: f64 = 3.0;
const LONG: f64 = 12.0;
const ALIKE: f64 = 12.0;
const LONGER: f64 = 30.0;

/// Distance of the places at which lines are compared, at the design's size.
const SAMPLE: f64 = 1.5;

/// A line hides another when it is never further from it than this, at the design's size.
const HIDDEN: f64 = 1.25;

/// A line, of one or more stretches whose x never falls.
#[derive(Debug, Clone, PartialEq)]
pub struct Strand {
    /// Its stretches.
    pub runs: Vec<Vec<Place>>,
    /// Its width in px.
    pub width: f64,
    /// Whether it is parted from those beneath it.
    pub parts: bool,
}

/// What lines keep off with their halos.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// Heights of level lines: the time axis, zero.
    pub level: Vec<f64>,
    /// Places of upright ones: events.
    pub upright: Vec<f64>,
}

/// How a line is drawn over those beneath it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Woven {
    /// Where its halo is seen.
    pub halos: Vec<Vec<Place>>,
    /// From and to which x it is thinner.
    pub thin: Vec<(f64, f64)>,
}

/// How each line is drawn, the lowest first; `unit` is the length of a design's px.
#[must_use]
pub fn weave(strands: &[Strand], kept: &Kept, unit: f64) -> Vec<Woven> {
    let mut woven = Vec::with_capacity(strands.len());
    for (place, upper) in strands.iter().enumerate() {
        let mut own = Woven::default();
        if upper.parts {
            let runs = upper.runs.iter().filter(|run| run.len() > 1);
            for run in runs {
                for lower in strands.iter().take(place) {
                    let thins = lower.width > upper.width * 0.9;
                    for beneath in &lower.runs {
                        over((run, thins), beneath, (kept, upper.width, unit), &mut own);
                    }
                }
            }
        }
        own.thin = joined(own.thin);
        woven.push(own);
    }
    woven
}

/// What one stretch does to another beneath it, which is thinner where that is a line as wide.
fn over(
    (upper, thins): (&[Place], bool),
    lower: &[Place],
    (kept, width, unit): (&Kept, f64, f64),
    own: &mut Woven,
) {
    let Some((from, to)) = shared(upper, lower, NEAR * unit) else { return };
    let near = along(upper, lower, (from, to), unit);
    let is_along = |x: f64| near.iter().any(|(a, b)| *a <= x && x <= *b);
    for (segment, at) in crossings(upper, lower) {
        if is_along(at.0) {
            continue;
        }
        let margin = width / 2.0 + 2.25 * unit;
        let pieces = REACHES.iter().map(|reach| around(upper, segment, at, reach * unit));
        own.halos.extend(pieces.into_iter().find(|piece| is_clear(piece, kept, margin)));
    }
    own.thin.extend(near.into_iter().filter(|_| thins));
}

/// From and to which x both stretches are, where they come near each other at all.
fn shared(a: &[Place], b: &[Place], near: f64) -> Option<(f64, f64)> {
    let ends = |run: &[Place]| Some((run.first()?.0, run.last()?.0));
    let ((a0, a1), (b0, b1)) = (ends(a)?, ends(b)?);
    let (from, to) = (a0.max(b0), a1.min(b1));
    let heights = |run: &[Place]| {
        run.iter().fold((f64::MAX, f64::MIN), |(low, high), (_, y)| (low.min(*y), high.max(*y)))
    };
    let ((low_a, high_a), (low_b, high_b)) = (heights(a), heights(b));
    (from <= to && low_a - near <= high_b && low_b - near <= high_a).then_some((from, to))
}

/// Reads a stretch from left to right: its height and slope at ever greater x.
struct Reader<'r> {
    run: &'r [Place],
    segment: usize,
}

impl Reader<'_> {
    fn at(&mut self, x: f64) -> Option<(f64, f64)> {
        while self.run.get(self.segment + 1).is_some_and(|end| end.0 < x) {
            self.segment += 1;
        }
        let (start, end) = (self.run.get(self.segment)?, self.run.get(self.segment + 1)?);
        let width = end.0 - start.0;
        if width <= 0.0 {
            return Some((end.1, 0.0));
        }
        let slope = (end.1 - start.1) / width;
        Some((start.1 + slope * (x - start.0), slope))
    }
}

/// From and to which x one stretch runs along another.
fn along(upper: &[Place], lower: &[Place], (from, to): (f64, f64), unit: f64) -> Vec<(f64, f64)> {
    let (mut a, mut b) = (Reader { run: upper, segment: 0 }, Reader { run: lower, segment: 0 });
    let step = SAMPLE * unit;
    let mut found = Vec::new();
    let mut run: Option<Along> = None;
    let mut x = from;
    while x <= to {
        let near = a.at(x).zip(b.at(x)).and_then(|((y, slope), (other, leaning))| {
            let steepest = slope.abs().max(leaning.abs());
            let distance = (y - other).abs() / libm::hypot(1.0, steepest);
            let turned = (libm::atan(slope) - libm::atan(leaning)).abs();
            (distance < NEAR * unit).then(|| (libm::hypot(1.0, slope) * step, turned))
        });
        match (near, &mut run) {
            (Some((more, turned)), Some(run)) => {
                run.length += more;
                run.turned += turned * more;
            }
            (Some(_), None) => run = Some(Along { from: x, length: 0.0, turned: 0.0 }),
            (None, Some(_)) => found.extend(run.take().and_then(|run| run.until(x - step, unit))),
            (None, None) => {}
        }
        x += step;
    }
    found.extend(run.and_then(|run| run.until(to, unit)));
    found
}

/// Two lines near each other, so far.
struct Along {
    from: f64,
    length: f64,
    /// The angle between them, summed over the length.
    turned: f64,
}

impl Along {
    /// From and to which x, where that is more than a crossing.
    fn until(self, to: f64, unit: f64) -> Option<(f64, f64)> {
        let is_along = self.turned < self.length * ALIKE.to_radians() || self.length > LONGER * unit;
        (self.length > LONG * unit && is_along).then_some((self.from, to))
    }
}

/// Where one stretch crosses another at an angle that is seen, with the segment of the first.
fn crossings(upper: &[Place], lower: &[Place]) -> Vec<(usize, Place)> {
    let mut found = Vec::new();
    let mut first = 0;
    for (segment, own) in upper.windows(2).enumerate() {
        let [a, b] = own else { continue };
        while lower.get(first + 1).is_some_and(|end| end.0 < a.0) {
            first += 1;
        }
        let others =
            lower.windows(2).skip(first).take_while(|other| other.first().is_some_and(|c| c.0 <= b.0));
        for other in others {
            let [c, d] = other else { continue };
            found.extend(crossing((*a, *b), (*c, *d)).map(|at| (segment, at)));
        }
    }
    found
}

/// Where two segments cross at an angle that is seen.
fn crossing((a, b): (Place, Place), (c, d): (Place, Place)) -> Option<Place> {
    let (u, v) = ((b.0 - a.0, b.1 - a.1), (d.0 - c.0, d.1 - c.1));
    let cross = u.0 * v.1 - u.1 * v.0;
    let lengths = libm::hypot(u.0, u.1) * libm::hypot(v.0, v.1);
    if lengths == 0.0 || (cross / lengths).abs() < libm::sin(LEAST_ANGLE.to_radians()) {
        return None;
    }
    let between = (c.0 - a.0, c.1 - a.1);
    let along = (between.0 * v.1 - between.1 * v.0) / cross;
    let other = (between.0 * u.1 - between.1 * u.0) / cross;
    // The end of a segment is the start of the next one.
    let within = (0.0..1.0).contains(&along) && (0.0..1.0).contains(&other);
    within.then_some((a.0 + u.0 * along, a.1 + u.1 * along))
}

/// The part of a stretch around a place on one of its segments.
fn around(run: &[Place], segment: usize, at: Place, reach: f64) -> Vec<Place> {
    let before = run.iter().take(segment + 1).rev();
    let mut piece: Vec<Place> = walked(at, before, reach);
    piece.reverse();
    piece.push(at);
    piece.extend(walked(at, run.iter().skip(segment + 1), reach));
    piece
}

/// The places that one comes by on the way of a length.
fn walked<'r>(from: Place, way: impl Iterator<Item = &'r Place>, reach: f64) -> Vec<Place> {
    let (mut at, mut left, mut places) = (from, reach, Vec::new());
    for next in way {
        let length = libm::hypot(next.0 - at.0, next.1 - at.1);
        if length >= left {
            let share = if length > 0.0 { left / length } else { 0.0 };
            places.push((at.0 + (next.0 - at.0) * share, at.1 + (next.1 - at.1) * share));
            return places;
        }
        left -= length;
        at = *next;
        places.push(at);
    }
    places
}

/// Whether a halo leaves the lines that it must.
fn is_clear(piece: &[Place], kept: &Kept, margin: f64) -> bool {
    let span = |of: fn(&Place) -> f64| {
        let all = piece.iter().map(of);
        all.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
    };
    let off = |(low, high): (f64, f64), line: &f64| *line < low - margin || *line > high + margin;
    kept.level.iter().all(|line| off(span(|place| place.1), line))
        && kept.upright.iter().all(|line| off(span(|place| place.0), line))
}

fn joined(mut all: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for (from, to) in all {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// A stretch in parts, each thin or not.
#[must_use]
pub fn parted(run: &[Place], thin: &[(f64, f64)]) -> Vec<(Vec<Place>, bool)> {
    let is_thin = |x: f64| thin.iter().any(|(from, to)| *from < x && x < *to);
    let mut parts: Vec<(Vec<Place>, bool)> = Vec::new();
    for pair in run.windows(2) {
        let [a, b] = pair else { continue };
        let inner = thin.iter().flat_map(|(from, to)| [*from, *to]).filter(|x| a.0 < *x && *x < b.0);
        let mut edges: Vec<f64> = inner.collect();
        edges.sort_by(f64::total_cmp);
        let place = |x: &f64| (*x, a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0));
        let mut at = *a;
        for next in edges.iter().map(place).chain([*b]) {
            let thin = is_thin((at.0 + next.0) / 2.0);
            match parts.last_mut() {
                Some((places, was)) if *was == thin => places.push(next),
                _ => parts.push((vec![at, next], thin)),
            }
            at = next;
        }
    }
    parts
}

/// Which lines are hidden, each with the first one above that hides it, the lowest line first.
#[must_use]
pub fn hidden(lines: &[Vec<Vec<Place>>], unit: f64) -> Vec<(usize, usize)> {
    let covers = |upper: &[Vec<Place>], place: &Place| {
        upper.iter().any(|run| {
            let mut reader = Reader { run, segment: 0 };
            let inside = run.first().is_some_and(|first| first.0 <= place.0 + unit)
                && run.last().is_some_and(|last| last.0 >= place.0 - unit);
            inside && reader.at(place.0).is_some_and(|(y, _)| (y - place.1).abs() <= HIDDEN * unit)
        })
    };
    let hides = |lower: &[Vec<Place>], upper: &[Vec<Place>]| {
        let mut places = lower.iter().filter(|run| run.len() > 1).flatten();
        lower.iter().any(|run| run.len() > 1) && places.all(|place| covers(upper, place))
    };
    let found = lines.iter().enumerate().filter_map(|(place, lower)| {
        let mut above = lines.iter().enumerate().skip(place + 1);
        above.find(|(_, upper)| hides(lower, upper)).map(|(upper, _)| (place, upper))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn strand(run: &[Place]) -> Strand {
        Strand { runs: vec![run.to_vec()], width: 2.5, parts: true }
    }

    #[test]
    fn a_halo_is_seen_at_a_crossing_alone() {
        let woven = weave(
            &[strand(&[(0.0, 0.0), (100.0, 100.0)]), strand(&[(0.0, 100.0), (100.0, 0.0)])],
            &Kept::default(),
            1.0,
        );
        assert_eq!(woven[0], Woven::default(), "nothing lies beneath the lowest");
        let [piece] = woven[1].halos.as_slice() else { panic!("{woven:?}") };
        let ends = [piece[0], piece[piece.len() - 1]];
        for (x, y) in ends {
            assert!((libm::hypot(x - 50.0, y - 50.0) - 6.0).abs() < 1e-9, "{ends:?}");
        }
        assert!(woven[1].thin.is_empty());
    }

    #[test]
    fn lines_that_run_along_each_other_are_told_apart_by_their_width() {
        let lower = strand(&[(0.0, 50.0), (100.0, 50.0)]);
        let upper = strand(&[(0.0, 60.0), (40.0, 51.0), (80.0, 49.0), (100.0, 40.0)]);
        let woven = weave(&[lower, upper], &Kept::default(), 1.0);
        assert!(woven[1].halos.is_empty(), "{woven:?}");
        let [(from, to)] = woven[1].thin.as_slice() else { panic!("{woven:?}") };
        assert!((25.0..40.0).contains(from) && (80.0..95.0).contains(to), "{from} {to}");
        let parts = parted(&[(0.0, 60.0), (40.0, 51.0), (80.0, 49.0), (100.0, 40.0)], &woven[1].thin);
        assert_eq!(parts.iter().map(|(_, thin)| *thin).collect::<Vec<_>>(), [false, true, false]);
        assert!(parts.windows(2).all(|pair| pair[0].0.last() == pair[1].0.first()), "{parts:?}");
    }

    #[test]
    fn a_halo_makes_way_for_axis_zero_and_events() {
        let lines = [strand(&[(0.0, 0.0), (100.0, 100.0)]), strand(&[(0.0, 100.0), (100.0, 0.0)])];
        let reach = |kept: &Kept| {
            let piece = weave(&lines, kept, 1.0)[1].halos.first().cloned()?;
            Some(libm::round(libm::hypot(piece[0].0 - 50.0, piece[0].1 - 50.0) * 10.0) / 10.0)
        };
        let level = |y: f64| Kept { level: vec![y], upright: Vec::new() };
        assert_eq!(reach(&level(58.0)), Some(6.0));
        assert_eq!(reach(&level(57.0)), Some(4.5));
        assert_eq!(reach(&level(56.0)), Some(3.0));
        assert_eq!(reach(&level(52.0)), None);
        assert_eq!(reach(&Kept { level: Vec::new(), upright: vec![50.0] }), None);
    }

    #[test]
    fn a_line_under_another_is_hidden() {
        let flat = |y: f64| vec![vec![(0.0, y), (50.0, y), (100.0, y)]];
        assert_eq!(hidden(&[flat(10.0), flat(30.0), flat(10.5)], 1.0), [(0, 2)]);
        assert_eq!(hidden(&[flat(10.0), flat(12.0)], 1.0), []);
        assert_eq!(hidden(&[vec![vec![(0.0, 10.0)]], flat(10.0)], 1.0), [], "a point is seen by its dot");
    }

    fn run() -> impl Strategy<Value = Vec<Place>> {
        prop::collection::vec((0.5..30.0_f64, 0.0..200.0_f64), 2..40).prop_map(|steps| {
            let mut x = 0.0;
            let place = |(step, y): (f64, f64)| {
                x += step;
                (x, y)
            };
            steps.into_iter().map(place).collect()
        })
    }

    proptest! {
        #[test]
        fn halos_stay_at_crossings_and_off_what_is_kept(
            lines in prop::collection::vec(run(), 2..5),
            level in 0.0..200.0_f64,
            upright in 0.0..300.0_f64,
        ) {
            let strands: Vec<Strand> = lines.iter().map(|run| strand(run)).collect();
            let kept = Kept { level: vec![level], upright: vec![upright] };
            for (place, woven) in weave(&strands, &kept, 1.0).iter().enumerate() {
                prop_assert!(place > 0 || woven.halos.is_empty());
                for piece in &woven.halos {
                    prop_assert!(is_clear(piece, &kept, 1.25 + 0.75), "{:?}", piece);
                    let length: f64 = piece.windows(2).map(|p| libm::hypot(p[1].0 - p[0].0, p[1].1 - p[0].1)).sum();
                    prop_assert!(length <= 12.0 + 1e-6, "{}", length);
                }
                let whole: usize = parted(&lines[place], &woven.thin).iter().map(|(places, _)| places.len()).sum();
                prop_assert!(whole >= lines[place].len());
            }
        }
    }
}
