//! `--color`, which several commands share.

use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, Args)]
pub(super) struct ColorOption {
    /// When to use color
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl ColorOption {
    /// Sets the color choice of this process.
    pub(super) fn apply(self) {
        let choice = match self.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}
