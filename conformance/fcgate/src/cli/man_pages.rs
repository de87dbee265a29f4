//! `fcgate man`: prints manual pages.

use clap::{Args, Command};

use fc_conformance::verdict::Verdict;
use fcgate_text::visible;

use super::console::print;
use super::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct ManOptions {
    /// The command that the page describes [default: fcgate itself]
    command: Option<String>,
}

/// Prints a manual page.
pub(super) fn man(mut command: Command, options: &ManOptions) -> Result<Verdict, Failure> {
    command.build();
    let described = match &options.command {
        None => &command,
        Some(name) => command.find_subcommand(name).ok_or_else(|| {
            let name = visible::line(name, 80);
            Failure::usage(format!("unknown command '{name}'"))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(described.clone())
        .render(&mut page)
        .map_err(|error| Failure::harness(&error))?;
    print(&String::from_utf8_lossy(&page))?;
    Ok(Verdict::Conforming)
}
