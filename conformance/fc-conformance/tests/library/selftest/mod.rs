//! Mutants and the checks that detect them.

mod deviations;
mod diagnosis;
mod mutants;
mod release;
