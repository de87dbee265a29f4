//! The run of one foreign mistake, and whether the diagnosis names it rightly.

use std::collections::BTreeSet;

use fcgate_mutants::foreign::ForeignMistake;
use fcgate_mutants::search::Explained;

/// The result of running one foreign mistake.
#[derive(Clone)]
#[non_exhaustive]
#[expect(missing_debug_implementations, reason = "the mistake has functions")]
pub struct ForeignRun {
    /// The mistake.
    pub mistake: &'static ForeignMistake,
    /// The number of cases that fail.
    pub failed: usize,
    /// The codes of the mutants that the diagnosis names, of each cause.
    pub named: BTreeSet<Vec<&'static str>>,
}

/// How the diagnosis names a foreign mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Naming {
    /// Every named cause lists a mutant that is the same mistake.
    Rightly,
    /// No mutant is named.
    NotNamed,
    /// A cause lists only other mistakes.
    Wrongly,
    /// No case fails.
    NotSeen,
}

impl Naming {
    /// The naming in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Rightly => "named rightly",
            Self::NotNamed => "not named",
            Self::Wrongly => "named wrongly",
            Self::NotSeen => "no case fails",
        }
    }
}

impl ForeignRun {
    pub(super) fn new(
        mistake: &'static ForeignMistake,
        failed: usize,
        explained: &Explained,
    ) -> Self {
        let codes = explained.values().map(|mutants| {
            let codes = mutants.iter().map(|mutant| mutant.code);
            codes.collect()
        });
        Self {
            mistake,
            failed,
            named: codes.collect(),
        }
    }

    /// How the diagnosis names it.
    pub fn naming(&self) -> Naming {
        let is_right = |codes: &Vec<&str>| {
            let mut codes = codes.iter();
            codes.any(|code| self.mistake.right_names.contains(code))
        };
        match () {
            () if self.failed == 0 => Naming::NotSeen,
            () if self.named.is_empty() => Naming::NotNamed,
            () if self.named.iter().all(is_right) => Naming::Rightly,
            () => Naming::Wrongly,
        }
    }
}
