//! What a rule is, and what it is held against. It must not know the rules.

use crate::canvas::{Item, Rect, Role, Scene, Shape, UNITS};
use crate::figure::{Look, Panel, Rgb, Words};
use crate::frame::Frame;
use crate::spec::FigureSpec;
use crate::text::Fonts;
use crate::theme::{Sizes, Theme};

/// How grave it is to break a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A picture that breaks it is not printed.
    Must,
    /// It is broken only for a reason.
    Should,
    /// It is worth a look.
    Look,
}

impl Level {
    /// Its word in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Level::Must => "must",
            Level::Should => "should",
            Level::Look => "look",
        }
    }
}

/// A rule of pictures.
pub struct Rule {
    /// Its letter and number, which stay.
    pub id: &'static str,
    /// How grave it is to break it.
    pub level: Level,
    /// What it asks for.
    pub what: &'static str,
    /// What breaks it in a picture; `None` where the picture does not show it.
    pub check: Option<fn(&Picture<'_>) -> Vec<Breach>>,
}

/// What breaks a rule, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// What is found.
    pub found: String,
    /// An action.
    pub remedy: &'static str,
    /// The key of the figure that it is about.
    pub key: &'static str,
}

/// A figure as it is drawn.
pub struct Picture<'a> {
    /// What it is made from.
    of: Drawn<'a>,
    /// All its texts, measured once.
    texts: Vec<Text<'a>>,
}

impl<'a> std::ops::Deref for Picture<'a> {
    type Target = Drawn<'a>;

    fn deref(&self) -> &Drawn<'a> {
        &self.of
    }
}

/// What a picture is made from.
pub struct Drawn<'a> {
    /// What is asked for.
    pub spec: &'a FigureSpec,
    /// Its numbers.
    pub frame: &'a Frame,
    /// Its words.
    pub words: &'a Words,
    /// Its marks.
    pub panels: &'a [Panel],
    /// How it looks.
    pub look: &'a Look,
    /// Its colours.
    pub theme: &'a Theme,
    /// Its shapes.
    pub scene: &'a Scene,
    /// Its fonts.
    pub fonts: &'a Fonts,
}

/// A text of a picture.
pub(super) struct Text<'a> {
    pub(super) item: &'a Item,
    pub(super) words: &'a str,
    /// In px.
    pub(super) size: f64,
    pub(super) left: i32,
    pub(super) fill: Rgb,
    /// Around its ink.
    pub(super) bounds: Rect,
}

impl Rule {
    /// A rule that a picture is held against.
    pub(super) const fn checked(
        (id, level): (&'static str, Level),
        what: &'static str,
        check: fn(&Picture<'_>) -> Vec<Breach>,
    ) -> Rule {
        Rule { id, level, what, check: Some(check) }
    }

    /// A rule that a picture does not show.
    pub(super) const fn other((id, level): (&'static str, Level), what: &'static str) -> Rule {
        Rule { id, level, what, check: None }
    }
}

impl Breach {
    pub(super) fn new(key: &'static str, found: impl Into<String>, remedy: &'static str) -> Breach {
        Breach { found: found.into(), remedy, key }
    }
}

impl<'a> Picture<'a> {
    /// A picture to be held against the rules.
    #[must_use]
    pub fn new(of: Drawn<'a>) -> Picture<'a> {
        let text = |item: &'a Item| match &item.shape {
            Shape::Text { run, origin, fill, .. } => Some(Text {
                item,
                words: &run.text,
                size: run.style.size,
                left: origin.0,
                fill: fill.rgb,
                bounds: item.bounds(of.fonts),
            }),
            _ => None,
        };
        let texts = of.scene.items.iter().filter_map(text).collect();
        Picture { of, texts }
    }

    /// All its texts.
    pub(super) fn texts(&self) -> &[Text<'a>] {
        &self.texts
    }

    /// The items of a role.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &'a Item> + use<'a> {
        self.scene.items.iter().filter(move |item| item.role == role)
    }

    /// Whether it has a value axis over time.
    pub(super) fn has_lines(&self) -> bool {
        self.of(Role::EndDot).next().is_some() && self.of(Role::StartLabel).next().is_none()
    }

    /// Its sizes.
    pub(super) fn sizes(&self) -> Sizes {
        Sizes::of_look(self.look)
    }

    /// Its whole area.
    pub(super) fn area(&self) -> Rect {
        let units = |px: u32| i32::try_from(px).unwrap_or(i32::MAX).saturating_mul(UNITS);
        Rect { left: 0, top: 0, right: units(self.scene.width), bottom: units(self.scene.height) }
    }
}
