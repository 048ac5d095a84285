//! What is found on the way through a file: choices to note, warnings, and faults up to a limit.

use std::collections::BTreeMap;

use crate::diag::{self, Diagnostic, Place, Report, quoted};

use crate::data::model::spot::Spot;

/// So many faults of one file are told one by one; of the rest only the number.
const FAULT_LIMIT: usize = 20;

/// A file's name without folders and the extensions of tables and archives; other dots are part of a name.
#[must_use]
pub fn stem(file: &str) -> &str {
    const EXTENSIONS: [&str; 13] = [
        ".gz", ".zst", ".csv", ".tsv", ".tab", ".txt", ".json", ".ndjson", ".jsonl", ".md", ".xlsx", ".xlsm",
        ".ods",
    ];
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let mut stem = name;
    while let Some(shorter) = EXTENSIONS.iter().find_map(|extension| stem.strip_suffix(extension)) {
        stem = shorter;
    }
    if stem.is_empty() { name } else { stem }
}

/// What cells are read as that say something else; told once a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Finding {
    /// The error of a formula, as a gap.
    Error,
    /// What a spreadsheet keeps as a text.
    Wrapped,
    /// A number in brackets, as accountants write negative ones.
    Bracketed,
    /// A number with its minus behind it, as SAP writes it.
    Trailing,
}

/// Cells of one finding: how many, and the line and the text of the first.
struct Found {
    count: usize,
    line: u32,
    text: String,
}

/// Everything to tell of one file.
pub(crate) struct Findings<'a> {
    /// The file as messages name it.
    pub(crate) file: &'a str,
    /// The sheet that lines are rows of, in a spreadsheet.
    pub(crate) sheet: Option<String>,
    /// Silent choices, a sentence each.
    pub(crate) notes: Vec<String>,
    warnings: Report,
    faults: Report,
    fault_count: usize,
    cells: BTreeMap<Finding, Found>,
}

impl<'a> Findings<'a> {
    pub(crate) fn new(file: &'a str) -> Self {
        let (notes, warnings, faults) = (Vec::new(), Report::default(), Report::default());
        Findings { file, sheet: None, notes, warnings, faults, fault_count: 0, cells: BTreeMap::new() }
    }

