//! Titles, subtitles and notes whose values come from the data.
//!
//! `{leader}` and its like are found here, with their places; what they stand
//! for is `claim`'s business. `{{` and `}}` are braces.

use crate::diag::{self, Diagnostic, Place, Report, nearest, quoted};
use crate::spec::grammar::{Name, Scope, Words};
use crate::spec::source::Anchor;

/// How the placeholders are written, for hints.
pub const PLACEHOLDERS: &str = "placeholders are `{leader}`, `{second}`, `{third}`, `{last}`, `{value: PyTorch}`, \
     `{ratio: TensorFlow / PyTorch}`, `{date}`, `{first_date}` and `{count}`";

const WORDS: [&str; 9] =
    ["leader", "second", "third", "last", "value", "ratio", "date", "first_date", "count"];

/// A text with placeholders.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template {
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words as they are.
    Text(String),
    /// A value of the data.
    Value(Box<Placeholder>, Place),
}

/// What a placeholder stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Placeholder {
    /// The subject of that rank, from 0: the leader.
    Rank(usize, Scope),
    /// The subject of the last rank.
    Last(Scope),
    /// A subject's value.
    Value(Name, Scope),
    /// How many times the second subject's value the first one's is.
    Ratio(Name, Name, Scope),
    /// The date shown; in a line chart its last one.
    Date,
    /// A line chart's first date.
    FirstDate,
    /// How many subjects are shown.
    Count,
}

impl Template {
    /// Finds the placeholders of a text.
    ///
    /// # Errors
    /// Every placeholder that is unknown, incomplete or not closed, with its place.
    pub fn parse(text: &str, anchor: &Anchor) -> Result<Self, Report> {
        let mut pieces = Vec::new();
        let mut report = Report::default();
        let mut words = String::new();
        let (mut rest, mut anchor) = (text, anchor.clone());
        let closed = text.rfind('}').unwrap_or(0);
        while let Some(at) = rest.find(['{', '}']) {
            words.push_str(rest.get(..at).unwrap_or_default());
            let brace = rest.get(at..).unwrap_or_default();
            let after = if let Some(after) = brace.strip_prefix("{{").or_else(|| brace.strip_prefix("}}")) {
                words.push_str(brace.get(..1).unwrap_or_default());
                after
            } else if let Some((inside, after)) = (brace.strip_prefix('{'))
                .filter(|inside| text.len() - inside.len() <= closed)
                .and_then(|inside| inside.split_once('}'))
            {
                if !words.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut words)));
                }
                let place = anchor.at(at..at + inside.len() + 2);
                match placeholder(inside, &anchor.rest(at + 1)) {
                    Ok(placeholder) => pieces.push(Piece::Value(Box::new(placeholder), place)),
                    Err(fault) => report.push(fault),
                }
                after
            } else {
                let (found, double) = if brace.starts_with('{') { ("{", "{{") } else { ("}", "}}") };
                let fault =
                    diag::error("unmatched-brace", format!("unmatched `{found}`")).at(anchor.at(at..at + 1));
                report.push(fault.hint(format!("write `{double}` for a brace")));
                brace.get(1..).unwrap_or_default()
            };
            anchor = anchor.rest(rest.len() - after.len());
            rest = after;
        }
        words.push_str(rest);
        if !words.is_empty() {
            pieces.push(Piece::Text(words));
        }
        if report.has_errors() { Err(report) } else { Ok(Template { pieces }) }
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Its own words, without what comes from the data.
    #[must_use]
    pub fn plain(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(..) => "…".into(),
        };
        self.pieces.iter().map(text).collect()
    }
}

fn placeholder(inside: &str, anchor: &Anchor) -> Result<Placeholder, Diagnostic> {
    let split = Words::split(inside, anchor)?;
    let head_end = inside.find([':', ' ']).unwrap_or(inside.len());
    let head = inside.get(..head_end).unwrap_or_default();
    let argument = inside.get(head_end..).unwrap_or_default();
    let takes_names = matches!(head, "value" | "ratio");
    if takes_names != argument.starts_with(':') {
        return Err(unknown(inside, head, anchor));
    }
    match head {
        "leader" => Ok(Placeholder::Rank(0, split.scope(1)?)),
        "second" => Ok(Placeholder::Rank(1, split.scope(1)?)),
        "third" => Ok(Placeholder::Rank(2, split.scope(1)?)),
        "last" => Ok(Placeholder::Last(split.scope(1)?)),
        "date" if split.len() == 1 => Ok(Placeholder::Date),
        "first_date" if split.len() == 1 => Ok(Placeholder::FirstDate),
        "count" if split.len() == 1 => Ok(Placeholder::Count),
        "value" | "ratio" => {
            let argument = argument.get(1..).unwrap_or_default();
            let anchor = anchor.rest(head_end + 1);
            let words = Words::split(argument, &anchor)?;
            let tail = words.scope_start(0);
            let scope = words.scope(tail)?;
            if head == "value" {
                return Ok(Placeholder::Value(words.name(0, tail, "a subject")?, scope));
            }
            let Some(slash) = words.position("/").filter(|slash| *slash < tail) else {
                let message = format!(
                    "expected two subjects with ` / ` between them, found {}",
                    quoted(argument.trim())
                );
                return Err(diag::error("claim-grammar", message).at(anchor.at(0..argument.len())));
            };
            let above = words.name(0, slash, "a subject")?;
            Ok(Placeholder::Ratio(above, words.name(slash + 1, tail, "a subject")?, scope))
        }
        _ => Err(unknown(inside, head, anchor)),
    }
}

fn unknown(inside: &str, head: &str, anchor: &Anchor) -> Diagnostic {
    let fault = diag::error("unknown-placeholder", format!("unknown placeholder {}", quoted(inside)));
    let fault = fault.at(anchor.at(0..inside.len()));
    match nearest(head, WORDS).filter(|near| *near != head) {
        Some(near) => fault.hint(format!("did you mean `{near}`? {PLACEHOLDERS}")),
        None => fault.hint(PLACEHOLDERS),
    }
}
