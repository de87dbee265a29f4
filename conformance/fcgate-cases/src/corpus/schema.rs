//! The schema number of the corpus files.

/// The schema number of the case files and of the registry.
pub(super) const SCHEMA: u32 = 1;
