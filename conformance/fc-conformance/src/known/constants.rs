//! The name of the file and the limits of its entries.

/// The most days between the day on which an entry was added and the day on which it expires.
pub const MAX_DAYS: i32 = 180;

/// The days after which an entry of a baseline expires.
pub const BASELINE_DAYS: i32 = 90;

/// The name of the file in which a project keeps its known failures.
pub const FILE: &str = "fcgate-known.toml";

/// The issue of an entry that has no issue yet.
pub const UNFILED: &str = "unfiled";
