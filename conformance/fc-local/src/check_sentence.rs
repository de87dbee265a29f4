//! A failed check as one sentence.

use fcgate_cases::judge::{Check, Value};
use fcgate_text::visible;

/// What was expected and what was found.
pub(super) fn sentence(check: &Check) -> String {
    let side = |side: Option<&Value>| {
        let text = side.map_or_else(|| "nothing".to_owned(), Value::to_string);
        visible::line(&text, 200)
    };
    let (expected, actual) = (side(check.expected.as_ref()), side(check.actual.as_ref()));
    format!("{}: expected {expected}, got {actual}", check.id)
}
