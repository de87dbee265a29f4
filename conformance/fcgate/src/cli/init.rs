//! `fcgate init`: writes the first files for testing an SDK.

mod language;
mod next_steps;

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use fc_conformance::verdict::Verdict;
use fcgate_text::visible;

use self::language::{Language, LanguageParser};
use self::next_steps::next_steps;
use super::console::print;
use super::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct InitOptions {
    /// The language of the SDK
    #[arg(value_parser = LanguageParser)]
    language: Language,
    /// The folder of the SDK
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    dir: PathBuf,
    /// Overwrite existing files
    #[arg(long)]
    force: bool,
}

/// A file to write: its path, purpose and text.
struct File {
    path: &'static str,
    purpose: &'static str,
    text: &'static str,
}

/// The files of a language: the adapter, its configuration and the workflow.
macro_rules! files {
    ($language:literal, $template:literal => $path:literal) => {
        vec![
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

fn files(language: Language) -> Vec<File> {
    match language {
        Language::Python => files!("python", "adapter.py" => "conformance/adapter.py"),
        Language::Node => files!("node", "adapter.mjs" => "conformance/adapter.mjs"),
        Language::Go => files!("go", "adapter.go" => "conformance/adapter.go"),
        Language::Java => files!("java", "Adapter.java" => "conformance/Adapter.java"),
        Language::Rust => files!("rust", "conformance.rs" => "tests/conformance.rs"),
        Language::Php => files!("php", "adapter.php" => "conformance/adapter.php"),
        Language::Ruby => files!("ruby", "adapter.rb" => "conformance/adapter.rb"),
        Language::CSharp => {
            let mut files = files!("csharp", "Adapter.cs" => "conformance/Adapter.cs");
            files.push(File {
                path: "conformance/Adapter.csproj",
                purpose: "the project of the adapter: add a reference to your SDK",
                text: include_str!("../../../templates/csharp/Adapter.csproj"),
            });
            files
        }
    }
}

/// Writes all files, or none if one of them exists.
pub(super) fn init(options: &InitOptions) -> Result<Verdict, Failure> {
    let files = files(options.language);
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
    print(&out)?;
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
