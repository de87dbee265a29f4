//! `cargo xtask sanitize`: the tests with hostile inputs under AddressSanitizer.
//!
//! `unsafe` is forbidden in this repository, but hostile bytes also reach code of dependencies that uses it, for example the vector instructions of
//! base64, memchr and httparse. AddressSanitizer reports a read or a write outside of a buffer there.

use std::fs;

use crate::programs;
use crate::stopwatch::Stopwatch;
use crate::toolchain;

const TOOLCHAIN: &str = "nightly";
/// The standard library must not be instrumented with the rest, so a target is named: then build scripts and macros are compiled without the sanitizer.
const TARGET: &str = "x86_64-unknown-linux-gnu";
const FOLDER: &str = "target/sanitizer";
const FLAGS: &str = "-Zsanitizer=address";
/// Leaks are not the subject, and their search needs rights that a container does not give.
const OPTIONS: &str = "detect_leaks=0";
/// The packages whose tests send hostile bytes into dependencies, with their targets.
const TESTS: [(&str, &str); 8] = [
    (
        "fc-headers",
        "--lib --test bad_inputs --test malformed_inputs --test properties",
    ),
    (
        "fc-sign",
        "--lib --test bad_inputs --test malformed_inputs --test properties --test vectors",
    ),
    (
        "fc-response",
        "--lib --test bad_inputs --test malformed_responses --test properties --test tasks",
    ),
    ("fc-invoke", "--lib --test bad_inputs"),
    ("fc-transport-hyper", "--test contract"),
    ("fc-transport-ureq", "--test contract"),
    ("fcgate-text", "--lib"),
    ("fcgate-http", "--lib --test strictness"),
];
/// A program with a mistake that the sanitizer must report: without this, a run without the sanitizer would pass.
const MISTAKE: &str = "fn main() {
    let bytes = vec![0_u8; std::env::args().count()];
    let after = unsafe { *bytes.as_ptr().add(bytes.len() + 7) };
    println!(\"{after}\");
}
";

#[expect(clippy::print_stdout, reason = "the figures are for the reader")]
pub(crate) fn run() -> Result<(), String> {
    toolchain::add_toolchain(TOOLCHAIN)?;
    check_sanitizer()?;
    let mut all = 0;
    for (package, targets) in TESTS {
        let watch = Stopwatch::start();
        let count = passed(&test(package, targets)?);
        println!("{package}: {count} tests passed ({:.0} s)", watch.seconds());
        if count == 0 {
            return Err(format!("{package}: no test ran"));
        }
        all += count;
    }
    println!("address sanitizer: {all} tests passed, 0 reports");
    Ok(())
}

fn test(package: &str, targets: &str) -> Result<String, String> {
    let mut words = vec!["rustup", "run", TOOLCHAIN, "cargo", "test", "--locked"];
    words.extend(["--target", TARGET, "--target-dir", FOLDER, "-p", package]);
    words.extend(targets.split(' '));
    programs::output_with(&words, &[("RUSTFLAGS", FLAGS), ("ASAN_OPTIONS", OPTIONS)])
}

/// The number of tests in the summaries of all test targets.
fn passed(output: &str) -> usize {
    let summaries = output.lines().filter_map(|line| {
        let (_, rest) = line.split_once("test result: ok. ")?;
        rest.split_once(" passed")?.0.parse::<usize>().ok()
    });
    summaries.sum()
}

/// Compiles and runs the program with the mistake.
fn check_sanitizer() -> Result<(), String> {
    let folder = programs::root().join(FOLDER);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    let source = folder.join("mistake.rs");
    fs::write(&source, MISTAKE).map_err(failed)?;
    let (source, program) = (source.display().to_string(), folder.join("mistake"));
    let program = program.display().to_string();
    programs::output(&[
        "rustup", "run", TOOLCHAIN, "rustc", FLAGS, "--target", TARGET, "-o", &program, &source,
    ])?;
    let ended = programs::run_in(&folder, &[&program])?;
    if ended.code != Some(0)
        && ended
            .stderr
            .contains("AddressSanitizer: heap-buffer-overflow")
    {
        return Ok(());
    }
    Err(format!(
        "expected a report of AddressSanitizer about {source}, found exit code {:?}\n{}",
        ended.code, ended.stderr
    ))
}

#[cfg(test)]
mod tests {
    use super::passed;

    #[test]
    fn the_tests_of_all_summaries_are_counted() {
        let output = "test result: ok. 91 passed; 0 failed; 0 ignored\n\
             x\ntest result: ok. 44 passed; 0 failed\ntest result: FAILED. 3 passed; 1 failed\n";
        assert_eq!(passed(output), 135);
    }
}
