//! Files that any tool can read, and nothing left behind in them.

use super::tree::{File, Tree};

/// Words that say that something is not done, put together so that this file does not hold them.
const LEFT_BEHIND: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("dbg", "!("),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
];

/// Whether it is about the directive of TAP for a known failure.
fn is_of_tap(path: &str, line: &str) -> bool {
    path.ends_with("tap.rs") || line.contains(concat!("# TO", "DO"))
}

pub(super) fn broken(tree: &Tree) -> Vec<String> {
    tree.files()
        .filter(|file| !file.is_a("lock"))
        .flat_map(of_file)
        .collect()
}

fn of_file(file: &File) -> Vec<String> {
    let path = &file.path;
    let mut found = Vec::new();
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        found.push(format!("{path} has no line feed at its end"));
    }
    if file.text.contains('\r') {
        found.push(format!("{path} has carriage returns"));
    }
    let is_code = file.is_a("rs");
    for (number, line) in file.text.lines().enumerate() {
        let place = format!("{path}:{}", number + 1);
        if line.ends_with(' ') && !file.is_a("snap") {
            found.push(format!("{place} ends with a blank"));
        }
        if let Some(word) = LEFT_BEHIND
            .iter()
            .find(|word| is_code && line.contains(**word) && !is_of_tap(path, line))
        {
            found.push(format!("{place} says {word}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_would_stumble_over_is_a_finding() {
        let count = |text: &str| broken(&Tree::of(&[("a.rs", text)])).len();
        assert_eq!(count("fn f() {}\n"), 0);
        assert_eq!(count("fn f() {}"), 1);
        assert_eq!(count("fn f() {} \n"), 1);
        assert_eq!(count("fn f() {}\r\n"), 1);
        assert_eq!(count(concat!("// TO", "DO\n")), 1);
        assert_eq!(count(concat!("\"not ok # TO", "DO\"\n")), 0);
    }
}
