//! Where the lines of a text break. Works on words and a function that
//! measures; knows no font.

/// The least width of a last line, as a share of the widest line's.
const WIDOW: f64 = 0.35;

/// The least share of a line that a part of a word must fill to stand there alone.
const SEAM: f64 = 0.4;

/// A text of more lines is cut: it came from data, and nobody reads on.
pub(super) const TEXT_LINES: usize = 200;

/// A name of more lines is cut.
pub(super) const NAME_LINES: usize = 12;

/// The last line of a text of more lines than this may be short.
const BALANCED: usize = 12;

/// Bytes of `\u{10ffff}`.
const LONGEST_ESCAPE: usize = 10;

/// A text of more bytes than this is never tried on one line.
const LONG: usize = 2000;

/// The lines of a text, at most so many; see [`super::Fonts::wrap`].
pub(super) fn lines(text: &str, width: f64, most: usize, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let words: Vec<&str> = text.split(is_breaking).filter(|word| !word.is_empty()).collect();
    if !words.is_empty() && text.len() <= LONG {
        let whole = words.join(" ");
        if measure(&whole) <= width {
            return vec![whole];
        }
    }
    let Some(mut best) = fill(&words, width, most + 1, &measure) else { return Vec::new() };
    if best.lines.len() > most {
        best.lines.truncate(most);
        return cut(best.lines, width, measure);
    }
    let limit = best.lines.len();
    let mut tried = best.clone();
    // Narrower and narrower, as long as that costs no line, until the last line is long enough.
    while tried.last_share < WIDOW && limit <= BALANCED {
        let narrower = tried.widest - tried.widest.abs() * 1e-9;
        match fill(&words, narrower, limit + 1, &measure) {
            Some(next) if next.lines.len() <= limit && next.widest < tried.widest => {
                if next.last_share > best.last_share {
                    best = next.clone();
                }
                tried = next;
            }
            _ => break,
        }
    }
    best.lines
}

/// These lines, the last with an ellipsis.
fn cut(mut lines: Vec<String>, width: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    if let Some(last) = lines.last_mut() {
        while !last.is_empty() && measure(&format!("{last}…")) > width {
            last.pop();
        }
        last.push('…');
    }
    lines
}

#[derive(Clone)]
struct Filled {
    lines: Vec<String>,
    widest: f64,
    last_share: f64,
}

/// Fills line after line, up to `most` of them; `None` when there are no words.
fn fill(words: &[&str], width: f64, most: usize, measure: impl Fn(&str) -> f64) -> Option<Filled> {
    let mut lines: Vec<(String, f64)> = Vec::new();
    for word in words {
        if let Some((line, length)) = lines.last_mut() {
            let longer = format!("{line} {word}");
            let measured = measure(&longer);
            if measured <= width {
                (*line, *length) = (longer, measured);
                continue;
            }
        }
        let left = most - lines.len();
        if left == 0 {
            break;
        }
        lines.extend(pieces(word, width, left, &measure));
    }
    let widest = lines.iter().map(|(_, length)| *length).fold(0.0, f64::max);
    let (_, last) = lines.last()?;
    let last_share = if lines.len() > 1 { last / widest } else { 1.0 };
    Some(Filled { lines: lines.iter().map(|(line, _)| line.clone()).collect(), widest, last_share })
}

/// The first `most` pieces of a word that fit, in most cases one. A piece has at least one
/// character, and a combining accent stays with its letter.
fn pieces(word: &str, width: f64, most: usize, measure: impl Fn(&str) -> f64) -> Vec<(String, f64)> {
    let cuts: Vec<usize> = cuts(word).collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < word.len() && pieces.len() < most {
        let rest = word.get(start..).unwrap_or_default();
        let cuts = cuts.get(cuts.partition_point(|cut| *cut <= start)..).unwrap_or_default();
        let piece = |count: usize| {
            let cut = cuts.get(count.wrapping_sub(1)).map_or(rest.len(), |cut| cut - start);
            rest.get(..cut).unwrap_or(rest)
        };
        let fits = |count: usize| measure(piece(count)) <= width;
        let mut fitting = 1;
        let mut beyond = 2;
        while beyond <= cuts.len() && fits(beyond) {
            fitting = beyond;
            beyond *= 2;
        }
        beyond = beyond.min(cuts.len() + 1);
        while beyond - fitting > 1 {
            let middle = fitting.midpoint(beyond);
            if fits(middle) { fitting = middle } else { beyond = middle }
        }
        let longest = piece(fitting);
        let cut = if longest.len() < rest.len() { seam(rest, longest.len()) } else { rest.len() };
        let piece = rest.get(..cut).unwrap_or(rest);
        pieces.push((piece.to_owned(), measure(piece)));
        start += piece.len();
    }
    pieces
}

/// Where a word that must be cut at `cut` at the latest is cut: after a sign that parts names of packages and
/// repositories, unless that leaves most of the line empty.
fn seam(word: &str, cut: usize) -> usize {
    let head = word.get(..cut).unwrap_or(word);
    let after = head.rfind(['-', '/', '_', ':']).map(|at| at + 1);
    let filled = |at: usize| head.get(..at).map_or(0, |part| part.chars().count());
    after.filter(|&at| at < cut && filled(at) as f64 >= SEAM * filled(cut) as f64).unwrap_or(cut)
}

