//! Source files do not form import cycles.
//!
//! File A imports file B if the code of A names an item that B defines. `mod` declarations and re-exports are not
//! imports: an item that is named through a re-export belongs to the file that defines it. Test code is ignored.
//! Method calls are followed only on `self`, because types are not inferred.

mod crate_source;
mod graph;
mod imports;
mod macro_paths;
mod names;
mod references;
mod test_code;

use std::path::Path;

use super::metadata::Metadata;
use super::tree::Tree;
use crate::programs;
use crate_source::CrateSource;

/// The kinds of crates that are checked.
const KINDS: [&str; 3] = ["lib", "bin", "proc-macro"];

/// Returns one finding for each group of files that import each other, directly or through other files.
pub(super) fn find(metadata: &Metadata, tree: &Tree) -> Result<Vec<String>, String> {
    let root = programs::root();
    let mut found = Vec::new();
    for package in metadata.members() {
        for target in &package.targets {
            if !target
                .kind
                .iter()
                .any(|kind| KINDS.contains(&kind.as_str()))
            {
                continue;
            }
            let path = Path::new(&target.src_path);
            let path = path.strip_prefix(&root).unwrap_or(path);
            let source = CrateSource::read(&path.display().to_string(), tree)?;
            let cycles = graph::cycles(&references::find(&source));
            found.extend(cycles.iter().map(|cycle| cycle.text(&package.name)));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cycles of a crate, each as its files.
    fn cycles(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let source = CrateSource::read("src/lib.rs", &Tree::of(files)).unwrap();
        let cycles = graph::cycles(&references::find(&source));
        cycles.iter().map(graph::Cycle::files).collect()
    }

    /// Whether `a.rs` and `b.rs` import each other, below a root that declares both and has `root`.
    fn a_and_b(root: &str, a: &str, b: &str) -> bool {
        let root = format!("mod a; mod b; {root}");
        let found = cycles(&[("src/lib.rs", &root), ("src/a.rs", a), ("src/b.rs", b)]);
        found.contains(&vec!["src/a.rs".to_owned(), "src/b.rs".to_owned()])
    }

    const B_USES_A: &str = "use crate::a::A; pub struct B(A);";

    #[test]
    fn two_files_that_use_each_other_are_a_cycle() {
        assert!(a_and_b("", "use crate::b::B; pub struct A(B);", B_USES_A));
        assert!(a_and_b("", "pub struct A(crate::b::B);", B_USES_A));
        assert!(a_and_b("", "use super::b; pub struct A(b::B);", B_USES_A));
        assert!(a_and_b(
            "pub use b::B;",
            "pub struct A(super::B);",
            B_USES_A
        ));
        assert!(a_and_b(
            "pub use b::*;",
            "use super::B; pub struct A(B);",
            B_USES_A
        ));
        assert!(a_and_b(
            "use b::B;",
            "use super::*; pub struct A(B);",
            B_USES_A
        ));
        assert!(a_and_b(
            "",
            "pub struct A; fn f() { use crate::b::B; }",
            B_USES_A
        ));
    }

    #[test]
    fn one_direction_is_not_a_cycle() {
        assert!(!a_and_b("", "pub struct A;", B_USES_A));
        assert!(!a_and_b("", "use http::B; pub struct A(B);", B_USES_A));
    }

    #[test]
    fn macro_arguments_and_attributes_are_code() {
        let in_macro = "pub struct A; fn f() { vec![crate::b::B::new()]; }";
        assert!(a_and_b("", in_macro, B_USES_A));
        let in_serde = "pub struct A { #[serde(with = \"crate::b\")] x: u8 }";
        assert!(a_and_b("", in_serde, B_USES_A));
        let in_definition = "pub struct A; macro_rules! m { () => { $crate::b::B }; }";
        assert!(a_and_b("", in_definition, B_USES_A));
    }

    #[test]
    fn a_macro_is_an_item() {
        let b = "macro_rules! m { ($a:ty) => { $crate::a::A }; }";
        assert!(a_and_b("", "pub struct A; m!(u8);", b));
    }

    #[test]
    fn test_code_is_ignored() {
        let module = "pub struct A; #[cfg(test)] mod tests { use crate::b::B; }";
        assert!(!a_and_b("", module, B_USES_A));
        let function = "pub struct A; impl A { #[cfg(test)] fn f(b: crate::b::B) {} }";
        assert!(!a_and_b("", function, B_USES_A));
    }

    #[test]
    fn a_reexport_is_not_an_import() {
        let found = cycles(&[
            ("src/lib.rs", "mod a; pub use a::A; pub struct Root;"),
            ("src/a.rs", "pub struct A(crate::Root);"),
        ]);
        assert_eq!(found, Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_parent_that_uses_its_child_and_is_used_by_it_is_a_cycle() {
        let files = |parent| {
            cycles(&[
                ("src/lib.rs", parent),
                ("src/a.rs", "pub struct A(super::Root);"),
            ])
        };
        let expected = vec![vec!["src/a.rs".to_owned(), "src/lib.rs".to_owned()]];
        assert_eq!(files("mod a; use a::A; pub struct Root;"), expected);
        assert_eq!(
            files("mod a; pub struct Root; fn f() { a::f(); }"),
            expected
        );
        assert_eq!(
            files("mod a; pub use a::A; pub struct Root; fn f(a: A) {}"),
            expected
        );
    }

    #[test]
    fn a_module_and_a_function_of_one_name_are_told_apart() {
        let found = cycles(&[
            ("src/lib.rs", "mod a; mod b; pub use a::a;"),
            ("src/a.rs", "pub fn a() { crate::b::b(); }"),
            ("src/b.rs", "pub fn b() { crate::a(); }"),
        ]);
        assert_eq!(found, [["src/a.rs", "src/b.rs"]]);
        let found = cycles(&[
            ("src/lib.rs", "mod a; mod b; pub fn a() { b::b(); }"),
            ("src/a.rs", "pub fn inner() {}"),
            ("src/b.rs", "use super::a; pub fn b() { a::inner(); }"),
        ]);
        assert_eq!(found, Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_method_belongs_to_the_file_of_its_impl_block() {
        let found = cycles(&[
            ("src/lib.rs", "mod a;"),
            (
                "src/a.rs",
                "mod b; pub struct A; impl A { fn f(&self) { self.g(); } }",
            ),
            ("src/a/b.rs", "use super::A; impl A { pub fn g(&self) {} }"),
        ]);
        assert_eq!(found, [["src/a.rs", "src/a/b.rs"]]);
    }

    #[test]
    fn an_item_that_a_macro_generates_belongs_to_its_module() {
        let b = "make! { struct B; } use crate::a::A;";
        assert!(a_and_b("", "use crate::b::B; pub struct A(B);", b));
    }
}
