//! What our crates have: the string literals of their sources, and the headers that the cases name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use crate::programs;

/// The names that our crates know.
pub(super) struct OurSources {
    /// The operations, query parameters and path segments.
    pub(super) requests: BTreeSet<String>,
    pub(super) headers: BTreeSet<String>,
    /// The fields of response bodies.
    pub(super) responses: BTreeSet<String>,
    /// The requirements and the cases as one text in lower case.
    pub(super) cases: String,
}

impl OurSources {
    pub(super) fn read() -> Result<Self, String> {
        let root = programs::root();
        let literals = |name: &str| {
            let mut found = BTreeSet::new();
            let folder = root.join("crates").join(name).join("src");
            each_file(&folder, "rs", &mut |path, text| {
                // The tests of a file are at its end.
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let tokens: TokenStream = code
                    .parse()
                    .map_err(|error| format!("{}: {error}", path.display()))?;
                collect(tokens, &mut found);
                Ok(())
            })?;
            Ok::<_, String>(found)
        };
        let mut cases = String::new();
        each_file(&root.join("fixtures/cases"), "json", &mut |_, text| {
            cases.push_str(&text.to_lowercase());
            Ok(())
        })?;
        Ok(Self {
            requests: literals("fc-invoke")?,
            headers: literals("fc-headers")?,
            responses: literals("fc-response")?,
            cases,
        })
    }
}

fn each_file(
    folder: &Path,
    extension: &str,
    read: &mut dyn FnMut(&Path, &str) -> Result<(), String>,
) -> Result<(), String> {
    let with_path = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(with_path)? {
        let path = entry.map_err(with_path)?.path();
        if path.is_dir() {
            each_file(&path, extension, read)?;
        } else if path.extension().is_some_and(|end| end == extension) {
            read(&path, &fs::read_to_string(&path).map_err(with_path)?)?;
        }
    }
    Ok(())
}

/// Collects the string literals, also those in the arguments of macros. A path such as `/stop` counts for each segment.
fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let text = text
                    .strip_prefix('"')
                    .and_then(|text| text.strip_suffix('"'));
                let text = text.unwrap_or_default();
                found.insert(text.to_owned());
                if text.contains('/') {
                    found.extend(text.split(['/', '?']).map(ToOwned::to_owned));
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}
