//! What a user says of the columns of a file. It must not know what any file has.

/// Which column plays which part; what is `None` is found out, and [`Facts::notes`](super::Facts::notes) says how.
/// Names are those of the header, compared without case; in JSON only `values` may be named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The date.
    pub date: Option<String>,
    /// Who is compared (long tables).
    pub subject: Option<String>,
    /// What splits the measure.
    pub group: Option<String>,
    /// The value columns to keep (all numeric ones when empty).
    pub values: Vec<String>,
    /// Columns that must not differ between observations drawn together (a query, a method).
    pub same: Vec<String>,
    /// Rows to keep: each column named here must hold one of these texts.
    pub only: Vec<(String, Vec<String>)>,
}
