//! Lists of known failures.

mod baseline;
mod failures;
mod file;
