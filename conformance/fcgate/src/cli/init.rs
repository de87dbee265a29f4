//! `fcgate init`: writes the first files for testing an SDK.

mod next_steps;

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use fc_conformance::verdict::Verdict;
use fcgate_text::visible;

use self::next_steps::next_steps;
use super::console::print;
use super::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct InitOptions {
    /// The language of the SDK
    #[arg(value_enum)]
    language: Language,
    /// The folder of the SDK
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    dir: PathBuf,
    /// Overwrite existing files
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    Python,
    Node,
    Go,
    Java,
    Rust,
}

/// A file to write: its path, purpose and text.
struct File {
    path: &'static str,
    purpose: &'static str,
    text: &'static str,
}

/// The three files of a language.
macro_rules! files {
    ($language:literal, $template:literal => $path:literal) => {
        [
            File {
                path: $path,
                purpose: "the adapter: implement it with calls to your SDK",
                text: include_str!(concat!("../../../templates/", $language, "/", $template)),
            },
            File {
                path: "fcgate.toml",
                purpose: "the configuration of `fcgate run`",
                text: include_str!(concat!("../../../templates/", $language, "/fcgate.toml")),
            },
            File {
                path: ".github/workflows/conformance.yml",
                purpose: "runs `fcgate run` in CI, with reports",
                text: include_str!(concat!(
                    "../../../templates/",
                    $language,
                    "/conformance.yml"
                )),
            },
        ]
    };
}

impl Language {
    fn files(self) -> [File; 3] {
        match self {
            Self::Python => files!("python", "adapter.py" => "conformance/adapter.py"),
            Self::Node => files!("node", "adapter.mjs" => "conformance/adapter.mjs"),
            Self::Go => files!("go", "adapter.go" => "conformance/adapter.go"),
            Self::Java => files!("java", "Adapter.java" => "conformance/Adapter.java"),
            Self::Rust => files!("rust", "conformance.rs" => "tests/conformance.rs"),
        }
    }
}

/// Writes all files, or none if one of them exists.
pub(super) fn init(options: &InitOptions) -> Result<Verdict, Failure> {
    let files = options.language.files();
    let mut existing = Vec::new();
    for file in &files {
        // A dangling symbolic link counts as an existing file.
        if fs::symlink_metadata(options.dir.join(file.path)).is_ok() {
            existing.push(file.path);
        }
    }
    if !options.force && !existing.is_empty() {
        let message = format!(
            "{} already; nothing was written\n  help: --force overwrites files, --dir selects another folder",
            files_exist(&existing)
        );
        return Err(Failure::usage(message));
    }
    let width = files.iter().map(|file| file.path.len()).max();
    let width = width.unwrap_or_default();
    let mut out = String::new();
    for file in &files {
        let path = options.dir.join(file.path);
        write(&path, file.text, options.force).map_err(|error| {
            let path = visible::line(&path.display().to_string(), 200);
            Failure::usage(format!("{path} cannot be written: {error}"))
        })?;
        let _ = writeln!(out, "wrote  {:<width$}  {}", file.path, file.purpose);
    }
    out.push('\n');
    out.push_str(&next_steps(
        &options.dir,
        options.language == Language::Rust,
    ));
    print(&out);
    Ok(Verdict::Conforming)
}

fn write(path: &Path, text: &str, overwrite: bool) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true);
    if overwrite {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    options.open(path)?.write_all(text.as_bytes())
}

fn files_exist(names: &[&str]) -> String {
    let verb = if names.len() == 1 { "exists" } else { "exist" };
    format!("{} {verb}", names.join(", "))
}
