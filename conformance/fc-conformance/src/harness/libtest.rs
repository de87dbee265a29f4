//! A runner for tests that are values, with the command line of `cargo test`'s own runner, libtest.
//!
//! Rust has no stable way to give tests to libtest itself. Libraries that reimplement it depend on a general
//! command-line parser, and this package is a dev-dependency of SDKs.

mod arguments;
mod printer;
mod run;
mod summary;
mod test;

pub(super) use self::arguments::{Arguments, ArgumentsError, Task, usage};
pub(super) use self::run::{list, run};
pub(super) use self::test::{Outcome, Test};
