//! All packages that a package needs.

use std::collections::BTreeSet;

use super::super::metadata::{Kind, Metadata};

/// The names of all packages that `name` depends on, directly or through others, without dev-dependencies.
pub(super) fn closure<'a>(metadata: &'a Metadata, name: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = metadata
        .packages
        .iter()
        .filter(|package| package.name == name)
        .map(|package| package.id.as_str())
        .collect();
    while let Some(id) = open.pop() {
        let edges = metadata.resolve.nodes.iter().filter(|node| node.id == id);
        for edge in edges.flat_map(|node| &node.deps) {
            if edge.dep_kinds.iter().all(|one| one.kind == Kind::Dev)
                || !seen.insert(edge.pkg.as_str())
            {
                continue;
            }
            let package = metadata
                .packages
                .iter()
                .find(|package| package.id == edge.pkg);
            if let Some(package) = package {
                found.insert(package.name.as_str());
                open.push(&package.id);
            }
        }
    }
    found
}
