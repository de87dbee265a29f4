//! The programs with the rows.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{built, programs};

/// The package of the peers, which is outside of the workspace.
const PEERS: &str = "conformance/peers/Cargo.toml";

/// A program with rows, built with the profile for benchmarks.
pub(super) struct Program(String);

/// A measured operation.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub(super) name: String,
    /// The row that this one is compared with.
    pub(super) floor: Option<String>,
    /// Whether instructions and allocations are counted.
    pub(super) is_counted: bool,
    /// Whether `floor` is the row of this project that does the work of another library.
    pub(super) is_peer: bool,
    pub(super) point: Option<Point>,
}

/// The place of a row in a picture.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Point {
    pub(super) picture: String,
    pub(super) curve: String,
    /// The size on the horizontal axis.
    pub(super) at: u64,
}

/// The time of a row.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Time {
    pub(super) name: String,
    /// The median of the rounds.
    pub(super) nanoseconds: f64,
    /// The medians of the ratios in each round, and the limits of these ratios.
    pub(super) ratio: Option<f64>,
    pub(super) least_ratio: Option<f64>,
    pub(super) greatest_ratio: Option<f64>,
}

#[derive(Debug, Deserialize)]
struct Native {
    name: String,
    instructions: u64,
}

impl Program {
    /// Builds a package of the workspace that has one program.
    pub(super) fn build(package: &str) -> Result<Self, String> {
        Self::built_by(package, &["--locked", "--package", package])
    }

    /// Builds the peers below `target`, like everything that is built.
    pub(super) fn build_peers() -> Result<Self, String> {
        let arguments = ["--locked", "--manifest-path", PEERS];
        let folder = ["--target-dir", "target/peers"];
        Self::built_by("fc-peers", &[&arguments[..], &folder[..]].concat())
    }

    fn built_by(package: &str, arguments: &[&str]) -> Result<Self, String> {
        let build = "cargo build --quiet --profile bench --message-format=json";
        let mut words: Vec<&str> = build.split(' ').collect();
        words.extend(arguments);
        let messages = programs::output(&words)?;
        let mut executables = built::executables(&messages).into_iter();
        let program = executables.find(|built| built.name == package);
        let program = program.ok_or_else(|| format!("{package}: cargo reported no program"))?;
        Ok(Self(program.path))
    }

    pub(super) fn path(&self) -> &str {
        &self.0
    }

    /// Returns the rows in the order of the table.
    pub(super) fn rows(&self) -> Result<Vec<Row>, String> {
        self.json(&["list"])
    }

    /// Measures the times of all rows.
    pub(super) fn times(&self, rounds: u32) -> Result<Vec<Time>, String> {
        self.json(&["time", &rounds.to_string()])
    }

    /// Measures the nanoseconds of one row.
    pub(super) fn time_of(&self, row: &str, rounds: u32) -> Result<f64, String> {
        let times: Vec<Time> = self.json(&["time", &rounds.to_string(), row])?;
        let time = times.first().map(|time| time.nanoseconds);
        time.ok_or_else(|| format!("the row {row:?} was not measured"))
    }

    /// Counts the instructions that this processor executes for each counted row.
    pub(super) fn native(&self) -> Result<BTreeMap<String, u64>, String> {
        let counted: Vec<Native> = self.json(&["native"])?;
        let pair = |native: Native| (native.name, native.instructions);
        Ok(counted.into_iter().map(pair).collect())
    }

    /// Measures runs of the gate as a program of its own.
    pub(super) fn processes(&self, rounds: u32, selftest: bool) -> Result<Vec<Time>, String> {
        let gate = Self::built_by("fcgate", &["--locked", "--package", "fcgate"])?;
        let rounds = rounds.to_string();
        let selftest: &[&str] = if selftest { &["selftest"] } else { &[] };
        self.json(&[&["processes", gate.path(), &rounds], selftest].concat())
    }

    /// Runs a command of the program that prints JSON.
    pub(super) fn json<T: DeserializeOwned>(&self, arguments: &[&str]) -> Result<T, String> {
        let mut words = vec![self.path()];
        words.extend(arguments);
        serde_json::from_str(&programs::output(&words)?)
            .map_err(|error| format!("{}: {error}", words.join(" ")))
    }
}
