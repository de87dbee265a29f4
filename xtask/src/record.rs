//! `cargo xtask record`: sends the recorded calls again with the installed SDKs and rewrites the recordings.
//!
//! Each call uses the host, the time and the nonce of its recording, so the same release of an SDK writes the same
//! file, byte for byte, signatures included. The difference of the file shows what a new release changed.

mod messages;
mod recorder;
mod recording;
mod update;

use std::fs;
use std::path::{Path, PathBuf};

use crate::programs;
use crate::sdks::{self, SDKS, Sdk};

use messages::{CallMessage, Reply};
use recorder::Recorder;
use recording::Recording;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Accepted and ignored: every recording is made from live SDKs.
    #[arg(long, hide = true)]
    live: bool,
}

/// Installs the SDKs and rewrites their recordings.
pub(crate) fn run(_: &Args) -> Result<(), String> {
    let recorded: Vec<Sdk> = recorded().collect();
    let folder = programs::root().join("fixtures/recorded/requests");
    sdks::install(&recorded)?
        .into_iter()
        .try_for_each(|sdk| record(sdk, &folder))
}

/// The SDKs with a recording.
fn recorded() -> impl Iterator<Item = Sdk> {
    SDKS.into_iter()
        .filter(|sdk| sdk.recording_prefix().is_some())
}

#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn record(sdk: Sdk, folder: &Path) -> Result<(), String> {
    let path = recording_of(sdk, folder)?;
    let shown = path.display();
    let mut recording = Recording::read(&path)?;

    let mut recorder = Recorder::start(sdk)?;
    let (source, version) = recorder.source(&recording.source)?;
    let mut previous_time: Option<String> = None;
    let mut kept = Vec::new();
    let mut changes = Vec::new();
    for mut request in recording.requests {
        let call = CallMessage::new(&request, previous_time.as_deref())?;
        previous_time = Some(call.at().to_owned());
        match recorder.call(&call)? {
            Reply::Refused(why) => {
                changes.push(format!("{}: the SDK now refuses: {why}", request.case));
            }
            Reply::Sent(sent) => {
                let parts = update::update(&mut request, sent)
                    .map_err(|error| format!("{shown}: {error}"))?;
                changes.extend(
                    parts
                        .iter()
                        .map(|part| format!("{}: {part} changed", request.case)),
                );
                kept.push(request);
            }
        }
    }
    recorder.close()?;
    recording.requests = kept;
    recording.source = source;
    recording.sdk = format!("{}-{version}", prefix(sdk)?);

    let written = folder.join(format!("{}.json", recording.sdk));
    fs::write(&written, recording.text()?)
        .map_err(|error| format!("{}: {error}", written.display()))?;
    if written != path {
        fs::remove_file(&path).map_err(|error| format!("{shown}: {error}"))?;
    }
    println!(
        "{}: {} calls, {} changes",
        recording.sdk,
        recording.requests.len(),
        changes.len()
    );
    for change in changes {
        println!("  {change}; check whether its signature still verifies");
    }
    Ok(())
}

fn prefix(sdk: Sdk) -> Result<&'static str, String> {
    sdk.recording_prefix()
        .ok_or_else(|| format!("{} has no recording", sdk.name))
}

/// The recording of an SDK, of any version.
fn recording_of(sdk: Sdk, folder: &Path) -> Result<PathBuf, String> {
    let start = format!("{}-", prefix(sdk)?);
    let shown = folder.display();
    for entry in fs::read_dir(folder).map_err(|error| format!("{shown}: {error}"))? {
        let entry = entry.map_err(|error| format!("{shown}: {error}"))?;
        if entry.file_name().to_string_lossy().starts_with(&start) {
            return Ok(entry.path());
        }
    }
    Err(format!("{shown}: no file starts with {start}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_that_is_read_and_written_does_not_change() {
        let folder = programs::root().join("fixtures/recorded/requests");
        for sdk in recorded() {
            let path = recording_of(sdk, &folder).unwrap();
            let written = Recording::read(&path).unwrap().text().unwrap();
            assert!(
                written == fs::read_to_string(&path).unwrap(),
                "{}",
                path.display()
            );
        }
    }
}
