//! The crates that are published, from their manifests.

use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

use crate::programs;

#[derive(Deserialize)]
struct Manifest {
    package: Package,
    #[serde(default)]
    features: toml::Table,
}

/// The parts of `[package]` that a release needs.
#[derive(Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) documentation: Option<String>,
    pub(super) readme: Option<String>,
    #[serde(default)]
    pub(super) keywords: Vec<String>,
    #[serde(default)]
    pub(super) categories: Vec<String>,
    #[serde(default)]
    pub(super) include: Vec<String>,
    publish: Option<bool>,
    metadata: Option<toml::Table>,
}

/// One published crate.
pub(super) struct PublishedCrate {
    pub(super) folder: PathBuf,
    pub(super) package: Package,
    /// The names of its features, without `default`.
    pub(super) features: Vec<String>,
}

impl PublishedCrate {
    /// Whether docs.rs builds the documentation with all features.
    pub(super) fn documents_all_features(&self) -> bool {
        let docs = self
            .package
            .metadata
            .as_ref()
            .and_then(|all| all.get("docs"));
        let docs_rs = docs.and_then(|docs| docs.get("rs"));
        docs_rs.and_then(|rs| rs.get("all-features")) == Some(&toml::Value::Boolean(true))
    }
}

/// Reads the manifests below `crates/`, in the order of their names.
pub(super) fn read() -> Result<Vec<PublishedCrate>, String> {
    let folder = programs::root().join("crates");
    let listed = fs::read_dir(&folder).map_err(|error| format!("crates: {error}"))?;
    let mut found = Vec::new();
    for entry in listed {
        let folder = entry.map_err(|error| error.to_string())?.path();
        let path = folder.join("Cargo.toml");
        let text = fs::read_to_string(&path);
        let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
        let manifest: Manifest =
            toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        if manifest.package.publish != Some(false) {
            found.push(PublishedCrate {
                folder,
                package: manifest.package,
                features: manifest
                    .features
                    .keys()
                    .filter(|name| *name != "default")
                    .cloned()
                    .collect(),
            });
        }
    }
    found.sort_by(|one, other| one.package.name.cmp(&other.package.name));
    Ok(found)
}
