//! The options for reports, which `run`, `baseline`, `merge` and `serve` share.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgAction, Args};

use crate::writers::{Kind, UnknownKind};
use fc_conformance::report::Verbosity;

use super::color_option::ColorOption;

#[derive(Debug, Args)]
pub(super) struct ReportOptions {
    /// Write a report, e.g. junit=report.xml; kinds: json jsonl junit tap md html badge
    #[arg(long, value_name = "KIND=PATH")]
    pub(super) report: Vec<ReportTarget>,
    #[command(flatten)]
    pub(super) color: ColorOption,
    /// Print only the number of cases and the verdict
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Print the status of every case
    #[arg(short, long, action = ArgAction::SetTrue)]
    pub(super) verbose: bool,
}

impl ReportOptions {
    /// How much the text report shows.
    pub(super) fn verbosity(&self) -> Verbosity {
        if self.quiet {
            Verbosity::Quiet
        } else if self.verbose {
            Verbosity::Verbose
        } else {
            Verbosity::Normal
        }
    }
}

/// The kind of a report and the file that it is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReportTarget {
    pub(super) kind: Kind,
    pub(super) path: PathBuf,
}

impl FromStr for ReportTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, path) = text.split_once('=').ok_or("expected KIND=PATH")?;
        if path.is_empty() {
            return Err("the path is empty".to_owned());
        }
        Ok(Self {
            kind: kind
                .parse()
                .map_err(|error: UnknownKind| error.to_string())?,
            path: PathBuf::from(path),
        })
    }
}
