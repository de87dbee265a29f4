//! The form of an error body: one of the service's, or another.

use fcgate_protocol::part;
use serde_json::{Map, Value};

/// An error body, read as far as its form needs.
pub(super) struct ErrorBody(Map<String, Value>);

/// The members of each form, with the field of the outcome that they give.
const FORMS: [(&str, &[(&str, &str)]); 3] = [
    (
        part::PARSE_ERROR_CODE_BODIES,
        &[("ErrorCode", "code"), ("ErrorMessage", "message")],
    ),
    (
        part::PARSE_CODE_BODIES,
        &[
            ("Code", "code"),
            ("Message", "message"),
            ("RequestId", "request_id"),
            ("RequestID", "request_id"),
        ],
    ),
    (
        part::PARSE_LOWER_CAMEL_BODIES,
        &[
            ("errorCode", "code"),
            ("errorMessage", "message"),
            ("code", "code"),
            ("message", "message"),
            ("requestId", "request_id"),
        ],
    ),
];

impl ErrorBody {
    /// Reads a body. A body that is not a JSON object has no members.
    pub(super) fn read(body: &[u8]) -> Self {
        Self(serde_json::from_slice(body).unwrap_or_default())
    }

    /// The part that reads this form.
    pub(super) fn part(&self) -> &'static str {
        self.form()
            .map_or(part::PARSE_FOREIGN_BODIES, |(part, _)| part)
    }

    /// Whether the body has a text for a field of the outcome.
    pub(super) fn has(&self, field: &str) -> bool {
        self.texts(field).next().is_some()
    }

    /// Whether the body has this text for a field of the outcome.
    pub(super) fn has_text(&self, field: &str, text: &str) -> bool {
        self.texts(field).any(|other| other == text)
    }

    fn texts(&self, field: &str) -> impl Iterator<Item = &str> {
        let members = self.form().into_iter().flat_map(|(_, members)| members);
        members
            .filter(move |(_, of)| *of == field)
            .filter_map(|(name, _)| self.text(name))
    }

    fn form(&self) -> Option<(&'static str, &'static [(&'static str, &'static str)])> {
        let is_of = |(_, members): &(_, &[(&str, _)])| {
            members.iter().any(|(name, _)| self.text(name).is_some())
        };
        FORMS.into_iter().find(is_of)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }
}
