//! The links of the built site.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::code_host::{is_external, resolve};

/// The links and the anchors of a page.
struct Page {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

/// Finds links of the pages below a folder to files and anchors that do not exist.
pub(super) fn find(folder: &Path) -> Result<Vec<String>, String> {
    let mut pages = BTreeMap::new();
    for path in files(folder)? {
        let relative = path
            .strip_prefix(folder)
            .map_err(|error| error.to_string())?;
        let name = relative.display().to_string().replace('\\', "/");
        let is_page = path
            .extension()
            .is_some_and(|extension| extension == "html");
        let text = if is_page {
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?
        } else {
            String::new()
        };
        pages.insert(name, Page::of(&text));
    }
    Ok(findings(&pages))
}

fn findings(pages: &BTreeMap<String, Page>) -> Vec<String> {
    let mut findings = Vec::new();
    for (name, page) in pages {
        for link in page.links.iter().filter(|link| !is_external(link)) {
            let (path, anchor) = resolve(name, link);
            let wrong = match (pages.get(&path), anchor) {
                (None, _) => "no such file",
                // An empty anchor is the top of the page.
                (Some(target), Some(anchor))
                    if !anchor.is_empty() && !target.anchors.contains(&anchor) =>
                {
                    "no such anchor"
                }
                _ => continue,
            };
            findings.push(format!("site/{name} links to `{link}`: {wrong}"));
        }
    }
    findings
}

impl Page {
    fn of(html: &str) -> Self {
        let mut links = values(html, " href=\"");
        links.extend(values(html, " src=\""));
        Self {
            links,
            anchors: values(html, " id=\"").into_iter().collect(),
        }
    }
}

/// The values of an attribute. In the text of a page, quotation marks are escaped or the `<` before them is.
fn values(html: &str, start: &str) -> Vec<String> {
    let tags = html
        .split('<')
        .skip(1)
        .filter_map(|part| part.split('>').next());
    let values = tags.filter_map(|tag| {
        let value = tag.split_once(start)?.1.split_once('"')?.0;
        Some(value.replace("&amp;", "&"))
    });
    values.collect()
}

/// Every file below a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let with_path = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(with_path)? {
        let path = entry.map_err(with_path)?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_missing_pages_and_anchors_are_findings() {
        let of = |link: &str| {
            let a = format!("<h1 id=\"top\">A</h1>\n<a class=\"x\" href=\"{link}\">b</a>");
            let pages = [("a/a.html", a.as_str()), ("b.html", "<h2 id=\"one\"></h2>")];
            let pages = pages.map(|(name, html)| (name.to_owned(), Page::of(html)));
            findings(&pages.into_iter().collect()).len()
        };
        assert_eq!(of("../b.html#one"), 0);
        assert_eq!(of("#top"), 0);
        assert_eq!(of("#"), 0);
        assert_eq!(of("https://example.com/"), 0);
        assert_eq!(of("b.html"), 1);
        assert_eq!(of("../b.html#two"), 1);
    }
}
