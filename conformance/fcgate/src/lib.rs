//! `fcgate`, the command-line program of the conformance gate: the commands, the writers of reports, `serve` and `why`.

pub mod cli;
pub mod config;
pub mod serve;
pub mod why;
pub mod writers;
