//! The fault matrix: every kind of fault in every phase of an exchange.

mod cell;
mod expected;
mod fault;
mod phase;
mod run;
mod stopwatch;
mod table;

pub(crate) use self::cell::Cell;
pub(crate) use self::run::run;
pub(crate) use self::table::{Summary, table};
