//! `cargo xtask bench`: what operations of the protocol crates cost, compared with the least that they must cost.
//!
//! Instructions and allocations are counted under valgrind and repeat exactly, so they have budgets. Times are printed and
//! never fail a run; read their ratios.

mod budgets;
mod counts;
mod machine;
mod picture;
mod program;
mod table;

use budgets::Budgets;
use program::Program;
use table::{Format, Line};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Compare the counted instructions and allocations with fixtures/budgets.json, without measuring times
    #[arg(long)]
    check: bool,
    /// Write the counted instructions and allocations to fixtures/budgets.json, and the picture of the rows that grow
    #[arg(long, conflicts_with = "check")]
    write: bool,
    /// Rounds of the measurement of times; each takes about a tenth of a second
    #[arg(long, default_value_t = 31, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rounds: u32,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[expect(clippy::print_stdout, reason = "the table is the product")]
pub(crate) fn run(args: &Args) -> Result<(), String> {
    if args.check {
        return check();
    }
    let program = Program::build()?;
    let counted = if counts::valgrind_is_installed() {
        Some(counts::of_all(&program)?)
    } else {
        println!("{}", counts::MISSING);
        None
    };
    if args.write {
        let counted = counted.ok_or("the budgets need valgrind")?;
        picture::write(&counted)?;
        return Budgets::of(&program.rows()?, &counted)?.write();
    }
    let lines = Line::all(
        &program.rows()?,
        &program.times(args.rounds)?,
        counted.as_ref(),
    )?;
    print!("{}", table::write(&lines, args.format)?);
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
    let program = Program::build()?;
    let counted = Budgets::of(&program.rows()?, &counts::of_all(&program)?)?;
    let budgets = Budgets::read()?;
    println!("{}", budgets.compare(&counted)?);
    Ok(())
}
