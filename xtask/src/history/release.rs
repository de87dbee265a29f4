//! One release of an SDK: its environment and its report.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::gate;
use crate::programs::{self, Ended};
use crate::sdks::{Sdk, install_pinned, install_requirements};

use super::adapter_fault::adapter_fault;
use super::judged::Judged;

/// Packages of older releases, which the pinned one does not need.
const ADDITIONAL: &str = "history-requirements.txt";
const NO_KNOWN_FAILURES: &str = "version = 1\n";

/// Seconds for the start: an import on a busy machine must not look like a release that does not work.
const HELLO_TIMEOUT: &str = "120";

/// The exit codes of the gate with which a report is about the SDK: every case was judged.
const JUDGED: [i32; 2] = [0, 1];

/// One release of an SDK.
pub(super) struct Release<'a> {
    sdk: Sdk,
    package: &'static str,
    version: &'a str,
}

/// The part of `fcgate.toml` that starts the adapter.
#[derive(Deserialize)]
struct Project {
    adapter: Vec<String>,
}

impl<'a> Release<'a> {
    pub(super) fn new(sdk: Sdk, version: &'a str) -> Result<Self, String> {
        let package = sdk
            .pypi_package()
            .ok_or_else(|| format!("{}: it has no releases on PyPI", sdk.name))?;
        Ok(Self {
            sdk,
            package,
            version,
        })
    }

    /// Installs the release and runs the gate against it.
    ///
    /// # Errors
    ///
    /// If the version does not exist, or a program of this machine fails. A problem of the release itself is not an error.
    pub(super) fn judge(&self) -> Result<Judged, String> {
        self.install()?;
        if let Some(conflict) = self.conflict()? {
            return Ok(Judged::Not(conflict));
        }
        let list = self.file("none.toml");
        fs::write(&list, NO_KNOWN_FAILURES).map_err(|error| with_path(&list, &error))?;
        let report = self.file("report.json").display().to_string();
        let (list, target) = (list.display().to_string(), format!("json={report}"));
        let adapter = self.adapter()?;
        let mut words = vec![
            gate::program()?,
            "run",
            "-q",
            "--hello-timeout",
            HELLO_TIMEOUT,
        ];
        words.extend(["--known", &list, "--report", &target, "--"]);
        words.extend(adapter.iter().map(String::as_str));
        let Ended { code, stderr, .. } = programs::run_in(&self.sdk.folder(), &words)?;
        if code.is_some_and(|code| JUDGED.contains(&code)) {
            let text = fs::read_to_string(&report).map_err(|error| format!("{report}: {error}"))?;
            let fault = adapter_fault(&text)?;
            return Ok(fault.map_or(Judged::Report(report), Judged::Not));
        }
        Ok(Judged::Not(format!(
            "the adapter could not be attached: {}",
            error_of(&stderr)
        )))
    }

    /// Makes an environment with the pinned dependencies and this release.
    fn install(&self) -> Result<(), String> {
        let environment = self.environment();
        install_pinned(self.sdk, &environment)?;
        let additional = self.sdk.folder().join(ADDITIONAL);
        if additional.exists() {
            install_requirements(&environment, &additional)?;
        }
        // Replaces the pinned release, and nothing else.
        let requirement = format!("{}=={}", self.package, self.version);
        let python = self.python();
        let install = "-m pip install --quiet --disable-pip-version-check --no-deps";
        let mut words: Vec<&str> = vec![&python];
        words.extend(install.split(' '));
        words.push(&requirement);
        programs::output(&words).map(drop)
    }

    /// Why the release does not work with the pinned dependencies, in its own words.
    fn conflict(&self) -> Result<Option<String>, String> {
        let python = self.python();
        let words = [&python, "-m", "pip", "check", "--disable-pip-version-check"];
        let Ended { code, stdout, .. } = programs::run_in(&programs::root(), &words)?;
        Ok((code != Some(0)).then(|| {
            let conflicts: Vec<&str> = stdout.lines().collect();
            format!(
                "the pinned dependencies are not those that it needs: {}",
                conflicts.join("; ")
            )
        }))
    }

    /// The adapter of the SDK, started by the interpreter of this environment.
    fn adapter(&self) -> Result<Vec<String>, String> {
        let path = self.sdk.folder().join("fcgate.toml");
        let text = fs::read_to_string(&path).map_err(|error| with_path(&path, &error))?;
        let project: Project =
            toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let arguments = project.adapter.into_iter().skip(1);
        Ok(std::iter::once(self.python()).chain(arguments).collect())
    }

    fn folder(&self) -> PathBuf {
        let all = programs::root().join("target/history");
        all.join(self.sdk.name).join(self.version)
    }

    fn environment(&self) -> PathBuf {
        self.folder().join("environment")
    }

    fn python(&self) -> String {
        self.environment().join("bin/python").display().to_string()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }
}

/// The error that the gate printed, without its help.
fn error_of(stderr: &str) -> &str {
    let mut errors = stderr
        .lines()
        .filter_map(|line| line.strip_prefix("error: "));
    errors.next().unwrap_or("the gate printed no error")
}

fn with_path(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::{Release, error_of};
    use crate::sdks::SDKS;

    #[test]
    fn the_error_of_the_gate_is_the_reason() {
        let stderr = "note: a\nerror: the adapter exited\n  help:    check it\n";
        assert_eq!(error_of(stderr), "the adapter exited");
        assert_eq!(error_of(""), "the gate printed no error");
    }

    #[test]
    fn the_adapter_of_the_sdk_runs_in_the_environment_of_the_release() {
        let sdks = SDKS.into_iter().filter(|sdk| sdk.pypi_package().is_some());
        for sdk in sdks {
            let adapter = Release::new(sdk, "1.2.3").unwrap().adapter().unwrap();
            let [python, script, driver] = adapter.as_slice() else {
                panic!("{adapter:?}")
            };
            let own = format!("target/history/{}/1.2.3/environment/bin/python", sdk.name);
            assert!(python.ends_with(&own), "{python}");
            assert_eq!(script, "../adapter.py");
            assert!(driver.starts_with("drive_"), "{driver}");
        }
    }
}
