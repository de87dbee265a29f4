//! A source file is short enough to have one subject.

use super::tree::Tree;

/// The limit in lines, tests included.
const LONGEST: usize = 400;

pub(super) fn find(tree: &Tree) -> Vec<String> {
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
    fn a_line_above_the_limit_is_a_finding() {
        let count = |lines: usize| find(&Tree::of(&[("a.rs", &"x\n".repeat(lines))])).len();
        assert_eq!((count(LONGEST), count(LONGEST + 1)), (0, 1));
    }
}
