//! What every code of a diagnostic means, and what to do about it.
//!
//! A code never changes its meaning: programs tell diagnostics apart by it. It
//! must not know who says what: a test reads the sources and holds this list
//! against every code that they use.

/// The codes in order, each with what it means and what to do.
pub const CODES: &[(&str, &str)] = &[
    (
        "absent-leave-out",
        "One of several files has nothing of a name that `leave_out` has; look whether another one has it.",
    ),
    ("ambiguous-name", "Two subjects have the same name or spelling; leave it to one of them."),
    ("anchor-alone", "An export has no term but the shared one; leave the file out."),
    (
        "anchor-of-one-file",
        "One file alone is on its own scale already; name more exports, or leave the anchor out.",
    ),
    (
        "anchor-too-low",
        "The shared term is searched for too little to compare exports by; choose one that is searched for more.",
    ),
    (
        "annotation-outside",
        "An annotation speaks of a value that the figure does not draw; correct its subject or its date.",
    ),
    (
        "bound-in-aggregate",
        "Values known only to be below a bound cannot be added or averaged; use `aggregate = \"last\"`, or replace the bounds by numbers.",
    ),
    ("broken-font", "A font that popchart brings along cannot be read; report it."),
    ("broken-json", "The file begins as JSON and does not go on so; download it again."),
    ("broken-measure", "A measure is a column, or two columns with ` / ` between them; write it so."),
    (
        "broken-rule",
        "A picture breaks a rule that a desk holds it against; do what the hint says, or know why not.",
    ),
    ("cell-too-large", "A cell has more than 1 MiB, mostly because a quote is never closed; close it."),
    (
        "claim-grammar",
        "A claim or a placeholder cannot be read; write it in one of the forms that the hint names.",
    ),
    (
        "close-subject",
        "Two columns of texts could name who is compared, and one was taken; name the other one as `subject` if it is that.",
    ),
    ("columns-in-json", "This JSON has no columns to choose among; name only `values`."),
    (
        "contradicting-files",
        "Two files have different values for one series and date; leave one file out, or export both on one day.",
    ),
    (
        "counted-differently",
        "Values that were counted in different ways cannot be drawn together; choose one way with dates or `only`.",
    ),
    (
        "counted-rows",
        "A column holds numbers and texts, so its rows were counted instead; correct the texts, or leave those cells empty.",
    ),
    ("cut-row", "The file ends within a row; download it again, or delete the rest of the row."),
    ("damaged-archive", "A packed file is incomplete or changed; download it again."),
    ("date-without-year", "A date lacks its year; write dates as 2020-01-31 and months as 2020-01."),
    (
        "differing-dates",
        "Tables stand beside each other and their rows are of different dates; put each into a file of its own.",
    ),
    ("digits-in-title", "A title has a number to ten in digits; write it as a word."),
    ("division-by-zero", "A ratio to zero was left out; look whether the divisor is right."),
    (
        "each-too-short",
        "Values cannot be made for periods shorter than those they were counted in; use a longer `each`.",
    ),
    (
        "edited-file",
        "A file that popchart wrote was edited by hand; replace it with `--force`, or move it away.",
    ),
    ("empty-file", "The file has no content; export the data again."),
    ("empty-groups", "Some groups have no value at the date shown; name the groups to show in `groups`."),
    ("empty-name", "A row of a table of words has no name; name it, or leave it out of the file."),
    ("empty-value", "A text of the manifest is empty; fill it in, or leave its key out."),
    (
        "escaped-characters",
        "The bundled fonts lack characters of a name, which are drawn as escapes; give the subject a `label` in a manifest.",
    ),
    ("event-outside", "An event lies before or after what is drawn; take it out of `events`."),
    ("existing-file", "A file of the name is there already; replace it with `--force`, or name another one."),
    (
        "existing-manifest",
        "A manifest of the name is there already; name another file, because none is replaced.",
    ),
    ("failed-drawing", "The drawing library refused a figure; report it with the manifest and the data."),
    ("failed-picture", "A PNG could not be made from its SVG; report it with the manifest and the data."),
    ("failed-threads", "The system gave no threads; try again with fewer `--jobs`."),
    (
        "falling-counter",
        "A count of everything so far falls somewhere; look whether the data are of one counter.",
    ),
    ("false-claim", "The data contradict a claim; correct the claim, and what the title says."),
    (
        "few-shared-dates",
        "Exports have too few dates in common to be put on one scale; export all over the same time.",
    ),
    (
        "file-too-large",
        "The file is larger than popchart reads; split it, or keep only the rows and columns to draw.",
    ),
    (
        "fiscal-years",
        "Fiscal years are read as calendar years; set `year_starts` to the month they begin with.",
    ),
    ("foreign-file", "A file that popchart did not write is in the way; move it away, or write elsewhere."),
    ("formula-errors", "Cells hold what a spreadsheet shows where a formula fails; they are gaps."),
    ("gallery-left", "A gallery is only written when all its figures are; see to the figure that is named."),
    (
        "grey-highlight",
        "A highlighted subject would have the grey of the others; highlight fewer, or give it a `color`.",
    ),
    (
        "guessed-encoding",
        "The file is not UTF-8 and its encoding was guessed; save it as UTF-8, or set `encoding`.",
    ),
    ("guessed-region", "Exports do not say of which region they are; look up that all are of the same."),
    ("height-too-small", "The figure has no room at its `height`; set a larger one, or leave it out."),
    (
        "highlight-not-shown",
        "`highlight` names a subject that the figure does not show; add it to `subjects`, or leave it out.",
    ),
    ("incomplete-period", "The last period may not have been over when it was counted; set `last_period`."),
    (
        "inflating-archive",
        "A packed file unpacks to 200 times its size; unpack it by hand and look what it is.",
    ),
    ("irregular-average", "Values at irregular dates have no average over steps; leave `average` out."),
    ("key-beside-columns", "A key stands beside the table `columns` that it belongs to; move it there."),
    (
        "left-out-columns",
        "Columns that describe the rows, or are of another kind than the others, were left out; name those to keep in `values`.",
    ),
    (
        "left-out-measures",
        "One axis has one measure, so others were left out; choose another one with `--measure`.",
    ),
    (
        "left-out-remarks",
        "Rows of sums or remarks below the data were left out; nothing needs to be done if they are none of the data.",
    ),
    ("left-out-rest", "Rows below a blank row were left out; put a further table into a file of its own."),
    ("left-out-total", "A sum stood beside its parts and was left out; name it in `only` to keep it."),
    (
        "lone-shares",
        "Shares of one term alone are all of their place and compare nothing; export a longer time, or larger places.",
    ),
    ("long-note", "A note has more sentences than anybody reads under a picture; say it in two."),
    (
        "long-subtitle",
        "A subtitle has more characters than are read at a glance; leave out what title, axis and note say.",
    ),
    ("long-title", "A title has more words than a headline should; say it in 12 or fewer."),
    (
        "manifest-elsewhere",
        "Paths in a manifest start from its folder; run `plot` in the folder where it is to stand.",
    ),
    ("manifest-not-text", "The manifest is not UTF-8; save it as UTF-8."),
    ("maybe-serials", "Numbers may be days of a spreadsheet; call their column `date`, or what they count."),
    (
        "merge-conflict",
        "Git has put both sides of a merge into the file; choose one, and delete the lines between them.",
    ),
    (
        "missing-anchor",
        "An export lacks the term that all must share; correct its name, or export it again with the term.",
    ),
    ("missing-claims", "Nothing keeps a figure's title true; add `claims` with what the title says."),
    (
        "missing-dates",
        "A line chart needs a date in every row; name the column with `date`, or use another chart.",
    ),
    (
        "missing-glyph",
        "A text has a character that the bundled fonts lack; write it in Latin, Greek or Cyrillic letters.",
    ),
    (
        "missing-groups",
        "The data have no groups; name the column with `group`, or leave out what needs them.",
    ),
    ("missing-header", "The columns have no names; add a first line that names them."),
    ("missing-key", "A table lacks a key that it needs; add it."),
    ("missing-name", "A row does not say who is counted; write it, or delete the row."),
    ("missing-retrieved", "A dataset does not say how old it is; add `retrieved`."),
    ("missing-years", "An answer has values and not their years; give the file the name that the hint says."),
    ("mixed-delimiters", "Cells are separated by different characters; use the same in the whole file."),
    ("more-faults", "The file has more faults than are told one by one; correct these first."),
    ("named-twice", "A list names the same thing twice; leave one of them out."),
    ("narrow-rows", "Every row has fewer cells than the header; quote a name that holds the delimiter."),
    ("needs-another-key", "A key means nothing without another one; add that, or leave the key out."),
    ("no-columns", "The file is text without columns; separate its cells with commas, semicolons or tabs."),
    ("no-data-at-date", "The data have nothing at the date asked for; choose a date that the hint names."),
    ("no-figures", "The manifest has no figures; add a table `[figures.name]`."),
    (
        "no-longer-missing",
        "A panel says that data are missing, and there are some; take `missing` out of it.",
    ),
    ("no-names-or-dates", "No column says what each row is; add one of dates or of names."),
    ("no-numbers", "No column holds numbers; look whether the export is complete."),
    ("no-room-for-columns", "A table has more columns than its width has room for; show fewer."),
    ("no-rows", "There is a header and nothing below it; look whether the export is complete."),
    (
        "no-words",
        "A table of words has no column of them, or several beside one another; name it in `values`.",
    ),
    ("not-a-date", "A cell among dates is none; write it as 2020-01-31."),
    ("not-a-date-part", "A month, quarter, week or day is none; write it as a number within its range."),
    ("not-a-number", "A cell among numbers is none; correct it, or leave it empty to draw a gap."),
    ("not-a-table", "A key of the manifest needs a table; write it in braces, or below a header of its own."),
    (
        "not-above-zero",
        "A logarithmic scale has no place for zero and below; begin later, or leave `log` out.",
    ),
    (
        "not-an-export",
        "Only exports that are scaled to their own highest value can be put on one scale; leave the file out, or the anchor.",
    ),
    ("not-text", "The file is no text; export the data as CSV."),
    ("not-toml", "A line of the manifest is not TOML; correct it."),
    (
        "note-left-out",
        "A size of one height has no room for the note; shorten it, or say it in the text around the picture.",
    ),
    (
        "nothing-to-align",
        "All series begin with the data, so that their ages are not known; leave `since-start` out.",
    ),
    (
        "nothing-to-draw",
        "Nothing that the figure names has a value; check its `subjects`, `groups` and dates.",
    ),
    ("off-scale", "An export that is scaled to 100 has a value beyond 0 to 100; export it again."),
    (
        "only-rising-queries",
        "The export has only rises in per cent, which are no counts; export a longer time.",
    ),
    (
        "orphans",
        "Files that popchart wrote are of no figure any more; remove them with `popchart render --prune`.",
    ),
    (
        "orphans-kept",
        "Files of no figure were kept because the gallery may still show them; correct what keeps it from being written.",
    ),
    (
        "orphans-left",
        "Files that popchart wrote are of no figure any more and were left; remove them with `--prune`.",
    ),
    (
        "out-of-date",
        "Files are not what popchart would write; run `popchart render` and look at what changed.",
    ),
    (
        "outlying-base",
        "The base of an index is far from the values around it; choose one at which values are usual.",
    ),
    ("overlapping-shades", "Two shaded times of a figure overlap; end one earlier, or make them one."),
    ("own-fault", "popchart failed in a way it should not; report it with the manifest and the data."),
    ("packed-file", "The file is packed in a way that popchart does not read; unpack it."),
    (
        "pattern-outside",
        "A pattern finds files below the manifest's folder only; name files elsewhere one by one.",
    ),
    (
        "placeholder-in-panel",
        "A panel's title can hold `{date}` and no other placeholder; take the others out.",
    ),
    ("pointer-file", "The file only says where the data are; fetch them with the tool the hint names."),
    (
        "pooled-without-ratio",
        "Only a ratio can be pooled; use \"sum\" or \"mean\", or write the measure as `a / b`.",
    ),
    ("refused-by-source", "The file holds an answer that says why there are no data; ask again."),
    ("repeated-dates", "A subtitle says from when to when, as the time axis does; leave the dates out."),
    ("repeated-key", "An object in JSON has a key twice, and only one could count; remove the other."),
    ("repeated-names", "Several columns or rows have the same name; give them different ones."),
    (
        "repeated-rows",
        "Rows of one series and date stand in the file more than once; name the column that tells them apart as `group`.",
    ),
    ("replaces-data", "The figure would replace data; give it another name."),
    ("rise-among-counts", "A rise in per cent stands among counts; keep rows of one kind."),
    ("row-too-wide", "A row has more cells than any table; turn the table round."),
    (
        "rows-out-of-order",
        "The rows are not in order of time; nothing needs to be done if the dates are right.",
    ),
    (
        "running-period",
        "A file ends within a period and others go on; export it again, or leave that period out.",
    ),
    ("same-file", "Two of the files have the same bytes; name each file once."),
    ("same-file-name", "Two figures would be written to the same file; give one of them another key."),
    (
        "same-grey",
        "More subjects are shown than the palette has colours; give each a `color`, or `highlight` who matters.",
    ),
    ("second-standard-input", "Standard input can be read once; name `-` once."),
    ("second-table", "A further table begins in the file; split the file there."),
    (
        "several-clocks",
        "Times have different offsets from UTC, as before and after summer time; one clock orders them.",
    ),
    (
        "several-groups",
        "A claim or a placeholder does not say of which group; add `in every group`, or which one.",
    ),
    ("several-measures", "The data have more than one measure; choose one with `measure`."),
    (
        "several-sheets",
        "Several sheets of a spreadsheet have data and the first was read; name one with `sheet`.",
    ),
    (
        "several-subjects",
        "A file with several subjects cannot be called by one name; leave them their own names.",
    ),
    (
        "several-values",
        "There are several values for one subject and date; choose a group, or set `combine`.",
    ),
    (
        "shade-outside",
        "A shaded time lies outside what the figure draws; correct its dates, or leave it out.",
    ),
    (
        "shared-gallery",
        "Two manifests of a folder write their galleries under one name; give one another `dir` in `[output]`.",
    ),
    ("short-average", "A subject has too few values in a row to be averaged; use a smaller `average`."),
    ("short-rows", "Rows are shorter than the header, which leaves gaps; look whether the file is complete."),
    ("similar-colors", "Two colours are hard to tell apart for some readers; choose another one."),
    (
        "similar-greys",
        "Two lines that cross print in one grey; choose a lighter or darker colour for one of them.",
    ),
    (
        "similar-names",
        "Two names differ only in capitals or blanks and were read as two; spell a name the same in all rows.",
    ),
    ("single-cell", "The file has one cell; add a header and rows."),
    ("special-file", "A folder, a link or a device is in the way of a file; remove it, or write elsewhere."),
    ("spreadsheet", "The file is a workbook that is not read; save the sheet as CSV."),
    (
        "stars-without-dates",
        "The list says who gave stars and not when; ask GitHub for them with the header the hint names.",
    ),
    ("subject-without-data", "A subject has no value in what is drawn; take it out of `subjects`."),
    ("sum-too-large", "Values are too large to be added; look whether they are right."),
    ("time-without-day", "A cell has a time of day and no day; write the day before it."),
    ("title-with-stop", "A title ends with a stop, which a headline has not; leave it out."),
    ("to-before-from", "A figure ends before it begins; exchange `from` and `to`."),
    ("too-little-left", "Nothing would remain without the last period; keep it."),
    ("too-long", "A text or a key is longer than can be read; shorten it."),
    (
        "too-many-cells",
        "A row has more cells than the header; name the further column, or put a cell that holds the delimiter in quotes.",
    ),
    (
        "truncated-list",
        "The file holds a part of a longer list, so its counts are too low; get the rest as the hint says.",
    ),
    ("two-keys", "Two keys say the same thing in two ways; keep one of them."),
    (
        "two-values",
        "There are two values for one subject and date; remove one, or name the column that tells them apart.",
    ),
    (
        "unanchored-exports",
        "Each export is scaled to its own highest value; put the same term into all and name it as the anchor.",
    ),
    (
        "unanchored-series",
        "Each series was scaled to its own highest value, so that they do not compare; export them in one comparison.",
    ),
    (
        "uncheckable-claim",
        "The data lack what a claim speaks of; correct its names and dates, or leave it out.",
    ),
    ("unclear-dates", "Day and month cannot be told apart in any date; write the dates as 2020-01-31."),
    (
        "unclear-period",
        "A half, fiscal year or season begins at a date that only its author knows; write the month it begins with.",
    ),
    (
        "unclear-separator",
        "Commas or points could be decimal or separate thousands; write thousands without a separator.",
    ),
    ("unclear-sign", "Every number of a column is marked as negative; the marks may mean something else."),
    (
        "unclosed-quote",
        "A quoted cell is never closed; close it, or double a quote that belongs to the text.",
    ),
    (
        "uncounted-formulas",
        "Formulas of a spreadsheet were saved without values; open it, and save it again.",
    ),
    ("undecided-claim", "The data neither bear out nor contradict a claim; claim only what they can show."),
    ("unexpected-value", "A value of the JSON is not what stands there in other records; correct it."),
    (
        "unfilled-placeholder",
        "The data have not one answer to a placeholder; say more closely which value is meant.",
    ),
    (
        "unfit-base",
        "The base of an index has no value of somebody, or one too near zero; choose another date.",
    ),
    ("unknown-chart", "There is no such kind of chart; use one that the hint names."),
    ("unknown-column", "The file has no column of this name; use one of those it has."),
    ("unknown-dataset", "The manifest declares no dataset of this name; correct it, or declare it."),
    ("unknown-ending", "The ending of a file says what is written; use `.svg` or `.png`."),
    ("unknown-figure", "The manifest has no figure of this name; use one that the hint names."),
    ("unknown-group", "The data have no group of this name; use one that the hint names."),
    ("unknown-json", "The JSON is of no kind that popchart knows; write the numbers as CSV."),
    ("unknown-key", "A table of the manifest has no such key; use one of those it knows."),
    ("unknown-measure", "The data have no measure of this name; use one that the hint names."),
    ("unknown-placeholder", "There is no such placeholder; use one of those that the hint names."),
    ("unknown-sheet", "The file has no sheet of this name; use one that the hint names."),
    (
        "unknown-subject",
        "Neither the manifest nor the data have a subject of this name; correct it, or declare it.",
    ),
    ("unknown-word", "A key takes one of a few words and this is none of them; use one that the hint names."),
    (
        "unlike-exports",
        "Exports differ in region or step; export all of the same region and over the same time.",
    ),
    ("unlike-files", "Files do not fit on one axis; draw each alone, or choose a measure that all have."),
    ("unmatched-brace", "A brace in a text begins or ends no placeholder; double it to print it."),
    (
        "unmatched-leave-out",
        "The file has no column and no row of a name that `leave_out` has; write it as the file does.",
    ),
    ("unmatched-only", "No row has the text that `only` keeps; write it as the column has it."),
    ("unmatched-pattern", "No file is like the pattern; write it relative to the manifest's folder."),
    ("unnamable-data", "A manifest cannot name these data; save them in a file with a plain name."),
    ("unnamed-events", "Events have no room for their labels; mark fewer, or give them shorter labels."),
    ("unplaced-words", "Words at a value or a time have no room; make them shorter, or the figure larger."),
    (
        "unranked-subject",
        "A placeholder ranks at a date at which somebody shown has no value; name a date at which all have one.",
    ),
    ("unread-dataset", "The dataset of a panel could not be read; correct what was told of it."),
    ("unreadable-file", "A file could not be read; check its path and its permissions."),
    (
        "unreadable-manifest",
        "The manifest could not be read; name it with `--manifest`, or work in its folder.",
    ),
    ("unremovable-file", "A file could not be removed; check its folder and its permissions."),
    (
        "unsuitable-basis",
        "What is counted cannot be added or averaged so; combine it as the hint says, or leave the key out.",
    ),
    ("unsuitable-chart", "The data do not suit the kind of chart; use the one that the hint names."),
    ("unsuitable-values", "Some values do not allow what is asked for; do what the hint says."),
    (
        "unsuited-key",
        "A key of a dataset says of a file what it cannot have; leave the key out, or correct it.",
    ),
    (
        "untested-number",
        "A title has a number that no placeholder or claim holds against the data; use a placeholder, or claim it.",
    ),
    (
        "untested-ranking",
        "A title ranks what no placeholder or claim holds against the data; use a placeholder, or claim it.",
    ),
    ("unusable-key", "A key means nothing in a chart of this kind; use what the hint names."),
    (
        "unusable-name",
        "A figure's key cannot name a file on every system; use small letters, digits, `-` and `_`.",
    ),
    ("unusual-archive", "A packed file needs a dictionary or much memory; unpack it by hand."),
    ("unwritable-file", "A file could not be written; check its folder and its permissions."),
    ("web-page", "The file is a web page or other markup; download the data themselves."),
    ("weights-not-one", "The weights of a score do not sum to 1; change them as the hint says."),
    ("wrong-encoding", "The file is in another encoding than it says, or in a rare one; save it as UTF-8."),
    ("wrong-value", "A key of the manifest takes another kind of value; write what is expected."),
];
