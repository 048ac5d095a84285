//! What is common to all cells: blanks at their ends, and the ways to write that nothing is there.

/// Whether a character is blank in a cell: spaces of all widths, tabs, line ends, marks without width.
pub(crate) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '\u{2000}'
            ..='\u{200f}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

/// A cell without the blanks at its ends.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] | [b'!'..=b'~'] => text,
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim_matches(is_blank),
    }
}

/// What a trimmed cell holds, without what keeps it a text in a spreadsheet: `="10"`, and an apostrophe before what a
/// spreadsheet would compute or take for a number. Other words may begin with one.
pub(crate) fn contents(cell: &str) -> &str {
    let inner = match cell.as_bytes() {
        [b'=', b'"', .., b'"'] if cell.len() > 2 => cell.get(2..cell.len() - 1),
        [b'\'', b'=' | b'+' | b'-' | b'@', ..] => cell.get(1..),
        [b'\'', b'0'..=b'9', rest @ ..] => {
            let plain = |b: &u8| b.is_ascii_digit() || b" .,:/-%".contains(b);
            if rest.iter().all(plain) { cell.get(1..) } else { None }
        }
        _ => None,
    };
    inner.map_or(cell, trimmed)
}

/// Whether a trimmed cell is what a spreadsheet shows where a formula fails, in any of its languages.
pub(crate) fn is_error(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix('#') else {
        let code = ["Err:", "Fehler:", "Erreur :", "Erreur:"].iter().find_map(|word| cell.strip_prefix(word));
        return code.is_some_and(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()));
    };
    // `#VALUE!`, `#NAME?`, `#¿NOMBRE?`, `#ИМЯ?`: capitals between the signs, whatever the language.
    let named = rest.strip_suffix(['!', '?']).is_some_and(|name| {
        let sign =
            |c: char| c.is_ascii_digit() || matches!(c, '/' | '_' | '.' | '\'' | '’' | '¡' | '¿' | ' ');
        name.chars().any(char::is_alphabetic) && name.chars().all(|c| c.is_uppercase() || sign(c))
    });
    // A column that was too narrow for its numbers.
    named || UNSIGNED_ERRORS.contains(&rest) || (rest.len() > 1 && rest.bytes().all(|b| b == b'#'))
}

/// Errors that end in neither sign, without their `#`: what is not available, and some others.
const UNSIGNED_ERRORS: [&str; 22] = [
    "N/A",
    "NV",
    "N/D",
    "N/B",
    "N/V",
    "I/T",
    "SAKNAS",
    "PUUTTUU",
    "YOK",
    "HIÁNYZIK",
    "NENÍ_K_DISPOZICI",
    "NEDOSTUPNÝ",
    "Н/Д",
    "Н/П",
    "Δ/Υ",
    "NÃO DISPONÍVEL",
    "N/DISP",
    "DĚLENÍ_NULOU",
    "DELENIENULOU",
    "GETTING_DATA",
    "ERR",
    "VALUE",
];

/// Whether a trimmed cell says that there is no value.
pub(crate) fn is_missing(cell: &str) -> bool {
    match cell.as_bytes() {
        [] => true,
        b":" => true,
        [b'-' | b'.' | b'N' | b'n' | b'#' | b'<' | b'\\' | 0xE2, ..] => {
            ["-", "--", "---", ".", "..", "...", "–", "—", "n.a.", "n/d", "\\N"].contains(&cell)
                || is_error(cell)
                || ["NA", "N/A", "NaN", "NaT", "<NA>", "null", "none", "nil"]
                    .iter()
                    .any(|word| word.eq_ignore_ascii_case(cell))
        }
        [b'E' | b'F', ..] => is_error(cell),
        _ => false,
    }
}

/// Whether a trimmed cell is one of the two truth values.
pub(crate) fn flag(cell: &str) -> Option<bool> {
    match cell.len() {
        4 if cell.eq_ignore_ascii_case("true") => Some(true),
        5 if cell.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_all_widths_are_trimmed() {
        assert_eq!(trimmed("\u{feff} \u{a0}a b\u{202f}\t"), "a b");
        assert_eq!(trimmed(" "), "");
        assert_eq!(trimmed("é"), "é");
    }

    #[test]
    fn absence_has_many_spellings() {
        for cell in ["", "NA", "n/a", "NaN", "null", "-", "—", ".", "#N/A", "--", "\\N", "<NA>", ":"] {
            assert!(is_missing(cell), "{cell}");
        }
        for cell in ["0", "-1", ".5", "name", "nano", "No"] {
            assert!(!is_missing(cell), "{cell}");
        }
    }

    /// Of English, German, French, Spanish, Italian, Portuguese, Dutch, the Nordic languages, Polish, Czech,
    /// Hungarian, Russian, Turkish and Greek.
    const ERRORS: [&str; 7] = [
        "#N/A #NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #SPILL! #CALC! #GETTING_DATA #NV #WERT!",
        "#BEZUG! #ZAHL! #ÜBERLAUF! #NUL! #VALEUR! #NOM? #NOMBRE! #N/D #¡DIV/0! #¡VALOR! #¿NOMBRE?",
        "#¡REF! #NOMBRE? #VALORE! #RIF! #NOME? #NÚM! #DEEL/0! #WAARDE! #VERW! #NAAM? #GETAL! #N/B",
        "#DIVISION/0! #VÄRDEFEL! #SAKNAS! #I/T #VÆRDI! #JAKO/0! #ARVO! #PUUTTUU! #DZIEL/0! #ARG!",
        "#ADR! #N/D! #DĚLENÍ_NULOU! #HODNOTA! #NENÍ_K_DISPOZICI #ZÉRÓOSZTÓ! #HIÁNYZIK #ДЕЛ/0!",
        "#ЗНАЧ! #ССЫЛКА! #ИМЯ? #Н/Д #SAYI/0! #DEĞER! #YOK #ΔΙΑΙΡ./0! #Δ/Υ #ERROR! Err:502",
        "Fehler:508 ####",
    ];

    #[test]
    fn errors_of_spreadsheets_are_known_in_all_their_languages() {
        for cell in ERRORS.iter().flat_map(|line| line.split(' ')) {
            assert!(is_error(cell) && is_missing(cell), "{cell}");
        }
        for cell in ["#", "#1", "#hello!", "#Rust!", "C#", "Error", "Err:", "Fehler: 3", "#!", "#5!"] {
            assert!(!is_error(cell), "{cell}");
        }
    }

    #[test]
    fn what_keeps_a_cell_a_text_is_no_part_of_it() {
        for (cell, content) in [
            ("=\"10\"", "10"),
            ("=\"2024-01-01\"", "2024-01-01"),
            ("=\"Alpha\"", "Alpha"),
            ("'10", "10"),
            ("'2024-01-01", "2024-01-01"),
            ("'=cmd", "=cmd"),
            ("'@angular/core", "@angular/core"),
            ("'-x", "-x"),
            ("'n Sync", "'n Sync"),
            ("'90s", "'90s"),
            ("=\"", "=\""),
            ("=A1", "=A1"),
            ("'", "'"),
        ] {
            assert_eq!(contents(cell), content, "{cell}");
        }
    }
}
