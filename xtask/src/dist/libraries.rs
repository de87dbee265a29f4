//! The libraries in the program: their folders and their licences.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::platform::PLATFORMS;
use crate::programs;

const PROGRAM: &str = "fcgate";
/// How the names of licence files start, in capital letters.
const LICENCE_FILES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];
/// What a Rust program contains beyond the packages that cargo lists.
const INTRODUCTION: &str = "The program contains the standard library of Rust (MIT OR Apache-2.0, https://www.rust-lang.org), on Linux the \
C library musl (MIT, Copyright 2005-2020 Rich Felker, et al., https://musl.libc.org), and these libraries:\n\n";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Library>,
    resolve: Resolve,
}

/// A package of the dependency tree.
#[derive(Deserialize)]
struct Library {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    /// None for a package of the workspace.
    source: Option<String>,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Deserialize)]
struct EdgeKind {
    /// None for a normal dependency.
    kind: Option<String>,
}

/// The libraries from registries, sorted by name and version.
pub(super) struct Libraries(Vec<Library>);

impl Libraries {
    /// Reads the dependency tree of the program on all platforms.
    pub(super) fn read() -> Result<Self, String> {
        let mut words = vec!["cargo", "metadata", "--format-version", "1", "--locked"];
        for platform in &PLATFORMS {
            words.extend(["--filter-platform", platform.target]);
        }
        let metadata: Metadata = serde_json::from_str(&programs::output(&words)?)
            .map_err(|error| format!("cargo metadata: {error}"))?;
        let linked = linked(&metadata)?;
        let mut libraries: Vec<Library> = metadata
            .packages
            .into_iter()
            .filter(|library| library.source.is_some() && linked.contains(&library.id))
            .collect();
        libraries
            .sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
        Ok(Self(libraries))
    }

    /// Returns the folders that contain the sources of libraries.
    pub(super) fn registries(&self) -> BTreeSet<PathBuf> {
        let folder = |library: &Library| Some(library.manifest_path.parent()?.parent()?.to_owned());
        self.0.iter().filter_map(folder).collect()
    }

    /// Returns the list of the libraries and the texts of their licences, each text once.
    pub(super) fn licences(&self) -> Result<String, String> {
        let mut page = String::from(INTRODUCTION);
        let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for library in &self.0 {
            let name = format!("{} {}", library.name, library.version);
            let licence = library.license.as_deref().unwrap_or("see the texts below");
            page.extend(["  ", &name, " (", licence, ")\n"]);
            for text in licence_texts(&library.manifest_path)? {
                texts.entry(text).or_default().push(name.clone());
            }
        }
        let mut texts: Vec<(String, Vec<String>)> = texts.into_iter().collect();
        texts.sort_by(|one, other| one.1.cmp(&other.1));
        for (text, names) in texts {
            let line = "-".repeat(80);
            let names = names.join(", ");
            page.extend([
                "
", &line, "
", &names, "
", &line, "

", &text, "
",
            ]);
        }
        Ok(page)
    }
}

/// The ids of the packages that are linked into the program: no build scripts, no macros, no tests.
fn linked(metadata: &Metadata) -> Result<BTreeSet<String>, String> {
    let is_macro = |id: &str| {
        let package = metadata.packages.iter().find(|package| package.id == id);
        package.is_some_and(|package| {
            let mut kinds = package.targets.iter().flat_map(|target| &target.kind);
            kinds.any(|kind| kind == "proc-macro")
        })
    };
    let program = metadata
        .packages
        .iter()
        .find(|package| package.name == PROGRAM && package.source.is_none())
        .ok_or("cargo metadata: expected the package of the program")?;
    let mut found = BTreeSet::new();
    let mut open = vec![program.id.clone()];
    while let Some(id) = open.pop() {
        if is_macro(&id) || !found.insert(id.clone()) {
            continue;
        }
        let node = metadata.resolve.nodes.iter().find(|node| node.id == id);
        let edges = node.iter().flat_map(|node| &node.deps);
        let normal = edges.filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        open.extend(normal.map(|edge| edge.pkg.clone()));
    }
    Ok(found)
}

/// The texts of the licence files next to a manifest, without spaces at the ends of lines.
fn licence_texts(manifest: &Path) -> Result<Vec<String>, String> {
    let Some(folder) = manifest.parent() else {
        return Ok(Vec::new());
    };
    let unreadable = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().to_uppercase());
        let is_licence =
            name.is_some_and(|name| LICENCE_FILES.iter().any(|start| name.starts_with(start)));
        if is_licence && path.is_file() {
            let text = String::from_utf8_lossy(&fs::read(&path).map_err(unreadable)?).into_owned();
            let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            texts.push(lines.join("\n").trim_matches('\n').to_owned());
        }
    }
    texts.sort();
    Ok(texts)
}
