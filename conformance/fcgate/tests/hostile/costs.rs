//! Prints the time and memory of every kind; run it on an idle machine.

use std::io::Write as _;
use std::process::ExitCode;

use crate::expectation::{correct, problems, slowness};
use crate::gate;
use crate::kinds;

/// Prints one line for each kind whose name contains one of the words, or for all.
pub(crate) fn print(words: &[String]) -> ExitCode {
    let mut output = std::io::stdout().lock();
    let mut line = |text: String| writeln!(output, "{text}").unwrap();
    line(
        "| kind | contain | exit | elapsed s | limits s | correct s | peak MiB | left | |"
            .to_owned(),
    );
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |".to_owned());
    for kind in kinds::all() {
        if !words.is_empty() && !words.iter().any(|word| kind.name.contains(word)) {
            continue;
        }
        for contain in kind.contain {
            let correct = correct(&kind, *contain);
            let observed = gate::run(&kind, *contain);
            let mut problems = problems(&kind, &observed, correct);
            problems.extend(slowness(&kind, &observed, correct));
            line(format!(
                "| {} | {contain:?} | {} | {:.2} | {:.1} | {:.2} | {} | {} | {} |",
                kind.name,
                observed.exit(),
                observed.elapsed.as_secs_f32(),
                kind.expected.extra_time.as_secs_f32(),
                correct.elapsed.as_secs_f32(),
                observed.peak_kib.div_ceil(1024),
                observed.left.len(),
                problems.join("; "),
            ));
        }
    }
    ExitCode::SUCCESS
}
