//! Defines the verdicts and their exit codes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The verdict of a run or of any command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Verdict {
    /// Every required case ran, and passed or is a valid known failure.
    Conforming,
    /// A case failed, crashed or timed out.
    Nonconforming,
    /// A usage or configuration error occurred.
    Config,
    /// No case failed, but something required did not run.
    Incomplete,
    /// The gate itself failed: the corpus, the endpoint, the self-test, or writing a report.
    Harness,
    /// The adapter could not start, failed `hello`, or broke the protocol.
    Adapter,
}

impl Verdict {
    /// All verdicts in order of precedence, the highest first.
    const PRECEDENCE: [Self; 6] = [
        Self::Harness,
        Self::Config,
        Self::Adapter,
        Self::Nonconforming,
        Self::Incomplete,
        Self::Conforming,
    ];

    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Conforming => 0,
            Self::Nonconforming => 1,
            Self::Config => 2,
            Self::Incomplete => 3,
            Self::Harness => 4,
            Self::Adapter => 5,
        }
    }

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Conforming => "conforming",
            Self::Nonconforming => "nonconforming",
            Self::Config => "config",
            Self::Incomplete => "incomplete",
            Self::Harness => "harness",
            Self::Adapter => "adapter",
        }
    }

    /// Returns the verdict with the higher precedence. The order of the exit codes is 4, 2, 5, 1, 3, 0.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        Self::PRECEDENCE
            .into_iter()
            .find(|verdict| [self, other].contains(verdict))
            .unwrap_or(Self::Harness)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict;

    #[test]
    fn the_precedence_of_the_exit_codes_is_4_2_5_1_3_0() {
        let order: Vec<u8> = Verdict::PRECEDENCE.into_iter().map(Verdict::code).collect();
        assert_eq!(order, [4, 2, 5, 1, 3, 0]);
        for (place, winner) in Verdict::PRECEDENCE.into_iter().enumerate() {
            for loser in Verdict::PRECEDENCE.into_iter().skip(place) {
                assert_eq!((winner.worse(loser), loser.worse(winner)), (winner, winner));
            }
        }
    }
}
