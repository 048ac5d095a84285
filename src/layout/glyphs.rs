//! What has no glyph, drawn as an escape where the figure asks for it: names in its picture, and its words.
//!
//! Everything is known of the figure before: claims and placeholders have found the names as the data spell them.

use crate::diag::{self, Report, quoted};
use crate::figure::Words;
use crate::frame::Frame;
use crate::text::Fonts;
use crate::text::plain::Plain;

/// Makes everything that a figure says drawable with these fonts, or readable where there are none, and cuts names where
/// they are longer than any should be. Tells where letters changed.
#[must_use]
pub fn escape(frame: &mut Frame, words: &mut Words, fonts: Option<&Fonts>) -> Report {
    let mut plain = Plain::new(fonts);
    let mut name = |text: &mut String| *text = plain.name(text);
    frame.look.subjects.iter_mut().for_each(|subject| name(&mut subject.label));
    let shown = frame.roster.iter_mut().filter(|who| who.shown.is_some());
    shown.for_each(|who| name(&mut who.label));
    for panel in &mut frame.panels {
        panel.groups.iter_mut().chain(&mut panel.group_labels).for_each(&mut name);
        name(&mut panel.measure);
    }
    let mut text = |text: &mut String| *text = plain.text(text);
    frame.look.events.iter_mut().for_each(|event| text(&mut event.label));
    frame.panels.iter_mut().for_each(|panel| text(&mut panel.title));
    [&mut words.title, &mut words.subtitle, &mut words.note, &mut words.source].into_iter().for_each(text);
    let told = plain.escaped.map(|text| {
        let message = format!("characters without a glyph are drawn as escapes, first in {}", quoted(&text));
        let hint = "give the subject a `label` that can be drawn, in a table `[subjects.NAME]`";
        diag::warning("escaped-characters", message).hint(hint)
    });
    told.map(Report::from).unwrap_or_default()
}
