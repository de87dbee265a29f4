//! `cargo xtask mutate PART`: changes the code of a part in every way that cargo-mutants knows; a test must fail each time.
//!
//! `.cargo/mutants.toml` lists the changes that no test can detect, each with its reason. At most two percent of the changes of a part
//! may be listed.

mod outcomes;
mod part;

use std::fs;

use crate::programs;
use outcomes::Outcomes;
use part::Part;

const INSTALL: &str = "cargo install --locked cargo-mutants --version =27.1.0";
/// Where the results are.
const FOLDER: &str = "target/mutants";
/// One listed change for this many changes.
const LISTED_OF: usize = 50;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A package or a part of one: fc-sign, fc-response, fc-headers, fc-invoke, fc-transport, judge, oracle or diagnosis
    part: String,
    /// Only the changes in files that match this, such as crates/fc-sign/src/query.rs
    #[arg(long)]
    file: Option<String>,
    /// How many changes are tested at the same time
    #[arg(long, default_value_t = 1)]
    jobs: u8,
    /// Only the changes that no test detected in the last run
    #[arg(long)]
    again: bool,
}

#[expect(clippy::print_stdout, reason = "the table is the product")]
pub(crate) fn run(args: &Args) -> Result<(), String> {
    if programs::output(&["cargo", "mutants", "--version"]).is_err() {
        return Err(format!("cargo-mutants is missing. Install it: {INSTALL}"));
    }
    let part = Part::named(&args.part)?;
    let selection = part.selection(args.file.as_deref());
    let all = count(&selection, &["--no-config"])?;
    let listed = all.saturating_sub(count(&selection, &[])?);
    let folder = programs::root().join(FOLDER).join(part.name);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let folder = folder.display().to_string();
    let jobs = args.jobs.to_string();
    let mut words = vec![
        "cargo",
        "mutants",
        "--no-shuffle",
        "--colors=never",
        "--output",
        &folder,
    ];
    words.extend(["--jobs", &jobs, "--timeout", "60"]);
    words.extend(args.again.then_some("--iterate"));
    words.extend(selection.iter().map(String::as_str));
    words.extend(part.test_options());
    let ended = programs::run_in(&programs::root(), &words)?;
    let outcomes = Outcomes::read(&folder)
        .map_err(|error| format!("{error}\n{}{}", ended.stdout, ended.stderr))?;
    println!("| part | changes | do not compile | detected | timed out | listed | not detected |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    println!("{}", outcomes.row(part.name, listed));
    outcomes.verdict()?;
    is_short(listed, all)
}

/// The number of changes that cargo-mutants would make.
fn count(selection: &[String], options: &[&str]) -> Result<usize, String> {
    let mut words = vec!["cargo", "mutants", "--list", "--colors=never"];
    words.extend(options);
    words.extend(selection.iter().map(String::as_str));
    programs::output(&words).map(|list| list.lines().count())
}

fn is_short(listed: usize, all: usize) -> Result<(), String> {
    if listed * LISTED_OF <= all {
        return Ok(());
    }
    Err(format!(
        ".cargo/mutants.toml lists {listed} of {all} changes; at most 1 of {LISTED_OF} may be listed"
    ))
}

#[cfg(test)]
mod tests {
    use super::is_short;
    use crate::programs;
    use std::fs;

    #[test]
    fn at_most_two_percent_of_the_changes_may_be_listed() {
        assert!(is_short(0, 3).is_ok() && is_short(2, 100).is_ok());
        assert!(is_short(1, 49).is_err() && is_short(3, 149).is_err());
    }

    /// A line number would go wrong without notice when a line moves.
    #[test]
    fn a_listed_change_is_named_by_its_file_and_its_function() {
        let list = fs::read_to_string(programs::root().join(".cargo/mutants.toml")).unwrap();
        let list: toml::Table = list.parse().unwrap();
        let patterns = list["exclude_re"].as_array().unwrap();
        for pattern in patterns {
            let pattern = pattern.as_str().unwrap();
            assert!(pattern.contains(r"\.rs:.*"), "{pattern}");
        }
    }
}
