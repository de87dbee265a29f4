//! The links of the documents as a code host follows them.

use std::collections::{BTreeMap, BTreeSet};

use super::markdown;
use crate::tidy::tree::{File, Tree};

/// The address of a file of this repository on the code host.
pub(super) const FILES: &str = "https://github.com/fc-invoke/fc-invoke/blob/main/";

/// The files and folders of the repository, and the anchors of its Markdown files.
struct Targets<'a> {
    paths: BTreeSet<&'a str>,
    anchors: BTreeMap<&'a str, Vec<String>>,
}

/// Finds links to files, folders and headings that do not exist: the links of every Markdown file, and every address of
/// a file of this repository in any text file.
pub(super) fn find(tree: &Tree) -> Vec<String> {
    let targets = Targets::of(tree);
    let mut findings = Vec::new();
    for file in tree.files() {
        if file.is_a("md") {
            findings.extend(of_document(file, &targets));
        }
        findings.extend(of_addresses(file, &targets));
    }
    findings
}

fn of_document(file: &File, targets: &Targets<'_>) -> Vec<String> {
    let links = markdown::links(&file.text).into_iter();
    let internal = links.filter(|link| !is_external(&link.target));
    let findings = internal.filter_map(|link| {
        let (path, anchor) = resolve(&file.path, &link.target);
        let line = file.text.get(..link.place.start)?.lines().count().max(1);
        let wrong = targets.missing(&path, anchor.as_deref())?;
        Some(format!(
            "{}:{line} links to `{}`: {wrong}",
            file.path, link.target
        ))
    });
    findings.collect()
}

fn of_addresses(file: &File, targets: &Targets<'_>) -> Vec<String> {
    let parts = file.text.split(FILES).skip(1);
    let findings = parts.filter_map(|rest| {
        let end = rest.find(|one: char| !is_of_an_address(one));
        let target = rest.get(..end.unwrap_or(rest.len()))?;
        let target = target.trim_end_matches(['.', ',', ':']);
        if target.is_empty() {
            return None;
        }
        let (path, anchor) = resolve("", target);
        let wrong = targets.missing(&path, anchor.as_deref())?;
        Some(format!(
            "{} has the address of `{target}`: {wrong}",
            file.path
        ))
    });
    findings.collect()
}

fn is_of_an_address(one: char) -> bool {
    one.is_ascii_alphanumeric() || "/#-._:,".contains(one)
}

/// Whether a link leaves the repository.
pub(super) fn is_external(target: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|start| target.starts_with(start))
}

/// The path from the root and the anchor of a link in the file at `from`.
pub(super) fn resolve(from: &str, target: &str) -> (String, Option<String>) {
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (target, None),
    };
    if path.is_empty() {
        return (from.to_owned(), anchor);
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    (names.join("/"), anchor)
}

impl<'a> Targets<'a> {
    fn of(tree: &'a Tree) -> Self {
        let mut paths = BTreeSet::from([""]);
        let mut anchors = BTreeMap::new();
        for file in tree.files() {
            let mut path = file.path.as_str();
            paths.insert(path);
            while let Some((folder, _)) = path.rsplit_once('/') {
                paths.insert(folder);
                path = folder;
            }
            if file.is_a("md") {
                anchors.insert(file.path.as_str(), markdown::anchors(&file.text));
            }
        }
        Self { paths, anchors }
    }

    /// What is missing of a target.
    fn missing(&self, path: &str, anchor: Option<&str>) -> Option<&'static str> {
        if !self.paths.contains(path) {
            return Some("no such file or folder");
        }
        let anchor = anchor.filter(|anchor| !anchor.is_empty())?;
        let anchors = self.anchors.get(path)?;
        let found = anchors.iter().any(|one| one == anchor);
        (!found).then_some("no such heading")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_missing_files_and_headings_are_findings() {
        let of = |text: &str| {
            let files = [
                ("docs/a/b.md", text),
                ("docs/c.md", "# One two\n"),
                ("x/y.rs", ""),
            ];
            find(&Tree::of(&files)).len()
        };
        assert_eq!(
            of("[a](../c.md#one-two) [b](../../x) [c](../../x/y.rs) [d](https://e.org/f)"),
            0
        );
        assert_eq!(of("# Here\n[a](#here) [b](b.md#here)"), 0);
        assert_eq!(of("[a](c.md)"), 1);
        assert_eq!(of("[a](../c.md#two)"), 1);
        assert_eq!(of("[a](#here)"), 1);
    }

    #[test]
    fn addresses_of_missing_files_of_this_repository_are_findings() {
        let of = |target: &str| {
            let text = format!("// see {FILES}{target}.\n");
            find(&Tree::of(&[("a.rs", &text), ("docs/c.md", "# One\n")])).len()
        };
        assert_eq!(of("docs/c.md#one"), 0);
        assert_eq!(of("docs/c.md#two"), 1);
        assert_eq!(of("docs/d.md"), 1);
    }
}
