//! `fcgate completions`: prints shell completions.

use clap::{Args, Command};
use clap_complete::Shell;

use fc_conformance::verdict::Verdict;

use super::console::print;
use super::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct CompletionsOptions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completions of a shell.
pub(super) fn completions(all: &Command, options: &CompletionsOptions) -> Result<Verdict, Failure> {
    let mut script = Vec::new();
    let mut command = without_hidden(all);
    clap_complete::generate(options.shell, &mut command, "fcgate", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Verdict::Conforming)
}

/// Returns the command line without its hidden commands.
fn without_hidden(all: &Command) -> Command {
    let typed = all.get_subcommands().filter(|one| !one.is_hide_set());
    Command::new("fcgate")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommands(typed.cloned())
}
