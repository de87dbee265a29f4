//! The examples at the end of the help of each command.

pub(super) const RUN: &str = "\
Examples:
  fcgate run --report html=fcgate.html -- python3 conformance/adapter.py
  fcgate run --partial-ok --only 'sign.fc-*'    # uses the adapter of fcgate.toml
  fcgate run --fail-fast                        # exit 1 at the first required failure
  fcgate run --partial-ok --rerun-failed fcgate.json    # 3 if no case failed in that report
  fcgate run --repeat 5                         # 1 if a required case is flaky";

pub(super) const BASELINE: &str = "\
Examples:
  fcgate baseline -- python3 conformance/adapter.py
  fcgate baseline --write --issue https://example.com/1    # into fcgate-known.toml";

pub(super) const MERGE: &str = "\
Examples:
  fcgate run --shard 1/2 --report json=1.json    # and 2/2, on another machine
  fcgate merge --report html=fcgate.html 1.json 2.json";

pub(super) const DIFF: &str = "\
Examples:
  fcgate diff main.json branch.json
  fcgate diff --format md --output comment.md main.json branch.json

Exit codes: 0 no new required failure, 1 new required failures, 2 a file that is not a report of fcgate run,
4 the differences could not be written.";

pub(super) const HISTORY: &str = "\
Examples:
  fcgate history 1.0.json 1.1.json 2.0.json
  fcgate history --format json --output history.json --not-judged '0.9=it cannot invoke' 1.0.json 1.1.json";

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
  fcgate explain FC-SIGN-001              # a requirement; FCG0102 is a known mistake";

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
  fcgate run -- fcgate reference --mutant content-md5-hex    # fails, and the report names the mistake";

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
