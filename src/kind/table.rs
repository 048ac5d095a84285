//! `table`: what is said of each subject, criterion by criterion, or numbers by group: a typographic table, which
//! is read and not looked at. Words stand at the left of their column, numbers at its right; hairlines part rows.
//!
//! Words have a column a subject, as articles print comparisons; numbers a row a subject. Where one has many more
//! than a page is wide, it stands the other way.

use super::{Body, Chart, Fit, Shape, Unsuited, parts};
use crate::canvas::Role;
use crate::chart::pen::{Drawn, Pen, Surface};
use crate::chart::texts;
use crate::diag::{self, Report};
use crate::figure::{Emphasis, Grid, GridCell, GridRow, Heading, Kind, Look, Marks, Panel, Rgb, Unit};
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::{Anchor, TextLine};
use crate::scale::number::NumberFormat;
use crate::spec::FigureSpec;
use crate::text::{TextStyle, Weight};

pub(super) struct Table;

static KIND: Kind = Kind {
    name: "table",
    code: "Table",
    noun: "Table",
    shows_span: false,
    keeps_groups: true,
    has_panels: false,
    colors_tell: false,
    stacks: false,
    torn: "as any other",
    refuses: &[
        ("from", "it shows one date: use `at`"),
        ("to", "it shows one date: use `at`"),
        ("events", "it has no time axis"),
        ("panels", "use `chart = \"facets\"`"),
    ],
};

/// So many columns of words are read side by side.
const COLUMNS_OF_WORDS: usize = 5;

/// More groups than this are rows where subjects are fewer.
const COLUMNS_OF_NUMBERS: usize = 6;

/// Part of the width that the names of rows take at most, and the length at the design's size from which on a word is
/// broken before a column is made wider for it; less of both where columns would have no room.
const TIGHT: [(f64, f64); 2] = [(0.3, 112.0), (0.22, 56.0)];

/// Space between columns, and above and below what stands in a row, at the design's size.
const GAP: f64 = 18.0;
const AIR: f64 = 8.0;

/// Room above and below a row is stretched by this at most, and squeezed to this at least.
const MOST_STRETCH: f64 = 2.4;
const LEAST_STRETCH: f64 = 0.5;

/// Lines of a cell are this far apart, in sizes of its text.
const LEADING: f64 = 1.32;

/// Room for what letters have below their line, in sizes of the text.
const DEPTH: f64 = 0.15;

impl Chart for Table {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn shows_words(&self) -> bool {
        true
    }

    fn suits(&self, _: &FigureSpec, _: &Frame) -> Result<(), Unsuited> {
        Ok(())
    }

    fn fits(&self, shape: &Shape) -> Option<Fit> {
        shape.has_words.then_some(Fit::Special)
    }

    fn marks(&self, spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
        let (who, groups) = (panel.drawn.len(), panel.drawn_groups(spec).len());
        let by_subject = if panel.words.is_empty() {
            groups <= COLUMNS_OF_NUMBERS || groups <= who
        } else {
            who > COLUMNS_OF_WORDS && who > groups
        };
        Marks::Cells(parts::cells::grid(spec, frame, panel, by_subject))
    }

    fn arrange<'a>(
        &self,
        look: &'a Look,
        panels: &'a [Panel],
        header: &Header,
        ground: Ground<'a>,
    ) -> Result<Box<dyn Body + 'a>, Report> {
        let [Panel { marks: Marks::Cells(grid), .. }] = panels else {
            return Err(diag::error("own-fault", "expected one panel of cells").into());
        };
        let [usual, tight] = TIGHT;
        let (tick, footer) = (ground.sizes.tick, ground.sizes.footer);
        let ways = [(tick, usual), (footer, usual), (ground.sizes.floor, tight)];
        let mut drafts = ways.into_iter().map(|(size, tight)| Draft::new(grid, look, ground, size, tight));
        let Some(draft) = drafts.find(Draft::has_room) else { return Err(no_room(grid)) };
        draft.place(header).map(|body| Box::new(body) as Box<dyn Body>)
    }
}

fn no_room(grid: &Grid) -> Report {
    let count = grid.columns.len();
    let message = format!("cannot draw a table of {count} columns: they would have no room");
    let key =
        if grid.columns.iter().any(|heading| heading.subject.is_some()) { "subjects" } else { "groups" };
    diag::error("no-room-for-columns", message).hint(format!("show fewer with `{key}`")).into()
}

