//! `cargo xtask drift`: does the API of the vendor have something that our crates do not have?
//!
//! The API is read from `fixtures/api-meta.json` and from the clients inside the official SDKs, as text. Our side is read
//! from the sources of the crates, because xtask depends on none of them. What we leave out on purpose is in
//! `fixtures/not-implemented.json`.

mod api_metadata;
mod comparison;
mod interface;
mod not_implemented;
mod our_sources;
mod sdk_packages;
mod sdk_source;

use std::path::Path;

use self::comparison::{Comparison, Described};
use self::not_implemented::NotImplemented;
use self::our_sources::OurSources;
use self::sdk_packages::{Package, SDK_PACKAGES};
use crate::programs;

#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Install the newest versions of the SDKs into a temporary folder and compare those instead of the pinned ones
    #[arg(long)]
    newest: bool,
}

/// Compares every source that is there; a finding is an error.
#[expect(
    clippy::print_stdout,
    reason = "what was compared is for the reader of the log"
)]
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let fixtures = programs::root().join("fixtures");
    let metadata = api_metadata::read(&fixtures.join("api-meta.json"))?;
    let mut apis = vec![Described::new("fixtures/api-meta.json", metadata.clone())];
    let newest = args
        .newest
        .then(|| programs::root().join("target/drift-newest"));
    if let Some(folder) = &newest {
        sdk_packages::empty(folder)?;
    }
    for package in SDK_PACKAGES {
        apis.extend(of_package(package, newest.as_deref())?);
    }
    for api in &apis {
        println!("compared with {}: {}", api.name(), api.counts());
    }
    let sdks = apis.len() - 1;
    let comparison = Comparison {
        metadata: &metadata,
        ours: &OurSources::read()?,
        not_implemented: &NotImplemented::read(&fixtures.join("not-implemented.json"))?,
        has_every_sdk: sdks == SDK_PACKAGES.len(),
    };
    let findings = comparison.findings(&apis);
    if let Some(folder) = &newest {
        sdk_packages::empty(folder)?;
    }
    if findings.is_empty() {
        println!("drift: {sdks} SDKs, 0 findings");
        return Ok(());
    }
    Err(findings.join("\n"))
}

/// The API of a package; `None` if the pinned one is not installed.
fn of_package(package: Package, newest: Option<&Path>) -> Result<Option<Described>, String> {
    let folder = match newest {
        Some(folder) => Some(package.install_newest(folder)?),
        None => package.installed(),
    };
    let Some(folder) = folder else {
        return Ok(None);
    };
    let api = sdk_source::read(&folder)?;
    Ok(Some(Described::new(&package.describe(&folder), api)))
}
