//! How the lines of a text end. Ends within quotes belong to a cell and say nothing of the file.

/// `LF`, `CRLF`, `CR`, `mixed`, or `none` where no line ends.
pub(super) fn of(text: &str) -> &'static str {
    let bytes = text.as_bytes();
    let (mut quoted, mut found) = (false, None);
    for at in memchr::memchr3_iter(b'\n', b'\r', b'"', bytes) {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        let end = match bytes.get(at) {
            Some(b'"') => {
                quoted = !quoted;
                continue;
            }
            _ if quoted => continue,
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => continue,
            Some(b'\r') => "CR",
            _ if before == Some(&b'\r') => "CRLF",
            _ => "LF",
        };
        if *found.get_or_insert(end) != end {
            return "mixed";
        }
    }
    found.unwrap_or("none")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_told_apart_outside_quotes() {
        for (text, ends) in [
            ("a\nb\n", "LF"),
            ("a\r\nb", "CRLF"),
            ("a\rb\r", "CR"),
            ("a\r\nb\n", "mixed"),
            ("\"a\nb\"\rc\r", "CR"),
            ("a \"\"b\"\"\n", "LF"),
            ("a", "none"),
            ("", "none"),
        ] {
            assert_eq!(of(text), ends, "{text:?}");
        }
    }
}