    /// What the file itself leaves nameless is called.
    pub(crate) fn stem(&self) -> &'a str {
        stem(self.file)
    }

    /// Adds a sentence on a silent choice.
    pub(crate) fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }

    /// Adds a sentence that holds for several parts of a file, once.
    pub(crate) fn note_once(&mut self, sentence: &str) {
        if !self.notes.iter().any(|known| known == sentence) {
            self.note(sentence);
        }
    }

    /// Adds a warning about a line, or about the whole file; an empty hint is none.
    pub(crate) fn warn(
        &mut self,
        code: &'static str,
        line: Option<u32>,
        message: impl Into<String>,
        hint: &str,
    ) {
        let place = Place { line, ..Place::file(self.file) };
        let warning = diag::warning(code, message).at(place);
        self.warnings.push(if hint.is_empty() { warning } else { warning.hint(hint) });
    }

    /// Adds cells that are read as something else than they say, the first of which stands on this line.
    pub(crate) fn cells(&mut self, finding: Finding, count: usize, line: u32, text: &str) {
        let new = || Found { count: 0, line, text: text.to_owned() };
        let known = self.cells.entry(finding).or_insert_with(new);
        known.count += count;
        if line < known.line {
            (known.line, known.text) = (line, text.to_owned());
        }
    }

    /// Tells of such cells.
    fn tell_cells(&mut self) {
        for (finding, Found { count, line, text }) in std::mem::take(&mut self.cells) {
            let text = quoted(&text);
            let of = |one: &str, many: &str| {
                if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
            };
            let first = if count == 1 {
                format!("{text} on line {line}")
            } else {
                format!("first {text} on line {line}")
            };
            match finding {
                Finding::Error => {
                    let cells = of("cell is an error", "cells are errors");
                    let (gaps, first) = if count == 1 { ("a gap", "") } else { ("gaps", "first ") };
                    let message = format!("{cells} of a spreadsheet, read as {gaps}: {first}{text}");
                    self.warn(
                        "formula-errors",
                        Some(line),
                        message,
                        "correct the formulas and export the table again",
                    );
                }
                Finding::Wrapped => {
                    let cells = of("cell", "cells");
                    self.note(format!("Read {cells} without what keeps texts in a spreadsheet: {first}."));
                }
                Finding::Bracketed => {
                    let cells =
                        of("number in brackets as a negative one", "numbers in brackets as negative ones");
                    self.note(format!("Read {cells}: {first}."));
                }
                Finding::Trailing => {
                    let cells = of(
                        "number with a minus behind it as a negative one",
                        "numbers with a minus behind them as negative ones",
                    );
                    self.note(format!("Read {cells}: {first}."));
                }
            }
        }
    }

    /// Adds an error. `diagnostic` is only built while errors are still told one by one.
    pub(crate) fn fault(&mut self, diagnostic: impl FnOnce() -> Diagnostic) {
        if self.fault_count < FAULT_LIMIT {
            self.faults.push(diagnostic());
        }
        self.fault_count += 1;
    }

    /// Adds an error, or only counts it where it is one of too many to be told.
    pub(crate) fn fault_if_told(&mut self, diagnostic: Option<Diagnostic>) {
        match diagnostic {
            Some(diagnostic) => self.fault(|| diagnostic),
            None => self.fault_count += 1,
        }
    }

    /// Adds what was found in other rows, above or below. Of all errors the first are told.
    pub(crate) fn absorb(&mut self, other: Findings<'_>) {
        self.notes.extend(other.notes);
        for (finding, Found { count, line, text }) in other.cells {
            self.cells(finding, count, line, &text);
        }
        self.warnings.diagnostics.extend(other.warnings.diagnostics);
        let faults = &mut self.faults.diagnostics;
        faults.extend(other.faults.diagnostics);
        faults.sort_by(|a, b| a.place.cmp(&b.place));
        faults.truncate(FAULT_LIMIT);
        self.fault_count += other.fault_count;
    }

    /// Puts all that was found where it is in the user's file: lines are those of a text that was rewritten.
    pub(crate) fn unplace(&mut self, spot: impl Fn(u32) -> Spot) {
        for fault in &mut self.faults.diagnostics {
            if let Some(place) = fault.place.as_ref().filter(|place| place.file == self.file) {
                *fault = place.line.map(&spot).unwrap_or_default().told(fault.clone());
            }
        }
        places_in(self.file, &mut self.warnings.diagnostics).for_each(|place| {
            (place.line, place.column) = (place.line.and_then(|line| spot(line).line), None)
        });
    }

    /// Gives warnings of a code another hint, where what they say holds and the way out is another one.
    pub(crate) fn rehint(&mut self, code: &str, hint: &str) {
        let all = self.warnings.diagnostics.iter_mut().filter(|warning| warning.code == code);
        all.for_each(|warning| warning.hints = vec![hint.to_owned()]);
    }

    /// Whether any error was found.
    pub(crate) fn failed(&self) -> bool {
        self.fault_count > 0
    }

    /// Takes the columns from all that was found: those of rewritten lines are not the user's.
    pub(crate) fn drop_columns(&mut self) {
        for all in [&mut self.faults.diagnostics, &mut self.warnings.diagnostics] {
            for place in places_in(self.file, all) {
                (place.column, place.length, place.excerpt) = (None, None, None);
            }
        }
    }

    /// The notes, and what else there is to tell.
    ///
    /// # Errors
    /// All errors, where there are any; the warnings then only distract.
    pub(crate) fn finish(mut self) -> Result<(Vec<String>, Report), Report> {
        if !self.failed() {
            self.tell_cells();
        }
        let all = self.faults.diagnostics.iter_mut().chain(&mut self.warnings.diagnostics);
        for place in all.filter_map(|told| told.place.as_mut()).filter(|place| place.file == self.file) {
            place.sheet.clone_from(&self.sheet);
        }
        if !self.failed() {
            return Ok((self.notes, self.warnings));
        }
        self.faults.diagnostics.sort_by(|a, b| a.place.cmp(&b.place));
        let rest = self.fault_count.saturating_sub(FAULT_LIMIT);
        if rest > 0 {
            let message =
                format!("{rest} more {} in the same file", if rest == 1 { "fault" } else { "faults" });
            self.faults.push(diag::error("more-faults", message).at(Place::file(self.file)));
        }
        Err(self.faults)
    }
}

/// The places that are in a file, and not where the user says how it is to be read.
fn places_in<'d>(file: &str, diagnostics: &'d mut [Diagnostic]) -> impl Iterator<Item = &'d mut Place> {
    let places = diagnostics.iter_mut().filter_map(|diagnostic| diagnostic.place.as_deref_mut());
    places.filter(move |place| place.file == file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stem_has_neither_folder_nor_extension() {
        assert_eq!(Findings::new("a/b/numpy.csv").stem(), "numpy");
        assert_eq!(Findings::new("numpy").stem(), "numpy");
        assert_eq!(Findings::new("vue.js.csv.gz").stem(), "vue.js");
        assert_eq!(Findings::new("vue.js.csv.zst").stem(), "vue.js");
        assert_eq!(Findings::new(".csv").stem(), ".csv");
    }

    #[test]
    fn twenty_faults_are_told_and_the_rest_counted() {
        let mut findings = Findings::new("f.csv");
        (0..23).for_each(|i| findings.fault(|| diag::error("test-fault", format!("fault {i}"))));
        let report = findings.finish().unwrap_err();
        assert_eq!(report.diagnostics.len(), 21);
        assert_eq!(report.diagnostics[20].message, "3 more faults in the same file");
    }
}
