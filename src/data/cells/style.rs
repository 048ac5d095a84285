//! What a column has decided of its dates, which a single cell cannot say. It must not know how that is found out.

/// What bare numbers of a column are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Bare {
    /// Numbers.
    #[default]
    No,
    /// `2020`
    Year,
    /// `202001`
    Month,
    /// `20200131`
    Day,
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Milliseconds,
    /// Days of a spreadsheet, of which the first is the last of 1899.
    Serial,
}

/// What a column has decided of its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    /// `3/4/2020` is 3 April.
    pub(crate) day_first: bool,
    /// `20/3/4` is 4 March 2020.
    pub(crate) year_first: bool,
    /// `2020-05` is the fifth week.
    pub(crate) weeks: bool,
    /// What bare numbers are.
    pub(crate) bare: Bare,
    /// Dates count time since 1970-01-01 00:00 UTC, so that the zone they name matters.
    pub(crate) ages: bool,
    /// The first of the hundred years that two digits are.
    pub(crate) since: u32,
    /// The month that fiscal years begin with, from 1.
    pub(crate) year_starts: u32,
    /// Halves and fiscal years are dates, as they are where a column has no other ones.
    pub(crate) spans: bool,
    /// `2010-11` is a fiscal year.
    pub(crate) seasons: bool,
    /// Times in UTC are midnights somewhere, and so the days there.
    pub(crate) midnights: bool,
    /// Moments are counted on the clock that is so many seconds ahead of UTC, because the cells name several.
    pub(crate) clock: Option<i64>,
}

impl Default for Style {
    fn default() -> Self {
        Style {
            day_first: false,
            year_first: false,
            weeks: false,
            bare: Bare::No,
            ages: false,
            since: 1970,
            year_starts: 1,
            spans: true,
            seasons: false,
            midnights: false,
            clock: None,
        }
    }
}
