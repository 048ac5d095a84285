//! A figure in Markdown: its words, what to paste into an article, and the
//! plotted values as a table; and the gallery of all figures.

use std::fmt::Write as _;

pub use super::kind::{Entry, Pictures};
use super::kind::{Export, Make};
use super::markup::escaped;
use super::record::{Slot, between};
use crate::diag::visible;

/// The page of one figure.
pub static EXPORT: Export = Export {
    name: "md",
    always: true,
    make: Make::Words(|entry: &Entry| page(entry).into_bytes()),
    slot: Some(SLOT),
};

/// A page keeps its record in a comment at its end; so does the gallery.
pub const SLOT: Slot = Slot {
    insert: |body, json| Some((body.len(), format!("{OPEN}{json}{CLOSE}").into_bytes())),
    find: |bytes| between(bytes, memchr::memmem::rfind(bytes, OPEN.as_bytes())?, OPEN, CLOSE),
};
const OPEN: &str = "\n<!-- popchart ";
const CLOSE: &str = " -->\n";

/// A table of more rows than this is cut in its middle: nobody reads on, and pages have limits.
const MOST_ROWS: usize = 200;

/// The page of one figure.
#[must_use]
pub fn page(entry: &Entry) -> String {
    let mut out = format!("# {}\n\n", markdown(&entry.title));
    out.push_str(&shown(entry));
    out.push_str(&said(entry));
    out.push_str("## Alt text\n\n");
    let _ = write!(out, "{}\n\n", markdown(&entry.alt));
    if !entry.pictures.is_empty() {
        out.push_str("## To paste\n\n");
    }
    for pictures in &entry.pictures {
        let _ = write!(out, "```markdown\n{}\n```\n\n", image(entry, pictures));
        if let Some(dark) = &pictures.dark {
            let _ = write!(out, "```html\n{}\n```\n\n", picture(entry, pictures, dark));
        }
    }
    let _ = write!(out, "## Values\n\n{}", table(&entry.table));
    out
}

/// The words below a picture, a paragraph each.
fn said(entry: &Entry) -> String {
    let parts = [&entry.desc, &entry.note, &entry.source].into_iter().filter(|part| !part.is_empty());
    parts.map(|part| format!("{}\n\n", markdown(part))).collect()
}

/// What the gallery shows of a figure.
#[must_use]
pub fn section(entry: &Entry) -> String {
    let mut out = format!("\n## {}\n\n{}", markdown(&entry.title), shown(entry));
    out.push_str(&said(entry));
    let values = table(&entry.table);
    let _ = write!(out, "<details>\n<summary>Values</summary>\n\n{values}\n</details>\n\n");
    let _ = writeln!(out, "[Alt text and what to paste]({}.md)", entry.name);
    out
}

/// The page of all figures, of their sections.
#[must_use]
pub fn gallery<'s>(sections: impl IntoIterator<Item = &'s str>) -> String {
    sections.into_iter().fold("# Figures\n".to_owned(), |page, section| page + section)
}

/// The picture as the page itself shows it, with an empty line after it.
fn shown(entry: &Entry) -> String {
    let Some(pictures) = entry.pictures.first() else { return String::new() };
    let shown = match &pictures.dark {
        Some(dark) => picture(entry, pictures, dark),
        None => image(entry, pictures),
    };
    shown + "\n\n"
}

fn image(entry: &Entry, pictures: &Pictures) -> String {
    format!("![{}]({})", markdown(&entry.alt), pictures.plain)
}

fn picture(entry: &Entry, pictures: &Pictures, dark: &str) -> String {
    format!(
        "<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"{dark}\">\n\
         <img alt=\"{}\" src=\"{}\">\n</picture>",
        escaped(&entry.alt),
        pictures.plain
    )
}

fn table(rows: &[Vec<String>]) -> String {
    let Some((header, body)) = rows.split_first() else { return String::new() };
    let row = |cells: &[String]| {
        cells.iter().fold("|".to_owned(), |line, cell| line + " " + &markdown(cell) + " |") + "\n"
    };
    // A column of numbers is read from its last digit.
    let numeric = |column: usize| {
        body.iter()
            .filter_map(|row| row.get(column))
            .all(|cell| cell.is_empty() || cell.trim_start_matches('<').parse::<f64>().is_ok())
    };
    let rule: String =
        (0..header.len()).map(|column| if numeric(column) { " --: |" } else { " --- |" }).collect();
    let mut out = row(header);
    let _ = writeln!(out, "|{rule}");
    if body.len() <= MOST_ROWS {
        body.iter().for_each(|cells| out.push_str(&row(cells)));
        return out;
    }
    let cut = body.len() - MOST_ROWS;
    let (start, rest) = body.split_at(MOST_ROWS / 2);
    start.iter().for_each(|cells| out.push_str(&row(cells)));
    out.push_str(&row(&vec!["…".to_owned(); header.len()]));
    rest.iter().skip(cut).for_each(|cells| out.push_str(&row(cells)));
    let rows = if cut == 1 { "1 row is".to_owned() } else { format!("{cut} rows are") };
    let _ = write!(out, "\n{rows} left out here; `formats = [\"csv\"]` writes all {}.\n", body.len());
    out
}

