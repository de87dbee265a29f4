//! The rows of `cargo xtask bench`: operations of the protocol crates, and the floor that each is compared with.
//!
//! - `fc-benchmarks list` prints the rows as JSON.
//! - `fc-benchmarks repeat ROW COUNT` prepares a row and runs it COUNT times. Under valgrind, the difference between two counts
//!   is the cost of the row without its preparation.
//! - `fc-benchmarks time ROUNDS` prints the CPU time of each row and its ratio to the floor as JSON. The rows run in turn
//!   in each round, so that other work on the machine slows a row and its floor alike.
#![expect(clippy::print_stdout, reason = "the measurements are the product")]
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark panics if its own request is not valid"
)]

mod requests;
mod row;
mod rows;
mod timing;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let rows = rows::all();
    let number = |text: &str| text.parse().ok().filter(|number| *number > 0_u32);
    match words.as_slice() {
        ["list"] => println!("{}", row::to_json(&rows)),
        ["time", rounds] if number(rounds).is_some() => {
            println!("{}", timing::measure(&rows, number(rounds).unwrap_or(1)));
        }
        ["repeat", name, count] if number(count).is_some() => {
            let Some(row) = rows.iter().find(|row| row.name == *name) else {
                return usage(&format!("expected a row of `list`, got {name:?}"));
            };
            row.repeat(number(count).unwrap_or(1));
        }
        _ => return usage("expected `list`, `repeat ROW COUNT` or `time ROUNDS`"),
    }
    ExitCode::SUCCESS
}

#[expect(clippy::print_stderr, reason = "the error of the command")]
fn usage(problem: &str) -> ExitCode {
    eprintln!("fc-benchmarks: {problem}");
    ExitCode::FAILURE
}
