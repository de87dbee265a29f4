//! The sources of the packages below `conformance/packages`, and the facts of the workspace that they are filled with.

use std::fs;

use crate::programs;

/// The file with the licences of the libraries in the program.
pub(super) const THIRD_PARTY: &str = "LICENSES-THIRD-PARTY";
const FOLDER: &str = "conformance/packages";
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// What the workspace manifest says about all packages, with the licences.
#[derive(Debug)]
pub(super) struct Sources {
    pub(super) version: String,
    pub(super) licence: String,
    pub(super) repository: String,
    /// The name and the text of each licence file of a package.
    pub(super) licences: Vec<(&'static str, Vec<u8>)>,
}

impl Sources {
    /// Reads the workspace manifest and our licences.
    pub(super) fn read(third_party: String) -> Result<Self, String> {
        let manifest: toml::Table =
            toml::from_str(&read("Cargo.toml")?).map_err(|error| format!("Cargo.toml: {error}"))?;
        let package = manifest
            .get("workspace")
            .and_then(|workspace| workspace.get("package"));
        let text = |name: &str| {
            let value = package.and_then(|package| package.get(name)?.as_str());
            value.map(str::to_owned).ok_or_else(|| {
                format!("Cargo.toml: expected a text `{name}` in [workspace.package]")
            })
        };
        let mut licences = Vec::new();
        for name in LICENCES {
            licences.push((name, read(name)?.into_bytes()));
        }
        licences.push((THIRD_PARTY, third_party.into_bytes()));
        Ok(Self {
            version: text("version")?,
            licence: text("license")?,
            repository: text("repository")?,
            licences,
        })
    }

    /// Returns a source with the facts of the workspace, and `more` facts, in the place of their names in braces.
    pub(super) fn filled(&self, path: &str, more: &[(&str, &str)]) -> Result<String, String> {
        let facts = [
            ("version", self.version.as_str()),
            ("licence", self.licence.as_str()),
            ("repository", self.repository.as_str()),
            ("third_party", THIRD_PARTY),
        ];
        let text = facts
            .iter()
            .chain(more)
            .fold(raw(path)?, |text, (name, value)| {
                text.replace(&format!("{{{name}}}"), value)
            });
        match text.find('{') {
            None => Ok(text),
            Some(position) => {
                let rest: String = text.chars().skip(position).take(20).collect();
                Err(format!("{FOLDER}/{path}: unknown fact at {rest:?}"))
            }
        }
    }

    /// Returns a `package.json` with the fields that every package of ours has.
    pub(super) fn package_json(
        &self,
        path: &str,
        more: &[(&str, serde_json::Value)],
    ) -> Result<String, String> {
        let mut package: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&raw(path)?)
                .map_err(|error| format!("{FOLDER}/{path}: {error}"))?;
        let repository =
            serde_json::json!({ "type": "git", "url": format!("git+{}.git", self.repository) });
        let facts = [
            ("version", self.version.clone().into()),
            ("license", self.licence.clone().into()),
            ("repository", repository),
        ];
        for (name, value) in facts.iter().chain(more) {
            if package.insert((*name).to_owned(), value.clone()).is_some() {
                return Err(format!(
                    "{FOLDER}/{path}: `{name}` is written by `cargo xtask dist`"
                ));
            }
        }
        serde_json::to_string_pretty(&package)
            .map(|text| text + "\n")
            .map_err(|error| error.to_string())
    }
}

/// Reads a source as it is.
pub(super) fn raw(path: &str) -> Result<String, String> {
    read(&format!("{FOLDER}/{path}"))
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(programs::root().join(path)).map_err(|error| format!("{path}: {error}"))
}
