//! Small numbers in words, as a headline has them. It must not know what they count.

const NUMERALS: [&str; 11] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// A whole number to ten in a word.
#[must_use]
pub fn numeral(count: usize) -> Option<&'static str> {
    NUMERALS.get(count).copied()
}

/// Whole numbers to ten in words, as a headline has them: `three times`. `begins` a sentence with a capital.
#[must_use]
pub fn in_words(text: &str, begins: bool) -> String {
    let word = |word: &str| word.parse().ok().and_then(numeral).unwrap_or(word).to_owned();
    let said = text.split(' ').map(word).collect::<Vec<String>>().join(" ");
    let mut chars = said.chars();
    match chars.next() {
        Some(first) if begins => first.to_uppercase().chain(chars).collect(),
        _ => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_to_ten_stand_in_words() {
        assert_eq!(in_words("3 times", false), "three times");
        assert_eq!(in_words("3.1 times", false), "3.1 times");
        assert_eq!(in_words("10", true), "Ten");
        assert_eq!(in_words("12", true), "12");
        assert_eq!(in_words("at least 2 times", false), "at least two times");
    }
}
