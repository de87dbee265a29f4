//! The tests that `cargo test --workspace` runs.
//!
//! The test binaries themselves list the names, so that a test that is not compiled is missing, and one that is ignored is known.

use std::collections::BTreeSet;
use std::path::Path;

use crate::built::{self, Built};
use crate::programs::{self, Ended};

/// A test with its place: `fc-sign/lib::credentials::tests::a_name` for a unit test, `fc-sign/vectors::a_name` for a test of a test target,
/// and `fc-sign/allocations` for a test target that is one test.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Test {
    /// The package and the target.
    pub(super) target: String,
    /// The name in the list of the binary; empty if the binary lists none.
    pub(super) name: String,
    pub(super) is_ignored: bool,
}

impl Test {
    pub(super) fn path(&self) -> String {
        match self.name.as_str() {
            "" => self.target.clone(),
            name => format!("{}::{name}", self.target),
        }
    }
}

/// All tests of the workspace.
pub(super) fn read() -> Result<Vec<Test>, String> {
    let mut tests = Vec::new();
    for binary in built::workspace()?.iter().filter(|one| one.is_test) {
        let all = list(binary, &["--list"])?;
        let ignored = list(binary, &["--list", "--ignored"])?;
        tests.extend(of_target(&target(binary), &all, &ignored));
    }
    if tests.is_empty() {
        return Err("cargo built no test in this workspace".to_owned());
    }
    Ok(tests)
}

fn list(binary: &Built, arguments: &[&str]) -> Result<String, String> {
    let mut words = vec![binary.path.as_str()];
    words.extend(arguments);
    match programs::run_in(&binary.folder, &words)? {
        Ended {
            code: Some(0),
            stdout,
            ..
        } => Ok(stdout),
        Ended { code, stderr, .. } => Err(format!(
            "{}: exit code {code:?} for {arguments:?}\n{stderr}",
            binary.path
        )),
    }
}

/// The folder of a package has its name. The unit tests of a library are `lib`, those of a program `bin`.
fn target(binary: &Built) -> String {
    let package = binary.folder.file_name().map(Path::new);
    let package = package.unwrap_or(&binary.folder).display();
    match binary.kind.as_str() {
        "test" => format!("{package}/{}", binary.name),
        kind => format!("{package}/{kind}"),
    }
}

fn of_target(target: &str, all: &str, ignored: &str) -> Vec<Test> {
    let test = |name: &str, is_ignored| Test {
        target: target.to_owned(),
        name: name.to_owned(),
        is_ignored,
    };
    let ignored: BTreeSet<&str> = names(ignored).collect();
    let listed: Vec<Test> = names(all)
        .map(|name| test(name, ignored.contains(name)))
        .collect();
    // A binary without the harness of libtest has one test: its `main`, which also ran just now. Another list is empty, but has a summary.
    if listed.is_empty() && !all.contains("0 tests") {
        return vec![test("", false)];
    }
    listed
}

/// The names in a list of tests. The kind in brackets, which is before an id, is left out.
fn names(list: &str) -> impl Iterator<Item = &str> {
    let tests = list.lines().filter_map(|line| line.strip_suffix(": test"));
    tests.map(|name| match name.rsplit_once("] ") {
        Some((_, id)) if id.len() == "rb-001".len() => id,
        _ => name,
    })
}

#[cfg(test)]
mod tests {
    use super::{Test, of_target, target};
    use crate::built::Built;

    fn paths(all: &str, ignored: &str) -> Vec<(String, bool)> {
        let tests = of_target("p/t", all, ignored);
        let path = |test: &Test| (test.path(), test.is_ignored);
        tests.iter().map(path).collect()
    }

    #[test]
    fn a_list_has_the_paths_of_the_tests_and_marks_the_ignored_ones() {
        let all = "a::one: test\nb: test\nc: benchmark\n\n2 tests, 1 benchmark\n";
        let expected = [
            ("p/t::a::one".to_owned(), false),
            ("p/t::b".to_owned(), true),
        ];
        assert_eq!(paths(all, "b: test\n"), expected);
    }

    #[test]
    fn the_kind_before_an_id_is_not_part_of_the_name() {
        let list = "[noise: a line [that] is not JSON] ap-001: test\n[must] build.a: test\n";
        let expected = ["p/t::ap-001", "p/t::[must] build.a"].map(|path| (path.to_owned(), false));
        assert_eq!(paths(list, ""), expected);
    }

    #[test]
    fn a_target_without_a_list_is_one_test_and_an_empty_list_is_none() {
        assert_eq!(paths("", ""), [("p/t".to_owned(), false)]);
        assert_eq!(paths("\n0 tests, 0 benchmarks\n", ""), []);
    }

    #[test]
    fn unit_tests_are_of_the_library_or_of_the_program() {
        let of = |kind: &str| {
            target(&Built {
                kind: kind.into(),
                name: "name".into(),
                is_test: true,
                path: String::new(),
                folder: "/r/crates/fc-sign".into(),
            })
        };
        let expected = ["fc-sign/name", "fc-sign/lib", "fc-sign/bin"];
        assert_eq!(["test", "lib", "bin"].map(of), expected);
    }
}
