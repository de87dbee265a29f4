//! The configuration of a project.

use std::num::NonZero;
use std::path::PathBuf;
use std::time::Duration;

use fcgate_cases::Claims;
use fcgate_cases::Profile;
use fcgate_cases::corpus::Level;
use fcgate_protocol::Suite;

use super::own_function::OwnFunction;

/// The highest time limit of a case, and of `hello`.
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(600);

/// The highest time limit of the command that prepares the adapter.
pub const LONGEST_PREPARE_TIMEOUT: Duration = Duration::from_secs(3600);

/// The highest number of cases that run at once.
pub const MAX_JOBS: usize = 256;

/// The highest number of copies of the adapter.
pub const MAX_PROCESSES: usize = 64;

/// The settings of a project. All are optional; a command-line option overrides the file.
///
/// ```
/// use fcgate::config::Config;
///
/// let text = r#"
/// suite = "2026.1"                      # later cases are shown as new and do not gate
/// revision = "2021-04-06"               # run only the cases of this API revision
/// profile = "core"                      # the capabilities that the adapter must declare
/// claims = ["sign.fc", "parse"]         # declared in addition to hello: unsupported is a failure
/// adapter = ["python3", "adapter.py"]   # the command; no shell is involved
/// prepare = ["make", "adapter"]         # runs once before the adapter starts, e.g. a build
/// level = "must"                        # the lowest level that can fail the run: must or should
/// timeout = 5                           # whole seconds for each case
/// hello_timeout = 10                    # for the start of the adapter and its first reply
/// prepare_timeout = 300                 # for the command of prepare
/// known = "fcgate-known.toml"           # the known failures
/// environment = ["MY_SDK_MODE"]         # variables to pass to the adapter
/// jobs = 4                              # how many cases run at once
/// processes = 2                         # how many copies of the adapter run side by side
///
/// [functions]                           # functions of your own for `fcgate serve`
/// resize = "echo"
/// "orders/report.prod" = { behaviour = "body:done", time_limit = 3, memory = 256 }
/// "#;
/// let config = Config::read(text, "fcgate.toml")?;
/// assert_eq!(config.adapter, ["python3", "adapter.py"]);
///
/// let error = Config::read("\nporfile = 'core'", "fcgate.toml").unwrap_err();
/// assert_eq!(error.to_string(), "fcgate.toml:2: unknown key 'porfile'; did you mean 'profile'?");
/// # Ok::<(), fcgate::config::ConfigError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// The pinned suite; later cases are `new`.
    pub suite: Option<Suite>,
    /// Run only the cases of this API revision.
    pub revision: Option<String>,
    /// The capabilities that the adapter must declare.
    pub profile: Option<Profile>,
    /// Capabilities that count as declared, in addition to those of `hello`.
    pub claims: Vec<String>,
    /// The command of the adapter and its arguments; empty for the built-in reference.
    pub adapter: Vec<String>,
    /// The command that prepares the adapter and its arguments; it runs once, before the adapter starts.
    pub prepare: Vec<String>,
    /// The lowest level that can fail the run.
    pub level: Option<Level>,
    /// The time limit of a case.
    pub timeout: Option<Duration>,
    /// The time limit of `hello`, after every start of the adapter.
    pub hello_timeout: Option<Duration>,
    /// The time limit of the command that prepares the adapter.
    pub prepare_timeout: Option<Duration>,
    /// The known-failures file, relative to the folder of `fcgate.toml`.
    pub known: Option<PathBuf>,
    /// The names of environment variables to pass to the adapter.
    pub environment: Vec<String>,
    /// How many cases run at once.
    pub jobs: Option<usize>,
    /// How many copies of the adapter run side by side.
    pub processes: Option<NonZero<usize>>,
    /// Functions of the user's own for `fcgate serve`, in the order of the file.
    pub functions: Vec<OwnFunction>,
}

impl Config {
    /// The claims of `hello` and of this file together.
    #[must_use]
    pub fn with_claims(&self, mut claims: Claims) -> Claims {
        for name in &self.claims {
            claims.capabilities.insert(name);
        }
        claims
    }
}
