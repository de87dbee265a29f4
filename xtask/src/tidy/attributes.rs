//! An exception from a lint is `#[expect]` with a reason, which fails when it is no longer needed.

use super::tree::Tree;

pub(super) fn find(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for file in tree.below("", "rs") {
        for (number, line) in file.text.lines().enumerate() {
            let line = line.trim_start();
            if line.starts_with("#[allow(") || line.starts_with("#![allow(") {
                let place = format!("{}:{}", file.path, number + 1);
                found.push(format!(
                    "{place}: write #[expect(…, reason = \"…\")] instead of #[allow]"
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allow_is_a_finding_and_expect_is_not() {
        let count = |line| find(&Tree::of(&[("a.rs", line)])).len();
        assert_eq!(count("    #[allow(dead_code)]"), 1);
        assert_eq!(count("#![allow(dead_code)]"), 1);
        assert_eq!(count("#[expect(dead_code, reason = \"shown\")]"), 0);
    }
}
