//! The official SDKs whose sources are read: the pinned installations, or the newest versions of their registries.

use std::fs;
use std::path::{Path, PathBuf};

use crate::programs;
use crate::sdks::SDKS;

/// An official SDK that is generated from the vendor's metadata.
#[derive(Debug, Clone, Copy)]
pub(super) struct Package {
    /// Its name in `cargo xtask sdks`.
    name: &'static str,
    /// Its name on the registry.
    registry: &'static str,
    language: Language,
}

#[derive(Debug, Clone, Copy)]
enum Language {
    /// With the name of the module.
    Python(&'static str),
    Node,
}

pub(super) const SDK_PACKAGES: [Package; 4] = [
    Package {
        name: "python-fc20230330",
        registry: "alibabacloud-fc20230330",
        language: Language::Python("alibabacloud_fc20230330"),
    },
    Package {
        name: "python-fc-open20210406",
        registry: "alibabacloud-fc-open20210406",
        language: Language::Python("alibabacloud_fc_open20210406"),
    },
    Package {
        name: "node-fc20230330",
        registry: "@alicloud/fc20230330",
        language: Language::Node,
    },
    Package {
        name: "node-fc-open20210406",
        registry: "@alicloud/fc-open20210406",
        language: Language::Node,
    },
];

impl Package {
    /// The folder with the sources of the pinned version; `None` if it is not installed.
    pub(super) fn installed(self) -> Option<PathBuf> {
        let sdk = SDKS.into_iter().find(|sdk| sdk.name == self.name)?;
        self.sources(&sdk.installation())
    }

    /// Installs the newest version below a folder, without the scripts of the packages.
    pub(super) fn install_newest(self, folder: &Path) -> Result<PathBuf, String> {
        let target = folder.join(self.name);
        fs::create_dir_all(&target).map_err(|error| format!("{}: {error}", target.display()))?;
        let shown = target.display().to_string();
        let words = match self.language {
            Language::Python(_) => {
                programs::output(&["python3", "-m", "venv", &shown])?;
                format!(
                    "{shown}/bin/python -m pip install --quiet --disable-pip-version-check --no-deps {}",
                    self.registry
                )
            }
            Language::Node => format!(
                "npm install --ignore-scripts --no-audit --no-fund --loglevel=error --prefix {shown} {}",
                self.registry
            ),
        };
        let words: Vec<&str> = words.split(' ').collect();
        programs::output(&words)?;
        self.sources(&target)
            .ok_or_else(|| format!("{shown}: expected the sources of {}", self.registry))
    }

    /// The name and the version of an installation.
    pub(super) fn describe(self, sources: &Path) -> String {
        let version = self.version(sources);
        format!(
            "{} {}",
            self.name,
            version.as_deref().unwrap_or("of unknown version")
        )
    }

    fn version(self, sources: &Path) -> Option<String> {
        match self.language {
            Language::Python(module) => {
                let start = format!("{module}-");
                let entries = fs::read_dir(sources.parent()?).ok()?;
                let mut names =
                    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
                names.find_map(|name| {
                    let version = name.strip_prefix(&start)?.strip_suffix(".dist-info")?;
                    Some(version.to_owned())
                })
            }
            Language::Node => {
                let text = fs::read_to_string(sources.parent()?.join("package.json")).ok()?;
                let package: serde_json::Value = serde_json::from_str(&text).ok()?;
                Some(package.get("version")?.as_str()?.to_owned())
            }
        }
    }

    /// The folder with the sources in an installation.
    fn sources(self, installation: &Path) -> Option<PathBuf> {
        let folder = match self.language {
            Language::Python(module) => {
                let entries = fs::read_dir(installation.join("lib")).ok()?;
                let mut pythons = entries.filter_map(|entry| Some(entry.ok()?.path()));
                pythons.find_map(|python| {
                    Some(python.join("site-packages").join(module)).filter(|path| path.is_dir())
                })?
            }
            Language::Node => installation
                .join("node_modules")
                .join(self.registry)
                .join("dist"),
        };
        Some(folder).filter(|path| path.is_dir())
    }
}

/// Removes a folder if it exists.
pub(super) fn empty(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(())
}
