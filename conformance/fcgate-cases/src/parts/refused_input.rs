//! The part of `input-check` that refuses an invalid input.

use fcgate_protocol::{capability, part};
use serde::Serialize;
use serde_json::Value;

use crate::corpus::Case;

/// Returns the part that refuses the input of a case; nothing if the case does not need `input-check`.
pub(super) fn part(case: &Case, given: &impl Serialize) -> Vec<&'static str> {
    let needs_check = case
        .needs
        .iter()
        .any(|name| name == capability::INPUT_CHECK);
    let fault = case.fault.as_deref().unwrap_or_default();
    let fault = fault.strip_prefix("/given").unwrap_or(fault);
    if !needs_check || fault.is_empty() {
        return Vec::new();
    }
    let given = serde_json::to_value(given).unwrap_or_default();
    if given.pointer(fault).is_some_and(has_control_byte) {
        return vec![part::INPUT_CHECK_CONTROL];
    }
    let is_below = |start: &str| fault.starts_with(start);
    let part = if is_below("/headers") || is_below("/input/headers") {
        part::INPUT_CHECK_HEADERS
    } else if is_below("/credentials") {
        part::INPUT_CHECK_CREDENTIALS
    } else if is_below("/input/invocation_type") || is_below("/input/log_type") {
        part::INPUT_CHECK_OPTIONS
    } else if is_below("/input") {
        part::INPUT_CHECK_NAMES
    } else if is_below("/url") || is_below("/expires") || is_below("/endpoint") {
        part::INPUT_CHECK_URLS
    } else {
        return Vec::new();
    };
    vec![part]
}

/// Whether a text in the value has a byte that no header value may have.
fn has_control_byte(value: &Value) -> bool {
    match value {
        Value::String(text) => text
            .bytes()
            .any(|byte| byte.is_ascii_control() && byte != b'\t'),
        Value::Array(items) => items.iter().any(has_control_byte),
        _ => false,
    }
}
