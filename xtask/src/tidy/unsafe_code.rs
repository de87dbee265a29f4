//! Every package forbids `unsafe`. `forbid` cannot be overridden in a source file.

use super::tree::{File, Tree};

const FORBID: &str = "forbid";

/// The entry point of a fuzz target is a symbol that the fuzzer calls; the macro of its library defines it with `unsafe`.
const EXCEPT: &str = "conformance/fuzz/Cargo.toml";

pub(super) fn find(tree: &Tree) -> Vec<String> {
    let manifests = tree
        .files()
        .filter(|file| file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml"));
    manifests
        .filter(|file| file.path != EXCEPT)
        .filter_map(of_manifest)
        .collect()
}

/// The workspace and a package outside of it set the lint; a member takes the lints of the workspace.
fn of_manifest(file: &File) -> Option<String> {
    let path = &file.path;
    let manifest: toml::Table = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return Some(format!("{path}: {error}")),
    };
    let is_package = manifest.contains_key("package");
    let lints = manifest.get("lints");
    let own = if is_package {
        lints
    } else {
        manifest.get("workspace").and_then(|one| one.get("lints"))
    };
    let level = own.and_then(|lints| lints.get("rust")?.get("unsafe_code")?.as_str());
    let is_inherited = lints
        .and_then(|lints| lints.get("workspace")?.as_bool())
        .unwrap_or(false);
    let is_forbidden = level == Some(FORBID) || (is_package && is_inherited);
    (!is_forbidden).then(|| {
        format!(
            "{path}: expected the lint unsafe_code = \"{FORBID}\", or the lints of the workspace"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{Tree, find};

    #[test]
    fn a_manifest_that_does_not_forbid_unsafe_is_a_finding() {
        let count = |text: &str| find(&Tree::of(&[("a/Cargo.toml", text)])).len();
        assert_eq!(
            count("[package]\nname = \"a\"\n[lints]\nworkspace = true\n"),
            0
        );
        assert_eq!(
            count("[package]\nname = \"a\"\n[lints.rust]\nunsafe_code = \"forbid\"\n"),
            0
        );
        assert_eq!(count("[package]\nname = \"a\"\n"), 1);
        assert_eq!(
            count("[package]\nname = \"a\"\n[lints.rust]\nunsafe_code = \"deny\"\n"),
            1
        );
        assert_eq!(
            count("[workspace.lints.rust]\nunsafe_code = \"forbid\"\n"),
            0
        );
        assert_eq!(count("[workspace.lints.rust]\nunsafe_code = \"warn\"\n"), 1);
        assert_eq!(count("[workspace]\n"), 1);
    }
}
