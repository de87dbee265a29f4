//! Which package may depend on which.

mod closure;
mod crates;
mod layers;
mod undivided;

use super::metadata::Metadata;
use super::tree::Tree;

pub(super) fn find(metadata: &Metadata, tree: &Tree) -> Vec<String> {
    let mut found = layers::find(metadata);
    found.extend(crates::find(metadata));
    found.extend(undivided::find(metadata, tree));
    found
}
