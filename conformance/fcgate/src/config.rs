//! The configuration of a project: the file `fcgate.toml`.

mod file;
mod variable;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use fc_conformance::toml_file::Place;
use fcgate_cases::Claims;
use fcgate_cases::Profile;
use fcgate_cases::corpus::Level;
use fcgate_protocol::Suite;

/// The longest time limit of a case.
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(600);

/// The most cases that can be put at once.
pub const MOST_JOBS: usize = 256;

/// What a project pins; everything is optional, and a flag of the command line outweighs it.
///
/// ```
/// use crate::config::Config;
///
/// let text = r#"
/// suite = "2026.1"                      # later cases are shown as new and do not gate
/// revision = "2021-04-06"               # only the cases of this API revision
/// profile = "core"                      # what has to be claimed
/// claims = ["sign.fc", "parse"]         # claimed whatever hello says: unsupported is red
/// adapter = ["python3", "adapter.py"]   # the command, never through a shell
/// level = "must"                        # the lowest level that gates: must or should
/// timeout = 5                           # whole seconds for each case
/// known = "fcgate-known.toml"           # the known failures
/// environment = ["MY_SDK_MODE"]         # more variables that the adapter sees
/// jobs = 4                              # cases that are put at once
/// "#;
/// let config = Config::read(text, "fcgate.toml")?;
/// assert_eq!(config.adapter, ["python3", "adapter.py"]);
///
/// let error = Config::read("\nporfile = 'core'", "fcgate.toml").unwrap_err();
/// assert_eq!(error.to_string(), "fcgate.toml:2: unknown key 'porfile'; did you mean 'profile'?");
/// # Ok::<(), crate::config::ConfigError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// The pinned suite; later cases are `new`.
    pub suite: Option<Suite>,
    /// The API revision by whose cases alone is judged.
    pub revision: Option<String>,
    /// What has to be claimed.
    pub profile: Option<Profile>,
    /// Capabilities that count as claimed, whatever `hello` says.
    pub claims: Vec<String>,
    /// The command of the adapter and its arguments; empty for the built-in reference.
    pub adapter: Vec<String>,
    /// The lowest level that gates.
    pub level: Option<Level>,
    /// The time limit of a case.
    pub timeout: Option<Duration>,
    /// The file of known failures, as it is written: relative to the folder of this file.
    pub known: Option<PathBuf>,
    /// The names of more environment variables that the adapter sees.
    pub environment: Vec<String>,
    /// How many cases are put at once.
    pub jobs: Option<usize>,
}

impl Config {
    /// Reads the text of a file; `name` stands in messages.
    ///
    /// # Errors
    ///
    /// Wrong syntax, an unknown key or name, a value out of its limits, a suite that is later than
    /// this gate's, a variable that may hold a credential.
    pub fn read(text: &str, name: &str) -> Result<Self, ConfigError> {
        file::read(text, name)
    }

    /// What an implementation claims by `hello` and by this file.
    #[must_use]
    pub fn with_claims(&self, mut claims: Claims) -> Claims {
        for name in &self.claims {
            claims.capabilities.insert(name);
        }
        claims
    }
}

/// What is wrong with a configuration file: its name, the line, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigError {
    place: Place,
    message: String,
}

impl ConfigError {
    fn new(file: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        Self {
            place: Place {
                file: file.to_owned(),
                line,
            },
            message: message.into(),
        }
    }

    /// The line, from 1.
    pub fn line(&self) -> Option<usize> {
        self.place.line
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for ConfigError {}
