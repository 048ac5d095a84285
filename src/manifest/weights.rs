//! The weights of a composite: how much each panel counts. What they do is not known here.

use toml::de::DeValue;

use crate::diag;
use crate::figure::Kind;
use crate::frame::wording::plain_number;
use crate::kind;
use crate::manifest::table::{Reader, Table};
use crate::spec::{PanelSpec, Weight};

const BETTER: [(&str, bool); 2] = [("higher", false), ("lower", true)];

/// How far the sum of weights may be from 1: as far as decimals are from what they mean.
const OFF: f64 = 1e-9;

/// The weight of a panel.
pub(super) fn read(reader: &mut Reader<'_>, panel: &Table<'_, '_>) -> Option<Weight> {
    let less_is_better = reader.word(panel, "better", &BETTER).unwrap_or(false);
    let Some(value) = panel.get("weight") else {
        if panel.has("better") {
            let hint = "add `weight`, or leave `better` out";
            let message = "`better` needs `weight`";
            reader.error_with_hint("needs-another-key", panel.key_span("better"), message, hint);
        }
        return None;
    };
    let number = match value.get_ref() {
        DeValue::Integer(number) => number.as_str().parse::<f64>().ok(),
        DeValue::Float(number) => number.as_str().parse::<f64>().ok(),
        _ => None,
    };
    let Some(share) = number.filter(|share| *share > 0.0 && *share <= 1.0) else {
        reader.expected("weight", "a number above 0 and up to 1", value);
        return None;
    };
    Some(Weight { share, less_is_better })
}

/// That weights stand where they mean something, in every panel, and sum to 1.
pub(super) fn check(
    reader: &mut Reader<'_>,
    figure: &Table<'_, '_>,
    kind: Option<&'static Kind>,
    panels: &[PanelSpec],
) {
    let Some(kind) = kind else { return };
    let takes = kind::find(kind.name).is_some_and(|chart| chart.takes_weights());
    let before = reader.faults();
    for panel in panels {
        let cannot = |key: &str| {
            let message = format!("cannot use `{key}` in a {} chart", kind.name);
            diag::error("unusable-key", message).at(panel.places.of(key))
        };
        match (takes, panel.weight) {
            (false, Some(_)) => reader.push(cannot("weight").hint("use `chart = \"score\"`")),
            (true, None) if !panel.places.has("weight") => {
                let fault = diag::error("missing-key", "missing `weight` in a panel").at(panel.place.clone());
                reader.push(fault.hint("say how much it counts: the weights of all panels sum to 1"));
            }
            _ => {}
        }
        if takes && panel.missing.is_some() {
            reader.push(cannot("missing").hint("leave the panel out: a score needs all of its measures"));
        }
    }
    let is_whole = panels.iter().all(|panel| panel.weight.is_some());
    let sum: f64 = panels.iter().filter_map(|panel| panel.weight).map(|weight| weight.share).sum();
    if takes && is_whole && reader.faults() == before && !panels.is_empty() && (sum - 1.0).abs() > OFF {
        let sum = plain_number(libm::round(sum * 1e6) / 1e6);
        let message = format!("the weights sum to {sum}, expected 1");
        let hint = format!("divide each by {sum}, or change one of them");
        reader.error_with_hint("weights-not-one", figure.key_span("panels"), message, hint);
    }
}
