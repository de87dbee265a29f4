//! Pages of the documents that the gate writes.

/// Inserts a paragraph below the heading of a page.
pub(crate) fn with_about(drawn: &str, about: &str) -> String {
    match drawn.split_once('\n') {
        Some((heading, rest)) => format!("{heading}\n\n{about}\n{rest}"),
        None => drawn.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::with_about;

    #[test]
    fn the_paragraph_follows_the_heading() {
        assert_eq!(with_about("# A\n\nb\n", "about"), "# A\n\nabout\n\nb\n");
    }
}
