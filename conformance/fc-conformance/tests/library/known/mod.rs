//! Lists of known failures.

mod failures;
mod file;
mod proposal;
