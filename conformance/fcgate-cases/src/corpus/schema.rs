//! The schema number.

/// The schema number of the case files and of the registry.
pub const SCHEMA: u32 = 1;
