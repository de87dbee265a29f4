//! From results to a verdict.

mod cases;
mod flags;
mod runs;
