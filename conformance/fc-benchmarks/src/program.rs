//! The command line of a program with rows.
#![expect(clippy::print_stdout, reason = "the measurements are the product")]

use std::process::ExitCode;

use crate::row::{self, Row};
use crate::{native, timing};

/// Runs the command of the command line with these rows: `list`, `repeat ROW COUNT`, `time ROUNDS [ROW]` or
/// `native`.
pub fn main_of(rows: &[Row]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(rows, &words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => failure(&problem),
    }
}

fn run(rows: &[Row], words: &[&str]) -> Result<(), String> {
    match *words {
        ["list"] => println!("{}", row::to_json(rows)),
        ["time", rounds] => println!("{}", timing::measure(rows, number(rounds)?, |_| true)),
        ["time", rounds, name] => {
            let is_it = |row: &Row| row.name == name;
            println!("{}", timing::measure(rows, number(rounds)?, is_it));
        }
        ["repeat", name, count] => find(rows, name)?.repeat(number(count)?),
        ["native"] => println!("{}", native::count(rows)?),
        [native::STEPPED, name, count] => native::run_stepped(find(rows, name)?, number(count)?)?,
        _ => {
            return Err(
                "expected `list`, `repeat ROW COUNT`, `time ROUNDS` or `native`".to_owned(),
            );
        }
    }
    Ok(())
}

fn find<'a>(rows: &'a [Row], name: &str) -> Result<&'a Row, String> {
    let found = rows.iter().find(|row| row.name == name);
    found.ok_or_else(|| format!("expected a row of `list`, got {name:?}"))
}

fn number(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("expected a number greater than 0, got {text:?}"))
}

#[expect(clippy::print_stderr, reason = "the error of the command")]
fn failure(problem: &str) -> ExitCode {
    eprintln!("{problem}");
    ExitCode::FAILURE
}
