//! The process that drives an SDK: a question a line in, an answer a line out.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::sdks::Sdk;

use super::super::failure::{Failure, Needed, Result};
use super::question::{Answer, Question};

pub(super) struct Recorder {
    name: &'static str,
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

#[derive(Serialize)]
struct VersionsOf<'a> {
    packages: Vec<&'a str>,
}

#[derive(Deserialize)]
struct Versions {
    versions: BTreeMap<String, String>,
}

impl Recorder {
    pub(super) fn start(sdk: Sdk) -> Result<Self> {
        let words = sdk.recorder();
        let (program, arguments) = words.split_first().needed("recorder", sdk.name)?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::new(format!("{}: {error}", words.join(" "))))?;
        Ok(Self {
            name: sdk.name,
            questions: child.stdin.take().needed("input", sdk.name)?,
            answers: BufReader::new(child.stdout.take().needed("output", sdk.name)?),
            child,
        })
    }

    pub(super) fn ask(&mut self, question: &Question<'_>) -> Result<Answer> {
        let line = self.put(question)?;
        self.read(&line)
    }

    /// The line that says what was recorded, with the versions that are installed, and that of the SDK.
    pub(super) fn source(&mut self, before: &str) -> Result<(String, String)> {
        let pairs = packages(before);
        let names = pairs.iter().map(|(name, _)| *name).collect();
        let line = self.put(&VersionsOf { packages: names })?;
        let Versions { versions } = self.read(&line)?;
        let mut source = before.to_owned();
        for (name, version) in &pairs {
            let now = versions.get(*name).needed(name, self.name)?;
            source = source.replace(&format!("{name} {version}"), &format!("{name} {now}"));
        }
        let (sdk, _) = pairs.first().needed("package", self.name)?;
        Ok((source, versions.get(*sdk).needed(sdk, self.name)?.clone()))
    }

    pub(super) fn end(mut self) -> Result<()> {
        drop(self.questions);
        let status = self.child.wait();
        let status = status.map_err(|error| Failure::new(format!("{}: {error}", self.name)))?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!("{}: {status}", self.name)))
        }
    }

    fn put(&mut self, question: &impl Serialize) -> Result<String> {
        let failed =
            |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", self.name));
        let mut line = serde_json::to_string(question).map_err(|error| failed(&error))?;
        line.push('\n');
        self.questions
            .write_all(line.as_bytes())
            .map_err(|error| failed(&error))?;
        let mut answer = String::new();
        self.answers
            .read_line(&mut answer)
            .map_err(|error| failed(&error))?;
        Ok(answer)
    }

    fn read<T: for<'de> Deserialize<'de>>(&self, line: &str) -> Result<T> {
        serde_json::from_str(line)
            .map_err(|error| Failure::new(format!("{}: {error} in {line}", self.name)))
    }
}

/// The packages of a source, each with its version, the SDK first.
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
    fn a_source_names_the_sdk_and_what_is_under_it() {
        let source = "recorded on loopback from @a/b 2.6.6 (httpx 2.3.3; Node 20.20.2); header values are Latin-1 text";
        let expected = [("@a/b", "2.6.6"), ("httpx", "2.3.3"), ("Node", "20.20.2")];
        assert_eq!(packages(source), expected);
    }
}
