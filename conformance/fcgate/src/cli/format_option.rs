//! `--format`, which several commands share.

use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, Args)]
pub(super) struct FormatOption {
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}
