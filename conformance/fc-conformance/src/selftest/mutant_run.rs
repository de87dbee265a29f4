//! The run of one mutant.

use fcgate_mutants::Mutant;

/// The result of running one mutant.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MutantRun {
    /// The mutant.
    pub mutant: &'static Mutant,
    /// The cases that the mutant fails, each with its first failed check: `case#check`.
    pub failed_checks: Vec<String>,
    /// The mutants that the diagnosis names for most of these cases: each gives the same answers.
    pub named: Vec<&'static Mutant>,
    /// Whether the diagnosis names another mistake for a case, and not this one.
    pub is_named_wrongly: bool,
    /// The number of failed cases that are not echoes.
    pub cases_to_read: usize,
}
