//! `record --live`: the recorded calls made again by the SDKs that are installed.
//!
//! Each call is made with the host, the time and the nonce of its recording, so that the same SDK
//! gives the same file, byte for byte, signatures included. What a new release does otherwise is
//! told, and is the difference of the file.

mod question;
mod recorder;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::sdks::{self, SDKS, Sdk};

use super::failure::{Failure, Result};
use super::source::{Call, Pair, RecordedCredentials};

use question::{Answer, Question};
use recorder::Recorder;

/// A file of `recorded/requests`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recording {
    schema: u8,
    source: String,
    sdk: String,
    requests: Vec<Request>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    case: String,
    call: Call,
    credentials: RecordedCredentials,
    method: String,
    target: String,
    headers: Vec<Pair>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_b64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_sha256: Option<String>,
    scheme: String,
    plain_rule: bool,
    verifies: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// Makes the calls of every file below `fixtures` again, and writes the files.
pub(super) fn run(fixtures: &Path) -> Result<()> {
    sdks::run().map_err(Failure::new)?;
    let folder = fixtures.join("recorded/requests");
    for sdk in SDKS {
        again(sdk, &folder)?;
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn again(sdk: Sdk, folder: &Path) -> Result<()> {
    let path = file_of(sdk, folder)?;
    let shown = path.display().to_string();
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("{shown}: {error}"));
    let text = fs::read_to_string(&path).map_err(|error| failed(&error))?;
    let mut recording: Recording = serde_json::from_str(&text).map_err(|error| failed(&error))?;

    let mut recorder = Recorder::start(sdk).map_err(|error| failed(&error))?;
    let (source, version) = recorder.source(&recording.source)?;
    let mut before: Option<String> = None;
    let mut kept = Vec::new();
    let mut changes = Vec::new();
    for mut request in recording.requests {
        let question = Question::of(&request, before.as_deref())?;
        before = Some(question.at().to_owned());
        match recorder.ask(&question)? {
            Answer::Refused(why) => changes.push(format!("{}: refused now: {why}", request.case)),
            Answer::Sent(sent) => {
                let name = request.case.clone();
                let others = request.take(sent).map_err(|error| failed(&error))?;
                changes.extend(others.iter().map(|what| format!("{name}: another {what}")));
                kept.push(request);
            }
        }
    }
    recorder.end()?;
    recording.requests = kept;
    recording.source = source;
    recording.sdk = format!("{}-{version}", sdk.recorded_as());

    let written = folder.join(format!("{}.json", recording.sdk));
    let mut text = serde_json::to_string_pretty(&recording).map_err(|error| failed(&error))?;
    text.push('\n');
    fs::write(&written, text).map_err(|error| failed(&error))?;
    if written != path {
        fs::remove_file(&path).map_err(|error| failed(&error))?;
    }
    let calls = recording.requests.len();
    println!(
        "{}: {calls} calls, {} changes",
        recording.sdk,
        changes.len()
    );
    for change in changes {
        println!("  {change}; whether it still verifies is to be judged anew");
    }
    Ok(())
}

/// The file of an SDK, whatever its version.
fn file_of(sdk: Sdk, folder: &Path) -> Result<PathBuf> {
    let start = format!("{}-", sdk.recorded_as());
    let wrong =
        |what: &dyn std::fmt::Display| Failure::new(format!("{}: {what}", folder.display()));
    for entry in fs::read_dir(folder).map_err(|error| wrong(&error))? {
        let entry = entry.map_err(|error| wrong(&error))?;
        if entry.file_name().to_string_lossy().starts_with(&start) {
            return Ok(entry.path());
        }
    }
    Err(wrong(&format!("no file starts with {start}")))
}

impl Request {
    /// Takes over what was sent; tells what is another than before.
    fn take(&mut self, sent: question::Sent) -> std::result::Result<Vec<&'static str>, String> {
        let mut changed = Vec::new();
        if (&self.method, &self.target) != (&sent.method, &sent.target) {
            changed.push("request line");
        }
        let headers = forget_the_machine(sent.headers);
        if self.headers != headers {
            changed.push("header");
        }
        let body = STANDARD
            .decode(&sent.body_b64)
            .map_err(|error| format!("{}: {error}", self.case))?;
        let is_the_same = if self.body_length.is_some() {
            let mut digest = String::new();
            for byte in Sha256::digest(&body) {
                let _ = write!(digest, "{byte:02x}");
            }
            let length = Some(body.len() as u64);
            let same = self.body_length == length && self.body_sha256.as_ref() == Some(&digest);
            (self.body_length, self.body_sha256) = (length, Some(digest));
            same
        } else {
            let same = self.body_b64.as_deref().unwrap_or_default() == sent.body_b64;
            if !same {
                self.body_b64 = Some(sent.body_b64);
            }
            same
        };
        if !is_the_same {
            changed.push("body");
        }
        (self.method, self.target, self.headers) = (sent.method, sent.target, headers);
        Ok(changed)
    }
}

/// Cuts the machine's kernel out of the user agents that name it.
fn forget_the_machine(mut headers: Vec<Pair>) -> Vec<Pair> {
    for header in headers.iter_mut().filter(|header| header.is("user-agent")) {
        if let Some((before, _)) = header.1.split_once(".Linux-") {
            header.1 = format!("{before}.Linux");
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell;

    #[test]
    fn a_file_that_is_read_and_written_is_the_same() {
        let folder = shell::root().join("fixtures/recorded/requests");
        for sdk in SDKS {
            let text = fs::read_to_string(file_of(sdk, &folder).unwrap()).unwrap();
            let recording: Recording = serde_json::from_str(&text).unwrap();
            let again = serde_json::to_string_pretty(&recording).unwrap() + "\n";
            assert!(again == text, "{}", recording.sdk);
        }
    }

    #[test]
    fn the_kernel_of_the_machine_is_forgotten() {
        let agent = Pair::new("User-Agent", "sdk.python-3.11.7.Linux-6.1.0-x86_64");
        let headers = forget_the_machine(vec![agent]);
        assert_eq!(headers[0].1, "sdk.python-3.11.7.Linux");
    }
}