/// Words that Markdown shows as they are: on one line, its marks escaped,
/// nothing of HTML, nothing that turns the direction of the text.
fn markdown(words: &str) -> String {
    if is_plain(words) {
        return words.to_owned();
    }
    let mut safe = String::with_capacity(words.len());
    let mut start = true;
    // `1. ` would start a list.
    let number = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let listed = words.get(number..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "));
    for (at, c) in words.char_indices() {
        match c {
            '\t' | '\n' | '\r' => safe.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => safe.extend(['\\', c]),
            '#' | '+' | '-' | '=' if start => safe.extend(['\\', c]),
            '.' | ')' if listed && at == number && at > 0 => safe.extend(['\\', c]),
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            _ => safe.push(c),
        }
        start = start && c == ' ';
    }
    visible(&safe).replace("\\u{", "\\\\u{")
}

/// Whether a cell is one word of what never means anything to Markdown, as numbers and dates are.
fn is_plain(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b':' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        let row = |cells: [&str; 3]| cells.map(String::from).to_vec();
        Entry {
            name: "stars".into(),
            title: "PyTorch leads".into(),
            alt: "Line chart of [stars]".into(),
            desc: "It *rises*.".into(),
            note: String::new(),
            source: "Source: GitHub <API>".into(),
            table: vec![
                row(["date", "a|b", "stars"]),
                row(["2016-01", "x", "1.5"]),
                row(["2016-02", "y", ""]),
            ],
            pictures: vec![Pictures { plain: "stars.svg".into(), dark: None }],
        }
    }

    #[test]
    fn a_page_has_words_snippets_and_values() {
        assert_eq!(
            page(&entry()),
            "# PyTorch leads\n\n![Line chart of \\[stars\\]](stars.svg)\n\nIt \\*rises\\*.\n\n\
             Source: GitHub &lt;API&gt;\n\n## Alt text\n\nLine chart of \\[stars\\]\n\n\
             ## To paste\n\n```markdown\n![Line chart of \\[stars\\]](stars.svg)\n```\n\n\
             ## Values\n\n| date | a\\|b | stars |\n| --- | --- | --: |\n\
             | 2016-01 | x | 1.5 |\n| 2016-02 | y |  |\n"
        );
    }

    #[test]
    fn a_note_that_its_sentences_lack_stands_below_them() {
        let noted = Entry { note: "Note: *so*.".into(), ..entry() };
        let words = "\n\nIt \\*rises\\*.\n\nNote: \\*so\\*.\n\nSource: GitHub &lt;API&gt;\n\n";
        assert!(page(&noted).contains(words) && section(&noted).contains(words), "{}", page(&noted));
    }

    #[test]
    fn two_themes_make_a_picture_element() {
        let pictures = vec![Pictures { plain: "s.svg".into(), dark: Some("s-dark.svg".into()) }];
        let page = page(&Entry { alt: "\"A\" & <b>".into(), pictures, ..entry() });
        let picture = "<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"s-dark.svg\">\n\
                       <img alt=\"&quot;A&quot; &amp; &lt;b&gt;\" src=\"s.svg\">\n</picture>";
        assert_eq!(page.matches(picture).count(), 2);
    }

    #[test]
    fn without_a_picture_none_is_shown() {
        let page = page(&Entry { pictures: Vec::new(), ..entry() });
        assert!(
            !page.contains("![") && !page.contains("To paste") && page.contains("\n\nIt \\*rises"),
            "{page}"
        );
    }

    #[test]
    fn the_gallery_has_every_figure_once() {
        let other = Entry { name: "jobs".into(), title: "Jobs".into(), source: String::new(), ..entry() };
        let gallery = gallery([section(&entry()).as_str(), section(&other).as_str()]);
        let titles: Vec<&str> = gallery.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(titles, ["# Figures", "## PyTorch leads", "## Jobs"]);
        assert_eq!(gallery.matches("<details>").count(), 2);
        assert!(gallery.contains("[Alt text and what to paste](jobs.md)"));
    }

    #[test]
    fn words_cannot_become_markup() {
        assert_eq!(markdown("1. a\n# b"), "1\\. a # b");
        assert_eq!(markdown("1.5 (2016-01)"), "1.5 (2016-01)");
        assert_eq!(markdown("-1.5"), "\\-1.5");
        assert_eq!(markdown("2016-01"), "2016-01");
        assert_eq!(markdown("- a"), "\\- a");
        assert_eq!(markdown("# a"), "\\# a");
        assert_eq!(markdown("a\u{202e}b"), "a\\\\u{202e}b");
        assert_eq!(markdown("<!-- x -->"), "&lt;!-- x --&gt;");
    }

    #[test]
    fn what_cannot_be_seen_is_shown_in_text_and_attributes() {
        let pictures = vec![Pictures { plain: "s.svg".into(), dark: Some("s-dark.svg".into()) }];
        let hidden = "A\u{200b}B \u{feff}C\u{202e}D\u{ad}E\u{3164}";
        let entry =
            Entry { title: hidden.into(), alt: hidden.into(), desc: hidden.into(), pictures, ..entry() };
        for page in [page(&entry), gallery([section(&entry).as_str()])] {
            assert_eq!(page.chars().find(|c| crate::diag::is_invisible(*c)), None, "{page}");
            let attribute = "alt=\"A\\u{200b}B \\u{feff}C\u{fffd}D\\u{ad}E\\u{3164}\"";
            assert!(page.contains(attribute), "{page}");
            let text = "A\\\\u{200b}B \\\\u{feff}C\\\\u{202e}D\\\\u{ad}E\\\\u{3164}";
            assert!(page.contains(text), "{page}");
        }
    }
}
