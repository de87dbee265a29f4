//! Mutants and the checks that detect them.

mod deviations;
mod diagnosis;
mod large_cases;
mod mutants;
mod release;
mod signed_text;
