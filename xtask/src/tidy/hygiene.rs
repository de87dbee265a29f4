//! Line ends, trailing spaces, and marks of unfinished code.

use super::tree::{File, Tree};

/// Marks of unfinished code, concatenated so that this file does not contain them.
const UNFINISHED: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("dbg", "!("),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
];

/// Whether the mark is the TAP directive for a known failure.
fn is_of_tap(path: &str, line: &str) -> bool {
    path.ends_with("tap.rs") || line.contains(concat!("# TO", "DO"))
}

pub(super) fn find(tree: &Tree) -> Vec<String> {
    tree.files()
        .filter(|file| !file.is_a("lock") && !is_capture(file) && !is_fuzz_input(file))
        .flat_map(of_file)
        .collect()
}

/// Whether a file is what a program printed, kept byte for byte.
fn is_capture(file: &File) -> bool {
    let is_kept = file.path.contains("/captures/") || file.path.contains("/why/requests/");
    is_kept && (file.is_a("txt") || file.is_a("http") || file.is_a("resp"))
}

/// Whether a file is an input of a fuzz target: any bytes.
fn is_fuzz_input(file: &File) -> bool {
    file.path.starts_with("conformance/fuzz/corpus/")
}

fn of_file(file: &File) -> Vec<String> {
    let path = &file.path;
    let mut found = Vec::new();
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        found.push(format!("{path} does not end with a line feed"));
    }
    if file.text.contains('\r') {
        found.push(format!("{path} contains carriage returns"));
    }
    let is_code = file.is_a("rs");
    for (number, line) in file.text.lines().enumerate() {
        let place = format!("{path}:{}", number + 1);
        if line.ends_with(' ') && !file.is_a("snap") {
            found.push(format!("{place} ends with a space"));
        }
        if let Some(word) = UNFINISHED
            .iter()
            .find(|word| is_code && line.contains(**word) && !is_of_tap(path, line))
        {
            found.push(format!("{place} contains {word}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_line_ends_and_unfinished_code_are_findings() {
        let count = |text: &str| find(&Tree::of(&[("a.rs", text)])).len();
        assert_eq!(count("fn f() {}\n"), 0);
        assert_eq!(count("fn f() {}"), 1);
        assert_eq!(count("fn f() {} \n"), 1);
        assert_eq!(count("fn f() {}\r\n"), 1);
        let capture = Tree::of(&[("a/captures/b.txt", "POST / \r\n")]);
        assert_eq!(find(&capture).len(), 0);
        let input = Tree::of(&[("conformance/fuzz/corpus/header/a", "\r \n ")]);
        assert_eq!(find(&input).len(), 0);
        assert_eq!(count(concat!("// TO", "DO\n")), 1);
        assert_eq!(count(concat!("\"not ok # TO", "DO\"\n")), 0);
    }
}
