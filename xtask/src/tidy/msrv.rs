//! Every mention of the minimum supported Rust version is the one in the workspace manifest.

use super::metadata::Metadata;
use super::tree::Tree;

/// The documents that may mention it as `Rust 1.NN`.
const DOCUMENTS: [&str; 3] = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"];

pub(super) fn find(metadata: &Metadata, tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut versions: Vec<&str> = metadata
        .members()
        .filter_map(|package| package.rust_version.as_deref())
        .collect();
    if versions.len() != metadata.members().count() {
        found.push("a member of the workspace has no rust-version".to_owned());
    }
    versions.sort_unstable();
    versions.dedup();
    let [version] = versions.as_slice() else {
        found.push(format!("the members have different versions: {versions:?}"));
        return found;
    };
    let mut mentioned = false;
    for document in DOCUMENTS {
        for file in tree.files().filter(|file| file.path == document) {
            for other in mentions(&file.text) {
                mentioned = true;
                if !version.starts_with(other) {
                    found.push(format!(
                        "{document} says Rust {other}, the manifest {version}"
                    ));
                }
            }
        }
    }
    if !mentioned {
        found.push(format!("no document mentions Rust {version}"));
    }
    found
}

fn mentions(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("Rust 1.").filter_map(|(start, _)| {
        let version = text.get(start + "Rust ".len()..)?;
        let end = version.find(|c: char| !c.is_ascii_digit() && c != '.');
        version
            .get(..end.unwrap_or(version.len()))
            .map(|text| text.trim_end_matches('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mention_is_found_with_its_version() {
        let text = "needs Rust 1.88 or newer; not Rust 1.9.";
        assert_eq!(mentions(text).collect::<Vec<_>>(), ["1.88", "1.9"]);
    }
}
