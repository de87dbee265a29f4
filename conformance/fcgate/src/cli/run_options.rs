//! The options of `run` and `baseline`.

use std::ffi::OsString;
use std::num::NonZero;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::config::{MAX_PROCESSES, reason_to_refuse_credential};
use fc_conformance::verdict::Shard;
use fcgate_cases::Profile;
use fcgate_cases::corpus::Level;
use fcgate_protocol::REVISIONS;
use fcgate_runner::Contain;
use fcgate_text::visible;

use super::provenance_options::ProvenanceOptions;
use super::report_options::ReportOptions;

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line, independent of the others"
)]
pub(super) struct RunOptions {
    /// Require all capabilities of a profile
    #[arg(long, env = "FCGATE_PROFILE")]
    pub(super) profile: Option<Profile>,
    /// Run only the cases of one API revision
    #[arg(long, env = "FCGATE_REVISION", value_parser = PossibleValuesParser::new(REVISIONS))]
    pub(super) revision: Option<String>,
    /// The lowest level that can fail the run [default: must]
    #[arg(long, env = "FCGATE_LEVEL", value_enum)]
    pub(super) level: Option<GatingLevel>,
    /// Run only the cases whose id matches the glob
    #[arg(long, value_name = "GLOB")]
    pub(super) only: Vec<String>,
    /// Skip the cases whose id matches the glob
    #[arg(long, value_name = "GLOB")]
    pub(super) skip: Vec<String>,
    /// The known-failures file [default: fcgate-known.toml, if it exists]
    #[arg(long, env = "FCGATE_KNOWN", value_name = "FILE")]
    pub(super) known: Option<PathBuf>,
    /// The time limit for each reply of the adapter [default: 5]
    #[arg(long, env = "FCGATE_TIMEOUT", value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<Duration>,
    /// The time limit for the start of the adapter and its first reply [default: 10]
    #[arg(long, env = "FCGATE_HELLO_TIMEOUT", value_name = "SECONDS", value_parser = seconds)]
    pub(super) hello_timeout: Option<Duration>,
    /// The time limit for the `prepare` command of fcgate.toml [default: 300]
    #[arg(long, env = "FCGATE_PREPARE_TIMEOUT", value_name = "SECONDS", value_parser = seconds)]
    pub(super) prepare_timeout: Option<Duration>,
    /// How many cases run at once, if the adapter supports it; cases over HTTP mostly wait [default: 8 per processor]
    #[arg(long, env = "FCGATE_JOBS", value_name = "N", value_parser = jobs)]
    pub(super) jobs: Option<NonZero<usize>>,
    /// How many copies of the adapter run side by side, for one that answers one request at a time [default: 1]
    #[arg(long, env = "FCGATE_PROCESSES", value_name = "N", value_parser = processes)]
    pub(super) processes: Option<NonZero<usize>>,
    /// Run shard I of N, e.g. 2/5
    #[arg(long, env = "FCGATE_SHARD", value_name = "I/N")]
    pub(super) shard: Option<Shard>,
    /// The seed of all random values of the run
    #[arg(long, env = "FCGATE_SEED", value_name = "NUMBER", default_value_t = 0)]
    pub(super) seed: u64,
    /// Also check every property with this many random inputs [default without a number: 256]
    #[arg(long, env = "FCGATE_PROPERTIES", value_name = "INPUTS", num_args = 0..=1, default_missing_value = "256", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) properties: Option<u32>,
    /// Shuffle the cases with this seed, or with a random one
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "random")]
    pub(super) shuffle: Option<Shuffle>,
    /// Return success even if filters leave out required cases
    #[arg(long)]
    pub(super) partial_ok: bool,
    /// Stop after the first required failure
    #[arg(long)]
    pub(super) fail_fast: bool,
    /// Run only the must and should cases that failed, or could not run, in an earlier JSON report
    #[arg(long, value_name = "REPORT")]
    pub(super) rerun_failed: Option<PathBuf>,
    /// Run every case N times; a case whose result differs between them is flaky, and fails
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(super) repeat: u32,
    /// Fail if no adapter is configured, instead of testing the built-in reference
    #[arg(long, env = "FCGATE_REQUIRE_ADAPTER")]
    pub(super) require_adapter: bool,
    /// How to contain the processes of the adapter
    #[arg(long, env = "FCGATE_CONTAIN", value_enum, default_value_t = Containment::Auto)]
    pub(super) contain: Containment,
    /// Treat an unknown field in a reply of the adapter as a protocol error
    #[arg(long)]
    pub(super) strict_protocol: bool,
    /// Pass an environment variable to the adapter although its name or value looks like a credential
    #[arg(long, value_name = "NAME", value_parser = credential_variable)]
    pub(super) pass_credential: Vec<String>,
    #[command(flatten)]
    pub(super) provenance: ProvenanceOptions,
    #[command(flatten)]
    pub(super) reports: ReportOptions,
    /// The command of the adapter; without it and without fcgate.toml, the built-in reference is tested
    #[arg(last = true, value_name = "ADAPTER")]
    pub(super) adapter: Vec<OsString>,
}

