//! The commands and their arguments.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::demo::DemoOptions;
use super::examples;
use super::export::ExportOptions;
use super::init::InitOptions;
use super::matrix::MatrixOptions;
use super::run_options::{ReportTarget, RunOptions};
use super::serve::ServeOptions;
use super::shell::{CompletionsOptions, ManOptions};
use super::sign::SignOptions;
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
    /// Judge an adapter, or the built-in reference, by every case
    #[command(after_help = examples::RUN)]
    Run(RunOptions),
    /// Propose the known failures of an adapter, or write them
    #[command(after_help = examples::BASELINE)]
    Baseline(BaselineOptions),
    /// Put the JSON reports of all shards together
    #[command(after_help = examples::MERGE)]
    Merge(MergeOptions),
    /// Draw the table of several implementations from their JSON reports
    #[command(after_help = examples::MATRIX)]
    Matrix(MatrixOptions),
    /// List the cases
    #[command(after_help = examples::LIST)]
    List(ListOptions),
    /// Explain a case or a requirement
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainOptions),
    /// Write, check and format cases
    #[command(after_help = examples::VECTOR)]
    Vector(VectorOptions),
    /// Write the corpus as one JSON file with its digest
    #[command(after_help = examples::EXPORT)]
    Export(ExportOptions),
    /// Be the service on this machine, for a client that has no adapter: judge what it sends
    Serve(ServeOptions),
    /// Be an adapter: the built-in reference in JSON lines on standard input and output
    #[command(after_help = examples::REFERENCE)]
    Reference(ReferenceOptions),
    /// List the mutants: the mistakes by which a red case is explained
    #[command(after_help = examples::MUTANTS)]
    Mutants(ListOptions),
    /// Prove that every check can fail, and print which mutant trips which check
    #[command(after_help = examples::SELFTEST)]
    Selftest,
    /// Explain the signature of a request that was captured
    Why(WhyOptions),
    /// Sign a request offline and show every stage
    Sign(SignOptions),
    /// Write an adapter to fill in, fcgate.toml and a CI workflow
    #[command(after_help = examples::INIT)]
    Init(InitOptions),
    /// See a broken SDK go red, be explained and go green: offline, in two seconds
    #[command(after_help = examples::DEMO)]
    Demo(DemoOptions),
    /// Print the completions of a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsOptions),
    /// Print the manual page
    #[command(after_help = examples::MAN)]
    Man(ManOptions),
    /// Start a program as the first process of a namespace, and end as it ends
    #[command(hide = true)]
    Supervise(SuperviseOptions),
}

#[derive(Debug, Args)]
pub(super) struct BaselineOptions {
    /// Write the file of known failures instead of printing it
    #[arg(long)]
    pub(super) write: bool,
    /// Where the failures are tracked, for the new entries
    #[arg(long, value_name = "URL")]
    pub(super) issue: Option<String>,
    #[command(flatten)]
    pub(super) run: RunOptions,
}

#[derive(Debug, Args)]
pub(super) struct MergeOptions {
    /// The JSON report of every shard
    #[arg(required = true, value_name = "REPORT")]
    pub(super) shards: Vec<PathBuf>,
    /// Write a report, e.g. json=report.json
    #[arg(long, value_name = "KIND=PATH")]
    pub(super) report: Vec<ReportTarget>,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// Say only the count and the verdict
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say the status of every case
    #[arg(short, long, action = ArgAction::SetTrue)]
    pub(super) verbose: bool,
}

#[derive(Debug, Args)]
pub(super) struct ListOptions {
    /// How to list
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct ReferenceOptions {
    /// With the mistake of this mutant
    #[arg(long, value_name = "NAME")]
    pub(super) mutant: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ExplainOptions {
    /// The id of a case or of a requirement, or the code of a mistake
    pub(super) id: String,
}

#[derive(Debug, Args)]
pub(super) struct SuperviseOptions {
    /// The program and its arguments
    #[arg(required = true, last = true)]
    pub(super) command: Vec<std::ffi::OsString>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}
