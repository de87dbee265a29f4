//! The rows of `cargo xtask bench`: what a measured operation is, how it is measured, and the operations of the protocol crates.
//!
//! Other packages measure their own rows with [`main_of`]: the benchmarks of the gate, and those of the peers.
//!
//! - `list` prints the rows as JSON.
//! - `repeat ROW COUNT` prepares a row and runs it COUNT times. Under valgrind, the difference between two counts
//!   is the cost of the row without its preparation.
//! - `time ROUNDS [ROW]` prints the CPU time of each row and its ratio to the floor as JSON. The rows run in turn
//!   in each round, so that other work on the machine slows a row and its floor alike.
//! - `native` prints the instructions that this processor executes for each row, counted in single steps, as JSON.
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::indexing_slicing,
    reason = "a benchmark panics if its own request is not valid"
)]

mod native;
mod program;
pub mod requests;
mod row;
mod rows;
mod timing;

pub use self::program::main_of;
pub use self::row::{Row, Work};
pub use self::rows::{all, signature};
