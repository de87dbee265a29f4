//! An environment without cargo: a PATH with the few programs that an installation needs, and an empty home.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::programs;

/// The programs that users of the packages have.
const NEEDED: [&str; 7] = ["sh", "tar", "gzip", "sha256sum", "node", "npm", "npx"];
/// Programs of some systems and languages, and emulators.
const IF_PRESENT: [&str; 6] = [
    "dpkg-deb",
    "go",
    "java",
    "javac",
    "qemu-aarch64-static",
    "qemu-x86_64-static",
];

pub(in crate::dist) struct Environment {
    root: PathBuf,
}

impl Environment {
    /// Creates the folders, with links to the programs.
    pub(super) fn create(root: &Path) -> Result<Self, String> {
        let environment = Self {
            root: root.to_owned(),
        };
        let bin = environment.folder("bin")?;
        environment.folder("home")?;
        for name in NEEDED {
            let found = locate(name)?.ok_or_else(|| format!("expected {name} on the PATH"))?;
            link(&found, &bin.join(name))?;
        }
        for name in IF_PRESENT {
            if let Some(found) = locate(name)? {
                link(&found, &bin.join(name))?;
            }
        }
        // A version manager may put a script in the place of the interpreter.
        let python = programs::output(&["python3", "-c", "import sys; print(sys.executable)"])?;
        link(Path::new(python.trim()), &bin.join("python3"))?;
        if environment.has("cargo") {
            return Err("expected an environment without cargo".to_owned());
        }
        Ok(environment)
    }

    /// Creates a folder if it does not exist.
    pub(super) fn folder(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.root.join(name);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(folder)
    }

    /// Whether a program is on the PATH.
    pub(super) fn has(&self, name: &str) -> bool {
        self.root.join("bin").join(name).exists()
    }

    /// Returns a command without the variables of this process.
    pub(super) fn command(&self, folder: &Path, words: &[String]) -> Result<Command, String> {
        let (program, arguments) = words.split_first().ok_or("the command is empty")?;
        let bin = self.root.join("bin");
        let program = if program.contains('/') {
            PathBuf::from(program)
        } else {
            bin.join(program)
        };
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .env("PATH", bin)
            .env("HOME", self.root.join("home"))
            .env("LANG", "C.UTF-8");
        Ok(command)
    }

    /// Runs a command to its end, whatever its exit code is.
    pub(super) fn run(&self, folder: &Path, words: &[String]) -> Result<Output, String> {
        self.command(folder, words)?
            .output()
            .map_err(|error| format!("{}: {error}", words.join(" ")))
    }

    /// Runs a command that must succeed.
    pub(super) fn succeed(&self, folder: &Path, words: &[&str]) -> Result<(), String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let output = self.run(folder, &words)?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!(
            "{}: {}\n{}{}",
            words.join(" "),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ))
    }

    /// Verifies the list of checksums as a user does.
    pub(super) fn verify_checksums(&self, packages: &Path) -> Result<(), String> {
        self.succeed(
            packages,
            &["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        )
    }
}

/// Returns the bytes of all files in a folder.
pub(super) fn size(folder: &Path) -> Result<u64, String> {
    let unreadable = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut bytes = 0;
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() {
            bytes += size(&entry.path())?;
        } else if kind.is_file() {
            bytes += entry.metadata().map_err(unreadable)?.len();
        }
    }
    Ok(bytes)
}

/// Returns the path of a program, or none if the machine does not have it.
fn locate(name: &str) -> Result<Option<PathBuf>, String> {
    let script = format!("command -v {name}");
    let found = programs::run_in(&programs::root(), &["sh", "-c", &script])?;
    let path = PathBuf::from(found.stdout.trim());
    Ok((found.code == Some(0) && path.is_absolute()).then_some(path))
}

#[cfg(unix)]
fn link(program: &Path, link: &Path) -> Result<(), String> {
    std::os::unix::fs::symlink(program, link)
        .map_err(|error| format!("{}: {error}", link.display()))
}

#[cfg(not(unix))]
fn link(_program: &Path, link: &Path) -> Result<(), String> {
    Err(format!("{}: the check runs on Unix only", link.display()))
}
