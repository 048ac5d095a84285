//! A hash of everything a figure shows and says, so that a figure can be known
//! to be up to date without being drawn.
//!
//! The text that is hashed is written out here, not derived: a field that a
//! type gains must not change the fingerprint of figures that do not use it.

use std::fmt::Write as _;

use crate::export::record::sha256_of;
use crate::figure::{
    Bar, Digits, Emphasis, EventKind, Extras, Grid, GridCell, Ink, Look, Marks, Panel, Point, Words,
};
use crate::preset::Size;

/// Everything that a figure shows and says, as the text that is hashed. It is
/// written once for all of the figure's artifacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// What its kind is.
    kind: &'static str,
    unit: String,
    after: String,
}

impl Statement {
    /// States what a figure shows (`look`, `panels`) and says (`words`, `alt`, `desc`).
    #[must_use]
    pub(crate) fn of(look: &Look, panels: &[Panel], words: &Words, alt: &str, desc: &str) -> Self {
        let unit = format!("{:?}", look.unit);
        Statement { kind: look.chart.code, unit, after: stated(look, panels, words, alt, desc) }
    }

    /// Hashes it for a size and a medium, which names what else an artifact depends on: theme, scale.
    #[must_use]
    pub(crate) fn fingerprint(&self, size: Size, medium: &str) -> String {
        let Size { preset, width, height } = size;
        let height = height.map_or_else(|| "auto".to_owned(), |height| height.to_string());
        let made_for = preset.suffix;
        let before = format!("{} {width} {height}{made_for} {} ", self.kind, self.unit);
        sha256_of(&[before.as_bytes(), medium.as_bytes(), self.after.as_bytes()])
    }
}

fn stated(look: &Look, panels: &[Panel], words: &Words, alt: &str, desc: &str) -> String {
    let mut text = " \"\"\n".to_owned();
    for subject in &look.subjects {
        let ink = ink_in_words(subject.ink);
        let emphasis = match subject.emphasis {
            Emphasis::Equal => "equal",
            Emphasis::Highlight => "highlight",
            Emphasis::Context => "context",
        };
        line(&mut text, &format!("subject {ink} {emphasis}"), &subject.label);
    }
    if look.digits == Digits::Full {
        line(&mut text, "digits", "full");
    }
    if look.lower_is_better {
        line(&mut text, "lower is better", "");
    }
    if look.by_age {
        line(&mut text, "time", "age");
    }
    state_extras(&mut text, &look.extras);
    for event in &look.events {
        let kind = match event.kind {
            EventKind::Happened => "happened",
            EventKind::MethodChanged => "method",
        };
        line(&mut text, &format!("event {kind} {}", event.at), &event.label);
    }
    for marked in &look.marked {
        let head = format!("marked {} {} {:?}", marked.subject, marked.at.seconds(), marked.value);
        line(&mut text, &head, marked.when.as_deref().unwrap_or_default());
    }
    for (name, words) in [
        ("title", words.title.as_str()),
        ("subtitle", &words.subtitle),
        ("note", &words.note),
        ("source", &words.source),
        ("alt", alt),
        ("desc", desc),
    ] {
        line(&mut text, name, words);
    }
    panels.iter().for_each(|panel| write_panel(&mut text, panel));
    text.shrink_to_fit();
    text
}

/// Nothing of those that a figure has not.
fn state_extras(text: &mut String, extras: &Extras) {
    if extras.log {
        line(text, "scale", "log");
    }
    if let Some(value) = extras.reference {
        line(text, &format!("reference {value:?}"), "");
    }
    for note in &extras.annotations {
        let head = format!("annotation {} {} {:?}", note.subject, note.at.seconds(), note.value);
        line(text, &head, &note.text);
    }
    for shade in &extras.shaded {
        line(text, &format!("shaded {} {}", shade.from.seconds(), shade.to.seconds()), &shade.text);
    }
}

fn ink_in_words(ink: Ink) -> String {
    match ink {
        Ink::Palette(index) => format!("palette {index}"),
        Ink::Fixed { light, dark } => format!("fixed {light:?} {dark:?}"),
    }
}

/// A line whose words cannot be taken for another line.
fn line(text: &mut String, head: &str, words: &str) {
    let _ = writeln!(text, "{head} {words:?}");
}

fn write_panel(text: &mut String, panel: &Panel) {
    line(text, "panel", &panel.title);
    line(text, "measure", &panel.measure);
    match &panel.marks {
        Marks::Lines { series, step } => {
            line(text, "lines", &step.name());
            for series in series {
                let _ = writeln!(
                    text,
                    "series {}{}",
                    series.subject,
                    match (series.partial_start, series.partial) {
                        (false, false) => "",
                        (false, true) => " partial",
                        (true, false) => " partial-start",
                        (true, true) => " partial-start partial",
                    }
                );
                for (name, points) in [("line", &series.points), ("raw", &series.raw), ("dots", &series.dots)]
                {
                    let _ = writeln!(text, "{name}");
                    points.iter().for_each(|point| write_point(text, point));
                }
            }
        }
        Marks::Cells(grid) => write_grid(text, grid),
        Marks::Bars(groups) => {
            for group in groups {
                line(text, "bars", &group.label);
                group.bars.iter().for_each(|bar| write_bar(text, bar));
            }
        }
    }
}

