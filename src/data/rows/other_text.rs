//! Texts that are no table but some well-known other thing, each with the way to the table. It must not know how a
//! table is read.

use crate::data::cells::cell;
use crate::diag::{self, Diagnostic, Place};

/// Why a text is no table, where it is a well-known other thing.
pub(crate) fn other_text(file: &str, text: &str) -> Option<Diagnostic> {
    let error = |code, what: &str, hint: &str| {
        let diagnostic = diag::error(code, format!("expected a table, found {what}"));
        Some(diagnostic.at(Place::file(file)).hint(hint))
    };
    let start = text.trim_start_matches(cell::is_blank);
    if start.is_empty() {
        return error("empty-file", "an empty file", "export the data again");
    }
    if start.starts_with("version https://git-lfs.github.com/") {
        return error(
            "pointer-file",
            "a Git LFS pointer instead of the file itself",
            "fetch the file with `git lfs pull`",
        );
    }
    if start.starts_with("/annex/")
        || start.lines().next().is_some_and(|line| line.contains(".git/annex/objects/"))
    {
        return error(
            "pointer-file",
            "a git-annex link instead of the file itself",
            "fetch the file with `git annex get`",
        );
    }
    let conflict =
        if text.starts_with("<<<<<<< ") { Some(0) } else { text.find("\n<<<<<<< ").map(|at| at + 1) };
    if let Some(at) = conflict {
        let before = memchr::memchr_iter(b'\n', text.get(..at).unwrap_or("").as_bytes()).count();
        let line = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
        return Some(
            diag::error("merge-conflict", "expected a table, found a merge conflict")
                .at(Place::at(file, line, 1).showing(text, at..at + 7))
                .hint("choose one side, and delete the lines that Git has put between them"),
        );
    }
    let opening = start.chars().take(64).collect::<String>().to_ascii_lowercase();
    if ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| opening.starts_with(tag)) {
        return error("web-page", "a web page", "download the CSV itself; the address may want a login");
    }
    if opening.starts_with('<') {
        return error("web-page", "markup (XML or HTML)", "export the data as CSV or JSON");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_no_table_is_named() {
        for (text, found) in [
            ("\n \n", "an empty file"),
            (
                "version https://git-lfs.github.com/spec/v1\noid",
                "a Git LFS pointer instead of the file itself",
            ),
            ("../.git/annex/objects/aa/bb", "a git-annex link instead of the file itself"),
            ("<!DOCTYPE html><p>", "a web page"),
            ("<<<<<<< HEAD\na,b\n", "a merge conflict"),
            ("a,b\n<<<<<<< HEAD\n1,2\n", "a merge conflict"),
            ("<?xml version='1.0'?>", "markup (XML or HTML)"),
        ] {
            let message = other_text("f.csv", text).map(|d| d.message);
            assert_eq!(message, Some(format!("expected a table, found {found}")));
        }
        assert!(other_text("f.csv", "a,b").is_none());
    }
}
