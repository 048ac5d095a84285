//! A figure's manifest as text: only what differs from the defaults, and comments on what its author should add.

use crate::data::{Aggregate, Columns};
use crate::infer::plan::{Asked, Names, Plan};
use crate::infer::reading;
use crate::infer::text::{Text, quoted};
use crate::preset::ARTICLE;

/// The key of the only dataset.
const DATA: &str = "data";

/// The manifest.
pub(super) fn manifest(plan: &Plan, names: &Names, asked: &Asked) -> String {
    let mut text = Text::default();
    text.line(
        "# What `popchart plot` draws of these data. `popchart render` draws it, `popchart check` holds it.",
    );
    if asked.dark || plan.escapes {
        text.line("\n[output]");
        text.string("theme", asked.dark.then_some("dark"));
        text.string("missing_glyphs", plan.escapes.then_some("escape"));
    }
    text.line(&format!("\n[datasets.{DATA}]"));
    match names.paths.as_slice() {
        [only] => text.string("path", Some(only)),
        several => text.strings("files", several),
    }
    text.string("source", Some(&plan.source));
    text.line("# retrieved = 2026-08-22 # the day of the download: the figure then names it");
    reading::write(&asked.columns, &mut text);
    text.string("anchor", asked.anchor.as_deref());
    if asked.below_one == 0.0 && asked.anchor.is_some() {
        text.line("below_one = 0");
    }
    text.string("groups_are", plan.groups_are_subjects.then_some("subjects"));
    text.string(
        "aggregate",
        asked.aggregate.map(|how| match how {
            Aggregate::Mean => "mean",
            Aggregate::Sum => "sum",
            Aggregate::Last => "last",
        }),
    );
    text.line(&format!("\n[figures.{}]", names.key));
    figure(plan, asked, &mut text);
    text.0
}

/// A dataset of one file, as it was read.
pub(super) fn dataset(key: &str, path: &str, source: &str, columns: &Columns) -> String {
    let mut text = Text::default();
    text.line(&format!("[datasets.{key}]"));
    text.string("path", Some(path));
    text.string("source", Some(source));
    text.line("# retrieved = 2026-08-22 # the day of the download");
    reading::write(columns, &mut text);
    text.0
}

fn figure(plan: &Plan, asked: &Asked, text: &mut Text) {
    text.string("dataset", Some(DATA));
    text.string("chart", Some(plan.chart));
    text.string("measure", plan.measure.as_deref());
    text.string("quantity", plan.quantity.as_deref());
    text.line("# What the figure shows; say what is to be seen in it, and claim it below.");
    text.string("title", Some(&plan.title));
    text.string("subtitle", some(&plan.subtitle));
    text.string("note", some(&plan.note));
    text.strings("subjects", &plan.subjects);
    text.strings("groups", &plan.groups);
    text.string("at", plan.at_each.then_some("each"));
    text.number("top", plan.top.and_then(|top| u32::try_from(top).ok()));
    text.number("colored", plan.colored.and_then(|count| u32::try_from(count).ok()));
    text.string("last_period", plan.last_period);
    if asked.below_one == 0.0 {
        text.line("below_one = 0");
    }
    text.string("size", asked.size);
    if asked.size.is_none() {
        text.number("width", Some(asked.width).filter(|width| *width != ARTICLE.width));
        text.number("height", asked.height);
    }
    if !plan.panels.is_empty() {
        let panel = |(measure, title): &(String, String)| {
            format!("    {{ measure = {}, title = {} }},\n", quoted(measure), quoted(title))
        };
        text.line(&format!("panels = [\n{}]", plan.panels.iter().map(panel).collect::<String>()));
    }
    let is_plain = |name: &&String| name.chars().all(|c| c.is_ascii_alphanumeric());
    let example = match plan.leaders.iter().take(2).filter(is_plain).collect::<Vec<_>>().as_slice() {
        [first, second] => format!("{first} > {second}"),
        _ => "A > B".into(),
    };
    text.line(&format!(
        "# claims = [\"{example}\"] # what the title says: `check` fails when the data do not"
    ));
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
