//! The repository's rules: each a file, each a list of what breaks it.

mod attributes;
mod cycles;
mod edges;
mod fixtures;
mod hygiene;
mod length;
mod licences;
mod metadata;
mod msrv;
mod tree;

use metadata::Metadata;
use tree::Tree;

/// Checks every rule and tells everything that breaks one.
#[expect(clippy::print_stdout, reason = "the findings are the product")]
pub(crate) fn run() -> Result<(), String> {
    let tree = Tree::read()?;
    let metadata = Metadata::read()?;
    let rules = [
        ("edges", edges::broken(&metadata, &tree)),
        ("length", length::broken(&tree)),
        ("attributes", attributes::broken(&tree)),
        ("hygiene", hygiene::broken(&tree)),
        ("fixtures", fixtures::broken(&tree)),
        ("msrv", msrv::broken(&metadata, &tree)),
        ("licences", licences::broken(&metadata)),
    ];
    let mut count = 0;
    for (rule, broken) in rules {
        for finding in &broken {
            println!("tidy: {rule}: {finding}");
        }
        count += broken.len();
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
