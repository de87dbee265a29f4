//! `cargo xtask fuzz SECONDS [TARGET…]`: runs the fuzz targets of `conformance/fuzz` one after the other.
//!
//! What a target asserts is in `conformance/fc-fuzz-checks`. The committed inputs are replayed by the ordinary tests; this
//! command looks for new ones. They go into `target/fuzz/corpus`, and a later run continues with them.

mod campaign;
mod statistics;
mod tools;

use crate::programs;
use tools::Tools;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How long each target runs, in seconds
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// The targets; all without this
    targets: Vec<String>,
    /// End a target earlier, after so many executions
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    executions: Option<u64>,
    /// The sanitizer that the programs are built with: `address` finds mistakes in dependencies with unsafe code, `none` is faster
    #[arg(long, value_enum, default_value_t = Sanitizer::None)]
    sanitizer: Sanitizer,
    /// Leave out the targets of the gate, whose build takes many times that of the others
    #[arg(long)]
    protocol: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Sanitizer {
    None,
    Address,
}

impl Sanitizer {
    fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Address => "address",
        }
    }
}

#[expect(clippy::print_stdout, reason = "the table is the product")]
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let tools = Tools::find()?;
    let programs = tools.build(args.sanitizer.name(), !args.protocol)?;
    let campaigns = campaign::select(&programs, &args.targets)?;
    println!("{}", statement(args)?);
    println!(
        "| target | executions | per second | new inputs | crashes |\n| --- | --- | --- | --- | --- |"
    );
    let mut failures = Vec::new();
    for campaign in campaigns {
        let result = campaign.run(args.seconds, args.executions)?;
        println!("{}", result.row(&campaign.name));
        failures.extend(result.crash);
    }
    match failures.as_slice() {
        [] => Ok(()),
        _ => Err(failures.join("\n")),
    }
}

/// What the figures of a table are about.
fn statement(args: &Args) -> Result<String, String> {
    let commit = programs::output(&["git", "describe", "--always", "--dirty", "--exclude=*"])?;
    let (commit, seconds) = (commit.trim(), args.seconds);
    let sanitizer = args.sanitizer.name();
    let end = match args.executions {
        None => format!("{seconds} s"),
        Some(executions) => format!("{executions} executions, or {seconds} s"),
    };
    Ok(format!(
        "commit {commit}, {end} for each target, sanitizer: {sanitizer}"
    ))
}
