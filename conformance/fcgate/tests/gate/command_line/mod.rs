//! The commands of the binary.

mod config_file;
mod flags;
mod mutants;
mod sign;
mod usage;
mod vectors;
