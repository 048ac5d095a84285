//! Why the columns of a table play their parts, in words. It must not know how that was decided.

/// Which columns play a part, why, and why no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// `date`, `subject`, `group` or `values`.
    pub role: &'static str,
    /// The columns that play it; none where something else does, or nothing.
    pub columns: Vec<String>,
    /// Why, the strongest reason first: sentences without their stops.
    pub because: Vec<String>,
    /// The other candidates, the best first, each with why it does not play the part.
    pub others: Vec<(String, String)>,
}
