//! `cargo xtask tidy`: the rules of the repository. Each rule is a file that returns its findings.

mod attributes;
mod cycles;
mod edges;
mod fixtures;
mod hygiene;
mod input_output;
mod length;
mod metadata;
mod msrv;
pub(crate) mod tree;
mod unsafe_code;

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
        ("input_output", input_output::find(&tree)),
        ("unsafe_code", unsafe_code::find(&tree)),
        ("length", length::find(&tree)),
        ("attributes", attributes::find(&tree)),
        ("hygiene", hygiene::find(&tree)),
        ("fixtures", fixtures::find(&tree)),
        ("msrv", msrv::find(&metadata, &tree)),
    ];
    let mut count = 0;
    for (rule, findings) in &rules {
        for finding in findings {
            println!("tidy: {rule}: {finding}");
        }
        count += findings.len();
    }
    println!(
        "tidy: {} files, {} rules, {count} findings",
        tree.len(),
        rules.len()
    );
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

/// The invariants of ARCHITECTURE.md that a program can check, in this repository.
#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> Vec<String> {
        Vec::new()
    }

    #[test]
    fn every_package_of_this_repository_depends_only_on_what_its_row_allows() {
        assert_eq!(edges::find(&Metadata::read().unwrap()), none());
    }

    #[test]
    fn no_two_source_files_of_this_repository_import_each_other() {
        let (metadata, tree) = (Metadata::read().unwrap(), Tree::read().unwrap());
        assert_eq!(cycles::find(&metadata, &tree).unwrap(), none());
    }

    #[test]
    fn the_protocol_crates_of_this_repository_have_no_input_and_no_output() {
        assert_eq!(input_output::find(&Tree::read().unwrap()), none());
    }

    #[test]
    fn every_package_of_this_repository_forbids_unsafe_code() {
        assert_eq!(unsafe_code::find(&Tree::read().unwrap()), none());
    }

    #[test]
    fn every_fixture_of_this_repository_names_its_source() {
        assert_eq!(fixtures::find(&Tree::read().unwrap()), none());
    }
}
