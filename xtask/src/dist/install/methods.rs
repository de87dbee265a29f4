//! The ways to install the program, each from local files without a network.

use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::start_page::StartPage;
use crate::dist::file_names;
use crate::dist::platform::Platform;

/// The packages of one platform.
pub(super) struct Files<'a> {
    pub(super) folder: &'a Path,
    pub(super) version: &'a str,
    pub(super) platform: &'a Platform,
}

impl Files<'_> {
    fn archive(&self) -> PathBuf {
        self.folder
            .join(file_names::archive(self.version, self.platform))
    }

    fn wheel(&self) -> PathBuf {
        self.folder
            .join(file_names::wheel(self.version, self.platform))
    }

    fn npm(&self) -> [PathBuf; 2] {
        let launcher = file_names::npm_launcher(self.version);
        let platform = file_names::npm(self.version, self.platform);
        [launcher, platform].map(|name| self.folder.join(name))
    }

    fn debian(&self) -> PathBuf {
        let name = file_names::debian(self.version, self.platform);
        self.folder.join(name.unwrap_or_default())
    }
}

/// One way to install the program.
pub(super) struct Method {
    pub(super) name: &'static str,
    /// Whether it is only the unpacked program, so that an emulator can start it.
    pub(super) is_plain: bool,
    /// The programs without which it is skipped.
    pub(super) needs: &'static [&'static str],
    /// The pages for users of the languages that have this package.
    pub(super) pages: &'static [StartPage],
    /// Installs into a folder and returns the command that starts the program.
    pub(super) install: fn(&Files<'_>, &Environment, &Path) -> Result<Vec<String>, String>,
    /// The size of what a user downloads.
    pub(super) bytes: fn(&Files<'_>) -> Result<u64, String>,
}

pub(super) const ALL: &[Method] = &[
    Method {
        name: "archive",
        is_plain: true,
        needs: &[],
        pages: &[
            StartPage {
                language: "go",
                needs: &["go"],
            },
            StartPage {
                language: "java",
                needs: &["java", "javac"],
            },
        ],
        install: archive,
        bytes: |files| length(&[files.archive()]),
    },
    Method {
        name: "wheel",
        is_plain: false,
        needs: &[],
        pages: &[StartPage {
            language: "python",
            needs: &["python3"],
        }],
        install: wheel,
        bytes: |files| length(&[files.wheel()]),
    },
    Method {
        name: "npm",
        is_plain: false,
        needs: &[],
        pages: &[StartPage {
            language: "node",
            needs: &["node"],
        }],
        install: npm,
        bytes: |files| length(&files.npm()),
    },
    Method {
        name: "deb",
        is_plain: false,
        needs: &["dpkg-deb"],
        pages: &[],
        install: debian,
        bytes: |files| length(&[files.debian()]),
    },
];

fn archive(
    files: &Files<'_>,
    environment: &Environment,
    target: &Path,
) -> Result<Vec<String>, String> {
    environment.succeed(target, &["tar", "-xzf", &text(&files.archive())])?;
    let program = target
        .join(file_names::folder(files.version, files.platform))
        .join(files.platform.executable);
    Ok(vec![text(&program)])
}

/// A new environment shares its pip with the interpreter, so that only our files are in it.
fn wheel(
    files: &Files<'_>,
    environment: &Environment,
    target: &Path,
) -> Result<Vec<String>, String> {
    let folder = text(target);
    environment.succeed(target, &["python3", "-m", "venv", "--without-pip", &folder])?;
    let python = text(&target.join("bin/python"));
    let pip = "-m pip --quiet --disable-pip-version-check --python";
    let mut words = vec!["python3"];
    words.extend(pip.split(' '));
    words.extend([python.as_str(), "install", "--no-index"]);
    let wheel = text(&files.wheel());
    words.push(&wheel);
    environment.succeed(target, &words)?;
    Ok(vec![text(&target.join("bin/fcgate"))])
}

fn npm(files: &Files<'_>, environment: &Environment, target: &Path) -> Result<Vec<String>, String> {
    let [launcher, platform] = files.npm().map(|path| text(&path));
    let cache = text(&environment.folder("npm-cache")?);
    let mut words: Vec<&str> =
        "npm install --offline --no-audit --no-fund --loglevel=error --cache"
            .split(' ')
            .collect();
    words.extend([cache.as_str(), launcher.as_str(), platform.as_str()]);
    environment.succeed(target, &words)?;
    let npx = ["npx", "--no-install", "--prefix"].map(str::to_owned);
    Ok([npx.to_vec(), vec![text(target), "fcgate".to_owned()]].concat())
}

/// Unpacks the package: an installation would change this machine.
fn debian(
    files: &Files<'_>,
    environment: &Environment,
    target: &Path,
) -> Result<Vec<String>, String> {
    let package = text(&files.debian());
    environment.succeed(target, &["dpkg-deb", "--info", &package])?;
    environment.succeed(target, &["dpkg-deb", "--extract", &package, &text(target)])?;
    Ok(vec![text(&target.join("usr/bin/fcgate"))])
}

fn length(files: &[PathBuf]) -> Result<u64, String> {
    let mut bytes = 0;
    for file in files {
        let metadata =
            std::fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?;
        bytes += metadata.len();
    }
    Ok(bytes)
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
