//! What cargo says of the workspace.

use serde::Deserialize;

use crate::programs;

#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
    pub(super) workspace_members: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Package {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) rust_version: Option<String>,
    pub(super) dependencies: Vec<Dependency>,
    #[serde(default)]
    pub(super) targets: Vec<Target>,
}

/// One crate of a package.
#[derive(Deserialize)]
pub(super) struct Target {
    /// `lib`, `bin`, `test`, `bench`, `example` and others.
    pub(super) kind: Vec<String>,
    /// The absolute path of its root file.
    pub(super) src_path: String,
}

#[derive(Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    /// None for an ordinary dependency, else `dev` or `build`.
    pub(super) kind: Option<String>,
}

impl Metadata {
    pub(super) fn read() -> Result<Self, String> {
        let text = programs::output(&["cargo", "metadata", "--format-version", "1", "--locked"])?;
        serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))
    }

    pub(super) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
    }
}
