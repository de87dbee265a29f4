//! Runs of mutants on chosen cases, as the diagnosis needs them.

use std::collections::{BTreeMap, BTreeSet};

use crate::mutant::Mutant;

use super::result_digest::Fingerprint;

/// The cases that a mutant fails, by id.
pub type Failures = BTreeMap<String, Fingerprint>;

/// Runs cases with mutants.
pub trait MutantRuns {
    /// The fingerprints of those of these cases that fail with the mutant.
    fn failures(&self, mutant: &'static Mutant, cases: &[&str]) -> Failures;

    /// The same for many mutants.
    fn failures_of_all(&self, mutants: &[&'static Mutant], cases: &[&str]) -> Vec<Failures> {
        let failures = |mutant: &&'static Mutant| self.failures(mutant, cases);
        mutants.iter().map(failures).collect()
    }

    /// Those of these cases that the client of the mutants fails without a mistake: they show no mistake.
    fn failures_without_mistake(&self, cases: &[&str]) -> BTreeSet<String> {
        let _ = cases;
        BTreeSet::new()
    }
}
