//! The reports that a command is given by name: a shell's glob names more than reports.

use std::fs;
use std::path::PathBuf;

use fc_conformance::report;

use super::Failure;

/// The name and the text of every report; what `run` wrote beside a report is left out.
///
/// Where there is nothing else, it stays, so that the command says what it is.
pub(super) fn reports(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    let read = |path: &PathBuf| {
        let name = path.display().to_string();
        let text = fs::read_to_string(path)
            .map_err(|error| Failure::usage(format!("{name} cannot be read: {error}")))?;
        Ok((name, text))
    };
    let read: Vec<(String, String)> = paths.iter().map(read).collect::<Result<_, _>>()?;
    let (timings, reports): (Vec<_>, Vec<_>) = read
        .into_iter()
        .partition(|(_, text)| report::is_timings(text));
    Ok(if reports.is_empty() { timings } else { reports })
}
