//! `cargo xtask tidy`: the rules of the repository. Each rule is a file that returns its findings.

mod attributes;
mod cycles;
mod edges;
mod fixtures;
mod hygiene;
mod length;
mod metadata;
mod msrv;
pub(crate) mod tree;

use metadata::Metadata;
use tree::Tree;

/// Checks every rule and prints all findings.
#[expect(clippy::print_stdout, reason = "the findings are the product")]
pub(crate) fn run() -> Result<(), String> {
    let tree = Tree::read()?;
    let metadata = Metadata::read()?;
    let rules = [
        ("edges", edges::find(&metadata)),
        ("cycles", cycles::find(&metadata, &tree)?),
        ("length", length::find(&tree)),
        ("attributes", attributes::find(&tree)),
        ("hygiene", hygiene::find(&tree)),
        ("fixtures", fixtures::find(&tree)),
        ("msrv", msrv::find(&metadata, &tree)),
    ];
    let mut count = 0;
    for (rule, findings) in rules {
        for finding in &findings {
            println!("tidy: {rule}: {finding}");
        }
        count += findings.len();
    }
    println!("tidy: {} files, 7 rules, {count} findings", tree.len());
    if count == 0 {
        Ok(())
    } else {
        Err(format!("{count} findings"))
    }
}

/// Prints every group of files that import each other.
#[expect(clippy::print_stdout, reason = "the findings are the product")]
pub(crate) fn cycles() -> Result<(), String> {
    let found = cycles::find(&Metadata::read()?, &Tree::read()?)?;
    for finding in &found {
        println!("{finding}");
    }
    match found.len() {
        0 => Ok(()),
        count => Err(format!("{count} import cycles")),
    }
}
