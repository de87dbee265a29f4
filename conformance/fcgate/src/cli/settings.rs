//! The settings of a run: the option, else the environment variable, else `fcgate.toml`, else the default.

use std::ffi::OsString;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::io::ErrorKind;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::config::Config;
use fc_conformance::diagnosis;
use fc_conformance::known::{self, Known, KnownError};
use fc_conformance::verdict::Rules;
use fcgate_cases::Claims;
use fcgate_cases::Profile;
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_protocol::Hello;
use fcgate_protocol::Suite;
use fcgate_runner::Plan;
use fcgate_text::visible;

use super::failure::Failure;
use super::report_paths::UsedFile;
use super::run_options::{RunOptions, Shuffle};

pub(super) const CONFIG: &str = "fcgate.toml";

const NO_ADAPTER: &str = "no adapter is given, and one is required: no command after `--`, and no adapter in \
     fcgate.toml in this folder\n  help: run fcgate in the folder of fcgate.toml";

/// The default time limit for each reply of the adapter.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The default time limit for the first reply of the adapter.
const HELLO_TIMEOUT: Duration = Duration::from_secs(10);

/// The default time limit of the command that prepares the adapter.
const PREPARE_TIMEOUT: Duration = Duration::from_secs(300);

/// The settings of one run.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) adapter: Vec<OsString>,
    /// The command that prepares the adapter of `fcgate.toml`; empty for an adapter of the command line.
    pub(super) prepare: Vec<OsString>,
    pub(super) environment: Vec<String>,
    pub(super) timeout: Duration,
    pub(super) hello_timeout: Duration,
    pub(super) prepare_timeout: Duration,
    pub(super) revision: Option<String>,
    config: Config,
    pub(super) known: KnownFile,
    level: Level,
    profile: Option<Profile>,
    suite: Option<Suite>,
    jobs: Option<usize>,
    /// How many copies of the adapter run side by side.
    pub(super) processes: NonZero<usize>,
}

/// The path of the known-failures file, and its text if it exists.
#[derive(Debug)]
pub(super) struct KnownFile {
    pub(super) path: PathBuf,
    pub(super) text: Option<String>,
}

/// Reads `fcgate.toml` of the working folder, if it is there.
pub(super) fn project() -> Result<Config, Failure> {
    match read_if_there(Path::new(CONFIG))? {
        Some(text) => {
            Config::read(&text, CONFIG).map_err(|error| Failure::usage(error.to_string()))
        }
        None => Ok(Config::default()),
    }
}

impl Settings {
    /// Reads `fcgate.toml` and the known-failures file of the working folder.
    pub(super) fn of(options: &RunOptions) -> Result<Self, Failure> {
        let config = project()?;
        let words = |command: &[String]| command.iter().map(OsString::from).collect();
        let (adapter, prepare) = if options.adapter.is_empty() {
            (words(&config.adapter), words(&config.prepare))
        } else {
            (options.adapter.clone(), Vec::new())
        };
        if adapter.is_empty() && options.require_adapter {
            return Err(Failure::usage(NO_ADAPTER));
        }
        Ok(Self {
            adapter,
            prepare,
            environment: config.environment.clone(),
            timeout: options.timeout.or(config.timeout).unwrap_or(TIMEOUT),
            hello_timeout: options
                .hello_timeout
                .or(config.hello_timeout)
                .unwrap_or(HELLO_TIMEOUT),
            prepare_timeout: options
                .prepare_timeout
                .or(config.prepare_timeout)
                .unwrap_or(PREPARE_TIMEOUT),
            revision: options.revision.clone().or(config.revision.clone()),
            known: KnownFile::find(options.known.clone().or(config.known.clone()))?,
            level: options
                .level
                .map(Level::from)
                .or(config.level)
                .unwrap_or(Level::Must),
            profile: options.profile.or(config.profile),
            suite: config.suite,
            jobs: options.jobs.map(NonZero::get).or(config.jobs),
            processes: options
                .processes
                .or(config.processes)
                .unwrap_or(NonZero::<usize>::MIN),
            config,
        })
    }

    /// The files that the settings are read from. A report must not replace them.
    pub(super) fn files(&self) -> [UsedFile; 2] {
        [
            UsedFile {
                what: "the known-failures file",
                path: self.known.path.clone(),
            },
            UsedFile {
                what: "the settings of the project",
                path: PathBuf::from(CONFIG),
            },
        ]
    }

    /// Returns the claims of `hello` and `fcgate.toml`, limited to the selected revision.
    pub(super) fn claims(&self, hello: &Hello) -> Result<Claims, Failure> {
        let claims = self.config.with_claims(Claims::of(hello));
        let Some(revision) = &self.revision else {
            return Ok(claims);
        };
        if !claims.revisions.contains(revision) {
            let spoken = claims.revisions.join(", ");
            let message =
                format!("the adapter does not support revision {revision}; it declares: {spoken}");
            return Err(Failure::usage(message));
        }
        Ok(claims.limit_to_revision(revision))
    }

    /// Returns the rules for the verdict.
    pub(super) fn rules(&self, options: &RunOptions) -> Rules {
        let mut rules = Rules::new();
        rules.level = self.level;
        rules.partial_ok = options.partial_ok;
        rules.profile = self.profile;
        rules
    }

    /// Returns the script of the adapter, if its command is an interpreter and a file.
    pub(super) fn adapter_file(&self) -> Option<String> {
        let mut words = self.adapter.iter().skip(1);
        let file = words.find(|word| {
            let path = Path::new(word);
            path.extension().is_some() && path.is_file()
        })?;
        Some(visible::line(&file.to_string_lossy(), 200))
    }

    /// Returns the plan for the runner.
    pub(super) fn plan(&self, options: &RunOptions) -> Plan {
        let mut plan = Plan::new();
        plan.find_signed_text = Some(diagnosis::find_signed_text);
        plan.seed = options.seed;
        plan.full = self.profile == Some(Profile::Full);
        plan.shuffle = options.shuffle.map(|shuffle| match shuffle {
            Shuffle::Random => RandomState::new().hash_one("order"),
            Shuffle::Number(number) => number,
        });
        plan.suite = self.suite;
        if let Some(jobs) = self.jobs {
            plan.jobs = jobs;
        }
        plan
    }
}

impl KnownFile {
    /// Finds the known-failures file. A file that the caller names must exist; the default file is optional.
    fn find(named: Option<PathBuf>) -> Result<Self, Failure> {
        let (path, must) = match named {
            Some(path) => (path, true),
            None => (PathBuf::from(known::FILE), false),
        };
        let text = read_if_there(&path)?;
        if text.is_none() && must {
            return Err(Failure::usage(format!(
                "file not found: {}",
                path.display()
            )));
        }
        Ok(Self { path, text })
    }

    /// Parses the known failures. An invalid file is a usage error.
    pub(super) fn read(&self, corpus: &Corpus) -> Result<Option<Known>, Failure> {
        let Some(text) = &self.text else {
            return Ok(None);
        };
        let name = self.path.display().to_string();
        let usage = |error: KnownError| Failure::usage(error.to_string());
        let known = Known::read(text, &name).map_err(usage)?;
        known.check(corpus).map_err(usage)?;
        Ok(Some(known))
    }
}

fn read_if_there(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::usage(format!(
            "{} cannot be read: {error}",
            path.display()
        ))),
    }
}
