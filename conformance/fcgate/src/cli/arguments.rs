//! The commands and their arguments.

use clap::{Parser, Subcommand};

use super::baseline::BaselineOptions;
use super::completions::CompletionsOptions;
use super::demo::DemoOptions;
use super::diff::DiffOptions;
use super::explain::ExplainOptions;
use super::export::ExportOptions;
use super::format_option::FormatOption;
use super::help_examples as examples;
use super::history::HistoryOptions;
use super::init::InitOptions;
use super::man_pages::ManOptions;
use super::matrix::MatrixOptions;
use super::merge::MergeOptions;
use super::reference::ReferenceOptions;
use super::run_options::RunOptions;
use super::serve::ServeOptions;
use super::sign::SignOptions;
use super::supervise::SuperviseOptions;
use super::vector::VectorOptions;
use super::why::WhyOptions;

/// The conformance gate for clients of Function Compute's InvokeFunction.
#[derive(Debug, Parser)]
#[command(name = "fcgate", version, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 conforming, 1 not conforming, 2 usage error, 3 incomplete, 4 the gate itself failed,
5 the adapter failed. When several apply: 4, 2, 5, 1, 3, 0.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run the cases against an adapter, or against the built-in reference
    #[command(after_help = examples::RUN)]
    Run(RunOptions),
    /// Propose a known-failures file for an adapter, or write it
    #[command(after_help = examples::BASELINE)]
    Baseline(BaselineOptions),
    /// Merge the JSON reports of all shards
    #[command(after_help = examples::MERGE)]
    Merge(MergeOptions),
    /// Compare two JSON reports of one client: new failures, fixed cases, and other changes
    #[command(after_help = examples::DIFF)]
    Diff(DiffOptions),
    /// Compare the releases of one client, from their JSON reports
    #[command(after_help = examples::HISTORY)]
    History(HistoryOptions),
    /// Compare several implementations in a table, from their JSON reports
    #[command(after_help = examples::MATRIX)]
    Matrix(MatrixOptions),
    /// List the cases
    #[command(after_help = examples::LIST)]
    List(FormatOption),
    /// Explain a case or a requirement
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainOptions),
    /// Add, check and format cases
    #[command(after_help = examples::VECTOR)]
    Vector(VectorOptions),
    /// Export all cases as one JSON file with its SHA-256 digest
    #[command(after_help = examples::EXPORT)]
    Export(ExportOptions),
    /// Run a fake endpoint on loopback and check the requests of a client; no adapter needed
    Serve(ServeOptions),
    /// Run the built-in reference as an adapter: JSON lines on standard input and output
    #[command(after_help = examples::REFERENCE)]
    Reference(ReferenceOptions),
    /// List the mutants: the known mistakes that can explain a failed case
    #[command(after_help = examples::MUTANTS)]
    Mutants(FormatOption),
    /// Verify that every check can fail, and print which mutants each check detects
    #[command(after_help = examples::SELFTEST)]
    Selftest,
    /// Explain why the signature of a captured request is valid or not
    Why(WhyOptions),
    /// Sign a request offline and print every stage
    Sign(SignOptions),
    /// Write an adapter template, fcgate.toml and a CI workflow
    #[command(after_help = examples::INIT)]
    Init(InitOptions),
    /// Show how the gate finds and explains a mistake of an SDK; offline, takes two seconds
    #[command(after_help = examples::DEMO)]
    Demo(DemoOptions),
    /// Print shell completions
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsOptions),
    /// Print a manual page
    #[command(after_help = examples::MAN)]
    Man(ManOptions),
    /// Run a program as the first process of a namespace and return its exit code
    #[command(hide = true)]
    Supervise(SuperviseOptions),
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory as _, Parser as _};

    use super::Arguments;

    /// The command name with every example call at the end of its help.
    fn example_calls(command: &Command, name: &str) -> Vec<(String, String)> {
        let help = command.get_after_help().map(ToString::to_string);
        let help = help.unwrap_or_default();
        let lines = help.lines().filter_map(|line| line.strip_prefix("  "));
        let calls = lines.filter(|line| line.starts_with("fcgate "));
        calls
            .map(|line| (name.to_owned(), line.to_owned()))
            .collect()
    }

    #[test]
    fn every_example_in_the_help_parses() {
        let whole = Arguments::command();
        let mut all = Vec::new();
        for command in whole.get_subcommands().filter(|one| !one.is_hide_set()) {
            let name = command.get_name();
            for inner in command.get_subcommands() {
                let found = example_calls(inner, &format!("{name} {}", inner.get_name()));
                assert!(!found.is_empty(), "{name} {}", inner.get_name());
                all.extend(found);
            }
            let found = example_calls(command, name);
            let others = ["why", "sign", "serve"];
            assert!(!found.is_empty() || others.contains(&name), "{name}");
            all.extend(found.into_iter().filter(|_| !others.contains(&name)));
        }
        assert!(all.len() > 25, "{all:?}");
        for (name, line) in all {
            let call = line.split(" > ").next().unwrap_or_default();
            let words = shlex::split(call).unwrap();
            let read = Arguments::try_parse_from(words);
            assert!(read.is_ok(), "{name}: {line}: {}", read.unwrap_err());
        }
    }
}
