//! Whole calls that stand at the end of the help of a command.

pub(super) const RUN: &str = "\
Examples:
  fcgate run --report html=fcgate.html -- python3 conformance/adapter.py
  fcgate run --partial-ok --only 'sign.fc-*'    # the adapter of fcgate.toml";

pub(super) const BASELINE: &str = "\
Examples:
  fcgate baseline -- python3 conformance/adapter.py
  fcgate baseline --write --issue https://example.com/1    # into fcgate-known.toml";

pub(super) const MERGE: &str = "\
Examples:
  fcgate run --shard 1/2 --report json=1.json    # and 2/2, on another machine
  fcgate merge --report html=fcgate.html 1.json 2.json";

pub(super) const MATRIX: &str = "\
Examples:
  fcgate run --report json=a.json -- python3 conformance/adapter.py
  fcgate matrix --format html --output matrix.html a.json b.json";

pub(super) const LIST: &str = "\
Examples:
  fcgate list
  fcgate list --format json";

pub(super) const EXPLAIN: &str = "\
Examples:
  fcgate explain sign.fc-vectors.fc-01    # a case
  fcgate explain FC-SIGN-001              # a requirement; FCG0102 is a mistake";

pub(super) const VECTOR: &str = "\
Examples:
  fcgate vector lint --fixtures fixtures
  fcgate vector fmt --check";

pub(super) const VECTOR_ADD: &str = "\
Example:
  fcgate vector add new.json --fixtures fixtures";

pub(super) const VECTOR_PROMOTE: &str = "\
Example:
  fcgate vector promote property.header-order/0/17/b --fixtures fixtures";

pub(super) const VECTOR_LINT: &str = "\
Example:
  fcgate vector lint --fixtures fixtures";

pub(super) const VECTOR_FMT: &str = "\
Example:
  fcgate vector fmt --check --fixtures fixtures";

pub(super) const EXPORT: &str = "\
Examples:
  fcgate export --output corpus.json
  fcgate export --check corpus.json";

pub(super) const REFERENCE: &str = "\
Examples:
  fcgate run -- fcgate reference
  fcgate run -- fcgate reference --mutant content-md5-hex    # goes red, and names the mistake";

pub(super) const MUTANTS: &str = "\
Examples:
  fcgate mutants
  fcgate mutants --format json";

pub(super) const SELFTEST: &str = "\
Example:
  fcgate selftest";

pub(super) const INIT: &str = "\
Examples:
  fcgate init python
  fcgate init go --dir sdk/go";

pub(super) const DEMO: &str = "\
Example:
  fcgate demo";

pub(super) const COMPLETIONS: &str = "\
Example:
  fcgate completions bash > ~/.local/share/bash-completion/completions/fcgate";

pub(super) const MAN: &str = "\
Examples:
  fcgate man > fcgate.1
  fcgate man run > fcgate-run.1";

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory as _, Parser as _};

    use super::super::arguments::Arguments;

    /// The calls at the end of a command's help, and its name.
    fn calls(command: &Command, name: &str) -> Vec<(String, String)> {
        let help = command.get_after_help().map(ToString::to_string);
        let help = help.unwrap_or_default();
        let lines = help.lines().filter_map(|line| line.strip_prefix("  "));
        let calls = lines.filter(|line| line.starts_with("fcgate "));
        calls
            .map(|line| (name.to_owned(), line.to_owned()))
            .collect()
    }

    #[test]
    fn every_help_ends_with_calls_that_are_understood() {
        let whole = Arguments::command();
        let mut all = Vec::new();
        for command in whole.get_subcommands().filter(|one| !one.is_hide_set()) {
            let name = command.get_name();
            for inner in command.get_subcommands() {
                let found = calls(inner, &format!("{name} {}", inner.get_name()));
                assert!(!found.is_empty(), "{name} {}", inner.get_name());
                all.extend(found);
            }
            let found = calls(command, name);
            let others = ["why", "sign", "serve"];
            assert!(!found.is_empty() || others.contains(&name), "{name}");
            all.extend(found.into_iter().filter(|_| !others.contains(&name)));
        }
        assert!(all.len() > 25, "{all:?}");
        for (name, line) in all {
            let call = line.split(" > ").next().unwrap_or_default();
            let words = shlex::split(call).unwrap();
            let read = Arguments::try_parse_from(words);
            assert!(read.is_ok(), "{name}: {line}: {}", read.unwrap_err());
        }
    }
}
