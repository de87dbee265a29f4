//! Instructions and allocations, counted by valgrind's tool callgrind.

use std::collections::BTreeMap;
use std::fs;

use super::program::{Program, Row};
use crate::programs;

pub(super) const MISSING: &str =
    "valgrind is not installed: instructions and allocations were not counted";
/// How often a row runs in the longer of its two runs, beyond the shorter one.
const TIMES: u64 = 20;
/// The functions of the C library that allocate.
const ALLOCATORS: [&str; 6] = [
    "malloc",
    "calloc",
    "realloc",
    "memalign",
    "posix_memalign",
    "aligned_alloc",
];

/// The cost of one run of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) instructions: u64,
    pub(super) allocations: u64,
}

pub(super) fn valgrind_is_installed() -> bool {
    programs::output(&["valgrind", "--version"]).is_ok()
}

/// Counts every row that is counted.
pub(super) fn of_all(program: &Program, rows: &[Row]) -> Result<BTreeMap<String, Counts>, String> {
    let counted = rows.iter().filter(|row| row.is_counted);
    counted
        .map(|row| Ok((row.name.clone(), of(program, &row.name)?)))
        .collect()
}

/// Two runs differ only in how often the row ran, so their difference has no preparation in it.
fn of(program: &Program, name: &str) -> Result<Counts, String> {
    let short = total(program, name, 1)?;
    let long = total(program, name, 1 + TIMES)?;
    let each = |long: u64, short: u64| long.saturating_sub(short) / TIMES;
    Ok(Counts {
        instructions: each(long.instructions, short.instructions),
        allocations: each(long.allocations, short.allocations),
    })
}

fn total(program: &Program, name: &str, count: u64) -> Result<Counts, String> {
    let folder = programs::root().join("target/bench");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let path = folder.join("callgrind.out");
    let output = format!("--callgrind-out-file={}", path.display());
    let count = count.to_string();
    programs::output(&[
        "valgrind",
        "--quiet",
        "--tool=callgrind",
        "--compress-strings=no",
        &output,
        program.path(),
        "repeat",
        name,
        &count,
    ])?;
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&text).ok_or_else(|| format!("{}: expected a profile of callgrind", path.display()))
}

/// Reads the total of the instructions and the calls of allocating functions.
fn parse(profile: &str) -> Option<Counts> {
    let mut instructions = None;
    let mut allocations = 0;
    let mut lines = profile.lines();
    while let Some(line) = lines.next() {
        if let Some(total) = line.strip_prefix("totals: ") {
            instructions = Some(total.trim().parse().ok()?);
        }
        let called = line.strip_prefix("cfn=");
        if called.is_some_and(|name| ALLOCATORS.contains(&name)) {
            let calls = lines.next()?.strip_prefix("calls=")?;
            allocations += calls.split(' ').next()?.parse::<u64>().ok()?;
        }
    }
    Some(Counts {
        instructions: instructions?,
        allocations,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calls_of_all_allocating_functions_are_added() {
        let profile = "fn=work\n7 2\ncfn=malloc\ncalls=3 10\n7 90\ncfn=free\ncalls=3 12\n7 30\n\
            fn=other\ncfn=realloc\ncalls=1 0\n9 40\ntotals: 1234\n";
        let counts = Counts {
            instructions: 1234,
            allocations: 4,
        };
        assert_eq!(parse(profile), Some(counts));
        assert_eq!(parse("fn=work\n"), None);
    }
}
