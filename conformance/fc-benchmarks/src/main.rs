//! The benchmarks of the protocol crates.

use std::process::ExitCode;

fn main() -> ExitCode {
    fc_benchmarks::main_of(&fc_benchmarks::all())
}
