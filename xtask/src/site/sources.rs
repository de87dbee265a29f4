//! The sources of the site, made from `docs/`.
//!
//! A link to a file outside of `docs/` becomes its address on the code host.

use std::fs;
use std::path::Path;

use super::code_host::{FILES, is_external, resolve};
use super::markdown;
use crate::programs;

const FOLDERS: &str = "https://github.com/fc-invoke/fc-invoke/tree/main/";

/// Writes the sources of the site below a folder, which is emptied first.
pub(super) fn write(to: &Path) -> Result<(), String> {
    let with_path = |error: std::io::Error| format!("{}: {error}", to.display());
    if to.exists() {
        fs::remove_dir_all(to).map_err(with_path)?;
    }
    copy_folder("docs", &to.join("src"))?;
    fs::rename(to.join("src/book.toml"), to.join("book.toml")).map_err(with_path)
}

fn copy_folder(from: &str, to: &Path) -> Result<(), String> {
    let folder = programs::root().join(from);
    let with_path = |error: std::io::Error| format!("{from}: {error}");
    fs::create_dir_all(to).map_err(with_path)?;
    for entry in fs::read_dir(&folder).map_err(with_path)? {
        let path = entry.map_err(with_path)?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| format!("{}: the name is not UTF-8", path.display()))?;
        let of_repository = format!("{from}/{name}");
        if path.is_dir() {
            copy_folder(&of_repository, &to.join(name))?;
        } else if Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "md")
        {
            let text = fs::read_to_string(&path).map_err(with_path)?;
            fs::write(to.join(page_name(name)), page(&of_repository, &text)).map_err(with_path)?;
        } else {
            fs::copy(&path, to.join(name)).map_err(with_path)?;
        }
    }
    Ok(())
}

/// The text of a page with the links of the site.
fn page(path: &str, text: &str) -> String {
    let mut out = text.to_owned();
    for link in markdown::links(text).into_iter().rev() {
        // The target is the last text of this kind in the link: `[a.md](a.md)`.
        let source = text.get(link.place.clone()).unwrap_or_default();
        let Some(at) = source.rfind(&link.target) else {
            continue;
        };
        let start = link.place.start + at;
        let new = target(path, &link.target);
        out.replace_range(start..start + link.target.len(), &new);
    }
    out
}

fn target(from: &str, link: &str) -> String {
    if is_external(link) || link.starts_with('#') {
        return link.to_owned();
    }
    let (path, anchor) = resolve(from, link);
    let anchor = anchor
        .map(|anchor| format!("#{anchor}"))
        .unwrap_or_default();
    if path.starts_with("docs/") {
        let end = link.len() - anchor.len();
        let link = link.get(..end).unwrap_or(link);
        let (folder, name) = link
            .rsplit_once('/')
            .map_or(("", link), |(folder, name)| (folder, name));
        let slash = if folder.is_empty() { "" } else { "/" };
        return format!("{folder}{slash}{}{anchor}", page_name(name));
    }
    let host = if programs::root().join(&path).is_dir() {
        FOLDERS
    } else {
        FILES
    };
    format!("{host}{path}{anchor}")
}

/// The first page of a folder is its README on a code host, and its index on a site.
fn page_name(name: &str) -> &str {
    if name == "README.md" {
        "index.md"
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_page_lead_to_the_site_or_to_the_code_host() {
        let text = "[a.md](a.md#b) [c](../README.md) [d](../crates) [e](README.md) [f](#g) [h](https://i.org)";
        let expected = format!(
            "[a.md](a.md#b) [c]({FILES}README.md) [d]({FOLDERS}crates) [e](index.md) [f](#g) [h](https://i.org)"
        );
        assert_eq!(page("docs/x.md", text), expected);
        assert_eq!(
            page("docs/start/x.md", "[a](../README.md#b)"),
            "[a](../index.md#b)"
        );
    }
}
