//! The recorder script of an SDK as a child process: it reads one message per line and writes one reply per line.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::sdks::Sdk;

use super::messages::{CallMessage, Reply};

pub(super) struct Recorder {
    name: &'static str,
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

#[derive(Serialize)]
struct VersionsMessage<'a> {
    packages: Vec<&'a str>,
}

#[derive(Deserialize)]
struct VersionsReply {
    versions: BTreeMap<String, String>,
}

impl Recorder {
    pub(super) fn start(sdk: Sdk) -> Result<Self, String> {
        let words = sdk.recorder();
        let failed = |error: &dyn Display| format!("{}: {error}", words.join(" "));
        let (program, arguments) = words.split_first().ok_or("the recorder has no command")?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| failed(&error))?;
        Ok(Self {
            name: sdk.name,
            stdin: child.stdin.take().ok_or_else(|| failed(&"no stdin"))?,
            stdout: BufReader::new(child.stdout.take().ok_or_else(|| failed(&"no stdout"))?),
            child,
        })
    }

    /// Makes one call with the SDK.
    pub(super) fn call(&mut self, call: &CallMessage<'_>) -> Result<Reply, String> {
        self.exchange(call)
    }

    /// The `source` line of the recording with the installed versions, and the version of the SDK.
    pub(super) fn source(&mut self, recorded: &str) -> Result<(String, String), String> {
        let pairs = packages(recorded);
        let names = pairs.iter().map(|(name, _)| *name).collect();
        let VersionsReply { versions } = self.exchange(&VersionsMessage { packages: names })?;
        let installed = |name: &str| {
            let version = versions.get(name);
            version
                .ok_or_else(|| format!("{}: the recorder reported no version of {name}", self.name))
        };
        let mut source = recorded.to_owned();
        for (name, version) in &pairs {
            let now = installed(name)?;
            source = source.replace(&format!("{name} {version}"), &format!("{name} {now}"));
        }
        let (sdk, _) = pairs
            .first()
            .ok_or_else(|| format!("{}: `source` names no package", self.name))?;
        Ok((source, installed(sdk)?.clone()))
    }

    /// Closes stdin and waits for the process.
    pub(super) fn close(mut self) -> Result<(), String> {
        drop(self.stdin);
        match self.child.wait() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{}: the recorder exited with {status}", self.name)),
            Err(error) => Err(format!("{}: {error}", self.name)),
        }
    }

    fn exchange<T: for<'de> Deserialize<'de>>(
        &mut self,
        message: &impl Serialize,
    ) -> Result<T, String> {
        let name = self.name;
        let failed = |error: &dyn Display| format!("{name}: {error}");
        let mut line = serde_json::to_string(message).map_err(|error| failed(&error))?;
        line.push('\n');
        self.stdin
            .write_all(line.as_bytes())
            .map_err(|error| failed(&error))?;
        let mut reply = String::new();
        self.stdout
            .read_line(&mut reply)
            .map_err(|error| failed(&error))?;
        serde_json::from_str(&reply).map_err(|error| format!("{name}: {error} in {reply}"))
    }
}

/// The packages and versions in a `source` line, the SDK first.
fn packages(source: &str) -> Vec<(&str, &str)> {
    let list = source
        .split_once(" from ")
        .map_or(source, |(_, after)| after);
    let list = list.split_once(')').map_or(list, |(list, _)| list);
    list.split([',', ';', '('])
        .filter_map(|pair| pair.trim().rsplit_once(' '))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::packages;

    #[test]
    fn a_source_line_names_the_sdk_and_its_dependencies() {
        let source = "recorded on loopback from @a/b 2.6.6 (httpx 2.3.3; Node 20.20.2); header values are Latin-1 text";
        let expected = [("@a/b", "2.6.6"), ("httpx", "2.3.3"), ("Node", "20.20.2")];
        assert_eq!(packages(source), expected);
    }
}
