//! Counts the cases of each status.

use std::collections::BTreeMap;

use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};

use fcgate_cases::judge::{CaseResult, Status};

/// The number of cases of each status, including zeros.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Counts(BTreeMap<Status, usize>);

impl Counts {
    /// Counts these results.
    pub fn of<'a>(results: impl IntoIterator<Item = &'a CaseResult>) -> Self {
        let mut counts = BTreeMap::new();
        for result in results {
            *counts.entry(result.status).or_default() += 1;
        }
        Self(counts)
    }

    /// The number of cases with this status.
    pub fn get(&self, status: Status) -> usize {
        self.0.get(&status).copied().unwrap_or(0)
    }
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Status::ALL.len()))?;
        for status in Status::ALL {
            map.serialize_entry(status.name(), &self.get(status))?;
        }
        map.end()
    }
}