fn write_grid(text: &mut String, grid: &Grid) {
    let headings = grid.columns.iter().chain(grid.rows.iter().map(|row| &row.heading));
    headings.for_each(|heading| line(text, &format!("heading {:?}", heading.subject), &heading.label));
    for row in grid.rows.iter().filter(|row| !row.torn.is_empty()) {
        line(text, &format!("torn {:?}", row.torn), &row.heading.label);
    }
    for cell in grid.rows.iter().flat_map(|row| &row.cells) {
        match cell {
            GridCell::Missing => line(text, "cell", ""),
            GridCell::Outside => line(text, "cell outside", ""),
            GridCell::Number(value) => line(text, &format!("cell {value:?}"), ""),
            GridCell::Below(bound) => line(text, &format!("cell below {bound:?}"), ""),
            GridCell::Words(words) => line(text, "cell words", words),
        }
    }
}

fn write_point(text: &mut String, point: &Point) {
    let _ = writeln!(text, "{} {:?}", point.at.seconds(), point.value);
}

fn write_bar(text: &mut String, bar: &Bar) {
    let _ = write!(text, "{} {:?}", bar.subject, bar.value);
    let _ = match bar.below {
        Some(bound) => writeln!(text, " below {bound:?}"),
        None => writeln!(text),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{BarGroup, Event, Series, Subject, Unit};
    use crate::kind;
    use crate::preset::ARTICLE;
    use crate::time::moment::{Moment, Step};

    fn look() -> Look {
        let subject = Subject { label: "Keras".into(), ink: Ink::Palette(0), emphasis: Emphasis::Equal };
        let event = Event { at: Moment::from_seconds(0), label: "Release".into(), kind: EventKind::Happened };
        Look {
            chart: kind::find("line").unwrap().kind(),
            preset: &ARTICLE,
            width: 720,
            height: None,
            subjects: vec![subject],
            events: vec![event],
            marked: Vec::new(),
            unit: Unit::Count,
            digits: Digits::Short,
            lower_is_better: false,
            by_age: false,
            extras: Extras::default(),
        }
    }

    fn panels(value: Option<f64>) -> Vec<Panel> {
        let point = Point { at: Moment::from_seconds(86_400), value };
        let series = Series {
            subject: 0,
            points: vec![point],
            raw: Vec::new(),
            dots: Vec::new(),
            partial: false,
            partial_start: false,
            bounded: false,
        };
        let marks = Marks::Lines { series: vec![series], step: Step::Day };
        let bars = Marks::Bars(vec![BarGroup {
            label: String::new(),
            bars: vec![Bar { subject: 0, value, below: None }],
        }]);
        [marks, bars].map(|marks| Panel { title: String::new(), measure: "stars".into(), marks }).to_vec()
    }

    fn fingerprint(
        look: &Look,
        panels: &[Panel],
        words: &Words,
        alt: &str,
        desc: &str,
        medium: &str,
    ) -> String {
        let Look { preset, width, height, .. } = *look;
        Statement::of(look, panels, words, alt, desc).fingerprint(Size { preset, width, height }, medium)
    }

    fn words(title: &str, subtitle: &str) -> Words {
        Words { title: title.into(), subtitle: subtitle.into(), ..Words::default() }
    }

    #[test]
    fn whatever_is_seen_or_said_counts() {
        let base =
            |panels: &[Panel], words: &Words, medium| fingerprint(&look(), panels, words, "a", "d", medium);
        let same = base(&panels(Some(1.0)), &words("t", "s"), "light");
        assert_eq!(same, base(&panels(Some(1.0)), &words("t", "s"), "light"));
        let others = [
            base(&panels(Some(1.0 + f64::EPSILON)), &words("t", "s"), "light"),
            base(&panels(None), &words("t", "s"), "light"),
            base(&panels(Some(1.0)), &words("t\" \nsubtitle \"s", ""), "light"),
            base(&panels(Some(1.0)), &words("t", "s"), "dark"),
            fingerprint(
                &Look { height: Some(1), ..look() },
                &panels(Some(1.0)),
                &words("t", "s"),
                "a",
                "d",
                "light",
            ),
            fingerprint(&look(), &panels(Some(1.0)), &words("t", "s"), "b", "d", "light"),
            fingerprint(&look(), &panels(Some(1.0)), &words("t", "s"), "a", "e", "light"),
        ];
        for (i, other) in others.iter().enumerate() {
            assert_ne!(&same, other, "{i}");
        }
    }

    /// Figures that are up to date must stay so when popchart changes, or every project would have to redraw.
    #[test]
    fn the_fingerprint_is_a_promise() {
        let found = fingerprint(&look(), &panels(Some(0.1)), &words("t", "s"), "a", "d", "light");
        assert_eq!(found, "fdaff1eb0d9ad8987dd89ae718559d76a2b396504e919fcf3a8611e7eec5bb35");
    }
}
