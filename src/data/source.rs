//! What a recognised format says of its values: who counted them, and whether those of two files compare.

/// The name that the data room gives to the measure of a table that names only subjects.
pub const UNNAMED_MEASURE: &str = "value";

/// Who counted, where the format says so.
#[must_use]
pub fn publisher(format: &str) -> Option<&'static str> {
    Some(match format {
        "pytrends" | "gtrendsR" => "Google Trends",
        "star-history" | "daily-stars-explorer" | "gh-archive" => "GitHub",
        "npm-downloads" => "npm",
        "pypistats" | "pepy" => "PyPI",
        "crates-io" => "crates.io",
        "hugging-face" => "Hugging Face",
        "pypl" => "PYPL",
        "tiobe" | "tiobe-ranks" => "TIOBE",
        "indeed-hiring-lab" => "Indeed Hiring Lab",
        "arxiv-submissions" => "arXiv",
        "stack-exchange" => "Stack Exchange",
        _ if format.starts_with("google-trends") => "Google Trends",
        _ if format.starts_with("github-") => "GitHub",
        _ => return None,
    })
}

/// Whether values are scaled to the highest of their own export, so that those of two exports do not compare.
#[must_use]
pub fn is_scaled(format: &str) -> bool {
    let counts = format == "google-trends-now" || is_shared_out(format);
    publisher(format) == Some("Google Trends") && !counts
}

/// Whether values are shares of what was searched in each place, and add up to 100 % there.
#[must_use]
pub fn is_shared_out(format: &str) -> bool {
    format == "google-trends-map-shares"
}
