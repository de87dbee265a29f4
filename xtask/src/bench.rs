//! `cargo xtask bench`: what operations cost, compared with the least that they must cost and with other libraries.
//!
//! Instructions and allocations of the protocol crates repeat exactly, so they have budgets. Times are printed and
//! never fail a run; read their ratios.

mod axis;
mod budgets;
mod counts;
mod languages;
mod line;
mod machine;
mod part;
mod picture;
mod place;
mod program;
mod section;
mod table;

use budgets::Budgets;
use part::Part;
use program::Program;
use section::Measured;
use table::Format;

#[derive(clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
pub(crate) struct Args {
    /// What is measured; everything without this
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// Compare the counted instructions and allocations with fixtures/budgets.json, without measuring times
    #[arg(long)]
    check: bool,
    /// Write the counted instructions and allocations to fixtures/budgets.json
    #[arg(long, conflicts_with = "check")]
    write: bool,
    /// Also draw the pictures of growth, into docs/pictures
    #[arg(long)]
    pictures: bool,
    /// Also measure the self-test of the gate, which takes minutes
    #[arg(long)]
    selftest: bool,
    /// Rounds of the measurement of times, instead of those of each part
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rounds: Option<u32>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[expect(clippy::print_stdout, reason = "the table is the product")]
pub(crate) fn run(args: &Args) -> Result<(), String> {
    if args.check {
        return check();
    }
    if args.write {
        return write();
    }
    let mut measured = Measured::default();
    for part in Part::ALL {
        if args.parts.is_empty() || args.parts.contains(&part) {
            part.measure(args.rounds, args.selftest, &mut measured);
        }
    }
    print!("{}", table::write(&measured, args.format)?);
    if args.pictures {
        picture::write_all(&measured.points)?;
    }
    Ok(())
}

/// Compares the counts with the budgets; without valgrind it only says so.
#[expect(
    clippy::print_stdout,
    reason = "the result is for the reader of the log"
)]
pub(crate) fn check() -> Result<(), String> {
    if !counts::valgrind_is_installed() {
        println!("{}", counts::MISSING);
        return Ok(());
    }
    println!("{}", Budgets::read()?.compare(&counted()?)?);
    Ok(())
}

fn write() -> Result<(), String> {
    if !counts::valgrind_is_installed() {
        return Err("the budgets need valgrind".to_owned());
    }
    counted()?.write()
}

fn counted() -> Result<Budgets, String> {
    let program = Program::build("fc-benchmarks")?;
    let rows = program.rows()?;
    Budgets::of(&rows, &counts::of_all(&program, &rows)?)
}
