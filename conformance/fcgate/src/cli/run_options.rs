//! The options of `run`, which `baseline` shares.

use std::ffi::OsString;
use std::num::NonZero;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use fc_conformance::verdict::Shard;
use fcgate_cases::Profile;
use fcgate_cases::corpus::Level;
use fcgate_protocol::REVISIONS;
use fcgate_runner::Contain;
use fcgate_text::visible;

use super::report_options::ReportOptions;

#[derive(Debug, Args)]
pub(super) struct RunOptions {
    /// Demand that everything of a profile is claimed and runs
    #[arg(long, env = "FCGATE_PROFILE")]
    pub(super) profile: Option<Profile>,
    /// Judge only by the cases of one API revision
    #[arg(long, env = "FCGATE_REVISION", value_parser = PossibleValuesParser::new(REVISIONS))]
    pub(super) revision: Option<String>,
    /// The lowest level that gates [default: must]
    #[arg(long, env = "FCGATE_LEVEL", value_enum)]
    pub(super) level: Option<GatingLevel>,
    /// Run only the cases whose id matches the glob
    #[arg(long, value_name = "GLOB")]
    pub(super) only: Vec<String>,
    /// Leave out the cases whose id matches the glob
    #[arg(long, value_name = "GLOB")]
    pub(super) skip: Vec<String>,
    /// The known failures [default: fcgate-known.toml, where it is there]
    #[arg(long, env = "FCGATE_KNOWN", value_name = "FILE")]
    pub(super) known: Option<PathBuf>,
    /// How many seconds an adapter has for one question [default: 5]
    #[arg(long, env = "FCGATE_TIMEOUT", value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<Duration>,
    /// How many cases run at once, where the adapter takes as many [default: one for each processor]
    #[arg(long, env = "FCGATE_JOBS", value_name = "N", value_parser = jobs)]
    pub(super) jobs: Option<NonZero<usize>>,
    /// Run one part of N, e.g. 2/5
    #[arg(long, env = "FCGATE_SHARD", value_name = "I/N")]
    pub(super) shard: Option<Shard>,
    /// The number from which everything random in a run is drawn
    #[arg(long, env = "FCGATE_SEED", value_name = "NUMBER", default_value_t = 0)]
    pub(super) seed: u64,
    /// Try every law too, with so many drawn inputs each [default without a number: 256]
    #[arg(long, env = "FCGATE_PROPERTIES", value_name = "INPUTS", num_args = 0..=1, default_missing_value = "256", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) properties: Option<u32>,
    /// Run the cases in an order drawn from this number, or from a random one
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "random")]
    pub(super) shuffle: Option<Shuffle>,
    /// A run that a filter made smaller may be conforming
    #[arg(long)]
    pub(super) partial_ok: bool,
    /// Refuse to judge the built-in reference where no adapter is given
    #[arg(long, env = "FCGATE_REQUIRE_ADAPTER")]
    pub(super) require_adapter: bool,
    /// How the processes of an adapter are kept together
    #[arg(long, env = "FCGATE_CONTAIN", value_enum, default_value_t = Containment::Auto)]
    pub(super) contain: Containment,
    #[command(flatten)]
    pub(super) reports: ReportOptions,
    /// The adapter and its arguments; without one, the built-in reference is judged
    #[arg(last = true, value_name = "ADAPTER")]
    pub(super) adapter: Vec<OsString>,
}

impl RunOptions {
    /// The adapter as it can be typed into a shell, where it was named on the command line.
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
    /// In a process namespace where the system lets us, else in a process group
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

/// From what the order of the cases is drawn.
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
                .map_err(|_| "it is a number, or 'random'"),
        }
    }
}

/// How many cases run at once.
fn jobs(text: &str) -> Result<NonZero<usize>, &'static str> {
    text.parse().map_err(|_| "it is a number, at least 1")
}

/// A time limit in seconds, fractions allowed.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let refused = "it is a number of seconds between 0.1 and 3600";
    let seconds: f64 = text.parse().map_err(|_| refused)?;
    if (0.1..=3600.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err(refused.to_owned())
    }
}
