//! How it is said whether a last period was complete.

use crate::data::{Completeness, Facts};

/// How it is known that a last period was complete, where it is only supposed.
pub(super) const NO_SIGN: &str = "nothing in the file says otherwise";

/// How it is known whether the last period was still running.
pub(super) fn partial_because(facts: &Facts) -> String {
    if facts.first.is_none() {
        return "the file has no dates".into();
    }
    match (facts.last_period_because.as_str(), facts.last_period) {
        ("", Completeness::Unsure) => "the file does not say when it was made".into(),
        ("", _) => NO_SIGN.into(),
        (because, _) => because.into(),
    }
}
