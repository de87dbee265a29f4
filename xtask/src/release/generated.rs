//! Files of a crate that are made from its sources.

use std::fs;

use super::published_crate::PublishedCrate;

/// Compares a file with its expected text; with `write`, writes it.
pub(super) fn compare(
    of: &PublishedCrate,
    name: &str,
    expected: &str,
    write: bool,
) -> Result<Option<String>, String> {
    let path = of.folder.join(name);
    if fs::read_to_string(&path).is_ok_and(|text| text == expected) {
        return Ok(None);
    }
    if write {
        let written = fs::write(&path, expected);
        written.map_err(|error| format!("{}: {error}", path.display()))?;
        return Ok(None);
    }
    Ok(Some(format!(
        "crates/{}/{name} differs from the sources; run `cargo xtask release --write` and read the diff",
        of.package.name
    )))
}
