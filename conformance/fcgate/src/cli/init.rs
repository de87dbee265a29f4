//! `fcgate init`: the first files of a project that is going to be judged.

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
    /// Write over files that are there
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

/// A file to write: where, what it is for, and its text.
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
                purpose: "the adapter: fill it in by calls of your SDK",
                text: include_str!(concat!("../../../templates/", $language, "/", $template)),
            },
            File {
                path: "fcgate.toml",
                purpose: "how `fcgate run` starts it, and what is demanded",
                text: include_str!(concat!("../../../templates/", $language, "/fcgate.toml")),
            },
            File {
                path: ".github/workflows/conformance.yml",
                purpose: "the same in CI, with reports",
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

/// Writes all files or, where one of them is there already, none.
pub(super) fn init(options: &InitOptions) -> Result<Verdict, Failure> {
    let files = options.language.files();
    let mut there = Vec::new();
    for file in &files {
        // A link that leads nowhere is there, too.
        if fs::symlink_metadata(options.dir.join(file.path)).is_ok() {
            there.push(file.path);
        }
    }
    if !options.force && !there.is_empty() {
        let message = format!(
            "{} there already; nothing was written\n  help: --force writes over, --dir names another folder",
            is_or_are(&there)
        );
        return Err(Failure::usage(message));
    }
    let width = files.iter().map(|file| file.path.len()).max();
    let width = width.unwrap_or_default();
    let mut told = String::new();
    for file in &files {
        let path = options.dir.join(file.path);
        write(&path, file.text, options.force).map_err(|error| {
            let path = visible::line(&path.display().to_string(), 200);
            Failure::usage(format!("{path} cannot be written: {error}"))
        })?;
        let _ = writeln!(told, "written  {:<width$}  {}", file.path, file.purpose);
    }
    told.push('\n');
    told.push_str(&next_steps(
        &options.dir,
        options.language == Language::Rust,
    ));
    print(&told);
    Ok(Verdict::Conforming)
}

fn write(path: &Path, text: &str, over: bool) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true);
    if over {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    options.open(path)?.write_all(text.as_bytes())
}

fn is_or_are(names: &[&str]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", names.join(", "))
}
