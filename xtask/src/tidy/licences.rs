//! Every dependency may be used under the licences that this repository accepts.

use spdx::{Expression, ParseMode};

use super::metadata::{Metadata, Package};

const ACCEPTED: [&str; 10] = [
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// One package, and the licence that is accepted for it alone. `tiny-keccak` runs when a macro behind the INI
/// reader of the credential chain is built, and is linked into nothing; the others read our own HTML report in tests.
const EXCEPTIONS: [(&str, &str); 5] = [
    ("tiny-keccak", "CC0-1.0"),
    ("cssparser", "MPL-2.0"),
    ("cssparser-macros", "MPL-2.0"),
    ("dtoa-short", "MPL-2.0"),
    ("selectors", "MPL-2.0"),
];

pub(super) fn broken(metadata: &Metadata) -> Vec<String> {
    metadata.packages.iter().filter_map(of_package).collect()
}

fn of_package(package: &Package) -> Option<String> {
    let named = format!("{} {}", package.name, package.version);
    let Some(licence) = &package.license else {
        return Some(format!(
            "{named} ({}) names no licence",
            package.manifest_path
        ));
    };
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
        return Some(format!("{named}: {licence} is no licence expression"));
    };
    let accepted = expression.evaluate(|required| {
        let id = required.license.id();
        id.is_some_and(|id| {
            let excepted = EXCEPTIONS.contains(&(package.name.as_str(), id.name));
            excepted || ACCEPTED.contains(&id.name)
        })
    });
    (!accepted).then(|| format!("{named}: {licence} is not accepted"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(licence: Option<&str>) -> Package {
        Package {
            id: String::new(),
            name: "p".into(),
            version: "1.0.0".into(),
            license: licence.map(Into::into),
            rust_version: None,
            manifest_path: String::new(),
            dependencies: Vec::new(),
            targets: Vec::new(),
        }
    }

    #[test]
    fn an_unknown_or_missing_licence_is_a_finding() {
        assert_eq!(of_package(&package(Some("MIT OR Apache-2.0"))), None);
        assert_eq!(of_package(&package(Some("GPL-3.0 OR MIT"))), None);
        assert!(of_package(&package(Some("GPL-3.0"))).is_some());
        assert!(of_package(&package(Some("MIT AND GPL-3.0"))).is_some());
        assert!(of_package(&package(None)).is_some());
    }
}
