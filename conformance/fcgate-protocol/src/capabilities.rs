//! The capabilities that an implementation declares.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::capability;

/// A set of capability names. Names that protocol 1 does not define are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Capabilities(BTreeSet<String>);

impl Capabilities {
    /// Returns the empty set.
    pub fn none() -> Self {
        Self::default()
    }

    /// Returns every capability of protocol 1.
    pub fn all() -> Self {
        capability::ALL.into_iter().collect()
    }

    /// Adds one name.
    pub fn insert(&mut self, name: impl Into<String>) {
        self.0.insert(name.into());
    }

    /// Returns whether the set contains the name.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Returns the names, sorted by bytes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<S: Into<String>> FromIterator<S> for Capabilities {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        Self(names.into_iter().map(Into::into).collect())
    }
}
