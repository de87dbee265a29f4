//! Splits a URL at its path.

/// The text before the path of a URL, the path, and the text after it.
pub(super) fn url_parts(url: &str) -> Option<(&str, &str, &str)> {
    let start = url.find("://")? + 3;
    let start = start + url.get(start..)?.find('/')?;
    let path = url.get(start..)?;
    let end = start + path.find('?').unwrap_or(path.len());
    Some((url.get(..start)?, url.get(start..end)?, url.get(end..)?))
}
