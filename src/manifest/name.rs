//! Keys of figures: they name files and anchors, and so must be plain names on every system.

/// Names that Windows keeps for devices, whatever their ending, besides those of ports.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Systems take file names of 255 bytes; the longest ending of a figure's is `-dark.svg`.
const LONGEST: usize = 255 - "-dark.svg".len();

fn is_plain(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_')
}

fn is_device(key: &str) -> bool {
    let port = key.strip_prefix("com").or_else(|| key.strip_prefix("lpt"));
    let is_port = port.is_some_and(|port| port.len() == 1 && port.bytes().all(|b| b.is_ascii_digit()));
    is_port || DEVICES.contains(&key)
}

/// Why a key cannot name a figure, and what to do about it; `None` where it can.
pub(super) fn unfit(key: &str) -> Option<(String, String)> {
    if key.is_empty() || !key.chars().all(is_plain) {
        Some((String::new(), "use small letters, digits, `-` and `_`".into()))
    } else if is_device(key) {
        Some((": Windows means a device by it".into(), format!("call it `{key}-chart`")))
    } else if key.starts_with('-') {
        Some((": commands take it for an option".into(), "begin with a letter or a digit".into()))
    } else if key.len() > LONGEST {
        let because =
            format!(": it has {} characters, and the names of its files would be too long", key.len());
        Some((because, format!("use at most {LONGEST} characters")))
    } else {
        None
    }
}

/// The key of a figure that is to be called like this.
#[must_use]
pub fn figure_key(name: &str) -> String {
    let plain = name.chars().map(|c| Some(c.to_ascii_lowercase()).filter(|c| is_plain(*c)).unwrap_or('-'));
    let key: String = plain.skip_while(|c| *c == '-').take(LONGEST).collect();
    match key.trim_end_matches('-') {
        "" => "figure".into(),
        device if is_device(device) => format!("{device}-chart"),
        key => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_becomes_a_key() {
        for (name, key) in [
            ("Stars of 2020", "stars-of-2020"),
            ("-_x.y-", "_x-y"),
            ("CON", "con-chart"),
            ("lpt1", "lpt1-chart"),
            ("日本", "figure"),
            ("", "figure"),
        ] {
            assert_eq!(figure_key(name), key);
            assert_eq!(unfit(&figure_key(name)), None);
        }
        assert_eq!(unfit(&figure_key(&"x".repeat(400))), None);
    }
}
