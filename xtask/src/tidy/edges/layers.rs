//! The dependencies between the packages of the workspace.

use super::super::metadata::{Dependency, Kind, Metadata, Package};
use super::closure::closure;

/// The packages of the gate from the top to the bottom: each may use only those after it.
const LAYERS: [&str; 11] = [
    "fcgate",
    "fc-local",
    "fcgate-why",
    "fc-conformance",
    "fcgate-reference",
    "fcgate-runner",
    "fcgate-mutants",
    "fcgate-cases",
    "fcgate-http",
    "fcgate-protocol",
    "fcgate-text",
];
/// The package that runs the clients of this repository. It may use all others, and no package uses it.
const CLIENT_TESTS: &str = "fc-client-tests";
/// What the fuzz targets assert. It may use all others; only the fuzz targets, which are no members, use it.
const FUZZ_CHECKS: &str = "fc-fuzz-checks";
/// The packages that measure: the first has the way to measure, which only the others use.
const BENCHMARKS: [&str; 3] = ["fc-benchmarks", "fc-client-benchmarks", "fcgate-benchmarks"];
/// The packages that may use `crates/`. All others judge these crates and share no code with them.
const USERS_OF_CRATES: [&str; 5] = [
    "fcgate-reference",
    CLIENT_TESTS,
    FUZZ_CHECKS,
    "fc-benchmarks",
    "fc-client-benchmarks",
];
/// The package whose tests may use `crates/` too.
const TESTED_WITH_CRATES: &str = "fcgate";

/// What the library for authors of Rust SDKs must not bring: command line, progress bar, reports in HTML or XML.
const LIBRARY: &str = "fc-conformance";
const NOT_IN_LIBRARY: [&str; 6] = [
    "clap",
    "clap_complete",
    "clap_mangen",
    "indicatif",
    "maud",
    "quick-junit",
];

pub(super) fn find(metadata: &Metadata) -> Vec<String> {
    let mut found = Vec::new();
    for from in metadata.members() {
        let is_placed = is_on_top(&from.name) || layer(&from.name).is_some();
        if from.folder == "conformance" && !is_placed {
            found.push(format!(
                "{} has no place in the layers of the gate",
                from.name
            ));
        }
        for dependency in &from.dependencies {
            let to = metadata
                .members()
                .find(|member| member.name == dependency.name);
            if let Some(why) = to.and_then(|to| forbidden(from, to, dependency)) {
                found.push(format!(
                    "{} depends on {}: {why}",
                    from.name, dependency.name
                ));
            }
        }
    }
    for name in closure(metadata, LIBRARY) {
        if NOT_IN_LIBRARY.contains(&name) {
            found.push(format!(
                "{LIBRARY} depends on {name}, directly or through other packages"
            ));
        }
    }
    found
}

/// Why a member of the workspace must not depend on another one, if so.
fn forbidden(from: &Package, to: &Package, dependency: &Dependency) -> Option<&'static str> {
    let is_dev = dependency.kind == Kind::Dev;
    match (from.folder.as_str(), to.folder.as_str()) {
        ("xtask", _) | (_, "xtask") => {
            Some("xtask checks the other packages and shares no code with them")
        }
        ("crates", "conformance") => Some("a crate is tested from outside, also by its own tests"),
        ("conformance", "crates") => {
            let is_allowed = USERS_OF_CRATES.contains(&from.name.as_str())
                || (is_dev && from.name == TESTED_WITH_CRATES);
            (!is_allowed).then_some("the gate shares no code with the crates that it judges")
        }
        ("conformance", "conformance") if is_on_top(&to.name) => {
            let measures = |package: &Package| BENCHMARKS.contains(&package.name.as_str());
            let is_allowed = measures(from) && measures(to);
            (!is_allowed)
                .then_some("it has only tests, examples, benchmarks and checks of fuzz targets")
        }
        ("conformance", "conformance") if from.name != CLIENT_TESTS && !is_dev => {
            let is_upward = layer(&from.name) >= layer(&to.name);
            is_upward.then_some("a package uses only packages below it")
        }
        _ => None,
    }
}

