//! Who may depend on whom: a new edge is argued for, here.

use super::metadata::{Metadata, Package};
use super::tree::Tree;

/// Every allowed dependency of the protocol crates, ordinary ones. In these each must earn its place.
const ALLOWED: [(&str, &[&str]); 10] = [
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
            "http",
            "http-body",
            "md-5",
            "tracing",
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
        ],
    ),
];
/// Nothing depends on these.
const TOPS: [&str; 2] = ["fc-conformance", "xtask"];
/// The judged, which the judge must not import but in the files that plug them in.
const JUDGED: [&str; 4] = ["fc_headers", "fc_sign", "fc_response", "fc_invoke"];
const PLUG: &str = "conformance/src/reference";

pub(super) fn find(metadata: &Metadata, tree: &Tree) -> Vec<String> {
    let mut found: Vec<String> = metadata.members().flat_map(edges_of).collect();
    for file in tree.below("conformance/src/", "rs") {
        for name in JUDGED
            .iter()
            .filter(|name| file.text.contains(&format!("{name}::")))
        {
            if !file.path.starts_with(PLUG) {
                found.push(format!(
                    "{} imports {name}: the judge shares no code with the judged",
                    file.path
                ));
            }
        }
    }
    found
}

fn edges_of(package: &Package) -> Vec<String> {
    let name = package.name.as_str();
    let mut found = Vec::new();
    let known = ALLOWED.iter().find(|(member, _)| *member == name);
    if known.is_none() && !TOPS.contains(&name) {
        found.push(format!("{name} has no row in the table of edges"));
    }
    for dependency in &package.dependencies {
        let to = dependency.name.as_str();
        let ordinary = dependency.kind.as_deref() != Some("dev");
        if TOPS.contains(&to) {
            found.push(format!("{name} depends on {to}, on which nothing does"));
        } else if let Some((_, allowed)) = known
            && ordinary
            && !allowed.contains(&to)
        {
            found.push(format!("{name} depends on {to}, which is not in its row"));
        } else if name == "xtask" && to.starts_with("fc-") {
            found.push(format!(
                "xtask depends on {to}; it depends on nothing of the repository"
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::metadata::Dependency;
    use super::*;

    fn metadata(name: &str, to: &str, kind: Option<&str>) -> Metadata {
        let dependency = Dependency {
            name: to.into(),
            kind: kind.map(Into::into),
        };
        let package = Package {
            id: "id".into(),
            name: name.into(),
            rust_version: None,
            dependencies: vec![dependency],
            targets: Vec::new(),
        };
        Metadata {
            packages: vec![package],
            workspace_members: vec!["id".into()],
        }
    }

    #[test]
    fn a_new_edge_is_a_finding_and_an_old_one_is_none() {
        let count = |name, to, kind| find(&metadata(name, to, kind), &Tree::of(&[])).len();
        assert_eq!(count("fc-sign", "hmac", None), 0);
        assert_eq!(count("fc-sign", "tokio", None), 1);
        assert_eq!(count("fc-sign", "tokio", Some("dev")), 0);
        assert_eq!(count("fc-invoke", "fc-conformance", Some("dev")), 1);
        assert_eq!(count("fc-new", "http", None), 1);
        assert_eq!(count("xtask", "fc-sign", None), 1);
    }

    #[test]
    fn a_judge_that_imports_the_judged_is_a_finding() {
        let count = |path| {
            let tree = Tree::of(&[(path, "use fc_sign::fc;")]);
            find(&metadata("xtask", "clap", None), &tree).len()
        };
        assert_eq!(count("conformance/src/oracle/fc.rs"), 1);
        assert_eq!(count("conformance/src/reference/sign.rs"), 0);
    }
}
