//! What was probably meant: the name that is most like the one that was typed.

/// How like two names must be to be named together.
const LIKENESS: f64 = 0.7;

/// The name that is most like the one that was typed, if any is.
pub fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (strsim::normalized_damerau_levenshtein(typed, name), name))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        // Of equally likely names the shorter one, then the first one.
        .min_by(|(one, name), (other, other_name)| {
            other.total_cmp(one).then(name.len().cmp(&other_name.len()))
        })
        .map(|(_, name)| name)
}

/// The end of a message about an unknown name: what was meant, or what there is.
pub fn hint(typed: &str, names: &[&str]) -> String {
    match nearest(typed, names.iter().copied()) {
        Some(near) => format!("did you mean '{near}'?"),
        None => format!("there is: {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{hint, nearest};

    #[test]
    fn a_slip_is_understood_and_nonsense_is_not() {
        let names = ["profile", "revision", "timeout"];
        assert_eq!(nearest("porfile", names.into_iter()), Some("profile"));
        assert_eq!(nearest("zzz", names.into_iter()), None);
    }

    #[test]
    fn where_nothing_is_alike_everything_is_named() {
        assert_eq!(hint("zzz", &["one", "two"]), "there is: one, two");
        assert_eq!(hint("tow", &["one", "two"]), "there is: one, two");
        assert_eq!(
            hint("profil", &["profile", "level"]),
            "did you mean 'profile'?"
        );
    }
}