/// A column without its place.
#[derive(Clone, Copy)]
struct Column {
    /// Whether numbers stand in it, at its right.
    is_numeric: bool,
    /// The first row that has one.
    first: Option<usize>,
    /// Its least width, with its longest word whole unless that is very long.
    least: f64,
    /// The width that leaves every cell on one line.
    whole: f64,
    /// Its width.
    width: f64,
}

/// A table whose columns have widths.
struct Draft<'a> {
    grid: &'a Grid,
    look: &'a Look,
    ground: Ground<'a>,
    size: f64,
    format: NumberFormat,
    /// Width of a per cent sign, where there is one.
    sign: f64,
    /// Width of the names of rows.
    names: f64,
    columns: Vec<Column>,
}

impl<'a> Draft<'a> {
    fn new(
        grid: &'a Grid,
        look: &'a Look,
        ground: Ground<'a>,
        size: f64,
        (names, word): (f64, f64),
    ) -> Draft<'a> {
        let format = NumberFormat::for_values(&grid.numbers().collect::<Vec<f64>>(), look.digits);
        let mut draft =
            Draft { grid, look, ground, size, format, sign: 0.0, names: 0.0, columns: Vec::new() };
        let medium = draft.style(Weight::Medium);
        if look.unit == Unit::Percent {
            draft.sign = ground.width_of("%", medium);
        }
        let room = (ground.right() - ground.left()) * names;
        let lines = grid.rows.iter().flat_map(|row| ground.fonts.wrap_name(&row.heading.label, medium, room));
        draft.names = lines.map(|line| draft.widest(&line)).fold(0.0, f64::max);
        draft.columns =
            (0..grid.columns.len()).map(|column| draft.column(column, ground.sizes.px(word))).collect();
        draft.share();
        draft
    }

    fn style(&self, weight: Weight) -> TextStyle {
        TextStyle { size: self.size, weight }
    }

    /// The width of a text in the weight that makes it wider: a row may be set in either.
    fn widest(&self, text: &str) -> f64 {
        let weights = [Weight::Regular, Weight::Medium, Weight::Bold];
        weights.into_iter().map(|weight| self.ground.width_of(text, self.style(weight))).fold(0.0, f64::max)
    }

    /// What a cell says, without its per cent sign.
    fn text(&self, cell: &GridCell) -> String {
        match cell {
            GridCell::Missing => "no data".into(),
            GridCell::Outside => String::new(),
            GridCell::Number(value) => self.format.text(*value),
            GridCell::Below(bound) => format!("<{}", self.format.text(*bound)),
            GridCell::Words(words) => words.clone(),
        }
    }

    fn column(&self, index: usize, broken: f64) -> Column {
        let cells = || self.grid.rows.iter().filter_map(|row| row.cells.get(index));
        let is_number = |cell: &GridCell| matches!(cell, GridCell::Number(_) | GridCell::Below(_));
        let is_numeric = cells().any(is_number) && !cells().any(|cell| matches!(cell, GridCell::Words(_)));
        let title = self.grid.columns.get(index).map_or("", |heading| heading.label.as_str());
        let word = |text: &str| text.split(' ').map(|word| self.widest(word)).fold(0.0, f64::max).min(broken);
        let (mut least, mut whole) = (word(title), self.widest(title));
        for cell in cells() {
            let text = self.text(cell);
            let width = self.widest(&text);
            whole = whole.max(width + self.sign);
            // Words alone are broken.
            let is_words = matches!(cell, GridCell::Words(_));
            least = least.max(if is_words { word(&text) } else { width + self.sign });
        }
        Column { is_numeric, first: cells().position(is_number), least, whole, width: 0.0 }
    }

    /// The room that columns have among them.
    fn room(&self) -> f64 {
        let gaps = self.ground.sizes.px(GAP) * self.columns.len() as f64;
        self.ground.right() - self.ground.left() - self.names - gaps
    }

    fn has_room(&self) -> bool {
        self.columns.iter().map(|column| column.least).sum::<f64>() <= self.room()
    }

    /// Gives columns the same width where that is enough for each, else more to those that say more.
    fn share(&mut self) {
        let room = self.room();
        let same = room / self.columns.len().max(1) as f64;
        let is_enough = self.columns.iter().all(|column| column.least <= same);
        let least: f64 = self.columns.iter().map(|column| column.least).sum();
        let more: f64 = self.columns.iter().map(|column| column.whole - column.least).sum();
        for column in &mut self.columns {
            let part = if more > 0.0 { (column.whole - column.least) / more } else { 0.0 };
            column.width = if is_enough { same } else { column.least + (room - least).max(0.0) * part };
        }
    }

    /// The left edges of the columns.
    fn edges(&self) -> Vec<f64> {
        let gap = self.ground.sizes.px(GAP);
        let mut x = self.ground.left() + self.names;
        let edge = |column: &Column| {
            let left = x + gap;
            x = left + column.width;
            left
        };
        self.columns.iter().map(edge).collect()
    }

    fn emphasis(&self, subject: Option<usize>) -> Emphasis {
        subject.and_then(|index| self.look.subjects.get(index)).map_or(Emphasis::Equal, |s| s.emphasis)
    }

    /// The lines of a row: its name, then its cells.
    fn lines(&self, row: &GridRow) -> Vec<Vec<String>> {
        let medium = self.style(Weight::Medium);
        let name = self.ground.fonts.wrap_name(&row.heading.label, medium, self.names + 0.01);
        let cell = |(cell, column): (&GridCell, &Column)| match cell {
            GridCell::Words(words) => self.ground.fonts.wrap_name(words, medium, column.width),
            _ => vec![self.text(cell)],
        };
        std::iter::once(name).chain(row.cells.iter().zip(&self.columns).map(cell)).collect()
    }

    fn height_of(&self, lines: usize) -> f64 {
        let style = self.style(Weight::Regular);
        self.ground.fonts.cap_height(style) + self.size * LEADING * lines.saturating_sub(1) as f64
    }

    fn place(&self, header: &Header) -> Result<TableBody, Report> {
        let ground = self.ground;
        let titles: Vec<Vec<String>> = self
            .grid
            .columns
            .iter()
            .zip(&self.columns)
            .map(|(heading, column)| {
                ground.fonts.wrap_name(&heading.label, self.style(Weight::Bold), column.width)
            })
            .collect();
        let rows: Vec<Vec<Vec<String>>> = self.grid.rows.iter().map(|row| self.lines(row)).collect();
        let tallest = |lines: &[Vec<String>]| lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let fixed = self.height_of(tallest(&titles))
            + rows.iter().map(|lines| self.height_of(tallest(lines)) + self.size * DEPTH).sum::<f64>();
        let top = header.header_bottom + ground.sizes.px(20.0);
        let air = ground.sizes.px(AIR);
        let elastic = air * (1.0 + 2.0 * rows.len() as f64);
        let (stretch, spare) = self.stretch(top + fixed + header.footer_height, elastic)?;
        let (air, top) = (air * stretch, top + spare / 2.0);

        let (edges, left, right) = (self.edges(), ground.left(), ground.right());
        let mut body =
            TableBody { texts: Vec::new(), rules: Vec::new(), bottom: 0.0, unit: self.format.unit };
        let high = tallest(&titles);
        for (((lines, heading), column), x) in
            titles.iter().zip(&self.grid.columns).zip(&self.columns).zip(&edges)
        {
            let down = self.size * LEADING * (high - lines.len()) as f64;
            self.set_title(&mut body, lines, (*x, top + down), column, heading);
        }
        let mut y = top + self.height_of(high) + air;
        body.rules.push(Rule { y, ends: (left, right), color: ground.theme.base, width: ground.sizes.hair });
        for ((heading, column), x) in self.grid.columns.iter().zip(&self.columns).zip(&edges) {
            body.rules.extend(self.key(heading, (*x, *x + column.width), y));
        }
        for (index, (row, lines)) in self.grid.rows.iter().zip(&rows).enumerate() {
            if index > 0 {
                body.rules.push(Rule {
                    y,
                    ends: (left, right),
                    color: ground.theme.grid,
                    width: ground.sizes.hair,
                });
            }
            self.set_row(&mut body, row, lines, (y + air, &edges), index);
            y += self.height_of(tallest(lines)) + 2.0 * air + self.size * DEPTH;
        }
        body.rules.push(Rule { y, ends: (left, right), color: ground.theme.base, width: ground.sizes.hair });
        body.bottom = y;
        Ok(body)
    }

    /// How much the room above and below rows is stretched to the height asked for, and what is left all the same.
    fn stretch(&self, fixed: f64, elastic: f64) -> Result<(f64, f64), Report> {
        let Some(height) = self.look.height else { return Ok((1.0, 0.0)) };
        let free = f64::from(height) - fixed;
        if free < elastic * LEAST_STRETCH {
            let needed = (fixed + elastic * LEAST_STRETCH).ceil();
            let message = format!("cannot draw this figure {height} px high: its rows would have no room");
            let hint = format!("set `height` to {needed} or more, or leave it out");
            return Err(diag::error("height-too-small", message).hint(hint).into());
        }
        let stretch = (free / elastic).min(MOST_STRETCH);
        Ok((stretch, free - elastic * stretch))
    }

    /// A subject's colour under its name.
    fn key(&self, heading: &Heading, ends: (f64, f64), y: f64) -> Option<Rule> {
        let subject = self.look.subjects.get(heading.subject?)?;
        let color = self.ground.theme.mark(subject.ink, subject.emphasis);
        let width = (self.ground.sizes.px(3.0)).round();
        (subject.emphasis != Emphasis::Context).then_some(Rule { y, ends, color, width })
    }

    fn set_title(
        &self,
        body: &mut TableBody,
        lines: &[String],
        (left, top): (f64, f64),
        column: &Column,
        heading: &Heading,
    ) {
        let style = self.style(Weight::Bold);
        let (anchor, x) =
            if column.is_numeric { (Anchor::Right, left + column.width) } else { (Anchor::Left, left) };
        let first = top + self.ground.fonts.cap_height(style);
        for (index, text) in lines.iter().enumerate() {
            body.texts.push(TextLine {
                role: Role::ColumnLabel,
                subject: heading.subject,
                text: text.clone(),
                style,
                color: self.ground.theme.title,
                anchor,
                x,
                baseline: first + self.size * LEADING * index as f64,
                halo: false,
            });
        }
    }

    fn set_row(
        &self,
        body: &mut TableBody,
        row: &GridRow,
        lines: &[Vec<String>],
        (top, edges): (f64, &[f64]),
        index: usize,
    ) {
        let theme = self.ground.theme;
        let baseline = top + self.ground.fonts.cap_height(self.style(Weight::Regular));
        let mut set = |role, subject, lines: &[String], weight, color: Rgb, anchor, x| {
            let line = |(index, text): (usize, &String)| TextLine {
                role,
                subject,
                text: text.clone(),
                style: self.style(weight),
                color,
                anchor,
                x,
                baseline: baseline + self.size * LEADING * index as f64,
                halo: false,
            };
            body.texts.extend(lines.iter().enumerate().map(line));
        };
        let Some((name, cells)) = lines.split_first() else { return };
        let of_row = self.emphasis(row.heading.subject);
        let color = if of_row == Emphasis::Context { theme.axis } else { theme.title };
        set(
            Role::CategoryLabel,
            row.heading.subject,
            name,
            Weight::Medium,
            color,
            Anchor::Left,
            self.ground.left(),
        );
        let columns = self.grid.columns.iter().zip(&self.columns).zip(edges);
        for ((lines, cell), ((heading, column), left)) in cells.iter().zip(&row.cells).zip(columns) {
            let subject = row.heading.subject.or(heading.subject);
            let is_strong = self.emphasis(subject) == Emphasis::Highlight;
            let (weight, color) = match cell {
                GridCell::Missing => (Weight::Regular, theme.footer),
                _ if is_strong => (Weight::Medium, theme.title),
                _ => (Weight::Regular, theme.subtitle),
            };
            if !column.is_numeric {
                set(Role::CellLabel, subject, lines, weight, color, Anchor::Left, *left);
                continue;
            }
            let right = left + column.width;
            // The sign stands once in a column, and beyond the digits of the others.
            let signed: Vec<String> = lines.iter().map(|text| format!("{text}%")).collect();
            let (lines, x) = match column.first == Some(index) && self.sign > 0.0 {
                true => (signed.as_slice(), right),
                false => (lines.as_slice(), right - self.sign),
            };
            set(Role::CellLabel, subject, lines, weight, color, Anchor::Right, x);
        }
    }
}

/// A level line.
struct Rule {
    y: f64,
    ends: (f64, f64),
    color: Rgb,
    width: f64,
}

/// A table in its place.
struct TableBody {
    texts: Vec<TextLine>,
    rules: Vec<Rule>,
    bottom: f64,
    unit: &'static str,
}

impl Body for TableBody {
    fn bottom(&self) -> f64 {
        self.bottom
    }

    fn unit(&self) -> &'static str {
        self.unit
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        for rule in &self.rules {
            pen.canvas.role(Role::Rule, None);
            let (from, to) = rule.ends;
            pen.hair(surface, [(from, rule.y), (to, rule.y)], rule.color, rule.width)?;
        }
        texts(&self.texts, surface, pen)
    }
}
