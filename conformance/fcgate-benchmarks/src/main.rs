//! The benchmarks of the gate, in one process: cases, report writers, `why`, and a request to `serve`.
//!
//! `fcgate-benchmarks processes FCGATE ROUNDS [selftest]` prints the CPU time of whole runs of the program as JSON. The other
//! commands are those of `fc-benchmarks`. Every row is measured by CPU time only: most of them take milliseconds, and valgrind
//! would take minutes.
#![expect(clippy::print_stdout, reason = "the measurements are the product")]
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark panics if its own work does not succeed"
)]

mod exchange;
mod judged;
mod processes;
mod rows;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["processes", gate, rounds, rest @ ..] = words.as_slice() {
        let with_selftest = rest == ["selftest"];
        let measured = processes::measure(gate, rounds.parse().unwrap(), with_selftest);
        println!("{}", measured.unwrap());
        return ExitCode::SUCCESS;
    }
    fc_benchmarks::main_of(&rows::all())
}
