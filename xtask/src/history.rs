//! `cargo xtask history`: judges several released versions of one official SDK, and shows which release changed what.
//!
//! All releases have the same adapter and the same dependencies: those that the repository pins for the SDK. Only the package of
//! the SDK itself differs, so that every change of a result is a change of that package.

mod adapter_fault;
mod judged;
mod release;

use std::fs;

use crate::gate;
use crate::generated_page;
use crate::programs;
use crate::sdks::{SDKS, Sdk};

use judged::Judged;
use release::Release;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The SDK, by its name in the matrix; only those of Python
    #[arg(value_name = "SDK")]
    name: String,
    /// The released versions, as on the registry
    #[arg(required = true, value_name = "VERSION", value_parser = version)]
    versions: Vec<String>,
    /// Write docs/sdk-history/SDK.md instead of printing the history
    #[arg(long)]
    write: bool,
}

/// One page for each SDK.
const PAGES: &str = "docs/sdk-history";
/// What every reader of the page must know.
const ABOUT: &str = "`cargo xtask history` judged these releases on one machine, without known failures. Each release is in an environment of its own, with the \
     same adapter and the same dependencies (`requirements.txt` and `history-requirements.txt` of the adapter, by hash). Only the package \
     itself differs, so each change below is a change of the package. The dependencies have releases of their own, which this page does not \
     show: most of the behaviour that the gate judges is in the shared core of the generated SDKs. How we checked that no change comes from the adapter: \
     [the adapter's page](../../conformance/adapters/sdk-python/README.md#older-releases).";

/// A version becomes a part of a path and of a requirement of pip.
fn version(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || ".+-_!".contains(c);
    let starts = text.starts_with(|c: char| c.is_ascii_digit());
    if starts && text.len() <= 60 && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("expected a version such as 4.8.3".to_owned())
    }
}

#[expect(clippy::print_stdout, reason = "the history is for the reader")]
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let sdk = find(&args.name)?;
    let mut reports = Vec::new();
    let mut not_judged = Vec::new();
    for version in &args.versions {
        let release = Release::new(sdk, version)?;
        println!("{} {version}", sdk.name);
        match release.judge()? {
            Judged::Report(path) => reports.push(path),
            Judged::Not(reason) => not_judged.push(format!("{version}={reason}")),
        }
    }
    if reports.is_empty() {
        return Err(format!(
            "no release could be judged: {}",
            not_judged.join("; ")
        ));
    }
    let format = if args.write { "md" } else { "text" };
    let mut words = vec![gate::program()?, "history", "--format", format];
    for one in &not_judged {
        words.extend(["--not-judged", one]);
    }
    words.extend(reports.iter().map(String::as_str));
    let drawn = programs::output(&words)?;
    if !args.write {
        println!("{drawn}");
        return Ok(());
    }
    let page = generated_page::with_about(&drawn, ABOUT);
    let path = format!("{PAGES}/{}.md", sdk.name);
    fs::write(programs::root().join(&path), page).map_err(|error| format!("{path}: {error}"))
}

fn find(name: &str) -> Result<Sdk, String> {
    let judgeable = || SDKS.into_iter().filter(|sdk| sdk.pypi_package().is_some());
    judgeable().find(|sdk| sdk.name == name).ok_or_else(|| {
        let names: Vec<&str> = judgeable().map(|sdk| sdk.name).collect();
        format!("invalid SDK {name}; expected one of: {}", names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::{find, version};

    #[test]
    fn a_version_is_no_path_and_no_option() {
        for text in ["4.8.3", "1.0.0rc1", "1.0.post1", "1!2.0", "1.0+local-1"] {
            assert_eq!(version(text).as_deref(), Ok(text));
        }
        for text in [
            "",
            "-r",
            "../4",
            "4/../..",
            "4.8.3 --index-url",
            "latest",
            "4;x",
        ] {
            assert!(version(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_sdks_with_releases_that_can_be_installed_are_found() {
        assert!(find("python-fc20230330").is_ok());
        let message = find("node-fc2").err().unwrap();
        assert!(
            message.starts_with("invalid SDK node-fc2; expected one of: python-fc2, "),
            "{message}"
        );
    }
}
