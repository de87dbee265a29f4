//! The gate as one package in `conformance/`. Delete this file when its packages have folders of their own.

use super::super::metadata::Metadata;
use super::super::tree::Tree;

const CRATES: [&str; 4] = ["fc_headers", "fc_sign", "fc_response", "fc_invoke"];
const REFERENCE: &str = "conformance/src/reference";

pub(super) fn find(metadata: &Metadata, tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for member in metadata
        .members()
        .filter(|member| member.folder != "conformance")
    {
        for dependency in &member.dependencies {
            if metadata
                .members()
                .any(|to| to.name == dependency.name && to.folder == "undivided")
            {
                found.push(format!(
                    "{} depends on {}, the gate",
                    member.name, dependency.name
                ));
            }
        }
    }
    for file in tree.below("conformance/src/", "rs") {
        for name in CRATES
            .iter()
            .filter(|name| file.text.contains(&format!("{name}::")))
        {
            if !file.path.starts_with(REFERENCE) {
                found.push(format!(
                    "{} imports {name}: the gate shares no code with the crates that it judges",
                    file.path
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::metadata::Kind;
    use super::super::super::metadata::tests::workspace;
    use super::*;

    #[test]
    fn a_gate_that_imports_the_crates_is_a_finding() {
        let count = |path| find(&workspace(&[]), &Tree::of(&[(path, "use fc_sign::fc;")])).len();
        assert_eq!(count("conformance/src/oracle/fc.rs"), 1);
        assert_eq!(count("conformance/src/reference/sign.rs"), 0);
    }

    #[test]
    fn a_crate_that_depends_on_the_gate_is_a_finding() {
        let members = [
            ("undivided", "fc-conformance", &[][..]),
            ("crates", "fc-sign", &[("fc-conformance", Kind::Dev)]),
        ];
        assert_eq!(find(&workspace(&members), &Tree::of(&[])).len(), 1);
    }
}
