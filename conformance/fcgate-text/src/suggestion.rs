//! Suggestions for names that are not known.

/// The minimum similarity, from 0 to 1, at which a name is suggested.
const LEAST_SIMILARITY: f64 = 0.7;

/// Returns the name that is most similar to `typed`, or `None` if no name is similar enough.
pub fn most_similar<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (strsim::normalized_damerau_levenshtein(typed, name), name))
        .filter(|(similarity, _)| *similarity >= LEAST_SIMILARITY)
        // If names are equally similar, the shortest one wins, then the first one.
        .min_by(|(one, name), (other, other_name)| {
            other.total_cmp(one).then(name.len().cmp(&other_name.len()))
        })
        .map(|(_, name)| name)
}

/// Returns the end of an error message about an unknown name: the most similar name, or all names.
///
/// ```
/// use fcgate_text::suggestion::suggestion;
///
/// let names = ["profile", "level"];
/// assert_eq!(suggestion("profil", &names), "did you mean 'profile'?");
/// assert_eq!(suggestion("zzz", &names), "expected one of: profile, level");
/// ```
pub fn suggestion(typed: &str, names: &[&str]) -> String {
    match most_similar(typed, names.iter().copied()) {
        Some(name) => format!("did you mean '{name}'?"),
        None => format!("expected one of: {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{most_similar, suggestion};

    #[test]
    fn a_misspelled_name_is_found_and_an_unrelated_one_is_not() {
        let names = ["profile", "revision", "timeout"];
        assert_eq!(most_similar("porfile", names.into_iter()), Some("profile"));
        assert_eq!(most_similar("zzz", names.into_iter()), None);
    }

    #[test]
    fn without_a_similar_name_the_suggestion_lists_all_names() {
        assert_eq!(
            suggestion("tow", &["one", "two"]),
            "expected one of: one, two"
        );
    }
}
