//! Installs the official SDKs that the gate tests, each pinned with all of its dependencies.

use std::fs;
use std::path::{Path, PathBuf};

use crate::programs;

/// An official SDK and its adapter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sdk {
    /// Its name in the matrix, in files and in messages.
    pub(crate) name: &'static str,
    language: Language,
    folder: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Python,
    Node,
}

/// The six SDKs in the order of the matrix.
pub(crate) const SDKS: [Sdk; 6] = [
    Sdk::new("python-fc2", Language::Python, "fc2"),
    Sdk::new(
        "python-fc-open20210406",
        Language::Python,
        "fc-open20210406",
    ),
    Sdk::new("python-fc20230330", Language::Python, "fc20230330"),
    Sdk::new("node-fc2", Language::Node, "fc2"),
    Sdk::new("node-fc-open20210406", Language::Node, "fc-open20210406"),
    Sdk::new("node-fc20230330", Language::Node, "fc20230330"),
];

/// The file with the interpreter and the pins of an installation; it is written last.
const STAMP: &str = ".installed";

impl Sdk {
    const fn new(name: &'static str, language: Language, folder: &'static str) -> Self {
        Self {
            name,
            language,
            folder,
        }
    }

    /// The folder with `fcgate.toml`, the known failures and the pinned packages.
    pub(crate) fn folder(self) -> PathBuf {
        let adapters = programs::root().join("conformance/adapters");
        let language = match self.language {
            Language::Python => "sdk-python",
            Language::Node => "sdk-node",
        };
        adapters.join(language).join(self.folder)
    }

    /// The start of the file name of its recording, before the version.
    pub(crate) fn recording_prefix(self) -> &'static str {
        match self.name {
            "python-fc2" => "py-fc2",
            "python-fc-open20210406" => "py-open",
            "python-fc20230330" => "py-fc3",
            "node-fc-open20210406" => "node-open",
            "node-fc20230330" => "node-fc3",
            other => other,
        }
    }

    /// The command that sends recorded calls again.
    pub(crate) fn recorder(self) -> Vec<String> {
        let text = |path: PathBuf| path.display().to_string();
        let next_to = |name: &str| text(self.folder().with_file_name(name));
        let installed = self.installation();
        match self.language {
            Language::Python => vec![
                text(installed.join("bin/python")),
                next_to("record.py"),
                format!("drive_{}", self.folder.replace('-', "_")),
            ],
            Language::Node => vec![
                "node".to_owned(),
                next_to("record.js"),
                format!("drive-{}", self.folder),
                text(installed),
            ],
        }
    }

    /// The folder of its installation, which may not exist.
    pub(crate) fn installation(self) -> PathBuf {
        programs::root().join("target/sdks").join(self.name)
    }

    /// The files that pin its packages.
    fn pins(self) -> &'static [&'static str] {
        match self.language {
            Language::Python => &["requirements.txt"],
            Language::Node => &["package.json", "package-lock.json"],
        }
    }
}

/// Installs each SDK whose installation is missing or was made from other pins or for another interpreter.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
pub(crate) fn run() -> Result<(), String> {
    for sdk in SDKS {
        let (stamp, target) = (stamp(sdk)?, sdk.installation());
        let installed = fs::read_to_string(target.join(STAMP)).unwrap_or_default();
        if installed == stamp {
            println!("{} is installed", sdk.name);
            continue;
        }
        println!("installing {}", sdk.name);
        remove(&target)?;
        fs::create_dir_all(&target).map_err(|error| with_path(&target, &error))?;
        match sdk.language {
            Language::Python => python(sdk, &target)?,
            Language::Node => node(sdk, &target)?,
        }
        let path = target.join(STAMP);
        fs::write(&path, stamp).map_err(|error| with_path(&path, &error))?;
    }
    Ok(())
}

/// The version of the interpreter and the pins.
fn stamp(sdk: Sdk) -> Result<String, String> {
    let interpreter = match sdk.language {
        Language::Python => "python3",
        Language::Node => "node",
    };
    let version = programs::output(&[interpreter, "--version"])
        .map_err(|error| format!("{} needs {interpreter}: {error}", sdk.name))?;
    let mut stamp = version;
    for name in sdk.pins() {
        let path = sdk.folder().join(name);
        let text = fs::read_to_string(&path).map_err(|error| with_path(&path, &error))?;
        stamp.push_str(&text);
    }
    Ok(stamp)
}

fn python(sdk: Sdk, target: &Path) -> Result<(), String> {
    let target = text(target)?;
    let interpreter = format!("{target}/bin/python");
    let requirements = sdk.folder().join("requirements.txt");
    programs::output(&["python3", "-m", "venv", target])?;
    programs::output(&[
        interpreter.as_str(),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--requirement",
        text(&requirements)?,
    ])
    .map(drop)
}

/// Installs without the scripts of the packages: no pinned package needs its script.
fn node(sdk: Sdk, target: &Path) -> Result<(), String> {
    for name in sdk.pins() {
        let from = sdk.folder().join(name);
        fs::copy(&from, target.join(name)).map_err(|error| with_path(&from, &error))?;
    }
    let install = "npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix";
    let mut words: Vec<&str> = install.split(' ').collect();
    words.push(text(target)?);
    programs::output(&words).map(drop)
}

fn remove(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| with_path(folder, &error))?;
    }
    Ok(())
}

fn text(path: &Path) -> Result<&str, String> {
    path.to_str()
        .ok_or_else(|| format!("{} is not UTF-8", path.display()))
}

fn with_path(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
