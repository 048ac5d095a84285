//! What every code of a diagnostic means, and what to do about it.
//!
//! A code never changes its meaning: programs tell diagnostics apart by it.

/// The codes in order, each with what it means and what to do.
pub const CODES: &[(&str, &str)] = &[];