/// The bytes after which a word may be cut; the last is its end. An escape such as `\u{65e5}` is one letter.
fn cuts(word: &str) -> impl Iterator<Item = usize> {
    let in_escape = |at: usize| {
        let start = at.saturating_sub(LONGEST_ESCAPE - 1);
        let before = word.as_bytes().get(start..at).unwrap_or_default();
        let open = memchr::memmem::rfind(before, b"\\u{").and_then(|open| before.get(open + 3..));
        let is_open = open.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        is_open || before.ends_with(b"\\") || before.ends_with(b"\\u")
    };
    word.char_indices()
        .skip(1)
        .filter(|(_, c)| !matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}'))
        .map(|(at, _)| at)
        .filter(move |at| !in_escape(*at))
        .chain(std::iter::once(word.len()))
}

/// Whether a line may break at this space; no-break, figure and narrow no-break spaces hold.
fn is_breaking(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}') && !c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_is_cut_before_it_and_behind_it_alone() {
        assert_eq!(cuts("a\\u{65e5}\\u{10ffff}b").collect::<Vec<_>>(), [1, 9, 19, 20]);
    }

    /// Every character as wide as one px.
    fn wrap(text: &str, width: f64) -> Vec<String> {
        lines(text, width, TEXT_LINES, |line| line.chars().count() as f64)
    }

    #[test]
    fn breaks_at_spaces_only_where_it_must() {
        assert_eq!(wrap("one two three", 13.0), ["one two three"]);
        assert_eq!(wrap("one two three", 12.0), ["one two", "three"]);
        assert_eq!(wrap("  one   two ", 99.0), ["one two"]);
        assert_eq!(wrap("10\u{a0}000 stars", 7.0), ["10\u{a0}000", "stars"]);
        assert!(wrap("", 10.0).is_empty() && wrap("  ", 10.0).is_empty());
    }

    #[test]
    fn a_last_word_does_not_stand_alone() {
        assert_eq!(wrap("aaaa bbbb cccc dddd ee", 19.0), ["aaaa bbbb cccc", "dddd ee"]);
        // Long enough: not balanced any further.
        assert_eq!(wrap("aaaa bbbb cccc ddddd", 14.0), ["aaaa bbbb cccc", "ddddd"]);
    }

    #[test]
    fn balancing_never_costs_a_line() {
        for width in 1..60 {
            let text = "Keras is a deep learning API written in Python and running on top of JAX, TensorFlow or PyTorch";
            let words: Vec<&str> = text.split(' ').collect();
            let few = fill(&words, f64::from(width), 99, |l: &str| l.len() as f64).unwrap().lines.len();
            let lines = wrap(text, f64::from(width));
            assert_eq!(lines.len(), few, "{width}");
            assert!(lines.iter().all(|line| line.len() <= width as usize), "{width}: {lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""), "{width}");
        }
    }

    #[test]
    fn a_word_too_wide_is_cut_anywhere_but_before_an_accent() {
        assert_eq!(wrap("abcdefgh", 3.0), ["abc", "def", "gh"]);
        assert_eq!(wrap("abcdefgh", 0.0).len(), 8);
        assert_eq!(wrap("abe\u{301}d", 3.0), ["ab", "e\u{301}d"]);
        assert_eq!(wrap("abcdefgh", -1.0).len(), 8);
        assert_eq!(wrap("abcdefgh", f64::NAN).len(), 8);
    }

    #[test]
    fn a_name_too_wide_is_cut_where_it_is_joined() {
        assert_eq!(wrap("openff-evaluator-base", 15.0), ["openff-", "evaluator-base"]);
        assert_eq!(wrap("alpha-ai/beta", 11.0), ["alpha-ai/", "beta"]);
        assert_eq!(wrap("a-bcdefghijkl", 8.0), ["a-bcdefg", "hijkl"]);
        assert_eq!(wrap("alpha-beta", 6.0), ["alpha-", "beta"]);
    }

    #[test]
    fn what_has_too_many_lines_ends_with_an_ellipsis() {
        let cut = |text: &str, width: f64| lines(text, width, 2, |line| line.chars().count() as f64);
        assert_eq!(cut("one two three four", 7.0), ["one two", "three…"]);
        assert_eq!(cut("one two three", 7.0), ["one two", "three"]);
        assert_eq!(cut("abcdefgh", 3.0), ["abc", "de…"]);
        assert_eq!(cut("abcdefgh", 0.0), ["a", "…"]);
    }

    #[test]
    fn a_text_of_any_length_is_measured_in_proportion_to_what_is_shown() {
        let measured = |text: &str| {
            let bytes = std::cell::Cell::new(0);
            let lines = lines(text, 60.0, TEXT_LINES, |line| {
                bytes.set(bytes.get() + line.len());
                line.chars().count() as f64
            });
            (lines, bytes.get())
        };
        for unit in ["word ", "a ", "unbroken", "a-b/c", "e\u{301}"] {
            let (short, few) = measured(&unit.repeat(10_000));
            let (long, many) = measured(&unit.repeat(200_000));
            assert_eq!((long.len(), short == long, few == many), (TEXT_LINES, true, true), "{unit:?}");
            assert!(few < TEXT_LINES * 60 * 60, "{unit:?}: {few}");
            assert!(
                long.iter().all(|line| line.chars().count() <= 60) && long[TEXT_LINES - 1].ends_with('…')
            );
        }
    }
}
