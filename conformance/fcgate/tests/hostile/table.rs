//! What every kind costs, one after the other on a machine that does nothing else.

use std::io::Write as _;
use std::process::ExitCode;

use crate::expectation::{clean, complaints, slowness};
use crate::gate;
use crate::kinds;

/// Prints one line for each kind whose name holds one of the words, or for all.
pub(crate) fn print(words: &[String]) -> ExitCode {
    let mut output = std::io::stdout().lock();
    let mut line = |text: String| writeln!(output, "{text}").unwrap();
    line(
        "| kind | contain | exit | elapsed s | limits s | right s | peak MiB | left | |".to_owned(),
    );
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |".to_owned());
    for kind in kinds::all() {
        if !words.is_empty() && !words.iter().any(|word| kind.name.contains(word)) {
            continue;
        }
        for contain in kind.contain {
            let clean = clean(&kind, *contain);
            let seen = gate::run(&kind, *contain);
            let mut complaints = complaints(&kind, &seen, clean);
            complaints.extend(slowness(&kind, &seen, clean));
            line(format!(
                "| {} | {contain:?} | {} | {:.2} | {:.1} | {:.2} | {} | {} | {} |",
                kind.name,
                seen.exit(),
                seen.elapsed.as_secs_f32(),
                kind.expected.spends.as_secs_f32(),
                clean.elapsed.as_secs_f32(),
                seen.peak_kib.div_ceil(1024),
                seen.left.len(),
                complaints.join("; "),
            ));
        }
    }
    ExitCode::SUCCESS
}
