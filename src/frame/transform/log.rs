//! A logarithmic scale: equal distances are equal ratios. The values stay what they are.
//!
//! It must not know how the scale is drawn.

use super::transformation::{Asked, Transformation};
use crate::data::Refusal;
use crate::diag::Report;
use crate::figure::Look;
use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::roster::Who;
use crate::frame::row::{Row, drawn_at};
use crate::frame::wording::plain_number;
use crate::spec::Takes;
use crate::time::moment::Moment;

pub(super) struct Log;

impl Transformation for Log {
    fn key(&self) -> &'static str {
        "log"
    }

    fn takes(&self) -> Takes {
        Takes::Switch
    }

    fn apply(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) -> Option<()> {
        if frame.basis.lower_is_better() {
            let refusal = Refusal { reason: "ranks have no ratios", instead: "leave `log` out" };
            report.push(asked.refusal("draw ranks on a logarithmic scale", refusal));
            return None;
        }
        frame.facts.push(Fact::stated("logarithmic scale", &["logarithmic", "log scale"]));
        Some(())
    }

    fn judge(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) {
        let below_one = asked.spec.below_one;
        let drawn =
            |row: &&Row| row.group.is_none() && frame.is_within(row.at) && frame.drawn.contains(&row.who);
        let all = || frame.rows.iter().chain(&frame.raw).filter(drawn);
        let value = |row: &Row| drawn_at(row.value, below_one);
        let low: Vec<(&Row, f64)> =
            all().filter_map(|row| Some((row, value(row)?))).filter(|(_, value)| *value <= 0.0).collect();
        let Some((first, least)) = low.first() else { return };
        let label = asked.label(first.who);
        let when = first.period.map(|period| format!(" at {period}")).unwrap_or_default();
        let more = match low.len() - 1 {
            0 => String::new(),
            1 => ", and one more value is no more".into(),
            more => format!(", and {more} more values are no more"),
        };
        let message = format!(
            "cannot draw {} on a logarithmic scale: {label} is {}{when}{more}",
            frame.measure,
            plain_number(*least)
        );
        let fault = asked.error("not-above-zero", message);
        // Who has some before anybody is above zero to stay begins too early.
        let last = low.iter().filter_map(|(row, _)| row.at).max();
        let after = last.and_then(|last| all().filter_map(|row| row.at).filter(|at| *at > last).min());
        let of: Vec<Who> = {
            let mut of: Vec<Who> = low.iter().map(|(row, _)| row.who).collect();
            of.dedup();
            of
        };
        let begins = |at: Moment| frame.date(at);
        let is_bound = low.iter().all(|(row, _)| !matches!(row.value, crate::data::Value::Number(_)));
        report.push(match after {
            _ if is_bound => fault.hint("use `below_one = 0.5`, or leave `log` out"),
            Some(at) if asked.spec.places.has("since-start") => fault
                .hint(format!("leave `log` or `since-start` out: all are above zero from {} on", begins(at))),
            Some(at) => {
                let value = begins(at);
                fault.hint(format!("begin with `from = \"{value}\"`, or leave `log` out"))
            }
            None => fault.hint(format!("take {} out of `subjects`, or leave `log` out", asked.some(of))),
        });
    }

    fn shape(&self, look: &mut Look) {
        look.extras.log = true;
    }
}
