//! Reads the catalogue.

use std::path::Path;

use serde_json::Value;

use crate::Entry;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/bad-inputs.json"
);

/// Returns all entries, in the order of the file.
///
/// # Panics
///
/// If the file cannot be read, is not JSON, or an entry lacks a field.
pub fn entries() -> Vec<Entry> {
    let text = std::fs::read_to_string(Path::new(FILE))
        .unwrap_or_else(|error| panic!("{FILE} cannot be read: {error}"));
    let catalogue: Value = serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{FILE} is not valid JSON: {error}"));
    let list = |name: &str| {
        catalogue
            .get(name)
            .and_then(Value::as_array)
            .unwrap_or_else(|| panic!("{FILE} has no list `{name}`"))
    };
    let mut entries: Vec<Entry> = list("entries").iter().map(Entry::read).collect();
    for deviation in list("deviations") {
        let id = deviation.get("id").and_then(Value::as_str);
        let found = entries.iter_mut().find(|entry| Some(entry.id()) == id);
        found
            .unwrap_or_else(|| panic!("{deviation}: no such entry"))
            .deviate(deviation);
    }
    entries
}
