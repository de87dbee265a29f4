//! Sets of names: the capabilities that an implementation declares, and the parts that it lacks.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::capability;

/// A set of capability names, or of part names. Names that protocol 1 does not define are kept.
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

    /// Returns whether the set has no name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one name.
    pub fn insert(&mut self, name: impl Into<String>) {
        self.0.insert(name.into());
    }

    /// Returns whether the set contains the name.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Removes one name.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
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
