//! The dependencies of the packages in `crates/`. A change of this table is reviewed like an interface.

use super::super::metadata::{Kind, Metadata, Package};
use super::closure::closure;

/// The allowed normal dependencies of each crate. Applications compile all of them, so each needs a reason.
const ALLOWED: [(&str, &[&str]); 12] = [
    // Only dev-dependencies lead to it, so it is never published.
    ("fc-bad-inputs", &["base64", "libtest-mimic", "serde_json"]),
    ("fc-transport", &["bytes", "http", "http-body"]),
    // Only dev-dependencies lead to it, so it is never published.
    (
        "fc-transport-contract",
        &["bytes", "fc-transport", "http", "http-body", "tokio"],
    ),
    (
        "fc-transport-hyper",
        &[
            "bytes",
            "fc-transport",
            "http",
            "http-body",
            "hyper",
            "hyper-util",
            "tokio",
            "tower-service",
        ],
    ),
    (
        "fc-transport-reqwest",
        &[
            "bytes",
            "fc-transport",
            "http",
            "http-body",
            "hyper",
            "reqwest",
            "tokio",
        ],
    ),
    (
        "fc-transport-ureq",
        &["bytes", "fc-transport", "http", "ureq"],
    ),
    (
        "fc-headers",
        &["base64", "bytes", "http", "httpdate", "zeroize"],
    ),
    (
        "fc-sign",
        &[
            "base64",
            "bytes",
            "hmac",
            "http",
            "httpdate",
            "percent-encoding",
            // Optional: the scheme `acs` of custom domains.
            "sha1",
            "sha2",
            "zeroize",
        ],
    ),
    (
        "fc-response",
        &["bytes", "fc-headers", "http", "serde_json"],
    ),
    (
        "fc-invoke",
        &[
            "base64",
            "bytes",
            "fc-headers",
            "fc-response",
            "fc-sign",
            "fc-transport",
            "getrandom",
            "http",
            "http-body",
            "md-5",
            "percent-encoding",
            "tracing",
        ],
    ),
    // The one crate that may use all the others, and TLS.
    (
        "fc-client",
        &[
            "async-trait",
            "fc-credentials",
            "fc-headers",
            "fc-invoke",
            "fc-response",
            "fc-sign",
            "fc-transport",
            "fc-transport-hyper",
            "fc-transport-reqwest",
            "fc-transport-ureq",
            "http",
            "hyper-rustls",
            "hyper-util",
            "reqwest",
            "reqwest-middleware",
            "rustls",
            "rustls-platform-verifier",
            "tower-layer",
            "tower-service",
            "ureq",
        ],
    ),
    (
        "fc-credentials",
        &[
            "bytes",
            "fc-sign",
            "fc-transport",
            "http",
            "reqsign-aliyun-oss",
            "reqsign-core",
            "serde_json",
        ],
    ),
];
/// The crates that have no runtime and no sockets, and packages that would bring them.
const WITHOUT_IO: [&str; 5] = [
    "fc-headers",
    "fc-sign",
    "fc-response",
    "fc-invoke",
    "fc-transport",
];
const IO: [&str; 4] = ["hyper", "reqwest", "tokio", "ureq"];

pub(super) fn find(metadata: &Metadata) -> Vec<String> {
    let members = metadata.members();
    let mut found: Vec<String> = members
        .filter(|package| package.folder == "crates")
        .flat_map(of_package)
        .collect();
    for name in WITHOUT_IO {
        for package in closure(metadata, name) {
            if IO.contains(&package) {
                found.push(format!(
                    "{name} depends on {package}, directly or through other packages"
                ));
            }
        }
    }
    found
}

fn of_package(package: &Package) -> Vec<String> {
    let name = &package.name;
    let Some((_, allowed)) = ALLOWED.iter().find(|(member, _)| member == name) else {
        return vec![format!(
            "{name} has no row in the table of allowed dependencies"
        )];
    };
    let normal = package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != Kind::Dev);
    normal
        .filter(|dependency| !allowed.contains(&dependency.name.as_str()))
        .map(|dependency| {
            format!(
                "{name} depends on {}, which its row does not allow",
                dependency.name
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::metadata::tests::workspace;
    use super::*;

    #[test]
    fn a_normal_dependency_outside_the_table_is_a_finding() {
        let count = |name, to, kind| find(&workspace(&[("crates", name, &[(to, kind)])])).len();
        assert_eq!(count("fc-sign", "hmac", Kind::Normal), 0);
        assert_eq!(count("fc-sign", "rand", Kind::Normal), 1);
        assert_eq!(count("fc-sign", "rand", Kind::Dev), 0);
        assert_eq!(count("fc-new", "http", Kind::Normal), 1);
    }

    #[test]
    fn a_runtime_below_a_protocol_crate_is_a_finding() {
        let members = [
            ("crates", "fc-sign", &[("http", Kind::Normal)][..]),
            ("", "http", &[("tokio", Kind::Normal)]),
            ("", "tokio", &[]),
        ];
        assert_eq!(find(&workspace(&members)).len(), 1);
    }
}