/// Whether no package of the gate uses this one.
fn is_on_top(name: &str) -> bool {
    name == CLIENT_TESTS || name == FUZZ_CHECKS || BENCHMARKS.contains(&name)
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| *layer == name)
}

#[cfg(test)]
mod tests {
    use super::super::super::metadata::tests::workspace;
    use super::*;

    /// The number of findings if a package in one folder depends on a package in another folder.
    fn count(from: (&str, &str), to: (&str, &str), kind: Kind) -> usize {
        find(&workspace(&[
            (from.0, from.1, &[(to.1, kind)]),
            (to.0, to.1, &[]),
        ]))
        .len()
    }

    #[test]
    fn only_the_reference_and_the_client_tests_use_the_crates() {
        let sign = ("crates", "fc-sign");
        assert_eq!(
            count(("conformance", "fcgate-reference"), sign, Kind::Normal),
            0
        );
        assert_eq!(
            count(("conformance", "fc-client-tests"), sign, Kind::Dev),
            0
        );
        assert_eq!(count(("conformance", "fcgate"), sign, Kind::Dev), 0);
        assert_eq!(count(("conformance", "fcgate"), sign, Kind::Normal), 1);
        assert_eq!(count(("conformance", "fcgate-cases"), sign, Kind::Dev), 1);
    }

    #[test]
    fn a_package_of_the_gate_uses_only_packages_below_it() {
        let (cases, text) = (
            ("conformance", "fcgate-cases"),
            ("conformance", "fcgate-text"),
        );
        assert_eq!(count(cases, text, Kind::Normal), 0);
        assert_eq!(count(text, cases, Kind::Normal), 1);
        assert_eq!(count(text, cases, Kind::Dev), 0);
        assert_eq!(count(cases, ("conformance", "fcgate-new"), Kind::Dev), 1);
        assert_eq!(
            count(cases, ("conformance", "fc-client-tests"), Kind::Dev),
            1
        );
    }

    #[test]
    fn only_benchmarks_use_the_benchmarks() {
        let rows = ("conformance", "fc-benchmarks");
        let of_the_gate = ("conformance", "fcgate-benchmarks");
        assert_eq!(count(of_the_gate, rows, Kind::Normal), 0);
        assert_eq!(count(("conformance", "fcgate"), rows, Kind::Dev), 1);
        let sign = ("crates", "fc-sign");
        assert_eq!(count(of_the_gate, sign, Kind::Normal), 1);
    }

    #[test]
    fn the_checks_of_the_fuzz_targets_use_everything_and_no_member_uses_them() {
        let checks = ("conformance", FUZZ_CHECKS);
        assert_eq!(count(checks, ("crates", "fc-sign"), Kind::Normal), 0);
        assert_eq!(count(checks, ("conformance", "fcgate"), Kind::Normal), 0);
        assert_eq!(count(("conformance", "fcgate"), checks, Kind::Dev), 1);
    }

    #[test]
    fn the_crates_and_xtask_do_not_use_the_gate() {
        let cases = ("conformance", "fcgate-cases");
        assert_eq!(count(("crates", "fc-sign"), cases, Kind::Dev), 1);
        assert_eq!(count(("xtask", "xtask"), cases, Kind::Normal), 1);
        assert_eq!(count(cases, ("xtask", "xtask"), Kind::Dev), 1);
    }

    #[test]
    fn a_command_line_parser_below_the_library_is_a_finding() {
        let members = [
            ("conformance", LIBRARY, &[("other", Kind::Normal)][..]),
            ("", "other", &[("clap", Kind::Normal)]),
            ("", "clap", &[]),
        ];
        assert_eq!(find(&workspace(&members)).len(), 1);
    }
}
