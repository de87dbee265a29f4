//! The verdict of results.

mod cases;
mod flags;
mod lacks;
mod runs;
