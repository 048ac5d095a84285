//! Lines of TOML as text. It must not know what they say.

use std::fmt::Write as _;

use crate::diag::visible;

/// Lines of TOML; a key without a value is left out.
#[derive(Default)]
pub(super) struct Text(pub(super) String);

impl Text {
    pub(super) fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    pub(super) fn string(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(&format!("{key} = {}", quoted(value)));
        }
    }

    pub(super) fn strings(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            self.line(&format!("{key} = [{}]", values.join(", ")));
        }
    }

    pub(super) fn number(&mut self, key: &str, value: Option<u32>) {
        if let Some(value) = value {
            self.line(&format!("{key} = {value}"));
        }
    }
}

/// A basic string, in which nothing is that an editor would not show.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        let alone = c.to_string();
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            _ if visible(&alone) != alone => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
