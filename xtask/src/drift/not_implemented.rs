//! Reads `fixtures/not-implemented.json`: what our crates leave out on purpose.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// The operations that our crates leave out, each with its reason.
pub(super) struct NotImplemented(BTreeMap<(String, String), String>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "source")]
    _source: String,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    reason: String,
    revision: String,
    operations: Vec<String>,
}

impl NotImplemented {
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let with_path = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|error| with_path(&error))?;
        Self::parse(&text).map_err(|error| with_path(&error))
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let document: Document = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut found = BTreeMap::new();
        for entry in document.entries {
            if entry.reason.trim().is_empty() {
                return Err(format!("{:?} has no reason", entry.operations));
            }
            for operation in entry.operations {
                let id = (entry.revision.clone(), operation);
                if let Some(other) = found.insert(id.clone(), entry.reason.clone()) {
                    return Err(format!(
                        "{} {} is listed twice, also for: {other}",
                        id.0, id.1
                    ));
                }
            }
        }
        Ok(Self(found))
    }

    pub(super) fn contains(&self, operation: &(String, String)) -> bool {
        self.0.contains_key(operation)
    }

    pub(super) fn operations(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.keys()
    }
}
