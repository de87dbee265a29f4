//! The page of a crate at the registry: its manifest and its README.

use std::fmt::Write as _;
use std::fs;

use super::published_crate::PublishedCrate;

/// The files that every package contains.
const FILES: [&str; 3] = ["/README.md", "/LICENSE-APACHE", "/LICENSE-MIT"];

/// What is missing in the manifest.
pub(super) fn check_manifest(of: &PublishedCrate) -> Vec<String> {
    let package = &of.package;
    let name = &package.name;
    let documentation = format!("https://docs.rs/{name}");
    let mut found = Vec::new();
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            found.push(format!("crates/{name}/Cargo.toml: expected {what}"));
        }
    };
    expect(
        package.documentation.as_ref() == Some(&documentation),
        &format!("documentation = \"{documentation}\""),
    );
    expect(
        package.readme.as_deref() == Some("README.md"),
        "readme = \"README.md\"",
    );
    expect((1..=5).contains(&package.keywords.len()), "1 to 5 keywords");
    expect(!package.categories.is_empty(), "categories");
    expect(
        of.documents_all_features(),
        "all-features in [package.metadata.docs.rs]",
    );
    for file in FILES {
        let is_there = of.folder.join(file.trim_start_matches('/')).exists();
        expect(
            is_there || file == "/README.md",
            &format!("the file {file}"),
        );
        expect(
            package.include.iter().any(|path| path == file),
            &format!("{file} in include"),
        );
    }
    found
}

/// The README of a crate: its description and the first example of its documentation.
pub(super) fn readme(of: &PublishedCrate) -> Result<String, String> {
    let path = of.folder.join("src/lib.rs");
    let source =
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let name = &of.package.name;
    let example = first_example(&source).ok_or_else(|| {
        format!("crates/{name}/src/lib.rs: expected an example in the documentation")
    })?;
    let mut text = format!(
        "# {name}\n\n{}.\n\n```rust\n{}```\n\n",
        of.package.description,
        program(&example)
    );
    let _ = writeln!(
        text,
        "[Documentation](https://docs.rs/{name}), with all types, limits and errors. This crate is one of several for InvokeFunction of\n\
         Alibaba Cloud Function Compute; an application needs only [fc-client](https://docs.rs/fc-client).\n\n\
         License: MIT or Apache-2.0, at your option."
    );
    Ok(text)
}

/// The visible lines of the first Rust example in the documentation of a crate.
fn first_example(source: &str) -> Option<Vec<&str>> {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let mut lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    loop {
        let fence = lines.find(|line| line.starts_with("```"))?;
        let block = lines.by_ref().take_while(|line| *line != "```");
        let visible = block.filter(|line| *line != "#" && !line.starts_with("# "));
        let visible: Vec<_> = visible.collect();
        if matches!(fence, "```" | "```no_run") {
            return Some(visible);
        }
    }
}

/// The example as a whole program: its statements are inside of `main`.
fn program(example: &[&str]) -> String {
    let is_async = example.iter().any(|line| line.contains(".await"));
    let can_fail = example
        .iter()
        .any(|line| line.contains('?') && !line.trim_start().starts_with("//"));
    let mut text = String::new();
    let has_statements = example.iter().any(|line| line.starts_with("let "));
    if !has_statements {
        for line in example {
            let _ = writeln!(text, "{line}");
        }
        return text;
    }
    let imports = |line: &&str| line.starts_with("use ");
    let before = example.iter().rposition(imports).map_or(0, |last| last + 1);
    let (before, statements) = example.split_at(before);
    for line in before {
        let _ = writeln!(text, "{line}");
    }
    if !before.is_empty() {
        text.push('\n');
    }
    text.push_str(match (is_async, can_fail) {
        (true, _) => {
            "#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {\n"
        }
        (false, true) => "fn main() -> Result<(), Box<dyn std::error::Error>> {\n",
        (false, false) => "fn main() {\n",
    });
    for line in statements.iter().skip_while(|line| line.is_empty()) {
        let indent = if line.is_empty() { "" } else { "    " };
        let _ = writeln!(text, "{indent}{line}");
    }
    text.push_str(if is_async || can_fail {
        "    Ok(())\n}\n"
    } else {
        "}\n"
    });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_a_whole_program_without_hidden_lines() {
        let source = "//! Title\n//!\n//! ```text\n//! no\n//! ```\n//!\n//! ```no_run\n//! use a::b;\n//!\n//! # fn hidden() {\n\
                      //! let c = b()?;\n//! # }\n//! ```\n";
        let example = first_example(source).unwrap();
        assert_eq!(
            program(&example),
            "use a::b;\n\nfn main() -> Result<(), Box<dyn std::error::Error>> {\n    let c = b()?;\n    Ok(())\n}\n"
        );
    }
}
