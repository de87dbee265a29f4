//! The program with the rows.

use serde::Deserialize;

use crate::{built, programs};

/// The program with the rows, built with the profile for benchmarks.
pub(super) struct Program(String);

/// A measured operation.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub(super) name: String,
    /// The row with the least work that the result needs.
    pub(super) floor: Option<String>,
}

/// The time of a row.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Time {
    pub(super) name: String,
    /// The median of the rounds.
    pub(super) nanoseconds: f64,
    /// The medians of the ratios to the floor in each round, and the limits of these ratios.
    pub(super) ratio: Option<f64>,
    pub(super) least_ratio: Option<f64>,
    pub(super) greatest_ratio: Option<f64>,
}

impl Program {
    pub(super) fn build() -> Result<Self, String> {
        let build =
            "cargo build --quiet --profile bench --locked -p fc-benchmarks --message-format=json";
        let words: Vec<&str> = build.split(' ').collect();
        let messages = programs::output(&words)?;
        let mut executables = built::executables(&messages).into_iter();
        let program = executables
            .next()
            .ok_or("fc-benchmarks: cargo reported no program")?;
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

    fn json<T: for<'de> Deserialize<'de>>(&self, arguments: &[&str]) -> Result<T, String> {
        let mut words = vec![self.path()];
        words.extend(arguments);
        serde_json::from_str(&programs::output(&words)?)
            .map_err(|error| format!("{}: {error}", words.join(" ")))
    }
}
