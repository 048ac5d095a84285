//! Where an observation stands: a line of one of its dataset's files, and how messages say so.

/// A line of a dataset's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// Index into [`Dataset::files`](crate::data::model::dataset::Dataset::files).
    pub file: u32,
    /// From 1; always 1 in JSON.
    pub number: u32,
}

/// A line of a dataset's only file.
impl From<u32> for Line {
    fn from(number: u32) -> Self {
        Line { file: 0, number }
    }
}

impl Line {
    /// `line 3`, and of which file where there are several.
    #[must_use]
    pub fn in_words<S: AsRef<str>>(self, files: &[S]) -> String {
        let number = self.number;
        match self.file_of(files) {
            Some(file) => format!("line {number} of `{file}`"),
            None => format!("line {number}"),
        }
    }

    /// `lines 3 and 5`, and of which file or files where there are several.
    #[must_use]
    pub fn and<S: AsRef<str>>(self, other: Line, files: &[S]) -> String {
        if self.file != other.file {
            return format!("{} and {}", self.in_words(files), other.in_words(files));
        }
        let of = self.file_of(files).map(|file| format!(" of `{file}`")).unwrap_or_default();
        format!("lines {} and {}{of}", self.number, other.number)
    }

    /// `on lines 3 and 5`, or `both on line 3`, and of which file or files where there are several.
    #[must_use]
    pub fn both<S: AsRef<str>>(self, other: Line, files: &[S]) -> String {
        if self == other {
            return format!("both on {}", self.in_words(files));
        }
        format!("on {}", self.and(other, files))
    }

    /// The name of its file, where there are several.
    fn file_of<S: AsRef<str>>(self, files: &[S]) -> Option<&str> {
        let file = files.get(usize::try_from(self.file).ok()?)?;
        (files.len() > 1).then_some(file.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_where_there_are_several() {
        let (first, second) = (Line::from(3), Line { file: 1, number: 5 });
        assert_eq!(first.in_words(&["a.csv"]), "line 3");
        assert_eq!(first.and(5.into(), &["a.csv"]), "lines 3 and 5");
        let files = ["a.csv", "b.csv"];
        assert_eq!(second.in_words(&files), "line 5 of `b.csv`");
        assert_eq!(first.and(second, &files), "line 3 of `a.csv` and line 5 of `b.csv`");
        assert_eq!(first.and(4.into(), &files), "lines 3 and 4 of `a.csv`");
        assert_eq!(first.both(4.into(), &files), "on lines 3 and 4 of `a.csv`");
        assert_eq!(first.both(first, &files), "both on line 3 of `a.csv`");
    }
}
