//! Statuses.

use fc_bad_inputs::{ACCEPT, Entry};
use fc_response::Outcome;

use crate::response::{outcome, rejected, response};

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    let found = outcome(response(entry));
    match entry.id() {
        "rs-010" => assert!(rejected(response(entry)).is_throttled()),
        "rs-019" => {
            let error = Outcome::from_response(response(entry)).unwrap_err();
            assert!(error.to_string().starts_with("not-fc: "), "{error}");
            assert_eq!(error.into_response().body(), response(entry).body());
        }
        _ => {}
    }
    accepted_as(entry, &found)
}

/// Compares an outcome with the remark of an accepted entry, which begins with its name.
pub(crate) fn accepted_as(entry: &Entry, found: &str) -> Result<(), String> {
    if found.starts_with("ResponseError:") {
        return entry.expect(found);
    }
    if entry.result() == ACCEPT && entry.remark().starts_with(found) {
        return Ok(());
    }
    Err(format!("expected {}, found {found}", entry.expected()))
}
