//! Case files, known failures, report paths and texts in reports of the catalogue of malformed inputs.
//!
//! The entries that are adapters are tests of the target `hostile`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod case_files;
mod command;
#[expect(dead_code, reason = "other targets use the rest")]
#[path = "../../../fc-conformance/tests/library/doubles.rs"]
mod doubles;
#[path = "../../../fcgate-runner/tests/runner/exchange.rs"]
mod exchange;
mod known_failures;
mod report_files;
#[path = "../../../fc-fuzz-checks/src/report/shapes.rs"]
mod report_shapes;
mod report_texts;
#[expect(dead_code, reason = "other targets use the rest")]
#[path = "../gate/reports/sample.rs"]
mod sample;
mod signature_tags;
#[path = "../../../fcgate-runner/tests/runner/small_corpus.rs"]
mod small_corpus;

use std::process::ExitCode;

use fc_bad_inputs::run;

/// Entries of other areas that are about case files, report files and the comparison of signatures.
const MORE: [&str; 5] = ["px-004", "px-033", "px-034", "sg-043", "sg-044"];

fn main() -> ExitCode {
    if case_files::is_child_with_many_cases() {
        case_files::load_many_cases();
        return ExitCode::SUCCESS;
    }
    run(
        |entry| {
            ["fixture-file", "known-file", "report-output"].contains(&entry.area())
                || MORE.contains(&entry.id())
        },
        |entry| match (entry.id(), entry.area()) {
            ("fx-038" | "fx-039", _) => case_files::check_command(entry),
            ("px-004", _) | (_, "fixture-file") => case_files::check(entry),
            ("px-033" | "px-034", _) => report_files::check(entry),
            ("sg-043" | "sg-044", _) => signature_tags::check(entry),
            (_, "known-file") => known_failures::check(entry),
            _ => report_texts::check(entry),
        },
    )
}
