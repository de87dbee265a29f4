//! `cargo xtask coverage [PACKAGE…]`: which lines the tests run, compared with the limits in `xtask/coverage.toml`.
//!
//! The tests of a package are built with the counters of the compiler (`-C instrument-coverage`), run, and their counts are merged
//! with the `llvm-tools` of the toolchain. A line of a test module does not count, because it always runs. Tests in documentation do not count
//! either: only a nightly compiler can measure them.

mod limits;
mod lines;
mod measurement;
mod source;
mod stray_counts;

use limits::{Limits, Part};
use lines::Counts;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The packages or parts with a limit; all without this
    parts: Vec<String>,
}

#[expect(clippy::print_stdout, reason = "the table is the product")]
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let limits = Limits::read()?;
    let parts = limits.select(&args.parts)?;
    let mut failures = Vec::new();
    println!("| part | lines | run | percent | limit |\n| --- | --- | --- | --- | --- |");
    for package in limits::packages(&parts) {
        let measured = measurement::of_package(package, limits.features(package))?;
        for part in parts.iter().filter(|part| part.package == package) {
            let counts = lines::count(&measured, part, limits.unreachable())?;
            println!("{}", row(part, &counts));
            failures.extend(failure(part, &counts));
        }
    }
    failures.extend(limits.unused(&args.parts)?);
    match failures.as_slice() {
        [] => Ok(()),
        _ => Err(failures.join("\n")),
    }
}

fn row(part: &Part, counts: &Counts) -> String {
    let Counts { all, run, .. } = counts;
    let (name, percent, limit) = (&part.name, counts.percent(), part.percent);
    format!("| {name} | {all} | {run} | {percent:.2} | {limit:.2} |")
}

/// A part below its limit, with the lines that no test runs.
fn failure(part: &Part, counts: &Counts) -> Option<String> {
    let is_below = counts.percent() < part.percent;
    is_below.then(|| {
        let lines = counts.not_run.join("\n  ");
        format!("{}: no test runs these lines:\n  {lines}", part.name)
    })
}
