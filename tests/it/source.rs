//! The sources of popchart as its tests of imports read them: files, the paths in
//! their code and the modules they declare.
//!
//! It reads Rust well enough to follow `use` groups, `super::` and inline modules
//! (test modules count like any other code); it must not know what is allowed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Path below `src/`, with `/`, and text of every Rust file, in order.
pub fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((below, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no sources in {}", src.display());
    found.sort();
    found
}

/// A path as the code has it.
#[derive(Debug)]
pub struct Name {
    pub line: usize,
    pub segments: Vec<String>,
    /// Starts with `::`.
    pub is_global: bool,
    /// Stands in a `use` or `extern crate` declaration.
    pub is_use: bool,
    /// The module it stands in.
    pub module: Vec<String>,
}

/// The path from the root of this crate, where the name leads there.
pub fn absolute(name: &Name) -> Option<Vec<String>> {
    let (head, rest) = name.segments.split_first()?;
    let mut target = match head.as_str() {
        "crate" | "popchart" => Vec::new(),
        "self" | "super" => name.module.clone(),
        _ => return None,
    };
    let climbs = name.segments.iter().skip_while(|s| *s == "self").take_while(|s| *s == "super").count();
    target.truncate(target.len().saturating_sub(climbs));
    target.extend(rest.iter().skip_while(|s| *s == "super").cloned());
    Some(target)
}

/// The module a file is.
pub fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|name| !matches!(*name, "lib" | "main")).map(str::to_owned).collect()
}

/// Every path in the code, and every module it declares.
pub fn names_in(tokens: &[Token], file: &[String]) -> (Vec<Name>, BTreeSet<Vec<String>>) {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let (mut names, mut modules) = (Vec::new(), BTreeSet::new());
    let mut module = file.to_vec();
    let (mut depth, mut opened, mut is_use, mut at) = (0, Vec::new(), false, 0);
    while at < tokens.len() {
        match text(at) {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if opened.last() == Some(&depth) {
                    opened.pop();
                    module.pop();
                }
            }
            ";" => is_use = false,
            "use" if text(at + 1) != "<" => is_use = true,
            "extern" if text(at + 1) == "crate" => (is_use, at) = (true, at + 1),
            "mod" if is_word(text(at + 1)) => {
                at += 1;
                module.push(text(at).to_owned());
                modules.insert(module.clone());
                if text(at + 1) == "{" {
                    opened.push(depth);
                } else {
                    module.pop();
                }
            }
            "." if is_word(text(at + 1)) => at += 1,
            word if is_word(word) || (word == "::" && is_word(text(at + 1))) => {
                let is_global = word == "::";
                let start = at + usize::from(is_global);
                let mut found = Vec::new();
                at = read_path(tokens, start, &[], &mut found) - 1;
                names.extend(found.into_iter().map(|(line, segments)| Name {
                    line,
                    segments,
                    is_global,
                    is_use,
                    module: module.clone(),
                }));
            }
            _ => {}
        }
        at += 1;
    }
    (names, modules)
}

/// Reads a path and the groups in it, from its first word on; gives the place after it.
pub fn read_path(
    tokens: &[Token],
    mut at: usize,
    before: &[String],
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let line = tokens.get(at).map_or(0, |token| token.line);
    let mut segments = before.to_vec();
    loop {
        match text(at) {
            "{" => {
                while !matches!(text(at), "}" | "") {
                    at = read_path(tokens, at + 1, &segments, found);
                    while !matches!(text(at), "," | "}" | "") {
                        at += 1; // an alias
                    }
                }
                return at + 1;
            }
            word if is_word(word) || word == "*" => segments.push(word.to_owned()),
            _ => break,
        }
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
    }
    if segments.len() > before.len() {
        found.push((line, segments));
    }
    at
}

/// A word or a mark of the code; comments, literals, numbers and lifetimes are none.
#[derive(Debug)]
pub struct Token {
    line: usize,
    text: String,
}

/// Whether a token is an identifier or a keyword.
pub fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Takes code apart.
pub fn tokens(text: &str) -> Vec<Token> {
    let (mut found, mut rest, mut line) = (Vec::new(), text, 1);
    while !rest.is_empty() {
        let (length, is_code) = piece(rest);
        let (token, after) = rest.split_at(length);
        if is_code {
            found.push(Token { line, text: token.to_owned() });
        }
        line += token.matches('\n').count();
        rest = after;
    }
    found
}

/// Length in bytes of what the text starts with, and whether it is a token.
pub fn piece(text: &str) -> (usize, bool) {
    let first = text.chars().next().unwrap_or(' ');
    let word = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let after = &text[word..];
    if text.starts_with("//") {
        return (text.find('\n').unwrap_or(text.len()), false);
    }
    if text.starts_with("/*") {
        return (comment(text), false);
    }
    if matches!(&text[..word], "r" | "br" | "cr") && after.trim_start_matches('#').starts_with('"') {
        let fence = after.len() - after.trim_start_matches('#').len();
        let close = format!("\"{}", "#".repeat(fence));
        let start = word + fence + 1;
        return (text[start..].find(&close).map_or(text.len(), |at| start + at + close.len()), false);
    }
    if &text[..word] == "r" && after.starts_with('#') {
        return (2, false); // a raw identifier: its name follows
    }
    match first {
        '"' => (quoted(text, '"'), false),
        '\'' => (character(text), false),
        _ if word > 0 => (word, is_word(text)),
        ':' if text.starts_with("::") => (2, true),
        _ => (first.len_utf8(), !first.is_whitespace()),
    }
}

/// Length of a block comment with those inside it.
pub fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Length of a literal up to and with its closing quote.
pub fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of a character literal or of a lifetime.
pub fn character(text: &str) -> usize {
    let mut chars = text.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(text, '\''),
        _ => 1,
    }
}
