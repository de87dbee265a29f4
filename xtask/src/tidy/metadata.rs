//! The packages of the workspace and their dependencies, from `cargo metadata`.

use std::path::Path;

use serde::Deserialize;

use crate::programs;

#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
    workspace_members: Vec<String>,
    workspace_root: String,
    pub(super) resolve: Resolve,
}

#[derive(Deserialize)]
pub(super) struct Package {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) rust_version: Option<String>,
    manifest_path: String,
    /// For a member of the workspace: its top-level folder.
    #[serde(skip)]
    pub(super) folder: String,
    pub(super) dependencies: Vec<Dependency>,
    pub(super) targets: Vec<Target>,
}

#[derive(Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    #[serde(default, deserialize_with = "kind")]
    pub(super) kind: Kind,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    #[default]
    Normal,
    Dev,
    Build,
}

/// Cargo writes null for a normal dependency.
fn kind<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Kind, D::Error> {
    Option::deserialize(input).map(Option::unwrap_or_default)
}

/// One crate of a package.
#[derive(Deserialize)]
pub(super) struct Target {
    /// `lib`, `bin`, `test`, `bench`, `example` and others.
    pub(super) kind: Vec<String>,
    /// The absolute path of its root file.
    pub(super) src_path: String,
}

/// The packages as cargo has resolved their dependencies.
#[derive(Deserialize)]
pub(super) struct Resolve {
    pub(super) nodes: Vec<Node>,
}

#[derive(Deserialize)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) deps: Vec<Edge>,
}

#[derive(Deserialize)]
pub(super) struct Edge {
    pub(super) pkg: String,
    pub(super) dep_kinds: Vec<EdgeKind>,
}

#[derive(Deserialize)]
pub(super) struct EdgeKind {
    #[serde(default, deserialize_with = "kind")]
    pub(super) kind: Kind,
}

impl Metadata {
    pub(super) fn read() -> Result<Self, String> {
        let text = programs::output(&["cargo", "metadata", "--format-version", "1", "--locked"])?;
        let mut metadata: Self =
            serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
        for package in &mut metadata.packages {
            let path = Path::new(&package.manifest_path);
            let inside = path.strip_prefix(&metadata.workspace_root).ok();
            let folder = inside.and_then(|path| path.iter().next());
            package.folder =
                folder.map_or(String::new(), |name| name.to_string_lossy().into_owned());
        }
        Ok(metadata)
    }

    pub(super) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Folder, name and dependencies.
    type Described<'a> = (&'a str, &'a str, &'a [(&'a str, Kind)]);

    /// A workspace of packages, each with its folder, its name and its dependencies; without a folder it is not a
    /// member.
    pub(in super::super) fn workspace(packages: &[Described<'_>]) -> Metadata {
        let package = |(folder, name, dependencies): &Described<'_>| Package {
            id: (*name).into(),
            name: (*name).into(),
            rust_version: None,
            manifest_path: String::new(),
            folder: (*folder).into(),
            dependencies: dependencies
                .iter()
                .map(|(name, kind)| Dependency {
                    name: (*name).into(),
                    kind: *kind,
                })
                .collect(),
            targets: Vec::new(),
        };
        let node = |(_, name, dependencies): &Described<'_>| Node {
            id: (*name).into(),
            deps: dependencies
                .iter()
                .map(|(name, kind)| Edge {
                    pkg: (*name).into(),
                    dep_kinds: vec![EdgeKind { kind: *kind }],
                })
                .collect(),
        };
        let members = packages.iter().filter(|(folder, ..)| !folder.is_empty());
        Metadata {
            packages: packages.iter().map(package).collect(),
            workspace_members: members.map(|(_, name, _)| (*name).into()).collect(),
            workspace_root: String::new(),
            resolve: Resolve {
                nodes: packages.iter().map(node).collect(),
            },
        }
    }
}