impl RunOptions {
    /// The options that decide the result of a single case, for a shell; each with a leading space.
    pub(super) fn options_of_case(&self) -> String {
        let level = self.level.map(Level::from);
        let known = self.known.as_ref();
        let seconds = |limit: Duration| limit.as_secs_f64().to_string();
        let seed = Some(self.seed).filter(|seed| *seed != 0);
        let group = self.contain == Containment::Group;
        let options = [
            (
                "--profile",
                self.profile.map(|profile| profile.name().to_owned()),
            ),
            ("--revision", self.revision.clone()),
            ("--level", level.map(|level| level.to_string())),
            ("--known", known.map(|path| path.display().to_string())),
            ("--timeout", self.timeout.map(seconds)),
            ("--hello-timeout", self.hello_timeout.map(seconds)),
            ("--seed", seed.map(|seed| seed.to_string())),
            ("--contain", group.then(|| "group".to_owned())),
        ];
        let variables = self.pass_credential.iter().cloned();
        let variables = variables.map(|name| ("--pass-credential", Some(name)));
        let words = options
            .into_iter()
            .chain(variables)
            .filter_map(|(name, value)| {
                let value = visible::line(&value?, 200);
                let quoted = shlex::try_quote(&value).ok()?;
                Some(format!(" {name} {quoted}"))
            });
        let strict = if self.strict_protocol {
            " --strict-protocol"
        } else {
            ""
        };
        words.collect::<String>() + strict
    }

    /// The adapter command for a shell, if it was given on the command line.
    pub(super) fn adapter_line(&self) -> Option<String> {
        let words: Vec<String> = self
            .adapter
            .iter()
            .map(|word| visible::line(&word.to_string_lossy(), 200))
            .collect();
        shlex::try_join(words.iter().map(String::as_str))
            .ok()
            .filter(|line| !line.is_empty())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GatingLevel {
    Must,
    Should,
}

impl From<GatingLevel> for Level {
    fn from(level: GatingLevel) -> Self {
        match level {
            GatingLevel::Must => Self::Must,
            GatingLevel::Should => Self::Should,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Containment {
    /// In a process namespace if the system allows it, else in a process group
    Auto,
    /// In a process group
    Group,
}

impl From<Containment> for Contain {
    fn from(containment: Containment) -> Self {
        match containment {
            Containment::Auto => Self::Auto,
            Containment::Group => Self::Group,
        }
    }
}

/// The seed of the order of the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shuffle {
    Random,
    Number(u64),
}

impl FromStr for Shuffle {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "random" => Ok(Self::Random),
            number => number
                .parse()
                .map(Self::Number)
                .map_err(|_| "expected a number or 'random'"),
        }
    }
}

/// Parses the name of a variable that may hold a credential.
fn credential_variable(name: &str) -> Result<String, &'static str> {
    match reason_to_refuse_credential(name) {
        Some(reason) => Err(reason),
        None => Ok(name.to_owned()),
    }
}

/// Parses a number of jobs.
fn jobs(text: &str) -> Result<NonZero<usize>, &'static str> {
    text.parse().map_err(|_| "expected a number, at least 1")
}

/// Parses a number of copies of the adapter.
fn processes(text: &str) -> Result<NonZero<usize>, String> {
    let number: Option<NonZero<usize>> = text.parse().ok();
    number
        .filter(|number| number.get() <= MAX_PROCESSES)
        .ok_or_else(|| format!("expected a number between 1 and {MAX_PROCESSES}"))
}

/// Parses a time limit in seconds; fractions are allowed.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let refused = "expected a number of seconds between 0.1 and 3600";
    let seconds: f64 = text.parse().map_err(|_| refused)?;
    if (0.1..=3600.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err(refused.to_owned())
    }
}
