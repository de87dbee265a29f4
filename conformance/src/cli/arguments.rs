//! The arguments of every command.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::corpus::Level;
use crate::protocol::REVISIONS;

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
    /// Judge the built-in reference by every case
    Run(RunOptions),
    /// List the cases
    List(ListOptions),
    /// Explain a case or a requirement
    Explain(ExplainOptions),
    /// Be an adapter: the built-in reference in JSON lines on standard input and output
    Reference,
}

#[derive(Debug, Args)]
pub(super) struct RunOptions {
    /// Write a report, e.g. json=report.json
    #[arg(long, value_name = "KIND=PATH")]
    pub(super) report: Vec<ReportTarget>,
    /// Run only the cases whose id matches the glob
    #[arg(long, value_name = "GLOB")]
    pub(super) only: Vec<String>,
    /// Leave out the cases whose id matches the glob
    #[arg(long, value_name = "GLOB")]
    pub(super) skip: Vec<String>,
    /// The lowest level that gates
    #[arg(long, value_enum, default_value_t = GatingLevel::Must)]
    pub(super) level: GatingLevel,
    /// Judge only by the cases of one API revision
    #[arg(long, value_name = "REVISION", value_parser = PossibleValuesParser::new(REVISIONS))]
    pub(super) revision: Option<String>,
    /// A run that a filter made smaller may be conforming
    #[arg(long)]
    pub(super) partial_ok: bool,
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
pub(super) struct ExplainOptions {
    /// The id of a case or of a requirement
    pub(super) id: String,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GatingLevel {
    Must,
    Should,
}

impl From<GatingLevel> for Level {
    fn from(level: GatingLevel) -> Self {
        match level {
            GatingLevel::Must => Self::Must,
            GatingLevel::Should => Self::Should,
        }
    }
}

/// Where a report goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReportTarget {
    pub(super) kind: ReportKind,
    pub(super) path: PathBuf,
}

/// The kinds of report that can be written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReportKind {
    Json,
}

impl FromStr for ReportTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, path) = text.split_once('=').ok_or("it has the form KIND=PATH")?;
        let kind = match kind {
            "json" => ReportKind::Json,
            _ => {
                return Err(format!(
                    "there is no report of kind {kind:?}; there is: json"
                ));
            }
        };
        if path.is_empty() {
            return Err("the path is empty".to_owned());
        }
        Ok(Self {
            kind,
            path: PathBuf::from(path),
        })
    }
}
