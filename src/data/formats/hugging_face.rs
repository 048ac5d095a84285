//! Models and datasets of Hugging Face.

use serde_json::Value as Json;

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::rows::json::answer::{Answer, count, text};

const FORMAT: &Format = &Format {
    name: "hugging-face",
    publisher: Some("Hugging Face"),
    basis: |name, _| match name {
        // Of the 30 days before the answer.
        "downloads" => Some(Basis::Window),
        _ => Some(Basis::Cumulative),
    },
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let is_known = values.first().is_some_and(is_model);
        if is_known {
            models(answer, values);
        }
        is_known
    },
    ..UNKNOWN
};

/// Whether a value is a model.
fn is_model(value: &Json) -> bool {
    let named = text(value, &["id", "modelId"]).is_some();
    named && value.get("downloads").is_some() && value.get("likes").is_some()
}

/// Models, or datasets, of Hugging Face.
fn models(answer: &mut Answer<'_, '_, '_>, values: &[Json]) {
    answer.findings.note("Downloads are those of the 30 days before the answer.");
    for value in values {
        let Some(name) = text(value, &["id", "modelId"]) else { continue };
        let subject = answer.builder.subjects.index(name);
        for key in ["downloads", "likes"] {
            if let Some(value) = count(value, &[key]) {
                let measure = answer.builder.measures.index(key);
                answer.push(None, subject, measure, value);
            }
        }
    }
}
