//! What a release of the crates needs: their pages, their public interface, their packages, their features, the minimal
//! versions of their dependencies, and the target without an operating system.

mod crate_page;
mod features;
mod generated;
mod minimal_versions;
mod packages;
mod public_api;
mod published_crate;
mod wasm;

pub(crate) use self::features::run as check_features;
pub(crate) use self::minimal_versions::run as check_minimal_versions;
pub(crate) use self::packages::run as check_packages;
pub(crate) use self::wasm::run as check_wasm;

/// Runs every check of a release.
pub(crate) fn run_all(write: bool) -> Result<(), String> {
    run(write)?;
    check_features()?;
    check_minimal_versions()?;
    check_packages()?;
    check_wasm()
}

/// Compares the pages and the listings of the public interface with the sources; with `write`, writes them.
pub(crate) fn run(write: bool) -> Result<(), String> {
    let crates = published_crate::read()?;
    let mut findings = Vec::new();
    for one in &crates {
        findings.extend(crate_page::check_manifest(one));
        findings.extend(generated::compare(
            one,
            "README.md",
            &crate_page::readme(one)?,
            write,
        )?);
        findings.extend(generated::compare(
            one,
            "public-api.txt",
            &public_api::listing(one)?,
            write,
        )?);
    }
    if findings.is_empty() {
        Ok(())
    } else {
        Err(findings.join("\n"))
    }
}
