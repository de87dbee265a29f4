//! `fcgate export`: writes all cases as one file.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_cases::oracle::sha256_hex;
use fcgate_cases::startup_check;

use super::console::print;
use super::failure::Failure;
use super::files::read_fixtures;
use crate::writers::write_text;

#[derive(Debug, Args)]
pub(super) struct ExportOptions {
    /// Write the cases to FILE and their digest to FILE.sha256
    #[arg(short, long, value_name = "FILE", conflicts_with = "check")]
    pub(super) output: Option<PathBuf>,
    /// Check that the digest of FILE is the one in FILE.sha256
    #[arg(long, value_name = "FILE")]
    pub(super) check: Option<PathBuf>,
    /// The folder with requirements.json, cases and sets [default: the cases in this binary]
    #[arg(long, value_name = "DIR")]
    pub(super) fixtures: Option<PathBuf>,
}

pub(super) fn export(options: &ExportOptions) -> Result<Verdict, Failure> {
    if let Some(file) = &options.check {
        return check(file);
    }
    let files = match &options.fixtures {
        Some(folder) => read_fixtures(folder)?,
        None => Files::embedded(),
    };
    let corpus =
        startup_check::load_checked_corpus(&files).map_err(|error| Failure::harness(&error))?;
    let text = corpus
        .export(&files)
        .map_err(|error| Failure::harness(&error))?;
    match &options.output {
        Some(file) => {
            let digest = digest_line(&text, file)?;
            write_text(file, &text)?;
            write_text(&digest_file(file), &digest)?;
            print(&digest)?;
        }
        None => print(&text)?,
    }
    Ok(Verdict::Conforming)
}

/// Compares the SHA-256 digest of a file with the recorded one, to detect changes.
fn check(file: &Path) -> Result<Verdict, Failure> {
    let read = |path: &Path| {
        let shown = path.display();
        fs::read_to_string(path)
            .map_err(|error| Failure::usage(format!("{shown} cannot be read: {error}")))
    };
    let (text, digest) = (read(file)?, read(&digest_file(file))?);
    let found = digest_line(&text, file)?;
    if found.split_once(' ').map(|(hex, _)| hex) != digest.split_whitespace().next() {
        let shown = file.display();
        let message = format!("{shown} does not match its digest in {shown}.sha256");
        return Err(Failure::harness(&message));
    }
    print(&found)?;
    Ok(Verdict::Conforming)
}

/// Returns the line that `sha256sum` writes.
fn digest_line(text: &str, file: &Path) -> Result<String, Failure> {
    let name = file.file_name();
    let name = name.ok_or_else(|| Failure::usage("the output path has no file name"))?;
    let name = name.to_string_lossy();
    Ok(format!("{}  {name}\n", sha256_hex(text.as_bytes())))
}

fn digest_file(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".sha256");
    path.into()
}
