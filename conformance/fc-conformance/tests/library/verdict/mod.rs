//! The verdict of results.

mod cases;
mod flags;
mod runs;
