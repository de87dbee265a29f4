//! Prints the result of every transport for every kind of fault in every phase of an exchange.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "shares its modules with the tests"
)]
#![expect(
    dead_code,
    unused_imports,
    reason = "the tests use more of the shared modules"
)]

use std::io::{self, Write as _};
use std::process::ExitCode;

#[path = "../tests/transports/backends/mod.rs"]
mod backends;
#[path = "../tests/transports/matrix/mod.rs"]
mod matrix;

use backends::{Hyper, Reqwest, Ureq};
use matrix::{Cell, Summary, run, table};

fn main() -> io::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let mut all = Vec::new();
    for cells in [run::<Hyper>(), run::<Reqwest>(), run::<Ureq>()] {
        writeln!(out, "{}{}\n", table(&cells), Summary::of(&cells))?;
        all.extend(cells);
    }
    writeln!(
        out,
        "n/a: after a refused connection there is no later phase; within a body the head was already sent.\n"
    )?;
    for fault in all.iter().filter_map(Cell::fault) {
        writeln!(out, "unexpected: {fault}")?;
    }
    let summary = Summary::of(&all);
    writeln!(out, "all: {summary}")?;
    Ok(if summary.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
