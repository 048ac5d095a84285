//! Models and datasets of Hugging Face.

use serde_json::Value as Json;

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::rows::json::answer::{Answer, text};

/// What is counted, and under which key.
const COUNTS: [(&str, &str); 3] =
    [("downloads", "downloads"), ("downloadsAllTime", "downloads of all time"), ("likes", "likes")];

const FORMAT: &Format = &Format {
    name: "hugging-face",
    publisher: Some("Hugging Face"),
    files: "JSON",
    obtained: "huggingface.co/api/models or /api/datasets, also with `expand=downloadsAllTime`",
    numbers: "downloads of the last 30 days, which overlap; downloads and likes of all time",
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
    let has = |key| value.get(key).is_some();
    let named = text(value, &["id", "modelId"]).is_some();
    named && (has("downloadsAllTime") || (has("downloads") && has("likes")))
}

/// Models, or datasets, of Hugging Face.
fn models(answer: &mut Answer<'_, '_, '_>, values: &[Json]) {
    if values.iter().any(|value| value.get("downloads").is_some()) {
        answer.findings.note("Downloads are those of the 30 days before the answer.");
    }
    for value in values {
        let Some(name) = text(value, &["id", "modelId"]) else { continue };
        let subject = answer.builder.subjects.index(name);
        for (key, measure) in COUNTS {
            if let Some(number) = answer.counted(value, key) {
                let measure = answer.builder.measures.index(measure);
                answer.push(value, None, subject, measure, number);
            }
        }
    }
}
