//! The documents as a small site: the page of requirements, the links, and the build with mdBook.
//!
//! The sources are `docs/`, as a code host shows them. The site lies in `target/site/book`.

mod code_host;
mod html;
mod included_files;
mod markdown;
mod mdbook;
mod requirements_page;
mod sources;

use crate::tidy::tree::Tree;

/// Compares `docs/requirements.md` with the fixtures and copied code blocks with their files, checks every internal link, builds the site and checks its links;
/// with `write`, writes both instead.
#[expect(clippy::print_stdout, reason = "the findings are the product")]
pub(crate) fn run(write: bool) -> Result<(), String> {
    requirements_page::compare(write)?;
    included_files::compare(write)?;
    let mut findings = code_host::find(&Tree::read()?);
    if findings.is_empty() {
        let folder = mdbook::build()?;
        findings = html::find(&folder)?;
        println!("site: {}", folder.join("index.html").display());
    }
    println!("links: {} findings", findings.len());
    if findings.is_empty() {
        Ok(())
    } else {
        Err(findings.join("\n"))
    }
}
