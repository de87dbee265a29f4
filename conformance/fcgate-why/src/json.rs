//! An explanation as JSON.

use serde_json::{Map, Value, json};

use fcgate_cases::judge::Difference;

use super::{Cause, Explanation};

impl Explanation {
    /// The explanation as JSON: `signature`, `scheme`, `stages`, `causes` and what else is known.
    ///
    /// Its form is published in `conformance/schema/why.schema.json`.
    pub fn json(&self) -> Value {
        let stages = &self.stages;
        let mut shown = Map::new();
        for (name, stage) in [
            ("canonical_headers", &stages.canonical_headers),
            ("canonical_resource", &stages.canonical_resource),
            ("canonical_request", &stages.canonical_request),
            ("string_to_sign", &stages.string_to_sign),
        ] {
            if let Some(stage) = stage {
                shown.insert(name.to_owned(), json!(stage));
            }
        }
        let mut out = json!({
            "schema": 1,
            "signature": self.signature.name(),
            "scheme": self.scheme.name(),
            "stages": shown,
            "causes": causes(&self.causes),
        });
        let mut put = |name: &str, value: Value| {
            if let Value::Object(out) = &mut out {
                out.insert(name.to_owned(), value);
            }
        };
        if let Some(reason) = &self.reason {
            put("reason", json!(reason));
        }
        if !self.alternatives.is_empty() {
            let alternatives: Vec<Value> = self
                .alternatives
                .iter()
                .map(|alternative| causes(alternative))
                .collect();
            put("alternatives", json!(alternatives));
        }
        if let Some(server) = &self.server {
            let mut word = json!({
                "string_to_sign": server.string_to_sign,
                "agrees": server.difference.is_none(),
            });
            if let (Some(difference), Value::Object(word)) = (&server.difference, &mut word) {
                word.insert("first_difference".to_owned(), difference_json(difference));
            }
            put("server", word);
        }
        if !self.problems.is_empty() {
            let problems = self.problems.iter();
            let problems: Vec<Value> = problems
                .map(|problem| json!({"name": problem.name, "text": problem.text}))
                .collect();
            put("problems", json!(problems));
        }
        if let Some(answer) = &self.answer {
            put(
                "response",
                json!({
                    "status": answer.status,
                    "code": answer.code,
                    "message": answer.message,
                    "meaning": answer.meaning,
                }),
            );
        }
        if let Some(search) = &self.search {
            put(
                "search",
                json!({
                    "computations": search.computations,
                    "exhausted": search.is_exhausted,
                }),
            );
        }
        if let Some(seconds) = self.clock_skew_seconds {
            put("clock_skew_seconds", json!(seconds));
        }
        if !self.notes.is_empty() {
            put("notes", json!(self.notes));
        }
        out
    }
}

fn causes(causes: &[Cause]) -> Value {
    let cause = |cause: &Cause| {
        let mut out = json!({
            "mutant": cause.mutant,
            "summary": cause.summary,
            "code": cause.code,
            "proven": cause.is_proven,
        });
        if let Value::Object(out) = &mut out {
            if let Some(signed) = &cause.signed {
                out.insert("signed".to_owned(), json!(signed));
            }
            if let Some(difference) = &cause.difference {
                out.insert("first_difference".to_owned(), difference_json(difference));
            }
        }
        out
    };
    causes.iter().map(cause).collect()
}

fn difference_json(difference: &Difference) -> Value {
    json!({
        "offset": difference.offset,
        "line": difference.line,
        "column": difference.column,
        "sentence": difference.sentence(),
    })
}
