//! Rebuilds the crate when a fixture is added, changed or removed: the derive that embeds them sees only the files it knew.
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../fixtures");
}
