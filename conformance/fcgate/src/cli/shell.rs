//! `fcgate completions` and `fcgate man`: what an installation puts into its place.

use clap::{Args, Command, CommandFactory as _};
use clap_complete::Shell;

use fc_conformance::verdict::Verdict;
use fcgate_text::visible;

use super::arguments::Arguments;
use super::{Failure, print};

#[derive(Debug, Args)]
pub(super) struct CompletionsOptions {
    /// The shell that is to complete the command line
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completions of a shell.
pub(super) fn completions(options: &CompletionsOptions) -> Verdict {
    let mut script = Vec::new();
    let mut command = shown();
    clap_complete::generate(options.shell, &mut command, "fcgate", &mut script);
    print(&String::from_utf8_lossy(&script));
    Verdict::Conforming
}

/// The commands that people type; what the gate starts by itself is none of them.
fn shown() -> Command {
    let all = Arguments::command();
    let typed = all.get_subcommands().filter(|one| !one.is_hide_set());
    Command::new("fcgate")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommands(typed.cloned())
}

#[derive(Debug, Args)]
pub(super) struct ManOptions {
    /// The command whose page it is; the one of fcgate itself where there is none
    command: Option<String>,
}

/// Prints a manual page.
pub(super) fn man(options: &ManOptions) -> Result<Verdict, Failure> {
    let mut command = Arguments::command();
    command.build();
    let described = match &options.command {
        None => &command,
        Some(name) => command.find_subcommand(name).ok_or_else(|| {
            let name = visible::line(name, 80);
            Failure::usage(format!("there is no command '{name}'"))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(described.clone())
        .render(&mut page)
        .map_err(|error| Failure::harness(&error))?;
    print(&String::from_utf8_lossy(&page));
    Ok(Verdict::Conforming)
}
