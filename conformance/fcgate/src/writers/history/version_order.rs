//! The order of versions, for the version numbers of all languages.

use std::cmp::Ordering;

/// Compares two versions: numbers by value, and words by what they mean in PEP 440, Semantic Versioning and Maven.
///
/// A pre-release (`rc1`, `-beta.2`, `.dev3`, `-SNAPSHOT`, any unknown word) comes before its release, and `.post1` after it.
/// What follows `+` counts only if nothing else differs. No library for versions orders those of all these languages.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let (left, right) = (parts(one), parts(other));
    let length = left.len().max(right.len());
    let part = |parts: &[Part], place: usize| parts.get(place).cloned().unwrap_or(Part::NOTHING);
    let differing = (0..length).map(|place| part(&left, place).cmp(&part(&right, place)));
    let by_parts = differing.reduce(Ordering::then).unwrap_or(Ordering::Equal);
    by_parts.then_with(|| one.cmp(other))
}

/// A number or a word of a version. Parts are compared by rank, then by the number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    rank: i8,
    /// The digits without leading zeros, after their count, so that numbers of any length compare by value.
    number: (usize, String),
}

impl Part {
    /// A missing part, which equals 0: `1.0` and `1.0.0` are the same release.
    const NOTHING: Self = Self {
        rank: 0,
        number: (0, String::new()),
    };

    fn number(digits: &str) -> Self {
        let digits = digits.trim_start_matches('0');
        Self {
            // A word such as `post` comes after 0 and before every other number: `1.0`, `1.0.post1`, `1.0.1`.
            rank: if digits.is_empty() { 0 } else { 2 },
            number: (digits.len(), digits.to_owned()),
        }
    }

    fn word(word: &str) -> Self {
        let rank = match word.to_ascii_lowercase().as_str() {
            "dev" => -5,
            "a" | "alpha" => -4,
            "b" | "beta" => -3,
            "c" | "rc" | "cr" | "pre" | "preview" | "m" | "milestone" => -2,
            "final" | "ga" | "release" => 0,
            "post" | "patch" | "sp" | "p" => 1,
            _ => -1,
        };
        Self {
            rank,
            ..Self::NOTHING
        }
    }
}

fn parts(version: &str) -> Vec<Part> {
    let version = version.split('+').next().unwrap_or_default();
    let version = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let mut parts = Vec::new();
    for piece in version.split(['.', '-', '_']) {
        let characters: Vec<char> = piece.chars().collect();
        for run in characters.chunk_by(|one, other| one.is_ascii_digit() == other.is_ascii_digit())
        {
            let text: String = run.iter().collect();
            let is_number = run.first().is_some_and(char::is_ascii_digit);
            parts.push(if is_number {
                Part::number(&text)
            } else {
                Part::word(&text)
            });
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn versions_of_all_languages_are_ordered_by_release() {
        for line in [
            &[
                "0.9",
                "1.0.dev1",
                "1.0a1",
                "1.0b2",
                "1.0rc1",
                "1.0",
                "1.0.post1",
                "1.0.1",
            ][..],
            &["4.8.3", "4.8.10", "4.10.0", "10.0.0"],
            &[
                "1.2.0-alpha.1",
                "1.2.0-alpha.2",
                "1.2.0-beta.1",
                "1.2.0",
                "1.2.1-0",
            ],
            &["1.0-SNAPSHOT", "1.0.Final", "1.1"],
            &["v1.2.0", "1.10.0", "v2.0.0"],
            &[
                "0.0.0-20200925033337-c013428cbe21",
                "0.0.0-20210925033337-a0b1c2d3e4f5",
            ],
            &["99999999999999999999998", "99999999999999999999999"],
            &["unknown", "0.1"],
        ] {
            for pair in line.windows(2) {
                assert!(compare(pair[0], pair[1]).is_lt(), "{pair:?}");
                assert!(compare(pair[1], pair[0]).is_gt(), "{pair:?}");
            }
        }
        assert!(compare("1.0", "1.0").is_eq());
    }
}
