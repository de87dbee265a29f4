//! `fcgate`, the command-line program of the conformance gate: the commands and the writers of reports.

pub mod cli;
pub mod config;
pub mod writers;
