//! A file has one subject.

use super::tree::Tree;

/// Where a file is split, its tests included.
const LONGEST: usize = 400;

pub(super) fn broken(tree: &Tree) -> Vec<String> {
    let long = tree
        .below("", "rs")
        .map(|file| (&file.path, file.text.lines().count()));
    long.filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{path} has {lines} lines, at most {LONGEST} are allowed"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_too_many_is_a_finding() {
        let count = |lines: usize| broken(&Tree::of(&[("a.rs", &"x\n".repeat(lines))])).len();
        assert_eq!((count(LONGEST), count(LONGEST + 1)), (0, 1));
    }
}
