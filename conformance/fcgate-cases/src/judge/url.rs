//! Splits the URL of an answer without normalizing it.

/// Splits an absolute URL into its authority and its request target.
pub(super) fn split(url: &str) -> Option<(&str, String)> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let without_fragment = rest.split('#').next().unwrap_or(rest);
    let end = without_fragment
        .find(['/', '?'])
        .unwrap_or(without_fragment.len());
    let (authority, target) = without_fragment.split_at(end);
    let target = if target.starts_with('/') {
        target.to_owned()
    } else {
        format!("/{target}")
    };
    Some((authority, target))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn the_target_keeps_its_spelling() {
        let (authority, target) = split("https://h:8443/a%2Fb/../c?x=%7e#f").unwrap();
        assert_eq!(
            (authority, target.as_str()),
            ("h:8443", "/a%2Fb/../c?x=%7e")
        );
        assert_eq!(split("https://h?x=1").unwrap().1, "/?x=1");
        assert_eq!(split("/relative"), None);
    }
}
